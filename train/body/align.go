package main

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normText returns the letters and digits of s in lower case, by which blocks and labelled
// text are compared.
func normText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, nfc.String(s))
}

const nfc = norm.NFC

// A match is a place in the truth where a block stands.
type match struct{ block, at, end int }

// align labels every block of the page with the share of its words that the labelled text
// has.
func (p *page) align() {
	var b strings.Builder
	begins, ends := map[int]bool{}, map[int]bool{}
	for _, t := range p.truth {
		for line := range strings.SplitSeq(t, "\n") {
			begins[b.Len()] = true
			b.WriteString(normText(line))
			ends[b.Len()] = true
		}
	}
	truth := b.String()
	p.label = make([]float64, len(p.blocks))
	texts := make([]string, len(p.blocks))
	var all []match
	for i, c := range p.blocks {
		s := normText(c.Text)
		if texts[i] = s; s == "" {
			continue
		}
		for from, n := 0, 0; n < 20; n++ {
			at := strings.Index(truth[from:], s)
			if at < 0 {
				break
			}
			at += from
			if end := at + len(s); len(s) >= 20 || begins[at] && ends[end] {
				all = append(all, match{i, at, end})
			}
			from = at + 1
		}
	}
	covered := make([]bool, len(truth))
	for _, m := range chain(all) {
		p.label[m.block] = 1
		for i := m.at; i < m.end; i++ {
			covered[i] = true
		}
	}
	for _, m := range all {
		free := 0
		for _, c := range covered[m.at:m.end] {
			if !c {
				free++
			}
		}
		if p.label[m.block] == 0 && m.end-m.at >= 40 && free*2 > m.end-m.at {
			p.label[m.block] = 1
			for i := m.at; i < m.end; i++ {
				covered[i] = true
			}
		}
	}
	p.alignParts(truth, texts)
}

// chain returns the matches that cover most of the truth with both in order.
func chain(all []match) []match {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].block != all[j].block {
			return all[i].block < all[j].block
		}
		return all[i].at > all[j].at
	})
	best, prev := make([]int, len(all)), make([]int, len(all))
	top := -1
	for i, m := range all {
		prev[i] = -1
		for j := range i {
			if all[j].block < m.block && all[j].end <= m.at && best[j] > best[i] {
				best[i], prev[i] = best[j], j
			}
		}
		best[i] += m.end - m.at
		if top < 0 || best[i] > best[top] {
			top = i
		}
	}
	var out []match
	for ; top >= 0; top = prev[top] {
		out = append(out, all[top])
	}
	return out
}

// alignParts labels the blocks that the truth holds but for a few words: by
// their shingles of twelve bytes.
func (p *page) alignParts(truth string, texts []string) {
	const n = 18
	set := map[string]bool{}
	for i := 0; i+n <= len(truth); i++ {
		set[truth[i:i+n]] = true
	}
	for i, s := range texts {
		if p.label[i] > 0 || len(s) < 40 {
			continue
		}
		in, all := 0, 0
		for k := 0; k+n <= len(s); k++ {
			all++
			if set[s[k:k+n]] {
				in++
			}
		}
		if f := float64(in) / float64(all); f > 0.3 && !p.elsewhere(i, s, texts) {
			p.label[i] = f
		}
	}
}

// elsewhere reports whether another block with the text is in the truth.
func (p *page) elsewhere(i int, s string, texts []string) bool {
	for j := range texts {
		if j != i && p.label[j] == 1 && strings.Contains(texts[j], s) {
			return true
		}
	}
	return false
}
