package extract

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A dateLineWay is a way of reading the dates in a line. found says that the line has
// dates of the kind that it reads, even if all is empty since they do not count.
type dateLineWay struct {
	Way
	find func(p *dates, l dateLine) (all []moment, found bool)
}

// dateLineWays are the ways of reading the dates in a line, in the order in which they
// are tried: the first that finds any decides.
var dateLineWays = [...]dateLineWay{
	{Way{"date/time-element", "a time element around the headline or under the text"}, (*dates).timesIn},
	{Way{"date/shown", "a date in a line around the headline or under the text"}, (*dates).wordsIn},
}

// A dateLine is a line of the page that may hold dates of the article.
type dateLine struct {
	i      int // the number of its block
	b      *page.Block
	before date.Label // what the line before calls the date in this one
	whole  date.Label // what the line's own words call it
	strict bool       // a date counts only if something says what date of the article it is
}

// Sizes of lines with dates, in bytes of visible text, and in blocks; set by eye as
// those of shown.go are.
const (
	longHeadLine        = 220 // bytes that no line of names and dates at the headline has
	shortLine           = 60  // bytes: a longer block that is part of the text has no date of the article's
	longLabel           = 30  // bytes that no line has which only calls the date in the next one
	besideDate          = 45  // letters that a line with a date may have if nothing calls it one
	besideDateInHeading = 25  // the same for a heading
	mostPassed          = 3   // headings and long paragraphs below the headline, the deck among them: then the text has begun
	inFooter            = 20  // blocks below the text in which a footer is the article's and not the site's
)

// printedDates returns the dates in the lines around the headline.
func (p *dates) printedDates() (all []moment) {
	from, to := p.headRange()
	head := p.head
	hidden := page.Hidden
	if head >= 0 {
		hidden &^= p.Blocks[head].Roles // where the headline itself is hidden, a script shows all of it later
	}
	announced := date.Plain // by the line before
	passed := 0             // headings and long paragraphs below the headline, the deck among them
	for i := from; i < to && passed < mostPassed; i++ {
		b := &p.Blocks[i]
		if i > head && b.Kind == dateline.Heading && b.Tag != dom.H1 && b.Roles&(page.InByline|page.InTime) == 0 || i > head && b.Solid() > shortProse {
			passed++
		}
		out := page.InComment | page.InRelated | page.InNav | hidden | page.InNotice | page.InSignup
		if head >= 0 && i > head && i < head+closeToHead {
			out = page.InComment | page.InRelated | hidden
		}
		if b.Roles&page.InArticle == 0 {
			out |= page.InFooter
			if i < head && p.Blocks[head].Roles&page.InHeader == 0 {
				out |= page.InHeader
			}
		}
		if b.Size > longHeadLine || b.Roles&out != 0 || b.Tag == dom.H1 || b.Size > shortLine && p.body.Keeps(i) {
			announced = date.Plain
			continue
		}
		all = append(all, p.datesIn(i, announced, passed > 1 || i < head && p.inMasthead(i))...)
		announced = announces(b)
	}
	return all
}

// inMasthead reports whether a block above the headline stands beside the link to the
// first page of the site, in one box or above it: the date there is that of the day on
// which the page was called up.
func (p *dates) inMasthead(i int) bool {
	t := p.Tree
	home := func(k int) bool {
		b := &p.Blocks[k]
		if b.Link == 0 || b.Link < b.Size || b.Size > shortLine {
			return false
		}
		for n := b.First; n != 0; n = t.Parent(n) {
			if t.Tag(n) == dom.A {
				return isHome(p.Page, t.Attr(n, dom.Href))
			}
			if n == b.Node {
				break
			}
		}
		for n := b.Node; n < t.End(b.Node); n++ {
			if t.Tag(n) == dom.A {
				return isHome(p.Page, t.Attr(n, dom.Href))
			}
		}
		return false
	}
	for n := p.Blocks[i].Node; n < t.End(p.Blocks[i].Node); n++ {
		if t.Tag(n) == dom.A && isHome(p.Page, t.Attr(n, dom.Href)) {
			return true
		}
	}
	for k := i + 1; k < p.head; k++ {
		if home(k) {
			return true
		}
	}
	return i > 0 && home(i-1) && t.Parent(p.Blocks[i-1].Node) == t.Parent(p.Blocks[i].Node) && !t.Within(p.Blocks[p.head].Node, t.Parent(p.Blocks[i].Node))
}

// shownMonth returns the month that is all of a line near the headline, or in which such
// a line says that the article was published.
func (p *dates) shownMonth() (found moment, ok bool) {
	head := p.head
	for i := max(0, head-2); i < min(len(p.Blocks), head+aboveHead); i++ {
		b := &p.Blocks[i]
		if b.Size > shortLine || b.Kind == dateline.Heading || b.Roles&(page.InComment|page.InRelated|page.InNav|page.Hidden|page.InNotice) != 0 || p.body.Keeps(i) || text.Digits(b.Text) != 4 {
			continue
		}
		label := date.LabelOf(b.Text)
		if label == date.Updated || label == date.Plain && (b.Roles&page.InTime == 0 || text.Letters(b.Text) > 12) {
			continue
		}
		if d, ok := date.Parse(b.Text, p.dateLang()); ok && len(d) == len("2022-02") {
			return moment{date: d, label: label, line: b.Text}, true
		}
	}
	return moment{}, false
}

