package entity

import (
	"dateline/internal/words"
	"strings"
	"unicode/utf8"

	"dateline/understand/token"
)

// tongueTries are the ways to find whom words mean in languages other than English and German:
// by a name in the words, or because they are a pronoun such as "he" or "she".
var tongueTries = []try{
	{"entity/name", (*Names).byTongueName, "the words hold no name, or two"},
	{"entity/pronoun", (*Names).byPronoun, "the words are no pronoun of one person, or nobody who could be meant is named before it"},
}

// byTongueName returns the one person whom the words in r name or, if they name no person, the
// organisation or place that they consist of (see led); -1 if there is none, or several people.
func (ns *Names) byTongueName(r run) int {
	found, body := -1, -1
	for i := ns.from(r.first); i < len(ns.names) && ns.names[i].end <= r.end; i++ {
		n, e := ns.names[i], ns.of[i]
		switch {
		case n.kind == person && ns.owned(r, n):
			ns.lost(e, lostDependent)
		case n.kind == person && found >= 0 && found != e:
			ns.lost(e, lostRival)
			return -1
		case n.kind == person:
			found = e
		case body < 0 && ns.led(r, n):
			body = e
		default:
			ns.lost(e, lostNotHead)
		}
	}
	if found >= 0 {
		return found
	}
	return body
}

// owned reports whether a person's name n within r only tells more of another word, as in
// "el abogado de Juan Vila": the word before the name is a preposition or particle, and no title.
func (ns *Names) owned(r run, n name) bool {
	if n.first <= r.first {
		return false
	}
	c := ns.tongue.classOf(ns.d.t, n.first-1)
	return c&(isParticle|isWhither) != 0 && c&isTitleWord == 0
}

// led reports whether the words in r mean what name n names: at most one short word, an
// article, or a mark stands before the name, and at once behind it the words end or a mark follows.
func (ns *Names) led(r run, n name) bool {
	t := ns.d.t
	const article = 4 // bytes, of the longest: "L’", "die", "את"
	switch n.first - r.first {
	case 0:
	case 1:
		if k := t.Tokens[r.first]; k.Kind == token.Word && (k.End-k.Start > article || ns.tongue.classOf(t, r.first)&isWhither != 0) {
			return false
		}
	default:
		return false
	}
	return n.end == r.end || t.Tokens[n.end].Kind == token.Mark
}

// tongueRole returns the role of the person with name n, which is a role noun right before
// the name, and the name of the rule that found it.
func (ns *Names) tongueRole(n name) (r run, rule string, ok bool) {
	t, k := ns.d.t, n.first-1
	if k < 0 || broken(t, n.first) || ns.tongue.classOf(t, k)&isRoleNoun == 0 {
		return r, "", false
	}
	return run{k, n.first}, roleBefore, true
}

// caseEndings are the endings of Slavic names in the cases of grammar, spelt as plain returns
// words, longer ones before those that they end in.
var caseEndings = endings(words.Any, "case-ending")

// withoutCase returns the word w of a name without the ending of a case, or w if too little
// would be left.
func withoutCase(w string) string {
	for _, e := range caseEndings {
		if stem, ok := strings.CutSuffix(w, e); ok && len([]rune(stem)) >= shortestKept-1 {
			return stem
		}
	}
	return w
}

// bySurnames labels as people the words with a capital that have no label and are, perhaps with
// the ending of another case, the last name of a person whom the text names in full.
func (d *document) bySurnames() {
	key := func(i int) string {
		w := plain(d.t.String(i))
		if d.inflected {
			w = withoutCase(w)
		}
		return w
	}
	last := map[string]bool{}
	for _, n := range d.names() {
		if n.kind == person && n.end-n.first > 1 && d.form[n.end-1]&capital != 0 {
			if k := key(n.end - 1); utf8.RuneCountInString(k) >= shortestKept-1 {
				last[k] = true
			}
		}
	}
	if len(last) == 0 {
		return
	}
	for i, label := range d.labels {
		if label == 0 && d.form[i]&capital != 0 && d.alone(i) && last[key(i)] {
			d.labels[i] = single(person)
			d.ruled(i, i+1, bySurname)
		}
	}
}
