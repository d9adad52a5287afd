package follow

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/acquire/feed"
	"dateline/extract/link"
)

// poll asks a source and returns when it is due again.
func (f *Follower) poll(ctx context.Context, key string) (time.Time, error) {
	s, err := f.o.Sources.Get(ctx, key)
	if errors.Is(err, dateline.ErrNotFound) || err == nil && (s.Paused || s.Gone) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	now := time.Now().UTC()
	if s.Next.After(now) {
		return s.Next, nil // somebody has put it off
	}
	since := now.Sub(s.Asked)
	if s.Asked.IsZero() || since < 0 {
		since = 0
	}
	s.Asked, s.Polls = now, s.Polls+1
	s.Next = now.Add(clamp(max(s.Interval, shortest), shortest, time.Hour)) // if nothing comes of it
	if err := f.o.Sources.Put(ctx, s); err != nil {
		return time.Time{}, err
	}
	leads, err := f.asked(ctx, &s, since)
	if ctx.Err() != nil {
		return time.Time{}, ctx.Err()
	}
	if err != nil {
		return time.Time{}, err
	}
	if err := f.o.Leads.Put(ctx, leads...); err != nil {
		return time.Time{}, err
	}
	// A user may have paused or removed it meanwhile.
	if now, err := f.o.Sources.Get(ctx, key); err == nil {
		s.Paused, s.Gone = now.Paused || s.Paused, now.Gone || s.Gone
	}
	if err := f.o.Sources.Put(ctx, s); err != nil {
		return time.Time{}, err
	}
	for _, l := range leads {
		if !l.Next.IsZero() {
			f.add("l "+l.URL, hostOf(cmp.Or(l.Request, l.URL)), l.Next)
		}
	}
	if s.Paused || s.Gone {
		return time.Time{}, nil
	}
	return s.Next, nil
}

// unconditional is how many polls pass until a source is asked without its
// validators: some say that nothing has changed when something has.
const unconditional = 20

// asked asks a source, takes note of what it says, and returns what is new.
func (f *Follower) asked(ctx context.Context, s *dateline.Source, since time.Duration) ([]dateline.Lead, error) {
	r := acquire.Request{URL: s.Address(), Accept: "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"}
	trusted := !s.Lied && s.Polls%unconditional != 0
	if trusted && s.ETag != "" {
		r.Fields = append(r.Fields, [2]string{"If-None-Match", s.ETag})
	}
	if trusted && s.Modified != "" {
		r.Fields = append(r.Fields, [2]string{"If-Modified-Since", s.Modified})
	}
	all, err := f.get(ctx, r)
	now := time.Now().UTC()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		health, why := troubleOf(err)
		f.failing(s, health, why, now)
		return nil, nil
	}
	x := all[len(all)-1]
	f.moves(s, all, now)
	if x.Message.Status == 304 {
		f.unchanged(s, x, now)
		return nil, nil
	}
	body, err := x.Message.Content(f.o.MaxBytes)
	if health, why := answerHealth(x, body, now); health != "" {
		f.failing(s, health, why, now)
		if health == RateLimited {
			s.Next = later(s.Next, now.Add(max(retryAfter(x, now), leastRetry)))
		}
		if health == Removed {
			s.Paused = true
		}
		return nil, nil
	}
	if err != nil && len(body) == 0 {
		f.failing(s, Unreadable, err.Error(), now)
		return nil, nil
	}
	return f.answer(ctx, s, x, body, since, now)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// failing notes that a source gave no usable answer, and when to ask it again.
func (f *Follower) failing(s *dateline.Source, health, why string, now time.Time) {
	s.Fails++
	set(s, health, why, now)
	s.Next = now.Add(jittered(backOff(s), s.URL, s.Polls))
	f.o.Log.Warn("source not read", "url", s.URL, "health", health, "why", why)
}

