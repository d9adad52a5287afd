// Command body trains the model that chooses the blocks of an article, and
// measures it under cross-validation by site.
//
//	go run ./train/body [-out FILE] [-folds N] [-deals N] [-misses FILE] SET…
//
// A set is a folder: either gold.jsonl with the paragraphs of each page and
// pages/ID.html.gz, or truth.jsonl with its text and html/ID.html.gz.
// doc/models.md says what was trained on which.
//
// Files: set.go reads a set, align.go finds which blocks of a page are the labelled
// text, score.go measures, and misses.go writes the pages that differ.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"dateline/extract"
	"dateline/internal/boost"
	"dateline/train/trees"
)

func main() {
	var j job
	flag.StringVar(&j.out, "out", "", "write the model, trained on all pages, to this `file`")
	flag.IntVar(&j.folds, "folds", 5, "parts for cross-validation; 0 measures nothing")
	flag.IntVar(&j.deals, "deals", 1, "times that the sites are dealt into folds anew; figures are averages")
	flag.StringVar(&j.blocks, "blocks", "", "write every block with its label and score to this `file`")
	flag.StringVar(&j.misses, "misses", "", "write what is missed on one half of the sites to this `file`, worst page first")
	flag.Parse()
	j.sets = flag.Args()
	if err := j.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "body:", err)
		os.Exit(1)
	}
}

// A job holds the values of the flags: the sets to learn from, how to cross-validate, and
// which files to write.
type job struct {
	sets                []string
	folds, deals        int
	out, blocks, misses string // files to write, "" for none
}

func (j *job) run(w io.Writer) error {
	if len(j.sets) == 0 {
		return fmt.Errorf("no sets given")
	}
	var pages []*page
	for _, dir := range j.sets {
		all, err := readSet(dir)
		if err != nil {
			return err
		}
		pages = append(pages, all...)
	}
	j.measure(w, pages)
	if j.blocks != "" {
		if err := writeBlocks(j.blocks, pages); err != nil {
			return err
		}
	}
	if j.misses != "" {
		if err := writeMisses(j.misses, pages); err != nil {
			return err
		}
	}
	if j.out == "" {
		return nil
	}
	return os.WriteFile(j.out, train(pages, 0).Append(nil), 0o644)
}

// measure prints what the rules choose, the best that can be chosen, what the
// model's scores alone choose and what the program does.
func (j *job) measure(w io.Writer, pages []*page) {
	way := func(name string, keep func(p *page, i int) bool) *tally {
		return newTally(name, func(p *page) []string { return p.chosen(func(i int) bool { return keep(p, i) }) })
	}
	for _, t := range []*tally{
		way("rules", func(p *page, i int) bool { return p.blocks[i].Rules }),
		way("labels", func(p *page, i int) bool { return p.label[i] >= 0.5 }),
	} {
		t.add(pages)
		t.print(w)
	}
	if j.folds <= 0 {
		return
	}
	all := []*tally{newTally("program", func(p *page) []string { return p.text })}
	all = append(all, newTally("nameless", func(p *page) []string { return p.nameless.text }))
	for _, above := range []int{-600, -400, -200, 0} {
		all = append(all, way(fmt.Sprintf("above %d", above), func(p *page, i int) bool { return p.score[i] > above }))
	}
	for deal := range j.deals {
		crossValidate(pages, j.folds, deal)
		for _, t := range all {
			t.add(pages)
		}
	}
	for _, t := range all {
		t.print(w)
	}
}

// crossValidate scores the blocks of every page by a model that has seen no
// page of its site. Every deal parts the sites otherwise.
func crossValidate(pages []*page, folds, deal int) {
	fold := foldOf(pages, folds, deal)
	for k := range folds {
		var rest []*page
		for i, p := range pages {
			if fold[i] != k {
				rest = append(rest, p)
			}
		}
		m := train(rest, deal)
		for i, p := range pages {
			if fold[i] == k {
				p.score = scores(m, p)
				p.text = extract.Body(p.html, p.url, m)
				p.nameless.text = extract.Body(p.nameless.html, p.url, m)
			}
		}
	}
}

// shut stands in place of the score of a block that rules alone leave out, so that no
// threshold takes it for text.
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

var options = trees.Options{Trees: 480, Rate: 0.08, Ridge: 2, Rows: 0.4, Asked: 0.5, Seed: 7}

// train returns the model of the pages. Every deal draws the rows and features
// of the trees otherwise.
func train(pages []*page, deal int) *boost.Model {
	var samples []trees.Sample
	for _, p := range pages {
		samples = append(samples, p.samples(1)...)
		if p.news {
			samples = append(samples, p.nameless.samples(namelessWeight)...)
		}
	}
	o := options
	o.Seed += uint64(deal)
	return trees.Train(samples, o)
}
