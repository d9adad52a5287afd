package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline"
	"dateline/archive"
	"dateline/index"
	indexfield "dateline/index/field"
	"dateline/query"
	"dateline/surface/web"
)

// response is what the pages say to one request.
type response struct {
	*http.Response
	body string
}

// options serve the host that httptest asks for.
var options = web.Options{Hosts: []string{"example.com"}}

// get asks the pages over a for an address.
func get(t *testing.T, a web.Archive, address string) response {
	t.Helper()
	return ask(web.New(a, options), httptest.NewRequest("GET", address, nil))
}

func ask(h http.Handler, r *http.Request) response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	b, _ := io.ReadAll(res.Body) // a recorder's body cannot fail
	return response{res, string(b)}
}

// tree parses the answer as a browser would.
func (a response) tree(t *testing.T) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatalf("%s: %v", a.Status, err)
	}
	return doc
}

// all returns the elements with the given name, or of any name for "".
func all(n *html.Node, name string) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (name == "" || d.Data == name) {
			list = append(list, d)
		}
	}
	return list
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// text is what n says, white space made single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// addresses returns one address for each route over the sample.
func addresses(t *testing.T, m *memory) map[string]string {
	t.Helper()
	a := m.versions[0]
	return map[string]string{
		"GET /{$}":                                "/",
		"GET /index.json":                         "/index.json",
		"GET /search":                             "/search?q=harbour+bridge+publisher:%22The+Ellery+Courier%22&sort=best",
		"GET /search.json":                        "/search.json?q=harbour",
		"GET /calendar":                           "/calendar?q=harbour",
		"GET /timeline":                           "/timeline?q=ferry",
		"GET /timeline.json":                      "/timeline.json?q=ferry",
		"GET /exchanges":                          "/exchanges?q=ferry",
		"GET /exchanges.json":                     "/exchanges.json?q=ferry",
		"GET /calendar.json":                      "/calendar.json?q=&sort=oldest",
		"GET /article/{id}":                       "/article/" + string(a.ID) + "?q=bridge",
		"GET /article/{id}/v/{capture}":           "/article/" + string(a.ID) + "/v/" + string(a.Capture),
		"GET /article/{id}/why":                   "/article/" + string(a.ID) + "/why",
		"GET /article/{id}/why.json":              "/article/" + string(a.ID) + "/why.json",
		"GET /article/{id}/v/{capture}/why":       "/article/" + string(a.ID) + "/v/" + string(a.Capture) + "/why?of=left-out",
		"GET /article/{id}/v/{capture}/why.json":  "/article/" + string(a.ID) + "/v/" + string(a.Capture) + "/why.json",
		"GET /article/{id}/diff":                  "/article/" + string(a.ID) + "/diff",
		"GET /article/{id}/diff.json":             "/article/" + string(a.ID) + "/diff.json",
		"GET /article/{id}/v/{capture}/diff":      "/article/" + string(a.ID) + "/v/" + string(m.versions[1].Capture) + "/diff?from=" + string(a.Capture),
		"GET /article/{id}/v/{capture}/diff.json": "/article/" + string(a.ID) + "/v/" + string(m.versions[1].Capture) + "/diff.json",
		"GET /sources":                            "/sources",
		"GET /sources.json":                       "/sources.json",
		"GET /alerts":                             "/alerts", "GET /alerts.json": "/alerts.json", "POST /alerts": "/alerts",
		"GET /alert/{name}": "/alert/the%20harbour", "GET /alert/{name}/feed.atom": "/alert/the%20harbour/feed.atom", "GET /alert/{name}/feed.json": "/alert/the%20harbour/feed.json",
		"POST /alert/{name}/remove": "/alert/the%20harbour/remove", "POST /alert/{name}/test": "/alert/the%20harbour/test", "POST /alert/{name}/retry": "/alert/the%20harbour/retry",
		"GET /decisions": "/decisions", "GET /decisions.json": "/decisions.json", "POST /decisions": "/decisions",
		"GET /article/{id}/correct": "/article/" + string(a.ID) + "/correct", "GET /article/{id}/correct.json": "/article/" + string(a.ID) + "/correct.json",
		"GET /changes":      "/changes?q=bridge&all=1",
		"GET /changes.json": "/changes.json?q=",
		"GET /stories":      "/stories",
		"GET /stories.json": "/stories.json",
		"GET /story/{id}":   "/story/" + string(a.ID),
		"GET /article/{id}/v/{capture}/cite/{words}":        citation(m),
		"GET /article/{id}/v/{capture}/cite/{words}/{file}": citation(m) + "/citation.bib",
		"GET /speaker/{name}":                               "/speaker/ilse-marten",
		"GET /person/{name}":                                "/person/" + url.PathEscape("Ilse Marten"), "GET /org/{name}": "/org/Ferry%20Line", "GET /place/{name}": "/place/Ellery",
		"GET /capture/{id}":           "/capture/" + string(a.Capture),
		"GET /capture/{id}/raw":       "/capture/" + string(a.Capture) + "/raw",
		"GET /capture/{id}/source":    "/capture/" + string(a.Capture) + "/source",
		"GET /capture/{id}/page":      "/capture/" + string(a.Capture) + "/page",
		"GET /timegate/{address}":     "/timegate/" + a.URL,
		"GET /timemap/link/{address}": "/timemap/link/" + a.URL,
		"GET /help":                   "/help",
		"GET /help.json":              "/help.json",
		"GET /static/{file}":          "/static/style.css",
		"GET /statements.json":        "/statements.json?q=who:marten&limit=2",
		"GET /openapi.json":           "/openapi.json",
		"GET /login":                  "/login",
		"POST /login":                 "/login",
		"POST /logout":                "/logout",
		"GET /healthz":                "/healthz",
		"GET /readyz":                 "/readyz",
		"GET /metrics":                "/metrics",
		"GET /export":                 "/export?q=harbour&format=jsonl",
		"GET /mcp":                    "/mcp",
		"POST /mcp":                   "/mcp",
		"GET /":                       "/nowhere",
	}
}

