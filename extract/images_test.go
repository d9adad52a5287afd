package extract_test

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
)

func TestImages(t *testing.T) {
	const site = "https://harbourpost.example/"
	for _, c := range []struct {
		name, head, lead, inBody, from string
		want                           []dateline.Image
	}{
		{"the biggest version, its caption and credit", ``, ``,
			`<figure><img src="/p/basin-400.jpg" srcset="/p/basin-400.jpg 400w, /p/basin-1600.jpg 1600w" width="400" height="300"><figcaption>The basin on Monday. Photo: Kate Giuliani</figcaption></figure>`, "page:img",
			[]dateline.Image{{URL: site + "p/basin-1600.jpg", Width: 1600, Caption: "The basin on Monday.", Credit: "Kate Giuliani"}}},
		{"sizes as the page gives them", ``, ``, `<figure><img src="/p/basin.jpg" width="640" height="480"></figure>`, "page:img",
			[]dateline.Image{{URL: site + "p/basin.jpg", Width: 640, Height: 480}}},
		{"the lead picture above the headline comes first", `<meta property="og:image" content="/p/1065948_northern-basin-closed_detail-1200w.jpg">`,
			`<div><img src="/p/1065948_northern-basin-closed_detail-680w.jpg"></div>`, `<p><img src="/p/7731_ferry.jpg"></p>`, "page:img",
			[]dateline.Image{{URL: site + "p/1065948_northern-basin-closed_detail-680w.jpg"}, {URL: site + "p/7731_ferry.jpg"}}},
		{"two of a service that names them by address", ``, ``, `<p><img src="/r/1=/500x0/https%3A%2F%2Fcdn.harbourpost.example%2Ffs%2F1bfb0c76"></p><p><img src="/r/2=/500x0/https%3A%2F%2Fcdn.harbourpost.example%2Ffs%2F87760d8b"></p>`, "page:img",
			[]dateline.Image{{URL: site + "r/1=/500x0/https%3A%2F%2Fcdn.harbourpost.example%2Ffs%2F1bfb0c76"}, {URL: site + "r/2=/500x0/https%3A%2F%2Fcdn.harbourpost.example%2Ffs%2F87760d8b"}}},
		{"no logo, portrait of the author or related picture", ``, `<img src="/logo.png">`,
			`<div class="author-bio"><img src="/p/kate.jpg"></div><aside class="related"><img src="/p/other.jpg"></aside>`, "", nil},
		{"one picture in two sizes", ``, ``, `<p><img src="/p/northern-basin-300x200.jpg"></p><p><img src="/p/northern-basin-900x600.jpg"></p>`, "page:img",
			[]dateline.Image{{URL: site + "p/northern-basin-900x600.jpg"}}},
		{"a blurred stand-in is none, and no other picture", ``, ``, `<figure><img src="/lqip/24x16/pier.jpg" class="lazy"><img data-src="/full/1400x900/pier.jpg"><noscript><img src="/full/1400x900/pier.jpg"></noscript></figure>`, "page:img",
			[]dateline.Image{{URL: site + "full/1400x900/pier.jpg"}}},
		{"the densest of a set without widths", ``, ``, `<p><img width="300" height="200" srcset="/p/pier.jpg, /p/pier@3x.jpg 3x, /p/pier@2x.jpg 2x" src="/p/pier.jpg"></p>`, "page:img",
			[]dateline.Image{{URL: site + "p/pier@3x.jpg", Width: 900, Height: 600}}},
		{"none shown: the size, caption and credit that are stated", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","image":{"@type":"ImageObject","url":"/p/share.jpg","width":1600,"height":"900","caption":"The basin.","creditText":"Kate Giuliani"}}</script>`, ``, ``, "jsonld:image",
			[]dateline.Image{{URL: site + "p/share.jpg", Width: 1600, Height: 900, Caption: "The basin.", Credit: "Kate Giuliani"}}},
		{"none shown: the one given to others", `<meta property="og:image" content="/p/basin-share.jpg">`, ``, ``, "meta:og:image",
			[]dateline.Image{{URL: site + "p/basin-share.jpg"}}},
	} {
		page := `<html lang="en"><head>` + c.head + `</head><body><header>` + c.lead + `</header>` + `<section>` + prose + `</section><main><div><h1>Northern basin closed</h1></div><article>` + prose + c.inBody + prose + `</article></main></body></html>`
		a := extract.Article([]byte(page), site+"northern-basin")
		if !reflect.DeepEqual(a.Images, c.want) || a.Evidence["images"] != c.from {
			t.Errorf("%s: images %+v (%s), want %+v (%s)", c.name, a.Images, a.Evidence["images"], c.want, c.from)
		}
	}
}

