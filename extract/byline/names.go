// Package byline reads the names that pages print: the names in a byline (names.go),
// news agencies (agencies.go), the credits and names that close a text (closing.go),
// who made a picture (credit.go), and the place and agency of a dateline
// (dateline.go). It looks at the words of one text alone. Where on a page the text
// stands, and whether it is a byline at all, package extract decides.
package byline

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/extract/date"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Split returns the persons and agencies that a byline names, in its order, without
// the word that introduces them, their roles, mail addresses and dates. It returns nil
// for a text that names none, is longer than 400 bytes, or is an address of the web.
func Split(s string) (out []string) {
	if len(s) > 400 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return nil
	}
	s, _ = CutBy(withoutOthers(outOfDesk(s)))
	for _, dash := range [...]string{" – ", " — ", " - "} {
		if name, rest, ok := strings.Cut(s, dash); ok && Personal(name) && strings.Contains(name, " ") && !strings.ContainsAny(rest, ",–—-") && !IsAgency(rest) {
			s = name // rest is the place or the outlet
		}
	}
	if orgName(s) {
		return []string{s}
	}
	if names := reporters(s); len(names) > 0 {
		return names
	}
	if names := apart(s); len(names) > 0 {
		return names
	}
	s = outOfBrackets(s)
	var room [2][8]string
	parts := splitAny(room[0][:0], room[1][:0], s)
	for i, n := range parts {
		n = cleanName(n)
		if n == "" || i > 0 && Role(n) || noNameParts.In(text.Lower(n)) || strings.ContainsAny(n, "@_=<>{}:：") || strings.Count(n, ".") > 1 && !strings.Contains(n, ". ") || len(n) > 80 || text.Digits(n) > 2 {
			continue
		}
		if len(parts) == 1 || utf8.RuneCountInString(n) > 1 {
			out = append(slices.Grow(out, len(parts)-i), n)
		}
	}
	return out
}

// apart returns the names in a list of Chinese characters with spaces between them:
// "陆明 实习生 高洁". Words for roles and the like are left out. It returns nil if s is
// no such list; a text of only two names is none, since it may be the family name and
// the given name of a Japanese.
func apart(s string) (names []string) {
	const shortest, longest, fewest = 2, 4, 3 // characters of a name; words of a list
	if strings.Count(s, " ") == 0 {
		return nil
	}
	count := 0
	for w := range strings.FieldsSeq(s) {
		n := 0
		for _, r := range w {
			if !unicode.Is(unicode.Han, r) {
				return nil
			}
			n++
		}
		count++
		switch {
		case noNameParts.In(w):
		case n < shortest || n > longest:
			return nil
		default:
			names = append(names, w)
		}
	}
	if count < fewest && len(names) == count {
		return nil
	}
	return names
}

// outOfDesk returns the names in East Asian brackets that hold all of a byline, without the
// desk before them: "石川恵" for "【社会部・石川恵】". Any other text is returned as it is.
func outOfDesk(s string) string {
	inner, opened := strings.CutPrefix(s, "【")
	inner, closed := strings.CutSuffix(inner, "】")
	if !opened || !closed {
		return s
	}
	desk, name, parted := strings.Cut(inner, "・")
	if parted && endsDesk(desk) {
		return name
	}
	return inner
}

// outOfBrackets returns a byline without the brackets at its end, if they hold a word
// that joins names and an agency: "Anne Morel avec AFP" for "Anne Morel (avec AFP)".
func outOfBrackets(s string) string {
	at, inner := lastBrackets(s)
	if at <= 0 {
		return s
	}
	joiner, agency, ok := strings.Cut(inner, " ")
	if joiner = " " + joiner + " "; !ok || !IsAgency(agency) || !slices.Contains(joiners().small, joiner) && !slices.Contains(wholeJoiners().small, joiner) {
		return s
	}
	return strings.TrimRight(s[:at], " ") + " " + inner
}

// byWords are the words that introduce an author, as "by".
var byWords = words.NewList("by")

// Introduces reports whether a line, which must be in lower case, is nothing but words
// that introduce an author: "written by".
func Introduces(low string) bool { return slices.Contains(byWords.All(), low) }

// CutBy returns a byline without the word that introduces it, as "By". said reports
// whether there was such a word; if there was none, rest is s.
func CutBy(s string) (rest string, said bool) {
	if !byWords.MayBegin(s) {
		return s, false // most lines end here, without the cost of changing their case
	}
	low := text.Lower(s)
	best := 0
	for _, w := range byWords.Begin(low) {
		if len(w) > best && strings.HasPrefix(low, w) && len(s) > len(w) {
			if r, _ := utf8.DecodeRuneInString(s[len(w):]); strings.ContainsRune(afterBy, r) {
				best = len(w)
			}
		}
	}
	if best == 0 || len(low) != len(s) {
		return s, false
	}
	return strings.TrimSpace(strings.TrimLeft(s[best:], afterBy)), true
}

