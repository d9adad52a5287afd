package sqlfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"dateline/internal/disk"
)

// Write runs fn in a transaction, all or nothing, and returns once it is on
// stable storage.
func (f *File) Write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if f.write == nil {
		return ErrReadOnly
	}
	tx, err := f.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f.forgetSums(); err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return f.trimWAL(ctx)
}

// Bytes returns the size of the file on disk, with its write-ahead log.
func (f *File) Bytes() (int64, error) {
	var sum int64
	for _, name := range []string{f.path, f.path + "-wal", f.path + "-shm"} {
		n, err := disk.Size(f.fs, name)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

// Checkpoint writes the write-ahead log back into the file and empties it.
// It waits up to ten seconds for readers; if they do not finish, the log
// stays and that is no error.
func (f *File) Checkpoint(ctx context.Context) error {
	if f.write == nil {
		return ErrReadOnly
	}
	var busy, frames, done int
	if err := f.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// trimWAL empties the write-ahead log if it has grown large. SQLite writes it
// back by itself before that, but with readers that overlap it would never
// start the file again from the beginning. If readers keep the log from being
// emptied, trimWAL tries again when it has grown as much once more.
func (f *File) trimWAL(ctx context.Context) error {
	f.mu.Lock()
	limit := f.walTrim
	f.mu.Unlock()
	size, err := disk.Size(f.fs, f.path+"-wal")
	if err != nil || size < limit {
		return err
	}
	if err := f.Checkpoint(ctx); err != nil {
		return err
	}
	if size, err = disk.Size(f.fs, f.path+"-wal"); err != nil {
		return err
	}
	f.mu.Lock()
	f.walTrim = size + f.walLimit
	f.mu.Unlock()
	return nil
}

// Vacuum gives the room that deleted rows have left back to the disk. It
// writes the whole file anew, in one transaction.
func (f *File) Vacuum(ctx context.Context) error {
	if f.write == nil {
		return ErrReadOnly
	}
	if err := f.forgetSums(); err != nil {
		return err
	}
	// The copy that SQLite makes first would otherwise lie in memory.
	for _, s := range []string{"PRAGMA temp_store = FILE", "VACUUM", "PRAGMA temp_store = MEMORY"} {
		if _, err := f.write.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("vacuum: %w", err)
		}
	}
	if err := f.forgetSums(); err != nil { // another process may have made one just before
		return err
	}
	return f.Checkpoint(ctx)
}

// Restore makes the file a copy of the SQLite file src, in one transaction:
// readers, in other processes too, see the file as it was until they see all
// of the copy, and a crash leaves one or the other. Nobody may have src open.
func (f *File) Restore(ctx context.Context, src string) error {
	if f.write == nil {
		return ErrReadOnly
	}
	if err := f.forgetSums(); err != nil {
		return err
	}
	conn, err := f.write.Conn(ctx)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(src)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	err = conn.Raw(func(driverConn any) error { return restore(ctx, driverConn, DSN(f.fs, abs, nil, "")) })
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("copy of %s: %w", src, err)
	}
	if err := f.forgetSums(); err != nil { // another process may have made one just before
		return err
	}
	return f.Checkpoint(ctx)
}
