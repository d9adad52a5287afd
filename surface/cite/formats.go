package cite

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"

	"dateline"
	"dateline/internal/text"
)

// note says what is cited of the article, and what that rests on.
func (c Citation) note() string {
	if c.whole() {
		return c.evidence()
	}
	s := "Statement by " + c.about()
	switch {
	case c.Kind == dateline.Passage:
		s = "Passage in the words of the article"
	case c.Who == "":
		s = "Statement; " + c.about()
	}
	if e := c.evidence(); e != "" {
		s += "; " + e
	}
	return s
}

// BibTeX returns an entry for BibTeX and biblatex.
func (c Citation) BibTeX() string {
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s", c.Key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %-12s = %s", name, value)
		}
	}
	text := func(s string) string {
		if s = oneLine(s); s == "" {
			return ""
		}
		return "{" + bibEscapes.Replace(s) + "}"
	}
	authors := make([]string, len(c.Authors))
	for i, n := range c.Authors {
		authors[i] = n.bibTeX()
	}
	if len(authors) > 0 {
		field("author", "{"+strings.Join(authors, " and ")+"}")
	}
	field("title", text(c.Headline))
	field("howpublished", text(c.Outlet))
	if start, _, ok := c.Published.Interval(); ok {
		field("year", start.Format("{2006}"))
		if c.Published.Month() != "" {
			field("month", strings.ToLower(start.Format("Jan")))
		}
		if c.Published.Day() != "" {
			field("day", start.Format("{2}"))
		}
	}
	if address := webAddress(c.Address); address != "" {
		field("url", "{"+address+"}")
	}
	if t, ok := c.captureTime(); ok {
		field("urldate", t.Format("{2006-01-02}"))
	}
	field("abstract", text(c.abstract()))
	field("keywords", text(strings.Join(c.Tags, ", ")))
	field("note", text(c.note()))
	b.WriteString("\n}\n")
	return b.String()
}

// abstract returns the words of a statement, or the sentence under the headline of an
// article.
func (c Citation) abstract() string {
	if c.whole() {
		return oneLine(c.Deck)
	}
	return c.Said()
}

// bibTeX writes a name as BibTeX reads names: "Family, Suffix, Given", each part in braces
// where BibTeX would read something else, all of a literal in braces.
func (n Name) bibTeX() string {
	if n.Literal != "" {
		return "{" + bibEscapes.Replace(n.Literal) + "}"
	}
	family := bibEscapes.Replace(n.Family)
	if strings.Contains(family, " ") {
		family = "{" + family + "}" // particles belong to it, however they are written
	}
	if n.Suffix != "" {
		family += ", " + bibEscapes.Replace(n.Suffix)
	}
	return family + ", " + bibEscapes.Replace(n.Given)
}

// bibEscapes makes characters plain to which TeX gives a meaning. Braces are
// named, since BibTeX counts even those with a backslash.
var bibEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "$", `\$`, "&", `\&`, "#", `\#`, "%", `\%`, "_", `\_`)

// RIS returns a record in RIS; its lines end in CR and LF.
func (c Citation) RIS() string {
	var b strings.Builder
	field := func(tag, value string) {
		if value = oneLine(value); value != "" || tag == "ER" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	field("TY", "NEWS")
	field("ID", c.Key)
	for _, n := range c.Authors {
		name := n.Sorted()
		if n.Literal != "" {
			name = strings.ReplaceAll(name, ",", "") // behind a comma RIS has the given name
		}
		field("AU", name)
	}
	field("TI", c.Headline)
	field("T2", c.Outlet)
	if start, _, ok := c.Published.Interval(); ok {
		field("PY", start.Format("2006"))
		switch {
		case c.Published.Day() != "":
			field("DA", start.Format("2006/01/02/"))
		case c.Published.Month() != "":
			field("DA", start.Format("2006/01//"))
		}
	}
	if t, ok := c.captureTime(); ok {
		field("Y2", t.Format("2006/01/02/"))
	}
	field("LA", c.Lang)
	field("AB", c.abstract())
	for _, tag := range c.Tags {
		field("KW", tag)
	}
	field("N1", c.note())
	field("UR", webAddress(c.Address))
	field("AN", string(c.Capture))
	field("ER", "")
	return b.String()
}

// CSL returns an item of a list in CSL-JSON.
func (c Citation) CSL() string {
	type date struct {
		Parts [][]int `json:"date-parts"`
	}
	item := struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Author   []Name `json:"author,omitempty"`
		Title    string `json:"title,omitempty"`
		Outlet   string `json:"container-title,omitempty"`
		Issued   *date  `json:"issued,omitempty"`
		Accessed *date  `json:"accessed,omitempty"`
		URL      string `json:"URL,omitempty"`
		Language string `json:"language,omitempty"`
		Abstract string `json:"abstract,omitempty"`
		Keyword  string `json:"keyword,omitempty"`
		Note     string `json:"note,omitempty"`
	}{
		ID: c.Key, Type: "article-newspaper", Title: oneLine(c.Headline), Outlet: oneLine(c.Outlet), URL: webAddress(c.Address),
		Author: c.Authors, Language: c.Lang, Abstract: c.abstract(), Keyword: oneLine(strings.Join(c.Tags, ", ")), Note: c.note(),
	}
	if parts := dateParts(c.Published); parts != nil {
		item.Issued = &date{[][]int{parts}}
	}
	if t, ok := c.captureTime(); ok {
		item.Accessed = &date{[][]int{{t.Year(), int(t.Month()), t.Day()}}}
	}
	return strings.TrimSuffix(indented(item), "\n")
}

