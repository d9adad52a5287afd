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

// A Server serves pages over connections that may be slow, silent or many.
type Server struct {
	// Handler answers the requests.
	Handler http.Handler
	// Conns is the most connections that are open at a time; 0 means 2000.
	// When there are more, the one that has longest asked for nothing is
	// closed.
	Conns int
	// Log is told about connections that fail; nil drops it.
	Log *slog.Logger
}

// What one connection may take. How long the reading of an answer may take is
// bounded piece by piece (see reply).
const (
	headerTime  = 10 * time.Second // until the head of a request is there
	readTime    = 30 * time.Second // and all of it; longer than an answer takes, since it ends that, too
	idleTime    = 2 * time.Minute  // between two requests
	stopTime    = 5 * time.Second  // for answers on their way when the server stops
	headerBytes = 32 << 10         // of a request
	bufferBytes = 256 << 10        // in the kernel, each way
	mostConns   = 2000             // chosen: with these buffers one gigabyte at most
)

// Serve answers requests at l until ctx ends, and closes l.
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
	closed  bool       // the listener is
	waiting *list.List // of *conn: those that ask for nothing, the longest first
	change  *sync.Cond // fewer are open, or the listener is closed
}

func newConns(l net.Listener, most int) *conns {
	c := &conns{Listener: l, most: most, waiting: list.New()}
	c.change = sync.NewCond(&c.mu)
	return c
}

// A conn is one connection; at is its place among those that wait.
type conn struct {
	net.Conn
	all    *conns
	at     *list.Element // nil while a request is answered
	closed bool
}

// Accept returns the next connection, once there is room for it.
func (c *conns) Accept() (net.Conn, error) {
	n, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := n.(*net.TCPConn); ok { // else the kernel holds megabytes for each
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
		if first == nil { // all are being answered, which ends in time
			c.change.Wait()
			continue
		}
		c.mu.Unlock()
		_ = first.Value.(*conn).Close() // it asked for nothing
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

func (x *conn) stopWaiting() {
	if x.at != nil {
		x.all.waiting.Remove(x.at)
		x.at = nil
	}
}

// connKey is the key of the connection in the context of its requests.
type connKey struct{}

func (c *conns) context(ctx context.Context, n net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, n)
}

// busy keeps the connection of a request open while next answers it.
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
