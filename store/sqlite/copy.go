package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"dateline/internal/disk"
	"dateline/internal/sqlfile"
)

// Copy writes a copy of the database in the file from, as it is at one moment,
// to the file to, which must not exist, and waits for the disk. Another process
// may be writing to it. A copy that is damaged is an error that says so.
func Copy(ctx context.Context, fsys disk.FS, from, to string) error {
	abs, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	src, err := sql.Open("sqlite", sqlfile.DSN(fsys, abs, []string{sqlfile.BusyTimeout}, "&mode=ro"))
	if err != nil {
		return err
	}
	_, err = src.ExecContext(ctx, "VACUUM INTO ?", to)
	if err = errors.Join(err, src.Close()); err != nil {
		if empty := openedEmpty(ctx, fsys, from); empty != nil {
			return empty
		}
		return fmt.Errorf("copy of %s: %w", from, err)
	}
	f, err := fsys.Append(to)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	db, err := Open(ctx, to, Options{FS: fsys}) // the copy of an older one is brought to today's form
	if err != nil {
		return err
	}
	why, err := db.Sound(ctx)
	if why != "" {
		err = fmt.Errorf("%s is damaged: %s", from, why)
	}
	if err == nil { // Close would not tell that it could not write the log back
		err = db.file.Checkpoint(ctx)
	}
	return errors.Join(err, db.Close())
}

// openedEmpty returns the error of opening a file whose making never came to its
// end, see [Empty]; nil of any other file.
func openedEmpty(ctx context.Context, fsys disk.FS, name string) error {
	db, err := Open(ctx, name, Options{ReadOnly: true, FS: fsys})
	if err == nil {
		return db.Close()
	}
	if Empty(err) {
		return err
	}
	return nil
}
