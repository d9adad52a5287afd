package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"dateline"
	"dateline/archive"
)

var showCommand = command{
	name:  "show",
	args:  "URL|ID",
	short: "prints one article of the archive, or its raw capture",
	long: `Show prints the newest version of an article with the evidence for each field,
and who says what in it: by its address, as requested or canonical, by its key,
or, for one version, by the key of its capture. With -raw it writes the body of
the capture exactly as it was received, and nothing else.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print the record as JSON")
		raw := fs.Bool("raw", false, "write the captured body, byte by byte")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs one address or key")
			}
			a, err := openForReading(ctx, dir())
			if err != nil {
				return err
			}
			return errors.Join(show(ctx, s, a, args[0], *asJSON, *raw), a.Close())
		}
	},
}

func show(ctx context.Context, s streams, a *archive.Archive, ref string, asJSON, raw bool) error {
	art, err := a.Find(ctx, ref)
	if errors.Is(err, dateline.ErrNotFound) {
		return fmt.Errorf("the archive has no %s; \"dateline search\" prints addresses and keys", ref)
	}
	if err != nil {
		return err
	}
	switch {
	case raw:
		c, err := a.Capture(ctx, art.Capture)
		if err != nil {
			return err
		}
		rec, err := a.Record(ctx, c)
		if err != nil {
			return err
		}
		_, err = s.out.Write(rec.Payload)
		return err
	case asJSON:
		_, err = s.out.Write(append(appendJSON(nil, art), '\n'))
		return err
	}
	c, err := a.Capture(ctx, art.Capture)
	if err != nil {
		return err
	}
	versions, err := a.Versions(ctx, art.ID)
	if err != nil {
		return err
	}
	f, err := a.Findings(ctx, art.Capture)
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return err
	}
	return printArticle(s.out, art, f, c, len(versions))
}

// printArticle prints an article for reading: the fields with their evidence,
// the text, who says what in it, the capture it rests on.
func printArticle(w io.Writer, a *dateline.Article, f *dateline.Findings, c *dateline.Capture, versions int) error {
	out := bufio.NewWriter(w)
	field := func(name, key, value string) {
		if value == "" {
			return
		}
		fmt.Fprintf(out, "%-10s %s", name, oneLine(value))
		if e := a.Evidence[key]; e != "" {
			fmt.Fprintf(out, "   [%s]", oneLine(e))
		}
		fmt.Fprintln(out)
	}
	field("headline", "headline", a.Headline)
	field("deck", "deck", a.Deck)
	field("by", "bylines", strings.Join(a.Bylines, "; "))
	field("published", "published", string(a.Published))
	field("modified", "modified", string(a.Modified))
	field("dateline", "dateline", strings.Trim(a.Dateline.Place+" ("+a.Dateline.Agency+")", " ()"))
	field("publisher", "publisher", strings.TrimSpace(a.Publisher.Name+" "+a.Publisher.Site))
	field("section", "section", a.Section)
	field("tags", "tags", strings.Join(a.Tags, "; "))
	field("language", "lang", a.Lang)
	field("address", "canonical", a.Canonical)
	field("skip", "skip", a.Skip)
	if a.Text != "" {
		fmt.Fprintln(out)
		for block := range strings.SplitSeq(a.Text, "\n\n") {
			fmt.Fprintln(out, strings.Join(printable(block), "\n")+"\n")
		}
	}
	said := false
	for i := range f.Statements {
		if s := &f.Statements[i]; s.Sure(a) {
			said = true
			fmt.Fprintf(out, "#%-3d %s\n", i+1, oneLine(nameAndWords(a, s)))
		}
	}
	if said {
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "article %s, capture %s", a.ID, a.Capture)
	if versions > 1 {
		fmt.Fprintf(out, ", %d versions", versions)
	}
	fmt.Fprintf(out, "\n%s, %d bytes, in %s at byte %d", c.Payload, c.Length, c.File, c.Offset)
	if !c.Fetched.IsZero() {
		fmt.Fprintf(out, ", captured %s", a.Fetched)
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// printable returns the lines of s, each fit for a terminal.
func printable(s string) []string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	return lines
}
