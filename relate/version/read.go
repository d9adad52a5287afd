package version

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dateline"
	"dateline/extract/wall"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A reading is an article as a reader sees it: headline, deck, and the text cut into
// sentences.
type reading struct {
	article   *dateline.Article
	headline  string
	deck      string
	units     []unit // of the text and the corrections, without furniture
	walled    bool   // the page says that the text is cut, or offers the rest
	truncated bool   // its last sentence is cut off
}

// A unit is one sentence of the text, or a line of it.
type unit struct {
	field string // "text", "correction"
	text  string // as printed, white space made one space
	key   string // as it is compared
	block int    // number of the paragraph that it stands in
	whole bool   // it is all of that paragraph
	start int    // byte of Article.Text; -1 of corrections
	end   int
}

// mostUnits bounds the sentences that are compared; the rest of an endless text
// is not looked at.
const mostUnits = 20_000

// read reads an article.
func read(a *dateline.Article) *reading {
	r := &reading{article: a, headline: line(a.Headline), deck: line(a.Deck), walled: a.Paywalled}
	start := 0
	for block, s := range strings.Split(a.Text, "\n\n") {
		at := start
		start += len(s) + len("\n\n")
		switch key := keyOf(s); {
		case key == "" || r.furniture(s):
		case block < 3 && (key == keyOf(a.Headline) || key == keyOf(a.Deck)): // it is compared as what it is
		case len(r.units) < mostUnits:
			r.sentences("text", s, block, at)
		}
	}
	for i, s := range a.Corrections {
		if !r.furniture(s) && len(r.units) < mostUnits {
			r.sentences("correction", s, 1<<20+i, -1)
		}
	}
	if last := len(r.units) - 1; last >= 0 {
		r.truncated = strings.HasSuffix(r.units[last].key, "...")
	}
	return r
}

// sentences appends the sentences of a block that begins at byte at.
func (r *reading) sentences(field, s string, block, at int) {
	first := len(r.units)
	start := 0
	for i := 0; i < len(s); i++ {
		if i+1 < len(s) && !text.EndsAt(s, i) {
			continue
		}
		if t := line(s[start : i+1]); t != "" {
			u := unit{field: field, text: t, key: keyOf(t), block: block, start: at + start, end: at + i + 1}
			if at < 0 {
				u.start, u.end = -1, -1
			}
			r.units = append(r.units, u)
		}
		start = i + 1
	}
	if len(r.units) == first+1 {
		r.units[first].whole = true
	}
}

// line returns s as one line, with single spaces.
func line(s string) string { return strings.Join(strings.Fields(invisible.Replace(text.Line(s))), " ") }

// invisible are characters that no reader sees.
var invisible = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "", "\u200e", "", "\u200f", "")

// printings are characters that are printed for one another.
var printings = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "‛", "'", "`", "'", "´", "'", "′", "'", "″", `"`,
	"–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-", "…", "...", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

// keyOf returns the form of s that is compared: two printings of the same words, with
// other quotation marks or spaces, have the same.
func keyOf(s string) string {
	s = strings.TrimSpace(printings.Replace(line(s)))
	if len(s) > 12 && s == strings.ToUpper(s) && s != strings.ToLower(s) {
		return text.Lower(s) // capitals of the design
	}
	return s
}

// sameLine reports whether two short fields read alike. One of them may be
// printed in capitals.
func sameLine(a, b string) bool {
	if a, b = keyOf(a), keyOf(b); a == b {
		return true
	}
	return (a == text.Lower(a) || b == text.Lower(b)) && text.Lower(a) == text.Lower(b)
}

var (
	timeWords   = words.NewSet("month", "month-short", "month-page", "weekday", "weekday-short", "date-word", "year-word", "clock-word", "hour-mark", "morning", "afternoon", "before-date", "counter", "and")
	aboutTimes  = words.NewPhrases("updated", "published", "reading-time")
	invitations = words.NewPhrases("invitation")
	notices     = words.NewPhrases("notice")
)

// furniture reports whether a block is nothing that the article says: when the
// page was made or how many read it, what leads away from it, the offer of a
// paywall. Of an offer it takes note.
func (r *reading) furniture(s string) bool {
	const short, most = 100, 300
	low := text.Lower(line(s))
	switch {
	case len(low) > most:
		return false
	case wall.Offer(low):
		r.walled = true
		return true
	case notices.In(low):
		return true
	case len(low) > short:
		return false
	}
	for _, w := range invitations.Begin(low) {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	return isTimes(low)
}

// isTimes reports whether a line holds nothing but times, counts and the words
// around them.
func isTimes(low string) bool {
	counts := 0
	for _, w := range strings.FieldsFunc(low, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) }) {
		bare := strings.TrimFunc(w, unicode.IsDigit)
		switch {
		case bare == "": // a number
			counts++
		case timeWords.Has(bare), timeWords.Has(upperFirst(bare)), aboutTimes.In(bare), len(bare) <= 3 && w != bare: // 1st, 9h, 12k
			counts++
		case bare == "at" || bare == "on" || bare == "am" || bare == "pm" || bare == "gmt" || bare == "cet" || bare == "utc" || bare == "est":
		default:
			return false
		}
	}
	return counts > 0
}

func upperFirst(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// A picture is an image as it is compared.
type picture struct{ name, caption, credit string }

// mostPictures bounds the images that are compared.
const mostPictures = 100

// pictures are the images that a reader takes for part of the article: the
// first, and those that have a caption.
func (r *reading) pictures() (all []picture) {
	for i, m := range r.article.Images {
		if i == 0 || m.Caption != "" {
			all = append(all, picture{pictureName(m.URL), line(m.Caption), line(m.Credit)})
		}
		if len(all) == mostPictures {
			break
		}
	}
	return all
}

// sizes are the parts of a picture's address that say how large it is sent.
var sizes = regexp.MustCompile(`(?i)(?:^|[-_@.,])(?:\d{2,5}x\d{1,5}|\d{2,5}[wh]|[wh]_?\d{2,5}|\d(?:\.\d)?x|scaled|thumb(?:nail)?|small|medium|large|crop|landscape|square)(?:$|[-_.,])`)

// pictureName is what names a picture in its address whatever its size, its
// signature and the machine that sends it: the last folder of the path that
// does.
func pictureName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	name := path.Base(address)
	name = strings.TrimSuffix(name, path.Ext(name))
	for cut := ""; cut != name; {
		cut = name
		name = strings.Trim(sizes.ReplaceAllString(name, "-"), "-_.,@")
	}
	return text.Lower(name)
}

// tellsNothing reports whether the name of a picture is a number that machines
// give, which can be another for the same picture.
func tellsNothing(name string) bool {
	letters := 0
	for _, c := range name {
		if unicode.IsLetter(c) && !strings.ContainsRune("abcdef", c) {
			letters++
		}
	}
	return letters < 3 || len(name) >= 20 && !strings.ContainsAny(name, "-_ ")
}

// samePicture reports whether two images are one and say the same.
func samePicture(a, b picture) bool {
	if !sameLine(a.caption, b.caption) || a.credit != "" && b.credit != "" && !sameLine(a.credit, b.credit) {
		return false
	}
	return a.caption != "" || a.name == b.name || tellsNothing(a.name) || tellsNothing(b.name)
}

// sameNames reports whether two bylines name the same, in whatever order.
func sameNames(a, b []string) bool {
	fold := func(list []string) []string {
		var all []string
		for _, s := range list {
			all = append(all, text.Lower(keyOf(s)))
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(fold(a), fold(b))
}
