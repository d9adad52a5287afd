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

// The ways of reading a date in a line, in the order in which they are tried.
var (
	timeElement = Way{"date/time-element", "a time element around the headline or under the text"}
	shownDate   = Way{"date/shown", "a date in a line around the headline or under the text"}
)

// printedDates returns the dates in the lines around the headline.
func (p *dates) printedDates() (all []moment) {
	from, to := p.headRange()
	head := p.head
	hidden := page.Hidden
	if head >= 0 {
		hidden &^= p.Blocks[head].Roles // until a script shows all
	}
	announced := date.Plain // by the line before
	passed := 0             // headings and long paragraphs below the headline, the deck among them
	for i := from; i < to && passed < 3; i++ {
		b := &p.Blocks[i]
		if i > head && b.Kind == dateline.Heading && b.Tag != dom.H1 && b.Roles&(page.InByline|page.InTime) == 0 || i > head && b.Solid() > 80 {
			passed++
		}
		out := page.InComment | page.InRelated | page.InNav | hidden | page.InNotice | page.InSignup
		if head >= 0 && i > head && i < head+4 {
			out = page.InComment | page.InRelated | hidden
		}
		if b.Roles&page.InArticle == 0 {
			out |= page.InFooter
			if i < head && p.Blocks[head].Roles&page.InHeader == 0 {
				out |= page.InHeader
			}
		}
		if b.Size > 220 || b.Roles&out != 0 || b.Tag == dom.H1 || b.Size > 60 && p.body.Keeps(i) {
			announced = date.Plain
			continue
		}
		all = append(all, p.datesIn(i, announced, passed > 1)...)
		announced = announces(b)
	}
	return all
}

// shownMonth returns the month that is all of a line close under the headline, or
// that such a line says it was published in.
func (p *dates) shownMonth() (found moment, ok bool) {
	head := p.head
	for i := max(0, head-2); i < min(len(p.Blocks), head+6); i++ {
		b := &p.Blocks[i]
		if b.Size > 60 || b.Kind == dateline.Heading || b.Roles&(page.InComment|page.InRelated|page.InNav|page.Hidden|page.InNotice) != 0 || p.body.Keeps(i) || text.Digits(b.Text) != 4 {
			continue
		}
		label := date.LabelOf(b.Text)
		if label == date.Updated || label == date.Plain && (b.Roles&page.InTime == 0 || text.Letters(b.Text) > 12) {
			continue
		}
		if d, ok := date.Parse(b.Text, p.dateLang()); ok && len(d) == len("2022-02") {
			return moment{date: d, label: label}, true
		}
	}
	return moment{}, false
}

// footDates returns the dates that a page gives below its head, and what it
// calls them: that of a line that says so, if no other such line gives another
// day, or that alone in the line under the body.
func (p *dates) footDates() (all []moment) {
	announced := date.Plain
	for i := p.head + 1; i < len(p.Blocks); i++ {
		b := &p.Blocks[i]
		out := page.InComment | page.InRelated | page.InNav | page.Hidden | page.InNotice
		if b.Roles&page.InArticle == 0 && (i < p.body.Last || i > p.body.Last+20) {
			out |= page.InFooter
		}
		if b.Size > 120 || b.Roles&out != 0 || b.Size > 60 && p.body.Keeps(i) {
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

// isUnderBody reports whether a block is a date alone in the line under the body.
func (p *dates) isUnderBody(i int) bool {
	b := &p.Blocks[i]
	if p.body.Last < 0 || i <= p.body.Last || i > p.body.Last+5 || b.Roles&page.InFooter != 0 && b.Roles&page.InArticle == 0 || !body.IsDateLine(b, p.lang) || strings.Contains(b.Text, "©") {
		return false
	}
	return i <= p.body.Last+1 || p.Blocks[i-1].Kind != dateline.Heading && p.Blocks[i-1].Roles&(page.InRelated|page.InComment) == 0
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

// announces tells what a line without a date calls the one in the next line.
func announces(b *page.Block) date.Label {
	if b.Size > 30 || text.Digits(b.Text) > 0 {
		return date.Plain
	}
	return date.LabelOf(b.Text)
}

// datesIn returns the dates in a line; label is what the line before it calls
// them. If strict, a date counts only if something says that it is one of the
// article.
func (p *dates) datesIn(i int, label date.Label, strict bool) (all []moment) {
	b := &p.Blocks[i]
	if text.Digits(b.Text) == 0 {
		return nil
	}
	whole := date.LabelOf(b.Text)
	if all = p.timesIn(b, max(whole, label)); len(all) > 0 {
		if strict && all[0].label == date.Plain {
			return nil
		}
		return all
	}
	if b.Roles&page.InTime == 0 && whole == date.Plain && label == date.Plain &&
		(strict || b.Size > 80 || b.Roles&(page.InCaption|page.InFigure) != 0 || text.Letters(b.Text) > 45 || text.Letters(b.Text) > 25 && b.Kind == dateline.Heading) {
		return nil
	}
	last := 0
	text := p.Apart(i)
	date.Each(text, p.dateLang(), func(d dateline.Date, start, end int) bool {
		if len(d) >= 10 {
			all = append(all, moment{d, shownDate.Name, date.LabelOf(text[last:start])})
		}
		last = end
		return len(all) < 4
	})
	if len(all) == 1 {
		all[0].label = max(whole, label)
	} else if len(all) > 0 {
		all[0].label = max(all[0].label, label)
	}
	return all
}

// timesIn returns the dates of the <time> elements in a line that the page
// calls whole.
func (p *dates) timesIn(b *page.Block, whole date.Label) (all []moment) {
	t := p.Tree
	last := b.Node
	for n := b.Node; n < t.End(b.Node) && n < b.Node+60 && len(all) < 4; n++ {
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
		all = append(all, moment{d, timeElement.Name, p.labelBetween(last, n)})
		last = t.End(n)
	}
	if len(all) == 1 {
		all[0].label = max(all[0].label, whole)
	}
	return all
}

// labelBetween tells what the text between two nodes, or the name of the
// second one, calls the date that follows.
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

// firstShown returns the date of publication among those shown, if there is
// one, and others of its day: one that is called so goes before one that is not.
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
