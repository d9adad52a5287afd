package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/understand"
)

// writeReasons writes for a reader why the findings of a are what they are.
func writeReasons(w io.Writer, a *dateline.Article, e *understand.Explanation) {
	fmt.Fprintf(w, "# %s\n", cmp.Or(a.Headline, a.Canonical, a.URL, "record without headline and address"))
	for i := range e.Statements {
		writeStatement(w, a, fmt.Sprintf("statement %d", i+1), &e.Statements[i])
	}
	for i := range e.Dropped {
		writeStatement(w, a, "not reported", &e.Dropped[i])
	}
	if len(e.Dates) > 0 {
		fmt.Fprintln(w, "\ndates")
	}
	for _, d := range e.Dates {
		from := ""
		if d.Anchor != "" {
			from = ", counted from " + d.Anchor + " (" + d.From + ")"
		}
		fmt.Fprintf(w, "  %s = %s: %s, %s%s\n", inQuotes(d.Date.Text), d.Date.Value, d.Date.Rule, d.Date.Basis, from)
	}
	if len(e.Mentions) > 0 {
		fmt.Fprintln(w, "\nmentions")
	}
	for _, m := range e.Mentions {
		score, role := "", ""
		if m.Probability > 0 {
			score = fmt.Sprintf(", probability %.2f", m.Probability)
		}
		if r := m.Mention.Role; r != nil {
			role = "; role " + inQuotes(r.Text) + " by " + r.Rule
		}
		fmt.Fprintf(w, "  %s is %s %q: %s%s%s\n", inQuotes(m.Mention.Text), m.Mention.Kind, m.Mention.Entity, m.Mention.Rule, score, role)
	}
	fmt.Fprintln(w)
}

// writeStatement writes why a statement is what it is.
func writeStatement(w io.Writer, a *dateline.Article, title string, r *understand.StatementReason) {
	s := &r.Statement
	fmt.Fprintf(w, "\n%s: %s, %s, confidence %.2f\n", title, s.Kind, s.Rule, s.Confidence)
	fmt.Fprintf(w, "  %s says %s\n", cmp.Or(s.Name(a), "nobody who is named"), inQuotes(s.Said(a)))
	for _, p := range r.Parts {
		probability := ""
		if p.Probability > 0 {
			probability = fmt.Sprintf(", probability %.2f", p.Probability)
		}
		fmt.Fprintf(w, "  %-8s %s: %s%s\n", p.Label, inQuotes(p.Text), p.Rule, probability)
	}
	for _, l := range r.Links {
		fmt.Fprintf(w, "  %s of %s: %s\n", l.Label, inQuotes(l.Of.Text), l.Rule)
		for _, o := range l.Options {
			text := "none of these"
			if o.Words != nil {
				text = inQuotes(o.Words.Text)
			}
			fmt.Fprintf(w, "    %s %.2f %s\n", mark(o.Chosen), o.Probability, text)
		}
	}
	fmt.Fprintf(w, "  %s\n", answer.RuleMeans(s.Rule))
	if len(r.Who) > 0 {
		fmt.Fprintf(w, "  who is %s\n", inQuotes(s.Called(a)))
	}
	for _, c := range r.Who {
		why := ""
		switch {
		case c.Chosen:
			why = ": " + answer.RuleMeans(c.Rule)
		case c.Lost != "":
			why = ": " + c.Lost
		}
		fmt.Fprintf(w, "    %s %s by %s%s\n", mark(c.Chosen), cmp.Or(c.Name, "nobody"), c.Rule, why)
	}
	for _, d := range r.Details {
		words := "taken over"
		if d.Words != nil {
			words = inQuotes(d.Words.Text)
		}
		fmt.Fprintf(w, "  %s %s: %s, %s\n", d.Field, d.Value, d.Rule, words)
	}
	if len(r.Weights) > 0 {
		fmt.Fprintln(w, "  what made it more certain (+) and less (-)")
	}
	for _, x := range r.Weights {
		fmt.Fprintf(w, "    %+.2f %s\n", x.Weight, x.Feature)
	}
}

// mark returns the sign that stands before what was chosen, and spaces before what was
// not.
func mark(chosen bool) string {
	if chosen {
		return "→"
	}
	return " "
}

// longestShown is how many letters of a quotation are shown.
const longestShown = 80

// inQuotes returns s on one line, in quotation marks, cut if it is long.
func inQuotes(s string) string {
	letters := []rune(strings.Join(strings.Fields(s), " "))
	if len(letters) > longestShown {
		letters = append(letters[:longestShown], '…')
	}
	return "“" + string(letters) + "”"
}
