package extract_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
)

func TestPublisher(t *testing.T) {
	const item = `<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Storm shuts the harbour</h1>` +
		`<div hidden itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="The Harbour Post"></div>` + prose + `</div>`
	const site = `<meta property="og:site_name" content="Harbour Post online">`
	for _, c := range []struct{ name, head, body, publisher, from string }{
		{"JSON-LD first", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm","publisher":{"name":"Harbour Post Ltd"}}</script>` + site, item, "Harbour Post Ltd", "jsonld:publisher"},
		{"microdata, even hidden", site, item, "The Harbour Post", "microdata:publisher"},
		{"the site's name", site, prose, "Harbour Post online", "meta:og:site_name"},
		{"the address alone", "", prose, "", "url"},
		{"what is too long for a name", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm","publisher":{"name":"` + strings.Repeat("Harbour Post ", 50) + `"}}</script>` + site, prose, "Harbour Post online", "meta:og:site_name"},
	} {
		a := extract.Article([]byte("<html><head>"+c.head+"</head><body>"+c.body+"</body></html>"), "https://harbourpost.example/storm")
		want := dateline.Publisher{Name: c.publisher, Site: "harbourpost.example"}
		if a.Publisher != want || a.Evidence["publisher"] != c.from {
			t.Errorf("%s: publisher %+v (%s), want %+v (%s)", c.name, a.Publisher, a.Evidence["publisher"], want, c.from)
		}
	}
}