func TestRoutesAnswer(t *testing.T) {
	m := sample()
	at := addresses(t, m)
	for _, pattern := range web.Routes() {
		address, ok := at[pattern]
		if !ok {
			t.Errorf("route %q: no address in this test", pattern)
			continue
		}
		want := http.StatusOK
		switch pattern {
		case "GET /", "GET /mcp", "POST /mcp", "GET /login", "POST /login", "POST /logout": // no protocol and no accounts here
			want = http.StatusNotFound
		case "POST /alert/{name}/remove", "POST /alert/{name}/test", "POST /alert/{name}/retry": // this test only asks
			want = http.StatusNotFound
		case "GET /timegate/{address}":
			want = http.StatusFound
		}
		res := get(t, m, address)
		if res.StatusCode != want || res.body == "" {
			t.Errorf("GET %s: %s and %d bytes, want status %d and a body", address, res.Status, len(res.body), want)
		}
		for name, value := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if got := res.Header.Get(name); got != value {
				t.Errorf("GET %s: %s: %q, want %q", address, name, got, value)
			}
		}
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") && pattern != "GET /capture/{id}/page" {
			t.Errorf("GET %s: Content-Security-Policy: %q", address, csp)
		}
	}
}

// pageAddresses are pages of every kind and in every state.
func pageAddresses(m *memory) []string {
	list := []string{
		"/", "/search?q=", "/search?q=harbour+bridge", "/search?q=grain&sort=best", "/search?q=zebra", "/search?q=%28open",
		"/search?q=lang:de+after:2024-03+before:2024-04", "/search?q=when:2024-03..", "/help", "/nowhere",
		"/calendar?q=", "/calendar?q=harbour&sort=oldest", "/calendar?q=zebra", "/calendar?q=grain", "/calendar?q=when:2024-03-05", "/calendar?q=%28open",
	}
	list = append(list, "/alerts", "/alerts?q=%22%3E%3Cb%3E", "/alert/the%20harbour", "/alert/none", "/decisions", "/article/"+string(m.versions[0].ID)+"/correct", "/article/none/correct")
	list = append(list, "/stories", "/story/"+string(m.versions[0].ID), "/story/none")
	for _, a := range m.versions {
		list = append(list, "/article/"+string(a.ID)+"?q=harbour&all=1", "/article/"+string(a.ID)+"/v/"+string(a.Capture), "/capture/"+string(a.Capture))
		if f := m.findings[a.Capture]; f != nil {
			for i := range f.Statements {
				list = append(list, citationOf(a, &f.Statements[i]))
			}
		}
	}
	for _, name := range []string{"ilse-marten", "ilse-marten?all=1&medium=tweet", "ilse-marten?outlet=The+Ellery+Courier&medium=none", "the-port-authority", "petra-vance", "b-hostile-b-speaker"} {
		list = append(list, "/speaker/"+name)
	}
	return list
}

func TestPagesAreSoundHTML(t *testing.T) {
	m := sample()
	for _, address := range pageAddresses(m) {
		res := get(t, m, address)
		if got := res.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("GET %s: Content-Type: %q", address, got)
		}
		doc := res.tree(t)
		checkIDs(t, address, doc)
		checkLoads(t, address, doc)
		if n := len(all(doc, "h1")); n != 1 {
			t.Errorf("GET %s: %d h1, want 1", address, n)
		}
		if n := len(all(doc, "main")); n != 1 {
			t.Errorf("GET %s: %d main, want 1", address, n)
		}
		if lang, _ := attr(all(doc, "html")[0], "lang"); lang != "en" {
			t.Errorf("GET %s: html lang=%q, want en", address, lang)
		}
		checkHeadings(t, address, doc)
	}
}

// checkIDs checks that ids are unique and that what refers to one finds it,
// and that every field has a label.
func checkIDs(t *testing.T, address string, doc *html.Node) {
	t.Helper()
	ids := map[string]int{}
	labelled := map[string]bool{}
	for _, n := range all(doc, "") {
		if id, ok := attr(n, "id"); ok {
			ids[id]++
		}
		if id, ok := attr(n, "for"); ok {
			labelled[id] = true
		}
	}
	for id, n := range ids {
		if n > 1 || id == "" {
			t.Errorf("GET %s: id %q stands %d times", address, id, n)
		}
	}
	for _, n := range all(doc, "") {
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby"} {
			list, ok := attr(n, name)
			if ok && list == "" {
				t.Errorf("GET %s: <%s %s> is empty", address, n.Data, name)
			}
			for id := range strings.FieldsSeq(list) { // aria- attributes may name several
				if ids[id] == 0 {
					t.Errorf("GET %s: <%s %s=%q> names no id", address, n.Data, name, id)
				}
			}
		}
		if href, _ := attr(n, "href"); strings.HasPrefix(href, "#") && ids[href[1:]] == 0 {
			t.Errorf("GET %s: link to %s names no id", address, href)
		}
		kind, _ := attr(n, "type")
		if id, _ := attr(n, "id"); n.Data == "input" && kind != "hidden" && !labelled[id] {
			t.Errorf("GET %s: <input id=%q> has no label", address, id)
		}
		if (n.Data == "a" || n.Data == "button") && text(n) == "" {
			t.Errorf("GET %s: an empty <%s>", address, n.Data)
		}
	}
}

