// Package query is the search language: it parses what a user types into a
// tree, and says what an index that answers it must do. doc/query.md
// specifies the language.
package query

// A Query is a parsed search. The zero Query matches every article.
type Query struct {
	Root Expr // nil matches every article
}

// An Expr is a node of a query: [Word], [Phrase], [Filter], [Bound], [Not],
// [And] or [Or].
type Expr interface{ expr() }

// A Word matches articles whose headline, deck or text holds it. Prefix is
// set for "minist*".
type Word struct {
	Text   string
	Prefix bool
}

// A Phrase matches its words in a row.
type Phrase struct{ Text string }

// A Filter matches a field of the record: publisher, by, tag, lang, section.
type Filter struct{ Field, Value string }

// A Bound limits the publication time. After is inclusive: the first day of
// "after:2022-02" is 1 February; Before is exclusive: the last day of
// "before:2022-02" is 31 January.
type Bound struct {
	Field string // "after" or "before"
	Date  string // "2022-02-10", "2022-02" or "2022"
}

// Not matches what X does not.
type Not struct{ X Expr }

// And matches what all of its terms match.
type And []Expr

// Or matches what any of its terms matches.
type Or []Expr

func (Word) expr()   {}
func (Phrase) expr() {}
func (Filter) expr() {}
func (Bound) expr()  {}
func (Not) expr()    {}
func (And) expr()    {}
func (Or) expr()     {}
