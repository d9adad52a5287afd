//go:build opensearch

package cluster_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dateline/e2e/cluster/engine"
	"dateline/index/opensearch"
)

// pages writes pages of an invented outlet to a folder.
func pages(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, text := range []string{
		`“We will open the harbour in six weeks,” said Ilse Marten, the port director. The ferry waits at the quay since Monday.`,
		`Ilse Marten denied that the ferry was damaged. “The ferry is sound,” she said on 3 March 2026 in Lindhaven.`,
		`The town council of Lindhaven votes on the bridge next week. The mayor, Jonas Brandt, said the bridge was safe.`,
	} {
		page := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Harbour %[1]d</title><link rel="canonical" href="https://post.example/%[1]d">
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2026-03-0%[1]dT08:00:00Z"></head>
<body><article><h1>Harbour report number %[1]d</h1><p>By Ana Lima</p><p>%[2]s</p><p>%[2]s The weather was calm, and the people of the town came to look at it all day long.</p></article></body></html>`, i+1, text)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("page%d.html", i+1)), []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestCommands runs the same commands over an archive in a folder and over one in NATS
// and OpenSearch, and wants the same of both.
func TestCommands(t *testing.T) {
	at := engine.OpenSearch(t)
	queue := engine.NATS(t)
	dir := t.TempDir()
	program := filepath.Join(dir, "dateline")
	if p := os.Getenv("DATELINE_TEST_PROGRAM"); p != "" {
		program = p
	} else if text, err := exec.Command("go", "build", "-C", "../..", "-o", program, "./cmd/dateline").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, text)
	}
	name := fmt.Sprintf("commands-%d", time.Now().UnixNano())
	t.Cleanup(func() {
		x, err := opensearch.Open(context.WithoutCancel(t.Context()), opensearch.Options{URL: at, Name: name}, nil)
		if err == nil {
			err = x.Remove(context.WithoutCancel(t.Context()))
		}
		if err != nil {
			t.Error(err)
		}
	})
	file := filepath.Join(dir, "cluster.toml")
	settings := fmt.Sprintf("name = %q\nfolder = \"captures\"\n[logs]\nnats = \"$QUEUE\"\n[index]\nopensearch = %q\nshards = 2\n", name, at)
	if err := os.WriteFile(file, []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(place string, args ...string) (out, trouble string, status int) {
		t.Helper()
		c := exec.Command(program, append(args, strings.Fields(place)...)...)
		c.Env = append(os.Environ(), "QUEUE="+queue)
		var o, e bytes.Buffer
		c.Stdout, c.Stderr = &o, &e
		if err := c.Run(); err != nil && c.ProcessState == nil {
			t.Fatal(err)
		}
		return o.String(), e.String(), c.ProcessState.ExitCode()
	}
	folder, cluster := "-archive "+filepath.Join(dir, "folder"), "-cluster "+file
	input := pages(t)
	if _, trouble, status := run(cluster, "search", "ferry"); status != 1 || !strings.Contains(trouble, "there is no archive") {
		t.Errorf("a search before anything was added: status %d, %s", status, trouble)
	}
	for _, place := range []string{folder, cluster} {
		if _, trouble, status := run(place, "add", input); status != 0 {
			t.Fatalf("add %s: status %d: %s", place, status, trouble)
		}
	}
	for _, args := range [][]string{
		{"search", "ferry"}, {"search", "-rank", "bridge"}, {"search", "-json", "who:marten"}, {"search", "polarity:denied"}, {"search", "publisher:\"Harbour Post\"", "-ferry"},
		{"show", "https://post.example/2"}, {"statements", "bridge"}, {"stories"}, {"timeline", "lindhaven"}, {"export", "-format", "csv", "harbour"}, {"verify"},
		{"add", input}, {"rebuild", "index"}, {"search", "lindhaven"}, {"same", "Ilse Marten", "I. Marten"}, {"verify"},
	} {
		out1, trouble1, status1 := run(folder, args...)
		out2, trouble2, status2 := run(cluster, args...)
		if status1 != status2 || !same(out1, out2) {
			t.Errorf("dateline %q\n in a folder: status %d\n%s%s\n on a cluster: status %d\n%s%s", args, status1, out1, trouble1, status2, out2, trouble2)
		}
	}
	for _, args := range [][]string{{"sql", "SELECT 1"}, {"backup", filepath.Join(dir, "copy")}, {"verify", "-repair"}} {
		if _, trouble, status := run(cluster, args...); status != 2 || !strings.Contains(trouble, "folder") {
			t.Errorf("dateline %q on a cluster: status %d: %s", args, status, trouble)
		}
	}
}

var ownPlace = regexp.MustCompile(`dateline-\d{8}T\d{6}Z(-\d+\.warc\.gz at byte )\d+`)

// same compares what two archives print, but for when their files were begun, where
// records stand in them, and how the archive is called.
func same(a, b string) bool {
	lines := func(s string) string {
		var kept []string
		for line := range strings.Lines(s) {
			if !strings.Contains(line, "archive ") {
				kept = append(kept, ownPlace.ReplaceAllString(line, "dateline$1"))
			}
		}
		return strings.Join(kept, "")
	}
	return lines(a) == lines(b)
}
