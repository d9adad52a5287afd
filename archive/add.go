package archive

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/acquire"
	"dateline/store"
	"dateline/warc"
)

// AddOptions tune [Archive.Add]. The zero value is useful.
type AddOptions struct {
	// Bad is told of each part of the input that cannot be read; may be nil.
	Bad func(error)
	// RunOptions are those of the stages, which run while pages are read: its
	// functions are called by another goroutine than Bad.
	RunOptions
	// Committed is told, each time something has been put on stable storage, how many of
	// the pages and errors that were yielded lie behind that: they need not be read
	// again. It is called by the goroutine that Bad is; may be nil.
	Committed func(n int)

	// Later says that the stages are not run: what is made of the captures is made by the
	// next Add without it, or by [Archive.Run].
	Later bool

	age    time.Duration            // of a batch when it is committed; 0 means batchAge
	stored func(dateline.CaptureID) // is told of each capture that is stored, or was known; may be nil
}

// Added counts what [Archive.Add] did.
type Added struct {
	Pages    int // in the archive now, and not before
	Revisits int // of them, those whose payload was there already
	Again    int // of them, those that were there, but could not be read any more
	Known    int // captures that were there already
	Orphans  int // revisits of captures that were never added
	Bad      int // parts of the input that could not be read
	Passed   int // pages that a stage passed over, now or added before
	Left     int // captures of an earlier run that was killed before it could tell of them; they are in the archive now
}

// String tells the counts in a line: "added 3, 1 were there already".
func (n Added) String() string {
	parts := []string{fmt.Sprintf("added %d", n.Pages)}
	if n.Left > 0 {
		parts = append(parts, fmt.Sprintf("%d left by an interrupted run are in the archive now", n.Left))
	}
	if n.Revisits > 0 {
		parts = append(parts, fmt.Sprintf("%d of them with a payload known before", n.Revisits))
	}
	if n.Again > 0 {
		parts = append(parts, fmt.Sprintf("%d of them in place of what could not be read any more", n.Again))
	}
	if n.Known > 0 {
		parts = append(parts, fmt.Sprintf("%d were there already", n.Known))
	}
	if n.Orphans > 0 {
		parts = append(parts, fmt.Sprintf("%d repeat captures that are not here", n.Orphans))
	}
	if n.Bad > 0 {
		parts = append(parts, fmt.Sprintf("%d could not be read", n.Bad))
	}
	if n.Passed > 0 {
		parts = append(parts, fmt.Sprintf("%d passed over", n.Passed))
	}
	return strings.Join(parts, ", ")
}

// A batch of captures is committed when it holds so many, so many bytes, or is
// so old, even if the next page is long in coming. Set by eye: a commit waits for the
// disk some milliseconds, which so many pages share, and a kill costs seconds of work.
const (
	batchPages = 500
	batchBytes = 32 << 20
	batchAge   = 5 * time.Second
)

// Add puts pages into the archive and runs the stages on them: while one batch
// is read and written, the stages work on the batches before it. Pages is
// called once, see acquire.Inputs; its context ends when nothing more can be
// added. A capture that is there already changes nothing.
//
// Parts of the input that cannot be read are given to o.Bad and counted, and
// the rest goes on. If ctx ends, what is read by then is kept, and [Archive.Run]
// or the next Add goes on with it.
func (a *Archive) Add(ctx context.Context, pages func(context.Context) iter.Seq2[acquire.Page, error], o AddOptions) (Added, error) {
	w := &writer{
		Archive: a, bad: o.Bad, committed: o.Committed, age: cmp.Or(o.age, batchAge), stored: o.stored, later: o.Later, wake: make(chan struct{}, 1),
		payloads: map[string]dateline.Capture{}, ids: map[dateline.CaptureID]bool{},
	}
	defer a.fresh.drop()
	w.wake <- struct{}{} // for what an interrupted run left undone
	w.tellFound()
	whole := ctx
	g, ctx := errgroup.WithContext(whole)
	passed := 0
	run := o.RunOptions
	run.Passed = func(err error) {
		passed++
		if o.Passed != nil {
			o.Passed(err)
		}
	}
	g.Go(func() error {
		for range w.wake {
			if o.Later {
				continue
			}
			if err := a.Run(ctx, run); err != nil {
				return err
			}
		}
		return nil
	})
	read := make(chan readPage)
	g.Go(func() error {
		defer close(read)
		for page, err := range pages(ctx) {
			select {
			case read <- readPage{page, err}:
			case <-ctx.Done():
				return nil // the writer says so
			}
		}
		return nil
	})
	g.Go(func() error {
		defer close(w.wake)
		err := w.writeAll(ctx, read)
		// What is read is kept, even if the user has had enough.
		return errors.Join(err, w.commit(context.WithoutCancel(ctx)))
	})
	err := g.Wait()
	if err == nil && !o.Later {
		err = a.extractAgain(whole, w.outlived, run)
	}
	w.count.Passed = passed
	return w.count, err
}

// A readPage is a page, or why one could not be read.
type readPage struct {
	page acquire.Page
	err  error
}

