package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"

	"dateline/acquire"
	"dateline/archive"
	"dateline/extract"
	"dateline/pipeline"
	"dateline/warc"
)

var extractCommand = command{
	name:  "extract",
	args:  "INPUT…",
	short: "prints the record of each page: headline, bylines, dates, text",
	long: `Extract reads pages and prints one record a page, a JSON object a line, in the
order of the input. A page that is no article is still a line: its "skip" says
why. Nothing is stored.

-explain prints instead why the record is as it is: for each field what was
considered and why it lost, for each block of the page why it is part of the text
or not, with the names of doc/schema.md. -json prints that as a JSON object a line.

` + inputHelp,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		open := inputFlags(fs)
		format := fs.String("format", "json", "what to print of each page: a record as `json`, or the article as text or markdown")
		explain := fs.Bool("explain", false, "print why each record is as it is")
		asJSON := fs.Bool("json", false, "with -explain: as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 0 {
				return usagef("needs an INPUT: a file, a folder, an address, or - for standard input")
			}
			print, ok := formats[*format]
			if !ok {
				return usagef("-format %q: there are json, text and markdown", *format)
			}
			page := func(p *acquire.Page) ([]byte, error) { return print(nil, archive.Extract(&p.Capture, p.Body)), nil }
			switch {
			case *explain && *asJSON:
				page = explained(explanationJSON)
			case *explain:
				page = explained(explanationText)
			case *asJSON && *format != "json":
				return usagef("-json goes with -explain, -format says how records are printed")
			}
			return extractPages(ctx, s, args, open(s), page)
		}
	},
}

const inputHelp = `An INPUT is an HTML file (also as SingleFile or a browser saves it, MHTML, or
compressed), a WARC file (plain, .gz or .zst), a WACZ file or a ZIP of such files, a
flattened dump (a text file that begins with " date YYYY-MM-DD URL"), JSON lines with
the keys url, html and perhaps fetched, a list of addresses, one a line, a folder of
such files (but of no lists), an http or https address, or - for standard input. What
a file holds is told by its content, not by its name.`

// inputFlags declares the flags that say how inputs are opened.
func inputFlags(fs *flag.FlagSet) func(streams) acquire.Options {
	max := maxBytesFlag(fs)
	allow := allowFlag(fs)
	return func(s streams) acquire.Options {
		return acquire.Options{MaxBytes: *max, Allow: *allow, Stdin: s.in, UserAgent: "dateline/" + release()}
	}
}

// explained returns what prints of a page why its record is as it is.
func explained(print func([]byte, *extract.Explanation) []byte) func(*acquire.Page) ([]byte, error) {
	return func(p *acquire.Page) ([]byte, error) {
		e, err := archive.Explain(&p.Capture, p.Body)
		if err != nil {
			return nil, err
		}
		return print(nil, e), nil
	}
}

// extractPages prints what print makes of each page.
func extractPages(ctx context.Context, s streams, inputs []string, o acquire.Options, print func(*acquire.Page) ([]byte, error)) error {
	// A revisit repeats a page that has been printed already.
	record := func(p acquire.Page) ([]byte, error) {
		if p.Record == warc.TypeRevisit {
			return nil, nil
		}
		return print(&p)
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	partly := false
	for _, input := range inputs {
		for rec, err := range pipeline.Map(acquire.Open(ctx, input, o), 0, record) {
			if err != nil {
				if ctx.Err() != nil {
					return errors.Join(ctx.Err(), out.Flush())
				}
				fmt.Fprintln(s.err, "dateline extract:", inputTrouble(err))
				partly = true
			}
			if _, err := out.Write(rec); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if partly {
		return errPartly
	}
	return nil
}

// inputTrouble is what a user is told of an input that could not be read.
func inputTrouble(err error) string {
	if errors.Is(err, acquire.ErrPrivate) {
		return err.Error() + "; -allow-private NET fetches it"
	}
	return err.Error()
}
