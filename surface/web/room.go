package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A weight says roughly how much memory is taken to make an answer.
type weight int

const (
	page   weight = iota // that of one page: an article and its findings, or a list
	record               // several times the bytes of a capture, whose size the option -max-bytes of the command limits
	asset                // next to nothing
	stream               // next to nothing, for as long as its reader takes what is written
)

// newTurns returns, for each weight that is bounded, a channel with as many places as
// answers that may be made at a time. To wait for a place is safe, since making an
// answer takes a bounded time whatever its reader does.
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
	// sendTime is the most that a reader may take to receive one piece of an answer.
	sendTime = 30 * time.Second
	// pieceSize is the number of bytes of a piece. Answers of one piece take no room:
	// the number of connections bounds what a server holds of them.
	pieceSize = 64 << 10
	// patience is the time after which a reader that receives nothing is cut off if
	// another answer needs the room.
	patience = 500 * time.Millisecond
)

// errBusy reports an answer for which there was no turn, or no room, in time.
var errBusy = errors.New("others are being answered")

// bounded returns the handler of a route within the bounds of time and memory. It
// waits for its turn and ends when the time is up or the reader leaves. It keeps its
// turn until its answer has found room among those that are being sent.
func (s *site) bounded(r route) http.HandlerFunc {
	if r.weight == stream {
		return s.streamed(r)
	}
	turns := s.turns[r.weight]
	return func(w http.ResponseWriter, req *http.Request) {
		begun := time.Now()
		ctx, cancel := context.WithTimeout(req.Context(), s.time)
		defer cancel()
		req = req.WithContext(ctx)
		out := &reply{ResponseWriter: w, req: req, ctx: ctx, room: s.room, done: func() {}}
		defer func() { s.meter.count(r.pattern, cmp.Or(out.status, http.StatusOK), time.Since(begun)) }()
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

// A reply is one answer on its way to a reader. With the first Write the answer counts
// as made, and another one can have its turn.
type reply struct {
	http.ResponseWriter
	req    *http.Request
	ctx    context.Context
	room   *room
	done   func() // gives the turn to the next
	status int    // to be sent before the body; 0 if none was given
	begun  bool   // the status was sent
}

// WriteHeader keeps the status, which is sent when there is room for the body.
func (w *reply) WriteHeader(status int) { w.status = status }

// begin sends the status, once.
func (w *reply) begin() {
	if w.status != 0 && !w.begun {
		w.ResponseWriter.WriteHeader(w.status)
	}
	w.begun = true
}

// finish ends the answer. It sends the status of an answer without a body.
func (w *reply) finish() {
	w.begin()
	w.done()
}

// Write sends b piece by piece, as soon as there is room for it. It fails when the
// reader receives nothing for [sendTime], or for [patience] if another answer needs
// the room.
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
		// The error is ignored: only writers of tests know no deadlines, and their
		// readers do not stall.
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

// refuse answers that there is no room for the body.
func (w *reply) refuse() {
	if w.begun {
		return
	}
	h := w.Header()
	h.Del("Content-Disposition")
	h.Del("Content-Length")
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	h.Set("Retry-After", "10")
	refuse(w.ResponseWriter, w.req, http.StatusServiceUnavailable, errBusy.Error()+"; try again in a moment")
	w.begun = true
}

// A room is the memory that answers which are being sent may hold together.
type room struct {
	total int64 // bytes

	mu      sync.Mutex
	held    int64 // bytes that sending hold
	sending map[*sending]struct{}
	freed   chan struct{} // closed, and replaced by a new one, when some room is given back
}

// A sending is one body that is being sent to its reader.
type sending struct {
	size     int64
	cut      func()       // makes the write that is under way fail
	progress atomic.Int64 // when the reader last received a piece, in Unix nanoseconds
	gone     atomic.Bool  // cut was called
}

func newRoom(total int64) *room {
	return &room{total: total, sending: map[*sending]struct{}{}, freed: make(chan struct{})}
}

// take waits until there is room for s. Readers that have stopped reading are cut off
// for it. A body larger than the whole room is sent when no other is.
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

// tryTake takes the room for s if there is enough. Otherwise it cuts off the readers
// that have stopped reading, and returns a channel that is closed when some room is
// given back.
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

// give gives the room of s back, if s has taken any.
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
