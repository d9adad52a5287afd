package event

import (
	"slices"
	"strings"

	"dateline"
	"dateline/understand/token"
)

// longestActor bounds the tokens of the words for an actor.
const longestActor = 14

// passive reports whether the verb at token at is in the passive.
func (f *finder) passive(first, at int) bool {
	if at == first || !f.g.ends(strings.ToLower(f.t.String(at)), passiveEnding) && !f.is("passive", at) {
		return false
	}
	for i := at - 1; i >= max(first, at-4); i-- {
		if f.is("passive", i) {
			return true
		}
		if !f.is("auxiliary", i) {
			return false
		}
	}
	return false
}

// subject returns who stands before the verb at token at.
func (f *finder) subject(first, at int) []string {
	i := at - 1
	for i >= first && (f.is("auxiliary", i) || f.t.Tokens[i].Kind == token.Number || f.g.ends(f.t.String(i), adverbEnding)) && !f.name(i) {
		i--
	}
	if i >= first && f.t.String(i) == "," { // "the mayor, who is ill, asked"
		for k := i - 1; k >= first; k-- {
			if f.t.String(k) == "," {
				i = k - 1
				break
			}
		}
	}
	switch {
	case i < first:
		return nil
	case f.is("pronoun", i):
		return f.pronoun(first, i)
	case f.shares(i, at):
		return f.main(first, i)
	}
	start := i
	for start >= first && i-start < longestActor && f.within(start, first) && !f.acts(start, first) {
		start--
	}
	if start+1 > i {
		return f.main(first, i)
	}
	return f.parties(start+1, i+1)
}

// shares reports whether the verb at token at has the subject of a verb before it: it stands
// behind "and", token i, or is a form in "ing" that opens a clause.
func (f *finder) shares(i, at int) bool {
	switch {
	case f.is("joining", i) && !f.name(i):
		return true
	case f.is("sharing", i):
		return true
	}
	return f.g.ends(f.t.String(at), progressiveEnding) && i == at-1
}

// acts reports whether token i, in small letters, looks like the verb of another subject: it
// ends in "ed" behind a noun or a name.
func (f *finder) acts(i, first int) bool {
	w := f.t.String(i)
	return i > first && f.g.ends(w, passiveEnding) && len(w) > 4 && w == strings.ToLower(w) && !f.name(i) &&
		(f.name(i-1) || f.noun(i-1) && !f.is("article", i-1) && !f.t.Tokens[i-1].Is(token.Sentence))
}

// main returns the subject of the sentence that begins with token first, before token
// end: what opens it, or else the first name or pronoun in it.
func (f *finder) main(first, end int) []string {
	for i := first; i < end; i++ {
		switch {
		case f.t.Tokens[i].Kind == token.Mark && !f.name(i):
		case i == first && !f.is("stop", i) && !f.is("pronoun", i):
			if list := f.phrase(i, end); f.named(list) {
				return list
			}
		case f.is("pronoun", i) && !f.possessive(i) && !f.is("stop", i):
			return f.pronoun(first, i)
		case f.name(i):
			return f.phrase(i, end)
		}
	}
	return nil
}

// within reports whether token i, read backwards, still belongs to the words for an actor.
func (f *finder) within(i, first int) bool {
	if f.name(i) {
		return true
	}
	tok := f.t.Tokens[i]
	if tok.Kind == token.Mark {
		return strings.ContainsAny(f.t.String(i), "-'’()")
	}
	if f.is("auxiliary", i) {
		return false
	}
	if f.is("stop", i) {
		return f.is("within", i) && i > first && (f.name(i-1) || f.noun(i-1))
	}
	return true
}

// noun reports whether token i is a word in small letters that can head the words
// for an actor: none of the clause's small words.
func (f *finder) noun(i int) bool {
	return f.t.Tokens[i].Kind == token.Word && !f.is("stop", i) && !f.is("auxiliary", i) && !f.is("pronoun", i)
}

// pronoun returns whom the pronoun at token i means: the name that the findings of
// names give it, the subject of a verb of speech before it, or the pronoun itself.
func (f *finder) pronoun(first, i int) []string {
	s := f.span(i, i+1)
	if who, ok := f.names.Who(s.Start, s.End); ok {
		return []string{who.Name}
	}
	switch {
	case f.is("relative", i):
		return f.before(first, i-1)
	case f.is("speaking", i):
		if who := f.speaker(s.Start); who != "" {
			return []string{who}
		}
	case f.possessive(i):
		if list := f.main(first, i); len(list) > 0 {
			return list
		}
	}
	for k := i - 1; k > first; k-- {
		if f.is("saying", k) {
			return f.subject(first, k)
		}
	}
	return []string{f.t.String(i)}
}

// speaker returns who says what stands at byte at; "" if nobody does.
func (f *finder) speaker(at int) string {
	i, _ := slices.BinarySearchFunc(f.statements, at, func(s dateline.Statement, at int) int { return s.Range().Start - at - 1 })
	const most = 3 // statements that can begin before it and reach over it
	for k := i - 1; k >= max(0, i-most); k-- {
		if r := f.statements[k].Range(); r.Start <= at && at < r.End {
			return f.statements[k].Who
		}
	}
	return ""
}

