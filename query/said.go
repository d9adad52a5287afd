package query

import (
	"slices"
	"strings"

	"dateline"
	"dateline/index/field"
)

// Statements reports whether f looks for statements: what they say (said), or
// who is reported to have said it (who).
func (f Filter) Statements() bool { return field.Said.Has(f.Field) || field.Speaker.Has(f.Field) }

// Term returns the words in a row that a by, said or who filter looks for.
func (f Filter) Term() Term {
	if w, ok := word(f.Value).(Word); ok {
		return w.Term()
	}
	return Term{}
}

// Spoken returns the who and said filters that stand side by side among the
// terms of an And. They are answered together: there has to be a statement by
// each of who and, for each of said, one that says so; if any who is given,
// one by one of them.
func (and And) Spoken() (who, said []Filter, rest And) {
	for _, x := range and {
		switch f, ok := x.(Filter); {
		case ok && field.Speaker.Has(f.Field):
			who = append(who, f)
		case ok && field.Said.Has(f.Field):
			said = append(said, f)
		default:
			rest = append(rest, x)
		}
	}
	return who, said, rest
}

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
	name, words := tokensOf(s.Name(a)), tokensOf(s.Said(a))
	return selects(q.Root, name, words)
}

func selects(x Expr, name, words []string) bool {
	switch x := x.(type) {
	case Filter:
		return selects(And{x}, name, words)
	case And:
		who, said, rest := x.Spoken()
		one := func(filters []Filter, tokens []string) bool {
			return len(filters) == 0 || slices.ContainsFunc(filters, func(f Filter) bool { return f.Term().In(tokens) })
		}
		return one(who, name) && one(said, words) &&
			!slices.ContainsFunc(rest, func(y Expr) bool { return !selectsOther(y, name, words) })
	case Or:
		return slices.ContainsFunc(x, func(y Expr) bool { return selects(y, name, words) })
	}
	return true
}

// selectsOther is selects for a term that stands beside others in an And.
func selectsOther(x Expr, name, words []string) bool {
	if _, ok := x.(Filter); ok {
		return true // a field of the article
	}
	return selects(x, name, words)
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
