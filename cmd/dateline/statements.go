package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"dateline/answer"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/relate/speaker"
	"dateline/surface/cite"
)

var statementsCommand = command{
	name:  "statements",
	args:  "QUERY",
	short: "prints who said what in the articles that match, one statement a line",
	long: `Statements prints the statements of the articles that match, those of the newest
article first: day, key, speaker, words, outlet. The fields who: and said: also
choose among the statements of an article; the other fields and words choose
articles only. Without a query it prints the statements of all articles.

    dateline statements 'who:velikar said:letter*'
    dateline statements 'who:"Marit Ossa" publisher:"Meridian Press Agency"'

Printed are the statements that are told apart with high precision; -all prints
less certain ones, too. The key, ARTICLE#N, is what "dateline cite" takes. With
-json each line is an object: the statement as the record has it, its words, and
what prints it (doc/answers.md); with -format the statements are cited, in one file.

    dateline statements who:velikar -format bibtex -limit 0 > velikar.bib`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one statement a line as JSON")
		limit := fs.Int("limit", 50, "print at most `n` statements; 0 means all of them")
		all := fs.Bool("all", false, "print less certain statements, too")
		format := fs.String("format", "", "print citations: `text`, bibtex, ris, csl or annotation")
		return func(ctx context.Context, s streams, args []string) error {
			if *limit < 0 {
				return usagef("-limit %d: must be 0 or more", *limit)
			}
			f, ok := citeFormat(*format)
			if *format != "" && (!ok || *asJSON) {
				return usagef("-format %s: there are text, bibtex, ris, csl and annotation, without -json", *format)
			}
			q, a, err := openForQuery(ctx, s, dir(), args)
			if err != nil {
				return err
			}
			q.Doubtful = *all
			p := printing{item: func(r speaker.Statement) string { return statementLine(answer.NewStatement(r)) + "\n" }}
			switch {
			case *asJSON:
				p = printing{item: func(r speaker.Statement) string { return string(appendJSON(nil, answer.NewStatement(r))) + "\n" }, quiet: true}
			case ok:
				cited := func(r speaker.Statement) string { return f.Item(cite.New(r.Article, r.Finding())) }
				p = printing{item: cited, head: f.Head, sep: f.Sep, foot: f.Foot}
			}
			return errors.Join(statements(ctx, s, a, q, *limit, p), a.Close())
		}
	},
}

// A printing says how a statement is printed, and what is printed before, between and
// after several.
type printing struct {
	item            func(speaker.Statement) string
	head, sep, foot string // before, between and after them
	quiet           bool   // say nothing of what is not printed
}

func statements(ctx context.Context, s streams, a *archive.Archive, q query.Query, limit int, p printing) error {
	out := bufio.NewWriter(s.out)
	if _, err := out.WriteString(p.head); err != nil {
		return err
	}
	n, more := 0, false
	for r, err := range speaker.Statements(ctx, a, q, index.Options{}) {
		if err != nil {
			return errors.Join(out.Flush(), err)
		}
		if more = limit > 0 && n == limit; more {
			break
		}
		text := p.item(r)
		if n > 0 {
			text = p.sep + text
		}
		n++
		if _, err := out.WriteString(text); err != nil {
			return err
		}
	}
	if _, err := out.WriteString(p.foot); err != nil {
		return err
	}
	if err := out.Flush(); err != nil || p.quiet {
		return err
	}
	switch {
	case n == 0:
		_, err := fmt.Fprintln(s.err, "no statement matches; -all looks at less certain ones, too")
		return err
	case more:
		_, err := fmt.Fprintf(s.err, "the first %d statements; -limit 0 prints all\n", n)
		return err
	}
	return nil
}

// statementLine is a statement for reading.
func statementLine(s answer.Statement) string {
	day := cmp.Or(s.Day().Day(), "no date   ")
	var how []string
	via := strings.Join(s.Via, ", ")
	if via != "" {
		via = "according to " + via
	}
	for _, h := range []string{s.Polarity, s.Medium, s.Hedge, via} {
		if h != "" {
			how = append(how, h)
		}
	}
	how = append(how, s.Outlet())
	return oneLine(fmt.Sprintf("%s  %s  %s  [%s]", day, s.ID, nameAndWords(s), strings.Join(how, "; ")))
}

// nameAndWords says who said what.
func nameAndWords(s answer.Statement) string {
	name := cmp.Or(s.Name, "(speaker not named)")
	if s.Role != "" {
		name += ", " + s.Role
	}
	words := strings.Join(s.Words, " … ")
	if s.Kind == "direct" {
		words = "“" + words + "”"
	}
	return name + ": " + words
}
