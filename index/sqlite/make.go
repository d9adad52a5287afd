package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"dateline/index"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
)

// ErrBusy reports that another process is making the index.
var ErrBusy = errors.New("another process is making the index: wait until it is done")

// suffix ends the name of the file in which a new index is made, behind the name of
// the index.
const suffix = ".new"

// Make makes an index in the file path, where there is none that can be used. It makes
// and fills the index in another file and moves that to path at the end, so that
// whoever opens path finds no index or a complete one. If fill fails, path is as it
// was. The error is [ErrBusy] if another process is making the index.
func Make(ctx context.Context, fsys disk.FS, path string, source index.Source, fill index.Fill) error {
	if err := build(ctx, fsys, path+suffix, source, fill); err != nil {
		return fmt.Errorf("make %s: %w", path, disk.Explain(err))
	}
	if err := put(fsys, path+suffix, path); err != nil {
		return fmt.Errorf("make %s: %w", path, disk.Explain(err))
	}
	return nil
}

// Rebuild makes the index anew in another file, while the one in use can be searched,
// and replaces its contents in one step. Open readers, also in other processes, go on
// with the new index. If fill fails or the process dies, the index is as it was. The
// error is [ErrBusy] if another process is making the index.
func (x *Index) Rebuild(ctx context.Context, fill index.Fill) error {
	fresh := x.path + suffix
	err := build(ctx, x.fs, fresh, x.source, fill)
	if err == nil {
		err = errors.Join(x.file.Restore(ctx, fresh), remove(x.fs, fresh))
	}
	if err != nil {
		return fmt.Errorf("rebuild %s: %w", x.path, disk.Explain(err))
	}
	return nil
}

// build makes and fills a new index in the file path. What a build that did not finish
// has left there is overwritten. Only one process can do this at a time.
func build(ctx context.Context, fsys disk.FS, path string, source index.Source, fill index.Fill) error {
	// Opened first only for its error: SQLite would not say that a folder cannot be written to.
	f, err := fsys.Append(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = fsys.Create(path)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	x, err := open(ctx, path, source, sqlfile.Options{Exclusive: true, FS: fsys})
	if sqlfile.Damaged(err) {
		if err = remove(fsys, path); err == nil {
			x, err = open(ctx, path, source, sqlfile.Options{Exclusive: true, FS: fsys})
		}
	}
	if sqlfile.Busy(err) {
		return ErrBusy
	}
	if err != nil {
		return err
	}
	if err = x.empty(ctx); err == nil {
		if err = fill(ctx, x); err == nil {
			err = x.Checkpoint(ctx)
		}
	}
	if err = errors.Join(err, x.Close()); err != nil {
		return errors.Join(err, remove(fsys, path))
	}
	return nil
}

// empty drops all tables and makes new, empty ones.
func (x *Index) empty(ctx context.Context) error {
	return x.file.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, dropIndex+schema())
		return err
	})
}

// remove removes an SQLite file and the files that SQLite puts beside it. Those that
// do not exist are no error.
func remove(fsys disk.FS, path string) error {
	return disk.RemoveAll(fsys, append(sqlfile.Companions(path), path)...)
}

// put moves the new index fresh to path, and removes the one that was there.
func put(fsys disk.FS, fresh, path string) error {
	if err := remove(fsys, path); err != nil {
		return err
	}
	return disk.Replace(fsys, fresh, path)
}
