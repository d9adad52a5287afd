package sqlite

import (
	"crypto/sha256"
	"database/sql"
	sqldriver "database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"

	"dateline/store"
)

// rowSum is the checksum of a row of a log: the first 8 bytes of the SHA-256
// of the log's name, the key, the position and the record.
func rowSum(table string, key []byte, seq int64, rec []byte) int64 {
	h := sha256.New()
	var head [3 * 8]byte
	binary.BigEndian.PutUint64(head[:], uint64(len(table)))
	binary.BigEndian.PutUint64(head[8:], uint64(len(key)))
	binary.BigEndian.PutUint64(head[16:], uint64(seq))
	h.Write(head[:]) // a hash does not fail
	h.Write([]byte(table))
	h.Write(key)
	h.Write(rec)
	var sum [sha256.Size]byte
	return int64(binary.BigEndian.Uint64(h.Sum(sum[:0])))
}

// The migration that gives old rows their sum calls rowSum as an SQL function.
func init() {
	driver.MustRegisterDeterministicScalarFunction("dateline_row_sum", 4, func(_ *driver.FunctionContext, args []sqldriver.Value) (sqldriver.Value, error) {
		table, ok1 := args[0].(string)
		key, ok2 := args[1].(string)
		seq, ok3 := args[2].(int64)
		rec, ok4 := args[3].(string)
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return nil, errors.New("dateline_row_sum: a row of a log has a name, a key, a position and a record")
		}
		return rowSum(table, []byte(key), seq, []byte(rec)), nil
	})
}

// rowColumns are the columns of a log that a row scans.
const rowColumns = "seq, key, sum, rec"

// A row is one row of a log as it is stored. What it points to is valid until
// the next one is scanned. Nothing is taken for granted of what stands in a
// damaged file, not even its types.
type row struct {
	seq      int64
	key, rec sql.RawBytes
	sum      any
}

func (r *row) scan(rows *sql.Rows) error {
	return rows.Scan((*position)(&r.seq), &r.key, &r.sum, &r.rec)
}

// A position is read as 0 where a damaged file has none.
type position int64

// Scan implements [sql.Scanner].
func (p *position) Scan(v any) error {
	n, _ := v.(int64)
	*p = position(n)
	return nil
}

// errSum says that a row is not what was put there.
var errSum = errors.New("it is not what was put there (its checksum says so)")

// check returns why the row is not what was put into the table; nil if it is.
func (r *row) check(table string) error {
	if sum, ok := r.sum.(int64); !ok || sum != rowSum(table, r.key, r.seq, r.rec) {
		return &store.DamageError{Log: table, Seq: r.seq, Key: string(r.key), Err: errSum}
	}
	return nil
}

// decode makes the record of a sound row.
func (r *row) decode(table string, rec any) error {
	if err := r.check(table); err != nil {
		return err
	}
	if err := json.Unmarshal(r.rec, rec); err != nil {
		return fmt.Errorf("position %d: %w", r.seq, err)
	}
	return nil
}

// addSums gives every row of the logs its checksum.
var addSums = func() (script string) {
	for _, table := range oldLogs {
		script += "ALTER TABLE " + table + " ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;\n" +
			"UPDATE " + table + " SET sum = dateline_row_sum('" + table + "', key, seq, rec);\n"
	}
	return script
}()

// oldLogs are the tables of the logs that had no checksums at first; logs are all.
var (
	oldLogs = []string{"captures", "articles", "findings", "decisions"}
	logs    = append(oldLogs[:len(oldLogs):len(oldLogs)], "sources", "leads", "groups", "seals", "corrections", "alerts", "notices")
)
