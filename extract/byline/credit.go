package byline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/internal/text"
	"dateline/internal/words"
)

// longCredit is the length in bytes of the longest credit of a picture. longTail is that
// of the longest credit which stands behind a caption without a label or brackets, and
// is recognized by its form alone.
const (
	longCredit = 120
	longTail   = 60
)

var (
	creditLabels  = words.NewList("credit-label", "picture-label") // words before a name: "photo", "foto"
	creditBehind  = words.NewList("credit-behind")                 // words right behind a name: "撮影"
	creditJoiners = words.NewList("credit-joiner").Wrap("", " ")   // words between a label and a name: "by"
	creditEnds    = words.NewList("by-end").Wrap(" ", "")          // words at the end of a label, behind which the name needs no mark: "by"
	pictureDesks  = words.NewPhrases("picture-agency")             // agencies for pictures: "Getty Images"
)

// Credit reads a line that says who made a picture and nothing else: "Photo: Jo Bell",
// "(Foto: dpa)", "© Jo Bell". The name is as printed, without the label; ok is false if
// s is no such line or has more than 120 bytes.
func Credit(s string) (name string, ok bool) {
	if s = strings.TrimSpace(s); len(s) > longCredit {
		return "", false
	}
	if inner, whole := inBrackets(s); whole {
		s = inner
	}
	return cutLabel(s)
}

// SplitCredit parts a caption from the credit of the picture that closes it: a name
// behind a label, in brackets, or a name with an agency behind the last sentence. The
// credit is "" if the caption has none, and the caption is "" if s is only a credit.
func SplitCredit(s string) (caption, credit string) {
	s = strings.TrimSpace(s)
	if c, ok := Credit(s); ok {
		return "", c
	}
	if signed(s) {
		return "", s
	}
	if at, inner := lastBrackets(s); at > 0 && len(inner) <= longCredit {
		if c, ok := cutLabel(inner); ok {
			return trimCaption(s[:at]), c
		}
		if c, ok := cutBareLabel(inner); ok {
			return trimCaption(s[:at]), c
		}
		if signed(inner) {
			if i := lastSentence(s[:at]); i > 0 && isMaker(s[i:at]) { // "… on Tuesday. | Jo Bell (AP)"
				return trimCaption(s[:i]), strings.TrimRight(s[i:], ".")
			}
			return trimCaption(s[:at]), inner
		}
	}
	for i := max(1, len(s)-longCredit); i < len(s); i++ {
		if !utf8.RuneStart(s[i]) || !opensCredit(s, i) {
			continue
		}
		if c, ok := cutLabel(s[i:]); ok && !goesOn(c) {
			return trimCaption(s[:i]), c
		}
	}
	if i := lastSentence(s); i > 0 && len(s)-i <= longTail {
		if c, ok := cutBareLabel(s[i:]); ok {
			return trimCaption(s[:i]), c
		}
		if signed(s[i:]) {
			return trimCaption(s[:i]), strings.TrimSuffix(s[i:], ".")
		}
	}
	if i := strings.LastIndexAny(s, "/=＝／"); i > 0 && len(s)-i <= longTail {
		_, n := utf8.DecodeRuneInString(s[i:])
		if c := strings.TrimSpace(s[i+n:]); !isASCIILetter(s[i-1]) && (ListedAgency(c) || hanAgencies.Has(text.Lower(c)) || len(reporters(c)) > 0 && !latin(c)) { // "… 모습. /김민수 기자", "…の橋脚＝共同"
			return trimCaption(s[:i]), c
		}
	}
	return s, ""
}

// isASCIILetter reports whether a byte is a Latin letter without a mark.
func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// cutBareLabel returns the name behind the label of a credit that no mark follows, as
// in "Photo Jo Bell / AP". Since such a label can be a word of the caption, the name must
// be one or more persons or agencies, and all of the rest.
func cutBareLabel(s string) (name string, ok bool) {
	n := labelAt(text.Lower(s))
	rest := strings.TrimLeft(s[min(n, len(s)):], " \u00a0")
	if n == 0 || len(rest) == len(s)-n || len(rest) > longTail || !isMaker(rest) && !signed(rest) {
		return "", false
	}
	return named(rest)
}

// isMaker reports whether a text is the name of a person of at least two words, all of
// which begin with a capital or a particle.
func isMaker(s string) bool {
	s = strings.Trim(s, " .|/\u00a0")
	return strings.Contains(s, " ") && text.StartsCapital(s) && capitalWords(s) && Personal(s) && !strings.ContainsAny(s, ",;:!?") && text.Digits(s) == 0
}

