package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/account"
	"dateline/surface/web"
)

const password = "twelve or more characters"

// withAccounts returns the options of a site with the accounts ana, who may read, and bo,
// who may edit; each has a token.
func withAccounts(t *testing.T) (o web.Options, tokens map[string]string) {
	t.Helper()
	a, err := account.Open(t.Context(), filepath.Join(t.TempDir(), account.File))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	tokens = map[string]string{}
	for name, role := range map[string]account.Role{"ana": account.Read, "bo": account.Edit} {
		if err := a.Add(t.Context(), name, role, password); err != nil {
			t.Fatal(err)
		}
		if tokens[name], err = a.NewToken(t.Context(), name, "", role, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	o = options
	o.Accounts = a
	return o, tokens
}

// TestEveryRouteAsksForAnAccount walks the routes without a login, as a browser and as a
// program, and with a token.
func TestEveryRouteAsksForAnAccount(t *testing.T) {
	o, tokens := withAccounts(t)
	m := sample()
	h := web.New(m, o)
	at := addresses(t, m)
	free := map[string]bool{"/login": true, "/healthz": true, "/static/style.css": true}
	for _, pattern := range web.Routes() {
		address := at[pattern]
		method, _, _ := strings.Cut(pattern, " ")
		for _, accept := range []string{"text/html,*/*", "application/json"} {
			r := httptest.NewRequest(method, address, nil)
			r.Header.Set("Accept", accept)
			res := ask(h, r)
			path, _, _ := strings.Cut(address, "?")
			want := http.StatusUnauthorized
			if accept != "application/json" && method == "GET" && !strings.HasSuffix(path, ".json") {
				want = http.StatusSeeOther
			}
			if free[path] {
				if method == "GET" && res.StatusCode != http.StatusOK {
					t.Errorf("%s: %s", pattern, res.Status)
				}
				continue
			}
			if res.StatusCode != want {
				t.Errorf("%s for %s without a login: %s, want %d", pattern, accept, res.Status, want)
			}
			switch got := res.Header; {
			case want == http.StatusSeeOther && got.Get("Location") != "/login?next="+url.QueryEscape(address):
				t.Errorf("%s leads to %s", pattern, got.Get("Location"))
			case want == http.StatusUnauthorized && got.Get("WWW-Authenticate") != `Bearer realm="Dateline"`:
				t.Errorf("%s asks for %q", pattern, got.Get("WWW-Authenticate"))
			}
			if policyOf(res.Header)["default-src"] != "'none'" || policyOf(res.Header)["script-src"] != "'self'" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: headers %v", pattern, res.Header)
			}
			if strings.Contains(res.body, "inspectors") {
				t.Errorf("%s tells of the archive without a login", pattern)
			}
		}
		if method != "GET" {
			continue
		}
		r := httptest.NewRequest(method, address, nil)
		r.Header.Set("Authorization", "Bearer "+tokens["ana"])
		if res := ask(h, r); res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusSeeOther {
			t.Errorf("%s with a token: %s", pattern, res.Status)
		}
	}
}

// TestLogin logs in and out as a browser does, with a wrong password first.
func TestLogin(t *testing.T) {
	o, _ := withAccounts(t)
	h := web.New(sample(), o)
	post := func(path string, cookie *http.Cookie, v url.Values, site string) response {
		r := httptest.NewRequest("POST", path, strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", site)
		if cookie != nil {
			r.AddCookie(cookie)
		}
		return ask(h, r)
	}
	if res := post("/login", nil, url.Values{"name": {"ana"}, "password": {"wrong password"}, "next": {"/stories"}}, "same-origin"); res.StatusCode != http.StatusUnauthorized || !strings.Contains(res.body, "is wrong") || !strings.Contains(res.body, `value="/stories"`) {
		t.Errorf("a wrong password: %s\n%s", res.Status, res.body)
	}
	right := url.Values{"name": {"ana"}, "password": {password}, "next": {"/stories"}}
	if res := post("/login", nil, right, "cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a login from another site: %s", res.Status)
	}
	for next, want := range map[string]string{"/stories": "/stories", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", "": "/"} {
		right.Set("next", next)
		if got := post("/login", nil, right, "same-origin").Header.Get("Location"); got != want {
			t.Errorf("a login leads to %q, want %q", got, want)
		}
	}
	res := post("/login", nil, right, "same-origin")
	cookie, err := http.ParseSetCookie(res.Header.Get("Set-Cookie"))
	if err != nil || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge <= 0 {
		t.Fatalf("cookie %+v, %v", cookie, err)
	}
	in := func() int {
		r := httptest.NewRequest("GET", "/stories", nil)
		r.AddCookie(cookie)
		return ask(h, r).StatusCode
	}
	if got := in(); got != http.StatusOK {
		t.Errorf("logged in: %d", got)
	}
	if res := post("/anything", cookie, nil, "same-origin"); res.StatusCode != http.StatusForbidden {
		t.Errorf("whoever may read posts: %s", res.Status)
	}
	if res := post("/logout", cookie, nil, "same-origin"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("logout: %s", res.Status)
	}
	if got := in(); got != http.StatusUnauthorized {
		t.Errorf("logged out: %d", got)
	}
}

// TestGuessedTokens gives wrong tokens from one address.
func TestGuessedTokens(t *testing.T) {
	o, tokens := withAccounts(t)
	h := web.New(sample(), o)
	with := func(token string) int {
		r := httptest.NewRequest("GET", "/help.json", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		return ask(h, r).StatusCode
	}
	if got := with(tokens["bo"]); got != http.StatusOK {
		t.Errorf("a token: %d", got)
	}
	for range 10 {
		if got := with("dateline_guess"); got != http.StatusUnauthorized {
			t.Errorf("a guess: %d", got)
		}
	}
	if got := with(tokens["bo"]); got != http.StatusTooManyRequests {
		t.Errorf("after ten guesses: %d, want 429", got)
	}
}

// TestMetrics asks for the numbers of a server that has answered something.
func TestMetrics(t *testing.T) {
	h := web.New(sample(), options)
	for _, address := range []string{"/search?q=bridge", "/search?q=bridge", "/nowhere"} {
		ask(h, httptest.NewRequest("GET", address, nil))
	}
	text := ask(h, httptest.NewRequest("GET", "/metrics", nil)).body
	for _, want := range []string{
		`dateline_requests_total{route="GET /search",status="200"} 2`,
		`dateline_requests_total{route="GET /",status="404"} 1`,
		`dateline_request_seconds_bucket{route="GET /search",le="+Inf"} 2`,
		`dateline_request_seconds_count{route="GET /search"} 2`,
		"# TYPE dateline_request_seconds histogram", "# TYPE dateline_source_captures_total counter",
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no line %s in\n%s", want, text)
		}
	}
	if res := ask(h, httptest.NewRequest("GET", "/readyz", nil)); res.StatusCode != http.StatusOK {
		t.Errorf("ready: %s", res.Status)
	}
}
