package web_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"dateline"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/store"
)

// memory is an archive of a few articles, searched one by one.
type memory struct {
	versions  []*dateline.Article // the oldest first
	findings  map[dateline.CaptureID]*dateline.Findings
	captures  map[dateline.CaptureID]*dateline.Capture
	records   map[dateline.CaptureID]archive.Record
	decided   []dateline.Decision
	groups    []dateline.Group
	corrected []dateline.Correction
	alerts    store.Log[dateline.Alert]
	notices   store.Log[dateline.Notice]
	broken    error // what every search returns, if set
	asked     atomic.Int64
}

// add puts one captured version in; its payload is made from its text.
func (m *memory) add(a dateline.Article) {
	rec := archive.Record{
		Type:    "response",
		Head:    []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: " + a.Publisher.Site + "\r\n\r\n"),
		Payload: []byte("<!doctype html><title>" + a.Headline + "</title><script>alert(1)</script><p>" + a.Text),
	}
	rec.Body = rec.Payload
	a.Payload, _, _ = dateline.Digest(strings.NewReader(string(rec.Payload)))
	if a.Canonical == "" {
		a.Canonical = a.URL
	}
	a.ID = dateline.NewArticleID(a.Canonical)
	c := &dateline.Capture{
		URL: a.URL, Status: 200, Type: dateline.TypeHTML, Charset: "utf-8", Payload: a.Payload,
		Length: int64(len(rec.Payload)), File: "warc/00001.warc.gz", Offset: 512 * int64(len(m.versions)),
	}
	if t, _, ok := dateline.Date(a.Fetched).Interval(); ok {
		c.Fetched = t
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	a.Capture = c.ID
	m.versions = append(m.versions, &a)
	if m.captures == nil {
		m.captures = map[dateline.CaptureID]*dateline.Capture{}
		m.records = map[dateline.CaptureID]archive.Record{}
		m.findings = map[dateline.CaptureID]*dateline.Findings{}
	}
	m.captures[c.ID], m.records[c.ID] = c, rec
}

func (m *memory) Newest(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Article, error) {
	list := make([]*dateline.Article, len(ids))
	for i, id := range ids {
		list[i], _ = m.Article(ctx, id)
	}
	return list, nil
}

func (m *memory) GroupsOf(_ context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	list := make([]*dateline.Group, len(ids))
	for i, id := range ids {
		for k := range m.groups {
			if m.groups[k].Article == id {
				list[i] = &m.groups[k]
			}
		}
	}
	return list, nil
}

func (m *memory) Together(_ context.Context, level dateline.Level, id dateline.ArticleID) (list []*dateline.Group, err error) {
	for k := range m.groups {
		if level.Of(&m.groups[k]) == id {
			list = append(list, &m.groups[k])
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s %s: %w", level, id, dateline.ErrNotFound)
	}
	return list, nil
}

func (m *memory) Stories(_ context.Context, least int) iter.Seq2[store.StorySize, error] {
	return func(yield func(store.StorySize, error) bool) {
		sizes, last := map[dateline.ArticleID]int{}, map[dateline.ArticleID]dateline.Date{}
		for _, g := range m.groups {
			sizes[g.Story]++
			last[g.Story] = max(last[g.Story], g.Day)
		}
		for _, g := range m.groups {
			if g.Article == g.Story && sizes[g.Story] >= least && !yield(store.StorySize{Story: g.Story, Articles: sizes[g.Story], Reports: sizes[g.Story], Last: last[g.Story]}, nil) {
				return
			}
		}
	}
}

// last is the version added last.
func (m *memory) last() *dateline.Article { return m.versions[len(m.versions)-1] }

func (m *memory) Versions(_ context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	var list []*dateline.Article
	for _, a := range m.versions {
		if a.ID == id {
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("article %s: %w", id, dateline.ErrNotFound)
	}
	return list, nil
}

func (m *memory) Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error) {
	list, err := m.Versions(ctx, id)
	if err != nil {
		return nil, err
	}
	best := list[0]
	for _, a := range list {
		if a.Skip == "" || best.Skip != "" {
			best = a
		}
	}
	return best, nil
}

func (m *memory) Find(ctx context.Context, ref string) (*dateline.Article, error) {
	for _, a := range m.versions {
		if string(a.Capture) == ref {
			return a, nil
		}
		if string(a.ID) == ref || a.URL == ref || a.Canonical == ref {
			return m.Article(ctx, a.ID)
		}
	}
	return nil, fmt.Errorf("find %s: %w", ref, dateline.ErrNotFound)
}

func (m *memory) Capture(_ context.Context, id dateline.CaptureID) (*dateline.Capture, error) {
	if c := m.captures[id]; c != nil {
		return c, nil
	}
	return nil, dateline.ErrNotFound
}

func (m *memory) Findings(_ context.Context, id dateline.CaptureID) (*dateline.Findings, error) {
	if f := m.findings[id]; f != nil {
		return f, nil
	}
	return nil, dateline.ErrNotFound
}

// Revision is another at each call: tests change the archive as they like.
func (m *memory) Revision(context.Context) (string, error) {
	return strconv.FormatInt(m.asked.Add(1), 10), nil
}

func (m *memory) Decisions(context.Context) ([]dateline.Decision, error) { return m.decided, nil }

func (m *memory) Record(_ context.Context, c *dateline.Capture) (archive.Record, error) {
	return m.records[c.ID], nil
}

// found returns the newest versions that q matches, newest publication first.
func (m *memory) found(q query.Query) []*dateline.Article {
	q, _ = q.Resolve(func(level dateline.Level, id dateline.ArticleID) (ids []dateline.ArticleID, err error) {
		for _, g := range m.groups {
			if level.Of(&g) == id {
				ids = append(ids, g.Article)
			}
		}
		return ids, nil
	})
	var list []*dateline.Article
	for _, a := range m.versions {
		newest, _ := m.Article(context.Background(), a.ID)
		if newest == a && a.Skip == "" && matches(m.findings[a.Capture], a, q.Root, q.Doubtful) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *dateline.Article) int { return cmp.Compare(b.Published, a.Published) })
	return list
}

func (m *memory) Alerts() store.Log[dateline.Alert] {
	if m.alerts == nil {
		m.alerts = store.NewMemory(func(a dateline.Alert) string { return a.Name })
		m.notices = store.NewMemory(func(n dateline.Notice) string { return n.ID })
		made := dateline.Alert{Name: "the harbour", Query: "harbour", On: dateline.AlertKinds, Webhook: "https://hooks.example/secret", Mail: []string{"ana@post.example"}, Made: "2024-03-01T08:00:00Z"}
		note := dateline.Notice{ID: "n1", Alert: made.Name, Kind: dateline.OnChange, Title: "A <b>change</b>", Text: "The text has changed.", URL: "javascript:alert(1)", Publisher: "The Ellery Courier", At: "2024-03-02T08:00:00Z",
			Deliveries: []dateline.Delivery{{To: made.Webhook, State: dateline.Dead, Tries: 8, Why: "500 Internal Server Error"}, {To: "mailto:ana@post.example", State: dateline.Delivered, Tries: 1}}}
		ctx := context.Background()
		if err := errors.Join(m.alerts.Put(ctx, made), m.notices.Put(ctx, note)); err != nil {
			panic(err) // Unreachable: it is memory.
		}
	}
	return m.alerts
}

func (m *memory) Notices() store.Log[dateline.Notice] {
	m.Alerts()
	return m.notices
}

func (m *memory) GroupDecisions(context.Context) ([]dateline.Decision, error) { return nil, nil }

func (m *memory) Corrections(context.Context) ([]dateline.Correction, error) { return m.corrected, nil }

func (m *memory) Sources() store.Log[dateline.Source] {
	log := store.NewMemory(func(s dateline.Source) string { return s.URL })
	_ = log.Put(context.Background(), dateline.Source{URL: "https://ellerycourier.example/feed", Title: "The Ellery Courier", Kind: "feed", Health: "challenge", Why: "refused by a bot challenge (status 403)", Found: 12}) // memory takes it
	return log
}

func (m *memory) Search(_ context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		if m.broken != nil {
			yield(index.Hit{}, m.broken)
			return
		}
		list := m.found(q)
		list = list[min(o.Offset, len(list)):]
		if o.Limit > 0 {
			list = list[:min(o.Limit, len(list))]
		}
		for _, a := range list {
			if !yield(index.Hit{Article: a}, nil) {
				return
			}
		}
	}
}

