package answer

import (
	"slices"

	"dateline/index/field"
)

// Help explains the query language.
type Help struct {
	Operators []Operator `json:"operators"` // in the order in which they are best learned
}

// An Operator is one form of the query language.
type Operator struct {
	Form    string `json:"form"`    // how it is written
	Means   string `json:"means"`   // what it finds
	Example string `json:"example"` // a query
}

// NewHelp explains every form of the query language.
func NewHelp() *Help {
	h := &Help{Operators: slices.Clone(operators)}
	for _, f := range field.All() {
		h.Operators = append(h.Operators, Operator{f.Name + ":", f.Means, f.Example})
	}
	return h
}

// operators are the forms that are no fields.
var operators = []Operator{
	{`word`, `articles with the word in headline, deck or text; of several words, with all of them`, `energy prices`},
	{`minist*`, `articles with a word that begins so`, `minist*`},
	{`"a phrase"`, `articles with the words in a row`, `"foreign minister"`},
	{`-word`, `articles without it; it can be a phrase, a field or a group, too`, `election -football`},
	{`one OR other`, `articles with either`, `flood OR storm`},
	{`one AND other`, `articles with both; AND may be left out`, `flood AND storm`},
	{`NOT word`, `the same as -word`, `election NOT football`},
	{`( )`, `groups`, `(flood OR storm) warning`},
}
