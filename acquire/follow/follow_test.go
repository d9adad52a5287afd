package follow_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/acquire/follow"
	"dateline/store"
)

// A fakeWeb answers requests in memory. A handler gets the request and returns the
// whole answer.
type fakeWeb struct {
	mu    sync.Mutex
	pages map[string]func(r *http.Request) string // host and path → answer
	log   []request
}

// A request is one that the web was asked.
type request struct {
	at   time.Time
	host string
	path string
	r    *http.Request
}

func newWeb() *fakeWeb { return &fakeWeb{pages: map[string]func(*http.Request) string{}} }

func (w *fakeWeb) set(address, answer string) {
	w.handle(address, func(*http.Request) string { return answer })
}

func (w *fakeWeb) handle(address string, f func(*http.Request) string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[address] = f
}

// dial connects to a host of the web.
func (w *fakeWeb) dial(_ context.Context, _, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	if strings.HasPrefix(host, "nowhere") {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	client, server := net.Pipe()
	go func() {
		defer server.Close()
		r, err := http.ReadRequest(bufio.NewReader(server))
		if err != nil {
			return
		}
		w.mu.Lock()
		w.log = append(w.log, request{time.Now(), r.Host, r.URL.RequestURI(), r})
		f := w.pages[r.Host+r.URL.RequestURI()]
		w.mu.Unlock()
		if f == nil {
			f = func(*http.Request) string { return answer(404, "text/html", "<h1>Not found</h1>") }
		}
		io.WriteString(server, f(r))
	}()
	return client, nil
}

// asked returns how often an address was asked for.
func (w *fakeWeb) asked(address string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.log {
		if r.host+r.path == address {
			n++
		}
	}
	return n
}

func answer(status int, media, body string, fields ...string) string {
	head := fmt.Sprintf("HTTP/1.1 %d X\r\nContent-Type: %s\r\n", status, media)
	for _, f := range fields {
		head += f + "\r\n"
	}
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func rss(links ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Harbour Post</title>`)
	for _, l := range links {
		fmt.Fprintf(&b, "<item><title>T</title><link>%s</link></item>", l)
	}
	return b.String() + "</channel></rss>"
}

func page(text string) string {
	return answer(200, "text/html", "<html><title>"+text+"</title><h1>"+text+"</h1><p>"+text+"</p></html>")
}

// A run is a follower over a web, with logs in memory.
type run struct {
	web     *fakeWeb
	sources *store.Memory[dateline.Source]
	leads   *store.Memory[dateline.Lead]
	mu      sync.Mutex
	kept    []string
	o       follow.Options
}

func newRun(w *fakeWeb) *run {
	r := &run{web: w,
		sources: store.NewMemory(func(s dateline.Source) string { return s.URL }),
		leads:   store.NewMemory(func(l dateline.Lead) string { return l.URL })}
	r.o = follow.Options{Fetcher: &acquire.Fetcher{Dial: w.dial}, Sources: r.sources, Leads: r.leads, Keep: func(_ context.Context, p acquire.Page) error {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.kept = append(r.kept, p.Capture.URL)
		return nil
	}}
	return r
}

// for runs a follower for some simulated time.
func (r *run) during(t *testing.T, d time.Duration, sources ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	f := follow.New(r.o)
	for _, s := range sources {
		if _, err := f.Add(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Run(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}

func (r *run) source(t *testing.T, url string) dateline.Source {
	t.Helper()
	s, err := r.sources.Get(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFollowsAFeed captures each item once, looks again on the schedule, and
// never takes an item for new again.
func TestFollowsAFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		w.set("post.example/feed", answer(200, "application/rss+xml", rss("http://post.example/a", "http://post.example/b?utm_source=rss", "http://other.example/c")))
		w.set("post.example/a", page("A"))
		w.set("post.example/b?utm_source=rss", page("B"))
		r := newRun(w)
		r.during(t, 20*24*time.Hour, "http://post.example/feed")
		if got := w.asked("post.example/a"); got != 7 {
			t.Errorf("an article was asked for %d times, want 7: at first, and 6 more", got)
		}
		if w.asked("other.example/c") != 0 {
			t.Error("a link to another site was followed")
		}
		s := r.source(t, "http://post.example/feed")
		if s.Health != follow.OK || s.Found != 2 || s.Interval < time.Hour {
			t.Errorf("the source after 20 days without news: %+v", s)
		}
		before := len(r.kept)
		w.set("post.example/feed", answer(200, "application/rss+xml", rss("http://post.example/d", "https://www.post.example/a#x", "http://post.example/b?utm_source=mail")))
		w.set("post.example/d", page("D"))
		r.during(t, 8*24*time.Hour)
		for _, k := range r.kept[before:] {
			if k != "http://post.example/d" {
				t.Errorf("%s was taken for new", k)
			}
		}
		if w.asked("post.example/d") == 0 {
			t.Error("a new item was not asked for")
		}
	})
}

// TestEditedItem looks again at once at an article whose title or date its feed has
// changed, and at no other: neither new guids nor campaigns are a change.
func TestEditedItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		feedOf := func(items ...string) string {
			return answer(200, "application/rss+xml", `<rss version="2.0"><channel>`+strings.Join(items, "")+`</channel></rss>`)
		}
		w.set("post.example/feed", feedOf(`<item><guid>1</guid><title>Ferry aground</title><link>http://post.example/ferry</link><pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate></item>`,
			`<item><guid>2</guid><title>School wins prize</title><link>http://post.example/school</link></item>`))
		w.set("post.example/ferry", page("Ferry"))
		w.set("post.example/school", page("School"))
		w.set("post.example/owls", page("Owls"))
		r := newRun(w)
		r.o.Looks = []time.Duration{}
		r.during(t, 5*time.Minute, "http://post.example/feed")
		w.set("post.example/feed", feedOf(`<item><guid>n7</guid><title>Ferry freed</title><link>http://post.example/ferry</link><pubDate>Wed, 04 Mar 2026 11:30:00 GMT</pubDate></item>`,
			`<item><guid>n8</guid><title>School wins prize</title><link>http://post.example/school?utm_source=rss</link></item>`,
			`<item><guid>n9</guid><title>Owls return</title><link>http://post.example/owls</link></item>`))
		r.during(t, time.Hour)
		for path, want := range map[string]int{"ferry": 2, "school": 1, "owls": 1} {
			if n := w.asked("post.example/" + path); n != want {
				t.Errorf("%s was asked for %d times, want %d", path, n, want)
			}
		}
	})
}

