package answer

import "slices"

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
func NewHelp() *Help { return &Help{Operators: slices.Clone(operators)} }

var operators = []Operator{
	{`word`, `articles with the word in headline, deck or text; of several words, with all of them`, `energy prices`},
	{`minist*`, `articles with a word that begins so`, `minist*`},
	{`"a phrase"`, `articles with the words in a row`, `"foreign minister"`},
	{`-word`, `articles without it; it can be a phrase, a field or a group, too`, `election -football`},
	{`one OR other`, `articles with either`, `flood OR storm`},
	{`one AND other`, `articles with both; AND may be left out`, `flood AND storm`},
	{`NOT word`, `the same as -word`, `election NOT football`},
	{`( )`, `groups`, `(flood OR storm) warning`},
	{`publisher:`, `printed by the publisher with this name or site`, `publisher:wire.example`},
	{`by:`, `with these words in one byline`, `by:"Ana Lima"`},
	{`tag:`, `with the tag`, `tag:climate`},
	{`lang:`, `in the language; lang:de finds de-AT, too`, `lang:de`},
	{`section:`, `of the section`, `section:world`},
	{`after:`, `published on this day, in this month or year, or later`, `after:2022-02`},
	{`before:`, `published before this day, month or year begins`, `before:2022-02-10`},
	{`when:`, `whose text speaks of this day, month or year, or of a day in a range`, `when:2022-01..2022-02`},
	{`who:`, `that report what somebody of this name has said`, `who:"Ilse Marten"`},
	{`said:`, `that report somebody to have said this word or phrase; beside who:, that speaker`, `who:marten said:"six weeks"`},
}
