package web

import (
	"net/http"

	"dateline/answer"
)

// helpPage is the template's form of an answer.Help, with the keys that pages
// understand.
type helpPage struct {
	Operators []operator
	Keys      []shortcut
}

// An operator is an answer.Operator with its example as a link.
type operator struct{ answer.Operator }

// Link is the search for the example.
func (o operator) Link() string { return asking{}.searchURL(o.Example, 1) }

// A shortcut is one key that static/keys.js understands, and what the key does.
type shortcut struct {
	Key  string
	Does string
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
	p := &helpPage{Keys: shortcuts}
	h := answer.NewHelp()
	for _, o := range h.Operators {
		p.Operators = append(p.Operators, operator{o})
	}
	return view{Title: "Help", Answer: h, Page: p}, nil
}