// TestMining keeps with each page what the site's tdmrep.json states for it, which is asked
// for once a day.
func TestMining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		w.set("post.example/feed", answer(200, "application/rss+xml", rss("http://post.example/a", "http://post.example/free/b")))
		w.set("post.example/a", page("A"))
		w.set("post.example/free/b", page("B"))
		w.set("post.example/.well-known/tdmrep.json", answer(200, "application/json", `[{"location":"/","tdm-reservation":1,"tdm-policy":"https://post.example/tdm"},{"location":"/free/","tdm-reservation":0}]`))
		r := newRun(w)
		uses := map[string]string{}
		r.o.Keep = func(_ context.Context, p acquire.Page) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			uses[p.Capture.URL] = fmt.Sprint(p.Capture.Uses)
			return nil
		}
		r.during(t, 20*time.Hour, "http://post.example/feed")
		if got, want := uses["http://post.example/a"], "[{tdm-reservation=1 tdmrep.json} {tdm-policy=https://post.example/tdm tdmrep.json}]"; got != want {
			t.Errorf("uses are %s, want %s", got, want)
		}
		if got, want := uses["http://post.example/free/b"], "[{tdm-reservation=0 tdmrep.json}]"; got != want {
			t.Errorf("uses are %s, want %s", got, want)
		}
		if n := w.asked("post.example/.well-known/tdmrep.json"); n != 1 {
			t.Errorf("tdmrep.json was asked for %d times, want once", n)
		}
	})
}

// TestRestartKeepsTheGap leaves a host alone for a gap after a process was killed that had
// asked it.
func TestRestartKeepsTheGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		var links []string
		for i := range 20 {
			links = append(links, fmt.Sprintf("http://post.example/%d", i))
			w.set(fmt.Sprintf("post.example/%d", i), page("A"))
		}
		w.set("post.example/feed", answer(200, "application/rss+xml", rss(links...)))
		r := newRun(w)
		r.during(t, 22*time.Second, "http://post.example/feed")
		for range 10 {
			r.during(t, 11*time.Second)
		}
		for i := range w.log[1:] {
			if d := w.log[i+1].at.Sub(w.log[i].at); d < 5*time.Second {
				t.Errorf("%s was asked for %v after %s", w.log[i+1].path, d, w.log[i].path)
			}
		}
		if len(w.log) < 20 {
			t.Errorf("only %d requests", len(w.log))
		}
	})
}

