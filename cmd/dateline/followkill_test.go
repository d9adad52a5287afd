package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestFollowKilled kills "dateline follow" ten times wherever it is, and then lets
// it end: every article is in the archive once, and the feed was asked once.
func TestFollowKilled(t *testing.T) {
	const articles = 40
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		switch {
		case r.URL.Path == "/feed":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, "<rss><channel>")
			for i := range articles {
				fmt.Fprintf(w, "<item><link>/a/%d</link></item>", i)
			}
			fmt.Fprint(w, "</channel></rss>")
		case strings.HasPrefix(r.URL.Path, "/a/"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, "<html lang=en><title>Report %s</title><article><h1>Report %[1]s</h1><p>The port said on Monday that report %[1]s is late.</p></article>", r.URL.Path)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "archive")
	follow := func(args ...string) *exec.Cmd {
		return exec.Command("dateline", append([]string{"follow", "-archive", dir, "-gap", "20ms", "-allow-private", "127.0.0.0/8"}, args...)...)
	}
	seen := func(path string) int {
		mu.Lock()
		defer mu.Unlock()
		return asked[path]
	}
	for i := range 10 {
		args := []string{}
		if i == 0 {
			args = append(args, server.URL+"/feed")
		}
		c := follow(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for i == 0 && seen("/a/0") == 0 { // what comes before is asked for again only when it is due
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(i*i*4) * time.Millisecond)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
	}
	if out, err := follow("-once").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if n := seen("/feed"); n != 1 {
		t.Errorf("the feed was asked for %d times", n)
	}
	again := 0
	for i := range articles {
		again += max(0, seen(fmt.Sprintf("/a/%d", i))-1)
	}
	if again > 10 {
		t.Errorf("%d articles were asked for twice, want at most the one that each kill met", again)
	}
	out, err := exec.Command("dateline", "search", "-archive", dir, "-limit", "0", "-json").Output()
	if n := strings.Count(string(out), "\n"); err != nil || n != articles {
		t.Errorf("%d articles in the archive (%v), want %d", n, err, articles)
	}
	if out, err := exec.Command("dateline", "verify", "-archive", dir).CombinedOutput(); err != nil {
		t.Errorf("verify: %v: %s", err, out)
	}
}
