package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/store"
)

// Records are logs, and the look-ups over them.
type Records struct {
	Captures store.Log[dateline.Capture]  // of the look-ups for captures
	Articles store.Log[dateline.Article]  // of those for articles
	Findings store.Log[dateline.Findings] // of the articles
	Groups   store.Log[dateline.Group]    // of those for stories
	Leads    store.Log[dateline.Lead]     // of those for leads
	Lookup   store.Lookup                 // what is tested, over these logs
}

// TestLookup tests the look-ups over the logs that open returns, new and empty
// ones at each call.
func TestLookup(t *testing.T, open func(t *testing.T) Records) {
	t.Run("articles", func(t *testing.T) { testFind(t, open(t)) })
	t.Run("captures", func(t *testing.T) { testFindCapture(t, open(t)) })
	t.Run("leads", func(t *testing.T) { testDueLeads(t, open(t)) })
	t.Run("last record", func(t *testing.T) { testLastOffset(t, open(t)) })
	t.Run("walks", func(t *testing.T) { testWalks(t, open(t)) })
	t.Run("groups", func(t *testing.T) { testGroups(t, open(t)) })
	t.Run("by capture", func(t *testing.T) { testByCapture(t, open(t)) })
}

func testGroups(t *testing.T, r Records) {
	for _, g := range []dateline.Group{
		{Article: "a1", Report: "a1", Event: "a1", Story: "a1", Day: "2024-05-02"},
		{Article: "a2", Report: "a1", Event: "a1", Story: "a1", Day: "2024-05-03"},
		{Article: "a3", Report: "a3", Event: "a3", Story: "a1"},
		{Article: "a4", Report: "a4", Event: "a4", Story: "a4", Day: "2024-06-01"},
		{Article: "a5", Report: "a2", Event: "a5", Story: "a5"},
	} {
		if err := r.Groups.Put(t.Context(), g); err != nil {
			t.Fatal(err)
		}
	}
	list, err := r.Lookup.GroupsOf(t.Context(), "a4", "none", "a1")
	if err != nil || len(list) != 3 || list[0] == nil || list[0].Story != "a4" || list[1] != nil || list[2] == nil || list[2].Day != "2024-05-02" {
		t.Errorf("GroupsOf = %v, %v", list, err)
	}
	for _, test := range []struct {
		level    dateline.Level
		id, want string
	}{
		{dateline.StoryLevel, "a1", "a1 a2 a3"}, {dateline.StoryLevel, "a4", "a4"}, {dateline.StoryLevel, "a2", ""}, {dateline.StoryLevel, "none", ""},
		{dateline.EventLevel, "a1", "a1 a2"}, {dateline.EventLevel, "a3", "a3"}, {dateline.EventLevel, "a2", ""},
		{dateline.ReportLevel, "a1", "a1 a2"}, {dateline.ReportLevel, "a2", "a5"}, {dateline.ReportLevel, "a5", ""},
	} {
		list, err := r.Lookup.Members(t.Context(), test.level, dateline.ArticleID(test.id))
		if test.want == "" {
			if !errors.Is(err, dateline.ErrNotFound) {
				t.Errorf("Members(%s, %s): %v, want %v", test.level, test.id, err, dateline.ErrNotFound)
			}
			continue
		}
		got := ""
		for _, g := range list {
			got += " " + string(g.Article)
		}
		if err != nil || strings.TrimSpace(got) != test.want {
			t.Errorf("Members(%s, %s) = %s, %v, want %s", test.level, test.id, got, err, test.want)
		}
	}
	got := ""
	for z, err := range r.Lookup.Stories(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprintf("%s %d/%d %s %s; ", z.Story, z.Articles, z.Reports, z.First, z.Last)
	}
	if want := "a4 1/1 2024-06-01 2024-06-01; a1 3/2 2024-05-02 2024-05-03; a5 1/1  ; "; got != want {
		t.Errorf("Stories = %s, want %s", got, want)
	}
	for z, err := range r.Lookup.Stories(t.Context(), 2) {
		if err != nil || z.Story != "a1" {
			t.Errorf("a story of two articles is %s, %v, want a1", z.Story, err)
		}
	}
}

func version(id, capture, url, fetched, skip string) dateline.Article {
	return dateline.Article{ID: dateline.ArticleID(id), Capture: dateline.CaptureID(capture), URL: url, Fetched: fetched, Skip: skip}
}

