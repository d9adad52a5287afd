package extract

import (
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/extract/date"
)

// A moment is a date that one source gives.
type moment struct {
	date  dateline.Date
	from  string
	label date.Label
}

// dates sets when the article was published and modified, from what the page
// states of itself and what it shows around its headline. The date of the crawl
// is never among them.
func (p *page) dates() {
	stated := p.statedDates("datePublished", publishedMetas, date.Published)
	changed := p.statedDates("dateModified", modifiedMetas, date.Updated)
	printed := p.printedDates()
	for _, m := range printed {
		if m.label == date.Updated {
			changed = append(changed, m)
		}
	}
	shown := firstShown(printed)
	var foot []moment
	if len(shown) == 0 {
		foot = p.footDates()
		shown = firstShown(foot)
	}
	if m, ok := p.publication(stated, shown, changed); ok {
		p.a.Published = m.date
		p.found("published", m.from)
	}
	for _, m := range foot {
		if m.label == date.Updated {
			changed = append(changed, m)
		}
	}
	if m, ok := settle(changed); ok {
		p.a.Modified = m.date
		p.found("modified", m.from)
	}
}

// publication reconciles the dates of publication that the page states and the
// one that it shows.
//
// Of those stated the one counts that most others share. The one shown makes it
// more exact where they name one day; it goes before it where it is earlier, as
// a stated date is often that of the last version, or where it is later, is not
// that of a change, and something else that is stated shares it. A page that
// gives no such date may have it in its address, and failing that the only date
// that it shows, of the version that it is, has to do.
func (p *page) publication(stated, shown, changed []moment) (moment, bool) {
	if len(stated) == 0 && len(shown) == 0 {
		return p.dateOfLastResort(changed)
	}
	if len(shown) == 0 && p.onlyPage(stated) {
		return moment{}, false
	}
	all := append(stated[:len(stated):len(stated)], shown...)
	best, most := 0, -1
	for i := range max(len(stated), 1) {
		if n := sharers(all, all[i].date); n > most {
			best, most = i, n
		}
	}
	if len(stated) > 0 && len(shown) > 0 {
		switch d := daysBetween(all[best].date, shown[0].date); {
		case d < -1, d > 1 && sharers(changed, shown[0].date) == 0 && sharers(stated, shown[0].date) > 0:
			best = len(stated)
		}
	}
	return exactly(all[best], all), true
}

// onlyPage reports whether the dates are but those of a web page in JSON-LD that
// nobody is said to have written: when it was set up, not published as news.
func (p *page) onlyPage(stated []moment) bool {
	return p.news.newsRank() == newsTypes["WebPage"] && len(p.a.Bylines) == 0 &&
		!slices.ContainsFunc(stated, func(m moment) bool { return !strings.HasPrefix(m.from, "jsonld:") })
}

// dateOfLastResort returns the date that the address gives, or when something
// was made, or the version's.
func (p *page) dateOfLastResort(changed []moment) (moment, bool) {
	if made := append(p.statedDates("uploadDate", nil, date.Published), p.statedDates("dateCreated", nil, date.Published)...); len(made) > 0 {
		return settle(made)
	}
	if d, ok := date.InAddress(p.address); ok {
		return moment{d, "url", date.Plain}, true
	}
	if m, ok := p.shownMonth(); ok {
		return m, true
	}
	for _, m := range changed {
		if strings.HasPrefix(m.from, "page:") {
			m.from = "page:updated"
			return m, true
		}
	}
	return moment{}, false
}

// sharers counts the sources that name a day, or the one beside it since zones
// differ.
func sharers(all []moment, d dateline.Date) (n int) {
	for _, m := range all {
		if diff := daysBetween(d, m.date); diff >= -1 && diff <= 1 {
			n++
		}
	}
	return n
}

// daysBetween returns by how many days b is later than a. Dates that do not
// tell a day are far apart.
func daysBetween(a, b dateline.Date) int {
	const far = 1 << 20
	if len(a) < 10 || len(b) < 10 {
		return far
	}
	x, err1 := time.Parse(time.DateOnly, string(a[:10]))
	y, err2 := time.Parse(time.DateOnly, string(b[:10]))
	if err1 != nil || err2 != nil {
		return far
	}
	return int(y.Sub(x).Hours() / 24)
}

var publishedMetas = []string{"article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
	"parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date", "dc.date", "dc.date.issued",
	"dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "date.created", "article.published", "article_date_original",
	"cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date", "originalpublicationdate", "published_time", "shareaholic:article_published_time",
	"rbpubdate", "ptime", "pub_date", "iso-8601-publish-date", "dcsext.articlefirstpublished", "vr:published_time", "publishtime", "created"}

var modifiedMetas = []string{"article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified", "dc.date.modified", "dcterms.modified",
	"lastmod", "last-modified", "date.modified", "article:updated_time", "shareaholic:article_modified_time", "updated_time", "revised"}

// statedDates returns the dates in the page's metadata.
func (p *page) statedDates(prop string, metas []string, label date.Label) (all []moment) {
	all = make([]moment, 0, 8)
	add := func(v, source, name string) {
		if v == "" {
			return
		}
		if d, ok := date.Parse(v, p.a.Lang); ok && d > "1900" && !strings.HasPrefix(string(d), "1970-01-01") { // what systems write for no date
			all = append(all, moment{d, source + name, label})
		}
	}
	for _, v := range p.news.texts(prop) {
		add(v, "jsonld:", prop)
	}
	for _, v := range p.itemTexts(prop) {
		add(v, "microdata:", prop)
	}
	for _, m := range p.metasOf(metas) {
		add(m.content, "meta:", m.name)
	}
	if len(all) == 0 && len(metas) > 0 {
		for i := range p.metas {
			if name := p.metas[i].name; date.MetaLabel(name) == label {
				add(p.metas[i].content, "meta:", name)
			}
		}
	}
	return all
}

// settle picks the most exact among the dates of several sources that name the
// moment of the first.
func settle(all []moment) (moment, bool) {
	if len(all) == 0 {
		return moment{}, false
	}
	return exactly(all[0], all), true
}

// exactly returns best, or another moment that says the same more exactly: the
// day of a month, the time of a day, the zone of a time.
func exactly(best moment, all []moment) moment {
	for _, m := range all {
		switch b, c := string(best.date), string(m.date); {
		case len(b) < 10 && strings.HasPrefix(c, b), len(b) == 10 && len(c) > 10 && c[:10] == b:
			best = m
		case len(b) > 10 && !best.date.HasZone() && m.date.HasZone() && len(c) > 15 && (c[:16] == b[:16] || sameMinute(b, c)):
			best = m
		}
	}
	return best
}

// sameMinute reports whether two times of one or two days differ by whole
// quarters of an hour: one moment, told in two zones.
func sameMinute(a, b string) bool {
	return a[:8] == b[:8] && a[17:19] == b[17:19] && a[14:16] == b[14:16] && a[17:19] != "00"
}
