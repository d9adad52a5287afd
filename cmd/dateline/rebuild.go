package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"dateline/answer"
	"dateline/archive"
	"dateline/pipeline"
)

var rebuildCommand = command{
	name:  "rebuild",
	args:  strings.Join(stageNames(), "|"),
	short: "runs a stage again over what is stored",
	long: `Rebuild runs one stage again over everything that the archive holds, for
instance after an improvement of the program:

    extract      captures → articles, from the raw captures
    understand   articles → findings
    group        articles → the report, event and story of each; users' decisions stay
    index        articles and findings → the search index, made anew

Only results that differ are stored, and only they flow on to the later stages.
A page that cannot be worked on, such as one whose bytes are damaged on the disk,
is reported and passed over (exit status 3): what is stored of it stays.
Interrupted, it goes on with the next "dateline add" or "dateline rebuild"; the
index is made beside the one in use, which stays until the new one is complete.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		max := maxBytesFlag(fs)
		asJSON := jsonFlag(fs, "print what was done as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs one stage: %s", listed(stageNames(), "or"))
			}
			stage := pipeline.Name(args[0])
			if !slices.Contains(pipeline.Names(), stage) {
				return usagef("there is no stage %q; there are %s", stage, listed(stageNames(), "and"))
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{Existing: true, MaxBytes: *max})
			if err != nil {
				return err
			}
			return errors.Join(rebuild(ctx, s, a, stage, *asJSON), a.Close())
		}
	},
}

// stageNames lists the stages as they are typed.
func stageNames() (names []string) {
	for _, n := range pipeline.Names() {
		names = append(names, string(n))
	}
	return names
}

// listed joins words as a sentence lists them: "a, b and c".
func listed(words []string, last string) string {
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

func rebuild(ctx context.Context, s streams, a *archive.Archive, stage pipeline.Name, asJSON bool) error {
	p := newProgress(s.err)
	indexed, passed := 0, 0
	err := a.Rebuild(ctx, stage, archive.RunOptions{
		Done: func(n int) { indexed += n; p.add(n) },
		Passed: func(e error) {
			passed++
			p.message(s.err, "dateline rebuild: passed over: "+oneLine(e.Error()))
		},
	})
	p.end()
	if err != nil {
		return err
	}
	if asJSON {
		err = printJSON(s.out, answer.Rebuilt{Stage: string(stage), Indexed: indexed, Passed: passed})
	} else {
		_, err = fmt.Fprintf(s.err, "%s: done; %d articles indexed\n", stage, indexed)
	}
	if err == nil && passed > 0 {
		fmt.Fprintf(s.err, "%d pages passed over; what is stored of them stays, and \"dateline rebuild\" tries again\n", passed)
		err = errPartly
	}
	return err
}
