package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/query"
	"dateline/surface/export"
)

var exportCommand = command{
	name:  "export",
	args:  "QUERY",
	short: "writes captures for other programs: WARC, WACZ, CDXJ",
	long: `Export writes the captures of the articles that a query finds ("dateline help
search"), all versions of each; without a query those of the whole archive. It
writes to standard output, or with -o to a file that is there only once it is whole.

    warc    the records just as they are stored, one gzip member each
    wacz    the same in one file for replay (WACZ 1.1.1), with index and list of pages
    cdxj    the index of the archive's own WARC files, as pywb reads it

    dateline export -format wacz -o bridge.wacz bridge after:2026-02
    dateline export -format cdxj > index.cdxj

A capture that cannot be read is reported and left out (exit status 3).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		format := fs.String("format", "warc", "write `format`: warc, wacz or cdxj")
		name := fs.String("o", "-", "write to `file`; - is standard output")
		return func(ctx context.Context, s streams, args []string) error {
			write, ok := exportFormats[*format]
			if !ok {
				return usagef("-format %s: there are warc, wacz and cdxj", *format)
			}
			if *name == "-" && *format != "cdxj" && isTerminal(s.out) {
				return usagef("-format %s is nothing for a terminal: name a file with -o", *format)
			}
			q, a, err := openForQuery(ctx, s, dir(), args)
			if err != nil {
				return err
			}
			return errors.Join(exportTo(ctx, s, a, q, *name, write), a.Close())
		}
	},
}

// An exporter writes captures in one format, and returns how many.
type exporter func(context.Context, io.Writer, *archive.Archive, export.Captures, export.Options) (int, error)

// exportFormats are the values of export's -format.
var exportFormats = map[string]exporter{
	"warc": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.WARC(ctx, out, a, captures, o)
	},
	"wacz": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.WACZ(ctx, out, a, captures, pagesOf(ctx, a), o)
	},
	"cdxj": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.CDXJ(ctx, out, a, captures, o)
	},
}

func exportTo(ctx context.Context, s streams, a *archive.Archive, q query.Query, name string, write exporter) error {
	captures, title := a.Captures(ctx), q.String()
	if title != "" {
		captures = a.CapturesOf(ctx, q)
	}
	out, done, err := outputFile(s, name)
	if err != nil {
		return err
	}
	p, lost := newProgress(s.err), 0
	w := bufio.NewWriter(out)
	n, err := write(ctx, w, a, captures, export.Options{
		Software: "dateline/" + release(), Title: title, Made: time.Now(),
		Lost: func(err error) {
			lost++
			p.message(s.err, fmt.Sprintf("left out: %v", err))
		},
		Done: func() { p.add(1) },
	})
	if err == nil {
		err = w.Flush()
	}
	p.end()
	if err = done(err); err != nil {
		return err
	}
	captured := "captures"
	if n == 1 {
		captured = "capture"
	}
	fmt.Fprintf(s.err, "exported %d %s\n", n, captured)
	if lost > 0 {
		return errPartly
	}
	return nil
}

// pagesOf says what a list of pages calls a capture.
func pagesOf(ctx context.Context, a *archive.Archive) func(*dateline.Capture) (export.Page, error) {
	return func(c *dateline.Capture) (export.Page, error) {
		art, err := a.Find(ctx, string(c.ID))
		if errors.Is(err, dateline.ErrNotFound) {
			return export.Page{}, nil
		}
		if err != nil {
			return export.Page{}, err
		}
		return export.Page{Title: art.Headline, Skip: art.Skip != ""}, nil
	}
}

// outputFile opens what is to be written: standard output, or a file that takes its name
// only when done is called without an error. done returns the error that it is given, or
// what went wrong at the end.
func outputFile(s streams, name string) (out io.Writer, done func(error) error, err error) {
	if name == "-" {
		return s.out, func(err error) error { return err }, nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".dateline-*")
	if err != nil {
		return nil, nil, err
	}
	return f, func(err error) error {
		if err == nil {
			err = f.Sync()
		}
		err = errors.Join(err, f.Close())
		if err == nil {
			err = os.Chmod(f.Name(), 0o644)
		}
		if err == nil {
			err = os.Rename(f.Name(), name)
		}
		if err != nil {
			_ = os.Remove(f.Name()) // the error says what matters
		}
		return err
	}, nil
}
