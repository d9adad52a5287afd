package memory

import (
	"fmt"
	"slices"

	"dateline/index/field"
	"dateline/query"
)

// check returns an error if x asks for a field that does not exist or for a
// day that is no date.
func check(x query.Expr) error {
	switch x := x.(type) {
	case query.Filter:
		if _, ok := field.Of(x.Field); !ok {
			return fmt.Errorf("there is no field %s", x.Field)
		}
	case query.Members:
		return check(x.Filter)
	case query.Bound:
		if _, ok := x.Time(); !ok {
			return fmt.Errorf("%s: %q is no date", x.Field, x.Date)
		}
	case query.Not:
		return check(x.X)
	case query.And:
		return checkAll(x)
	case query.Or:
		return checkAll(x)
	}
	return nil
}

func checkAll(list []query.Expr) error {
	for _, x := range list {
		if err := check(x); err != nil {
			return err
		}
	}
	return nil
}

// matches reports whether x matches d; a nil x matches every doc. Statements that are
// not sure count only if doubtful is set.
func (d *doc) matches(x query.Expr, doubtful bool) bool {
	switch x := x.(type) {
	case query.Word:
		return d.hasText(x.Term())
	case query.Phrase:
		return d.hasText(x.Term())
	case query.Filter:
		return d.matchesFilter(x, doubtful)
	case query.Members:
		return slices.Contains(x.Articles, d.article)
	case query.Bound:
		t, _ := x.Time()
		return d.dated && d.at.Before(t) == field.Before.Has(x.Field)
	case query.When:
		return slices.ContainsFunc(d.dates, func(i interval) bool { return x.Admits(i.start, i.end) })
	case query.Not:
		return !d.matches(x.X, doubtful)
	case query.And:
		spoken, rest := x.Spoken()
		return d.speaks(spoken, doubtful) && !slices.ContainsFunc(rest, func(y query.Expr) bool { return !d.matches(y, doubtful) })
	case query.Or:
		return slices.ContainsFunc(x, func(y query.Expr) bool { return d.matches(y, doubtful) })
	}
	return true
}

// hasText reports whether the headline, the deck or the text holds the term.
func (d *doc) hasText(t query.Term) bool {
	return len(t.Tokens) == 0 || t.In(d.headline) || t.In(d.deck) || t.In(d.text)
}

// matchesFilter reports whether d matches a filter that stands alone.
func (d *doc) matchesFilter(f query.Filter, doubtful bool) bool {
	switch {
	case f.Statements():
		spoken, _ := query.And{f}.Spoken()
		return d.speaks(spoken, doubtful)
	case field.Words.Has(f.Field):
		t := f.Term()
		return len(t.Tokens) > 0 && slices.ContainsFunc(d.words[f.Field], t.In)
	}
	fold := query.Fold(f.Value)
	return slices.ContainsFunc(d.values[f.Field], func(v value) bool { return v.fold == fold })
}

// speaks reports whether d has the statements that the filters of one And ask for, see
// [query.Spoken].
func (d *doc) speaks(spoken query.Spoken, doubtful bool) bool {
	inManner := func(s statement) bool {
		return len(spoken.How) == 0 || slices.ContainsFunc(spoken.How, func(f query.Filter) bool { return f.Is(s.how) })
	}
	for _, w := range spoken.Who {
		if !d.states(doubtful, func(s statement) bool { return isBy(s, w) && inManner(s) }) {
			return false
		}
	}
	for _, f := range spoken.Said {
		term := f.Term()
		if len(term.Tokens) == 0 || !d.states(doubtful, func(s statement) bool {
			return term.In(s.said) && inManner(s) && (len(spoken.Who) == 0 || slices.ContainsFunc(spoken.Who, func(w query.Filter) bool { return isBy(s, w) }))
		}) {
			return false
		}
	}
	return len(spoken.How) == 0 || d.states(doubtful, inManner)
}

// isBy reports whether the name of the speaker of s holds the words of a filter of
// kind Speaker.
func isBy(s statement, who query.Filter) bool {
	t := who.Term()
	return len(t.Tokens) > 0 && t.In(s.who)
}

// states reports whether wanted holds for one of the statements of d: of those that
// are sure, or of all if doubtful is set.
func (d *doc) states(doubtful bool, wanted func(statement) bool) bool {
	return slices.ContainsFunc(d.statements, func(s statement) bool { return (s.sure || doubtful) && wanted(s) })
}
