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

// A Part says what people who are named in the credits of an article did for it.
type Part struct {
	Names []string // as printed, at least one
	// Did is "editing", "fact-checking", "graphics", "illustration", "interview",
	// "photograph", "production", "reporting", "review", "translation" or "video"; it
	// is "" for who wrote the article.
	Did string
}

// Parts reads a line of credits: "Reporting by Kate Giuliani; Editing by Ravi Menon",
// "Übersetzt von Jonas Ekdahl", "文・佐藤健一 写真・田中花子". Only names behind a word
// that introduces them count. The result is nil for a line without such names, and for
// one of more than 400 bytes.
func Parts(s string) (all []Part) {
	const long = 400 // bytes; a longer text is no line of credits
	if len(s) > long {
		return nil
	}
	for part := range pieces(s) {
		did, rest, ok := cutDid(part)
		if !ok {
			if rest, ok = CutBy(part); !ok || ok && otherDeeds.In(text.Lower(part[:len(part)-len(rest)])) {
				continue
			}
		}
		var names []string
		for _, n := range Split(rest) {
			if Personal(n) && (IsAgency(n) || strings.Contains(n, " ") || !latin(n)) {
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			all = append(all, Part{names, did})
		}
	}
	return all
}

// pieces returns an iterator over the parts of a line of credits. A part ends at a
// semicolon, a bar or a bullet, at the end of a sentence, or before the next word that
// introduces a name.
func pieces(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for s != "" {
			end, skip := len(s), 0
			for i, r := range s {
				if i == 0 {
					continue
				}
				switch n := utf8.RuneLen(r); {
				case r == ';' || r == '|' || r == '；' || r == '•' || r == '·' && s[i-1] == ' ':
					end, skip = i, n
				case r == '.' && i > 2 && strings.HasPrefix(s[i+1:], " ") && s[i-2] != ' ' && s[i-2] != '.':
					end, skip = i, n
				case r == ' ' || r == '\u3000' || r == '/' || r == ',':
					if begins(afterGap(s[i+n:])) {
						end, skip = i, n
					}
				}
				if end < len(s) {
					break
				}
			}
			if part := strings.Trim(s[:end], " \u3000,.，。"); part != "" && !yield(part) {
				return
			}
			s = s[min(len(s), end+skip):]
		}
	}
}

// afterGap returns s without the spaces, slashes and commas at its beginning.
func afterGap(s string) string {
	for s != "" {
		switch {
		case s[0] == ' ' || s[0] == '/' || s[0] == ',':
			s = s[1:]
		case strings.HasPrefix(s, "\u3000"):
			s = s[len("\u3000"):]
		default:
			return s
		}
	}
	return ""
}

// begins reports whether a text begins with a word that introduces who did something
// other than write, as cutDid reads it.
func begins(s string) bool {
	_, _, ok := cutDid(s)
	return ok
}

// deeds are the words that introduce who did something other than write; their values
// are those of Part.Did. otherDeeds are phrases in what introduces people who are no
// authors and whose part in the article is not recorded.
var (
	deeds      = words.NewValues("did")
	otherDeeds = words.NewPhrases("other-role")
)

// marksOfDeeds are the marks that may stand between a word of deeds and the name.
const marksOfDeeds = ":：・=＝/／"

// longestDeed returns the length in bytes of the longest of the deeds.
var longestDeed = sync.OnceValue(func() (longest int) {
	for _, d := range deeds.All() {
		longest = max(longest, len(d.Text))
	}
	return longest
})

// cutDid cuts off a text the words at its beginning that introduce who did something
// other than write. did tells what, as Part.Did does, and rest is what follows; ok is
// false if s does not begin with such words.
func cutDid(s string) (did, rest string, ok bool) {
	if !deeds.MayBegin(s) {
		return "", s, false // most texts end here, without the cost of changing their case
	}
	end := min(len(s), longestDeed())
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	low := text.Lower(s[:end])
	if len(low) != end {
		return "", s, false
	}
	best := 0
	for _, d := range deeds.Begin(low) {
		if len(d.Text) <= best || !strings.HasPrefix(low, d.Text) || len(s) == len(d.Text) {
			continue
		}
		behind := s[len(d.Text):]
		if !strings.Contains(d.Text, " ") { // a word alone introduces nobody without a mark
			behind = strings.TrimLeft(behind, " ")
		}
		r, _ := utf8.DecodeRuneInString(behind)
		if strings.ContainsRune(marksOfDeeds, r) || r == ' ' && strings.Contains(d.Text, " ") {
			best, did = len(d.Text), d.Value
		}
	}
	if best == 0 {
		return cutTranslation(s, low)
	}
	return did, strings.Trim(s[best:], afterBy+"\u3000"), true
}

