package archive

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"dateline/internal/disk"
	"dateline/store/sqlite"
)

// SQL answers a query in SQL over the views of the archive in the folder dir, which
// doc/schema.md describes, and calls row for each row of the answer, first with the names of
// its columns and nil. It reads alone: a text that is not one SELECT (or VALUES, WITH or
// EXPLAIN) is a *[QueryError], and so is one that SQLite does not understand. The error of
// row ends it.
func SQL(ctx context.Context, dir, query string, o Options, row func(columns []string, values []any) error) error {
	if err := single(query); err != nil {
		return err
	}
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if _, err := o.FS.Stat(filepath.Join(dir, databaseFile)); err != nil {
		return fmt.Errorf("%w in %s", ErrNone, dir)
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, databaseFile), sqlite.Options{ReadOnly: true, FS: o.FS})
	if err != nil {
		return disk.Explain(err)
	}
	defer db.Close()
	rows, err := db.Query(ctx, query)
	if err != nil {
		return &QueryError{err.Error()}
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	if err := row(columns, nil); err != nil {
		return err
	}
	values, to := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		if err := row(columns, values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A QueryError reports a query in SQL that cannot be answered.
type QueryError struct {
	Msg string // what is wrong with it
}

// Error returns what is wrong with the query.
func (e *QueryError) Error() string { return e.Msg }

// single returns an error unless a text is one statement that begins as those do that
// read. The file is opened so that nothing can be written to it; this keeps a query from
// writing elsewhere, as VACUUM INTO and ATTACH do.
func single(query string) error {
	rest, begun, ended := query, "", false
	for rest != "" {
		n, is := sqlToken(rest)
		token := rest[:n]
		rest = rest[n:]
		switch {
		case !is:
		case ended:
			return &QueryError{"there is more than one statement: ask one query at a time"}
		case token == ";":
			ended = true
		case begun == "":
			begun = strings.ToLower(token)
		}
	}
	switch begun {
	case "select", "with", "values", "explain":
		return nil
	case "":
		return &QueryError{"there is no query; for example: select publisher, count(*) from article group by 1"}
	}
	return &QueryError{fmt.Sprintf("%q only reads: a query begins with select, with, values or explain", begun)}
}

// sqlToken returns how long the first token of a query is, and whether it is one: white
// space and comments are none (sqlite.org/lang_comment.html). A string or a comment that is
// not closed goes on to the end.
func sqlToken(s string) (n int, is bool) {
	until := func(from int, end string) int {
		if i := strings.Index(s[from:], end); i >= 0 {
			return from + i + len(end)
		}
		return len(s)
	}
	letter := func(c byte) bool {
		return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
	}
	switch c := s[0]; {
	case strings.HasPrefix(s, "--"):
		return until(0, "\n"), false
	case strings.HasPrefix(s, "/*"):
		return until(2, "*/"), false
	case strings.IndexByte(" \t\r\n\f\v", c) >= 0:
		return 1, false
	case c == '\'' || c == '"' || c == '`':
		return until(1, string(c)), true
	case c == '[':
		return until(1, "]"), true
	case letter(c):
		for n = 1; n < len(s) && letter(s[n]); n++ {
			continue
		}
		return n, true
	}
	return 1, true
}
