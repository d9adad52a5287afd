// Package pipeline moves records from one log to the next. It holds the only
// loop of the program: read after a cursor, apply a stage, put, move the cursor.
//
//	pipeline.go   a Stage, and Run, the loop
//	name.go       what the stages are called
//	map.go        work on a sequence side by side, in its order
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/store"
)

// A Stage turns each record of one log into records of the next.
//
// Three properties make it safe to stop a stage anywhere, to repeat it, and to
// run it again after an improvement: what it reads does not change, Do is a
// pure function of it, and Put does nothing with a record that is stored
// already. The stage [Group] is the exception: its Do also depends on the articles
// before. To repeat a batch changes no group there, since Do leaves an article alone
// that has one.
type Stage[In, Out any] struct {
	// Name is what the cursor of the stage is called.
	Name Name
	// From is the log that the stage reads.
	From store.Log[In]
	// Do turns one record into the next ones: one, several or none. It is
	// called from several goroutines, unless Options.Workers is 1. A page that it
	// cannot read is a result that says so (Article.Skip), or none and an error of
	// [Pass]: Options.Passed is told of that, and the record is passed over. Any
	// other error stops the stage. A damaged record of From is passed over, too.
	// What Do gave once and no longer gives stays where it was put: only a record
	// with the same key replaces it.
	Do func(context.Context, In) ([]Out, error)
	// Put stores the results of a batch, all or none of them.
	Put func(context.Context, ...Out) error
}

// Options tune a run. The zero value is useful.
type Options struct {
	Batch   int           // records worked on between two moves of the cursor; 0 means 500
	Age     time.Duration // after which a smaller batch is put, too; 0 means 2 s
	Workers int           // records worked on side by side; 0 means one a core
	Done    func(n int)   // called after each batch with the number of records read in it; may be nil
	Passed  func(error)   // told, in the order of the log, of each record that is passed over; may be nil
}

// Pass marks err as the trouble of one record, which must not keep the others
// from being worked on: the stage tells it and goes on. What Do returns beside
// it is put all the same.
func Pass(err error) error { return &passed{err} }

// Passed reports whether err is one of [Pass].
func Passed(err error) bool { return errors.As(err, new(*passed)) }

// passed is an error of [Pass].
type passed struct{ error }

func (p *passed) Unwrap() error { return p.error }

// Run applies Do to the records of From that stand after the cursor of the
// stage, gives the results to Put in the order of the log, a batch at a time,
// and then moves the cursor. It returns when the end of the log is reached,
// with the number of records read.
//
// A crash between Put and the move of the cursor repeats one batch, which
// changes nothing; a crash before Put loses the work of at most one batch.
func (s Stage[In, Out]) Run(ctx context.Context, cursors store.Cursors, o Options) (int, error) {
	seq, err := cursors.Cursor(ctx, string(s.Name))
	if err != nil {
		return 0, fmt.Errorf("stage %s: %w", s.Name, err)
	}
	r := run[In, Out]{stage: s, cursors: cursors, o: o}
	if r.o.Batch <= 0 {
		r.o.Batch = 500
	}
	if r.o.Age <= 0 {
		r.o.Age = 2 * time.Second
	}
	for done, err := range Map(s.records(ctx, seq), o.Workers, r.apply(ctx)) {
		if err == nil {
			err = r.take(ctx, done)
		}
		if err != nil {
			return r.total, fmt.Errorf("stage %s: %w", s.Name, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return r.total, err
	}
	if err := r.commit(ctx); err != nil {
		return r.total, fmt.Errorf("stage %s: %w", s.Name, err)
	}
	return r.total, nil
}

// A record of the log that a stage reads.
type record[In any] struct {
	store.Entry[In]
	damage error // Rec is not what was put into the log; nil if it is
}

// records yields the records after seq, damaged ones as such.
func (s Stage[In, Out]) records(ctx context.Context, seq int64) iter.Seq2[record[In], error] {
	return func(yield func(record[In], error) bool) {
		for e, err := range s.From.After(ctx, seq) {
			r := record[In]{Entry: e}
			if errors.As(err, new(*store.DamageError)) {
				r.damage, err = err, nil
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// A run is one call of [Stage.Run].
type run[In, Out any] struct {
	stage   Stage[In, Out]
	cursors store.Cursors
	o       Options

	read  int       // records in the batch
	last  int64     // position of the last of them
	began time.Time // when the first of them was done
	out   []Out     // what they gave
	total int       // records of the batches before
}

// result is what one record gave.
type result[Out any] struct {
	seq    int64
	out    []Out
	passed error // why the record was passed over; nil if it was not
}

func (r *run[In, Out]) apply(ctx context.Context) func(record[In]) (result[Out], error) {
	return func(e record[In]) (result[Out], error) {
		if e.damage != nil {
			return result[Out]{seq: e.Seq, passed: e.damage}, nil
		}
		out, err := r.stage.Do(ctx, e.Rec)
		var p *passed
		if errors.As(err, &p) {
			return result[Out]{e.Seq, out, err}, nil
		}
		return result[Out]{seq: e.Seq, out: out}, err
	}
}

// take adds a result to the batch, and commits the batch if it is time.
func (r *run[In, Out]) take(ctx context.Context, done result[Out]) error {
	if r.read == 0 {
		r.began = time.Now()
	}
	r.read++
	if done.passed != nil && r.o.Passed != nil {
		r.o.Passed(done.passed)
	}
	r.last, r.out = done.seq, append(r.out, done.out...)
	if r.read < r.o.Batch && time.Since(r.began) < r.o.Age {
		return nil
	}
	return r.commit(ctx)
}

// commit puts the batch and moves the cursor behind it.
func (r *run[In, Out]) commit(ctx context.Context) error {
	if r.read == 0 {
		return nil
	}
	if len(r.out) > 0 {
		if err := r.stage.Put(ctx, r.out...); err != nil {
			return err
		}
	}
	if err := r.cursors.SetCursor(ctx, string(r.stage.Name), r.last); err != nil {
		return err
	}
	r.total += r.read
	if r.o.Done != nil {
		r.o.Done(r.read)
	}
	clear(r.out)
	r.read, r.out = 0, r.out[:0]
	return nil
}
