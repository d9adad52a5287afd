package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"dateline/surface/web"
)

func TestRoutesDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../doc/web.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range web.Routes() {
		if !strings.Contains(string(doc), "`"+pattern+"`") {
			t.Errorf("doc/web.md does not list the route %q", pattern)
		}
	}
}

// Policies that answers may have.
var (
	pagePolicy = map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
		"form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
	}
	lookPolicy = map[string]string{
		"sandbox": "", "default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "font-src": "data:",
		"form-action": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'",
	}
	rawPolicy = map[string]string{
		"sandbox": "", "default-src": "'none'", "form-action": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'",
	}
)

// policyOf reads a Content-Security-Policy.
func policyOf(h http.Header) map[string]string {
	p := map[string]string{}
	for directive := range strings.SplitSeq(h.Get("Content-Security-Policy"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		p[name] = value
	}
	return p
}

// checkHeaders checks what every answer says, whatever it is.
func checkHeaders(t *testing.T, what string, h http.Header, policy map[string]string) {
	t.Helper()
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := h.Values(name); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %s: %q, want %q", what, name, got, want)
		}
	}
	if got := h.Values("Content-Security-Policy"); len(got) != 1 || !maps.Equal(policyOf(h), policy) {
		t.Errorf("%s: Content-Security-Policy: %q, want %v", what, got, policy)
	}
	if h.Get("Content-Type") == "" {
		t.Errorf("%s: no Content-Type", what)
	}
	for _, name := range []string{"Access-Control-Allow-Origin", "Set-Cookie"} {
		if h.Get(name) != "" {
			t.Errorf("%s: %s: %q", what, name, h.Get(name))
		}
	}
}

// TestHeaders walks the routes.
func TestHeaders(t *testing.T) {
	m := sample()
	at := addresses(t, m)
	const kept = "private, max-age=31536000, immutable"
	special := map[string]struct {
		policy             map[string]string
		media, disposition string
		cache              string
	}{
		"GET /capture/{id}/raw":                             {rawPolicy, "application/octet-stream", "attachment; ", kept},
		"GET /capture/{id}/source":                          {rawPolicy, "text/plain; charset=utf-8", "", kept},
		"GET /capture/{id}/page":                            {lookPolicy, "text/html; charset=utf-8", "", kept},
		"GET /timemap/link/{address}":                       {pagePolicy, "application/link-format; charset=utf-8", "", "no-cache"},
		"GET /article/{id}/v/{capture}/cite/{words}/{file}": {pagePolicy, "application/x-bibtex; charset=utf-8", "attachment; ", "no-cache"},
		"GET /export":                                       {pagePolicy, "application/x-ndjson", "attachment; ", "no-store"},
		"GET /healthz":                                      {pagePolicy, "text/plain; charset=utf-8", "", "no-store"},
		"GET /readyz":                                       {pagePolicy, "text/plain; charset=utf-8", "", "no-store"},
		"GET /metrics":                                      {pagePolicy, "text/plain; version=0.0.4; charset=utf-8", "", "no-store"},
		"GET /alert/{name}/feed.atom":                       {pagePolicy, "application/atom+xml; charset=utf-8", "", "no-cache"},
		"GET /alert/{name}/feed.json":                       {pagePolicy, "application/feed+json", "", "no-cache"},
		"GET /static/{file}":                                {pagePolicy, "text/css; charset=utf-8", "", "no-cache"},
	}
	for _, pattern := range web.Routes() {
		address, ok := at[pattern]
		if !ok {
			t.Errorf("route %q: no address in this test", pattern)
			continue
		}
		want, ok := special[pattern]
		if !ok {
			want.policy, want.media, want.cache = pagePolicy, "text/html; charset=utf-8", "no-cache"
			if path, _, _ := strings.Cut(address, "?"); strings.HasSuffix(path, ".json") {
				want.media = "application/json; charset=utf-8"
			}
		}
		for _, method := range []string{"GET", "HEAD"} {
			h := ask(web.New(m, options), httptest.NewRequest(method, address, nil)).Header
			what := method + " " + address
			checkHeaders(t, what, h, want.policy)
			if got := h.Get("Content-Type"); got != want.media {
				t.Errorf("%s: Content-Type: %q, want %q", what, got, want.media)
			}
			if got := h.Get("Content-Disposition"); !strings.HasPrefix(got, want.disposition) || want.disposition == "" && got != "" {
				t.Errorf("%s: Content-Disposition: %q, want %q…", what, got, want.disposition)
			}
			if got := h.Get("Cache-Control"); got != want.cache {
				t.Errorf("%s: Cache-Control: %q, want %q", what, got, want.cache)
			}
		}
		// What is refused says no less.
		for status, change := range map[int]func(*http.Request){
			http.StatusMethodNotAllowed:   func(r *http.Request) { r.Method = "POST" },
			http.StatusForbidden:          func(r *http.Request) { r.Method = "POST"; r.Header.Set("Sec-Fetch-Site", "cross-site") },
			http.StatusMisdirectedRequest: func(r *http.Request) { r.Host = "rebound.example" },
		} {
			if (address == "/mcp" || address == "/login") && status == http.StatusMethodNotAllowed {
				status = http.StatusNotFound // it takes both methods, and there is none here
			}
			if address == "/logout" {
				continue // it takes a POST and nothing else
			}
			if path, _, _ := strings.Cut(address, "?"); status == http.StatusMethodNotAllowed && (path == "/alerts" || path == "/decisions" || strings.HasPrefix(pattern, "POST /alert/")) {
				status = http.StatusForbidden // it takes both methods, and nothing can be changed here
			}
			r := httptest.NewRequest("GET", address, nil)
			change(r)
			res := ask(web.New(m, options), r)
			if res.StatusCode != status {
				t.Errorf("%s %s for %s: %s, want %d", r.Method, address, r.Host, res.Status, status)
			}
			checkHeaders(t, r.Method+" "+address+" for "+r.Host, res.Header, pagePolicy)
		}
	}
}
