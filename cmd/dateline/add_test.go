package main

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dateline"
	"dateline/warc"
)

// samplePages returns a WARC file of n small articles.
func samplePages(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	for i := 1000; i < 1000+n; i++ {
		page := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Report %d</title></head><body><article><h1>Report %[1]d</h1>
<p>The harbour office counted %[1]d ships in the roads this morning, more than on any day of the week before it.</p>
<p>Pilots said that the wind had kept them from bringing the larger ones in, and that they hoped for a calm night.</p>
</article></body></html>`, i)
		digest, length, err := dateline.Digest(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		c := dateline.Capture{URL: fmt.Sprintf("https://harbourpost.example/report/%d", i), Status: 200, Type: dateline.TypeHTML,
			Fetched: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC), Payload: digest, Length: length}
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		block := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", length, page)
		if _, err := w.WriteRecord(warc.NewRecord(c, []byte(block), c.Fetched)); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// dateline runs the command and returns what it printed.
func runDateline(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.Command("dateline", args...)
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("dateline %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String(), errs.String()
}

// TestAddIsCutOff ends "dateline add" in the middle of its input, once it has
// committed a batch: nothing committed is lost, and the same command goes on.
func TestAddIsCutOff(t *testing.T) {
	const batchPages = 500 // committed at a time
	const all = batchPages + 150
	input := samplePages(t, all)
	for _, tt := range []struct {
		signal syscall.Signal
		status int // exit status; -1 if killed
	}{
		{syscall.SIGKILL, -1},
		{syscall.SIGINT, exitInterrupted},
	} {
		t.Run(tt.signal.String(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "archive")
			c := exec.Command("dateline", "add", "-archive", dir, "-")
			pipe, err := c.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr bytes.Buffer
			c.Stderr = &stderr
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(pipe, bytes.NewReader(input[:len(input)-100])); err != nil { // the end never comes
				t.Fatal(err)
			}
			for tries, committed := 0, 0; committed < batchPages; tries++ {
				if tries == 1000 {
					t.Fatalf("%d articles after %d searches, want %d\n%s", committed, tries, batchPages, stderr.String())
				}
				out, err := exec.Command("dateline", "search", "-archive", dir, "-json", "-limit", "0").Output()
				if err == nil { // before that there is no archive
					committed = bytes.Count(out, []byte("\n"))
				}
			}
			if err := c.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			_ = c.Wait() // the exit status is looked at
			if got := c.ProcessState.ExitCode(); got != tt.status {
				t.Errorf("exit status %d, want %d\n%s", got, tt.status, stderr.String())
			}

			c = exec.Command("dateline", "add", "-archive", dir, "-")
			c.Stdin = bytes.NewReader(input)
			text, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("add again: %v\n%s", err, text)
			}
			if !strings.Contains(string(text), "were there already") {
				t.Errorf("add again does not go on where it was: %s", text)
			}
			out, _ := runDateline(t, "search", "-archive", dir, "-json", "-limit", "0")
			if got := strings.Count(out, "\n"); got != all {
				t.Errorf("%d articles in the end, want %d", got, all)
			}
		})
	}
}
