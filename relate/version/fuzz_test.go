package version_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/relate/version"
)

// FuzzCompare compares articles of any text: what is told to stand in one of them
// does.
func FuzzCompare(f *testing.F) {
	f.Add("Storm", "The port was closed.\n\nPilots waited.", "The port was open.\n\nPilots waited.\n\nCorrection: it was closed.")
	f.Add("", "", "a")
	f.Add("\xff", "a\u2028b \u00a0c\n\n\n\nd", "a b c d")
	f.Add("Live", "12 ships, 3.5 million and 7 %", "13 ships, 3,5 million and 8 %")
	f.Fuzz(func(t *testing.T, headline, before, after string) {
		a := &dateline.Article{ID: "a1", Capture: "c1", Headline: headline, Text: before}
		b := &dateline.Article{ID: "a1", Capture: "c2", Headline: strings.ToUpper(headline), Text: after}
		d := version.Compare(version.Seen{Article: a}, version.Seen{Article: b})
		for _, p := range d.Parts {
			for _, r := range p.Runs {
				words := strings.Join(strings.Fields(r.Text), " ")
				if p.Field == "text" && r.Only == version.Before && !strings.Contains(strings.Join(strings.Fields(before), " "), words) {
					t.Errorf("%q stands before in no text", words)
				}
				if p.Field == "text" && r.Only != version.Before && !strings.Contains(strings.Join(strings.Fields(after), " "), words) {
					t.Errorf("%q stands afterwards in no text", words)
				}
			}
		}
	})
}
