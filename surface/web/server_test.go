package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"dateline"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/surface/web"
)

// listener counts the connections that are open.
type listener struct {
	net.Listener
	open, most atomic.Int64
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	n := l.open.Add(1)
	for most := l.most.Load(); n > most && !l.most.CompareAndSwap(most, n); most = l.most.Load() {
	}
	return &counted{Conn: c, all: l}, nil
}

type counted struct {
	net.Conn
	all    *listener
	closed atomic.Bool
}

func (c *counted) Close() error {
	if !c.closed.Swap(true) {
		c.all.open.Add(-1)
	}
	return c.Conn.Close()
}

// serve serves a over the loopback until the test ends.
func serve(t *testing.T, a web.Archive, o web.Options, conns int) *listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	counting := &listener{Listener: l}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- (&web.Server{Handler: web.New(a, o), Conns: conns}).Serve(ctx, counting) }()
	t.Cleanup(func() {
		stop()
		<-ended // a reader that has stopped may make it late, which is no fault
	})
	return counting
}

// dial opens a connection, and writes what it has to say.
func dial(t *testing.T, l net.Listener, says string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, says); err != nil {
		t.Fatal(err)
	}
	return c
}

// fetch reads a path to its end.
func fetch(t *testing.T, l net.Listener, path string) (status int, body []byte) {
	t.Helper()
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := c.Get("http://" + l.Addr().String() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
	return res.StatusCode, body
}

// heavy is an archive whose captures are large; read counts how often one is.
type heavy struct {
	*memory
	size int
	read chan struct{}
}

func (h heavy) Record(context.Context, *dateline.Capture) (archive.Record, error) {
	b := make([]byte, h.size)
	h.read <- struct{}{}
	return archive.Record{Payload: b, Body: b}, nil
}

// TestReadersThatStop has many readers ask for large captures and read
// nothing. What the server holds for them stays within its room, and others
// get every byte.
func TestReadersThatStop(t *testing.T) {
	const (
		size    = 4 << 20
		stalled = 40
		room    = 8 * size
		making  = 4 * size // captures that are being read, waiting for room
		slack   = 4 * size // garbage, buffers of connections
	)
	m := sample()
	h := heavy{m, size, make(chan struct{}, stalled+10)}
	l := serve(t, h, web.Options{Memory: room}, 0)
	raw := "/capture/" + string(m.last().Capture) + "/raw"

	before := heap()
	for range stalled {
		dial(t, l, "GET "+raw+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	for range stalled {
		<-h.read
	}
	if held := heap() - before; held > room+making+slack {
		t.Errorf("%d readers that have stopped hold %d MiB, want %d at most", stalled, held>>20, (room+making+slack)>>20)
	}
	for range 3 {
		for path, least := range map[string]int{raw: size, "/": 1000, "/search?q=harbour": 1000, "/static/style.css": 1000} {
			if status, body := fetch(t, l, path); status != http.StatusOK || len(body) < least {
				t.Errorf("GET %s beside readers that have stopped: status %d and %d bytes", path, status, len(body))
			}
		}
	}
}

// heap returns how many bytes are in use.
func heap() int64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return int64(s.HeapAlloc)
}

// TestLargerThanTheRoom asks for a capture that is larger than all the room.
func TestLargerThanTheRoom(t *testing.T) {
	m := sample()
	h := heavy{m, 1 << 20, make(chan struct{}, 1)}
	l := serve(t, h, web.Options{Memory: 1}, 0)
	if status, body := fetch(t, l, "/capture/"+string(m.last().Capture)+"/raw"); status != http.StatusOK || len(body) != 1<<20 {
		t.Errorf("status %d and %d bytes, want all", status, len(body))
	}
}

// TestHalfOpenConnections opens ten times as many connections as the server
// takes, each of which begins a request and stops. Others are served.
func TestHalfOpenConnections(t *testing.T) {
	const most = 50
	l := serve(t, sample(), web.Options{}, most)
	for i := range 10 * most {
		says := [...]string{"", "G", "GET / HTTP/1.1\r\nHost: localhost\r\n"}[i%3]
		dial(t, l, says)
		if i%most == 0 {
			if status, _ := fetch(t, l, "/"); status != http.StatusOK {
				t.Errorf("status %d beside %d half-open connections", status, i+1)
			}
		}
	}
	if status, _ := fetch(t, l, "/search?q=harbour"); status != http.StatusOK {
		t.Errorf("status %d beside half-open connections", status)
	}
	if n := l.most.Load(); n > most+1 {
		t.Errorf("%d connections were open at a time, want %d at most and the one that asks to be", n, most)
	}
}

// TestKeptConnection asks several times over one connection.
func TestKeptConnection(t *testing.T) {
	l := serve(t, sample(), web.Options{}, 1)
	c := dial(t, l, "")
	r := bufio.NewReader(c)
	for i := range 5 {
		fmt.Fprint(c, "GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
		res, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		if err = errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("request %d: %s, %v", i+1, res.Status, err)
		}
	}
}

// TestLongHeader sends a request that is longer than any reader's.
func TestLongHeader(t *testing.T) {
	l := serve(t, sample(), web.Options{}, 0)
	c := dial(t, l, "")
	go fmt.Fprintf(c, "GET /?%s HTTP/1.1\r\nHost: localhost\r\n\r\n", strings.Repeat("x", 100<<10)) // refused on the way
	line, err := bufio.NewReader(c).ReadString('\n')
	if !strings.Contains(line, "431") {
		t.Errorf("a header of 100 kB: %q, %v; want status 431", line, err)
	}
}

// asked is an archive whose index never answers, and tells when it is asked
// and when it is not asked any more.
type asked struct {
	*memory
	begin, end chan struct{}
}

func (a asked) Facets(ctx context.Context, _ query.Query) (index.Facets, error) {
	a.begin <- struct{}{}
	<-ctx.Done()
	a.end <- struct{}{}
	return index.Facets{}, ctx.Err()
}

// TestReaderLeaves leaves while a query runs: it ends.
func TestReaderLeaves(t *testing.T) {
	a := asked{sample(), make(chan struct{}), make(chan struct{})}
	l := serve(t, a, web.Options{Time: 1 << 60}, 0)
	c := dial(t, l, "GET /search?q=harbour HTTP/1.1\r\nHost: localhost\r\n\r\n")
	<-a.begin
	c.Close()
	<-a.end
}
