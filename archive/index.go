package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"dateline"
	"dateline/index"
	"dateline/index/sqlite"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
	"dateline/pipeline"
	"dateline/relate/version"
	"dateline/store"
)

// openIndex opens the index in the file path. Where there is none that can be
// used, it makes one of what the logs of p hold. Where the folder cannot be written
// to, a reader gets a temporary index of its own. The functions that are returned
// close the index and what it stands on, and must be called in their order.
func openIndex(ctx context.Context, path string, p Parts, o Options) (Index, []func() error, error) {
	x, err := openFile(ctx, path, p, o)
	if err == nil {
		l := last(x, o.FS, path, p, o.Notice)
		return l, []func() error{l.close, x.Close}, nil
	}
	if !o.ReadOnly || !unwritable(err) {
		return nil, nil, err
	}
	dir, tempErr := os.MkdirTemp("", "dateline-index-")
	if tempErr != nil {
		return nil, nil, errors.Join(err, tempErr)
	}
	remove := func() error { return os.RemoveAll(dir) }
	o.Notice(fmt.Sprintf("%v; this command uses one of its own", err))
	o.FS = disk.OS{}
	path = filepath.Join(dir, indexFile)
	if x, err = openFile(ctx, path, p, o); err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	l := last(x, o.FS, path, p, o.Notice)
	return l, []func() error{l.close, x.Close, remove}, nil
}

// unwritable reports whether err says that a folder can only be read.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// openFile opens the index in the file path, or makes one there.
func openFile(ctx context.Context, path string, p Parts, o Options) (*sqlite.Index, error) {
	return openOrMake(ctx, p, o, func() (*sqlite.Index, error) {
		return sqlite.Open(ctx, path, p.Lookup, sqlite.Options{ReadOnly: o.ReadOnly, FS: o.FS})
	}, func(fill index.Fill) error { return sqlite.Make(ctx, o.FS, path, p.Lookup, fill) })
}

// A closable is an index that was opened.
type closable interface {
	index.Index
	Close() error
}

// openOrMake opens an index; where there is none that can be used, it makes one of what
// the logs of p hold. If create is nil only another process makes one.
func openOrMake[X closable](ctx context.Context, p Parts, o Options, open func() (X, error), create func(index.Fill) error) (X, error) {
	var none X
	x, err := open()
	if err == nil {
		err = fits(ctx, x, p)
		if err == nil {
			return x, nil
		}
		if sqlfile.Damaged(err) {
			err = fmt.Errorf("%w: %w", index.ErrNone, err)
		}
		err = errors.Join(err, x.Close())
	}
	if !errors.Is(err, index.ErrNone) {
		return none, err
	}
	if create == nil {
		return none, fmt.Errorf("%w; the next process that adds to the archive makes it, such as \"dateline rebuild index\"", err)
	}
	last, lastErr := p.Findings.Last(ctx)
	if lastErr != nil {
		return none, lastErr
	}
	if last > 0 {
		o.Notice(fmt.Sprintf("%v; it is made from the logs", err))
	}
	if err := create(filling(p, RunOptions{Done: o.Done, Passed: func(err error) { o.Notice(err.Error()) }})); err != nil {
		return none, fmt.Errorf("there is no index, and none can be made: %w", err)
	}
	return open()
}

// fits reports an index that has read further than the logs of p go: it is
// that of another archive, or of this one before it was put back from a copy.
func fits(ctx context.Context, x index.Index, p Parts) error {
	read, err := x.Cursor(ctx, string(pipeline.Index))
	if err != nil {
		return err
	}
	last, err := p.Findings.Last(ctx)
	if err == nil && read > last {
		err = fmt.Errorf("%w for these logs", index.ErrNone)
	}
	return err
}

// filling returns what fills an index with all that the logs of p hold.
func filling(p Parts, o RunOptions) index.Fill {
	return func(ctx context.Context, fresh index.Index) error {
		_, err := indexStage(p, fresh).Run(ctx, fresh, pipeline.Options{Passed: o.Passed, Batch: indexBatch, Done: o.Done})
		return err
	}
}

// passedByWhole says why no query is to find a version that shows a part of its
// article: another one shows it whole. It is "" if none does.
func passedByWhole(ctx context.Context, p Parts, art *dateline.Article) (string, error) {
	best, err := known(p.Lookup.Article(ctx, art.ID))
	if err != nil || best == nil || !version.IsPart(art, best) {
		return "", err
	}
	return "another version shows it whole", nil
}

// indexBatch is how many articles are indexed in one transaction; set by eye: what a
// kill undoes is made again in seconds.
const indexBatch = 2000

// indexStage joins findings with their article for the index x.
func indexStage(p Parts, x index.Index) stage {
	return pipeline.Stage[dateline.Findings, index.Doc]{
		Name: pipeline.Index, From: p.Findings, Put: x.Add,
		Do: func(ctx context.Context, f dateline.Findings) ([]index.Doc, error) {
			art, err := p.Articles.Get(ctx, string(f.Capture))
			if errors.Is(err, dateline.ErrNotFound) || errors.As(err, new(*store.DamageError)) {
				return nil, pipeline.Pass(err)
			}
			if err == nil && art.Paywalled && art.Skip == "" {
				if art.Skip, err = passedByWhole(ctx, p, &art); err != nil {
					return nil, err
				}
			}
			return []index.Doc{{Article: &art, Findings: &f}}, err
		},
	}
}
