//go:build linux

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"dateline/internal/newspaper"
)

const (
	maxHosts  = 250 * 250 // of the addresses 127.1.1.1 to 127.250.250.250 those with a 1 in front
	statePath = "/fakeweb-state"
	frames    = 24 // how many different surroundings pages have
)

// address returns the host of a number, with its port.
func address(host int, port string) string {
	return fmt.Sprintf("127.%d.%d.1:%s", 1+host/250, 1+host%250, port)
}

// number is the number of a host, -1 if it is none.
func number(host string) int {
	var a, b int
	if _, err := fmt.Sscanf(host, "127.%d.%d.1:", &a, &b); err != nil {
		return -1
	}
	return (a-1)*250 + b - 1
}

// opml lists the feeds of all hosts.
func opml(hosts int, port string) string {
	var b strings.Builder
	b.WriteString(`<opml version="2.0"><body>`)
	for i := range hosts {
		fmt.Fprintf(&b, `<outline type="rss" xmlUrl="http://%s/feed"/>`+"\n", address(i, port))
	}
	b.WriteString("</body></opml>\n")
	return b.String()
}

// state is what the web was asked.
type state struct {
	Requests int           // of any kind
	Pages    int           // different pages that were asked for
	Answers  int           // pages that were sent
	Bytes    int64         // of these, as they are
	Sent     int64         // and as they were sent
	Close    int           // requests within the gap of a host
	Least    time.Duration // between the end of an answer and the next request to a host
}

// A web is all hosts.
type web struct {
	pages        int // of each host
	gap, latency time.Duration
	surroundings [frames]frame

	mu    sync.Mutex
	state state
	hosts []hostState
}

type hostState struct {
	asked []bool
	busy  bool
	end   time.Time // of the last answer
}

// A frame is what stands around the article of a page, compressed.
type frame struct {
	top, middle, bottom []byte
	size                int64
}

func newWeb(hosts, pages int, gap, latency time.Duration) *web {
	w := &web{pages: pages, gap: gap, latency: latency, hosts: make([]hostState, hosts)}
	w.state.Least = time.Hour
	for i := range w.hosts {
		w.hosts[i].asked = make([]bool, pages)
	}
	for i := range w.surroundings {
		top, middle, bottom := newspaper.Frame(i)
		w.surroundings[i] = frame{packed(top), packed(middle), packed(bottom), int64(len(top) + len(middle) + len(bottom))}
	}
	return w
}

// packed compresses a part of a page as a gzip member: members put together are the whole.
func packed(b []byte) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err == nil {
		_, err = z.Write(b)
	}
	if err != nil || z.Close() != nil {
		panic("memory takes all that is written") // Unreachable: the level is one.
	}
	return out.Bytes()
}

// serve is the web until stop ends; it tells its port first.
func serve(ctx context.Context, w *web, stop io.Reader, tell io.Writer) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp4", "0.0.0.0:0")
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	fmt.Fprintln(tell, port)
	s := &http.Server{Handler: w, ReadHeaderTimeout: time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, stop)
		_ = s.Close()
	}()
	if err := s.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// begin notes a request to a host; end its end.
func (w *web) begin(host int) {
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	h := &w.hosts[host]
	w.state.Requests++
	if h.busy {
		w.state.Close++
	} else if !h.end.IsZero() {
		d := now.Sub(h.end)
		w.state.Least = min(w.state.Least, d)
		if d < w.gap {
			w.state.Close++
		}
	}
	h.busy = true
}

func (w *web) end(host int) {
	w.mu.Lock()
	w.hosts[host].busy, w.hosts[host].end = false, time.Now()
	w.mu.Unlock()
}

// ServeHTTP answers for all hosts.
func (w *web) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if r.URL.Path == statePath {
		w.mu.Lock()
		s := w.state
		w.mu.Unlock()
		_ = json.NewEncoder(out).Encode(s)
		return
	}
	host := number(r.Host)
	if host < 0 || host >= len(w.hosts) {
		http.NotFound(out, r)
		return
	}
	w.begin(host)
	defer w.end(host)
	if w.latency > 0 {
		time.Sleep(w.latency/2 + rand.N(w.latency))
	}
	switch n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/news/")); {
	case r.URL.Path == "/robots.txt":
		fmt.Fprint(out, "User-agent: *\nDisallow: /search\nDisallow: /login\n")
	case r.URL.Path == "/feed":
		w.feed(out, r.Host)
	case err == nil && n >= 0 && n < w.pages:
		w.page(out, r.Host, host, n)
	default:
		http.NotFound(out, r)
	}
}

func (w *web) feed(out http.ResponseWriter, host string) {
	out.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(out, "<rss version=\"2.0\"><channel><title>The Tern of %s</title>", host)
	for i := range w.pages {
		fmt.Fprintf(out, "<item><title>Report %d</title><link>http://%s/news/%[1]d</link></item>\n", i, host)
	}
	fmt.Fprint(out, "</channel></rss>")
}

func (w *web) page(out http.ResponseWriter, name string, host, n int) {
	f := &w.surroundings[(host+n)%frames]
	head, main := newspaper.Story(host*w.pages+n, fmt.Sprintf("http://%s/news/%d", name, n))
	parts := [][]byte{f.top, packed(head), f.middle, packed(main), f.bottom}
	sent := 0
	for _, p := range parts {
		sent += len(p)
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	out.Header().Set("Content-Encoding", "gzip")
	out.Header().Set("Content-Length", strconv.Itoa(sent))
	w.mu.Lock()
	if h := &w.hosts[host]; !h.asked[n] {
		h.asked[n] = true
		w.state.Pages++
	}
	w.state.Answers++
	w.state.Bytes += f.size + int64(len(head)+len(main))
	w.state.Sent += int64(sent)
	w.mu.Unlock()
	for _, p := range parts {
		if _, err := out.Write(p); err != nil {
			return // the program was killed
		}
	}
}
