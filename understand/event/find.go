package event

import (
	"slices"

	"dateline"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// A finder finds the events of one text.
type finder struct {
	t          *token.Text
	g          *grammar
	names      *entity.Names
	dates      []dateline.Timex
	statements []dateline.Statement
	found      []dateline.Event
}

// farthest bounds how many tokens before and behind the words of an event are looked at:
// the longest sentence of news has fewer.
const farthest = 120

// sentence appends the events of the sentence from token first to end.
func (f *finder) sentence(first, end int) {
	for i := first; i < end; {
		p := f.phraseAt(i, end)
		if p == nil {
			i++
			continue
		}
		next := i + len(p.words)
		if p.kind != kindOfNone && !f.name(i) {
			f.event(p, first, i, next, end)
		}
		i = next
	}
}

// phraseAt returns the longest phrase that begins with token i and ends before token
// end; nil if there is none.
func (f *finder) phraseAt(i, end int) *phrase {
	list := f.g.phrases.Get(f.t.Tokens[i].Fold)
next:
	for k := range list {
		p := &list[k]
		if i+len(p.words) > end {
			continue
		}
		for n, w := range p.words {
			if f.t.Tokens[i+n].Fold != w {
				continue next
			}
		}
		return p
	}
	return nil
}

// longestFirst sorts phrases by their numbers of words.
func longestFirst(list []phrase) {
	slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
}

// name reports whether token i is a part of a name, as in "the Letter Group".
func (f *finder) name(i int) bool {
	_, ok := f.mentionAt(int(f.t.Tokens[i].Start))
	return ok
}

// event appends the event of phrase p at tokens at to next, if somebody takes part.
func (f *finder) event(p *phrase, first, at, next, end int) {
	first, end = max(first, at-farthest), min(end, next+farthest)
	e := dateline.Event{Kind: p.kind, Trigger: f.words(at, next), Sentence: f.span(first, end), Rule: ruleVerb}
	switch {
	case p.frame == frameNoun || f.isNoun(first, at, next):
		e.Rule = ruleNoun
		e.From, e.To = f.ofNoun(first, at, next, end)
		if len(e.From) == 0 && f.sent(first, at) {
			e.From = f.main(first, at)
		}
	case f.passive(first, at) || f.reduced(first, at, next, end):
		e.Rule = rulePassive
		e.To = f.subject(first, at)
		e.From = f.agent(next, end)
	default:
		e.From = f.subject(first, at)
		e.To = f.other(p, next, end)
	}
	if !f.somebody(e.From) {
		e.From = nil
	}
	e.To = slices.DeleteFunc(e.To, func(s string) bool { return slices.Contains(e.From, s) })
	if p.frame == frameBoth {
		e.From, e.To = append(e.From, e.To...), nil
	}
	if len(e.From) == 0 && len(e.To) == 0 {
		return
	}
	f.detail(&e, first, at, next, end)
	f.found = append(f.found, e)
}

// reduced reports whether the verb at token at is a participle without a form of "to be": "chosen
// by the council".
func (f *finder) reduced(first, at, next, end int) bool {
	if next == end || !f.is("by", next) {
		return false
	}
	return !f.is("auxiliary", at) && (at == first || !f.is("auxiliary", at-1))
}

// sent reports whether one of the few words before the noun at token at tells that somebody sends
// it or gives it.
func (f *finder) sent(first, at int) bool {
	const near = 4
	for i := at - 1; i >= max(first, at-near); i-- {
		if f.is("sending", i) {
			return true
		}
	}
	return false
}

// isNoun reports whether the words from token at to next, which can be a verb, are a noun here:
// what stands before them says whose or which it is.
func (f *finder) isNoun(first, at, next int) bool {
	w := f.t.String(next - 1)
	if at == first || f.g.ends(w, passiveEnding) || f.g.ends(w, progressiveEnding) {
		return false
	}
	return f.is("indefinite", at-1) || f.is("definite", at-1) || f.possessive(at-1) || f.is("possessive", at-1)
}

// words returns tokens first to end with their text.
func (f *finder) words(first, end int) dateline.Words {
	s := f.span(first, end)
	return dateline.Words{Start: s.Start, End: s.End, Text: f.t.Text[s.Start:s.End]}
}

// span returns the span of tokens first to end.
func (f *finder) span(first, end int) dateline.Span {
	return dateline.Span{Start: int(f.t.Tokens[first].Start), End: int(f.t.Tokens[end-1].End)}
}

// is reports whether token i is in a list.
func (f *finder) is(list string, i int) bool { return f.g.sets[list][f.t.Tokens[i].Fold] }
