package main

import (
	"context"
	"errors"
	"fmt"

	"dateline/archive"
)

// openForWriting opens the archive in dir for writing.
func openForWriting(ctx context.Context, s streams, dir string, o archive.Options) (*archive.Archive, error) {
	o.Software = "dateline/" + release()
	return open(ctx, s, dir, o)
}

// openForReading opens the archive in dir for reading.
func openForReading(ctx context.Context, s streams, dir string) (*archive.Archive, error) {
	return open(ctx, s, dir, archive.Options{ReadOnly: true})
}

// open opens the archive in dir, or that of the cluster which dir names, and says what
// takes a while.
func open(ctx context.Context, s streams, dir string, o archive.Options) (*archive.Archive, error) {
	p := newProgress(s.err)
	defer p.end()
	o.Notice = func(text string) { p.message(s.err, "dateline: "+text) }
	o.Done = p.add
	folder, engines, err := located(dir)
	if err != nil {
		return nil, err
	}
	o.Engines = engines
	return hinted(archive.Open(ctx, folder, o))
}

// hinted tells a user without an archive how to come by one.
func hinted(a *archive.Archive, err error) (*archive.Archive, error) {
	if errors.Is(err, archive.ErrNone) {
		err = fmt.Errorf("%w; \"dateline add INPUT…\" makes one, -archive names another folder", err)
	}
	return a, err
}
