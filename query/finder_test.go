package query_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/query"
)

// TestHighlightAll has Highlight mark what a slow search marks that looks for each
// term at each token.
func TestHighlightAll(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"a", "b", "ab", "abc", "b", "中"}
	some := func(n int) string {
		var list []string
		for range 1 + r.IntN(n) {
			list = append(list, words[r.IntN(len(words))])
		}
		return strings.Join(list, " ")
	}
	marked := 0
	for range 3000 {
		var terms []string
		for range 1 + r.IntN(4) {
			switch r.IntN(4) {
			case 0:
				terms = append(terms, words[r.IntN(len(words))]+"*")
			case 1:
				terms = append(terms, strings.ReplaceAll(some(3), " ", "-")+"*")
			default:
				terms = append(terms, `"`+some(4)+`"`)
			}
		}
		q, err := query.Parse(strings.Join(terms, " OR "))
		if err != nil {
			t.Fatal(err)
		}
		text := some(12)
		var got, want strings.Builder
		for _, f := range query.Highlight(q, text) {
			fmt.Fprintf(&got, "%s", strings.Repeat(map[bool]string{true: "^", false: "."}[f.Match], len(f.Text)))
		}
		marks := slices.Repeat([]byte("."), len(text))
		for i := range matches(q, text) {
			marks[i] = '^'
		}
		want.Write(marks)
		if got.String() != want.String() {
			t.Fatalf("Highlight(%s, %q) marks\n%s, want\n%s", q, text, got.String(), want.String())
		}
		marked += strings.Count(want.String(), "^")
	}
	if marked == 0 {
		t.Error("nothing was marked")
	}
}

// matches returns the bytes of text that terms of q match.
func matches(q query.Query, text string) map[int]bool {
	tokens := slices.Collect(query.Tokens(text))
	in := map[int]bool{}
	for _, term := range q.Terms() {
		last := len(term.Tokens) - 1
		for i := range tokens {
			if i+last >= len(tokens) {
				continue
			}
			ok, end := true, tokens[i+last].End
			for k, w := range term.Tokens {
				tok := tokens[i+k].Text
				if k == last && term.Prefix {
					ok = ok && strings.HasPrefix(tok, w)
					if strings.HasPrefix(w, "中") {
						end = tokens[i+k].Start + len(w)
					}
				} else {
					ok = ok && tok == w
				}
			}
			for b := tokens[i].Start; ok && b < end; b++ {
				in[b] = true
			}
		}
	}
	return in
}
