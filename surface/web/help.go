package web

import "net/http"

// helpPage explains the query language and the keys.
type helpPage struct {
	Operators []operator `json:"operators"`
	Keys      []shortcut `json:"keys"`
}

// An operator is one form of the query language.
type operator struct {
	Form    string `json:"form"`
	Means   string `json:"means"`
	Example string `json:"example"`
}

// Link is the search for the example.
func (o operator) Link() string { return searchURL(o.Example, false, 1) }

// A shortcut is one key of static/keys.js.
type shortcut struct {
	Key  string `json:"key"`
	Does string `json:"does"`
}

var operators = []operator{
	{`word`, `articles with the word in headline, deck or text; several words must all be there`, `energy prices`},
	{`"a phrase"`, `the words in a row`, `"foreign minister"`},
	{`minist*`, `words that begin so`, `minist*`},
	{`-word`, `without the word; works before a phrase, a filter and parentheses too`, `election -football`},
	{`one OR other`, `either of them`, `flood OR storm`},
	{`( )`, `groups`, `(flood OR storm) warning`},
	{`publisher:`, `printed by this publisher, by name or by site`, `publisher:example.com`},
	{`by:`, `this name in the byline`, `by:"Ada Brown"`},
	{`tag:`, `this tag, as the publisher gave it`, `tag:climate`},
	{`section:`, `this section of the publisher`, `section:world`},
	{`lang:`, `this language; lang:de finds de-AT too`, `lang:de`},
	{`after:`, `published from this day, month or year on`, `after:2022-02`},
	{`before:`, `published before this day, month or year begins`, `before:2022-02-10`},
}

var shortcuts = []shortcut{
	{"/", "go to the search box"},
	{"j", "next article of the list"},
	{"k", "previous article of the list"},
	{"Enter", "open it"},
	{"?", "show these keys"},
}

// help answers /help.
func (s *site) help(*http.Request) (view, error) {
	return view{Title: "Help", Page: &helpPage{Operators: operators, Keys: shortcuts}}, nil
}
