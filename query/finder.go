package query

import (
	"slices"
	"unicode/utf8"
)

// A match is a place where a text holds a term of the query.
type match struct{ start, end, term int }

// A finder finds the terms of a query in one pass over the tokens of a text. What
// it does for a token does not depend on the number of terms.
type finder struct {
	words   map[string]int // terms of one whole token
	begins  prefixes       // terms of the beginning of a token
	nodes   []node         // of terms of several tokens; the first is the root
	longest int            // tokens of the longest of these
}

// prefixes are the beginnings of tokens.
type prefixes struct {
	terms   map[string]int
	lengths []int // of the prefixes, without repetition
}

// A node stands for the tokens on the way to it from the root: Aho and Corasick's
// automaton, over tokens.
type node struct {
	next  map[string]int
	depth int
	fail  int // the node of the longest proper end of its tokens
	found int // the node of the longest proper end with terms or tails; 0 if there is none
	terms []int
	tails prefixes // of terms whose next and last token is only a beginning
}

func newFinder(q Query) *finder {
	f := &finder{words: map[string]int{}, nodes: make([]node, 1)}
	for i, t := range q.Terms() {
		last := len(t.Tokens) - 1
		switch {
		case last == 0 && t.Prefix:
			f.begins.add(t.Tokens[0], i)
		case last == 0:
			f.words[t.Tokens[0]] = i
		case t.Prefix:
			f.nodes[f.grow(t.Tokens[:last])].tails.add(t.Tokens[last], i)
		default:
			n := &f.nodes[f.grow(t.Tokens)]
			n.terms = append(n.terms, i)
		}
		f.longest = max(f.longest, last+1)
	}
	f.link()
	return f
}

func (p *prefixes) add(s string, term int) {
	if p.terms == nil {
		p.terms = map[string]int{}
	}
	p.terms[s] = term
	if !slices.Contains(p.lengths, len(s)) {
		p.lengths = append(p.lengths, len(s))
	}
}

// grow returns the node of tokens, which it makes if there is none.
func (f *finder) grow(tokens []string) (at int) {
	for _, t := range tokens {
		next, ok := f.nodes[at].next[t]
		if !ok {
			next = len(f.nodes)
			if f.nodes[at].next == nil {
				f.nodes[at].next = map[string]int{}
			}
			f.nodes[at].next[t] = next
			f.nodes = append(f.nodes, node{depth: f.nodes[at].depth + 1})
		}
		at = next
	}
	return at
}

// link finds the ends of the tokens of each node that are nodes, too, those of
// fewer tokens first.
func (f *finder) link() {
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for tok, to := range f.nodes[at].next {
			n := &f.nodes[to]
			if at > 0 {
				n.fail = f.step(f.nodes[at].fail, tok)
			}
			if n.found = f.nodes[n.fail].found; f.nodes[n.fail].ends() {
				n.found = n.fail
			}
			queue = append(queue, to)
		}
	}
}

// ends reports whether terms end with n, or with one more token.
func (n *node) ends() bool { return len(n.terms) > 0 || len(n.tails.terms) > 0 }

// step returns the node of the longest end of what node at stands for and tok.
func (f *finder) step(at int, tok string) int {
	for {
		if to, ok := f.nodes[at].next[tok]; ok {
			return to
		}
		if at == 0 {
			return 0
		}
		at = f.nodes[at].fail
	}
}

// find returns the matches in text in order of their start.
func (f *finder) find(text string) []match {
	if f.longest == 0 {
		return nil
	}
	var matches []match
	starts := make([]int, f.longest) // of the last tokens, around
	n, at := 0, 0
	for tok := range Tokens(text) {
		starts[n%f.longest] = tok.Start
		if term, ok := f.words[tok.Text]; ok {
			matches = append(matches, match{tok.Start, tok.End, term})
		}
		matches = f.begins.find(matches, tok, tok.Start)
		for k := at; k > 0; k = f.nodes[k].found {
			if tails := &f.nodes[k].tails; len(tails.terms) > 0 {
				matches = tails.find(matches, tok, starts[(n-f.nodes[k].depth)%f.longest])
			}
		}
		at = f.step(at, tok.Text)
		for k := at; k > 0; k = f.nodes[k].found {
			for _, term := range f.nodes[k].terms {
				matches = append(matches, match{starts[(n-f.nodes[k].depth+1)%f.longest], tok.End, term})
			}
		}
		n++
	}
	slices.SortStableFunc(matches, func(a, b match) int { return a.start - b.start })
	return matches
}

// find appends a match that begins at start for each prefix that tok begins with.
// Of a token of an unspaced script only the prefix is matched.
func (p *prefixes) find(matches []match, tok Token, start int) []match {
	for _, n := range p.lengths {
		if n > len(tok.Text) {
			continue
		}
		term, ok := p.terms[tok.Text[:n]]
		if !ok {
			continue
		}
		end := tok.End
		if isUnspacedStart(tok.Text) {
			end = tok.Start + n
		}
		matches = append(matches, match{start, end, term})
	}
	return matches
}

func isUnspacedStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isUnspaced(r)
}
