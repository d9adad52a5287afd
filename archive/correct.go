package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dateline"
	"dateline/pipeline"
	"dateline/store"
	"dateline/warc"
)

// corrections are those that hold, by article, and what is withdrawn, by capture. They are
// read anew before each run of the stages.
type corrections struct {
	of        map[dateline.ArticleID][]dateline.Correction
	withdrawn map[dateline.CaptureID]string // the reason
}

// readCorrections reads what users have set right.
func (a *Archive) readCorrections(ctx context.Context) error {
	c := &corrections{map[dateline.ArticleID][]dateline.Correction{}, map[dateline.CaptureID]string{}}
	for e, err := range store.Sound(ctx, a.parts.Corrections, 0) {
		if err != nil {
			return err
		}
		switch {
		case e.Rec.Undone:
		case e.Rec.Kind == dateline.Withdrawal:
			c.withdrawn[e.Rec.Capture] = e.Rec.Why
		default:
			c.of[e.Rec.Article] = append(c.of[e.Rec.Article], e.Rec)
		}
	}
	a.corrections.Store(c)
	return nil
}

// corrected sets an article right as users have said. Of one whose capture is withdrawn it
// leaves what names it and the reason.
func (a *Archive) corrected(art *dateline.Article) *dateline.Article {
	c := a.corrections.Load()
	if c == nil {
		return art
	}
	if why, ok := c.withdrawn[art.Capture]; ok {
		return &dateline.Article{ID: art.ID, Capture: art.Capture, URL: art.URL, Canonical: art.Canonical,
			Fetched: art.Fetched, Payload: art.Payload, Skip: dateline.SkipWithdrawn + ": " + why}
	}
	list := c.of[art.ID]
	for i := range list {
		list[i].Apply(art)
	}
	return art
}

// correctedFindings sets the speakers of statements right as users have said.
func (a *Archive) correctedFindings(f *dateline.Findings, art *dateline.Article) {
	c := a.corrections.Load()
	if c == nil {
		return
	}
	list := c.of[art.ID]
	for i := range list {
		list[i].ApplyTo(f, art)
	}
}

// A correctStage makes those articles and findings anew that users have set right, or no
// longer do, since the last time.
type correctStage struct {
	a      *Archive
	passed func(error)
}

func (s correctStage) Run(ctx context.Context, _ store.Cursors, _ pipeline.Options) (int, error) {
	a := s.a
	done, err := a.parts.Cursors.Cursor(ctx, store.CorrectedCursor)
	if err != nil {
		return 0, err
	}
	last, n := done, 0
	for e, err := range a.parts.Corrections.After(ctx, done) {
		if errors.As(err, new(*store.DamageError)) {
			last = e.Seq
			continue
		}
		if err != nil {
			return n, err
		}
		if err := s.again(ctx, &e.Rec); err != nil {
			return n, err
		}
		last = e.Seq
		n++
	}
	if last == done {
		return 0, nil
	}
	return n, a.parts.Cursors.SetCursor(ctx, store.CorrectedCursor, last)
}

// again makes what a correction is about anew: all versions of the article, or what the
// capture shows.
func (s correctStage) again(ctx context.Context, c *dateline.Correction) error {
	ids := []dateline.CaptureID{c.Capture}
	if c.Kind != dateline.Withdrawal {
		versions, err := s.a.parts.Lookup.Versions(ctx, c.Article)
		if _, err := gone(err); err != nil {
			return err
		}
		ids = ids[:0]
		for _, v := range versions {
			ids = append(ids, v.Capture)
		}
	}
	extract, understand := s.a.extractStage(s.passed), s.a.understandStage(s.passed)
	for _, id := range ids {
		if err := remade(ctx, s.a.parts.Captures, extract, id, s.passed); err != nil {
			return err
		}
		if err := remade(ctx, s.a.parts.Articles, understand, id, s.passed); err != nil {
			return err
		}
	}
	return nil
}

