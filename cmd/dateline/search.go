package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
)

var searchCommand = command{
	name:  "search",
	args:  "QUERY",
	short: "finds articles: words, \"phrases\", -not, OR, " + fieldNames(),
	long: `Search prints the articles that match, newest first: words, "phrases", prefix*,
-without, OR, parentheses, and the fields
` + fieldNames() + `.
Several arguments are one query. Without a query it lists all articles.

    dateline search ferry '"car deck"' -football after:2026-01
    dateline search 'publisher:"Meridian Press Agency" (letter OR reply)'

With -json each line is a hit as an object (doc/answers.md); with -records it is
the whole record, as "dateline extract" prints it, for other stages to read.`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one hit a line as JSON")
		records := fs.Bool("records", false, "print the whole record of each hit, one a line as JSON")
		limit := fs.Int("limit", 20, "print at most `n` hits; 0 means all of them")
		all := fs.Bool("all", false, "said: and who: look at less certain statements, too")
		copies := fs.Bool("copies", false, "print articles that print the report of one before them, too; -json and -records always do")
		rank := fs.Bool("rank", false, "best match first in place of newest first")
		return func(ctx context.Context, s streams, args []string) error {
			if *limit < 0 {
				return usagef("-limit %d: must be 0 or more", *limit)
			}
			if *records && *asJSON {
				return usagef("-json and -records: one of them")
			}
			q, a, err := openForQuery(ctx, s, dir(), args)
			if err != nil {
				return err
			}
			q.Doubtful = *all
			p := hitPrinting{query: q, json: *asJSON, records: *records, fold: !*copies && !*asJSON && !*records}
			return errors.Join(search(ctx, s, a, index.Options{Limit: *limit, Rank: *rank}, p), a.Close())
		}
	},
}

// fieldNames lists the fields of the query language as they are typed.
func fieldNames() string { return strings.Join(field.Names(), ": ") + ":" }

// openForQuery parses the arguments of a command as one query, and opens the archive in
// dir for reading, to answer it.
func openForQuery(ctx context.Context, s streams, dir string, args []string) (query.Query, *archive.Archive, error) {
	q, err := parseQuery(strings.Join(args, " "))
	if err != nil {
		return q, nil, err
	}
	a, err := openForReading(ctx, s, dir)
	return q, a, err
}

// parseQuery parses a query; an error shows where the trouble is.
func parseQuery(text string) (query.Query, error) {
	q, err := query.Parse(text)
	var syntax *query.SyntaxError
	if errors.As(err, &syntax) {
		caret := strings.Repeat(" ", len([]rune(text[:min(syntax.Offset, len(text))]))) + "^"
		return q, usagef("%w\n    %s\n    %s", err, text, caret)
	}
	return q, err
}

// A hitPrinting says how the hits of a query are printed: as JSON, as records, or for
// readers.
type hitPrinting struct {
	query         query.Query
	json, records bool // as objects; else for reading
	fold          bool // without articles that print the report of one before them
}

func search(ctx context.Context, s streams, a *archive.Archive, o index.Options, p hitPrinting) error {
	out := bufio.NewWriter(s.out)
	n, folded, met := 0, 0, reports{}
	for hit, err := range answer.Hits(ctx, a, p.query, o) {
		if err != nil {
			return errors.Join(out.Flush(), err)
		}
		n++
		if p.fold {
			copied, err := met.copies(ctx, a, hit.Article)
			if err != nil {
				return errors.Join(out.Flush(), err)
			}
			if copied {
				folded++
				continue
			}
		}
		if _, err := out.WriteString(p.text(hit)); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil || p.json || p.records {
		return err
	}
	if folded > 0 {
		if _, err := fmt.Fprintf(s.err, "%s left out that print a report above; -copies prints them\n", counted(folded, "article")); err != nil {
			return err
		}
	}
	return reportHits(ctx, s, a, p.query, o, n)
}

// reports are those that were printed.
type reports map[dateline.ArticleID]bool

// copies reports whether an article prints one of the reports, and adds its own.
func (r reports) copies(ctx context.Context, a *archive.Archive, id dateline.ArticleID) (bool, error) {
	groups, err := a.GroupsOf(ctx, id)
	if err != nil || groups[0] == nil {
		return false, err
	}
	copied := r[groups[0].Report]
	r[groups[0].Report] = true
	return copied, nil
}

// text is a hit as it is printed, with its end of line.
func (p hitPrinting) text(h answer.Hit) string {
	switch {
	case p.json:
		return string(appendJSON(nil, h)) + "\n"
	case p.records:
		return string(appendJSON(nil, h.Record)) + "\n"
	}
	return hitLines(p.query, h)
}

// reportHits says on the error stream how many articles match.
func reportHits(ctx context.Context, s streams, a *archive.Archive, q query.Query, o index.Options, printed int) error {
	f, err := a.Facets(ctx, q)
	switch {
	case err != nil:
		return err
	case f.Total == 0:
		_, err = fmt.Fprintln(s.err, "no article matches; \"dateline search\" alone lists the newest")
	case f.Total > printed:
		_, err = fmt.Fprintf(s.err, "%d of %d articles; -limit 0 prints all\n", printed, f.Total)
	}
	if o.Rank && f.Total > index.RankExact {
		_, err = fmt.Fprintf(s.err, "only the newest %d were ranked\n", index.RankNewest)
	}
	return err
}

// hitLines is a hit on a few lines, with the statements that q asks for or
// else with a passage of the text.
func hitLines(q query.Query, h answer.Hit) string {
	const indent = "            "
	var b strings.Builder
	day := cmp.Or(h.Published.Day(), "no date   ")
	headline := cmp.Or(h.Headline, "(no headline)")
	fmt.Fprintf(&b, "%s  %s\n%s%s  %s  %s\n", day, oneLine(headline), indent, oneLine(h.Outlet()), h.Article, oneLine(h.Canonical))
	switch {
	case q.Statements():
		for _, s := range h.Statements {
			fmt.Fprintf(&b, "%s%s\n", indent, oneLine(nameAndWords(s)))
		}
	case q.Root != nil:
		b.WriteString(indent)
		for _, f := range query.Snippet(q, h.Record.Text, 160) {
			b.WriteString(oneLine(f.Text))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.String()
}

// oneLine returns s without control characters, so that a page cannot write
// to the terminal; line breaks become spaces.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
