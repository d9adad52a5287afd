// Package entity finds the people, organisations and places that a text names,
// joins the names of one thing under the fullest of them, and tells the roles
// of people: "EU foreign policy chief Josep Borrell".
//
// In English text, names are found in three steps:
//
//   - document.go collects what is known of the text before any name is found, and
//     runs.go cuts out the stretches of words with capitals in which names can stand.
//   - A model (label.go, model.go) gives each word in these stretches a label: part of a
//     name of a person, an organisation, a place or something else, or of no name. What
//     the model sees of a word is computed in features.go and numbered in kinds.go. It
//     uses the lists of names of lists.go, the word lists that words.go reads, the lexicon
//     of lexicon.go and the word clusters of cluster.go.
//   - Rules correct the labels; rules.go lists them in their order. They are in acronym.go,
//     firm.go (companies), loud.go (lines in capitals), namesake.go (ships, storms and companies
//     called like something else), teams.go (sports clubs) and entity.go.
//
// Rules also do what follows: link.go, with people.go and bodies.go, joins the names of one
// thing; role.go finds the roles of people; aside.go finds mentions that are no plain names,
// such as "President Duarte" and "the minister"; who.go and known.go tell whom words such as
// "he" or "the minister" mean, and explain.go who else could have been meant, and why not.
//
// In the other languages that [Reads] (reads.go) knows, one model for all of them labels the words of
// sentences (multi.go, tongue.go); multiwho.go tells whom words mean there. In German, rules
// and lists label first (german.go) and the model adds to what they found; germanwho.go
// finds roles and tells whom words mean.
//
// lesson.go and multilesson.go turn texts whose names are marked into what the models learn
// from; only the training programs train/names and train/multinames use them.
// doc/statements.md describes how names serve to tell who made a statement.
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

	german    bool    // the text is German
	tongue    *tongue // word lists of the language, if that is neither English nor German; else nil
	d         *document
	names     []name              // where each of Mentions stands, in tokens
	of        []int               // the entity, an index into all, of each of Mentions
	all       []named             // the entities
	quoted    []bool              // for each token: whether it stands in a quotation
	roles     map[uint64][]holder // people and their roles, by the hash of the noun of the role
	bearers   map[int]int         // entities of people, by the token that is the noun of their role
	bodies    map[uint64][]int    // entities of organisations, by the hashes of the first and last words of their names
	fullNames map[int]string      // full names by entity, computed by the method fuller; nil before its first call
	nicknames map[uint64]int      // entities by the hash of the nickname within their name, computed by fuller
	married   map[int]uint64      // by entity: the hash of a last name shared with somebody named beside, computed by fuller
	losers    *[]Candidate        // collects who was not meant, and why; nil except during Candidates
}

// A named is an entity as it is reported.
type named struct {
	text  string // its fullest name
	full  name   // the tokens where the fullest name stands first
	kind  kind
	sex   listed // isMale, isFemale, or 0 if unknown
	role  run    // the tokens of the first role that the text gives; empty if there is none
	first int    // index of its first mention; -1 if the entity was joined to another one
}

// A name is a half-open range of tokens that names something.
type name struct {
	first, end int
	kind       kind
}

// kindNames are the kinds of names as [dateline.Mention] gives them.
var kindNames = [...]string{person: "person", org: "org", place: "place", other: "other"}

// Find returns the names in t, whose language is lang, a BCP 47 tag; "" stands for an unknown
// language, and the text is then read if it looks like English. English has a model of its own;
// the other languages for which [Reads] is true share one. In text of another language, or that
// is not valid UTF-8, no names are found. The result is never nil.
func Find(t *token.Text, lang string) *Names { return find(t, lang, false) }

// find does the work of [Find] and, with explain, of [Explain].
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

// overlay adds to the names of the German text d those that the model found, given by its
// labels, one per token. A name is left out if it overlaps with one that d already has, if it
// ends with a hyphen, or if it is a single word labelled as a person that stands behind an
// article, because such a word is mostly a common noun.
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

// A Finder finds names in English text with models that [NewFinder] was given. It must not be
// used by several goroutines at once.
type Finder struct{ labeller }

