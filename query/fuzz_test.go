package query_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/query"
)

// FuzzHighlight marks what a query finds in any text: the fragments are the text, a
// snippet stands in it, and each token is a range of it.
func FuzzHighlight(f *testing.F) {
	f.Add("ferry", "The ferry sank; ferries followed.", 20)
	f.Add(`"a b" OR c*`, "A b, abc \u00e9\u0301 C", 5)
	f.Add("fähre -x", "FA\u0308HRE \xff", 0)
	f.Add("港", "港は閉鎖された。", 3)
	f.Fuzz(func(t *testing.T, q, text string, width int) {
		parsed, err := query.Parse(q)
		if err != nil {
			return
		}
		if got := joined(query.Highlight(parsed, text)); got != text {
			t.Errorf("the fragments of %q under %q are %q", text, q, got)
		}
		if utf8.ValidString(text) && !utf8.ValidString(joined(query.Snippet(parsed, text, width%1000))) {
			t.Errorf("a snippet of %q under %q cuts a character", text, q)
		}
		for token := range query.Tokens(text) {
			if token.Start < 0 || token.Start >= token.End || token.End > len(text) {
				t.Errorf("%q has the token %+v", text, token)
			}
		}
	})
}

func joined(fragments []query.Fragment) string {
	var b strings.Builder
	for _, f := range fragments {
		b.WriteString(f.Text)
	}
	return b.String()
}
