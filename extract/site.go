package extract

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/byline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// siteNames are the names that a page gives to its site, and that of its publisher. They
// are cut off titles, and do not count as bylines beside persons, or as tags.
type siteNames struct {
	*page.Page
	publisher string
	keys      []string // as text.Key makes them; nil until needed
}

// siteKeys returns the names that the page gives to its site, as text.Key makes them.
func (p *siteNames) siteKeys() []string {
	if p.keys != nil {
		return p.keys
	}
	p.keys = make([]string, 0, 8)
	add := func(name string) {
		if k := text.Key(name); k != "" {
			p.keys = append(p.keys, k)
		}
	}
	for _, name := range [...]string{p.Meta("og:site_name"), p.publisher, p.Meta("application-name"), p.Meta("apple-mobile-web-app-title"),
		strings.TrimPrefix(p.Meta("twitter:site"), "@")} {
		add(name)
	}
	for _, t := range p.Things {
		if t.Is("WebSite") || t.Is("NewsMediaOrganization") {
			add(t.Text("name"))
			add(t.Text("alternateName"))
		}
	}
	if len(p.keys) == 0 {
		add(p.nameInTitle())
	}
	return p.keys
}

// nameInTitle returns the text of the link to the first page of the site, or what stands for
// the picture in it, if the title of the page ends with it: pages that state no name of
// their site print one so. It is "" if there is none.
func (p *siteNames) nameInTitle() string {
	const longest, shortest = 40, 3 // bytes of a name
	t, title := p.Tree, text.Key(p.Title)
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if t.Tag(n) != dom.A || p.Size[t.End(n)]-p.Size[n] > longest || !isHome(p.Page, t.Attr(n, dom.Href)) {
			continue
		}
		name := page.Text(t, n)
		for c := n + 1; c < t.End(n) && name == ""; c++ {
			name = strings.TrimSpace(t.Attr(c, dom.Alt))
		}
		k := text.Key(name)
		if len(k) >= shortest && len(name) <= longest && len(k) < len(title) && strings.HasSuffix(title, k) {
			return name
		}
	}
	return ""
}

// isHome reports whether an address in a link is that of the first page of the page's
// site.
func isHome(p *page.Page, href string) bool {
	if href == "/" || href == "./" {
		return true
	}
	scheme, rest, ok := strings.Cut(href, "//")
	if !ok || scheme != "" && scheme != "http:" && scheme != "https:" || strings.ContainsAny(rest, "?#") || strings.Contains(strings.TrimSuffix(rest, "/"), "/") {
		return false
	}
	return p.Site != "" && p.OwnSite(link.Resolve(p.Base, href))
}

// isSite reports whether s is a name of the site, or one that is hardly longer or shorter.
func (p *siteNames) isSite(s string) bool {
	k := text.Key(s)
	if k == "" || utf8.RuneCountInString(s) > 60 {
		return false
	}
	if p.isSiteExactly(s) || k == "www"+text.Key(p.Site) {
		return true
	}
	for _, n := range p.siteKeys() {
		if k == n || len(n) > 5 && (strings.Contains(k, n) && len(k) < len(n)+14 || strings.Contains(n, k) && len(k) > 4) {
			return true
		}
	}
	return false
}

// isSiteExactly reports whether s is the site's domain, or its name without
// the public suffix, with or without "The".
func (p *siteNames) isSiteExactly(s string) bool {
	k := text.Key(s)
	site, _, _ := strings.Cut(p.Site, ".")
	return k != "" && (k == text.Key(p.Site) || withoutArticle(k) == withoutArticle(text.Key(site)))
}

// siteArticles may open the name of a site and be missing in its domain: "The".
var siteArticles = words.NewList("site-article")

// withoutArticle returns the key of a site's name without the article that opens it.
func withoutArticle(key string) string {
	for _, a := range siteArticles.All() {
		if rest, ok := strings.CutPrefix(key, a); ok {
			return rest
		}
	}
	return key
}

