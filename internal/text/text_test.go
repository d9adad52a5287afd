package text_test

import (
	"strings"
	"testing"

	"dateline/internal/text"
)

func TestEndsAt(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"He left. She stayed.\nThen it rained", "He left.|She stayed.|Then it rained"},
		{"Mr. Doe met J. Roe of the U.S. Senate on Jan. 28. They spoke.", "Mr. Doe met J. Roe of the U.S. Senate on Jan. 28. They spoke."},
		{"She works for Acme Inc. The firm said so. It is in the U.S. The rest is not.", "She works for Acme Inc.|The firm said so.|It is in the U.S.|The rest is not."},
		{"„Am 28. Januar kam Hr. Roth.“ Dann ging er, bzw. Sie.", "„Am 28. Januar kam Hr. Roth.“|Dann ging er, bzw. Sie."},
		{"Dhr. De Vries sprak met mevr. Bakker. Daarna sprak drs. Ten Have, o.a. over geld.", "Dhr. De Vries sprak met mevr. Bakker.|Daarna sprak drs. Ten Have, o.a. over geld."},
		{"“Why?” he asked. (“Why not?”) What now… Nothing", "“Why?” he asked.|(“Why not?”)|What now…|Nothing"},
		{"首相は述べた。会議は終わった。", "首相は述べた。|会議は終わった。"},
		{"Modern lic. Then no. 5, no. Then", "Modern lic.|Then no. 5, no.|Then"},
	} {
		var parts []string
		from := 0
		for i := range test.text {
			end := i + len(string([]rune(test.text[i:])[0]))
			if text.EndsAt(test.text, end-1) {
				parts = append(parts, strings.TrimSpace(test.text[from:end]))
				from = end
			}
		}
		if rest := strings.TrimSpace(test.text[from:]); rest != "" {
			parts = append(parts, rest)
		}
		if got := strings.Join(parts, "|"); got != test.want {
			t.Errorf("sentences of %q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestEnds(t *testing.T) {
	for s, want := range map[string]bool{
		"It rained.": true, "It rained": false, "“It rained.”": true, "Did it?) ": true, "These:": true, "first;": true, "雨が降った。": true,
		"वर्षा हुई।": true, "هل ذهب؟": true, "": false, "”": false, "Advertisement": false,
	} {
		if got := text.Ends(s); got != want {
			t.Errorf("Ends(%q) = %t, want %t", s, got, want)
		}
	}
}

// TestAbbreviationOf has words that are abbreviations anywhere, with a capital
// only, before a number only, and none.
func TestAbbreviationOf(t *testing.T) {
	for word, want := range map[string]text.Abbreviation{
		"Mr": text.Title, "mr": text.Title, "Gen": text.Title, "Inc": text.Short, "inc": text.Short, "Mass": text.Short | text.Numbered, "mass": text.Numbered, "ул": text.Title | text.Uncut,
		"no": text.Numbered, "No": text.Short | text.Numbered, "lic": 0, "Lic": text.Title | text.Uncut, "mevr": text.Title, "u.s": text.Short, "U.S": text.Short, "day": 0, "": 0,
	} {
		if got := text.AbbreviationOf(word); got != want {
			t.Errorf("AbbreviationOf(%q) = %b, want %b", word, got, want)
		}
	}
}

// TestHash folds case and apostrophes, and nothing else.
func TestHash(t *testing.T) {
	for _, same := range [][2]string{{"Émile", "éMILE"}, {"don't", "DON’T"}, {"Straße", "straße"}, {"МОСКВА", "москва"}} {
		if text.Hash(same[0]) != text.Hash(same[1]) {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"Emile", "Émile"}, {"dont", "don't"}, {"a", "b"}} {
		if text.Hash(other[0]) == text.Hash(other[1]) {
			t.Errorf("%q and %q are one", other[0], other[1])
		}
	}
	if text.Hash("") == 0 {
		t.Error("the hash of nothing is 0")
	}
}

func BenchmarkEndsAt(b *testing.B) {
	s := strings.Repeat("Mr. Doe met J. Roe of Acme Inc. on Jan. 28. They spoke of it. ", 10)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		for i := range len(s) {
			text.EndsAt(s, i)
		}
	}
}

func TestNFC(t *testing.T) {
	for in, want := range map[string]string{
		"":                   "",
		"plain “text” – é":   "plain “text” – é",
		"e\u0301":            "é",
		"a\u2000b\u2001":     "a\u2002b\u2003",
		"\u1112\u1161\u11ab": "한",
		"a\xe2":              "a\xe2",
		"\u212b":             "Å",
	} {
		if got := text.NFC(in); got != want {
			t.Errorf("NFC(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKeyIs(t *testing.T) {
	texts := []string{"", "a", "A!", "Über uns", "über-UNS", "uber uns", "北京 2022", "北京2022", "2022", "a\xff", "É", "é", "…"}
	for _, a := range texts {
		for _, b := range texts {
			if got, want := text.KeyIs(a, text.Key(b)), text.Key(a) == text.Key(b); got != want {
				t.Errorf("KeyIs(%q, key of %q) = %v", a, b, got)
			}
		}
	}
}