// checkLoads checks that a page loads only what is its own, and that nothing
// in it runs.
func checkLoads(t *testing.T, address string, doc *html.Node) {
	t.Helper()
	for _, n := range all(doc, "") {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				t.Errorf("GET %s: <%s %s=%q>", address, n.Data, a.Key, a.Val)
			}
			if a.Key == "src" && !strings.HasPrefix(a.Val, "/static/") {
				t.Errorf("GET %s: <%s src=%q>", address, n.Data, a.Val)
			}
			if a.Key == "href" && n.Data == "link" && !strings.HasPrefix(a.Val, "/") {
				t.Errorf("GET %s: <link href=%q>", address, a.Val)
			}
			if a.Key == "href" && n.Data == "a" {
				u, err := url.Parse(a.Val)
				if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
					t.Errorf("GET %s: <a href=%q>", address, a.Val)
				}
			}
		}
		if n.Data == "script" && text(n) != "" && !isLinkedData(n) || slices.Contains([]string{"style", "img", "iframe", "object", "embed", "base"}, n.Data) {
			t.Errorf("GET %s: <%s>%s", address, n.Data, text(n))
		}
	}
}

// checkHeadings checks that no level is passed over going down.
func checkHeadings(t *testing.T, address string, doc *html.Node) {
	t.Helper()
	level := 0
	for _, n := range all(all(doc, "body")[0], "") {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		if next := int(n.Data[1] - '0'); next > level+1 {
			t.Errorf("GET %s: %s %q after h%d", address, n.Data, text(n), level)
		} else {
			level = next
		}
	}
}

func TestTwinsSayTheSame(t *testing.T) {
	m := sample()
	for _, address := range pageAddresses(m) {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if u.Path += ".json"; u.Path == "/.json" {
			u.Path = "/index.json"
		}
		page, twin := get(t, m, address), get(t, m, u.String())
		if twin.StatusCode != page.StatusCode {
			t.Errorf("GET %s: %s, its twin %s", address, page.Status, twin.Status)
		}
		media := "application/json; charset=utf-8"
		if twin.StatusCode >= 400 {
			media = "application/problem+json"
		}
		if got := twin.Header.Get("Content-Type"); got != media {
			t.Errorf("GET %s: Content-Type: %q", u, got)
		}
		var v any
		if err := json.Unmarshal([]byte(twin.body), &v); err != nil {
			t.Errorf("GET %s: %v\n%s", u, err, twin.body)
			continue
		}
		says := strings.ToLower(text(page.tree(t)))
		for _, want := range strs(v, "headline", "detail", "skip", "found", "sentence", "head", "digest", "means", "does") {
			if want = strings.ToLower(strings.Join(strings.Fields(want), " ")); !strings.Contains(says, want) {
				t.Errorf("GET %s: its twin says %q, the page does not", address, want)
			}
		}
		for _, link := range all(page.tree(t), "link") {
			if media, _ := attr(link, "type"); media == "application/json" {
				if href, _ := attr(link, "href"); get(t, m, href).body != twin.body {
					t.Errorf("GET %s: its link to the twin leads to %s", address, href)
				}
			}
		}
	}
}

// strs returns the strings under the given keys, wherever they stand in v,
// but for earlier versions, whose headlines the page does not repeat.
func strs(v any, keys ...string) []string {
	var list []string
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			list = append(list, strs(x, keys...)...)
		}
	case map[string]any:
		for k, x := range v {
			if s, ok := x.(string); ok && slices.Contains(keys, k) && v["found"] != s {
				list = append(list, s)
			}
			if k != "versions" && k != "evidence" {
				list = append(list, strs(x, keys...)...)
			}
		}
	}
	return list
}

func TestHostileTextStaysText(t *testing.T) {
	m := sample()
	var hostile *dateline.Article
	for _, a := range m.versions {
		if a.Publisher.Site == "hostile.example" {
			hostile = a
		}
	}
	id, capture := string(hostile.ID), string(hostile.Capture)
	for _, address := range []string{
		"/", "/search?q=harbour", "/article/" + id, "/article/" + id + "?q=script", "/capture/" + capture,
		"/speaker/b-hostile-b-speaker", citationOf(hostile, &m.findings[hostile.Capture].Statements[0]), "/search?q=who:hostile",
		"/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`), "/search?q=" + url.QueryEscape("(<script>alert(1)"),
		"/" + url.PathEscape("<script>alert(1)</script>"),
	} {
		res := get(t, m, address)
		doc := res.tree(t)
		checkLoads(t, address, doc)
		if n := len(slices.DeleteFunc(all(doc, "script"), isLinkedData)); n != 1 {
			t.Errorf("GET %s: %d scripts, want our own", address, n)
		}
		if strings.Contains(res.body, "ZgotmplZ") {
			t.Errorf("GET %s: a link that the template had to defuse", address)
		}
		for _, n := range all(doc, "") {
			if lang, ok := attr(n, "lang"); ok && strings.Contains(lang, "<") {
				t.Errorf("GET %s: lang=%q", address, lang)
			}
		}
	}
	page := get(t, m, "/article/"+id).tree(t)
	for _, n := range all(page, "a") { // numbers behind statements are not of the text
		if class, _ := attr(n, "class"); class == "ref" {
			n.Parent.RemoveChild(n)
		}
	}
	says := text(page)
	for _, want := range []string{hostile.Headline, hostile.Text, hostile.Publisher.Name, hostile.Canonical, "javascript:alert(3)", "<script>where</script>"} {
		if !strings.Contains(says, want) {
			t.Errorf("the article page does not say %q", want)
		}
	}
}

func TestRawIsHarmless(t *testing.T) {
	m := sample()
	c := m.captures[m.versions[0].Capture]
	for _, x := range []struct {
		path, media string
		attachment  bool
	}{
		{"/raw", "application/octet-stream", true},
		{"/source", "text/plain; charset=utf-8", false},
	} {
		address := "/capture/" + string(c.ID) + x.path
		res := get(t, m, address)
		if res.body != string(m.records[c.ID].Payload) {
			t.Errorf("GET %s: %q, want the payload %q", address, res.body, m.records[c.ID].Payload)
		}
		if got := res.Header.Get("Content-Type"); got != x.media {
			t.Errorf("GET %s: Content-Type: %q, want %q", address, got, x.media)
		}
		if got := res.Header.Get("Content-Disposition"); strings.HasPrefix(got, "attachment") != x.attachment || strings.Contains(got, ".html") {
			t.Errorf("GET %s: Content-Disposition: %q", address, got)
		}
		if got := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "sandbox; default-src 'none'") {
			t.Errorf("GET %s: Content-Security-Policy: %q, want a sandbox", address, got)
		}
	}
}

