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
	"iter"
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
	// Room waits until Keep can take another page soon; nil means that it always can. It
	// is called before anything is asked for, so that few pages are lost, and asked for
	// again, when the process is killed.
	Room func(ctx context.Context) error
	// Had reports whether a page of the address was stored since then; nil means
	// that nobody knows. It keeps a process that was killed from asking twice.
	Had func(ctx context.Context, url string, since time.Time) (bool, error)
	// Due yields the leads that are asked for before a time, so that those that are not
	// need no memory; nil means that all of Leads are read to find them.
	Due func(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error]
	// Agent is the product token that robots.txt files are read for; "" means
	// "Dateline".
	Agent    string
	Gap      time.Duration   // between two requests to one host, or one server; 0 means 5 s
	AtATime  int             // requests under way; 0 means 64
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
	queued  map[string]*task   // by key, those that are due, wait, or are running
	claims  map[string]*task   // host or server → the task that is its next, or is running
	waiting map[string][]*task // host or server → those that come after that, in order
	running int
	failed  error
	known   time.Time // the leads that are asked for before then are on the schedule

	hosts *hosts
	slots chan struct{}
	notes chan note // leads to be put into their log
}

// A note is a lead that is to be put, and who waits for that.
type note struct {
	lead dateline.Lead
	done chan error
}

// mostNotes bounds how many leads are put in one step.
const mostNotes = 256

// keepNotes puts leads into their log until ctx ends: those that come while a step waits for
// the disk are put together in the next.
func (f *Follower) keepNotes(ctx context.Context) {
	for {
		var list []note
		select {
		case n := <-f.notes:
			list = append(list, n)
		case <-ctx.Done():
			return
		}
		for more := true; more && len(list) < mostNotes; {
			select {
			case n := <-f.notes:
				list = append(list, n)
			default:
				more = false
			}
		}
		leads := make([]dateline.Lead, len(list))
		for i, n := range list {
			leads[i] = n.lead
		}
		err := f.o.Leads.Put(ctx, leads...)
		for _, n := range list {
			n.done <- err
		}
	}
}

