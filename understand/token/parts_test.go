package token_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/understand/token"
)

// TestParts has the parts of a text cover its tokens, each as long as may be and
// with whole paragraphs where these are short.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string // the first words of the parts
	}{
		{"", 5, ""},
		{"He left. She came.", 6, "He"},
		{"He left. She came.", 5, "He|She"},
		{"He left.\n\nShe came. It rained.", 6, "He|She"},
		{"He left.\n\nShe came. It rained.\n\nThe end.", 4, "He|She|It|The"},
		{"a b c d e f g", 3, "a|d|g"},
	} {
		var text token.Text
		text.Read(c.text, "en")
		var got, tokens []string
		for part := range text.Parts(c.n) {
			if len(part.Tokens) == 0 {
				continue
			}
			if len(part.Tokens) > c.n {
				t.Errorf("a part of %q has %d tokens, want at most %d", c.text, len(part.Tokens), c.n)
			}
			if !part.Tokens[0].Is(token.Paragraph | token.Sentence) {
				t.Errorf("the part of %q at %q begins no paragraph", c.text, part.String(0))
			}
			got = append(got, part.String(0))
			for i := range part.Tokens {
				tokens = append(tokens, part.String(i))
			}
			for _, ranges := range [][]token.Range{part.Sentences, part.Paragraphs} {
				at := int32(0)
				for _, r := range ranges {
					if r.First != at || r.End <= at {
						t.Errorf("ranges of a part of %q are %v", c.text, ranges)
					}
					at = r.End
				}
				if int(at) != len(part.Tokens) {
					t.Errorf("ranges of a part of %q with %d tokens are %v", c.text, len(part.Tokens), ranges)
				}
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("parts of %q of at most %d tokens begin with %q, want %q", c.text, c.n, s, c.want)
		}
		var want []string
		for i := range text.Tokens {
			want = append(want, text.String(i))
		}
		if fmt.Sprint(tokens) != fmt.Sprint(want) {
			t.Errorf("parts of %q have the tokens %q, want %q", c.text, tokens, want)
		}
	}
}

// TestTooLong has a text read up to the last end of a sentence within the bound.
func TestTooLong(t *testing.T) {
	const most = 262144
	long := strings.Repeat("He left. ", most/3+1)
	for _, c := range []struct {
		name, text string
		end        int
	}{
		{"sentences", long + "She stayed.", len("He left. ")*(most/3) - 1},
		{"paragraphs", strings.ReplaceAll(long, "left. ", "left.\n\n"), (len("He left.\n\n"))*(most/3) - 2},
		{"no sentence", strings.Repeat("(", most+9), most},
		{"short", "He left.", len("He left.")},
		{"an endless sentence", "He left. " + strings.Repeat("(", most+9), len("He left. ") + most - 3},
	} {
		var text token.Text
		text.Read(c.text, "en")
		if len(text.Text) != c.end || len(text.Tokens) > most {
			t.Errorf("%s: read %d tokens of %d bytes, want %d bytes", c.name, len(text.Tokens), len(text.Text), c.end)
		}
		last := int32(len(text.Tokens))
		if s, p := text.Sentences[len(text.Sentences)-1], text.Paragraphs[len(text.Paragraphs)-1]; s.End != last || p.End != last {
			t.Errorf("%s: the last sentence is %v and the last paragraph %v of %d tokens", c.name, s, p, last)
		}
	}
}
