package query

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/index/field"
	spelling "dateline/internal/text"
)

// Limits of a query. They keep what an index has to do within bounds.
const (
	MaxLength = 4096 // bytes
	MaxDepth  = 12   // parentheses and negations within one another
	MaxStars  = 20   // words that end with a star: each stands for all words of the index that begin with it
)

// A SyntaxError says what is wrong with a query, and at which byte.
type SyntaxError struct {
	Offset int    // the place of the error: how many bytes of the query stand before it
	Msg    string // what is wrong, without the place
}

// Error gives the place and what is wrong: "query: byte 5: …".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("query: byte %d: %s", e.Offset, e.Msg)
}

// Parse reads a query; doc/query.md specifies the language. An error is a
// *[SyntaxError].
func Parse(s string) (Query, error) {
	if len(s) > MaxLength {
		return Query{}, &SyntaxError{MaxLength, fmt.Sprintf("a query has at most %d bytes, this one has %d", MaxLength, len(s))}
	}
	p := parser{s: s}
	x, err := p.or(0)
	if err == nil && p.i < len(s) { // only a closing parenthesis stops p.or early
		err = p.fail(p.i, "no parenthesis is open here: %q", s[p.i:p.i+1])
	}
	if err == nil && x == nil && strings.TrimSpace(s) != "" {
		err = p.fail(0, "nothing to search for: a query needs a letter or digit")
	}
	if err != nil {
		return Query{}, err
	}
	return Query{Root: x}, nil
}

// A parser reads a query from left to right. Each of its methods reads one construct
// of the grammar (doc/query.md) from byte i on. depth counts the parentheses and
// negations around it.
type parser struct {
	s     string
	i     int // bytes read
	stars int // terms read that end with a star
}

func (p *parser) fail(offset int, format string, args ...any) error {
	return &SyntaxError{offset, fmt.Sprintf(format, args...)}
}

// space reads white space.
func (p *parser) space() {
	for p.i < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.i:])
		if !unicode.IsSpace(r) {
			return
		}
		p.i += n
	}
}

// or reads terms with OR between them. It returns nil if there is nothing to search
// for.
func (p *parser) or(depth int) (Expr, error) {
	var terms Or
	for {
		start := p.i
		x, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		more := p.operator("OR")
		if x == nil && (more || terms != nil) {
			return nil, p.fail(start, "OR needs something to search for on both sides")
		}
		if !more {
			return joinOr(append(terms, x)), nil
		}
		terms = append(terms, x)
	}
}

// and reads terms up to an OR, a closing parenthesis or the end. It returns nil if
// there is nothing to search for.
func (p *parser) and(depth int) (Expr, error) {
	var terms And
	for {
		p.space()
		if p.i == len(p.s) || p.s[p.i] == ')' || p.atOperator("OR") {
			return joinAnd(terms), nil
		}
		if start := p.i; p.operator("AND") {
			p.space()
			if terms == nil || p.i == len(p.s) || p.s[p.i] == ')' || p.atOperator("OR") || p.atOperator("AND") {
				return nil, p.fail(start, "AND needs something to search for on both sides")
			}
			continue
		}
		x, err := p.unary(depth)
		if err != nil {
			return nil, err
		}
		if x != nil {
			terms = append(terms, x)
		}
	}
}

// joinAnd makes one expression of terms, as the doc of [And] promises it: the terms of
// an And among them take its place, one term stands for itself, and no term gives nil.
func joinAnd(terms And) Expr {
	var flat And
	for _, x := range terms {
		switch x := x.(type) {
		case nil:
		case And:
			flat = append(flat, x...)
		default:
			flat = append(flat, x)
		}
	}
	switch len(flat) {
	case 0:
		return nil
	case 1:
		return flat[0]
	}
	return flat
}

