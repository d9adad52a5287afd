package extract_test

import (
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
)

// The paragraphs of the article that the pages of this file show.
var weirParagraphs = []string{
	"The weir at Nether Ashby will be taken out of the river this summer so that salmon can swim up to their old beds again, the river trust said on Thursday.",
	"Boats of more than two metres will have to be carried round the place for nine weeks, and the path along the left bank will be shut on working days.",
	"“We have counted eleven fish in ten years,” said Mira Tolland, who has kept the records of the trust since she left school.",
	"The mill that the weir was built for closed in 1931, and its wheel stands in the museum of the town.",
}

const weirHeadline = "Old weir to go so that salmon may come"

func paragraphs(all []string) string { return "<p>" + strings.Join(all, "</p><p>") + "</p>" }

// weirPage returns the page of an article: head is added to its head, above stands over its
// text, body is its text, and below what stands under it.
func weirPage(head, above, body, below string) string {
	return `<html lang="en"><head><title>` + weirHeadline + ` | Ashby Mercury</title>` + head + `</head><body><div class="top"><a href="/">Ashby Mercury</a></div>
<div class="k1"><h1 class="k2">` + weirHeadline + `</h1>` + above + `<div class="k3">` + body + `</div>` + below + `</div><div class="k9">© Ashby Mercury</div></body></html>`
}

func readWeir(head, above, body, below string) *dateline.Article {
	return extract.Article([]byte(weirPage(head, above, body, below)), "https://ashbymercury.example/news/weir")
}

// TestNoText reads pages that show what is no text of the article: its text must be that of
// the paragraphs alone.
func TestNoText(t *testing.T) {
	all, whole := paragraphs(weirParagraphs), strings.Join(weirParagraphs, "\n\n")
	half := func(line string) string {
		return paragraphs(weirParagraphs[:2]) + line + paragraphs(weirParagraphs[2:])
	}
	other := `<p>A heron has built its nest on the roof of the fire station, and the men have to leave by the back door until its young can fly, their chief said.</p><p>The bird had come back three times after the nest was moved.</p>`
	for name, page := range map[string]struct{ head, above, body, below string }{
		"rights":               {body: all + `<p>Copyright © 2026 Ashby Mercury. This material may not be republished or rewritten.</p>`},
		"how it was made":      {body: all + `<p>This article was produced with the help of a machine and read by an editor.</p>`},
		"where it appeared":    {body: all + `<p>A version of this article appeared in the printed edition of 4 June.</p>`},
		"about the author":     {body: all + `<p>About the author: Jonah Pell writes on rivers and lakes.</p>`},
		"author of no byline":  {body: all + `<p>Jonah Pell, born in 1990, is an editor at the country desk.</p>`},
		"names in brackets":    {body: all + `<p>(Jonah Pell, dpa)</p>`},
		"a tip":                {body: half(`<p>Do you know more? Send a tip to tips@ashbymercury.example.</p>`)},
		"hidden on screens":    {head: `<style>@media screen { .pr { display: none } }</style>`, body: half(`<p class="pr">Printed from the Ashby Mercury, which keeps all that it ever printed for you to read again.</p>`)},
		"hidden by visibility": {head: `<style>.vis{color:red;visibility:hidden}</style>`, body: half(`<p class="vis">Two weeks by the river for half the price, for readers of this paper only and only this month.</p>`)},
		"shown, not printed":   {head: `<style>@media print { .pr { display: none } }</style>`, body: strings.ReplaceAll(all, "<p>", `<p class="pr">`)},
		"next of one style":    {body: all, below: `<div class="k7"><h1 class="k2">Heron moves into fire station</h1>` + other + `</div>`},
		"next linked, signed":  {body: all, below: `<div class="k7"><h2><a href="/news/heron">Heron moves into fire station</a></h2><p>By Cal Dunn</p>` + other + `</div>`},
		"name behind a dash":   {body: all + `<p>— Jonah Pell, Ashby Mercury</p>`},
		"next announced":       {body: all, below: `<div class="k7"><div>Up next</div><h2>Heron moves into fire station</h2>` + other + `</div>`},
		"note by its address":  {body: strings.Replace(all, "Thursday", `Thursday<a href="#fn:2">2</a>`, 1)},
		"button of a sign":     {body: strings.Replace(all, "river trust", `river trust<button aria-label="who?">?</button>`, 1)},
		"initial on the left":  {body: `<p><span style="float: left; font-size: 4em">T</span> ` + strings.TrimPrefix(all, "<p>T")},
		"headline in a line":   {body: `<b>` + weirHeadline + `</b><br><br>` + strings.Join(weirParagraphs, "<br><br>")},
		"post of Telegram":     {body: half(`<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="ashby/12"></script>`)},
	} {
		if got := readWeir(page.head, page.above, page.body, page.below).Text; got != whole {
			t.Errorf("%s: the text is %q, want the paragraphs alone", name, got)
		}
	}
	headings := `<h3>` + strings.Join(weirParagraphs, `</h3><h3>`) + `</h3>`
	if got := readWeir("", "", headings, "").Text; got != whole {
		t.Errorf("of paragraphs that are headings the text is %q", got)
	}
}

