package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"dateline/acquire"
	"dateline/archive"
	"dateline/cmd/dateline/demo"
)

var demoCommand = command{
	name:  "demo",
	short: "makes an archive of bundled sample pages and shows it in a browser",
	long: `Demo makes an archive of about twenty bundled pages of invented outlets that
tell two stories, prints the address, and serves it until Ctrl-C. It needs no
network and no settings. The archive is in a temporary folder and is taken away
at the end; with -keep it stays where you want it.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := fs.String("keep", "", "make the archive in this `folder` and leave it there")
		listen := serveFlags(fs, true)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments")
			}
			return runDemo(ctx, s, *dir, listen)
		}
	},
}

func runDemo(ctx context.Context, s streams, dir string, listen *serving) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "dateline-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	a, err := openForWriting(ctx, s, dir, archive.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	n, err := add(ctx, s, a, []string{"-"}, acquire.Options{Stdin: bytes.NewReader(demo.WARC)})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "An archive of %d sample captures is at\n", n.Pages)
	return serve(ctx, s, a, listen)
}
