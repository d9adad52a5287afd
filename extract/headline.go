package extract

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// headline sets the headline: as printed, without the site's name and the
// kicker. A news page that states its headline gets what most of its sources
// give. Elsewhere the printed one wins if anything that the page says of itself
// shares its words; else what most sources agree on.
func (p *page) headline() {
	claims := p.statedHeadlines()
	if c, ok := p.newsHeadline(claims); ok {
		c = withColon(c, claims)
		p.a.Headline = c.value
		p.found("headline", c.from)
		return
	}
	best, at := 0.0, -1
	keys := make([]string, len(claims))
	for i, c := range claims {
		keys[i] = text.Key(c.value)
	}
	for i, c := range claims {
		score := 0.0
		for _, k := range keys {
			score += alike(keys[i], k)
		}
		switch c.from {
		case "jsonld:headline", "microdata:headline":
			score += 4
		case "meta:og:title":
			score += 3
		}
		if score > best {
			best, at = score, i
		}
	}
	h := withColon(p.printedHeadline(claims, keys), claims)
	switch {
	case h.value != "":
		p.a.Headline = h.value
		p.found("headline", h.from)
	case at >= 0:
		p.a.Headline = claims[at].value
		p.found("headline", claims[at].from)
	}
}

// withColon returns the form of a headline that has the colon behind the kicker
// if one is stated: where the kicker has a box of its own there is none, and
// some write a dash.
func withColon(h claim, stated []claim) claim {
	if h.value == "" || strings.Contains(h.value, ":") {
		return h
	}
	for _, c := range stated {
		if strings.Contains(c.value, ":") && text.Key(c.value) == text.Key(h.value) {
			return c
		}
	}
	return h
}

// newsHeadline returns the headline of a page whose JSON-LD describes a news
// article: its own there, that for others to show, or the h1, whichever most of
// these and the h2 give; the first if as many give each. Else ok is false.
func (p *page) newsHeadline(stated []claim) (best claim, ok bool) {
	if p.news.newsRank() < newsTypes["NewsArticle"] {
		return best, false
	}
	var all []claim
	for _, from := range [...]string{"jsonld:headline", "meta:og:title"} {
		if i := slices.IndexFunc(stated, func(c claim) bool { return c.from == from }); i >= 0 {
			all = append(all, stated[i])
		}
	}
	if len(all) == 0 || all[0].from != "jsonld:headline" {
		return best, false
	}
	if full, ok := p.untruncated(all[0], stated); ok {
		return full, true
	}
	votes := make([]float64, 3)
	keys := make([]string, 0, 3)
	for _, c := range all {
		keys = append(keys, text.Key(c.value))
	}
	votes[0] = 0.5
	if h := p.firstHeading(); h.value != "" {
		all, keys = append(all, h), append(keys, text.Key(h.value))
	}
	vote := func(k string) {
		if i := slices.Index(keys, k); i >= 0 && k != "" {
			votes[i]++
		}
	}
	for _, k := range keys {
		vote(k)
	}
	for _, h := range p.h2s {
		if p.own[h]&(cueHidden|cueNav) == 0 && !p.isCrumb(h) {
			vote(text.Key(p.headingText(h)))
			for _, part := range p.headingParts(h) {
				vote(text.Key(part))
			}
		}
	}
	return all[slices.Index(votes, slices.Max(votes))], true
}

// untruncated returns the headline that another source gives whole where one
// was cut off with dots.
func (p *page) untruncated(cut claim, stated []claim) (whole claim, ok bool) {
	head := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(cut.value, "…"), "..."), " ")
	if head == cut.value || len(head) < 40 {
		return claim{}, false
	}
	k := text.Key(head)
	for _, c := range append([]claim{p.firstHeading()}, stated...) {
		if n := text.Key(c.value); len(n) > len(k) && strings.HasPrefix(n, k) && !strings.HasSuffix(c.value, "…") && !strings.HasSuffix(c.value, "...") {
			return c, true
		}
	}
	return claim{}, false
}

// firstHeading returns the first h1 that is to be seen and is no part of a menu.
func (p *page) firstHeading() claim {
	for _, h := range p.h1s[:min(len(p.h1s), 20)] {
		if p.own[h]&(cueHidden|cueNav) != 0 || p.isCrumb(h) || p.leadsHome(h) {
			continue
		}
		if v := p.withoutSite(p.headingText(h)); v != "" && !p.isSite(v) && len(v) < 500 {
			return claim{v, "page:h1"}
		}
	}
	return claim{}
}