func TestSourceKeepsItsCharset(t *testing.T) {
	m := sample()
	c := m.captures[m.versions[0].Capture]
	for _, x := range []struct{ declared, body, want string }{
		{"latin1", "caf\xe9", "windows-1252"},
		{"", "café", "utf-8"},
		{"", "<meta charset=windows-1251>\xcf", "windows-1251"},
		{"x\r\nSet-Cookie: a=b", "café", "utf-8"},
	} {
		c.Charset = x.declared
		m.records[c.ID] = archive.Record{Body: []byte(x.body)}
		res := get(t, m, "/capture/"+string(c.ID)+"/source")
		if got := res.Header.Get("Content-Type"); got != "text/plain; charset="+x.want || res.body != x.body || res.Header.Get("Set-Cookie") != "" {
			t.Errorf("source %q, declared %q: Content-Type: %q, want charset %q: %q", x.body, x.declared, got, x.want, res.body)
		}
	}
}

func TestCaptureIsChecked(t *testing.T) {
	m := sample()
	a := m.versions[0]
	address := "/capture/" + string(a.Capture)
	if says := text(get(t, m, address).tree(t)); !strings.Contains(says, "still has the digest") || !strings.Contains(says, "HTTP/1.1 200 OK") ||
		!strings.Contains(says, a.Payload) || !strings.Contains(says, "warc/00001.warc.gz") || !strings.Contains(says, a.Headline) {
		t.Errorf("GET %s: %s", address, says)
	}
	rec := m.records[a.Capture]
	rec.Payload = bytes.Replace(rec.Payload, []byte("six"), []byte("ten"), 1)
	m.records[a.Capture] = rec
	if says := text(get(t, m, address).tree(t)); !strings.Contains(says, "does not have the digest") {
		t.Errorf("GET %s after the payload was changed: %s", address, says)
	}
	if twin := get(t, m, address+".json"); !strings.Contains(twin.body, `"intact": false`) {
		t.Errorf("GET %s.json after the payload was changed: %s", address, twin.body)
	}
}

func TestHighlights(t *testing.T) {
	m := sample()
	a := m.versions[1]
	for _, x := range []struct {
		address string
		want    []string
	}{
		{"/search?q=(zoll* OR salvado) after:2024-03-09", []string{"Salvado", "Salvado", "Zölle"}},
		{"/article/" + string(a.ID) + "?q=ferries", []string{"Ferries", "Ferries", "ferries"}},
		{"/article/" + string(a.ID) + "?q=(", nil},
		{"/article/" + string(a.ID), nil},
	} {
		address := strings.ReplaceAll(x.address, " ", "+")
		var got []string
		for _, n := range all(get(t, m, address).tree(t), "mark") {
			got = append(got, text(n))
		}
		slices.Sort(got)
		if !slices.Equal(got, x.want) {
			t.Errorf("GET %s: marked %q, want %q", address, got, x.want)
		}
	}
}

// found is the part of a search's twin that these tests read.
type found struct {
	Query  string
	Total  int
	Sort   string
	Ranked int
	Page   int
	Pages  int
	Hits   []struct{ Article, Headline string }
	Chart  struct {
		Unit string
		Bars []struct {
			Count int
			Query string
		}
		Undated int
	}
	Facets []struct {
		Name   string
		Values []struct {
			Value, Query string
			Count        int
			Chosen       bool
		}
	}
	Instead []struct {
		Query string
		Total int
	}
}

// searchFor reads the twin of the search for q.
func searchFor(t *testing.T, a web.Archive, q string) found {
	t.Helper()
	return search(t, a, "/search?"+url.Values{"q": {q}}.Encode())
}

// search reads the twin of a search's page.
func search(t *testing.T, a web.Archive, address string) found {
	t.Helper()
	var f found
	res := get(t, a, strings.Replace(address, "/search?", "/search.json?", 1))
	if err := json.Unmarshal([]byte(res.body), &f); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v\n%s", address, res.Status, err, res.body)
	}
	return f
}

