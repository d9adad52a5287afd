package main

import (
	"context"
	"io"
)

// interruptible returns a reader of what r holds whose Read ends with ctx,
// even while r is waiting for more: Ctrl-C must end a command that waits for
// its input. The read that is under way then goes on until r gives in; it is
// the process's last.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	return &interruptReader{ctx: ctx, r: r, free: make([]byte, 1<<16)}
}

type interruptReader struct {
	ctx  context.Context
	r    io.Reader
	done chan chunk // a read is under way; nil if none is
	free []byte     // buffer for the next read
	rest []byte     // read but not handed out
	err  error
}

// A chunk is what one call of Read returned: n bytes of buf, and the error that ended the
// input, if one did.
type chunk struct {
	buf []byte
	n   int
	err error
}

func (i *interruptReader) Read(p []byte) (int, error) {
	for len(i.rest) == 0 {
		if i.err != nil {
			return 0, i.err
		}
		if i.done == nil {
			i.done = make(chan chunk, 1)
			go func(buf []byte, done chan<- chunk) {
				n, err := i.r.Read(buf)
				done <- chunk{buf, n, err}
			}(i.free, i.done)
		}
		select {
		case <-i.ctx.Done():
			return 0, i.ctx.Err()
		case c := <-i.done:
			i.done, i.free, i.rest, i.err = nil, c.buf, c.buf[:c.n], c.err
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}