// joinOr does for Or what joinAnd does for And.
func joinOr(terms Or) Expr {
	if len(terms) == 1 {
		return terms[0]
	}
	var flat Or
	for _, x := range terms {
		if or, ok := x.(Or); ok {
			flat = append(flat, or...)
		} else {
			flat = append(flat, x)
		}
	}
	return flat
}

// unary reads one term with the negations before it, or a group in parentheses.
func (p *parser) unary(depth int) (Expr, error) {
	start := p.i
	if depth > MaxDepth {
		return nil, p.fail(start, "more than %d parentheses and negations within one another", MaxDepth)
	}
	switch {
	case p.operator("NOT"):
		p.space()
		x, err := p.negated(depth)
		if err == nil && x == nil {
			err = p.fail(start, "NOT needs something to search for after it")
		}
		return x, err
	case p.s[p.i] == '-' && p.i+1 < len(p.s) && p.s[p.i+1] != ')' && !startsWithSpace(p.s[p.i+1:]):
		p.i++
		return p.negated(depth)
	case p.s[p.i] == '(':
		p.i++
		x, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.i == len(p.s) {
			return nil, p.fail(start, "this parenthesis is not closed")
		}
		p.i++ // the closing one: nothing else stops p.or
		return x, nil
	}
	return p.term()
}

// negated reads the term after a negation. It returns nil if no term follows.
func (p *parser) negated(depth int) (Expr, error) {
	if p.i == len(p.s) || p.s[p.i] == ')' || p.atOperator("OR") || p.atOperator("AND") {
		return nil, nil
	}
	x, err := p.unary(depth + 1)
	if x == nil || err != nil {
		return nil, err
	}
	return Not{x}, nil
}

// term reads a word, a phrase or a field with its value. It returns nil for
// what holds no letter or digit, and an error for a word with a star where the query
// has MaxStars of them already.
func (p *parser) term() (Expr, error) {
	start := p.i
	x, err := p.oneTerm()
	if x == nil || err != nil {
		return x, err
	}
	if stars(x) {
		p.stars++
	}
	if p.stars > MaxStars {
		return nil, p.fail(start, "a query has at most %d words that end with *", MaxStars)
	}
	return x, nil
}

// stars reports whether a term ends with a star, and so stands for all words that
// begin with it.
func stars(x Expr) bool {
	switch x := x.(type) {
	case Word:
		return x.Prefix
	case Filter:
		return (x.Statements() || field.Words.Has(x.Field)) && x.Term().Prefix
	}
	return false
}

// oneTerm reads what term reads, without counting stars.
func (p *parser) oneTerm() (Expr, error) {
	start := p.i
	if quoteLen(p.s[p.i:]) > 0 {
		text, err := p.quoted()
		if err != nil || !searchable(text) {
			return nil, err
		}
		return Phrase{text}, nil
	}
	name := p.field()
	if name == "" {
		return word(p.word()), nil
	}
	valueAt := p.i
	value, err := p.value()
	f, ok := field.Of(name)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		meant := ""
		if near := spelling.Nearest(name, field.Names()); near != "" {
			meant = " (did you mean " + near + ":?)"
		}
		return nil, p.fail(start, "no field is called %q%s; the fields are %s (to search for the words, put them in quotation marks)",
			name, meant, strings.Join(field.Names(), ", "))
	case strings.TrimSpace(value) == "":
		return nil, p.fail(valueAt, "%s: needs a value", name)
	}
	switch f.Kind {
	case field.After, field.Before:
		if !validDate(value) {
			return nil, p.fail(valueAt, "%s: wants a date such as 2022, 2022-02 or 2022-02-10, not %q", name, value)
		}
		return Bound{name, value}, nil
	case field.Days:
		return p.when(name, value, valueAt)
	case field.Speaker, field.Said:
		if len(Filter{name, value}.Term().Tokens) == 0 {
			return nil, p.fail(valueAt, "%s: needs a word, not %q", name, value)
		}
	}
	return Filter{name, value}, nil
}