// TestKeptText reads paragraphs that look like such lines.
func TestKeptText(t *testing.T) {
	for _, last := range []string{
		"Mira Tolland is an editor who was fined in May because she had let her dog swim in the pool above the weir.",
		"The rights to the water, granted in 1804, belong to nobody since the last owner of the mill died.",
	} {
		if got := readWeir("", `<p class="byline">By Jonah Pell</p>`, paragraphs(append(slices.Clone(weirParagraphs), last)), "").Text; !strings.HasSuffix(got, last) {
			t.Errorf("the text ends with %q, want %q", got[max(0, len(got)-80):], last)
		}
	}
}

// TestFieldsByKind reads pages with what others took for a field and was none, or did not
// take and was one.
func TestFieldsByKind(t *testing.T) {
	body := paragraphs(weirParagraphs)
	for name, c := range map[string]struct {
		page [4]string
		get  func(a *dateline.Article) string
		want string
	}{
		"day of the masthead": {[4]string{}, func(a *dateline.Article) string { return string(a.Published) }, ""},
		"day of a comment":    {[4]string{2: body, 3: `<div class="r"><h3>2 comments</h3><div>Moss <time datetime="2026-05-14T10:00:00Z">14 May 2026</time></div><p>At last.</p><div>Fern <time datetime="2026-05-15T10:00:00Z">15 May 2026</time></div><p>Too late.</p></div>`}, func(a *dateline.Article) string { return string(a.Published) }, ""},
		"heading of a day":    {[4]string{1: `<h2>June 4, 2026</h2>`, 2: body}, func(a *dateline.Article) string { return a.Headline }, weirHeadline},
		"day of .NET":         {[4]string{0: `<meta name="pubdate" content="/Date(1778591100000)/">`, 2: body}, func(a *dateline.Article) string { return string(a.Published) }, "2026-05-12T13:05:00Z"},
		"day in a microformat": {[4]string{1: `<div><span class="author vcard"><a href="/a/jp">Jonah Pell</a></span> <abbr class="published" title="2026-05-05T07:10:00+01:00">Tuesday</abbr></div>`, 2: body},
			func(a *dateline.Article) string { return string(a.Published) + " " + strings.Join(a.Bylines, ",") }, "2026-05-05T07:10:00+01:00 Jonah Pell"},
		"day of a related box": {[4]string{2: body + `<div itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="url" href="/x"><span itemprop="headline">Heron moves into fire station</span></a><meta itemprop="datePublished" content="2026-03-01"></div>`},
			func(a *dateline.Article) string { return string(a.Published) }, ""},
		"deck of the front page": {[4]string{0: `<meta property="og:title" content="Ashby Mercury"><meta property="og:url" content="https://ashbymercury.example/"><meta property="og:description" content="All the news of the valley, every day."><meta name="description" content="All the news of the valley, every day.">`, 2: body},
			func(a *dateline.Article) string { return a.Deck }, ""},
		"author is the host":      {[4]string{0: `<meta name="author" content="ashbymercury.example">`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Bylines, ",") }, ""},
		"family name first":       {[4]string{1: `<div class="author">Pell, Jonah</div>`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Bylines, ",") }, "Jonah Pell"},
		"outlet behind a name":    {[4]string{1: `<div class="by">By Jonah Pell, Ashby Mercury — Nether Ashby</div>`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Bylines, ",") }, "Jonah Pell"},
		"time that reading takes": {[4]string{1: `<div class="byline">Reading time: 3 minutes</div>`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Bylines, ",") }, ""},
		"help of others":          {[4]string{1: `<div class="byline">Jonah Pell with additional reporting by Cal Dunn</div>`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Bylines, ",") }, "Jonah Pell"},
		"dateline without a dash": {[4]string{2: strings.Replace(body, "<p>", "<p>New Delhi, June 4 (PTI) ", 1)}, func(a *dateline.Article) string { return a.Dateline.Place + "/" + a.Dateline.Agency }, "New Delhi/PTI"},
		"label of updates":        {[4]string{2: strings.Replace(body, "<p>", "<p>LIVE UPDATES — ", 1)}, func(a *dateline.Article) string { return a.Dateline.Place }, ""},
		"paid for":                {[4]string{1: `<span class="flag">Paid content</span>`, 2: body}, func(a *dateline.Article) string { return a.Type }, "sponsored"},
		"advertisement far off":   {[4]string{2: body, 3: `<div>Sponsored</div>`}, func(a *dateline.Article) string { return a.Type }, ""},
		"post of Reddit": {[4]string{2: body + `<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/ashby/comments/1a/weir/">Weir gone?</a> by <a href="https://www.reddit.com/user/heron/">u/heron</a></blockquote>`},
			func(a *dateline.Article) string { return a.Embeds[0].URL }, "https://www.reddit.com/r/ashby/comments/1a/weir/"},
		"values of systems":  {[4]string{0: `<meta name="news_keywords" content="Rivers,Salmon,contentId-99123,www.ashbymercury.example">`, 2: body}, func(a *dateline.Article) string { return strings.Join(a.Tags, ",") }, "Rivers,Salmon"},
		"hashtags":           {[4]string{2: body, 3: `<div><a href="/t/1">#Rivers</a> <a href="/t/2">#Salmon</a></div>`}, func(a *dateline.Article) string { return strings.Join(a.Tags, ",") }, "#Rivers,#Salmon"},
		"caption of a list":  {[4]string{2: `<dl><dt><img src="/i/weir.jpg" width="800" height="500"></dt><dd>The weir in May.</dd></dl>` + body}, func(a *dateline.Article) string { return a.Images[0].Caption }, "The weir in May."},
		"caption of a table": {[4]string{2: `<table><tr><td><img src="/i/weir.jpg" width="800" height="500"></td></tr><tr><td>The weir in May.</td></tr></table>` + body}, func(a *dateline.Article) string { return a.Images[0].Caption }, "The weir in May."},
	} {
		page := weirPage(c.page[0], c.page[1], c.page[2], c.page[3])
		if name == "day of the masthead" {
			page = strings.Replace(weirPage("", "", body, ""), `<div class="top">`, `<div class="top"><span>Monday, 1 June 2026</span>`, 1)
		}
		if got := c.get(extract.Article([]byte(page), "https://ashbymercury.example/news/weir")); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestTitlesOfPages reads pages that give their headline in the title alone.
func TestTitlesOfPages(t *testing.T) {
	for _, title := range []string{weirHeadline + " « Ashby Mercury", "(3) " + weirHeadline + " | Ashby Mercury", weirHeadline + " - Page 2 of 3 - Ashby Mercury", weirHeadline + " - Seite 2"} {
		page := `<html lang="en"><head><title>` + title + `</title></head><body><a href="/"><img src="/logo.png" alt="Ashby Mercury"></a><div>` + paragraphs(weirParagraphs) + `</div></body></html>`
		if got := extract.Article([]byte(page), "").Headline; got != weirHeadline {
			t.Errorf("of the title %q the headline is %q", title, got)
		}
	}
}

// TestDataOfPages reads pages whose text is data that a script decodes, or that an
// attribute holds.
func TestDataOfPages(t *testing.T) {
	list := `{"story":{"title":"` + weirHeadline + `","parts":[{"kind":"text","text":"` + strings.Join(weirParagraphs, `"},{"kind":"text","text":"`) + `"}]}}`
	quoted := strings.ReplaceAll(list, `"`, `\"`)
	var coded strings.Builder
	for _, c := range []byte(list) {
		const hex = "0123456789ABCDEF"
		coded.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	for name, data := range map[string]string{
		"JSON.parse":         `<script>window.__STATE__ = JSON.parse("` + quoted + `");</script>`,
		"decodeURIComponent": `<script>window.__STATE__=decodeURIComponent("` + coded.String() + `")</script>`,
		"an attribute":       `<div id="app" data-page="` + strings.ReplaceAll(list, `"`, "&quot;") + `"></div>`,
	} {
		page := `<html lang="en"><head><title>` + weirHeadline + `</title></head><body>` + data + `</body></html>`
		if got := extract.Article([]byte(page), "https://ashbymercury.example/news/weir").Text; got != strings.Join(weirParagraphs, "\n\n") {
			t.Errorf("%s: the text is %q", name, got)
		}
	}
}

// TestGallery reads a page that tells its story under pictures without <figure> elements.
func TestGallery(t *testing.T) {
	var b strings.Builder
	for i, p := range weirParagraphs {
		b.WriteString(`<div class="slide"><div><img src="/i/` + string(rune('a'+i)) + `.jpg" width="1200" height="800"></div><div class="slide-caption">` + p + `</div></div>`)
	}
	a := readWeir("", "", b.String(), "")
	if a.Skip != "" || len(a.Images) != len(weirParagraphs) || a.Images[0].Caption != weirParagraphs[0] {
		t.Errorf("got skip %q and pictures %v, want four with their captions", a.Skip, a.Images)
	}
}

// TestUkrainian reads a Ukrainian text that its page calls Russian.
func TestUkrainian(t *testing.T) {
	page := `<html lang="ru"><head><title>Старий млин знову працює</title></head><body><article><h1>Старий млин знову працює</h1><p>Мешканці села відновили старий млин і в неділю змолили перший мішок борошна, якого вистачило на дві сотні хлібин.</p><p>Їхні діди їздили сюди ще з волами, а потім млин стояв зачинений майже шістдесят років, розповіла вчителька історії.</p></article></body></html>`
	if got := extract.Article([]byte(page), "").Lang; got != "uk" {
		t.Errorf("the language is %q, want uk", got)
	}
}