// TestCaptions reads what is printed under a picture, and who made it.
func TestCaptions(t *testing.T) {
	const img = `<img src="/p/northern-basin.jpg" width="800" height="600">`
	for _, c := range []struct{ inBody, caption, credit string }{
		{`<figure>` + img + `<figcaption>The basin on Monday. (Foto: Jonas Ekdahl)</figcaption></figure>`, "The basin on Monday.", "Jonas Ekdahl"},
		{`<figure>` + img + `<figcaption>The basin on Monday [Kate Giuliani/Reuters]</figcaption></figure>`, "The basin on Monday", "Kate Giuliani/Reuters"},
		{`<figure>` + img + `<figcaption>The basin on Monday. Kate Giuliani / AFP</figcaption></figure>`, "The basin on Monday.", "Kate Giuliani / AFP"},
		{`<figure>` + img + `<figcaption>The basin (left) and the sea</figcaption></figure>`, "The basin (left) and the sea", ""},
		{`<figure>` + img + `<figcaption>The basin on Monday. (Photo Jonas Ekdahl / AFP)</figcaption></figure>`, "The basin on Monday.", "Jonas Ekdahl / AFP"},
		{`<figure>` + img + `<figcaption>The basin on Monday. Courtesy of Port North</figcaption></figure>`, "The basin on Monday.", "Port North"},
		{`<figure>` + img + `<figcaption>Het bekken op maandag. Foto Jonas Ekdahl</figcaption></figure>`, "Het bekken op maandag.", "Jonas Ekdahl"},
		{`<figure>` + img + `<figcaption>Basen w poniedziałek. Fot. Jonas Ekdahl / PAP</figcaption></figure>`, "Basen w poniedziałek.", "Jonas Ekdahl / PAP"},
		{`<figure>` + img + `<figcaption>La dársena, el lunes. | Ana Prado (EFE)</figcaption></figure>`, "La dársena, el lunes.", "Ana Prado (EFE)"},
		{`<figure>` + img + `<figcaption>월요일의 북항. [사진=박민수 기자]</figcaption></figure>`, "월요일의 북항.", "박민수 기자"},
		{`<figure>` + img + `<figcaption>월요일의 북항. /연합뉴스</figcaption></figure>`, "월요일의 북항.", "연합뉴스"},
		{`<figure>` + img + `<figcaption>閉鎖された北の港＝四日、佐藤花子撮影</figcaption></figure>`, "閉鎖された北の港＝四日", "佐藤花子"},
		{`<figure><div>` + img + `<span><span class="visually-hidden">Image source, </span>Port North</span></div><figcaption>The basin on Monday</figcaption></figure>`, "The basin on Monday", "Port North"},
		{`<table><tr><td>` + img + `</td></tr><tr><td class="img_desc">The basin on Monday.</td></tr></table>`, "The basin on Monday.", ""},
		{`<figure>` + img + `<figcaption>The port is run by Ports/North. It was closed.</figcaption></figure>`, "The port is run by Ports/North. It was closed.", ""},
		{`<figure>` + img + `<figcaption>Das Becken am Montag. © dpa/Jonas Ekdahl</figcaption></figure>`, "Das Becken am Montag.", "dpa/Jonas Ekdahl"},
		{`<figure>` + img + `<figcaption>Le bassin, lundi. | Crédit photo : Anne Morel</figcaption></figure>`, "Le bassin, lundi.", "Anne Morel"},
		{`<figure>` + img + `<figcaption>閉鎖された北の港（写真：佐藤花子）</figcaption></figure>`, "閉鎖された北の港", "佐藤花子"},
		{`<figure>` + img + `<figcaption>北港周一关闭。（陈晓明 摄）</figcaption></figure>`, "北港周一关闭。", "陈晓明"},
		{`<figure>` + img + `<figcaption><span>The basin on Monday.</span><span>Photograph by</span> <span>Kate Giuliani</span></figcaption></figure>`, "The basin on Monday.", "Kate Giuliani"},
		{`<figure>` + img + `<figcaption>The basin on Monday.</figcaption><div class="photo-credit">Photo Kate Giuliani</div></figure>`, "The basin on Monday.", "Kate Giuliani"},
		{`<figure>` + img + `<figcaption>The basin. <button>Enlarge</button></figcaption></figure>`, "The basin.", ""},
		{`<div class="wp-caption">` + img + `<p class="wp-caption-text">The basin. Image courtesy of Port North.</p></div>`, "The basin.", "Port North"},
		{`<p>` + img + `<br><small>The basin. Beeld: Kate Giuliani</small></p>`, "The basin.", "Kate Giuliani"},
		{`<p>` + img + `</p><p><i>Basen. Zdjęcie: Kate Giuliani</i></p>`, "Basen.", "Kate Giuliani"},
		{`<p>` + img + `</p><p><i>This article was first printed on Monday.</i></p>`, "", ""},
		{`<p>` + img + `</p><p><i>The basin. Foto: Kate Giuliani</i></p>`, "The basin.", "Kate Giuliani"},
		{`<p>` + img + `</p><p>The harbour master said that it would stay closed.</p>`, "", ""},
	} {
		page := `<html lang="en"><body><main><article><h1>Northern basin closed</h1>` + prose + c.inBody + prose + `</article></main></body></html>`
		a := extract.Article([]byte(page), "https://harbourpost.example/northern-basin")
		if len(a.Images) != 1 || a.Images[0].Caption != c.caption || a.Images[0].Credit != c.credit {
			t.Errorf("%s:\n got %+v\nwant caption %q, credit %q", c.inBody, a.Images, c.caption, c.credit)
		}
		if c.caption != "" && strings.Contains(a.Text, c.caption) {
			t.Errorf("%s: the caption stands in the text", c.inBody)
		}
	}
}

