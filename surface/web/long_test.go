package web_test

import (
	"strings"
	"testing"
)

// TestLongTexts shows a word and a text that are too long for a browser.
func TestLongTexts(t *testing.T) {
	m := sample()
	a := *m.last()
	word := strings.Repeat("é<", 50_000)
	a.Text, a.Blocks = "The log says "+word+" and ends.\n\n"+strings.Repeat("The harbour was closed. ", 50_000)+"\n\nThe last words.", nil
	m.add(a)
	address := "/article/" + string(m.last().ID)
	res := get(t, m, address)
	if len(res.body) > 2<<20 {
		t.Errorf("a page of %d bytes for a text of %d", len(res.body), len(a.Text))
	}
	doc := res.tree(t)
	if n := len(all(doc, "wbr")); n != 100_000/100-1 {
		t.Errorf("%d places to break the line in a word of 100,000 characters", n)
	}
	says := text(doc)
	if !strings.Contains(says, word) {
		t.Error("the page does not show the word whole")
	}
	if strings.Contains(says, "The last words.") || !strings.Contains(says, "The text goes on for ") {
		t.Errorf("the page does not say where the text of %d bytes ends", len(a.Text))
	}
	if twin := get(t, m, address+".json"); !strings.Contains(twin.body, "The last words.") {
		t.Error("the twin does not hold the whole text")
	}
	if n := len(all(get(t, m, "/article/"+string(m.versions[0].ID)).tree(t), "wbr")); n > 0 {
		t.Errorf("%d places to break the line in words of a language", n)
	}
}
