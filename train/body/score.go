package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// A tally adds up the figures of some way to choose texts: the word F1 of both
// sets' scorers, and the F1 of shingles or of paragraphs.
type tally struct {
	name  string
	texts func(*page) []string
	sets  map[string]*figures
}

// figures are sums over the pages of a set, some of them more than once.
type figures struct {
	pages, words, paragraphs float64
	precision, recall        float64 // of shingles
	news                     bool
}

func newTally(name string, texts func(*page) []string) *tally {
	return &tally{name: name, texts: texts, sets: map[string]*figures{}}
}

func (t *tally) add(pages []*page) {
	for _, p := range pages {
		f := t.sets[p.set]
		if f == nil {
			f = &figures{news: p.news}
			t.sets[p.set] = f
		}
		got := t.texts(p)
		f.pages++
		f.words += p.wordF1(got)
		if f.news {
			f.paragraphs += p.paragraphF1(got)
		} else {
			precision, recall := p.shingles(got)
			f.precision += precision
			f.recall += recall
		}
	}
}

// print prints the figures, a line for each set.
func (t *tally) print(w io.Writer) {
	for _, set := range slices.Sorted(maps.Keys(t.sets)) {
		f := t.sets[set]
		name, second := "paragraphs", f.paragraphs
		if !f.news {
			name, second = "shingles", 2*f.precision*f.recall/(f.precision+f.recall)
		}
		fmt.Fprintf(w, "%-16s %-12s words %.4f  %s %.4f\n", t.name, set, f.words/f.pages, name, second/f.pages)
	}
}

func (p *page) chosen(keep func(int) bool) (texts []string) {
	for i := range p.blocks {
		if keep(i) {
			texts = append(texts, p.blocks[i].Text)
		}
	}
	return texts
}

func (p *page) wordF1(got []string) float64 {
	bag := webWords
	if p.news {
		bag = newsWords
	}
	return f1(bag(got), bag(p.truth))
}

func (p *page) paragraphF1(got []string) float64 {
	set := func(texts []string) map[string]int {
		m := map[string]int{}
		for _, s := range texts {
			if s = clean(s); s != "" {
				m[s] = 1
			}
		}
		return m
	}
	return f1(set(got), set(p.truth))
}

// shingles returns precision and recall of the four-word shingles.
func (p *page) shingles(got []string) (precision, recall float64) {
	bag := func(texts []string) map[string]int {
		words := strings.FieldsFunc(strings.Join(texts, "\n\n"), notWord)
		m := map[string]int{}
		for i := 0; len(words) > 0 && (i == 0 || i+4 <= len(words)); i++ {
			m[strings.Join(words[i:min(i+4, len(words))], " ")]++
		}
		return m
	}
	have, want := bag(got), bag(p.truth)
	both, ng, nw := 0, 0, 0
	for k, n := range have {
		ng += n
		both += min(n, want[k])
	}
	for _, n := range want {
		nw += n
	}
	if ng == 0 && nw == 0 {
		return 1, 1
	}
	return float64(both) / float64(max(1, ng)), float64(both) / float64(max(1, nw))
}

func notWord(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) }

func webWords(texts []string) map[string]int {
	m := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.Join(texts, "\n\n")), notWord) {
		m[w]++
	}
	return m
}

// newsWords counts words; an ideograph is a word of its own.
func newsWords(texts []string) map[string]int {
	m := map[string]int{}
	for _, s := range texts {
		start := -1
		s = clean(s) + " "
		for i, r := range s {
			ideograph := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
			wordy := !ideograph && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
			if wordy && start < 0 {
				start = i
			}
			if !wordy && start >= 0 {
				m[s[start:i]]++
				start = -1
			}
			if ideograph {
				m[string(r)]++
			}
		}
	}
	return m
}

var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "’", "'", "‘", "'", "\u00ad", "", "\u200b", "", "–", "-", "—", "-")

func clean(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(quotes.Replace(s)), " "))
}

// f1 is the F-measure of two multisets.
func f1(got, want map[string]int) float64 {
	np, ng, both := 0, 0, 0
	for _, n := range want {
		ng += n
	}
	for k, n := range got {
		np += n
		both += min(n, want[k])
	}
	if np+ng == 0 {
		return 1
	}
	return 2 * float64(both) / float64(np+ng)
}
