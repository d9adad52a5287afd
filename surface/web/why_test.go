package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/surface/web"
	"dateline/understand"
)

// ferryPage is a page whose byline, date, text and speakers have reasons.
const ferryPage = `<!doctype html><html lang="en"><head><title>Night ferry stops for a week – Harbour Post</title>
<meta property="og:title" content="Night ferry stops for a week">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Night ferry stops for a week","datePublished":"2024-03-12T09:00:00Z","author":{"@type":"Person","name":"Rosa Quist"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/city">City</a></nav>
<article><h1>Night ferry stops for a week</h1><p class="byline">By Rosa Quist</p><time datetime="2024-03-12T09:00:00Z">12 March 2024</time>
<p>The night ferry between the old quay and the island will not sail for a week, the harbour office of Hanna Voss announced on Monday after a storm.</p>
<p>Mayor Tilda Brandt visited the quay with the engineer Oskar Lund in the morning and looked at the broken ramp for almost an hour.</p>
<p>“We cannot risk it,” she said. “The ramp has to be welded before anybody drives on it, and the welders are in the south until Friday.”</p>
<p>Passengers can take the bus over the northern bridge, which leaves every half hour until midnight and costs the same as the ferry.</p>
</article>
<aside class="related"><p>Subscribe to our newsletter and read every morning what the harbour talks about, free of charge and without advertisements.</p></aside>
<footer><p>Copyright Harbour Post. All rights reserved. No part of this page may be printed elsewhere without the consent of the publisher.</p></footer>
</body></html>`

// ferry is an archive of ferryPage, and its article.
func ferry(t *testing.T) (*memory, *dateline.Article) {
	t.Helper()
	m := sample()
	c := &dateline.Capture{URL: "https://harbourpost.example/ferry", Type: "text/html", Status: http.StatusOK}
	e, err := archive.Explain(c, []byte(ferryPage))
	if err != nil {
		t.Fatal(err)
	}
	m.add(*e.Article)
	a := m.last()
	m.records[a.Capture] = archive.Record{Type: "response", Payload: []byte(ferryPage), Body: []byte(ferryPage)}
	m.captures[a.Capture].Type = "text/html"
	m.findings[a.Capture] = understand.Findings(a)
	return m, a
}

// TestReasons reads on the page of reasons what a newcomer asks.
func TestReasons(t *testing.T) {
	m, a := ferry(t)
	at := "/article/" + string(a.ID) + "/why"
	res := get(t, m, at+"?of=field-bylines")
	says := text(res.tree(t))
	for _, want := range []string{
		"Rosa Quist", "under “author”", // why this byline
		"under “datePublished”", "date/", // why this date
		"Subscribe to our newsletter", "Copyright Harbour Post", // why this paragraph is missing
		"left out",
		"Tilda Brandt, whom the text calls she here", "Oskar Lund is not:", // why she is the speaker
		"Hanna Voss is not: is named further back",
		"What made it more certain", "What made it less certain", "Taken from the text",
	} {
		if !strings.Contains(says, want) {
			t.Errorf("the page of reasons does not say %q:\n%s", want, says)
		}
	}
	if strings.Contains(says, "Another version of the program") || strings.Contains(says, "its name in the program") {
		t.Errorf("the page of reasons knows not all of its record: %s", says)
	}
	open := 0
	for _, d := range all(res.tree(t), "details") {
		if _, ok := attr(d, "open"); ok {
			open++
		}
	}
	if open > 1 {
		t.Errorf("%d disclosures stand open, want the one that was asked for", open)
	}
	var why answer.Why
	if err := json.Unmarshal([]byte(get(t, m, at+".json").body), &why); err != nil {
		t.Fatal(err)
	}
	for _, s := range why.Findings.Statements {
		if why.Means[s.Statement.Rule] == "" {
			t.Errorf("the twin does not say what %q means", s.Statement.Rule)
		}
	}
	if len(why.Fields) == 0 || len(why.Blocks) < 6 || len(why.Findings.Statements) == 0 || len(why.Changed) > 0 || len(why.Trouble) > 0 {
		t.Errorf("the twin has %d fields, %d blocks, %d statements, changed %q, trouble %q",
			len(why.Fields), len(why.Blocks), len(why.Findings.Statements), why.Changed, why.Trouble)
	}
}

// TestWhyLinksLeadSomewhere follows each link from the page of an article to its
// reasons: the place that it names is there.
func TestWhyLinksLeadSomewhere(t *testing.T) {
	m, a := ferry(t)
	n := 0
	for _, link := range all(get(t, m, "/article/"+string(a.ID)+"?all=1").tree(t), "a") {
		href, _ := attr(link, "href")
		if !strings.Contains(href, "/why?") {
			continue
		}
		n++
		_, place, _ := strings.Cut(href, "#")
		found := false
		for _, e := range all(get(t, m, href).tree(t), "") {
			id, _ := attr(e, "id")
			found = found || id == place
		}
		if !found {
			t.Errorf("%s: there is no %q", href, place)
		}
	}
	if n < 8 {
		t.Errorf("%d links lead to reasons, want 8 at least", n)
	}
}

// TestReasonsOfLostPage asks for the reasons of what cannot be read any more.
func TestReasonsOfLostPage(t *testing.T) {
	m, a := ferry(t)
	res := get(t, lost{m}, "/article/"+string(a.ID)+"/why")
	if says := text(res.tree(t)); res.StatusCode != http.StatusOK || !strings.Contains(says, "cannot be read again") || !strings.Contains(says, "Tilda Brandt") {
		t.Errorf("%s: %s, want what is wrong, and the reasons of the findings", res.Status, says)
	}
}

// stuck is an archive that does not give back what was captured.
type stuck struct{ *memory }

func (stuck) Record(ctx context.Context, _ *dateline.Capture) (archive.Record, error) {
	<-ctx.Done()
	return archive.Record{}, ctx.Err()
}

// TestReasonsTakeNoLongerThanARequestMay asks twice for what is never ready, and
// for the article itself, for which nothing is read anew.
func TestReasonsTakeNoLongerThanARequestMay(t *testing.T) {
	m, a := ferry(t)
	pages := web.New(stuck{m}, web.Options{Hosts: options.Hosts, Time: 50 * time.Millisecond})
	for range 2 {
		res := ask(pages, httptest.NewRequest("GET", "/article/"+string(a.ID)+"/why", nil))
		if says := text(res.tree(t)); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(says, "This takes too long") {
			t.Errorf("reasons: %s: %s", res.Status, says)
		}
	}
	if res := ask(web.New(stuck{m}, options), httptest.NewRequest("GET", "/article/"+string(a.ID), nil)); res.StatusCode != http.StatusOK {
		t.Errorf("article: %s", res.Status)
	}
}
