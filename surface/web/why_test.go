package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
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
		"The text says “she said”.", "“she” was read as Tilda Brandt.", "The name stands before: “Mayor Tilda Brandt visited", "Oskar Lund is not:", // why she is the speaker
		"Hanna Voss is not: is named further back",
		"It is an offer to readers: of a subscription, a newsletter", "It is one of the lines that pages set around an article", // what was left out
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

// islandPage is a page that tells its time twice, hides a line, prints a caption beside
// a picture, and quotes somebody whom it does not name.
const islandPage = `<!doctype html><html lang="en"><head><title>Island school stays open – Harbour Post</title>
<meta property="og:title" content="Island school stays open"><style>.later{display:none}</style>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Island school stays open","datePublished":"2024-05-02T07:10:00Z","dateModified":"2024-05-02T09:10:00+02:00","author":{"@type":"Person","name":"Rosa Quist"}}</script></head>
<body><article><h1>Island school stays open</h1><p class="byline">By Rosa Quist</p><p class="date">2 May 2024, 09:10</p>
<figure><img src="/school.jpg" width="800" height="500" alt=""><figcaption>The school on the island, seen from the ferry in spring</figcaption></figure>
<p>Bremen. The school on the island, which the council had wanted to close for years, stays open for at least another two years.</p>
<p>“Nobody asked the children,” he said. “They would have had to take the ferry twice a day, in every weather, for the whole of the year.”</p>
<p>The council voted on it late in the evening, after a debate of three hours that many parents had come to listen to in the hall.</p>
<p class="later">This line is for those who come back later, and it stands on no screen unless somebody asks for it by name.</p>
</article></body></html>`

// island is an archive of islandPage, and its article.
func island(t *testing.T) (*memory, *dateline.Article) {
	t.Helper()
	m := sample()
	c := &dateline.Capture{URL: "https://harbourpost.example/school", Type: "text/html", Status: http.StatusOK}
	e, err := archive.Explain(c, []byte(islandPage))
	if err != nil {
		t.Fatal(err)
	}
	m.add(*e.Article)
	a := m.last()
	m.records[a.Capture] = archive.Record{Type: "response", Payload: []byte(islandPage), Body: []byte(islandPage)}
	m.captures[a.Capture].Type = "text/html"
	m.findings[a.Capture] = understand.Findings(a)
	return m, a
}

// TestReasonsOfTimesAndPlaces asks for zones, for a dateline that is none, and why
// nobody is named.
func TestReasonsOfTimesAndPlaces(t *testing.T) {
	m, a := island(t)
	says := text(get(t, m, "/article/"+string(a.ID)+"/why").tree(t))
	for _, want := range []string{
		"Readers of the page see 2 May 2024, 09:10, with no zone: it is the same moment if that is the clock of a place at UTC+02:00.",
		"may be a place, but only a dash or a news agency behind them would tell that from a sentence",
		"The text says “he said”. Whom “he” means was not found out",
		"The page prints it in this line: “By Rosa Quist”.", "under “author”",
		"AgreesRosa Quist says the same", // and did not lose
	} {
		if !strings.Contains(says, want) {
			t.Errorf("the page of reasons does not say %q:\n%s", want, says)
		}
	}
	article := text(get(t, m, "/article/"+string(a.ID)).tree(t))
	if strings.Contains(article, "changed 2 May 2024") {
		t.Errorf("the moment of publication, told in another zone, is shown as that of a change: %s", article)
	}
}

// TestMissingLine looks for lines that are no part of the text.
func TestMissingLine(t *testing.T) {
	m, a := island(t)
	at := "/article/" + string(a.ID) + "/why?line="
	for _, c := range []struct{ words, want string }{
		{"seen from the FERRY", "The record has it as the caption of picture 1. It is the caption of a picture."},
		{"By Rosa Quist", "The record has it in the byline."},
		{"asked the children\",  he said. \"They", "In the text."},                                                                    // other marks and white space
		{"for at least another two years. “Nobody asked the children,”", "In the text."},                                              // from one block into the next
		{"another two years. Words that are nowhere. Parents had come to listen to", "These words do not stand together on the page"}, // in part
		{"come back later", "The page's own styles do not display it."},
		{"take the ferry twice", "In the text."},
		{"no such words", "No block of the page has “no such words”"},
	} {
		doc := get(t, m, at+url.QueryEscape(c.words)).tree(t)
		found := ""
		for _, e := range all(doc, "") {
			if class, _ := attr(e, "class"); class == "blocks found" || class == "notice" {
				found += text(e)
			}
		}
		if !strings.Contains(found, c.want) {
			t.Errorf("for %q the page says %q, want %q", c.words, found, c.want)
		}
	}
}

// TestOneAnswerToWhySheSpeaks compares what the article and its page of reasons say of a
// speaker, and asks for the people who are named in the sentence.
func TestOneAnswerToWhySheSpeaks(t *testing.T) {
	m := sample()
	m.add(dateline.Article{URL: "https://harbourpost.example/hall", Canonical: "https://harbourpost.example/hall", Headline: "Hall stays open", Lang: "en",
		Text: "Mayor Tilda Brandt opened the hall on Monday.\n\n“We have waited for Oskar Lund long enough,” she told the engineer Hanna Voss in the evening, while Piet Marsen looked on."})
	a := m.last()
	m.findings[a.Capture] = understand.Findings(a)
	at := "/article/" + string(a.ID)
	article, why := text(get(t, m, at+"?all=1").tree(t)), text(get(t, m, at+"/why").tree(t))
	for _, want := range []string{"The text says “she told”.", "“she” was read as Tilda Brandt.", "The name stands before: “Mayor Tilda Brandt opened the hall on Monday”."} {
		if !strings.Contains(article, want) || !strings.Contains(why, want) {
			t.Errorf("%q stands on the article: %v, on the page of reasons: %v\n%s\n%s", want, strings.Contains(article, want), strings.Contains(why, want), article, why)
		}
	}
	for _, want := range []string{"Oskar Lund is not: is", "Hanna Voss is not: is", "Piet Marsen is not: is named in the same sentence, but the words for the speaker are “she”"} {
		if !strings.Contains(why, want) {
			t.Errorf("the page of reasons does not say %q:\n%s", want, why)
		}
	}
}
