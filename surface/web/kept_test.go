package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline"
	"dateline/index"
	"dateline/query"
	"dateline/surface/web"
)

// revised is an archive that tells the state of its index, and counts how
// often it is asked for facets.
type revised struct {
	*memory
	revision string
	asked    int
}

func (r *revised) Revision(context.Context) (string, error) { return r.revision, nil }

func (r *revised) Facets(ctx context.Context, q query.Query) (index.Facets, error) {
	r.asked++
	return r.memory.Facets(ctx, q)
}

// TestHomeIsKept asks for the home page again and again: it is made anew only
// when the index has changed, and then soon.
func TestHomeIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &revised{memory: sample(), revision: "1"}
		pages := web.New(a, options)
		home := func(path string) string { return ask(pages, httptest.NewRequest("GET", path, nil)).body }
		first, twin := home("/"), home("/index.json")
		if a.asked != 1 || first != get(t, sample(), "/").body || twin != get(t, sample(), "/index.json").body {
			t.Errorf("asked %d times; the page as kept is another one", a.asked)
		}
		time.Sleep(time.Minute)
		if home("/") != first || a.asked != 1 {
			t.Errorf("asked %d times of an index that is the same", a.asked)
		}
		a.add(dateline.Article{URL: "https://new.example/", Headline: "Something new", Published: "2030-01-01", Text: "It is new."})
		a.revision = "2"
		time.Sleep(time.Second)
		if got := home("/"); !strings.Contains(got, "Something new") || a.asked != 2 {
			t.Errorf("asked %d times, the page does not have what is new", a.asked)
		}
		for _, revision := range []string{"3", "1", "4"} { // "1" again: only the last state counts
			a.revision = revision
			time.Sleep(time.Second)
			home("/")
		}
		if a.asked != 5 {
			t.Errorf("asked %d times of an index that changes each time, want 5", a.asked)
		}
	})
}

// slow is an archive whose index never answers.
type slow struct{ *memory }

func (slow) Facets(ctx context.Context, _ query.Query) (index.Facets, error) {
	<-ctx.Done()
	return index.Facets{}, ctx.Err()
}

// TestRequestsEnd asks an index that never answers: the page says so when the
// time is up, and nothing goes on when the reader leaves.
func TestRequestsEnd(t *testing.T) {
	for _, path := range []string{"/", "/search?q=x", "/calendar?q=x", "/search.json?q=x"} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			res := ask(web.New(slow{sample()}, web.Options{Hosts: options.Hosts, Time: 7 * time.Second}), httptest.NewRequest("GET", path, nil))
			if took := time.Since(start); res.StatusCode != 503 || !strings.Contains(res.body, "no answer after 7s") || took != 7*time.Second {
				t.Errorf("GET %s: %s after %v: %s", path, res.Status, took, res.body)
			}
			ctx, leave := context.WithTimeout(t.Context(), time.Second)
			defer leave()
			start = time.Now()
			ask(web.New(slow{sample()}, web.Options{Hosts: options.Hosts, Time: time.Hour}), httptest.NewRequest("GET", path, nil).WithContext(ctx))
			if took := time.Since(start); took != time.Second {
				t.Errorf("GET %s ends %v after its reader left", path, took-time.Second)
			}
		})
	}
}
