// Package store is the contract that every archive store keeps: logs of
// records, cursors that say how far a stage has read a log, and look-ups by other
// things than keys. Package store/storetest is the contract as a test; package
// store/sqlite keeps it in a file, package store/nats in servers that many machines ask.
//
//	store.go   a Log, its sound records, and the Cursors
//	lookup.go  a Lookup, and which version stands for an article
//	memory.go  logs and cursors in memory
//	scan.go    a Lookup over logs of any kind, which reads them from first to last
package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// An Entry is one record of a log and its position there.
type Entry[T any] struct {
	Seq int64 // position in the log, from 1; a later change is at a higher one
	Rec T     // as it was last put
}

// A Log is a sequence of records of one kind, each with a unique key.
// A record stands at the position of its last change. Implementations must pass
// storetest.TestLog.
type Log[T any] interface {
	// Put adds the records at the end, all or none of them (at most 1,000 of them in
	// a log on other machines, and more in such pieces), replacing any record with the
	// same key. A record that equals the stored one is left
	// where it stands. When Put returns nil the records are on stable storage.
	Put(ctx context.Context, recs ...T) error
	// Get returns the record with the given key, or dateline.ErrNotFound. If
	// the record is damaged, the error is a *DamageError.
	Get(ctx context.Context, key string) (T, error)
	// Has reports whether there is a record with the given key, damaged or not. It
	// takes much less time than Get, which reads the record.
	Has(ctx context.Context, key string) (bool, error)
	// After yields the records positioned after seq, in order, those put while
	// it runs included. Positions start at 1. It holds no lock between
	// records. A damaged record is a *DamageError in its place, with an Entry
	// that holds its position alone. The sequence ends after any other error.
	After(ctx context.Context, seq int64) iter.Seq2[Entry[T], error]
	// Last returns the position of the last record, 0 if there is none.
	Last(ctx context.Context) (int64, error)
}

// A DamageError reports a record of a log that is not what was put there.
type DamageError struct {
	Log string // "captures"
	Seq int64  // position of the record
	Key string // as it can be read now, which may be wrong, too
	Err error  // what is wrong
}

// Error names the log, the position and the key.
func (e *DamageError) Error() string {
	return fmt.Sprintf("%s: position %d (%s): the record is damaged: %v", e.Log, e.Seq, e.Key, e.Err)
}

// Unwrap returns what is wrong.
func (e *DamageError) Unwrap() error { return e.Err }

// Sound yields the records of a log positioned after seq, as [Log.After] does, and passes
// over damaged ones. The sequence ends after its first error.
func Sound[T any](ctx context.Context, l Log[T], seq int64) iter.Seq2[Entry[T], error] {
	return func(yield func(Entry[T], error) bool) {
		for e, err := range l.After(ctx, seq) {
			if errors.As(err, new(*DamageError)) {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Names of cursors that are no stage's. A cursor whose name is neither one of these nor that of a stage has been
// damaged.
const (
	DecidedCursor   = "decided"   // how far in the log of decisions the articles are sorted by what users have decided
	CorrectedCursor = "corrected" // how far in the log of corrections the records are set right
	AlertedCursor   = "alerted"   // how far in the log of captures the alerts have looked
	MarkPrefix      = "import "   // begins the names of marks, which tell how far a file that is imported has been read
)

// Cursors remembers how far each stage has read its log.
type Cursors interface {
	// Cursor returns the position that the named stage has reached, 0 for a
	// name never set.
	Cursor(ctx context.Context, name string) (int64, error)
	// SetCursor records that the named stage has reached seq.
	SetCursor(ctx context.Context, name string, seq int64) error
}
