package extract

import (
	"fmt"
	"slices"
	"strings"

	"dateline"
	"dateline/extract/date"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// headlines chooses among what a page gives as its headline.
type headlines struct {
	*siteNames
	parts []string  // the parts of the heading that is looked at: see headingParts
	room  [4]string // memory of parts, enough for most headings
	why   *trace    // nil if nobody asks for an explanation
}

// A headlinePlace is where a page states its headline. Its weights were not fitted to
// labelled pages but chosen by reasoning: places that are written for the article alone
// count more.
type headlinePlace struct {
	place[string]
	trust float64 // what the place itself counts; each place that states the same counts 4 more
	seal  float64 // what is added to the agreement of a heading that says exactly the same: see agreement
}

// headlinePlaces are where a page states its headline, the first of equals first.
var headlinePlaces = func() (all []headlinePlace) {
	all = []headlinePlace{
		{jsonLD("headline"), 4, 0.2},
		{microdata("headline"), 4, 0.2},
		{meta("og:title"), 3, 0.3},
		{place: meta("twitter:title")},
	}
	for _, at := range metas("dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "article:title", "cxenseparse:recs:title") {
		all = append(all, headlinePlace{place: at})
	}
	return append(all, headlinePlace{place: titleOfPage}, headlinePlace{place: jsonLD("name")})
}()

// titleOfPage is the <title> element.
var titleOfPage = place[string]{"page:title", func(p *page.Page) string { return p.Title }}

// ofNews are the places that count on a page whose JSON-LD describes a news article: see
// newsHeadline. A page that states nothing in the first of them is read like any other.
var ofNews = [...]string{jsonLD("headline").name, meta("og:title").name}

// A headingWay is a way of finding the headline in a heading that the page shows.
type headingWay struct {
	Way
	headings func(*page.Page) []dom.ID
	// least returns the agreement with what is stated that a heading needs; found says
	// that an earlier heading had enough.
	least func(p *headlines, stated []statedHeadline, found bool) float64
}

// headingWays are all tried, in order. The heading that agrees best with what the page
// states is chosen, the first of equals.
var headingWays = [...]headingWay{
	{Way{"page:h1", "headline: the heading of the first rank that shares most words with what the page states"}, firstRank, (*headlines).leastOfH1},
	{Way{"page:h2", "headline: a heading of the second rank that says what the page states, exactly so beside one of the first rank"}, secondRank, (*headlines).leastOfH2},
}

// shownH1 is the name of the way by which a heading of the first rank is found.
var shownH1 = headingWays[0].Name

func firstRank(p *page.Page) []dom.ID  { return p.H1s[:min(len(p.H1s), mostH1s)] }
func secondRank(p *page.Page) []dom.ID { return p.H2s }

// leastOfH1 returns the agreement that a heading of the first rank needs. It is higher if
// there are many of them. It is 0 if there is only one, of several words, and nothing but
// the <title> is stated, since that may be the same on all pages of the site.
func (p *headlines) leastOfH1(stated []statedHeadline, _ bool) float64 {
	switch {
	case len(p.H1s) == 1 && len(stated) == 1 && stated[0].from == titleOfPage.name && strings.Contains(p.headingText(p.H1s[0]), " "):
		return 0
	case len(p.H1s) > manyH1s:
		return agreesOfMany
	}
	return agreesH1
}

// leastOfH2 returns the agreement that a heading of the second rank needs: if a heading
// of the first rank was found, it must say exactly what is stated.
func (p *headlines) leastOfH2(_ []statedHeadline, found bool) float64 {
	if found {
		return agreesExactly
	}
	return agreesH2
}

// A statedHeadline is what a page gives as its headline.
type statedHeadline struct {
	claim
	*headlinePlace
}

// headline returns the headline of a page, without the site's name and the kicker (the
// words that some pages print above or before the headline). On a page whose JSON-LD
// describes a news article it is the one that most sources give: see newsHeadline. On
// others it is the printed one if that shares words with what the page states, else the
// stated one that most places agree on. The claim is zero if there is none.
func headline(names *siteNames, l *page.Layout, why *trace) claim {
	p := &headlines{siteNames: names, why: why}
	p.parts = p.room[:0]
	claims := p.statedHeadlines()
	if c, ok := p.newsHeadline(claims); ok {
		return withColon(c, claims)
	}
	best, at := 0.0, -1
	keys := make([]string, len(claims))
	for i, c := range claims {
		keys[i] = text.Key(c.value)
	}
	for i, c := range claims {
		score := c.trust
		for _, k := range keys {
			score += alike(keys[i], k)
		}
		why.scored("headline", c.claim, score, "")
		if score > best {
			best, at = score, i
		}
	}
	if h := withColon(p.printedHeadline(claims, keys), claims); h.value != "" {
		return h
	}
	if h := p.lineOfTitle(l, claims); h.value != "" {
		return h
	}
	if at >= 0 {
		return claims[at].claim
	}
	return claim{}
}

// titleLine is the way of finding a headline that stands in no heading.
var titleLine = Way{"headline/line-of-title", "headline: the longest line of the page that is a part of its title, where nothing but the title is stated"}

// lineOfTitle returns the longest line of the page that is a part of its <title>, if
// nothing but the title is stated. Such a title often goes on with a slogan, a number or
// the name of the site.
func (p *headlines) lineOfTitle(l *page.Layout, stated []statedHeadline) (best claim) {
	if len(stated) != 1 || stated[0].from != titleOfPage.name {
		return best
	}
	const least, most = 12, 300 // bytes
	title := text.Key(p.Title)
	for i := range l.Blocks {
		b := &l.Blocks[i]
		if b.Size < least || b.Size > most || len(b.Text) <= len(best.value) || b.Roles&(page.InNav|page.InRelated|page.InComment|page.Hidden|page.InFooter) != 0 || b.Link*2 > b.Size {
			continue
		}
		if k := text.Key(b.Text); len(k) > least && strings.Contains(title, k) && !p.isSite(b.Text) {
			best = claim{text.Line(b.Text), titleLine.Name}
		}
	}
	return best
}

// withColon returns the stated form of a headline that has a colon, such as "Ferry
// strike: No boats today", if there is one with the same words; else h. A heading often
// has no colon, or a dash, since the kicker, "Ferry strike", has a box of its own.
func withColon(h claim, stated []statedHeadline) claim {
	if h.value == "" || strings.Contains(h.value, ":") {
		return h
	}
	for _, c := range stated {
		if strings.Contains(c.value, ":") && text.Key(c.value) == text.Key(h.value) {
			return c.claim
		}
	}
	return h
}

// newsHeadline returns the headline of a page whose JSON-LD describes a news article.
// There are three candidates: the headline of the JSON-LD, that of og:title, and the
// first heading of the page. Each of them, and each heading of the second rank, is a vote
// for the candidates with the same words. The most votes win; of equals, the first
// candidate. ok is false for other pages, and for one whose JSON-LD has no headline.
func (p *headlines) newsHeadline(stated []statedHeadline) (best claim, ok bool) {
	if p.News.NewsRank() < page.RankNews {
		return best, false
	}
	var all []claim
	for _, from := range ofNews {
		if i := slices.IndexFunc(stated, func(c statedHeadline) bool { return c.from == from }); i >= 0 {
			all = append(all, stated[i].claim)
		}
	}
	if len(all) == 0 || all[0].from != ofNews[0] {
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
	for _, h := range p.H2s {
		if p.OwnRoles[h]&(page.Hidden|page.InNav) == 0 && !p.isCrumb(h) {
			vote(text.Key(p.headingText(h)))
			for _, part := range p.headingParts(h) {
				vote(text.Key(part))
			}
		}
	}
	for i := range all {
		p.why.scored("headline", all[i], votes[i], given(votes[i]))
	}
	return all[slices.Index(votes, slices.Max(votes))], true
}

// given says for an explanation how often a page gives a headline.
func given(votes float64) string {
	if votes < 2 {
		return "the page gives it once"
	}
	return fmt.Sprintf("the page gives it %d times, in what it states and in its headings", int(votes))
}

// leastCut is how many bytes a headline has at least that was cut off for its length. In
// shorter ones the dots at the end are their authors' own.
const leastCut = 20

// untruncated returns the whole headline from another source if cut is one that was cut
// off with dots; ok is false if it was not, or no source has it whole.
func (p *headlines) untruncated(cut claim, stated []statedHeadline) (whole claim, ok bool) {
	head := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(cut.value, "…"), "..."), " ")
	if head == cut.value || len(head) < leastCut {
		return claim{}, false
	}
	k := text.Key(head)
	goesOn := func(c claim) bool {
		n := text.Key(c.value)
		return len(n) > len(k) && strings.HasPrefix(n, k) && !strings.HasSuffix(c.value, "…") && !strings.HasSuffix(c.value, "...")
	}
	if h := p.firstHeading(); goesOn(h) {
		return h, true
	}
	for i := range stated {
		if goesOn(stated[i].claim) {
			return stated[i].claim, true
		}
	}
	return claim{}, false
}

