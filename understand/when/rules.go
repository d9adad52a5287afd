package when

import (
	"fmt"
	"math/bits"
	"strings"
)

// A rule says what to do with the words of its pattern.
type rule struct {
	name   string // "when/weekday"
	action string
	order  int32 // of two matches of one length the rule that comes first wins
}

// A position is one word or class that stands in a pattern.
type position struct {
	kind    kind   // the class; -1 if it is a word
	word    int32  // the id of the word
	outside bool   // it has to be there but is not part of what is found
	out     []way  // the ways to the positions that can follow
	next    glance // what out admits next, summed up, so that most tokens are refused at a glance
	ends    []end  // the rules whose patterns can end here
}

// A start holds the ways into patterns that begin with one class or word.
type start struct {
	ways []way
	next glance // what ways admits next, summed up likewise
	ends bool   // a match can be one token long
}

// add adds a way that leads to pos.
func (s *start) add(w way, pos *position) {
	s.ways = append(s.ways, w)
	s.next.kinds |= pos.next.kinds
	s.next.words |= pos.next.words
	s.ends = s.ends || len(pos.ends) > 0
}

// A glance is a summary of ways by which most tokens that none of them admits are recognised
// quickly: a set of classes, and a set of the last six bits of the ids of words.
type glance struct {
	kinds kinds
	words uint64
}

// add notes that a way leads to pos.
func (g *glance) add(pos *position) {
	if pos.kind >= 0 {
		g.kinds |= 1 << pos.kind
	} else {
		g.words |= 1 << (pos.word & 63)
	}
}

// open reports whether one of the ways may admit t; if not, none does.
func (g *glance) open(t *token) bool {
	return t.kinds&g.kinds != 0 || t.word != nil && g.words>>(t.word.id&63)&1 != 0
}

// An end says that a rule's pattern can end at a position, with the assignments behind it.
type end struct {
	rule *rule
	set  []assignment
}

// An automaton matches all rules of a language at once. From the position that a token
// matched, ways lead to the positions that the next token can match.
type automaton struct {
	positions []position
	macros    map[string]string
	rules     int32
	first     kinds           // classes that a match can begin with
	byKind    [numKinds]start // where it begins with each
	byWord    []start         // where it begins with a word, by its id
}

// reader returns what reads the lines of a file of rules:
//
//	@NAME = PATTERN
//	NAME ACTION [KEY=VALUE …]: PATTERN
//
// A pattern is a sequence of words in lower case and classes in capitals.
// [x] may be absent, (a | b) is a choice, @NAME stands for the pattern of that
// name, KEY=VALUE notes something where the way leads over it, and what stands
// in braces at either end has to be there but is not part of what is found.
func (a *automaton) reader(l *language) func(string) error {
	a.macros = map[string]string{}
	return func(line string) error {
		if line[0] == '@' {
			name, pattern, ok := strings.Cut(line, "=")
			if !ok {
				return fmt.Errorf("%q has no =", line)
			}
			a.macros[strings.TrimSpace(name)] = strings.TrimSpace(pattern)
			return nil
		}
		head, pattern, ok := strings.Cut(line, ": ")
		f := strings.Fields(head)
		if !ok || len(f) < 2 {
			return fmt.Errorf("%q is no rule", line)
		}
		a.rules++
		r := &rule{name: "when/" + f[0], action: f[1], order: a.rules}
		return a.add(l, r, strings.Join(f[2:], " ")+" ("+pattern+")")
	}
}

// add puts the pattern of r into the automaton.
func (a *automaton) add(l *language, r *rule, pattern string) error {
	p := &patternReader{auto: a, lang: l}
	from := len(a.positions)
	if err := p.push(pattern, 0); err != nil {
		return err
	}
	all, err := p.choice()
	switch {
	case err != nil:
		return err
	case len(p.signs) > 0:
		return fmt.Errorf("%q is left over", p.signs[0])
	case len(all.past) > 0:
		return fmt.Errorf("the pattern can be empty")
	}
	for i := from; i < len(a.positions); i++ {
		for _, w := range a.positions[i].out {
			a.positions[i].next.add(&a.positions[w.to])
		}
	}
	for _, w := range all.last {
		end := end{r, w.set}
		a.positions[w.to].ends = append(a.positions[w.to].ends, end)
	}
	for _, w := range all.first {
		if pos := &a.positions[w.to]; pos.kind >= 0 {
			a.first |= 1 << pos.kind
			a.byKind[pos.kind].add(w, pos)
		} else {
			for int(pos.word) >= len(a.byWord) {
				a.byWord = append(a.byWord, start{})
			}
			a.byWord[pos.word].add(w, pos)
		}
	}
	return a.checkLength(from, all.first)
}

