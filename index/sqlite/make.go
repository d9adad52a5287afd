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

// suffix is what the name of an index has behind it while it is being made.
const suffix = ".new"

// Make makes the index in the file path where there is none that can be used.
// It is made beside, filled, and then put in its place: whoever opens path
// finds no index or all of it. If fill fails, path is as it was.
func Make(ctx context.Context, fsys disk.FS, path string, source index.Source, fill index.Fill) error {
	if err := build(ctx, fsys, path+suffix, source, fill); err != nil {
		return fmt.Errorf("make %s: %w", path, disk.Explain(err))
	}
	if err := put(fsys, path+suffix, path); err != nil {
		return fmt.Errorf("make %s: %w", path, disk.Explain(err))
	}
	return nil
}

// Rebuild makes the index anew beside the one in use, which is searched
// meanwhile, and puts it in its place in one step; open readers, in other
// processes too, go on with the new one. If fill fails or the process dies,
// the index is as it was.
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

// build makes and fills a new index in the file path, over whatever a build
// that did not end has left there. One process at a time can do so.
func build(ctx context.Context, fsys disk.FS, path string, source index.Source, fill index.Fill) error {
	// A folder that cannot be written to is told here: SQLite would not say so.
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

// empty drops what the index holds.
func (x *Index) empty(ctx context.Context) error {
	return x.file.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, dropIndex+schema())
		return err
	})
}

// remove takes away a file of SQLite with what SQLite puts beside it, where
// there is one.
func remove(fsys disk.FS, path string) error {
	return disk.RemoveAll(fsys, append(sqlfile.Companions(path), path)...)
}

// put puts a new index in the place of the one at path.
func put(fsys disk.FS, fresh, path string) error {
	if err := remove(fsys, path); err != nil {
		return err
	}
	return disk.Replace(fsys, fresh, path)
}
