package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestServeAndFollow runs "serve -follow" on an archive with one source: what the source
// names is shown by the pages of the same process, with what robots.txt says of its use.
func TestServeAndFollow(t *testing.T) {
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nAllow: /\nContent-Signal: search=yes, ai-train=no\n")
		case "/feed":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, "<rss><channel><item><link>/ferry</link></item></channel></rss>")
		case "/ferry":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html lang=en><title>The ferry waits</title><article><h1>The ferry waits</h1><p>The ferry waited for the mail on Tuesday, because the wind stood at nine from the pier all day long.</p></article>`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer outlet.Close()
	dir := filepath.Join(t.TempDir(), "archive")
	var told told
	if status := run(t.Context(), []string{"sources", "-archive", dir, "add", outlet.URL + "/feed"}, streams{strings.NewReader(""), io.Discard, &told}); status != exitDone {
		t.Fatalf("sources: exit status %d\n%s", status, told.String())
	}
	address, stop := servedBy(t, "serve", "-archive", dir, "-addr", "127.0.0.1:0", "-follow", "-gap", "1ms", "-allow-private", "127.0.0.0/8")
	defer stop()
	for {
		var found struct {
			Hits []struct {
				Headline string `json:"headline"`
			} `json:"hits"`
		}
		resp, err := http.Get(address + "search.json?q=ferry+use:ai-train%3Dno")
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(resp.Body).Decode(&found)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Hits) > 0 {
			if found.Hits[0].Headline != "The ferry waits" {
				t.Errorf("hits %+v, want the ferry", found.Hits)
			}
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal("the article never came")
		case <-time.After(50 * time.Millisecond):
		}
	}
}
