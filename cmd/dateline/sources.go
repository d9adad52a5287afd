package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"dateline"
	"dateline/acquire/feed"
	"dateline/acquire/follow"
	"dateline/answer"
	"dateline/archive"
)

var sourcesCommand = command{
	name:  "sources",
	args:  "[add|pause|resume|remove SOURCE…] | [export]",
	short: "lists the sources that are followed and how they are; adds, pauses, removes them",
	long: `Sources lists what "dateline follow" asks: how each is, when it was asked last and
is asked next, how often, and how many articles it brought. What is wrong is said
in a word and in words: a challenge, a page in place of the feed, silence, a
certificate, robots.txt.

    dateline sources add URL…      adds sources, asked when "dateline follow" runs
    dateline sources pause URL…    leaves them alone until
    dateline sources resume URL…   asks them again, at once
    dateline sources remove URL…   forgets them; what they brought stays
    dateline sources export        prints them as OPML

With -json the list is an object (doc/answers.md).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print an object")
		return func(ctx context.Context, s streams, args []string) error {
			what := "list"
			if len(args) > 0 {
				what, args = args[0], args[1:]
			}
			switch what {
			case "list", "export":
				if len(args) > 0 {
					return usagef("%s takes no source", what)
				}
				a, err := openForReading(ctx, s, dir())
				if err != nil {
					return err
				}
				return errors.Join(listSources(ctx, s, a, what == "export", *asJSON), a.Close())
			case "add", "pause", "resume", "remove":
				if len(args) == 0 {
					return usagef("%s needs a source", what)
				}
				a, err := openForWriting(ctx, s, dir(), archive.Options{Existing: what != "add"})
				if err != nil {
					return err
				}
				return errors.Join(changeSources(ctx, a, what, args), a.Close())
			}
			return usagef("cannot %s sources, only add, pause, resume, remove or export them", what)
		}
	},
}

func changeSources(ctx context.Context, a *archive.Archive, what string, addresses []string) error {
	for _, address := range addresses {
		if what == "add" {
			if _, _, err := follow.Register(ctx, a.Sources(), address, "", ""); err != nil {
				return usageError{err}
			}
			continue
		}
		src, err := a.Sources().Get(ctx, address)
		if errors.Is(err, dateline.ErrNotFound) {
			return fmt.Errorf("%s is not followed; \"dateline sources\" lists what is", address)
		}
		if err != nil {
			return err
		}
		switch what {
		case "pause":
			src.Paused = true
		case "resume":
			src.Paused, src.Fails, src.Next = false, 0, time.Now().UTC().Truncate(time.Second)
		case "remove":
			src.Gone = true
		}
		if err := a.Sources().Put(ctx, src); err != nil {
			return err
		}
	}
	return nil
}

// kindOf is what a source is, in words.
func kindOf(s answer.Source) string {
	switch {
	case s.Kind != "":
		return s.Kind
	case s.Asked == "":
		return "not asked yet"
	}
	return "what it is is not known yet"
}

func listSources(ctx context.Context, s streams, a *archive.Archive, export, asJSON bool) error {
	list, err := answer.NewSources(ctx, a.Sources())
	switch {
	case err != nil:
		return err
	case asJSON:
		return printJSON(s.out, list)
	case export:
		var outlines []feed.Outline
		for _, src := range list.Sources {
			outlines = append(outlines, feed.Outline{Title: src.Title, URL: src.Address})
		}
		return feed.WriteOPML(s.out, outlines)
	}
	out := bufio.NewWriter(s.out)
	for _, src := range list.Sources {
		fmt.Fprintf(out, "%-12s  %s", src.State, oneLine(src.URL))
		if src.Title != "" {
			fmt.Fprintf(out, "  %s", oneLine(src.Title))
		}
		fmt.Fprintf(out, "\n              %s, %d articles, asked %s, next %s\n", kindOf(src), src.Found, cmp.Or(src.Asked, "never"), cmp.Or(src.Next, "never"))
		if src.Why != "" {
			fmt.Fprintf(out, "              %s\n", oneLine(src.Why))
		}
	}
	if err := out.Flush(); err != nil || len(list.Sources) > 0 {
		return err
	}
	_, err = fmt.Fprintln(s.err, "no sources are followed; \"dateline follow SOURCE…\" follows some")
	return err
}
