package sqlfile

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"io"
	"io/fs"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The types of this file stand between database/sql and the driver of SQLite,
// so that each error that comes from the disk names the file and says what it
// asks of the user, wherever it is met.

// database returns a database whose connections are opened by the address dsn,
// which is that of the file at p.
func (f *File) database(dsn string, p *place) (*sql.DB, error) {
	c, err := driver.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector{c, f, p}), nil
}

type connector struct {
	sqldriver.Connector
	f *File
	p *place
}

func (c connector) Connect(ctx context.Context) (sqldriver.Conn, error) {
	at, err := c.p.look(ctx)
	if err != nil {
		return nil, &fileError{c.f.path, err}
	}
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, c.f.named(err)
	}
	return &conn{inner.(sqliteConn), c.f, c.p, at}, nil
}

// A sqliteConn is what a connection of the driver can do.
type sqliteConn interface {
	sqldriver.Conn
	sqldriver.ConnBeginTx
	sqldriver.ConnPrepareContext
	sqldriver.ExecerContext
	sqldriver.QueryerContext
	sqldriver.SessionResetter
	sqldriver.Validator
	NewRestore(src string) (*driver.Backup, error)
}

type conn struct {
	sqliteConn
	f  *File
	p  *place
	at fs.FileInfo // the file that was there when it was opened; nil if that is not known
}

// ResetSession is called before a connection is used again. One whose file is
// no longer there is given up for a new one.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.p.left(c.at) {
		return sqldriver.ErrBadConn
	}
	return c.sqliteConn.ResetSession(ctx)
}

func (c *conn) BeginTx(ctx context.Context, o sqldriver.TxOptions) (sqldriver.Tx, error) {
	inner, err := c.sqliteConn.BeginTx(ctx, o)
	if err != nil {
		return nil, c.f.named(err)
	}
	return &tx{inner, c.f}, nil
}

func (c *conn) PrepareContext(ctx context.Context, query string) (sqldriver.Stmt, error) {
	inner, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, c.f.named(err)
	}
	return &stmt{inner.(sqliteStmt), c.f}, nil
}

func (c *conn) ExecContext(ctx context.Context, query string, args []sqldriver.NamedValue) (sqldriver.Result, error) {
	r, err := c.sqliteConn.ExecContext(ctx, query, args)
	return r, c.f.named(err)
}

func (c *conn) QueryContext(ctx context.Context, query string, args []sqldriver.NamedValue) (sqldriver.Rows, error) {
	return c.f.rows(c.sqliteConn.QueryContext(ctx, query, args))
}

type tx struct {
	sqldriver.Tx
	f *File
}

func (t *tx) Commit() error { return t.f.named(t.Tx.Commit()) }

// A sqliteStmt is what a prepared statement of the driver can do.
type sqliteStmt interface {
	sqldriver.Stmt
	sqldriver.StmtExecContext
	sqldriver.StmtQueryContext
}

type stmt struct {
	sqliteStmt
	f *File
}

func (s *stmt) ExecContext(ctx context.Context, args []sqldriver.NamedValue) (sqldriver.Result, error) {
	r, err := s.sqliteStmt.ExecContext(ctx, args)
	return r, s.f.named(err)
}

func (s *stmt) QueryContext(ctx context.Context, args []sqldriver.NamedValue) (sqldriver.Rows, error) {
	return s.f.rows(s.sqliteStmt.QueryContext(ctx, args))
}

func (f *File) rows(inner sqldriver.Rows, err error) (sqldriver.Rows, error) {
	if err != nil {
		return nil, f.named(err)
	}
	return &rows{inner, f}, nil
}

type rows struct {
	sqldriver.Rows
	f *File
}

func (r *rows) Next(dest []sqldriver.Value) error {
	err := r.Rows.Next(dest)
	if err == nil || err == io.EOF {
		return err
	}
	return r.f.named(err)
}

// A fileError is a failure of the disk under a file.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return e.path + ": " + e.err.Error() }
func (e *fileError) Unwrap() error { return e.err }

// named returns err with the name of the file and what it asks of the user, if
// it comes from the disk; any other error as it is.
func (f *File) named(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
		sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return &fileError{f.path, f.explain(err)}
	}
	return err
}