// CutByWithin parts a line at a word that introduces a byline within it, behind the
// date or the source: "Publié le 3 mai par Anne Morel", "来源：海湾日报 作者：陈晓明".
// before is what stands in front of the word, rest what stands behind it; ok is false
// if the line has no such word.
func CutByWithin(s string) (before, rest string, ok bool) {
	low := text.Lower(s)
	if len(low) != len(s) {
		return "", "", false
	}
	for _, w := range byWithin.All() {
		if i := strings.LastIndex(low, w); i > 0 {
			return s[:i], s[i+len(w):], true
		}
	}
	for _, w := range byWords.All() {
		if w[0] < utf8.RuneSelf {
			continue
		}
		for _, mark := range [...]string{"：", ":"} {
			if i := strings.Index(s, " "+w+mark); i > 0 {
				rest, _, _ = strings.Cut(strings.TrimLeft(s[i+1+len(w)+len(mark):], " "), " ")
				return s[:i], rest, true
			}
		}
	}
	return "", "", false
}

// byWithin are the words, each between spaces, that introduce a byline behind something
// else in a line.
var byWithin = words.NewList("by-within").Wrap(" ", " ")

// NoName reports whether a text has words that no name of a person has: "Print this".
func NoName(s string) bool { return noNameParts.In(text.Lower(s)) }

// afterBy has the characters that may stand between the word that introduces a byline
// and the name.
const afterBy = " :：・／/＝=՝"

// withoutOthers returns a line of names up to the first label of people who did
// something else than write, or the first mail address: "Kate Giuliani" for "Kate
// Giuliani Photos: Ravi Menon".
func withoutOthers(s string) string {
	low := text.Lower(s)
	if len(low) != len(s) {
		return s
	}
	end := len(s)
	for _, l := range otherLabels.All() {
		if i := strings.Index(low[:end], l); i > 3 {
			end = i
		}
	}
	if i := strings.IndexByte(s[:end], '@'); i > 0 {
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			end = j
		}
	}
	return strings.TrimRight(s[:end], " ,;|/")
}

// otherLabels are the labels before the names of people who did something else than
// write, each with a space before it.
var otherLabels = words.NewList("byline-other").Wrap(" ", "")

// signs are the marks that join names. joiners are the words of all languages that
// join names, as " and ", and behind them the signs. They are tried in this order, so
// that the comma without a space comes last.
var (
	signs   = []string{" & ", ", ", "; ", ";", " | ", "|", " / ", "/", "、", "，", "،", " • ", " · ", " – ", " — ", " - ", "•", ","}
	joiners = sync.OnceValue(func() joining { return newJoining(append(words.NewList("and").Wrap(" ", " ").All(), signs...)) })
)

// A joining is a list of what joins names, in lower case and, at the same places, in
// capitals.
type joining struct{ small, capital []string }

func newJoining(small []string) joining {
	j := joining{small: small}
	for _, s := range small {
		j.capital = append(j.capital, strings.ToUpper(s))
	}
	return j
}

// splitAny splits a list of names at the words and marks that join them, in lower case
// or in capitals. parts and next are empty slices whose memory it may use, to save
// allocations.
func splitAny(parts, next []string, s string) []string {
	if s == "" {
		return nil
	}
	parts = splitWhole(parts, s)
	all := joiners()
	for i, j := range all.small {
		capital := all.capital[i]
		if !strings.Contains(s, j) && (capital == j || !strings.Contains(s, capital)) && (len(parts) == 1 || i < len(all.small)-1) {
			continue
		}
		next = next[:0]
		for _, part := range parts {
			switch {
			case part == "" && len(j) <= 3:
			case strings.Contains(part, j):
				next = appendSplit(next, part, j)
			default:
				next = appendSplit(next, part, capital)
			}
		}
		parts, next = next, parts
	}
	return parts
}

// appendSplit appends to list what strings.Split(s, sep) returns, without the
// allocation that this makes.
func appendSplit(list []string, s, sep string) []string {
	for {
		part, rest, more := strings.Cut(s, sep)
		list = append(list, part)
		if !more {
			return list
		}
		s = rest
	}
}

