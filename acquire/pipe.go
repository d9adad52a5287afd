package acquire

import (
	"context"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// pipe reads a file that may keep its reader waiting: a named pipe that nobody
// writes into yet, a terminal. Waiting ends with the context.
func (r *reading) pipe(name string) bool {
	f, err := openPipe(r.ctx, name)
	if err != nil {
		return r.fail(name, -1, bareError(err))
	}
	defer f.Close()
	// What cannot have a deadline is not waited for by the system either.
	wake := context.AfterFunc(r.ctx, func() { _ = f.SetReadDeadline(time.Now()) })
	defer wake()
	return r.stream(name, fileURL(name), f)
}

// openPipe opens a file to read from. Opening a named pipe waits until
// somebody opens it to write; if the context ends before, the error is its.
func openPipe(ctx context.Context, name string) (*os.File, error) {
	type result struct {
		f   *os.File
		err error
	}
	opened := make(chan result, 1)
	go func() {
		f, err := os.Open(name)
		opened <- result{f, err}
	}()
	select {
	case got := <-opened:
		return got.f, got.err
	case <-ctx.Done():
	}
	// To open it to write, without waiting, ends the wait of the other side.
	for {
		w, err := os.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			_ = w.Close() // nothing was written
		}
		select {
		case got := <-opened:
			if got.err == nil {
				_ = got.f.Close() // nothing was read
			}
			return nil, &fs.PathError{Op: "open", Path: name, Err: ctx.Err()}
		case <-time.After(10 * time.Millisecond): // the other side was not waiting yet
		}
	}
}
