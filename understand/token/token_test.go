package token_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/understand/token"
)

// shown returns the tokens of text with a space between two, a bar between
// sentences and two between paragraphs.
func shown(text, lang string) string {
	var t token.Text
	t.Read(text, lang)
	var b strings.Builder
	for i, tok := range t.Tokens {
		switch {
		case i == 0:
		case tok.Is(token.Paragraph):
			b.WriteString(" || ")
		case tok.Is(token.Sentence):
			b.WriteString(" | ")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(t.String(i))
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "", ""},
		{"en", "Mr. Rossi's ship—the Moscow-based Aurora—sank.", "Mr. Rossi 's ship — the Moscow - based Aurora — sank ."},
		{"en", "They’ve lost $1,000.50 at 10:30, O’Brien didn't.", "They ’ve lost $ 1,000.50 at 10:30 , O’Brien didn't ."},
		{"en", "The U.S. Senate met. Then the U.S. The rest left for the U.N.", "The U.S. Senate met . | Then the U.S. | The rest left for the U.N."},
		{"en", "J. R. Stone of Acme Inc. said no. Yes!", "J. R. Stone of Acme Inc. said no . | Yes !"},
		{"en", "“Why?” he asked. “Go home.” She left.", "“ Why ? ” he asked . | “ Go home . ” | She left ."},
		{"en", `"Stay," she wrote."Why not?" Then`, `" Stay , " she wrote . | " Why not ? " | Then`},
		{"en", "He tweeted.On 3 May AT&T wrote to example.com.", "He tweeted . | On 3 May AT&T wrote to example.com ."},
		{"en", "A headline\n\nOne line\nof two. (Two.) Three", "A headline || One line of two . | ( Two . ) | Three"},
		{"en", "Dr. May. Gen. Lee, Sen. Poe (R-Ga.) agreed.", "Dr. May . | Gen. Lee , Sen. Poe ( R - Ga. ) agreed ."},
		{"de", "Am 3. Mai kam der 19. Zeuge. „Ja.“ Er ging.", "Am 3 . Mai kam der 19 . Zeuge . | „ Ja . “ | Er ging ."},
		{"de", "Das kostet u. a. z. B. 2.800 Euro, sagt Dr. Ing. Weiß.", "Das kostet u . a . z . B. 2.800 Euro , sagt Dr. Ing. Weiß ."},
		{"fr", "« Non », dit-il. L’État d'abord.", "« Non » , dit - il . | L’ État d' abord ."},
		{"ru", "«Нет», — сказал он. Потом ушёл.", "« Нет » , — сказал он . | Потом ушёл ."},
	} {
		if got := shown(c.text, c.lang); got != c.want {
			t.Errorf("%s: tokens of %q are\n\t%s, want\n\t%s", c.lang, c.text, got, c.want)
		}
	}
}

func TestFlags(t *testing.T) {
	var text token.Text
	text.Read("NATO's McCain met U.S. troops, 2nd Élan", "en")
	for i, want := range []token.Flags{
		token.Capital | token.AllCaps | token.Sentence | token.Paragraph,
		token.Glued,
		token.Capital | token.Mixed,
		0,
		token.Capital | token.AllCaps | token.Pointed,
		0,
		token.Glued,
		token.Digits,
		token.Capital,
	} {
		if got := text.Tokens[i].Flags; got != want {
			t.Errorf("flags of %q are %b, want %b", text.String(i), got, want)
		}
	}
}

func TestHash(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Said", "sAID", true},
		{"don't", "DON’T", true},
		{"Élan", "élan", true},
		{"ÉLAN", "elan", false},
		{"said", "says", false},
		{"", "a", false},
	} {
		if got := token.Hash(c.a) == token.Hash(c.b); got != c.same {
			t.Errorf("Hash(%q) == Hash(%q) is %v, want %v", c.a, c.b, got, c.same)
		}
	}
	var text token.Text
	text.Read("Überlegung", "de")
	if text.Prefix(0, 2) != token.Hash("üb") || text.Suffix(0, 3) != token.Hash("ung") || text.Suffix(0, 99) != token.Hash("überlegung") {
		t.Error("an affix does not hash like the same letters")
	}
}

func TestReadReuses(t *testing.T) {
	var text token.Text
	long := strings.Repeat("One of many. Two of many.\n\n", 50)
	text.Read(long, "en")
	if n := testing.AllocsPerRun(10, func() { text.Read(long, "en") }); n > 0 {
		t.Errorf("reading again allocates %v times", n)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Mr. A’s “U.S.” visit.\n\nOn 3. Mai l'État", "en")
	f.Add("»Ja!«\r\n \n\xff'", "de")
	f.Fuzz(func(t *testing.T, s, lang string) {
		var text token.Text
		text.Read(s, lang)
		last := 0
		for i, tok := range text.Tokens {
			if int(tok.Start) < last || tok.End <= tok.Start || int(tok.End) > len(s) {
				t.Fatalf("token %d of %q is [%d,%d) after %d", i, s, tok.Start, tok.End, last)
			}
			if utf8.ValidString(s) && (!utf8.RuneStart(s[tok.Start]) || int(tok.End) < len(s) && !utf8.RuneStart(s[tok.End])) {
				t.Fatalf("token %d of %q cuts a character", i, s)
			}
			last = int(tok.End)
		}
		for _, ranges := range [][]token.Range{text.Sentences, text.Paragraphs} {
			next := int32(0)
			for _, r := range ranges {
				if r.First != next || r.End <= r.First {
					t.Fatalf("a range of %q is %v after %d", s, r, next)
				}
				next = r.End
			}
			if int(next) != len(text.Tokens) {
				t.Fatalf("ranges of %q end at token %d of %d", s, next, len(text.Tokens))
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	s := strings.Repeat("“We answered,” Mr. Duarte wrote on Monday, 3 May, in a letter to the U.S. envoy. The ministry’s reply came late.\n\n", 200)
	var text token.Text
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Read(s, "en")
	}
}
