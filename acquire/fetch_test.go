package acquire_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

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
		compare(t, c.path, pages(server.URL+c.path, acquire.Options{Allow: loopback, MaxBytes: 100_000, UserAgent: "dateline/0.1"}), want)
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
	for p, err := range acquire.Open(t.Context(), server.URL+"/packed/gzip", acquire.Options{Allow: loopback}) {
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
	for _, err := range acquire.Open(t.Context(), address, acquire.Options{Allow: loopback}) {
		var e *acquire.InputError
		if n++; !errors.As(err, &e) || e.Input != address || e.Offset != -1 {
			t.Errorf("%s: %#v, want an InputError", address, err)
		}
	}
	if n != 1 {
		t.Errorf("%s: %d turns, want 1", address, n)
	}
}

// loopback are the addresses of the servers of these tests.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// wire returns a dialer to hosts of whom each answers one request with its text,
// and closes the connection.
func wire(answers map[string]string) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(_ context.Context, _, address string) (net.Conn, error) {
		text, ok := answers[address]
		if !ok {
			return nil, errors.New("no such host")
		}
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			if _, err := http.ReadRequest(bufio.NewReader(server)); err == nil {
				io.WriteString(server, text)
			}
		}()
		return client, nil
	}
}

// Redirects are checked, and a password is neither sent nor kept.
func TestRedirectsAreChecked(t *testing.T) {
	o := acquire.Options{Dial: wire(map[string]string{
		"two.example:80": "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page,
		"one.example:80": "HTTP/1.1 302 Found\r\nLocation: gopher://two.example/\r\n\r\n",
	})}
	compare(t, "two.example", pages("http://two.example/", o), []string{"response http://two.example/ text/html 121 200"})
	compare(t, "password", pages("http://me:secret@two.example/#x", o), []string{"response http://two.example/ text/html 121 200"})
	compare(t, "one.example", pages("http://one.example/", o), []string{"error http://one.example/: only http and https addresses can be fetched, not gopher"})
}

// What is kept of an exchange is what was sent, byte for byte: odd names, their
// order, chunks, and no interim answer.
func TestExchangeIsKept(t *testing.T) {
	const answer = "HTTP/1.1 200 Sure thing\r\nx-b: 2\r\nX-A:1\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n"
	f := &acquire.Fetcher{UserAgent: "Test/1 (+https://test.example/)", Dial: wire(map[string]string{"one.example:80": "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer + "rest"})}
	x, err := f.Fetch(t.Context(), acquire.Request{URL: "http://one.example/a?b=c#d", Fields: [][2]string{{"If-None-Match", `W/"x"`}}})
	if err != nil {
		t.Fatal(err)
	}
	if string(x.Response) != answer || string(x.Message.Payload) != "hello" || x.Cut != nil {
		t.Errorf("kept %q with the payload %q (%v), want %q", x.Response, x.Message.Payload, x.Cut, answer)
	}
	const request = "GET /a?b=c HTTP/1.1\r\nHost: one.example\r\nUser-Agent: Test/1 (+https://test.example/)\r\nAccept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.5\r\nAccept-Encoding: gzip, br, zstd\r\nIf-None-Match: W/\"x\"\r\nConnection: close\r\n\r\n"
	if string(x.Request) != request {
		t.Errorf("sent %q, want %q", x.Request, request)
	}
	if _, err := f.Fetch(t.Context(), acquire.Request{URL: "http://one.example/", Fields: [][2]string{{"A", "b\r\nc: d"}}}); err == nil {
		t.Error("a field with an end of line was sent")
	}
}

// TestBadAnswers names what is wrong with answers that are none.
func TestBadAnswers(t *testing.T) {
	long := strings.Repeat("x", 1<<21)
	for name, c := range map[string]struct{ answer, want string }{
		"nothing":        {"", "closed without an answer"},
		"no HTTP":        {"hello\r\n\r\n", "malformed HTTP"},
		"endless header": {"HTTP/1.1 200 OK\r\nX: " + long, "the header of the answer has more than"},
		"long body":      {"HTTP/1.1 200 OK\r\n\r\n" + long, "larger than the limit of 100000 bytes"},
		"bad length":     {"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "bad Content-Length"},
	} {
		f := &acquire.Fetcher{MaxBytes: 100_000, Dial: wire(map[string]string{"one.example:80": c.answer})}
		if _, err := f.Fetch(t.Context(), acquire.Request{URL: "http://one.example/"}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	silent := func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go io.Copy(io.Discard, server)
		return client, nil
	}
	synctest.Test(t, func(t *testing.T) {
		f := &acquire.Fetcher{Time: time.Minute, Dial: silent}
		began := time.Now()
		if _, err := f.Fetch(t.Context(), acquire.Request{URL: "http://one.example/"}); err == nil || time.Since(began) > time.Minute {
			t.Errorf("a server that says nothing: %v after %v", err, time.Since(began))
		}
	})
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
