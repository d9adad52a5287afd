package page_test

import (
	"strings"
	"testing"

	"dateline/extract/page"
	"dateline/internal/dom"
)

// read reads a page of the news that stands at an address, with more in its head.
func read(t *testing.T, head, body string) *page.Page {
	t.Helper()
	tree := dom.Parse(`<!doctype html><html><head><title>Harbour bridge shut after crash | The Tern</title>` + head +
		`</head><body><h1>Harbour bridge shut after crash</h1>` + body + `</body></html>`)
	return page.Read(tree, "https://www.tern.example/news/harbour-bridge")
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

const (
	ownThing   = `{"@type":"NewsArticle","headline":"Harbour bridge shut after crash","datePublished":"2022-03-14"}`
	otherThing = `{"@type":"NewsArticle","headline":"Two seals move into the fountain","datePublished":"2021-01-02","author":{"name":"Mia Holt"}}`
	otherLink  = `{"@type":"NewsArticle","headline":"Two seals move into the fountain","url":"https://www.tern.example/news/seals","datePublished":"2021-01-02"}`
)

func TestNewsIsThePagesOwn(t *testing.T) {
	for _, c := range []struct{ name, head, body, want string }{
		{"a list with the own one last", ld("[" + otherThing + "," + ownThing + "]"), "", "2022-03-14"},
		{"a script for each", ld(otherThing) + ld(ownThing), "", "2022-03-14"},
		{"a graph", ld(`{"@graph":[` + otherLink + "," + ownThing + "]}"), "", "2022-03-14"},
		{"a headline that is cut", ld(otherThing) + ld(strings.Replace(ownThing, "shut after crash", "shut af…", 1)), "", "2022-03-14"},
		{"another address and headline", ld(otherLink), "", ""},
		{"a video within the article", ld(`{"@type":"VideoObject","name":"Divers look for the anchor","uploadDate":"2021-01-02","datePublished":"2021-01-02"}`), "", ""},
		{"an element of a list", ld(`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":` + otherThing + `}]}`), "", ""},
		{"a part of the front page", ld(`{"@type":"WebPage","hasPart":` + otherThing + `}`), "", ""},
		{"a headline that leads elsewhere", ld(otherThing), `<a href="/news/seals"><h3>Two seals move into the fountain</h3></a>`, ""},
		{"the own one in a list", ld(`{"@type":"ItemList","itemListElement":[` + otherLink + "," + ownThing + `]}`), "", "2022-03-14"},
		{"another printing of the headline", ld(`{"@type":"NewsArticle","headline":"Crash shuts the bridge at the harbour","datePublished":"2022-03-14","url":"https://www.tern.example/n/1"}`), "", "2022-03-14"},
		{"the own address and another headline", ld(`{"@type":"NewsArticle","headline":"Lorry sinks","datePublished":"2022-03-14","url":"https://tern.example/news/harbour-bridge?x=1"}`), "", "2022-03-14"},
		{"the address of another form of the page", ld(`{"@type":"NewsArticle","headline":"Lorry sinks","datePublished":"2022-03-14","url":"https://amp.tern.example/news/harbour-bridge.html"}`), "", "2022-03-14"},
		{"nothing to tell it by", ld(`{"@type":"NewsArticle","headline":"Lorry sinks","datePublished":"2022-03-14"}`), "", "2022-03-14"},
	} {
		p := read(t, c.head, c.body)
		if got := p.News.Text("datePublished"); got != c.want {
			t.Errorf("%s: the article's day is %q, want %q", c.name, got, c.want)
		}
		p.Release()
	}
}

func TestItemIsThePagesOwn(t *testing.T) {
	const item = `<div itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="url" href="/news/seals"></a><span itemprop="headline">Two seals move into the fountain</span><time itemprop="datePublished" datetime="2021-01-02"></time></div>`
	p := read(t, "", item)
	if got := p.ItemText("datePublished"); got != "" {
		t.Errorf("the day of another article is taken: %s", got)
	}
	p.Release()
	p = read(t, "", strings.NewReplacer("Two seals move into the fountain", "Harbour bridge shut after crash", "/news/seals", "/news/harbour-bridge").Replace(item))
	if got := p.ItemText("datePublished"); got != "2021-01-02" {
		t.Errorf("the day of the own article is %q", got)
	}
	p.Release()
}

func TestMetasAreThePagesOwn(t *testing.T) {
	const metas = `<meta property="og:title" content="Two seals move into the fountain"><meta property="og:url" content="https://www.tern.example/news/seals"><meta property="article:published_time" content="2021-01-02">`
	for _, others := range []string{metas, strings.Replace(metas, "/news/seals", "/", 1)} {
		p := read(t, others, "")
		if got := p.Meta("article:published_time"); got != "" {
			t.Errorf("%s: the day of another page is taken: %s", others, got)
		}
		p.Release()
	}
	for _, own := range []string{
		strings.Replace(metas, "Two seals move into the fountain", "Bridge shut at harbour after crash", 1),
		strings.Replace(metas, "/news/seals", "/news/harbour-bridge", 1),
		strings.NewReplacer("/news/seals", "/", "Two seals move into the fountain", "Bridge shut at harbour after crash").Replace(metas),
	} {
		p := read(t, own, "")
		if got := p.Meta("article:published_time"); got != "2021-01-02" {
			t.Errorf("%s: the day is %q", own, got)
		}
		p.Release()
	}
}
