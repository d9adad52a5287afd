package sqlfile

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// Check yields what is wrong with the structure of the file: with its pages and
// indexes, as SQLite finds, at most a hundred sentences; and with its tables and
// views, which are to be those that the migrations make. A file so broken that SQLite
// gives up is such a sentence, too; the error is that of ctx.
func (f *File) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := f.check(ctx, func(text string) bool { return yield(text, nil) })
		if ctx.Err() != nil {
			yield("", ctx.Err())
		} else if err != nil {
			yield(err.Error(), nil)
		}
	}
}

func (f *File) check(ctx context.Context, tell func(string) bool) error {
	rows, err := f.Read.QueryContext(ctx, "PRAGMA integrity_check(100)")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if text != "ok" && !tell(withWords(text)) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return f.checkSchema(ctx, tell)
}

var failedRead = regexp.MustCompile(`error code=(\d+)`)

// withWords adds to what SQLite says of a page what that means, if the disk
// could not read it.
func withWords(text string) string {
	for _, m := range failedRead.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil && n&0xff == sqlite3.SQLITE_IOERR {
			return "the disk is failing: " + text
		}
	}
	return text
}

// checkSchema tells the tables, indexes and views that differ from those of a
// new file.
func (f *File) checkSchema(ctx context.Context, tell func(string) bool) error {
	want, err := f.format.schema(ctx)
	if err != nil {
		return err
	}
	got, err := schema(ctx, f.Read)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] && !tell(fmt.Sprintf("the definition of %s is not what it should be", name)) {
			return nil
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if !strings.HasPrefix(name, "table sqlite_stat") && !tell(fmt.Sprintf("%q is not of this file", name)) {
			return nil
		}
	}
	return nil
}

// schema returns how each table, index and view of a new file is defined.
func (f Format) schema(ctx context.Context) (map[string]string, error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each connection has a memory of its own
	for _, script := range f.Migrations {
		if _, err := fresh.ExecContext(ctx, script); err != nil {
			return nil, err
		}
	}
	return schema(ctx, fresh)
}

// schema returns how each table, index, view and trigger is defined.
func schema(ctx context.Context, q Queryer) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		all[name] = text
	}
	return all, rows.Err()
}
