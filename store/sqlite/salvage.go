package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"dateline"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
	"dateline/pipeline"
	"dateline/store"
)

// Damaged reports whether err says that a file is no SQLite database, or one
// whose pages are broken.
func Damaged(err error) bool { return sqlfile.Damaged(err) }

// Unusable reports whether err says that a file is damaged, or that it is no
// database of this kind. Where there has been such a database, the second also
// means damage: that of its first page, which says of what kind it is.
func Unusable(err error) bool {
	return Damaged(err) || errors.Is(err, sqlfile.ErrForeign) || errors.Is(err, sqlfile.ErrMisnumbered) || sqlfile.Unfit(err)
}

// Empty reports whether err says that a file has no tables yet: the process
// that made it was killed before they were there.
func Empty(err error) bool {
	v := (*sqlfile.VersionError)(nil)
	return errors.As(err, &v) && v.Version == 0
}

// Sound reports whether the structure of the file and every row of the logs are
// as they should be; if not, why says the first thing that is wrong.
func (db *DB) Sound(ctx context.Context) (why string, err error) {
	for text, err := range db.Check(ctx) {
		return text, err
	}
	for _, first := range []func(context.Context) error{
		trouble(db.Captures()), trouble(db.Articles()), trouble(db.Findings()), trouble(db.Decisions()), trouble(db.Sources()), trouble(db.Leads()),
		trouble(db.Groups()), trouble(db.Seals()), trouble(db.Corrections()), trouble(db.Alerts()), trouble(db.Notices()),
	} {
		switch err := first(ctx); {
		case errors.As(err, new(*store.DamageError)), Damaged(err):
			return err.Error(), nil
		case err != nil:
			return "", err
		}
	}
	return "", nil
}

// trouble returns what reads a log up to its first error, and returns that.
func trouble[T any](l store.Log[T]) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, err := range l.After(ctx, 0) {
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// Salvage makes a new database in the file to, which must not exist, of what
// can be read of the file from: the sound rows of the logs, at their positions,
// and the cursors, none of them behind the last row that its log has now. lost
// is told of each row that cannot be read. Of a file that is no database at all
// nothing can be read, and that is no error.
func Salvage(ctx context.Context, fsys disk.FS, from, to string, lost func(LostRow)) error {
	db, err := Open(ctx, to, Options{FS: fsys})
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(from)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	src, err := sql.Open("sqlite", sqlfile.DSN(fsys, abs, []string{sqlfile.BusyTimeout, "query_only(1)"}, "&mode=ro"))
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = db.file.Write(ctx, func(tx *sql.Tx) error {
		for _, table := range logs {
			s := salvager{ctx: ctx, src: src, to: tx, table: table, lost: lost}
			if err := s.log(); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			s.tell()
		}
		return cursors(ctx, src, tx)
	})
	if err == nil { // Close would not tell that it could not write the log back
		err = db.file.Checkpoint(ctx)
	}
	return errors.Join(err, src.Close(), db.Close())
}

// A LostRow is a row of a damaged file that [Salvage] could not read.
type LostRow struct {
	Log string // "captures"
	Seq int64  // position of the row; 0 if no row of the log can be read
	// Keys are what its key may be, as far as that can be read: what stands in the row
	// itself, in its record, and in the list of keys that SQLite keeps.
	Keys []string
	Err  error // why it cannot be read
}

// String tells in a line which row it is, and why it is lost.
func (l LostRow) String() string {
	if l.Seq == 0 {
		return fmt.Sprintf("%s: no row can be read: %v", l.Log, l.Err)
	}
	key := "its key cannot be read"
	if len(l.Keys) > 0 {
		key = strings.Join(l.Keys, " or ")
	}
	return fmt.Sprintf("%s: position %d (%s) could not be made again: %v", l.Log, l.Seq, key, l.Err)
}

// A salvager reads one log of a damaged file.
type salvager struct {
	ctx      context.Context
	src      *sql.DB
	to       *sql.Tx
	table    string
	lost     func(LostRow)
	rowsLost []LostRow
	summed   bool  // the file is new enough to have checksums
	failed   error // why the new file takes no more rows; nil while it does
}

// oldest are the logs that a file of any version has.
var oldest = []string{"captures", "articles", "findings"}

// barren is how many positions without a row a salvager tries one by one, in
// one go, before it gives up: the last position may be damaged, too.
const barren = 1 << 20

func (s *salvager) log() error {
	var last int64
	if err := s.src.QueryRowContext(s.ctx, "SELECT coalesce(max(seq), 0) FROM "+s.table).Scan(&last); err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if !slices.Contains(oldest, s.table) && !Damaged(err) {
			return nil // a file of an older version has none
		}
		if last = s.lastByKey(); last == 0 {
			s.lose(0, err)
			return nil
		}
	}
	var n int
	err := s.src.QueryRowContext(s.ctx, "SELECT count(*) FROM pragma_table_info(?) WHERE name = 'sum'", s.table).Scan(&n)
	s.summed = err != nil || n > 0
	for seq, empty := int64(0), 0; seq < last && empty < barren; {
		at, err := s.rows(seq, chunkRecords)
		if s.failed != nil {
			return s.failed
		}
		if err == nil && at == seq {
			return nil
		}
		if at > seq {
			empty = 0
		}
		if seq = at; err == nil {
			continue
		}
		for k := 0; k < chunkRecords && seq < last; k++ {
			at, err := s.rows(seq, 0)
			if s.failed != nil {
				return s.failed
			}
			if seq++; at == seq {
				empty = 0
				continue
			}
			if empty++; err != nil {
				s.lose(seq, err)
			}
		}
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
	}
	return s.ctx.Err()
}

