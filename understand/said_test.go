package understand_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

// said returns the statements of a text, each as "who [polarity] to hearers: words".
// Its paragraphs that begin with "> " are block quotations.
func said(text string) (list []string) {
	a := &dateline.Article{Lang: "en", Published: "2022-03-15"}
	for p := range strings.SplitSeq(text, "\n\n") {
		if a.Text != "" {
			a.Text += "\n\n"
		}
		p, set := strings.CutPrefix(p, "> ")
		b := dateline.Block{Kind: dateline.Paragraph, Start: len(a.Text), End: len(a.Text) + len(p)}
		if set {
			b.Kind = dateline.Quotation
		}
		a.Text += p
		a.Blocks = append(a.Blocks, b)
	}
	for _, s := range understand.Findings(a).Statements {
		line := s.Name(a)
		if s.Polarity != "" {
			line += " [" + s.Polarity + "]"
		}
		if len(s.To) > 0 {
			line += " to " + strings.Join(s.To, ", ")
		}
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s: %s", line, strings.Trim(s.Said(a), ".,?”"))))
	}
	return list
}

// TestWhoSaidWhat holds statements of many kinds to who said them, and to what was said.
func TestWhoSaidWhat(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
		none       string // words that no statement has
	}{
		{name: "the reporter's next sentence", text: "Captain Jonas Ekering said the rudder had jammed. The Marenna is 80 metres long.",
			want: []string{"Jonas Ekering: the rudder had jammed"}, none: "80 metres"},
		{name: "the reporter's next sentence after a clause", text: "Ines Falk confirmed that two cranes were lost. The port opened in 1931 and has six berths.",
			want: []string{"Ines Falk: that two cranes were lost"}, none: "six berths"},
		{name: "a clause whose speaker ends the sentence", text: "On Tuesday evening the council gave half a million to the school, its treasurer Ada Lund said.",
			want: []string{"Ada Lund: On Tuesday evening the council gave half a million to the school"}},
		{name: "a name behind the verb that begins the clause", text: "Clara Weiss, the coach, said Lund had run “like a hare”.",
			want: []string{"Clara Weiss: Lund had run “like a hare"}},
		{name: "a nickname within a name", text: "Albert ‘Al’ Moor said the pub would open. Al said it would sell no gin.",
			want: []string{"Albert Moor: the pub would open", "Albert Moor: it would sell no gin"}},
		{name: "quotations signed with a short dash", text: "Visitors were asked what they thought of the toll at the bridge.\n\n“It will ruin us.” – Ada Stone, 34, baker\n\n“About time.” - Leo Berg, 61",
			want: []string{"Ada Stone: It will ruin us", "Leo Berg: About time"}},
		{name: "an interview whose introduction names one person", text: "The painter Ada Lund has lived on the island since 1990. Her house has no door.\n\nWhy did you come?\n\nI was bored. Somebody had to stay.\n\nWhat has changed?\n\nEverything. The ferry I came with is a café now.",
			want: []string{"Ada Lund: I was bored. Somebody had to stay", "Ada Lund: Everything. The ferry I came with is a café now"}},
		{name: "in the words of somebody with a role", text: "In the words of former coach Ada Lund, it was “a night to forget”.",
			want: []string{"Ada Lund: it was “a night to forget"}},
		{name: "slogans", text: "Protesters held banners reading “No dam here”. The crowd chanted “Out, out”.",
			want: []string{"Protesters: No dam here", "The crowd: Out, out"}},
		{name: "what is written on a thing is not said", text: "Divers found a crate marked “fragile”. The boat was sold.", none: "fragile"},
		{name: "a thing is not said", text: "The two sides agreed a truce. The couple argued over the bill.", none: "truce"},
		{name: "the reporter goes on behind a quotation", text: "“We will fight this,” said Ines Falk, whose family has farmed here since 1902. The road would cut the farm in two.",
			want: []string{"Ines Falk: We will fight this"}, none: "cut the farm"},
		{name: "a hearer with a role", text: "Captain Jonas Ekering told deputy Leo Bergh the crew was tired.",
			want: []string{"Jonas Ekering to Leo Bergh: the crew was tired"}},
		{name: "a clause that begins with a number", text: "Police chief Ada Lund said two men had been arrested. They were held in Weald.",
			want: []string{"Ada Lund: two men had been arrested"}},
		{name: "according to somebody, in two sentences", text: "According to the harbour master, Leo Berg, the boat sank on Monday. According to Ada Lund, the mine closes next week.",
			want: []string{"Leo Berg: the boat sank on Monday", "Ada Lund: the mine closes next week"}},
		{name: "claims that are rejected are denied", text: "Ada Lund rejected claims that she had lied to the board.",
			want: []string{"Ada Lund [denied]: that she had lied to the board"}},
		{name: "degrees are no speakers", text: "Leo Berg, M.D., Ph.D., said the air was safe.",
			want: []string{"Leo Berg: the air was safe"}},
		{name: "a day before the words", text: "Ines Falk said on Nov. 3 the pier was closed. Leo Berg said late on Tuesday the road was open.",
			want: []string{"Ines Falk: the pier was closed", "Leo Berg: the road was open"}},
		{name: "a hearer before the words", text: "Leo Berg told the committee the money was gone. Ada Lund told the Harbour Post she would resign.",
			want: []string{"Leo Berg to the committee: the money was gone", "Ada Lund to Harbour Post: she would resign"}},
		{name: "a medium before the words", text: "Ines Falk said in a letter to parents that the school would stay shut.",
			want: []string{"Ines Falk to parents: that the school would stay shut"}},
		{name: "told in a passive", text: "Tenants of Quay Street were told on Monday that they had to leave. Ada Lund was warned that the roof could fall.",
			want: []string{"to Tenants of Quay Street: that they had to leave", "to Ada Lund: that the roof could fall"}},
		{name: "an agent", text: "Leo Berg was told by Mayor Ines Falk that the money was gone.",
			want: []string{"Ines Falk to Leo Berg: that the money was gone"}},
		{name: "said to be", text: "Leo Berg is said to be abroad.", none: "Leo Berg"},
		{name: "a condition", text: "If Leo Berg says that he knew, the board must act. Unless Ada Lund admits that she lied, the case goes on.",
			want: []string{"Leo Berg [conditional]: that he knew", "Ada Lund [conditional]: that she lied"}, none: "the board must act"},
		{name: "never said", text: "Ines Falk did not say when the pier would open. Leo Berg refused to say who had paid. Ada Lund denied that she had lied.",
			want: []string{"Ines Falk [not said]: when the pier would open", "Leo Berg [refused]: who had paid", "Ada Lund [denied]: that she had lied"}},
		{name: "yet to be said", text: "Ines Falk will announce on Friday that the pier is to be sold.",
			want: []string{"Ines Falk [planned]: that the pier is to be sold"}},
		{name: "a block quotation", text: "Leo Berg wrote in an open letter:\n\n> I have paid back every cent. The board knows it.\n\nThe letter has four pages.",
			want: []string{"Leo Berg: I have paid back every cent. The board knows it"}},
		{name: "a block quotation with a name", text: "The book was praised by critics.\n\n> “I could not put it down.”\n\n> Ada Lund, novelist\n\nIt costs 20 euros.",
			want: []string{"Ada Lund: I could not put it down"}},
		{name: "names and colons", text: "What did people think?\n\nAda Lund, baker: “I will miss the old pier.”\n\nLeo Berg, pilot: “It was about time.”",
			want: []string{"Ada Lund: I will miss the old pier", "Leo Berg: It was about time"}},
		{name: "a name and a colon in the paragraph before", text: "Sales fell again.\n\nAnd from the head of the board, Ada Lund:\n\n“We have seen worse years than this one.”",
			want: []string{"Ada Lund: We have seen worse years than this one"}},
		{name: "somebody's verdict", text: "Leo Berg’s advice to the council: “Sell it.”", want: []string{"Leo Berg: Sell it"}},
		{name: "one verb", text: "Ines Falk called the result “a miracle”, Leo Berg “a disgrace” and Ada Lund “a surprise”.",
			want: []string{"Ines Falk: the result “a miracle", "Leo Berg: a disgrace", "Ada Lund: a surprise"}},
		{name: "the reporter's sentence after a hearer", text: "Leo Berg told the Post that he had sold his shares. They were worth 2 million euros.",
			want: []string{"Leo Berg to the Post: that he had sold his shares"}, none: "2 million"},
		{name: "a heading with its speaker behind a colon", text: "“Wage growth has slowed and the market is tight,” Ada Lund said.\n\n‘We can breathe a sigh of relief’: Nordia Bank\n\nThe figures came out on Friday.",
			want: []string{"Ada Lund: Wage growth has slowed and the market is tight", "Nordia Bank: We can breathe a sigh of relief"}},
		{name: "a greeting", text: "As we say goodbye, Leo Berg looks at the sea.", none: "goodbye"},
		{name: "in the words of, and more of who that is", text: "In the words of Ada Lund, who chairs the board, the year was “a slow disaster”.", want: []string{"Ada Lund: the year was “a slow disaster"}},
		{name: "nobody said", text: "Nobody at the club said the coach would leave.", want: []string{"Nobody at the club [not said]: the coach would leave"}},
		{name: "in the words of", text: "In the words of Ada Lund, “it was a long winter”.", want: []string{"Ada Lund: it was a long winter"}},
		{name: "according to", text: "According to Leo Berg, the crane fell on Monday.", want: []string{"Leo Berg: the crane fell on Monday"}},
		{name: "questions alone in their paragraphs", text: "Ines Falk, the mayor, spoke to the Post about the storm.\n\nWhere were you?\n\nAt home. I heard the roof go.\n\nWho called you?\n\nMy brother did.",
			want: []string{"Ines Falk: At home. I heard the roof go", "Ines Falk: My brother did"}},
		{name: "Q and A", text: "Pilot Leo Berg answered our questions.\n\nQ: Was the fog thick?\n\nA: It was the worst I have seen.\n\nQ: Will you sail again?\n\nA: Tomorrow, if they let me.",
			want: []string{"Leo Berg: It was the worst I have seen", "Leo Berg: Tomorrow, if they let me"}},
		{name: "turns", text: "“Were you there?” Leo Berg asked. “No,” Ines Falk said. “Not even for a day?” “Never.”",
			want: []string{"Leo Berg: Were you there", "Ines Falk: No"}},
		{name: "a name in an apposition that no model knows", text: "“It is over,” her coach, Bo Tveit, said. Tveit said he was going home.",
			want: []string{"Bo Tveit: It is over", "Bo Tveit: he was going home"}},
		{name: "what a speaker then does", text: "“Milk is money now,” Ines Falk says, and wipes her hands.",
			want: []string{"Ines Falk: Milk is money now"}, none: "wipes"},
		{name: "a month or a year before the words", text: "Ines Falk said last month the dam was sound. Leo Berg said in 2018 the ferry would sink.",
			want: []string{"Ines Falk: the dam was sound", "Leo Berg: the ferry would sink"}},
		{name: "a sentence that according to interrupts", text: "The quarry, according to Leo Berg of the mine board, had been flooded for years.",
			want: []string{"Leo Berg: The quarry had been flooded for years"}},
		{name: "a clause of which the model took the subject", text: "Ines Falk admitted the tunnel was late but insisted it would open.",
			want: []string{"Ines Falk: the tunnel was late", "Ines Falk: it would open"}},
		{name: "described by", text: "The bridge was described by Ines Falk as “a poem in steel”. It cost nine million.",
			want: []string{"Ines Falk: a poem in steel"}},
		{name: "claimed by", text: "It was claimed by Leo Berg that the mine was dry.", want: []string{"Leo Berg: that the mine was dry"}},
		{name: "to somebody, and for somebody with a role", text: "To Ada Lund, the medal is “a burden”. For the captain, Leo Berg, it was “a gift from the sea”.",
			want: []string{"Ada Lund: a burden", "Leo Berg: a gift from the sea"}},
		{name: "to quote somebody", text: "The harbour is, to quote Ines Falk, “a puddle”. In the words of her deputy, Leo Berg, the pier is “a joke”.",
			want: []string{"Ines Falk: a puddle", "Leo Berg: the pier is “a joke"}},
		{name: "and somebody?", text: "Leo Berg’s answer: “Never.” And Ada Lund? “No comment.”", want: []string{"Leo Berg: Never", "Ada Lund: No comment"}},
		{name: "brackets and dashes behind names", text: "We asked four sailors.\n\nAda Lund (44), cook: “Only in summer.”\n\nLeo Berg, from Weald – “Not with me.”",
			want: []string{"Ada Lund: Only in summer", "Leo Berg: Not with me"}},
		{name: "names above quotations", text: "What do sailors make of the new pier?\n\nAda Lund, Weald “Too short for my boat.”\n\nLeo Berg, cook “I fell off twice.”",
			want: []string{"Ada Lund: Too short for my boat", "Leo Berg: I fell off twice"}},
		{name: "this, from somebody", text: "This, from skipper Leo Berg after the race:\n\n“Next year we will walk, it is faster.”", want: []string{"Leo Berg: Next year we will walk, it is faster"}},
		{name: "an interview whose introduction has a verb in the past", text: "Sailor Ada Lund won her tenth race on Sunday. We met her at the pier.\n\nDoes it still hurt?\n\nOnly when I sleep. My knee is steel.\n\nAnd the next race?\n\nI will be there. Ask me in May.",
			want: []string{"Ada Lund: Only when I sleep. My knee is steel", "Ada Lund: I will be there. Ask me in May"}},
		{name: "a nationality", text: "Ada Lund won by a second on Sunday. “I saw nothing but foam,” the Norwegian said.", want: []string{"Ada Lund: I saw nothing but foam"}},
		{name: "the younger", text: "Otto Falk Sr. built boats until Otto Falk Jr. took over. “He taught me,” the younger Falk said.", want: []string{"Otto Falk Jr.: He taught me"}},
		{name: "what somebody came as", text: "Clara Weiss came to the island in 2009 as a student.\n\nThe ward has 20 beds.\n\nNurses slept on the floor.\n\nThe heating broke.\n\n“Nobody complained,” she says.",
			want: []string{"Clara Weiss: Nobody complained"}},
		{name: "according to a role and a name", text: "According to his deputy, Ines Falk, a third boat was found.", want: []string{"Ines Falk: a third boat was found"}},
		{name: "read out", text: "The clerk, Tom Ray, read out a message that Leo Berg had sent: “Sink it.”", want: []string{"Leo Berg: Sink it"}},
	} {
		got := said(test.text)
		for _, want := range test.want {
			if !slices.ContainsFunc(got, func(s string) bool { return s == want }) {
				t.Errorf("%s: in %q found\n%s\nwant %s", test.name, test.text, strings.Join(got, "\n"), want)
			}
		}
		if test.none != "" && strings.Contains(strings.Join(got, "\n"), test.none) {
			t.Errorf("%s: in %q found %q, want nobody to say %q", test.name, test.text, got, test.none)
		}
	}
}
