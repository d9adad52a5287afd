package version_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline"
	"dateline/relate/version"
)

// FuzzCompare compares articles of any text: what is told to stand in one of them
// does.
func FuzzCompare(f *testing.F) {
	f.Add("Storm", "The port was closed.\n\nPilots waited.", "The port was open.\n\nPilots waited.\n\nCorrection: it was closed.")
	f.Add("", "", "a")
	f.Add("\u00e9", "a\u2028b \u00a0c\n\n\n\nd", "a b c d")
	f.Add("Live", "12 ships, 3.5 million and 7 %", "13 ships, 3,5 million and 8 %")
	f.Add("0", "12 s\x01ips, 3.5", "13 ships, 3,5 million and 8 %")
	f.Fuzz(func(t *testing.T, headline, before, after string) {
		if !utf8.ValidString(before + after) {
			return // no record holds such a text
		}
		a := &dateline.Article{ID: "a1", Capture: "c1", Headline: headline, Text: before}
		b := &dateline.Article{ID: "a1", Capture: "c2", Headline: strings.ToUpper(headline), Text: after}
		d := version.Compare(version.Seen{Article: a}, version.Seen{Article: b})
		for _, p := range d.Parts {
			for _, r := range p.Runs {
				if p.Field == "text" && r.Only == version.Before && !strings.Contains(letters(before), letters(r.Text)) {
					t.Errorf("%q stands before in no text", r.Text)
				}
				if p.Field == "text" && r.Only != version.Before && !strings.Contains(letters(after), letters(r.Text)) {
					t.Errorf("%q stands afterwards in no text", r.Text)
				}
			}
		}
	})
}

// letters are the letters and digits of a text, without accents: those can be written
// in several ways, and what stands between the letters is no part of a word.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKD.String(s))
}
