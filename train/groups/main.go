// Command groups puts words that are used alike into groups, for the features
// of understand/quote, and prints one group a line.
//
//	go run ./train/groups [-lang LANG] [-groups N] [-words N] TEXTS.jsonl… > understand/quote/lang/en.groups
//
// A line of TEXTS needs a "text". Each word moves to the group that makes the
// neighbours of all words most predictable, until few words move (Kneser and
// Ney 1993, the exchange algorithm).
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"dateline/train/lines"
	"dateline/understand/token"
)

func main() {
	lang := flag.String("lang", "en", "language of the texts")
	groups := flag.Int("groups", 200, "number of groups")
	words := flag.Int("words", 16000, "number of words, the most frequent ones")
	rounds := flag.Int("rounds", 8, "how often each word may move")
	flag.Parse()
	v, err := read(flag.Args(), *lang, *words)
	if err != nil {
		fmt.Fprintln(os.Stderr, "groups:", err)
		os.Exit(1)
	}
	e := newExchange(v, *groups)
	for range *rounds {
		for w := 2; w < len(v.words); w++ {
			e.move(w)
		}
	}
	out := bufio.NewWriter(os.Stdout)
	for _, group := range e.members() {
		fmt.Fprintln(out, strings.Join(group, " "))
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "groups:", err)
		os.Exit(1)
	}
}

// A vocabulary is words, the most frequent first, and how often one follows
// another. Word 0 is the end of a sentence, word 1 any word that is left out.
type vocabulary struct {
	words       []string
	left, right [][]neighbour
	count       []int32
}

type neighbour struct{ word, count int32 }

// read counts the words of the texts. A text that comes twice counts once.
func read(files []string, lang string, size int) (*vocabulary, error) {
	texts, err := lines.Texts(files)
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	var sentences [][]string
	for _, t := range texts {
		sentences = append(sentences, split(t, lang, count)...)
	}
	v := &vocabulary{words: []string{"", ""}}
	for w := range count {
		v.words = append(v.words, w)
	}
	slices.SortFunc(v.words[2:], func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	v.words = v.words[:min(len(v.words), size+2)]
	v.neighbours(sentences)
	return v, nil
}

// split returns the words of the sentences of text and counts them.
func split(text, lang string, count map[string]int) (sentences [][]string) {
	var t token.Text
	t.Read(text, lang)
	for _, s := range t.Sentences {
		var words []string
		for i := s.First; i < s.End; i++ {
			w := strings.ReplaceAll(strings.ToLower(t.String(int(i))), "’", "'")
			if t.Tokens[i].Kind == token.Number {
				w = "<number>"
			}
			words = append(words, w)
			count[w]++
		}
		sentences = append(sentences, words)
	}
	return sentences
}

// neighbours counts which word follows which.
func (v *vocabulary) neighbours(sentences [][]string) {
	number := map[string]int32{}
	for i, w := range v.words[2:] {
		number[w] = int32(i + 2)
	}
	follows := map[[2]int32]int32{}
	for _, words := range sentences {
		last := int32(0)
		for _, w := range words {
			n := max(number[w], 1)
			follows[[2]int32{last, n}]++
			last = n
		}
		follows[[2]int32{last, 0}]++
	}
	n := len(v.words)
	v.left, v.right, v.count = make([][]neighbour, n), make([][]neighbour, n), make([]int32, n)
	for p, c := range follows {
		v.right[p[0]] = append(v.right[p[0]], neighbour{p[1], c})
		v.left[p[1]] = append(v.left[p[1]], neighbour{p[0], c})
		v.count[p[1]] += c
	}
}

// An exchange holds the groups of words and how often one follows another.
type exchange struct {
	v           *vocabulary
	k           int     // groups, with those of words 0 and 1
	group       []int32 // of each word
	pairs       []int32 // [before*k+after]
	size        []int32
	left, right []int32 // groups beside the word that moves
}

func newExchange(v *vocabulary, groups int) *exchange {
	k := groups + 2
	e := &exchange{v, k, make([]int32, len(v.words)), make([]int32, k*k), make([]int32, k), make([]int32, k), make([]int32, k)}
	e.group[1] = 1
	for w := 2; w < len(v.words); w++ {
		e.group[w] = int32(2 + (w-2)%groups)
	}
	for w, list := range v.right {
		for _, n := range list {
			e.pairs[int(e.group[w])*k+int(e.group[n.word])] += n.count
		}
		e.size[e.group[w]] += v.count[w]
	}
	return e
}

// move takes word w out of its group and puts it into the one in which the groups predict
// the texts best.
func (e *exchange) move(w int) {
	clear(e.left)
	clear(e.right)
	self := int32(0)
	for _, n := range e.v.left[w] {
		if int(n.word) == w {
			self = n.count
		} else {
			e.left[e.group[n.word]] += n.count
		}
	}
	for _, n := range e.v.right[w] {
		if int(n.word) != w {
			e.right[e.group[n.word]] += n.count
		}
	}
	e.add(int(e.group[w]), -1, self, e.v.count[w])
	best, top := 0, math.Inf(-1)
	for g := 2; g < e.k; g++ {
		if gain := e.gain(g, self, e.v.count[w]); gain > top {
			top, best = gain, g
		}
	}
	e.add(best, 1, self, e.v.count[w])
	e.group[w] = int32(best)
}

// add counts the word that moves, which follows itself self times, in group g;
// or no longer, if sign is -1.
func (e *exchange) add(g int, sign, self, count int32) {
	for o := range e.k {
		e.pairs[o*e.k+g] += sign * e.left[o]
		e.pairs[g*e.k+o] += sign * e.right[o]
	}
	e.pairs[g*e.k+g] += sign * self
	e.size[g] += sign * count
}

// gain returns how much more probable the texts are with the word in group g.
func (e *exchange) gain(g int, self, count int32) float64 {
	sum := 0.0
	more := func(from, by int32) {
		if by > 0 {
			sum += xlogx(from+by) - xlogx(from)
		}
	}
	for o := range e.k {
		if o != g {
			more(e.pairs[o*e.k+g], e.left[o])
			more(e.pairs[g*e.k+o], e.right[o])
		}
	}
	more(e.pairs[g*e.k+g], e.left[g]+e.right[g]+self)
	return sum - 2*(xlogx(e.size[g]+count)-xlogx(e.size[g]))
}

func xlogx(n int32) float64 {
	if n <= 0 {
		return 0
	}
	return float64(n) * math.Log(float64(n))
}

// members returns the words of each group, the most frequent first.
func (e *exchange) members() [][]string {
	out := make([][]string, e.k-2)
	for w := 2; w < len(e.group); w++ {
		out[e.group[w]-2] = append(out[e.group[w]-2], e.v.words[w])
	}
	return out
}
