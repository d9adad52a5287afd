package quote

import (
	"slices"

	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// detail fills in the fields of s, which was made of x, that the words around the cue tell.
func (f *Finder) detail(s *Statement, x *attribution) {
	s.Kind = f.kind(x)
	sent := &f.sents[f.parts.contents[x.head].sentence]
	if x.cue >= 0 {
		sent = &f.sents[f.parts.cues[x.cue].sentence]
	}
	s.Sentence = f.spanOf(sent.first, sent.end)
	if x.cue < 0 {
		return
	}
	f.addressees(s, x, f.medium(s, x))
	f.sources(s, x)
	f.hedge(s, x)
	if how, rule, first, end := f.polarity(&f.parts.cues[x.cue], x, s.Kind); how != "" {
		s.Polarity = how
		f.told("polarity", rule, f.spanOf(first, end))
	}
}

// kind returns the kind of s, by how many bytes of its words stand in quotation marks (see kindOf).
func (f *Finder) kind(s *attribution) string {
	in, all := 0, 0
	for c := range f.contents(s) {
		for k := c.first; k < c.end; k++ {
			tok := f.text.Tokens[k]
			if tok.Kind == token.Mark {
				continue
			}
			n := int(tok.End - tok.Start)
			all += n
			if f.marks.number[k] >= 0 {
				in += n
			}
		}
	}
	return kindOf(in, all)
}

// kindOf returns "direct" if 95 in 100 of all bytes of the words of a statement or more stand in quotation
// marks, "indirect" if 5 in 100 or fewer do, and else "mixed".
func kindOf(in, all int) string {
	switch {
	case in*100 >= all*95:
		return "direct"
	case in*100 <= all*5:
		return "indirect"
	}
	return "mixed"
}

// farthest is how many tokens before and behind a cue belong to its clause at most. It bounds the work where
// many statements share a cue; the longest sentences of news have fewer.
const farthest = 200

// clause calls do with each token of the clause of cue k, until do returns false. The clause is what lies in
// the sentence between the cues before and behind, without contents.
func (f *Finder) clause(k int32, do func(i int32) bool) {
	q := &f.parts.cues[k]
	s := &f.sents[q.sentence]
	from, to := max(s.first, q.first-farthest), min(s.end, q.end+farthest)
	if k > 0 && f.parts.cues[k-1].last >= 0 { // one without a content, “In a statement on”, only leads to this one
		from = max(from, f.parts.cues[k-1].end)
	}
	if int(k)+1 < len(f.parts.cues) {
		to = min(to, f.parts.cues[k+1].first)
	}
	for i := from; i < to; i++ {
		if t := f.tags[i]; t != beginContent && t != insideContent && !do(i) {
			return
		}
	}
}

// medium sets the medium of s, and returns the token that tells it, or -1.
func (f *Finder) medium(s *Statement, x *attribution) (at int32) {
	q := &f.parts.cues[x.cue]
	for i := q.first; i < min(q.end, q.first+farthest); i++ {
		if m, ok := one(f.model.media.cues, f.text, i); ok {
			s.Medium = m
			f.told("medium", ruleMediumCue, f.spanOf(i, i+1))
			return i
		}
	}
	if i := f.heardAt(q); i >= 0 {
		s.Medium, _ = one(f.model.media.nouns, f.text, i)
		f.told("medium", ruleMediumNoun, f.spanOf(i, i+1))
		return i
	}
	at = -1
	f.clause(x.cue, func(i int32) bool {
		m, ok := one(f.model.media.nouns, f.text, i)
		if ok && i != q.first && (f.conveys(i) || f.heads(i, x)) {
			s.Medium, at = m, i
			f.told("medium", ruleMediumNoun, f.spanOf(i, i+1))
			return false
		}
		return true
	})
	return at
}

// heardAt returns the token of a noun for a medium that stands where an addressee would: “told a news
// conference”. It returns -1 if there is none.
func (f *Finder) heardAt(q *chunk) int32 {
	g := &f.model.grammar
	if !g.addressing[f.views[q.end-1].word] {
		return -1
	}
	const longest = 4
	for i := q.end; i < min(q.end+longest, int32(len(f.text.Tokens))-1) && f.tags[i] == none && !g.boundary[f.views[i].word] && f.views[i].stop == 0; i++ {
		if _, ok := one(f.model.media.nouns, f.text, i); ok {
			return i
		}
	}
	return -1
}

// conveys reports whether a preposition before token i makes it what something
// is said in, as in "in a long letter".
func (f *Finder) conveys(i int32) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		tok := f.text.Tokens[k]
		if f.model.grammar.conveying[tok.Fold] {
			return true
		}
		if tok.Kind == token.Mark && f.views[k].stop != hyphen {
			return false
		}
	}
	return false
}

// heads reports whether token i is what speaks: "the letter said", "a report
// by the bank says".
func (f *Finder) heads(i int32, x *attribution) bool {
	if x.speaker < 0 {
		return false
	}
	s := &f.parts.speakers[x.speaker]
	if i < s.first || i >= s.end {
		return false
	}
	return i+1 == s.end || f.model.grammar.boundary[f.text.Tokens[i+1].Fold]
}

var hyphen = token.Hash("-")