// A writer puts captures into the archive, a batch at a time: first the WARC
// records, then, once they are on stable storage, the log.
type writer struct {
	*Archive
	bad       func(error)
	committed func(int)
	taken     int // pages and errors that have been read
	age       time.Duration
	later     bool // nobody reads the pages soon
	stored    func(dateline.CaptureID)
	wake      chan struct{} // tells the stages that there is more
	batch     []dateline.Capture
	bytes     int64
	payloads  map[string]dateline.Capture // payload → capture of the batch that holds it
	ids       map[dateline.CaptureID]bool // captures of the batch
	outlived  []dateline.CaptureID        // captures that are there, and whose article says that they cannot be read
	count     Added
}

// writeAll writes the pages that are read, and commits each batch when it is
// time. The last batch is left to the caller.
func (w *writer) writeAll(ctx context.Context, read <-chan readPage) error {
	age := time.NewTicker(w.age)
	defer age.Stop()
	for {
		full := false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-age.C:
			full = true
		case r, more := <-read:
			if !more || ctx.Err() != nil {
				return ctx.Err()
			}
			if err := w.take(ctx, r); err != nil {
				return err
			}
			full = len(w.batch) >= batchPages || w.bytes >= batchBytes
		}
		if full && len(w.batch) > 0 {
			if err := w.commit(ctx); err != nil {
				return err
			}
			age.Reset(w.age)
		}
	}
}

// take writes one page, or says that there is none.
func (w *writer) take(ctx context.Context, r readPage) error {
	w.taken++
	if r.err == nil {
		return w.write(ctx, r.page)
	}
	w.count.Bad++
	if w.bad != nil {
		w.bad(r.err)
	}
	return nil
}

// write appends the record of one page, unless the archive has the capture.
func (w *writer) write(ctx context.Context, page acquire.Page) error {
	if len(w.batch) == 0 {
		if err := w.sealDay(ctx); err != nil {
			return err
		}
	}
	c := page.Capture
	first, err := w.earlier(ctx, page)
	if err != nil {
		return err
	}
	if page.Record == warc.TypeRevisit {
		if first == nil {
			w.count.Orphans++
			return nil
		}
		c.Payload, c.Length = first.Payload, first.Length
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	}
	switch known, err := w.has(ctx, c.ID); {
	case errors.As(err, new(*store.DamageError)):
		// Only the row of the log is damaged. The WARC record may be whole, and
		// Repair makes the row again from that.
		w.tellStored(c.ID)
		w.count.Bad++
		if w.bad != nil {
			w.bad(err)
		}
		return nil
	case err != nil:
		return err
	case known:
		w.count.Known++
		if !w.ids[c.ID] { // else commit tells
			w.tellStored(c.ID)
		}
		return w.lookBack(ctx, c.ID)
	}
	rec := page.Original
	if first != nil {
		c.Revisit = first.ID
		w.count.Revisits++
	}
	switch {
	case rec != nil: // kept as it came
	case first == nil:
		rec = warc.NewRecord(c, page.Block, time.Now())
	default:
		rec = warc.NewRevisit(c, *first, warc.Head(page.Block), time.Now())
	}
	name, offset, err := w.append(rec, page)
	if err != nil {
		return err
	}
	c.File, c.Offset = path.Join(warcFolder, name), offset
	if first == nil {
		w.payloads[c.Payload] = c
		if !w.later && int64(len(page.Body)) <= w.maxBytes && bytes.HasSuffix(page.Block, page.Body) { // else a coding lies between them
			w.fresh.keep(c.ID, page.Body)
		}
	}
	w.ids[c.ID] = true
	w.batch = append(w.batch, c)
	w.bytes += int64(len(page.Block))
	return nil
}

// append appends the record of a page that was fetched behind those of what
// redirected to it, and the request behind it; of other pages the record alone.
func (w *writer) append(rec *warc.Record, page acquire.Page) (name string, offset int64, err error) {
	for _, x := range page.Redirects {
		records, err := x.Records()
		if err != nil {
			return "", 0, err
		}
		for _, r := range records {
			if _, _, err := w.parts.Files.Append(r); err != nil {
				return "", 0, err
			}
		}
	}
	if page.Exchange == nil {
		return w.appendBeside(rec, page)
	}
	page.Exchange.Mark(rec)
	if name, offset, err = w.parts.Files.Append(rec); err == nil {
		_, _, err = w.parts.Files.Append(warc.NewRequest(rec, page.Exchange.Request))
	}
	return name, offset, err
}

// appendBeside appends the record of a page that was not fetched, with what stood beside
// it in the WARC file that it came from.
func (w *writer) appendBeside(rec *warc.Record, page acquire.Page) (name string, offset int64, err error) {
	for _, r := range page.Before {
		if _, _, err := w.parts.Files.Append(r); err != nil {
			return "", 0, err
		}
	}
	if name, offset, err = w.parts.Files.Append(rec); err != nil {
		return "", 0, err
	}
	for _, r := range page.Behind {
		if _, _, err := w.parts.Files.Append(r); err != nil {
			return "", 0, err
		}
	}
	return name, offset, nil
}

