package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"dateline/answer"
	"dateline/archive"
	"dateline/query"
)

var changesCommand = command{
	name:  "changes",
	args:  "[QUERY]",
	short: "lists what outlets changed without saying so",
	long: `Changes looks at the articles that a query finds ("dateline help search"; all of them
without one) and lists
how they were changed after they were first captured, the last change first: the
changes about which the article itself says nothing, or with -all those, too,
that a stated correction speaks of. Articles that were taken down are listed, too.

    dateline changes publisher:"Harbour Post" after:2026-02
    dateline changes -all bridge

"dateline diff CAPTURE" shows one of them whole. -json prints an object
(doc/answers.md).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print an object")
		all := fs.Bool("all", false, "those that the article states, too")
		limit := fs.Int("limit", 500, "look at the newest `n` articles")
		return func(ctx context.Context, s streams, args []string) error {
			if *limit < 1 {
				return usagef("-limit %d: must be 1 or more", *limit)
			}
			q, a, err := openForQuery(ctx, s, dir(), args)
			if err != nil {
				return err
			}
			o := answer.ChangesOptions{Stated: *all, Bounds: answer.Bounds{Articles: *limit, Time: 365 * 24 * time.Hour}}
			return errors.Join(changes(ctx, s, a, q, o, *asJSON), a.Close())
		}
	},
}

func changes(ctx context.Context, s streams, a *archive.Archive, q query.Query, o answer.ChangesOptions, asJSON bool) error {
	found, err := answer.NewChanges(ctx, a, q, o)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(s.out, found)
	}
	out := bufio.NewWriter(s.out)
	for _, c := range found.Changes {
		printChange(out, c)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if found.Stated > 0 {
		fmt.Fprintf(s.err, "%d more that the articles state; -all prints them, too\n", found.Stated)
	}
	if found.LeftOut.Articles > 0 {
		fmt.Fprintf(s.err, "%d older articles were not looked at; -limit n looks at more\n", found.LeftOut.Articles)
	}
	if len(found.Changes) == 0 {
		fmt.Fprintln(s.err, nothingIn("no changes", found.Articles))
	}
	return nil
}

// printChange prints a change on a few lines.
func printChange(w io.Writer, c answer.Change) {
	const most = 300 // bytes of what was added or removed
	fmt.Fprintf(w, "%s  %s\n    %s  %s\n    %s", cmp.Or(c.Seen, "time not known"), oneLine(cmp.Or(c.Of.Headline, c.Of.Canonical)), oneLine(c.Of.Outlet()), c.After, c.Verdict)
	if c.Again {
		fmt.Fprint(w, " back to an earlier version")
	}
	if len(c.Changed) > 0 {
		fmt.Fprintf(w, ": %s", strings.Join(c.Changed, ", "))
	}
	fmt.Fprintln(w)
	for _, k := range []struct {
		mark string
		runs []string
	}{{"-", c.Removed}, {"+", c.Added}, {"says", c.Stated}} {
		if len(k.runs) > 0 {
			fmt.Fprintf(w, "    %s %s\n", k.mark, clipped(oneLine(strings.Join(k.runs, " | ")), most))
		}
	}
	fmt.Fprintln(w)
}
