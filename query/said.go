package query

import (
	"cmp"
	"slices"
	"strings"

	"dateline"
	"dateline/index/field"
)

// Statements reports whether f looks for statements: what they say (said), who is
// reported to have said it (who), or how (polarity).
func (f Filter) Statements() bool {
	return field.Said.Has(f.Field) || field.Speaker.Has(f.Field) || field.Manner.Has(f.Field)
}

// Term returns the words that a filter of the field by, said or who looks for, one
// directly after the other; a Term without tokens if Value holds none.
func (f Filter) Term() Term {
	if w, ok := word(f.Value).(Word); ok {
		return w.Term()
	}
	return Term{}
}

// Spoken holds the filters of statements that are terms of one And. They are answered
// together, so that "who:marten said:weeks" finds an article only if Marten says
// "weeks" in it, and not if somebody else does. An article matches if, for each of
// Who, it has a statement by that speaker and, for each of Said, a statement with
// those words, which must be by one of Who if there are any. If there are any How,
// each of these statements must also have been said in one of those ways; How alone
// asks for one statement said so.
type Spoken struct {
	Who  []Filter // of kind field.Speaker
	Said []Filter // of kind field.Said
	How  []Filter // of kind field.Manner
}

// None reports whether there are no such filters.
func (s Spoken) None() bool { return len(s.Who)+len(s.Said)+len(s.How) == 0 }

// Spoken returns the filters of statements among the terms of an And, and the other
// terms.
func (and And) Spoken() (s Spoken, rest And) {
	for _, x := range and {
		switch f, ok := x.(Filter); {
		case ok && field.Speaker.Has(f.Field):
			s.Who = append(s.Who, f)
		case ok && field.Said.Has(f.Field):
			s.Said = append(s.Said, f)
		case ok && field.Manner.Has(f.Field):
			s.How = append(s.How, f)
		default:
			rest = append(rest, x)
		}
	}
	return s, rest
}

// Is reports whether f asks for value, which may differ in case, in marks on letters
// and in white space.
func (f Filter) Is(value string) bool { return Fold(f.Value) == Fold(value) }

// Statements reports whether q looks for statements anywhere but under a Not, so that
// articles are found because of what somebody says in them.
func (q Query) Statements() bool { return asks(q.Root) }

// asks reports whether x looks for statements anywhere but under a Not.
func asks(x Expr) bool {
	switch x := x.(type) {
	case Filter:
		return x.Statements()
	case And:
		return slices.ContainsFunc(x, asks)
	case Or:
		return slices.ContainsFunc(x, asks)
	}
	return false
}

// Selects reports whether s, a statement of a, is one that q asks for, to be shown as
// a reason why a was found. It must be by one of the speakers, with one of the words
// and in one of the ways that q names side by side; what q does not name does not
// matter, so a query without such filters selects every statement. Statements that are
// not sure are selected only if q is Doubtful.
func (q Query) Selects(a *dateline.Article, s *dateline.Statement) bool {
	if !q.Doubtful && !s.Sure(a) {
		return false
	}
	return saying{tokensOf(s.Name(a)), tokensOf(s.Said(a)), cmp.Or(s.Polarity, field.PlainSaying)}.selectedBy(q.Root)
}

// A saying is a statement reduced to what filters compare.
type saying struct {
	name, words []string // the tokens of the speaker's name, and of what is said
	how         string   // a value of the field "polarity"
}

// selectedBy reports whether x asks for s, see [Query.Selects].
func (s saying) selectedBy(x Expr) bool {
	switch x := x.(type) {
	case Filter:
		return s.selectedBy(And{x})
	case And:
		spoken, rest := x.Spoken()
		one := func(filters []Filter, admits func(Filter) bool) bool {
			return len(filters) == 0 || slices.ContainsFunc(filters, admits)
		}
		return one(spoken.Who, func(f Filter) bool { return f.Term().In(s.name) }) &&
			one(spoken.Said, func(f Filter) bool { return f.Term().In(s.words) }) &&
			one(spoken.How, func(f Filter) bool { return f.Is(s.how) }) &&
			!slices.ContainsFunc(rest, func(y Expr) bool { return !s.selectedByOther(y) })
	case Or:
		return slices.ContainsFunc(x, s.selectedBy)
	}
	return true
}

// selectedByOther is selectedBy for a term of an And that is no filter of statements.
// A filter of the article does not narrow its statements.
func (s saying) selectedByOther(x Expr) bool {
	if _, ok := x.(Filter); ok {
		return true // a field of the article
	}
	return s.selectedBy(x)
}

// tokensOf returns the texts of the tokens of s.
func tokensOf(s string) []string {
	var tokens []string
	for t := range Tokens(s) {
		tokens = append(tokens, t.Text)
	}
	return tokens
}

// In reports whether tokens hold those of t one directly after the other. It is false
// for a Term without tokens.
func (t Term) In(tokens []string) bool {
	for ; len(t.Tokens) > 0 && len(tokens) >= len(t.Tokens); tokens = tokens[1:] {
		if t.begins(tokens) {
			return true
		}
	}
	return false
}

// begins reports whether tokens, of which there are enough, begin with those of t.
func (t Term) begins(tokens []string) bool {
	last := len(t.Tokens) - 1
	for i, want := range t.Tokens {
		if tokens[i] != want && !(i == last && t.Prefix && strings.HasPrefix(tokens[i], want)) {
			return false
		}
	}
	return true
}
