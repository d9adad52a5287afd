package web

import (
	"cmp"
	"container/list"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Server serves pages over connections that may be slow, silent or many. Handler
// must be set.
type Server struct {
	// Handler answers the requests.
	Handler http.Handler
	// Conns is the most connections that are open at a time; 0 means 2000.
	// When another one comes, the connection that has been without a request for
	// the longest time is closed for it.
	Conns int
	// Log is told about connections that fail; nil drops it.
	Log *slog.Logger
}

// What one connection may take. How long a reader may take to receive an answer is
// bounded for each piece of it (see reply).
const (
	headerTime  = 10 * time.Second // until the head of a request has arrived
	readTime    = 30 * time.Second // until all of the request has; more than Options.Time, since an answer ends with it, too
	idleTime    = 2 * time.Minute  // between two requests
	stopTime    = 5 * time.Second  // for the answers that are being made or sent when the server stops
	headerBytes = 32 << 10         // of the head of a request
	bufferBytes = 256 << 10        // of the kernel, for each direction
	mostConns   = 2000             // chosen: at most one gigabyte of such buffers
)

// Serve answers requests that arrive at l until ctx ends, and closes l. It then waits
// up to five seconds for answers that are under way. The error is nil if ctx has ended
// it.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	log := s.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	conns := newConns(l, cmp.Or(s.Conns, mostConns))
	server := &http.Server{
		Handler:           conns.busy(s.Handler),
		ConnContext:       conns.context,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      sendTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	defer context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) { // a request or an answer that never ends
			err = server.Close()
		}
		stopped <- err
	})()
	if err := server.Serve(conns); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// conns is a listener that holds a bounded number of connections open.
type conns struct {
	net.Listener
	most int

	mu      sync.Mutex
	open    int
	closed  bool       // Close was called
	waiting *list.List // of *conn: the connections without a request, the one that waits longest first
	change  *sync.Cond // told when fewer are open, one begins to wait, or the listener is closed
}

// newConns returns a listener that accepts from l and keeps at most so many
// connections open.
func newConns(l net.Listener, most int) *conns {
	c := &conns{Listener: l, most: most, waiting: list.New()}
	c.change = sync.NewCond(&c.mu)
	return c
}

// A conn is one connection.
type conn struct {
	net.Conn
	all    *conns
	at     *list.Element // its place in waiting; nil while a request is answered
	closed bool
}

// Accept returns the next connection, when there is room for it.
func (c *conns) Accept() (net.Conn, error) {
	n, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := n.(*net.TCPConn); ok { // with its defaults, the kernel may hold megabytes for each connection
		_ = tcp.SetReadBuffer(bufferBytes)
		_ = tcp.SetWriteBuffer(bufferBytes)
	}
	c.makeRoom()
	c.mu.Lock()
	defer c.mu.Unlock()
	x := &conn{Conn: n, all: c}
	x.at = c.waiting.PushBack(x)
	c.open++
	return x, nil
}

// makeRoom returns when one more connection may be open.
func (c *conns) makeRoom() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.open >= c.most && !c.closed {
		first := c.waiting.Front()
		if first == nil { // all have a request; their answers end in time
			c.change.Wait()
			continue
		}
		c.mu.Unlock()
		_ = first.Value.(*conn).Close() // it is without a request
		c.mu.Lock()
	}
}

// Close closes the listener.
func (c *conns) Close() error {
	c.mu.Lock()
	c.closed = true
	c.change.Broadcast()
	c.mu.Unlock()
	return c.Listener.Close()
}

// Close closes the connection.
func (x *conn) Close() error {
	x.all.mu.Lock()
	if !x.closed {
		x.closed = true
		x.stopWaiting()
		x.all.open--
		x.all.change.Broadcast()
	}
	x.all.mu.Unlock()
	return x.Conn.Close()
}

// stopWaiting takes x out of the list of those that wait.
func (x *conn) stopWaiting() {
	if x.at != nil {
		x.all.waiting.Remove(x.at)
		x.at = nil
	}
}

// connKey is the key of the connection in the context of its requests.
type connKey struct{}

// context returns the context for the requests of the connection n.
func (c *conns) context(ctx context.Context, n net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, n)
}

// busy marks the connection of a request as busy while next answers it, so that it is
// not closed for another one.
func (c *conns) busy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x, ok := r.Context().Value(connKey{}).(*conn)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		x.answering(true)
		defer x.answering(false)
		next.ServeHTTP(w, r)
	})
}

// answering notes whether a request of x is being answered.
func (x *conn) answering(is bool) {
	x.all.mu.Lock()
	defer x.all.mu.Unlock()
	x.stopWaiting()
	if !is && !x.closed {
		x.at = x.all.waiting.PushBack(x)
		x.all.change.Broadcast()
	}
}
