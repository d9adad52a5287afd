package entity

import (
	_ "embed"
	"strings"
	"sync"

	"dateline/understand/token"
)

// In German every noun has a capital, so a capital does not point to a name. The rules of
// this file find people by a first name of the lists or by a title ("Außenminister") and
// then, in the rest of the text, by their last names; they find places and organisations
// by lists, and companies by their legal form. What no rule is sure of they leave to the
// model of many languages (multi.go), which adds names that the rules did not find.

var (
	//go:embed lists/de/places.txt
	germanPlaces string
	//go:embed lists/de/bodies.txt
	germanBodies string
)

// A germanGazetteer holds the German word lists.
type germanGazetteer struct {
	small  map[uint64]bool // the names in listed that are written in small letters: "dpa"
	listed map[uint64]kind // the kinds of listed places and organisations, by join of the hashes of their words
	opens  map[uint64]bool // the first words of the names in listed
	roles  map[uint64]bool // nouns for what somebody is; longer nouns can end in them
	never  map[uint64]bool // words with a capital that are never part of a person's name
	verb   map[uint64]bool // verbs of main clauses
	noVerb map[uint64]bool // words that end like a verb in the past tense and are none

	adjectiveEndings, nounEndings, pastEndings, inflections []string // nounEndings are the endings of nouns that name no person
	lesser                                                  []string // beginnings of words that make a role a lesser or former one: "vize"
}

var german = sync.OnceValue(func() *germanGazetteer {
	g := &germanGazetteer{small: map[uint64]bool{}, listed: map[uint64]kind{}, opens: map[uint64]bool{}, roles: germanWords("role"), never: germanNever()}
	g.verb, g.noVerb = germanWords("verb"), germanWords("no-verb")
	g.adjectiveEndings, g.nounEndings, g.pastEndings = endings("de", "adjective-ending"), endings("de", "noun-ending"), endings("de", "past-ending")
	g.inflections, g.lesser = append([]string{""}, endings("de", "inflection")...), endings("de", "lesser")
	g.add(germanPlaces, place)
	g.add(germanBodies, org)
	return g
})

// add adds the names of kind k in list, one a line.
func (g *germanGazetteer) add(list string, k kind) {
	var t token.Text
	for line := range strings.Lines(list) {
		t.Read(strings.TrimSpace(line), "de")
		h := joined(t.Tokens)
		g.listed[h] = k
		g.small[h] = !capitalised(t.Tokens[0])
		g.opens[t.Tokens[0].Fold] = true
	}
}

var (
	germanArticles  = germanWords("articles")
	germanTitles    = germanWords("titles")
	germanParticles = germanWords("particles")
	behindParticle  = germanWords("particle-behind-particle")   // part of a name only behind another particle: "von der Leyen"
	behindFirstName = germanWords("particle-behind-first-name") // part of a name only right behind a first name
	germanForms     = germanWords("forms")
	germanWhither   = germanWords("whither")
	joinsNames      = germanWords("joins-names")
	nobility        = germanWords("nobility")
	anArticle       = germanWords("an") // before what is listed, says that it is no name there
)

// A germanReader labels a German text.
type germanReader struct {
	*document
	g        *germanGazetteer
	articled map[uint64]bool // words that stand behind an article somewhere
}

// labelGerman labels the names of the German text d by rules and lists.
func (d *document) labelGerman() {
	d.labels = make([]uint8, len(d.t.Tokens))
	d.genitive = map[int]bool{}
	d.roles = make([]bool, len(d.t.Tokens))
	for i := range d.roles {
		d.roles[i] = d.endsInRole(i)
	}
	r := germanReader{document: d, g: german(), articled: map[uint64]bool{}}
	for i := 1; i < len(d.t.Tokens); i++ {
		if d.form[i] != 0 && germanArticles[d.fold(i-1)] && !r.leads(i) && (i < 2 || !nobility[d.fold(i-2)]) {
			r.articled[d.fold(i)] = true
		}
	}
	for i := range d.t.Tokens {
		if d.form[i] == 0 || d.labels[i] != 0 || r.glued(i) {
			continue
		}
		if end := r.company(i); end > i {
			d.labelAs(i, end, org, byGermanCompany)
		} else if end := r.named(i); end > i {
			d.labelAs(i, end, person, byGermanFirstName)
		} else if end := r.behindTitle(i); end > i {
			d.labelAs(i, end, person, byGermanTitle)
		}
	}
	r.surnames()
	for i := range d.t.Tokens {
		if d.labels[i] == 0 && r.g.opens[d.fold(i)] || d.form[i] != 0 && r.inGenitive(i) {
			r.listed(i)
		}
		if r.town(i) {
			d.labelAs(i, i+1, place, byGermanTown)
		}
	}
}

