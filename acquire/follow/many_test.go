package follow_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/acquire/follow"
	"dateline/store"
	"dateline/warc"
)

var (
	manySources = flag.Int("sources", 100, "how many sources TestManySources follows for a simulated day")
	steadyFor   = flag.Duration("steady", 10*time.Minute, "for how much simulated time TestSteadyState follows sources that are known for long")
)

// A fakeFetcher answers for any number of hosts without a connection: each has a
// feed that gets a new item every few hours, every tenth at most every few minutes.
type fakeFetcher struct {
	began time.Time
	every func(host string) time.Duration // between two items of a host
	fresh bool                            // feeds have only what appeared after began

	mu    sync.Mutex
	last  map[string]time.Time // host → when it was asked
	close int                  // requests within the gap
	feeds int
	pages map[string]int
}

func everyOf(host string) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(host))
	n := h.Sum32()
	if n%10 == 0 {
		return time.Duration(5+n%20) * time.Minute
	}
	return time.Duration(2+n%30) * time.Hour
}

func (f *fakeFetcher) Fetch(_ context.Context, r acquire.Request) (*acquire.Exchange, error) {
	var host, path string
	fmt.Sscanf(r.URL, "http://%s", &host)
	for i := range host {
		if host[i] == '/' {
			host, path = host[:i], host[i:]
			break
		}
	}
	now := time.Now()
	f.mu.Lock()
	if d := now.Sub(f.last[host]); !f.last[host].IsZero() && d < 5*time.Second {
		f.close++
	}
	f.last[host] = now
	var text string
	switch {
	case path == "/robots.txt":
		text = answer(404, "text/plain", "")
	case path == "/feed":
		f.feeds++
		n, first := int(now.Sub(f.began)/f.every(host)), 0
		if f.fresh {
			first = int(phases/f.every(host)) + 1
		}
		var links []string
		for i := max(first, n-10); i <= n; i++ {
			links = append(links, fmt.Sprintf("http://%s/%d", host, i))
		}
		text = answer(200, "application/rss+xml", rss(links...))
	default:
		f.pages[r.URL]++
		text = page("An article")
	}
	f.mu.Unlock()
	time.Sleep(200 * time.Millisecond)
	m, err := warc.ParseMessage([]byte(text))
	return &acquire.Exchange{URL: r.URL, Began: now, Ended: time.Now(), Request: []byte("GET\r\n"), Response: []byte(text), Message: m}, err
}

// TestManySources follows many sources for a simulated day: every host keeps its
// gap, no article is asked for twice, none that appeared is missed but those of the
// last hours, and what is due is asked within a minute.
func TestManySources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := &fakeFetcher{began: time.Now().Add(-48 * time.Hour), every: everyOf, last: map[string]time.Time{}, pages: map[string]int{}}
		sources := store.NewMemory(func(s dateline.Source) string { return s.URL })
		leads := store.NewMemory(func(l dateline.Lead) string { return l.URL })
		watched := &watchedLog{Log: sources}
		f := follow.New(follow.Options{Fetcher: web, Sources: watched, Leads: leads, Looks: []time.Duration{}, AtATime: 256,
			Keep: func(context.Context, acquire.Page) error { return nil }})
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		for i := range *manySources {
			if _, err := f.Add(ctx, fmt.Sprintf("http://host%d.example/feed", i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		twice, missed := 0, 0
		for _, n := range web.pages {
			if n > 1 {
				twice++
			}
		}
		for i := range *manySources {
			host := fmt.Sprintf("host%d.example", i)
			every := everyOf(host)
			last := int(time.Since(web.began)/every) - int(3*time.Hour/every) - 2
			for n := int(48*time.Hour/every) - 5; n < last; n++ {
				if n >= 0 && web.pages[fmt.Sprintf("http://%s/%d", host, n)] == 0 {
					missed++
				}
			}
		}
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		t.Logf("%d sources for a day: %d polls, %d articles, %d missed, latest %v after its time, %d MiB in use", *manySources, web.feeds, len(web.pages), missed, watched.late, mem.HeapAlloc>>20)
		if web.close > 0 || twice > 0 {
			t.Errorf("%d requests within the gap, %d articles asked for twice", web.close, twice)
		}
		if missed*100 > len(web.pages) {
			t.Errorf("%d of %d articles missed", missed, len(web.pages))
		}
		if watched.late > time.Minute {
			t.Errorf("a source was asked %v after its time", watched.late)
		}
	})
}