// wholeJoiners are words that join names, but also stand within a name ("Ortega y
// Gasset"). They count only between two texts that can each be a full name.
var wholeJoiners = sync.OnceValue(func() joining { return newJoining(words.NewList("and-whole").Wrap(" ", " ").All()) })

// splitWhole appends to parts the names of a list, split at those wholeJoiners that
// have a full name or an agency on both sides.
func splitWhole(parts []string, s string) []string {
	joiners := wholeJoiners().small
	if text.Capitals(s) {
		joiners = wholeJoiners().capital
	}
	for _, j := range joiners {
		if left, right, ok := strings.Cut(s, j); ok && wholeName(left) && wholeName(right) {
			return splitWhole(splitWhole(parts, left), right)
		}
	}
	if i := joiningLetter(s); i > 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		return splitWhole(append(parts, strings.TrimSpace(s[:i])), s[i+n:])
	}
	return append(parts, s)
}

// andLetters are letters that join names and are written as a part of the second one, in
// Hebrew and in Arabic; andLetterNames are names that begin with such a letter.
var andLetters, andLetterNames = words.NewSet("and-letter"), words.NewSet("and-letter-name")

// joiningLetter returns where the letter stands that joins two names of two words or more
// each, "דנה כהן ויוסי לוי"; 0 if there is none.
func joiningLetter(s string) int {
	const least = 2 // words of a name
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.In(first, unicode.Hebrew, unicode.Arabic) || strings.ContainsAny(s, "/,،|;") {
		return 0
	}
	all := strings.Fields(s)
	at := 0
	for k, w := range all {
		at += strings.Index(s[at:], w)
		_, n := utf8.DecodeRuneInString(w)
		if k >= least && len(all)-k >= least && andLetters.Has(w[:n]) && utf8.RuneCountInString(w) > least && !andLetterNames.Has(w) {
			return at
		}
		at += len(w)
	}
	return 0
}

// wholeName reports whether a text can be a full name, an agency, or a list of them.
func wholeName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return IsAgency(s) || strings.Contains(s, " ") && !unicode.IsLower(r)
}

// cleanName returns a name without the marks around it and without what pages print
// beside a name: a bracket, a date, a role, an agency, a word that introduces it.
func cleanName(n string) string {
	if i := strings.IndexFunc(n, unicode.IsDigit); i > 0 {
		n = strings.TrimRight(n[:i], " ,.|-–—(")
		if j := strings.LastIndexByte(n, ' '); j > 0 && date.IsMonth(n[j+1:]) {
			n = n[:j]
		}
	}
	if i := strings.IndexAny(n, "(["); i > 0 {
		n = n[:i]
	}
	n = strings.Trim(n, " \t,.:;|–—-•·*&\"'“”„»«)(")
	for _, cut := range behindName.All() {
		if i := strings.Index(text.Lower(n), cut); i > 3 && i < len(n) && len(text.Lower(n)) == len(n) {
			n = n[:i]
		}
	}
	n = withoutRoleBefore(withoutRole(withoutAgency(n)))
	for _, w := range reporterBefore.All() {
		if rest, ok := strings.CutPrefix(n, w); ok && rest != "" {
			n, _, _ = strings.Cut(rest, "／")
			break
		}
	}
	for _, w := range reporterBehind.All() {
		n = strings.TrimSuffix(n, w)
	}
	rest, said := CutBy(n)
	if said {
		n = rest
	}
	return strings.TrimSpace(n)
}

// reporterBefore and reporterBehind are the words for a reporter, in scripts without
// capitals, that stand right before a name and right behind it.
var reporterBefore, reporterBehind = words.NewList("reporter-before"), words.NewList("reporter-behind")

// EndsAsReporter reports whether a text ends with a space and a word for a reporter,
// as Korean bylines do: "김민수 기자".
func EndsAsReporter(s string) bool {
	return slices.ContainsFunc(reporterBehind.All(), func(w string) bool { return w[0] == ' ' && strings.HasSuffix(s, w) })
}

// withoutRole returns a person's name without the role that follows it without a comma:
// "Kate Giuliani" for "Kate Giuliani Senior Political Correspondent", "Ana Ruiz" for
// "Ana Ruiz Corresponsal en Lund". Any other text is returned as it is.
func withoutRole(n string) string {
	if strings.Count(n, " ") < 2 {
		return n
	}
	fields := strings.Fields(n)
	is := func(set *words.Set, i int) bool { return set.Has(text.Lower(strings.Trim(fields[i], ".,()"))) }
	for i := 2; i < len(fields); i++ {
		if !is(roleNouns, i) {
			continue
		}
		for k := 2; k < i; k++ {
			if is(roleAdjectives, k) {
				i = k
			}
		}
		if is(roleAdjectives, 1) || slices.ContainsFunc(fields[:i], func(w string) bool {
			return text.Capitals(w) && len(w) > 2 && !text.Capitals(n) || outletWords.Has(text.Lower(w))
		}) {
			return n
		}
		if name := strings.Join(fields[:i], " "); Personal(name) {
			return name
		}
		return n
	}
	return n
}