// validators keeps those of an answer, byte for byte, also of a 304.
func validators(s *dateline.Source, x *acquire.Exchange) {
	if v := x.Message.Header.Get("ETag"); v != "" || x.Message.Status != 304 {
		s.ETag = v
	}
	if v := x.Message.Header.Get("Last-Modified"); v != "" || x.Message.Status != 304 {
		s.Modified = v
	}
}

// unchanged notes that a source answered "not modified" (304).
func (f *Follower) unchanged(s *dateline.Source, x *acquire.Exchange, now time.Time) {
	validators(s, x)
	s.Fails, s.Answered = 0, now
	if s.Health != Silent {
		set(s, OK, "", now)
	}
	learn(s, 0, 1, 0, 0)
	s.Next = now.Add(jittered(s.Interval, s.URL, s.Polls))
}

// believed is how long a source must answer with a permanent redirect before its new
// address replaces the old one.
const believed = 7 * 24 * time.Hour

// moves notes where a source has moved for good: to https at the same place at
// once, elsewhere after it has said so for a week.
func (f *Follower) moves(s *dateline.Source, all []*acquire.Exchange, now time.Time) {
	to := s.Address()
	for _, x := range all[:len(all)-1] {
		next, ok := x.Redirect()
		if status := x.Message.Status; !ok || status != 301 && status != 308 {
			break
		}
		to = next
	}
	last := all[len(all)-1].Message.Status
	switch {
	case to == s.Address() || last >= 400:
		s.MovedTo, s.Moved = "", time.Time{}
	case strings.TrimPrefix(to, "https:") == strings.TrimPrefix(s.Address(), "http:"):
		s.At, s.MovedTo, s.Moved = to, "", time.Time{}
	case s.MovedTo != to:
		s.MovedTo, s.Moved = to, now
	case now.Sub(s.Moved) >= believed:
		s.At, s.MovedTo, s.Moved = to, "", time.Time{}
	}
}

// answer reads what a source has answered, and returns what is new in it.
func (f *Follower) answer(ctx context.Context, s *dateline.Source, x *acquire.Exchange, body []byte, since time.Duration, now time.Time) ([]dateline.Lead, error) {
	in := feed.Input{Body: body, URL: x.URL, Type: x.Message.Header.Get("Content-Type"), Fetched: now}
	sum := sha256.Sum256(body)
	digest := hex.EncodeToString(sum[:8])
	conditional := s.ETag != "" || s.Modified != ""
	sameValidators := s.ETag == x.Message.Header.Get("ETag") && s.Modified == x.Message.Header.Get("Last-Modified")
	changed := s.Digest != "" && s.Digest != digest
	validators(s, x)
	s.Digest = digest

	parsed := feed.Parse(in)
	var items []item
	switch {
	case parsed.Format != "":
		s.Kind, s.Title = "feed", parsed.Title
		for _, it := range parsed.Items {
			if it.Link != "" && (!it.Foreign || f.o.Foreign) {
				items = append(items, item{it.Link, it.Title, it.Published, it.Modified, true})
			}
		}
	default:
		m := feed.ParseSitemap(in)
		switch {
		case m.Kind == feed.Index:
			s.Kind = "sitemap"
			if err := f.children(ctx, s, m, now); err != nil {
				return nil, err
			}
		case m.Kind != feed.Neither:
			s.Kind = "sitemap"
			items = f.pages(s, m, now)
		case s.Kind == "feed" || s.Kind == "sitemap" || s.From != "":
			health, why := flawHealth(parsed.Flaws, body)
			f.failing(s, health, why, now)
			return nil, nil
		case slices.Contains(parsed.Flaws, feed.HTML) && bytes.IndexByte(body, '<') >= 0:
			s.Kind = "site"
			return nil, f.discover(ctx, s, parsed.Links, now)
		default:
			health, why := flawHealth(parsed.Flaws, body)
			f.failing(s, health, why, now)
			return nil, nil
		}
	}
	leads, edited, err := f.fresh(ctx, s, items, now)
	if err != nil {
		return nil, err
	}
	if conditional && sameValidators && changed && len(leads) > 0 {
		s.Lied = true // the validators did not change, what they stand for did
	}
	f.brought(s, len(leads), len(items), since, hintOf(parsed, x), now)
	return append(leads, edited...), nil
}

