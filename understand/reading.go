package understand

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline"
)

// A reading is the one text in which findings are looked for: the deck of an article, as a
// paragraph of its own, and the article's text. A deck that the text repeats is left out.
//
// Spans count bytes and begin and end between characters. A text that is not UTF-8 has no characters to stand between:
// it is not read at all, and unread says so. Records that were read from JSON are always UTF-8.
type reading struct {
	text string
	deck int // bytes of the deck in it; 0 if there is none
	at   int // where the article's text begins

	invalid bool // the text of the article or its deck is not UTF-8
}

// rules of limits.
const (
	tooLong = "understand/too-long"
	notUTF8 = "understand/not-utf-8"
)

func newReading(a *dateline.Article) reading {
	if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Deck) {
		return reading{invalid: true}
	}
	if a.Deck == "" || repeats(a.Text, a.Deck) {
		return reading{text: a.Text}
	}
	const gap = "\n\n"
	return reading{text: a.Deck + gap + a.Text, deck: len(a.Deck), at: len(a.Deck) + len(gap)}
}

// unread returns the parts of a that lie behind byte end of r.
func (r reading) unread(a *dateline.Article, end int) (limits []dateline.Limit) {
	rule := tooLong
	if r.invalid {
		rule = notUTF8
	}
	add := func(start, end int, in string) {
		limits = append(limits, dateline.Limit{Words: dateline.Words{Start: start, End: end, In: in}, Rule: rule})
	}
	if r.invalid {
		if a.Deck != "" {
			add(0, len(a.Deck), dateline.InDeck)
		}
		add(0, len(a.Text), "")
		return limits
	}
	if end < r.deck {
		add(end, r.deck, dateline.InDeck)
	}
	if rest := len(r.text); end < rest && strings.TrimSpace(r.text[max(end, r.at):]) != "" {
		add(max(end, r.at)-r.at, rest-r.at, "")
	}
	return limits
}

// blocks returns where the block quotations of a lie in what is read.
func (r reading) blocks(a *dateline.Article) (list []dateline.Span) {
	for _, b := range a.Blocks {
		if b.Kind == "quotation" {
			list = append(list, dateline.Span{Start: b.Start + r.at, End: b.End + r.at})
		}
	}
	return list
}

// repeats reports whether text says what deck says, which may be cut short
// ("the letter regarding...") and begin with a dateline.
func repeats(text, deck string) bool {
	deck = strings.TrimRight(strings.TrimSpace(deck), ".… ")
	if strings.Contains(text, deck) {
		return true
	}
	for _, dash := range []string{" - ", " – ", " — "} {
		if _, rest, ok := strings.Cut(deck, dash); ok && len(rest) > 40 && strings.Contains(text, rest) {
			return true
		}
	}
	return false
}

// place notes for every finding whether it lies in the deck or in the text, and makes its
// spans count from the beginning of that. A finding that lies in both is removed.
func (r reading) place(f *dateline.Findings) {
	if r.deck == 0 {
		return
	}
	f.Dates = slices.DeleteFunc(f.Dates, func(d dateline.Timex) bool { return r.torn(d.Start, d.End) })
	for i := range f.Dates {
		r.words(&f.Dates[i].Words)
	}
	f.Mentions = slices.DeleteFunc(f.Mentions, func(m dateline.Mention) bool { return r.torn(m.Start, m.End) })
	for i := range f.Mentions {
		m := &f.Mentions[i]
		r.words(&m.Words)
		if m.Role != nil {
			r.words(&m.Role.Words)
		}
	}
	r.events(f)
	f.Hedges = slices.DeleteFunc(f.Hedges, func(h dateline.Hedge) bool { return r.torn(h.Start, h.End) })
	for i := range f.Hedges {
		r.words(&f.Hedges[i].Words)
	}
	for i := range f.Statements {
		r.statement(&f.Statements[i])
	}
}

// torn reports whether a span lies neither wholly in the deck nor wholly in the text.
func (r reading) torn(start, end int) bool { return start < r.at && end > r.deck }

// words notes whether w lies in the deck, and else makes it count from the beginning of the
// article's text.
func (r reading) words(w *dateline.Words) {
	if w.Start < r.at {
		w.In = dateline.InDeck
		return
	}
	w.Start -= r.at
	w.End -= r.at
}

// statement places a statement in the deck or the text, where its content begins. Spans of it
// that lie in the other part are removed.
func (r reading) statement(s *dateline.Statement) {
	from, to, shift := r.at, len(r.text), r.at
	if len(s.Content) > 0 && s.Content[0].Start < r.at {
		s.In = dateline.InDeck
		from, to, shift = 0, r.deck, 0
	}
	for _, spans := range []*[]dateline.Span{&s.Content, &s.Cue, &s.Speaker} {
		var here []dateline.Span
		for _, sp := range *spans {
			if sp.Start >= from && sp.End <= to {
				here = append(here, dateline.Span{Start: sp.Start - shift, End: sp.End - shift})
			}
		}
		*spans = here
	}
}

// events places the events; one whose sentence lies in both parts is left out.
func (r reading) events(f *dateline.Findings) {
	f.Events = slices.DeleteFunc(f.Events, func(e dateline.Event) bool { return r.torn(e.Sentence.Start, e.Sentence.End) })
	for i := range f.Events {
		e := &f.Events[i]
		if r.words(&e.Trigger); e.Trigger.In == "" {
			e.Sentence.Start -= r.at
			e.Sentence.End -= r.at
		}
	}
}
