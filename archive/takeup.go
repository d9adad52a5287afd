package archive

import (
	"context"
	"errors"
	"path"

	"dateline"
	"dateline/acquire"
	"dateline/store"
	"dateline/warc"
)

// takenUp is what Open has found at the end of the WARC files.
type takenUp struct {
	captures int         // put into the log, which did not name them
	torn     *warc.Error // the last record that the log names is not whole any more; nil if it is
}

// takeUp makes the WARC files ready for more. Records that the log does not
// name are there if a process was killed between writing and committing them,
// or if the log was lost or put back from an old copy: what they hold is taken
// into the log. Only what ends within a record behind all of them is cut off.
func (a *Archive) takeUp(ctx context.Context) error {
	t := taker{Archive: a, ctx: ctx}
	did, err := a.parts.Files.Resume(warc.Resumption{
		Known: func(name string) (int64, error) { return a.parts.Lookup.LastOffset(ctx, path.Join(warcFolder, name)) },
		Take:  t.take,
	})
	err = errors.Join(err, t.flush(), a.resumeSealing(ctx))
	a.found = takenUp{t.count, did.Torn}
	return err
}

// A taker puts captures of records that the log does not name into it.
type taker struct {
	*Archive
	ctx   context.Context
	batch []dateline.Capture
	count int // of captures put
}

func (t *taker) take(name string, rec *warc.Record) error {
	if rec.Type() == warc.TypeRevisit || len(t.batch) >= batchPages {
		if err := t.flush(); err != nil { // the batch may hold what is repeated
			return err
		}
	}
	if sealed, err := t.sealed(t.ctx, name, rec); sealed || err != nil {
		return err
	}
	c, err := t.unknown(t.ctx, rec)
	if c == nil || err != nil {
		return err
	}
	c.File, c.Offset = path.Join(warcFolder, name), rec.Offset
	t.batch = append(t.batch, *c)
	return t.ctx.Err()
}

func (t *taker) flush() error {
	err := t.parts.Captures.Put(t.ctx, t.batch...)
	if err == nil {
		t.count += len(t.batch)
	}
	t.batch = nil
	return err
}

// unknown returns the capture of a record that the log does not name; nil if
// it is not the record of one, or the log has the capture and it can be read.
// A row that is damaged is left to [Repair].
func (a *Archive) unknown(ctx context.Context, rec *warc.Record) (*dateline.Capture, error) {
	page := acquire.Archived(rec, max(a.maxBytes, mostEver))
	if page == nil {
		return nil, nil
	}
	c := page.Capture
	if page.Record == warc.TypeRevisit {
		first, err := a.referred(ctx, page.Refers)
		if first == nil || err != nil {
			return nil, err // what it repeats is not there: the record proves nothing
		}
		c.Payload, c.Length, c.Revisit = first.Payload, first.Length, first.ID
		if c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload); c.ID == first.ID {
			return nil, nil
		}
	}
	known, err := a.parts.Captures.Get(ctx, string(c.ID))
	if !errors.Is(err, dateline.ErrNotFound) {
		if ok, err := a.heldSoundly(ctx, &known, err); ok || err != nil || page.Record == warc.TypeRevisit {
			return nil, err
		}
	}
	return &c, nil
}

// heldSoundly reports whether a capture that was looked up can be read. Of
// one whose row is damaged that is not known.
func (a *Archive) heldSoundly(ctx context.Context, c *dateline.Capture, err error) (bool, error) {
	if errors.As(err, new(*store.DamageError)) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return a.readable(ctx, c)
}

// tellFound tells what Open has found: once, with the first pages that are
// added.
func (w *writer) tellFound() {
	w.count.Left = w.found.captures
	if w.found.torn != nil {
		w.count.Bad++
		if w.bad != nil {
			w.bad(w.found.torn)
		}
	}
	w.found = takenUp{}
}
