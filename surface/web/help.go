package web

import (
	"net/http"
	"net/url"
)

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
func (o operator) Link() string { return "/search?" + url.Values{"q": {o.Example}}.Encode() }

// A shortcut is one key of static/keys.js.
type shortcut struct {
	Key  string `json:"key"`
	Does string `json:"does"`
}

var operators = []operator{
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
