package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/relate/timeline"
	"dateline/understand"
)

var timelineCommand = command{
	name:  "timeline",
	args:  "QUERY [< RECORDS]",
	short: "prints the days of a story, each with the sentences that most reports support",
	long: `Timeline prints the days that articles speak of and are published on, and for
each the sentences that most reports support, word for word, with the article.
Days that articles look back to count most.

From a terminal it reads the articles that the query finds in the archive; so it
does with -archive. Else it reads records, one JSON object a line, from standard
input: all of them, and the query says what the timeline is about. Records without
"findings" have their dates found.

    dateline timeline -days 12 marenna
    dateline timeline -from 2026-02-01 -to 2026-03-01 "ferry marenna" < records.jsonl

With -json each line is a day as an object (doc/answers.md).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one day a line as JSON")
		from := fs.String("from", "", "the first `day`, as in 2026-02-05")
		to := fs.String("to", "", "the last `day`")
		days := fs.Int("days", timeline.DefaultDays, "print at most `n` days")
		sentences := fs.Int("sentences", 1, "print at most `n` sentences a day")
		limit := fs.Int("limit", 2000, "read the newest `n` articles of the archive")
		return func(ctx context.Context, s streams, args []string) error {
			for _, d := range []string{*from, *to} {
				if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
					return usagef("%q is no day; write it as 2026-02-05", d)
				}
			}
			if *days < 1 || *sentences < 1 || *limit < 1 {
				return usagef("-days, -sentences and -limit must be 1 or more")
			}
			q, err := parseQuery(strings.Join(args, " "))
			if err != nil {
				return err
			}
			r := timeline.Request{Query: q, From: *from, To: *to, Days: *days, Sentences: *sentences}
			if !given(fs, "archive") && piped(os.Stdin) {
				return recordsTimeline(ctx, s, r, *asJSON)
			}
			return archiveTimeline(ctx, s, dir(), r, answer.Bounds{Articles: *limit, Time: time.Hour}, *asJSON)
		}
	},
}

// given reports whether a flag was set.
func given(fs *flag.FlagSet, name string) (set bool) {
	fs.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// piped reports whether f is something that records can come from: no terminal and no
// other device.
func piped(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice == 0
}

// archiveTimeline prints the timeline of what the query of r finds in the archive in dir.
func archiveTimeline(ctx context.Context, s streams, dir string, r timeline.Request, b answer.Bounds, asJSON bool) error {
	a, err := openForReading(ctx, s, dir)
	if err != nil {
		return err
	}
	found, err := answer.NewTimeline(ctx, a, r.Query, r, b)
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	if found.LeftOut.Articles > 0 {
		fmt.Fprintf(s.err, "%d older articles were not read; -limit n reads more\n", found.LeftOut.Articles)
	}
	if len(found.Days) == 0 {
		fmt.Fprintln(s.err, nothingIn("no day", found.Articles))
	}
	return printDays(s.out, found.Days, asJSON)
}

// nothingIn says that there is nothing of a kind in the articles that a query found.
func nothingIn(what string, articles int) string {
	if articles == 0 {
		return "no article matches; \"dateline search\" alone lists the newest"
	}
	return what + " in " + counted(articles, "article")
}

// recordsTimeline prints the timeline of the records on standard input.
func recordsTimeline(ctx context.Context, s streams, r timeline.Request, asJSON bool) error {
	m := timeline.New(r)
	names := map[*dateline.Article]string{}
	partly, err := eachRecord(ctx, s, "timeline", func(l line) error {
		a, dates, name, err := datedRecord(l)
		if err == nil {
			names[a] = name
			m.Add(a, dates)
		}
		return err
	})
	if err != nil {
		return err
	}
	days := answer.TimelineDays(m, func(a *dateline.Article) (string, *answer.Ref) { return names[a], nil })
	if err := printDays(s.out, days, asJSON); err != nil {
		return err
	}
	if partly {
		return errPartly
	}
	return nil
}

// eachRecord gives each line of standard input to do, and tells of those that it could make
// nothing of, which is partly. The error is that of the input or of ctx.
func eachRecord(ctx context.Context, s streams, command string, do func(line) error) (partly bool, err error) {
	for l, err := range lines(ctx, s.in) {
		if err != nil {
			return partly, err
		}
		if err := do(l); err != nil {
			fmt.Fprintf(s.err, "dateline %s: %v\n", command, err)
			partly = true
		}
	}
	return partly, ctx.Err()
}

// datedRecord returns the article that a line is the record of, the dates found in it,
// and what it is called.
func datedRecord(l line) (*dateline.Article, []dateline.Timex, string, error) {
	a, f, name, err := readRecord(l)
	switch {
	case err != nil:
		return nil, nil, "", err
	case f == nil:
		return a, understand.Dates(a), name, nil
	}
	return a, f.Dates, name, nil
}

// readRecord returns the article that a line is the record of, its findings if it has any, and
// what it is called: its id or address.
func readRecord(l line) (*dateline.Article, *dateline.Findings, string, error) {
	a, err := l.article()
	if err != nil {
		return nil, nil, "", err
	}
	var rest struct {
		ID       string             `json:"id"`
		Findings *dateline.Findings `json:"findings"`
	}
	if err := json.Unmarshal(l.text, &rest); err != nil {
		return nil, nil, "", fmt.Errorf("standard input: line %d: %w", l.number, err)
	}
	if rest.Findings != nil {
		if err := rest.Findings.Check(a); err != nil {
			return nil, nil, "", fmt.Errorf("standard input: line %d: findings: %w", l.number, err)
		}
	}
	return a, rest.Findings, cmp.Or(rest.ID, a.Canonical, a.URL), nil
}

// printDays prints the days of a timeline, for programs or for readers.
func printDays(w io.Writer, days []answer.TimelineDay, asJSON bool) error {
	out := bufio.NewWriter(w)
	for _, d := range days {
		if asJSON {
			out.Write(append(appendJSON(nil, d), '\n'))
			continue
		}
		for i, t := range d.Sentences {
			day := d.Date
			if i > 0 {
				day = strings.Repeat(" ", len(day))
			}
			fmt.Fprintf(out, "%s  %s\n            [%s, bytes %d to %d; %s]\n", day, oneLine(t.Text), oneLine(sentenceFrom(t)), t.Start, t.End, reportsOf(t.Reports))
		}
	}
	return out.Flush()
}

// sentenceFrom says which article a sentence stands in.
func sentenceFrom(t answer.TimelineSentence) string {
	if t.Of == nil {
		return t.Article
	}
	return t.Of.Outlet() + " " + t.Article
}

// reportsOf counts reports in words.
func reportsOf(n int) string {
	if n == 1 {
		return "one report"
	}
	return fmt.Sprintf("%d reports", n)
}
