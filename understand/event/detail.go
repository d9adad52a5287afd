package event

import (
	"slices"
	"strings"

	"dateline"
	"dateline/understand/token"
)

// The polarities of an event that the text does not report as having happened.
const (
	denied  = "denied"
	feared  = "feared"
	wished  = "wished"
	planned = "planned"
)

// detail sets what else the sentence tells of e: medium, polarity, on whose behalf, and the
// day.
func (f *finder) detail(e *dateline.Event, first, at, next, end int) {
	for i := at; i < next && e.Medium == ""; i++ {
		e.Medium = f.medium(i)
	}
	e.Polarity = f.polarity(first, at)
	if e.Rule != ruleNoun || f.sent(first, at) {
		e.On = f.day(first, at, next, end)
	}
	for i := next; i+3 < end; i++ {
		if f.is("behalf-before", i) && f.is("behalf-noun", i+1) {
			e.Behalf = f.phrase(i+3, end)
			break
		}
	}
}

// medium returns the medium that token i, alone or with the next, tells; "" if none.
func (f *finder) medium(i int) string {
	if i+1 < len(f.t.Tokens) {
		if m := f.g.media[token.Hash(f.t.Text[f.t.Tokens[i].Start:f.t.Tokens[i+1].End])]; m != "" {
			return m
		}
	}
	return f.g.media[f.t.Tokens[i].Fold]
}

// polarity returns the polarity that one of the few words before the verb at token at gives an
// event, such as "not" or "plans"; "" if there is none.
func (f *finder) polarity(first, at int) string {
	const near = 5 // words between: "is expected to send a joint"
	for i := at - 1; i >= max(first, at-near); i-- {
		if f.t.Tokens[i].Kind == token.Mark {
			break
		}
		for _, p := range [...]struct{ list, polarity string }{{"negating", denied}, {"fearing", feared}, {"wishing", wished}, {"planning", planned}} {
			if f.is(p.list, i) {
				return p.polarity
			}
		}
	}
	return ""
}

// day returns the day in the sentence that is nearest to the words of an event, from token at
// to next; "" if there is none.
func (f *finder) day(first, at, next, end int) dateline.Date {
	s := f.span(first, end)
	i, _ := slices.BinarySearchFunc(f.dates, s.Start, func(d dateline.Timex, at int) int { return d.Start - at })
	best, nearest := dateline.Date(""), 0
	start, stop := int(f.t.Tokens[at].Start), int(f.t.Tokens[next-1].End)
	for ; i < len(f.dates) && f.dates[i].Start < s.End; i++ {
		d := &f.dates[i]
		value, _, _ := strings.Cut(d.Value, "T")
		day := dateline.Date(value)
		if d.Type != "DATE" && d.Type != "TIME" || d.Mod != "" || string(day) != day.Day() {
			continue
		}
		if _, _, ok := day.Interval(); !ok {
			continue
		}
		if gap := max(start-d.End, d.Start-stop); best == "" || gap < nearest {
			best, nearest = day, gap
		}
	}
	return best
}
