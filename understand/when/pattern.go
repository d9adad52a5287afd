package when

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A preset holds what the KEY=VALUE assignments of a pattern, such as "mod=START", say of a
// match. See slots, which has fields of the same names.
type preset struct {
	mod, value, unit, part     string
	holiday                    string // a feast, as holidayOf reads it
	flag                       string // a variant of the action, which the action interprets
	hasDir                     bool
	dir                        int8
	ago, frac, follow, weekday int8
	rel                        int8 // days from the publication
	count, n, year             int16
}

// An assignment is one KEY=VALUE of a pattern; n is the value as a number, 0 if it is none.
type assignment struct {
	key, value string
	n          int
}

// parseAssignment reads KEY=VALUE.
func parseAssignment(s string) (assignment, error) {
	key, value, _ := strings.Cut(s, "=")
	n, err := strconv.Atoi(value)
	a := assignment{key, value, n}
	text, known := (&preset{}).apply(a)
	switch {
	case !known:
		return a, fmt.Errorf("no key %q", key)
	case !text && err != nil:
		return a, fmt.Errorf("%s: %w", s, err)
	}
	return a, nil
}

// apply sets in s what a assigns. It reports whether the key takes text rather than a number,
// and whether there is such a key.
func (s *preset) apply(a assignment) (text, known bool) {
	to := s.text(a.key)
	if to != nil {
		*to = a.value
		return true, true
	}
	return false, s.number(a.key, a.n)
}

func (s *preset) text(key string) *string {
	switch key {
	case "mod":
		return &s.mod
	case "value":
		return &s.value
	case "unit":
		return &s.unit
	case "part":
		return &s.part
	case "flag":
		return &s.flag
	case "holiday":
		return &s.holiday
	}
	return nil
}

func (s *preset) number(key string, n int) (known bool) {
	switch key {
	case "dir":
		s.dir, s.hasDir = int8(n), true
	case "ago":
		s.ago = int8(n)
	case "frac":
		s.frac = int8(n)
	case "follow":
		s.follow = int8(n)
	case "weekday":
		s.weekday = int8(n)
	case "rel":
		s.rel = int8(n)
	case "count":
		s.count = int16(n)
	case "n":
		s.n = int16(n)
	case "year":
		s.year = int16(n)
	default:
		return false
	}
	return true
}

// A way is a step to the position to of a pattern, or to its end, which makes the
// assignments set.
type way struct {
	to  int32
	set []assignment
}

// A part describes a piece of a pattern by the positions that it can begin with (first) and
// end with (last), and by the ways through it that meet no position at all (past).
type part struct {
	first, last, past []way
}

// join returns the assignments of two ways one after the other.
func join(a, b []assignment) []assignment {
	if len(b) == 0 {
		return a
	}
	return append(slices.Clip(a), b...)
}

// A patternReader builds the positions of one pattern. The automaton has one state for each
// word or class in the pattern (V. M. Glushkov, The Abstract Theory of Automata, 1961).
type patternReader struct {
	auto    *automaton
	lang    *language
	signs   []string // the words, classes and signs of the pattern that are still to be read
	outside bool     // what is read now stands within braces: it has to be there, and is no part of what is found
}

// maxMacros is how deep macros may be nested, so that a macro that contains itself is an
// error.
const maxMacros = 8

// push cuts a pattern into its signs, with macros replaced.
func (p *patternReader) push(pattern string, depth int) error {
	if depth > maxMacros {
		return fmt.Errorf("macros go too deep")
	}
	for _, s := range []string{"[", "]", "(", ")", "{", "}", "|"} {
		pattern = strings.ReplaceAll(pattern, s, " "+s+" ")
	}
	for _, t := range strings.Fields(pattern) {
		if t[0] != '@' {
			p.signs = append(p.signs, t)
			continue
		}
		m, ok := p.auto.macros[t]
		if !ok {
			return fmt.Errorf("no macro %s", t)
		}
		if err := p.push("("+m+")", depth+1); err != nil {
			return err
		}
	}
	return nil
}

// choice reads alternatives up to a closing sign.
func (p *patternReader) choice() (part, error) {
	var all part
	for {
		one, err := p.sequence()
		if err != nil {
			return part{}, err
		}
		all.first = append(all.first, one.first...)
		all.last = append(all.last, one.last...)
		all.past = append(all.past, one.past...)
		if len(p.signs) == 0 || p.signs[0] != "|" {
			return all, nil
		}
		p.signs = p.signs[1:]
	}
}

// sequence reads pieces one after the other.
func (p *patternReader) sequence() (part, error) {
	all := part{past: []way{{}}}
	for len(p.signs) > 0 && !strings.Contains("|)]}", p.signs[0]) {
		next, err := p.piece()
		if err != nil {
			return part{}, err
		}
		for _, l := range all.last {
			for _, f := range next.first {
				from := &p.auto.positions[l.to]
				from.out = append(from.out, way{f.to, join(l.set, f.set)})
			}
		}
		both := part{first: slices.Clip(all.first), last: next.last}
		for _, a := range all.past {
			for _, f := range next.first {
				both.first = append(both.first, way{f.to, join(a.set, f.set)})
			}
			for _, n := range next.past {
				both.past = append(both.past, way{0, join(a.set, n.set)})
			}
		}
		for _, l := range all.last {
			for _, n := range next.past {
				both.last = append(both.last, way{l.to, join(l.set, n.set)})
			}
		}
		all = both
	}
	return all, nil
}

// piece reads one sign, or what stands in brackets.
func (p *patternReader) piece() (part, error) {
	t := p.signs[0]
	p.signs = p.signs[1:]
	end := map[string]string{"[": "]", "(": ")", "{": "}"}[t]
	if end == "" {
		return p.sign(t)
	}
	before := p.outside
	p.outside = before || t == "{"
	inner, err := p.choice()
	p.outside = before
	if err != nil {
		return part{}, err
	}
	if len(p.signs) == 0 || p.signs[0] != end {
		return part{}, fmt.Errorf("no %s", end)
	}
	p.signs = p.signs[1:]
	if t == "[" {
		inner.past = append(inner.past, way{})
	}
	return inner, nil
}

// sign reads a word, a class or an assignment.
func (p *patternReader) sign(t string) (part, error) {
	if i := strings.IndexByte(t, '='); i > 0 {
		a, err := parseAssignment(t)
		return part{past: []way{{set: []assignment{a}}}}, err
	}
	pos := position{outside: p.outside, kind: -1}
	if k, ok := kindNames[t]; ok {
		pos.kind = k
	} else {
		pos.word = p.lang.literal(t).id
	}
	id := int32(len(p.auto.positions))
	p.auto.positions = append(p.auto.positions, pos)
	return part{first: []way{{to: id}}, last: []way{{to: id}}}, nil
}
