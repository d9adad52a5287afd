// Package byline reads who is named, as pages print it: the names of a byline
// (names.go), news agencies (agencies.go), what closes a text (closing.go), who made a
// picture (credit.go), and the place and agency of a dateline (dateline.go). It looks at words alone; where on a page they stand, and whether
// that is a byline at all, package extract decides.
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

// Split returns the persons and agencies that a byline names.
func Split(s string) (out []string) {
	if len(s) > 400 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return nil
	}
	s, _ = CutBy(withoutOthers(s))
	for _, dash := range [...]string{" – ", " — ", " - "} {
		if name, rest, ok := strings.Cut(s, dash); ok && Personal(name) && strings.Contains(name, " ") && !strings.ContainsAny(rest, ",–—-") && !IsAgency(rest) {
			s = name // and the place or the outlet
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

// apart returns the names of a list in Chinese letters that spaces part: "陆明 实习生 高洁".
// What says who somebody is or did is left out. Two words alone are the two parts of a
// Japanese name.
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

// outOfBrackets returns a byline without the brackets around an agency that it names
// with a word that joins names: "Anne Morel (avec AFP)".
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

// byWords introduce an author.
var byWords = words.NewList("by")

// Introduces reports whether a line in small letters is nothing but words that
// introduce an author: "written by".
func Introduces(low string) bool { return slices.Contains(byWords.All(), low) }

// CutBy cuts the word that introduces a byline; said tells whether there was one.
func CutBy(s string) (rest string, said bool) {
	if !byWords.MayBegin(s) {
		return s, false // as most lines
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

// CutByWithin returns what stands behind the word that introduces a byline within a
// line, where the date or the source stands before it: "Publié le 3 mai par Anne Morel",
// "来源：海湾日报 作者：陈晓明". Before is what stands in front of the word.
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

// byWithin are the words that introduce a byline behind something else in a line.
var byWithin = words.NewList("by-within").Wrap(" ", " ")

// NoName reports whether a text holds what no name of a person has: "Print this".
func NoName(s string) bool { return noNameParts.In(text.Lower(s)) }

// afterBy stands between the word that introduces a byline and the name.
const afterBy = " :：・／՝"

// withoutOthers cuts off a line of names what follows the first label of those
// who did something else, and addresses: "Kate Giuliani Photos: Ravi Menon".
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

// otherLabels stand before the names of those who did something else.
var otherLabels = words.NewList("byline-other").Wrap(" ", "")

// The signs that join names, and all that joins them, with the words of the
// languages that do; a comma without a space is the last that is tried.
var (
	signs   = []string{" & ", ", ", "; ", ";", " | ", "|", " / ", "/", "、", "，", " • ", " · ", " – ", " — ", " - ", "•", ","}
	joiners = sync.OnceValue(func() joining { return newJoining(append(words.NewList("and").Wrap(" ", " ").All(), signs...)) })
)

// A joining is what joins names, in small letters and in capitals.
type joining struct{ small, capital []string }

func newJoining(small []string) joining {
	j := joining{small: small}
	for _, s := range small {
		j.capital = append(j.capital, strings.ToUpper(s))
	}
	return j
}

// splitAny splits a list of names at what joins them, in small letters or in
// capitals. It uses the memory of parts and of next.
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

// appendSplit appends what strings.Split returns.
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

// wholeJoiners join names, but stand within some too ("Ortega y Gasset").
var wholeJoiners = sync.OnceValue(func() joining { return newJoining(words.NewList("and-whole").Wrap(" ", " ").All()) })

// splitWhole appends the parts of a list of names, split at the words that join
// names of several words or agencies.
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
	return append(parts, s)
}

// wholeName reports whether a text can be a full name, or a list of such.
func wholeName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return IsAgency(s) || strings.Contains(s, " ") && !unicode.IsLower(r)
}

// cleanName trims a name and cuts what follows it: a bracket, a date, a role.
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

// The words for a reporter that stand right before a name and right behind it, in
// scripts without capitals.
var reporterBefore, reporterBehind = words.NewList("reporter-before"), words.NewList("reporter-behind")

// EndsAsReporter reports whether a text ends with a space and the word for a reporter:
// "김민수 기자".
func EndsAsReporter(s string) bool {
	return slices.ContainsFunc(reporterBehind.All(), func(w string) bool { return w[0] == ' ' && strings.HasSuffix(s, w) })
}

// withoutRole cuts off a person's name the role that follows it without a comma: "Kate
// Giuliani Senior Political Correspondent", "Ana Ruiz Corresponsal en Lund".
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
		if is(roleAdjectives, 1) || slices.ContainsFunc(fields[:i], func(w string) bool { return text.Capitals(w) && len(w) > 2 || outletWords.Has(text.Lower(w)) }) {
			return n
		}
		if name := strings.Join(fields[:i], " "); Personal(name) {
			return name
		}
		return n
	}
	return n
}

