package archive

import (
	"context"
	"errors"
	"path"

	"dateline"
	"dateline/acquire"
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
	var batch []dateline.Capture
	flush := func() error {
		err := a.parts.Captures.Put(ctx, batch...)
		a.found.captures += len(batch)
		batch = nil
		return err
	}
	did, err := a.parts.Files.Resume(warc.Resumption{
		Known: func(name string) (int64, error) { return a.parts.Lookup.LastOffset(ctx, path.Join(warcFolder, name)) },
		Take: func(name string, rec *warc.Record) error {
			if rec.Type() == warc.TypeRevisit || len(batch) >= batchPages {
				if err := flush(); err != nil { // the batch may hold what is repeated
					return err
				}
			}
			c, err := a.unknown(ctx, rec)
			if c == nil || err != nil {
				return err
			}
			c.File, c.Offset = path.Join(warcFolder, name), rec.Offset
			batch = append(batch, *c)
			return ctx.Err()
		},
	})
	a.found.torn = did.Torn
	return errors.Join(err, flush())
}

// unknown returns the capture of a record that the log does not name; nil if
// it is not the record of one, or the log has the capture.
func (a *Archive) unknown(ctx context.Context, rec *warc.Record) (*dateline.Capture, error) {
	page := acquire.Archived(rec, max(a.maxBytes, 256<<20)) // it was within the limit that held then
	if page == nil {
		return nil, nil
	}
	c := page.Capture
	_, err := a.parts.Captures.Get(ctx, string(c.ID))
	if !errors.Is(err, dateline.ErrNotFound) {
		return nil, err
	}
	if page.Record != warc.TypeRevisit {
		return &c, nil
	}
	first, err := a.parts.Lookup.CaptureByPayload(ctx, c.Payload)
	if errors.Is(err, dateline.ErrNotFound) {
		return nil, nil // what it repeats is not there: the record proves nothing
	}
	if err != nil {
		return nil, err
	}
	c.Revisit, c.Length = first.ID, first.Length
	return &c, nil
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
