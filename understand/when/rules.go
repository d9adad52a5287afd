package when

import (
	"fmt"
	"strconv"
	"strings"
)

// A rule says what to do with the words of its pattern.
type rule struct {
	name   string // "when/weekday"
	action string
	order  int32 // of two matches of one length the rule that comes first wins
}

// An accept is the end of one way through the pattern of a rule.
type accept struct {
	rule  *rule
	set   preset
	lead  int8 // tokens before the span that only have to be there
	trail int8 // tokens after it
}

// A preset is what a pattern fixes in advance: "mod=START".
type preset struct {
	mod, value, unit, part     string
	dir                        int8
	hasDir                     bool
	flag                       string
	holiday                    string // as in a file of words
	ago, frac, follow, weekday int8
	rel                        int8 // days from the publication
	count, n, year             int16
}

// An automaton matches all rules of a language at once. Node 0 is where it
// begins.
type automaton struct {
	nodes  []node
	macros map[string]string
	rules  int32
	first  kinds          // classes a match can begin with
	starts map[int32]bool // words a match can begin with
	begin  []bool         // starts, by id
}

type node struct {
	words   []edge // by id of a word
	classes []edge // by class
	accepts []accept
}

type edge struct{ on, to int32 }

// maxWays bounds the ways through one pattern.
const maxWays = 40000

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
	a.nodes = make([]node, 1)
	a.macros = map[string]string{}
	a.starts = map[int32]bool{}
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
		ways, err := a.expand(strings.Join(f[2:], " ") + " " + pattern)
		if err != nil {
			return err
		}
		for _, way := range ways {
			if err := a.add(l, r, way); err != nil {
				return fmt.Errorf("rule %s: %w", f[0], err)
			}
		}
		return nil
	}
}

// expand returns every way through a pattern.
func (a *automaton) expand(pattern string) ([][]string, error) {
	p := &patternReader{macros: a.macros}
	if err := p.push(pattern, 0); err != nil {
		return nil, err
	}
	ways, err := p.choice()
	if err == nil && len(p.toks) > 0 {
		err = fmt.Errorf("%q is left over", p.toks[0])
	}
	return ways, err
}

type patternReader struct {
	macros map[string]string
	toks   []string
}

