package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dateline"
	"dateline/query"
)

// articlePage is one version of an article with everything known about it.
type articlePage struct {
	Article  record    `json:"article"`
	Versions []version `json:"versions"`             // the newest first
	Link     string    `json:"link"`                 // address of this version
	Evidence string    `json:"capture"`              // address of the capture that shows it
	Said     []said    `json:"statements,omitempty"` // those shown

	Query    string           `json:"-"` // words marked on the page
	Title    []query.Fragment `json:"-"`
	Deck     []passage        `json:"-"`
	Parts    []part           `json:"-"`
	Fields   []field          `json:"-"`
	Newest   string           `json:"-"` // address of the newest version, if this is an earlier one
	More     int              `json:"-"` // doubtful statements not shown
	All      string           `json:"-"` // address of this page with all statements
	Few      string           `json:"-"` // and, if it shows them, of that without the doubtful ones
	Findings finds            `json:"-"`
}

// A record is an article with its findings, as every stage prints it.
type record struct {
	*dateline.Article
	Findings *dateline.Findings `json:"findings,omitempty"`
}

// article answers /article/ID and, for one version, /article/ID/v/CAPTURE.
// With q=QUERY the words of the query are marked.
func (s *site) article(r *http.Request) (view, error) {
	ctx := r.Context()
	id := dateline.ArticleID(key(r, "id"))
	versions, err := s.versions(ctx, id)
	if err != nil {
		return view{}, err
	}
	a, err := s.archive.Article(ctx, id)
	if errors.Is(err, dateline.ErrNotFound) && len(versions) > 0 {
		a, err = versions[0], nil // pages that are no article only
	}
	if err != nil {
		return view{}, fmt.Errorf("article %s: %w", id, err)
	}
	newest := a.Capture
	if capture := dateline.CaptureID(key(r, "capture")); capture != "" {
		if a = pick(versions, capture); a == nil {
			return view{}, fmt.Errorf("version %s of article %s: %w", capture, id, dateline.ErrNotFound)
		}
	}
	f, err := s.archive.Findings(ctx, a.Capture)
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return view{}, fmt.Errorf("findings of %s: %w", a.Capture, err)
	}
	q, err := query.Parse(r.FormValue("q"))
	if err != nil {
		q = query.Query{} // the page is the same without marks
	}
	p := newArticlePage(a, f, q, r.FormValue("all") != "")
	p.link(r)
	p.Versions = compare(versions, a.Capture)
	if a.Capture != newest {
		p.Newest = "/article/" + url.PathEscape(string(id))
	}
	title := a.Headline
	if title == "" {
		title = address(a)
	}
	return view{Title: title, Query: r.FormValue("q"), Page: p}, nil
}

// versions returns all versions of an article, the newest first.
func (s *site) versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	versions, err := s.archive.Versions(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	versions = slices.Clone(versions)
	slices.Reverse(versions)
	return versions, nil
}

func pick(versions []*dateline.Article, capture dateline.CaptureID) *dateline.Article {
	for _, v := range versions {
		if v.Capture == capture {
			return v
		}
	}
	return nil
}

// link sets the addresses of the page with and without doubtful statements.
func (p *articlePage) link(r *http.Request) {
	v := r.URL.Query()
	all := v.Get("all") != ""
	v.Set("all", "1")
	p.All = "?" + v.Encode() + "#statements"
	if v.Del("all"); all {
		p.Few = r.URL.EscapedPath() + "#statements"
		if len(v) > 0 {
			p.Few = "?" + v.Encode() + "#statements"
		}
	}
}

func newArticlePage(a *dateline.Article, f *dateline.Findings, q query.Query, all bool) *articlePage {
	deck := a.Deck
	if strings.HasPrefix(a.Text, deck+"\n\n") {
		deck = "" // the text begins with it
	}
	dates := datesOf(f)
	list, more := saidIn(a, f, q, all)
	p := &articlePage{
		Article: record{a, f}, Query: q.String(),
		Link: versionURL(a), Evidence: captureURL(a.Capture),
		Title: query.Highlight(q, a.Headline),
		Deck:  newMarker(a, dateline.InDeck, q, dates, list).passages(deck, 0),
		Parts: parts(a, newMarker(a, "", q, dates, list)), Fields: fields(a),
		Said: list, More: more, Findings: newFinds(f),
	}
	p.markSaid()
	return p
}

func versionURL(a *dateline.Article) string {
	return "/article/" + url.PathEscape(string(a.ID)) + "/v/" + url.PathEscape(string(a.Capture))
}

func captureURL(id dateline.CaptureID) string {
	return "/capture/" + url.PathEscape(string(id))
}

// A part is what the page shows as one element: a block of the text, a list
// of items, or a table.
type part struct {
	Kind  dateline.BlockKind
	Text  []passage
	Items [][]passage   // of a list
	Rows  [][][]passage // of a table: rows of cells
}

// parts cuts the text of a into its blocks, items in a row into one list.
func parts(a *dateline.Article, m marker) []part {
	var list []part
	show := func(start, end int) []passage { return m.passages(a.Text[start:end], start) }
	for _, b := range blocks(a) {
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

// blocks returns the blocks of a that lie in its text; if there are none, the
// parts between blank lines.
func blocks(a *dateline.Article) []dateline.Block {
	var list []dateline.Block
	end := 0
	for _, b := range a.Blocks {
		if b.Start >= end && b.Start < b.End && b.End <= len(a.Text) {
			list = append(list, b)
			end = b.End
		}
	}
	if len(list) > 0 {
		return list
	}
	start := 0
	for _, text := range strings.SplitAfter(a.Text, "\n\n") {
		if strings.TrimSpace(text) != "" {
			list = append(list, dateline.Block{Kind: dateline.Paragraph, Start: start, End: start + len(strings.TrimRight(text, "\n"))})
		}
		start += len(text)
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
}

// A value is shown as text, and as a link if Link is set.
type value struct {
	Text string
	Link string
	Date dateline.Date // shown as a date in place of Text
}

// fields lists what the record of a holds, and then what its evidence names
// besides.
func fields(a *dateline.Article) []field {
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
	if a.Paywalled {
		list = append(list, field{Name: "paywalled", Values: values("the page says that its text is cut")})
	}
	known := map[string]bool{}
	kept := list[:0]
	for _, f := range list {
		known[f.Name] = true
		f.Where = a.Evidence[f.Name]
		if len(f.Values) > 0 {
			kept = append(kept, f)
		}
	}
	var others []string
	for name := range a.Evidence {
		if !known[name] {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	for _, name := range others {
		kept = append(kept, field{Name: name, Where: a.Evidence[name]})
	}
	return kept
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
		list[i].Link = searchURL(q, false, 1)
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
