// Package follow asks sources for news, fetches the articles that they name, and
// looks at young articles again: politely, for years, without care.
//
// The files, in the order in which a source meets them:
//
//	follow.go   a Follower, its parts; the loop that runs what is due
//	poll.go     a source is asked: conditional requests, moves, what it brought
//	rhythm.go   when a source is asked again, and how failures are spaced
//	health.go   what an answer says of a source, in a word and in words
//	lead.go     an article is fetched, and looked at again
//	polite.go   one gap for everything asked of a host; robots.txt
//
// The schedule is in two logs, so that a restart asks nothing early and nothing
// twice: before anything is asked the log says so, and when to ask again if
// nothing comes of it.
package follow

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/extract/link"
	"dateline/store"
)

// A Fetcher asks for one address, and follows no redirect.
type Fetcher interface {
	// Fetch returns the exchange, or why there was no answer.
	Fetch(ctx context.Context, r acquire.Request) (*acquire.Exchange, error)
}

// Options are what a Follower works with.
type Options struct {
	Fetcher Fetcher                    // asks, never nil
	Sources store.Log[dateline.Source] // the key is Source.URL
	Leads   store.Log[dateline.Lead]   // the key is Lead.URL
	// Keep stores a page, and returns when it is on stable storage. An error
	// ends Run.
	Keep func(ctx context.Context, p acquire.Page) error
	// Had reports whether a page of the address was stored since then; nil means
	// that nobody knows. It keeps a process that was killed from asking twice.
	Had func(ctx context.Context, url string, since time.Time) (bool, error)
	// Agent is the product token that robots.txt files are read for; "" means
	// "Dateline".
	Agent    string
	Gap      time.Duration   // between two requests to one host, or one server; 0 means 5 s
	AtATime  int             // requests under way; 0 means 32
	Looks    []time.Duration // after its first fetch, when an article is looked at again; nil means 10 min, 1 h, 6 h, 1 d, 3 d, 10 d
	Foreign  bool            // follow also what leads to another site than the source's
	MaxBytes int64           // of one page once decompressed; 0 means 64 MiB
	Once     bool            // Run returns when all that is due now is done, articles included
	Log      *slog.Logger    // is told what goes wrong; nil drops it
}

// A Follower follows sources. Its methods may be called from many goroutines, Run
// once at a time.
type Follower struct {
	o    Options
	wake chan struct{}

	mu      sync.Mutex
	due     tasks
	queued  map[string]bool // keys of due and running tasks
	running int
	failed  error

	hosts *hosts
	slots chan struct{}
}

// A task is a source or a lead that is due at some time.
type task struct {
	key  string // "s " and the URL of a source, "l " and that of a lead
	host string // that it is asked of
	at   time.Time
	held bool // it is due, and waits for its host
}

type tasks []task

func (t tasks) Len() int           { return len(t) }
func (t tasks) Less(i, j int) bool { return t[i].at.Before(t[j].at) }
func (t tasks) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *tasks) Push(x any)        { *t = append(*t, x.(task)) }
func (t *tasks) Pop() any {
	old := *t
	x := old[len(old)-1]
	*t = old[:len(old)-1]
	return x
}