// labelAs labels the tokens from first to end as one name that a rule found.
func (d *document) labelAs(first, end int, k kind, rule uint8) {
	setLabels(d.labels[first:end], k)
	d.ruled(first, end, rule)
}

// town reports whether token i is in the lists of the world's towns and stands behind a
// preposition of place: "in Grenoble".
func (r *germanReader) town(i int) bool {
	if i == 0 || r.labels[i] != 0 || r.form[i] == 0 || r.lists[i]&(isCity|isBigCity) == 0 || !germanWhither[r.fold(i-1)] || broken(r.t, i) {
		return false
	}
	return !r.articled[r.fold(i)] && !r.wordsSmall(i) && !r.leads(i) && !r.g.never[r.fold(i)]
}

// glued reports whether token i belongs to the word before it: "Merkel" in
// "Anti-Merkel".
func (r *germanReader) glued(i int) bool {
	return i > 0 && r.t.Tokens[i].Is(token.Glued) && r.hyphen(i-1)
}

func (r *germanReader) hyphen(i int) bool { return i < len(r.t.Tokens) && r.t.String(i) == "-" }

// leads reports whether a hyphen joins token i to what follows.
func (r *germanReader) leads(i int) bool {
	return i+2 < len(r.t.Tokens) && r.hyphen(i+1) && r.t.Tokens[i+1].Is(token.Glued) && r.t.Tokens[i+2].Is(token.Glued)
}

// behindArticle reports whether an article stands before token i.
func (r *germanReader) behindArticle(i int) bool {
	return i > 0 && !broken(r.t, i) && germanArticles[r.fold(i-1)]
}

// maxGermanName is the number of tokens of the longest name of a person.
const maxGermanName = 8

// named returns the end of the person's name that begins with a first name at
// token i, or i.
func (r *germanReader) named(i int) int {
	if r.lists[i]&isFirst == 0 || r.g.never[r.fold(i)] || r.wordsSmall(i) || r.t.Tokens[i].Is(token.AllCaps) {
		return i
	}
	if r.behindArticle(i) || r.known(i) && r.lists[i]&isLast == 0 || r.lists[i]&isCountry != 0 {
		return i
	}
	end, last := r.rest(i+1, i+maxGermanName)
	if last < 0 {
		return i
	}
	return end
}

// rest returns the end of the person's name that goes on at token k and ends at limit
// at the latest, and the token of its last name; last is -1 if no last name follows.
func (r *germanReader) rest(k, limit int) (end, last int) {
	const maxCapitals = 4 // words with a capital behind the first name: two more first names, a double last name
	end, last = k, -1
	capitals := 0
	for k < min(limit, len(r.t.Tokens)) && !broken(r.t, k) && capitals < maxCapitals {
		w := r.t.Tokens[k]
		switch {
		case r.hyphen(k) && w.Is(token.Glued) && k+1 < len(r.t.Tokens) && r.t.Tokens[k+1].Is(token.Glued) && r.form[k+1] != 0:
			if !r.surname(k + 1) {
				return end, -1 // "Konrad-Adenauer-Stiftung"
			}
			k++
			if last >= 0 || capitals > 0 {
				last = k
			}
			end = k + 1
		case w.Kind == token.Word && r.form[k]&short != 0 && w.Is(token.Pointed): // "F."
		case r.form[k] != 0 && r.surname(k):
			capitals++
			last, end = k, k+1
		case germanParticles[w.Fold] && r.form[k] == 0 && k+1 < len(r.t.Tokens) && (r.form[k+1] != 0 || germanParticles[r.fold(k+1)]):
			if k+1 < len(r.t.Tokens) && r.form[k+1] != 0 && !r.surname(k+1) || !r.nobiliary(k) {
				return end, last
			}
		default:
			return end, last
		}
		k++
	}
	return end, last
}

