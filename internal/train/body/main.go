// Command body trains the model that chooses the blocks of an article, and
// measures it under cross-validation by site.
//
//	go run ./internal/train/body [-out FILE] [-folds N] SET…
//
// A set is a folder: either gold.jsonl with the paragraphs of each page and
// pages/ID.html.gz, or truth.jsonl with its text and html/ID.html.gz.
// doc/models.md says what was trained on which.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"dateline/extract"
	"dateline/internal/boost"
)

func main() {
	out := flag.String("out", "", "write the model, trained on all pages, to this `file`")
	folds := flag.Int("folds", 5, "parts for cross-validation; 0 measures nothing")
	blocks := flag.String("blocks", "", "write every block with its label and score to this `file`")
	flag.Parse()
	if err := run(os.Stdout, flag.Args(), *folds, *out, *blocks); err != nil {
		fmt.Fprintln(os.Stderr, "body:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, sets []string, folds int, out, blocks string) error {
	if len(sets) == 0 {
		return fmt.Errorf("no sets given")
	}
	var pages []*page
	for _, dir := range sets {
		all, err := readSet(dir)
		if err != nil {
			return err
		}
		pages = append(pages, all...)
	}
	report(w, "rules", pages, func(p *page) []string { return p.chosen(func(i int) bool { return p.blocks[i].Rules }) })
	report(w, "labels", pages, func(p *page) []string { return p.chosen(func(i int) bool { return p.label[i] >= 0.5 }) })
	if folds > 0 {
		crossValidate(pages, folds)
		for _, above := range []int{-600, -400, -200, 0} {
			report(w, fmt.Sprintf("above %d", above), pages, func(p *page) []string { return p.chosen(func(i int) bool { return p.score[i] > above }) })
		}
		report(w, "program", pages, func(p *page) []string { return p.text })
	}
	if blocks != "" {
		if err := writeBlocks(blocks, pages); err != nil {
			return err
		}
	}
	if out == "" {
		return nil
	}
	return os.WriteFile(out, train(pages).Append(nil), 0o644)
}

// crossValidate scores the blocks of every page by a model that has seen no
// page of its site.
func crossValidate(pages []*page, folds int) {
	fold := foldOf(pages, folds)
	for k := range folds {
		var rest []*page
		for i, p := range pages {
			if fold[i] != k {
				rest = append(rest, p)
			}
		}
		m := train(rest)
		for i, p := range pages {
			if fold[i] == k {
				p.score = scores(m, p)
				p.text = extract.Body(p.html, p.url, m)
			}
		}
	}
}

// shut is the score of a block that the model is not asked about.
const shut = -1 << 20

func scores(m *boost.Model, p *page) []int {
	s := make([]int, len(p.blocks))
	for i, b := range p.blocks {
		if s[i] = shut; b.Open {
			s[i] = m.Score(b.Features)
		}
	}
	return s
}

var options = boost.Options{Trees: 320, Rate: 0.08, Ridge: 2, Rows: 0.5, Asked: 0.3, Seed: 7}

func train(pages []*page) *boost.Model {
	var samples []boost.Sample
	for _, p := range pages {
		samples = append(samples, p.samples()...)
	}
	return boost.Train(samples, options)
}
