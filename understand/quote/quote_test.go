package quote_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline"
	"dateline/understand/quote"
	"dateline/understand/token"
)

// shown returns statements in a line each: kind, speaker, cue, content and
// what else is known.
func shown(text, lang string) string {
	var cut token.Text
	cut.Read(text, lang)
	words := func(spans []dateline.Span) string {
		var all []string
		for _, sp := range spans {
			all = append(all, text[sp.Start:sp.End])
		}
		return strings.Join(all, " … ")
	}
	var b strings.Builder
	for _, s := range quote.Find(&cut, lang) {
		fmt.Fprintf(&b, "%s [%s] <%s> {%s}", s.Kind, words(s.Speaker), words(s.Cue), words(s.Content))
		for _, d := range [][2]string{{"medium", s.Medium}, {"to", words(s.Addressees)}, {"via", words(s.Sources)}, {"hedge", s.Hedge}} {
			if d[1] != "" {
				fmt.Fprintf(&b, " %s=%s", d[0], d[1])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"The wind fell on Sunday.", ""},
		{"“We will rebuild the pier,” Mayor Ines Falk said.",
			"direct [Mayor Ines Falk] <said> {We will rebuild the pier}"},
		{"\"We are not going,\" she said. \"Never again!\"",
			"direct [she] <said> {We are not going … Never again!}"},
		{"Falk told reporters that the pier would be rebuilt.",
			"indirect [Falk] <told> {that the pier would be rebuilt} to=reporters"},
		{"The mayor said the plan was “a joke” and would fail.",
			"mixed [The mayor] <said> {the plan was “a joke” and would fail}"},
		{"The mayor said that the plan was “a joke.”",
			"mixed [The mayor] <said> {that the plan was “a joke.”}"},
		{"“Prices will rise,” Falk told the BBC.",
			"direct [Falk] <told> {Prices will rise} to=the BBC via=the BBC"},
		{"The talks will resume in May, according to Reuters.",
			"indirect [Reuters] <according to> {The talks will resume in May} via=Reuters"},
		{"“We are ready,” the minister tweeted.",
			"direct [the minister] <tweeted> {We are ready} medium=tweet"},
		{"In an interview with Le Monde, Falk said that she would resign.",
			"indirect [Falk] <said> {that she would resign} medium=interview to=Le Monde via=Le Monde"},
		{"“We regret the delay,” the company said in a statement.",
			"direct [the company] <said in a statement> {We regret the delay} medium=statement"},
		{"LUND (Press) - Trade minister Leo Falk said on Thursday that he has answered the letter regarding...",
			"indirect [Trade minister Leo Falk] <said> {that he has answered the letter regarding}"},
		{"“We will stay open all winter,” said Falk, who runs the ferry, before turning to the question of fares.",
			"direct [Falk, who runs the ferry] <said> {We will stay open all winter}"},
		{"Falk called the plan “a gift to the banks,” and the council voted it down on Monday.",
			"mixed [Falk] <called> {the plan “a gift to the banks,”}"},
		{"According to Falk, “the pier was never safe.”",
			"direct [Falk] <According to> {the pier was never safe.}"},
		{"The fund was lost, the Reuters news agency said.",
			"indirect [the Reuters news agency] <said> {The fund was lost} via=the Reuters news agency"},
		{"A Reuters investigation in May said the pumps had failed.",
			"indirect [A Reuters investigation in May] <said> {the pumps had failed}"},
		{"The minister told CNN’s Ada Stone that the talks would go on.",
			"indirect [The minister] <told> {that the talks would go on} to=CNN via=CNN"},
		{"The minister told Lund’s deputy mayor that the talks would go on.",
			"indirect [The minister] <told> {that the talks would go on} to=Lund’s deputy mayor"},
		{"Falk says she liked the mayor’s patience in what she calls a “long winter of letters.”",
			"mixed [Falk] <says> {she liked the mayor’s patience in what she calls a “long winter of letters.”}"},
		{"Falk said that the council had wasted the money on what Stone called “a bridge to nowhere.”",
			"mixed [Falk] <said> {that the council had wasted the money on what Stone called “a bridge to nowhere.”}"},
		{"The report said the bridge was unsafe.",
			"indirect [The report] <said> {the bridge was unsafe} medium=report"},
	} {
		if got := strings.TrimSuffix(shown(c.text, "en"), "\n"); got != c.want {
			t.Errorf("statements of %q are\n\t%s, want\n\t%s", c.text, got, c.want)
		}
	}
}

// TestMarks holds quotations together whatever marks they stand in.
func TestMarks(t *testing.T) {
	const said = "The harbour will stay closed until Friday"
	for _, c := range []struct{ text, want string }{
		{`"` + said + `," Falk said.`, said},
		{"“" + said + ",” Falk said.", said},
		{"''" + said + ",'' Falk said.", said},
		{"``" + said + ",'' Falk said.", said},
		{"‘" + said + ",’ Falk said.", said},
		{"«" + said + ",» Falk said.", said},
		{"“" + said + ".\n\n“We are sorry,” Falk said.", said + ". … We are sorry"},
		{"“" + said + ", ‘whatever the cost’,” Falk said.", said + ", ‘whatever the cost’"},
	} {
		got := shown(c.text, "en")
		if want := "direct [Falk] <said> {" + c.want + "}\n"; got != want {
			t.Errorf("statements of %q are\n\t%s, want\n\t%s", c.text, got, want)
		}
	}
}

// TestSpeakers finds speakers that are long or far from the cue.
func TestSpeakers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ada Stone, who has led the bank since 2009, said that rates would rise.", "Ada Stone"},
		{"Leo Falk, the head of the committee for fisheries, vowed to resign.", "Leo Falk"},
		{"“It was a long night,” said the captain of the ferry, who has sailed for 30 years.", "the captain of the ferry"},
		{"A judge in Lund has rejected the request.", "A judge in Lund"},
		{"Oslo has replied by insisting that it will not pay.", "Oslo"},
		{"The council said it wanted a new vote, to which Oslo has replied by insisting it will not pay anyone to do the work.", "The councilOslo"},
		{"Falk rejected the plan and called it “a gift to the banks.”", "FalkFalk"},
		{"The pier was closed for the winter, the harbour board reported.", "the harbour board"},
	} {
		var cut token.Text
		cut.Read(c.text, "en")
		got := ""
		for _, s := range quote.Find(&cut, "en") {
			if len(s.Speaker) > 0 {
				got += c.text[s.Speaker[0].Start:s.Speaker[0].End]
			}
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("speakers of %q are %q, want %q and perhaps more of it", c.text, got, c.want)
		}
	}
}

