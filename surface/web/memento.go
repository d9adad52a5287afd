package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"dateline"
	"dateline/archive"
	"dateline/store"
)

// The archive answers by RFC 7089 (Memento), so that programs which ask web archives
// can ask this one, too. A TimeGate finds the capture of an address that is nearest to
// a moment, a TimeMap lists the captures of an address, and each capture names the
// address that it is of.
const (
	timeGatePath = "/timegate/"
	timeMapPath  = "/timemap/link/"
)

// withAddress prepares requests to the TimeGate and the TimeMap, whose path ends with
// an address. It makes that address one segment of the path, exactly as it was asked
// for. Otherwise [http.ServeMux] would make the two slashes of "https://" one, and
// take the query of the address for that of the request.
func withAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, at := range []string{timeGatePath, timeMapPath} {
			address, ok := strings.CutPrefix(r.URL.EscapedPath(), at)
			if !ok || address == "" {
				continue
			}
			if plain, err := url.PathUnescape(address); err == nil && !strings.Contains(address, ":/") {
				address = plain // the address was escaped as a whole
			}
			if r.URL.RawQuery != "" {
				address += "?" + r.URL.RawQuery
			}
			u := *r.URL
			u.Path, u.RawPath, u.RawQuery = at+address, at+url.PathEscape(address), ""
			r = r.Clone(r.Context())
			r.URL = &u
		}
		next.ServeHTTP(w, r)
	})
}

// A memento is a capture whose time is known.
type memento struct {
	dateline.CaptureID
	at time.Time
}

// date is the time of the capture in the format of HTTP headers.
func (m memento) date() string { return m.at.UTC().Format(http.TimeFormat) }

// mementos returns the captures of the article with the address, the oldest first. The
// article may have been requested under that address or name it as canonical. Captures
// whose time is not known are left out; the error is dateline.ErrNotFound if none is
// left.
func (s *site) mementos(r *http.Request, address string) ([]memento, error) {
	art, err := s.archive.Find(r.Context(), address)
	if err != nil {
		return nil, fmt.Errorf("captures of %s: %w", address, err)
	}
	all, err := s.archive.Versions(r.Context(), art.ID)
	if err != nil {
		return nil, fmt.Errorf("captures of %s: %w", address, err)
	}
	var list []memento
	for _, a := range all {
		if at := store.Fetched(a); !at.IsZero() {
			list = append(list, memento{a.Capture, at})
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("captures of %s whose time is known: %w", address, dateline.ErrNotFound)
	}
	slices.SortStableFunc(list, func(a, b memento) int { return a.at.Compare(b.at) })
	return list, nil
}

// timeGate answers /timegate/ADDRESS. It redirects to the capture nearest to the time
// that the header Accept-Datetime of the request gives or, without that header, to the
// newest one (RFC 7089, 4.2.1: a remote TimeGate that redirects with status 302).
func (s *site) timeGate(w http.ResponseWriter, r *http.Request) {
	address := r.PathValue("address")
	w.Header().Set("Vary", "accept-datetime")
	list, err := s.mementos(r, address)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	best := list[len(list)-1]
	if wanted := r.Header.Get("Accept-Datetime"); wanted != "" {
		at, err := http.ParseTime(wanted)
		if err != nil {
			s.fail(w, r, badRequest("Accept-Datetime", "Accept-Datetime: %q is no date of HTTP, such as %q", wanted, time.Unix(0, 0).UTC().Format(http.TimeFormat)))
			return
		}
		best = slices.MinFunc(list, func(a, b memento) int {
			return cmp.Compare(a.at.Sub(at).Abs(), b.at.Sub(at).Abs())
		})
	}
	w.Header().Set("Link", linksOf(r, address))
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, base(r)+pageURL(best.CaptureID), http.StatusFound)
}

