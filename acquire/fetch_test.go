package acquire_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"dateline"
	"dateline/acquire"
	"dateline/warc"
)

// site serves the pages that the tests below ask for.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	html := func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html; charset=utf-8") }
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		io.WriteString(w, page)
	})
	mux.HandleFunc("GET /packed/{coding}", func(w http.ResponseWriter, r *http.Request) {
		coding := r.PathValue("coding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), coding) {
			http.Error(w, "not accepted", http.StatusNotAcceptable)
			return
		}
		html(w)
		w.Header().Set("Content-Encoding", coding)
		io.WriteString(w, map[string]string{"gzip": gz(page), "br": br(page), "zstd": zst(page)}[coding])
	})
	mux.HandleFunc("GET /chunks", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		io.WriteString(w, page[:50])
		w.(http.Flusher).Flush()
		io.WriteString(w, page[50:])
	})
	mux.HandleFunc("GET /agent", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		io.WriteString(w, "<html>"+r.UserAgent())
	})
	mux.HandleFunc("GET /hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscan(r.PathValue("n"), &n)
		to := fmt.Sprint("/hop/", n-1)
		if n == 1 {
			to = "/page#part"
		}
		http.Redirect(w, r, to, http.StatusFound)
	})
	mux.HandleFunc("GET /to", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("url"))
		w.WriteHeader(http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /nowhere", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusFound) })
	mux.HandleFunc("GET /gone", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		w.WriteHeader(http.StatusGone)
		io.WriteString(w, page)
	})
	mux.HandleFunc("GET /image", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		io.WriteString(w, "\x89PNG")
	})
	mux.HandleFunc("GET /dump", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, dump("2026-11-20", "https://one.example/a", "Ferry"))
	})
	mux.HandleFunc("GET /long", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		io.WriteString(w, strings.Repeat("x", 200_000))
	})
	mux.HandleFunc("GET /bomb", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, gz(strings.Repeat("\x00", 1<<20)))
	})
	mux.HandleFunc("GET /cut", func(w http.ResponseWriter, r *http.Request) {
		html(w)
		w.Header().Set("Content-Length", "999")
		io.WriteString(w, page)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestFetch(t *testing.T) {
	server := site(t)
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	cases := []struct{ path, want string }{
		{"/page", "response SITE/page text/html 121 utf-8 200"},
		{"/page#part", "response SITE/page text/html 121 utf-8 200"},
		{"/packed/gzip", "response SITE/packed/gzip text/html 121 utf-8 200"},
		{"/packed/br", "response SITE/packed/br text/html 121 utf-8 200"},
		{"/packed/zstd", "response SITE/packed/zstd text/html 121 utf-8 200"},
		{"/chunks", "response SITE/chunks text/html 121 utf-8 200"},
		{"/agent", "response SITE/agent text/html 18 utf-8 200"},
		{"/hop/10", "response SITE/hop/10 text/html 121 SITE/page utf-8 200"},
		{"/hop/11", "error SITE/hop/11: more than 10 redirects"},
		{"/nowhere", "error SITE/nowhere: status 302 with content without a type: not a page"},
		{"/to?url=file:///etc/passwd", "error SITE/to?url=file:///etc/passwd: only http and https addresses can be fetched, not file"},
		{"/gone", "response SITE/gone text/html 121 utf-8 410"},
		{"/missing", "error SITE/missing: status 404 with text/plain: not a page"},
		{"/image", "error SITE/image: status 200 with image/png: not a page"},
		{"/dump", "response SITE/dump text/x-dump 47 200"},
		{"/long", "error SITE/long: byte 100000: larger than the limit of 100000 bytes"},
		{"/bomb", "error SITE/bomb: larger than the limit of 100000 bytes"},
		{"/cut", "response SITE/cut text/html 121 utf-8 truncated 200; error SITE/cut: byte 121: truncated: unexpected EOF"},
	}
	for _, c := range cases {
		want := strings.Split(strings.ReplaceAll(c.want, "SITE", server.URL), "; ")
		compare(t, c.path, pages(server.URL+c.path, acquire.Options{AllowPrivate: true, MaxBytes: 100_000, UserAgent: "dateline/0.1"}), want)
	}
	// The same, but nobody has allowed private addresses.
	for _, address := range []string{server.URL + "/page", "http://localhost" + port + "/page", "http://[::ffff:127.0.0.1]" + port + "/page"} {
		got := pages(address, acquire.Options{})
		if len(got) != 1 || !strings.HasPrefix(got[0], "error "+address+": ") || !strings.HasSuffix(got[0], "is not a public address") {
			t.Errorf("%s: %q, want that it is not a public address", address, got)
		}
	}
}

// The block must hold the evidence: what came over the wire, coded as it came.
func TestFetchedBlock(t *testing.T) {
	server := site(t)
	for p, err := range acquire.Open(t.Context(), server.URL+"/packed/gzip", acquire.Options{AllowPrivate: true}) {
		if err != nil {
			t.Fatal(err)
		}
		m, err := warc.ParseMessage(p.Block)
		if err != nil || string(m.Payload) != gz(page) || m.Header.Get("Content-Encoding") != "gzip" || m.Header.Get("Content-Length") != fmt.Sprint(len(gz(page))) {
			t.Errorf("block %q, %v", p.Block, err)
		}
		digest, n, _ := dateline.Digest(strings.NewReader(gz(page)))
		c := p.Capture
		if c.Payload != digest || c.Length != n || c.ID != dateline.NewCaptureID(c.URL, c.Fetched, digest) || c.Fetched.IsZero() {
			t.Errorf("capture %+v of %s, %d bytes", c, digest, n)
		}
	}
}

func TestUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String() + "/"
	l.Close() // nobody listens there any more
	n := 0
	for _, err := range acquire.Open(t.Context(), address, acquire.Options{AllowPrivate: true}) {
		var e *acquire.InputError
		if n++; !errors.As(err, &e) || e.Input != address || e.Offset != -1 {
			t.Errorf("%s: %#v, want an InputError", address, err)
		}
	}
	if n != 1 {
		t.Errorf("%s: %d turns, want 1", address, n)
	}
}

// Options.Client is asked, with redirects still checked.
func TestClient(t *testing.T) {
	web := roundTrip(func(r *http.Request) *http.Response {
		text := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
		if r.URL.Host == "one.example" {
			text = "HTTP/1.1 302 Found\r\nLocation: gopher://two.example/\r\n\r\n"
		}
		return answer(r, text)
	})
	o := acquire.Options{Client: &http.Client{Transport: web}}
	compare(t, "two.example", pages("https://two.example/", o), []string{"response https://two.example/ text/html 121 200"})
	compare(t, "password", pages("https://me:secret@two.example/#x", o), []string{"response https://two.example/ text/html 121 200"})
	compare(t, "one.example", pages("https://one.example/", o), []string{"error https://one.example/: only http and https addresses can be fetched, not gopher"})
}

type roundTrip func(*http.Request) *http.Response

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }

// answer makes a response of its text.
func answer(r *http.Request, text string) *http.Response {
	m, _ := warc.ParseMessage([]byte(text))
	h := http.Header{}
	for _, f := range m.Header {
		h.Add(f.Name, f.Value)
	}
	return &http.Response{StatusCode: m.Status, ProtoMajor: 1, ProtoMinor: 1, Header: h, Request: r, Body: io.NopCloser(strings.NewReader(string(m.Payload)))}
}

func TestIsPublic(t *testing.T) {
	public := []string{"1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"}
	private := []string{"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
		"172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
		"255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1",
		"2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"}
	for _, s := range public {
		if !acquire.IsPublic(netip.MustParseAddr(s)) {
			t.Errorf("IsPublic(%s) = false, want true", s)
		}
	}
	for _, s := range private {
		if acquire.IsPublic(netip.MustParseAddr(s)) {
			t.Errorf("IsPublic(%s) = true, want false", s)
		}
	}
	if acquire.IsPublic(netip.Addr{}) {
		t.Error("IsPublic(no address) = true, want false")
	}
}
