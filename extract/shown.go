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
// were set by eye on the labelled pages, not fitted to them: what they part lies far apart.
const (
	longParagraph = 150 // bytes outside links: a paragraph of the text, no deck
	shortProse    = 80  // bytes: what is longer, and is no link, is running text
	aboveHead     = 6   // blocks above the headline where a date or a byline may stand
	belowHead     = 40  // blocks below it, if no two long paragraphs end them
	closeToHead   = 4   // blocks below it in which boxes named as menus or notices are looked into, too: site builders name the head of an article so
	nearHead      = 5   // blocks below it: the lines of names and dates of nearly all pages
)

// shown is what a page shows around its headline, where bylines and dates stand.
type shown struct {
	*siteNames
	*page.Layout
	headline string
	head     int    // the block that prints the headline; -1 if none does
	root     dom.ID // the element that holds the body, 0 if there is none
	lang     string // of the text; "" if it is not known
	dayLang  string // in which dates are read; "" until needed: see dateLang
}

// around returns what a layout of a page shows around its headline.
func around(names *siteNames, l *page.Layout, headline string, root dom.ID, lang string) *shown {
	return &shown{siteNames: names, Layout: l, headline: headline, head: body.HeadlineBlock(l.Blocks, headline), root: root, lang: lang}
}

// headRange returns the blocks around the headline: where bylines and dates stand.
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

// dateLang returns the language in which dates of the page are read: its own,
// or for English of no known country one that has the order of day and month
// that the page shows elsewhere. Where nothing tells the order, 03/04/2022 is
// no date.
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

// A dayOrder tells which of two numbers of a date is the day.
type dayOrder uint8

const (
	noOrder dayOrder = iota
	dayFirst
	monthFirst
)

const (
	mostOfDates = 300 // bytes: dates in longer blocks are of the text and may be quoted
	leastDigits = 6   // of a date of three numbers: 3/4/2022
)

// dayOrder returns the order of day and month in the page's dates of three
// numbers: as those tell that can be read in one way only, or as those that are
// dates which the page gives in another form too, or as the country of its
// address writes.
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

// The top-level domains of countries and bodies that write English, by the order that
// they write dates in.
var dayFirstDomains, monthFirstDomains = words.NewSet("day-first-domain"), words.NewSet("month-first-domain")

// knownDays returns days that the page gives beyond doubt: in its metadata, its
// address and the attributes of its <time> elements.
func (p *shown) knownDays() []dateline.Date {
	all := []dateline.Date{""} // not nil
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
	label date.Label // what they call the date
	lists []place[[]string]
	metas []place[string]
}

// publishedPlaces and modifiedPlaces are where a page states when its article was
// published and changed, the first of equals first.
var (
	publishedPlaces = datePlaces{date.Published, []place[[]string]{jsonLDs("datePublished"), microdatas("datePublished"), parselies("pub_date")},
		metas("article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
			"parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date", "dc.date", "dc.date.issued",
			"dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "article.published",
			"cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date", "published_time", "shareaholic:article_published_time", "pub_date", "publishtime", "created")}
	modifiedPlaces = datePlaces{date.Updated, []place[[]string]{jsonLDs("dateModified"), microdatas("dateModified")},
		metas("article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified", "dc.date.modified", "dcterms.modified",
			"lastmod", "last-modified", "article:updated_time", "shareaholic:article_modified_time", "updated_time", "revised")}
	madePlaces = datePlaces{label: date.Published, lists: []place[[]string]{jsonLDs("uploadDate"), microdatas("uploadDate"), jsonLDs("dateCreated"), microdatas("dateCreated")}}
)

// statedDates returns the dates that a page states in some places. Where it has none
// there, <meta> elements count whose names say what date they give.
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
	firstYear = "1900"       // no page of news is older; a date before is of something else
	noDate    = "1970-01-01" // the moment 0 of computers, which systems write for no date
)

// A moment is a date that one source gives.
type moment struct {
	date  dateline.Date
	from  string
	label date.Label
	line  string // of the page that prints it; "" if it is stated elsewhere
}
