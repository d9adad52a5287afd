package extract

import (
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Sizes of what stands around a headline, in bytes of visible text and in blocks. They
// were set by eye on the labelled pages, not fitted to them: the things that they
// distinguish differ much in size.
const (
	longParagraph = 150 // bytes outside links: what has more is a paragraph of the text, not the deck
	shortProse    = 80  // bytes: what is longer, and is no link, is running text
	aboveHead     = 6   // blocks above the headline where a date or a byline may stand
	belowHead     = 40  // blocks below it where they may stand, fewer if two long paragraphs come before
	closeToHead   = 4   // blocks below it in which elements named menus or notices are read too: some sites name the head of an article so
	nearHead      = 5   // blocks below it in which the lines of names and dates stand on nearly all pages
)

// shown is what a page shows around its headline, where bylines and dates stand.
type shown struct {
	*siteNames
	*page.Layout
	headline string
	head     int    // the block that prints the headline; -1 if none does
	root     dom.ID // the element that holds the body, 0 if there is none
	lang     string // the language of the text; "" if it is not known
	dayLang  string // the language in which dates are read; "" until needed: see dateLang
}

// around returns what a layout of a page shows around its headline.
func around(names *siteNames, l *page.Layout, headline string, root dom.ID, lang string) *shown {
	return &shown{siteNames: names, Layout: l, headline: headline, head: body.HeadlineBlock(l.Blocks, headline), root: root, lang: lang}
}

// headRange returns the range of blocks around the headline where bylines and dates
// stand: from <= i < to. If no block prints the headline, it is the range around the
// first block of the body.
func (p *shown) headRange() (from, to int) {
	head := p.head
	if head < 0 {
		for i := range p.Blocks {
			if p.root != 0 && p.Tree.Within(p.Blocks[i].First, p.root) {
				head = i
				break
			}
		}
		head = max(head, 0)
	}
	from, to = max(0, head-aboveHead), head+1
	long := 0
	for ; to < len(p.Blocks) && to < head+belowHead; to++ {
		if p.Blocks[to].Solid() > longParagraph {
			if long++; long > 1 {
				break
			}
		}
	}
	return from, min(to, len(p.Blocks))
}

// dateLang returns the language in which dates of the page are read: that of its text. If
// that is not known, or is English without a country, it is British or American English
// by the order of day and month that the page shows elsewhere. If nothing tells the
// order, 03/04/2022 is read as no date.
func (p *shown) dateLang() string {
	if p.dayLang == "" {
		p.dayLang = p.lang
		if p.lang == "" || p.lang == "en" {
			switch p.dayOrder() {
			case dayFirst:
				p.dayLang = "en-GB"
			case monthFirst:
				p.dayLang = "en-US"
			}
		}
	}
	return p.dayLang
}

// A dayOrder says whether the first or the second number of a date such as 03/04/2022 is
// the day.
type dayOrder uint8

const (
	noOrder dayOrder = iota
	dayFirst
	monthFirst
)

const (
	mostOfDates = 300 // bytes: longer blocks are text, whose dates may be quoted from others
	leastDigits = 6   // digits of the shortest date of three numbers: 3/4/2022
)

// dayOrder returns the order of day and month in the page's dates of three numbers. It is
// told by dates that can be read in one order only, such as 25/12/2022, and by dates that
// the page gives in another form too, which settle it if all agree. Without any, the
// country of the page's address tells it. noOrder says that nothing does.
func (p *shown) dayOrder() dayOrder {
	var votes [3]int
	var known []dateline.Date
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Size > mostOfDates || text.Digits(b.Text) < leastDigits {
			continue
		}
		for s := range date.EachNumbers(b.Text) {
			switch {
			case s.A > 12 && s.B <= 12:
				votes[dayFirst]++
			case s.B > 12 && s.A <= 12:
				votes[monthFirst]++
			case s.A != s.B && s.A <= 12:
				if known == nil {
					known = p.knownDays()
				}
				for _, d := range known {
					switch string(d) {
					case string(date.Of(s.Year, s.B, s.A)):
						votes[dayFirst]++
					case string(date.Of(s.Year, s.A, s.B)):
						votes[monthFirst]++
					}
				}
			}
		}
	}
	switch {
	case votes[dayFirst] > 0 && votes[monthFirst] == 0:
		return dayFirst
	case votes[monthFirst] > 0 && votes[dayFirst] == 0:
		return monthFirst
	case votes[dayFirst] > 0:
		return noOrder
	}
	switch domain := p.Site[strings.LastIndexByte(p.Site, '.')+1:]; {
	case dayFirstDomains.Has(domain):
		return dayFirst
	case monthFirstDomains.Has(domain):
		return monthFirst
	}
	return noOrder
}

