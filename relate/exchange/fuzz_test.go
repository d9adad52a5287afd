package exchange_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/relate/exchange"
	"dateline/understand"
)

// FuzzAdd joins the requests of two articles with any text: each exchange has a request,
// each of its events a sentence of its article, and no event is told twice.
func FuzzAdd(f *testing.F) {
	f.Add("The council asked the ministry for a letter on Monday.", "On Friday the ministry answered the council's letter.")
	f.Add("Ana Duarte wrote to Peter Lind, demanding an answer.", "Lind refused.\n\nLind refused again.")
	f.Add("The union demands talks. The union demands talks.", "\xff\u2028 The union demands talks")
	f.Fuzz(func(t *testing.T, first, second string) {
		var c exchange.Collector
		for i, text := range []string{first, second} {
			text = strings.ToValidUTF8(text, "?")
			a := &dateline.Article{ID: dateline.ArticleID([]string{"a", "b"}[i]), Lang: "en", Text: text, Published: dateline.Date([]string{"2026-02-03", "2026-02-06"}[i])}
			c.Add(a, understand.Findings(a).Events)
		}
		seen := map[*dateline.Event]bool{}
		for _, x := range c.Exchanges() {
			if len(x.Requests) == 0 {
				t.Error("an exchange without a request")
			}
			for _, list := range [][]exchange.Event{x.Requests, x.Announced, x.Replies} {
				for _, e := range list {
					if e.Text() == "" {
						t.Errorf("%+v has no sentence", e.Event)
					}
					if seen[e.Event] {
						t.Errorf("%q is told twice", e.Text())
					}
					seen[e.Event] = true
				}
			}
		}
	})
}
