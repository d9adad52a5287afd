// Package dump reads flattened dumps.
//
// A flattened dump is a page without its markup: the texts of its schema.org
// microdata in document order, one or several to a line. Its first line is
//
//	date 2022-02-10 https://outlet.example/2022/02/10/storm
//
// where the date is the day of the crawl or of an index, never that of the
// news. The names of the properties are gone. Every line is therefore given a
// kind by its looks alone (a date, a label, sentences; see the type kind), and
// the fields are found by the kinds of lines, by the usual order of the
// properties, and by which lines are repeated:
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
// No step requires that another one found its field, so a dump in another
// order, or with half of it missing, still gives the fields that it holds.
//
// dump.go cuts a dump into lines and runs the steps, line.go gives each line
// its kind, read.go finds keywords, publisher, dates, body, headline and deck,
// field.go finds the other fields, and break.go finds where the paragraphs end
// that the dump ran together.
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

// Read reads one flattened dump and returns its record, which is never nil: if
// no body is found in the text, the record has Skip set to SkipNoText. Evidence
// names for each field the schema.org property that its value is taken to be,
// as "dump:headline" or "dump:keywords", or "dump:url" for what the address told.
func Read(text []byte) *dateline.Article { return read(text, nil) }

// A Candidate is a value that was considered for a field of the record.
type Candidate struct {
	Field string  // name of the field in the record: "headline"
	Value string  // the value; for the field "text" only its length, as "1234 characters"
	Way   string  // property it is taken to be, as in the evidence: "dump:headline"
	Score float64 // higher is better, comparable within one field only; 0 if the field is not scored
	Fault string  // why the value was not taken; "" if nothing speaks against it
}

// Explain reads a dump as Read does, and also returns the values that were
// considered for its fields. The candidates are in the order in which they were considered.
func Explain(text []byte) (*dateline.Article, []Candidate) {
	why := &trace{}
	return read(text, why), why.all
}

// A trace collects the candidates that are considered while a dump is read. A nil
// trace collects nothing, so that Read does not pay for explanations.
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

// address fills the fields that follow from the address of the page alone: its
// canonical form and the publisher's site.
func (d *dump) address(u string) {
	d.a.URL = u
	if d.a.Canonical = link.Canonical(u); d.a.Canonical != "" {
		d.found("canonical", "url")
	}
	if d.a.Publisher.Site = link.Site(u); d.a.Publisher.Site != "" {
		d.found("publisher", "url")
	}
}

// found records as evidence that a field was read from a schema.org property.
func (d *dump) found(field, property string) { d.a.Evidence[field] = wayOf(property) }

// wayOf returns the text by which evidence names a property.
func wayOf(property string) string { return "dump:" + property }

// firstLine matches the first line of a dump; its group is the address.
var firstLine = regexp.MustCompile(`^\s*date\s+\d{4}-\d{2}-\d{2}\s+(\S+)\s*$`)

// readFirst returns the address in the first line of a dump, without its
// fragment. ok is false if line does not have the form of a first line; u is ""
// if what stands in the place of the address is no http or https address.
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

// linesOf returns the lines of a dump that are not blank, in Unicode normal form
// C and with single spaces. A line that only goes on with the sentence of the one
// before is joined to that. A dump that isBinary takes for no text has no lines.
func linesOf(text []byte) []string {
	s := strings.Clone(dom.Decode(text[:min(len(text), maxBytes)], ""))
	if isBinary(s) {
		return nil
	}
	s = lineBreaks.Replace(s)
	var lines []string
	blank := true // whether the line before was blank
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

// isBinary reports whether s is no text: whether, of its first 64 KiB, more than
// a tenth of the characters are control characters or invalid UTF-8.
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

// lineBreaks replaces every character or pair that Unicode counts as the end of a
// line by "\n".
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// cleanLine makes white space single and drops invisible characters. Ideographic
// spaces (U+3000) within the line stay, since they indent paragraphs of Chinese and
// Japanese, by which break.go finds them.
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
