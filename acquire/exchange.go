package acquire

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"dateline/warc"
)

// A Fetcher asks for addresses, an exchange at a time, and keeps each as it came
// over the connection. It is the one way in which the program reaches a network:
// every address is checked after its name is resolved. It speaks HTTP/1.1, whose
// messages are what their bytes are; each exchange has a connection of its own.
// Its methods may be called from many goroutines; the zero Fetcher is useful.
type Fetcher struct {
	UserAgent string         // "" means "dateline"
	MaxBytes  int64          // of a body as it is sent; 0 means 64 MiB
	Time      time.Duration  // from the first dial to the last byte; 0 means 2 minutes
	Allow     []netip.Prefix // addresses that are dialled although they are not public
	// Dial replaces the dialer and its check of addresses; nil means that of the
	// operating system.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	TLS  *tls.Config // roots and the like; nil means those of the system
}

// A Request says which address to ask for, and with which conditions.
type Request struct {
	URL    string      // absolute, http or https; a fragment is not sent
	Accept string      // "" means pages
	Fields [][2]string // further fields of the header, in order: If-None-Match
}

// An Exchange is one request and its answer, as they were sent.
type Exchange struct {
	URL      string        // as asked for, without a fragment and a password
	Began    time.Time     // before the first dial
	Ended    time.Time     // after the last byte
	Request  []byte        // as it was sent
	Response []byte        // as it was received: the last answer, without interim ones (1xx) before it
	Message  *warc.Message // Response read; nil if there was none
	IP       netip.Addr    // that answered
	Protocol []string      // "http/1.1", "tls/1.3"
	Cipher   string        // "TLS_AES_128_GCM_SHA256"; "" without TLS
	Cut      error         // why the answer ended before its end; nil if it did not
}

// Limits of one exchange.
const (
	mostHead    = 1 << 20 // bytes of a header, and of interim answers before it
	mostFetch   = 64 << 20
	fetchTime   = 2 * time.Minute  // from the first dial to the last byte
	dialTime    = 15 * time.Second // for the connection, and again for TLS
	headerTime  = 30 * time.Second // from the request to the end of the header
	mostInterim = 10               // answers of 1xx
)

// ErrScheme reports an address that is not one of http or https.
var ErrScheme = errors.New("only http and https addresses can be fetched")

// ErrBody reports an answer with more bytes than are taken.
var ErrBody = errors.New("larger than the limit")

// Fetch asks for one address and follows no redirect. The error says why there
// was no answer; an answer that ended too early comes with Cut.
func (f *Fetcher) Fetch(ctx context.Context, r Request) (*Exchange, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	if err := checkURL(u); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(f.Time, fetchTime))
	defer cancel()
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	x := &Exchange{URL: u.String(), Began: time.Now().UTC()}
	conn, err := f.connect(ctx, u, x)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if x.Request, err = f.request(u, r); err != nil {
		return nil, err
	}
	if err = f.exchange(conn, x); err != nil && ctx.Err() != nil {
		err = inTime(ctx)
	}
	x.Ended = time.Now().UTC()
	return x, err
}

// inTime says that the time is up, or what else ended the context.
func inTime(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("no answer in time: %w", os.ErrDeadlineExceeded)
	}
	return ctx.Err()
}

// checkURL refuses what is never fetched, at first and after each redirect.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w, not %s", ErrScheme, u.Scheme)
	case u.Hostname() == "":
		return errors.New("address without a host")
	}
	return nil
}