// The top-level domains of countries and organizations that write English, by the order
// in which they write day and month.
var dayFirstDomains, monthFirstDomains = words.NewSet("day-first-domain"), words.NewSet("month-first-domain")

// knownDays returns days that the page gives beyond doubt: in its metadata, its
// address and the attributes of its <time> elements.
func (p *shown) knownDays() []dateline.Date {
	all := []dateline.Date{""} // never nil: nil says that it was not asked for yet
	for _, moments := range [...][]moment{statedDates(p.Page, p.lang, &publishedPlaces), statedDates(p.Page, p.lang, &modifiedPlaces)} {
		for _, m := range moments {
			if len(m.date) >= 10 {
				all = append(all, m.date[:10])
			}
		}
	}
	if d, ok := date.InAddress(p.Address); ok {
		all = append(all, d)
	}
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()) && len(all) < 50; n++ {
		if p.Tree.Tag(n) == dom.Time {
			if d, ok := date.Parse(p.Tree.Attr(n, dom.Datetime), ""); ok && len(d) >= 10 {
				all = append(all, d[:10])
			}
		}
	}
	return all
}

// datePlaces are where a page states one kind of date.
type datePlaces struct {
	label date.Label        // what kind of date it is
	lists []place[[]string] // places in structured data, which may have several values
	metas []place[string]   // <meta> elements
}

// publishedPlaces and modifiedPlaces are where a page states when its article was
// published and changed, the first of equals first; madePlaces where it states when
// something on it was created or uploaded, which is asked for last.
var (
	publishedPlaces = datePlaces{date.Published, []place[[]string]{jsonLDs("datePublished"), microdatas("datePublished"), parselies("pub_date")},
		metas("article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
			"parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date", "dc.date", "dc.date.issued",
			"dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "article.published",
			"cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date", "published_time", "shareaholic:article_published_time", "pub_date", "publishtime", "created", "pdate", "article-published", "parsely-pubdate", "dcsext.articlefirstpublished")}
	modifiedPlaces = datePlaces{date.Updated, []place[[]string]{jsonLDs("dateModified"), microdatas("dateModified")},
		metas("article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified", "dc.date.modified", "dcterms.modified",
			"lastmod", "last-modified", "article:updated_time", "shareaholic:article_modified_time", "updated_time", "revised")}
	madePlaces = datePlaces{label: date.Published, lists: []place[[]string]{jsonLDs("uploadDate"), microdatas("uploadDate"), jsonLDs("dateCreated"), microdatas("dateCreated")}}
)

// statedDates returns the dates that a page states in some places. If there are none,
// <meta> elements of other names count if a name says that it gives this kind of date.
func statedDates(p *page.Page, lang string, places *datePlaces) (all []moment) {
	all = make([]moment, 0, 8)
	add := func(v, from string) {
		if d, ok := date.Parse(v, lang); ok && d > firstYear && !strings.HasPrefix(string(d), noDate) {
			all = append(all, moment{date: d, from: from, label: places.label})
		}
	}
	for i := range places.lists {
		for _, v := range places.lists[i].find(p) {
			add(v, places.lists[i].name)
		}
	}
	for i := range places.metas {
		if v := places.metas[i].find(p); v != "" {
			add(v, places.metas[i].name)
		}
	}
	if len(all) == 0 && len(places.metas) > 0 {
		for i := range p.Metas {
			if name := p.Metas[i].Name; date.MetaLabel(name) == places.label {
				add(p.Metas[i].Content, "meta:"+name)
			}
		}
	}
	return all
}

const (
	firstYear = "1900"       // earlier dates are not those of an article
	noDate    = "1970-01-01" // the day of time 0 of Unix, which systems write if they have no date
)

// A moment is a date that one source gives.
type moment struct {
	date  dateline.Date
	from  string     // the evidence
	label date.Label // what the source calls the date
	line  string     // the line of the page that prints it; "" if metadata or the address gives it
}
