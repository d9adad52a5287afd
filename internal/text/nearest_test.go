package text_test

import (
	"testing"

	"dateline/internal/text"
)

func TestNearest(t *testing.T) {
	list := []string{"search", "serve", "statements", "stories", "show", "add", "sources"}
	for word, want := range map[string]string{
		"serach": "search", "sarch": "search", "serv": "serve", "statement": "statements", "storys": "stories", "ad": "add",
		"hsow": "show", "zebra": "", "x": "", "": "", "sourcse": "sources",
	} {
		if got := text.Nearest(word, list); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
