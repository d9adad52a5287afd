package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"os"
	"sort"
)

// shown reports whether a page may be looked at: one half of the sites is for
// looking, the other for figures only.
func (p *page) shown() bool {
	h := fnv.New32a()
	h.Write([]byte(p.site))
	return h.Sum32()>>20&1 == 0
}

// writeMisses lists, worst page first, the paragraphs that the program misses
// and those that it has too many.
func writeMisses(name string, pages []*page) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	loss := func(p *page) float64 {
		if p.news {
			return 1 - p.paragraphF1(p.text)
		}
		return 1 - p.wordF1(p.text)
	}
	var all []*page
	for _, p := range pages {
		if p.shown() {
			all = append(all, p)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return loss(all[i]) > loss(all[j]) })
	for _, p := range all {
		if loss(p) < 0.02 {
			break
		}
		fmt.Fprintf(w, "=== %s %s %s paragraphs %.3f words %.3f\n", p.set, p.id, p.url, p.paragraphF1(p.text), p.wordF1(p.text))
		got, want := map[string]bool{}, map[string]bool{}
		for _, s := range p.text {
			got[clean(s)] = true
		}
		for _, s := range p.truth {
			if want[clean(s)] = true; !got[clean(s)] {
				fmt.Fprintf(w, "  - %.160q\n", s)
			}
		}
		for _, s := range p.text {
			if !want[clean(s)] {
				mark := ""
				for i, b := range p.blocks {
					if b.Text == s {
						mark = fmt.Sprintf("%s label %.2f score %d rules %d", b.Kind, p.label[i], p.score[i], b.Features[0])
					}
				}
				fmt.Fprintf(w, "  + %.160q %s\n", s, mark)
			}
		}
	}
	return w.Flush()
}