func testFind(t *testing.T, r Records) {
	const canonical = "https://news.example/story"
	id := string(dateline.NewArticleID(canonical))
	recs := []dateline.Article{
		version(id, "c1", canonical+"?from=feed", "2022-01-02T00:00:00Z", ""),
		version(id, "c2", canonical, "2022-01-02T00:00:00.5Z", ""),
		version(id, "c3", canonical, "2022-01-01T00:00:00Z", ""),
		version(id, "c4", canonical, "2022-01-05T00:00:00Z", dateline.SkipNotFound),
		version("a-front", "c5", "https://news.example/", "2022-01-05T00:00:00Z", dateline.SkipFront),
		version("a-dump", "c6", "https://other.example/?q=ü&b=<c>", "", ""),
		version("a-dump", "c7", "https://other.example/?q=ü&b=<c>", "", ""),
	}
	whole := version("a-paid", "c8", "https://paid.example/1", "2022-01-01T00:00:00Z", "")
	whole.Headline, whole.Text = "Port opens", "The port opened on Monday.\n\nShips came from all over the world to see it."
	part := version("a-paid", "c9", "https://paid.example/1", "2022-01-02T00:00:00Z", "")
	part.Headline, part.Text, part.Paywalled = "Port opens", "The port opened on Monday.", true
	if err := r.Articles.Put(t.Context(), append(recs, whole, part)...); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ ref, want string }{
		{id, "c2"},
		{"c1", "c1"},
		{"c4", "c4"},
		{canonical, "c2"},
		{canonical + "#comments", "c2"},
		{canonical + "?from=feed", "c1"},
		{"https://news.example/", "c5"},
		{"https://other.example/?q=ü&b=<c>", "c7"},
		{"https://paid.example/1", "c8"}, // c9 shows only a part of it
		{"https://nowhere.example/", ""},
		{"", ""},
	} {
		a, err := r.Lookup.Find(t.Context(), test.ref)
		if test.want == "" {
			if !errors.Is(err, dateline.ErrNotFound) {
				t.Errorf("Find(%q) = %v, %v, want %v", test.ref, a, err, dateline.ErrNotFound)
			}
			continue
		}
		if err != nil || string(a.Capture) != test.want {
			t.Errorf("Find(%q) = %v, %v, want %s", test.ref, a, err, test.want)
		}
	}

	versions, err := r.Lookup.Versions(t.Context(), dateline.ArticleID(id))
	got := ""
	for _, a := range versions {
		got += string(a.Capture) + " "
	}
	if want := "c3 c1 c2 c4 "; err != nil || got != want {
		t.Errorf("Versions = %q, %v, want %q", got, err, want)
	}
	if a, err := r.Lookup.Article(t.Context(), dateline.ArticleID(id)); err != nil || a.Capture != "c2" {
		t.Errorf("Article = %v, %v, want c2", a, err)
	}
	if _, err := r.Lookup.Article(t.Context(), "nosuch"); !errors.Is(err, dateline.ErrNotFound) {
		t.Errorf("Article(nosuch): %v, want %v", err, dateline.ErrNotFound)
	}
}

