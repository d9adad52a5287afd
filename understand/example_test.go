package understand_test

import (
	"fmt"

	"dateline"
	"dateline/understand"
)

// article is what a page of 15 March 2022 says.
var article = &dateline.Article{
	Published: "2022-03-15", Lang: "en",
	Text: "Mayor Ines Falk told reporters on Monday that the pier would be rebuilt. “We will not wait,” she said.",
}

func ExampleFindings() {
	f := understand.Findings(article)
	for _, s := range f.Statements {
		fmt.Printf("%s (%s) on %s, %s: %s\n", s.Who, s.Role, s.On, s.Kind, s.Said(article))
	}
	// Output:
	// Ines Falk (Mayor) on 2022-03-14, indirect: that the pier would be rebuilt
	// Ines Falk (Mayor) on 2022-03-14, direct: We will not wait
}

func ExampleExplain() {
	e := understand.Explain(article)
	for _, c := range e.Statements[1].Who {
		fmt.Printf("%q by %s: %t %q\n", c.Name, c.Rule, c.Chosen, c.Lost)
	}
	for _, d := range e.Dates {
		fmt.Printf("%q is %s by %s, counted from %s (%s)\n", d.Date.Text, d.Date.Value, d.Date.Rule, d.Anchor, d.From)
	}
	// Output:
	// "" by entity/name: false "the words hold no name"
	// "Ines Falk" by entity/pronoun: true ""
	// "Monday" is 2022-03-14 by when/weekday, counted from 2022-03-15 (publication)
}