func TestPaywalled(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
		from       string
	}{
		{"JSON-LD says no", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","isAccessibleForFree":"False"}</script>`, true, "jsonld:isAccessibleForFree"},
		{"JSON-LD says yes", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Northern basin closed","isAccessibleForFree":true}</script><meta property="article:content_tier" content="locked">`, false, ""},
		{"a meta says locked", `<meta property="article:content_tier" content="locked">`, true, "meta:article:content_tier"},
		{"a meta says free", `<meta property="article:content_tier" content="free">`, false, ""},
		{"nothing says anything", ``, false, ""},
	} {
		page := `<html lang="en"><head>` + c.head + `</head><body><article><h1>Northern basin closed</h1>` + prose + `</article></body></html>`
		a := extract.Article([]byte(page), "https://harbourpost.example/northern-basin")
		if a.Paywalled != c.want || a.Evidence["paywalled"] != c.from {
			t.Errorf("%s: paywalled %v (%s), want %v (%s)", c.name, a.Paywalled, a.Evidence["paywalled"], c.want, c.from)
		}
	}
}

// TestEvidence checks that a record names where each of its fields was found,
// and nothing for a field that it does not have.
func TestEvidence(t *testing.T) {
	for name, f := range pages(t) {
		a := extract.Article(f.Section("page.html"), address(f))
		for field, has := range map[string]bool{
			"headline": a.Headline != "", "deck": a.Deck != "", "bylines": len(a.Bylines) > 0, "published": a.Published != "", "modified": a.Modified != "",
			"lang": a.Lang != "", "section": a.Section != "", "tags": len(a.Tags) > 0, "images": len(a.Images) > 0, "canonical": a.Canonical != "",
			"paywalled": a.Paywalled, "text": a.Text != "",
		} {
			if got := a.Evidence[field] != ""; got != has {
				t.Errorf("%s: %s: evidence %q, field set %v", name, field, a.Evidence[field], has)
			}
		}
	}
}

// TestImageAddress resolves addresses as net/url does.
func TestImageAddress(t *testing.T) {
	for _, base := range []string{"https://harbourpost.example/news/2022/ferry.html?page=2#top", "http://www.harbourpost.example/", "https://harbourpost.example/a//b/", "https://harbourpost.example/a/b", "https://harbourpost.example", "https://harbourpost.example?a=b"} {
		from, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range []string{"/p/a-ship.jpg", "p/a-ship.jpg", "a-ship.jpg?w=640", "../a-ship.jpg", "./a-ship.jpg", "../../p/a-ship.jpg", "../../../../a-ship.jpg", "./../a-ship.jpg", ".././p/a-ship.jpg", "..//a-ship.jpg", ".//a-ship.jpg", "./?a-ship.jpg", "../", "..a-ship.jpg", "https://cdn.example", "https://cdn.example?a-ship.jpg", "//cdn.example#a-ship", "http://cdn.example:80?a", "//cdn.example/p/a-ship.jpg", "https://cdn.example/a-ship.jpg",
			"/p/a-ship.jpg#top", "/p/a-ship.jpg#", "p//a-ship.jpg", "p/../a-ship.jpg", "/p/a ship.jpg", "/p/ä-ship.jpg", "/p/a%20ship.jpg", "/p/a%ship.jpg", "?p=a-ship.jpg", "p/a:ship.jpg"} {
			want := ""
			if u, err := from.Parse(ref); err == nil {
				want = u.String()
			}
			page := `<title>Ferry</title><meta property="og:image" content="` + ref + `"><p>The ferry has sunk.`
			got := ""
			for _, im := range extract.Article([]byte(page), base).Images {
				got = im.URL
			}
			if got != want {
				t.Errorf("%s on %s is %q, want %q", ref, base, got, want)
			}
		}
	}
}
