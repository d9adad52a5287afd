package memory

import (
	"cmp"
	"strings"
	"time"

	"dateline"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
	"dateline/store"
)

// A doc is what the index keeps of one article. It never changes.
type doc struct {
	article dateline.ArticleID
	capture dateline.CaptureID
	fetched time.Time
	added   int // its number in the order in which docs were made, from 1

	published dateline.Date
	dated     bool      // the publication time is known, at least its year
	at        time.Time // in UTC: the beginning of the publication date if dated, else when the article was fetched

	headline, deck, text []string              // tokens
	values               map[string][]value    // by the name of the field: what it is counted and found by
	words                map[string][][]string // by the name of the field, of kind Words: the tokens of each value
	statements           []statement
	dates                []interval // days that the text speaks of
}

// A value is one value of a field: the form in which values are compared, and the
// spelling.
type value struct {
	fold, spelled string
	counted       bool // the facet of the field counts it; otherwise only queries find it
}

// A statement is what queries and facets need to know of one.
type statement struct {
	who, said []string // tokens
	how       string   // a value of the field "polarity"
	by        string   // the name under which the facet counts the speaker; "" if no name is known
	sure      bool     // dateline.Statement.Sure holds
}

// An interval is half-open: end is the first instant after it.
type interval struct{ start, end time.Time }

// newDoc returns what the index keeps of an article. added is the number of the doc.
func newDoc(from index.Doc, added int) *doc {
	a, f := from.Article, from.Findings
	d := &doc{article: a.ID, capture: a.Capture, fetched: store.Fetched(a), added: added, published: a.Published,
		headline: tokens(a.Headline), deck: tokens(a.Deck), text: tokens(a.Text),
		values: map[string][]value{}, words: map[string][][]string{}}
	d.at = d.fetched.UTC()
	if start, _, ok := a.Published.Interval(); ok {
		d.dated, d.at = true, start.UTC()
	}
	for _, x := range field.All() {
		d.addField(x, a, f)
	}
	if f == nil {
		return d
	}
	for i := range f.Statements {
		d.addStatement(a, &f.Statements[i])
	}
	for _, t := range f.Dates {
		if start, end, ok := t.Interval(); ok {
			d.dates = append(d.dates, interval{start, end})
		}
	}
	return d
}

// addField adds the values that the field x has in the article, each once.
func (d *doc) addField(x field.Field, a *dateline.Article, f *dateline.Findings) {
	met := map[string]bool{}
	add := func(spelled string, counted bool) {
		fold := query.Fold(spelled)
		if fold == "" || met[fold] {
			return
		}
		met[fold] = true
		d.values[x.Name] = append(d.values[x.Name], value{fold, strings.Join(strings.Fields(spelled), " "), counted})
	}
	if x.Counted != nil {
		for _, v := range x.Counted(a, f) {
			if x.Most > 0 && len(met) == x.Most {
				break
			}
			add(v, true)
		}
	}
	if x.Found == nil {
		return
	}
	found := x.Found(a, f)
	if x.Most > 0 {
		found = found[:min(len(found), x.Most)]
	}
	for _, v := range found {
		if x.Kind == field.Words {
			d.words[x.Name] = append(d.words[x.Name], tokens(v))
		} else {
			add(v, false)
		}
	}
}

// addStatement adds a statement of a.
func (d *doc) addStatement(a *dateline.Article, s *dateline.Statement) {
	x := statement{by: s.Who, sure: s.Sure(a)}
	for _, f := range field.All() {
		switch f.Kind {
		case field.Speaker:
			x.who = tokens(f.Statement(a, s))
		case field.Said:
			x.said = tokens(f.Statement(a, s))
		case field.Manner:
			x.how = f.Statement(a, s)
		}
	}
	d.statements = append(d.statements, x)
}

// compare is negative if d is older than o, and positive if it is newer. Undated docs
// are older than all dated ones, and are ordered by when they were fetched. Of two
// docs of the same instant, the one made first is older.
func (d *doc) compare(o *doc) int {
	if d.dated != o.dated {
		if o.dated {
			return -1
		}
		return 1
	}
	return cmp.Or(d.at.Compare(o.at), cmp.Compare(d.added, o.added))
}

func tokens(text string) []string {
	var list []string
	for t := range query.Tokens(text) {
		list = append(list, t.Text)
	}
	return list
}
