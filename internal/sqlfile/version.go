package sqlfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
)

// A Format is a kind of file: whose it is and which tables it has.
type Format struct {
	Name string // in messages, behind "an": "archive"
	ID   int    // application_id of SQLite's file format: marks the file as one of this kind
	// Migrations is append-only: the file of version n has run the first n of
	// them. Each is a script, run with the others that are missing in one
	// transaction.
	Migrations []string
	// Advice completes the message about a file that must be migrated and was
	// opened for reading.
	Advice string
}

// Version returns the newest version.
func (f Format) Version() int { return len(f.Migrations) }

// A Queryer is a database, a connection or a transaction.
type Queryer interface {
	// QueryContext and QueryRowContext are those of [sql.DB].
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// migrate brings the file to the newest version, if it is not of that, and calls told before.
func (f Format) migrate(ctx context.Context, w *sql.DB, told func(from, to int) error) error {
	tx, err := w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	version, err := f.read(ctx, tx)
	if err != nil {
		return err
	}
	if version >= f.Version() {
		return nil // if newer, check says so
	}
	if version > 0 {
		if err := f.misnumbered(ctx, tx, version); err != nil {
			return err
		}
	}
	if err := told(version, f.Version()); err != nil {
		return err
	}
	for _, script := range f.Migrations[version:] {
		if _, err := tx.ExecContext(ctx, script); err != nil {
			return fmt.Errorf("migration: %w", err)
		}
	}
	set := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", f.ID, f.Version())
	if _, err := tx.ExecContext(ctx, set); err != nil {
		return fmt.Errorf("migration: %w", err)
	}
	return tx.Commit()
}

// ErrForeign reports a file of SQLite that is of another kind.
var ErrForeign = errors.New("a database of another program")

// ErrMisnumbered reports a file with the tables of the newest version and the
// number of an older one: the number is damaged.
var ErrMisnumbered = errors.New("the number of its version is damaged")

// A VersionError reports a file that this program cannot read as it is: it has no
// tables, is of a newer version, or is of an older one and was opened for reading only.
type VersionError struct {
	Format  Format // what the file should be
	Version int    // that the file has; 0 if it has no tables
	Own     int    // the newest version that this program knows
}

// Error says both versions and what to do.
func (e *VersionError) Error() string {
	if e.Version == 0 {
		return fmt.Sprintf("the %s is empty: it has no tables", e.Format.Name)
	}
	if e.Version > e.Own {
		return fmt.Sprintf("the %s has version %d, this program reads up to version %d: use a newer program", e.Format.Name, e.Version, e.Own)
	}
	return fmt.Sprintf("the %s has version %d and must be brought to version %d: %s", e.Format.Name, e.Version, e.Own, e.Format.Advice)
}

// check reports a file that this program cannot read.
func (f Format) check(ctx context.Context, q Queryer) error {
	version, err := f.read(ctx, q)
	if err != nil || version == f.Version() {
		return err
	}
	if version < f.Version() { // a newer program may have versions with the same tables
		if err := f.misnumbered(ctx, q, version); err != nil {
			return err
		}
	}
	return &VersionError{f, version, f.Version()}
}

// misnumbered reports a file that has the tables of the newest version, though
// it says that it is of an older one.
func (f Format) misnumbered(ctx context.Context, q Queryer, version int) error {
	got, err := schema(ctx, q)
	if err != nil || len(got) == 0 { // an empty file is of version 0
		return err
	}
	want, err := f.schema(ctx)
	if err != nil || !maps.Equal(got, want) {
		return err
	}
	return fmt.Errorf("%w: it says %d, and has the tables of version %d", ErrMisnumbered, version, f.Version())
}

// read returns the version of the file, 0 for a new one.
func (f Format) read(ctx context.Context, q Queryer) (version int, err error) {
	var app, tables int
	const sql = `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`
	if err := q.QueryRowContext(ctx, sql).Scan(&version, &app, &tables); err != nil {
		return 0, f.foreign(err)
	}
	if app != f.ID && tables > 0 {
		return 0, fmt.Errorf("not an %s: %w (application_id %#x)", f.Name, ErrForeign, app)
	}
	return version, nil
}

// foreign says of an error that the file is of no such kind, if that is why.
func (f Format) foreign(err error) error {
	if Damaged(err) {
		return fmt.Errorf("not an %s: %w", f.Name, err)
	}
	return err
}