// checkLength returns an error if a way through the positions from first on is
// longer than a match can be. Ways lead forward only.
func (a *automaton) checkLength(from int, first []way) error {
	length := make([]int, len(a.positions)-from)
	for _, w := range first {
		length[int(w.to)-from] = 1
	}
	for i, n := range length {
		if n > maxPath {
			return fmt.Errorf("the pattern is longer than %d", maxPath)
		}
		for _, w := range a.positions[from+i].out {
			length[int(w.to)-from] = max(length[int(w.to)-from], n+1)
		}
	}
	return nil
}

// canBegin reports whether a match can begin with t.
func (a *automaton) canBegin(t *token) bool {
	return t.kinds&a.first != 0 || a.wordStart(t) != nil
}

// wordStart returns where a match begins with the word of t; nil if none does.
func (a *automaton) wordStart(t *token) *start {
	if t.word == nil || int(t.word.id) >= len(a.byWord) || a.byWord[t.word.id].ways == nil {
		return nil
	}
	return &a.byWord[t.word.id]
}

// maxPath is the length of the longest pattern, in tokens.
const maxPath = 20

// A match is one way through the automaton along the tokens.
type match struct {
	rule        *rule
	set         preset
	length      int           // tokens
	lead, trail int           // tokens at the ends that are not part of what is found
	path        [maxPath]kind // the class of each token; -1 where a word was asked for
}

// A matcher finds the matches that begin at one token.
type matcher struct {
	auto  *automaton
	toks  []token
	found []match
	path  [maxPath]*way
}

// maxMatches bounds the matches of one place.
const maxMatches = 64

// at returns the matches that begin at token i, the best first: the longest,
// and of equals the one whose rule comes first. They are good until the next
// call.
func (m *matcher) at(i int) []match {
	m.found = m.found[:0]
	if i >= len(m.toks) || !m.auto.canBegin(&m.toks[i]) {
		return nil
	}
	t := &m.toks[i]
	m.begin(m.auto.wordStart(t), i)
	for open := t.kinds & m.auto.first; open != 0; open &= open - 1 {
		m.begin(&m.auto.byKind[bits.TrailingZeros64(uint64(open))], i)
	}
	for j := 1; j < len(m.found); j++ {
		for k := j; k > 0 && better(&m.found[k], &m.found[k-1]); k-- {
			m.found[k], m.found[k-1] = m.found[k-1], m.found[k]
		}
	}
	return m.found
}

// begin follows the ways of s from token i, unless the next token shows that none of them
// can lead to a match.
func (m *matcher) begin(s *start, i int) {
	if s != nil && (s.ends || i+1 < len(m.toks) && s.next.open(&m.toks[i+1])) {
		m.walk(s.ways, i, 0)
	}
}

func better(a, b *match) bool {
	if a.length != b.length {
		return a.length > b.length
	}
	return a.rule.order < b.rule.order
}

// walk follows those of the ways that admit token i, which is the token at depth, from 0, of
// the match.
func (m *matcher) walk(ways []way, i, depth int) {
	if depth == maxPath || depth > 0 && m.toks[i].flags&barrier != 0 {
		return
	}
	t := &m.toks[i]
	for j := range ways {
		pos := &m.auto.positions[ways[j].to]
		if pos.kind >= 0 && !t.kinds.has(pos.kind) || pos.kind < 0 && (t.word == nil || t.word.id != pos.word) {
			continue
		}
		m.path[depth] = &ways[j]
		for k := range pos.ends {
			m.accept(&pos.ends[k], depth+1)
		}
		if i+1 < len(m.toks) && pos.next.open(&m.toks[i+1]) {
			m.walk(pos.out, i+1, depth+1)
		}
	}
}

// accept keeps the path as a match of length n.
func (m *matcher) accept(e *end, n int) {
	if len(m.found) == maxMatches {
		return
	}
	f := match{rule: e.rule, length: n}
	inside := false
	for i, w := range m.path[:n] {
		pos := &m.auto.positions[w.to]
		f.path[i] = pos.kind
		for _, a := range w.set {
			f.set.apply(a)
		}
		switch {
		case !pos.outside:
			inside, f.trail = true, 0
		case inside:
			f.trail++
		default:
			f.lead++
		}
	}
	for _, a := range e.set {
		f.set.apply(a)
	}
	if inside {
		m.found = append(m.found, f)
	}
}
