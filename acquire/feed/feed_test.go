package feed_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"dateline/acquire/feed"
)

const from = "https://www.harbourpost.example/feeds/all.xml"

var fetched = time.Date(2026, 2, 3, 12, 0, 0, 0, time.UTC)

// rss wraps items into a feed.
func rss(items string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><ttl>30</ttl>` + items + `</channel></rss>`
}

func parse(text string) *feed.Feed {
	return feed.Parse(feed.Input{Body: []byte(text), URL: from, Type: "application/rss+xml", Fetched: fetched})
}

// show writes the items of a feed a line each, for comparison.
func show(f *feed.Feed) string {
	var lines []string
	for _, it := range f.Items {
		lines = append(lines, strings.TrimRight(strings.Join([]string{it.Link, it.Title, it.Published, it.Modified}, " | "), " |"))
	}
	return strings.Join(lines, "\n")
}

func TestItems(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		flaws            []feed.Flaw
	}{
		{"a sound feed", rss(`<item><title>Gulls &amp; terns</title><link>/gulls</link><pubDate>Tue, 03 Feb 2026 08:30:00 +0100</pubDate></item>`),
			"https://www.harbourpost.example/gulls | Gulls & terns | 2026-02-03T07:30:00Z", nil},
		{"escaped twice, and markup", rss(`<item><title><![CDATA[<b>Gulls</b> &amp; terns]]></title><link>/1</link></item><item><title>A &amp;ndash; B</title><link>/2</link></item>`),
			"https://www.harbourpost.example/1 | Gulls & terns\nhttps://www.harbourpost.example/2 | A – B", nil},
		{"angle brackets that are words", rss(`<item><title>Tide &lt;low&gt; at 5 < 6</title><link>/1</link></item>`),
			"https://www.harbourpost.example/1 | Tide <low> at 5 < 6", []feed.Flaw{feed.XML}},
		{"ampersands in addresses", rss(`<item><title>R&D</title><link>/a?x=1&para=2&copy=3</link></item>`),
			"https://www.harbourpost.example/a?x=1&para=2&copy=3 | R&D", []feed.Flaw{feed.XML}},
		{"control characters and entities of HTML", rss("<item><title>Caf&eacute;\x08 &nosuch; &#0;open</title><link>/1</link></item>"),
			"https://www.harbourpost.example/1 | Café &nosuch; open", []feed.Flaw{feed.XML}},
		{"a tag that is not closed", rss(`<item><title>One<link>/1</link></item><item><title>Two</title><link>/2</link></item>`),
			"https://www.harbourpost.example/1 | One\nhttps://www.harbourpost.example/2 | Two", []feed.Flaw{feed.XML}},
		{"an item that is not closed", rss(`<item><title>One</title><link>/1</link><item><title>Two</title><link>/2</link></item>`),
			"https://www.harbourpost.example/1 | One\nhttps://www.harbourpost.example/2 | Two", []feed.Flaw{feed.XML}},
		{"markup in a description", rss(`<item><link>/1</link><description><p>a<br><title>no</title><img src=x></description><title>One</title></item><item><link>/2</link></item>`),
			"https://www.harbourpost.example/1 | One\nhttps://www.harbourpost.example/2", []feed.Flaw{feed.XML}},
		{"junk in front", "\ufeff\n<br /><b>Notice</b>: no cache\n" + rss(`<item><link>/1</link></item>`),
			"https://www.harbourpost.example/1", []feed.Flaw{feed.XML}},
		{"cut within an address", strings.TrimSuffix(rss(`<item><link>/1</link><title>One</title></item><item><title>Two</title><link>/tw`), "</channel></rss>"),
			"https://www.harbourpost.example/1 | One", []feed.Flaw{feed.Truncated}},
		{"cut behind an address", strings.TrimSuffix(rss(`<item><link>/1</link><title>One</ti`), "</channel></rss>"),
			"https://www.harbourpost.example/1", []feed.Flaw{feed.Truncated}},
		{"addresses that need work", rss("<item><link>\n//m.harbourpost.example/ü b\n</link></item><item><link>www.harbourpost.example/x</link></item><item><link>https://zürich.example/</link></item>"),
			"https://m.harbourpost.example/%C3%BC%20b\nhttps://www.harbourpost.example/x\nhttps://xn--zrich-kva.example/", nil},
		{"addresses that are none", rss(`<item><title>a</title><link>javascript:alert(1)</link></item><item><title>b</title><guid isPermaLink="false">https://www.harbourpost.example/b</guid></item>`),
			" | a\n | b", []feed.Flaw{feed.NoLink}},
		{"a guid is a permalink unless it says no", rss(`<item><link/><guid>https://www.harbourpost.example/c</guid></item>`),
			"https://www.harbourpost.example/c", nil},
		{"other vocabularies", `<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item><m:title>Caption</m:title><m:content><m:link>/no</m:link></m:content><title>One</title><link>/1</link><d:date>2026-02-01</d:date></item></channel></rss>`,
			"https://www.harbourpost.example/1 | One | 2026-02-01", nil},
		{"the pages before a counter", `<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><link>https://count.example/1</link><feedburner:origLink>/real</feedburner:origLink></item></channel></rss>`,
			"https://www.harbourpost.example/real", nil},
		{"no date is guessed", rss(`<pubDate>Mon, 02 Feb 2026 00:00:00 GMT</pubDate><item><link>/1</link></item><item><link>/2</link><pubDate>yesterday</pubDate></item><item><link>/3</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item><item><link>/4</link><pubDate>Sat, 30 Feb 2026 10:00:00 GMT</pubDate></item>`),
			"https://www.harbourpost.example/1\nhttps://www.harbourpost.example/2\nhttps://www.harbourpost.example/3\nhttps://www.harbourpost.example/4", []feed.Flaw{feed.Date}},
		{"a day ahead", rss(`<item><link>/1</link><pubDate>2029-01-01</pubDate></item>`),
			"https://www.harbourpost.example/1 |  | 2029-01-01", []feed.Flaw{feed.FutureDate}},
		{"one id for all", rss(`<item><link>/1</link><guid isPermaLink="false">x</guid></item><item><link>/2</link><guid isPermaLink="false">x</guid></item>`),
			"https://www.harbourpost.example/1\nhttps://www.harbourpost.example/2", []feed.Flaw{feed.DuplicateID}},
		{"entities of its own", `<!DOCTYPE rss [<!ENTITY a "&b;&b;"><!ENTITY x SYSTEM "file:///secret">]>` + rss(`<item><title>It is &x;</title><link>/1</link></item>`),
			"https://www.harbourpost.example/1 | It is", []feed.Flaw{feed.Entity}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/notes/"><title>N</title><entry xml:base="2026/"><id>i</id><title type="html">&lt;i&gt;High&lt;/i&gt; water</title><link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/pdf" href="a.pdf"/><link rel="alternate" type="text/html" href="a"/><published>2026-02-01T10:00:00Z</published><updated>2026-02-02T10:00:00+01:00</updated></entry><entry><title type="xhtml"><div>One <em>two</em></div></title><link href="../b"/></entry></feed>`,
			"https://www.harbourpost.example/notes/2026/a | High water | 2026-02-01T10:00:00Z | 2026-02-02T09:00:00Z\nhttps://www.harbourpost.example/b | One two", nil},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title><link>/</link></channel><image><title>Logo</title><url>/l.png</url></image><item rdf:about="/1"><title>One</title><link>/1</link></item></rdf:RDF>`,
			"https://www.harbourpost.example/1 | One", nil},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":7,"url":"/1","title":"One &amp; only","date_published":"2026-02-01T00:00:00Z"},7,{"id":"https://www.harbourpost.example/2"}]}`,
			"https://www.harbourpost.example/1 | One &amp; only | 2026-02-01T00:00:00Z\nhttps://www.harbourpost.example/2", []feed.Flaw{feed.NoLink}},
		{"a JSON Feed that ends early", `{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/1"},{"url":"/2`,
			"https://www.harbourpost.example/1", []feed.Flaw{feed.Truncated}},
		{"a category whose end tag is misspelt", rss(`<item><title>One</title><category>Sea</catgory><link>/1</link><pubDate>2026-02-01</pubDate></item>`),
			"https://www.harbourpost.example/1 | One | 2026-02-01", []feed.Flaw{feed.XML}},
		{"Atom 0.3", `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="escaped">Salt &amp;amp; sand</title><link rel="alternate" href="/1"/><issued>2026-02-01</issued></entry></feed>`,
			"https://www.harbourpost.example/1 | Salt & sand | 2026-02-01", nil},
		{"backslashes in an address", rss(`<item><link>https:\\www.harbourpost.example\1</link></item>`), "https://www.harbourpost.example/1", nil},
		{"an encoding that nobody knows", `<?xml version="1.0" encoding="utf-8-bogus"?>` + rss(`<item><title>Küste</title><link>/1</link></item>`),
			"https://www.harbourpost.example/1 | Küste", []feed.Flaw{feed.Encoding}},
		{"no bytes", "  ", "", []feed.Flaw{feed.Empty}},
		{"a page", "<!doctype html><html><body>Back soon", "", []feed.Flaw{feed.HTML}},
		{"a challenge", "<html><head><title>Just a moment...</title></head></html>", "", []feed.Flaw{feed.Challenge}},
	} {
		f := parse(c.text)
		if got := show(f); got != c.want || !slices.Equal(f.Flaws, c.flaws) {
			t.Errorf("%s: got\n%s\n%v, want\n%s\n%v", c.name, got, f.Flaws, c.want, c.flaws)
		}
	}
}

