package follow_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline/acquire"
	"dateline/acquire/follow"
)

// TestRobotsAnswers holds what each answer to the request for robots.txt means: whether
// anything may be asked (RFC 9309 sections 2.3.1.1 to 2.3.1.4), and whether it is asked for
// again within the day.
func TestRobotsAnswers(t *testing.T) {
	const forbids = "User-agent: *\nDisallow: /\n"
	long := "User-agent: *\n" + strings.Repeat("Disallow: /nothing-of-ours\n", 50_000) // 1.3 MB, of which 500 KiB have to be read (section 2.5)
	hops := func(n int) func(*http.Request) string {
		return func(r *http.Request) string {
			var i int
			fmt.Sscanf(r.URL.Query().Get("hop"), "%d", &i)
			if i == n {
				return answer(200, "text/plain", forbids)
			}
			return fmt.Sprintf("HTTP/1.1 302 Found\r\nLocation: /robots.txt?hop=%d\r\nContent-Length: 0\r\n\r\n", i+1)
		}
	}
	for _, c := range []struct {
		name    string
		allowed bool
		again   bool
		answer  func(*http.Request) string
	}{
		{"404", true, false, func(*http.Request) string { return answer(404, "text/html", "<h1>Not found</h1>") }},
		{"410", true, false, func(*http.Request) string { return answer(410, "text/plain", "") }},
		{"401", true, false, func(*http.Request) string { return answer(401, "text/plain", "") }},
		{"403", true, false, func(*http.Request) string { return answer(403, "text/plain", "") }},
		{"429", false, true, func(*http.Request) string { return answer(429, "text/plain", "") }},
		{"500", false, true, func(*http.Request) string { return answer(500, "text/plain", "") }},
		{"503", false, true, func(*http.Request) string { return answer(503, "text/plain", "", "Retry-After: 600") }},
		{"no answer", false, true, func(*http.Request) string { return "" }},
		{"silence", false, true, func(*http.Request) string { time.Sleep(2 * time.Hour); return "" }},
		{"allows", true, false, func(*http.Request) string { return answer(200, "text/plain", "User-agent: *\nDisallow: /x\n") }},
		{"forbids", false, false, func(*http.Request) string { return answer(200, "text/plain", forbids) }},
		{"empty", true, false, func(*http.Request) string { return answer(200, "text/plain", "") }},
		{"a page", true, false, func(*http.Request) string { return answer(200, "text/html", "<html><p>User-agent: *</p></html>") }},
		{"five redirects", false, false, hops(5)},
		{"six redirects", true, false, hops(6)},
		{"to a host that is not there", false, true, func(*http.Request) string {
			return "HTTP/1.1 301 Moved\r\nLocation: http://nowhere.example/robots.txt\r\nContent-Length: 0\r\n\r\n"
		}},
		{"cut", false, true, func(*http.Request) string {
			return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 400\r\n\r\nUser-agent: *\nDisallow: /x\n"
		}},
		{"long", true, false, func(*http.Request) string { return answer(200, "text/plain", long+"Disallow: /feed\n") }},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWeb()
			asks := 0
			w.handle("post.example/robots.txt", func(r *http.Request) string { asks++; return c.answer(r) })
			for i := range 7 {
				w.handle(fmt.Sprintf("post.example/robots.txt?hop=%d", i), c.answer)
			}
			w.set("post.example/feed", answer(200, "application/rss+xml", rss("http://post.example/1")))
			w.set("post.example/1", page("1"))
			r := newRun(w)
			r.during(t, 20*time.Hour, "http://post.example/feed")
			if got := w.asked("post.example/feed") > 0; got != c.allowed {
				t.Errorf("%s: asked is %v, want %v", c.name, got, c.allowed)
			}
			if c.allowed && w.asked("post.example/1") == 0 {
				t.Errorf("%s: the article was not asked for", c.name)
			}
			if asks == 0 || (asks > 1) != c.again {
				t.Errorf("%s: robots.txt was asked for %d times, again is to be %v", c.name, asks, c.again)
			}
		})
	}
}

// TestHealthOfConnections names what is wrong with a source whose certificate is not to be
// trusted, and one that leads in circles.
func TestHealthOfConnections(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificate := func(name string) tls.Certificate {
		about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
			NotBefore: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}
		der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	}
	for _, c := range []struct{ name, source, want string }{
		{"own certificate", "https://post.example/feed", follow.Certificate},
		{"a circle", "http://circle.example/feed", follow.Unreachable},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWeb()
			w.set("circle.example/feed", "HTTP/1.1 302 Found\r\nLocation: /feed2\r\nContent-Length: 0\r\n\r\n")
			w.set("circle.example/feed2", "HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n")
			r := newRun(w)
			own := certificate("post.example")
			r.o.Fetcher = &acquire.Fetcher{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
				if _, port, _ := net.SplitHostPort(address); port != "443" {
					return w.dial(ctx, network, address)
				}
				client, server := net.Pipe()
				go func() {
					defer server.Close()
					_ = tls.Server(server, &tls.Config{Certificates: []tls.Certificate{own}}).Handshake() // the client breaks it off
				}()
				return client, nil
			}}
			r.during(t, 24*time.Hour, c.source)
			if s := r.source(t, c.source); s.Health != c.want || s.Why == "" {
				t.Errorf("%s: health %q (%s), want %q", c.name, s.Health, s.Why, c.want)
			}
		})
	}
}
