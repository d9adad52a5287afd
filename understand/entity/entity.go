// Package entity finds the people, organisations and places that a text names,
// joins the names of one thing under the fullest of them, and tells the roles
// of people: "EU foreign policy chief Josep Borrell".
//
// Names are labelled by a model (label.go, features.go) within runs of words
// with capitals (runs.go). How they are joined (link.go), what role a person has
// (role.go), whom "the minister" means (who.go, known.go), and the mentions that are no plain
// names, such as "President Duarte" and "the minister" (aside.go), is told by rules. In other languages one model of many
// languages labels the words of sentences (multi.go, tongue.go, multiwho.go); in German it knows what
// rules and lists say (german.go, germanwho.go).
//
// The names of all rules stand in rules.go, in the order in which they are tried,
// but those that tell whom words mean, which are a table in who.go. explain.go
// tells who else could have been meant. document.go is what is known of a text
// before any name is labelled; lists.go, lexicon.go and cluster.go are what is known
// of words. lesson.go says what labelled texts teach; only train/names asks. doc/statements.md tells the way
// from first to last.
package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/understand/token"
)

// Names are the names in a text.
type Names struct {
	// Mentions are in the order of the text and do not overlap.
	Mentions []dateline.Mention
	// Asides are the mentions that are not the name of a person, an organisation
	// or a place (aside.go): names together with their titles ("President Ana
	// Duarte"), names within longer names, descriptions without a name ("the
	// minister"), names of works, events and products. They are in the order of the
	// text and may overlap with Mentions and each other.
	Asides []dateline.Mention

	german    bool
	tongue    *tongue // of the language, if that is neither English nor German; else nil
	d         *document
	names     []name              // of each mention
	of        []int               // entity of each mention
	all       []named             // by entity
	quoted    []bool              // of each token: stands in a quotation
	roles     map[uint64][]holder // people by the nouns of their roles
	bearers   map[int]int         // people by the tokens that are the nouns of their roles
	bodies    map[uint64][]int    // organisations by the first and last words of their names
	fullNames map[int]string      // of entities, see fuller; nil before they are looked for
	nicknames map[uint64]int      // entities by the nicknames that stand within their names, see fuller
	married   map[int]uint64      // the last names that entities share, see fuller
	losers    *[]Candidate        // who was not meant, and why; nil unless Candidates asks
}

// A named is an entity as it is reported.
type named struct {
	text  string // its fullest name
	full  name   // where that stands first
	kind  kind
	sex   listed
	role  run // the first that is told; empty if none is
	first int // its first mention
}

// A name is a half-open range of tokens that names something.
type name struct {
	first, end int
	kind       kind
}

// kindNames are the kinds as they are printed.
var kindNames = [...]string{person: "person", org: "org", place: "place", other: "other"}

// Find returns the names in t, whose language is lang: in English by a model of its own, in
// the other languages that [Reads] tells by one for all of them. In what is not UTF-8 nothing
// is found.
func Find(t *token.Text, lang string) *Names { return find(t, lang, false) }

// find is Find, or Explain.
func find(t *token.Text, lang string, explain bool) *Names {
	switch {
	case !utf8.ValidString(t.Text):
		return &Names{d: &document{t: t}}
	case base(lang) == "de":
		d := read(t)
		d.labelGerman()
		d.overlay(labelMulti(readMulti(t, "de", d.labels), multiModel()))
		return d.find(true, nil)
	case multiReads[base(lang)]:
		r := readMulti(t, base(lang), nil)
		d := read(t)
		for i, s := range r.sketches {
			d.lists[i] = s.listed
		}
		d.inflected = r.g.inflected
		d.labels = labelMulti(r, multiModel())
		d.bySurnames()
		return d.find(false, r.g)
	case !english(t, lang):
		return &Names{d: &document{t: t}}
	}
	f := finders.Get().(*Finder)
	defer finders.Put(f)
	f.explain = explain
	return f.Find(t)
}

// overlay adds to the names of a German text those of labels that touch none which d has
// already: no word behind an article alone, which is mostly a noun, and none that a hyphen ends.
func (d *document) overlay(labels []uint8) {
	for first := 0; first < len(labels); first++ {
		if labels[first] == 0 {
			continue
		}
		end := first + 1
		for !ends(labels[end-1]) && end < len(labels) {
			end++
		}
		noun := end-first == 1 && kindOf(labels[first]) == person && first > 0 && germanArticles[d.fold(first-1)]
		if slices.Max(d.labels[first:end]) == 0 && !noun && d.t.String(end-1) != "-" {
			copy(d.labels[first:end], labels[first:end])
		}
		first = end - 1
	}
}