// withoutRoleBefore returns a person's name without the role before it: "Uwe Stahl" for
// "unserem Korrespondenten Uwe Stahl", "Kate Giuliani" for "reporter Kate Giuliani".
func withoutRoleBefore(n string) string {
	const most = 3 // words that a role before a name has at most
	rest, role := n, false
	for range most {
		w, after, ok := strings.Cut(rest, " ")
		first, _ := utf8.DecodeRuneInString(w)
		isRole := len(w) > len("Md") && (roleNouns.Has(text.Lower(w)) || roleWords.Has(text.Lower(w)))
		if !ok || !isRole && (role || !unicode.IsLower(first)) {
			break
		}
		rest, role = after, role || isRole
	}
	if role && strings.Contains(rest, " ") && Personal(rest) && text.StartsCapital(rest) {
		return rest
	}
	return n
}

// roleNouns are the words for roles that follow names ("correspondent"), roleAdjectives
// the words before them ("senior"), and outletWords the words in names of outlets and
// places: a role behind one of those belongs to the outlet's name.
var roleNouns, roleAdjectives, outletWords = words.NewSet("role-noun"), words.NewSet("role-adjective"), words.NewSet("outlet-word")

// behindName are the words, each with a space before it, with which begins what is
// printed behind a name and is no part of it.
var behindName = words.NewList("behind-name").Wrap(" ", "")

// withoutAgency returns a person's name without the agency that follows it without a
// comma: "Kate Giuliani" for "Kate Giuliani The Associated Press".
func withoutAgency(n string) string {
	for i, r := range n {
		if r != ' ' || !agencies.Has(text.Lower(n[i+1:])) || !strings.Contains(n[:i], " ") {
			continue
		}
		if last, _ := utf8.DecodeRuneInString(n[i+1:]); unicode.IsUpper(last) && Personal(n[:i]) && (len(n)-i > 4 || text.Capitals(n[i+1:]) && !text.Capitals(n[:i])) {
			return n[:i]
		}
	}
	return n
}

// roleWords are words for roles by which a whole part of a byline is told to be a role.
var roleWords = words.NewSet("byline-role")

// shortNames are written like a degree and are short for a name where they open one: Md for
// Muhammad.
var shortNames = words.NewList("short-name").Wrap("", " ")