// footDates returns the dates in the lines below the headline that say what date they
// give, and those in lines right under the body that are nothing but a date. Dates of
// publication count only if all of them name one day, and so do those without a label.
func (p *dates) footDates() (all []moment) {
	announced := date.Plain
	for i := p.head + 1; i < len(p.Blocks); i++ {
		b := &p.Blocks[i]
		out := page.InComment | page.InRelated | page.InNav | page.Hidden | page.InNotice
		if b.Roles&page.InArticle == 0 && (i < p.body.Last || i > p.body.Last+inFooter) {
			out |= page.InFooter
		}
		if b.Size > longLine || b.Roles&out != 0 || b.Size > shortLine && p.body.Keeps(i) || p.inCard(i) {
			announced = date.Plain
			continue
		}
		under := p.isUnderBody(i)
		for _, m := range p.datesIn(i, announced, !under) {
			if m.label != date.Plain || under {
				all = append(all, m)
			}
		}
		announced = announces(b)
	}
	for _, label := range [...]date.Label{date.Plain, date.Published} {
		if !oneDay(all, label) {
			all = slices.DeleteFunc(all, func(m moment) bool { return m.label == label })
		}
	}
	return all
}

// inCard reports whether a block is part of a link that holds other text too. Such a link
// shows another article, with its headline and its date.
func (p *dates) inCard(i int) bool {
	const near = 6 // elements
	b := &p.Blocks[i]
	for up, steps := b.First, 0; up != 0 && steps < near; up, steps = p.Tree.Parent(up), steps+1 {
		if p.Tree.Tag(up) == dom.A {
			return int(p.Size[p.Tree.End(up)]-p.Size[up]) > b.Size
		}
	}
	return false
}

// isUnderBody reports whether a block is a date alone in the line under the body.
func (p *dates) isUnderBody(i int) bool {
	b := &p.Blocks[i]
	if p.body.Last < 0 || i <= p.body.Last || i > p.body.Last+nearHead || b.Roles&page.InFooter != 0 && b.Roles&page.InArticle == 0 || !body.IsDateLine(b, p.lang) || strings.Contains(b.Text, "©") {
		return false
	}
	for k := p.body.Last + 1; k < i; k++ {
		if p.Blocks[k].Kind == dateline.Heading || p.Blocks[k].Roles&(page.InRelated|page.InComment) != 0 {
			return false // the heading of comments, or of other articles
		}
	}
	return true
}

// oneDay reports whether all dates with a label name one day.
func oneDay(all []moment, label date.Label) bool {
	day := dateline.Date("")
	for _, m := range all {
		if m.label != label {
			continue
		}
		if day != "" && m.date[:10] != day {
			return false
		}
		day = m.date[:10]
	}
	return true
}

// announces returns what a line without a date calls the date in the next line, such as
// "Published:"; date.Plain if it says nothing of a date.
func announces(b *page.Block) date.Label {
	if b.Size > longLabel || text.Digits(b.Text) > 0 {
		return date.Plain
	}
	return date.LabelOf(b.Text)
}

// datesIn returns the dates in block i; label is what the line before calls them. If
// strict is true, a date counts only if something says what date of the article it is.
func (p *dates) datesIn(i int, label date.Label, strict bool) []moment {
	b := &p.Blocks[i]
	if text.Digits(b.Text) == 0 && !p.hasMoment(b) || b.Roles&page.InTime == 0 && date.InSentence(b.Text) {
		return nil
	}
	l := dateLine{i, b, label, date.LabelOf(b.Text), strict}
	if max(l.before, l.whole) == date.Plain && p.isOneOfList(b) {
		return nil
	}
	for _, way := range dateLineWays {
		if all, found := way.find(p, l); found {
			for k := range all {
				all[k].from, all[k].line = way.Name, b.Text
			}
			return all
		}
	}
	return nil
}

// hasMoment reports whether an element in a line has a date in an attribute, so that the
// line may print none: "Tuesday".
func (p *dates) hasMoment(b *page.Block) bool {
	const near = 30 // nodes
	for n := b.Node; n < min(p.Tree.End(b.Node), b.Node+near); n++ {
		switch p.Tree.Tag(n) {
		case dom.Time:
			return p.Tree.Attr(n, dom.Datetime) != ""
		case dom.Abbr:
			return p.OwnRoles[n]&page.InTime != 0 || date.LabelOf(p.Tree.Attr(n, dom.Class)) != date.Plain
		}
	}
	return false
}

