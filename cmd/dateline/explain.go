package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dateline/answer"
	"dateline/extract"
	"dateline/extract/body"
)

// explanationJSON appends an explanation as one line of JSON.
func explanationJSON(b []byte, e *extract.Explanation) []byte {
	return append(appendJSON(b, answer.RecordReasons{Explanation: e}), '\n')
}

// explanationText appends an explanation for a reader at a terminal: for each field
// its value, the way in which it was found and what else was considered, then every
// block, marked + if it is part of the text.
func explanationText(b []byte, e *extract.Explanation) []byte {
	b = fmt.Appendf(b, "%s\n", e.Article.URL)
	if e.Article.Skip != "" {
		b = fmt.Appendf(b, "no article: %s\n", e.Article.Skip)
	}
	for _, f := range e.Fields {
		value, way := f.Value, f.Way
		if value == "" {
			value, way = "nothing found", "-"
		}
		b = fmt.Appendf(b, "\n%s: %s\n  way  %s\n", f.Field, clipped(value, 100), way)
		lost := 0
		for _, c := range f.Candidates {
			if !c.Chosen && !c.Agrees {
				lost++
			}
			if lost <= mostLost || c.Chosen {
				b = appendCandidate(b, c)
			}
		}
		if lost > mostLost {
			b = fmt.Appendf(b, "  and %d others; -json prints all\n", lost-mostLost)
		}
	}
	if len(e.Blocks) > 0 {
		b = append(b, "\nblocks, those of the text marked +\n"...)
	}
	for _, c := range e.Blocks {
		b = appendReason(b, c)
	}
	return append(b, '\n')
}

// appendReason appends a block, with what decided on it and, if it is left out, what
// that means.
func appendReason(b []byte, c body.Choice) []byte {
	mark := "-"
	if c.Kept {
		mark = "+"
	}
	b = fmt.Appendf(b, "%s %s %s\n    %s", mark, c.Kind, clipped(c.Text, 90), c.Way)
	if c.Way == "body/model" {
		b = fmt.Appendf(b, " %.2f", c.Score)
	}
	b = fmt.Appendf(b, ", rules: %s", c.Rules)
	if len(c.Roles) > 0 {
		b = fmt.Appendf(b, ", in: %s", strings.Join(c.Roles, " "))
	}
	b = append(b, '\n')
	if c.Kept {
		return b
	}
	for _, says := range []string{c.Says(), answer.WentSays(c)} {
		if says != "" {
			b = fmt.Appendf(b, "    %s\n", says)
		}
	}
	told := 0
	for _, f := range c.Features {
		if f.Adds < 0 && !f.OfPage && told < mostTold {
			b = fmt.Appendf(b, "      %+.2f %s\n", f.Adds, f)
			told++
		}
	}
	return b
}

// mostLost is the number of values of a field, other than the chosen one, that are
// printed.
const mostLost = 12

// mostTold is the number of features that are told of a block.
const mostTold = 3

// appendCandidate appends the line of a value that was considered for a field: what
// became of it, its way, its place in the order of trust or its score, and why.
func appendCandidate(b []byte, c extract.Candidate) []byte {
	weight := ""
	if c.Rank != 0 {
		weight = fmt.Sprintf(" (rank %d)", c.Rank)
	}
	if c.Score != 0 {
		weight = fmt.Sprintf(" (%.2f)", c.Score)
	}
	verb := "lost"
	switch {
	case c.Chosen:
		verb = "won"
	case c.Agrees:
		verb = "agrees"
	}
	return fmt.Appendf(b, "  %-6s %s %s%s: %s\n", verb, c.Way, clipped(c.Value, 60), weight, c.Why)
}

// clipped returns the beginning of s as one line of at most so many characters.
func clipped(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