// TestForms finds what the layout tells.
func TestForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"STONE: When did you meet him?\n\nFALK: I never met the man.\n\nSTONE: He says you did.\n\nFALK: He is wrong.",
			"indirect [STONE] <:> {When did you meet him}\nindirect [FALK] <:> {I never met the man}\n" +
				"indirect [STONE] <:> {He says you did}\nindirect [FALK] <:> {He is wrong}\n"},
		{"\"STONE: When did you meet him?\n\n\"FALK: I never met the man.\n\n\"STONE: He says you did.\n\n\"FALK: He is wrong.\"",
			"direct [STONE] <:> {When did you meet him?}\ndirect [FALK] <:> {I never met the man.}\n" +
				"direct [STONE] <:> {He says you did.}\ndirect [FALK] <:> {He is wrong.}\n"},
		{"Monday: The pier is closed all day.\n\nTuesday: The pier is open again.\n\nFriday: The pier is closed at noon.", ""},
		{"“The pier is old.” — Ines Falk\n“We shall all miss it this winter.” — Leo van der Berg.\n\nThe pier was closed.",
			"direct [Ines Falk] <—> {The pier is old.}\ndirect [Leo van der Berg] <—> {We shall all miss it this winter.}\n"},
		{"“The pier is old.” — Ines Falk\n“We shall all miss it this winter.”",
			"direct [Ines Falk] <—> {The pier is old.}\n"},
		{"“The pier should have been rebuilt long ago.” — Ines Falk, Lund\n\n“We shall all miss the old pier.” — Leo van der Berg",
			"direct [Ines Falk] <—> {The pier should have been rebuilt long ago.}\ndirect [Leo van der Berg] <—> {We shall all miss the old pier.}\n"},
	} {
		if got := shown(c.text, "en"); got != c.want {
			t.Errorf("statements of %q are\n%swant\n%s", c.text, got, c.want)
		}
	}
}

func TestFindOtherLanguages(t *testing.T) {
	if got := shown("“We will rebuild the pier,” Mayor Ines Falk said.", "ja"); got != "" {
		t.Errorf("statements of a text in Japanese: %s", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("“No,” he said. “Never.”\n\n“Why”, she asked, according to Reuters. 'tis ‘so’ \"odd", "en")
	f.Add("„Ja“, sagte er. »Nein«, schrieb sie in einem Brief.", "de")
	f.Fuzz(func(t *testing.T, text, lang string) {
		var cut token.Text
		cut.Read(text, lang)
		for _, s := range quote.Find(&cut, lang) {
			if len(s.Content) == 0 || s.Kind == "" || s.Rule == "" {
				t.Fatalf("%q: incomplete statement %+v", text, s)
			}
			for _, spans := range [][]dateline.Span{s.Content, s.Cue, s.Speaker, s.Addressees, s.Sources, {s.Sentence}} {
				for _, sp := range spans {
					if sp.Start < 0 || sp.End <= sp.Start || sp.End > len(text) {
						t.Fatalf("%q: span %v", text, sp)
					}
					if utf8.ValidString(text) && (!utf8.RuneStart(text[sp.Start]) || sp.End < len(text) && !utf8.RuneStart(text[sp.End])) {
						t.Fatalf("%q: span %v cuts a character", text, sp)
					}
				}
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("“We answered,” Mr. Duarte wrote on Monday in a letter to the envoy. The ministry’s reply, which came late, "+
		"said that the talks would go on.\n\nFour boats sank at their moorings, and the lighthouse lost its lamp.\n\n", 100)
	var cut token.Text
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		cut.Read(text, "en")
		quote.Find(&cut, "en")
	}
}