// mostOfLine is how many dates of a line are read: more are a calendar or a list.
const mostOfLine = 4

// wordsIn returns the dates in the words of a line. If neither a word nor the names on
// the element say what date it is, the line must be hardly more than a date, and not end
// with a colon. Two dates with a dash between them are the period of an event or a study,
// and do not count.
func (p *dates) wordsIn(l dateLine) (all []moment, found bool) {
	b := l.b
	if b.Roles&page.InTime == 0 && l.whole == date.Plain && l.before == date.Plain &&
		(l.strict || b.Size > shortProse || b.Roles&(page.InCaption|page.InFigure) != 0 || text.Letters(b.Text) > besideDate || text.Letters(b.Text) > besideDateInHeading && b.Kind == dateline.Heading || text.EndsWithColon(b.Text)) {
		return nil, false
	}
	last := 0
	words := p.Apart(l.i)
	period := false
	date.Each(words, p.dateLang(), func(d dateline.Date, start, end int) bool {
		period = period || last > 0 && isDash(words[last:start])
		if len(d) >= 10 {
			all = append(all, moment{date: d, label: date.LabelOf(words[last:start])})
		}
		last = end
		return len(all) < mostOfLine
	})
	if period {
		return nil, true
	}
	if len(all) == 1 {
		all[0].label = max(l.whole, l.before)
		if rest := words[last:]; l.whole == date.Updated && text.Digits(rest) > 2 && date.LabelOf(words[:last]) != date.Updated && calledBefore(rest) {
			all[0].label = l.before // the line says it of another date, which has no year
		}
	} else if len(all) > 0 {
		all[0].label = max(all[0].label, l.before)
	}
	return all, len(all) > 0
}

// calledBefore reports whether a text has the word for a change, and digits behind it.
func calledBefore(s string) bool {
	for i := range s {
		if date.LabelOf(s[i:]) != date.Updated {
			return text.Digits(s[i:]) > 2
		}
	}
	return false
}

// isDash reports whether a text is nothing but a dash.
func isDash(s string) bool {
	return slices.Contains([]string{"-", "–", "—"}, strings.TrimSpace(s))
}

// isOneOfList reports whether a block is in an item of a list that has a heading which
// is a link: one of several events or articles.
func (p *dates) isOneOfList(b *page.Block) bool {
	t := p.Tree
	item := p.Within(b.Node, dom.Li)
	if item == 0 {
		return false
	}
	for n := item; n < t.End(item); n++ {
		if t.Tag(n) == dom.A && t.Tag(t.Parent(n)).Heading() {
			return true
		}
	}
	return false
}

// timesIn returns the dates of the <time> elements in a line.
func (p *dates) timesIn(l dateLine) (all []moment, found bool) {
	b := l.b
	t := p.Tree
	last := b.Node
	for n := b.Node; n < t.End(b.Node) && n < b.Node+60 && len(all) < mostOfLine; n++ {
		value := ""
		switch t.Tag(n) {
		case dom.Time:
			value = t.Attr(n, dom.Datetime)
		case dom.Abbr: // of a microformat
			if value = t.Attr(n, dom.TitleKey); p.OwnRoles[n]&page.InTime == 0 && date.LabelOf(t.Attr(n, dom.Class)) == date.Plain {
				continue
			}
		default:
			continue
		}
		d, ok := date.Parse(value, p.dateLang())
		if !ok || len(d) < 10 {
			if d, ok = date.Parse(page.Text(t, n), p.dateLang()); !ok || len(d) < 10 {
				continue
			}
		}
		all = append(all, moment{date: d, label: p.labelBetween(last, n)})
		last = t.End(n)
	}
	if len(all) == 1 {
		all[0].label = max(all[0].label, l.whole, l.before)
	}
	if len(all) > 0 && l.strict && all[0].label == date.Plain {
		return nil, true
	}
	return all, len(all) > 0
}

// labelBetween returns what the text between two nodes, or else the class or property of
// the second one, calls the date in the second one.
func (p *dates) labelBetween(from, to dom.ID) (label date.Label) {
	for n := from; n < to; n++ {
		if p.Tree.Tag(n) == dom.Text {
			label = max(label, date.LabelOf(p.Tree.Nodes[n].Text))
		}
	}
	if label == date.Plain {
		label = date.LabelOf(p.Tree.Attr(to, dom.Class) + " " + p.Tree.Attr(to, dom.Itemprop))
	}
	return label
}

// firstShown returns the date of publication among those shown, and others that name the
// same day; nil if there is none. A date that is called that of publication goes before
// one that is called nothing.
func firstShown(printed []moment) (shown []moment) {
	for _, want := range [...]date.Label{date.Published, date.Plain} {
		for _, m := range printed {
			if m.label == want && (len(shown) == 0 || m.date[:10] == shown[0].date[:10]) {
				shown = append(shown, m)
			}
		}
	}
	return shown
}
