package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"dateline"
	"dateline/pipeline"
	"dateline/query"
	"dateline/store"
	"dateline/understand"
)

// A stage is a pipeline.Stage of whatever records.
type stage interface {
	Run(ctx context.Context, cursors store.Cursors, o pipeline.Options) (int, error)
}

// Run brings every stage up to date: each works on what the one before it has
// put since the last time. done is told how many pages have reached the index,
// a batch at a time; it may be nil. Interrupted or killed, it goes on where it
// was with the next call.
func (a *Archive) Run(ctx context.Context, done func(n int)) error {
	for _, s := range []struct {
		stage
		o pipeline.Options
	}{
		{a.extractStage(), pipeline.Options{}},
		{a.understandStage(), pipeline.Options{}},
		{a.indexStage(), pipeline.Options{Batch: 2000, Done: done}},
	} {
		if _, err := s.Run(ctx, a.parts.Cursors, s.o); err != nil {
			return err
		}
	}
	return nil
}

// Rebuild runs one stage again over all that the archive holds, and then the
// stages after it over what has changed by that. done is as for [Archive.Run].
// Interrupted, Run goes on with it.
func (a *Archive) Rebuild(ctx context.Context, name pipeline.Name, done func(n int)) error {
	if err := a.parts.Cursors.SetCursor(ctx, string(name), 0); err != nil {
		return err
	}
	if name == pipeline.Index { // after the cursor: a crash in between costs work, not hits
		if err := a.parts.Index.ResetIndex(ctx); err != nil {
			return err
		}
	}
	return a.Run(ctx, done)
}

// extractStage turns a capture into the article that it shows.
func (a *Archive) extractStage() stage {
	return pipeline.Stage[dateline.Capture, dateline.Article]{
		Name: pipeline.Extract, From: a.parts.Captures, Put: a.parts.Articles.Put,
		Do: func(ctx context.Context, c dateline.Capture) ([]dateline.Article, error) {
			rec, err := a.Record(ctx, &c)
			if err != nil {
				return nil, err
			}
			art := Extract(&c, rec.Body)
			art.Capture = c.ID
			if art.Canonical == "" {
				art.Canonical = c.URL
			}
			art.ID = dateline.NewArticleID(art.Canonical)
			return []dateline.Article{*art}, nil
		},
	}
}

// understandStage turns an article into what its text says.
func (a *Archive) understandStage() stage {
	return pipeline.Stage[dateline.Article, dateline.Findings]{
		Name: pipeline.Understand, From: a.parts.Articles, Put: a.parts.Findings.Put,
		Do: func(_ context.Context, art dateline.Article) ([]dateline.Findings, error) {
			f := understand.Findings(&art)
			digest, err := digestOf(art)
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

// indexStage joins findings with their article for the index.
func (a *Archive) indexStage() stage {
	return pipeline.Stage[dateline.Findings, query.Doc]{
		Name: pipeline.Index, From: a.parts.Findings, Put: a.parts.Index.Add,
		Do: func(ctx context.Context, f dateline.Findings) ([]query.Doc, error) {
			art, err := a.parts.Articles.Get(ctx, string(f.Capture))
			return []query.Doc{{Article: &art, Findings: &f}}, err
		},
	}
}
