package web_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/query"
	"dateline/surface/export"
	"dateline/surface/web"
)

// A list is saved in each format that its page offers.
func TestExport(t *testing.T) {
	m := sample()
	q, err := query.Parse("harbour")
	if err != nil {
		t.Fatal(err)
	}
	n := len(m.found(q))
	res := get(t, m, "/export?q=harbour&format=csv")
	rows, err := csv.NewReader(strings.NewReader(res.body)).ReadAll()
	if err != nil || len(rows) != n+1 || n == 0 {
		t.Fatalf("%d rows of %d articles, %v:\n%s", len(rows), n, err, res.body)
	}
	if got := res.Header.Get("Content-Disposition"); got != "attachment; filename=dateline-harbour.csv" {
		t.Errorf("Content-Disposition: %s", got)
	}
	if got := get(t, m, "/export?q=harbour&limit=1").body; strings.Count(got, "https://") == 0 || strings.Count(got, "\r\n") != 2 {
		t.Errorf("one article:\n%s", got)
	}
	for _, page := range []string{"/search?q=harbour", "/speaker/ilse-marten"} {
		for _, form := range all(get(t, m, page).tree(t), "form") {
			if to, _ := attr(form, "action"); to != "/export" {
				continue
			}
			v := url.Values{}
			for _, in := range all(form, "input") {
				name, _ := attr(in, "name")
				value, _ := attr(in, "value")
				v.Set(name, value)
			}
			options := all(form, "option")
			if len(options) < 3 {
				t.Errorf("%s offers %d formats", page, len(options))
			}
			for _, option := range options {
				name, _ := attr(option, "value")
				v.Set("format", name)
				f, _ := export.FormatOf(name)
				saved := get(t, m, "/export?"+v.Encode())
				if saved.StatusCode != http.StatusOK || saved.Header.Get("Content-Type") != f.Type || saved.body == "" || !strings.HasSuffix(strings.Trim(saved.Header.Get("Content-Disposition"), `"`), f.Ext) {
					t.Errorf("%s, %s: %s %v and %d bytes", page, v.Encode(), saved.Status, saved.Header, len(saved.body))
				}
			}
		}
	}
	for address, word := range map[string]string{
		"/export?q=(open": "parenthesis", "/export?format=docx": "docx", "/export?format=epub&of=dates": "epub", "/export?limit=-1": "limit", "/export?after=a0000000000000000": "begin behind",
	} {
		if res := get(t, m, address); res.StatusCode != http.StatusBadRequest || !strings.Contains(res.body, word) {
			t.Errorf("%s: %s\n%s", address, res.Status, res.body)
		}
	}
}

// An export goes on for longer than a page may take.
func TestExportTakesItsTime(t *testing.T) {
	m := sample()
	s := httptest.NewServer(web.New(m, web.Options{Time: time.Nanosecond}))
	defer s.Close()
	res, err := http.Get(s.URL + "/export?q=&format=jsonl")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("status %s", res.Status)
	}
}
