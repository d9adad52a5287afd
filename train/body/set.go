package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"dateline/extract"
	"dateline/train/trees"
)

// A page is one page of a set with its blocks, labelled by its truth.
type page struct {
	id       string
	set      string
	site     string
	truth    []string // paragraphs
	news     bool     // of a news set, which is measured by paragraphs too
	blocks   []extract.TrainingBlock
	label    []float64 // how much of each block is in the truth
	score    []int
	html     []byte
	url      string
	nameless *page    // the page without names on its elements
	text     []string // what the program makes of the page with a model that has not seen its site
}

// readSet reads a set and the blocks of its pages.
func readSet(dir string) ([]*page, error) {
	news := true
	file, folder := "gold.jsonl", "pages"
	if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
		news, file, folder = false, "truth.jsonl", "html"
	}
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var pages []*page
	for dec := json.NewDecoder(bufio.NewReader(f)); ; {
		var r struct {
			ID, URL, Text string
			Paragraphs    []string
		}
		if err := dec.Decode(&r); err == io.EOF {
			return pages, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: record %d: %w", f.Name(), len(pages)+1, err)
		}
		if !news {
			r.Paragraphs = strings.Split(r.Text, "\n\n")
		}
		html, err := readGzip(filepath.Join(dir, folder, r.ID+".html.gz"))
		if err != nil {
			return nil, err
		}
		p := &page{id: r.ID, set: filepath.Base(dir), site: extract.Site(r.URL), truth: r.Paragraphs, news: news, html: html, url: r.URL, blocks: extract.TrainingBlocks(html, r.URL)}
		if p.site == "" {
			p.site = r.ID
		}
		p.align()
		p.nameless = p.withoutNames()
		pages = append(pages, p)
	}
}

// withoutNames returns the page as it would be if its elements had no names, as on
// sites whose classes are made by a program.
func (p *page) withoutNames() *page {
	q := *p
	q.html = names.ReplaceAll(p.html, nil)
	q.blocks = extract.TrainingBlocks(q.html, q.url)
	q.align()
	return &q
}

var names = regexp.MustCompile(`(?i)\s(class|id|data-[a-z-]+|itemprop|role)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)`)

func readGzip(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// foldOf deals the sites into folds, every deal otherwise.
func foldOf(pages []*page, folds, deal int) []int {
	fold := make([]int, len(pages))
	for i, p := range pages {
		h := fnv.New32a()
		h.Write([]byte{byte(deal)})
		h.Write([]byte(p.site))
		fold[i] = int(h.Sum32()>>8) % folds
	}
	return fold
}

// samples returns what the page teaches: nothing if its truth is hardly to be
// found in its blocks. A block weighs by its share of the text, and by being
// one of so many, all times a weight.
func (p *page) samples(weight float64) []trees.Sample {
	words, found, count := 0.0, 0.0, 0.0
	for _, t := range p.truth {
		words += float64(len(normText(t)))
		count++
	}
	for i, l := range p.label {
		found += l * float64(len(normText(p.blocks[i].Text)))
	}
	if words < 100 || found < 0.6*words {
		return nil
	}
	var all []trees.Sample
	for i, b := range p.blocks {
		if !b.Open {
			continue
		}
		n := float64(len(normText(b.Text)))
		w := math.Min(n/words, 0.5)*20 + math.Min(1/count, 0.2)*20*blockWeight
		if !p.news {
			w *= webWeight
		}
		all = append(all, trees.Sample{Features: b.Features, Is: p.label[i] >= 0.5, Weight: weight * w * math.Abs(2*p.label[i]-1)})
	}
	return all
}

// The weight of a block as one of its page's blocks, against its weight by its
// share of the text; and that of a page of a set that is not measured by
// paragraphs; and that of a page without names on its elements, of
// which the model learns to do with less.
const (
	blockWeight    = 1.0
	webWeight      = 0.2
	namelessWeight = 0.3
)

func writeBlocks(name string, pages []*page) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for _, p := range pages {
		loss := 1 - p.wordF1(p.text)
		fmt.Fprintf(w, "=== %s %s loss %.3f\n", p.set, p.id, loss)
		for i, b := range p.blocks {
			mark := " "
			if (p.score[i] > -400) != (p.label[i] >= 0.5) {
				mark = "!"
			}
			if mark == "!" || p.label[i] >= 0.5 || b.Rules || p.score[i] > -3000 {
				fmt.Fprintf(w, "%s %.2f rules %d score %6d %-9s %.150q\n", mark, p.label[i], b.Features[0], p.score[i], b.Kind, b.Text)
			}
		}
	}
	return w.Flush()
}
