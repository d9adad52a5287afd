package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/query"
	"dateline/surface/cite"
	"dateline/understand"
)

// articlePage is the template's form of an answer.Article.
type articlePage struct {
	*answer.Article
	Query    string           // words of it are marked on the page
	Title    []query.Fragment // the headline
	Deck     []passage        // nil if the text begins with the deck
	Parts    []part           // the text
	Left     int              // how many bytes of the text the page does not show
	Fields   []field          // of the record
	Said     []statement      // in the article
	Versions []captured       // of the article
	Evidence string           // address of the capture
	Missing  string           // address of the page that says what of the captured page is not in the text, and why
	Newer    string           // address of the newest version, if this is an earlier one; otherwise ""
	All      string           // address of this page with all statements, also the doubtful ones
	Few      string           // if this page shows all, its address without the doubtful ones; otherwise ""
	Findings finds            // dates and names
	Cited    cite.Citation    // the article as it is cited, for programs that collect citations
	Citation []file           // addresses of the citation in each format
	Unread   string           // a sentence that says what is not looked for in texts of this language; "" if everything is
}

// A question is a link to the explanation of something that the page shows.
type question struct {
	Link  string // "" if there is no captured page from which it could be explained
	Label string // the question in words, for readers who hear the page and do not see what the link stands beside
}

// Ask returns the question why a field has its value.
func (p *articlePage) Ask(field, label string) question {
	a := p.Record.Article
	if a.Capture == "" {
		return question{}
	}
	return question{whyURL(a.ID, a.Capture, whyOf(field)), label}
}

// Changed reports whether the article gives a time of its last change that differs
// from the time of its publication. Two texts for the same moment, in different zones,
// do not differ.
func (p *articlePage) Changed() bool {
	a := p.Record.Article
	published, _, ok := a.Published.Interval()
	modified, _, changed := a.Modified.Interval()
	if !ok || !changed || a.Published.HasZone() != a.Modified.HasZone() {
		return a.Modified != "" && a.Modified != a.Published
	}
	return !published.Equal(modified)
}

// LinkedData returns what schema.org has for the article, without its text, which stands
// on the page.
func (p *articlePage) LinkedData() map[string]any {
	o := cite.SchemaOrg(p.Record.Article)
	o["@context"] = "https://schema.org"
	delete(o, "articleBody")
	return o
}

// A captured is an answer.Version with the address of its page.
type captured struct {
	answer.Version
	Link string
	Diff string // address of what changed; "" if nothing did
}

// article answers /article/ID and, for one version, /article/ID/v/CAPTURE. With
// q=QUERY the words of the query are marked; with all=1 doubtful statements are shown,
// too.
func (s *site) article(r *http.Request) (view, error) {
	o := answer.ArticleOptions{Grouped: s.archive, Capture: dateline.CaptureID(key(r, "capture")), All: r.FormValue("all") != ""}
	a, err := answer.NewArticle(r.Context(), s.archive, dateline.ArticleID(key(r, "id")), o)
	if err != nil {
		return view{}, err
	}
	q, err := query.Parse(r.FormValue("q"))
	if err != nil {
		q = nothing // the page is shown without marks
	}
	q.Doubtful = o.All
	p := newArticlePage(a, q)
	p.link(r)
	title := cmp.Or(a.Record.Headline, a.Record.Canonical, a.Record.URL)
	return view{Title: title, Query: r.FormValue("q"), Answer: a, Page: p}, nil
}

// link sets All and Few, the addresses of the page with and without doubtful
// statements.
func (p *articlePage) link(r *http.Request) {
	v := r.URL.Query()
	all := v.Get("all") != ""
	v.Set("all", "1")
	p.All = "?" + v.Encode() + "#statements"
	if v.Del("all"); all {
		p.Few = withValues(r.URL.EscapedPath(), v) + "#statements"
	}
}