// Role reports whether a part of a byline is a role and no name: whether it has a word
// for a role.
func Role(n string) bool {
	low := text.Lower(n)
	for _, w := range shortNames.All() {
		low = strings.TrimPrefix(low, w)
	}
	for w := range strings.FieldsSeq(low) {
		if roleWords.Has(strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

// IsRole reports whether a word, in any case, is one for a role of those who write or make
// articles, as "reporter" is.
func IsRole(w string) bool {
	w = text.Lower(strings.Trim(w, ".,()"))
	return roleNouns.Has(w) || roleWords.Has(w)
}

// Placeholder reports whether a name is one that content management systems write where
// an article has no author.
func Placeholder(n string) bool { return placeholders.Has(text.Key(n)) }

var placeholders, software = words.NewSet("placeholder"), words.NewSet("software")

// Software reports whether a name is that of a program that makes pages, as a content
// management system.
func Software(n string) bool {
	return software.Has(text.Lower(strings.TrimRight(n, "!.™®")))
}

// Account reports whether a name has the form of an account's and not of a person's:
// one word that begins with a small letter, has a capital within, or has "_" or ".", as
// "jdoe", "JaneD", "news_team".
func Account(n string) bool {
	if strings.ContainsAny(n, " \u00a0") || IsAgency(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	return unicode.IsLower(r) || strings.ContainsAny(n, "_.") || unicode.IsUpper(r) && r < utf8.RuneSelf && !text.Capitals(n) && strings.IndexFunc(n[1:], unicode.IsUpper) > 0
}

// Idle reports whether a line that a page marks as a byline is the text of a button or
// a link and names nobody: whether it has a word that stands on such buttons.
func Idle(n string) bool {
	for w := range strings.FieldsSeq(text.Lower(n)) {
		if buttons.Has(strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

// buttons are words that stand on buttons and links beside bylines.
var buttons = words.NewSet("button")

// bodyLinks join the first word of a body's name to the rest: "Center for", "Institute of".
var bodyLinks = words.NewList("body-link").Wrap("", " ")

// orgName reports whether a text is the name of an organization that may have words in
// it which join names elsewhere: "Center for Drug Evaluation and Research".
func orgName(n string) bool {
	first, rest, _ := strings.Cut(n, " ")
	return bodies.Has(first) && slices.ContainsFunc(bodyLinks.All(), func(w string) bool { return strings.HasPrefix(rest, w) }) && len(n) < 80 && !strings.ContainsAny(n, ",;|/") && text.Digits(n) == 0
}

// CapitalSurname reports whether a text is the name of a person with the family name, and
// only that, in capitals: "Pierre MOREL", "Иван КОЛАРОВ.".
func CapitalSurname(s string) bool {
	given, family, ok := strings.Cut(strings.TrimRight(s, ". "), " ")
	const least = 3 // letters of the family name, so that it is no abbreviation
	return ok && !strings.ContainsAny(family, " .,0123456789") && text.Capitals(family) && utf8.RuneCountInString(family) >= least && text.StartsCapital(given) && !text.Capitals(given) && !IsAgency(family)
}

// Titled reports whether a text can be a name by its last word: that word does not
// begin with a small letter, or is one for the people at a desk ("The Currency
// editors"), or is the only word.
func Titled(n string) bool {
	last := n[strings.LastIndexByte(n, ' ')+1:]
	if deskWords.Has(last) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(last)
	return last == n || !unicode.IsLower(r)
}

// Key returns a form of a name that is the same for two ways to print it, such as with
// and without the title "Dr". It serves to compare names and is not to be shown.
func Key(n string) string {
	for _, title := range addresses.All() {
		n = strings.TrimPrefix(n, title)
	}
	return text.Key(n)
}

// desk reports whether a name is that of an office, a site or an account and not of a
// person: "admin", "Newsroom".
func desk(n string) bool {
	return desks.Has(text.Key(n)) || strings.Contains(n, ".com") || strings.Contains(n, ".de") || deskParts.In(text.Lower(n)) || noNameParts.In(text.Lower(n))
}

// Words that tell whether a text is the name of a person.
var (
	bodies      = words.NewSet("body-begin")                      // first words of names of organizations
	deskWords   = words.NewSet("desk-word")                       // last words of names of desks
	desks       = words.NewSet("placeholder", "desk")             // whole names of no person
	deskParts   = words.NewPhrases("desk-part")                   // phrases in names of desks
	addresses   = words.NewList("title-of-address").Wrap("", " ") // titles before a name, as "Dr "
	noParticles = words.NewSet("no-name-word")                    // short words that no name has
	noNames     = words.NewSet("no-name")                         // whole texts that look like names
	noNameParts = words.NewPhrases("no-name-part")                // phrases that no name has
)

// RunsOn reports whether a text begins with two or more words with a capital and ends with one without, as a
// name in a sentence does: “Nadia Karim has”.
func RunsOn(n string) bool {
	first, rest, ok := strings.Cut(n, " ")
	second, _, more := strings.Cut(rest, " ")
	last, _ := utf8.DecodeRuneInString(rest[strings.LastIndexByte(rest, ' ')+1:])
	return ok && more && text.StartsCapital(first) && text.StartsCapital(second) && unicode.IsLower(last)
}

// Personal reports whether a text has the form of a person's name, or is the name of an
// agency: at most six words and no digits, of which at least two begin with a capital
// or with a letter of a script without capitals. A single word counts only if it is an
// agency or is written in Arabic, Chinese, Japanese or Korean letters.
func Personal(n string) bool {
	var room [6]string
	parts := room[:0]
	for w := range strings.FieldsSeq(n) {
		if len(parts) == len(room) {
			return false
		}
		parts = append(parts, w)
	}
	if len(parts) == 0 || len(n) < 2 || text.Digits(n) > 0 || desk(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return utf8.RuneCountInString(n) <= 12
	}
	if len(parts) == 1 {
		return agencies.Has(text.Lower(n)) || unicode.Is(unicode.Arabic, r)
	}
	capital := 0
	for _, w := range parts {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“’("))
		if unicode.IsUpper(r) || !unicode.IsLower(r) && unicode.IsLetter(r) {
			capital++
		} else if len(w) > 4 || noParticles.Has(w) {
			return false
		}
	}
	return capital >= 2 && !Role(n) && !noNames.Has(n)
}
