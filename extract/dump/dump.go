// Package dump reads flattened dumps.
//
// A flattened dump is a page without its markup: the texts of its schema.org
// microdata in document order, one or several to a line. Its first line is
//
//	date 2022-02-10 https://outlet.example/2022/02/10/storm
//
// where the date is the day of the crawl or of an index, never that of the
// news. The names of the properties are gone, so every line is told by its
// kind (see kind), and the fields by the order in which the vocabulary
// has them and by what repeats:
//
//	headline, twice or more
//	description, sometimes closed by "10.02.2022, Outlet"
//	author
//	dateCreated, datePublished, dateModified
//	articleSection and about, a label each
//	image: address; width, height and representativeOfPage, often much later
//	articleBody, its paragraphs run together
//	copyrightHolder, publisher, sourceOrganization: name, mail, phone, legal
//	    name, size of the logo; the same line again and again
//	copyrightYear, genre, inLanguage
//	keywords: section and tags once more, with commas
//
// No step depends on another one having found its field, so a dump in another
// order, or with half of it missing, gives what it can.
//
// line.go tells the lines by kind, read.go and field.go find the fields, and
// break.go finds where paragraphs end that the dump ran together.
package dump

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// maxBytes bounds how many bytes of a dump are read, and maxLines how many
// of its lines; the rest is ignored.
const (
	maxBytes = 16 << 20
	maxLines = 20000
)

// Read reads one flattened dump and returns its record. Whatever the bytes
// are, there is a record: a dump in which no body is found has Skip set.
// Evidence names the schema.org property that a value was taken for:
// "dump:headline", "dump:keywords".
func Read(text []byte) *dateline.Article { return read(text, nil) }

// A Candidate is a value that was considered for a field of the record.
type Candidate struct {
	Field string  // as in the record: "headline"
	Value string  // of a text, how many characters it has
	Way   string  // as in the evidence: "dump:headline"
	Score float64 // more is better, compared within a field only; 0 where it has none
	Fault string  // for which it will not do, "" if it has none
}

// Explain reads a dump as Read does, and also returns what was considered for its
// fields, those of a field in the order of the dump.
func Explain(text []byte) (*dateline.Article, []Candidate) {
	why := &trace{}
	return read(text, why), why.all
}

// A trace notes what is considered while a dump is read. A nil trace notes nothing.
type trace struct{ all []Candidate }

func (t *trace) add(field, value, property string, score float64, fault string) {
	if t != nil && value != "" {
		t.all = append(t.all, Candidate{field, value, wayOf(property), score, fault})
	}
}

func read(text []byte, why *trace) *dateline.Article {
	lines := linesOf(text)
	d := &dump{a: &dateline.Article{Evidence: dateline.Evidence{}}, why: why}
	if len(lines) > 0 {
		if u, ok := readFirst(lines[0]); ok {
			lines = lines[1:]
			d.address(u)
		}
	}
	d.items = itemsOf(lines)
	d.count()
	d.keywords()
	d.publisher()
	d.dates()
	d.credits()
	d.body()
	d.headline()
	d.deck()
	d.bylines()
	d.labels()
	d.images()
	d.text()
	d.lang()
	d.dateline()
	if d.a.Text == "" {
		d.a.Skip = dateline.SkipNoText
	}
	return d.a
}

// address takes what the address alone tells.
func (d *dump) address(u string) {
	d.a.URL = u
	if d.a.Canonical = link.Canonical(u); d.a.Canonical != "" {
		d.found("canonical", "url")
	}
	if d.a.Publisher.Site = link.Site(u); d.a.Publisher.Site != "" {
		d.found("publisher", "url")
	}
}

// found notes that field was read from the named schema.org property.
func (d *dump) found(field, property string) { d.a.Evidence[field] = wayOf(property) }

// wayOf returns the evidence of a value that was read from a property.
func wayOf(property string) string { return "dump:" + property }

// firstLine is the first line of a dump.
var firstLine = regexp.MustCompile(`^\s*date\s+\d{4}-\d{2}-\d{2}\s+(\S+)\s*$`)

// readFirst returns the address in the first line of a dump, without its
// fragment. ok is false if line is no such line; u is "" if the address is none.
func readFirst(line string) (u string, ok bool) {
	m := firstLine.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	p, err := url.Parse(m[1])
	if err != nil || p.Scheme != "http" && p.Scheme != "https" || p.Host == "" {
		return "", true
	}
	u, _, _ = strings.Cut(m[1], "#")
	return u, true
}

// linesOf returns the lines of a dump that are not blank, as NFC and with
// single spaces. Bytes that are no UTF-8 become U+FFFD; a text that is mostly
// such bytes or control characters has no lines.
func linesOf(text []byte) []string {
	s := strings.Clone(dom.Decode(text[:min(len(text), maxBytes)], ""))
	if isBinary(s) {
		return nil
	}
	s = lineBreaks.Replace(s)
	var lines []string
	blank := true // the line before
	for line := range strings.SplitSeq(s, "\n") {
		line = cleanLine(line)
		switch n := len(lines); {
		case line == "":
		case !blank && isWrapped(lines[n-1], line):
			lines[n-1] += " " + line
		case n == maxLines:
			return lines
		default:
			lines = append(lines, line)
		}
		blank = line == ""
	}
	return lines
}

// isBinary reports whether more than a tenth of the beginning of s is no text.
func isBinary(s string) bool {
	runes, bad := 0, 0
	for _, r := range s[:min(len(s), 64<<10)] {
		runes++
		if r == utf8.RuneError || r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) {
			bad++
		}
	}
	return bad*10 > runes
}

// lineBreaks turns what ends a line into one character.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// cleanLine makes white space single, drops what cannot be seen, and keeps
// the ideographic spaces within: they indent paragraphs.
func cleanLine(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u2009':
			space = b.Len() > 0
			continue
		case r < ' ' || r == 0x7f || r == '\u200b' || r == '\ufeff' || r == '\u00ad':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return text.NFC(strings.Trim(b.String(), " \u3000"))
}
