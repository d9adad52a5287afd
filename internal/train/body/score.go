package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"
)

// report prints the figures of texts, one line a set: the word F1
// of both sets' scorers, and the F1 of shingles or of paragraphs.
func report(w io.Writer, name string, pages []*page, texts func(*page) []string) {
	sets := map[string]bool{}
	for _, p := range pages {
		sets[p.set] = true
	}
	for _, set := range sorted(sets) {
		words, paragraphs, n := 0.0, 0.0, 0.0
		var sp, sr float64
		news := false
		for _, p := range pages {
			if p.set != set {
				continue
			}
			n++
			got := texts(p)
			words += p.wordF1(got)
			if news = p.news; news {
				paragraphs += p.paragraphF1(got)
			} else {
				a, b := p.shingles(got)
				sp, sr = sp+a, sr+b
			}
		}
		second := paragraphs / n
		if !news {
			second = 2 * sp * sr / (sp + sr) / n
		}
		fmt.Fprintf(w, "%-16s %-12s %4.0f pages  words %.4f  %s %.4f\n", name, set, n, words/n, map[bool]string{true: "paragraphs", false: "shingles"}[news], second)
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

func sorted(m map[string]bool) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