// addressees sets to whom s is said: "told reporters", "a letter to the mayor".
func (f *Finder) addressees(s *Statement, x *attribution, medium int32) {
	q := &f.parts.cues[x.cue]
	switch {
	case q.heard.end > q.heard.first:
		if verb, _ := f.passiveVerb(q); verb >= 0 && f.model.grammar.addressing[f.views[verb].word] {
			sp := f.spanOf(q.heard.first, q.heard.end)
			s.Addressees = append(s.Addressees, sp)
			f.told("to", ruleToPassive, sp)
		}
	case f.model.grammar.addressing[f.text.Tokens[q.end-1].Fold]:
		f.address(s, q.end, ruleToCue)
	case medium >= 0 && (s.Medium == "letter" || s.Medium == "interview"):
		for i := medium + 1; i < min(medium+3, int32(len(f.text.Tokens))-1); i++ {
			if f.model.grammar.leading[f.text.Tokens[i].Fold] {
				f.address(s, i+1, ruleToMedium)
				return
			}
		}
	}
	f.clause(x.cue, func(i int32) bool {
		toward := f.model.grammar.toward[f.text.Tokens[i].Fold]
		if toward {
			f.address(s, i+1, ruleToward)
		}
		return !toward
	})
}

// address adds to s the names that begin at token i, where a rule says that they
// are of addressees.
func (f *Finder) address(s *Statement, i int32, rule string) {
	const longest = 8
	first, n := i, int32(len(f.text.Tokens))
	flush := func(end int32) {
		if end > first {
			s.Addressees = append(s.Addressees, f.spanOf(first, end))
			f.told("to", rule, f.spanOf(first, end))
		}
		first = end + 1
	}
	for ; i < n && i-first < longest; i++ {
		tok := f.text.Tokens[i]
		if f.tags[i] != none && f.tags[i] != insideSpeaker && f.tags[i] != beginSpeaker && f.tags[i] != insideCue || tok.Is(token.Sentence) ||
			f.model.grammar.boundary[tok.Fold] || tok.Kind == token.Number || tok.Kind == token.Mark && f.views[i].stop != hyphen || possessive(f.text.String(int(i))) && f.outlet(&chunk{first: first, end: i}) {
			break
		}
		if f.model.grammar.joining[tok.Fold] {
			flush(i)
		}
	}
	if i-first < longest {
		flush(i)
	}
}

// sources adds the news outlets through which the article has s: one that is the speaker, one that it was
// said to, or the speaker of a cue without content beside the cue of s: "…, Reuters reported".
func (f *Finder) sources(s *Statement, x *attribution) {
	if x.speaker >= 0 && f.outlet(&f.parts.speakers[x.speaker]) {
		f.through(s, f.span(&f.parts.speakers[x.speaker]), ruleViaSpeaker)
	}
	for _, a := range s.Addressees {
		if c := f.chunkOf(a); f.outlet(&c) {
			f.through(s, a, ruleViaAddressee)
		}
	}
	for _, n := range []int32{x.cue - 1, x.cue + 1} { // a cue beside it that has no content of its own
		if n < 0 || int(n) >= len(f.parts.cues) {
			continue
		}
		o := &f.parts.cues[n]
		if o.sentence != f.parts.cues[x.cue].sentence || o.speaker < 0 || o.speaker == x.speaker || o.last >= 0 {
			continue
		}
		if sp := &f.parts.speakers[o.speaker]; f.outlet(sp) {
			f.through(s, f.span(sp), ruleViaBeside)
		}
	}
}

// through adds to s a news outlet through which the article has it.
func (f *Finder) through(s *Statement, span dateline.Span, rule string) {
	s.Sources = append(s.Sources, span)
	f.told("via", rule, span)
}

// outlet reports whether the tokens of c name a news outlet.
func (f *Finder) outlet(c *chunk) bool {
	o := &f.model.outlets
	first := c.first
	if c.end-first > 1 && f.model.grammar.articles[f.text.Tokens[first].Fold] {
		first++
	}
	if c.end <= first || c.end-first > 5 {
		return false
	}
	if n := f.named(first); n > 0 && f.text.Tokens[first].Is(token.Capital) {
		if rest := first + n; rest >= c.end || possessive(f.text.String(int(rest))) {
			return true
		}
	}
	if c.end-c.first > 2 && o.nouns[chain.Pair(f.text.Tokens[c.end-2].Fold, f.text.Tokens[c.end-1].Fold)] {
		return true // "the Reuters news agency"
	}
	last := f.text.Tokens[c.end-1]
	return last.Is(token.Capital) && c.end-first > 1 && o.ends[last.Fold] || o.nouns[last.Fold] && !last.Is(token.Capital)
}

// named returns how many tokens from i on are the name of an outlet.
func (f *Finder) named(i int32) int32 {
	names := f.model.outlets.names
	if int(i)+1 < len(f.text.Tokens) && names[chain.Pair(f.text.Tokens[i].Fold, f.text.Tokens[i+1].Fold)] {
		return 2
	}
	if names[f.text.Tokens[i].Fold] {
		return 1
	}
	return 0
}

// possessive reports whether a token is the ending of a possessive.
func possessive(word string) bool {
	return word == "’s" || word == "'s" || word == "’" || word == "'"
}

// hedge sets the first word of doubt in the clause of the cue, such as "reportedly".
func (f *Finder) hedge(s *Statement, x *attribution) {
	f.clause(x.cue, func(i int32) bool {
		if f.views[i].class&classHedge == 0 {
			return true
		}
		s.Hedge = f.text.String(int(i))
		f.told("hedge", ruleHedge, f.spanOf(i, i+1))
		return false
	})
}

// spanOf returns the span of tokens first to end.
func (f *Finder) spanOf(first, end int32) dateline.Span {
	return dateline.Span{Start: int(f.text.Tokens[first].Start), End: int(f.text.Tokens[end-1].End)}
}

// chunkOf returns the chunk of the tokens of a span, which begins and ends with tokens.
func (f *Finder) chunkOf(s dateline.Span) chunk {
	at := func(pos int) int32 {
		i, _ := slices.BinarySearchFunc(f.text.Tokens, pos, func(t token.Token, pos int) int { return int(t.Start) - pos })
		return int32(i)
	}
	return chunk{first: at(s.Start), end: at(s.End)}
}
