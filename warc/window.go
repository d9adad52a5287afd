package warc

import "io"

// chunk is how much a window asks its reader for at once.
const chunk = 64 << 10

// A window is the stretch of a stream that is held in memory, so that what
// was read can be read again. It holds at least the bytes from keep on.
type window struct {
	r    io.Reader
	buf  []byte // the bytes at offsets base to base+len(buf)
	base int64
	keep int   // index in buf of the first byte that must stay
	pos  int   // index in buf of the next byte to read
	most int   // if more than so many bytes are kept, the oldest go; 0 means no limit
	err  error // what ended r, sticky: io.EOF or what went wrong
}

// reset makes w read from r, whose first byte has the given offset.
func (w *window) reset(r io.Reader, offset int64) {
	*w = window{r: r, buf: w.buf[:0], base: offset, most: w.most}
}

func (w *window) offset() int64 { return w.base + int64(w.pos) }

// rest is what has been read from r and lies ahead. It is valid until the
// next call of more.
func (w *window) rest() []byte { return w.buf[w.pos:] }

// hold lets go of everything before offset.
func (w *window) hold(offset int64) { w.keep = w.index(offset) }

// seek moves to offset, or to the oldest byte held if that is later.
func (w *window) seek(offset int64) { w.pos = w.index(offset) }

func (w *window) index(offset int64) int {
	return int(min(max(offset-w.base, int64(min(w.keep, len(w.buf)))), int64(len(w.buf))))
}

// skip moves on and lets go of what is passed but for one byte.
func (w *window) skip(n int) {
	w.pos += n
	w.keep = max(w.keep, w.pos-1)
}

// fill reads until n bytes lie ahead; false means that the stream ends before.
func (w *window) fill(n int) bool {
	for len(w.buf)-w.pos < n {
		if !w.more() {
			return false
		}
	}
	return true
}

// more reads at least one byte more, and reports whether there was one.
func (w *window) more() bool {
	if w.most > 0 && len(w.buf)-w.keep > w.most {
		w.keep = w.pos
	}
	if cap(w.buf)-len(w.buf) < chunk/2 {
		w.makeRoom()
	}
	for range 100 {
		if w.err != nil {
			return false
		}
		n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
		w.buf, w.err = w.buf[:len(w.buf)+n], err
		if n > 0 {
			return true
		}
	}
	if w.err == nil {
		w.err = io.ErrNoProgress
	}
	return false
}

// makeRoom drops what need not be held or, if that is little, takes a larger buffer.
func (w *window) makeRoom() {
	held := w.buf[w.keep:]
	to := w.buf[:0]
	if cap(w.buf) < 2*len(held)+chunk {
		to = make([]byte, 0, max(2*cap(w.buf), 2*chunk))
	}
	w.buf = append(to, held...)
	w.base += int64(w.keep)
	w.pos -= w.keep
	w.keep = 0
}

// Read implements [io.Reader].
func (w *window) Read(p []byte) (int, error) {
	if w.pos == len(w.buf) && !w.more() {
		return 0, w.err
	}
	n := copy(p, w.buf[w.pos:])
	w.pos += n
	return n, nil
}
