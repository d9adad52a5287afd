package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/dom"
	"dateline/internal/text"

	"golang.org/x/text/unicode/norm"
)

// printedDates returns the dates in the lines around the headline.
func (p *page) printedDates() (all []moment) {
	from, to := p.headRange()
	head := p.headLine()
	hidden := cueHidden
	if head >= 0 {
		hidden &^= p.blocks[head].cue // until a script shows all
	}
	announced := date.Plain // by the line before
	passed := 0             // headings and long paragraphs below the headline, the deck among them
	for i := from; i < to && passed < 3; i++ {
		b := &p.blocks[i]
		if i > head && b.kind == dateline.Heading && b.tag != dom.H1 && b.cue&(cueByline|cueTime) == 0 || i > head && solid(b) > 80 {
			passed++
		}
		out := cueComment | cueRelated | cueNav | hidden | cueNotice | cueSignup
		if head >= 0 && i > head && i < head+4 {
			out = cueComment | cueRelated | hidden
		}
		if b.cue&cueArticle == 0 {
			out |= cueFooter
			if i < head && p.blocks[head].cue&cueHeader == 0 {
				out |= cueHeader
			}
		}
		if b.size > 220 || b.cue&out != 0 || b.tag == dom.H1 || b.size > 60 && p.keeps(i) {
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
func (p *page) shownMonth() (found moment, ok bool) {
	head := p.headLine()
	for i := max(0, head-2); i < min(len(p.blocks), head+6); i++ {
		b := &p.blocks[i]
		if b.size > 60 || b.kind == dateline.Heading || b.cue&(cueComment|cueRelated|cueNav|cueHidden|cueNotice) != 0 || p.keeps(i) || text.Digits(b.text) != 4 {
			continue
		}
		label := date.LabelOf(b.text)
		if label == date.Updated || label == date.Plain && (b.cue&cueTime == 0 || text.Letters(b.text) > 12) {
			continue
		}
		if d, ok := date.Parse(b.text, p.dateLang()); ok && len(d) == len("2022-02") {
			return moment{d, "page:date", label}, true
		}
	}
	return moment{}, false
}

// footDates returns the dates that a page gives below its head, and what it
// calls them: that of a line that says so, if no other such line gives another
// day, or that alone in the line under the body.
func (p *page) footDates() (all []moment) {
	announced := date.Plain
	for i := p.headLine() + 1; i < len(p.blocks); i++ {
		b := &p.blocks[i]
		out := cueComment | cueRelated | cueNav | cueHidden | cueNotice
		if b.cue&cueArticle == 0 && (i < p.last || i > p.last+20) {
			out |= cueFooter
		}
		if b.size > 120 || b.cue&out != 0 || b.size > 60 && p.keeps(i) {
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
func (p *page) isUnderBody(i int) bool {
	b := &p.blocks[i]
	if p.last < 0 || i <= p.last || i > p.last+5 || b.cue&cueFooter != 0 && b.cue&cueArticle == 0 || !p.isTimeLine(b) || strings.Contains(b.text, "©") {
		return false
	}
	return i <= p.last+1 || p.blocks[i-1].kind != dateline.Heading && p.blocks[i-1].cue&(cueRelated|cueComment) == 0
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

// keeps reports whether a block is part of the body.
func (p *page) keeps(i int) bool { return i < len(p.keep) && p.keep[i] }

// announces tells what a line without a date calls the one in the next line.
func announces(b *block) date.Label {
	if b.size > 30 || text.Digits(b.text) > 0 {
		return date.Plain
	}
	return date.LabelOf(b.text)
}

// datesIn returns the dates in a line; label is what the line before it calls
// them. If strict, a date counts only if something says that it is one of the
// article.
func (p *page) datesIn(i int, label date.Label, strict bool) (all []moment) {
	b := &p.blocks[i]
	if text.Digits(b.text) == 0 {
		return nil
	}
	whole := date.LabelOf(b.text)
	if all = p.timesIn(b, max(whole, label)); len(all) > 0 {
		if strict && all[0].label == date.Plain {
			return nil
		}
		return all
	}
	if b.cue&cueTime == 0 && whole == date.Plain && label == date.Plain &&
		(strict || b.size > 80 || b.cue&(cueCaption|cueFigure) != 0 || text.Letters(b.text) > 45 || text.Letters(b.text) > 25 && b.kind == dateline.Heading) {
		return nil
	}
	last := 0
	text := p.apart(i)
	date.Each(text, p.dateLang(), func(d dateline.Date, start, end int) bool {
		if len(d) >= 10 {
			all = append(all, moment{d, "page:date", date.LabelOf(text[last:start])})
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

// apart returns the text of a block, with a space where a word that ends in a
// small letter or a digit meets a capital or a digit in the next element: what
// styles set apart on the screen.
func (p *page) apart(i int) string {
	b := &p.blocks[i]
	t := p.t
	end := t.End(b.node)
	if i+1 < len(p.blocks) {
		end = min(end, p.blocks[i+1].first)
	}
	if b.kind == dateline.Table || b.kind == dateline.Code || end <= b.first+1 {
		return b.text
	}
	last := ""
	all := text.Compose(usualText, func(out *strings.Builder) { last = p.writeApart(out, b, end) })
	if last == t.Nodes[b.first].Text {
		return b.text
	}
	return norm.NFC.String(strings.TrimSpace(all))
}

// writeApart writes the texts of a block up to the node end, set apart where two
// words meet; it returns the last of them.
func (p *page) writeApart(out *strings.Builder, b *block, end dom.ID) (last string) {
	t := p.t
	var w text.Spacer
	for n := b.first; n < end; n++ {
		switch {
		case t.Silent(n):
			n = t.End(n) - 1
		case t.Tag(n) == dom.Br:
			w.Space()
		case t.Tag(n) == dom.Text && (p.cues[n]&^b.cue)&(cueHidden|cueAd|cueShare|cueCaption|cueNotice) == 0:
			if s := t.Nodes[n].Text; s != "" {
				if meets(last, s) {
					w.Space()
				}
				w.Write(out, s)
				last = s
			}
		}
	}
	return last
}

// meets reports whether the end of a and the beginning of b are two words.
func meets(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	switch {
	case unicode.IsLower(x):
		return unicode.IsUpper(y) || unicode.IsDigit(y)
	case unicode.IsDigit(x):
		return unicode.IsLetter(y) && unicode.IsUpper(y)
	}
	return false
}

// timesIn returns the dates of the <time> elements in a line that the page
// calls whole.
func (p *page) timesIn(b *block, whole date.Label) (all []moment) {
	t := p.t
	last := b.node
	for n := b.node; n < t.End(b.node) && n < b.node+60 && len(all) < 4; n++ {
		value := ""
		switch t.Tag(n) {
		case dom.Time:
			value = t.Attr(n, dom.Datetime)
		case dom.Abbr: // of a microformat
			if value = t.Attr(n, dom.TitleKey); p.own[n]&cueTime == 0 && date.LabelOf(t.Attr(n, dom.Class)) == date.Plain {
				continue
			}
		default:
			continue
		}
		d, ok := date.Parse(value, p.dateLang())
		if !ok || len(d) < 10 {
			if d, ok = date.Parse(textOf(t, n), p.dateLang()); !ok || len(d) < 10 {
				continue
			}
		}
		all = append(all, moment{d, "page:time", p.labelBetween(last, n)})
		last = t.End(n)
	}
	if len(all) == 1 {
		all[0].label = max(all[0].label, whole)
	}
	return all
}

// labelBetween tells what the text between two nodes, or the name of the
// second one, calls the date that follows.
func (p *page) labelBetween(from, to dom.ID) (label date.Label) {
	for n := from; n < to; n++ {
		if p.t.Tag(n) == dom.Text {
			label = max(label, date.LabelOf(p.t.Nodes[n].Text))
		}
	}
	if label == date.Plain {
		label = date.LabelOf(p.t.Attr(to, dom.Class) + " " + p.t.Attr(to, dom.Itemprop))
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
