package extract_test

import (
	"testing"

	"dateline/extract"
)

// prose is enough of a body for a page to be an article.
const prose = `<p>The harbour master closed the northern basin before noon after the wind had turned and two ferries had missed the pier.</p>
<p>Crews moved the smaller boats behind the breakwater, and the fish market stayed shut for the rest of the day, its tenants said.</p>
<p>By the evening the wind had eased, and the first ferry of the night left for the islands with forty passengers on board.</p>`

func TestPublished(t *testing.T) {
	const head = `<html lang="en-GB"><head><title>Northern basin closed</title>`
	const h1 = `</head><body><article><h1>Northern basin closed</h1>`
	const foot = `</article></body></html>`
	for _, c := range []struct{ name, page, published, modified, from string }{
		{"a property outside of any item", head + `<meta itemprop="datePublished" content="2024-03-11T10:34:00-0700">` + h1 + prose + foot,
			"2024-03-11T10:34:00-07:00", "", "microdata:datePublished"},
		{"the item of another article", head + h1 + `<p>9 May 2023</p>` + prose + `</article>` +
			`<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2023-06-01"><a itemprop="headline" href="/x">Other</a></article>` +
			`<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2023-06-02"><a itemprop="headline" href="/y">News</a></article>` +
			`<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2023-06-03"><a itemprop="headline" href="/z">Again</a></article></body></html>`,
			"2023-05-09", "", "date/shown"},
		{"the date shown is earlier than the one stated", head + `<meta property="article:published_time" content="2025-06-24">` + h1 + `<div class="date">25 August 2024</div>` + prose + foot,
			"2024-08-25", "", "date/shown"},
		{"the date shown is that of the change", head + `<meta property="article:published_time" content="2024-02-01T15:46:14Z"><meta property="article:modified_time" content="2025-04-19T23:02:46Z">` +
			h1 + `<div class="date">19 April 2025</div>` + prose + foot,
			"2024-02-01T15:46:14Z", "2025-04-19T23:02:46Z", "meta:article:published_time"},
		{"the date that most sources share", head + `<meta property="article:published_time" content="2026-03-10"><meta name="pubdate" content="2026-02-17T16:13:03Z">` + h1 + `<p>17 February 2026</p>` + prose + foot,
			"2026-02-17T16:13:03Z", "", "meta:pubdate"},
		{"two dates in a line", head + h1 + `<p class="date">3 December 2025. <i>Updated: 7 December 2025</i></p>` + prose + foot,
			"2025-12-03", "2025-12-07", "date/shown"},
		{"the word in the line before", head + h1 + `<div><p>Last updated</p><p>9 May 2023</p><p>Published</p><p>2 May 2023</p></div>` + prose + foot,
			"2023-05-02", "2023-05-09", "date/shown"},
		{"words run together by styles", head + h1 + `<div><span>By <a href="/author/kg">Kate Giuliani</a></span><span>May 9, 2023</span> | 6 comments</div>` + prose + foot,
			"2023-05-09", "", "date/shown"},
		{"under the body", head + h1 + prose + `<div>Posted on 15/12/2025 at 19:00 by Kate Giuliani</div>` + foot,
			"2025-12-15T19:00:00", "", "date/shown"},
		{"an update under the body is no publication", head + h1 + prose + `<div>Last updated: 13 November 2025</div>` + foot,
			"", "2025-11-13", ""},
		{"a sentence of the text that says published", head + h1 + `<p>The harbour's rules were published on 3 May 2021.</p>` + prose + foot, "", "", ""},
		{"a sentence of the text with a day", head + h1 + `<p>He died on 3 March 2019.</p>` + prose + foot, "", "", ""},
		{"the same in German", `<html lang="de"><head><title>Northern basin closed</title>` + h1 + `<p>Das Buch erschien am 3. Mai 2021.</p>` + prose + foot, "", "", ""},
		{"the same in Japanese", `<html lang="ja"><head><title>Northern basin closed</title>` + h1 + `<p>規則は2021年5月3日に公開された。</p>` + prose + foot, "", "", ""},
		{"the same in Russian", `<html lang="ru"><head><title>Северный бассейн закрыт</title></head><body><article><h1>Северный бассейн закрыт</h1><p>Отчёт был опубликован 3 мая 2021 года.</p>` + prose + foot, "", "", ""},
		{"an update without a year behind the day", `<html lang="ja"><head><title>Northern basin closed</title>` + h1 + `<p class="date">2026年5月12日 15時05分（最終更新 5月13日 9時10分）</p>` + prose + foot, "2026-05-12T15:05:00", "", "date/shown"},
		{"an update alone, in Korean", `<html lang="ko"><head><title>Northern basin closed</title>` + h1 + `<p class="date">업데이트 : 2026-05-13 09:10</p>` + prose + foot, "", "2026-05-13T09:10:00", ""},
		{"two times of one month that share minute and second", head + `<meta property="article:published_time" content="2026-05-12T15:05:07"><meta name="pubdate" content="2026-05-20T09:05:07Z">` + h1 + prose + foot, "2026-05-12T15:05:07", "", "meta:article:published_time"},
		{"a sentence on the article itself", head + h1 + `<p>This article was first published on 3 May 2021.</p>` + prose + foot, "2021-05-03", "", "date/shown"},
		{"metadata of the front page", head + `<meta property="og:url" content="https://harbourpost.example/"><meta property="og:title" content="News of the coast"><meta property="article:published_time" content="2019-01-01">` + h1 + prose + foot, "", "", ""},
		{"a period", head + h1 + `<p>Date: 12 May 2024 – 17 May 2024</p>` + prose + foot, "", "", ""},
		{"a heading of a notice", head + h1 + `<h4>Effective beginning 2 June 2025:</h4><p>The office moves.</p>` + prose + foot, "", "", ""},
		{"events in a list", head + h1 + `<ul><li><div class="date">16 March 2026</div><h2><a href="/1">Boat fair</a></h2></li><li><div class="date">16 March 2026</div><h2><a href="/2">Rope fair</a></h2></li></ul>` + prose + foot, "", "", ""},
		{"a box beside the text that says published", head + h1 + prose + prose + `<aside><h4>Published</h4><div>8 July 2025</div></aside>` + foot,
			"2025-07-08", "", "date/shown"},
		{"two such boxes with two days", head + h1 + prose + `<div><p>Published 8 July 2025</p><p>Published 9 July 2025</p></div>` + foot, "", "", ""},
		{"alone under the body", head + h1 + prose + `<ul><li>Harbour</li></ul><div>9 May 2023</div>` + foot, "2023-05-09", "", "date/shown"},
		{"in a word that only sounds like published", head + h1 + prose + prose + `<p>Q&amp;A with Kate Giuliani of the Republic of Boats, 9 May 2023</p><p>Ferries</p>` + foot, "", "", ""},
		{"hidden with the headline until a script shows both", head + `</head><body><article style="display:none"><h1>Northern basin closed</h1><div class="date">9 May 2023</div>` + prose + foot,
			"2023-05-09", "", "date/shown"},
		{"in the header of the article above the headline", head + `</head><body><main><header><div>9 May 2023</div><h1>Northern basin closed</h1></header>` + prose + `</main></body></html>`,
			"2023-05-09", "", "date/shown"},
		{"in a paragraph of the text", head + h1 + `<p>Posted on the association's community forum of boat builders on 2025-07-09:</p>` + prose + foot, "", "", ""},
		{"a promise above the headline does not count as text", head + `</head><body><main><p>Our reviewers test and recommend boats on their own, and we may be paid for what you buy through links on this site.</p><h1>Northern basin closed</h1>` +
			`<p>The basin is closed, and it will be for longer than the harbour master had hoped for at noon, said she.</p><div>By Kate Giuliani 9 May 2023 | 6 comments</div>` + prose + `</main></body></html>`,
			"2023-05-09", "", "date/shown"},
		{"a meta by its name", head + `<meta name="w-published-date" content="2025-05-27T06:03:43Z">` + h1 + prose + foot,
			"2025-05-27T06:03:43Z", "", "meta:w-published-date"},
		{"a web page that nobody wrote", head + `<script type="application/ld+json">{"@type":"WebPage","name":"Northern basin","datePublished":"2024-01-02T16:21:02Z"}</script>` + h1 + prose + foot, "", "", ""},
		{"a web page that somebody wrote", head + `<script type="application/ld+json">{"@type":"WebPage","name":"Northern basin","datePublished":"2024-01-02T16:21:02Z"}</script>` + h1 + `<p>By Kate Giuliani</p>` + prose + foot,
			"2024-01-02T16:21:02Z", "", "jsonld:datePublished"},
		{"dates of cards are not the article's", head + h1 + prose + `<h2>Ferries</h2><p>2 May 2023</p><h2>Markets</h2><p>3 May 2023</p>` + foot, "", "", ""},
		{"today in the head of the site", head + `</head><body><header><div>25 November 2026</div></header><main><h1>Northern basin closed</h1>` + prose + `</main></body></html>`, "", "", ""},
		{"the year of the copyright", head + h1 + prose + `</article><footer>© 2026 Harbour Post, 1 January 2026</footer></body></html>`, "", "", ""},
	} {
		a := extract.Article([]byte(c.page), "https://harbourpost.example/northern-basin")
		if string(a.Published) != c.published || string(a.Modified) != c.modified || a.Evidence["published"] != c.from {
			t.Errorf("%s: published %q (%s), modified %q, want %q (%s), %q", c.name, a.Published, a.Evidence["published"], a.Modified, c.published, c.from, c.modified)
		}
	}
}