// cutTranslation is as cutDid for words that say from which language somebody translated:
// "Translated from the German by ", "Übersetzung aus dem Englischen: ". low is the
// beginning of s in small letters.
func cutTranslation(s, low string) (did, rest string, ok bool) {
	const most = 45    // bytes up to the name
	const shortest = 7 // bytes of a word for a translation: "traduit"
	for _, d := range deeds.Begin(low) {
		word, _, _ := strings.Cut(d.Text, " ")
		if d.Value != "translation" || len(word) < shortest || !strings.HasPrefix(low, word+" ") {
			continue
		}
		head := s[:min(len(s), most)]
		for _, end := range creditEnds.All() {
			if i := strings.Index(head, end+" "); i > 0 {
				return d.Value, strings.TrimSpace(s[i+len(end):]), true
			}
		}
		if i := strings.Index(head, ": "); i > 0 {
			return d.Value, strings.TrimSpace(s[i+1:]), true
		}
	}
	return "", s, false
}

// OnlyCredits reports whether a line, with or without brackets around it, is nothing but
// credits: every part of it names persons or agencies behind words that say what they
// did. It is false for a line of more than 250 bytes.
func OnlyCredits(s string) bool {
	const long = 250 // bytes
	if s = strings.Trim(s, " ()[]（）*"); s == "" || len(s) > long {
		return false
	}
	some := false
	for part := range pieces(s) {
		_, rest, did := cutDid(part)
		if !did {
			var by bool
			if rest, by = CutBy(part); !by {
				return false
			}
		}
		names := Split(rest)
		if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return !Personal(n) || latin(n) && !strings.Contains(n, " ") && !IsAgency(n) }) {
			return false
		}
		some = true
	}
	return some
}

// OnlyNames reports whether a line is nothing but names of persons in brackets, as closes
// articles, "（佐藤健一、鈴木花子）", names behind a dash, "— Kate Giuliani", or names beside a word for reporters in a script without
// capitals: "本报记者 陈晓明".
func OnlyNames(s string) bool {
	at, inner := lastBrackets(strings.TrimSpace(s))
	if at == 0 && len(soleNames(inner, false)) > 0 || len(reporters(strings.TrimSpace(s))) > 0 {
		return true
	}
	const long = 80 // bytes of a name behind a dash
	first, _ := utf8.DecodeRuneInString(s)
	return len(s) <= long && strings.ContainsRune("—–―", first) && !text.Ends(s) && len(Closing(s)) > 0
}

// Opening returns the reporters whom the first line of a text names before it begins, in
// Korean and Chinese: "[서울=연합뉴스] 김민수 기자 = …", "新华社北京5月7日电（记者 陈晓明）…".
// It returns nil if there are none.
func Opening(s string) []string {
	const most = 150 // bytes that stand before the text
	s = s[:min(len(s), most)]
	for _, w := range reporterBehind.All() {
		if i := strings.Index(s, w); i > 0 && w[0] == ' ' && strings.HasPrefix(strings.TrimLeft(s[i+len(w):], " "), "=") {
			line := s[:i+len(w)]
			if at := strings.LastIndexAny(line, ")]"); at >= 0 {
				line = line[at+1:]
			}
			return besideReporter(strings.Trim(strings.TrimSuffix(line, w), " ="))
		}
	}
	for _, b := range [...][2]string{{"（", "）"}, {"(", ")"}, {"〔", "〕"}, {"【", "】"}} {
		before, inner, ok := strings.Cut(s, b[0])
		if inner, _, found := strings.Cut(inner, b[1]); ok && found && !strings.ContainsAny(before, "。，,") && strings.ContainsFunc(inner, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			inner, _, _ = strings.Cut(inner, "／")
			if names := reporters(inner); len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

// deskEndings end the word for a desk, in scripts without capitals.
var deskEndings = words.NewList("desk-ending")

// endsDesk reports whether a word ends as that for a desk does: 문화부, 社会部.
func endsDesk(w string) bool {
	return slices.ContainsFunc(deskEndings.All(), func(end string) bool { return strings.HasSuffix(w, end) })
}

// besideReporter returns the names in a list of Korean ones without marks between them, "김민수
// 이영희"; words for desks, such as 문화부, are left out.
func besideReporter(s string) (names []string) {
	const shortest, longest = 2, 4 // characters of a name
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" ·,ㆍ", r) }) {
		n := utf8.RuneCountInString(w)
		if n < shortest || n > longest || !hangul(w) {
			return nil
		}
		if !endsDesk(w) {
			names = append(names, w)
		}
	}
	return names
}

// latin reports whether a name begins with a letter of a script that has capitals, as
// Latin, Greek and Cyrillic do.
func latin(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsLower(r)
}

