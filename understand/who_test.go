package understand_test

import (
	"testing"

	"dateline"
	"dateline/understand"
)

// TestWho tells who speaks where the words for the speaker are no plain name.
func TestWho(t *testing.T) {
	for _, test := range []struct{ headline, text, want, rule string }{
		{"", "Clara Weiss has baked bread for 40 years.\n\n“I never tire of it,” the 61-year-old said.", "Clara Weiss", "entity/only-person"},
		{"", "Clara Weiss has run the bakery since 2011.\n\nThe bakery has two ovens.\n\nEach weighs a ton.\n\nBoth burned all night.\n\n“I never slept,” she said.", "Clara Weiss", "entity/only-person"},
		{"", "Anna Brandt, the mayor of Lund, and Marta Ruiz, the mayor of Salo, met in June.\n\n“We share a lake,” the mayor of Salo said.", "Marta Ruiz", "entity/office"},
		{"", "Anna Brandt, the mayor of Lund, and Marta Ruiz, the mayor of Salo, met in June.\n\n“We share a lake,” Lund’s mayor said.", "Anna Brandt", "entity/office"},
		{"", "Nordia Bank lost two directors in May.\n\n“They left on good terms,” the company said.", "Nordia Bank", "entity/only-body"},
		{"Clara Weiss sells her bakery", "Weiss, who began in 1981, closed the door on Monday. “It was time,” Weiss said.", "Clara Weiss", "entity/headline"},
		{"", "The council met on Monday. A letter from Mayor Anna Brandt to the council says: “We accept the vote in full.”", "Anna Brandt", "entity/author"},
		{"", "Paul and Anna Brandt own the shop. “It is small,” Mr Brandt said.", "Paul Brandt", "entity/name"},
		{"", "Emil Stone Sr. built the mill. His son, Emil Stone Jr., runs it.\n\n“We grind at night,” Stone Jr. said.", "Emil Stone Jr.", "entity/name"},
		{"", "The fund was set up by Ursula van der Wal in 2009.\n\nVan der Wal said it had helped thousands.", "Ursula van der Wal", "entity/name"},
		{"", "Elizabeth “Betty” Crane ran the inn. “I miss the guests,” Betty said.", "Elizabeth Crane", "entity/name"},
		{"", "The Vatican said the pope was well.", "Vatican", "entity/name"},
		{"", "Talvik Analytica has fired its chief executive, Paul Adler. “He fell short,” it said.", "Talvik Analytica", "entity/only-body"},
		{"", "Ruth Washington flew home on Monday. Washington said the talks had gone well.", "Ruth Washington", "entity/name"},
	} {
		list := understand.Findings(&dateline.Article{Lang: "en", Published: "2022-03-15", Headline: test.headline, Text: test.text}).Statements
		if len(list) == 0 || list[len(list)-1].Who != test.want || list[len(list)-1].Resolved != test.rule {
			t.Errorf("statements in %q are %+v, want one of %q by %q", test.text, list, test.want, test.rule)
		}
	}
}

// TestWhoWithoutNames tells that speakers have names in languages whose names no model knows.
func TestWhoWithoutNames(t *testing.T) {
	for _, test := range []struct{ lang, text, want string }{
		{"zh", "市长王建国周二表示，学校不会关闭。", "王建国"},
		{"zh", "医生李红指出：“医院已经满了。”", "李红"},
		{"ja", "医師の鈴木花子さんは「病院は満床だ」と話した。", "鈴木花子"},
		{"zh", "该公司表示，学校不会关闭。", ""},
	} {
		f := understand.Findings(&dateline.Article{Lang: test.lang, Published: "2022-02-10", Text: test.text})
		if len(f.Statements) != 1 || f.Statements[0].Who != test.want {
			t.Errorf("in %q found %+v, want one statement of %q", test.text, f.Statements, test.want)
		}
	}
}