// lookBack notes a capture that could not be read when its turn came, and can
// be now.
func (w *writer) lookBack(ctx context.Context, id dateline.CaptureID) error {
	if w.ids[id] {
		return nil
	}
	art, err := w.parts.Articles.Get(ctx, string(id))
	if err != nil {
		_, err = gone(err)
		return err
	}
	stale, err := w.Archive.outlived(ctx, &art)
	if stale {
		w.outlived = append(w.outlived, id)
	}
	return err
}

// extractAgain makes the articles of captures again, and what follows of them.
func (a *Archive) extractAgain(ctx context.Context, ids []dateline.CaptureID, o RunOptions) error {
	if len(ids) == 0 {
		return nil
	}
	s := a.extractStage(o.Passed)
	for _, id := range ids {
		c, err := a.Capture(ctx, id)
		if err != nil {
			return err
		}
		arts, err := s.Do(ctx, *c)
		if err == nil {
			err = s.Put(ctx, arts...)
		}
		if err != nil && o.Passed != nil {
			o.Passed(err)
		}
	}
	return a.Run(ctx, o)
}

// tellStored tells whoever waits for it that a capture is stored.
func (w *writer) tellStored(id dateline.CaptureID) {
	if w.stored != nil {
		w.stored(id)
	}
}

// has reports whether the batch has the capture, or the archive has it and can
// still read it. If it cannot, the page takes the place of what was lost.
func (w *writer) has(ctx context.Context, id dateline.CaptureID) (bool, error) {
	if w.ids[id] {
		return true, nil
	}
	c, err := w.parts.Captures.Get(ctx, string(id))
	if errors.Is(err, dateline.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ok, err := w.readable(ctx, &c)
	if err == nil && !ok {
		w.count.Again++
	}
	return ok, err
}

// readable reports whether the evidence of a capture can be had.
func (a *Archive) readable(ctx context.Context, c *dateline.Capture) (bool, error) {
	_, _, err := a.evidence(ctx, c)
	if errors.Is(err, ErrLost) {
		return false, nil
	}
	return err == nil, err
}

// earlier returns the capture that holds the payload of the page already, and
// whose bytes can be had; nil if there is none. A record that is kept as it came is not
// compared: only a record that is itself a revisit repeats an earlier one.
func (w *writer) earlier(ctx context.Context, page acquire.Page) (*dateline.Capture, error) {
	if page.Record == warc.TypeRevisit {
		return w.referred(ctx, page.Refers)
	}
	if page.Original != nil {
		return nil, nil
	}
	digest := page.Capture.Payload
	if c, ok := w.payloads[digest]; ok {
		return &c, nil
	}
	c, err := known(w.parts.Lookup.CaptureByPayload(ctx, digest))
	if c == nil || err != nil {
		return nil, err
	}
	ok, err := w.readable(ctx, c)
	if !ok {
		c = nil
	}
	return c, err
}

// referred finds the capture that a revisit record repeats, in the batch or in the
// archive; nil if there is none.
func (w *writer) referred(ctx context.Context, r acquire.Reference) (*dateline.Capture, error) {
	if c, ok := w.payloads[r.Payload]; ok {
		return &c, nil
	}
	for _, c := range w.batch {
		if c.Revisit == "" && r.URL != "" && c.URL == r.URL && c.Fetched.Equal(r.Fetched) {
			return &c, nil
		}
	}
	return w.Archive.referred(ctx, r)
}

// referred finds the capture of the archive that a revisit record repeats, by payload
// or by address and time; nil if there is none.
func (a *Archive) referred(ctx context.Context, r acquire.Reference) (*dateline.Capture, error) {
	c, err := a.parts.Lookup.CaptureByPayload(ctx, r.Payload)
	if errors.Is(err, dateline.ErrNotFound) && r.URL != "" {
		c, err = a.parts.Lookup.CaptureAt(ctx, r.URL, r.Fetched)
		if err == nil && c.Revisit != "" {
			c, err = a.parts.Lookup.CaptureByPayload(ctx, c.Payload)
		}
	}
	return known(c, err)
}

// known is the record that was looked up, nil if there is none or its row is damaged.
func known[T any](rec *T, err error) (*T, error) {
	if errors.Is(err, dateline.ErrNotFound) || errors.As(err, new(*store.DamageError)) {
		return nil, nil
	}
	return rec, err
}

// commit makes the batch part of the archive, and tells the stages.
func (w *writer) commit(ctx context.Context) error {
	if err := w.parts.Files.Sync(); err != nil {
		return err
	}
	if err := w.parts.Captures.Put(ctx, w.batch...); err != nil {
		return err
	}
	if w.committed != nil {
		w.committed(w.taken)
	}
	w.count.Pages += len(w.batch)
	for i := range w.batch {
		w.tellStored(w.batch[i].ID)
	}
	w.batch, w.bytes = w.batch[:0], 0
	clear(w.payloads)
	clear(w.ids)
	select {
	case w.wake <- struct{}{}:
	default: // they have been told
	}
	return nil
}
