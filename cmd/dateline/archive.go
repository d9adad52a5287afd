package main

import (
	"context"
	"errors"
	"fmt"

	"dateline/archive"
)

// openForWriting opens the archive in dir for writing.
func openForWriting(ctx context.Context, dir string, o archive.Options) (*archive.Archive, error) {
	o.Software = "dateline/" + version()
	return hinted(archive.Open(ctx, dir, o))
}

// openForReading opens the archive in dir for reading.
func openForReading(ctx context.Context, dir string) (*archive.Archive, error) {
	return hinted(archive.Open(ctx, dir, archive.Options{ReadOnly: true}))
}

// hinted tells a user without an archive how to come by one.
func hinted(a *archive.Archive, err error) (*archive.Archive, error) {
	if errors.Is(err, archive.ErrNone) {
		err = fmt.Errorf("%w; \"dateline add INPUT…\" makes one, -archive names another folder", err)
	}
	return a, err
}
