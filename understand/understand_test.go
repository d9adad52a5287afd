package understand_test

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

func TestFindings(t *testing.T) {
	for _, a := range []dateline.Article{
		{},
		{Capture: "c0123456789abcdef", Skip: dateline.SkipNoText},
		{Capture: "c0123456789abcdef", Published: "2022-03-14", Text: "“We answered,” Ana Duarte wrote on Monday.\n\n„Ja“, sagte Müller."},
		{Published: "2022-03-14", Deck: "Ana Duarte answered on Monday", Text: "“We waited since 3 March,” she said."},
	} {
		f := understand.Findings(&a)
		if f.Capture != a.Capture {
			t.Errorf("findings of %q have capture %q", a.Capture, f.Capture)
		}
		if err := f.Check(&a); err != nil {
			t.Errorf("findings in %q: %v", a.Text, err)
		}
		if again := understand.Findings(&a); !reflect.DeepEqual(f, again) {
			t.Errorf("findings in %q differ when found twice:\n%+v\n%+v", a.Text, f, again)
		}
	}
}

// TestSpeakerOpensText reads texts whose first words are a speaker and whose last is the
// verb: there is nothing before the speaker.
func TestSpeakerOpensText(t *testing.T) {
	for _, text := range []string{
		"Ines Falk of the harbour board in the old town said.",
		"The pilots on the island who have led the ships for years said.",
	} {
		if f := understand.Findings(&dateline.Article{Lang: "en", Text: text}); len(f.Limits) > 0 {
			t.Errorf("%q was not read: %+v", text, f.Limits)
		}
	}
}

func TestFindingsEmpty(t *testing.T) {
	got, err := json.Marshal(understand.Findings(&dateline.Article{}))
	if err != nil || string(got) != "{}" {
		t.Errorf("empty findings marshal as %s, %v, want {}", got, err)
	}
}

// TestZone has an article count its days where it was written.
func TestZone(t *testing.T) {
	for _, c := range []struct {
		published   dateline.Date
		place, site string
		want        string
	}{
		{"2022-02-10T23:30:00Z", "", "", "2022-02-10"},
		{"2022-02-10T23:30:00Z", "MOSCOW", "", "2022-02-11"},
		{"2022-02-11T02:30:00Z", "WASHINGTON", "example.co.uk", "2022-02-10"},
		{"2022-02-10T23:30:00Z", "", "news.example.de", "2022-02-11"},
		{"2022-02-10T23:30:00-08:00", "", "news.example.de", "2022-02-10"},
		{"2022-02-10", "MOSCOW", "", "2022-02-10"},
	} {
		a := &dateline.Article{Published: c.published, Text: "It began today."}
		a.Dateline.Place, a.Publisher.Site = c.place, c.site
		if f := understand.Findings(a); len(f.Dates) != 1 || f.Dates[0].Value != c.want {
			t.Errorf("today in an article of %s from %q in %q: %+v, want %s", c.published, c.place, c.site, f.Dates, c.want)
		}
	}
}