// note puts a lead into its log, and returns when it is there.
func (f *Follower) note(ctx context.Context, l dateline.Lead) error {
	n := note{l, make(chan error, 1)}
	select {
	case f.notes <- n:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-n.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tasksASlot is how many tasks run for each request that may be under way: a host that is
// new is asked for two files first, with a gap behind each, for which its task waits.
const tasksASlot = 64

// A task is a source or a lead that is due at some time.
type task struct {
	key   string // "s " and the URL of a source, "l " and that of a lead
	host  string // that it is asked of
	claim string // what it has claimed of claims, "" if nothing
	at    time.Time
	held  bool // it is due, and waits for its host
	index int  // in tasks, -1 if it is not there
}

// tasks is a heap, the soonest first.
type tasks []*task

func (t tasks) Len() int           { return len(t) }
func (t tasks) Less(i, j int) bool { return t[i].at.Before(t[j].at) }
func (t tasks) Swap(i, j int) {
	t[i], t[j] = t[j], t[i]
	t[i].index, t[j].index = i, j
}
func (t *tasks) Push(x any) {
	n := x.(*task)
	n.index = len(*t)
	*t = append(*t, n)
}
func (t *tasks) Pop() any {
	old := *t
	x := old[len(old)-1]
	old[len(old)-1] = nil
	*t, x.index = old[:len(old)-1], -1
	return x
}

// New returns a follower.
func New(o Options) *Follower {
	o.Agent = cmp.Or(o.Agent, "Dateline")
	o.Gap = cmp.Or(o.Gap, 5*time.Second)
	o.AtATime = cmp.Or(o.AtATime, 64)
	o.MaxBytes = cmp.Or(o.MaxBytes, 64<<20)
	if o.Looks == nil {
		const day = 24 * time.Hour
		o.Looks = []time.Duration{10 * time.Minute, time.Hour, 6 * time.Hour, day, 3 * day, 10 * day}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Follower{o: o, wake: make(chan struct{}, 1), queued: map[string]*task{}, claims: map[string]*task{}, waiting: map[string][]*task{},
		hosts: newHosts(o.Gap), slots: make(chan struct{}, o.AtATime), notes: make(chan note)}
}

// Run follows the sources of the log until ctx ends, or with Options.Once until
// nothing is due. It returns the error of ctx, or that of the machinery.
func (f *Follower) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := f.loadSources(ctx); err != nil {
		return err
	}
	if err := f.loadLeads(ctx, true); err != nil {
		return err
	}
	var wait sync.WaitGroup
	defer wait.Wait()
	defer cancel()
	wait.Go(func() { f.keepNotes(ctx) })
	for {
		if time.Until(f.known) < ahead/2 {
			if err := f.loadLeads(ctx, false); err != nil {
				return err
			}
		}
		t, sleep, err := f.next()
		switch {
		case err != nil:
			return err
		case t != nil:
			wait.Go(func() { f.run(ctx, t) })
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
	case f.running < cap(f.slots)*tasksASlot:
		for len(f.due) > 0 && !f.due[0].at.After(now) {
			if t := heap.Pop(&f.due).(*task); f.claimed(t, now) {
				f.running++
				return t, 0, nil
			}
		}
	}
	switch {
	case f.o.Once && f.running == 0 && !f.held(now):
		return nil, -1, nil
	case len(f.due) == 0 || f.running >= cap(f.slots)*tasksASlot:
		return nil, mostSleep, nil
	}
	return nil, min(max(f.due[0].at.Sub(now), time.Millisecond), mostSleep), nil
}

// claimed reports whether a task that is due can run now. If its host, or the server that
// the host is on, is busy or has to be left alone, it waits for that behind those that
// came first: so no host holds the places of all.
func (f *Follower) claimed(t *task, now time.Time) bool {
	if t.claim == "" {
		name := f.hosts.server(t.host)
		if f.claims[name] != nil {
			f.waiting[name] = append(f.waiting[name], t)
			return false
		}
		f.claims[name], t.claim = t, name
	}
	if free := f.hosts.freeAt(t.host, now); free.After(now) {
		t.at, t.held = free, true
		heap.Push(&f.due, t)
		return false
	}
	return true
}

// leave lets the next task go to the host that a task has asked; the task asks no more.
func (f *Follower) leave(t *task) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := t.claim
	if name == "" {
		return
	}
	t.claim = ""
	delete(f.claims, name)
	list := f.waiting[name]
	if len(list) == 0 {
		return
	}
	next := list[0]
	list[0] = nil
	if f.waiting[name] = list[1:]; len(list) == 1 {
		delete(f.waiting, name)
	}
	f.claims[name], next.claim = next, name
	next.at, next.held = f.hosts.freeAt(next.host, time.Now()), true
	heap.Push(&f.due, next)
	f.notify()
}

// held reports whether something that is due waits for its host.
func (f *Follower) held(now time.Time) bool {
	return slices.ContainsFunc(f.due, func(t *task) bool { return t.held && t.at.Sub(now) < mostRetry })
}

// loadSources puts the sources on the schedule. What a clock that was set back has put
// too far ahead is brought back.
func (f *Follower) loadSources(ctx context.Context) error {
	now := time.Now()
	for e, err := range f.o.Sources.After(ctx, 0) {
		if err != nil {
			return err
		}
		if s := e.Rec; !s.Paused && !s.Gone {
			if s.Next.After(now.Add(longest)) {
				s.Next = now.Add(longest)
			}
			f.add("s "+s.URL, hostOf(s.Address()), s.Next)
			f.restart(hostOf(s.Address()), s.Asked, now)
		}
	}
	return nil
}

// restart leaves a host alone for one gap if it may have been asked just before the process
// was started: the last one may have been killed.
func (f *Follower) restart(host string, asked, now time.Time) {
	if now.Sub(asked) < f.o.Gap+time.Minute {
		f.hosts.leaveAlone(host, now.Add(f.o.Gap))
	}
}

// ahead is how long before it is due a lead is put on the schedule: the others, which may
// be millions, stay in the log until then.
const ahead = time.Hour

// loadLeads puts the leads on the schedule that are due soon; first says that nothing has
// been asked yet.
func (f *Follower) loadLeads(ctx context.Context, first bool) error {
	now := time.Now()
	f.mu.Lock()
	f.known = now.Add(ahead) // from now on add takes them: none is missed between this and reading
	f.mu.Unlock()
	due := f.o.Due
	if due == nil {
		due = f.dueOfAll
	}
	var met []dateline.Lead
	for l, err := range due(ctx, now.Add(ahead)) {
		if err != nil {
			return err
		}
		if first && underWay(&l) { // when the process was killed; visit looks first whether it has the page
			l.Next = now
			met = append(met, l)
		}
		f.add("l "+l.URL, hostOf(cmp.Or(l.Request, l.URL)), l.Next)
		if first {
			f.restart(hostOf(cmp.Or(l.Request, l.URL)), l.Asked, now)
		}
	}
	return f.o.Leads.Put(ctx, met...)
}

// dueOfAll reads all leads to find those that are due before a time.
func (f *Follower) dueOfAll(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error] {
	return func(yield func(dateline.Lead, error) bool) {
		for e, err := range f.o.Leads.After(ctx, 0) {
			if err != nil || !e.Rec.Next.IsZero() && e.Rec.Next.Before(before) {
				if !yield(e.Rec, err) {
					return
				}
			}
		}
	}
}

// add puts a source or a lead on the schedule, which is asked of host; one that is there is done sooner, if it is
// to be. A lead that is not due soon is left in the log.
func (f *Follower) add(key, host string, at time.Time) {
	f.mu.Lock()
	t := f.queued[key]
	switch {
	case t == nil && (key[0] == 's' || at.Before(f.known)):
		t = &task{key: key, host: host, at: at}
		f.queued[key] = t
		heap.Push(&f.due, t)
	case t != nil && t.index >= 0 && !t.held && at.Before(t.at):
		t.at = at
		heap.Fix(&f.due, t.index)
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
func (f *Follower) run(ctx context.Context, t *task) {
	next, err := f.do(ctx, t)
	f.leave(t)
	f.mu.Lock()
	f.running--
	delete(f.queued, t.key)
	if err != nil && ctx.Err() == nil && f.failed == nil {
		f.failed = err
	}
	f.mu.Unlock()
	if err == nil && !next.IsZero() {
		f.add(t.key, t.host, next)
	}
	f.notify()
}

// do does one task and returns when it is due again.
func (f *Follower) do(ctx context.Context, t *task) (time.Time, error) {
	if key := t.key[2:]; t.key[0] == 's' {
		return f.poll(ctx, key)
	}
	return f.visit(ctx, t)
}

// Add adds a source, unless it is known: a feed, a sitemap, or the address of a
// site. One that was removed is taken up again.
func (f *Follower) Add(ctx context.Context, address string) (*dateline.Source, error) {
	return f.addFrom(ctx, address, "", "")
}

func (f *Follower) addFrom(ctx context.Context, address, from, kind string) (*dateline.Source, error) {
	s, fresh, err := Register(ctx, f.o.Sources, address, from, kind)
	if err == nil && fresh {
		f.add("s "+s.URL, hostOf(s.URL), s.Next)
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