// steadyEvery is how often a host has an item in TestSteadyState: 180,000 of them have some
// 400,000 a day.
func steadyEvery(host string) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(host))
	n := h.Sum32()
	if n%10 == 0 {
		return time.Duration(60+n/10%180) * time.Minute
	}
	return time.Duration(8+n/10%24) * time.Hour
}

// phases is how long before TestSteadyState the hosts have begun: long enough that their next
// items come at different times.
const phases = 1000 * time.Hour

// TestSteadyState follows as many sources as -sources says that have been known for long,
// each with its rhythm, and as many articles as those have brought in ten days: what is due is
// asked within a minute. It tells how much memory that takes. Large numbers:
//
//	go test ./acquire/follow -run TestSteadyState -v -args -sources 180000 -steady 1h
func TestSteadyState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now().UTC()
		web := &fakeFetcher{began: began.Add(-phases), every: steadyEvery, fresh: true, last: map[string]time.Time{}, pages: map[string]int{}}
		sources := store.NewMemory(func(s dateline.Source) string { return s.URL })
		leads := store.NewMemory(func(l dateline.Lead) string { return l.URL })
		const day = 24 * time.Hour
		var news float64 // articles a day
		for i := range *manySources {
			host := fmt.Sprintf("host%d.example", i)
			every := steadyEvery(host)
			news += float64(day) / float64(every)
			next := began.Add(time.Duration(float64(i*7919%1_000_000) / 1e6 * float64(every)))
			if err := sources.Put(t.Context(), dateline.Source{URL: "http://" + host + "/feed", Kind: "feed", Polls: 30, Interval: every, Asked: next.Add(-every), Answered: next.Add(-every), Next: next, Found: 30, Health: follow.OK}); err != nil {
				t.Fatal(err)
			}
		}
		// The articles of ten days that are looked at again within the time: those that
		// are due later stay in a log on the disk, which is not played here.
		for look, after := range []time.Duration{time.Hour, 6 * time.Hour, day, 3 * day, 10 * day} {
			n := int(news * (*steadyFor).Hours() / 24)
			for i := range n {
				next := began.Add(time.Duration(i) * *steadyFor / time.Duration(n))
				host := fmt.Sprintf("host%d.example", (i*7919+look)%*manySources)
				l := dateline.Lead{URL: fmt.Sprintf("http://%s/old/%d/%d", host, look, i), Source: "http://" + host + "/feed", Found: next.Add(-after), Asked: next.Add(-after), Kept: next.Add(-after), Next: next, Looks: look + 1}
				if err := leads.Put(t.Context(), l); err != nil {
					t.Fatal(err)
				}
			}
		}
		watched := &watchedLog{Log: sources, due: map[string]time.Time{}}
		for e, err := range sources.After(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			watched.due[e.Rec.URL] = e.Rec.Next
		}
		f := follow.New(follow.Options{Fetcher: web, Sources: watched, Leads: leads, Keep: func(context.Context, acquire.Page) error { return nil }})
		ctx, cancel := context.WithTimeout(t.Context(), *steadyFor)
		defer cancel()
		if err := f.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		runtime.GC()
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		t.Logf("%d sources, %.0f articles a day, for %v: %d polls, %d pages, latest %v after its time, %d MiB in use with the logs, %d MiB taken from the system",
			*manySources, news, *steadyFor, web.feeds, len(web.pages), watched.late.Round(time.Second), mem.HeapAlloc>>20, mem.Sys>>20)
		if web.close > 0 {
			t.Errorf("%d requests within the gap", web.close)
		}
		if watched.late > time.Minute {
			t.Errorf("a source was asked %v after its time", watched.late)
		}
	})
}

// A watchedLog notes how late sources are asked: when a poll is noted, against
// when it was due.
type watchedLog struct {
	store.Log[dateline.Source]
	mu   sync.Mutex
	due  map[string]time.Time
	late time.Duration
}

func (w *watchedLog) Put(ctx context.Context, recs ...dateline.Source) error {
	w.mu.Lock()
	if w.due == nil {
		w.due = map[string]time.Time{}
	}
	for _, s := range recs {
		if due, ok := w.due[s.URL]; ok && s.Asked.After(due) {
			w.late = max(w.late, s.Asked.Sub(due))
		}
		w.due[s.URL] = s.Next
	}
	w.mu.Unlock()
	return w.Log.Put(ctx, recs...)
}
