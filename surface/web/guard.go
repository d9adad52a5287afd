package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dateline/account"
	"dateline/answer"
)

// policy lets a page load its own style, script and icon, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// A guard sets the headers that keep pages apart from the rest of the web. It refuses
// requests that name another host or do not give the password.
type guard struct {
	next      http.Handler
	hosts     []string
	addresses bool
	origins   []string           // whose scripts may read twins
	accounts  *account.Accounts  // nil if there are none
	secure    bool               // cookies are sent over HTTPS only
	password  *[sha256.Size]byte // its digest; nil if no password is asked for
	tries     tries
}

func newGuard(next http.Handler, o Options) *guard {
	g := &guard{next: next, hosts: o.Hosts, addresses: o.Addresses, origins: o.Origins, accounts: o.Accounts, secure: o.Secure}
	if o.Password != "" {
		sum := sha256.Sum256([]byte(o.Password))
		g.password = &sum
	}
	return g
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch {
	case !g.answersAt(r.Host):
		refuse(w, r, http.StatusMisdirectedRequest, "this archive does not answer under this name: ask at its address, such as 127.0.0.1, or let the server take the name (-host)")
	case g.shares(w, r) && r.Method == http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Path == "/healthz": // tells nothing of the archive
		g.next.ServeHTTP(w, r)
	case g.accounts != nil:
		g.identify(w, r)
	case g.password == nil:
		g.next.ServeHTTP(w, r)
	case hasCredentials(r) && !g.tries.left(r):
		h.Set("Retry-After", strconv.Itoa(int(tryAgain.Seconds())))
		refuse(w, r, http.StatusTooManyRequests, "too many wrong passwords came from your address: wait a moment")
	case !g.admits(r):
		h.Set("WWW-Authenticate", `Basic realm="Dateline", charset="UTF-8"`)
		refuse(w, r, http.StatusUnauthorized, "this archive asks for its password; any user name will do")
	default:
		g.next.ServeHTTP(w, r)
	}
}

// shares lets scripts of a page elsewhere read a twin, if they may, and reports whether it
// has (Fetch standard, section 3.3, "CORS protocol"). Browsers give no cookie or password
// of their own with such a request; a script may give a token.
func (g *guard) shares(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if !wantsJSON(r) || len(g.origins) == 0 {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	if !slices.Contains(g.origins, origin) {
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", "GET")
	h.Set("Access-Control-Allow-Headers", "Authorization, Accept, If-None-Match")
	h.Set("Access-Control-Expose-Headers", "ETag, Link")
	h.Set("Access-Control-Max-Age", "600")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return true
}

// refuse answers a request that is not let through, in plain words or, where a program
// asks for a twin, as a problem (RFC 9457).
func refuse(w http.ResponseWriter, r *http.Request, status int, text string) {
	if !wantsJSON(r) {
		http.Error(w, text, status)
		return
	}
	body, err := encode(&answer.Problem{Title: http.StatusText(status), Status: status, Message: text})
	if err != nil {
		http.Error(w, text, status) // Unreachable: texts and numbers have a JSON form.
		return
	}
	send(w, r, status, typeProblem, body)
}

// answersAt reports whether a Host header names this server.
func (g *guard) answersAt(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	if ip := net.ParseIP(name); ip != nil {
		return g.addresses || ip.IsLoopback() || slices.Contains(g.hosts, name)
	}
	same := func(own string) bool { return strings.EqualFold(own, name) }
	return same("localhost") || name != "" && slices.ContainsFunc(g.hosts, same)
}

// hasCredentials reports whether r gives a user name and a password, right or wrong.
func hasCredentials(r *http.Request) bool {
	_, _, ok := r.BasicAuth()
	return ok
}

// admits reports whether r gives the password. Digests are compared in place of the
// passwords, so that the time it takes reveals neither letters nor length. A wrong
// password is counted; a request without any is not, since browsers send one before
// they ask their user.
func (g *guard) admits(r *http.Request) bool {
	_, given, ok := r.BasicAuth()
	sum := sha256.Sum256([]byte(given))
	right := subtle.ConstantTimeCompare(sum[:], g.password[:]) == 1
	if ok && !right {
		g.tries.wrong(r)
	}
	return right
}