// nobiliary reports whether the particle at token k is part of a person's name. Words
// that are also German prepositions or articles are so only behind a first name ("von") or
// behind another particle ("der"); particles of other languages always are.
func (r *germanReader) nobiliary(k int) bool {
	switch w := r.fold(k); {
	case behindParticle[w]:
		return k > 0 && germanParticles[r.fold(k-1)] && r.form[k-1] == 0 // "von der Leyen"
	case behindFirstName[w]:
		return k > 0 && r.lists[k-1]&isFirst != 0
	}
	return true
}

// maxGermanAcronym is the number of bytes up to which a word in capitals can be a short
// last name: "OZ". Longer words in capitals are acronyms or stand in a line of capitals.
const maxGermanAcronym = 3

// surname reports whether token k can be a last name.
func (r *germanReader) surname(k int) bool {
	w := r.t.Tokens[k]
	if w.Kind != token.Word || r.g.never[w.Fold] || r.wordsSmall(k) || w.Is(token.AllCaps) && w.End-w.Start > maxGermanAcronym {
		return false
	}
	isLast := r.lists[k]&isLast != 0
	if r.known(k) && !isLast || r.isGermanRole(k) && !isLast {
		return false
	}
	return isLast || !r.articled[w.Fold] && !nounEnding(r.t.String(k))
}

// nounEnding reports whether s ends like a German noun that names no person.
func nounEnding(s string) bool {
	return endsIn(s, german().nounEndings)
}

// wordsSmall reports whether the text also writes the word at token i in small letters.
func (r *germanReader) wordsSmall(i int) bool {
	w := r.words[r.fold(i)]
	return w == nil || w.small > 0
}

// known reports whether token i is a place or an organisation of the lists,
// perhaps in the genitive.
func (r *germanReader) known(i int) bool {
	if _, ok := r.g.listed[join(0, r.fold(i))]; ok {
		return true
	}
	return r.inGenitive(i)
}

// base returns the hash of the word at token i without the "s" of a genitive.
func (r *germanReader) base(i int) uint64 {
	s := r.t.String(i)
	return token.Hash(withoutGenitive(s))
}

// maxGermanWord is the number of bytes of the longest word whose parts are looked up.
const maxGermanWord = 60

// isGermanRole reports whether token i is a noun for what somebody is, or ends in
// one: "Innenministerin".
func (d *document) isGermanRole(i int) bool { return d.roles[i] }

// endsInRole computes what labelGerman stores for isGermanRole.
func (d *document) endsInRole(i int) bool {
	if d.t.Tokens[i].Kind != token.Word || d.form[i] == 0 || len(d.t.String(i)) > maxGermanWord {
		return false
	}
	roles := german().roles
	s := strings.ToLower(d.t.String(i))
	for _, inflection := range german().inflections {
		stem, ok := strings.CutSuffix(s, inflection)
		if !ok {
			continue
		}
		for at := range stem {
			if (at == 0 || compound(stem, at)) && roles[token.Hash(stem[at:])] {
				return true
			}
		}
	}
	return false
}

// compound reports whether both parts of s, divided at byte at, are long enough for
// words of a German compound. Shorter parts are mostly endings that look like a noun.
func compound(s string, at int) bool {
	const minModifier, minHead = 3, 4 // bytes
	return at >= minModifier && len(s)-at >= minHead
}

