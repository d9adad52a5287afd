package entity

import (
	"cmp"
	"slices"
	"strings"

	"dateline"
	"dateline/understand/token"
)

// The kinds of mentions besides the names of people, organisations and places.
const (
	kindTitled  = "titled"  // a person's name and the titles before it: "President Ana Duarte"
	kindNested  = "nested"  // a name within the name of something else: "Cannes" in "Cannes Film Festival"
	kindNominal = "nominal" // a title or description without a name: "the Court", "the foreign policy chief"
	kindOther   = "other"   // the name of something else, or of an unknown kind
)

// asides holds what is needed to find the mentions besides the names of people,
// organisations and places.
type asides struct {
	*Names
	l     *linker
	taken map[run]bool      // ranges of tokens that already are a mention
	known map[uint64]int    // entities by the hash of the words of their names; -1 if several have that name
	first map[string]string // by the words of an unknown name in small letters: how the text writes them first
}

// aside sets ns.Asides: names with the titles before them, names within names,
// descriptions without a name, and names of other things. The argument other has the names
// that the labels mark as those of works, events, products and nationalities.
func (ns *Names) aside(l *linker, other []name) {
	a := &asides{Names: ns, l: l, taken: map[run]bool{}, known: map[uint64]int{}, first: map[string]string{}}
	for i, n := range ns.names {
		a.taken[run{n.first, n.end}] = true
		r := run{n.first, n.end}
		if r.len() > 1 && theArticle[ns.d.fold(r.first)] {
			r.first++
		}
		a.know(r, ns.of[i])
	}
	for i, n := range ns.names {
		if n.kind == person && n.end > n.first+1 {
			a.know(run{n.end - 1, n.end}, ns.of[i])
		}
	}
	for i := range ns.names {
		a.titles(i)
		a.within(ns.names[i])
	}
	for _, n := range other {
		a.within(n)
	}
	a.descriptions()
	for _, n := range other {
		r := run{n.first, n.end}
		a.put(r, kindOther, a.d.ruleOf(n), a.called(r))
	}
	for _, r := range ns.d.runs {
		a.strangers(r)
	}
	slices.SortStableFunc(ns.Asides, func(x, y dateline.Mention) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
}

// know notes that entity e is called by the words in r. If another entity is called
// so, too, the words are noted as ambiguous.
func (a *asides) know(r run, e int) {
	key := a.d.joined(r)
	if had, ok := a.known[key]; ok && had != e {
		e = -1
	}
	a.known[key] = e
}

// put adds the words in r as a mention of entity e. If e is -1, the mention's entity
// is called by the words themselves, as the text writes them first. It does nothing if
// the words are a mention already.
func (a *asides) put(r run, kind, rule string, e int) {
	if a.taken[r] {
		return
	}
	a.taken[r] = true
	m := dateline.Mention{Words: a.words(r), Kind: kind, Rule: rule}
	if e >= 0 {
		m.Entity = a.all[e].text
	} else {
		key := strings.Join(a.d.parts(name{first: r.first, end: r.end}), " ")
		if a.first[key] == "" {
			a.first[key] = strings.Join(strings.Fields(m.Text), " ")
		}
		m.Entity = a.first[key]
	}
	a.Asides = append(a.Asides, m)
}

// joined returns a hash of the words in r.
func (d *document) joined(r run) uint64 { return joined(d.t.Tokens[r.first:r.end]) }

// called returns the entity that the words in r name, because a name elsewhere in the
// text consists of the same words; -1 if there is no such entity, or several.
func (a *asides) called(r run) int {
	d := a.d
	if e, ok := a.known[d.joined(r)]; ok {
		return e
	}
	if r.len() > 1 || d.form[r.first]&(allCaps|pointed) == 0 && d.lists[r.first]&isCountry == 0 {
		return -1
	}
	key := strings.Join(core(d.parts(name{first: r.first, end: r.end})), " ")
	if k, ok := aliases[key]; ok {
		key = k
	}
	for _, e := range a.l.known["same "+key] {
		return a.l.root(e)
	}
	return -1
}

// titles adds name i together with the titles before it, if it is a person's and has any.
func (a *asides) titles(i int) {
	d, n := a.d, a.names[i]
	if n.kind != person {
		return
	}
	first := n.first
	for first > 0 && n.first-first < maxTitles && !broken(d.t, first) && courtesies[d.fold(first-1)] && d.form[first-1] != 0 {
		first--
	}
	if r, ok := d.roleBefore(n); ok {
		k := n.first
		for k > r.first && d.form[k-1] != 0 {
			k--
		}
		first = min(first, k)
	}
	if first < n.first {
		a.put(run{first, n.end}, kindTitled, "entity/titled", a.of[i])
	}
}

// bearings are words such as "north" that tell where something lies; they are not
// taken for names within longer names.
var bearings = englishWords("bearings")

// maxNested is the number of tokens of the longest name within another.
const maxNested = 4

// within adds the names within n, unless it is a person's. A place that the lists have
// as a whole holds no other names: "New York" does not mention York.
func (a *asides) within(n name) {
	r := run{n.first, n.end}
	if n.kind != person && n.end-n.first > 1 && (n.kind != place || !a.listed(r)) {
		a.inside(run{n.first, n.end}, kindNested)
	}
}

// inside adds, as mentions of the given kind, the parts of r that are names by
// themselves elsewhere in the text, or that the lists of names have.
func (a *asides) inside(r run, kind string) {
	d := a.d
	for i := r.first; i < r.end; i++ {
		if d.form[i] == 0 {
			continue
		}
		for end := min(r.end, i+maxNested); end > i; end-- {
			in := run{i, end}
			if d.form[end-1] == 0 || in == r && kind == kindNested || in.len() == 1 && (generic[d.t.String(i)] || bearings[d.fold(i)]) {
				continue
			}
			e := a.called(in)
			if e < 0 && !a.listed(in) {
				continue
			}
			a.put(in, kind, "entity/nested", e)
			if e >= 0 && a.all[e].kind == org && in.len() > 1 {
				a.inside(in, kindNested)
			}
			i = end - 1
			break
		}
	}
}

// listed reports whether the words in r are a place or a body of the lists, or a
// first and a last name.
func (a *asides) listed(r run) bool {
	d := a.d
	in := d.lists[r.first]
	if r.len() == 1 {
		return in&(isCountry|isRegion|isBigCity|isBody) != 0
	}
	return lists().names.Get(d.joined(r)) != 0 ||
		r.len() == 2 && in&isFirst != 0 && d.lists[r.first+1]&isLast != 0
}

// strangers adds the words with a capital in r that the model labelled as no name but
// that probably name something, because the text never writes them without a capital.
func (a *asides) strangers(r run) {
	d := a.d
	for i := r.first; i < r.end; i++ {
		if d.labels[i] != 0 || d.form[i] == 0 || d.loud[i] {
			continue
		}
		end := i + 1
		for end < r.end && d.labels[end] == 0 && d.form[end] != 0 && !broken(d.t, end) {
			end++
		}
		a.stranger(run{i, end})
		i = end - 1
	}
}

// stranger adds the words in r, which stand together, if they are a name, or else
// the names in them.
func (a *asides) stranger(r run) {
	d := a.d
	s := r
	for s.len() > 0 && !d.strange(s.first) {
		s.first++
	}
	switch {
	case r.end < len(d.labels) && d.labelled(r.end) == person && !broken(d.t, r.end) && (d.isRole(r.end-1) || titleWords[d.fold(r.end-1)]):
		// the words are the title of the person named next
	case s.first > r.first && courtesies[d.fold(s.first-1)]: // "Mr. President"
	case s.len() > 0 && d.allStrange(s):
		a.put(s, kindOther, "entity/capital", a.called(s))
		a.within(name{s.first, s.end, other})
	default:
		a.inside(r, kindOther)
	}
}

// allStrange reports whether every word of r is strange.
func (d *document) allStrange(r run) bool {
	for i := r.first; i < r.end; i++ {
		if !d.strange(i) {
			return false
		}
	}
	return true
}

// noNames are words with a capital that name nothing.
var noNames = englishWords("no-names")

// strange reports whether token i is a word that the text never writes without a
// capital, though it also stands elsewhere than at the head of a sentence, and
// that is no weekday or another word that always has one.
func (d *document) strange(i int) bool {
	w := d.words[d.fold(i)]
	return w != nil && w.small == 0 && (w.inside > 0 || !broken(d.t, i) && (i == 0 || !opensQuote(d.t, i-1))) && d.form[i]&short == 0 && !noNames[d.fold(i)] && !days[d.fold(i)] && !weekdays[d.fold(i)] && !closed[d.fold(i)]
}

// descriptions adds the titles and descriptions that stand without a name, such as
// "the minister".
func (a *asides) descriptions() {
	d := a.d
	for i, k := range d.t.Tokens {
		if d.labels[i] != 0 || k.Kind != token.Word || !d.isRole(i) && !generic[plain(d.t.String(i))] {
			continue
		}
		if d.form[i] == 0 {
			a.description(i)
		} else {
			a.title(i)
		}
	}
}

// title adds the title with a capital that ends with token i: "the Court",
// "Mr. President".
func (a *asides) title(i int) {
	d := a.d
	if i+1 < len(d.form) && !broken(d.t, i+1) && d.form[i+1] != 0 { // "President Duarte", "Court House"
		return
	}
	r := run{i, i + 1}
	for r.first > 0 && !broken(d.t, r.first) && d.form[r.first-1] != 0 && d.labels[r.first-1] == 0 {
		k := d.fold(r.first - 1)
		if !modifiers[k] && !courtesies[k] && !roleNouns[k] {
			break
		}
		r.first--
	}
	w := d.words[d.fold(r.first)]
	if broken(d.t, r.first) && w.inside == 0 && (w.small > 0 || r.len() == 1) || d.loud[i] {
		return
	}
	e, ok := a.bearers[i]
	if !ok {
		e = a.holder(r)
	}
	if e < 0 && r.first > 0 && r.len() == 1 {
		e = a.byBody(run{r.first - 1, r.end})
	}
	a.put(r, kindNominal, "entity/title", e)
}

// theArticle is the definite article of English.
var theArticle = englishWords("the")

// description adds the description with "the" or "this" whose noun is token i, "the
// foreign policy chief", if exactly one entity can be meant.
func (a *asides) description(i int) {
	d := a.d
	if i+1 < len(d.form) && !broken(d.t, i+1) && !a.after(i) {
		return
	}
	r := run{d.extend(i), i + 1}
	if r.first == 0 || !definite(d.t, r.first-1) {
		return
	}
	e := a.holder(r)
	if e < 0 {
		e = a.byBody(run{r.first - 1, r.end})
	}
	if e >= 0 {
		a.put(r, kindNominal, "entity/description", e)
	}
}

// after reports whether the token behind the noun at token i shows that the noun
// ends the description: "the minister said", not "the company spokesman".
func (a *asides) after(i int) bool {
	next, s := a.d.t.Tokens[i+1], a.d.t.String(i+1)
	switch {
	case next.Kind == token.Mark:
		return s != "-"
	case a.d.isRole(i):
		return a.d.form[i+1] == 0 && !a.d.isRole(i+1)
	}
	return preposition[next.Fold] || speech[next.Fold] || closed[next.Fold] || s[0] == '\'' || strings.HasPrefix(s, "’") || endsIn(s, pastEndings)
}
