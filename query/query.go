// Package query is the search language: it parses what a user types into a tree, and
// defines what an index that answers the tree must find. doc/query.md specifies the
// language.
//
// [Tokens] decides what a word is, both for indexes and for [Highlight], so that the
// words by which an article is found are the words that a page marks in it.
//
//	query.go      the tree of a parsed search, and how it is written as text
//	parse.go      from text to the tree
//	when.go       the field when: days that a text speaks of
//	said.go       the fields of statements: who, said and polarity
//	members.go    the fields story, event and copy: articles that belong together
//	token.go      how a text is cut into the words that an index holds
//	finder.go     where a text holds the words and phrases of a query
//	highlight.go  texts cut into marked and unmarked fragments, and snippets
package query

import (
	"slices"
	"strings"
)

// A Query is a parsed search. The zero Query matches every article.
type Query struct {
	Root Expr // nil matches every article
	// Doubtful lets the fields said, who and polarity look at all statements, not
	// only at those for which dateline.Statement.Sure holds. It is an option of the
	// caller: nothing in the text of a query sets it.
	Doubtful bool
}

// An Expr is a node of a query: [Word], [Phrase], [Filter], [Bound], [When],
// [Members], [Not], [And] or [Or].
type Expr interface{ expr() }

// A Word matches articles whose headline, deck or text holds the word. Prefix is set
// for a word typed with a star at its end, such as "minist*", which also matches
// longer words. A word that [Tokens] cuts into several tokens, as it does "U.S.",
// matches those tokens one directly after the other.
type Word struct {
	Text   string // as typed, without the star
	Prefix bool   // a star followed: longer words that begin with Text match, too
}

// A Phrase matches articles that hold its words one directly after the other.
type Phrase struct {
	Text string // as typed, without the quotation marks
}

// A Filter matches a field of an article's record, or of a statement found in the
// article: any field of package field except after and before, which are a [Bound],
// and when, which is a [When]. For several filters of statements in one And see
// [Spoken]; for those of articles that belong together, [Members].
type Filter struct {
	Field string // "publisher", "by", "tag", "lang", "section", "use", "person", "org", "place", "said", "who", "polarity", "story", "event" or "copy"
	Value string // as typed, without quotation marks
}

// A Bound limits the publication time of articles. The date of "after" is included:
// "after:2022-02" admits 1 February and every later day. The date of "before" is
// excluded: the last day that "before:2022-02" admits is 31 January.
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

// text returns the expression as it can be typed; "" for nil.
func text(x Expr) string {
	switch x := x.(type) {
	case Word:
		return wordText(x)
	case Phrase:
		return quote(x.Text)
	case Filter:
		return x.Field + ":" + valueText(x.Value)
	case Members:
		return text(x.Filter)
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

// grouped returns the text of x, in parentheses if x, written bare beside other terms,
// would be parsed as something else. An And within an And (inAnd) needs none.
func grouped(x Expr, inAnd bool) string {
	_, and := x.(And)
	_, or := x.(Or)
	if or || and && !inAnd {
		return "(" + text(x) + ")"
	}
	return text(x)
}

// wordText returns a word as it can be typed. A word that [Parse] would not read back
// as the same word, such as "OR" or one with a space, is written as a phrase.
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

// valueText returns the value of a field as it can be typed, in quotation marks if it
// needs them.
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

// Terms returns the words and phrases by which an article may match q, in the order of
// the query: all but those under a Not.
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
