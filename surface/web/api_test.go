package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/surface/web"
)

// description is what the tests read of /openapi.json.
type description struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Parameters  []struct {
			Name, In string
			Schema   json.RawMessage
		} `json:"parameters"`
		Responses map[string]struct {
			Content map[string]struct {
				Schema struct {
					Ref string `json:"$ref"`
				} `json:"schema"`
			} `json:"content"`
			Links map[string]struct {
				OperationID string `json:"operationId"`
			} `json:"links"`
		} `json:"responses"`
	} `json:"paths"`
}

// TestDescription holds /openapi.json against the routes: it describes the twin of every
// page and nothing else, and each answers what it says.
func TestDescription(t *testing.T) {
	m := sample()
	text := get(t, m, "/openapi.json").body
	var d description
	if err := json.Unmarshal([]byte(text), &d); err != nil || d.OpenAPI != "3.1.0" {
		t.Fatalf("openapi %q, %v", d.OpenAPI, err)
	}
	c := jsonschema.NewCompiler()
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	at := addresses(t, m)
	described, ids := map[string]bool{}, map[string]bool{}
	for _, pattern := range web.Routes() {
		address := at[pattern]
		path, values, _ := strings.Cut(address, "?")
		route := strings.TrimPrefix(pattern, "GET ")
		if !strings.HasSuffix(route, ".json") {
			route, path = route+".json", strings.TrimSuffix(path, "/")+".json"
		}
		op, ok := d.Paths[route]["get"]
		if !ok || described[route] {
			continue
		}
		described[route] = true
		if ids[op.OperationID] || op.OperationID == "" {
			t.Errorf("%s: the operation is called %q, as another", route, op.OperationID)
		}
		ids[op.OperationID] = true
		r := httptest.NewRequest("GET", path, nil)
		r.URL.RawQuery = values
		res := ask(web.New(m, options), r)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, res.Status)
			continue
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(res.body))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.MustCompile("openapi.json" + op.Responses["200"].Content["application/json"].Schema.Ref).Validate(v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for path := range d.Paths {
		if !described[path] {
			t.Errorf("%s is described, and no route", path)
		}
	}
	for _, op := range d.Paths {
		for name, l := range op["get"].Responses["200"].Links {
			if !ids[l.OperationID] {
				t.Errorf("the link %s leads to %s, which is no operation", name, l.OperationID)
			}
		}
	}
	// What has a twin is described: the twin of every page.
	for _, pattern := range web.Routes() {
		address := at[pattern]
		path, _, _ := strings.Cut(address, "?")
		route := strings.TrimPrefix(pattern, "GET ")
		if !strings.HasPrefix(pattern, "GET /") || strings.HasSuffix(route, ".json") || d.Paths[route+".json"] != nil || route == "/" || route == "/{$}" {
			continue
		}
		res := ask(web.New(m, options), httptest.NewRequest("GET", path+".json", nil))
		if res.StatusCode == http.StatusOK && strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
			t.Errorf("%s.json answers, and is not described", route)
		}
	}
}

// next returns the address that a Link header names as the next part; "" if none.
func next(h http.Header) string {
	link, ok := strings.CutSuffix(h.Get("Link"), `>; rel="next"`)
	if !ok {
		return ""
	}
	return strings.TrimPrefix(link, "<")
}

// TestParts follows the links to the next part through lists, one item at a time.
func TestParts(t *testing.T) {
	m := sample()
	for _, x := range []struct{ first, key, id string }{
		{"/search.json?q=&limit=1", "hits", "article"},
		{"/search.json?q=bridge&sort=best&limit=1", "hits", "article"},
		{"/statements.json?q=&all=1&limit=1", "statements", "id"},
	} {
		var all map[string]any
		if err := json.Unmarshal([]byte(get(t, m, strings.Replace(x.first, "limit=1", "limit=500", 1)).body), &all); err != nil {
			t.Fatal(err)
		}
		want := keys(all[x.key], x.id)
		var got []string
		for address := x.first; address != ""; {
			res := get(t, m, address)
			var part map[string]any
			if err := json.Unmarshal([]byte(res.body), &part); err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			got = append(got, keys(part[x.key], x.id)...)
			if address = next(res.Header); len(got) > len(want) {
				break
			}
		}
		if !slices.Equal(got, want) || len(want) < 3 {
			t.Errorf("%s: %q, want %q", x.first, got, want)
		}
	}
}

// keys returns a key of each object of a list.
func keys(list any, key string) (all []string) {
	items, _ := list.([]any)
	for _, x := range items {
		all = append(all, x.(map[string]any)[key].(string))
	}
	return all
}

// TestSameAnswer asks for what the reader has already.
func TestSameAnswer(t *testing.T) {
	m := sample()
	for _, address := range []string{"/search.json?q=bridge", "/", "/index.json", "/openapi.json", "/help"} {
		tag := get(t, m, address).Header.Get("ETag")
		for given, want := range map[string]int{tag: 304, `"other", W/` + tag: 304, "*": 304, `"other"`: 200} {
			r := httptest.NewRequest("GET", address, nil)
			r.Header.Set("If-None-Match", given)
			res := ask(web.New(m, options), r)
			if res.StatusCode != want || want == 304 && res.body != "" || res.Header.Get("ETag") != tag {
				t.Errorf("%s with %s: %s, ETag %s of %s, %d bytes", address, given, res.Status, res.Header.Get("ETag"), tag, len(res.body))
			}
		}
	}
}

