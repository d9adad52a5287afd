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

// Term returns the words in a row that a by, said or who filter looks for.
func (f Filter) Term() Term {
	if w, ok := word(f.Value).(Word); ok {
		return w.Term()
	}
	return Term{}
}

// Spoken are the filters of statements that stand side by side. They are answered together:
// there has to be a statement by each of Who and, for each of Said, one that says so; if
// any Who is given, one by one of them; if any How is given, said in one of these ways.
type Spoken struct {
	Who  []Filter // of kind field.Speaker
	Said []Filter // of kind field.Said
	How  []Filter // of kind field.Manner
}

// None reports whether there are no such filters.
func (s Spoken) None() bool { return len(s.Who)+len(s.Said)+len(s.How) == 0 }

// Spoken returns the filters of statements among the terms of an And, and the rest.
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

// Is reports whether f asks for value, in whatever case and with whatever spaces.
func (f Filter) Is(value string) bool { return Fold(f.Value) == Fold(value) }

// Statements reports whether q asks for statements, and not only for articles
// without them.
func (q Query) Statements() bool { return asks(q.Root) }

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

// Selects reports whether s is one of the statements of a that q asks for: by
// one of who and with the words of one of said, as far as q names them. What
// is not about statements selects all of them.
func (q Query) Selects(a *dateline.Article, s *dateline.Statement) bool {
	if !q.Doubtful && !s.Sure(a) {
		return false
	}
	return saying{tokensOf(s.Name(a)), tokensOf(s.Said(a)), cmp.Or(s.Polarity, field.PlainSaying)}.selectedBy(q.Root)
}

// A saying is a statement as filters look at it.
type saying struct {
	name, words []string // tokens
	how         string
}

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

// selectedByOther is selectedBy for a term that stands beside others in an And.
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

// In reports whether tokens hold t in a row.
func (t Term) In(tokens []string) bool {
	for ; len(t.Tokens) > 0 && len(tokens) >= len(t.Tokens); tokens = tokens[1:] {
		if t.begins(tokens) {
			return true
		}
	}
	return false
}

func (t Term) begins(tokens []string) bool {
	last := len(t.Tokens) - 1
	for i, want := range t.Tokens {
		if tokens[i] != want && !(i == last && t.Prefix && strings.HasPrefix(tokens[i], want)) {
			return false
		}
	}
	return true
}
