// Package cite writes citations of single statements (who said it, in which
// words, who printed it and when, and the capture that shows it), of passages in the
// words of an article, and of articles.
//
//	cite.go     what is cited, the table of formats, and plain text
//	names.go    authors: persons by family and given name, all else in one piece
//	formats.go  BibTeX, RIS, CSL-JSON, Web Annotations
//	quote.go    where words stand in a text
//	page.go     what a page says of an article, for programs that collect citations
//
// A citation says nothing that the record does not: what is not known stays
// out of every format.
package cite

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dateline"
)

// A Citation is a statement, or an article, with what is needed to cite it and to find
// its words again.
type Citation struct {
	Key       string             // short name, the same for the same words of the same capture: "borrell2022-1a2b3c-120"
	Who       string             // fullest name in the article, else what it calls the speaker; "" if it does not
	Role      string             // what the article says that the speaker is; "" if it does not
	Kind      string             // "direct", "mixed" or "indirect"; dateline.Passage if nobody is reported to have said it; "" if an article is cited and no words
	Medium    string             // "letter", "tweet"; "" if the text does not tell
	To        []string           // addressees, as printed
	On        dateline.Date      // when it was said
	Via       []string           // through whom the article has it, nearest last
	Polarity  string             // "" if it was said; else "denied", "not said", "conditional", "refused", "asked" or "planned"
	Hedge     string             // a word of doubt, as printed; "" if there is none
	Words     []string           // each part of them as printed
	Quotes    []Quote            // where each part stands
	Outlet    string             // name of the publisher, else its site
	Headline  string             // as printed, without the site's name
	Bylines   []string           // one person or agency each
	Authors   []Name             // the same, each in its parts
	Deck      string             // of an article, as printed; "" for a statement
	Tags      []string           // likewise
	Lang      string             // BCP 47; "" if not known
	Published dateline.Date      // of the article; "" if not known
	Captured  string             // RFC 3339, UTC; "" if not known
	Address   string             // as captured; of a saved page, as the page says
	Highlight string             // Address with a fragment at which a browser marks the words
	Digest    string             // of the payload captured
	Capture   dateline.CaptureID // key of the evidence
	Part      string             // name of the text that quotes count in, see [name]
}

// New returns the citation of a statement of a.
func New(a *dateline.Article, s *dateline.Statement) Citation {
	text := dateline.Words{In: s.In}.Within(a)
	c := published(a)
	c.Who, c.Role, c.Kind, c.Medium, c.To, c.On, c.Via, c.Hedge, c.Polarity = s.Name(a), s.Role, s.Kind, s.Medium, s.To, s.On, s.Via, s.Hedge, s.Polarity
	c.Words, c.Part = s.Words(a), name(text)
	for _, sp := range s.Content {
		if sp.In(text) {
			c.Quotes = append(c.Quotes, newQuote(text, sp))
		}
	}
	c.Key = key(c, s.Range().Start)
	c.Highlight = highlight(c.Address, text, c.Quotes)
	return c
}

// NewArticle returns the citation of a itself.
func NewArticle(a *dateline.Article) Citation {
	c := published(a)
	c.Deck, c.Tags, c.Part = a.Deck, a.Tags, name(a.Text)
	c.Key = key(c, -1)
	c.Highlight = webAddress(c.Address)
	return c
}

// published returns what citations of a and of its statements have in common.
func published(a *dateline.Article) Citation {
	return Citation{
		Outlet: cmp.Or(a.Publisher.Name, a.Publisher.Site), Headline: a.Headline, Bylines: a.Bylines, Authors: Names(a), Lang: a.Lang,
		Published: a.Published, Captured: a.Fetched, Address: addressOf(a), Digest: a.Payload, Capture: a.Capture,
	}
}

// whole reports whether an article is cited, and no statement.
func (c Citation) whole() bool { return c.Kind == "" }

// addressOf returns the address that was captured or, of a saved page, the
// one by which the page itself is known.
func addressOf(a *dateline.Article) string {
	if webAddress(a.URL) == "" && webAddress(a.Canonical) != "" {
		return a.Canonical
	}
	return a.URL
}

// A Format is one way to write citations.
type Format struct {
	Name  string // as it is asked for: "bibtex"
	Title string // for readers: "BibTeX"
	File  string // name of a file in it: "citation.bib"
	Type  string // media type

	Item            func(Citation) string // one citation of a file
	Head, Sep, Foot string                // what stands before, between and after those of a file
	Alone           func(Citation) string // a file of nothing but this citation; nil if it is no other than that of several
}

// Write returns a file of the citations.
func (f Format) Write(list ...Citation) string {
	if len(list) == 1 && f.Alone != nil {
		return f.Alone(list[0])
	}
	items := make([]string, len(list))
	for i, c := range list {
		items[i] = f.Item(c)
	}
	return f.Head + strings.Join(items, f.Sep) + f.Foot
}

