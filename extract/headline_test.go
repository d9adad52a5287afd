package extract_test

import (
	"testing"

	"dateline/extract"
)

func TestHeadline(t *testing.T) {
	const news = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Basin closed after storm","datePublished":"2024-03-11"}</script>`
	og := func(title string) string { return `<meta property="og:title" content="` + title + `">` }
	for _, c := range []struct{ name, head, body, headline, from string }{
		{"news: its own where each source gives another", news + og("Storm shuts the harbour"), `<h1>Ferries stay in port</h1>`,
			"Basin closed after storm", "jsonld:headline"},
		{"news: what two sources share", news + og("Storm shuts the harbour"), `<h1>Storm shuts the harbour</h1>`,
			"Storm shuts the harbour", "meta:og:title"},
		{"news: what the h2 shows", news + og("Storm shuts the harbour"), `<h1>Basin closed after storm</h1><h2><span>Ferry traffic halted</span> <span>Storm shuts the harbour</span></h2>`,
			"Basin closed after storm", "jsonld:headline"},
		{"no news: what is printed", `<script type="application/ld+json">{"@type":"Article","headline":"Storm closed the northern basin"}</script>`, `<h1>Storm closed the basin</h1>`,
			"Storm closed the basin", "page:h1"},
		{"what stands behind the bar", og("Storm shuts the harbour | Harbour Post online"), `<h2>Storm shuts the harbour</h2>`,
			"Storm shuts the harbour", "page:h2"},
		{"the section without spaces", og("Storm shuts the harbour-Local") + `<meta property="article:section" content="Local">`, ``,
			"Storm shuts the harbour", "meta:og:title"},
		{"section and site behind bars alone", og("태풍으로 항구 폐쇄-사회ㅣ항구일보") + `<meta property="og:site_name" content="항구일보">`, ``,
			"태풍으로 항구 폐쇄", "meta:og:title"},
		{"the site behind a colon of full width", og("港が台風で閉鎖：港新聞デジタル") + `<meta property="og:site_name" content="港新聞デジタル">`, ``,
			"港が台風で閉鎖", "meta:og:title"},
		{"a hyphen before what the address says", `<title>Harbour-Northern basin</title>`, ``, "Harbour-Northern basin", "page:title"},
		{"a hyphen within a word", og("Harbour calls for anti-Harbourpost") + `<meta property="og:site_name" content="Harbourpost">`, ``,
			"Harbour calls for anti-Harbourpost", "meta:og:title"},
		{"news: the form with a colon", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour - Storm shuts the basin"}</script>` + og("Harbour: Storm shuts the basin"), ``,
			"Harbour: Storm shuts the basin", "meta:og:title"},
		{"the site before a colon", `<title>Harbour Post: Storm shuts the northern basin</title>`, ``,
			"Storm shuts the northern basin", "page:title"},
		{"a kicker before a colon", `<title>Harbour: Storm shuts the northern basin</title>`, ``,
			"Harbour: Storm shuts the northern basin", "page:title"},
		{"a kicker in its own box", og("Harbour: Storm shuts the northern basin"), `<h1><span>Harbour</span><span>Storm shuts the northern basin</span></h1>`,
			"Harbour: Storm shuts the northern basin", "meta:og:title"},
		{"news: whole where it was cut off with dots", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm shuts the northern basin after a night of wind that..."}</script>`,
			`<h1>Storm shuts the northern basin after a night of wind that nobody expected</h1>`, "Storm shuts the northern basin after a night of wind that nobody expected", "page:h1"},
		{"news: without elements", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"<b>Storm</b> shuts the harbour"}</script>`, ``,
			"Storm shuts the harbour", "jsonld:headline"},
		{"entities written twice", og("Storm &amp;amp; rain shut the harbour"), ``, "Storm & rain shut the harbour", "meta:og:title"},
		{"less than", og("Harbour tax &lt; 5 percent"), ``, "Harbour tax < 5 percent", "meta:og:title"},
		{"the site's name with an article", `<title>Storm shuts the harbour - The Harbour Post</title>`, ``, "Storm shuts the harbour", "page:title"},
		{"a link to the heading, and marks", og("Storm shuts the harbour"), `<h1>Storm shuts the harbour <a href="#h">¶</a></h1>`, "Storm shuts the harbour", "page:h1"},
		{"counts and labels in a heading", og("Storm shuts the harbour"), `<h1><i class="tag">Plus</i>Storm shuts the harbour<em>312 comments</em></h1>`, "Storm shuts the harbour", "page:h1"},
		{"a line that is a part of the title", `<title>Storm shuts the harbour – Seite 2 – Alles vom Meer</title>`, `<div class="x1">Storm shuts the harbour</div>`, "Storm shuts the harbour", "headline/line-of-title"},
		{"a title of all pages", `<title>Boats and more</title>`, `<h1>Storm shuts the harbour</h1>`, "Storm shuts the harbour", "page:h1"},
		{"the site's name in an h1 that leads home, the parts of the text in others", og("Storm shuts the harbour"), `<h1><a href="/">My Boats</a></h1><h3>Storm shuts the harbour</h3><h1>So many storms!</h1><h1>The code</h1><h1>The basin</h1><h1>Next steps</h1>`,
			"Storm shuts the harbour", "meta:og:title"},
	} {
		page := `<html lang="en"><head>` + c.head + `</head><body><article>` + c.body + prose + `</article></body></html>`
		a := extract.Article([]byte(page), "https://harbourpost.example/northern-basin")
		if a.Headline != c.headline || a.Evidence["headline"] != c.from {
			t.Errorf("%s: headline %q (%s), want %q (%s)", c.name, a.Headline, a.Evidence["headline"], c.headline, c.from)
		}
	}
}

func TestSectionInTitle(t *testing.T) {
	page := `<html lang="de"><head><title>Sturm sperrt den Hafen - Panorama - Hafenpost</title></head><body><article>` + prose + `</article></body></html>`
	for _, c := range []struct{ address, headline string }{
		{"https://hafenpost.example/panorama/sturm", "Sturm sperrt den Hafen"},
		{"https://hafenpost.example/sturm", "Sturm sperrt den Hafen - Panorama"},
	} {
		if a := extract.Article([]byte(page), c.address); a.Headline != c.headline {
			t.Errorf("%s: headline %q, want %q", c.address, a.Headline, c.headline)
		}
	}
}
