package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Stats are the sizes of an archive.
type Stats struct {
	Captures int64 `json:"captures"`
	Articles int64 `json:"articles"` // versions of articles and skipped pages
	Findings int64 `json:"findings"`
	Indexed  int64 `json:"indexed"` // articles that a query can find
	Bytes    int64 `json:"bytes"`   // on disk, with the write-ahead log
}

// Stats returns the sizes of the archive.
func (db *DB) Stats(ctx context.Context) (s Stats, err error) {
	const count = `SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM articles),
		(SELECT count(*) FROM findings), (SELECT count(*) FROM docs)`
	err = db.r.QueryRowContext(ctx, count).Scan(&s.Captures, &s.Articles, &s.Findings, &s.Indexed)
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	for _, name := range []string{db.path, db.path + "-wal", db.path + "-shm"} {
		n, err := fileSize(name)
		if err != nil {
			return Stats{}, fmt.Errorf("stats: %w", err)
		}
		s.Bytes += n
	}
	return s, nil
}

// fileSize returns the size of a file, 0 if it does not exist.
func fileSize(name string) (int64, error) {
	fi, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}

// Checkpoint writes the write-ahead log back into the file and empties it.
// It waits up to ten seconds for readers; if they do not finish, the log
// stays and that is no error.
func (db *DB) Checkpoint(ctx context.Context) error {
	if db.w == nil {
		return ErrReadOnly
	}
	var busy, frames, done int
	if err := db.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// trimWAL empties the write-ahead log if it has grown large. SQLite writes it
// back by itself before that, but with readers that overlap it would never
// start the file again from the beginning. If readers keep the log from being
// emptied, trimWAL tries again when it has grown as much once more.
func (db *DB) trimWAL(ctx context.Context) error {
	db.mu.Lock()
	limit := db.walTrim
	db.mu.Unlock()
	size, err := fileSize(db.path + "-wal")
	if err != nil || size < limit {
		return err
	}
	if err := db.Checkpoint(ctx); err != nil {
		return err
	}
	if size, err = fileSize(db.path + "-wal"); err != nil {
		return err
	}
	db.mu.Lock()
	db.walTrim = size + db.walLimit
	db.mu.Unlock()
	return nil
}

// ResetIndex drops the index and makes it anew, empty. Before it, set the
// cursor of the stage that fills the index to 0: then a crash in between
// costs work, not hits.
func (db *DB) ResetIndex(ctx context.Context) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		const script = dropIndex + indexSchema + spokenSchema + saidSchema + `UPDATE index_state SET gen = gen + 1, epoch = gen + 1;`
		_, err := tx.ExecContext(ctx, script)
		return err
	})
	if err != nil {
		return fmt.Errorf("reset index: %w", err)
	}
	return nil
}
