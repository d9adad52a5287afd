package extract

import (
	"strings"
	"unicode"

	"dateline"
	"dateline/internal/dom"
)

// A moment is a date that one source gives.
type moment struct {
	date dateline.Date
	from string
}

// dates sets when the article was published and modified. The first source
// decides on the day; a source that names the same time with its zone, or the
// same day with its time, makes it more exact. The date of the crawl is never
// among them.
func (p *page) dates() {
	published := p.statedDates("datePublished", publishedMetas)
	published = append(published, p.printedDates(false)...)
	if len(published) == 0 {
		published = append(p.statedDates("uploadDate", nil), p.statedDates("dateCreated", nil)...)
	}
	if len(published) == 0 {
		if d, ok := addressDate(p.address); ok {
			published = append(published, moment{d, "url"})
		}
	}
	if len(published) == 0 {
		// The page gives one date alone, that of the version it shows.
		for _, m := range p.printedDates(true) {
			published = append(published, moment{m.date, "page:updated"})
		}
	}
	if m, ok := settle(published); ok {
		p.a.Published = m.date
		p.found("published", m.from)
	}
	modified := p.statedDates("dateModified", modifiedMetas)
	modified = append(modified, p.printedDates(true)...)
	if m, ok := settle(modified); ok {
		p.a.Modified = m.date
		p.found("modified", m.from)
	}
}

var publishedMetas = []string{"article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
	"parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date", "dc.date", "dc.date.issued",
	"dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "date.created", "article.published", "article_date_original",
	"cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date", "originalpublicationdate", "published_time", "shareaholic:article_published_time",
	"rbpubdate", "ptime", "pub_date", "iso-8601-publish-date", "dcsext.articlefirstpublished", "vr:published_time", "publishtime", "created"}

var modifiedMetas = []string{"article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified", "dc.date.modified", "dcterms.modified",
	"lastmod", "last-modified", "date.modified", "article:updated_time", "shareaholic:article_modified_time", "updated_time", "revised"}

// statedDates returns the dates in the page's metadata.
func (p *page) statedDates(prop string, metas []string) (all []moment) {
	add := func(v, from string) {
		if d, ok := parseDateIn(v, p.a.Lang); ok && d > "1900" {
			all = append(all, moment{d, from})
		}
	}
	for _, v := range p.news.texts(prop) {
		add(v, "jsonld:"+prop)
	}
	for _, v := range p.itemTexts(prop) {
		add(v, "microdata:"+prop)
	}
	for _, n := range metas {
		add(p.meta(n), "meta:"+n)
	}
	return all
}

// settle picks among the dates of several sources.
func settle(all []moment) (moment, bool) {
	if len(all) == 0 {
		return moment{}, false
	}
	best := all[0]
	for _, m := range all[1:] {
		switch b, c := string(best.date), string(m.date); {
		case len(b) < 10 && strings.HasPrefix(c, b), len(b) == 10 && len(c) > 10 && c[:10] == b:
			best = m
		case len(b) > 10 && !best.date.HasZone() && m.date.HasZone() && len(c) > 15 && (c[:16] == b[:16] || sameMinute(b, c)):
			best = m
		}
	}
	return best, true
}

// sameMinute reports whether two times of one or two days differ by whole
// quarters of an hour: one moment, told in two zones.
func sameMinute(a, b string) bool {
	return a[:8] == b[:8] && a[17:19] == b[17:19] && a[14:16] == b[14:16] && a[17:19] != "00"
}

var updatedWords = []string{"updat", "modif", "aktualis", "zuletzt", "actualiz", "mis à jour", "aggiorn", "atualiz", "bijgewerkt", "gewijzigd", "oppdatert", "opdateret",
	"uppdaterad", "обновл", "оновл", "güncelle", "diperbarui", "更新", "수정", "last edited", "revised", "reviewed", "ultima modifica", "aktualizacja", "stand:"}

var publishedWords = []string{"publi", "veröffentlicht", "erschienen", "posted", "created", "publicado", "publicerad", "опубликован", "yayın", "입력", "配信", "公開"}

// printedDates returns the dates in the lines around the headline; those that
// are called an update if updated, else the others.
func (p *page) printedDates(updated bool) (all []moment) {
	from, to := p.headRange()
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		if b.size > 220 || b.cue&(cueComment|cueRelated|cueNav|cueHidden|cueNotice|cueSignup) != 0 || b.tag == dom.H1 {
			continue
		}
		low := strings.ToLower(b.text)
		hasUpdate, hasPublish := containsAny(low, updatedWords), containsAny(low, publishedWords)
		timed := false
		for n := b.node; n < p.t.End(b.node) && n < b.node+60; n++ {
			if p.t.Tag(n) != dom.Time {
				continue
			}
			if d, ok := parseDateIn(p.t.Attr(n, dom.Datetime), p.a.Lang); ok && hasUpdate == updated {
				all = append(all, moment{d, "page:time"})
				timed = true
			}
			if !updated {
				break
			}
		}
		if timed || hasUpdate != updated && !(hasPublish && !updated) {
			continue
		}
		if b.cue&cueTime == 0 && !hasPublish && !hasUpdate && (b.size > 80 || b.cue&(cueCaption|cueFigure) != 0 || letters(b.text) > 45 || letters(b.text) > 25 && b.kind == dateline.Heading) {
			continue
		}
		if d, ok := parseDateIn(b.text, p.a.Lang); ok && len(d) >= 10 {
			all = append(all, moment{d, "page:date"})
		}
	}
	return all
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// addressDate reads the day in an address: /2022/02/10/ or /2022-02-10-.
func addressDate(address string) (dateline.Date, bool) {
	_, path, _ := strings.Cut(address, "//")
	_, path, _ = strings.Cut(path, "/")
	for i := 0; i+10 <= len(path); i++ {
		s := path[i : i+10]
		if (i == 0 || path[i-1] == '/') && (s[4] == '/' || s[4] == '-') && s[7] == s[4] && (i+10 == len(path) || path[i+10] == '/' || path[i+10] == '-') {
			if d, ok := parseDate(s); ok && len(d) == 10 {
				return d, true
			}
		}
	}
	return "", false
}