// goesOn reports whether, behind the name in a credit, another sentence follows that
// does not begin with a label of its own. What looked like a credit is then none.
func goesOn(credit string) bool {
	_, rest, ok := strings.Cut(strings.TrimRight(credit, "."), ". ")
	return ok && labelAt(text.Lower(rest)) == 0
}

// trimCaption cuts off the end of a caption the marks that stood between it and its
// credit.
func trimCaption(s string) string {
	return strings.TrimRight(s, " ([（【|/-–—·•＝=、，\u00a0")
}

// inBrackets returns what stands between the brackets of a text that begins and ends
// with them; ok is false if it does not.
func inBrackets(s string) (inner string, ok bool) {
	at, inner := lastBrackets(s)
	return inner, at == 0
}

// brackets are the pairs in which credits stand.
var brackets = [...][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}}

// lastBrackets returns what stands in the brackets that end a text, and the offset at
// which they begin; at is -1 if no brackets end it.
func lastBrackets(s string) (at int, inner string) {
	s = strings.TrimRight(s, " .。")
	for _, b := range brackets {
		body, ok := strings.CutSuffix(s, b[1])
		if !ok {
			continue
		}
		if at = strings.LastIndex(body, b[0]); at >= 0 {
			return at, strings.TrimSpace(body[at+len(b[0]):])
		}
	}
	return -1, ""
}

// opensCredit reports whether the label of a credit can begin at s[i]: behind a mark, or
// behind a space if it has a capital or a letter that is not of ASCII.
func opensCredit(s string, i int) bool {
	before := strings.TrimRight(s[:i], " \u00a0")
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".!?…”\"'’»)|/·•–—-,;:。）】」、，＝=", last) {
		return true
	}
	return len(before) < i && (text.StartsCapital(s[i:]) || s[i] >= utf8.RuneSelf)
}

// creditMarks are the marks that may stand between the label of a credit and the name.
const creditMarks = ":：=＝／/|…・"

// cutLabel returns the name behind the label of a credit ("Photo: ", "Foto von ",
// "© "), or before the word that closes a credit in scripts without spaces. ok is false
// if s has neither.
func cutLabel(s string) (name string, ok bool) {
	for _, mark := range [...]string{"©", "Ⓒ", "ⓒ", "(c) ", "(C) "} {
		if rest, found := strings.CutPrefix(s, mark); found {
			return named(rest)
		}
	}
	low := text.Lower(s)
	if len(low) != len(s) {
		return "", false
	}
	if j := joinerAt(low); j > 0 && strings.Contains(low[:j-1], " ") { // "courtesy of"
		return named(s[j:])
	}
	at := 0
	for range 3 { // labels may follow each other: "image credit"
		n := labelAt(low[at:])
		if n == 0 {
			break
		}
		if at += n; low[at-1] == '.' || slices.ContainsFunc(creditEnds.All(), func(w string) bool { return strings.HasSuffix(low[:at], w) }) {
			return named(s[at:])
		}
		rest := strings.TrimLeft(low[at:], " \u00a0")
		skipped := len(low) - at - len(rest)
		if r, size := utf8.DecodeRuneInString(rest); strings.ContainsRune(creditMarks, r) && size > 0 {
			name, ok = named(s[at+skipped:])
			return name, ok
		}
		if after, comma := strings.CutPrefix(rest, ", "); comma && n < at { // words for those who hear the page: "Image source, Jo Bell"
			return named(s[len(s)-len(after):])
		}
		if strings.HasPrefix(rest, "...") {
			return named(s[at+skipped+len("..."):])
		}
		if j := joinerAt(rest); j > 0 && skipped > 0 {
			return named(s[at+skipped+j:])
		}
		if and := strings.TrimPrefix(rest, "& "); len(and) < len(rest) {
			skipped += len(rest) - len(and)
		}
		if skipped == 0 {
			break
		}
		at += skipped
	}
	for _, w := range creditBehind.All() {
		if name, found := strings.CutSuffix(s, w); found && utf8.RuneCountInString(name) <= 20 && !strings.ContainsAny(name, ".。、，＝=") {
			return named(name)
		}
	}
	return "", false
}

