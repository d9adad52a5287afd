// Package understand reads the deck and the text of an article: who says
// what, which day "on Thursday" is, who the people are.
//
// [Findings] cuts the text (package token), calls the finders (packages when, entity,
// quote, event and hedge) and joins what they find: reading.go makes one text of the deck
// and the text, named.go drops dates that are names, such as a person called April,
// chronology.go gives the days of a list their years, statements.go gives statements their
// speakers, days and addressees. [Explain] does the same and says why (explain.go).
// [Unread] says what is not looked for in a language (reads.go). doc/statements.md tells
// the way from first to last.
package understand

import (
	"cmp"
	"slices"
	"sync"

	"dateline"
	"dateline/understand/entity"
	"dateline/understand/event"
	"dateline/understand/hedge"
	"dateline/understand/quote"
	"dateline/understand/token"
	"dateline/understand/when"
)

// texts keeps the memory of texts that were cut into tokens for the next ones.
var texts = sync.Pool{New: func() any { return new(token.Text) }}

// Findings returns what a says: the days that it speaks of, whom and what it
// names, who is reported to have said what, who does what towards whom, and the words
// of doubt. It depends on nothing but a, and never returns nil. Where the text or the deck of
// a is not UTF-8 nothing is found, and the limits name the rule understand/not-utf-8.
func Findings(a *dateline.Article) *dateline.Findings {
	r := newReading(a)
	t := texts.Get().(*token.Text)
	defer texts.Put(t)
	t.Read(r.text, a.Lang)
	limits := r.unread(a, len(t.Text))
	r.text = t.Text
	names := entity.Find(t, a.Lang)
	f := &dateline.Findings{Capture: a.Capture, Limits: limits, Dates: dates(t, names, a)}
	f.Statements = statements(t, quote.Find(t, a.Lang, r.blocks(a)...), names, f.Dates, a, nil)
	f.Mentions = inOrder(names.Mentions, names.Asides)
	f.Events = event.Find(t, a.Lang, names, f.Dates, f.Statements)
	f.Hedges = hedge.Find(t, a.Lang)
	r.place(f)
	return f
}

// Dates returns what Findings(a) has as Dates, in a fraction of the time.
func Dates(a *dateline.Article) []dateline.Timex {
	r := newReading(a)
	t := texts.Get().(*token.Text)
	defer texts.Put(t)
	t.Read(r.text, a.Lang)
	r.text = t.Text
	f := &dateline.Findings{Dates: dates(t, entity.Find(t, a.Lang), a)}
	r.place(f)
	return f.Dates
}

// dates returns the dates of t, the text of a, but for those that are names.
func dates(t *token.Text, names *entity.Names, a *dateline.Article) []dateline.Timex {
	list := unnamed(t, when.Find(t.Text, reference(a)), names)
	chronology(t.Text, list)
	return list
}

// reference returns what the dates of a are resolved against.
func reference(a *dateline.Article) when.Reference {
	return when.Reference{
		Published: a.Published,
		Lang:      a.Lang,
		Zone:      when.ZoneOf(a.Dateline.Place, a.Published, a.Publisher.Site),
	}
}

// inOrder returns the mentions of both lists in the order of the text.
func inOrder(names, asides []dateline.Mention) []dateline.Mention {
	all := slices.Concat(names, asides)
	slices.SortStableFunc(all, func(a, b dateline.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return all
}
