// Package query is the search language: it parses what a user types into a
// tree, and says what an index that answers it must do. doc/query.md
// specifies the language.
//
// [Tokens] decides what a word is, for indexes and for [Highlight] alike, so
// that what is found is what is marked.
//
//	query.go      the tree, and a query as it can be typed
//	parse.go      what a user types → the tree
//	when.go       the days that texts speak of
//	said.go       the filters of statements: who said what, and how
//	token.go      what a word is
//	highlight.go  the words that match, marked in a text, and the passage that has most of
//	              them; finder.go looks for all of them in one pass
package query

import (
	"slices"
	"strings"
)

// A Query is a parsed search. The zero Query matches every article.
type Query struct {
	Root Expr // nil matches every article
	// Doubtful lets said: and who: look at all statements, not only at those
	// that are dateline.Statement.Sure. It is not part of the language.
	Doubtful bool
}

// An Expr is a node of a query: [Word], [Phrase], [Filter], [Bound], [When],
// [Not], [And] or [Or].
type Expr interface{ expr() }

// A Word matches articles whose headline, deck or text holds it. Prefix is
// set for "minist*". A word that holds several tokens, as "U.S." does, matches
// them in a row.
type Word struct {
	Text   string // as typed, without the star
	Prefix bool   // it may go on: a star followed
}

// A Phrase matches its words in a row.
type Phrase struct {
	Text string // as typed, without the quotation marks
}

// A Filter matches a field of the record, or of a statement found in it: one of
// field.All that is neither a Bound nor a When. See [Spoken] for those of
// statements side by side.
type Filter struct {
	Field string // "publisher", "by", "tag", "lang", "section", "said", "who" or "polarity"
	Value string // as typed, without quotation marks
}

// A Bound limits the publication time. After is inclusive: the first day of
// "after:2022-02" is 1 February; Before is exclusive: the last day of
// "before:2022-02" is 31 January.
type Bound struct {
	Field string // "after" or "before"
	Date  string // "2022-02-10", "2022-02" or "2022"
}

// Not matches what X does not.
type Not struct {
	X Expr // never nil
}

// And matches what all of its terms match. [Parse] gives it at least two
// terms, none of them an And.
type And []Expr

// Or matches what any of its terms matches. [Parse] gives it at least two
// terms, none of them an Or.
type Or []Expr

func (Word) expr()   {}
func (Phrase) expr() {}
func (Filter) expr() {}
func (Bound) expr()  {}
func (Not) expr()    {}
func (And) expr()    {}
func (Or) expr()     {}

// And returns the query that matches what both q and x match.
func (q Query) And(x Expr) Query {
	return Query{Root: joinAnd(And{q.Root, x}), Doubtful: q.Doubtful}
}

// String returns the query as it can be typed: Parse(q.String()) gives a
// query equal to q, if Parse gave q.
func (q Query) String() string {
	return text(q.Root)
}

func text(x Expr) string {
	switch x := x.(type) {
	case Word:
		return wordText(x)
	case Phrase:
		return quote(x.Text)
	case Filter:
		return x.Field + ":" + valueText(x.Value)
	case Bound:
		return x.Field + ":" + valueText(x.Date)
	case When:
		return "when:" + valueText(x.Range())
	case Not:
		return "-" + grouped(x.X, false)
	case And:
		parts := make([]string, len(x))
		for i, term := range x {
			parts[i] = grouped(term, len(x) > 1)
		}
		return strings.Join(parts, " ")
	case Or:
		parts := make([]string, len(x))
		for i, term := range x {
			parts[i] = text(term)
		}
		return strings.Join(parts, " OR ")
	}
	return ""
}

// grouped is text in parentheses where it would be torn apart without them.
// Terms of an And need none around another And.
func grouped(x Expr, inAnd bool) string {
	_, and := x.(And)
	_, or := x.(Or)
	if or || and && !inAnd {
		return "(" + text(x) + ")"
	}
	return text(x)
}

// wordText prints a word that Parse cannot have given as a phrase.
func wordText(w Word) string {
	s := w.Text
	if w.Prefix {
		s += "*"
	}
	p := parser{s: s}
	if x, err := p.or(0); err == nil && p.i == len(s) && x == Expr(w) {
		return s
	}
	return quote(w.Text)
}

func valueText(s string) string {
	p := parser{s: s}
	if s != "" && p.word() == s {
		return s
	}
	return quote(s)
}

var quoteEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quote(s string) string {
	return `"` + quoteEscapes.Replace(s) + `"`
}

// Terms returns the words and phrases that an article may hold to match q:
// all but those under a Not.
func (q Query) Terms() []Term {
	return slices.DeleteFunc(appendTerms(nil, q.Root), func(t Term) bool { return len(t.Tokens) == 0 })
}

func appendTerms(terms []Term, x Expr) []Term {
	switch x := x.(type) {
	case Word:
		terms = append(terms, x.Term())
	case Phrase:
		terms = append(terms, x.Term())
	case And:
		for _, y := range x {
			terms = appendTerms(terms, y)
		}
	case Or:
		for _, y := range x {
			terms = appendTerms(terms, y)
		}
	}
	return terms
}
