package acquire

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// stallTime is how long a stream may bring nothing.
const stallTime = 2 * time.Minute

// Stream asks for what is at an address, from a byte on, and reads it as it comes, however
// long that takes: for files that are too large to be kept in memory. Redirects are
// followed. It is for files whose bytes are checked otherwise; nothing of the exchange is
// kept. size is that of the whole file; 0 if that is not told. The reader must be closed.
func (f *Fetcher) Stream(ctx context.Context, address string, from int64) (in io.ReadCloser, size int64, err error) {
	for range maxRedirects + 1 {
		u, err := url.Parse(address)
		if err != nil {
			return nil, 0, err
		}
		if err := checkURL(u); err != nil {
			return nil, 0, err
		}
		u.User, u.Fragment, u.RawFragment = nil, "", ""
		s, resp, err := f.openStream(ctx, u, from) //nolint:bodyclose // the connection is closed, which is all that its body stands on
		if err != nil {
			return nil, 0, err
		}
		to := resp.Header.Get("Location")
		if resp.StatusCode >= 300 && resp.StatusCode < 400 && to != "" {
			next, err := u.Parse(strings.TrimSpace(to))
			if err = errors.Join(err, s.Close()); err != nil {
				return nil, 0, err
			}
			address = next.String()
			continue
		}
		if size, err = s.begin(resp, from); err != nil {
			return nil, 0, errors.Join(err, s.Close())
		}
		return s, size, nil
	}
	return nil, 0, fmt.Errorf("more than %d redirects", maxRedirects)
}

// A stream is the body of an answer that is being read.
type stream struct {
	conn net.Conn
	body io.Reader
	stop func() bool
}

func (f *Fetcher) openStream(ctx context.Context, u *url.URL, from int64) (*stream, *http.Response, error) {
	conn, err := f.connect(ctx, u, new(Exchange))
	if err != nil {
		return nil, nil, err
	}
	s := &stream{conn: conn, stop: context.AfterFunc(ctx, func() { conn.Close() })}
	r := Request{URL: u.String(), Accept: "*/*"}
	if from > 0 {
		r.Fields = [][2]string{{"Range", "bytes=" + strconv.FormatInt(from, 10) + "-"}}
	}
	text, err := f.request(u, r)
	if err == nil {
		_ = conn.SetDeadline(time.Now().Add(headerTime)) // where there are none, the context ends it
		_, err = conn.Write(text)
	}
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	t := &tap{in: conn, most: mostHead, discard: true}
	resp, err := http.ReadResponse(bufio.NewReader(t), &http.Request{Method: http.MethodGet})
	if err != nil {
		return nil, nil, errors.Join(headTrouble(t, err), s.Close())
	}
	t.most = 1<<63 - 1
	s.body = resp.Body
	return s, resp, nil
}

// begin looks whether the answer is the file from the byte on.
func (s *stream) begin(resp *http.Response, from int64) (size int64, err error) {
	switch resp.StatusCode {
	case http.StatusPartialContent:
		_, total, _ := strings.Cut(resp.Header.Get("Content-Range"), "/")
		size, _ = strconv.ParseInt(total, 10, 64) // "*" if it is not known
		if !strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", from)) {
			return 0, errors.New("the answer is another part of the file than was asked for")
		}
		return size, nil
	case http.StatusOK:
		_, err = io.CopyN(io.Discard, s, from) // a server that knows no parts
		return max(0, resp.ContentLength), err
	}
	return 0, fmt.Errorf("status %d", resp.StatusCode)
}

// Read implements [io.Reader].
func (s *stream) Read(p []byte) (int, error) {
	_ = s.conn.SetDeadline(time.Now().Add(stallTime)) // where there are none, the context ends it
	n, err := s.body.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("nothing came for %v: %w", stallTime, err)
	}
	return n, err
}

// Close implements [io.Closer].
func (s *stream) Close() error {
	s.stop()
	return s.conn.Close()
}