// connect opens a connection to the host of u.
func (f *Fetcher) connect(ctx context.Context, u *url.URL, x *Exchange) (net.Conn, error) {
	port := cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	dial := f.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTime, Control: checkDial(f.Allow)}).DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		if ctx.Err() != nil {
			err = inTime(ctx)
		}
		return nil, err
	}
	if at, err := netip.ParseAddrPort(conn.RemoteAddr().String()); err == nil {
		x.IP = at.Addr().Unmap()
	}
	x.Protocol = []string{"http/1.1"}
	if u.Scheme == "http" {
		return conn, nil
	}
	config := &tls.Config{}
	if f.TLS != nil {
		config = f.TLS.Clone()
	}
	config.ServerName, config.NextProtos = u.Hostname(), []string{"http/1.1"}
	secure := tls.Client(conn, config)
	handshake, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	if err := secure.HandshakeContext(handshake); err != nil {
		conn.Close()
		if handshake.Err() != nil {
			err = inTime(handshake)
		}
		return nil, err
	}
	state := secure.ConnectionState()
	x.Protocol = append(x.Protocol, strings.ToLower(strings.ReplaceAll(tls.VersionName(state.Version), " ", "/")))
	x.Cipher = tls.CipherSuiteName(state.CipherSuite)
	return secure, nil
}

// request writes the request for u. It asks for compressed pages, which are kept
// as they are sent.
func (f *Fetcher) request(u *url.URL, r Request) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", u.RequestURI(), u.Host)
	fields := append([][2]string{
		{"User-Agent", cmp.Or(f.UserAgent, "dateline")},
		{"Accept", cmp.Or(r.Accept, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")},
		{"Accept-Encoding", "gzip, br, zstd"},
	}, r.Fields...)
	for _, field := range append(fields, [2]string{"Connection", "close"}) {
		if strings.ContainsAny(field[0]+field[1], "\r\n\x00") {
			return nil, fmt.Errorf("the field %s of a request cannot be sent", field[0])
		}
		fmt.Fprintf(&b, "%s: %s\r\n", field[0], field[1])
	}
	b.WriteString("\r\n")
	return b.Bytes(), nil
}

// A tap passes on what is read, keeps a copy as evidence, and ends with an error where
// that grows too large.
type tap struct {
	in   io.Reader
	kept []byte
	most int64 // bytes that may still be read
	over bool  // more were sent

	discard bool // nothing is kept
}

func (t *tap) Read(p []byte) (int, error) {
	if t.most <= 0 {
		t.over = true
		return 0, ErrBody
	}
	n, err := t.in.Read(p[:min(int64(len(p)), t.most)])
	if t.most -= int64(n); !t.discard {
		t.kept = append(t.kept, p[:n]...)
	}
	return n, err
}

// exchange sends the request and reads the answer.
func (f *Fetcher) exchange(conn net.Conn, x *Exchange) error {
	_ = conn.SetDeadline(time.Now().Add(headerTime)) // where there are none, the context ends it
	if _, err := conn.Write(x.Request); err != nil {
		return fmt.Errorf("send the request: %w", err)
	}
	t := &tap{in: conn, most: mostHead}
	buf := bufio.NewReader(t)
	var resp *http.Response
	start := 0
	for range mostInterim {
		var err error
		if resp, err = http.ReadResponse(buf, &http.Request{Method: http.MethodGet}); err != nil { //nolint:bodyclose // the connection is closed, which is all that its body stands on
			return headTrouble(t, err)
		}
		if resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			break
		}
		start = len(t.kept) - buf.Buffered()
	}
	_ = conn.SetDeadline(time.Time{})
	limit := cmp.Or(max(f.MaxBytes, 0), mostFetch)
	t.most = limit + mostHead // chunks have heads, too
	n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, limit+1))
	if n > limit || t.over {
		return fmt.Errorf("%w of %d bytes", ErrBody, limit)
	}
	x.Cut = err
	x.Response = t.kept[start : len(t.kept)-buf.Buffered()]
	x.Message, err = warc.ParseMessage(x.Response)
	if err != nil {
		return fmt.Errorf("the answer is no HTTP: %w", err)
	}
	return nil
}

// headTrouble says why the header of an answer could not be read: too large, cut off, or
// no HTTP.
func headTrouble(t *tap, err error) error {
	switch {
	case t.over:
		return fmt.Errorf("the header of the answer has more than %d bytes", mostHead)
	case len(t.kept) == 0 && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return errors.New("the connection was closed without an answer")
	}
	return err
}
