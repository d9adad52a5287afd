package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"dateline/relate/version"
)

// printDiff prints what changed, for reading: words that only the earlier
// capture has in [-…-], those that only the later one has in {+…+}, as
// "git diff --word-diff" does.
func printDiff(w io.Writer, d *version.Diff) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s", d.Verdict)
	if len(d.Changed) > 0 {
		fmt.Fprintf(out, ": %s", strings.Join(d.Changed, ", "))
	}
	fmt.Fprintf(out, "   [%s]\n", d.Rule)
	for i, p := range d.Parts {
		if p.Same {
			continue
		}
		fmt.Fprintf(out, "\n%s%s\n    ", p.Field, explainers(d, i))
		if p.Moved {
			fmt.Fprint(out, "(moved) ")
		}
		for _, r := range p.Runs {
			fmt.Fprint(out, marked(r))
		}
		fmt.Fprintln(out)
	}
	if len(d.Statements)+len(d.Figures)+len(d.Dates) > 0 {
		fmt.Fprintln(out)
	}
	for _, s := range d.Statements {
		fmt.Fprintf(out, "statement %s: %s: %s", s.Change, oneLine(s.Speaker), oneLine(s.Words))
		if s.Was != "" {
			fmt.Fprintf(out, " (was: %s)", oneLine(s.Was))
		}
		if s.WasBy != "" {
			fmt.Fprintf(out, " (was said by %s)", oneLine(s.WasBy))
		}
		fmt.Fprintln(out)
	}
	printValues(out, "figure", d.Figures)
	printValues(out, "date", d.Dates)
	for _, c := range d.Corrections {
		fmt.Fprintf(out, "the article says: %s\n", oneLine(c.Text))
	}
	return out.Flush()
}

// explainers says which stated correction explains a part.
func explainers(d *version.Diff, part int) string {
	for _, c := range d.Corrections {
		for _, i := range c.Explains {
			if i == part {
				return " (the article says so)"
			}
		}
	}
	return ""
}

// marked is a run as it is printed, its marks within the white space around it.
func marked(r version.Run) string {
	text := oneLine(r.Text)
	bare := strings.TrimSpace(text)
	open, shut := "", ""
	switch r.Only {
	case version.Before:
		open, shut = "[-", "-]"
	case version.After:
		open, shut = "{+", "+}"
	}
	return text[:strings.Index(text, bare)] + open + bare + shut
}

func printValues(w io.Writer, what string, list []version.Value) {
	for _, v := range list {
		switch v.Change {
		case "changed":
			fmt.Fprintf(w, "%s changed: %s → %s\n", what, oneLine(v.Before), oneLine(v.After))
		default:
			fmt.Fprintf(w, "%s %s: %s\n", what, v.Change, oneLine(v.Before+v.After))
		}
	}
}