func (m *memory) Matches(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		for h, err := range m.Search(ctx, q, o) {
			var match index.Match
			if err == nil {
				match.Capture = h.Article.Capture
			}
			if !yield(match, err) {
				return
			}
		}
	}
}

func (m *memory) ArticlesOf(_ context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	list := make([]*dateline.Article, len(ids))
	for i, id := range ids {
		for _, a := range m.versions {
			if a.Capture == id {
				list[i] = a
			}
		}
	}
	return list, nil
}

func (m *memory) FindingsOf(_ context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	list := make([]*dateline.Findings, len(ids))
	for i, id := range ids {
		list[i] = m.findings[id]
	}
	return list, nil
}

func (m *memory) State(ctx context.Context) (archive.State, error) {
	return archive.State{Position: int64(len(m.versions)), Revision: "1"}, nil
}

func (m *memory) Facets(_ context.Context, q query.Query) (index.Facets, error) {
	if m.broken != nil {
		return index.Facets{}, m.broken
	}
	publishers, langs, sections, tags, speakers := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	days, months := map[string]int{}, map[string]int{}
	f := index.Facets{}
	for _, a := range m.found(q) {
		f.Total++
		publishers[cmp.Or(a.Publisher.Name, a.Publisher.Site)]++
		langs[a.Lang]++
		sections[a.Section]++
		for _, t := range a.Tags {
			tags[t]++
		}
		met := map[string]bool{}
		if found := m.findings[a.Capture]; found != nil {
			for _, s := range found.Statements {
				if s.Sure(a) && !met[s.Who] {
					met[s.Who] = true
					speakers[s.Who]++
				}
			}
		}
		if a.Published.Day() == "" {
			f.Undated++
			continue
		}
		days[a.Published.Day()]++
		months[a.Published.Month()]++
	}
	f.Fields = map[string][]index.Count{"publisher": counts(publishers, false), "lang": counts(langs, false),
		"section": counts(sections, false), "tag": counts(tags, false), "who": counts(speakers, false)}
	f.Days, f.Months = counts(days, true), counts(months, true)
	return f, nil
}

