package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline"
	"dateline/surface/web"
)

// isFact reports whether an element meta says something of the page to programs, and
// nothing to the browser.
func isFact(n *html.Node) bool {
	return n.Data == "meta" && len(n.Attr) == 2 && n.Attr[0].Key == "name" && n.Attr[1].Key == "content" &&
		(strings.HasPrefix(n.Attr[0].Val, "citation_") || n.Attr[0].Val == "prism.publicationName")
}

// isLinkedData reports whether an element script is no program but JSON.
func isLinkedData(n *html.Node) bool {
	return n.Data == "script" && len(n.Attr) == 1 && n.Attr[0].Val == "application/ld+json" && json.Valid([]byte(text(n))) && !strings.Contains(text(n), "<")
}

// FuzzPages shows an article with any text in each of its fields: the pages have no
// element, link or handler that the program's own pages do not have.
func FuzzPages(f *testing.F) {
	for _, s := range []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "\u2069\u202e", "{{.}}", "&lt;&#60;", "\x00\xff", strings.Repeat("é", 300), "https://outside.example/'onclick='", "data:text/html,x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := sample()
		a := *m.last()
		a.Headline, a.Deck, a.Section, a.Bylines, a.Tags, a.Lang = s, s, s, []string{s}, []string{s}, s
		a.Publisher, a.URL, a.Canonical, a.Skip = dateline.Publisher{Name: s, Site: s, Logo: s}, s, s, ""
		a.Images, a.Corrections = []dateline.Image{{URL: s, Caption: s, Credit: s}}, []string{s}
		a.Text, a.Blocks = "The harbour was closed. "+s, nil
		m.add(a)
		for _, path := range []string{"/", "/search?q=harbour", "/article/" + string(m.last().ID)} {
			res := get(t, m, path)
			if res.StatusCode != http.StatusOK {
				t.Fatalf("%s: status %d", path, res.StatusCode)
			}
			doc := res.tree(t)
			for _, name := range []string{"img", "iframe", "object", "embed", "base", "style", "meta", "script"} {
				for _, n := range all(doc, name) {
					for _, at := range n.Attr {
						if s != "" && len(s) > 8 && strings.Contains(at.Val, s) && !isFact(n) {
							t.Errorf("%s: %s has %s=%q", path, name, at.Key, at.Val)
						}
					}
					if name == "img" || name == "iframe" || name == "object" || name == "embed" || name == "base" || name == "script" && n.FirstChild != nil && !isLinkedData(n) {
						t.Errorf("%s has an element %s", path, name)
					}
				}
			}
			for _, n := range all(doc, "a") {
				for _, at := range n.Attr {
					if scheme, _, ok := strings.Cut(at.Val, ":"); at.Key == "href" && ok && !strings.ContainsAny(scheme, "/?#") && scheme != "http" && scheme != "https" || strings.HasPrefix(at.Key, "on") {
						t.Errorf("%s links by %s=%q", path, at.Key, at.Val)
					}
				}
			}
		}
	})
}

// FuzzRequests asks for any path with any parameters and any wished-for time: the answer is
// one, never an error of the server's own, and it leads to no other host.
func FuzzRequests(f *testing.F) {
	for _, path := range []string{"/timegate/https://post.example/a%20b?id=7&x=y", "/timemap/link/https://post.example/", "/search?q=harbour+before:2026&rank=1&page=2",
		"/search?q=\"a+b\"~2+story:a1+-who:x*", "/stories?page=9999999999999999999", "/calendar?q=ship&from=2026-13&to=-1", "/timeline?q=a&days=-3", "/changes?q=%ff",
		"/speaker/Ana%2FDuarte", "/article/a1/diff?from=c1&to=c2", "/article/%2e%2e/why", "/capture/x/page", "/exchanges?open=maybe", "//outside.example/", "/search.json?q=("} {
		f.Add(path, "Tue, 05 Mar 2024 09:10:00 GMT")
	}
	f.Add("/", "yesterday")
	m, _ := captures(func(int) (string, []byte) { return "utf-8", []byte("<h1>Hour</h1>") })
	h := web.New(m, options)
	f.Fuzz(func(t *testing.T, path, at string) {
		u, err := url.ParseRequestURI(path)
		if err != nil || !strings.HasPrefix(path, "/") {
			return // no client can ask for it
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.Host, r.URL, r.RequestURI = "localhost:8080", u, path
		r.Header.Set("Accept-Datetime", at)
		res := ask(h, r)
		if res.StatusCode >= 500 || res.StatusCode < 200 {
			t.Errorf("%s at %q: status %d: %s", path, at, res.StatusCode, res.body)
		}
		if to := res.Header.Get("Location"); to != "" {
			if u, err := r.URL.Parse(to); err != nil || u.Host != "" && u.Host != r.Host {
				t.Errorf("%s leads to %s (%v)", path, to, err)
			}
		}
	})
}
