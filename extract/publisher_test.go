package extract_test

import (
	"slices"
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

// A saved page takes the site from the address that it states for itself.
func TestPublisherSaved(t *testing.T) {
	for _, c := range []struct{ address, head, site, from string }{
		{"file:///home/ada/storm.html", `<link rel="canonical" href="https://www.harbourpost.example/storm">`, "harbourpost.example", "link:canonical"},
		{"", `<meta property="og:url" content="https://harbourpost.example/2026/storm">`, "harbourpost.example", "meta:og:url"},
		{"urn:uuid:0d6f0f3e-0000-8000-8000-000000000000", `<link rel="canonical" href="/storm">`, "", ""},
		{"https://mirror.example/storm", `<link rel="canonical" href="https://www.harbourpost.example/storm">`, "mirror.example", "url"},
	} {
		a := extract.Article([]byte("<html><head>"+c.head+"</head><body>"+prose+"</body></html>"), c.address)
		if a.Publisher.Site != c.site || a.Evidence["publisher"] != c.from {
			t.Errorf("%q with %s: site %q (%s), want %q (%s)", c.address, c.head, a.Publisher.Site, a.Evidence["publisher"], c.site, c.from)
		}
	}
}

// What the head of a page states of its use by others is in the record, word by word.
func TestUses(t *testing.T) {
	a := extract.Article([]byte(`<html><head><meta name="robots" content="NOAI, noimageai; index, max-image-preview:large"><meta name="tdm-reservation" content="1">`+
		`<meta name="content-usage" content="train-ai=n"><meta name="googlebot" content="noarchive"></head><body>`+prose+`</body></html>`), "https://harbourpost.example/storm")
	want := []dateline.Use{{Says: "noai", From: "meta:robots"}, {Says: "noimageai", From: "meta:robots"}, {Says: "train-ai=n", From: "meta:content-usage"}, {Says: "tdm-reservation=1", From: "meta:tdm-reservation"}}
	if !slices.Equal(a.Uses, want) {
		t.Errorf("uses %v, want %v", a.Uses, want)
	}
}