// named returns the name in a credit without the marks around it and without a bracket
// that has no partner; ok is false if nothing is left.
func named(s string) (name string, ok bool) {
	name = strings.Trim(s, " \u00a0;"+creditMarks)
	for _, b := range brackets {
		if strings.Count(name, b[0]) != strings.Count(name, b[1]) {
			name = strings.TrimSuffix(strings.TrimPrefix(name, b[0]), b[1])
		}
	}
	const abbreviation = 4 // letters of the longest abbreviation, which keeps its full stop: "Corp."
	if short := strings.TrimSuffix(name, "."); len(short)-strings.LastIndexByte(short, ' ')-1 > abbreviation {
		name = short
	}
	return name, name != ""
}

// labelAt returns the length in bytes of the longest label of a credit that a text, in
// lower case, begins with as a whole word; 0 if it begins with none.
func labelAt(low string) (n int) {
	for _, l := range creditLabels.All() {
		if len(l) > n && strings.HasPrefix(low, l) && (len(low) == len(l) || !letterOf(low[len(l):]) || l[len(l)-1] >= utf8.RuneSelf) {
			n = len(l)
		}
	}
	return n
}

// letterOf reports whether a text begins with a small Latin letter.
func letterOf(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }

// joinerAt returns the length in bytes of the longest of the creditJoiners that a text,
// in lower case, begins with; a colon may stand for the space at its end.
func joinerAt(low string) (n int) {
	for _, j := range creditJoiners.All() {
		if len(j) > n && (strings.HasPrefix(low, j) || strings.HasPrefix(low, j[:len(j)-1]+":")) {
			n = len(j)
		}
	}
	return n
}

// lastSentence returns the offset of what stands behind the last full stop, quotation
// mark, bar, dash or the like within a text; 0 if there is none.
func lastSentence(s string) (at int) {
	for _, end := range [...]string{". ", "! ", "? ", "” ", "\" ", "… ", " | ", " – ", " — ", " • "} {
		if i := strings.LastIndex(strings.TrimRight(s, ". "), end); i > 0 {
			at = max(at, i+len(end))
		}
	}
	return at
}

// signed reports whether a text has the form of a credit without a label: an agency; a
// person, a comma and an agency; or names with slashes or bars between them, of which
// at least one is a person's or an agency's.
func signed(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	if s == "" || len(s) > longCredit || text.Digits(s) > 4 || strings.ContainsAny(s, "\"“”?!;") {
		return false
	}
	if !capitalWords(s) {
		return false
	}
	if ListedAgency(s) || pictureDesks.In(text.Lower(s)) && len(s) <= longTail {
		return true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '／' || r == '|' })
	if len(parts) < 2 {
		name, desk, ok := strings.Cut(s, ", ")
		return ok && Personal(name) && (IsAgency(desk) || pictureDesks.In(text.Lower(desk)))
	}
	known := false
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" || !text.StartsCapital(p) && !IsAgency(p) && !strings.Contains(p, ".") || strings.Count(p, " ") > 4 {
			return false
		}
		known = known || IsAgency(p) || Personal(p) || pictureDesks.In(text.Lower(p))
	}
	return known
}

// capitalWords reports whether no word of a text begins with a small ASCII letter, apart
// from short words, agencies, and words with a dot in them, as the names of sites.
func capitalWords(s string) bool {
	const short = 3 // letters of a short word: "for", "via", "the"
	for w := range strings.FieldsSeq(s) {
		if utf8.RuneCountInString(w) > short && w[0] >= 'a' && w[0] <= 'z' && !strings.Contains(w, ".") && !IsAgency(w) {
			return false
		}
	}
	return true
}

// MakerOf returns the name in a text that the page marks as the credit of a picture. In
// such a text a label is left out even if neither a mark nor a word such as "by"
// follows it, as Credit requires: "Jo Bell" for "Photo Jo Bell". It is "" if s has no name.
func MakerOf(s string) string {
	if name, ok := Credit(s); ok {
		return name
	}
	name := strings.TrimSpace(s)
	for range 2 {
		n := labelAt(text.Lower(name))
		if rest := strings.TrimLeft(name[n:], " "); n > 0 && len(rest) < len(name)-n && text.StartsCapital(rest) {
			name = rest
		}
	}
	name, _ = named(name)
	return name
}

// OpensCredit reports whether a line begins as the credit of a picture does, with a
// capital and a mark: "Photo: ". Lines beside such a line are captions and no bylines.
func OpensCredit(s string) bool {
	return slices.ContainsFunc(creditOpeners.All(), func(m string) bool { return len(s) > len(m) && strings.HasPrefix(s, m) })
}

// creditOpeners are the beginnings of credits, as printed, with their marks.
var creditOpeners = words.NewList("credit")