// Formats lists the formats, plain text first.
func Formats() []Format {
	return []Format{
		{Name: "text", Title: "Text", File: "citation.txt", Type: "text/plain; charset=utf-8", Item: Citation.Text},
		{Name: "bibtex", Title: "BibTeX", File: "citation.bib", Type: "application/x-bibtex; charset=utf-8", Item: Citation.BibTeX, Sep: "\n"},
		{Name: "ris", Title: "RIS", File: "citation.ris", Type: "application/x-research-info-systems; charset=utf-8", Item: Citation.RIS},
		{Name: "csl", Title: "CSL-JSON", File: "citation.json", Type: "application/vnd.citationstyles.csl+json", Item: Citation.CSL, Head: "[\n", Sep: ",\n", Foot: "\n]\n"},
		{Name: "annotation", Title: "Web Annotation", File: "annotation.jsonld", Type: `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`,
			Item: Citation.annotationItem, Head: annotationHead(), Sep: ",\n", Foot: "\n]}\n", Alone: Citation.Annotation},
	}
}

// key returns a name for c of small letters, digits and hyphens.
func key(c Citation, start int) string {
	last := ""
	if fields := strings.Fields(cmp.Or(c.Who, c.Outlet)); len(fields) > 0 {
		last = fields[len(fields)-1]
	}
	if c.whole() && len(c.Authors) > 0 && c.Authors[0].Family != "" {
		last = c.Authors[0].Family
	}
	year := "nd"
	if t, _, ok := c.Published.Interval(); ok {
		year = t.Format("2006")
	}
	capture := strings.TrimPrefix(string(c.Capture), "c")
	k := plain(last) + year + "-" + plain(capture[:min(len(capture), 6)])
	if start >= 0 {
		k += "-" + strconv.Itoa(start)
	}
	return k
}

// Said returns the words as one text: what was left out between its parts is
// told by an ellipsis.
func (c Citation) Said() string { return oneLine(strings.Join(c.Words, " … ")) }

// about says in a few words who is reported to have said it, and how:
// "Josep Borrell, EU foreign policy chief (tweet, 10 February 2022)".
func (c Citation) about() string {
	if c.Kind == dateline.Passage {
		return "From the article"
	}
	s := cmp.Or(c.Who, "Speaker not named")
	if c.Role != "" {
		s += ", " + c.Role
	}
	var how []string
	if c.Polarity != "" {
		how = append(how, c.Polarity)
	}
	if c.Medium != "" {
		how = append(how, c.Medium)
	}
	if len(c.To) > 0 {
		how = append(how, "to "+strings.Join(c.To, ", "))
	}
	if c.On != "" {
		how = append(how, dayWords(c.On))
	}
	if len(c.Via) > 0 {
		how = append(how, "according to "+strings.Join(c.Via, ", who cites "))
	}
	if c.Hedge != "" {
		how = append(how, c.Hedge)
	}
	if c.Kind != "direct" {
		how = append(how, "as reported")
	}
	if len(how) > 0 {
		s += " (" + strings.Join(how, "; ") + ")"
	}
	return oneLine(s)
}

// evidence says what the citation rests on.
func (c Citation) evidence() string {
	var list []string
	if c.Captured != "" {
		list = append(list, "captured "+c.Captured)
	}
	if c.Digest != "" {
		list = append(list, c.Digest)
	}
	if c.Capture != "" {
		list = append(list, "capture "+string(c.Capture))
	}
	return oneLine(strings.Join(list, ", "))
}

// Text returns the citation for readers: one paragraph, and a link at which
// browsers mark the words.
func (c Citation) Text() string {
	s := c.paragraph() + "\n"
	if c.Highlight != "" {
		s += c.Highlight + "\n"
	}
	return s
}

func (c Citation) paragraph() string {
	s := ""
	if !c.whole() {
		s = c.about() + ": “" + c.Said() + "” "
	}
	var where []string
	if len(c.Bylines) > 0 {
		where = append(where, strings.Join(c.Bylines, ", "))
	}
	if c.Headline != "" {
		where = append(where, "“"+c.Headline+"”")
	}
	if c.Outlet != "" {
		where = append(where, c.Outlet)
	}
	if c.Published != "" {
		where = append(where, dayWords(c.Published))
	}
	if len(where) > 0 {
		s += oneLine(strings.Join(where, ", ")) + ". "
	}
	s += oneLine(c.Address)
	if e := c.evidence(); e != "" {
		s += " (" + e + ")"
	}
	return s + "."
}

// dayWords writes a date as far as it tells the day: "10 February 2022".
func dayWords(d dateline.Date) string {
	start, _, ok := d.Interval()
	switch {
	case !ok:
		return string(d)
	case d.Day() != "":
		return start.Format("2 January 2006")
	case d.Month() != "":
		return start.Format("January 2006")
	}
	return start.Format("2006")
}

// captureTime returns when the page was captured; ok is false if not known.
func (c Citation) captureTime() (t time.Time, ok bool) {
	t, err := time.Parse(time.RFC3339, c.Captured)
	return t.UTC(), err == nil
}

// webAddress returns an address in the form in which it can stand in files
// that give a meaning to spaces and braces; "" if it is none of the web.
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", `"`, "%22", " ", "%20").Replace(u.String())
}

// oneLine returns s without line breaks and other control characters.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x2028 || r == 0x2029:
			return ' '
		case r >= 0x7f && r < 0xa0, r == 0xfffd:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