func testFindCapture(t *testing.T, r Records) {
	at := time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC)
	const url = "https://news.example/a"
	recs := []dateline.Capture{
		{ID: "r1", URL: url, Fetched: at, Payload: "sha256:aa", Revisit: "c1"},
		{ID: "c1", URL: url, Fetched: at.Add(time.Millisecond), Payload: "sha256:aa"},
		{ID: "c2", URL: url, Fetched: at.Add(time.Hour), Payload: "sha256:bb"},
		{ID: "c3", URL: "https://news.example/b", Payload: "sha256:bb"},
		{ID: "r2", URL: url, Fetched: at.Add(2 * time.Hour), Payload: "sha256:cc", Revisit: "lost"},
	}
	if err := r.Captures.Put(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	check := func(what string, c *dateline.Capture, err error, want string) {
		t.Helper()
		switch {
		case want == "" && !errors.Is(err, dateline.ErrNotFound):
			t.Errorf("%s = %v, %v, want %v", what, c, err, dateline.ErrNotFound)
		case want != "" && (err != nil || string(c.ID) != want):
			t.Errorf("%s = %v, %v, want %s", what, c, err, want)
		}
	}
	for address, want := range map[string]string{url: "r2", "https://news.example/b": "c3", "https://news.example/none": ""} {
		c, err := r.Lookup.LastCapture(t.Context(), address)
		check("LastCapture("+address+")", c, err, want)
	}
	for _, test := range []struct{ digest, want string }{
		{"sha256:aa", "c1"}, {"sha256:bb", "c2"}, {"sha256:cc", ""}, {"", ""},
	} {
		c, err := r.Lookup.CaptureByPayload(t.Context(), test.digest)
		check("CaptureByPayload("+test.digest+")", c, err, test.want)
	}
	for _, test := range []struct {
		url  string
		at   time.Time
		want string
	}{
		{url, at, "c1"},
		{url, at.In(time.FixedZone("", 3600)), "c1"},
		{url, at.Add(time.Hour), "c2"},
		{url, at.Add(2 * time.Hour), "r2"},
		{url, at.Add(time.Minute), ""},
		{"https://news.example/b", time.Time{}, "c3"},
		{"https://news.example/c", at, ""},
	} {
		c, err := r.Lookup.CaptureAt(t.Context(), test.url, test.at)
		check("CaptureAt("+test.url+", "+test.at.String()+")", c, err, test.want)
	}
}

// testDueLeads looks up what is asked for soon.
func testDueLeads(t *testing.T, r Records) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	lead := func(url string, in time.Duration) dateline.Lead {
		return dateline.Lead{URL: url, Found: now, Next: now.Add(in)}
	}
	leads := []dateline.Lead{lead("soon", time.Minute), lead("overdue", -48*time.Hour), lead("later", 2*time.Hour), lead("then", time.Hour),
		lead("sooner", time.Second/2), {URL: "never", Found: now}, lead("just before", time.Hour-time.Millisecond)}
	for i := range 2500 { // more than are read at a time, all at one time
		leads = append(leads, lead(fmt.Sprintf("many %04d", i), 30*time.Minute))
	}
	if err := r.Leads.Put(t.Context(), leads...); err != nil {
		t.Fatal(err)
	}
	var names []string
	many := 0
	for l, err := range r.Lookup.DueLeads(t.Context(), now.Add(time.Hour).In(time.FixedZone("", 3600))) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(l.URL, "many") {
			many++
			continue
		}
		names = append(names, l.URL)
	}
	if got, want := strings.Join(names, ", "), "overdue, sooner, soon, just before"; got != want || many != 2500 {
		t.Errorf("due are %s and %d more, want %s and 2500", got, many, want)
	}
	for range r.Lookup.DueLeads(t.Context(), now.Add(time.Hour)) {
		break // the rest is not wanted
	}
}

