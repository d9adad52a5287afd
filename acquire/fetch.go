package acquire

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dateline"
	"dateline/warc"
)

// Limits of one fetch.
const (
	maxRedirects = 10
	fetchTime    = 2 * time.Minute // from the first dial to the last byte
	dialTime     = 15 * time.Second
	headerTime   = 30 * time.Second
)

// address fetches one page.
func (r *reading) address(address string) bool {
	ctx, cancel := context.WithTimeout(r.ctx, fetchTime)
	defer cancel()
	resp, err := r.get(ctx, address)
	if err != nil {
		return r.fail(address, -1, bareFetchError(err))
	}
	defer resp.Body.Close()
	// One byte more than allowed shows that there is more.
	raw := &counted{r: r, in: io.LimitReader(resp.Body, r.o.MaxBytes+1)}
	body, err := io.ReadAll(raw)
	if raw.n > r.o.MaxBytes {
		return r.fail(address, r.o.MaxBytes, errTooLarge(r.o.MaxBytes))
	}
	c := dateline.Capture{URL: withoutUser(absolute(address)), Fetched: time.Now().UTC().Truncate(time.Second)}
	if final := withoutUser(absolute(resp.Request.URL.String())); final != c.URL {
		c.Final = final
	}
	if err != nil {
		c.Err = "truncated"
	}
	var p *Page
	var flaw error
	mediaType, _ := warc.ParseContentType(resp.Header.Get("Content-Type"))
	if mayShow(resp.StatusCode) && mayBePage(mediaType) {
		p, flaw = responsePage(c, message(resp, body, err != nil), r.o.MaxBytes)
	}
	if p == nil && flaw == nil {
		flaw = fmt.Errorf("status %d with %s: not a page", resp.StatusCode, cmp.Or(mediaType, "content without a type"))
	}
	if flaw != nil {
		return r.fail(address, -1, flaw)
	}
	p.Input = address
	if !r.page(*p) {
		return false
	}
	if err != nil {
		return r.fail(address, raw.n, fmt.Errorf("truncated: %w", err))
	}
	return true
}

// withoutUser removes a name and password, which have no place in an archive.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// get asks for an address. It asks for compressed pages and does not
// decompress them: the evidence is what came over the wire.
func (r *reading) get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", r.o.UserAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip, br, zstd")
	client := http.Client{Transport: newTransport(r.o.AllowPrivate)}
	if r.o.Client != nil {
		client = *r.o.Client
	} else {
		defer client.CloseIdleConnections()
	}
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return fmt.Errorf("more than %d redirects", maxRedirects)
		}
		return checkURL(req.URL)
	}
	if err := checkURL(req.URL); err != nil {
		return nil, err
	}
	return client.Do(req)
}

// checkURL refuses what is never fetched, at first and after each redirect.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("only http and https addresses can be fetched, not %s", u.Scheme)
	case u.Hostname() == "":
		return errors.New("address without a host")
	}
	return nil
}

// newTransport returns a transport that dials no address that [IsPublic]
// refuses, whatever name led there.
func newTransport(allowPrivate bool) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTime}
	if !allowPrivate {
		dialer.Control = checkDial
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    dialTime,
		ResponseHeaderTimeout:  headerTime,
		MaxResponseHeaderBytes: 1 << 20,
		MaxIdleConns:           1,
		IdleConnTimeout:        headerTime,
	}
}

// message rebuilds the HTTP message of a response (RFC 9112). The transport
// has removed the transfer coding and forgotten the order of the fields; the
// rest is as it was received. HTTP/2 is written as HTTP/1.1.
func message(resp *http.Response, body []byte, cut bool) []byte {
	var b bytes.Buffer
	proto := "HTTP/1.1"
	if resp.ProtoMajor == 1 && resp.ProtoMinor == 0 {
		proto = "HTTP/1.0"
	}
	fmt.Fprintf(&b, "%s %03d %s\r\n", proto, resp.StatusCode, http.StatusText(resp.StatusCode))
	h := resp.Header.Clone()
	h.Del("Transfer-Encoding")
	if !cut || h.Get("Content-Length") == "" { // of a cut body it tells how long it should be
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	_ = h.Write(&b) // a bytes.Buffer does not fail
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

// bareFetchError removes what the InputError tells already.
func bareFetchError(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return errors.New("no answer in time")
		}
		return u.Err
	}
	return err
}