func TestFacetLinksAddAndRemove(t *testing.T) {
	m := sample()
	for _, start := range []string{"", "harbour", "harbour OR grain", "grain -salvado", `"harbour bridge" lang:en-GB`, "after:2024-02 before:2024-03"} {
		address := "/search?" + url.Values{"q": {start}}.Encode()
		from := search(t, m, address)
		for _, facet := range from.Facets {
			for _, v := range facet.Values {
				to := searchFor(t, m, v.Query)
				if _, err := query.Parse(to.Query); err != nil {
					t.Errorf("%q, %s %q: Parse(%q): %v", start, facet.Name, v.Value, to.Query, err)
				}
				if !v.Chosen && to.Total != v.Count {
					t.Errorf("%q: %s %q counts %d, its query %s finds %d", start, facet.Name, v.Value, v.Count, v.Query, to.Total)
				}
				if v.Chosen && strings.Contains(to.Query, v.Value) {
					t.Errorf("%q: %s %q is chosen, its query %s keeps it", start, facet.Name, v.Value, v.Query)
				}
				back := ""
				for _, f := range to.Facets {
					for _, w := range f.Values {
						if f.Name == facet.Name && w.Value == v.Value && w.Chosen {
							back = searchFor(t, m, w.Query).Query
						}
					}
				}
				if !v.Chosen && back != from.Query && !strings.Contains(start, "after:") {
					t.Errorf("%q: %s %q added and removed gives %q", start, facet.Name, v.Value, back)
				}
			}
		}
	}
}

func TestChartLinksToWhatItCounts(t *testing.T) {
	m := sample()
	for _, x := range []struct{ q, unit string }{{"", "day"}, {"grain", "day"}, {"lang:de", "day"}} {
		f := search(t, m, "/search?"+url.Values{"q": {x.q}}.Encode())
		if f.Chart.Unit != x.unit {
			t.Errorf("%q: a bar a %s, want a %s", x.q, f.Chart.Unit, x.unit)
		}
		sum := f.Chart.Undated
		for _, b := range f.Chart.Bars {
			sum += b.Count
			if b.Count == 0 {
				continue
			}
			if got := searchFor(t, m, b.Query).Total; got != b.Count {
				t.Errorf("%q: a bar of %d, its query %s finds %d", x.q, b.Count, b.Query, got)
			}
		}
		if sum != f.Total {
			t.Errorf("%q: the chart counts %d, the search finds %d", x.q, sum, f.Total)
		}
	}
}

// counting is an archive with given counts and no articles.
type counting struct {
	memory
	facets index.Facets
}

func (c *counting) Facets(context.Context, query.Query) (index.Facets, error) { return c.facets, nil }

func TestChartWidens(t *testing.T) {
	for _, x := range []struct {
		days []string
		unit string
		bars int
	}{
		{nil, "", 0},
		{[]string{"2024-03-05"}, "day", 14},
		{[]string{"2024-01-01", "2024-03-31"}, "day", 91},
		{[]string{"2024-01-01", "2024-12-31"}, "month", 12},
		{[]string{"2016-01-01", "2024-12-31"}, "month", 108},
		{[]string{"1987-01-01", "2024-12-31"}, "year", 38},
		{[]string{"0001-01-01", "2024-12-31"}, "year", 150},
		{[]string{"9999-12-31", "not a day"}, "", 0},
	} {
		c := &counting{facets: index.Facets{Total: len(x.days)}}
		for _, d := range x.days {
			c.facets.Days = append(c.facets.Days, index.Count{Value: d, N: 1})
			c.facets.Months = append(c.facets.Months, index.Count{Value: d[:7], N: 1})
		}
		if f := search(t, c, "/search?q="); f.Chart.Unit != x.unit || len(f.Chart.Bars) != x.bars {
			t.Errorf("chart of %q: %d bars, one a %s, want %d, one a %s", x.days, len(f.Chart.Bars), f.Chart.Unit, x.bars, x.unit)
		}
		if res := get(t, c, "/search?q="); res.StatusCode != http.StatusOK {
			t.Errorf("page with a chart of %q: %s", x.days, res.Status)
		}
	}
}

func TestSearchOrderAndPages(t *testing.T) {
	m := &memory{}
	for i := range 45 {
		a := dateline.Article{URL: "https://many.example/" + string(rune('a'+i)), Headline: "One of many", Published: "2024-03-05"}
		write(&a, "paragraph", "The same text.")
		m.add(a)
	}
	seen := map[string]bool{}
	pages := 0
	for at := "/search?q=many"; at != ""; pages++ {
		f := search(t, m, at)
		for _, h := range f.Hits {
			seen[h.Article] = true
		}
		prev, next := "", ""
		for _, n := range all(get(t, m, at).tree(t), "a") {
			switch rel, _ := attr(n, "rel"); rel {
			case "prev":
				prev, _ = attr(n, "href")
			case "next":
				next, _ = attr(n, "href")
			}
		}
		if f.Page != pages+1 || f.Pages != 3 || f.Total != 45 || (prev == "") != (pages == 0) {
			t.Errorf("GET %s: page %d of %d, %d hits in all, before it %q", at, f.Page, f.Pages, f.Total, prev)
		}
		at = next
	}
	if pages != 3 || len(seen) != 45 {
		t.Errorf("%d pages with %d articles, want 3 with 45", pages, len(seen))
	}

	many := &counting{facets: index.Facets{Total: index.RankExact + 1}}
	if f := search(t, many, "/search?q=the&sort=best"); f.Sort != "best" || f.Ranked != index.RankNewest || f.Pages != index.RankExact/20+1 {
		t.Errorf("best match among too many: sort %q, ranked %d, %d pages", f.Sort, f.Ranked, f.Pages)
	}
	if says := text(get(t, many, "/search?q=the&sort=best").tree(t)); !strings.Contains(says, "the newest 5,000 are ranked") {
		t.Errorf("the page does not say that only some are ranked: %s", says)
	}
	if f := search(t, many, "/search?q=the"); f.Ranked != 0 || f.Pages != index.RankExact/20+1 {
		t.Errorf("newest among many: ranked %d, %d pages", f.Ranked, f.Pages)
	}
}