// Closing returns the authors that the last line of an article's text names: the line,
// or the brackets at its end, names them behind a word for authors or beside one for
// reporters, or is nothing but one name in brackets or a dash and names. It returns nil
// if the line names nobody.
func Closing(s string) (names []string) {
	const long = 300 // bytes; a longer line is one of the text
	s = strings.TrimSpace(s)
	inner := s
	if at, in := lastBrackets(s); at >= 0 && len(in) <= long {
		inner = in
	} else if len(s) > long {
		return nil
	}
	if n := reporters(inner); len(n) > 0 {
		return n
	}
	if inner != s {
		for _, p := range Parts(inner) {
			if p.Did == "" {
				names = append(names, p.Names...)
			}
		}
		at, _ := lastBrackets(s)
		if ended := strings.HasSuffix(s[:at], "。"); (at == 0 || ended) && len(names) == 0 {
			names = soleNames(inner, ended)
		}
		return names
	}
	for _, dash := range [...]string{"—", "–", "―", "-- ", "- ", "~"} {
		rest, ok := strings.CutPrefix(s, dash)
		if !ok {
			continue
		}
		rest, _ = CutBy(strings.TrimSpace(rest))
		for _, n := range Split(rest) {
			if !Personal(n) || !strings.Contains(n, " ") && latin(n) || Idle(n) || text.Capitals(n) {
				return nil
			}
			names = append(names, n)
		}
		return names
	}
	return nil
}

// soleNames returns the names in a text that is nothing but names of persons, in the
// sense of soleName; those of a list must be in Chinese characters, and so must be all if
// ideographs is true. It returns nil if s is no such text. What persons did beside
// writing, "写真も", and an agency behind a single name, "Kate Giuliani, dpa", do not count
// as names, but agencies are returned with them.
func soleNames(s string, ideographs bool) (names []string) {
	if person, agency, ok := strings.Cut(s, ", "); ok && !ideographs && latin(person) && soleName(person) && !Role(person) && ListedAgency(agency) {
		return []string{person, agency}
	}
	for n := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("、，・", r) }) {
		n = strings.TrimSpace(n)
		if desk, name, ok := strings.Cut(n, "\u3000"); ok && strings.HasSuffix(desk, "部") {
			n = name
		} else if desk, name, ok := strings.Cut(n, "部 "); ok && desk != "" && !latin(n) {
			n = name
		}
		if len(names) > 0 && slices.ContainsFunc(deeds.Begin(n), func(d words.Entry) bool { return !latin(n) && strings.HasPrefix(n, d.Text) }) {
			continue
		}
		if !soleName(n) || noNameParts.In(n) || Role(n) {
			return nil
		}
		names = append(names, n)
	}
	if (ideographs || len(names) > 1) && slices.ContainsFunc(names, latin) {
		return nil
	}
	return names
}

// soleName reports whether a text is nothing but the name of one person: at least two
// words in a script with capitals, or three to six Chinese characters. It is strict,
// since brackets at the end of an article often hold something else.
func soleName(s string) bool {
	if !Personal(s) || IsAgency(s) || ListedAgency(s) || text.Capitals(s) && latin(s) {
		return false
	}
	if latin(s) {
		return strings.Contains(s, " ") && !strings.ContainsAny(s, ",;:./&") && !date.IsMonth(s[:strings.IndexByte(s, ' ')])
	}
	const fewest, most = 3, 6 // Chinese characters of a name
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	n := utf8.RuneCountInString(s)
	return n >= fewest && n <= most
}

// reporters returns the names beside a word for a reporter, in scripts without
// capitals: "记者 陈晓明", "新华社记者陈晓明", "문화부 김민수 기자 minsu@…". It returns nil
// if there is no such word or s is longer than such a line.
func reporters(s string) (names []string) {
	const long = 100 // bytes
	if i := strings.IndexByte(s, '@'); i > 0 {
		s = strings.TrimSpace(s[:max(strings.LastIndexByte(s[:i], ' '), 0)])
	}
	if s = strings.Trim(s, " =/()[]【】"); s == "" || len(s) > long || strings.ContainsAny(s, "。.!?！？") {
		return nil
	}
	for _, w := range reporterBehind.All() {
		rest, ok := strings.CutSuffix(s, w)
		if !ok {
			continue
		}
		if w[0] != ' ' { // Japanese: "文化部　佐藤健一記者"
			desk, name, parted := strings.Cut(rest, " ")
			if !parted {
				desk, name, parted = strings.Cut(rest, "\u3000")
			}
			if !parted || !strings.HasSuffix(desk, "部") && !strings.HasSuffix(desk, "局") || !soleName(name) {
				continue
			}
			return []string{name}
		}
		rest = rest[strings.LastIndexByte(strings.TrimSpace(rest), ' ')+1:] // without the desk before the name
		rest = rest[strings.LastIndexByte(rest, '=')+1:]                    // without the place: "/부산=김민수"
		for n := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune("·,、ㆍ", r) }) {
			if runes := utf8.RuneCountInString(n); runes >= 2 && runes <= 4 {
				names = append(names, n)
			}
		}
		return names
	}
	for _, w := range reporterBefore.All() {
		i := strings.Index(s, w)
		const before = 18 // bytes that the agency or paper before the word may have: "新华社", "本报"
		if i < 0 || i > before {
			continue
		}
		rest := strings.TrimLeft(s[i+len(w):], " ：:\u3000")
		for _, n := range Split(rest) {
			for _, one := range strings.Fields(n) {
				if runes := utf8.RuneCountInString(one); runes >= 2 && runes <= 4 && !noNameParts.In(one) {
					names = append(names, one)
				}
			}
		}
		return names
	}
	return nil
}
