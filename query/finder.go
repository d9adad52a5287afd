package query

import (
	"slices"
	"unicode/utf8"
)

// A match is a place where a text holds a term of the query: its first byte, the byte
// after its last, and the place of the term in [Query.Terms].
type match struct{ start, end, term int }

// A finder finds all terms of a query in one pass over the tokens of a text, so that
// queries of many terms cost hardly more than those of few. Phrases are found by the automaton of
// Aho and Corasick ("Efficient string matching: an aid to bibliographic search",
// Communications of the ACM 18, 1975), with tokens in place of characters. A term is
// named by its place in [Query.Terms].
type finder struct {
	words   map[string]int // terms that are one whole token, by that token
	begins  prefixes       // terms that are the beginning of one token
	nodes   []node         // the automaton for terms of several tokens; nodes[0] is its root
	longest int            // the number of tokens of the longest term; 0 if there are no terms
}

// prefixes are beginnings of tokens, each with the term that it belongs to.
type prefixes struct {
	terms   map[string]int // by the beginning
	lengths []int          // the different lengths of the beginnings, in bytes
}

// A node stands for the sequence of tokens on the way to it from the root. A "proper
// end" of a sequence is what is left of it without one or more of its first tokens.
type node struct {
	next  map[string]int // the node for one more token
	depth int            // the number of tokens on the way
	fail  int            // the node of the longest proper end that has a node
	found int            // the node of the longest proper end that has terms or tails; 0 if there is none
	terms []int          // those whose tokens are exactly the way to this node
	tails prefixes       // terms that go on after this node with the beginning of one last token
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

// grow returns the node of a sequence of tokens. It makes the nodes on the way that
// are missing.
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

// link sets fail and found of every node. It goes through the nodes of few tokens
// before those of more, since the latter need the former.
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

// ends reports whether a term ends at n or with the token after it.
func (n *node) ends() bool { return len(n.terms) > 0 || len(n.tails.terms) > 0 }

// step returns the node at which the search stands after one more token: that of the
// longest end of the tokens read so far that has a node.
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
	starts := make([]int, f.longest) // where the last tokens begin: token n at starts[n%longest]
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

// find appends a match from byte start for each of the prefixes that tok begins with.
// The match ends with the whole token; only in a script without spaces, where a token
// is a pair of characters and no word, does it end with the prefix.
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

// isUnspacedStart reports whether s begins with a character of a script without
// spaces.
func isUnspacedStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isUnspaced(r)
}