// lose notes a row that cannot be read, with what its key may be.
func (s *salvager) lose(seq int64, why error, keys ...string) {
	if d := (*store.DamageError)(nil); errors.As(why, &d) {
		why = d.Err
	}
	row := LostRow{Log: s.table, Seq: seq, Err: why}
	for _, key := range keys {
		if key != "" && !slices.Contains(row.Keys, key) {
			row.Keys = append(row.Keys, key)
		}
	}
	s.rowsLost = append(s.rowsLost, row)
}

// keyIn returns the key that a record of a log names; "" if it cannot be read.
func keyIn(table string, rec []byte) string {
	var k struct {
		ID, Capture, Article, URL string
		A, B                      dateline.SpeakerRef
		Number                    int
		Name                      string
	}
	if json.Unmarshal(rec, &k) != nil {
		return ""
	}
	switch table {
	case "captures", "notices":
		return k.ID
	case "alerts":
		return k.Name
	case "corrections":
		var c dateline.Correction
		if json.Unmarshal(rec, &c) != nil {
			return ""
		}
		return c.Key()
	case "articles", "findings":
		return k.Capture
	case "groups":
		return k.Article
	case "decisions":
		return (&dateline.Decision{A: k.A, B: k.B}).Key()
	case "seals":
		return (&dateline.Seal{Number: k.Number}).Key()
	default:
		return k.URL
	}
}

// tell tells the rows that are lost. The keys of those that cannot be read at all are
// looked for in the list of keys, as far as that can be read.
func (s *salvager) tell() {
	unnamed := map[int64]*LostRow{}
	for i := range s.rowsLost {
		if row := &s.rowsLost[i]; row.Seq > 0 && len(row.Keys) == 0 {
			unnamed[row.Seq] = row
		}
	}
	if len(unnamed) > 0 {
		s.keys(func(seq int64, key string) {
			if row := unnamed[seq]; row != nil {
				row.Keys = append(row.Keys, key)
			}
		})
	}
	for _, row := range s.rowsLost {
		s.lost(row)
	}
}

// keys gives the positions and keys in SQLite's list of keys, until it cannot be read.
func (s *salvager) keys(give func(seq int64, key string)) {
	const query = "SELECT seq, key FROM %s INDEXED BY sqlite_autoindex_%[1]s_1 WHERE key >= ''"
	rows, err := s.src.QueryContext(s.ctx, fmt.Sprintf(query, s.table))
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var key string
		if rows.Scan((*position)(&seq), &key) != nil {
			return
		}
		give(seq, key)
	}
	_ = rows.Err() // what could be read is what there is
}

// lastByKey returns the last position that the index of keys tells.
func (s *salvager) lastByKey() (last int64) {
	const query = "SELECT coalesce(max(seq), 0) FROM (SELECT seq FROM %s INDEXED BY sqlite_autoindex_%[1]s_1 WHERE key >= '')"
	if s.src.QueryRowContext(s.ctx, fmt.Sprintf(query, s.table)).Scan(&last) != nil {
		return 0
	}
	return last
}

// rows copies up to n sound rows behind a position, or the one right behind it
// if n is 0, and returns the position of the last row read.
func (s *salvager) rows(after int64, n int) (at int64, err error) {
	columns := rowColumns
	if !s.summed {
		columns = "seq, key, 0, rec"
	}
	query, args := "SELECT "+columns+" FROM "+s.table+" WHERE seq > ? ORDER BY seq LIMIT ?", []any{after, n}
	if n == 0 {
		query, args = "SELECT "+columns+" FROM "+s.table+" WHERE seq = ?", []any{after + 1}
	}
	rows, err := s.src.QueryContext(s.ctx, query, args...)
	if err != nil {
		return after, err
	}
	defer rows.Close()
	var r row
	for at = after; rows.Next(); {
		if err := r.scan(rows); err != nil {
			return at, err
		}
		at = r.seq
		if s.summed {
			err = r.check(s.table)
		} else if err = nil; !json.Valid(r.rec) {
			err = errors.New("it is no JSON")
		}
		if err == nil {
			_, err = s.to.ExecContext(s.ctx, "INSERT INTO "+s.table+" (seq, key, rec, sum) VALUES (?, ?, ?, ?)",
				r.seq, string(r.key), string(r.rec), rowSum(s.table, r.key, r.seq, r.rec))
			if err != nil && !sqlfile.Conflicting(err) { // a full disk must not pass for a damaged row
				s.failed = err
				return at, err
			}
		}
		if err != nil {
			s.lose(r.seq, err, string(r.key), keyIn(s.table, r.rec))
		}
	}
	return at, rows.Err()
}

// stages are those whose cursors the file keeps, with the log that each reads. The
// cursor of the stage index is kept by the index.
var stages = map[string]string{
	store.DecidedCursor:      "decisions",
	store.CorrectedCursor:    "corrections",
	store.AlertedCursor:      "captures",
	string(pipeline.Extract): "captures", string(pipeline.Understand): "articles", string(pipeline.Group): "articles",
}

// cursors copies the cursors of the stages as far as they can be believed.
// A stage without one begins again, which costs work and nothing else.
func cursors(ctx context.Context, src *sql.DB, to *sql.Tx) error {
	for name, log := range stages {
		var seq int64
		if src.QueryRowContext(ctx, "SELECT seq FROM cursors WHERE name = ?", name).Scan(&seq) != nil {
			continue
		}
		_, err := to.ExecContext(ctx, "INSERT INTO cursors (name, seq) SELECT ?1, max(0, min(?2, coalesce(max(seq), 0))) FROM "+log, name, seq)
		if err != nil {
			return err
		}
	}
	return nil
}