// before returns the last name that ends before token i of the sentence.
func (f *finder) before(first, i int) []string {
	for k := min(i, first+farthest); k >= first; k-- {
		if m, ok := f.mentionAt(int(f.t.Tokens[k].Start)); ok {
			return []string{f.full(m)}
		}
	}
	return nil
}

// agent returns whom "by" names behind a verb in the passive.
func (f *finder) agent(next, end int) []string {
	for i := next; i < min(end, next+longestActor); i++ {
		if f.is("by", i) && i+1 < end {
			return f.phrase(i+1, end)
		}
	}
	return nil
}

// other returns the other side of a verb whose words end before token next.
func (f *finder) other(p *phrase, next, end int) []string {
	switch p.frame {
	case frameWhom:
		if next < end && f.thing(next) { // "requested a clarification from the ministers"
			for i := next; i < end; i++ {
				if f.name(i) {
					return f.phrase(i, end)
				}
			}
			return nil
		}
		if next < end && !f.is("stop", next) {
			if list, behind := f.phraseTo(next, end); f.named(list) || behind < end && strings.EqualFold(f.t.String(behind), frameTo) {
				return list
			}
		}
	case frameTo, frameWith:
		for i := next; i < min(end, next+longestActor); i++ {
			if strings.EqualFold(f.t.String(i), p.frame) && i+1 < end && (f.name(i+1) || f.is("article", i+1) || f.is("pronoun", i+1)) {
				if list := f.owner(i+1, end); list != nil {
					return list
				}
				if list := f.phrase(i+1, end); f.named(list) || p.kind != kindReply {
					return list
				}
				return f.first(i+1, end) // "to the letter that they had from the minister"
			}
		}
	case frameBoth:
		for i := next; i < min(end, next+longestActor); i++ {
			if strings.EqualFold(f.t.String(i), frameWith) && i+1 < end {
				return f.phrase(i+1, end)
			}
		}
		if next < end && f.name(next) {
			return f.phrase(next, end)
		}
		return nil
	}
	return f.first(next, end)
}

// owner returns whose the thing is that the words from token i on name, if it is a letter or
// another request: "the minister’s letter".
func (f *finder) owner(i, end int) []string {
	for k := i; k+1 < min(end, i+longestActor) && !f.is("stop", k); k++ {
		if !f.is("possessive", k) || k == i {
			continue
		}
		if p := f.phraseAt(k+1, end); p != nil && p.frame == frameNoun {
			return f.parties(i, k)
		}
	}
	return nil
}

// thing reports whether token i is "a" or "an" before something that is no name, which are mostly
// words for a thing.
func (f *finder) thing(i int) bool {
	return f.is("indefinite", i) && !f.name(min(i+1, len(f.t.Tokens)-1))
}

// first returns the first name behind token next that is not the one to whom the
// sentence is ascribed: "…, the ministry said".
func (f *finder) first(next, end int) []string {
	for i := next; i < end; i++ {
		m, ok := f.mentionAt(int(f.t.Tokens[i].Start))
		if !ok {
			if f.t.String(i) == "," && f.ascribes(i+1, end) {
				return nil
			}
			continue
		}
		return f.around(m, i, next, end)
	}
	return nil
}

// ascribes reports whether the clause that begins with token i says who said the rest of the
// sentence: a verb of speech, or "according", stands before the next comma.
func (f *finder) ascribes(i, end int) bool {
	for ; i < end && f.t.String(i) != ","; i++ {
		if f.is("saying", i) || f.is("ascribing", i) {
			return true
		}
	}
	return false
}

// around returns the names that m, at token i, begins: it, and those that "and" joins to it.
func (f *finder) around(m dateline.Mention, i, next, end int) []string {
	list := []string{f.full(m)}
	k := i
	for k < end && int(f.t.Tokens[k].Start) < m.End {
		k++
	}
	if k+1 < end && f.is("joining", k) {
		at := k + 1
		if f.is("article", at) && at+1 < end {
			at++
		}
		if n, ok := f.mentionAt(int(f.t.Tokens[at].Start)); ok {
			list = append(list, f.full(n))
		}
	}
	return list
}

// phrase returns the parties of the noun phrase that begins with token i.
func (f *finder) phrase(i, end int) []string {
	list, _ := f.phraseTo(i, end)
	return list
}

// phraseTo is like phrase, and also returns the token behind the phrase.
func (f *finder) phraseTo(i, end int) (list []string, behind int) {
	if i < end && f.is("pronoun", i) && !(i+1 < end && f.t.Tokens[i+1].Kind == token.Word && f.possessive(i)) {
		s := f.span(i, i+1)
		if who, ok := f.names.Who(s.Start, s.End); ok {
			return []string{who.Name}, i + 1
		}
		return []string{f.t.String(i)}, i + 1
	}
	k := i
	for k < end && k-i < longestActor {
		if !f.name(k) && (f.t.Tokens[k].Kind == token.Mark && !strings.ContainsAny(f.t.String(k), "-'’") || f.is("stop", k) && !f.joins(k, end)) {
			break
		}
		if k > i && !f.name(k) && (f.is("auxiliary", k) || f.acts(k, i)) {
			break
		}
		k++
	}
	if k == i {
		return nil, i
	}
	return f.parties(i, k), k
}