func TestEmptyResultSuggests(t *testing.T) {
	m := sample()
	for _, x := range []struct{ q, want string }{
		{"grain lang:ar", "grain"},
		{"grain zebra lang:de", "lang:de"},
		{`"talks grain"`, "talks grain"},
	} {
		f := search(t, m, "/search?"+url.Values{"q": {x.q}}.Encode())
		ok := false
		for _, i := range f.Instead {
			ok = ok || i.Query == x.want && i.Total > 0 && searchFor(t, m, i.Query).Total == i.Total
		}
		if f.Total != 0 || !ok {
			t.Errorf("%q: %d hits, instead %+v, want %q among them", x.q, f.Total, f.Instead, x.want)
		}
	}
	if says := text(get(t, m, "/search?q=zebra").tree(t)); !strings.Contains(says, "Try fewer or shorter words") {
		t.Errorf("no advice for a word that is nowhere: %s", says)
	}
}

func TestEmptyArchiveSaysWhatToDo(t *testing.T) {
	says := text(get(t, &memory{}, "/").tree(t))
	for _, want := range []string{"dateline add", "dateline demo"} {
		if !strings.Contains(says, want) {
			t.Errorf("the front page of an empty archive does not say %q: %s", want, says)
		}
	}
}

func TestAddressInTheSearchBoxOpensTheArticle(t *testing.T) {
	m := sample()
	a := m.versions[0]
	for from, to := range map[string]string{"/search?q=": "/article/" + string(a.ID), "/search.json?q=": "/article/" + string(a.ID) + ".json"} {
		res := get(t, m, from+url.QueryEscape(a.URL))
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != to {
			t.Errorf("GET %s%s: %s to %q, want %q", from, a.URL, res.Status, res.Header.Get("Location"), to)
		}
	}
	if res := get(t, m, "/search?q=https://nowhere.example/"); res.StatusCode != http.StatusNotFound {
		t.Errorf("an address that is not there: %s", res.Status)
	}
}

// Programs that collect citations find what they need on the page of an article.
func TestArticleCanBeCollected(t *testing.T) {
	m := sample()
	a := m.last()
	res := get(t, m, "/article/"+string(a.ID))
	doc := res.tree(t)
	metas := map[string]string{}
	for _, n := range all(doc, "meta") {
		name, _ := attr(n, "name")
		metas[name], _ = attr(n, "content")
	}
	if metas["citation_title"] != a.Headline || metas["citation_public_url"] != a.URL {
		t.Errorf("metas: %q", metas)
	}
	var coins url.Values
	for _, n := range all(doc, "span") {
		if class, _ := attr(n, "class"); class == "Z3988" {
			title, _ := attr(n, "title")
			coins, _ = url.ParseQuery(title)
		}
	}
	if coins.Get("rft.title") != a.Headline || coins.Get("rft.type") != "newspaperArticle" {
		t.Errorf("COinS: %q", coins)
	}
	var data struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		Headline string `json:"headline"`
	}
	for _, n := range all(doc, "script") {
		if isLinkedData(n) {
			if err := json.Unmarshal([]byte(text(n)), &data); err != nil {
				t.Error(err)
			}
		}
	}
	if data.Context != "https://schema.org" || data.Headline != a.Headline || !strings.HasSuffix(data.Type, "Article") {
		t.Errorf("linked data: %+v", data)
	}
	cited := get(t, m, "/article/"+string(a.ID)+"/v/"+string(a.Capture)+"/cite/article/citation.bib")
	if cited.StatusCode != http.StatusOK || !strings.HasPrefix(cited.body, "@misc{") {
		t.Errorf("citation: %d %s", cited.StatusCode, cited.body)
	}
	if none := get(t, m, "/article/"+string(a.ID)+"/v/c0000000000000000/cite/article/citation.bib"); none.StatusCode != http.StatusNotFound {
		t.Errorf("citation of a version that there is not: %d", none.StatusCode)
	}
}

func TestArticlePage(t *testing.T) {
	m := sample()
	old, a := m.versions[0], m.versions[1]
	doc := get(t, m, "/article/"+string(a.ID)).tree(t)
	says := text(doc)
	for _, want := range []string{
		a.Headline, a.Deck, "By Mara Lindqvist, Tomas Reyes", "5 March 2024, 09:40 UTC+01:00", "5 March 2024, 18:05 UTC+01:00",
		"jsonld:headline", "meta:article:modified_time", a.Payload, a.Images[0].Caption, "every half hour until midnight",
		"version 2, changed: headline, text What changed", "Ilse Marten director", "quote/subject-after",
		"relative", "Ilse Marten, director person, 2 times",
	} {
		if !strings.Contains(says, want) {
			t.Errorf("the article page does not say %q:\n%s", want, says)
		}
	}
	story := all(doc, "article")[0]
	for name, want := range map[string]int{"blockquote": 1, "table": 1, "tr": 3, "img": 0} {
		if got := len(all(story, name)); got != want {
			t.Errorf("the article has %d <%s>, want %d", got, name, want)
		}
	}
	if lang, _ := attr(story, "lang"); lang != a.Lang {
		t.Errorf("the article has lang=%q, want %q", lang, a.Lang)
	}
	if strings.Contains(says, "This is an earlier version") {
		t.Error("the newest version is called an earlier one")
	}
	if says := text(get(t, m, "/article/"+string(a.ID)+"/v/"+string(old.Capture)).tree(t)); !strings.Contains(says, "This is an earlier version") || !strings.Contains(says, old.Headline) {
		t.Errorf("the page of an earlier version: %s", says)
	}
	if front := m.last(); !strings.Contains(text(get(t, m, "/article/"+string(front.ID)).tree(t)), "it is no article: section front") {
		t.Errorf("the page of a section front does not say that it is no article")
	}
}

