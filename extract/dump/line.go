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

// A kind says what a line of a dump is, judged by its looks alone.
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
	kindLeak                 // a remnant of the program that made the dump: an XPath or CSS selector, "null", "NewsArticle"
)

// An item is one line of a dump.
type item struct {
	kind          kind
	text          string
	date          dateline.Date // the value, for kindDate only
	updated       bool          // for kindDate only: the line says that this is the day of an update
	width, height int           // in pixels, for kindSize only
	number        int           // the value, for kindNumber only
	same          int           // how many lines of the dump have this text by fold, this one included
	used          bool          // whether a field has taken the line, so that no other may
}

// leakLine matches a whole line of kindLeak, leakWord one word of a line that holds
// several selectors.
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

// The kinds of lines that are recognized by words of many languages: a telephone
// number, the credit of a picture, a notice of rights. The patterns are built from
// the word lists when they are first needed.
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

// itemsOf returns the items of the lines of a dump, each with its kind. Entities of
// HTML that are left in a line are decoded first.
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

// itemOf returns the item of one line, with its kind and the value of that kind.
func itemOf(s string) item {
	it := item{text: s}
	if len(s) > 1000 { // lines of the other kinds are shorter
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

// kindOfWords returns the kind of a line that is made of words: of one that is
// no number, address, code or date.
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

// isLeak reports whether s is nothing but selectors, placeholders of programs, a
// name of the schema.org vocabulary, or the first line of a dump once more.
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

// dateOf reads a line that holds a date and hardly anything else; d is "" if the
// line is none. updated reports whether its words call it the date of a change.
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
	// A line with few digits or many letters is a headline or a label that mentions
	// a date: "World Cup 2022".
	if letters, digits := countLetters(value); digits < 5 || letters > 28 {
		return "", false
	}
	if d, ok := date.Parse(value, ""); ok && len(d) >= len("2006-01-02") {
		return d, updated
	}
	return "", false
}

// countLetters returns how many letters and how many digits s has, of any script.
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

// isContact reports whether s is a telephone number, or a mail address with few
// words beside it.
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

// isSentence reports whether s is prose: whether it ends as a sentence does, or is
// too long to be a label.
func isSentence(s string) bool {
	runes, words := utf8.RuneCountInString(s), len(strings.Fields(s))
	if isWide(s) {
		return runes > 60 || runes > 8 && text.Ends(s)
	}
	return runes > 160 || words > 25 || words > 2 && text.Ends(s)
}

// isWide reports whether most of s is in scripts that put no spaces between words,
// such as those of Chinese, Japanese and Thai.
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

// isWrapped reports whether prev, the line before, breaks off within a sentence
// that line goes on with, as in dumps whose lines were wrapped at some width.
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

// isImage reports whether an address looks like that of an image: by the ending of
// its name, by a folder of images in it, or by a format in its query.
func isImage(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	ext := path.Ext(u.Path)
	return imageExt.MatchString(u.Path) || (ext == "" || len(ext) > 6) && imageFolder.MatchString(u.Host+u.Path) ||
		strings.Contains(u.RawQuery, "format=jpg") || strings.Contains(u.RawQuery, "format=webp")
}

// joinSizes replaces the items of lines such as "1920", "1080" and perhaps "true"
// (width, height, representativeOfPage) by one item of kindSize. It reuses the
// memory of items.
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

// fold returns a line in the form in which lines are compared: in lower case, with
// one kind each of quotation marks, apostrophes and dashes. Lines of more than 1000
// bytes are returned as they are.
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
