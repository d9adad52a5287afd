package entity_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"dateline"
	"dateline/internal/golden"
	"dateline/understand/entity"
	"dateline/understand/token"
)

func find(text, lang string) *entity.Names {
	t := &token.Text{}
	t.Read(text, lang)
	return entity.Find(t, lang)
}

// printed prints mentions, one a line.
func printed(mentions []dateline.Mention) []byte {
	var b bytes.Buffer
	for _, m := range mentions {
		fmt.Fprintf(&b, "%s %s", m.Kind, m.Text)
		if m.Entity != m.Text {
			fmt.Fprintf(&b, " = %s", m.Entity)
		}
		if m.Role != nil {
			fmt.Fprintf(&b, " (%s; %s)", m.Role.Text, m.Role.Rule)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func TestGoldenNames(t *testing.T) {
	f := golden.Read(t, "testdata/names.txtar")
	for _, name := range []string{"letter", "ferry", "firm"} {
		text := string(f.Section(name + ".txt"))
		names := find(text, "en")
		if err := (&dateline.Findings{Mentions: names.Mentions}).Check(&dateline.Article{Text: text}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.Check(t, name+".want", printed(names.Mentions))
	}
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"It rained all day.", ""},
		// people
		{"Senator Joan Halloran said no. Halloran left. Joan Halloran wrote on.", "Joan Halloran; Halloran = Joan Halloran; Joan Halloran"},
		{"Mr. Peter Halloran met Mrs. Joan Halloran. Mr. Halloran spoke to Mrs. Halloran.", "Peter Halloran; Joan Halloran; Halloran = Peter Halloran; Halloran = Joan Halloran"},
		{"Peter Halloran met Paul Halloran in Rome. Halloran left.", "Peter Halloran; Paul Halloran; Rome; Halloran"},
		{"Peter H. W. Halloran came. Later Peter W. Halloran left.", "Peter H. W. Halloran; Peter W. Halloran"},
		{"Ichiko Halloran came. Later Halloran Ichiko left.", "Ichiko Halloran; Halloran Ichiko = Ichiko Halloran"},
		{"J. K. Moreno wrote it. John Moreno agreed.", "J. K. Moreno; John Moreno = J. K. Moreno"},
		{"The bronze went to Uzbek Peter Halloran and Colonel Ana Duarte on Monday.", "Peter Halloran; Ana Duarte"},
		// organisations and places
		{"PARIS (Wire) - It rained in Paris.", "PARIS = Paris; Paris"},
		{"The EU foreign policy chief Ana Duarte left. EU Foreign Policy chief Ana Duarte came back.", "EU; Ana Duarte; EU; Ana Duarte"},
		{"The Korean People's Army (KPA) fired. The KPA denied it.", "Korean People's Army; KPA = Korean People's Army; KPA = Korean People's Army"},
		{"On Monday shares of Zorbado.com Inc. and of Harbour, Hunt & Co. fell.", "Zorbado.com Inc; Harbour; Hunt & Co"},
		{"On Monday Uruguay's Fleet Command met in Kenya.", "Uruguay; Fleet Command; Kenya"},
		{"The Enforcement Directorate (ED) met on Monday. Later ED officers left, and ED has filed it.", "Enforcement Directorate; ED = Enforcement Directorate; ED = Enforcement Directorate; ED = Enforcement Directorate"},
		{"HALLORAN RECALLED BY ENGLAND\n\nOn Monday coach Rui Costa said that he had recalled Tom Halloran.", "HALLORAN = Tom Halloran; ENGLAND; Rui Costa; Tom Halloran"},
		{"Ana Duarte Slams Peter Over Tax Plan\n\nOn Monday Ana Duarte spoke to reporters.", "Ana Duarte; Ana Duarte"},
		{"RUGBY - HALLORAN RECALLED BY ENGLAND\n\nOn Monday coach Rui Costa said that he had recalled Tom Halloran.", "HALLORAN = Tom Halloran; ENGLAND; Rui Costa; Tom Halloran"},
		{"The United States and Japan signed. The U.S. Senate waits. In the US, many doubt it.", "United States; Japan; U.S. Senate; US = United States"},
	} {
		var got []string
		for _, m := range find(test.text, "en").Mentions {
			s := m.Text
			if m.Entity != m.Text {
				s += " = " + m.Entity
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("names in %q are %q, want %q", test.text, s, test.want)
		}
	}
}

// TestTeams has towns that play in reports of sports be organisations there.
func TestTeams(t *testing.T) {
	const match = "The match was the last of the season. The coach praised the striker for his goals after the victory. "
	for _, test := range []struct{ text, want string }{
		{match + "Boston beat Chicago 2-1 in Denver.", "org Boston; org Chicago; place Denver"},
		{match + "Leeds striker Rui Costa scored against rivals Kent, Derby and Surrey.", "org Leeds; person Rui Costa; org Kent; org Derby; org Surrey"},
		{match + "Boston beat Chicago on Monday. Nobody slept in Boston.", "org Boston; org Chicago; place Boston"},
		{match + "Norway beat France on Monday.", "place Norway; place France"},
		{"The company said that it beat rivals in Chicago and in Boston.", "place Chicago; place Boston"},
	} {
		var got []string
		for _, m := range find(test.text, "en").Mentions {
			got = append(got, m.Kind+" "+m.Text)
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("names in %q are %q, want %q", test.text, s, test.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	const german = "Der Kanzler hat am Montag in Berlin mit Peter Müller gesprochen. Die Opposition war nicht dabei."
	const english = "The chancellor spoke to Peter Miller in Berlin on Monday. The opposition was not there, and he knew it."
	for _, test := range []struct {
		text, lang string
		want       bool
	}{
		{english, "en", true}, {english, "en-GB", true}, {english, "", true}, {english, "eng-x", false},
		{german, "de", true}, {german, "de-AT", true}, {german, "", false}, {german, "fi", false},
	} {
		if got := len(find(test.text, test.lang).Mentions) > 0; got != test.want {
			t.Errorf("in language %q, names are found in %q: %v", test.lang, test.text, got)
		}
	}
}

func TestRole(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"On Monday EU foreign policy chief Josep Borrell answered.", "EU foreign policy chief"},
		{"On Monday EU fisheries envoy Ana Duarte answered.", "EU fisheries envoy"},
		{"Yesterday Rob Siegel, a former editor-in-chief of the paper, agreed.", "former editor-in-chief of the paper"},
		{"Yesterday Maria Santos, 48, president of the Chamber of Commerce, resigned.", "president of the Chamber of Commerce"},
		{"Secretary of State Antony Miller arrived in Oslo.", "Secretary of State"},
		{"His younger brother Alfred Nolan was there.", ""},
		{"They met former Pennsylvania Senator Rick Dolan in Ohio.", "former Pennsylvania Senator"},
		{"Yesterday Rick Miller, Ohio's first governor, resigned.", "Ohio's first governor"},
		{"Rick Miller, you are a good friend.", ""},
		{"Its chief executive, Rick Miller, resigned.", "chief executive"},
		{"His brother, Rick Miller, resigned.", ""},
		{"She left with his mother, Rick Miller said.", ""},
		{"Dean Acheson was there with Mr. Miller.", ""},
		{"He spoke by telephone with Norvany’s foreign minister, Tomas Aldren, on Monday.", "foreign minister"},
		{"Mr. Dolan left after Rick Miller came.", ""},
		{"She spoke to Rick Miller, Paul Dolan and Anna Price.", ""},
		{"Rick Miller, urged by the board, resigned.", ""},
	} {
		got := ""
		for _, m := range find(test.text, "en").Mentions {
			if m.Role != nil {
				got += m.Role.Text
			}
		}
		if got != test.want {
			t.Errorf("role in %q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestWho(t *testing.T) {
	for _, test := range []struct{ text, words, want string }{
		{"EU foreign policy chief Josep Borrell answered. \"Yes,\" Borrell wrote.", "Borrell", "Josep Borrell (EU foreign policy chief)"},
		{"EU foreign policy chief Josep Borrell has answered. The EU foreign policy chief wrote a letter.", "The EU foreign policy chief", "Josep Borrell (EU foreign policy chief)"},
		{"Foreign Minister Ana Duarte met Trade Minister Rui Costa. The minister was pleased.", "The minister", ""},
		{"Josep Borrell spoke on Monday. A spokesman for Borrell denied it.", "A spokesman for Borrell", ""},
		{"Josep Borrell spoke on Monday. Borrell's lawyer denied it.", "Borrell's lawyer", ""},
		{"Josep Borrell spoke on Monday. The Borrell team denied it.", "The Borrell team", ""},
		{"Josep Borrell spoke on Monday. Borrell spokesman Peter Miller denied it.", "Borrell spokesman Peter Miller", "Peter Miller (spokesman)"},
		{"Josep Borrell spoke on Monday. Residents of Paris, Berlin and Borrell denied it.", "Residents of Paris, Berlin and Borrell", ""},
		{"Josep Borrell spoke on Monday. His friends, including Borrell, denied it.", "His friends, including Borrell", ""},
		{"Crooked Ana Duarte lost. Ana Duarte denied it.", "Ana Duarte", "Ana Duarte"},
		{"Peter M. Grant wrote it. Peter Miller denied it.", "Peter Miller", "Peter Miller"},
		{"Josep Borrell spoke on Monday. Borrell, who had waited, denied it.", "Borrell, who had waited,", "Josep Borrell"},
		{"Josep Borrell answered the letter on Monday. He told reporters so.", "He", "Josep Borrell"},
		{"Josep Borrell met Peter Miller on Monday. He told reporters so.", "He", ""},
		{"Mrs. Ana Duarte met Peter Miller on Monday. She told reporters so.", "She", "Ana Duarte"},
		{"The Interior Ministry denied it. The ministry said so in a letter.", "The ministry", "Interior Ministry"},
		{"It denied it. The ministry said so.", "The ministry", ""},
		{"UN officials denied it on Monday in Geneva.", "UN officials", ""},
	} {
		names := find(test.text, "en")
		at := strings.LastIndex(test.text, test.words)
		got := ""
		if r, ok := names.Who(at, at+len(test.words)); ok {
			got = r.Name
			if r.Role != "" {
				got += " (" + r.Role + ")"
			}
		}
		if got != test.want {
			t.Errorf("%q in %q is %q, want %q", test.words, test.text, got, test.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	g := golden.Read(f, "testdata/names.txtar")
	for _, name := range []string{"letter", "ferry", "firm"} {
		f.Add(string(g.Section(name+".txt")), 10, 30)
	}
	f.Add("McX-y \xff Al-\u2028É. (A) A's", 0, 5)
	f.Add("Präsident Peter von der Aue-B AG's, die Frau Müller-", 0, 30)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		for _, lang := range []string{"en", "de"} {
			fuzzFind(t, text, lang, start, end)
		}
	})
}

func fuzzFind(t *testing.T, text, lang string, start, end int) {
	names := find(text, lang)
	for _, list := range [][]dateline.Mention{names.Mentions, names.Asides} {
		if err := (&dateline.Findings{Mentions: list}).Check(&dateline.Article{Text: text}); err != nil {
			t.Error(err)
		}
	}
	last := 0
	for _, m := range names.Mentions {
		if m.Start < last || m.Entity == "" {
			t.Errorf("mention %+v after one that ends at %d", m, last)
		}
		last = m.End
	}
	if r, ok := names.Who(start, end); ok {
		later, again := names.Resume(r, end, end, end+2)
		if r.Name == "" || again && later.Name == "" {
			t.Error("somebody without a name")
		}
	}
	if !reflect.DeepEqual(names.Mentions, find(text, lang).Mentions) {
		t.Error("found twice, names differ")
	}
}

func BenchmarkFind(b *testing.B) {
	g := golden.Read(b, "testdata/names.txtar")
	text := ""
	for _, name := range []string{"letter", "ferry", "firm"} {
		text += string(g.Section(name+".txt")) + "\n\n"
	}
	var t token.Text
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		t.Read(text, "en")
		entity.Find(&t, "en")
	}
}

// TestNamesakes tells people from what is called like them.
func TestNamesakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Storm Bettina hit the coast. Tropical Storm Ana sank the ferry Clara Rosa; Bettina had spared it.", ""},
		{"Paul Grant LLP met Hugh Marlow plc on Friday.", "org Paul Grant LLP, org Hugh Marlow plc"},
		{"Vidal Ortega Ltd and Lund Kerr LLP joined the suit.", "org Vidal Ortega Ltd, org Lund Kerr LLP"},
		{"Target closed 30 shops. Meta’s shares fell. The Amazon is long.", "org Target, org Meta, place Amazon"},
		{"Charles Schwab cut 300 jobs.", "org Charles Schwab"},
		{"Alice Price, the minister, and her deputy met on Thursday. Price rises were the topic. Price left early.", "person Alice Price, person Price"},
		{"Norton lost 2-0 at home to Weston on Saturday. Norton have not won since May, and Weston lead the league; their striker is hurt.", "org Norton, org Weston, org Norton, org Weston"},
		{"Georgia Flint, the captain, said it was late.", "person Georgia Flint"},
		{"Hurricanes Irma and Maria hit the coast.", ""},
		{"Thomas Weisel Partners bought Walter Finch & Sons on Monday.", "org Thomas Weisel Partners, org Walter Finch & Sons"},
		{"Robert \"Bo-Bo\" Tolliver lost the fight.", "person Robert \"Bo-Bo\" Tolliver"},
		{"Willem ten Cate left the room.", "person Willem ten Cate"},
	} {
		var got []string
		for _, m := range find(test.text, "en").Mentions {
			got = append(got, m.Kind+" "+m.Text)
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("names in %q are %q, want %q", test.text, s, test.want)
		}
	}
}