// remade gives the record with a key of a log to a stage again, and puts what comes of it.
// What cannot be read or worked on is passed over, as the stage does.
func remade[In, Out any](ctx context.Context, from store.Log[In], s pipeline.Stage[In, Out], id dateline.CaptureID, passed func(error)) error {
	rec, err := from.Get(ctx, string(id))
	if err != nil {
		_, err = gone(err)
		return err
	}
	list, err := s.Do(ctx, rec)
	if pipeline.Passed(err) {
		if passed != nil {
			passed(err)
		}
		err = nil
	}
	if err != nil || len(list) == 0 {
		return err
	}
	return s.Put(ctx, list...)
}

// Correct keeps what a user sets right, in place of what was said of the same before. It
// takes effect when the stages have run, see [Archive.Settle].
func (a *Archive) Correct(ctx context.Context, c dateline.Correction) error {
	if err := c.Check(); err != nil {
		return err
	}
	return a.parts.Corrections.Put(ctx, c)
}

// Corrections returns what users have set right and not taken back, in the order in which
// they did.
func (a *Archive) Corrections(ctx context.Context) (list []dateline.Correction, err error) {
	for e, err := range store.Sound(ctx, a.parts.Corrections, 0) {
		if err != nil {
			return nil, err
		}
		if !e.Rec.Undone {
			list = append(list, e.Rec)
		}
	}
	return list, nil
}

// Withdrawn returns why a capture is hidden; "" if it is not.
func (a *Archive) Withdrawn(ctx context.Context, id dateline.CaptureID) (why string, err error) {
	c, err := a.parts.Corrections.Get(ctx, (&dateline.Correction{Kind: dateline.Withdrawal, Capture: id}).Key())
	if errors.Is(err, dateline.ErrNotFound) || err == nil && c.Undone {
		return "", nil
	}
	if errors.As(err, new(*store.DamageError)) { // what was hidden stays so
		return "the record that says why is damaged", nil
	}
	return c.Why, err
}

// ErrLater says that what a user has said is kept, and takes effect when the process that
// holds the archive runs its stages next.
var ErrLater = errors.New("it is kept, and takes effect when the process that is writing to this archive adds its next page")

// settleTime bounds how long Settle waits for a process that is writing; set by eye: a
// reader waits for it.
const settleTime = 2 * time.Second

// Settle lets take effect what users have said: it runs the stages. Where another process
// holds the archive for longer than two seconds the error is [ErrLater].
func (a *Archive) Settle(ctx context.Context) error {
	if !a.aside {
		return a.Run(ctx, RunOptions{})
	}
	o := a.options
	o.Aside, o.Existing, o.ReadOnly = false, true, false
	for began := time.Now(); ; {
		w, err := Open(ctx, a.dir, o)
		if errors.Is(err, warc.ErrLocked) {
			if time.Since(began) > settleTime {
				return ErrLater
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(settleTime / 20):
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("it is kept, and has no effect yet: %w", err)
		}
		return errors.Join(w.Run(ctx, RunOptions{}), w.Close())
	}
}

// Alerts is the log of the searches that are kept.
func (a *Archive) Alerts() store.Log[dateline.Alert] { return a.parts.Alerts }

// Notices is the log of what alerts tell.
func (a *Archive) Notices() store.Log[dateline.Notice] { return a.parts.Notices }

// CorrectField keeps the right values of a field of the article that ref names, see
// [Archive.Find]; none if it has none.
func (a *Archive) CorrectField(ctx context.Context, ref, field string, value []string, why, by string) (dateline.Correction, error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return dateline.Correction{}, err
	}
	c := dateline.Correction{Kind: dateline.CorrectField, Article: art.ID, Capture: art.Capture, Payload: art.Payload, Field: field,
		Was: art.FieldValues(field), Value: value, Why: why, By: by, At: time.Now().UTC().Format(time.RFC3339)}
	if err := c.Check(); err != nil {
		return c, &ChoiceError{err}
	}
	if art.Skip != "" {
		return c, choicef("it is no article: %s", art.Skip)
	}
	// What was found first is what it was, however often it is corrected.
	if before, err := a.parts.Corrections.Get(ctx, c.Key()); err == nil && !before.Undone && before.Payload == c.Payload {
		c.Was = before.Was
	}
	return c, a.Correct(ctx, c)
}

