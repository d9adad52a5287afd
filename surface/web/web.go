// Package web shows an archive in a browser, and as JSON.
//
// Every page is rendered on the server and works without scripts; one small
// script adds keys. A handler asks package answer, and the page's JSON twin (the
// same address with ".json") is that answer; the page shows it.
// routes.go lists all addresses. Nothing of a captured page is ever run or
// loaded: its text is shown as text, its pictures as links, its bytes behind a
// sandbox.
package web

import (
	"cmp"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"dateline/answer"
)

// An Archive is what these pages read. A record that is not there is
// dateline.ErrNotFound.
type Archive interface {
	answer.Evidence
	answer.Teller
}

// Options say how the pages are served. The zero Options serve any host and
// log nothing.
type Options struct {
	// Loopback refuses requests that name another host than this machine, so
	// that a page elsewhere cannot read the archive by rebinding its own name
	// to 127.0.0.1. Set it when the server listens on a loopback address.
	Loopback bool
	// Time is the most that one request may take; 0 means 10 s. What a page
	// lacks because of it, the page says.
	Time time.Duration
	// Log is told about pages that could not be made; nil drops it.
	Log *slog.Logger
}

// site is the handler of all pages.
type site struct {
	archive Archive
	log     *slog.Logger
	bounds  answer.Bounds
	time    time.Duration // the most that one request may take
	static  *static
	pages   pages
}

// New returns the handler of all pages over a.
func New(a Archive, o Options) http.Handler {
	s := &site{archive: a, log: o.Log, static: newStatic(), time: cmp.Or(o.Time, 10*time.Second)}
	s.bounds.Time = s.time / 3 // an answer must also be written
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.pages = parsePages(s.static)
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, r.serve)
	}
	return guard(http.NewCrossOriginProtection().Handler(mux), o.Loopback)
}

// policy lets a page load its own style, script and icon, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers that keep pages apart from the rest of the web and,
// if loopback is set, refuses requests for other hosts.
func guard(next http.Handler, loopback bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if loopback && !namesLoopback(r.Host) {
			http.Error(w, "this archive answers only at a loopback address, such as 127.0.0.1", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// namesLoopback reports whether a Host header names this machine.
func namesLoopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}
