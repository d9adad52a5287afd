package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/relate/version"
)

var diffCommand = command{
	name:  "diff",
	args:  "URL|ID",
	short: "says how an article changed, word by word",
	long: `Diff compares two captures of an article as a reader does who reads both: the last
change by default, with -before and -after any two ("dateline show -versions"
lists them). Times, counters, advertisements and the design of a page are no
change. Both captures are read anew, by this program.

It prints what changed in [-words gone-] and {+words new+}, statements, figures
and dates that appeared, vanished or changed, and which change a stated
correction explains. -json prints it as an object (doc/answers.md).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print an object")
		before := fs.String("before", "", "key of the earlier `capture`; if not given, the one before the later that shows the article whole")
		after := fs.String("after", "", "key of the later `capture`; if not given, the last that shows something new")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs one address or key")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			o := answer.DiffOptions{Before: dateline.CaptureID(*before), After: dateline.CaptureID(*after)}
			return errors.Join(diff(ctx, s, a, args[0], o, *asJSON), a.Close())
		}
	},
}

func diff(ctx context.Context, s streams, a *archive.Archive, ref string, o answer.DiffOptions, asJSON bool) error {
	d, err := answer.NewDiff(ctx, a, ref, o)
	switch {
	case errors.Is(err, dateline.ErrNotFound):
		return fmt.Errorf("%s: nothing to compare: %w; \"dateline show -versions\" lists the captures of an article", ref, err)
	case err != nil:
		return err
	case asJSON:
		return printJSON(s.out, d)
	}
	for _, t := range d.Trouble {
		fmt.Fprintln(s.err, "dateline: "+t)
	}
	fmt.Fprintf(s.out, "%s\n%s\n%s  %s\n%s  %s\n", oneLine(d.After.Headline), oneLine(d.After.Canonical),
		cmp.Or(d.BeforeFetched, "time not known"), d.Before.Capture, cmp.Or(d.AfterFetched, "time not known"), d.After.Capture)
	return printDiff(s.out, d.Diff)
}

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