// newArticlePage returns the page of an answer, with the words of q marked.
func newArticlePage(from *answer.Article, q query.Query) *articlePage {
	a, f := from.Record.Article, from.Record.Findings
	deck := a.Deck
	if strings.HasPrefix(a.Text, deck+"\n\n") {
		deck = "" // the text begins with it
	}
	p := &articlePage{
		Article: from, Query: q.String(), Title: query.Highlight(q, a.Headline), Fields: fields(a, from.Fields),
		Evidence: captureURL(a.Capture), Missing: whyURL(a.ID, a.Capture, "left-out"), Findings: newFinds(a, f),
	}
	p.Cited = cite.NewArticle(a)
	if a.Capture != "" {
		for _, f := range cite.Formats() {
			p.Citation = append(p.Citation, file{Title: f.Title, Address: versionURL(a.ID, a.Capture) + "/cite/" + wholeArticle + "/" + f.File})
		}
	}
	if a.Text != "" {
		p.Unread = unread(a.Lang)
	}
	var mentions []dateline.Mention
	if f != nil {
		mentions = f.Mentions
	}
	named := answer.NewNamedIn(mentions)
	for _, st := range from.Statements {
		s := newStatement(st)
		s.Speaks = answer.SpeakerSays(a, &st.Statement, named)
		s.Asked = q.Statements() && q.Selects(a, &st.Statement)
		p.Said = append(p.Said, s)
	}
	for _, v := range from.Versions {
		to := versionURL(a.ID, v.Capture)
		diff := ""
		if v.Added+v.Removed > 0 {
			diff = to + "/diff"
		}
		p.Versions = append(p.Versions, captured{v, to, diff})
	}
	if !from.Newest {
		p.Newer = asking{}.articleURL(a.ID, "")
	}
	dates := datesOf(f)
	p.Deck = newMarker(a, dateline.InDeck, q, dates, p.Said).passages(deck, 0)
	end := cutText(a.Text)
	p.Left = len(a.Text) - end
	p.Parts = parts(a, newMarker(a, "", q, dates, p.Said), end)
	p.markSaid()
	return p
}

// unread returns a sentence that says what is not looked for in texts of a language;
// "" if everything is.
func unread(lang string) string {
	list := understand.Unread(lang)
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf("Dateline does not look for %s in texts in %s yet.", strings.Join(list, " and "), languageName(lang))
}

// A part is what the page shows as one element: a block of the text, a list
// of items, or a table.
type part struct {
	Kind  dateline.BlockKind
	Start int // first byte of the block
	Text  []passage
	Items []item        // of a list
	Rows  [][][]passage // of a table: rows of cells
}

// An item is a block that is an item of a list.
type item struct {
	Start int // first byte of the block
	Text  []passage
}

// parts returns the blocks of the text of a, up to byte end. Items that follow each
// other become one list.
func parts(a *dateline.Article, m marker, end int) []part {
	var list []part
	show := func(start, end int) []passage { return m.passages(a.Text[start:end], start) }
	for _, b := range answer.Blocks(a) {
		if b.Start >= end {
			break
		}
		b.End = min(b.End, end)
		p := part{Kind: b.Kind, Start: b.Start}
		switch b.Kind {
		case dateline.Item:
			x := item{b.Start, show(b.Start, b.End)}
			if n := len(list); n > 0 && list[n-1].Kind == dateline.Item {
				list[n-1].Items = append(list[n-1].Items, x)
				continue
			}
			p.Items = []item{x}
		case dateline.Table:
			p.Rows = rows(a.Text[b.Start:b.End], b.Start, show)
		default:
			p.Text = show(b.Start, b.End)
		}
		list = append(list, p)
	}
	return list
}

// rows reads the text of a table, which begins at byte at of the article: each line is
// a row, with tabs between its cells. show makes the passages of a cell.
func rows(text string, at int, show func(start, end int) []passage) [][][]passage {
	var rows [][][]passage
	for line := range strings.Lines(text) {
		var row [][]passage
		start := at
		for cell := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			row = append(row, show(start, start+len(cell)))
			start += len(cell) + 1
		}
		rows = append(rows, row)
		at += len(line)
	}
	return rows
}

// A field is one field of the record, with the place on the captured page where its
// value was found.
type field struct {
	Name   string // as in the record: "published"
	Values []value
	Where  string // the place: "jsonld:datePublished"; "" if not known
	Means  string // what Where means, in words
	Why    string // address of the page that says what other values there were
}

// A value is shown as a date if Date is set, as a link if Link is set, and otherwise
// as text.
type value struct {
	Text string
	Link string
	Date dateline.Date
}

// asked are the fields that the page lists even if nothing was found for them, so that a
// reader can ask why.
var asked = []string{"headline", "bylines", "published"}

