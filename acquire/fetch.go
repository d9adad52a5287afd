package acquire

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"dateline"
)

// maxRedirects bounds the redirects that are followed from one address.
const maxRedirects = 10

// Get asks for an address and what it redirects to, see [Hops].
func (f *Fetcher) Get(ctx context.Context, r Request) ([]*Exchange, error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(f.Time, fetchTime))
	defer cancel()
	return Hops(ctx, r, f.Fetch)
}

// Hops asks, by ask, for an address and what it redirects to, up to ten times, and
// returns the exchanges in order. Where one of them had no answer, the error says
// why and those before it are returned.
func Hops(ctx context.Context, r Request, ask func(context.Context, Request) (*Exchange, error)) (all []*Exchange, err error) {
	for range maxRedirects + 1 {
		x, err := ask(ctx, r)
		if err != nil {
			return all, err
		}
		all = append(all, x)
		to, ok := x.Redirect()
		if !ok {
			return all, nil
		}
		r.URL = to
	}
	return all, fmt.Errorf("more than %d redirects", maxRedirects)
}

// Redirect returns the address that the answer sends to; ok is false if it sends
// nowhere.
func (x *Exchange) Redirect() (to string, ok bool) {
	switch x.Message.Status {
	case 301, 302, 303, 307, 308:
	default:
		return "", false
	}
	at := x.Message.Header.Get("Location")
	u, err := url.Parse(x.URL)
	if at == "" || err != nil {
		return "", false
	}
	next, err := u.Parse(strings.TrimSpace(at))
	if err != nil {
		return "", false
	}
	return next.String(), true
}

// PageOf makes the page that exchanges show, from the one that was asked for to
// the last. Those before it, redirects, come with it. Where the last shows no page
// the error says what it is.
func PageOf(all []*Exchange, most int64) (*Page, error) {
	last := all[len(all)-1]
	asked, final := absolute(all[0].URL), absolute(last.URL)
	c := dateline.Capture{URL: asked, Fetched: last.Ended.Truncate(time.Second)}
	if final != asked {
		c.Final = final
	}
	if last.Cut != nil {
		c.Err = "truncated"
	}
	var p *Page
	var flaw error
	mediaType, _ := last.Message.ContentType()
	if mayShow(last.Message.Status) && mayBePage(mediaType) {
		p, flaw = responsePage(c, last.Response, most)
	}
	if p == nil && flaw == nil {
		flaw = fmt.Errorf("status %d with %s: not a page", last.Message.Status, cmp.Or(mediaType, "content without a type"))
	}
	if p == nil {
		return nil, flaw
	}
	p.Input, p.Exchange = asked, last
	p.Redirects = all[:len(all)-1]
	return p, flaw
}

// address fetches the page at one address and passes it on.
func (r *reading) address(address string) bool {
	f := &Fetcher{UserAgent: r.o.UserAgent, MaxBytes: r.o.MaxBytes, Allow: r.o.Allow, Dial: r.o.Dial}
	all, err := f.Get(r.ctx, Request{URL: address})
	if err != nil {
		offset := int64(-1)
		if errors.Is(err, ErrBody) {
			offset, err = r.o.MaxBytes, errTooLarge(r.o.MaxBytes)
		}
		return r.fail(address, offset, bareFetchError(err))
	}
	last := all[len(all)-1]
	p, flaw := PageOf(all, r.o.MaxBytes)
	if p == nil || flaw != nil {
		return r.fail(address, -1, flaw)
	}
	r.read += int64(len(last.Response))
	p.Input = address
	if !r.page(*p) {
		return false
	}
	if last.Cut != nil {
		return r.fail(address, int64(len(last.Message.Payload)), fmt.Errorf("truncated: %w", last.Cut))
	}
	return true
}

// bareFetchError returns an error without the address, which the InputError around it
// tells already.
func bareFetchError(err error) error {
	var u *url.Error
	var op *net.OpError
	switch {
	case errors.As(err, &u):
		return u.Err
	case errors.As(err, &op) && op.Timeout():
		return errors.New("no answer in time")
	}
	return err
}
