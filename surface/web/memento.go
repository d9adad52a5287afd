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

// The archive answers as RFC 7089 (Memento) has it, so that programs which ask web
// archives can ask this one: a TimeGate finds the capture nearest to a moment, a
// TimeMap lists the captures of an address, and each capture says what it is of.
const (
	timeGatePath = "/timegate/"
	timeMapPath  = "/timemap/link/"
)

// withAddress gives the routes whose last part is an address that address as one
// segment, just as it was asked for: the patterns of [http.ServeMux] would clean the
// two slashes of "https://" and cut off its query.
func withAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, at := range []string{timeGatePath, timeMapPath} {
			address, ok := strings.CutPrefix(r.URL.EscapedPath(), at)
			if !ok || address == "" {
				continue
			}
			if plain, err := url.PathUnescape(address); err == nil && !strings.Contains(address, ":/") {
				address = plain // it was escaped as a whole
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

// A memento is a capture of an address at a time that is known.
type memento struct {
	dateline.CaptureID
	at time.Time
}

func (m memento) date() string { return m.at.UTC().Format(http.TimeFormat) }

// mementos returns the captures of the article that is known by an address, as
// requested or canonical, the oldest first, without those whose time nobody knows.
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

// timeGate answers /timegate/ADDRESS: it sends to the capture nearest to the
// Accept-Datetime of the request, or to the newest one (RFC 7089, 4.1.1).
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
			s.fail(w, r, badRequest("Accept-Datetime: %q is no date of HTTP, such as %q", wanted, time.Unix(0, 0).UTC().Format(http.TimeFormat)))
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

// timeMap answers /timemap/link/ADDRESS: the captures of an address, as links
// (RFC 7089, 5, in the form of RFC 6690).
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
	send(w, http.StatusOK, "application/link-format; charset=utf-8", []byte(b.String()))
}

// linksOf is the Link header that an answer about an address has (RFC 7089, 2.2).
func linksOf(r *http.Request, address string) string {
	address = quoted(address)
	return fmt.Sprintf(`<%s>; rel="original", <%s>; rel="timemap"; type="application/link-format", <%s>; rel="timegate"`,
		address, base(r)+timeMapPath+address, base(r)+timeGatePath+address)
}

// quoted is an address without what would end it in a link.
func quoted(address string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", " ", "%20", "\r", "", "\n", "").Replace(address)
}

// base is the scheme and host under which the reader asks.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func pageURL(id dateline.CaptureID) string { return captureURL(id) + "/page" }

// asItLooked is the policy of a captured page that is shown as a page: it may use the
// styles, pictures and fonts that stand in it, and nothing else. The sandbox without
// any allowance forbids scripts, forms, plug-ins and being sent elsewhere.
const asItLooked = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// capturedPage answers /capture/ID/page: the page as it was captured, to be looked at.
func (s *site) capturedPage(w http.ResponseWriter, r *http.Request) {
	c, rec, err := s.evidence(r.Context(), dateline.CaptureID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body, err := toLookAt(c, rec.Body)
	rec = archive.Record{} // what else it holds is not needed while the reader takes its time
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

// toLookAt returns the body of a page in UTF-8, without the links that a browser
// follows before any policy is asked: to connections and names (preconnect,
// dns-prefetch). Every other byte of the page stays.
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

// connects reports whether a tag is a link that makes a browser connect.
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
