package sqlite_test

import (
	"dateline/query"
	"dateline/store"
	"dateline/store/sqlite"
)

var (
	_ query.Index   = (*sqlite.DB)(nil)
	_ store.Cursors = (*sqlite.DB)(nil)
)
