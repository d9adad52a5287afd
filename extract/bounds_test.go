package extract_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline"
	"dateline/extract"
)

// TestCut has records keep the beginning of pages that are longer than any article, and say
// what they leave out.
func TestCut(t *testing.T) {
	read := func(head, body string) *dateline.Article {
		page := "<html lang=en><head><title>Port opens</title>" + head + "</head><body><article><h1>Port opens</h1>" + body + "</article></body></html>"
		return extract.Capture(&dateline.Capture{URL: "https://post.example/port", Type: "text/html"}, []byte(page))
	}
	sentence := "<p>The port will open on Monday, said the harbour master, who had worked for years – and on Friday.</p>"
	var parts strings.Builder
	for n := range 60_000 {
		fmt.Fprintf(&parts, "<p>Ship number %d is in the port of the town, and nobody knows when it is to leave.</p>", n)
	}
	for name, c := range map[string]struct {
		head, body string
		cut        []string
	}{
		"an article":        {"", strings.Repeat(sentence, 30), nil},
		"a long paragraph":  {"", sentence + "<p>" + strings.Repeat("port – opens ", 300_000) + "</p>", []string{"text"}},
		"many parts":        {"", parts.String(), []string{"text"}},
		"an endless header": {`<meta name=description content="` + strings.Repeat("port ", 2_000) + `">`, strings.Repeat(sentence, 3), nil},
	} {
		a := read(c.head, c.body)
		for _, field := range c.cut {
			if a.Cut[field] <= 0 {
				t.Errorf("%s: %v is cut, want %s among it", name, a.Cut, field)
			}
		}
		if len(c.cut) == 0 && a.Cut != nil {
			t.Errorf("%s: %v is cut", name, a.Cut)
		}
		if len(a.Text) > 2<<20 || len(a.Blocks) > 1<<16 || len(a.Tags) > 1000 || len(a.Deck) > 1<<16 || !utf8.ValidString(a.Text) {
			t.Errorf("%s: a text of %d bytes in %d blocks, %d tags, a deck of %d", name, len(a.Text), len(a.Blocks), len(a.Tags), len(a.Deck))
		}
		if n := len(a.Blocks); n == 0 || a.Blocks[n-1].End != len(a.Text) {
			t.Errorf("%s: %d blocks do not end with the text, of %d bytes", name, n, len(a.Text))
		}
		if again := read(c.head, c.body); !maps.Equal(again.Cut, a.Cut) || again.Text != a.Text {
			t.Errorf("%s: read again it is another record", name)
		}
	}
}