// behindTitle returns the end of the name at token i if a title stands before it:
// "Minister Sathit Wongnongtoey", "Präsident Obama".
func (r *germanReader) behindTitle(i int) int {
	if i == 0 || broken(r.t, i) || !r.surname(i) || r.t.Tokens[i].Is(token.AllCaps) || r.isGermanRole(i) {
		return i
	}
	title := germanTitles[r.fold(i-1)] && r.form[i-1] != 0
	if !title && !r.isGermanRole(i-1) || r.articled[r.fold(i)] {
		return i
	}
	end, last := r.rest(i, i+maxGermanName)
	if last < 0 || r.leads(last) || end < len(r.t.Tokens) && r.hyphen(end) && r.t.Tokens[end].Is(token.Glued) {
		return i
	}
	if last == i && endsIn(r.t.String(i), germanGenitive) && !title && r.lists[i]&isLast == 0 {
		return i // perhaps a genitive: "Präsident Kenias"
	}
	return end
}

// maxGermanFirm is the number of words of the longest name of a company before
// its legal form.
const maxGermanFirm = 4

// company returns the end of the company that begins at token i, or i: "Air
// Berlin AG".
func (r *germanReader) company(i int) int {
	if i > 0 && !broken(r.t, i) && r.form[i-1] != 0 && !germanArticles[r.fold(i-1)] || germanArticles[r.fold(i)] || r.isGermanRole(i) {
		return i
	}
	for k := i + 1; k < min(i+1+maxGermanFirm, len(r.t.Tokens)) && r.form[k] != 0 && !broken(r.t, k); k++ {
		if s := r.t.String(k); germanForms[r.fold(k)] && !germanNoForms[s] && !r.leads(k) {
			return k + 1
		}
	}
	return i
}

// minSurname is the number of bytes of the shortest last name that is found
// alone.
const minSurname = 3

// surnames labels as people the last names of those who are named in full elsewhere,
// together with as much of the full name as stands before the last name: "von der Leyen".
func (r *germanReader) surnames() {
	full := map[uint64]name{}
	for _, n := range r.document.names() {
		w := r.t.Tokens[n.end-1]
		if _, ok := full[w.Fold]; !ok && n.kind == person && w.End-w.Start >= minSurname && !r.isGermanRole(n.end-1) {
			full[w.Fold] = n
		}
	}
	for i, l := range r.labels {
		if r.form[i] == 0 {
			continue
		}
		n, ok := full[r.fold(i)]
		if base, isBase := full[r.base(i)]; isBase && endsIn(r.t.String(i), germanGenitive) {
			n, ok = base, true
			r.genitive[i] = true
		}
		if !ok || l != 0 || r.leads(i) || r.glued(i) {
			continue
		}
		first := i
		for k := n.end - 2; k >= n.first && first > 0 && r.labels[first-1] == 0 && r.fold(first-1) == r.fold(k) && !broken(r.t, first); k-- {
			first--
		}
		if first < i || !r.behindArticle(i) {
			r.labelAs(first, i+1, person, byGermanSurname)
		}
	}
}

// inGenitive reports whether token i is a listed word in the genitive.
func (r *germanReader) inGenitive(i int) bool {
	if !endsIn(r.t.String(i), germanGenitive) {
		return false
	}
	_, ok := r.g.listed[join(0, r.base(i))]
	return ok
}

// listed labels the longest place or organisation of the lists that begins at
// token i.
func (r *germanReader) listed(i int) {
	if r.labels[i] != 0 || r.glued(i) || i > 0 && !broken(r.t, i) && anArticle[r.fold(i-1)] {
		return
	}
	h, best, k := uint64(0), i, kindCount
	for end := i; end < min(i+maxListed, len(r.t.Tokens)) && r.labels[end] == 0; end++ {
		h = join(h, r.fold(end))
		if of, ok := r.g.listed[h]; ok && r.t.Tokens[end].Kind == token.Word && !r.leads(end) && (r.form[i] != 0 || r.g.small[h]) {
			best, k = end+1, of
		}
	}
	if best == i && r.inGenitive(i) && !r.leads(i) {
		best, k = i+1, r.g.listed[join(0, r.base(i))]
		r.genitive[i] = true
	}
	if best > i {
		r.labelAs(i, best, k, byGermanList)
	}
}