var titleMetas = []string{"dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "article:title", "cxenseparse:recs:title"}

// statedHeadlines returns what the page's metadata gives as its headline.
func (p *page) statedHeadlines() []claim {
	var claims []claim
	add := func(v, from string) {
		v = p.withoutSite(text.Line(unmarked(v)))
		if head, tail, ok := strings.Cut(v, " | "); ok && len(tail) < min(len(head), 40) {
			v = strings.TrimSpace(head)
		}
		if v != "" && len(v) < 1000 && !p.isSite(v) {
			claims = append(claims, claim{v, from})
		}
	}
	add(p.news.text("headline"), "jsonld:headline")
	add(p.itemText("headline"), "microdata:headline")
	add(p.meta("og:title"), "meta:og:title")
	add(p.meta("twitter:title"), "meta:twitter:title")
	for _, m := range p.metasOf(titleMetas) {
		add(m.content, "meta:"+m.name)
	}
	add(p.title, "page:title")
	add(p.news.text("name"), "jsonld:name")
	return claims
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

// printedHeadline returns the heading that is the page's headline: the h1 that
// shares most words with what is stated. An h2 takes its place where it says
// exactly what is stated and the h1 does not, or is only the end of a breadcrumb.
func (p *page) printedHeadline(stated []claim, keys []string) claim {
	var best claim
	bestScore, crumb := -1.0, false
	consider := func(n dom.ID, from string, least float64) {
		if p.own[n]&(cueHidden|cueNav) != 0 || p.leadsHome(n) {
			return
		}
		whole := p.headingText(n)
		if len(whole) > 500 {
			return
		}
		try := func(v string, minus float64) {
			v = strings.TrimSpace(p.withoutSite(v))
			if v == "" || least > 1 && !slices.Contains(keys, text.Key(v)) || p.isSite(v) { // no share of words is more than 1
				return
			}
			score := agreement(v, stated, keys) - minus
			if crumb {
				score -= 0.2
			}
			if score >= least && score > bestScore {
				best, bestScore = claim{v, from}, score
			}
		}
		try(whole, 0)
		for _, part := range p.headingParts(n) {
			try(part, 0.01) // the whole, unless a part agrees better
		}
	}
	least := 0.15
	if len(p.h1s) > 4 {
		least = 0.5 // they are the headings of its parts
	}
	if len(p.h1s) == 1 && len(stated) == 1 && stated[0].from == "page:title" && strings.Contains(p.headingText(p.h1s[0]), " ") {
		least = 0 // the title may be that of all pages
	}
	for _, h := range p.h1s[:min(len(p.h1s), 20)] {
		crumb = p.isCrumb(h)
		consider(h, "page:h1", least)
	}
	crumb = false
	for _, h := range p.h2s {
		if bestScore <= 0 {
			consider(h, "page:h2", 0.6)
		} else {
			consider(h, "page:h2", 1.1)
		}
	}
	return best
}

// leadsHome reports whether a heading is a link to the root of the site: its name.
func (p *page) leadsHome(n dom.ID) bool {
	for c := n + 1; c < p.t.End(n) && c < n+8; c++ {
		if p.t.Tag(c) == dom.A {
			if p.site == "" || p.size[p.t.End(c)]-p.size[c] != p.size[p.t.End(n)]-p.size[n] {
				return false
			}
			_, path, ok := strings.Cut(link.Resolve(p.base, p.t.Attr(c, dom.Href)), "//")
			host, path, _ := strings.Cut(path, "/")
			return ok && path == "" && p.ownSite(text.Join("https://", host, "/"))
		}
	}
	return false
}

// isCrumb reports whether a heading is only the last part of a path to the page.
func (p *page) isCrumb(n dom.ID) bool {
	for range 4 {
		if p.own[n]&cueNav != 0 || p.t.Tag(n) == dom.Li || strings.Contains(text.Lower(p.t.Attr(n, dom.Class)), "seotitle") {
			return true
		}
		if n = p.t.Parent(n); n == 0 {
			return false
		}
	}
	return false
}

// agreement scores how well a printed heading agrees with what is stated: the
// share of words in common, and more if it is the very same.
func agreement(v string, stated []claim, keys []string) float64 {
	if len(stated) == 0 {
		return 1
	}
	best, same := 0.0, 0.0
	k := text.Key(v)
	for i, c := range stated {
		switch {
		case k == keys[i] && c.from == "meta:og:title":
			same += 0.3
		case k == keys[i] && (c.from == "jsonld:headline" || c.from == "microdata:headline"):
			same += 0.2
		}
		switch {
		case k == keys[i]:
			best = 1
		case i == 0 || c.value != stated[i-1].value: // else it was asked just now
			best = max(best, text.Overlap(v, c.value))
		}
	}
	return best + same
}

// headingText returns the text of a heading; of one that was not closed, and
// holds paragraphs, what stands before the first box in it.
func (p *page) headingText(n dom.ID) string {
	t := p.t
	first, open := dom.ID(0), false
	for c := n + 1; c < t.End(n); c++ {
		switch tag := t.Tag(c); {
		case tag == dom.P || tag == dom.Ul || tag == dom.Article || tag == dom.H2:
			open = true
		case first == 0 && !tag.Inline() && tag != dom.Br:
			first = c
		}
		if open {
			break
		}
	}
	if !open && p.size[t.End(n)]-p.size[n] < 2000 {
		return textOf(t, n)
	}
	var b strings.Builder
	var w text.Spacer
	for c := n + 1; c < t.End(n) && (first == 0 || c < first) && t.Tag(c) != dom.P && b.Len() < 600; c++ {
		if t.Tag(c) == dom.Text {
			w.Write(&b, t.Nodes[c].Text)
		}
	}
	return text.Line(b.String())
}

// headingParts returns the texts of a heading's parts where it has several
// elements: a kicker and the headline. They hold until it is called again.
func (p *page) headingParts(n dom.ID) []string {
	t := p.t
	for t.First(n) != 0 && t.Next(t.First(n)) == 0 && t.Tag(t.First(n)) != dom.Text {
		n = t.First(n)
	}
	p.parts = p.parts[:0]
	rest := ""
	for c := t.First(n); c != 0; c = t.Next(c) {
		s := textOf(t, c)
		if s == "" || p.own[c]&cueHidden != 0 {
			continue
		}
		if p.own[c]&(cueSection|cueTags) == 0 {
			if rest != "" {
				rest += " "
			}
			rest += s
		}
		if t.Tag(c) != dom.Text && len(s) > 15 {
			p.parts = append(p.parts, s)
		}
	}
	if rest != "" {
		p.parts = append(p.parts, text.Line(rest))
	}
	return p.parts
}

// alike scores how much two printings of a headline agree, given what norml
// makes of them.
func alike(x, y string) float64 {
	switch {
	case x == "" || y == "":
		return 0
	case x == y:
		return 4
	case strings.HasPrefix(x, y) || strings.HasPrefix(y, x):
		return 1
	}
	return 0
}

// withoutSite cuts the site's name off a title.
func (p *page) withoutSite(s string) string {
	for range 3 {
		cut := p.cutSite(s)
		if cut == s {
			break
		}
		s = cut
	}
	return s
}

var titleSeps = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", "|", "｜", "ㅣ", " ― ", "－", " ~ ", " : "}

// bars set the site's name and section off a title without spaces.
const bars = "|-_｜ㅣ：－"

// withoutDesk cuts the section off a title whose bar and site's name have been cut
// off: in scripts without spaces, one short word behind a bar.
func (p *page) withoutDesk(s, site string) string {
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

// ideographic reports whether a text begins in a script whose words are often
// set apart by bars alone.
func ideographic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

func (p *page) cutSite(s string) string {
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

// isTail reports whether what follows the separator at i is no part of the
// headline since the page's own title goes on with it and the h1 does not.
func (p *page) isTail(s string, i, sep int) bool {
	if len(s)-i > 60 {
		return false
	}
	k := text.Key(s[:i])
	for _, h := range p.h1s[:min(len(p.h1s), 5)] {
		if p.size[p.t.End(h)]-p.size[h] < 500 && text.Key(textOf(p.t, h)) == k {
			return true
		}
	}
	return false
}

// isSection reports whether s is the site's word for the article's section, also
// in its address.
func (p *page) isSection(s string) bool {
	k := text.Key(s)
	if k == "" {
		return false
	}
	for v := range p.news.Get("articleSection").All() {
		if k == text.Key(ldText(v)) {
			return true
		}
	}
	if k == text.Key(p.meta("article:section")) {
		return true
	}
	for n, path := 0, link.Path(p.address); n < 4 && path != ""; n++ {
		var part string
		if part, path, _ = strings.Cut(path, "/"); path != "" && len(part) < 30 && k == text.Key(part) {
			return true
		}
	}
	return false
}

// isSite reports whether s is a name of the site.
func (p *page) isSite(s string) bool {
	k := text.Key(s)
	if k == "" || utf8.RuneCountInString(s) > 60 {
		return false
	}
	if p.isSiteExactly(s) || k == "www"+text.Key(p.site) {
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
func (p *page) isSiteExactly(s string) bool {
	k := text.Key(s)
	site, _, _ := strings.Cut(p.site, ".")
	return k != "" && (k == text.Key(p.site) || strings.TrimPrefix(k, "the") == strings.TrimPrefix(text.Key(site), "the"))
}

// siteKeys returns what norml makes of the names that the page calls its site.
func (p *page) siteKeys() []string {
	if p.sites != nil {
		return p.sites
	}
	p.sites = make([]string, 0, 8)
	add := func(name string) {
		if k := text.Key(name); k != "" {
			p.sites = append(p.sites, k)
		}
	}
	for _, name := range [...]string{p.meta("og:site_name"), p.a.Publisher.Name, p.meta("application-name"), p.meta("apple-mobile-web-app-title"),
		strings.TrimPrefix(p.meta("twitter:site"), "@")} {
		add(name)
	}
	for _, t := range p.ld {
		if t.is("WebSite") || t.is("NewsMediaOrganization") {
			add(t.text("name"))
			add(t.text("alternateName"))
		}
	}
	return p.sites
}

// dateline sets the place and agency that open the body; they stay in the
// text too.
func (p *page) dateline() {
	for _, b := range p.a.Blocks[:min(len(p.a.Blocks), 3)] {
		if b.Kind == dateline.Heading {
			continue
		}
		if d, ok := byline.Dateline(p.a.Text[b.Start:b.End]); ok {
			p.a.Dateline = d
			p.found("dateline", "page:text")
			return
		}
	}
}
