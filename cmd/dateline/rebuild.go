package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
)

var rebuildCommand = command{
	name:  "rebuild",
	args:  "extract|understand|index",
	short: "runs a stage again over what is stored",
	long: `Rebuild runs one stage again over everything that the archive holds, for
instance after an improvement of the program:

    extract      captures → articles, from the raw captures
    understand   articles → findings
    index        articles and findings → the search index, made anew

Only results that differ are stored, and only they flow on to the later stages.
Interrupted, it goes on with the next "dateline add" or "dateline rebuild".`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		max := maxBytesFlag(fs)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs one stage: extract, understand or index")
			}
			switch args[0] {
			case "extract", "understand", "index":
			default:
				return usagef("there is no stage %q; there are extract, understand and index", args[0])
			}
			if existing, err := openArchive(ctx, dir()); err != nil {
				return err
			} else if err := existing.Close(); err != nil {
				return err
			}
			a, err := createArchive(ctx, dir(), *max)
			if err != nil {
				return err
			}
			return errors.Join(rebuild(ctx, s, a, args[0]), a.Close())
		}
	},
}

func rebuild(ctx context.Context, s streams, a *archive, stage string) error {
	if err := a.SetCursor(ctx, stage, 0); err != nil {
		return err
	}
	if stage == "index" { // after the cursor: a crash in between costs work, not hits
		if err := a.ResetIndex(ctx); err != nil {
			return err
		}
	}
	p := newProgress(s.err)
	indexed := 0
	err := a.catchUp(ctx, func(n int) { indexed += n; p.add(n) })
	p.end()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "%s: done; %d articles indexed\n", stage, indexed)
	return err
}
