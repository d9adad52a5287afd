package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
	"dateline/surface/web"
)

// captures is an archive that holds one address, with a query, three times.
func captures(body func(hour int) (charset string, page []byte)) (m *memory, address string) {
	m, address = &memory{}, "https://post.example/a%20b?id=7&x=y"
	for _, hour := range []int{9, 12, 18} {
		m.add(dateline.Article{URL: address, Fetched: fmt.Sprintf("2024-03-05T%02d:00:00Z", hour), Headline: fmt.Sprint("Hour ", hour)})
		c := m.captures[m.versions[len(m.versions)-1].Capture]
		charset, page := body(hour)
		c.Charset = charset
		m.records[c.ID] = archive.Record{Type: "response", Payload: page, Body: page}
	}
	return m, address
}

// A TimeGate finds the capture nearest to a moment, a TimeMap lists all, and each
// capture tells its time and its address, as RFC 7089 has it.
func TestMemento(t *testing.T) {
	m, address := captures(func(hour int) (string, []byte) { return "utf-8", fmt.Appendf(nil, "<h1>Hour %d</h1>", hour) })
	for _, test := range []struct {
		at     string // Accept-Datetime
		status int
		hour   int
	}{
		{"", 302, 18},
		{"Tue, 05 Mar 2024 09:10:00 GMT", 302, 9},
		{"Mon, 01 Jan 2001 00:00:00 GMT", 302, 9},
		{"Tue, 05 Mar 2024 14:59:00 GMT", 302, 12},
		{"Tue, 05 Mar 2024 15:01:00 GMT", 302, 18},
		{"yesterday", 400, 0},
	} {
		for _, path := range []string{"/timegate/" + address, "/timegate/https%3A%2F%2Fpost.example%2Fa%2520b%3Fid%3D7%26x%3Dy"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Host = "localhost:8080"
			r.Header.Set("Accept-Datetime", test.at)
			res := ask(web.New(m, options), r)
			if res.StatusCode != test.status || res.Header.Get("Vary") != "accept-datetime" {
				t.Errorf("%s at %q: %s, Vary %q; want %d", path, test.at, res.Status, res.Header.Get("Vary"), test.status)
				continue
			}
			if test.status != http.StatusFound {
				continue
			}
			place, ok := strings.CutPrefix(res.Header.Get("Location"), "http://localhost:8080")
			shown := get(t, m, place)
			want := fmt.Sprintf("<h1>Hour %d</h1>", test.hour)
			if !ok || shown.body != want || shown.Header.Get("Memento-Datetime") != fmt.Sprintf("Tue, 05 Mar 2024 %02d:00:00 GMT", test.hour) {
				t.Errorf("%s at %q: %s shows %q of %q, want %q", path, test.at, place, shown.body, shown.Header.Get("Memento-Datetime"), want)
			}
			if link := shown.Header.Get("Link"); !strings.HasPrefix(link, `<`+address+`>; rel="original", <http://`) {
				t.Errorf("Link: %s", link)
			}
		}
	}
	res := get(t, m, "/timemap/link/"+address)
	lines := strings.Split(strings.TrimSpace(res.body), "\n")
	if len(lines) != 6 || !strings.Contains(lines[3], `rel="first memento"; datetime="Tue, 05 Mar 2024 09:00:00 GMT"`) ||
		!strings.Contains(lines[4], `rel="memento"`) || !strings.Contains(lines[5], `rel="last memento"; datetime="Tue, 05 Mar 2024 18:00:00 GMT"`) {
		t.Errorf("TimeMap:\n%s", res.body)
	}
	for _, path := range []string{"/timegate/https://nowhere.example/", "/timemap/link/https://post.example/a%20b"} {
		if res := get(t, m, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s, which is not here: %s", path, res.Status)
		}
	}
}

// A captured page is shown in UTF-8 whatever it was sent in, and loses only the links
// that make a browser connect before it asks the policy.
func TestCapturedPageToLookAt(t *testing.T) {
	const before = "<!DOCTYPE html><title>caf\u00e9</title><p title='<link rel=preconnect>'>A preconnect &amp; more"
	const after = "<script>let s = '<link rel=preconnect href=x>'</script><link rel=stylesheet href=a.css>"
	const links = `<link rel="preconnect" href="https://ads.example"><LINK href=//ads.example rel='DNS-Prefetch'/><link crossorigin rel="stylesheet preconnect" href=x>`
	m, _ := captures(func(hour int) (string, []byte) {
		page := before + links + after
		switch hour {
		case 9:
			return "iso-8859-1", []byte(strings.ReplaceAll(page, "\u00e9", "\xe9"))
		case 12:
			utf16 := []byte{0xff, 0xfe}
			for _, c := range page {
				utf16 = append(utf16, byte(c), byte(c>>8))
			}
			return "utf-16le", utf16
		}
		return "", []byte(page)
	})
	for _, a := range m.versions {
		res := get(t, m, "/capture/"+string(a.Capture)+"/page")
		if got := strings.TrimPrefix(res.body, "\ufeff"); got != before+after {
			t.Errorf("%s:\n%q, want\n%q", a.Fetched, got, before+after)
		}
	}
}
