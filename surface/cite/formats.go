package cite

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"dateline"
)

// statementNote says what is cited of the article, and what that rests on.
func (c Citation) statementNote() string {
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
	authors := make([]string, len(c.Bylines))
	for i, name := range c.Bylines {
		authors[i] = bibEscapes.Replace(oneLine(name))
		if strings.Contains(name, ",") || strings.Contains(strings.ToLower(name), " and ") {
			authors[i] = "{" + authors[i] + "}" // one name, not several or turned round
		}
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
	field("abstract", text(c.Said()))
	field("note", text(c.statementNote()))
	b.WriteString("\n}\n")
	return b.String()
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
	for _, name := range c.Bylines {
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
	field("AB", c.Said())
	field("N1", c.statementNote())
	field("UR", webAddress(c.Address))
	field("AN", string(c.Capture))
	field("ER", "")
	return b.String()
}

// CSL returns an item of a list in CSL-JSON.
func (c Citation) CSL() string {
	type name struct {
		Literal string `json:"literal"`
	}
	type date struct {
		Parts [][]int `json:"date-parts"`
	}
	item := struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Author   []name `json:"author,omitempty"`
		Title    string `json:"title,omitempty"`
		Outlet   string `json:"container-title,omitempty"`
		Issued   *date  `json:"issued,omitempty"`
		Accessed *date  `json:"accessed,omitempty"`
		URL      string `json:"URL,omitempty"`
		Language string `json:"language,omitempty"`
		Abstract string `json:"abstract,omitempty"`
		Note     string `json:"note,omitempty"`
	}{
		ID: c.Key, Type: "article-newspaper", Title: oneLine(c.Headline), Outlet: oneLine(c.Outlet), URL: webAddress(c.Address),
		Language: c.Lang, Abstract: c.Said(), Note: c.statementNote(),
	}
	for _, n := range c.Bylines {
		item.Author = append(item.Author, name{oneLine(n)})
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

// Annotation returns a W3C Web Annotation. Each part of the words is pointed
// at twice: in the page, as it was when captured, by the words; and in the text
// of the record, named by its digest, by the words and by their position.
func (c Citation) Annotation() string {
	type object = map[string]any
	var targets []any
	for _, q := range c.Quotes {
		quote := object{"type": "TextQuoteSelector", "exact": q.Exact}
		if q.Prefix != "" {
			quote["prefix"] = q.Prefix
		}
		if q.Suffix != "" {
			quote["suffix"] = q.Suffix
		}
		if address := webAddress(c.Address); address != "" {
			page := object{"type": "SpecificResource", "source": address, "selector": quote}
			if t, ok := c.captureTime(); ok {
				page["state"] = object{"type": "TimeState", "sourceDate": t.Format("2006-01-02T15:04:05Z")}
			}
			targets = append(targets, page)
		}
		source := object{"id": c.Part, "type": "Text", "format": "text/plain"}
		if c.Lang != "" {
			source["language"] = c.Lang
		}
		position := object{"type": "TextPositionSelector", "start": q.Start, "end": q.End}
		targets = append(targets, object{"type": "SpecificResource", "source": source, "selector": []any{quote, position}})
	}
	return indented(object{
		"@context":   "http://www.w3.org/ns/anno.jsonld",
		"id":         c.uuid(),
		"type":       "Annotation",
		"motivation": "describing",
		"body":       object{"type": "TextualBody", "format": "text/plain", "language": "en", "value": c.paragraph()},
		"target":     targets,
	})
}

// uuid names the annotation: a UUID of version 8 (RFC 9562) made of what it
// points at.
func (c Citation) uuid() string {
	sum := sha256.Sum256([]byte(c.Key + "\n" + string(c.Capture) + "\n" + c.Part))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
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