// testByCapture looks up what several captures show, some of which show nothing.
func testByCapture(t *testing.T, r Records) {
	ids := []dateline.CaptureID{"c2", "none", "c1", "c2"}
	const want = "c2 - c1 c2 "
	empty, err := r.Lookup.ArticlesOf(t.Context(), ids...)
	if got := text(empty, func(a *dateline.Article) dateline.CaptureID { return a.Capture }); err != nil || got != "- - - - " {
		t.Errorf("ArticlesOf in empty logs = %q, %v", got, err)
	}
	if none, err := r.Lookup.FindingsOf(t.Context()); err != nil || len(none) != 0 {
		t.Errorf("FindingsOf() = %v, %v, want nothing", none, err)
	}
	if err := r.Articles.Put(t.Context(), version("a", "c1", "https://news.example/", "", ""), version("a", "c2", "https://news.example/", "", "")); err != nil {
		t.Fatal(err)
	}
	said := dateline.Findings{Capture: "c1", Statements: []dateline.Statement{{Kind: "direct", Who: "Ana Lima", Rule: "test"}}}
	if err := r.Findings.Put(t.Context(), said, dateline.Findings{Capture: "c2"}); err != nil {
		t.Fatal(err)
	}
	articles, err := r.Lookup.ArticlesOf(t.Context(), ids...)
	if got := text(articles, func(a *dateline.Article) dateline.CaptureID { return a.Capture }); err != nil || got != want {
		t.Errorf("ArticlesOf(%q) = %q, %v, want %q", ids, got, err, want)
	}
	findings, err := r.Lookup.FindingsOf(t.Context(), ids...)
	if got := text(findings, func(f *dateline.Findings) dateline.CaptureID { return f.Capture }); err != nil || got != want {
		t.Fatalf("FindingsOf(%q) = %q, %v, want %q", ids, got, err, want)
	}
	if err := r.Findings.Put(t.Context(), dateline.Findings{Capture: "c3", Article: "sha256:0a"}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[dateline.CaptureID]string{"c1": "", "c3": "sha256:0a"} {
		if got, err := r.Lookup.FoundIn(t.Context(), id); got != want || err != nil {
			t.Errorf("FoundIn(%s) = %q, %v, want %q", id, got, err, want)
		}
	}
	if got, err := r.Lookup.FoundIn(t.Context(), "c9"); !errors.Is(err, dateline.ErrNotFound) {
		t.Errorf("FoundIn(c9) = %q, %v, want %v", got, err, dateline.ErrNotFound)
	}
	if s := findings[2].Statements; len(s) != 1 || s[0].Who != "Ana Lima" {
		t.Errorf("FindingsOf(c1) has the statements %+v, want one by Ana Lima", s)
	}
}

// text lists the captures of records, "-" where there is no record.
func text[T any](recs []*T, capture func(*T) dateline.CaptureID) string {
	s := ""
	for _, rec := range recs {
		if rec == nil {
			s += "- "
			continue
		}
		s += string(capture(rec)) + " "
	}
	return s
}

func testLastOffset(t *testing.T, r Records) {
	var captures []dateline.Capture
	for i, at := range []int64{300, 100, 20000, 9000} {
		captures = append(captures, dateline.Capture{ID: dateline.CaptureID(fmt.Sprint("c", i)), File: "warc/a.warc.gz", Offset: at})
	}
	captures = append(captures, dateline.Capture{ID: "c9", File: "warc/b.warc.gz"})
	if err := r.Captures.Put(t.Context(), captures...); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]int64{"warc/a.warc.gz": 20000, "warc/b.warc.gz": 0, "warc/c.warc.gz": -1} {
		if got, err := r.Lookup.LastOffset(t.Context(), file); got != want || err != nil {
			t.Errorf("LastOffset(%s) = %d, %v, want %d", file, got, err, want)
		}
	}
}

// testWalks reads captures by their place, and the IDs of articles, more than
// are read at a time.
func testWalks(t *testing.T, r Records) {
	const n = 450
	var captures []dateline.Capture
	var articles []dateline.Article
	for i := range n {
		at := int64(i * 7919 % n * 10) // in no order; 0 is one of them
		id := fmt.Sprintf("c%03d", i)
		captures = append(captures, dateline.Capture{ID: dateline.CaptureID(id), File: fmt.Sprintf("warc/%d.warc.gz", at/10%2), Offset: at})
		articles = append(articles, version(fmt.Sprintf("a%03d", at/20), id, "https://news.example/"+id, "", ""))
	}
	if err := errors.Join(r.Captures.Put(t.Context(), captures...), r.Articles.Put(t.Context(), articles...)); err != nil {
		t.Fatal(err)
	}
	files, err := r.Lookup.Files(t.Context())
	if want := "[warc/0.warc.gz warc/1.warc.gz]"; err != nil || fmt.Sprint(files) != want {
		t.Errorf("Files = %v, %v, want %s", files, err, want)
	}
	for k, file := range files {
		want := int64(k * 10)
		for e, err := range r.Lookup.Placed(t.Context(), file) {
			if err != nil || e.Rec.Offset != want || e.Rec.File != file || e.Seq == 0 || captures[e.Seq-1].ID != e.Rec.ID {
				t.Fatalf("Placed(%s): %+v, %v, want the capture at byte %d", file, e, err, want)
			}
			want += 20
		}
		if want < n*10 {
			t.Errorf("Placed(%s) ends before byte %d", file, want)
		}
	}
	want := 100
	for id, err := range r.Lookup.IDs(t.Context(), "a099") {
		if err != nil || string(id) != fmt.Sprintf("a%03d", want) {
			t.Fatalf("IDs: %s, %v, want a%03d", id, err, want)
		}
		want++
	}
	if want != n/2 {
		t.Errorf("IDs end before a%03d, want a%03d", want, n/2)
	}
}
