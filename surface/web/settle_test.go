package web_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestTurnedTexts shows texts with characters that turn the direction of what
// stands behind them: each ends where its text does, and begins nothing that the text
// did not begin (UAX #9, 3.3.2 and X6a).
func TestTurnedTexts(t *testing.T) {
	for given, want := range map[string]string{
		"plain":                                 "plain",
		"\u202eturned":                          "\u202eturned\u202c",
		"\u202aopen \u202bboth":                 "\u202aopen \u202bboth\u202c\u202c",
		"\u2067isolated\u2069 text":             "\u2067isolated\u2069 text",
		"\u2067open \u202eboth":                 "\u2067open \u202eboth\u202c\u2069",
		"stray\u2069 end":                       "\u2068stray\u2069 end",
		"two\u2069\u2069 ends, \u202eturned":    "\u2068\u2068two\u2069\u2069 ends, \u202eturned\u202c",
		"\u2066one \u202eturned\u2069 and over": "\u2066one \u202eturned\u2069 and over",
		"\u202c\u202enone to end\u202c":         "\u202c\u202enone to end\u202c",
		"\u200fمرحبا":                           "\u200fمرحبا", // a mark turns nothing else
	} {
		m := sample()
		a := *m.last()
		a.Publisher.Name, a.Text, a.Blocks = given, "The harbour was closed. "+given, nil
		m.add(a)
		var got string
		for _, n := range all(get(t, m, "/article/"+string(m.last().ID)).tree(t), "bdi") {
			if n.Parent.Data == "span" && n.Parent.Attr[0] == (html.Attribute{Key: "class", Val: "who"}) {
				got = text(n)
			}
		}
		if got != want {
			t.Errorf("the publisher %+q is shown as %+q, want %+q", given, got, want)
		}
	}
}

// TestBreaksOfReferences shows a long word of characters that HTML writes as
// references: none of them is cut.
func TestBreaksOfReferences(t *testing.T) {
	m := sample()
	a := *m.last()
	word := strings.Repeat(`&"'<>`, 60)
	a.Section, a.Text = word, "The harbour was closed. "+word
	a.Blocks = nil
	m.add(a)
	doc := get(t, m, "/article/"+string(m.last().ID)).tree(t)
	if n := strings.Count(text(doc), word); n < 2 {
		t.Errorf("the word is shown whole %d times, want twice at least", n)
	}
	if n := len(all(doc, "wbr")); n < 4 {
		t.Errorf("%d places to break the line, want two in each of the words", n)
	}
}

// TestWordWithoutEnd shows a word that is too long for a browser: the page says how
// much of it is left out, and goes on behind it; the twin has all of it.
func TestWordWithoutEnd(t *testing.T) {
	m := sample()
	a := *m.last()
	word := strings.Repeat("é", 300_000)
	a.Text, a.Blocks = "They call it "+word+" in the harbour.", nil
	m.add(a)
	address := "/article/" + string(m.last().ID)
	says := text(get(t, m, address).tree(t))
	if strings.Count(says, "é") != 100_000 || !strings.Contains(says, "é… (this word goes on for 400,000 bytes) in the harbour.") {
		t.Errorf("%d letters of the word are shown, and the page does not say how many are left out", strings.Count(says, "é"))
	}
	if twin := get(t, m, address+".json"); !strings.Contains(twin.body, word) {
		t.Error("the twin does not hold the whole word")
	}
}