// An item is one entry of a feed or a sitemap.
type item struct {
	link, title, published, modified string
	fetch                            bool // it is news, to be fetched; else it is only known from now on
}

// fresh returns the items that were never seen before, in any source, and those
// that the source has edited since, which are looked at again at once.
func (f *Follower) fresh(ctx context.Context, s *dateline.Source, items []item, now time.Time) (leads, edited []dateline.Lead, err error) {
	met := map[string]bool{}
	for _, it := range items {
		key, _ := link.Known(it.link, link.Facts{})
		if key == "" || met[key] {
			continue
		}
		met[key] = true
		old, err := f.o.Leads.Get(ctx, key)
		if err == nil {
			if it.edits(&old, s) {
				old.Title, old.Published, old.Modified, old.Next = it.title, it.published, it.modified, now
				edited = append(edited, old)
			}
			continue
		}
		if !errors.Is(err, dateline.ErrNotFound) {
			return nil, nil, err
		}
		l := dateline.Lead{URL: key, Source: s.URL, Title: it.title, Published: it.published, Modified: it.modified, Found: now}
		if it.link != key {
			l.Request = it.link
		}
		if it.fetch {
			l.Next = now
		}
		leads = append(leads, l)
	}
	return leads, edited, nil
}

// edits reports whether an item says of a known article that it was changed: its
// title is another, or one of its dates has moved on. Only the source that named
// it first is believed, since two sources can have two titles for one article.
func (it item) edits(l *dateline.Lead, s *dateline.Source) bool {
	if l.Source != s.URL || l.Kept.IsZero() {
		return false
	}
	return it.title != "" && l.Title != "" && it.title != l.Title || isLater(it.modified, l.Modified) || isLater(it.published, l.Published)
}

// isLater reports whether a date lies behind another; both are known.
func isLater(a, b string) bool {
	x, _, ok := dateline.Date(a).Interval()
	y, _, ok2 := dateline.Date(b).Interval()
	return ok && ok2 && x.After(y)
}

// brought notes what an answer brought, and when the next is asked for.
func (f *Follower) brought(s *dateline.Source, fresh, all int, since, hint time.Duration, now time.Time) {
	missed := fresh > 0 && fresh == all && s.Found > 0 && s.Kind == "feed"
	learn(s, fresh, all, since, hint)
	s.Fails, s.Answered, s.Found = 0, now, s.Found+fresh
	if fresh > 0 {
		s.News = now
	}
	s.Next = now.Add(jittered(s.Interval, s.URL, s.Polls))
	switch {
	case s.MovedTo != "":
		set(s, Moved, fmt.Sprintf("says since %s that it has moved to %s", s.Moved.Format(time.DateOnly), s.MovedTo), now)
	case missed:
		set(s, Missed, fmt.Sprintf("all %d items were new: some may have been missed; it is asked sooner now", all), now)
	case all == 0:
		set(s, Silent, "it answers, but has no item", now)
	case !s.News.IsZero() && now.Sub(s.News) > max(30*24*time.Hour, 10*s.Interval):
		set(s, Silent, "nothing new since "+s.News.Format(time.DateOnly), now)
	default:
		set(s, OK, "", now)
	}
}

// hintOf is how often a feed, or the header of its answer, says that it changes.
func hintOf(parsed *feed.Feed, x *acquire.Exchange) time.Duration {
	if parsed.Interval > 0 {
		return parsed.Interval
	}
	for part := range strings.SplitSeq(x.Message.Header.Get("Cache-Control"), ",") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(part), "max-age="); ok {
			if n, err := strconv.Atoi(v); err == nil && n > 0 {
				return time.Duration(min(n, int(longest/time.Second))) * time.Second
			}
		}
	}
	return 0
}

