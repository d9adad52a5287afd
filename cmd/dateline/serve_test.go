package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/archive"
)

// servedBy runs a command that serves, and returns the address that it prints and
// what stops it; the test fails if it then ends otherwise than it should.
func servedBy(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, print := io.Pipe()
	status := make(chan int, 1)
	var stderr told
	go func() {
		status <- run(ctx, args, streams{strings.NewReader(""), print, &stderr})
		print.Close()
	}()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v\n%s", err, stderr.String())
	}
	return strings.TrimSpace(address), sync.OnceFunc(func() {
		cancel()
		if got := <-status; got != exitDone {
			t.Errorf("exit status %d after the stop, want %d\n%s", got, exitDone, stderr.String())
		}
	})
}

// told is what a command that serves tells, from several goroutines.
type told struct {
	mu   sync.Mutex
	text strings.Builder
}

func (t *told) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(b)
}

func (t *told) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// TestDemo runs the demo as the README says, asks it for pages, and stops it.
func TestDemo(t *testing.T) {
	address, stop := servedBy(t, "demo", "-open=false", "-addr", "127.0.0.1:0")

	var found struct {
		Total int `json:"total"`
	}
	fetch := func(path string) (status int, body []byte) {
		t.Helper()
		resp, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err = io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, body
	}
	if status, body := fetch(""); status != http.StatusOK || !strings.Contains(string(body), "<h1") {
		t.Errorf("home page: status %d\n%s", status, body)
	}
	_, body := fetch("search.json?q=ferry")
	if err := json.Unmarshal(body, &found); err != nil || found.Total == 0 {
		t.Errorf("search for ferry found %d articles, %v\n%s", found.Total, err, body)
	}
	if status, _ := fetch("nowhere"); status != http.StatusNotFound {
		t.Errorf("a page that is not there: status %d, want 404", status)
	}

	stop()
}

// TestHalfOpenConnections has a thousand readers who begin a request and never
// end it, while others are answered.
func TestHalfOpenConnections(t *testing.T) {
	address, stop := servedBy(t, "demo", "-open=false", "-addr", "127.0.0.1:0")
	for i := range 1000 {
		c, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, "GET /search?q=ferry HTTP/1.1\r\nHost: localhost\r\nX: "[:i%50]); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}).Get(address + "search?q=ferry")
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s, %v, want an answer", res.Status, err)
		}
	}
	stop()
}

// TestServeBeyondThisMachine serves where others can reach it: not without a
// password, and not under names that nobody gave it.
func TestServeBeyondThisMachine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	a, err := openForWriting(t.Context(), streams{strings.NewReader(""), io.Discard, io.Discard}, dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, x := range []struct {
		args   []string
		status int
		says   string
	}{
		{nil, exitUsage, "-password-file"},
		{[]string{"-password-file", file("too short\n")}, exitFailed, "9 characters"},
		{[]string{"-password-file", filepath.Join(dir, "nowhere")}, exitFailed, "no such file"},
		{[]string{"-host", "http://archive.example"}, exitUsage, "not the name of a host"},
	} {
		var stderr strings.Builder
		args := append([]string{"serve", "-archive", dir, "-addr", ":0"}, x.args...)
		got := run(t.Context(), args, streams{strings.NewReader(""), io.Discard, &stderr})
		if got != x.status || !strings.Contains(stderr.String(), x.says) {
			t.Errorf("dateline %q: status %d, want %d and %q\n%s", args, got, x.status, x.says, stderr.String())
		}
	}

	address, stop := servedBy(t, "serve", "-archive", dir, "-addr", ":0", "-password-file", file("open sesame, please\r\nnot this\n"), "-host", "one.example,archive.example")
	if !strings.HasPrefix(address, "http://localhost:") {
		t.Errorf("the address %q cannot be opened", address)
	}
	port := address[strings.LastIndex(address, ":"):]
	for _, x := range []struct {
		host, password string
		want           int
	}{
		{"archive.example", "open sesame, please", http.StatusOK},
		{"127.0.0.1", "open sesame, please", http.StatusOK},
		{"archive.example", "open sesame", http.StatusUnauthorized},
		{"rebound.example", "open sesame, please", http.StatusMisdirectedRequest},
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1"+port, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = x.host
		r.SetBasicAuth("reader", x.password)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != x.want {
			t.Errorf("%s with %q: %s, want %d", x.host, x.password, res.Status, x.want)
		}
	}
	stop()
}