// TestGap holds that nothing of a host is asked within the gap, whatever it is,
// and that robots.txt is asked first and kept to.
func TestGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		var links []string
		for i := range 30 {
			links = append(links, fmt.Sprintf("http://post.example/%d", i))
			w.set(fmt.Sprintf("post.example/%d", i), page("A"))
		}
		links = append(links, "http://post.example/private/1", "http://post.example/moved")
		w.set("post.example/moved", "HTTP/1.1 301 Moved\r\nLocation: /1\r\nContent-Length: 0\r\n\r\n")
		w.set("post.example/robots.txt", answer(200, "text/plain", "User-agent: *\nDisallow: /private/\n"))
		w.set("post.example/feed", answer(200, "application/rss+xml", rss(links...)))
		w.handle("post.example/3", func(*http.Request) string { time.Sleep(20 * time.Second); return page("slow") })
		r := newRun(w)
		r.o.Once = true
		r.during(t, 24*time.Hour, "http://post.example/feed")
		if w.log[0].path != "/robots.txt" {
			t.Errorf("asked for %s before robots.txt", w.log[0].path)
		}
		for i := range w.log[1:] {
			if d := w.log[i+1].at.Sub(w.log[i].at); d < 5*time.Second {
				t.Errorf("%s was asked for %v after %s", w.log[i+1].path, d, w.log[i].path)
			}
			if w.log[i].path == "/3" && w.log[i+1].at.Sub(w.log[i].at) < 25*time.Second {
				t.Error("a host was asked while it answered")
			}
		}
		if w.asked("post.example/private/1") > 0 {
			t.Error("asked for what robots.txt forbids")
		}
		if len(r.kept) != 31 {
			t.Errorf("%d pages kept, want 31", len(r.kept))
		}
	})
}

// TestHealth names what is wrong with every kind of bad answer, after a day.
func TestHealth(t *testing.T) {
	feedOf := func(links ...string) string { return answer(200, "application/rss+xml", rss(links...)) }
	for _, c := range []struct {
		name, want string
		answer     func(*http.Request) string
		most       int // polls in a day, at most
	}{
		{"challenge", follow.Challenge, func(*http.Request) string {
			return answer(403, "text/html", "<title>Just a moment...</title>", "cf-mitigated: challenge")
		}, 12},
		{"quiet challenge", follow.Challenge, func(*http.Request) string {
			return answer(200, "text/html", "<title>x</title><p>Please verify you are human</p>")
		}, 12},
		{"429", follow.RateLimited, func(*http.Request) string { return answer(429, "text/plain", "", "Retry-After: 7200") }, 12},
		{"500", follow.ServerError, func(*http.Request) string { return answer(500, "text/plain", "") }, 12},
		{"404", follow.Missing, func(*http.Request) string { return answer(404, "text/plain", "") }, 12},
		{"410", follow.Removed, func(*http.Request) string { return answer(410, "text/plain", "") }, 1},
		{"a page", follow.Page, func(*http.Request) string { return answer(200, "text/html", "<html><body><h1>News</h1>") }, 12},
		{"garbage", follow.Unreadable, func(*http.Request) string { return answer(200, "application/rss+xml", "\x00\x01garbage") }, 12},
		{"empty", follow.Unreadable, func(*http.Request) string { return answer(200, "application/rss+xml", "") }, 12},
		{"no items", follow.Silent, func(*http.Request) string { return feedOf() }, 60},
		{"closed", follow.Unreachable, func(*http.Request) string { return "" }, 12},
		{"silence", follow.Slow, func(*http.Request) string { time.Sleep(time.Hour); return "" }, 12},
		{"moved", follow.Moved, nil, 60},
		{"well", follow.OK, func(*http.Request) string { return feedOf("http://well.example/1") }, 60},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWeb()
			host := strings.ReplaceAll(c.name, " ", "-") + ".example"
			if c.answer == nil {
				w.set(host+"/feed", "HTTP/1.1 301 Moved\r\nLocation: http://new.example/feed\r\nContent-Length: 0\r\n\r\n")
				w.set("new.example/feed", feedOf("http://new.example/1"))
			} else {
				w.handle(host+"/feed", c.answer)
			}
			r := newRun(w)
			r.during(t, 24*time.Hour, "http://"+host+"/feed")
			s := r.source(t, "http://"+host+"/feed")
			if s.Health != c.want || c.want != follow.OK && s.Why == "" {
				t.Errorf("%s: health %q (%s), want %q", c.name, s.Health, s.Why, c.want)
			}
			if n := w.asked(host + "/feed"); n > c.most || n == 0 {
				t.Errorf("%s: asked %d times in a day, want at most %d", c.name, n, c.most)
			}
			if s.Paused != (c.want == follow.Removed) {
				t.Errorf("%s: paused is %v", c.name, s.Paused)
			}
		})
	}
	for name, want := range map[string]string{"nowhere.example": follow.NoHost, "blocked.example": follow.Forbidden, "broken.example": follow.NoRobots} {
		synctest.Test(t, func(t *testing.T) {
			w := newWeb()
			w.set("blocked.example/robots.txt", answer(200, "text/plain", "User-agent: *\nDisallow: /"))
			w.set("broken.example/robots.txt", answer(503, "text/plain", ""))
			w.set(name+"/feed", feedOf("http://"+name+"/1"))
			r := newRun(w)
			r.during(t, 24*time.Hour, "http://"+name+"/feed")
			s := r.source(t, "http://"+name+"/feed")
			if s.Health != want {
				t.Errorf("%s: health %q (%s), want %q", name, s.Health, s.Why, want)
			}
			if w.asked(name+"/feed") > 0 {
				t.Errorf("%s: asked although robots.txt does not let us", name)
			}
		})
	}
}