// Find returns the names in t, which is taken to be valid UTF-8 and English.
func (f *Finder) Find(t *token.Text) *Names {
	d := read(t)
	d.labels = f.label(d)
	f.correct(d)
	return d.find(false, nil)
}

// find joins the names that are labelled in d into entities and, in English, adds
// the mentions that are no plain names (aside.go). The tongue g is nil in English and
// German.
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
	for e, full := range ns.fuller() {
		ns.all[e].text = full
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

// wellKnown labels as organisations the names of several words that the list of
// organisations has, if no other word with a capital stands beside them and the model
// labelled them as no name or as one of another kind.
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

// surnames labels as people single words that are the last word of a person's full
// name elsewhere in the text. It does so only where the model labelled the word as no
// name, or, if no list has it as a place or organisation, as a name of another kind,
// and only if the text never writes the word in small letters.
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
	// ranks are titles that are never part of a name, even if a list of names has the word.
	ranks = englishWords("ranks")
	// alsoNames are nouns for what somebody is that are used as names of people, too.
	alsoNames = englishWords("also-names")
)

// addressed takes out of a person's name a first word that the model wrongly took
// into it: a title or profession ("Mrs", "Engineer"), which becomes no name, or a
// nationality ("Czech"), which becomes a name of its own of the kind other.
func (d *document) addressed() {
	for _, n := range d.names() {
		if n.kind != person && n.kind != place || n.end-n.first < 2 {
			continue
		}
		switch first := d.fold(n.first); {
		case n.kind == person && (ranks[first] || roleNouns[first] && d.lists[n.first]&(isFirst|isLast) == 0 && !alsoNames[first]):
			d.labels[n.first] = 0
		case n.kind == person && n.end-n.first > 2 && d.t.Tokens[n.first].Is(token.Sentence) && d.lists[n.first]&(isFirst|isLast) == 0 && d.form[n.first] == capital &&
			d.lists[n.first+1]&isFirst != 0 && d.words[d.fold(n.first)].small > 0: // “Beekeeper Edith Brandt”, in a text with "beekeeper"
			d.labels[n.first] = 0
		case d.national(n):
			d.labels[n.first] = single(other)
		default:
			continue
		}
		setLabels(d.labels[n.first+1:n.end], person)
	}
}

// national reports whether name n consists of a nationality and a person's name
// behind it, judged by what the lexicon says of the first word.
func (d *document) national(n name) bool {
	if d.lists[n.first]&isFirst != 0 || !d.usuallyOther(n.first) {
		return false
	}
	sure := d.usual(n.first) >> 2 & 3
	return sure >= mostlySo && n.end-n.first > 2 && d.lists[n.first+1]&isFirst != 0 || sure == nearlyAlways && n.kind == person
}

// maxOffices bounds the names that withoutOffices examines in a text, each of which
// costs a search through the whole text.
const maxOffices = 16

// withoutOffices shortens the name of an organisation whose last words belong to the
// role noun behind it: of "EU Foreign Policy chief" only "EU" is a name, if the text
// writes "foreign policy" in small letters elsewhere. It changes names and the labels
// of d, and returns names.
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

// small reports whether the words of the tokens from first up to end stand somewhere
// in the text in small letters.
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

// names returns the names that the labels of d mark, in the order of the text.
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

// text returns name i as an entity is called by it: on one line, and in German
// without the "s" of a genitive.
func (ns *Names) text(i int) string {
	n := ns.names[i]
	text := strings.Join(strings.Fields(ns.words(run{n.first, n.end}).Text), " ")
	if ns.d.genitive[n.end-1] {
		text = withoutGenitive(text)
	}
	return text
}

// words returns the bytes of the text that a range of tokens covers.
func (ns *Names) words(r run) dateline.Words {
	t := ns.d.t
	start, end := int(t.Tokens[r.first].Start), int(t.Tokens[r.end-1].End)
	if firmForms[ns.d.fold(r.end-1)] && t.Text[end-1] == '.' { // the point of "Inc." is left out
		end--
	}
	return dateline.Words{Start: start, End: end, Text: t.Text[start:end]}
}

// report appends a mention for name i and, if it is a person's, looks for a role.
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

// A text of unknown language is taken for English if at least one in commonShare of
// its words is a common word of English. In running English text it is more than one in
// three, in other languages that share some of the words ("in", "was") far fewer.
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