// CorrectSpeaker keeps who makes a statement, by its number in the version of the article
// that ref names, from 1; "" if nobody does whom the article names.
func (a *Archive) CorrectSpeaker(ctx context.Context, ref string, number int, name, why, by string) (dateline.Correction, error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return dateline.Correction{}, err
	}
	f, err := a.Findings(ctx, art.Capture)
	if err != nil {
		return dateline.Correction{}, err
	}
	if number < 1 || number > len(f.Statements) {
		return dateline.Correction{}, choicef("%s has no statement %d; it has %d", ref, number, len(f.Statements))
	}
	s := &f.Statements[number-1]
	c := dateline.Correction{Kind: dateline.CorrectSpeaker, Article: art.ID, Capture: art.Capture, Words: s.Said(art),
		Why: why, By: by, At: time.Now().UTC().Format(time.RFC3339)}
	if was := s.Name(art); was != "" {
		c.Was = []string{was}
	}
	if name != "" {
		c.Value = []string{name}
	}
	if before, err := a.parts.Corrections.Get(ctx, c.Key()); err == nil && !before.Undone {
		c.Was = before.Was
	}
	if err := c.Check(); err != nil {
		return c, &ChoiceError{err}
	}
	return c, a.Correct(ctx, c)
}

// Withdraw hides a capture, or all captures of the article that ref names, from every
// surface, for a reason. Nothing is deleted.
func (a *Archive) Withdraw(ctx context.Context, ref, why, by string) (list []dateline.Correction, err error) {
	ids, err := a.capturesOf(ctx, ref)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		c := dateline.Correction{Kind: dateline.Withdrawal, Capture: id, Why: why, By: by, At: time.Now().UTC().Format(time.RFC3339)}
		if art, err := a.parts.Articles.Get(ctx, string(id)); err == nil {
			c.Article = art.ID
		}
		if err := c.Check(); err != nil {
			return list, &ChoiceError{err}
		}
		if err := a.Correct(ctx, c); err != nil {
			return list, err
		}
		list = append(list, c)
	}
	return list, nil
}

// capturesOf returns the capture with a key, or those of all versions of an article.
func (a *Archive) capturesOf(ctx context.Context, ref string) (ids []dateline.CaptureID, err error) {
	if ok, err := a.parts.Captures.Has(ctx, ref); ok || err != nil {
		return []dateline.CaptureID{dateline.CaptureID(ref)}, err
	}
	art, err := a.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	versions, err := a.Versions(ctx, art.ID)
	for _, v := range versions {
		ids = append(ids, v.Capture)
	}
	return ids, err
}

// Restore takes the withdrawal of a capture, or of all captures of the article that ref
// names, back.
func (a *Archive) Restore(ctx context.Context, ref, by string) (list []dateline.Correction, err error) {
	ids, err := a.capturesOf(ctx, ref)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		c, err := a.Undo(ctx, (&dateline.Correction{Kind: dateline.Withdrawal, Capture: id}).Key(), by)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return list, err
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, choicef("nothing of %s is withdrawn", ref)
	}
	return list, nil
}

// Undo takes the correction with a key back.
func (a *Archive) Undo(ctx context.Context, key, by string) (dateline.Correction, error) {
	c, err := a.parts.Corrections.Get(ctx, key)
	if err == nil && c.Undone {
		err = dateline.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("correction: %w", err)
	}
	c.Undone, c.By, c.At = true, by, time.Now().UTC().Format(time.RFC3339)
	return c, a.parts.Corrections.Put(ctx, c)
}
