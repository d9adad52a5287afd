package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/query"
	"dateline/relate/exchange"
)

var exchangesCommand = command{
	name:  "exchanges",
	args:  "QUERY [< RECORDS]",
	short: "prints requests with what is reported of their replies, open and answered",
	long: `Exchanges prints who asked whom for something, in a letter or by word, when, and
what is reported of the replies: each with the sentence that tells it, word for word.
What only announces a reply is apart. A request without a reply is open.

From a terminal it reads the articles that the query finds in the archive; so it
does with -archive. Else it reads records, one JSON object a line, from standard
input, all of them; a query is not looked at. Records without "findings" have them
found.

    dateline exchanges -open ministry
    dateline exchanges < records.jsonl

With -json each line is an exchange as an object (doc/answers.md).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print one exchange a line as JSON")
		open := fs.Bool("open", false, "print those alone of which no reply is told")
		limit := fs.Int("limit", 2000, "read the newest `n` articles of the archive")
		return func(ctx context.Context, s streams, args []string) error {
			if *limit < 1 {
				return usagef("-limit %d: must be 1 or more", *limit)
			}
			q, err := parseQuery(strings.Join(args, " "))
			if err != nil {
				return err
			}
			p := exchangePrinting{json: *asJSON, open: *open}
			if !given(fs, "archive") && piped(os.Stdin) {
				return recordsExchanges(ctx, s, p)
			}
			return archiveExchanges(ctx, s, dir(), q, answer.Bounds{Articles: *limit, Time: time.Hour}, p)
		}
	},
}

// An exchangePrinting says how exchanges are printed: as JSON or for readers, and which of
// them.
type exchangePrinting struct {
	json bool // as objects; else for reading
	open bool // those without a reply alone
}

// archiveExchanges prints the exchanges of what q finds in the archive in dir.
func archiveExchanges(ctx context.Context, s streams, dir string, q query.Query, b answer.Bounds, p exchangePrinting) error {
	a, err := openForReading(ctx, s, dir)
	if err != nil {
		return err
	}
	found, err := answer.NewExchanges(ctx, a, q, b)
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	if found.LeftOut.Articles > 0 {
		fmt.Fprintf(s.err, "%d older articles were not read; -limit n reads more\n", found.LeftOut.Articles)
	}
	if len(found.Exchanges) == 0 {
		fmt.Fprintln(s.err, nothingIn("no exchange", found.Articles))
	}
	return p.print(s.out, found.Exchanges)
}

// recordsExchanges prints the exchanges of the records on standard input.
func recordsExchanges(ctx context.Context, s streams, p exchangePrinting) error {
	var c exchange.Collector
	names := map[*dateline.Article]string{}
	partly, err := eachRecord(ctx, s, "exchanges", func(l line) error {
		a, f, name, err := readRecord(l)
		if err == nil && f == nil {
			f, err = archive.Understand(a)
		}
		if err == nil {
			names[a] = name
			c.Add(a, f.Events)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := p.print(s.out, answer.ListExchanges(&c, func(a *dateline.Article) (string, *answer.Ref) { return names[a], nil })); err != nil {
		return err
	}
	if partly {
		return errPartly
	}
	return nil
}

// print prints exchanges.
func (p exchangePrinting) print(w io.Writer, list []answer.Exchange) error {
	out := bufio.NewWriter(w)
	for _, x := range list {
		switch {
		case p.open && !x.Open:
		case p.json:
			out.Write(append(appendJSON(nil, x), '\n'))
		default:
			printExchange(out, x)
		}
	}
	return out.Flush()
}

// printExchange prints an exchange on a few lines.
func printExchange(w io.Writer, x answer.Exchange) {
	to := "somebody"
	if len(x.To) > 0 {
		to = strings.Join(x.To, ", ")
	}
	state := "answered"
	if x.Open {
		state = "open"
	}
	fmt.Fprintf(w, "%s  %s to %s: %s\n", cmp.Or(string(x.On), "no date   "), oneLine(strings.Join(x.From, ", ")), oneLine(to), state)
	for _, part := range []struct {
		name   string
		events []answer.ExchangeEvent
	}{{"request", x.Requests}, {"announced", x.Announced}, {"reply", x.Replies}} {
		for _, e := range part.events {
			from := e.Article
			if e.Of != nil {
				from = e.Of.Outlet() + " " + e.Article
			}
			fmt.Fprintf(w, "    %-9s %-10s %s  [%s]\n", part.name, cmp.Or(string(e.Event.On), "-"), oneLine(e.Text), oneLine(from))
		}
	}
	fmt.Fprintln(w)
}