// TestForms asks for lists as lines and as tables.
func TestForms(t *testing.T) {
	m := sample()
	for _, a := range m.versions {
		if a.URL == "https://northwire.example/a/640" {
			a.Headline = "=1+1, and more"
		}
	}
	in := func(accept, address string) response {
		r := httptest.NewRequest("GET", address, nil)
		r.Header.Set("Accept", accept)
		return ask(web.New(m, options), r)
	}
	var whole struct{ Hits []json.RawMessage }
	if err := json.Unmarshal([]byte(in("application/json", "/search.json?q=").body), &whole); err != nil {
		t.Fatal(err)
	}
	lines := in("text/html;q=0.5, application/x-ndjson", "/search.json?q=")
	if n := strings.Count(lines.body, "\n"); n != len(whole.Hits) || lines.Header.Get("Content-Type") != "application/x-ndjson" || !strings.Contains(lines.Header.Get("Vary"), "Accept") {
		t.Errorf("%d lines of %s, want %d", n, lines.Header.Get("Content-Type"), len(whole.Hits))
	}
	table := in("text/csv", "/search.json?q=")
	rows, err := csv.NewReader(strings.NewReader(table.body)).ReadAll()
	if err != nil || len(rows) != len(whole.Hits)+1 {
		t.Fatalf("%d rows, want %d: %v", len(rows), len(whole.Hits)+1, err)
	}
	column := slices.Index(rows[0], "headline")
	if column < 0 || slices.Index(rows[0], "publisher.name") < 0 || !slices.ContainsFunc(rows, func(row []string) bool { return row[column] == "'=1+1, and more" }) {
		t.Errorf("a formula is no text:\n%s", table.body)
	}
	for _, address := range []string{"/help.json", "/search.json?q=("} { // no list
		if got := in("text/csv", address).Header.Get("Content-Type"); !strings.HasPrefix(got, "application/") {
			t.Errorf("%s as CSV: %s", address, got)
		}
	}
}

// TestProblems asks for what cannot be answered.
func TestProblems(t *testing.T) {
	m := sample()
	for address, want := range map[string]struct {
		status    int
		parameter string
	}{
		"/search.json?q=(":                    {400, "q"},
		"/search.json?page=none":              {400, "page"},
		"/search.json?page=999":               {404, "page"},
		"/search.json?limit=0":                {400, "limit"},
		"/search.json?limit=501":              {400, "limit"},
		"/search.json?sort=worst":             {400, "sort"},
		"/search.json?q=bridge&cursor=abc":    {400, "cursor"},
		"/statements.json?q=bridge&cursor=e1": {400, "cursor"},
		"/calendar.json?sort=best":            {400, "sort"},
		"/article/a0.json":                    {404, ""},
		"/nowhere.json":                       {404, ""},
	} {
		res := get(t, m, address)
		var p struct {
			Title, Detail, Parameter string
			Status                   int
		}
		if err := json.Unmarshal([]byte(res.body), &p); err != nil {
			t.Fatalf("%s: %v\n%s", address, err, res.body)
		}
		if res.StatusCode != want.status || p.Status != want.status || p.Parameter != want.parameter || p.Title == "" || p.Detail == "" || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s %s %+v, want %+v", address, res.Status, res.Header.Get("Content-Type"), p, want)
		}
	}
}

// TestOrigins asks as scripts of other pages do.
func TestOrigins(t *testing.T) {
	m := sample()
	o := options
	o.Origins = []string{"https://tool.example"}
	o.Password = "open sesame, please"
	for _, x := range []struct {
		method, address, origin string
		shared                  bool
		want                    int
	}{
		{"OPTIONS", "/search.json", "https://tool.example", true, 204},
		{"OPTIONS", "/search.json", "https://other.example", false, 401},
		{"OPTIONS", "/search", "https://tool.example", false, 401},
		{"GET", "/search.json", "https://tool.example", true, 401},
		{"GET", "/search.json", "null", false, 401},
		{"GET", "/search.json", "", false, 401},
	} {
		r := httptest.NewRequest(x.method, x.address, nil)
		r.Header.Set("Origin", x.origin)
		res := ask(web.New(m, o), r)
		if got := res.Header.Get("Access-Control-Allow-Origin"); (got == x.origin && got != "") != x.shared || res.StatusCode != x.want {
			t.Errorf("%s %s from %q: %s, %q", x.method, x.address, x.origin, res.Status, got)
		}
	}
	r := httptest.NewRequest("GET", "/search.json", nil)
	r.Header.Set("Origin", "https://tool.example")
	if got := ask(web.New(m, options), r).Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("without being told to, %q may read", got)
	}
}