func TestDayOrder(t *testing.T) {
	const foot = `</article></body></html>`
	for _, c := range []struct{ name, lang, address, lines, more, published string }{
		{"nothing tells", "en", "", `<p class="date">03/04/2022</p>`, ``, ""},
		{"the country of the language", "en-GB", "", `<p class="date">03/04/2022</p>`, ``, "2022-04-03"},
		{"the language", "fr", "", `<p class="date">03/04/2022</p>`, ``, "2022-04-03"},
		{"the country of the language, month first", "en-US", "", `<p class="date">03/04/2022</p>`, ``, "2022-03-04"},
		{"another date, day first", "en", "", `<p class="date">03/04/2022</p>`, `<aside><p>Ferries 25/04/2022</p></aside>`, "2022-04-03"},
		{"another date, month first", "en", "", `<p class="date">03/04/2022</p>`, `<aside><p>Ferries 04/25/2022</p></aside>`, "2022-03-04"},
		{"other dates of both orders", "en", "", `<p class="date">03/04/2022</p>`, `<aside><p>Ferries 04/25/2022</p><p>Markets 26/04/2022</p></aside>`, ""},
		{"the same day in a card", "en", "", `<p class="date">03-04-2022</p>`, `<aside><time datetime="2022-04-03">3 April</time></aside>`, "2022-04-03"},
		{"the address", "en", "https://harbourpost.example/2022/april/03/basin", `<p class="date">03/04/2022</p>`, ``, "2022-04-03"},
		{"the country of the address", "en", "https://harbourpost.co.uk/basin", `<p class="date">03/04/2022</p>`, ``, "2022-04-03"},
		{"a public office of the United States", "en", "https://harbour.gov/basin", `<p class="date">03/04/2022</p>`, ``, "2022-03-04"},
	} {
		if c.address == "" {
			c.address = "https://harbourpost.example/basin"
		}
		page := `<html lang="` + c.lang + `"><head><title>Northern basin closed</title></head><body><article><h1>Northern basin closed</h1>` + c.lines + prose + foot + c.more
		if got := string(extract.Article([]byte(page), c.address).Published); got != c.published {
			t.Errorf("%s: published %q, want %q", c.name, got, c.published)
		}
	}
}

func TestAddressDate(t *testing.T) {
	const page = `<html lang="en"><head><title>Northern basin closed</title></head><body><article><h1>Northern basin closed</h1>` + prose + `</article></body></html>`
	for _, c := range []struct{ path, published string }{
		{"2022/02/10/basin", "2022-02-10"}, {"world/2022/2/10/basin", "2022-02-10"}, {"2022-02-10-basin", "2022-02-10"}, {"2022/feb/10/basin", "2022-02-10"},
		{"2022/february/10/basin.html", "2022-02-10"}, {"2022-02/10/c_1128.htm", "2022-02-10"}, {"n1/2022/0210/c1001.html", "2022-02-10"}, {"20220210/basin", "2022-02-10"},
		{"2022/02/31/basin", ""}, {"2022/02/basin", ""}, {"2022/0210123/basin", ""}, {"20220210123/basin", ""}, {"id/20229910/basin", ""}, {"1022/02/10/basin", ""},
		{"2022/02/101/basin", ""}, {"basin?from=/2022/02/10/", ""},
	} {
		if got := string(extract.Article([]byte(page), "https://harbourpost.example/"+c.path).Published); got != c.published {
			t.Errorf("%s: published %q, want %q", c.path, got, c.published)
		}
	}
}
