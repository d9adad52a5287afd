package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/dom"

	"golang.org/x/text/unicode/norm"
)

var updatedWords = newPhrases("updat", "modif", "aktualis", "aktualiz", "zuletzt", "actualiz", "mis à jour", "aggiorn", "atualiz", "bijgewerkt", "gewijzigd", "oppdatert", "opdateret",
	"uppdaterad", "обновл", "оновл", "güncelle", "diperbarui", "更新", "수정", "last edited", "revised", "reviewed", "ultima modifica", "stand:",
	"päivitetty", "frissítve", "actualizat", "ενημέρωση", "ažurir", "endret", "ændret", "עודכן", "تحديث", "修改", "cập nhật")

var publishedWords = newPhrases("publi", "veröffentlicht", "erschienen", "posted", "created", "publicado", "publicerad", "опубликован", "yayın", "입력", "配信", "公開",
	"pubblicat", "дата публикации", "julkaistu", "objavljen", "megjelent", "δημοσίευση", "פורסם", "نشر", "등록", "发布", "發布", "diterbitkan")

// labelOf tells what words call the date beside them.
func labelOf(words string) dateLabel {
	low := lower(words)
	switch {
	case updatedWords.in(low):
		return updatedDate
	case publishedWords.in(low):
		return publishedDate
	}
	return plainDate
}

// printedDates returns the dates in the lines around the headline.
func (p *page) printedDates() (all []moment) {
	from, to := p.headRange()
	head := p.headLine()
	announced := plainDate // by the line before
	passed := 0            // headings and long paragraphs below the headline, the deck among them
	for i := from; i < to && passed < 3; i++ {
		b := &p.blocks[i]
		if i > head && b.kind == dateline.Heading && b.tag != dom.H1 && b.cue&(cueByline|cueTime) == 0 || solid(b) > 80 {
			passed++
		}
		out := cueComment | cueRelated | cueNav | cueHidden | cueNotice | cueSignup
		if head >= 0 && i > head && i < head+4 {
			out = cueComment | cueRelated | cueHidden
		}
		if b.cue&cueArticle == 0 {
			out |= cueFooter
			if i < head {
				out |= cueHeader
			}
		}
		if b.size > 220 || b.cue&out != 0 || b.tag == dom.H1 {
			announced = plainDate
			continue
		}
		all = append(all, p.datesIn(i, announced, passed > 1)...)
		announced = announces(b)
	}
	return all
}

// footDates sets the dates of a page that shows none at its headline from those
// that it shows, and calls so, under the body.
func (p *page) footDates() {
	if p.a.Published != "" || p.last < 0 {
		return
	}
	var changed, shown []moment
	announced := plainDate
	for i := max(0, p.last-1); i < min(len(p.blocks), p.last+20); i++ {
		b := &p.blocks[i]
		if b.size > 120 || b.cue&(cueComment|cueRelated|cueNav|cueHidden|cueNotice) != 0 {
			announced = plainDate
			continue
		}
		for _, m := range p.datesIn(i, announced, true) {
			switch m.label {
			case publishedDate:
				shown = append(shown, m)
			case updatedDate:
				changed = append(changed, m)
			}
		}
		announced = announces(b)
	}
	if m, ok := settle(changed); ok && p.a.Modified == "" {
		p.a.Modified = m.date
		p.found("modified", m.from)
	}
	if m, ok := settle(shown); ok {
		p.a.Published = m.date
		p.found("published", m.from)
	}
}

// announces tells what a line without a date calls the one in the next line.
func announces(b *block) dateLabel {
	if b.size > 30 || countDigits(b.text) > 0 {
		return plainDate
	}
	return labelOf(b.text)
}

// datesIn returns the dates in a line; label is what the line before it calls
// them. If strict, a date counts only if something says that it is one of the
// article.
func (p *page) datesIn(i int, label dateLabel, strict bool) (all []moment) {
	b := &p.blocks[i]
	if countDigits(b.text) == 0 {
		return nil
	}
	whole := labelOf(b.text)
	if all = p.timesIn(b, max(whole, label)); len(all) > 0 {
		if strict && all[0].label == plainDate {
			return nil
		}
		return all
	}
	if b.cue&cueTime == 0 && whole == plainDate && label == plainDate &&
		(strict || b.size > 80 || b.cue&(cueCaption|cueFigure) != 0 || letters(b.text) > 45 || letters(b.text) > 25 && b.kind == dateline.Heading) {
		return nil
	}
	last := 0
	text := p.apart(i)
	eachDate(text, p.a.Lang, func(d dateline.Date, start, end int) bool {
		if len(d) >= 10 {
			all = append(all, moment{d, "page:date", labelOf(text[last:start])})
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
	out := scratches.Get().(*scratch)
	defer scratches.Put(out)
	start := out.room(1 << 10) // of most; a longer one lets it grow
	var w dom.Spacer
	last := ""
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
				w.Write(&out.Builder, s)
				last = s
			}
		}
	}
	if last == t.Nodes[b.first].Text {
		return b.text
	}
	return norm.NFC.String(strings.TrimSpace(out.String()[start:]))
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
func (p *page) timesIn(b *block, whole dateLabel) (all []moment) {
	t := p.t
	last := b.node
	for n := b.node; n < t.End(b.node) && n < b.node+60 && len(all) < 4; n++ {
		if t.Tag(n) != dom.Time {
			continue
		}
		d, ok := parseDateIn(t.Attr(n, dom.Datetime), p.a.Lang)
		if !ok || len(d) < 10 {
			if d, ok = parseDateIn(textOf(t, n), p.a.Lang); !ok || len(d) < 10 {
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
func (p *page) labelBetween(from, to dom.ID) (label dateLabel) {
	for n := from; n < to; n++ {
		if p.t.Tag(n) == dom.Text {
			label = max(label, labelOf(p.t.Nodes[n].Text))
		}
	}
	if label == plainDate {
		label = labelOf(p.t.Attr(to, dom.Class) + " " + p.t.Attr(to, dom.Itemprop))
	}
	return label
}

// firstShown returns the date of publication among those shown, if there is
// one, and others of its day: one that is called so goes before one that is not.
func firstShown(printed []moment) (shown []moment) {
	for _, want := range [...]dateLabel{publishedDate, plainDate} {
		for _, m := range printed {
			if m.label == want && (len(shown) == 0 || m.date[:10] == shown[0].date[:10]) {
				shown = append(shown, m)
			}
		}
	}
	return shown
}

func letters(s string) (n int) {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.IsLetter(r) || 'a' <= r|0x20 && r|0x20 <= 'z' {
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
