package extract_test

import (
	"strings"
	"testing"

	"dateline/extract"
)

func TestTags(t *testing.T) {
	ld := func(keywords string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","keywords":` + keywords + `}</script>`
	}
	for _, c := range []struct{ name, head, foot, tags, from string }{
		{"what two sources share goes before the first", ld(`["harbour","web","paywall exclude","layout-wide"]`) +
			`<meta name="keywords" content="storms, harbour, ferries"><meta name="news_keywords" content="storms, harbour, ferries">`, ``,
			"storms|harbour|ferries", "meta:news_keywords"},
		{"the first of those with nothing in common", ld(`"storms,ferries"`) + `<meta name="keywords" content="news, weather">`, ``,
			"storms|ferries", "jsonld:keywords"},
		{"the only one is the first of many", ld(`"Storms"`), `<div class="article-tags"><a href="/1">Storms</a> <a href="/2">Ferries</a> <a href="/3">Islands, northern</a></div>`,
			"Storms|Ferries|Islands, northern", "tags/named-box"},
		{"the words of the address", `<meta name="keywords" content="northern, basin, closed, after, the, storm">`, ``, "", ""},
		{"a box in one called related", ``, `<div class="related-articles"><p class="article-tags"><a href="/1">Storms</a> <a href="/2">Ferries</a></p></div>`,
			"Storms|Ferries", "tags/named-box"},
		{"a box of links with addresses of tags", ``, `<div><a href="/topic/storms">Storms</a> <a href="/topic/ferries">Ferries</a></div>`, "Storms|Ferries", "tags/tag-address"},
		{"a link in a sentence is none", ``, `<p>The ferries of the <a href="/topic/islands">northern islands</a> will not sail before Thursday, their company said.</p>`, "", ""},
		{"as the site writes them", ``, `<ul class="tags"><li><a href="/1">#Storms</a></li> <li><a href="/2">#Ferries</a></li></ul>`, "#Storms|#Ferries", "tags/named-box"},
		{"named within the link", ``, `<div><a href="/1"> <span class="tag">Storms</span></a> <a href="/2"> <span class="tag">Ferries</span></a></div>`, "Storms|Ferries", "tags/named-box"},
		{"a list by a known name before one by any", `<meta property="dmp:tags" content="Harbour,Storms,Ferries"><meta name="news_keywords" content="Storms,Ferries">`, ``, "Storms|Ferries", "meta:news_keywords"},
		{"a meta of tags by any name", `<meta property="dmp:tags" content="Harbour,Storms">`, ``, "Harbour|Storms", "meta:dmp:tags"},
		{"the sections of news without tags", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","articleSection":["Local","Harbour","Local"]}</script>`, ``,
			"Local|Harbour", "jsonld:articleSection"},
		{"the section of no news", `<script type="application/ld+json">{"@type":"BlogPosting","headline":"Northern basin closed","articleSection":"Local"}</script>`, ``, "", ""},
		{"values of systems", `<meta name="keywords" content="webType:story, Storms, isRepublished:false, Ferries, Apple News">`, ``, "Storms|Ferries", "meta:keywords"},
		{"the kind of a tag", `<meta name="keywords" content="topic/storms at sea, place:Lund, Ferries">`, ``, "storms at sea|Lund|Ferries", "meta:keywords"},
		{"the site's own host", `<meta name="keywords" content="Storms, harbourpost.example, www.harbourpost.example">`, ``, "Storms", "meta:keywords"},
		{"the headline and the author", `<meta name="author" content="Kate Giuliani"><meta name="keywords" content="Northern basin closed, Kate Giuliani, Storms">`, ``, "Storms", "meta:keywords"},
		{"a list in JSON", `<meta name="keywords" content='["Storms","Ferries"]'>`, ``, "Storms|Ferries", "meta:keywords"},
		{"a list parted by spaces, in Chinese", `<meta name="keywords" content="港口 台风 渡轮">`, ``, "港口|台风|渡轮", "meta:keywords"},
		{"a list parted by commas of full width", `<meta name="keywords" content="港口，台风，渡轮">`, ``, "港口|台风|渡轮", "meta:keywords"},
		{"what the site says of itself on every page", `<meta property="og:site_name" content="Harbour Post"><meta name="keywords" content="Harbour Post, World, Sport, Boats">`,
			`</article><nav><a href="/w">World</a> <a href="/s">Sport</a> <a href="/b">Boats</a></nav>`, "", ""},
		{"behind a label", ``, `<p>Filed under: <a href="/a">Storms</a>, <a href="/b">Ferries</a></p>`, "Storms|Ferries", "tags/labelled"},
		{"headings that all sites have", `<meta name="keywords" content="news, newspaper, local news, coast news, sport, weather, jobs">`, ``, "", ""},
		{"Chinese commas of several kinds", `<meta name="keywords" content="港口，台风、渡轮；关闭">`, ``, "港口|台风|渡轮|关闭", "meta:keywords"},
		{"words with signs in one", `<meta name="keywords" content="#Storms #Ferries #Lund">`, ``, "Storms|Ferries|Lund", "meta:keywords"},
		{"the site's name among others", `<meta name="keywords" content="Storms, Ferries, Harbourpost">`, ``, "Storms|Ferries", "meta:keywords"},
		{"behind a label without a mark", ``, `<div><span>Topics</span><a href="/a">Storms</a><a href="/b">Ferries</a></div>`, "Storms|Ferries", "tags/labelled"},
		{"behind a label without links", ``, `<p>Schlagworte: Stürme, Fähren</p>`, "Stürme|Fähren", "tags/labelled"},
		{"a link to the next part", ``, `<ul class="tags"><li><a href="#next">Skip the topics</a></li> <li><a href="/1">Storms</a></li></ul>`, "Storms", "tags/named-box"},
		{"networks that the text does not name", `<meta name="keywords" content="Facebook, Twitter, Storms">`, ``, "Storms", "meta:keywords"},
		{"a network that the text names", `<meta name="keywords" content="Facebook, Storms">`, `<p>The harbour office told its readers on Facebook that the northern basin would stay closed until the storm was over.</p>`, "Facebook|Storms", "meta:keywords"},
		{"the headings of the site among them", `<meta name="keywords" content="Storms, Ferries, Lund, news, sport, weather, politics, business">`, ``, "Storms|Ferries|Lund", "meta:keywords"},
		{"a cloud of all tags behind the box", ``, `<div class="tags"><a href="/1">Storms</a><a href="/2">Ferries</a></div><div class="tag-cloud"><a href="/3">Football</a><a href="/4">Cooking</a></div>`, "Storms|Ferries", "tags/named-box"},
		{"in the line behind a label", ``, `<div class="x"><div>Archivado en:</div><a href="/noticias/a">Storms</a> · <a href="/noticias/b">Ferries</a></div><div><a href="/c">Boats for sale</a></div>`, "Storms|Ferries", "tags/labelled"},
		{"only the first box", ``, `<div class="article-tags"><a href="/1">Storms</a></div>` + prose + prose + `<section><div><ul class="tags"><li><a href="/2">Football</a></li></ul></div></section>`,
			"Storms", "tags/named-box"},
	} {
		page := `<html lang="en"><head>` + c.head + `</head><body><article><h1>Northern basin closed</h1>` + prose + c.foot + `</article></body></html>`
		a := extract.Article([]byte(page), "https://harbourpost.example/northern-basin-closed-after-the-storm")
		if got := strings.Join(a.Tags, "|"); got != c.tags || a.Evidence["tags"] != c.from {
			t.Errorf("%s: tags %q (%s), want %q (%s)", c.name, got, a.Evidence["tags"], c.tags, c.from)
		}
	}
}