// timeMap answers /timemap/link/ADDRESS with the captures of an address as a list of
// links (RFC 7089, section 5, in the format of RFC 6690).
func (s *site) timeMap(w http.ResponseWriter, r *http.Request) {
	address := r.PathValue("address")
	list, err := s.mementos(r, address)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var b strings.Builder
	first, last := list[0], list[len(list)-1]
	fmt.Fprintf(&b, "<%s>; rel=\"original\",\n", quoted(address))
	fmt.Fprintf(&b, "<%s%s>; rel=\"self\"; type=\"application/link-format\"; from=%q; until=%q,\n",
		base(r)+timeMapPath, quoted(address), first.date(), last.date())
	fmt.Fprintf(&b, "<%s%s>; rel=\"timegate\"", base(r)+timeGatePath, quoted(address))
	for i, m := range list {
		rel := "memento"
		if i == len(list)-1 {
			rel = "last " + rel
		}
		if i == 0 {
			rel = "first " + rel
		}
		fmt.Fprintf(&b, ",\n<%s>; rel=%q; datetime=%q", base(r)+pageURL(m.CaptureID), rel, m.date())
	}
	b.WriteByte('\n')
	send(w, r, http.StatusOK, "application/link-format; charset=utf-8", []byte(b.String()))
}

// linksOf returns the header Link of an answer about an address (RFC 7089, 2.2).
func linksOf(r *http.Request, address string) string {
	address = quoted(address)
	return fmt.Sprintf(`<%s>; rel="original", <%s>; rel="timemap"; type="application/link-format", <%s>; rel="timegate"`,
		address, base(r)+timeMapPath+address, base(r)+timeGatePath+address)
}

// quoted returns an address with those characters escaped, or left out, that would end
// it within a link.
func quoted(address string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", " ", "%20", "\r", "", "\n", "").Replace(address)
}

// base returns the scheme and host that the reader used for the request:
// "http://127.0.0.1:8080".
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// pageURL is the address at which a capture can be looked at as a page.
func pageURL(id dateline.CaptureID) string { return captureURL(id) + "/page" }

// asItLooked is the security policy under which a captured page is shown as a page.
// The page may use the styles, pictures and fonts that it contains, and nothing else.
// The sandbox, without any allowance, forbids scripts, forms, plug-ins and going
// elsewhere by itself.
const asItLooked = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// capturedPage answers /capture/ID/page: the captured page, as it looked.
func (s *site) capturedPage(w http.ResponseWriter, r *http.Request) {
	c, rec, err := s.evidence(r.Context(), dateline.CaptureID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body, err := toLookAt(c, rec.Body)
	rec = archive.Record{} // frees what else it holds while a slow reader receives the body
	if err != nil {
		s.fail(w, r, fmt.Errorf("page of capture %s: %w", c.ID, err))
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", asItLooked)
	h.Set("X-DNS-Prefetch-Control", "off")
	h.Set("Content-Type", "text/html; charset=utf-8")
	if c.Type == dateline.TypeDump {
		h.Set("Content-Type", "text/plain; charset=utf-8")
	}
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if !c.Fetched.IsZero() {
		address := c.URL
		if c.Final != "" {
			address = c.Final
		}
		h.Set("Memento-Datetime", c.Fetched.UTC().Format(http.TimeFormat))
		h.Set("Link", linksOf(r, address))
	}
	write(w, http.StatusOK, body)
}

// toLookAt returns the body of a page in UTF-8, without those links that a browser
// follows whatever the policy says: links that make it connect to other hosts
// (preconnect) or look up their names (dns-prefetch). Every other byte of the page
// stays.
func toLookAt(c *dateline.Capture, body []byte) ([]byte, error) {
	text, err := charset.NewReaderLabel(charsetOf(c, body), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if c.Type == dateline.TypeDump {
		return io.ReadAll(text)
	}
	var b bytes.Buffer
	b.Grow(len(body))
	for z := html.NewTokenizer(text); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			b.Write(z.Raw())
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return b.Bytes(), nil
		}
		raw := z.Raw()
		if (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && connects(bytes.Clone(raw)) {
			continue
		}
		b.Write(raw)
	}
}

// connects reports whether a tag is a link that makes a browser connect, or look up a
// name, in advance.
func connects(tag []byte) bool {
	z := html.NewTokenizer(bytes.NewReader(tag))
	z.Next()
	if name, _ := z.TagName(); string(name) != "link" {
		return false
	}
	for {
		key, value, more := z.TagAttr()
		if string(key) == "rel" {
			rel := strings.ToLower(string(value))
			return strings.Contains(rel, "preconnect") || strings.Contains(rel, "dns-prefetch")
		}
		if !more {
			return false
		}
	}
}
