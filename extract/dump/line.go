package dump

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A kind is what a line of a dump is by its looks alone.
type kind int

const (
	kindLabel    kind = iota // a few words without the end of a sentence
	kindText                 // sentences
	kindEntry                // "• …", "3. …": an entry of a list
	kindDate                 // a day or a time, and nothing else
	kindYear                 // "2022"
	kindLink                 // an address
	kindImage                // the address of an image
	kindSize                 // "1920 1080 true"
	kindNumber               // "1920"
	kindFlag                 // "true"
	kindDuration             // "PT2M10S", "02:10"
	kindLocale               // "en_GB"
	kindContact              // a mail address or a telephone number, perhaps with a name
	kindCredit               // "© AP Photo / A. Name"
	kindNotice               // "© 2022 Outlet. All rights reserved."
	kindLeak                 // a selector, a placeholder, a name of the vocabulary
)

// A item is one line of a dump.
type item struct {
	kind          kind
	text          string
	date          dateline.Date // of kindDate
	updated       bool          // the line of kindDate says that it is an update
	width, height int           // of kindSize
	number        int           // of kindNumber
	same          int           // how many lines say the same
	used          bool          // claimed by a field or part of another item
}

var (
	leakLine = regexp.MustCompile(`^(?:\.{0,2}/{1,2}[\w*@][^\s]*[\[@][^\s]*|[\w.#-]+\[[@\w:.-]+[~^$*|]?=.*\].*|\{\{.*\}\}|\$\{.*\}|<[^>]+>|` +
		`https?://schema\.org/.*|\[object \w+\]|undefined|null|None|NaN|` +
		`(?:News|Reportage|Analysis|Opinion)?(?:News)?Article|WebPage|ImageObject|VideoObject|Organization|NewsMediaOrganization|Person|BreadcrumbList)$`)
	leakWord = regexp.MustCompile(`^(?:\.{0,2}/{1,2}[\w*@]\S*[\[@]\S*|@\w+|text\(\))$`)

	isoClock     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}`)
	bareYear     = regexp.MustCompile(`^(?:19|20)\d{2}$`)
	sizeLine     = regexp.MustCompile(`^(\d{2,5})\s*(?:[x×*,]\s*|\s)(\d{2,5})(?:\s*(?:px|pixels?))?(?:\s+(?i:true|false))?$`)
	flagLine     = regexp.MustCompile(`^(?i:true|false)$`)
	durationLine = regexp.MustCompile(`^(?:P(?:\d+D)?T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?|(?:\d{1,2}:)?\d{1,2}:\d{2})$`)
	localeLine   = regexp.MustCompile(`^(?:[a-z]{2}|[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?[A-Za-z]{2}|[a-z]{2,3}[-_](?:[A-Z][a-z]{3}|419))$`)
	mailWord     = regexp.MustCompile(`[\w.+%-]+@[\w-]+(?:\.[\w-]+)+`)
	phoneWord    = regexp.MustCompile(`(?:\+|\b00|\b)\(?\d[\d\s().-]{6,18}\d`)
	entryLine    = regexp.MustCompile(`^(?:[•·▪●◦‣*]\s*|[-–]\s+|(?:\d{1,2})[.)]\s+)\S`)
	entryMark    = regexp.MustCompile(`^(?:[•·▪●◦‣*]\s*|[-–]\s+)`)
	imageExt     = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$`)
	imageFolder  = regexp.MustCompile(`(?i)(?:^|[/.])(?:img|images?|photos?|pictures?|thumbs?|thumbnails?)[/.\d]`)
)