// isSiteName reports whether a tag is the very name of the site.
func (p *siteNames) isSiteName(t string) bool {
	return slices.Contains(p.siteKeys(), text.Key(t))
}

// cutSite cuts the site's name, or a section, off the end or the beginning of a title,
// once.
func (p *siteNames) cutSite(s string) string {
	if name, rest, ok := strings.Cut(s, ": "); ok && len(rest) > 15 && p.isSiteExactly(name) {
		return strings.TrimSpace(rest)
	}
	if i := strings.LastIndexAny(s, bars); i > 0 {
		bar, size := utf8.DecodeRuneInString(s[i:])
		tail := s[i+size:]
		if p.isSection(tail) && (bar == '|' || bar == '-') || p.isSite(tail) && (bar != '-' || ideographic(tail)) {
			return p.withoutDesk(strings.TrimSpace(s[:i]), tail)
		}
	}
	for _, sep := range titleSeps {
		first := strings.Index(s, sep)
		if first < 0 {
			continue
		}
		if i := strings.LastIndex(s, sep); i > 0 && p.isTail(s, i, len(sep)) || i > 0 && p.isSite(s[i+len(sep):]) {
			return strings.TrimSpace(s[:i])
		}
		if first > 0 && p.isSite(s[:first]) && len(s)-first > 15 {
			return strings.TrimSpace(s[first+len(sep):])
		}
	}
	return s
}

// withoutDesk cuts the name of a section off a title in an East Asian language, from
// which the name of the site was cut off already: one short word behind a bar.
func (p *siteNames) withoutDesk(s, site string) string {
	i := strings.LastIndexAny(s, "-_｜ㅣ－")
	if i <= 0 || len(s)-i > 24 || !ideographic(site) {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	if tail := s[i+size:]; tail == "" || strings.ContainsAny(tail, " .,'\"?!…") || !ideographic(tail) {
		return s
	}
	return strings.TrimSpace(s[:i])
}

// withoutSite cuts the site's name off a title.
func (p *siteNames) withoutSite(s string) string {
	for range 3 {
		cut := p.cutSite(s)
		if cut == s {
			break
		}
		s = cut
	}
	return s
}

// isSection reports whether s is the name of the article's section, as its metadata
// states it or as a folder in its address is named.
func (p *siteNames) isSection(s string) bool {
	k := text.Key(s)
	if k == "" {
		return false
	}
	for v := range p.News.Get("articleSection").All() {
		if k == text.Key(page.TextOf(v)) {
			return true
		}
	}
	if k == text.Key(p.Meta("article:section")) {
		return true
	}
	for n, path := 0, link.Path(p.Address); n < 4 && path != ""; n++ {
		var part string
		if part, path, _ = strings.Cut(path, "/"); path != "" && len(part) < 30 && k == text.Key(part) {
			return true
		}
	}
	return false
}

// isTail reports whether what follows the separator at byte i of a title, sep bytes long,
// is no part of the headline: an <h1> of the page has exactly the words before it.
func (p *siteNames) isTail(s string, i, sep int) bool {
	if len(s)-i > 60 {
		return false
	}
	k := text.Key(s[:i])
	for _, h := range p.H1s[:min(len(p.H1s), 5)] {
		if p.Size[p.Tree.End(h)]-p.Size[h] < 500 && text.Key(page.Text(p.Tree, h)) == k {
			return true
		}
	}
	return false
}

// noPersons reports whether none of the names is that of a person: all are those of the
// site, of agencies or of something else.
func (p *siteNames) noPersons(names []string) bool {
	for _, n := range names {
		if !p.isSite(n) && byline.Personal(n) && !byline.IsAgency(n) {
			return false
		}
	}
	return true
}

// besideSite leaves the site's own name out of a list that names persons too.
func (p *siteNames) besideSite(names []string) []string {
	if len(names) < 2 || p.noPersons(names) {
		return names
	}
	return slices.DeleteFunc(names, p.isSite)
}

// authorNames returns the single names in what a source gives as authors, each once:
// without markup, addresses, the site's name and words that only fill the field.
func (p *siteNames) authorNames(values []string) (out []string) {
	seen := map[string]bool{}
	for _, v := range lastFirsts(p.listed(values)) {
		for _, n := range p.besideSite(byline.Split(withoutAddress(text.Line(unmarked(v))))) {
			n = p.withoutPublisher(n)
			if k := text.Key(n); k != "" && !seen[k] && !byline.Placeholder(n) {
				seen[k] = true
				out = append(out, n)
			}
		}
		if len(out) > 30 {
			break
		}
	}
	if len(out) == 1 && byline.Software(out[0]) {
		return nil
	}
	return out
}

// lastFirsts turns the names in lists with semicolons round if the family name stands
// first in each of them: "Giuliani, Kate; Menon, Ravi". Other values stay as they are.
func lastFirsts(values []string) []string {
	if !slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, "; ") && strings.Contains(v, ", ") }) {
		return values
	}
	var all []string
	for _, v := range values {
		names := strings.Split(v, ";")
		turned := make([]string, 0, len(names))
		for _, n := range names {
			last, first, ok := strings.Cut(strings.TrimSpace(n), ", ")
			if !ok || !singleNames(last, first) {
				break
			}
			turned = append(turned, first+" "+last)
		}
		if len(turned) == len(names) {
			all = append(all, turned...)
		} else {
			all = append(all, v)
		}
	}
	return all
}

