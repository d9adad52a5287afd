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
	"dateline/understand"
)

// articlePage shows an answer.Article.
type articlePage struct {
	*answer.Article
	Query    string           // words marked on the page
	Title    []query.Fragment // the headline
	Deck     []passage
	Parts    []part
	Left     int // bytes of the text behind Parts
	Fields   []field
	Said     []statement
	Versions []captured
	Evidence string // address of the capture
	Missing  string // address of what was left out of the page, and why
	Newer    string // address of the newest version, if this is an earlier one
	All      string // address of this page with all statements
	Few      string // and, if it shows them, of that without the doubtful ones
	Findings finds
	Unread   string // what is not looked for in the language of the text, in a sentence; "" if all is
}

// A question is a link to why something is as it is.
type question struct {
	Link  string // "" if there is no capture to read anew
	Label string // for those who do not see what stands beside it
}

// Ask returns the question why a field has its value.
func (p *articlePage) Ask(field, label string) question {
	a := p.Record.Article
	if a.Capture == "" {
		return question{}
	}
	return question{whyURL(a.ID, a.Capture, whyOf(field)), label}
}

// Changed reports whether the article says that it was changed at another moment than
// it was published at: the same moment can be told in two zones.
func (p *articlePage) Changed() bool {
	a := p.Record.Article
	published, _, ok := a.Published.Interval()
	modified, _, changed := a.Modified.Interval()
	if !ok || !changed || a.Published.HasZone() != a.Modified.HasZone() {
		return a.Modified != "" && a.Modified != a.Published
	}
	return !published.Equal(modified)
}

// A captured is an answer.Version with the address of its page.
type captured struct {
	answer.Version
	Link string
	Diff string // address of what changed; "" if nothing did
}

// article answers /article/ID and, for one version, /article/ID/v/CAPTURE.
// With q=QUERY the words of the query are marked, with all=1 less certain
// statements, too.
func (s *site) article(r *http.Request) (view, error) {
	o := answer.ArticleOptions{Grouped: s.archive, Capture: dateline.CaptureID(key(r, "capture")), All: r.FormValue("all") != ""}
	a, err := answer.NewArticle(r.Context(), s.archive, dateline.ArticleID(key(r, "id")), o)
	if err != nil {
		return view{}, err
	}
	q, err := query.Parse(r.FormValue("q"))
	if err != nil {
		q = nothing // the page is the same without marks
	}
	q.Doubtful = o.All
	p := newArticlePage(a, q)
	p.link(r)
	title := cmp.Or(a.Record.Headline, a.Record.Canonical, a.Record.URL)
	return view{Title: title, Query: r.FormValue("q"), Answer: a, Page: p}, nil
}

// link sets the addresses of the page with and without doubtful statements.
func (p *articlePage) link(r *http.Request) {
	v := r.URL.Query()
	all := v.Get("all") != ""
	v.Set("all", "1")
	p.All = "?" + v.Encode() + "#statements"
	if v.Del("all"); all {
		p.Few = withValues(r.URL.EscapedPath(), v) + "#statements"
	}
}

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
	if a.Text != "" {
		p.Unread = unread(a.Lang)
	}
	for _, st := range from.Statements {
		s := newStatement(st)
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

// unread says in a sentence what is not looked for in texts of a language; "" if
// everything is.
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
	Text  []passage
	Items [][]passage   // of a list
	Rows  [][][]passage // of a table: rows of cells
}

// parts cuts the text of a into its blocks, items in a row into one list, up
// to byte end.
func parts(a *dateline.Article, m marker, end int) []part {
	var list []part
	show := func(start, end int) []passage { return m.passages(a.Text[start:end], start) }
	for _, b := range answer.Blocks(a) {
		if b.Start >= end {
			break
		}
		b.End = min(b.End, end)
		p := part{Kind: b.Kind}
		switch b.Kind {
		case dateline.Item:
			item := show(b.Start, b.End)
			if n := len(list); n > 0 && list[n-1].Kind == dateline.Item {
				list[n-1].Items = append(list[n-1].Items, item)
				continue
			}
			p.Items = [][]passage{item}
		case dateline.Table:
			p.Rows = rows(a.Text[b.Start:b.End], b.Start, show)
		default:
			p.Text = show(b.Start, b.End)
		}
		list = append(list, p)
	}
	return list
}

// rows reads the text of a table, which begins at byte at of the article: a
// line a row, a tab between cells.
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

// A field is one field of the record with where on the page it was found.
type field struct {
	Name   string // as in the record: "published"
	Values []value
	Where  string // "jsonld:datePublished"; "" if not told
	Means  string // what that says
	Why    string // address of what else was weighed
}

// A value is shown as text, and as a link if Link is set.
type value struct {
	Text string
	Link string
	Date dateline.Date // shown as a date in place of Text
}

// asked are the fields whose absence is told, so that a reader can ask why.
var asked = []string{"headline", "bylines", "published"}

// fields lists what the record of a holds, and then what its evidence, which
// is explained, names besides.
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
	for i, f := range list {
		if len(f.Values) == 0 && slices.Contains(asked, f.Name) && len(explained) > 0 && a.Skip == "" {
			list[i].Values, list[i].Means = values("not found"), "Nothing on the page was taken for it."
		}
	}
	kept := list[:0]
	at := map[string]int{} // name → place in kept
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

// credited says of each of those who are named what they did.
func credited(credits []dateline.Credit) (list []string) {
	for _, c := range credits {
		list = append(list, c.Name+" ("+c.Did+")")
	}
	return list
}

// whyOf is the place of the page of reasons that explains a field.
func whyOf(field string) string {
	switch field {
	case "text":
		return "left-out"
	case "images", "paywalled", "corrections", "authors": // of which only the evidence is told
		return "fields"
	}
	return "field-" + field
}

func values(texts ...string) []value {
	var list []value
	for _, t := range texts {
		if t != "" {
			list = append(list, value{Text: t})
		}
	}
	return list
}

// searches shows values as links to the search for each.
func searches(field string, texts ...string) []value {
	list := values(texts...)
	for i := range list {
		q := query.Query{Root: query.Filter{Field: field, Value: list[i].Text}}
		list[i].Link = asking{}.searchURL(q.String(), 1)
	}
	return list
}

func links(addresses ...string) []value {
	list := values(addresses...)
	for i := range list {
		list[i].Link = webAddress(list[i].Text)
	}
	return list
}

func dates(d dateline.Date) []value {
	if d == "" {
		return nil
	}
	return []value{{Date: d}}
}

// counted is "" for none.
func counted(n int, one, many string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + one
	}
	return number(n) + " " + many
}
