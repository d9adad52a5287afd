package opensearch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dateline/index/field"
	"dateline/query"
)

// A compiler writes queries in the language of OpenSearch. The first error is kept in
// err.
type compiler struct {
	doubtful bool // also look at statements that are not sure
	err      error
}

// mostExpansions is how many words the end of a phrase with a star may stand for. A
// word alone may stand for any number.
const mostExpansions = 100000

// mostTerms is how many values one "terms" of OpenSearch may have by its settings.
const mostTerms = 60000

var (
	everything = object{"match_all": object{}}
	nothing    = object{"match_none": object{}}
)

// compile returns what selects the articles that q matches.
func compile(q query.Query) (object, error) {
	c := compiler{doubtful: q.Doubtful}
	o := c.expr(q.Root)
	return o, c.err
}

func (c *compiler) fail(format string, args ...any) object {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
	return nothing
}

func (c *compiler) expr(x query.Expr) object {
	switch x := x.(type) {
	case query.Word:
		return text(x.Term())
	case query.Phrase:
		return text(x.Term())
	case query.Filter:
		return c.filter(x)
	case query.Members:
		var parts []object
		for chunk := range slices.Chunk(x.Articles, mostTerms) {
			parts = append(parts, object{"terms": object{"article": chunk}})
		}
		return anyOf(parts)
	case query.Bound:
		return c.bound(x)
	case query.When:
		return c.when(x)
	case query.Not:
		return object{"bool": object{"must_not": []object{c.expr(x.X)}}}
	case query.And:
		spoken, rest := x.Spoken()
		parts := c.spoken(spoken)
		var not []object
		for _, y := range rest {
			if n, ok := y.(query.Not); ok {
				not = append(not, c.expr(n.X))
			} else {
				parts = append(parts, c.expr(y))
			}
		}
		return allOf(parts, not)
	case query.Or:
		var parts []object
		for _, y := range x {
			parts = append(parts, c.expr(y))
		}
		return anyOf(parts)
	}
	return everything
}

// allOf matches what all of yes and none of no match.
func allOf(yes, no []object) object {
	b := object{}
	if len(yes) > 0 {
		b["filter"] = distinct(yes)
	}
	if len(no) > 0 {
		b["must_not"] = distinct(no)
	}
	return object{"bool": b}
}

// anyOf matches what at least one of the parts matches.
func anyOf(parts []object) object {
	parts = distinct(parts)
	switch len(parts) {
	case 0:
		return nothing
	case 1:
		return parts[0]
	}
	return object{"bool": object{"should": parts, "minimum_should_match": 1}}
}

// distinct returns the parts without repetition: OpenSearch counts the clauses of a
// query, and refuses one with more than 1,024 by its settings.
func distinct(parts []object) []object {
	met := map[string]bool{}
	var list []object
	for _, p := range parts {
		b, err := json.Marshal(p)
		if err != nil || !met[string(b)] { // it is made of strings, numbers and lists: there is no error
			met[string(b)] = true
			list = append(list, p)
		}
	}
	return list
}

// Headlines count so much more than the text when hits are ranked.
const titleBoost = 4

// text matches articles whose headline, deck or text holds the term.
func text(t query.Term) object {
	if len(t.Tokens) == 0 {
		return everything
	}
	return anyOf([]object{phrase("title", t, titleBoost), phrase("body", t, 1)})
}

// phrase matches documents whose field holds the term, which has tokens.
func phrase(name string, t query.Term, boost float64) object {
	kind, value := "match_phrase", "query"
	more := object{"boost": boost}
	switch {
	case len(t.Tokens) == 1 && t.Prefix:
		kind, value = "prefix", "value"
	case len(t.Tokens) == 1:
		kind, value = "term", "value"
	case t.Prefix:
		kind, more["max_expansions"] = "match_phrase_prefix", mostExpansions
	}
	more[value] = strings.Join(t.Tokens, " ")
	return object{kind: object{name: more}}
}

// filter writes a filter that stands alone.
func (c *compiler) filter(f query.Filter) object {
	x, ok := field.Of(f.Field)
	switch {
	case !ok:
		return c.fail("no field is called %q", f.Field)
	case f.Statements():
		spoken, _ := query.And{f}.Spoken()
		return allOf(c.spoken(spoken), nil)
	case x.Kind == field.Value:
		return object{"term": object{"found." + x.Name: facetKey(f.Value)}}
	case x.Kind == field.Words:
		if t := f.Term(); len(t.Tokens) > 0 {
			return phrase("words."+x.Name, t, 1)
		}
	}
	return nothing // such as articles that belong together, if it is not known which these are
}

// bound writes a limit of the time of publication.
func (c *compiler) bound(b query.Bound) object {
	t, ok := b.Time()
	if !ok {
		return c.fail("%s: %q is no date", b.Field, b.Date)
	}
	at := firstDated
	if inRange(t) { // otherwise it is the year 0, which is before all dated articles
		at += t.Unix() + secondsTo70
	}
	if field.Before.Has(b.Field) {
		return object{"range": object{"order": object{"gte": firstDated, "lt": at}}}
	}
	return object{"range": object{"order": object{"gte": at}}}
}

// when writes that a text speaks of a day in a range.
func (c *compiler) when(w query.When) object {
	start, end, ok := w.Interval()
	if !ok {
		return c.fail("when: %q to %q is no range of dates", w.From, w.To)
	}
	within := func(name, relation string) object {
		return object{"range": object{name: object{"gte": dayOf(start), "lt": dayOf(end), "relation": relation}}}
	}
	return anyOf([]object{within("days", "intersects"), within("spans", "within")})
}

// spoken writes the conditions for the filters of statements of one And, which are
// about the same statements, see query.Spoken.
func (c *compiler) spoken(s query.Spoken) []object {
	var parts []object
	how := c.ofStatements(s.How)
	by := c.ofStatements(s.Who)
	if len(s.Said) == 0 || len(s.Who) > 1 {
		for _, f := range s.Who {
			parts = append(parts, c.states(c.ofStatement(f), how))
		}
	}
	for _, f := range s.Said {
		parts = append(parts, c.states(c.ofStatement(f), by, how))
	}
	if len(parts) == 0 && how != nil {
		parts = append(parts, c.states(how))
	}
	return distinct(parts)
}

// states matches articles with a statement for which all conditions hold; those that
// are nil are left out.
func (c *compiler) states(conditions ...object) object {
	all := slices.DeleteFunc(conditions, func(o object) bool { return o == nil })
	if !c.doubtful {
		all = append(all, object{"term": object{"said.sure": true}})
	}
	return object{"nested": object{"path": "said", "query": allOf(all, nil)}}
}

// ofStatements matches statements for which one of the filters holds; nil if there are
// none.
func (c *compiler) ofStatements(filters []query.Filter) object {
	if len(filters) == 0 {
		return nil
	}
	parts := make([]object, len(filters))
	for i, f := range filters {
		parts[i] = c.ofStatement(f)
	}
	return anyOf(parts)
}

// ofStatement matches statements for which the filter holds.
func (c *compiler) ofStatement(f query.Filter) object {
	name := "said.words"
	switch {
	case field.Manner.Has(f.Field):
		return object{"term": object{"said.how": facetKey(f.Value)}}
	case field.Speaker.Has(f.Field):
		name = "said.who"
	}
	t := f.Term()
	if len(t.Tokens) == 0 {
		return nothing
	}
	return phrase(name, t, 1)
}