// field reads the name of a field and its colon, and returns the name in lower case.
// What it takes for a name are ASCII letters before a colon. If no field has that
// name, something must stand directly after the colon: then Parse reports the unknown
// field. In all other cases, such as "https://…", "12:30" and "Ukraine: what", it
// returns "" and reads nothing.
func (p *parser) field() string {
	name, rest, ok := strings.Cut(p.s[p.i:], ":")
	if !ok || name == "" || strings.HasPrefix(rest, "//") {
		return ""
	}
	for _, c := range []byte(name) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return ""
		}
	}
	lower := strings.ToLower(name)
	if _, ok := field.Of(lower); !ok && (rest == "" || rest[0] == ')' || startsWithSpace(rest)) {
		return ""
	}
	p.i += len(name) + 1
	return lower
}

// value reads the value of a field, and returns it without quotation marks.
func (p *parser) value() (string, error) {
	if quoteLen(p.s[p.i:]) > 0 {
		return p.quoted()
	}
	return p.word(), nil
}

// word reads up to a space, a parenthesis or a quotation mark.
func (p *parser) word() string {
	start := p.i
	for p.i < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.i:])
		if unicode.IsSpace(r) || r == '(' || r == ')' || quoteLen(p.s[p.i:]) > 0 {
			break
		}
		p.i += n
	}
	return p.s[start:p.i]
}

// word makes an expression of what was typed; nil if it holds no letter or digit.
func word(s string) Expr {
	if !searchable(s) {
		return nil
	}
	text := strings.TrimRight(s, "*")
	return Word{Text: text, Prefix: len(text) < len(s)}
}

// quoted reads a text in quotation marks, and returns it without them. Between
// straight quotation marks \" stands for a quotation mark and \\ for a backslash. A
// text that begins with a straight mark ends with one, and one that begins with a
// curly mark ends with any curly one.
func (p *parser) quoted() (string, error) {
	start := p.i
	n := quoteLen(p.s[p.i:])
	straight := n == 1
	p.i += n
	var b strings.Builder
	for p.i < len(p.s) {
		c := p.s[p.i]
		if straight && c == '\\' && p.i+1 < len(p.s) && (p.s[p.i+1] == '"' || p.s[p.i+1] == '\\') {
			b.WriteByte(p.s[p.i+1])
			p.i += 2
			continue
		}
		if n := quoteLen(p.s[p.i:]); n > 0 && straight == (n == 1) {
			p.i += n
			return b.String(), nil
		}
		b.WriteByte(c)
		p.i++
	}
	return "", p.fail(start, "this quotation mark is not closed")
}

// quoteLen returns the length in bytes of the quotation mark that s begins with: 1 for
// the straight one, 3 for “, ” and „, 0 if s begins with none.
func quoteLen(s string) int {
	switch {
	case strings.HasPrefix(s, `"`):
		return 1
	case strings.HasPrefix(s, "“"), strings.HasPrefix(s, "”"), strings.HasPrefix(s, "„"):
		return 3
	}
	return 0
}

// operator reads the operator if it stands at p.i, and reports whether it did.
func (p *parser) operator(name string) bool {
	if !p.atOperator(name) {
		return false
	}
	p.i += len(name)
	return true
}

// atOperator reports whether the operator stands at p.i as a word of its own.
func (p *parser) atOperator(name string) bool {
	rest, ok := strings.CutPrefix(p.s[p.i:], name)
	return ok && (rest == "" || rest[0] == '(' || rest[0] == ')' || quoteLen(rest) > 0 || startsWithSpace(rest))
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && unicode.IsSpace(r)
}

var dateLayouts = [...]string{"2006", "2006-01", time.DateOnly}

func validDate(s string) bool {
	_, ok := Bound{Date: s}.Time()
	return ok
}

// Time returns the first instant of the day, month or year that the bound names, in
// UTC; ok is false if Date is none of these.
func (b Bound) Time() (t time.Time, ok bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, b.Date); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