// firstHeading returns the first <h1> that is not hidden, is no part of a menu and is not
// the name of the site; the claim is zero if there is none.
func (p *headlines) firstHeading() claim {
	for _, h := range firstRank(p.Page) {
		if p.OwnRoles[h]&(page.Hidden|page.InNav) != 0 || p.isCrumb(h) || p.leadsHome(h) {
			continue
		}
		if v := p.withoutSite(p.headingText(h)); v != "" && !p.isSite(v) && len(v) < longHeading {
			return claim{v, shownH1}
		}
	}
	return claim{}
}

// statedHeadlines returns what the page's metadata gives as its headline, in the order of
// headlinePlaces.
func (p *headlines) statedHeadlines() (claims []statedHeadline) {
	for i := range headlinePlaces {
		at := &headlinePlaces[i]
		v := p.withoutSite(text.Line(unmarked(at.find(p.Page))))
		if at.name == titleOfPage.name {
			v = p.withoutSite(withoutPage(v))
		}
		if head, tail, ok := strings.Cut(v, " | "); ok && len(tail) < min(len(head), 40) {
			v = strings.TrimSpace(head)
		}
		switch {
		case v == "":
		case len(v) >= longHeadline:
			p.why.ranked("headline", claim{v, at.name}, 0, "it is too long for a headline")
		case p.isSite(v):
			p.why.ranked("headline", claim{v, at.name}, 0, "it is the name of the site")
		default:
			if claims == nil {
				claims = make([]statedHeadline, 0, 6) // most pages state no more
			}
			claims = append(claims, statedHeadline{claim{v, at.name}, at})
		}
	}
	return claims
}

