package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dateline/index"
	"dateline/index/opensearch"
	"dateline/internal/disk"
	"dateline/store/nats"
	"dateline/warc"
)

// Engines say where logs and index are that stand in no files of this machine. The raw
// captures are in the folder of the archive all the same.
//
// Many processes, on any machine, may read and search such an archive, and write what
// users say. One at a time may add to it: it holds a lease, which moves to another 20
// seconds after the process or its machine has died.
type Engines struct {
	Logs  nats.Options       // logs, cursors and look-ups
	Index opensearch.Options // what answers queries
}

// adding is the lease of the process that adds pages and runs the stages.
const adding = "adding to this archive"

// releaseIn is how long it may take to give the lease back.
const releaseIn = 5 * time.Second

// openEngines opens an archive whose logs and index are in engines.
func openEngines(ctx context.Context, dir string, o Options) (*Archive, error) {
	reads := o.ReadOnly || o.Aside
	logs := o.Engines.Logs
	logs.Existing = reads || o.Existing
	db, err := nats.Open(ctx, logs)
	if errors.Is(err, nats.ErrNone) {
		err = fmt.Errorf("%w: %w", ErrNone, err)
	}
	if err != nil {
		return nil, err
	}
	closers := []func() error{db.Close}
	undo := func(err error) error {
		for _, c := range closers {
			err = errors.Join(err, c())
		}
		return err
	}
	if !reads {
		host, err := os.Hostname()
		if err != nil {
			host = "a machine without a name"
		}
		lease, err := db.Lease(ctx, adding, fmt.Sprintf("process %d on %s", os.Getpid(), host))
		if held := (*nats.HeldError)(nil); errors.As(err, &held) {
			err = fmt.Errorf("%w: %w", warc.ErrLocked, err)
		}
		if err == nil {
			closers = append([]func() error{func() error {
				ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseIn)
				defer cancel()
				return lease.Release(ctx)
			}}, closers...)
			err = disk.MakeFolder(o.FS, dir)
		}
		if err != nil {
			return nil, undo(err)
		}
	}
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: reads, Software: o.Software, FS: o.FS})
	if err != nil {
		return nil, undo(err)
	}
	closers = append([]func() error{files.Close}, closers...)
	p := partsOf(files, db, o)
	x, err := openSearch(ctx, p, o)
	if err != nil {
		return nil, undo(err)
	}
	p.Index, p.Close = x, append([]func() error{x.Close}, closers...)
	a := New(p)
	a.dir, a.options, a.aside = dir, o, o.Aside
	if !reads {
		if err := a.takeUp(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// openSearch opens the index; whoever adds to the archive makes it where there is none that
// can be used.
func openSearch(ctx context.Context, p Parts, o Options) (*opensearch.Index, error) {
	var create func(index.Fill) error
	if !o.ReadOnly && !o.Aside {
		create = func(fill index.Fill) error { return opensearch.Make(ctx, o.Engines.Index, p.Lookup, fill) }
	}
	return openOrMake(ctx, p, o, func() (*opensearch.Index, error) { return opensearch.Open(ctx, o.Engines.Index, p.Lookup) }, create)
}
