package web

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A weight is the memory that an answer takes while it is made, roughly.
type weight int

const (
	page   weight = iota // one page: an article and its findings, or a list
	record               // the bytes of a capture, up to -max-bytes several times
	asset                // next to nothing
)

// newTurns returns how many answers of each weight may be made at a time.
// Making one ends in time whatever its reader does, so others wait for it.
func newTurns() map[weight]chan struct{} {
	return map[weight]chan struct{}{page: make(chan struct{}, pagesAtOnce), record: make(chan struct{}, recordsAtOnce)}
}

// How many answers are made at a time. Chosen, not measured: more pages than
// processors, since some wait for the disk, and few records, each of which may take
// its largest size several times while it is read.
const (
	pagesAtOnce   = 32
	recordsAtOnce = 4
)

const (
	// sendTime is the most that a reader may take for one piece of an answer.
	sendTime = 30 * time.Second
	// pieceSize is the size of these pieces. Answers of one piece are not
	// counted: what a server holds of them is bounded by its connections.
	pieceSize = 64 << 10
	// patience is how long a reader may have taken nothing before its answer
	// is cut off where another needs the room.
	patience = 500 * time.Millisecond
)

// errBusy reports an answer that found no turn or no room in time.
var errBusy = errors.New("others are being answered")

// bounded serves a route within the bounds of time and memory: it waits for
// its turn, ends when the time is up or the reader leaves, and holds its place
// until its answer has room among those on their way.
func (s *site) bounded(r route) http.HandlerFunc {
	turns := s.turns[r.weight]
	return func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithTimeout(req.Context(), s.time)
		defer cancel()
		req = req.WithContext(ctx)
		out := &reply{ResponseWriter: w, ctx: ctx, room: s.room, done: func() {}}
		if turns != nil {
			select {
			case turns <- struct{}{}:
				out.done = sync.OnceFunc(func() { <-turns })
			case <-ctx.Done():
				if req.Context().Err() == context.DeadlineExceeded {
					s.fail(out, req, errBusy)
				}
				out.finish()
				return
			}
		}
		defer out.finish()
		r.serve(out, req)
	}
}

// A reply is an answer on its way. The first Write ends its making.
type reply struct {
	http.ResponseWriter
	ctx    context.Context
	room   *room
	done   func() // gives the turn to the next
	status int    // not sent yet; 0 if there is none, or it is sent
	begun  bool
}

// WriteHeader keeps the status until there is room for the body.
func (w *reply) WriteHeader(status int) { w.status = status }

// begin sends the status.
func (w *reply) begin() {
	if w.status != 0 && !w.begun {
		w.ResponseWriter.WriteHeader(w.status)
	}
	w.begun = true
}

// finish ends an answer that may have no body.
func (w *reply) finish() {
	w.begin()
	w.done()
}

// Write sends b piece by piece. It fails when the reader takes nothing for
// [sendTime], or for [patience] if another answer needs the room.
func (w *reply) Write(b []byte) (n int, err error) {
	control := http.NewResponseController(w.ResponseWriter)
	out := &sending{size: int64(len(b)), cut: func() { _ = control.SetWriteDeadline(time.Unix(1, 0)) }}
	if err := w.room.take(w.ctx, out); err != nil {
		w.refuse()
		return 0, err
	}
	defer w.room.give(out)
	w.done()
	w.begin()
	for n < len(b) && err == nil {
		out.progress.Store(time.Now().UnixNano())
		// A writer without deadlines, as tests have, has no reader that stalls.
		_ = control.SetWriteDeadline(time.Now().Add(sendTime))
		if out.gone.Load() {
			return n, errBusy
		}
		var m int
		m, err = w.ResponseWriter.Write(b[n:min(n+pieceSize, len(b))])
		n += m
	}
	return n, err
}

// refuse answers where there is no room for the body.
func (w *reply) refuse() {
	if w.begun {
		return
	}
	h := w.Header()
	h.Del("Content-Disposition")
	h.Del("Content-Length")
	h.Set("Cache-Control", "no-store")
	h.Set("Retry-After", "10")
	http.Error(w.ResponseWriter, errBusy.Error()+"; try again in a moment", http.StatusServiceUnavailable)
	w.begun = true
}

// A room is the memory that answers on their way may hold together.
type room struct {
	total int64

	mu      sync.Mutex
	held    int64
	sending map[*sending]struct{}
	freed   chan struct{} // closed when something is given back
}

// A sending is one body on its way to its reader.
type sending struct {
	size     int64
	cut      func()       // lets the write that is under way fail
	progress atomic.Int64 // when the reader last took a piece, in Unix nanoseconds
	gone     atomic.Bool  // it was cut
}

func newRoom(total int64) *room {
	return &room{total: total, sending: map[*sending]struct{}{}, freed: make(chan struct{})}
}

// take waits for room for s. Whoever has stopped reading has to give way. A
// body larger than all the room goes alone.
func (m *room) take(ctx context.Context, s *sending) error {
	if s.size <= pieceSize {
		return nil
	}
	for {
		freed, ok := m.tryTake(s)
		if ok {
			return nil
		}
		again := time.NewTimer(patience / 2)
		select {
		case <-ctx.Done():
			again.Stop()
			return errBusy
		case <-freed:
		case <-again.C:
		}
		again.Stop()
	}
}

// tryTake takes the room for s if there is enough. Otherwise it cuts off who
// has stopped reading, and returns what is closed when there is more room.
func (m *room) tryTake(s *sending) (freed <-chan struct{}, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == 0 || m.held+s.size <= m.total {
		m.held += s.size
		s.progress.Store(time.Now().UnixNano())
		m.sending[s] = struct{}{}
		return nil, true
	}
	since := time.Now().Add(-patience).UnixNano()
	for other := range m.sending {
		if other.progress.Load() < since && other.gone.CompareAndSwap(false, true) {
			other.cut()
		}
	}
	return m.freed, false
}

// give gives the room of s back.
func (m *room) give(s *sending) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.sending[s]; !ok {
		return
	}
	delete(m.sending, s)
	m.held -= s.size
	close(m.freed)
	m.freed = make(chan struct{})
}