// TestWhy reads what the article's page says of its fields, statements and
// dates behind "Why?".
func TestWhy(t *testing.T) {
	m := sample()
	a := m.versions[1]
	says := ""
	for _, n := range all(get(t, m, "/article/"+string(a.ID)).tree(t), "details") {
		if class, _ := attr(n, "class"); class == "why" {
			says += text(n) + "\n"
		}
	}
	for _, want := range []string{
		"The page’s data for search engines (JSON-LD) states it, under “headline”.",
		"The head of the page states it, in the meta element “article:modified_time”.",
		"How it was foundThe speaker stands behind the verb of speech",
		"It is always shown",
		"The words name it by counting from another day",
	} {
		if !strings.Contains(says, want) {
			t.Errorf("the page does not say why: %q is not in\n%s", want, says)
		}
	}
}

func TestTextRunsFromRightToLeft(t *testing.T) {
	m := sample()
	for _, a := range m.versions {
		if a.Lang != "ar" {
			continue
		}
		doc := get(t, m, "/article/"+string(a.ID)).tree(t)
		for _, n := range append(all(all(doc, "article")[0], "h1"), all(all(doc, "article")[0], "p")...) {
			lang, _ := attr(n, "lang")
			if dir, _ := attr(n, "dir"); dir != "auto" && lang != "en" {
				t.Errorf("<%s>%s has no dir", n.Data, text(n))
			}
		}
	}
}

func TestBrokenTextIsShown(t *testing.T) {
	m := &memory{}
	m.add(dateline.Article{
		URL: "https://odd.example/", Text: "One.\n\nTwo.", Lang: "en", Published: "sometime", Modified: "2024",
		Blocks: []dateline.Block{{Kind: "paragraph", Start: -1, End: 3}, {Kind: "paragraph", Start: 5, End: 500}, {Kind: "item", Start: 9, End: 2}},
	})
	m.findings[m.last().Capture] = &dateline.Findings{Statements: []dateline.Statement{{Content: []dateline.Span{{Start: 4, End: 999}, {Start: -4, End: 2}}}}}
	says := text(get(t, m, "/article/"+string(m.last().ID)+"?all=1").tree(t))
	for _, want := range []string{"(no headline)", "One.", "Two.", "sometime", "Speaker not named"} {
		if !strings.Contains(says, want) {
			t.Errorf("a record with broken spans: the page does not say %q: %s", want, says)
		}
	}
	if says := text(get(t, m, "/").tree(t)); !strings.Contains(says, "(no headline)") {
		t.Errorf("the front page shows no headline: %s", says)
	}
}

func TestErrors(t *testing.T) {
	m := sample()
	for _, x := range []struct {
		address string
		status  int
		want    string
	}{
		{"/nowhere", 404, "not found"},
		{"/article/a0000000000000000", 404, "not found"},
		{"/article/" + string(m.versions[0].ID) + "/v/c0", 404, "not found"},
		{"/capture/c0000000000000000", 404, "not found"},
		{"/static/nothing.css", 404, "no such file"},
		{"/search?q=" + url.QueryEscape("grain (talks"), 400, "parenthesis"},
		{"/search?q=" + url.QueryEscape("colour:red"), 400, "colour"},
		{"/search?q=grain&sort=oldest", 400, "oldest"},
		{"/search?q=grain&page=0", 400, `"0"`},
		{"/search?q=grain&page=x", 400, `"x"`},
		{"/search?q=grain&page=99", 404, "no page 99"},
	} {
		res := get(t, m, x.address)
		if says := text(res.tree(t)); res.StatusCode != x.status || !strings.Contains(says, x.want) {
			t.Errorf("GET %s: %s, want %d and %q: %s", x.address, res.Status, x.status, x.want, says)
		}
		if strings.HasPrefix(x.address, "/static") {
			continue
		}
		path, params, _ := strings.Cut(x.address, "?")
		twin := get(t, m, path+".json?"+params)
		var e struct{ Detail string }
		if err := json.Unmarshal([]byte(twin.body), &e); err != nil || twin.StatusCode != x.status || !strings.Contains(e.Detail, x.want) {
			t.Errorf("GET %s.json?%s: %s, %v, want %d and %q: %s", path, params, twin.Status, err, x.status, x.want, twin.body)
		}
	}
}

