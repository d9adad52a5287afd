package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"dateline"
	"dateline/extract/link"
	"dateline/internal/sqlfile"
	"dateline/pipeline"
	"dateline/store"
)

// A stage is a pipeline.Stage of whatever records.
type stage interface {
	Run(ctx context.Context, cursors store.Cursors, o pipeline.Options) (int, error)
}

// RunOptions tune a run of the stages. The zero value is useful.
type RunOptions struct {
	// Done is told how many pages have reached the index, a batch at a time;
	// may be nil.
	Done func(n int)
	// Passed is told of each page that a stage cannot work on, such as one
	// whose bytes are damaged on the disk; may be nil. The page is passed over:
	// what is stored of it stays as it is, and [Archive.Rebuild] tries again.
	Passed func(error)
}

// Run brings every stage up to date: each works on what the one before it has
// put since the last time. Interrupted or killed, it goes on where it was with
// the next call.
func (a *Archive) Run(ctx context.Context, o RunOptions) error {
	a.running.Lock()
	defer a.running.Unlock()
	return a.run(ctx, o)
}

func (a *Archive) run(ctx context.Context, o RunOptions) error {
	if err := a.readCorrections(ctx); err != nil {
		return err
	}
	for _, s := range []struct {
		stage
		cursors store.Cursors
		o       pipeline.Options
	}{
		{a.extractStage(o.Passed), a.parts.Cursors, pipeline.Options{Passed: o.Passed}},
		{a.understandStage(o.Passed), a.parts.Cursors, pipeline.Options{Passed: o.Passed}},
		{correctStage{a, o.Passed}, a.parts.Cursors, pipeline.Options{}},
		{a.groupStage(), a.parts.Cursors, pipeline.Options{Passed: o.Passed, Workers: 1}},
		{sortStage{a}, a.parts.Cursors, pipeline.Options{}},
		{indexStage(a.parts, a.parts.Index), a.parts.Index, pipeline.Options{Passed: o.Passed, Batch: indexBatch, Done: o.Done}},
	} {
		_, err := s.Run(ctx, s.cursors, s.o)
		if errors.Is(err, sqlfile.ErrGone) || errors.Is(err, sqlfile.ErrReplaced) {
			_, err = s.Run(ctx, s.cursors, s.o) // on the index that is there now, from its cursor
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Rebuild runs one stage again over all that the archive holds, and then the
// stages after it over what has changed by that. The stage group then finds the groups
// of all articles anew; otherwise it leaves those as they are that an article has
// already, even if the article has changed. If Rebuild is interrupted Run goes on with
// it, but not with the grouping anew; an index whose rebuilding is interrupted stays as
// it was.
func (a *Archive) Rebuild(ctx context.Context, name pipeline.Name, o RunOptions) error {
	a.running.Lock()
	defer a.running.Unlock()
	if name == pipeline.Index {
		if err := a.parts.Index.Rebuild(ctx, filling(a.parts, o)); err != nil {
			return err
		}
	} else if err := a.parts.Cursors.SetCursor(ctx, string(name), 0); err != nil {
		return err
	}
	if name == pipeline.Group {
		if err := a.parts.Cursors.SetCursor(ctx, store.DecidedCursor, 0); err != nil {
			return err
		}
		a.grouping.restart(true, false)
		defer a.grouping.restart(false, false)
	}
	return a.run(ctx, o)
}

// extractStage turns a capture into the article that it shows.
func (a *Archive) extractStage(passed func(error)) pipeline.Stage[dateline.Capture, dateline.Article] {
	extract := guardedExtract(a.parts.Extract)
	return pipeline.Stage[dateline.Capture, dateline.Article]{
		Name: pipeline.Extract, From: a.parts.Captures, Put: putSound(a.parts.Articles.Put, passed),
		Do: func(ctx context.Context, c dateline.Capture) ([]dateline.Article, error) {
			if body, ok := a.fresh.take(c.ID); ok {
				return []dateline.Article{*a.corrected(identified(extract(&c, body), &c))}, nil
			}
			rec, err := a.record(ctx, &c)
			if errors.Is(err, ErrLost) {
				return a.withoutRecord(ctx, &c, err)
			}
			if err != nil {
				return nil, err
			}
			return []dateline.Article{*a.corrected(identified(extract(&c, rec.Body), &c))}, nil
		},
	}
}

// putSound returns a put that passes over records that cannot take the place
// of a damaged one: they must not keep the others of their batch out.
func putSound[T any](put func(context.Context, ...T) error, passed func(error)) func(context.Context, ...T) error {
	return func(ctx context.Context, recs ...T) error {
		err := put(ctx, recs...)
		if !errors.As(err, new(*store.DamageError)) {
			return err
		}
		for i := range recs {
			err := put(ctx, recs[i])
			switch {
			case err == nil:
			case !errors.As(err, new(*store.DamageError)):
				return err
			case passed != nil:
				passed(err)
			}
		}
		return nil
	}
}

// identified gives an article its keys. A page that is no article, and that the
// server answered with from another address, counts as a version of the article
// that was asked for: that article is no longer there, or was not shown.
func identified(art *dateline.Article, c *dateline.Capture) *dateline.Article {
	art.Capture = c.ID
	if art.Skip != "" && c.Final != "" {
		art.Canonical, _ = link.Known(c.URL, link.Facts{})
	}
	if art.Canonical == "" {
		art.Canonical = c.URL
	}
	art.ID = dateline.NewArticleID(art.Canonical)
	return art
}

// withoutRecord passes over a capture whose bytes cannot be had. An article that
// was made of these bytes earlier stays as it is. If there is none, the result
// is an article whose Skip says that the bytes cannot be had.
func (a *Archive) withoutRecord(ctx context.Context, c *dateline.Capture, trouble error) ([]dateline.Article, error) {
	_, err := a.parts.Articles.Get(ctx, string(c.ID))
	if err == nil {
		return nil, pipeline.Pass(trouble)
	}
	if errors.As(err, new(*store.DamageError)) {
		return nil, pipeline.Pass(errors.Join(trouble, err))
	}
	if !errors.Is(err, dateline.ErrNotFound) {
		return nil, err
	}
	art := &dateline.Article{URL: c.URL, Payload: c.Payload, Skip: trouble.Error()}
	if !c.Fetched.IsZero() {
		art.Fetched = c.Fetched.UTC().Format(time.RFC3339Nano)
	}
	return []dateline.Article{*identified(art, c)}, pipeline.Pass(trouble)
}

// understandStage turns an article into what its text says.
func (a *Archive) understandStage(passed func(error)) pipeline.Stage[dateline.Article, dateline.Findings] {
	understand := guardedUnderstand(a.parts.Understand)
	return pipeline.Stage[dateline.Article, dateline.Findings]{
		Name: pipeline.Understand, From: a.parts.Articles, Put: putSound(a.parts.Findings.Put, passed),
		Do: func(_ context.Context, art dateline.Article) ([]dateline.Findings, error) {
			f, trouble := understand(&art)
			a.correctedFindings(f, &art)
			digest, err := digestOf(art)
			if err == nil && trouble != nil {
				err = pipeline.Pass(trouble)
			}
			f.Article = digest
			return []dateline.Findings{*f}, err
		},
	}
}

// digestOf returns the digest of an article's record, by which findings tell
// in which version of it they were found.
func digestOf(a dateline.Article) (string, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}