// withoutRoleBefore cuts off a person's name the role before it: "unserem
// Korrespondenten Uwe Stahl", "reporter Kate Giuliani".
func withoutRoleBefore(n string) string {
	const most = 3 // words of such a role
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

// The words of roles that follow names, those that stand before them, and those of
// names that are of outlets and places, to which a role belongs.
var roleNouns, roleAdjectives, outletWords = words.NewSet("role-noun"), words.NewSet("role-adjective"), words.NewSet("outlet-word")

// behindName begins what follows a name.
var behindName = words.NewList("behind-name").Wrap(" ", "")

// withoutAgency cuts off a person's name the agency that follows it without a
// comma: "Kate Giuliani The Associated Press".
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

var roleWords = words.NewSet("byline-role")

// Role reports whether a part of a byline is a role and no name.
func Role(n string) bool {
	low := strings.TrimPrefix(text.Lower(n), "md ") // Muhammad
	for w := range strings.FieldsSeq(low) {
		if roleWords.Has(strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

// Placeholder reports whether a name is what systems write where there is no
// author.
func Placeholder(n string) bool { return placeholders.Has(text.Key(n)) }

var placeholders, software = words.NewSet("placeholder"), words.NewSet("software")

// Software reports whether a name is that of a system that makes pages.
func Software(n string) bool {
	return software.Has(text.Lower(strings.TrimRight(n, "!.™®")))
}

// Account reports whether a name is that of an account and not of a person:
// "jdoe", "JaneD", "news_team".
func Account(n string) bool {
	if strings.ContainsAny(n, " \u00a0") || IsAgency(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	return unicode.IsLower(r) || strings.ContainsAny(n, "_.") || unicode.IsUpper(r) && r < utf8.RuneSelf && !text.Capitals(n) && strings.IndexFunc(n[1:], unicode.IsUpper) > 0
}

// Idle reports whether a line that is named a byline says only that it is one.
func Idle(n string) bool {
	for w := range strings.FieldsSeq(text.Lower(n)) {
		if buttons.Has(strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

var buttons = words.NewSet("button")

// orgName reports whether a name begins as that of a body does, which may have
// "for" and "and" in it: "Center for Drug Evaluation and Research".
func orgName(n string) bool {
	first, rest, _ := strings.Cut(n, " ")
	return bodies.Has(first) && (strings.HasPrefix(rest, "for ") || strings.HasPrefix(rest, "of ")) && len(n) < 80 && !strings.ContainsAny(n, ",;|/") && text.Digits(n) == 0
}

// Titled reports whether the last word of a name is written as one of a name,
// or for the people at a desk: "The Currency editors".
func Titled(n string) bool {
	last := n[strings.LastIndexByte(n, ' ')+1:]
	if deskWords.Has(last) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(last)
	return last == n || !unicode.IsLower(r)
}

// Key is what two printings of a name share, with and without "Dr".
func Key(n string) string {
	for _, title := range addresses.All() {
		n = strings.TrimPrefix(n, title)
	}
	return text.Key(n)
}

// desk reports whether a name is that of no person: "admin", "Newsroom".
func desk(n string) bool {
	return desks.Has(text.Key(n)) || strings.Contains(n, ".com") || strings.Contains(n, ".de") || deskParts.In(text.Lower(n)) || noNameParts.In(text.Lower(n))
}

// What names have, and what they have not.
var (
	bodies      = words.NewSet("body-begin")
	deskWords   = words.NewSet("desk-word")
	desks       = words.NewSet("placeholder", "desk")
	deskParts   = words.NewPhrases("desk-part")
	addresses   = words.NewList("title-of-address").Wrap("", " ")
	noParticles = words.NewSet("no-name-word")
	noNames     = words.NewSet("no-name")
	noNameParts = words.NewPhrases("no-name-part")
)

// Personal reports whether a name has the form of a person's or an agency's.
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