func TestBrokenQueryShowsWhere(t *testing.T) {
	for _, x := range []struct{ q, before, at string }{
		{"grain (talks", "grain ", "("},
		{"é ö after:never", "é ö after:", "n"},
	} {
		address := "?q=" + url.QueryEscape(x.q)
		var e struct {
			Query  string
			Offset int
		}
		if err := json.Unmarshal([]byte(get(t, sample(), "/search.json"+address).body), &e); err != nil || e.Query != x.q || e.Offset != len(x.before) {
			t.Errorf("%q: %v, trouble at byte %d of %q, want %d", x.q, err, e.Offset, e.Query, len(x.before))
		}
		doc := get(t, sample(), "/search"+address).tree(t)
		if marks := all(doc, "mark"); len(marks) != 1 || text(marks[0]) != x.at {
			t.Errorf("%q: the page marks %d places, want %q", x.q, len(marks), x.at)
		}
		for _, n := range all(doc, "input") {
			if v, _ := attr(n, "value"); v != x.q {
				t.Errorf("%q: the search box holds %q", x.q, v)
			}
		}
	}
	long := strings.Repeat("é", query.MaxLength)
	if res := get(t, sample(), "/search?q="+url.QueryEscape(long)); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a query of %d bytes: %s, want 400", len(long), res.Status)
	}
}

func TestBrokenArchiveIsLogged(t *testing.T) {
	m := sample()
	m.broken = errors.New("disk on fire")
	var log bytes.Buffer
	h := web.New(m, web.Options{Hosts: options.Hosts, Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, address := range []string{"/", "/search?q=x", "/search.json?q=x"} {
		log.Reset()
		res := ask(h, httptest.NewRequest("GET", address, nil))
		if res.StatusCode != http.StatusInternalServerError || strings.Contains(res.body, "fire") {
			t.Errorf("GET %s from a broken archive: %s: %s", address, res.Status, res.body)
		}
		if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "disk on fire") || !strings.Contains(got, "url=") {
			t.Errorf("GET %s from a broken archive: the log says %q", address, got)
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	h := web.New(sample(), options)
	for site, want := range map[string]int{"cross-site": http.StatusForbidden, "same-origin": http.StatusMethodNotAllowed} {
		r := httptest.NewRequest("POST", "/search", nil)
		r.Header.Set("Sec-Fetch-Site", site)
		if res := ask(h, r); res.StatusCode != want {
			t.Errorf("POST from %s: %s, want %d", site, res.Status, want)
		}
	}
}

func TestStaticFilesAreKept(t *testing.T) {
	m := sample()
	doc := get(t, m, "/").tree(t)
	n := 0
	for _, e := range append(all(doc, "link"), all(doc, "script")...) {
		address, _ := attr(e, "href")
		if src, ok := attr(e, "src"); ok {
			address = src
		}
		if !strings.HasPrefix(address, "/static/") {
			continue
		}
		n++
		res := get(t, m, address)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("GET %s: %s, Cache-Control: %q", address, res.Status, res.Header.Get("Cache-Control"))
		}
		path, _, _ := strings.Cut(address, "?")
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("If-None-Match", res.Header.Get("ETag"))
		if res := ask(web.New(m, options), r); res.StatusCode != http.StatusNotModified || strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("GET %s again: %s, Cache-Control: %q, want 304 and no-cache", path, res.Status, res.Header.Get("Cache-Control"))
		}
	}
	if n != 3 {
		t.Errorf("the front page loads %d files, want a style, a script and an icon", n)
	}
}

func TestHelpKnowsEveryField(t *testing.T) {
	res := get(t, sample(), "/help.json")
	var help struct {
		Operators []struct{ Form, Example string }
	}
	if err := json.Unmarshal([]byte(res.body), &help); err != nil {
		t.Fatal(err)
	}
	var forms []string
	for _, o := range help.Operators {
		forms = append(forms, o.Form)
		if _, err := query.Parse(o.Example); err != nil {
			t.Errorf("example %q: %v", o.Example, err)
		}
	}
	for _, f := range indexfield.Names() {
		if !slices.Contains(forms, f+":") {
			t.Errorf("help does not explain %s:", f)
		}
	}
}

func TestFacetsStayShort(t *testing.T) {
	many := &counting{facets: index.Facets{Total: 1000, Fields: map[string][]index.Count{}}}
	for i := range 1000 {
		many.facets.Fields["tag"] = append(many.facets.Fields["tag"], index.Count{Value: fmt.Sprintf("tag %d", i), N: 1})
	}
	res := get(t, many, "/search?q=")
	if says := text(res.tree(t)); !strings.Contains(says, "tag 59") || strings.Contains(says, "tag 60") || !strings.Contains(says, "and 940 others") {
		t.Errorf("a page of 1000 tags has %d bytes: %s", len(res.body), says)
	}
}

func TestOddQueriesAreAnswered(t *testing.T) {
	m := sample()
	for _, q := range []string{
		"\x00", "\xff\xfe", "%", `"`, "-", "OR", "()", strings.Repeat("(", 100), strings.Repeat("a ", 500), "tag:", `tag:"`,
		"after:9999-12-31 before:0001", "-(a OR b) c", "https://", "https://\x7f", "http://[::1", "a:b:c", "*", "\u202e<b>", "port*",
	} {
		for _, path := range []string{"/search", "/search.json", "/article/" + string(m.versions[0].ID)} {
			res := get(t, m, path+"?"+url.Values{"q": {q}}.Encode())
			if res.StatusCode != http.StatusOK && (res.StatusCode != http.StatusBadRequest && res.StatusCode != http.StatusNotFound || !strings.HasPrefix(path, "/search")) {
				t.Errorf("GET %s?q=%q: %s", path, q, res.Status)
			}
		}
	}
	if res := get(t, m, "/search?q=%zz"); res.StatusCode != http.StatusOK {
		t.Errorf("GET /search?q=%%zz: %s", res.Status)
	}
}