// New returns a follower.
func New(o Options) *Follower {
	o.Agent = cmp.Or(o.Agent, "Dateline")
	o.Gap = cmp.Or(o.Gap, 5*time.Second)
	o.AtATime = cmp.Or(o.AtATime, 32)
	o.MaxBytes = cmp.Or(o.MaxBytes, 64<<20)
	if o.Looks == nil {
		const day = 24 * time.Hour
		o.Looks = []time.Duration{10 * time.Minute, time.Hour, 6 * time.Hour, day, 3 * day, 10 * day}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Follower{o: o, wake: make(chan struct{}, 1), queued: map[string]bool{}, hosts: newHosts(o.Gap), slots: make(chan struct{}, o.AtATime)}
}

// Run follows the sources of the log until ctx ends, or with Options.Once until
// nothing is due. It returns the error of ctx, or that of the machinery.
func (f *Follower) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := f.load(ctx); err != nil {
		return err
	}
	var wait sync.WaitGroup
	defer wait.Wait()
	defer cancel()
	for {
		t, sleep, err := f.next()
		switch {
		case err != nil:
			return err
		case t != nil:
			wait.Go(func() { f.run(ctx, *t) })
			continue
		case sleep < 0:
			return nil
		}
		timer := time.NewTimer(sleep)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-f.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// mostSleep is how long Run sleeps at most: a machine that slept, or a clock that
// was set, is noticed after that.
const mostSleep = time.Minute

// next takes what is due; else it says how long to sleep, less than 0 if there is
// nothing to wait for.
func (f *Follower) next() (*task, time.Duration, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	switch {
	case f.failed != nil:
		return nil, 0, f.failed
	case f.running < cap(f.slots)*4:
		for len(f.due) > 0 && !f.due[0].at.After(now) {
			t := heap.Pop(&f.due).(task)
			if free := f.hosts.freeAt(t.host, now); free.After(now) {
				t.at, t.held = free, true // others go first: no host holds the places of all
				heap.Push(&f.due, t)
				continue
			}
			f.running++
			return &t, 0, nil
		}
	}
	switch {
	case f.o.Once && f.running == 0 && !f.held(now) && f.running == 0:
		return nil, -1, nil
	case len(f.due) == 0 || f.running >= cap(f.slots)*4:
		return nil, mostSleep, nil
	}
	return nil, min(max(f.due[0].at.Sub(now), time.Millisecond), mostSleep), nil
}

// held reports whether something that is due waits for its host.
func (f *Follower) held(now time.Time) bool {
	return slices.ContainsFunc(f.due, func(t task) bool { return t.held && t.at.Sub(now) < mostRetry })
}

// load fills the schedule from the logs. What a clock that was set back has put
// too far ahead is brought back.
func (f *Follower) load(ctx context.Context) error {
	now := time.Now()
	for e, err := range f.o.Sources.After(ctx, 0) {
		if err != nil {
			return err
		}
		if s := e.Rec; !s.Paused && !s.Gone {
			if s.Next.After(now.Add(longest)) {
				s.Next = now.Add(longest)
			}
			f.add(task{key: "s " + s.URL, host: link.Host(s.Address()), at: s.Next})
		}
	}
	for e, err := range f.o.Leads.After(ctx, 0) {
		if err != nil {
			return err
		}
		if l := e.Rec; !l.Next.IsZero() {
			if underWay(&l) { // when the process was killed; visit looks first whether it has the page
				l.Next = now
				if err := f.o.Leads.Put(ctx, l); err != nil {
					return err
				}
			}
			f.add(task{key: "l " + l.URL, host: link.Host(l.URL), at: l.Next})
		}
	}
	return nil
}

// add puts a task on the schedule; one that is there is done sooner, if it is to be.
func (f *Follower) add(t task) {
	f.mu.Lock()
	if !f.queued[t.key] {
		f.queued[t.key] = true
		heap.Push(&f.due, t)
	} else if i := slices.IndexFunc(f.due, func(d task) bool { return d.key == t.key && d.at.After(t.at) }); i >= 0 {
		f.due[i].at = t.at
		heap.Fix(&f.due, i)
	}
	f.mu.Unlock()
	f.notify()
}

func (f *Follower) notify() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// run does one task and puts it on the schedule again.
func (f *Follower) run(ctx context.Context, t task) {
	next, err := f.do(ctx, t)
	f.mu.Lock()
	f.running--
	delete(f.queued, t.key)
	if err != nil && ctx.Err() == nil && f.failed == nil {
		f.failed = err
	}
	f.mu.Unlock()
	if err == nil && !next.IsZero() {
		t.at, t.held = next, false
		f.add(t)
	}
	f.notify()
}

// do does one task and returns when it is due again.
func (f *Follower) do(ctx context.Context, t task) (time.Time, error) {
	kind, key := t.key[0], t.key[2:]
	if kind == 's' {
		return f.poll(ctx, key)
	}
	return f.visit(ctx, key)
}

// Add adds a source, unless it is known: a feed, a sitemap, or the address of a
// site. One that was removed is taken up again.
func (f *Follower) Add(ctx context.Context, address string) (*dateline.Source, error) {
	return f.addFrom(ctx, address, "", "")
}

func (f *Follower) addFrom(ctx context.Context, address, from, kind string) (*dateline.Source, error) {
	s, fresh, err := Register(ctx, f.o.Sources, address, from, kind)
	if err == nil && fresh {
		f.add(task{key: "s " + s.URL, host: link.Host(s.URL), at: s.Next})
	}
	return s, err
}

// Register puts a source into a log, unless it is there; fresh says whether it
// was put. From is the source that it was found through, kind what it is known to
// be. One that was removed by a user is not found again, but can be added again.
func Register(ctx context.Context, sources store.Log[dateline.Source], address, from, kind string) (s *dateline.Source, fresh bool, err error) {
	url, ok := link.Request("", address)
	if !ok {
		return nil, false, fmt.Errorf("%s is no address that can be followed", address)
	}
	old, err := sources.Get(ctx, url)
	switch {
	case err == nil && (!old.Gone || from != ""):
		return &old, false, nil
	case err != nil && !errors.Is(err, dateline.ErrNotFound):
		return nil, false, err
	}
	now := time.Now().UTC().Truncate(time.Second)
	rec := dateline.Source{URL: url, From: from, Kind: kind, Added: now, Next: now}
	return &rec, true, sources.Put(ctx, rec)
}
