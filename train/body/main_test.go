package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/extract"
	"dateline/internal/boost"
	"dateline/internal/newspaper"
)

// writeSet writes a set of pages whose truth is their text as extracted, but
// for its first block.
func writeSet(t *testing.T, pages int) string {
	t.Helper()
	dir := t.TempDir()
	var truth bytes.Buffer
	if err := os.Mkdir(filepath.Join(dir, "pages"), 0o777); err != nil {
		t.Fatal(err)
	}
	for n := range pages {
		page, address := newspaper.Page(n)
		id := fmt.Sprint("p", n)
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		w.Write(page)
		w.Close()
		if err := os.WriteFile(filepath.Join(dir, "pages", id+".html.gz"), z.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		paragraphs := strings.Split(extract.Article(page, address).Text, "\n\n")[1:]
		line, err := json.Marshal(map[string]any{"id": id, "url": fmt.Sprintf("https://%s.example/", id), "paragraphs": paragraphs})
		if err != nil {
			t.Fatal(err)
		}
		truth.Write(append(line, '\n'))
	}
	if err := os.WriteFile(filepath.Join(dir, "gold.jsonl"), truth.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTrain(t *testing.T) {
	dir := writeSet(t, 6)
	var files [2][]byte
	for i := range files {
		out := filepath.Join(t.TempDir(), "model")
		var printed bytes.Buffer
		if err := (&job{sets: []string{dir}, folds: 2, deals: 2, out: out, misses: out + ".misses"}).run(&printed); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"rules ", "labels ", "program "} {
			if !strings.Contains(printed.String(), want) {
				t.Errorf("printed no line for %q: %s", want, printed.String())
			}
		}
		if misses, err := os.ReadFile(out + ".misses"); err != nil || bytes.Contains(misses, []byte("label 1.00")) {
			t.Errorf("misses, %v: a block that the truth has is listed as too much: %s", err, misses)
		}
		var err error
		if files[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same set gives two models")
	}
	m, rest, err := boost.Read(files[0])
	if err != nil || len(rest) > 0 {
		t.Fatalf("Read: %v, %d bytes left", err, len(rest))
	}
	page, address := newspaper.Page(9)
	first := strings.Split(extract.Article(page, address).Text, "\n\n")[0]
	if got := extract.Body(page, address, m); len(got) < 3 || got[0] == first {
		t.Errorf("a model taught to leave out the first block gives %q", got)
	}
}

func TestAlign(t *testing.T) {
	html := `<html><head><title>Crane holds up ferry</title></head><body><nav><p>Harbour</p></nav><article><h1>Crane holds up ferry</h1>
<p>The ferry left Velm at six in the morning with forty people on board and reached the island late.</p><h2>Harbour</h2>
<p>Nobody was hurt, and two passengers who missed their train were taken to the capital by bus on Friday.</p>
<p>Read our new series on cranes and on those who have to move them before the sun is up.</p></article></body></html>`
	p := &page{truth: []string{"The ferry left Velm at six in the morning with forty people on board and reached the island late.", "Harbour",
		"Nobody was hurt, and two passengers who missed their train were taken to the capital by bus on Friday."}, blocks: extract.TrainingBlocks([]byte(html), "")}
	p.align()
	got := map[string]float64{}
	for i, b := range p.blocks {
		got[fmt.Sprintf("%.7s %d", b.Text, i)] = p.label[i]
	}
	want := map[string]float64{"Harbour 0": 0, "Crane h 1": 0, "The fer 2": 1, "Harbour 3": 1, "Nobody  4": 1, "Read ou 5": 0}
	if !maps.Equal(got, want) {
		t.Errorf("labels = %v, want %v", got, want)
	}
}
