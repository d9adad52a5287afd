package pipeline

import (
	"iter"
	"runtime"
	"sync"
)

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