// counts lists n in the order of its values or, the most frequent first.
func counts(n map[string]int, ordered bool) []index.Count {
	var list []index.Count
	for v, n := range n {
		if v != "" {
			list = append(list, index.Count{Value: v, N: n})
		}
	}
	slices.SortFunc(list, func(a, b index.Count) int {
		if !ordered && a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Value, b.Value)
	})
	return list
}

// matches answers a query for one article, simply.
func matches(f *dateline.Findings, a *dateline.Article, x query.Expr, doubtful bool) bool {
	text := strings.ToLower(a.Headline + "\n" + a.Deck + "\n" + a.Text)
	switch x := x.(type) {
	case nil:
		return true
	case query.Word:
		return strings.Contains(text, strings.ToLower(x.Text))
	case query.Phrase:
		return strings.Contains(text, strings.ToLower(x.Text))
	case query.Not:
		return !matches(f, a, x.X, doubtful)
	case query.And:
		spoken, rest := x.Spoken()
		return tells(f, a, slices.Concat(spoken.Who, spoken.Said, spoken.How), doubtful) &&
			!slices.ContainsFunc(rest, func(x query.Expr) bool { return !matches(f, a, x, doubtful) })
	case query.Or:
		return slices.ContainsFunc(x, func(x query.Expr) bool { return matches(f, a, x, doubtful) })
	case query.When:
		return f != nil && slices.ContainsFunc(f.Dates, func(d dateline.Timex) bool {
			start, end, ok := d.Interval()
			return ok && x.Admits(start, end)
		})
	case query.Bound:
		d := string(a.Published)
		return d != "" && (x.Field == "after") == (d >= x.Date)
	case query.Members:
		return slices.Contains(x.Articles, a.ID)
	case query.Filter:
		if x.Statements() {
			return tells(f, a, []query.Filter{x}, doubtful)
		}
		has := map[string][]string{
			"publisher": {a.Publisher.Name, a.Publisher.Site}, "by": a.Bylines, "tag": a.Tags,
			"lang": {a.Lang}, "section": {a.Section},
		}
		if f != nil {
			for _, m := range f.Mentions {
				has[m.Kind] = append(has[m.Kind], m.Entity, m.Text)
			}
		}
		return slices.ContainsFunc(has[x.Field], func(v string) bool { return strings.EqualFold(v, x.Value) })
	}
	return false
}

// tells reports whether a has a statement that all filters ask for.
func tells(f *dateline.Findings, a *dateline.Article, filters []query.Filter, doubtful bool) bool {
	var and query.And
	for _, x := range filters {
		and = append(and, x)
	}
	q := query.Query{Root: and, Doubtful: doubtful}
	return len(and) == 0 || f != nil && slices.ContainsFunc(f.Statements, func(s dateline.Statement) bool { return q.Selects(a, &s) })
}
