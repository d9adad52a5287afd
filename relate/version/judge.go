package version

import (
	"strings"

	"dateline"
	"dateline/internal/text"
)

// Limits of what is the same article. They were set on pairs written for the
// tests: two reports of one event share more than half of the words of the
// shorter one that are long enough to mean something, two reports of one outlet
// on different events less than a fifth.
const (
	mostlySame  = 0.5  // of the sentences: the page shows the article, whatever its status
	nearlyAll   = 0.85 // of the sentences: they are a part of the other text
	lessThanOf  = 0.9  // of the length: it is shorter
	otherText   = 0.35 // of the words that mean something: the text is another one
	otherTitle  = 0.5  // likewise of the headline
	fewWords    = 12   // so few words tell nothing of another article
	meaningSize = 4    // bytes that a word has at least that means something
)

// judge says how b stands to a by the pages alone: [Changed] means that both show
// the article, which may be the same.
func judge(a, b *reading) (Verdict, string) {
	shared := sharedUnits(a, b)
	if skip := b.article.Skip; skip != "" && (len(b.units) == 0 || shared < mostlySame) {
		return judgeSkipped(a, b, skip)
	}
	switch {
	case len(b.units) == 0 && len(a.units) > 0:
		if b.walled && sameLine(a.headline, b.headline) {
			return Cut, "version/no-text-before-offer"
		}
		return Unseen, "version/no-text"
	case isPart(b, a) && (b.walled || b.truncated && len(b.units) < len(a.units)):
		return Cut, "version/part-before-offer"
	case isPart(a, b) && a.walled && !b.walled:
		return Same, "version/whole-at-last"
	case isOther(a, b):
		return Replaced, "version/other-article"
	}
	return Changed, "version/compared"
}

// IsPart reports whether the page of part shows only a part of the article that
// the page of whole shows, since the rest is for those who pay.
func IsPart(part, whole *dateline.Article) bool {
	if part == whole || whole.Skip != "" || len(part.Text) >= len(whole.Text) {
		return false
	}
	verdict, _ := judge(read(whole), read(part))
	return verdict == Cut
}

// judgeSkipped judges an answer that is no article.
func judgeSkipped(a, b *reading, skip string) (Verdict, string) {
	switch skip {
	case dateline.SkipNotFound:
		return Gone, "version/not-found"
	case dateline.SkipFront:
		return Gone, "version/sent-to-front"
	case dateline.SkipChallenge:
		return Unseen, "version/challenge"
	case dateline.SkipConsent:
		return Unseen, "version/consent"
	case dateline.SkipError:
		return Unseen, "version/error"
	case dateline.SkipLogin:
		if a.headline != "" && sameLine(a.headline, b.headline) {
			return Cut, "version/login"
		}
		return Unseen, "version/login"
	case dateline.SkipNoText:
		if b.walled && a.headline != "" && sameLine(a.headline, b.headline) {
			return Cut, "version/no-text-before-offer"
		}
		return Unseen, "version/no-text"
	}
	return Unseen, "version/not-read"
}

// sharedUnits is the share of the sentences of the shorter text that the other
// one has, too.
func sharedUnits(a, b *reading) float64 {
	if len(a.units) > len(b.units) {
		a, b = b, a
	}
	if len(a.units) == 0 {
		return 0
	}
	has := keys(b)
	n := 0
	for _, u := range a.units {
		if has[u.key] {
			n++
		}
	}
	return float64(n) / float64(len(a.units))
}

func keys(r *reading) map[string]bool {
	has := make(map[string]bool, len(r.units))
	for _, u := range r.units {
		has[u.key] = true
	}
	return has
}

// isPart reports whether the text of part is a part of that of whole, which is
// longer. Its last sentence can be cut off anywhere.
func isPart(part, whole *reading) bool {
	size, of := 0, 0
	for _, u := range part.units {
		size += len(u.key)
	}
	for _, u := range whole.units {
		of += len(u.key)
	}
	if len(part.units) == 0 || float64(size) >= lessThanOf*float64(of) {
		return false
	}
	has, found := keys(whole), 0
	for i, u := range part.units {
		if has[u.key] || i == len(part.units)-1 && begins(whole, u.key) {
			found += len(u.key)
		}
	}
	return float64(found) >= nearlyAll*float64(size)
}

// begins reports whether a sentence of r begins with what is left of one that
// was cut off.
func begins(r *reading, key string) bool {
	key = strings.TrimRight(key, ". [](")
	if len(key) < 8 {
		return len(key) == 0
	}
	for _, u := range r.units {
		if strings.HasPrefix(u.key, key) {
			return true
		}
	}
	return false
}

// isOther reports whether two texts are of different articles: neither the
// headlines nor the texts have much in common.
func isOther(a, b *reading) bool {
	x, y := meaning(a), meaning(b)
	if len(x) < fewWords || len(y) < fewWords || common(x, y) >= otherText {
		return false
	}
	return common(wordsOf(a.headline), wordsOf(b.headline)) < otherTitle
}

// meaning is the set of the words of a text that are long enough to mean
// something.
func meaning(r *reading) map[string]bool {
	set := map[string]bool{}
	for _, u := range r.units {
		for w := range wordsOf(u.text) {
			set[w] = true
		}
	}
	return set
}

// wordsOf is the set of the words of s, in small letters.
func wordsOf(s string) map[string]bool {
	set := map[string]bool{}
	for _, t := range tokens(s) {
		if w := text.Lower(t.text); t.word && (len(w) >= meaningSize || isFigure(w)) {
			set[w] = true
		}
	}
	return set
}

// common is the share of the words of the smaller set that the other one has.
func common(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}