// withoutPublisher returns a person's name without that of the publisher behind it.
func (p *siteNames) withoutPublisher(n string) string {
	if name, ok := strings.CutSuffix(n, " "+p.publisher); ok && p.publisher != "" && strings.Contains(name, " ") && byline.Personal(name) {
		return name
	}
	return n
}

// listed returns values with those that are lists in JSON taken apart.
func (p *siteNames) listed(values []string) (all []string) {
	if !slices.ContainsFunc(values, func(v string) bool { return strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{") }) {
		return values
	}
	for _, v := range values {
		all = append(all, p.ListIn(v)...)
	}
	return all
}

// withoutAddress returns the name in an author that is given with an address: "Kate
// Giuliani <kate@…>", "kate@… (Kate Giuliani)".
func withoutAddress(s string) string {
	if i := strings.IndexByte(s, '<'); i > 0 && strings.HasSuffix(s, ">") {
		return strings.TrimSpace(s[:i])
	}
	address, name, ok := strings.Cut(s, " (")
	if ok && strings.Contains(address, "@") && !strings.Contains(address, " ") && strings.HasSuffix(name, ")") {
		return name[:len(name)-1]
	}
	return s
}

// fullName reports whether a text has the form of a person's first and last name
// and is not the site's.
func (p *siteNames) fullName(s string) bool {
	return byline.Personal(s) && strings.Contains(s, " ") && !text.Capitals(s) && !p.isSite(s) && !byline.Idle(s) && !strings.ContainsAny(s, "&?!")
}

// titleSeps are what stands between a headline and the site's name in a title.
var titleSeps = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", "|", "｜", "ㅣ", " ― ", "－", " ~ ", " : "}

// bars are characters that separate a headline from the site's name or a section in
// titles that have no spaces around them.
const bars = "|-_｜ㅣ：－"

// ideographic reports whether a text begins in a script whose words are often
// set apart by bars alone.
func ideographic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// unmarked returns a value of metadata without the markup that it should not
// have: elements, and entities written twice.
func unmarked(s string) string {
	if strings.Contains(s, "&") && strings.Contains(s, ";") {
		s = html.UnescapeString(s)
	}
	if !strings.Contains(s, "</") && !strings.Contains(s, "<br") {
		return s
	}
	var b strings.Builder
	for s != "" {
		text, rest, _ := strings.Cut(s, "<")
		b.WriteString(text)
		_, s, _ = strings.Cut(rest, ">")
	}
	return b.String()
}