// possessive reports whether token i is a pronoun that says whose the next word is.
func (f *finder) possessive(i int) bool {
	return f.is("owner", i)
}

// joins reports whether token k is an "and" between two names.
func (f *finder) joins(k, end int) bool {
	if !f.is("joining", k) || k+1 >= end || k == 0 {
		return false
	}
	next := k + 1
	if f.is("article", next) && next+1 < end {
		next++
	}
	return f.name(next) && f.name(k-1)
}

// parties returns the actors that tokens first to end name: two where "and" joins two names.
func (f *finder) parties(first, end int) []string {
	for k := first + 1; k+1 < end; k++ {
		if f.joins(k, end) {
			return append(f.parties(first, k), f.parties(k+1, end)...)
		}
	}
	for first < end && (f.is("article", first) || f.t.Tokens[first].Kind == token.Number) {
		first++
	}
	for end > first && (f.t.Tokens[end-1].Kind == token.Mark || f.is("possessive", end-1)) {
		end--
	}
	if first == end {
		return nil
	}
	s := f.span(first, end)
	return []string{f.called(s)}
}

// called returns the actor whom the words of s mean: the full name if it is a person who is
// known, else the words themselves.
func (f *finder) called(s dateline.Span) string {
	if who, ok := f.names.Who(s.Start, s.End); ok && who.Kind == "person" {
		return who.Name
	}
	return strings.Join(strings.Fields(f.t.Text[s.Start:s.End]), " ")
}

// full returns the full name of a mention.
func (f *finder) full(m dateline.Mention) string {
	if m.Kind == "person" && m.Entity != "" {
		return m.Entity
	}
	return m.Text
}

// named reports whether one of the actors holds a capital letter or is a pronoun.
func (f *finder) named(list []string) bool {
	return slices.ContainsFunc(list, func(s string) bool {
		return s != strings.ToLower(s) || f.g.sets["pronoun"][token.Hash(s)]
	})
}

// somebody reports whether words for actors can mean somebody: one of them has a capital or is
// a pronoun, or they are few.
func (f *finder) somebody(list []string) bool {
	const few = 3 // words of an actor without a name: "union pilots"
	return f.named(list) || len(list) > 0 && !slices.ContainsFunc(list, func(s string) bool {
		return strings.Count(s, " ") >= few || !f.g.ends(s, pluralEnding)
	})
}

// ofNoun returns from whom the event comes that the noun from token at to next names, and to
// whom it goes: "the minister's letter to the council".
func (f *finder) ofNoun(first, at, next, end int) (from, to []string) {
	i := at - 1
	for i >= max(first, at-4) && !f.is("possessive", i) && !f.is("stop", i) && !f.is("pronoun", i) && f.t.Tokens[i].Kind != token.Mark {
		if f.name(i) { // "a Russian letter"
			m, _ := f.mentionAt(int(f.t.Tokens[i].Start))
			from = []string{f.full(m)}
			break
		}
		i--
	}
	switch {
	case i < first || len(from) > 0:
	case f.is("pronoun", i) || f.is("pronoun", i+1) && i+1 < at && f.possessive(i+1):
		if !f.is("pronoun", i) {
			i++
		}
		from = f.pronoun(first, i)
	case f.is("possessive", i):
		if m, ok := f.mentionAt(int(f.t.Tokens[max(first, i-1)].Start)); ok {
			from = []string{f.full(m)}
		}
	}
	for k := next; k < min(end, next+longestActor) && f.t.String(k) != ","; k++ {
		switch {
		case k+1 >= end:
		case f.is("giver", k) && len(from) == 0:
			if list := f.phrase(k+1, end); f.named(list) {
				from = list
			}
		case f.is("taker", k) && len(to) == 0:
			if list := f.phrase(k+1, end); f.named(list) {
				to = list
			}
		case f.is("parties", k):
			return f.phrase(k+1, end), nil
		}
	}
	return from, to
}

// mentionAt returns the name, or the word for people of a place, that byte at lies in.
func (f *finder) mentionAt(at int) (dateline.Mention, bool) {
	if m, ok := over(f.names.Mentions, at); ok {
		return m, true
	}
	m, ok := over(f.names.Asides, at)
	return m, ok && (m.Kind == "other" || m.Kind == "titled")
}

// over returns the mention of list that byte at lies in. Of those that overlap it looks at
// a few.
func over(list []dateline.Mention, at int) (dateline.Mention, bool) {
	i, _ := slices.BinarySearchFunc(list, at+1, func(m dateline.Mention, at int) int { return m.Start - at })
	const most = 4
	for k := i - 1; k >= max(0, i-most); k-- {
		if m := list[k]; at < m.End && (m.Name() || m.Kind == "other") {
			return m, true
		}
	}
	return dateline.Mention{}, false
}