// fields lists the fields of the record of a. explained says where their values were
// found; fields that only it names come last.
func fields(a *dateline.Article, explained []answer.Field) []field {
	list := []field{
		{Name: "headline", Values: values(a.Headline)},
		{Name: "deck", Values: values(a.Deck)},
		{Name: "bylines", Values: searches("by", a.Bylines...)},
		{Name: "dateline", Values: values(a.Dateline.Place, a.Dateline.Agency)},
		{Name: "published", Values: dates(a.Published)},
		{Name: "modified", Values: dates(a.Modified)},
		{Name: "publisher", Values: append(searches("publisher", a.Publisher.Name), values(a.Publisher.Site)...)},
		{Name: "section", Values: searches("section", a.Section)},
		{Name: "tags", Values: searches("tag", a.Tags...)},
		{Name: "lang", Values: searches("lang", a.Lang)},
		{Name: "canonical", Values: links(a.Canonical)},
		{Name: "images", Values: values(counted(len(a.Images), "picture", "pictures"))},
		{Name: "text", Values: values(counted(len(strings.Fields(a.Text)), "word", "words"))},
	}
	list = append(list, field{Name: "type", Values: values(a.Type)}, field{Name: "credits", Values: values(credited(a.Credits)...)}, field{Name: "copy_of", Values: links(a.CopyOf)})
	if a.Paywalled {
		list = append(list, field{Name: "paywalled", Values: values("the page says that its text is cut")})
	}
	if len(a.Uses) > 0 {
		list = append(list, field{Name: "uses", Values: usesOf(a.Uses)})
	}
	for i, f := range list {
		if len(f.Values) == 0 && slices.Contains(asked, f.Name) && len(explained) > 0 && a.Skip == "" {
			list[i].Values, list[i].Means = values("not found"), "Nothing on the page was taken for it."
		}
	}
	kept := list[:0]
	at := map[string]int{} // by name: the place in kept
	for _, f := range list {
		if len(f.Values) > 0 {
			kept = append(kept, f)
			at[f.Name] = len(kept) - 1
		}
	}
	for _, e := range explained {
		if i, ok := at[e.Name]; ok {
			kept[i].Where, kept[i].Means = e.Evidence, e.Means
			if kept[i].Name == "published" || kept[i].Name == "modified" {
				for _, v := range kept[i].Values {
					kept[i].Means = strings.TrimSpace(e.Means + " " + answer.ZoneSays(v.Date))
				}
			}
		} else {
			kept = append(kept, field{Name: e.Name, Where: e.Evidence, Means: e.Means})
		}
	}
	for i := range kept {
		kept[i].Why = whyURL(a.ID, a.Capture, whyOf(kept[i].Name))
	}
	return kept
}

// usesOf returns what is stated of the use of a page, and where, as links to the search
// for articles with the same statement.
func usesOf(uses []dateline.Use) (list []value) {
	for _, u := range uses {
		v := searches("use", u.Says)[0]
		v.Text = u.Says + " (" + u.From + ")"
		list = append(list, v)
	}
	return list
}

// credited returns, for each person who is credited, the name and what the person did.
func credited(credits []dateline.Credit) (list []string) {
	for _, c := range credits {
		list = append(list, c.Name+" ("+c.Did+")")
	}
	return list
}

// whyOf returns the place on the page of reasons (see why) at which a field is
// explained.
func whyOf(field string) string {
	switch field {
	case "text":
		return "left-out"
	case "images", "paywalled", "corrections", "authors", "uses": // only where these were found is told there
		return "fields"
	}
	return "field-" + field
}

// values returns the texts that are not "" as values.
func values(texts ...string) []value {
	var list []value
	for _, t := range texts {
		if t != "" {
			list = append(list, value{Text: t})
		}
	}
	return list
}

// searches returns values that are links to the search for articles with the same
// value of the field.
func searches(field string, texts ...string) []value {
	list := values(texts...)
	for i := range list {
		q := query.Query{Root: query.Filter{Field: field, Value: list[i].Text}}
		list[i].Link = asking{}.searchURL(q.String(), 1)
	}
	return list
}

// links returns addresses as values that link to them.
func links(addresses ...string) []value {
	list := values(addresses...)
	for i := range list {
		list[i].Link = webAddress(list[i].Text)
	}
	return list
}

// dates returns a date as a value; nothing if it is "".
func dates(d dateline.Date) []value {
	if d == "" {
		return nil
	}
	return []value{{Date: d}}
}

// counted returns a number with its noun: "1 word", "12,345 words". It is "" for 0.
func counted(n int, one, many string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + one
	}
	return number(n) + " " + many
}
