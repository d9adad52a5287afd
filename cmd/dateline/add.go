package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
)

var addCommand = command{
	name:  "add",
	args:  "INPUT…",
	short: "adds pages to the archive",
	long: `Add reads pages into the archive: the raw captures go into its WARC files, the
records into its database, the words into its index. Adding an input twice
changes nothing. Interrupted or killed, it loses nothing that it has reported
as added, and the same command goes on where it was.

` + inputHelp,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		open := inputFlags(fs)
		key := keyFlag(fs)
		asJSON := jsonFlag(fs, "print what was done as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 0 {
				return usagef("needs an INPUT: a file, a folder, an address, or - for standard input")
			}
			o := open(s)
			signer, err := key()
			if err != nil {
				return err
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{MaxBytes: o.MaxBytes, Key: signer})
			if err != nil {
				return err
			}
			n, err := add(ctx, s, a, args, o)
			if *asJSON {
				err = errors.Join(err, printJSON(s.out, answer.Added{
					Added: n.Pages, Revisits: n.Revisits, Known: n.Known, Orphans: n.Orphans, Bad: n.Bad, Archive: dir(),
				}))
			} else {
				fmt.Fprintf(s.err, "%s; archive %s\n", n, dir())
			}
			return errors.Join(err, a.Close())
		}
	},
}

// add reads the inputs into the archive, and shows how far it has come. Parts
// of inputs that cannot be read are reported; then the error is errPartly.
func add(ctx context.Context, s streams, a *archive.Archive, inputs []string, o acquire.Options) (archive.Added, error) {
	p := newProgress(s.err)
	defer p.end()
	o.Progress = p.input
	n, err := a.Add(ctx, acquire.Inputs(o, inputs...), archive.AddOptions{
		Bad: func(e error) { p.message(s.err, "dateline add: "+inputTrouble(e)) },
		RunOptions: archive.RunOptions{
			Done:   p.add,
			Passed: func(e error) { p.message(s.err, "dateline add: passed over: "+oneLine(e.Error())) },
		},
	})
	if err == nil && n.Bad+n.Passed > 0 {
		err = errPartly
	}
	return n, err
}
