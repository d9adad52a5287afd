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
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
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
	p := Parts{
		Files: files, Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Groups: db.Groups(), Decisions: db.Decisions(), Sources: db.Sources(), Leads: db.Leads(), Seals: db.Seals(),
		Corrections: db.Corrections(), Alerts: db.Alerts(), Notices: db.Notices(),
		Cursors: db, Lookup: db, MaxBytes: o.MaxBytes, Key: o.Key,
	}
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

// openSearch opens the index; where there is none that can be used, it makes one of what
// the logs of p hold.
func openSearch(ctx context.Context, p Parts, o Options) (*opensearch.Index, error) {
	x, err := opensearch.Open(ctx, o.Engines.Index, p.Lookup)
	if err == nil {
		if err = fits(ctx, x, p); err == nil {
			return x, nil
		}
		err = errors.Join(err, x.Close())
	}
	if !errors.Is(err, index.ErrNone) {
		return nil, err
	}
	if o.ReadOnly || o.Aside {
		return nil, fmt.Errorf("%w; the next process that adds to the archive makes it, such as \"dateline rebuild index\"", err)
	}
	last, lastErr := p.Findings.Last(ctx)
	if lastErr != nil {
		return nil, lastErr
	}
	if last > 0 {
		o.Notice(fmt.Sprintf("%v; it is made from the logs", err))
	}
	if err := opensearch.Make(ctx, o.Engines.Index, p.Lookup, filling(p, RunOptions{Done: o.Done, Passed: func(err error) { o.Notice(err.Error()) }})); err != nil {
		return nil, fmt.Errorf("there is no index, and none can be made: %w", err)
	}
	return opensearch.Open(ctx, o.Engines.Index, p.Lookup)
}