func TestFeedItself(t *testing.T) {
	f := parse(`<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><image><title>Logo</title></image><title>Harbour Post</title><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency><atom:link rel="hub" href="https://hub.example/"/><itunes:new-feed-url>/new.xml</itunes:new-feed-url><item><link>https://elsewhere.example/x</link></item></channel></rss>`)
	if f.Format != feed.RSS || f.Title != "Harbour Post" || f.Interval != 15*time.Minute || f.Moved != "https://www.harbourpost.example/new.xml" || !slices.Equal(f.Hubs, []string{"https://hub.example/"}) {
		t.Errorf("got %+v", f)
	}
	if !f.Items[0].Foreign {
		t.Error("a link to another site is not foreign")
	}
	if got := parse(rss("")).Interval; got != 30*time.Minute {
		t.Errorf("ttl of 30 is %v", got)
	}
}

// TestCharsets checks which word on the charset is believed.
func TestCharsets(t *testing.T) {
	item := `<rss><channel><item><title>Übergröße</title><link>/1</link></item></channel></rss>`
	latin := strings.NewReplacer("Ü", "\xdc", "ö", "\xf6", "ß", "\xdf").Replace(item)
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(item)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for _, c := range []struct {
		name, body, media string
		flaw              bool
	}{
		{"UTF-8", item, "", false},
		{"the declaration tells", `<?xml version="1.0" encoding="iso-8859-1"?>` + latin, "text/xml", false},
		{"the header is believed before the declaration", `<?xml version="1.0" encoding="utf-8"?>` + latin, "text/xml; charset=iso-8859-1", false},
		{"bytes that are UTF-8 are, whatever is said", `<?xml version="1.0" encoding="windows-1251"?>` + item, "text/xml", true},
		{"bytes that are not UTF-8 are not", latin, "text/xml; charset=utf-8", true},
		{"UTF-16 by its mark", string(wide), "text/xml; charset=utf-8", false},
	} {
		f := feed.Parse(feed.Input{Body: []byte(c.body), URL: from, Type: c.media})
		if len(f.Items) != 1 || f.Items[0].Title != "Übergröße" || slices.Contains(f.Flaws, feed.Encoding) != c.flaw {
			t.Errorf("%s: got %v %v", c.name, f.Items, f.Flaws)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"Tue, 03 Feb 2026 08:30:00 GMT":       "2026-02-03T08:30:00Z",
		"3 Feb 26 08:30 EST":                  "2026-02-03T13:30:00Z",
		"tue,3 february 2026 08:30 -0000":     "2026-02-03T08:30:00Z",
		"Tue, 03 Feb 2026 08:30:00 GMT+02:00": "2026-02-03T06:30:00Z",
		"Tue Feb  3 08:30:00 UTC 2026":        "2026-02-03T08:30:00Z",
		"Feb 3, 2026 08:30:00 +0000":          "2026-02-03T08:30:00Z",
		"2026-02-03T08:30:00.25+01:00":        "2026-02-03T07:30:00Z",
		"2026-02-03 08:30:00 CET":             "2026-02-03T07:30:00Z",
		"2026-02-03T08:30:00":                 "2026-02-03T08:30:00",
		"2026-02":                             "2026-02",
		"03/02/2026":                          "",
		"2026-02-03T25:00:00Z":                "",
		"2026-02-03T10:00:00 Nowhere":         "",
		"0001-01-01T00:00:00Z":                "",
		"20260203T083000Z":                    "2026-02-03T08:30:00Z",
		"2026/02/03 08:30:00 +0100":           "2026-02-03T07:30:00Z",
		"2026":                                "2026",
		"Tue, 03 Feb 2026 8:30 PM EST":        "2026-02-04T01:30:00Z",
		"Tue, 03 Feb 2026 12:05:00 a.m. GMT":  "2026-02-03T00:05:00Z",
	} {
		f := parse(rss("<item><link>/1</link><pubDate>" + text + "</pubDate></item>"))
		if got := f.Items[0].Published; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestSitemapMadeAtOnce checks that times of change that are those of a copy of the file
// are not believed, and those of a day's articles are.
func TestSitemapMadeAtOnce(t *testing.T) {
	for _, c := range []struct {
		lastmod string
		want    bool
	}{{"2026-02-01T07:00:0%dZ", false}, {"2026-02-01T0%d:30:00Z", true}, {"2026-02-0%d", true}} {
		var b strings.Builder
		b.WriteString("<urlset>")
		for i := range 9 {
			fmt.Fprintf(&b, "<url><loc>https://www.harbourpost.example/%d</loc><lastmod>"+c.lastmod+"</lastmod></url>", i, i+1)
		}
		b.WriteString("</urlset>")
		m := feed.ParseSitemap(feed.Input{Body: []byte(b.String()), URL: from, Fetched: fetched})
		if m.Trusted != c.want || len(m.Pages) != 9 {
			t.Errorf("%s: trusted is %v of %d pages, want %v", c.lastmod, m.Trusted, len(m.Pages), c.want)
		}
	}
}

func TestSitemap(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, `<urlset><url><loc>https://www.harbourpost.example/packed</loc></url></urlset>`)
	z.Close()
	for _, c := range []struct{ name, text, want string }{
		{"pages", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://www.harbourpost.example/1?a=1&amp;b=2 </loc><lastmod>2026-02-01T10:20+01:00</lastmod></url><url><loc>https://www.harbourpost.example/2</loc><lastmod>01.02.2026</lastmod></url></urlset>`,
			`{"kind":"urlset","pages":[{"loc":"https://www.harbourpost.example/1?a=1&b=2","lastmod":"2026-02-01T09:20:00Z"},{"loc":"https://www.harbourpost.example/2"}],"sitemaps":[],"lastmod_trusted":true,"errors":["date"]}`},
		{"news", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://www.harbourpost.example/1</loc><news:news><news:publication><news:name>HP</news:name></news:publication><news:publication_date>2026-02-03</news:publication_date><news:title>Gulls</news:title></news:news><image:image><image:loc>https://www.harbourpost.example/g.jpg</image:loc><image:title>No</image:title></image:image></url></urlset>`,
			`{"kind":"news","pages":[{"loc":"https://www.harbourpost.example/1","title":"Gulls","published":"2026-02-03"}],"sitemaps":[],"lastmod_trusted":true,"errors":["xml"]}`},
		{"an index that names itself", `<sitemapindex><sitemap><loc>` + from + `#x</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap><sitemap><loc>https://www.harbourpost.example/b.xml</loc></sitemap></sitemapindex>`,
			`{"kind":"index","pages":[],"sitemaps":[{"loc":"https://www.harbourpost.example/b.xml"}],"lastmod_trusted":true,"errors":["loop","relative"]}`},
		{"packed", packed.String(), `{"kind":"urlset","pages":[{"loc":"https://www.harbourpost.example/packed"}],"sitemaps":[],"lastmod_trusted":true,"errors":null}`},
		{"lines", "https://www.harbourpost.example/1\r\n\r\nnot an address\r\nhttps://www.harbourpost.example/1\r\n", `{"kind":"text","pages":[{"loc":"https://www.harbourpost.example/1"}],"sitemaps":[],"lastmod_trusted":true,"errors":["no-link"]}`},
		{"a feed", rss(`<item><title>One</title><link>/1</link></item>`), `{"kind":"feed","pages":[{"loc":"https://www.harbourpost.example/1","title":"One"}],"sitemaps":[],"lastmod_trusted":true,"errors":null}`},
		{"a page", `<html><body>404</body></html>`, `{"kind":"none","pages":[],"sitemaps":[],"lastmod_trusted":true,"errors":["html"]}`},
		{"times of the file's making", `<urlset>` + strings.Repeat(`<url><loc>https://www.harbourpost.example/</loc><lastmod>2026-02-03T11:59:30Z</lastmod></url>`, 3) + `</urlset>`,
			`{"kind":"urlset","pages":[{"loc":"https://www.harbourpost.example/","lastmod":"2026-02-03T11:59:30Z"}],"sitemaps":[],"lastmod_trusted":false,"errors":null}`},
		{"cut", `<urlset><url><loc>https://www.harbourpost.example/1</loc></url><url><loc>https://www.harb`,
			`{"kind":"urlset","pages":[{"loc":"https://www.harbourpost.example/1"}],"sitemaps":[],"lastmod_trusted":true,"errors":["truncated"]}`},
	} {
		var got bytes.Buffer
		enc := json.NewEncoder(&got)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(feed.ParseSitemap(feed.Input{Body: []byte(c.text), URL: from, Fetched: fetched})); err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(got.String()) != c.want {
			t.Errorf("%s: got\n%s want\n%s", c.name, &got, c.want)
		}
	}
}

func TestDiscover(t *testing.T) {
	got := feed.Discover(feed.Input{URL: "https://www.harbourpost.example/news/", Body: []byte(`<!doctype html><head><base href="/base/">
<link rel="alternate" type="application/rss+xml" href="rss"><link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="/a.atom">
<link rel=alternate type="application/rss+xml" href="rss"><link rel=alternate type="application/rss+xml" title="Gulls – Comments" href="/c/feed">
<link rel=alternate type="application/json+oembed" href="/oembed"><link rel=alternate hreflang=de href="/de"><link rel=alternate type="application/json" href="/feed.json"><link rel=stylesheet type="text/css" href="/s.css">
<meta http-equiv=refresh content="0; url='/moved'"></head><body><link rel=alternate type="application/rss+xml" href="/embedded">`)})
	want := feed.Discovered{
		Feeds:    []string{"https://www.harbourpost.example/base/rss", "https://www.harbourpost.example/a.atom", "https://www.harbourpost.example/feed.json"},
		Comments: []string{"https://www.harbourpost.example/c/feed"},
		Moved:    "https://www.harbourpost.example/moved",
	}
	if !slices.Equal(got.Feeds, want.Feeds) || !slices.Equal(got.Comments, want.Comments) || got.Moved != want.Moved {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// FuzzParse checks that no bytes stop the readers, and what they promise of
// what they return.
func FuzzParse(f *testing.F) {
	f.Add([]byte(rss(`<item><title>a</title><link>/1</link></item>`)), "text/xml; charset=utf-8")
	f.Add([]byte(`<urlset><url><loc>https://a.example/</loc></url>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"/"}]}`), "")
	f.Add([]byte("\x1f\x8b\x08"), "")
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY b "]>">]><feed><entry><link href="`), "")
	f.Fuzz(func(t *testing.T, body []byte, media string) {
		in := feed.Input{Body: body, URL: from, Type: media, Fetched: fetched}
		for _, it := range feed.Parse(in).Items {
			if it.Link != "" && !strings.HasPrefix(it.Link, "http") || strings.ContainsAny(it.Title, "\n\t") || len(it.Title) > 4<<10 {
				t.Errorf("item %+v", it)
			}
		}
		for _, p := range feed.ParseSitemap(in).Pages {
			if !strings.HasPrefix(p.Loc, "http") {
				t.Errorf("page %+v", p)
			}
		}
		feed.Discover(in)
	})
}

func BenchmarkSitemap(b *testing.B) {
	var s strings.Builder
	s.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for i := range 50_000 {
		fmt.Fprintf(&s, "<url><loc>https://www.harbourpost.example/2026/02/03/story-%d</loc><lastmod>2026-02-03T10:00:%02dZ</lastmod></url>\n", i, i%60)
	}
	s.WriteString(`</urlset>`)
	body := []byte(s.String())
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		feed.ParseSitemap(feed.Input{Body: body, URL: from, Fetched: fetched})
	}
}
