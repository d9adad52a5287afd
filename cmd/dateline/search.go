package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"dateline"
	"dateline/archive"
	"dateline/query"
)

var searchCommand = command{
	name:  "search",
	args:  "QUERY",
	short: "finds articles: words, \"phrases\", -not, OR, publisher: by: tag: lang: section: after: before: when: said: who:",
	long: `Search prints the articles that match, newest first: words, "phrases", prefix*,
-without, OR, parentheses, and the fields publisher: by: tag: lang: section:
after: before: when: said: who:. Several arguments are one query. No query
finds everything.

    dateline search ferry '"rescue crews"' -football after:2026-01
    dateline search 'publisher:"Harbour Post" (letter OR reply)'

With -json each line is the whole record of one hit.`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one record a line")
		limit := fs.Int("limit", 20, "print at most `n` hits; 0 means all of them")
		all := fs.Bool("all", false, "said: and who: look at less certain statements, too")
		rank := fs.Bool("rank", false, "best match first in place of newest first")
		return func(ctx context.Context, s streams, args []string) error {
			if *limit < 0 {
				return usagef("-limit %d: must be 0 or more", *limit)
			}
			q, err := parseQuery(strings.Join(args, " "))
			if err != nil {
				return err
			}
			q.Doubtful = *all
			a, err := openForReading(ctx, dir())
			if err != nil {
				return err
			}
			return errors.Join(search(ctx, s, a, q, query.Options{Limit: *limit, Rank: *rank}, *asJSON), a.Close())
		}
	},
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

func search(ctx context.Context, s streams, a *archive.Archive, q query.Query, o query.Options, asJSON bool) error {
	out := bufio.NewWriter(s.out)
	n := 0
	for hit, err := range a.Search(ctx, q, o) {
		if err != nil {
			return errors.Join(out.Flush(), err)
		}
		n++
		if asJSON {
			_, err = out.Write(append(appendJSON(nil, hit.Article), '\n'))
		} else {
			err = printHit(ctx, out, a, q, hit)
		}
		if err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil || asJSON {
		return err
	}
	return reportHits(ctx, s, a, q, o, n)
}

// reportHits says on the error stream how many articles match.
func reportHits(ctx context.Context, s streams, a *archive.Archive, q query.Query, o query.Options, printed int) error {
	f, err := a.Facets(ctx, q)
	switch {
	case err != nil:
		return err
	case f.Total == 0:
		_, err = fmt.Fprintln(s.err, "no article matches; \"dateline search\" alone lists the newest")
	case f.Total > printed:
		_, err = fmt.Fprintf(s.err, "%d of %d articles; -limit 0 prints all\n", printed, f.Total)
	}
	if o.Rank && f.Total > query.RankExact {
		_, err = fmt.Fprintf(s.err, "only the newest %d were ranked\n", query.RankNewest)
	}
	return err
}

// printHit prints a hit on a few lines, with the statements that q asks for or
// else with a passage of the text.
func printHit(ctx context.Context, w *bufio.Writer, ar *archive.Archive, q query.Query, hit query.Hit) error {
	a := hit.Article
	day := a.Published.Day()
	if day == "" {
		day = "no date   "
	}
	publisher := a.Publisher.Name
	if publisher == "" {
		publisher = a.Publisher.Site
	}
	headline := a.Headline
	if headline == "" {
		headline = "(no headline)"
	}
	fmt.Fprintf(w, "%s  %s\n            %s  %s  %s\n", day, oneLine(headline), oneLine(publisher), a.ID, oneLine(a.Canonical))
	switch {
	case q.Statements():
		if err := printSaid(ctx, w, ar, q, a); err != nil {
			return err
		}
	case q.Root != nil:
		fmt.Fprint(w, "            ")
		for _, f := range query.Snippet(q, a.Text, 160) {
			fmt.Fprint(w, oneLine(f.Text))
		}
		fmt.Fprintln(w)
	}
	return w.WriteByte('\n')
}

// hitStatements is the number of statements that are printed of a hit.
const hitStatements = 3

func printSaid(ctx context.Context, w *bufio.Writer, ar *archive.Archive, q query.Query, a *dateline.Article) error {
	f, err := ar.Findings(ctx, a.Capture)
	if errors.Is(err, dateline.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	n := 0
	for i := range f.Statements {
		if s := &f.Statements[i]; n < hitStatements && q.Selects(a, s) {
			n++
			fmt.Fprintf(w, "            %s\n", oneLine(nameAndWords(a, s)))
		}
	}
	return nil
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
