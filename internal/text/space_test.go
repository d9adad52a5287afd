package text_test

import (
	"strings"
	"testing"

	"dateline/internal/text"
)

func spaced(parts ...string) string {
	var b strings.Builder
	var w text.Spacer
	for _, s := range parts {
		w.Write(&b, s)
	}
	return b.String()
}

func TestSpacer(t *testing.T) {
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{""}, ""},
		{[]string{" \n\t "}, ""},
		{[]string{"a  b"}, "a b"},
		{[]string{" a ", " b "}, "a b"},
		{[]string{"a", "b"}, "ab"},
		{[]string{"a ", "", "b"}, "a b"},
		{[]string{"\u00a0a\u2009\u3000b\u202fc\u0085d\u2028e\u205ff"}, "a b c d e f"},
		{[]string{"so\u00adft\u200bzero\u2060join\ufeff\x7fer\u0080"}, "softzerojoiner"},
		{[]string{"a\u00ad b", "\u00ad c"}, "a b c"},
		{[]string{"it’s «good» – 日本\u3000語"}, "it’s «good» – 日本 語"},
	} {
		if got := spaced(c.parts...); got != c.want {
			t.Errorf("%q written is %q, want %q", c.parts, got, c.want)
		}
	}
}

// FuzzSpaced checks that Spaced knows what a Spacer leaves as it is, and that
// it leaves so what it has written.
func FuzzSpaced(f *testing.F) {
	for _, s := range []string{"", " ", "a", "a b", " a", "a ", "a  b", "a\u00a0b", "’", "a\u00ad", "\u3000", "é\n", "a \u00adb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		once := spaced(s)
		if text.Spaced(s) != (once == s) {
			t.Errorf("Spaced(%q) is %v, written it is %q", s, text.Spaced(s), once)
		}
		if again := spaced(once); again != once {
			t.Errorf("%q written is %q, written again %q", s, once, again)
		}
	})
}