// TestConditional keeps validators byte for byte, and asks without them now and
// then; a source whose 304 lied is not believed again.
func TestConditional(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		const etag = `W/"a b\x"`
		var conditional, without int
		w.handle("post.example/feed", func(r *http.Request) string {
			if r.Header.Get("If-None-Match") == etag {
				conditional++
				return "HTTP/1.1 304 Not Modified\r\nETag: " + etag + "\r\n\r\n"
			}
			without++
			body := rss("http://post.example/1")
			if without > 1 {
				body = rss("http://post.example/1", "http://post.example/2")
			}
			return answer(200, "application/rss+xml", body, "ETag: "+etag)
		})
		w.set("post.example/1", page("1"))
		w.set("post.example/2", page("2"))
		r := newRun(w)
		r.during(t, 60*24*time.Hour, "http://post.example/feed")
		if conditional < 15 || without < 2 {
			t.Errorf("%d conditional requests and %d without", conditional, without)
		}
		if s := r.source(t, "http://post.example/feed"); !s.Lied {
			t.Errorf("a 304 lied, and it is believed: %+v", s)
		}
		before := conditional
		r.during(t, 30*24*time.Hour)
		if conditional != before {
			t.Error("asked with validators although a 304 lied")
		}
	})
}

// TestDiscovery follows the feeds of a site: those that its page names, the
// sitemaps of its robots.txt, the usual places.
func TestDiscovery(t *testing.T) {
	for name, set := range map[string]func(w *fakeWeb){
		"named": func(w *fakeWeb) {
			w.set("site.example/", answer(200, "text/html", `<head><link rel="alternate" type="application/rss+xml" href="/news.rss"></head>`))
			w.set("site.example/news.rss", answer(200, "application/rss+xml", rss("http://site.example/1")))
		},
		"robots": func(w *fakeWeb) {
			w.set("site.example/", answer(200, "text/html", `<h1>News</h1>`))
			w.set("site.example/robots.txt", answer(200, "text/plain", "Sitemap: http://site.example/map.xml"))
			w.set("site.example/map.xml", answer(200, "application/xml", `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://site.example/new.xml</loc></sitemap></sitemapindex>`))
			w.set("site.example/new.xml", answer(200, "application/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://site.example/1</loc><lastmod>`+time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)+`</lastmod></url><url><loc>http://site.example/old</loc><lastmod>1999-01-01</lastmod></url></urlset>`))
		},
		"usual place": func(w *fakeWeb) {
			w.set("site.example/", answer(200, "text/html", `<h1>News</h1>`))
			w.set("site.example/atom.xml", answer(200, "application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="http://site.example/1"/></entry></feed>`))
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWeb()
			set(w)
			w.set("site.example/1", page("1"))
			w.set("site.example/old", page("old"))
			r := newRun(w)
			r.o.Once = true
			r.during(t, 24*time.Hour, "http://site.example/")
			if !slices.Equal(r.kept, []string{"http://site.example/1"}) {
				t.Errorf("%s: kept %q, want one article", name, r.kept)
			}
		})
	}
}

// TestRestart asks nothing early after a restart and loses nothing, wherever the
// process was killed.
func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb()
		w.set("post.example/feed", answer(200, "application/rss+xml", rss("http://post.example/a", "http://post.example/b", "http://post.example/c")))
		for _, p := range []string{"a", "b", "c"} {
			w.set("post.example/"+p, page(p))
		}
		r := newRun(w)
		r.o.Looks = []time.Duration{} // once is enough
		r.during(t, time.Second, "http://post.example/feed")
		for range 40 {
			r.during(t, 3*time.Second)
		}
		if n := w.asked("post.example/feed"); n > 1 {
			t.Errorf("the feed was asked %d times in two minutes", n)
		}
		r.during(t, time.Hour)
		for _, p := range []string{"a", "b", "c"} {
			if !slices.Contains(r.kept, "http://post.example/"+p) {
				t.Errorf("%s was lost", p)
			}
		}
	})
}