// A Finder finds names with models of its own. It serves one goroutine.
type Finder struct{ labeller }

// Find returns the names in t.
func (f *Finder) Find(t *token.Text) *Names {
	d := read(t)
	d.labels = f.label(d)
	f.correct(d)
	return d.find(false, nil)
}

// find joins the names that the labels of d tell, and adds the mentions that are
// no plain names (aside.go). The tongue is nil in English and German.
func (d *document) find(german bool, g *tongue) *Names {
	var names, rest []name
	for _, n := range d.withoutOffices(d.names()) {
		if (german || g != nil) && len(d.parts(n)) == 0 { // the model took a mark for a name
			continue
		}
		if n.kind == other {
			rest = append(rest, n)
		} else {
			names = append(names, n)
		}
	}
	l := link(d, names)
	ns := &Names{
		german: german, tongue: g,
		d: d, names: names, of: l.of, all: make([]named, len(l.entities)),
		quoted: quotations(d.t, german), roles: map[uint64][]holder{}, bearers: map[int]int{}, bodies: map[uint64][]int{},
	}
	for e, en := range l.entities {
		ns.all[e] = named{text: ns.text(en.fullest), full: names[en.fullest], kind: en.kind, sex: en.sex, first: -1}
	}
	for i := range names {
		ns.report(i)
	}
	for e, n := range ns.all {
		if n.first >= 0 { // else it was joined to another
			ns.index(e)
		}
	}
	if !german && g == nil {
		ns.aside(l, rest)
	}
	return ns
}

// wellKnown labels as organisations the listed ones of several words that stand
// alone and that the labels leave out or take for something else.
func (d *document) wellKnown() {
	for i := range d.labels {
		if d.form[i] == 0 || d.lists[i]&inBody == 0 || i > 0 && d.form[i-1] != 0 && !broken(d.t, i) {
			continue
		}
		h, best := join(0, d.fold(i)), i
		for end := i + 1; end < min(i+maxListed, len(d.labels)) && !broken(d.t, end); end++ {
			h = join(h, d.fold(end))
			if lists().names.Get(h)&isBody != 0 && d.form[end] != 0 {
				best = end + 1
			}
		}
		if best > i && !ends(d.labels[best-1]) && d.labels[best-1] != 0 { // "Supreme Court of Kenya"
			continue
		}
		if best > i && (best == len(d.form) || d.form[best] == 0 || broken(d.t, best)) {
			setLabels(d.labels[i:best], org)
		}
	}
}

// surnames labels as people the words that the labels leave out, or take for an
// organisation, and that are, elsewhere, the last of a person's name, and never
// written small.
func (d *document) surnames() {
	last := map[uint64]bool{}
	for _, n := range d.names() {
		if w := d.words[d.fold(n.end-1)]; n.kind == person && n.end > n.first+1 && w != nil && w.small == 0 {
			last[d.fold(n.end-1)] = true
		}
	}
	for i, l := range d.labels {
		if last[d.fold(i)] && d.form[i] != 0 && d.alone(i) && !d.ordinary(i) && (l == 0 || (l == single(org) || l == single(place) || l == single(other)) && d.lists[i]&(isBody|isCountry|isRegion|isBigCity|isCity) == 0) {
			d.labels[i] = single(person)
		}
	}
}

var (
	// ranks are titles that are of no name, whatever the lists say.
	ranks = englishWords("ranks")
	// alsoNames are nouns for what somebody is that are names, too.
	alsoNames = englishWords("also-names")
)

// addressed ends before a person's name what the labels take into it: "Mrs",
// "Engineer", "Czech".
func (d *document) addressed() {
	for _, n := range d.names() {
		if n.kind != person && n.kind != place || n.end-n.first < 2 {
			continue
		}
		switch first := d.fold(n.first); {
		case n.kind == person && (ranks[first] || roleNouns[first] && d.lists[n.first]&(isFirst|isLast) == 0 && !alsoNames[first]):
			d.labels[n.first] = 0
		case d.national(n):
			d.labels[n.first] = single(other)
		default:
			continue
		}
		setLabels(d.labels[n.first+1:n.end], person)
	}
}

// national reports whether name n begins with a nationality before a person's
// name.
func (d *document) national(n name) bool {
	usual := d.usual(n.first)
	if d.lists[n.first]&isFirst != 0 || usual>>4 != uint64(other)+1 {
		return false
	}
	sure := usual >> 2 & 3
	return sure >= mostlySo && n.end-n.first > 2 && d.lists[n.first+1]&isFirst != 0 || sure == nearlyAlways && n.kind == person
}