// push cuts a pattern into its signs, with macros replaced.
func (p *patternReader) push(pattern string, depth int) error {
	if depth > 8 {
		return fmt.Errorf("macros go too deep")
	}
	for _, s := range []string{"[", "]", "(", ")", "{", "}", "|"} {
		pattern = strings.ReplaceAll(pattern, s, " "+s+" ")
	}
	for _, t := range strings.Fields(pattern) {
		if t[0] != '@' || len(t) == 1 {
			p.toks = append(p.toks, t)
			continue
		}
		m, ok := p.macros[t]
		if !ok {
			return fmt.Errorf("no macro %s", t)
		}
		if err := p.push("("+m+")", depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (p *patternReader) choice() ([][]string, error) {
	var all [][]string
	for {
		ways, err := p.sequence()
		if err != nil {
			return nil, err
		}
		all = append(all, ways...)
		if len(p.toks) == 0 || p.toks[0] != "|" {
			return all, nil
		}
		p.toks = p.toks[1:]
	}
}

func (p *patternReader) sequence() ([][]string, error) {
	ways := [][]string{nil}
	for len(p.toks) > 0 {
		t := p.toks[0]
		if t == "|" || t == ")" || t == "]" || t == "}" {
			return ways, nil
		}
		p.toks = p.toks[1:]
		next := [][]string{{t}}
		if end := map[string]string{"[": "]", "(": ")", "{": "}"}[t]; end != "" {
			var err error
			if next, err = p.choice(); err != nil {
				return nil, err
			}
			if len(p.toks) == 0 || p.toks[0] != end {
				return nil, fmt.Errorf("no %s", end)
			}
			p.toks = p.toks[1:]
			switch t {
			case "[":
				next = append(next, nil)
			case "{":
				for i := range next {
					next[i] = append(append([]string{"{"}, next[i]...), "}")
				}
			}
		}
		if len(ways)*len(next) > maxWays {
			return nil, fmt.Errorf("more than %d ways", maxWays)
		}
		product := make([][]string, 0, len(ways)*len(next))
		for _, w := range ways {
			for _, n := range next {
				product = append(product, append(w[:len(w):len(w)], n...))
			}
		}
		ways = product
	}
	return ways, nil
}

// add puts one way of r into the automaton.
func (a *automaton) add(l *language, r *rule, way []string) error {
	acc := accept{rule: r}
	at, steps, outside := int32(0), 0, false
	for _, t := range way {
		key, value, assigns := strings.Cut(t, "=")
		switch {
		case t == "{" || t == "}":
			outside = t == "{"
			continue
		case assigns && key != "":
			if err := acc.set.assign(key, value); err != nil {
				return err
			}
			continue
		}
		if outside && steps == int(acc.lead) {
			acc.lead++
		} else if outside {
			acc.trail++
		} else if acc.trail > 0 {
			return fmt.Errorf("%q follows what is in braces", t)
		}
		steps++
		if steps > maxPath {
			return fmt.Errorf("%q is too long", way)
		}
		at = a.step(l, at, t)
	}
	if steps <= int(acc.lead+acc.trail) {
		return fmt.Errorf("a way through the pattern is empty: %q", way)
	}
	a.nodes[at].accepts = append(a.nodes[at].accepts, acc)
	return nil
}

// step returns the node that t leads to from node at.
func (a *automaton) step(l *language, at int32, t string) int32 {
	n := &a.nodes[at]
	list, on := &n.words, int32(0)
	if k, ok := kindNames[t]; ok {
		list, on = &n.classes, int32(k)
		if at == 0 {
			a.first |= 1 << k
		}
	} else {
		on = l.literal(t).id
		if at == 0 {
			a.starts[on] = true
		}
	}
	for _, e := range *list {
		if e.on == on {
			return e.to
		}
	}
	to := int32(len(a.nodes))
	*list = append(*list, edge{on, to})
	a.nodes = append(a.nodes, node{})
	return to
}

func (a *automaton) finish() {
	top := int32(0)
	for id := range a.starts {
		top = max(top, id)
	}
	a.begin = make([]bool, top+1)
	for id := range a.starts {
		a.begin[id] = true
	}
	a.macros, a.starts = nil, nil
}

func (s *preset) assign(key, value string) error {
	n, numErr := strconv.Atoi(value)
	switch key {
	case "mod":
		s.mod = value
		return nil
	case "value":
		s.value = value
		return nil
	case "unit":
		s.unit = value
		return nil
	case "part":
		s.part = value
		return nil
	case "flag":
		s.flag = value
		return nil
	case "holiday":
		s.holiday = value
		return nil
	case "dir":
		s.dir, s.hasDir = int8(n), true
	case "count":
		s.count = int16(n)
	case "year":
		s.year = int16(n)
	case "ago":
		s.ago = int8(n)
	case "follow":
		s.follow = int8(n)
	case "weekday":
		s.weekday = int8(n)
	case "frac":
		s.frac = int8(n)
	case "rel":
		s.rel = int8(n)
	case "n":
		s.n = int16(n)
	default:
		return fmt.Errorf("no key %q", key)
	}
	return numErr
}

// canBegin reports whether a match can begin with t.
func (a *automaton) canBegin(t *token) bool {
	return t.kinds&a.first != 0 || t.word != nil && int(t.word.id) < len(a.begin) && a.begin[t.word.id]
}

// maxPath is the length of the longest pattern, in tokens.
const maxPath = 16

// A match is one way through the automaton along the tokens.
type match struct {
	accept *accept
	length int
	path   [maxPath]kind // the class of each token; -1 where a word was asked for
}

// A matcher finds the matches that begin at one token.
type matcher struct {
	auto  *automaton
	toks  []token
	found []match
	path  [maxPath]kind
}

// maxMatches bounds the matches of one place.
const maxMatches = 64

// at returns the matches that begin at token i, the best first: the longest,
// and of equals the one whose rule comes first.
func (m *matcher) at(i int) []match {
	m.found = m.found[:0]
	m.walk(0, i, 0)
	for j := 1; j < len(m.found); j++ {
		for k := j; k > 0 && better(&m.found[k], &m.found[k-1]); k-- {
			m.found[k], m.found[k-1] = m.found[k-1], m.found[k]
		}
	}
	return m.found
}

func better(a, b *match) bool {
	if a.length != b.length {
		return a.length > b.length
	}
	return a.accept.rule.order < b.accept.rule.order
}

func (m *matcher) walk(at int32, i, depth int) {
	n := &m.auto.nodes[at]
	for j := range n.accepts {
		if len(m.found) < maxMatches {
			m.found = append(m.found, match{&n.accepts[j], depth, m.path})
		}
	}
	if i >= len(m.toks) || depth == maxPath || depth > 0 && m.toks[i].flags&barrier != 0 {
		return
	}
	t := &m.toks[i]
	if t.word != nil {
		for _, e := range n.words {
			if e.on == t.word.id {
				m.path[depth] = -1
				m.walk(e.to, i+1, depth+1)
			}
		}
	}
	if t.kinds != 0 {
		for _, e := range n.classes {
			if t.kinds.has(kind(e.on)) {
				m.path[depth] = kind(e.on)
				m.walk(e.to, i+1, depth+1)
			}
		}
	}
}
