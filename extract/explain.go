package extract

import (
	"fmt"
	"slices"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/dom"
)

// An Explanation says why the record of a page is as it is: for each field what
// was weighed, for each block of the page why it is part of the text or not.
type Explanation struct {
	Article *dateline.Article `json:"article"` // the record, as Capture makes it
	Fields  []FieldChoice     `json:"fields"`  // in the order of the record
	Blocks  []body.Choice     `json:"blocks"`  // in the order of the page; none for a flattened dump
}

// A FieldChoice says where the value of a field comes from, and what else was
// considered.
type FieldChoice struct {
	Field      string      `json:"field"`                // as in the record: "bylines"
	Value      string      `json:"value"`                // as one line; "" if nothing was found
	Way        string      `json:"way,omitempty"`        // the field's evidence; see Ways
	Candidates []Candidate `json:"candidates,omitempty"` // in the order in which they were considered, the chosen one among them
}

// A Candidate is one value that was considered for a field.
type Candidate struct {
	Value  string  `json:"value"`           // as one line
	Way    string  `json:"way"`             // how it was found
	Score  float64 `json:"score,omitempty"` // more is better, compared within a field only; 0 where order alone decides
	Chosen bool    `json:"chosen"`          // it stands in the record
	Why    string  `json:"why"`             // why it was chosen, or lost
}

// Explain reads the payload of a capture as Capture does, and says why the record
// is as it is. It takes several times as long. A payload that makes it fail gets an
// explanation that says so: its record's Skip begins with "extraction failed".
func Explain(c *dateline.Capture, payload []byte) (e *Explanation) {
	defer func() {
		if failure := recover(); failure != nil {
			e = failed(c, failure)
		}
	}()
	return explain(c, payload)
}

// failed returns the explanation of a capture that could not be read.
func failed(c *dateline.Capture, failure any) *Explanation {
	a := &dateline.Article{Skip: fmt.Sprint("extraction failed: ", failure)}
	if c != nil {
		a.URL, a.Payload = c.URL, c.Payload
	}
	return &Explanation{Article: a, Fields: fields(a)}
}

func explain(c *dateline.Capture, payload []byte) *Explanation {
	e, why := &Explanation{}, &trace{}
	if c.Type == dateline.TypeDump {
		e.Article = Capture(c, payload)
	} else {
		t := dom.Parse(dom.Decode(payload, c.Charset))
		defer t.Release()
		p := page.Read(t, addressOf(c))
		defer p.Release()
		e.Article = read(p, why)
		detach(e.Article)
		fillIn(e.Article, c)
		e.Blocks = why.blocks
	}
	for _, f := range fields(e.Article) {
		f.Candidates = why.weighed(f)
		e.Fields = append(e.Fields, f)
	}
	return e
}

// fields returns the fields of a record that evidence is kept of, as one line each.
func fields(a *dateline.Article) []FieldChoice {
	all := []FieldChoice{
		{Field: "headline", Value: a.Headline}, {Field: "deck", Value: a.Deck}, {Field: "bylines", Value: strings.Join(a.Bylines, ", ")},
		{Field: "published", Value: string(a.Published)}, {Field: "modified", Value: string(a.Modified)}, {Field: "lang", Value: a.Lang},
		{Field: "dateline", Value: strings.Join(slices.DeleteFunc([]string{a.Dateline.Place, a.Dateline.Agency}, func(s string) bool { return s == "" }), ", ")},
		{Field: "section", Value: a.Section}, {Field: "tags", Value: strings.Join(a.Tags, ", ")}, {Field: "publisher", Value: a.Publisher.Name},
		{Field: "canonical", Value: a.Canonical},
	}
	for i := range all {
		all[i].Way = a.Evidence[all[i].Field]
	}
	return all
}

// A trace notes what is weighed while a page is read. A nil trace notes nothing.
type trace struct {
	fields map[string][]Candidate
	blocks []body.Choice
}

// candidate notes a value that is weighed for a field; remark tells what is
// special about it.
func (t *trace) candidate(field string, c claim, score float64, remark string) {
	if t == nil || c.value == "" {
		return
	}
	if t.fields == nil {
		t.fields = map[string][]Candidate{}
	}
	t.fields[field] = append(t.fields[field], Candidate{Value: c.value, Way: c.from, Score: score, Why: remark})
}

// claims notes values of which the first that will do is taken.
func (t *trace) claims(field string, list []claim) {
	if t == nil {
		return
	}
	for _, c := range list {
		t.candidate(field, c, 0, "")
	}
}

// moments notes the dates that are weighed for a field.
func (t *trace) moments(field string, lists ...[]moment) {
	if t == nil {
		return
	}
	for _, list := range lists {
		for _, m := range list {
			t.candidate(field, claim{string(m.date), m.from}, 0, m.remark())
		}
	}
}

// weighed returns the candidates of a field, the chosen one marked, and for each
// why it was chosen or lost.
func (t *trace) weighed(f FieldChoice) []Candidate {
	all := t.fields[f.Field]
	at := slices.IndexFunc(all, func(c Candidate) bool { return c.Value == f.Value && c.Way == f.Way })
	if at < 0 && f.Value != "" {
		all = append(all, Candidate{Value: f.Value, Way: f.Way})
		at = len(all) - 1
	}
	for i := range all {
		c := &all[i]
		var why string
		switch {
		case i == at:
			c.Chosen, why = true, "chosen"
		case c.Value == f.Value:
			why = "says the same"
		case at < 0:
			why = "will not do"
		case c.Score != 0 && c.Score < all[at].Score:
			why = "scores less than the chosen one"
		case i > at:
			why = "comes after the chosen one in the order of trust"
		default:
			why = "the chosen one is borne out better"
		}
		if c.Why != "" {
			why += ": " + c.Why
		}
		c.Why = why
	}
	return all
}
