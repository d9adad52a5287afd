package follow

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"dateline/acquire"
	"dateline/acquire/robots"
	"dateline/extract/link"
)

// hosts keep the distance between requests: to one host, and to one server
// whatever hosts it has.
type hosts struct {
	gap    time.Duration
	mu     sync.Mutex
	turns  map[string]turn          // host or IP address → when it may be asked again
	ip     map[string]string        // host → the IP address that answered for it
	delay  map[string]time.Duration // host → the Crawl-delay that it asks for
	robots map[string]*robotsFile   // scheme and host → its file
}

// A turn says when a host may be asked.
type turn struct {
	free time.Time
	busy bool // a request is under way
}

func newHosts(gap time.Duration) *hosts {
	return &hosts{gap: gap, turns: map[string]turn{}, ip: map[string]string{}, delay: map[string]time.Duration{}, robots: map[string]*robotsFile{}}
}

// hostOf is the host of an address, with its port if it has one; "" if there is none.
func hostOf(address string) string {
	if host := link.Host(address); host != "" {
		return host
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// server is what is asked when a host is: the server that answers for it if that is known,
// else the host.
func (h *hosts) server(host string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return cmp.Or(h.ip[host], host)
}

// keys are the host and the server that answers for it, if that is known.
func (h *hosts) keys(host string) []string {
	if ip := h.ip[host]; ip != "" {
		return []string{host, ip}
	}
	return []string{host}
}

// whileBusy is how soon a host is looked at again that is being asked.
const whileBusy = 250 * time.Millisecond

// freeAt returns when the host may be asked, as far as is known now.
func (h *hosts) freeAt(host string, now time.Time) (at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.free(host, now)
}

func (h *hosts) free(host string, now time.Time) (at time.Time) {
	at = now
	for _, k := range h.keys(host) {
		t := h.turns[k]
		if t.busy {
			at = later(at, now.Add(whileBusy))
		}
		at = later(at, t.free)
	}
	return at
}

// leaveAlone puts off the turn of a host until then.
func (h *hosts) leaveAlone(host string, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.turns[host] = turn{free: later(h.turns[host].free, until)}
}

// wait waits until the host may be asked, and takes that turn.
func (h *hosts) wait(ctx context.Context, host string) error {
	for {
		h.mu.Lock()
		now := time.Now()
		at := h.free(host, now)
		if !at.After(now) {
			for _, k := range h.keys(host) {
				h.turns[k] = turn{now, true}
			}
			h.mu.Unlock()
			return nil
		}
		h.mu.Unlock()
		if err := sleep(ctx, at.Sub(now)); err != nil {
			return err
		}
	}
}

// mostTurns is how many hosts are remembered that may be asked at once.
const mostTurns = 100_000

// forget drops hosts that may be asked at once.
func (h *hosts) forget(now time.Time) {
	for k, t := range h.turns {
		if !t.busy && t.free.Before(now) {
			delete(h.turns, k)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// answered notes which server answered for a host, counts the gap from the end of
// the answer, and what the answer asks for: to be left alone for a while.
func (h *hosts) answered(host string, x *acquire.Exchange) {
	h.mu.Lock()
	defer h.mu.Unlock()
	pause, before := max(h.gap, h.delay[host]), h.ip[host]
	if x != nil {
		if x.IP.IsValid() {
			h.ip[host] = x.IP.String()
		}
		if s := x.Message.Status; s == 429 || s == 503 {
			pause = max(pause, retryAfter(x, time.Now()))
		}
	}
	now := time.Now()
	if len(h.turns) > mostTurns {
		h.forget(now)
	}
	for _, k := range h.keys(host) {
		h.turns[k] = turn{later(h.turns[k].free, now.Add(pause)), false}
	}
	if h.ip[host] != before && before != "" { // it has another server now
		h.turns[before] = turn{free: now.Add(pause)}
	}
}

// A Retry-After of a server (RFC 9110, 10.2.3) is kept within these bounds.
const (
	leastRetry = 10 * time.Second
	mostRetry  = 24 * time.Hour
)

// retryAfter reads Retry-After, in seconds or as a date, clamped; 0 if there is
// none.
func retryAfter(x *acquire.Exchange, now time.Time) time.Duration {
	v := strings.TrimSpace(x.Message.Header.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		return clamp(time.Duration(min(max(n, 0), mostRetry.Seconds())*float64(time.Second)), leastRetry, mostRetry)
	}
	for _, layout := range []string{time.RFC1123, time.RFC850, time.ANSIC} {
		if t, err := time.Parse(layout, v); err == nil {
			return clamp(t.Sub(now), leastRetry, mostRetry)
		}
	}
	return 0
}

func clamp(d, least, most time.Duration) time.Duration { return min(max(d, least), most) }

// errForbidden reports an address that robots.txt does not let us ask for.
var errForbidden = errors.New("robots.txt forbids it")

// errUnreachable reports a host whose robots.txt cannot be had.
var errUnreachable = errors.New("robots.txt cannot be had")

// get asks for an address and follows its redirects, each hop in its host's turn
// and only where its robots.txt allows it. It returns the exchanges in order.
func (f *Follower) get(ctx context.Context, r acquire.Request) ([]*acquire.Exchange, error) {
	return acquire.Hops(ctx, r, func(ctx context.Context, r acquire.Request) (*acquire.Exchange, error) {
		if err := f.allowed(ctx, r.URL); err != nil {
			return nil, err
		}
		return f.ask(ctx, r)
	})
}

// ask asks for one address in its host's turn.
func (f *Follower) ask(ctx context.Context, r acquire.Request) (*acquire.Exchange, error) {
	host := hostOf(r.URL)
	if err := f.hosts.wait(ctx, host); err != nil {
		return nil, err
	}
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	case <-ctx.Done():
		f.hosts.answered(host, nil)
		return nil, ctx.Err()
	}
	if f.o.Room != nil {
		if err := f.o.Room(ctx); err != nil {
			f.hosts.answered(host, nil)
			return nil, err
		}
	}
	x, err := f.o.Fetcher.Fetch(ctx, r)
	if err != nil {
		x = nil
	}
	f.hosts.answered(host, x)
	return x, err
}

// A robotsFile is the robots.txt of one host as it was last fetched, with when to fetch it
// again.
type robotsFile struct {
	mu    sync.Mutex // held while it is asked for
	rules *robots.Rules
	sites []string // sitemaps that it names
	state robots.Meaning
	why   error
	until time.Time // when it is asked for again

	mining      *robots.TDM // of the site's tdmrep.json; nil if there is none
	miningUntil time.Time   // when that is asked for again
}

// How long a robots.txt holds (RFC 9309 section 2.4), and how soon one that could
// not be had is asked for again.
const (
	robotsHolds = 24 * time.Hour
	robotsAgain = 30 * time.Minute
)

// rules returns the robots.txt of the host of an address.
func (f *Follower) rules(ctx context.Context, address string) (*robotsFile, string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, "", fmt.Errorf("%s is no address that can be asked for", address)
	}
	origin := u.Scheme + "://" + u.Host
	f.hosts.mu.Lock()
	file := f.hosts.robots[origin]
	if file == nil {
		file = &robotsFile{}
		f.hosts.robots[origin] = file
	}
	f.hosts.mu.Unlock()
	file.mu.Lock()
	defer file.mu.Unlock()
	if time.Now().Before(file.until) {
		return file, u.RequestURI(), nil
	}
	return file, u.RequestURI(), f.readRobots(ctx, origin, file)
}

// mostRobotsHops bounds the redirects from a robots.txt (RFC 9309 section 2.3.1.2).
const mostRobotsHops = 5

// readRobots asks for a robots.txt.
func (f *Follower) readRobots(ctx context.Context, origin string, file *robotsFile) error {
	r := acquire.Request{URL: origin + "/robots.txt", Accept: "text/plain,*/*;q=0.5"}
	status, whole := 0, false
	var body []byte
	var trouble error
	for range mostRobotsHops + 1 {
		x, err := f.ask(ctx, r)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if trouble = err; err != nil {
			status = 0
			break
		}
		if to, ok := x.Redirect(); ok {
			status, r.URL = 404, to // as many as are not followed mean that there is none
			continue
		}
		status, whole = x.Message.Status, x.Cut == nil
		body, err = x.Message.Content(f.o.MaxBytes) // of which robots.MaxBytes are read
		whole = whole && (err == nil || len(body) > 0)
		break
	}
	now := time.Now()
	switch meaning := robots.Means(status, whole); {
	case meaning == robots.Read:
		parsed := robots.Parse(body, origin+"/robots.txt")
		file.rules, file.sites, file.state, file.why = parsed.For(f.o.Agent), parsed.Sitemaps, meaning, nil
		f.hosts.mu.Lock()
		f.hosts.delay[hostOf(origin)] = min(file.rules.Delay, mostDelay)
		f.hosts.mu.Unlock()
		file.until = now.Add(robotsHolds)
	case meaning == robots.Unavailable:
		file.rules, file.sites, file.state, file.why = &robots.Rules{}, nil, meaning, nil
		file.until = now.Add(robotsHolds)
	default:
		if file.rules == nil { // an earlier copy holds meanwhile
			file.state = meaning
			file.why = fmt.Errorf("%w: status %d", errUnreachable, status)
		}
		file.until = now.Add(robotsAgain)
		if trouble != nil { // there was no answer: what is asked next tries again
			if file.rules == nil {
				file.why = fmt.Errorf("robots.txt: %w", trouble)
			}
			file.until = now.Add(shortest / 2)
		}
	}
	return nil
}

// readMining asks for the tdmrep.json of the host of an address, unless it was asked for a
// while ago. Where there is none, or it cannot be had, nothing is stated.
func (f *Follower) readMining(ctx context.Context, address string) {
	file, _, err := f.rules(ctx, address)
	u, badURL := url.Parse(address)
	if err != nil || badURL != nil {
		return
	}
	file.mu.Lock()
	now := time.Now()
	due := file.rules != nil && !now.Before(file.miningUntil)
	if due {
		file.miningUntil = now.Add(robotsHolds)
	}
	file.mu.Unlock()
	if !due {
		return
	}
	all, err := f.get(ctx, acquire.Request{URL: u.Scheme + "://" + u.Host + robots.TDMPath, Accept: "application/json,*/*;q=0.5"})
	if err != nil || len(all) == 0 || all[len(all)-1].Message.Status != 200 {
		return
	}
	body, err := all[len(all)-1].Message.Content(robots.MaxBytes)
	if err != nil {
		return
	}
	file.mu.Lock()
	file.mining = robots.ParseTDM(body)
	file.mu.Unlock()
}

// stateUses adds to a page what its host states of its use, in the robots.txt and the
// tdmrep.json that were read last of it.
func (f *Follower) stateUses(p *acquire.Page) {
	u, err := url.Parse(cmp.Or(p.Capture.Final, p.Capture.URL))
	if err != nil {
		return
	}
	f.hosts.mu.Lock()
	file := f.hosts.robots[u.Scheme+"://"+u.Host]
	f.hosts.mu.Unlock()
	if file == nil {
		return
	}
	file.mu.Lock()
	defer file.mu.Unlock()
	if file.rules != nil {
		p.StateUses(file.rules.Signals)
	}
	if file.mining != nil {
		p.StateMining(file.mining.For(u.RequestURI()))
	}
}

// mostDelay bounds the Crawl-delay that is kept.
const mostDelay = 5 * time.Minute

// allowed returns nil if an address may be asked for, else why not.
func (f *Follower) allowed(ctx context.Context, address string) error {
	file, path, err := f.rules(ctx, address)
	if err != nil {
		return err
	}
	file.mu.Lock()
	defer file.mu.Unlock()
	switch {
	case file.rules == nil:
		return file.why
	case !file.rules.Allows(path):
		return errForbidden
	}
	return nil
}
