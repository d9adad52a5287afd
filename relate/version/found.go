package version

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"dateline"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A Statement is something that somebody is reported to have said, and what
// happened to it.
type Statement struct {
	Change  string `json:"change"`            // "added", "removed", "changed": other words, or another speaker
	Speaker string `json:"speaker,omitempty"` // as the capture names them that has it, the later one if both have; "" if it does not
	Words   string `json:"words"`             // that are said there
	Was     string `json:"was,omitempty"`     // what they were before, if the words changed
	WasBy   string `json:"was_by,omitempty"`  // who was the speaker before, if that changed
}

// A Value is a date or a number, as printed, and what happened to it.
type Value struct {
	Change string `json:"change"`           // "added", "removed", "changed"
	Before string `json:"before,omitempty"` // as the earlier capture prints it
	After  string `json:"after,omitempty"`  // as the later one does
	In     string `json:"in,omitempty"`     // the sentence that it stands in, of the later capture if that has it
}

// What happened to a statement or a value.
const (
	added   = "added"
	removed = "removed"
	altered = "changed"
)

// spans are the parts of the text of one reading that the other has not.
func (c *comparison) spans(only string) (list []dateline.Span) {
	for _, h := range c.hunks {
		switch {
		case only == Before && h.a >= 0 && c.a.units[h.a].start >= 0:
			list = append(list, dateline.Span{Start: c.a.units[h.a].start, End: c.a.units[h.a].end})
		case only == After && h.b >= 0 && c.b.units[h.b].start >= 0:
			list = append(list, dateline.Span{Start: c.b.units[h.b].start, End: c.b.units[h.b].end})
		}
	}
	return list
}

// within reports whether a span of bytes touches one of the spans.
func within(spans []dateline.Span, start, end int) bool {
	return slices.ContainsFunc(spans, func(s dateline.Span) bool { return start < s.End && s.Start < end })
}

// touched returns the statements of a reading whose words, cue or speaker stand
// in what the other has not. What is found elsewhere differs for reasons of the
// finder's, if it differs.
func touched(s Seen, spans []dateline.Span) (list []*dateline.Statement) {
	if s.Findings == nil {
		return nil
	}
	for i := range s.Findings.Statements {
		st := &s.Findings.Statements[i]
		if st.In == "" && slices.ContainsFunc(slices.Concat(st.Content, st.Cue, st.Speaker), func(sp dateline.Span) bool { return within(spans, sp.Start, sp.End) }) {
			list = append(list, st)
		}
	}
	return list
}

// statements compares what is said in the sentences that changed.
func (c *comparison) statements(a, b Seen) (list []Statement) {
	gone, came := touched(a, c.spans(Before)), touched(b, c.spans(After))
	taken := make([]bool, len(came))
	var left []*dateline.Statement
	for _, g := range gone { // first those with the same words
		words, name := keyOf(g.Said(a.Article)), g.Name(a.Article)
		i := slices.IndexFunc(came, func(s *dateline.Statement) bool { return keyOf(s.Said(b.Article)) == words })
		if i < 0 || taken[i] {
			left = append(left, g)
			continue
		}
		taken[i] = true
		if now := came[i].Name(b.Article); !sameLine(name, now) && name != "" && now != "" {
			list = append(list, Statement{Change: altered, Speaker: now, Words: came[i].Said(b.Article), WasBy: name})
		}
	}
	for _, g := range left { // then those with like words of one speaker
		said, name := g.Said(a.Article), g.Name(a.Article)
		best, most := -1, alike
		for i, s := range came {
			if l := likeness(tokens(said), tokens(s.Said(b.Article))); !taken[i] && l >= most && sameLine(s.Name(b.Article), name) {
				best, most = i, l
			}
		}
		if best < 0 {
			list = append(list, Statement{Change: removed, Speaker: name, Words: said})
			continue
		}
		taken[best] = true
		list = append(list, Statement{Change: altered, Speaker: name, Words: came[best].Said(b.Article), Was: said})
	}
	for i, s := range came {
		if !taken[i] {
			list = append(list, Statement{Change: added, Speaker: s.Name(b.Article), Words: s.Said(b.Article)})
		}
	}
	return list
}

// dates compares the temporal expressions in the sentences that changed.
func (c *comparison) dates(a, b Seen) []Value {
	if a.Findings == nil || b.Findings == nil {
		return nil
	}
	of := func(s Seen, u *unit) (list []string) {
		for _, d := range s.Findings.Dates {
			if d.In == "" && u.start >= 0 && d.Start >= u.start && d.End <= u.end {
				list = append(list, line(d.Text))
			}
		}
		return list
	}
	var list []Value
	for _, h := range c.hunks {
		var x, y []string
		if h.a >= 0 {
			x = of(a, &c.a.units[h.a])
		}
		if h.b >= 0 {
			y = of(b, &c.b.units[h.b])
		}
		list = append(list, values(x, y, h)...)
	}
	return list
}

// figures compares the numbers in what changed, in digits or in words.
func (c *comparison) figures() []Value {
	var list []Value
	for _, h := range c.hunks {
		if h.b >= 0 && c.b.units[h.b].field == "correction" {
			continue // it repeats the figures that were wrong
		}
		list = append(list, values(figuresOf(h.before), figuresOf(h.after), h)...)
	}
	return list
}

func figuresOf(s string) (list []string) {
	for _, t := range tokens(s) {
		if isFigure(t.text) {
			list = append(list, t.text)
		}
	}
	return list
}

// numbers are the names of numbers from two on, in the languages whose dates
// are read: the name of one is often an article.
var numbers = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, lang := range words.With("when.words") {
		text, _ := words.Text(lang, "when.words")
		for l, err := range words.Lines(text) {
			if err != nil {
				break // Unreachable: a test of the package that reads them holds every line.
			}
			if n, err := strconv.Atoi(l.Value); l.List == "NUM" && err == nil && n > 1 {
				for _, e := range l.Entries {
					all[e] = true
				}
			}
		}
	}
	return all
})

// isFigure reports whether a word is a number.
func isFigure(w string) bool {
	return strings.ContainsFunc(w, unicode.IsDigit) || numbers()[lowered(w)]
}

func lowered(s string) string { return text.Lower(s) }

// values tells what happened to the values of one place: what both have stays,
// and of the rest one that came in the place of one that went has changed.
func values(x, y []string, h hunk) (list []Value) {
	in := h.after
	if in == "" {
		in = h.before
	}
	var gone, came []string
	key := func(list []string) []string {
		keys := make([]string, len(list))
		for i, s := range list {
			keys[i] = lowered(keyOf(s))
		}
		return keys
	}
	for _, s := range align(key(x), key(y)) {
		switch s.only {
		case Before:
			gone = append(gone, x[s.a])
		case After:
			came = append(came, y[s.b])
		}
	}
	if h.before != "" && h.after != "" && len(gone) == len(came) {
		for i := range gone {
			list = append(list, Value{altered, gone[i], came[i], in})
		}
		return list
	}
	for _, s := range gone {
		list = append(list, Value{removed, s, "", in})
	}
	for _, s := range came {
		list = append(list, Value{added, "", s, in})
	}
	return list
}
