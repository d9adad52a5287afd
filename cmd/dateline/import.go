package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
)

var importCommand = command{
	name:  "import",
	args:  "FILE|LIST…",
	short: "takes some pages out of many large WARC files",
	long: `Import reads WARC files side by side, all processors on each, and adds the pages
that the flags let through: for collections of which somebody wants a tenth. A LIST
is a text file with the path or address of a WARC file a line, also compressed, as
Common Crawl publishes them; - is a list from standard input, or one WARC file.

    dateline import -base https://data.commoncrawl.org/ -lang de,fr \
        -host example.org -day 2026-11-01..2026-11-07 warc.paths.gz

Interrupted or killed, the same command with the same flags goes on where it was, in
each file. What was left out is told in numbers, each page for the first reason.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		key := keyFlag(fs)
		open := inputFlags(fs)
		var o importing
		fs.StringVar(&o.base, "base", "", "the folder or `address` that the paths of a list count from; if not given, the folder of the list")
		fs.Func("host", "only pages of this `host` and those below it; several with commas, or the flag again", func(s string) error {
			o.keep.Hosts = append(o.keep.Hosts, splitList(strings.ToLower(s))...)
			return nil
		})
		fs.Func("lang", "only pages in this `language` (BCP 47: de is also de-AT); several with commas, or the flag again", func(s string) error {
			o.keep.Langs = append(o.keep.Langs, splitList(s)...)
			return nil
		})
		fs.Func("day", "only pages that were fetched on this `day` (UTC), or FROM..TO, either end open", o.days)
		fs.Func("match", "only pages whose address matches this regular `expression` somewhere", func(s string) (err error) {
			o.keep.Match, err = regexp.Compile(s)
			return err
		})
		again := fs.Bool("again", false, "read files from their beginning that were read before")
		asJSON := jsonFlag(fs, "print what was done as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 0 {
				return usagef("needs a WARC file, a list of them, or - for standard input")
			}
			signer, err := key()
			if err != nil {
				return err
			}
			o.again, o.json, o.in = *again, *asJSON, open(s)
			o.files, o.in.Stdin, err = acquire.Lists(args, o.base, s.in)
			if err != nil {
				return err
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{MaxBytes: o.in.MaxBytes, Key: signer})
			if err != nil {
				return err
			}
			return errors.Join(o.run(ctx, s, a), a.Close())
		}
	},
}

func splitList(s string) (list []string) {
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// importing is what import is to do.
type importing struct {
	base        string
	files       []string
	keep        acquire.Filter
	in          acquire.Options
	again, json bool
}

// days reads the value of -day.
func (o *importing) days(s string) (err error) {
	from, to, span := strings.Cut(s, "..")
	if !span {
		to = from
	}
	if from != "" {
		if o.keep.From, err = time.Parse(time.DateOnly, from); err != nil {
			return fmt.Errorf("%q is no day like 2026-11-03", from)
		}
	}
	if to != "" {
		if o.keep.To, err = time.Parse(time.DateOnly, to); err != nil {
			return fmt.Errorf("%q is no day like 2026-11-03", to)
		}
		o.keep.To = o.keep.To.AddDate(0, 0, 1)
	}
	return nil
}

func (o *importing) run(ctx context.Context, s streams, a *archive.Archive) error {
	p := newProgress(s.err)
	defer p.end()
	saved := context.WithoutCancel(ctx) // what is stored is noted, even if the user has had enough
	name := func(file string) string { return o.keep.String() + "\n" + file }
	b := &acquire.Bulk{
		Files: o.files, Keep: o.keep, MaxBytes: o.in.MaxBytes, Stdin: o.in.Stdin, Progress: p.input,
		Fetcher: &acquire.Fetcher{UserAgent: o.in.UserAgent, Allow: o.in.Allow},
		Reached: func(file string, at int64) error { return a.SetMark(saved, name(file), at) },
	}
	if !o.again {
		b.From = func(file string) (int64, error) {
			if file == "-" {
				return 0, nil
			}
			return a.Mark(ctx, name(file))
		}
	}
	var marking error
	n, err := a.Add(ctx, b.Pages, archive.AddOptions{
		Bad:       func(e error) { p.message(s.err, "dateline import: "+inputTrouble(e)) },
		Committed: func(n int) { marking = errors.Join(marking, b.Stored(n)) },
		RunOptions: archive.RunOptions{
			Done:   p.add,
			Passed: func(e error) { p.message(s.err, "dateline import: passed over: "+oneLine(e.Error())) },
		},
	})
	if err = errors.Join(err, marking); err == nil {
		err = b.Finish()
	}
	p.end()
	err = errors.Join(o.tell(s, b.Counted(), n), err)
	if err == nil && n.Bad+n.Passed > 0 {
		err = errPartly
	}
	return err
}

// tell says what was done, and what was left out and why.
func (o *importing) tell(s streams, c acquire.Counted, n archive.Added) error {
	if o.json {
		return printJSON(s.out, answer.Imported{
			Files: c.Files, Before: c.Before, Records: c.Records, Kept: c.Kept, Other: c.Other, Beside: c.Beside, Host: c.Host,
			Address: c.Address, Day: c.Day, Lang: c.Lang, Bad: n.Bad, Added: n.Pages, Known: n.Known, Orphans: n.Orphans,
		})
	}
	fmt.Fprintf(s.err, "read %d records of %d files", c.Records, c.Files)
	if c.Before > 0 {
		fmt.Fprintf(s.err, " (%d more had been read before)", c.Before)
	}
	fmt.Fprintf(s.err, "; left out %d without a page", c.Other)
	for _, left := range []struct {
		n   int
		why string
	}{{c.Host, "of other hosts"}, {c.Address, "with other addresses"}, {c.Day, "of other days"}, {c.Lang, "in other languages"}} {
		if left.n > 0 {
			fmt.Fprintf(s.err, ", %d %s", left.n, left.why)
		}
	}
	_, err := io.WriteString(s.err, "; "+n.String()+"\n")
	return err
}
