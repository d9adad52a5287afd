package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/acquire"
	"dateline/warc"
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
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) == 0 {
				return usagef("needs an INPUT: a file, a folder, an address, or - for standard input")
			}
			o := open(s)
			a, err := createArchive(ctx, dir(), o.MaxBytes)
			if err != nil {
				return err
			}
			p := newProgress(s.err)
			n, err := a.add(ctx, args, o, p, func(e error) { p.message(s.err, "dateline add: "+inputTrouble(e)) })
			p.end()
			fmt.Fprintf(s.err, "%s; archive %s\n", n, dir())
			return errors.Join(err, a.Close())
		}
	},
}

// added counts what add did.
type added struct {
	pages    int // in the archive now, and not before
	revisits int // of them, those whose payload was there already
	known    int // captures that were there already
	orphans  int // revisits of captures that were never added
	bad      int // parts of inputs that could not be read
}

func (n added) String() string {
	parts := []string{fmt.Sprintf("added %d", n.pages)}
	if n.revisits > 0 {
		parts = append(parts, fmt.Sprintf("%d of them with a payload known before", n.revisits))
	}
	if n.known > 0 {
		parts = append(parts, fmt.Sprintf("%d were there already", n.known))
	}
	if n.orphans > 0 {
		parts = append(parts, fmt.Sprintf("%d repeat captures that are not here", n.orphans))
	}
	if n.bad > 0 {
		parts = append(parts, fmt.Sprintf("%d could not be read", n.bad))
	}
	return strings.Join(parts, ", ")
}

// A batch of captures is committed when it holds so many, so many bytes, or is
// so old.
const (
	batchPages = 500
	batchBytes = 32 << 20
	batchAge   = 5 * time.Second
)

// add reads the inputs into the archive. While one batch is read and written,
// the stages work on the batches before it. Parts of inputs that cannot be
// read are given to bad, and the rest goes on; then the error is errPartly.
func (a *archive) add(ctx context.Context, inputs []string, o acquire.Options, p *progress, bad func(error)) (added, error) {
	w := &writer{archive: a, payloads: map[string]dateline.Capture{}, ids: map[dateline.CaptureID]bool{}, started: time.Now()}
	w.wake = make(chan struct{}, 1)
	w.wake <- struct{}{} // for what an interrupted run left undone
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		for range w.wake {
			if err := a.catchUp(ctx, p.add); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		defer close(w.wake)
		err := w.readAll(ctx, inputs, o, p, bad)
		// What is read is kept, even if the user has had enough.
		return errors.Join(err, w.commit(context.WithoutCancel(ctx)))
	})
	err := g.Wait()
	if err == nil && w.count.bad > 0 {
		err = errPartly
	}
	return w.count, err
}

// readAll writes the pages of the inputs.
func (w *writer) readAll(ctx context.Context, inputs []string, o acquire.Options, p *progress, bad func(error)) error {
	var before, total int64 // bytes of the inputs that are done, of all inputs
	for _, input := range inputs {
		total += acquire.Size(input)
	}
	for _, input := range inputs {
		o.Progress = func(read, _ int64) { p.input(before+read, total) }
		for page, err := range acquire.Open(ctx, input, o) {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				w.count.bad++
				bad(err)
				continue
			}
			if err := w.write(ctx, page); err != nil {
				return err
			}
			if w.full() {
				if err := w.commit(ctx); err != nil {
					return err
				}
			}
		}
		before += acquire.Size(input)
	}
	return nil
}

// A writer puts captures into the archive, a batch at a time: first the WARC
// records, then, once they are on stable storage, the log.
type writer struct {
	*archive
	wake     chan struct{} // tells the stages that there is more
	batch    []dateline.Capture
	bytes    int64
	started  time.Time
	payloads map[string]dateline.Capture // payload → capture of the batch that holds it
	ids      map[dateline.CaptureID]bool // captures of the batch
	count    added
}

// write appends the record of one page, unless the archive has the capture.
func (w *writer) write(ctx context.Context, page acquire.Page) error {
	c := page.Capture
	first, err := w.earlier(ctx, page)
	if err != nil {
		return err
	}
	if page.Record == "revisit" {
		if first == nil {
			w.count.orphans++
			return nil
		}
		c.Payload, c.Length = first.Payload, first.Length
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	}
	if known, err := w.has(ctx, c.ID); err != nil {
		return err
	} else if known {
		w.count.known++
		return nil
	}
	var rec *warc.Record
	if first == nil {
		rec = warc.NewRecord(c, page.Block, time.Now())
	} else {
		c.Revisit = first.ID
		rec = warc.NewRevisit(c, *first, warc.Head(page.Block), time.Now())
		w.count.revisits++
	}
	name, offset, err := w.files.Append(rec)
	if err != nil {
		return err
	}
	c.File, c.Offset = path.Join(warcFolder, name), offset
	if first == nil {
		w.payloads[c.Payload] = c
	}
	w.ids[c.ID] = true
	w.batch = append(w.batch, c)
	w.bytes += int64(len(page.Block))
	return nil
}

// has reports whether the archive or the batch has the capture.
func (w *writer) has(ctx context.Context, id dateline.CaptureID) (bool, error) {
	if w.ids[id] {
		return true, nil
	}
	_, err := w.Captures().Get(ctx, string(id))
	if errors.Is(err, dateline.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// earlier returns the capture that holds the payload of the page already; nil
// if there is none.
func (w *writer) earlier(ctx context.Context, page acquire.Page) (*dateline.Capture, error) {
	digest := page.Capture.Payload
	if page.Record == "revisit" {
		digest = page.Refers.Payload
	}
	if c, ok := w.payloads[digest]; ok {
		return &c, nil
	}
	c, err := w.CaptureByPayload(ctx, digest)
	if errors.Is(err, dateline.ErrNotFound) && page.Record == "revisit" {
		c, err = w.referred(ctx, page.Refers)
	}
	if errors.Is(err, dateline.ErrNotFound) {
		return nil, nil
	}
	return c, err
}

// referred finds the capture that a revisit record names by address and time.
func (w *writer) referred(ctx context.Context, r acquire.Reference) (*dateline.Capture, error) {
	if r.URL == "" {
		return nil, dateline.ErrNotFound
	}
	for _, c := range w.batch {
		if c.URL == r.URL && c.Fetched.Equal(r.Fetched) {
			return &c, nil
		}
	}
	c, err := w.CaptureAt(ctx, r.URL, r.Fetched)
	if err == nil && c.Revisit != "" {
		return w.CaptureByPayload(ctx, c.Payload)
	}
	return c, err
}

// full reports whether it is time to commit.
func (w *writer) full() bool {
	return len(w.batch) >= batchPages || w.bytes >= batchBytes || len(w.batch) > 0 && time.Since(w.started) > batchAge
}

// commit makes the batch part of the archive.
func (w *writer) commit(ctx context.Context) error {
	if err := w.files.Sync(); err != nil {
		return err
	}
	if err := w.Captures().Put(ctx, w.batch...); err != nil {
		return err
	}
	w.count.pages += len(w.batch)
	w.batch, w.bytes, w.started = w.batch[:0], 0, time.Now()
	clear(w.payloads)
	clear(w.ids)
	select {
	case w.wake <- struct{}{}:
	default: // they have been told
	}
	return nil
}