// Of a sitemap, pages that changed within this time are news when it is first
// read; older ones are only known from then on.
const youngPage = 3 * 24 * time.Hour

// pages returns the pages of a sitemap as items.
func (f *Follower) pages(s *dateline.Source, m *feed.Sitemap, now time.Time) (items []item) {
	begun := s.Found > 0 || !s.Answered.IsZero()
	for _, p := range m.Pages {
		if !f.o.Foreign && link.Site(p.Loc) != link.Site(s.Address()) {
			continue
		}
		at, _, known := dateline.Date(p.Published).Interval()
		if !known && m.Trusted {
			at, _, known = dateline.Date(p.LastMod).Interval()
		}
		items = append(items, item{p.Loc, p.Title, p.Published, p.LastMod, begun && !known || known && now.Sub(at) < youngPage})
	}
	return items
}

// mostChildren bounds the sitemaps that are taken from one index at a time.
const mostChildren = 50

// children adds the sitemaps of an index that changed lately as sources.
func (f *Follower) children(ctx context.Context, s *dateline.Source, m *feed.Sitemap, now time.Time) error {
	added := 0
	for _, c := range m.Sitemaps {
		at, _, known := dateline.Date(c.LastMod).Interval()
		if known && now.Sub(at) > longest || link.Site(c.Loc) != link.Site(s.Address()) && !f.o.Foreign {
			continue
		}
		if added++; added > mostChildren {
			break
		}
		if _, err := f.addFrom(ctx, c.Loc, s.URL, "sitemap"); err != nil {
			continue // an address that cannot be followed
		}
	}
	return ctx.Err()
}

// wellKnown are where sites have feeds that they do not name.
var wellKnown = []string{"/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml"}

// discover adds the feeds that a site names: in its page, else the sitemaps of its
// robots.txt, else what stands in the usual places.
func (f *Follower) discover(ctx context.Context, s *dateline.Source, named feed.Discovered, now time.Time) error {
	found := slices.Clone(named.Feeds)
	if named.Moved != "" && len(found) == 0 {
		found = append(found, named.Moved)
	}
	if len(found) == 0 {
		file, _, err := f.rules(ctx, s.Address())
		if err == nil {
			file.mu.Lock()
			found = append(found, file.sites...)
			file.mu.Unlock()
		}
	}
	if len(found) == 0 && s.Fails%8 == 0 { // not each time: they are many
		found = f.tryPlaces(ctx, s.Address())
	}
	for _, address := range found {
		if _, err := f.addFrom(ctx, address, s.URL, ""); err != nil && ctx.Err() != nil {
			return err
		}
	}
	if len(found) == 0 {
		f.failing(s, Page, "the page names no feed, and there is none in the usual places", now)
		return nil
	}
	s.Fails, s.Answered, s.Interval = 0, now, longest
	s.Next = now.Add(jittered(longest, s.URL, s.Polls)) // its feeds may change
	set(s, OK, fmt.Sprintf("feeds and sitemaps that it names, which are followed: %d", len(found)), now)
	return nil
}

// tryPlaces returns the first of the usual places that holds a feed or a sitemap.
func (f *Follower) tryPlaces(ctx context.Context, address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	for _, place := range append(wellKnown, "/sitemap.xml") {
		at := u.Scheme + "://" + u.Host + place
		all, err := f.get(ctx, acquire.Request{URL: at})
		if err != nil || len(all) == 0 {
			if ctx.Err() != nil {
				return nil
			}
			continue
		}
		x := all[len(all)-1]
		if x.Message.Status != 200 {
			continue
		}
		body, _ := x.Message.Content(f.o.MaxBytes) // what can be read of it
		in := feed.Input{Body: body, URL: x.URL, Type: x.Message.Header.Get("Content-Type"), Fetched: time.Now()}
		if feed.Parse(in).Format != "" || feed.ParseSitemap(in).Kind != feed.Neither {
			return []string{at}
		}
	}
	return nil
}
