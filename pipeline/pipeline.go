// Package pipeline moves records from one log to the next. It holds the only
// loop of the program: read after a cursor, apply a stage, put, move the cursor.
package pipeline

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"dateline/store"
)

// A Stage turns one record into the next: a pure function of its input and
// its code. A page it cannot read is a result that says so (Article.Skip);
// an error means the machinery failed, and stops the pipeline.
type Stage[In, Out any] func(context.Context, In) (Out, error)

// Options tune a run. The zero value is useful.
type Options struct {
	Batch   int         // records put and committed together; 0 means 500
	Workers int         // stages at work side by side; 0 means one a core
	Done    func(n int) // called after each batch with the number of records in it; may be nil
}

// Run applies stage to the records of from that stand after the cursor called
// name, gives the results to put in the order of the log, a batch at a time,
// and then moves the cursor. It returns when the end of the log is reached,
// with the number of records done.
//
// A crash between put and the move of the cursor repeats one batch, which
// changes nothing: records are immutable, stages pure, and puts ignore equals.
func Run[In, Out any](ctx context.Context, name string, cursors store.Cursors, from store.Log[In],
	put func(context.Context, ...Out) error, stage Stage[In, Out], o Options) (int, error) {
	if o.Batch == 0 {
		o.Batch = 500
	}
	seq, err := cursors.Cursor(ctx, name)
	if err != nil {
		return 0, err
	}
	type step struct {
		seq int64
		out Out
	}
	var (
		total int
		last  int64
		batch []Out
	)
	commit := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := put(ctx, batch...); err != nil {
			return err
		}
		if err := cursors.SetCursor(ctx, name, last); err != nil {
			return err
		}
		total += len(batch)
		if o.Done != nil {
			o.Done(len(batch))
		}
		clear(batch)
		batch = batch[:0]
		return nil
	}
	apply := func(e store.Entry[In]) (step, error) {
		out, err := stage(ctx, e.Rec)
		return step{e.Seq, out}, err
	}
	for s, err := range Map(from.After(ctx, seq), o.Workers, apply) {
		if err != nil {
			return total, err
		}
		last, batch = s.seq, append(batch, s.out)
		if len(batch) >= o.Batch {
			if err := commit(); err != nil {
				return total, err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return total, err
	}
	return total, commit()
}

// Map applies f to the values of seq on several goroutines and yields the
// results in the order of seq. An error of seq is passed on in its place, and
// so is an error of f; neither ends the sequence. workers 0 means one a core.
//
// At most twice as many values as workers are held at a time. When the
// consumer stops, Map returns after the calls of f under way have ended.
func Map[In, Out any](seq iter.Seq2[In, error], workers int, f func(In) (Out, error)) iter.Seq2[Out, error] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type result struct {
		out Out
		err error
	}
	type job struct {
		in   In
		done chan result
	}
	return func(yield func(Out, error) bool) {
		var wait sync.WaitGroup
		jobs := make(chan job)
		order := make(chan chan result, 2*workers)
		stop := make(chan struct{})
		for range workers {
			wait.Go(func() {
				for j := range jobs {
					out, err := f(j.in)
					j.done <- result{out, err}
				}
			})
		}
		wait.Go(func() {
			defer close(order)
			defer close(jobs)
			for in, err := range seq {
				done := make(chan result, 1)
				select {
				case order <- done:
				case <-stop:
					return
				}
				if err != nil {
					done <- result{err: err}
					continue
				}
				select {
				case jobs <- job{in, done}:
				case <-stop:
					return
				}
			}
		})
		defer wait.Wait()
		defer close(stop)
		for done := range order {
			r := <-done
			if !yield(r.out, r.err) {
				return
			}
		}
	}
}
