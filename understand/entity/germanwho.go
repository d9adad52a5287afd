package entity

import (
	"strings"

	"dateline/understand/token"
)

// germanRole returns the words that give the role of the person with name n, and
// the name of the rule that found them.
func (d *document) germanRole(n name) (r run, rule string, ok bool) {
	if r, ok := d.germanRoleBefore(n); ok && !d.genitive[n.end-1] {
		return r, roleBefore, true
	}
	if r, ok := d.germanRoleAfter(n); ok {
		return r, roleAfter, true
	}
	if r, ok := d.germanRolePrior(n); ok {
		return r, rolePrior, true
	}
	return r, "", false
}

// germanRoleBefore returns the role right before name n: "libanesische
// Informationsminister".
func (d *document) germanRoleBefore(n name) (r run, ok bool) {
	end := n.first
	for end > 0 && n.first-end < maxTitles && !broken(d.t, end) && germanTitles[d.fold(end-1)] && d.form[end-1] != 0 {
		end--
	}
	if end == 0 || broken(d.t, end) || !d.isGermanRole(end-1) {
		return r, false
	}
	return run{d.germanReach(end - 1), end}, true
}

// maxReach bounds the tokens that germanReach takes into a role. The longest role that
// it finds in news has a third as many.
const maxReach = 30

// germanReach returns where the role begins whose noun is token i. Words that a hyphen
// joins to the noun and adjectives before it belong to the role.
func (d *document) germanReach(i int) int {
	t := d.t
	least := max(i-maxReach, 0)
	for i > least+1 && t.String(i-1) == "-" && t.Tokens[i].Is(token.Glued) && t.Tokens[i-1].Is(token.Glued) && !broken(t, i-1) {
		i -= 2
		for i > least && d.form[i-1] != 0 && !broken(t, i) && !germanArticles[d.fold(i-1)] && !d.isGermanRole(i-1) { // "Human Rights Watch-Sprecher"
			i--
		}
	}
	for i > least && !broken(t, i) && d.isGermanRole(i-1) { // "der Vorsitzende Richter"
		i--
	}
	for k := i; k > least && !broken(t, k); k-- {
		if germanArticles[d.fold(k-1)] || d.genitive[k-1] {
			if endsIn(t.String(k), german().pastEndings) && thatGerman[d.fold(k-1)] { // "Das sagte Minister"
				break
			}
			return k
		}
		if t.Tokens[k-1].Kind != token.Word || d.form[k-1] != 0 || !germanAdjective(t.String(k-1)) {
			break
		}
	}
	return i
}

// germanAdjective reports whether s ends like an adjective before a noun.
func germanAdjective(s string) bool {
	const minAdjective = 4 // bytes; shorter words that end so are pronouns and prepositions
	if len(s) < minAdjective {
		return false
	}
	return endsIn(s, german().adjectiveEndings)
}

// germanRoleAfter returns the apposition after name n that gives its role: ",
// Vorsitzende des Kreisverbandes Memmingen,".
func (d *document) germanRoleAfter(n name) (r run, ok bool) {
	t := d.t
	at := n.end
	if at+2 < len(t.Tokens) && t.String(at) == "(" && t.String(at+2) == ")" { // party or age
		at += 3
	}
	if at+1 >= len(t.Tokens) || broken(t, at) || t.String(at) != "," {
		return r, false
	}
	at++
	if germanArticles[d.fold(at)] && d.form[at] == 0 {
		at++
	}
	r = run{at, at}
	head := false
	for ; r.end < len(t.Tokens) && r.end-at < maxRole && !broken(t, r.end); r.end++ {
		w := t.Tokens[r.end]
		if w.Kind == token.Mark && t.String(r.end) != "-" {
			break
		}
		if d.labelled(r.end) == person {
			return r, false
		}
		if head && d.form[r.end] == 0 && germanVerb(t.String(r.end)) {
			return r, true
		}
		if !head {
			if d.isGermanRole(r.end) {
				head = true
			} else if d.form[r.end] == 0 && !germanAdjective(t.String(r.end)) && t.String(r.end) != "-" || d.form[r.end] != 0 && !d.hyphenAfter(r.end) {
				return r, false
			}
		}
	}
	return r, head && (r.end == len(t.Tokens) || broken(t, r.end) || t.Tokens[r.end].Kind == token.Mark)
}

// germanVerb reports whether s looks like a verb of a main clause.
func germanVerb(s string) bool {
	w, g := token.Hash(s), german()
	return g.verb[w] || endsIn(s, g.pastEndings) && !g.noVerb[w]
}

// hyphenAfter reports whether a hyphen joins token i to the next.
func (d *document) hyphenAfter(i int) bool {
	return i+1 < len(d.t.Tokens) && d.t.String(i+1) == "-" && d.t.Tokens[i+1].Is(token.Glued)
}

// germanRolePrior returns the role before name n, perhaps with a comma between:
// "Der Sprecher des Welternährungsprogramms, Tomson Phiri,", "der Chef des
// Verwaltungsrats Ulrich Müller".
func (d *document) germanRolePrior(n name) (r run, ok bool) {
	t := d.t
	comma := n.first - 1
	if comma < 2 || broken(t, n.first) {
		return r, false
	}
	if t.String(comma) != "," {
		if n.end < n.first+2 || d.form[comma] == 0 || d.isGermanRole(comma) || comma+1 < len(t.Tokens) && t.Tokens[comma].Kind != token.Word {
			return r, false
		}
		comma++
	}
	for k := comma - 1; k > 0 && comma-k < maxRole && !broken(t, k); k-- {
		w := t.Tokens[k]
		if w.Kind == token.Mark && t.String(k) != "-" || d.labelled(k) == person {
			return r, false
		}
		if d.isGermanRole(k) {
			first := d.germanReach(k)
			if first > 0 && germanArticles[d.fold(first-1)] {
				return run{first, comma}, true
			}
		}
		if w.Kind == token.Word && d.form[k] == 0 && !germanArticles[w.Fold] && !withinRole[w.Fold] && !germanAdjective(t.String(k)) {
			return r, false
		}
	}
	return r, false
}

