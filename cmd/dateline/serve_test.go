package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestDemo runs the demo as the README says, asks it for pages, and stops it.
func TestDemo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	out, print := io.Pipe()
	status := make(chan int, 1)
	var stderr strings.Builder
	go func() {
		status <- run(ctx, []string{"demo", "-open=false", "-addr", "127.0.0.1:0"}, streams{strings.NewReader(""), print, &stderr})
		print.Close()
	}()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v\n%s", err, stderr.String())
	}
	address = strings.TrimSpace(address)

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
	if got := <-status; got != exitDone {
		t.Errorf("exit status %d after the stop, want %d\n%s", got, exitDone, stderr.String())
	}
}