// pageWords are the words before the number of a page in a title.
var pageWords = words.NewSet("page-word")

// withoutPage returns a title without the number of notices before it, "(3) ", and without
// the number of the page behind it, " - Page 2 of 3".
func withoutPage(s string) string {
	if rest, ok := strings.CutPrefix(s, "("); ok {
		if n, title, ok := strings.Cut(rest, ") "); ok && n != "" && strings.Trim(n, "0123456789+") == "" && len(n) < len("1000") {
			s = title
		}
	}
	for _, sep := range titleSeps {
		i := strings.LastIndex(s, sep)
		if i <= 0 {
			continue
		}
		w, number, ok := strings.Cut(s[i+len(sep):], " ")
		if ok && pageWords.Has(text.Lower(w)) && number != "" && text.Digits(number[:1]) == 1 && text.Letters(number) <= len("von") {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// How many bytes a headline does not reach: a stated one, and a printed one.
const (
	longHeadline = 1000
	longHeading  = 500
)

// How well a heading must agree with what the page states to be its headline: see
// agreement. The numbers were chosen by reasoning, not fitted to labelled pages.
const (
	agreesH1      = 0.15 // half the words of a headline are often rewritten for search engines
	agreesOfMany  = 0.5  // of more than manyH1s, which are the headings of a page's parts
	agreesH2      = 0.6
	agreesExactly = 1.1 // no share of words is more than 1: it says exactly what is stated

	crumbLoss = 0.2  // subtracted for a heading that is the last part of a breadcrumb
	partLoss  = 0.01 // subtracted for a part of a heading, so that the whole wins unless a part agrees better
	manyH1s   = 4    // headings of the first rank: more are headings of the parts of a page
	mostH1s   = 20   // headings of the first rank that are looked at: more are a list
)

// printedHeadline returns the heading that is the page's headline: the <h1> that agrees
// best with what is stated. An <h2> takes its place if it says exactly what is stated and
// the <h1> does not, or is only the end of a breadcrumb. keys are the stated headlines as
// text.Key makes them. The claim is zero if no heading agrees well enough.
func (p *headlines) printedHeadline(stated []statedHeadline, keys []string) claim {
	var best claim
	bestScore, crumb := -1.0, false
	consider := func(n dom.ID, from string, least float64) {
		if p.OwnRoles[n]&(page.Hidden|page.InNav) != 0 || p.leadsHome(n) {
			return
		}
		whole := p.headingText(n)
		if len(whole) > longHeading {
			return
		}
		try := func(v string, minus float64) {
			v = strings.TrimSpace(p.withoutSite(v))
			if v == "" || isDate(v) || least == agreesExactly && !slices.Contains(keys, text.Key(v)) || p.isSite(v) {
				return
			}
			score := agreement(v, stated, keys) - minus
			if crumb {
				score -= crumbLoss
			}
			remark := "a heading, by the share of its words in what the page states"
			if score < least {
				remark = "a heading that shares too few words with what the page states"
			}
			p.why.scored("headline", claim{v, from}, score, remark)
			if score >= least && score > bestScore {
				best, bestScore = claim{v, from}, score
			}
		}
		try(whole, 0)
		for _, part := range p.headingParts(n) {
			try(part, partLoss)
		}
	}
	for i := range headingWays {
		way := &headingWays[i]
		for _, h := range way.headings(p.Page) {
			crumb = i == 0 && p.isCrumb(h)
			consider(h, way.Name, way.least(p, stated, bestScore > 0))
		}
	}
	return best
}

// isDate reports whether a heading is nothing but a date, as blogs have them above what they
// wrote on a day.
func isDate(s string) bool {
	const longest, fewest = 40, 5 // bytes; digits of a day with its year
	if len(s) > longest || text.Digits(s) < fewest {
		return false
	}
	whole := false
	date.Each(s, "", func(d dateline.Date, start, end int) bool {
		before := strings.Trim(s[:start], " ,.")
		whole = len(d) >= len("2026-05-12") && (before == "" || date.IsDay(before)) && text.Letters(s[end:]) == 0
		return false
	})
	return whole
}

// leadsHome reports whether a heading is a link to the first page of the site, as the
// name of the site is.
func (p *headlines) leadsHome(n dom.ID) bool {
	for c := n + 1; c < p.Tree.End(n) && c < n+8; c++ {
		if p.Tree.Tag(c) == dom.A {
			if p.Site == "" {
				href := p.Tree.Attr(c, dom.Href)
				return href == "/" || href == "./"
			}
			if p.Size[p.Tree.End(c)]-p.Size[c] != p.Size[p.Tree.End(n)]-p.Size[n] {
				return false
			}
			_, path, ok := strings.Cut(link.Resolve(p.Base, p.Tree.Attr(c, dom.Href)), "//")
			host, path, _ := strings.Cut(path, "/")
			return ok && path == "" && p.OwnSite(text.Join("https://", host, "/"))
		}
	}
	return false
}

// isCrumb reports whether a heading stands in a menu or a list: then it is most likely
// the last part of a breadcrumb, the path of links from the site's first page.
func (p *headlines) isCrumb(n dom.ID) bool {
	for range 4 {
		if p.OwnRoles[n]&page.InNav != 0 || p.Tree.Tag(n) == dom.Li {
			return true
		}
		if n = p.Tree.Parent(n); n == 0 {
			return false
		}
	}
	return false
}

// agreement returns how well a printed heading agrees with what is stated: the share of
// words that it has in common with the most similar stated headline, or 1 plus the seals
// of all places that state the very same. It is 1 if nothing is stated.
func agreement(v string, stated []statedHeadline, keys []string) float64 {
	if len(stated) == 0 {
		return 1
	}
	best, same := 0.0, 0.0
	k := text.Key(v)
	for i, c := range stated {
		switch {
		case k == keys[i]:
			best = 1
			same += c.seal
		case i == 0 || c.value != stated[i-1].value: // the same words were compared just now
			best = max(best, text.Overlap(v, c.value))
		}
	}
	return best + same
}

// headingText returns the text of a heading. If the heading holds paragraphs, since its
// end tag is missing, or is very long, it is what stands before the first element in it
// that is not inline.
func (p *headlines) headingText(n dom.ID) string {
	t := p.Tree
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
	if !open && p.Size[t.End(n)]-p.Size[n] < 2000 {
		return strings.TrimRight(page.Text(t, n), anchorMarks)
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

// anchorMarks are the characters of the link that many pages put behind a heading, to
// that heading itself.
const anchorMarks = " ¶§🔗"

const (
	usualHeading = 256 // bytes: most headings have fewer
	shortPart    = 15  // bytes: a part of a heading that is no longer is a label, not a headline
)

// headingParts returns the parts of a heading of which one may be the headline: the text
// of each element in it, the text outside of elements, and all of it without the elements
// named as a section or tags, such as the kicker. The slice is reused by the next call.
func (p *headlines) headingParts(n dom.ID) []string {
	t := p.Tree
	for t.First(n) != 0 && t.Next(t.First(n)) == 0 && t.Tag(t.First(n)) != dom.Text {
		n = t.First(n)
	}
	p.parts = p.parts[:0]
	rest := text.Compose(usualHeading, func(b *strings.Builder) {
		start := b.Len()
		for c := t.First(n); c != 0; c = t.Next(c) {
			s := page.Text(t, c)
			if s == "" || p.OwnRoles[c]&page.Hidden != 0 {
				continue
			}
			if p.OwnRoles[c]&(page.InSection|page.InTags) == 0 {
				if b.Len() > start {
					b.WriteByte(' ')
				}
				b.WriteString(s)
			}
			if t.Tag(c) != dom.Text && len(s) > shortPart {
				p.parts = append(p.parts, s)
			}
		}
	})
	if bare := p.bareText(n); bare != "" {
		p.parts = append(p.parts, bare)
	}
	if rest != "" {
		p.parts = append(p.parts, text.Line(rest))
	}
	return p.parts
}

// bareText returns the text of a heading without that of the elements in it, such as
// marks, counts and links. It is "" if there are no elements.
func (p *headlines) bareText(n dom.ID) string {
	t := p.Tree
	elements := false
	s := text.Compose(usualHeading, func(b *strings.Builder) {
		for c := t.First(n); c != 0; c = t.Next(c) {
			if t.Tag(c) == dom.Text {
				b.WriteString(t.Nodes[c].Text)
			} else {
				elements = true
			}
		}
	})
	if !elements {
		return ""
	}
	return text.Line(s)
}

// alike returns how much two forms of a headline, as text.Key makes them, agree: 4 if
// they are the same, 1 if one begins with the other, else 0.
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