// What lines are with the words of languages: a telephone number, a credit of a
// picture, a notice of rights.
var (
	phoneLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?i:` + words.NewList("phone").Pattern(nil) + `)?[.: ]*(?:\+|00)?\(?\d[\d\s().-]{6,18}\d$`)
	})
	creditLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:©|\(c\)|Ⓒ)\s*\D|^(?i:` + creditLabels.Pattern(nil) + `)\s*(?:credit|by)?\s*[:：/]\s*\S`)
	})
	noticeLine = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:©|\(c\)|` + words.NewList("copyright").Pattern(nil) + `)\b?.*\d{4}|` + words.NewList("all-rights").Pattern(nil))
	})
)

// itemsOf tells the lines of a dump by kind.
func itemsOf(lines []string) []item {
	items := make([]item, 0, len(lines))
	for _, line := range lines {
		if strings.Contains(line, "&") && len(line) < maxBytes/16 {
			line = cleanLine(html.UnescapeString(line))
		}
		if line != "" {
			items = append(items, itemOf(line))
		}
	}
	return joinSizes(items)
}

// itemOf tells one line by kind.
func itemOf(s string) item {
	it := item{text: s}
	if len(s) > 1000 { // no other kind is as long
		it.kind = kindText
		return it
	}
	switch {
	case isLeak(s):
		it.kind = kindLeak
	case bareYear.MatchString(s):
		it.kind = kindYear
	case flagLine.MatchString(s):
		it.kind = kindFlag
	case isDigits(s) && len(s) <= 5:
		it.kind = kindNumber
		it.number, _ = strconv.Atoi(s)
	case sizeLine.MatchString(s):
		m := sizeLine.FindStringSubmatch(s)
		it.kind = kindSize
		it.width, _ = strconv.Atoi(m[1])
		it.height, _ = strconv.Atoi(m[2])
	case isAddress(s):
		it.kind = kindLink
		if isImage(s) {
			it.kind = kindImage
		}
	case durationLine.MatchString(s) && len(s) > 1:
		it.kind = kindDuration
	case localeLine.MatchString(s):
		it.kind = kindLocale
	default:
		it.date, it.updated = dateOf(s)
		it.kind = kindOfWords(s)
		if it.date != "" {
			it.kind = kindDate
		}
	}
	return it
}

// kindOfWords tells a line that is no value of a simpler type.
func kindOfWords(s string) kind {
	switch {
	case isContact(s):
		return kindContact
	case utf8.RuneCountInString(s) <= 300 && noticeLine().MatchString(s):
		return kindNotice
	case utf8.RuneCountInString(s) <= 300 && creditLine().MatchString(s):
		return kindCredit
	case entryLine.MatchString(s):
		return kindEntry
	case isSentence(s):
		return kindText
	}
	if _, _, _, ok := deckTail(s); ok {
		return kindText
	}
	return kindLabel
}

// isLeak reports whether s is nothing but selectors and placeholders.
func isLeak(s string) bool {
	if leakLine.MatchString(s) || firstLine.MatchString(s) {
		return true
	}
	words := strings.Fields(s)
	for _, w := range words {
		if !leakWord.MatchString(w) {
			return false
		}
	}
	return len(words) > 1 && strings.ContainsAny(words[0], "/(")
}

// dateOf reads a line that holds a date and at most a word or two with it.
func dateOf(s string) (d dateline.Date, updated bool) {
	if utf8.RuneCountInString(s) > 64 || !strings.ContainsFunc(s, unicode.IsDigit) || len(strings.Fields(s)) > 10 {
		return "", false
	}
	if isoClock.MatchString(s) {
		d, _ = date.Parse(s, "")
		return d, false
	}
	updated = date.LabelOf(s) == date.Updated
	value := s
	if before, after, ok := strings.Cut(s, ": "); ok && !strings.ContainsFunc(before, unicode.IsDigit) {
		value = strings.TrimSpace(after)
	}
	// Words beside the date make it a headline or a label: "World Cup 2022".
	if letters, digits := countLetters(value); digits < 5 || letters > 28 {
		return "", false
	}
	if d, ok := date.Parse(value, ""); ok && len(d) >= len("2006-01-02") {
		return d, updated
	}
	return "", false
}

func countLetters(s string) (letters, digits int) {
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters, digits
}

// isContact reports whether s gives a way to reach somebody and says little else.
func isContact(s string) bool {
	if phoneLine().MatchString(s) {
		return true
	}
	mail := mailWord.FindStringIndex(s)
	if mail == nil || utf8.RuneCountInString(s) > 300 {
		return false
	}
	rest := s[:mail[0]] + s[mail[1]:]
	return phoneWord.MatchString(rest) || len(strings.Fields(rest)) <= 8 && !isSentence(rest)
}

// isSentence reports whether s is prose: it ends a sentence, or is too long
// for anything else.
func isSentence(s string) bool {
	runes, words := utf8.RuneCountInString(s), len(strings.Fields(s))
	if isWide(s) {
		return runes > 60 || runes > 8 && text.Ends(s)
	}
	return runes > 160 || words > 25 || words > 2 && text.Ends(s)
}

// isWide reports whether s is written without spaces between words.
func isWide(s string) bool {
	wide, runes := 0, 0
	for _, r := range s {
		if runes++; runes > 200 {
			break
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar) {
			wide++
		}
	}
	return wide*2 > min(runes, 200)
}

// isWrapped reports whether line goes on with a sentence that prev breaks off.
func isWrapped(prev, line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return utf8.RuneCountInString(prev) >= 50 && unicode.IsLower(r) && len(prev) < 200 &&
		!text.Ends(prev) && strings.Contains(line, " ") && strings.Count(prev, " ") > 5 && !strings.Contains(prev, "@") && !firstLine.MatchString(prev)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func isAddress(s string) bool {
	if strings.ContainsAny(s, " <>") || !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && strings.Contains(u.Host, ".")
}

// isImage reports whether the address is that of an image, by its looks.
func isImage(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	ext := path.Ext(u.Path)
	return imageExt.MatchString(u.Path) || (ext == "" || len(ext) > 6) && imageFolder.MatchString(u.Host+u.Path) ||
		strings.Contains(u.RawQuery, "format=jpg") || strings.Contains(u.RawQuery, "format=webp")
}

// joinSizes turns the lines "1920", "1080" and "true" into one size.
func joinSizes(items []item) []item {
	out := items[:0]
	for i := 0; i < len(items); i++ {
		it := items[i]
		if it.kind == kindNumber && i+1 < len(items) && items[i+1].kind == kindNumber && it.number > 9 && items[i+1].number > 9 {
			it.kind, it.width, it.height = kindSize, it.number, items[i+1].number
			i++
			if i+1 < len(items) && items[i+1].kind == kindFlag {
				i++
			}
		}
		out = append(out, it)
	}
	return out
}

// fold is what two lines that say the same have in common.
func fold(s string) string {
	if len(s) > 1000 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '‘', '’', 'ʼ', '`', '´':
			return '\''
		case '“', '”', '„', '«', '»':
			return '"'
		case '‐', '‑', '–', '—':
			return '-'
		}
		return unicode.ToLower(r)
	}, s)
}
