package entity_test

import (
	"strings"
	"testing"

	"dateline"
)

func TestGerman(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Es regnete den ganzen Tag.", ""},
		{"Außenministerin Anna Weber traf Peter Lindner. Weber lobte Lindners Rede.", "person Anna Weber (Außenministerin); person Peter Lindner; person Weber = Anna Weber; person Lindners = Peter Lindner"},
		{"Der norwegische Minister Thorgar Wexlund (SPD) kam, Wexlund ging.", "person Thorgar Wexlund (norwegische Minister); org SPD; person Wexlund = Thorgar Wexlund"},
		{"Maria von der Aue sprach. Von der Aue kam aus Köln.", "person Maria von der Aue; person Von der Aue = Maria von der Aue; place Köln"},
		{"Peter Lindner, der Vorsitzende des Vereins, schwieg.", "person Peter Lindner (Vorsitzende des Vereins)"},
		{"Die Sprecherin des Ministeriums, Anna Weber, schwieg.", "person Anna Weber (Sprecherin des Ministeriums)"},
		{"Hamburgs Bürgermeister Peter Lindner und die Europäische Union sind in Frankreichs Hauptstadt.", "place Hamburgs = Hamburg; person Peter Lindner (Bürgermeister); org Europäische Union; place Frankreichs = Frankreich"},
		{"Die Halden Motoren AG verkaufte die Konrad-Adenauer-Stiftung.", "org Halden Motoren AG"},
		{"Er zog aus Grenoble nach Lille, nicht in Freude.", "place Grenoble; place Lille"},
		// German nouns are no names
		{"Der Koch sprach mit Dennis Koch. Der Koch ging, Koch blieb.", "person Dennis Koch; person Koch = Dennis Koch"},
		{"Am Montag im August kam der Tod in die Lage. Präsident Frankreichs ist er nicht.", "place Frankreichs = Frankreich"},
		{"Die Merkel-Regierung und Angela Merkel.", "person Angela Merkel"},
	} {
		names := find(test.text, "de")
		got := strings.Split(strings.TrimSpace(strings.NewReplacer("; entity/role-before", "", "; entity/role-after", "", "; entity/role-prior", "").Replace(string(printed(names.Mentions)))), "\n")
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("names in %q are %q, want %q", test.text, s, test.want)
		}
		if err := (&dateline.Findings{Mentions: names.Mentions}).Check(&dateline.Article{Text: test.text}); err != nil {
			t.Error(err)
		}
	}
}

func TestGermanWho(t *testing.T) {
	const met = "Außenministerin Anna Weber traf am Montag den Kanzler. "
	for _, test := range []struct{ text, words, want string }{
		{met + "Weber war zufrieden.", "Weber", "Anna Weber (Außenministerin)"},
		{met + "Die Außenministerin war zufrieden.", "Die Außenministerin", "Anna Weber (Außenministerin)"},
		{met + "Die Ministerin war zufrieden.", "Die Ministerin", "Anna Weber (Außenministerin)"},
		{met + "Finanzministerin Eva Brandt kam. Die Ministerin war zufrieden.", "Die Ministerin", ""},
		{"Der ehemalige Kanzler Peter Lindner kam. Der Kanzler war zufrieden.", "Der Kanzler", ""},
		{met + "Ein Sprecher von Weber war zufrieden.", "Ein Sprecher von Weber", ""},
		{met + "Nach Angaben von Weber regnet es.", "Angaben von Weber", "Anna Weber (Außenministerin)"},
		{met + "Sie war zufrieden.", "Sie", ""},
		{"Peter Lindner schwieg am Montag. Er war zufrieden.", "Er", "Peter Lindner"},
		{met + "Die Sprecherin des Ministeriums, Eva Brandt, war zufrieden.", "Die Sprecherin des Ministeriums, Eva Brandt", "Eva Brandt (Sprecherin des Ministeriums)"},
		{met + "Anna Weber und Peter Lindner waren zufrieden.", "Anna Weber und Peter Lindner", ""},
		{met + "Die Verteidiger Lindners waren zufrieden. Peter Lindner nicht.", "Die Verteidiger Lindners", ""},
	} {
		start := strings.LastIndex(test.text, test.words)
		got := ""
		if who, ok := find(test.text, "de").Who(start, start+len(test.words)); ok {
			got = who.Name
			if who.Role != "" {
				got += " (" + who.Role + ")"
			}
		}
		if got != test.want {
			t.Errorf("in %q, %q means %q, want %q", test.text, test.words, got, test.want)
		}
	}
}