// byGermanName returns the entity that the words in r name; -1 if there is none or two
// people are named. Only articles, titles and a role may stand before the name, and
// behind it no word that makes the name a mere addition, as in "Merkel-Sprecher".
func (ns *Names) byGermanName(r run) int {
	t := ns.d.t
	if ns.several(r) {
		return -1
	}
	r = ns.saidBy(r)
	for i := ns.from(r.first); i < len(ns.names) && ns.names[i].end <= r.end; i++ {
		n := ns.names[i]
		if n.end < r.end && (joinsNames[ns.d.fold(n.end)] || t.String(n.end) == "-") {
			return -1
		}
		if ns.d.genitive[n.end-1] {
			ns.lost(ns.of[i], lostGenitive)
			if n.kind == person {
				return -1
			}
			continue
		}
		if n.kind == person {
			if n.end == r.end || t.Tokens[n.end].Kind == token.Mark || ns.d.form[n.end] == 0 {
				if ns.ledByRole(r, n) {
					return ns.of[i]
				}
			}
			ns.lost(ns.of[i], lostGerman)
			continue
		}
		bare := n.end == r.end || t.String(n.end) == "("
		for k := r.first; k < n.first; k++ {
			bare = bare && germanArticles[t.Tokens[k].Fold]
		}
		if bare {
			return ns.of[i]
		}
		ns.lost(ns.of[i], lostGerman)
	}
	return -1
}

// saidBy returns the words in r that tell who spoke, without a noun for a statement and
// the preposition or article behind it: "Loftsson" of "Angaben von Loftsson", "Präsidenten"
// of "einer Erklärung des Präsidenten".
func (ns *Names) saidBy(r run) run {
	const within = 4 // tokens among which the noun must be: "nach ersten vorläufigen Angaben von"
	for k := r.first; k+1 < r.end && k < r.first+within; k++ {
		if reportNouns[ns.d.fold(k)] && ns.d.form[k] != 0 {
			if w := ns.d.fold(k + 1); ofWhom[w] {
				return run{k + 2, r.end}
			}
		}
		if ns.d.form[k] != 0 && k > r.first {
			break
		}
	}
	return r
}

var (
	reportNouns = germanWords("report-nouns")
	ofWhom      = germanWords("of-whom")
	withinRole  = germanWords("within-role") // prepositions within a role: "Chef der Abteilung für Verkehr"
)

// germanNouns returns the nouns that token i ends in: "Ministerin" of
// "Außenministerin".
func (d *document) germanNouns(i int) (list []uint64) {
	s := strings.ToLower(d.t.String(i))
	for at := range s {
		if compound(s, at) && len(s) <= maxGermanWord {
			if w := token.Hash(s[at:]); german().roles[w] {
				list = append(list, w)
			}
		}
	}
	return list
}

// germanLesser reports whether the word s makes a role a former or lesser one: "früher",
// "Vizepräsident".
func germanLesser(s string) bool {
	s = strings.ToLower(s)
	for _, prefix := range german().lesser {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// several reports whether r names two people with "und" between them.
func (ns *Names) several(r run) bool {
	joined, people := false, 0
	for i := ns.from(r.first); i < len(ns.names) && ns.names[i].end <= r.end; i++ {
		if n := ns.names[i]; n.kind == person {
			for k := r.first; k < n.first && people > 0; k++ {
				joined = joined || joinsNames[ns.d.fold(k)]
			}
			people++
		}
	}
	return joined
}

// ledByRole reports whether only articles, titles and a role stand before the person's
// name n in r. Before a full name any noun counts as a role, "Lehrerin Ines Becker",
// because it tells what the person is.
func (ns *Names) ledByRole(r run, n name) bool {
	d := ns.d
	first := n.first
	if before, ok := d.germanRoleBefore(n); ok {
		first = before.first
	} else if prior, ok := d.germanRolePrior(n); ok && prior.first >= r.first {
		first = prior.first
	} else if trade := n.first - 1; trade >= r.first && n.end-n.first > 1 && d.form[trade] != 0 && !d.genitive[trade] { // "Lehrerin Ines Becker"
		first = trade
		for first > r.first && d.form[first-1] == 0 && germanAdjective(d.t.String(first-1)) {
			first--
		}
	}
	for k := r.first; k < first; k++ {
		if !germanArticles[d.fold(k)] && !germanTitles[d.fold(k)] && !d.genitive[k] {
			return false
		}
	}
	return true
}

// byGermanDescription returns the one person named before r whose role has the noun
// that r, an article and a role noun, ends in: "der Sprecher"; -1 if there is none or
// are several.
func (ns *Names) byGermanDescription(r run) int {
	d := ns.d
	if r.len() < 2 || r.len() > maxRole || !theGerman[d.fold(r.first)] || !d.isGermanRole(r.end-1) {
		return -1
	}
	return ns.holder(run{r.first + 1, r.end})
}

var (
	theGerman  = germanWords("the-german")
	thatGerman = germanWords("that")
)