// maxOffices bounds the names that withoutOffices looks at.
const maxOffices = 16

// withoutOffices ends the name of an organisation before words that belong to
// the office behind it: of "EU Foreign Policy chief" only "EU" is a name where
// the text has "foreign policy" in small letters, too.
func (d *document) withoutOffices(names []name) []name {
	looked := 0
	for i := range names {
		n := &names[i]
		if n.kind != org || n.end-n.first < 2 || n.end >= len(d.t.Tokens) || broken(d.t, n.end) || !d.isRole(n.end) || looked == maxOffices {
			continue
		}
		looked++
		for k := n.first + 1; k < n.end; k++ {
			if d.small(k, n.end) {
				clear(d.labels[k:n.end])
				n.end = k
			}
		}
	}
	return names
}

// small reports whether the words of tokens first to end stand somewhere in
// small letters.
func (d *document) small(first, end int) bool {
	t := d.t
	for i := 0; i+end-first <= len(t.Tokens); i++ {
		k := 0
		for first+k < end && d.form[i+k] == 0 && t.Tokens[i+k].Kind == token.Word && t.Tokens[i+k].Fold == t.Tokens[first+k].Fold {
			k++
		}
		if first+k == end {
			return true
		}
	}
	return false
}

// alone reports whether no word with a capital stands beside token i.
func (d *document) alone(i int) bool {
	return (i == 0 || d.form[i-1] == 0 || broken(d.t, i)) && (i+1 == len(d.form) || d.form[i+1] == 0 || broken(d.t, i+1))
}

// names reads the names off the labels of d.
func (d *document) names() []name {
	var list []name
	for i := 0; i < len(d.labels); i++ {
		if d.labels[i] == 0 {
			continue
		}
		n := name{first: i, kind: kindOf(d.labels[i])}
		for !ends(d.labels[i]) && i+1 < len(d.labels) {
			i++
		}
		n.end = i + 1
		list = append(list, n)
	}
	return list
}

// text returns name i as it is printed, on one line.
func (ns *Names) text(i int) string {
	n := ns.names[i]
	text := strings.Join(strings.Fields(ns.words(run{n.first, n.end}).Text), " ")
	if ns.d.genitive[n.end-1] {
		text = strings.TrimSuffix(text, "s")
	}
	return text
}

// words returns the words of a range of tokens.
func (ns *Names) words(r run) dateline.Words {
	t := ns.d.t
	start, end := int(t.Tokens[r.first].Start), int(t.Tokens[r.end-1].End)
	if firmForms[ns.d.fold(r.end-1)] && t.Text[end-1] == '.' { // "Inc." is "Inc"
		end--
	}
	return dateline.Words{Start: start, End: end, Text: t.Text[start:end]}
}

// report makes a mention of name i.
func (ns *Names) report(i int) {
	n, e := ns.names[i], ns.of[i]
	m := dateline.Mention{Words: ns.words(run{n.first, n.end}), Kind: kindNames[n.kind], Entity: ns.all[e].text, Rule: ns.d.ruleOf(n)}
	if ns.all[e].first < 0 {
		ns.all[e].first = i
	}
	if n.kind == person {
		role := ns.d.role
		switch {
		case ns.german:
			role = ns.d.germanRole
		case ns.tongue != nil:
			role = ns.tongueRole
		}
		if r, rule, ok := role(n); ok {
			m.Role = &dateline.Role{Words: ns.words(r), Rule: rule}
			if ns.all[e].role.len() == 0 {
				ns.all[e].role = r
			}
			ns.hold(e, r)
		}
	}
	ns.Mentions = append(ns.Mentions, m)
}

// commonWords are the most frequent words of English.
var commonWords = englishWords("common-words")

// base returns the language of a tag without its country: "de" of "de-AT".
func base(lang string) string {
	b, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return b
}

// commonShare is the share of common words, one in so many, from which on a text
// is English: running English has more than one in three, other languages that
// share some of the words ("in", "was") far fewer.
const commonShare = 5

// english reports whether t is English: by its language, or, where that is not
// known, by its words.
func english(t *token.Text, lang string) bool {
	if lang != "" {
		return base(lang) == "en"
	}
	all, common := 0, 0
	for _, k := range t.Tokens {
		if k.Kind == token.Word {
			all++
			if commonWords[k.Fold] {
				common++
			}
		}
	}
	return common*commonShare >= all
}
