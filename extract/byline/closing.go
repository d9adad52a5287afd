package byline

import (
	"strings"
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

// longestDeed is the length in bytes of the longest of the deeds.
var longestDeed = func() (longest int) {
	for _, d := range deeds.All() {
		longest = max(longest, len(d.Text))
	}
	return longest
}()

// cutDid cuts off a text the words at its beginning that introduce who did something
// other than write. did tells what, as Part.Did does, and rest is what follows; ok is
// false if s does not begin with such words.
func cutDid(s string) (did, rest string, ok bool) {
	if !deeds.MayBegin(s) {
		return "", s, false // most texts end here, without the cost of changing their case
	}
	end := min(len(s), longestDeed)
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
		return "", s, false
	}
	return did, strings.Trim(s[best:], afterBy+"/=\u3000"), true
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
		if at, _ := lastBrackets(s); at == 0 && len(names) == 0 && soleName(inner) {
			names = append(names, inner)
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
		if !ok || w[0] != ' ' {
			continue
		}
		rest = rest[strings.LastIndexByte(strings.TrimSpace(rest), ' ')+1:] // without the desk before the name
		for n := range strings.FieldsFuncSeq(rest, func(r rune) bool { return strings.ContainsRune("·,、ㆍ=", r) }) {
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