// dateParts returns year, month and day as far as d tells them, in its own zone.
func dateParts(d dateline.Date) []int {
	start, _, ok := d.Interval()
	switch {
	case !ok:
		return nil
	case d.Day() != "":
		return []int{start.Year(), int(start.Month()), start.Day()}
	case d.Month() != "":
		return []int{start.Year(), int(start.Month())}
	}
	return []int{start.Year()}
}

// An object is a JSON object; encoding/json writes its keys in the order of the alphabet.
type object = map[string]any

// annotationContext is the JSON-LD context of Web Annotations.
const annotationContext = "http://www.w3.org/ns/anno.jsonld"

// Annotation returns a W3C Web Annotation. Each part of the words is pointed
// at twice: in the page, as it was when captured, by the words; and in the text
// of the record, named by its digest, by the words and by their position. The
// annotation of an article points at the page and at the text as a whole.
func (c Citation) Annotation() string {
	a := c.annotation()
	a["@context"] = annotationContext
	return indented(a)
}

// annotationItem returns the annotation as an item of an AnnotationPage.
func (c Citation) annotationItem() string { return strings.TrimSuffix(indented(c.annotation()), "\n") }

// annotationHead opens an AnnotationPage (Web Annotation Data Model, 5.2) with a name of
// its own, a random UUID.
func annotationHead() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, see there
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("{\"@context\": %q,\n\"id\": %q,\n\"type\": \"AnnotationPage\",\n\"items\": [\n", annotationContext, uuidText(b[:]))
}

func (c Citation) annotation() object {
	var targets []any
	if c.whole() {
		targets = c.targets(nil, nil)
	}
	for _, q := range c.Quotes {
		quote := object{"type": "TextQuoteSelector", "exact": q.Exact}
		if q.Prefix != "" {
			quote["prefix"] = q.Prefix
		}
		if q.Suffix != "" {
			quote["suffix"] = q.Suffix
		}
		targets = append(targets, c.targets(quote, object{"type": "TextPositionSelector", "start": q.Start, "end": q.End})...)
	}
	motivation := "describing"
	if c.whole() {
		motivation = "bookmarking"
	}
	return object{
		"id":         c.uuid(),
		"type":       "Annotation",
		"motivation": motivation,
		"body":       object{"type": "TextualBody", "format": "text/plain", "language": "en", "value": c.paragraph()},
		"target":     targets,
	}
}

// targets returns what stands at quote and position in the page and in the text of the
// record; all of these if they are nil.
func (c Citation) targets(quote, position object) (list []any) {
	if address := webAddress(c.Address); address != "" {
		page := object{"type": "SpecificResource", "source": address}
		if quote != nil {
			page["selector"] = quote
		}
		if t, ok := c.captureTime(); ok {
			page["state"] = object{"type": "TimeState", "sourceDate": t.Format("2006-01-02T15:04:05Z")}
		}
		list = append(list, page)
	}
	source := object{"id": c.Part, "type": "Text", "format": "text/plain"}
	if c.Lang != "" {
		source["language"] = c.Lang
	}
	text := object{"type": "SpecificResource", "source": source}
	if quote != nil {
		text["selector"] = []any{quote, position}
	}
	return append(list, text)
}

// uuid names the annotation: a UUID made of what it points at.
func (c Citation) uuid() string {
	return text.UUID([]byte(c.Key + "\n" + string(c.Capture) + "\n" + c.Part))
}

// uuidText writes 16 bytes as the URN of a UUID.
func uuidText(b []byte) string {
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// indented writes v, which always can be encoded, as JSON for readers.
func indented(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // Unreachable: citations hold nothing that JSON cannot.
	}
	return b.String()
}
