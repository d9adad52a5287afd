package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"sync"

	"dateline/index"
	"dateline/index/sqlite"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
	"dateline/query"
)

// A lastingIndex is an index whose file may be taken away while it is in use, as
// that of any index may: it is then made again from the logs. A query waits for
// that as long as its context lets it. Another file that has taken the place of the
// index, made by another process, is read as soon as it is there (package sqlfile).
// What is written to one that is gone or replaced fails, and a stage begins again
// where the new one stands, see [Archive.Run].
type lastingIndex struct {
	Index
	fs    disk.FS
	path  string
	parts Parts // without the index
	told  func(text string)

	making chan struct{} // holds one while the index is made again
	makers sync.WaitGroup
	ctx    context.Context // of making; ended by close
	stop   context.CancelFunc
}

// last returns the index x in the file path that lasts until it is closed.
func last(x *sqlite.Index, fsys disk.FS, path string, p Parts, told func(string)) *lastingIndex {
	l := &lastingIndex{Index: x, fs: fsys, path: path, parts: p, told: told, making: make(chan struct{}, 1)}
	l.ctx, l.stop = context.WithCancel(context.Background())
	return l
}

// close ends the making of the index, if that is under way.
func (x *lastingIndex) close() error {
	x.stop()
	x.makers.Wait()
	return nil
}

// Altered says which pages of the file are not as they were written, see Parts.Altered.
func (x *lastingIndex) Altered(ctx context.Context) (pages []int64, size int64, known bool, err error) {
	if ask := alteredIndex(Parts{Index: x.Index}); ask != nil {
		return ask(ctx)
	}
	return nil, 0, false, nil
}

// Search implements [index.Index].
func (x *lastingIndex) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		begun := false
		err := x.again(ctx, func() error {
			for m, err := range x.Index.Search(ctx, q, o) {
				if err != nil && !begun {
					return err
				}
				begun = true
				if !yield(m, err) {
					return nil
				}
			}
			return nil
		})
		if err != nil {
			yield(index.Match{}, err)
		}
	}
}

// Facets implements [index.Index].
func (x *lastingIndex) Facets(ctx context.Context, q query.Query) (f index.Facets, err error) {
	err = x.again(ctx, func() error {
		f, err = x.Index.Facets(ctx, q)
		return err
	})
	return f, err
}

// Revision implements [index.Index].
func (x *lastingIndex) Revision(ctx context.Context) (s string, err error) {
	err = x.again(ctx, func() error {
		s, err = x.Index.Revision(ctx)
		return err
	})
	return s, err
}

// Cursor implements [store.Cursors].
func (x *lastingIndex) Cursor(ctx context.Context, name string) (seq int64, err error) {
	err = x.again(ctx, func() error {
		seq, err = x.Index.Cursor(ctx, name)
		return err
	})
	return seq, err
}

// again does something with the index, and once more if its file had to be made.
func (x *lastingIndex) again(ctx context.Context, do func() error) error {
	err := do()
	if errors.Is(err, sqlfile.ErrGone) {
		if err = x.remake(ctx); err == nil {
			err = do()
		}
	}
	return err
}

// remake waits until the index is made again.
func (x *lastingIndex) remake(ctx context.Context) error {
	select {
	case x.making <- struct{}{}: // it is for this call to make it
	case <-ctx.Done():
		return x.waiting()
	}
	done := make(chan error, 1)
	x.makers.Go(func() { // who asked first may leave before it is done
		defer func() { <-x.making }()
		done <- x.make(x.ctx)
	})
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return x.waiting()
	}
}

func (x *lastingIndex) waiting() error {
	return fmt.Errorf("%s: %w any more; it is made again from the logs: ask again in a moment", x.path, index.ErrNone)
}

// make makes the index again, unless it is there by now.
func (x *lastingIndex) make(ctx context.Context) error {
	if _, err := x.fs.Stat(x.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	x.told(fmt.Sprintf("%s: %v any more; it is made again from the logs", x.path, index.ErrNone))
	err := disk.MakeFolder(x.fs, filepath.Dir(x.path))
	if err == nil {
		err = sqlite.Make(ctx, x.fs, x.path, x.parts.Lookup, filling(x.parts, RunOptions{Passed: func(err error) { x.told(err.Error()) }}))
	}
	if err != nil {
		return fmt.Errorf("%w any more, and none can be made: %w", index.ErrNone, err)
	}
	return nil
}