func TestDeck(t *testing.T) {
	for _, c := range []struct{ deck, text, want string }{
		{"The mayor resigned on Monday", "She left on 3 March.", "deck:Monday text:3 March"},
		{"The mayor resigned on Mon...", "LISBON – The mayor resigned on Monday.", "text:Monday"},
		{"LISBON – The mayor of the old town has resigned on Monday...", "The mayor of the old town has resigned on Monday, 14 March.", "text:Monday, 14 March"},
		{"The mayor resigned on Monday", "", "deck:Monday"},
		{"", "She left on 3 March.", "text:3 March"},
	} {
		a := &dateline.Article{Published: "2022-03-15", Deck: c.deck, Text: c.text}
		f := understand.Findings(a)
		if err := f.Check(a); err != nil {
			t.Errorf("findings in %q and %q: %v", c.deck, c.text, err)
		}
		var got []string
		for _, d := range f.Dates {
			got = append(got, cmp.Or(d.In, "text")+":"+d.Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("dates in %q and %q are %q, want %q", c.deck, c.text, s, c.want)
		}
	}
}

// TestStatements joins what is said with who says it, and when.
func TestStatements(t *testing.T) {
	a := &dateline.Article{Lang: "en", Published: "2022-03-14", Text: `“We have answered the letter of the committee, and we stand by it,” the mayor of Lund, Ana Duarte, said on Thursday.

Duarte told the BBC that the bridge would not be rebuilt. “There is no money,” she said in a statement on 2 March.

The talks will resume in May, according to Reuters.`}
	f := understand.Findings(a)
	var got []string
	for _, s := range f.Statements {
		line := []string{s.Kind, s.Said(a), s.Who, s.Medium, strings.Join(s.To, ","), strings.Join(s.Via, ","), string(s.On)}
		got = append(got, strings.Join(line, "|"))
	}
	want := []string{
		"direct|We have answered the letter of the committee, and we stand by it|Ana Duarte||||2022-03-10",
		"indirect|that the bridge would not be rebuilt|Ana Duarte||BBC|BBC|",
		"direct|There is no money|Ana Duarte|statement|||2022-03-02",
		"indirect|The talks will resume in May|Reuters|||Reuters|",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("statements are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestResume has a pronoun mean who spoke last, if nobody else can be meant.
func TestResume(t *testing.T) {
	const spoke = "Foreign Minister Ana Duarte met Bela Sand on Monday. “We answered the letter,” Duarte said."
	for _, test := range []struct{ text, want string }{
		{spoke + "\n\nThe harbour was closed. The ferry was late. It rained. Ships waited. “We will wait,” she said.", "Ana Duarte"},
		{spoke + "\n\nMaria Lopes was not there. The ferry was late. It rained. Ships waited. Nets lay about. “We will wait,” she said.", ""},
		{spoke + "\n\nA fisherman said that it was late. The ferry was late. It rained. Ships waited. “We will wait,” she said.", ""},
		{spoke + "\n\nIt rained.\n\nShips waited.\n\nNets lay about.\n\nMen slept.\n\n“We will wait,” she said.", ""},
	} {
		f := understand.Findings(&dateline.Article{Lang: "en", Published: "2022-03-15", Text: test.text})
		if len(f.Statements) < 2 {
			t.Errorf("%d statements in %q", len(f.Statements), test.text)
			continue
		}
		last := f.Statements[len(f.Statements)-1]
		if last.Who != test.want || (last.Resolved == "entity/resume") != (test.want != "") {
			t.Errorf("the last words in %q are %q's by %q, want %q", test.text, last.Who, last.Resolved, test.want)
		}
	}
}

// TestDatelineIsNoSpeaker has words of whom a text names behind its dateline.
func TestDatelineIsNoSpeaker(t *testing.T) {
	a := &dateline.Article{Lang: "en", Published: "2022-03-14", Text: "LUND, Sweden — Sweden’s foreign minister on Thursday dismissed the letter of the committee, saying that it was addressed to nobody."}
	f := understand.Findings(a)
	if len(f.Statements) == 0 {
		t.Fatal("no statements")
	}
	for _, s := range f.Statements {
		if called := s.Called(a); s.Who != "" || !strings.HasPrefix(called, "Sweden’s foreign minister") {
			t.Errorf("%q is said by %q, called %q; want Sweden’s foreign minister, and no name", s.Said(a), s.Who, called)
		}
	}
}

// TestStatementsOfDeck has the deck tell who a speaker of the text is, and on
// which day he spoke.
func TestStatementsOfDeck(t *testing.T) {
	a := &dateline.Article{Lang: "en", Published: "2022-02-10T11:26:00Z",
		Deck: "LUND (Press) - Norwegian trade minister Leo Falk said on Thursday that he has answered the letter of his Swedish colleague Ana Duarte regarding...",
		Text: `"I replied on behalf of the member states to the letters that they received. Tensions must be resolved through dialogue," Falk tweeted.On 28 January, Duarte published the letter.`}
	f := understand.Findings(a)
	if err := f.Check(a); err != nil {
		t.Error(err)
	}
	var got []string
	for _, s := range f.Statements {
		got = append(got, strings.Join([]string{s.In, s.Kind, s.Medium, s.Who, s.Role, string(s.On), s.Said(a)}, "|"))
	}
	want := []string{
		"deck|indirect||Leo Falk|Norwegian trade minister|2022-02-10|that he has answered the letter of his Swedish colleague Ana Duarte regarding",
		"|direct|tweet|Leo Falk|Norwegian trade minister|2022-02-10|I replied on behalf of the member states to the letters that they received. Tensions must be resolved through dialogue",
	}
	if len(got) < 2 || !reflect.DeepEqual(got[:2], want) {
		t.Errorf("statements are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestSaid has what is around a statement be told apart from what is said.
func TestSaid(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Ada Stone told The Herald last month that the pier would be rebuilt.", "that the pier would be rebuilt|The Herald||"},
		{"LUND, March 7 (Press) - A tram burned out in the old town and two people were hurt, police said on Monday.",
			"A tram burned out in the old town and two people were hurt||2022-03-14|"},
		{"Falk called the vote “a farce” and asserted that the raid of 3 March had failed.", "the vote “a farce”|||that the raid of 3 March had failed|||"},
	} {
		a := &dateline.Article{Lang: "en", Published: "2022-03-15", Text: test.text}
		got := ""
		for _, s := range understand.Findings(a).Statements {
			got += s.Said(a) + "|" + strings.Join(s.To, ",") + "|" + string(s.On) + "|"
		}
		if got != test.want {
			t.Errorf("statements in %q are %q, want %q", test.text, got, test.want)
		}
	}
}

// TestRelative has "who" behind a person's name mean that person.
func TestRelative(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The vote was close. It was lost by Mayor Ana Duarte, who said that she would leave the town.", "Ana Duarte"},
		{"The vote was close. It was lost by a friend of Mayor Ana Duarte, who said that she would leave the town.", ""},
	} {
		list := understand.Findings(&dateline.Article{Lang: "en", Published: "2022-03-15", Text: test.text}).Statements
		if len(list) != 1 || list[0].Who != test.want {
			t.Errorf("statements in %q are %+v, want one of %q", test.text, list, test.want)
		}
	}
}
