package version_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/relate/version"
)

const bridge = "The bridge will close on 1 May for twelve months, the county said on Tuesday after engineers found cracks in three piers.\n\n" +
	"Some 2,300 people cross it every day. The shipyard will pay for buses to the ferry.\n\n" +
	"Islanders have asked for a hospital boat. The county has not decided yet."

// article returns an article with the given text.
func article(text string, change ...func(*dateline.Article)) *dateline.Article {
	a := &dateline.Article{Headline: "Bridge to the island closes for a year", Deck: "Ferries will run every half hour", Bylines: []string{"Nora Vance"}, Lang: "en", Text: text}
	for _, f := range change {
		f(a)
	}
	return a
}

func compare(a, b *dateline.Article) *version.Diff {
	return version.Compare(version.Seen{Article: a}, version.Seen{Article: b})
}

// TestCorrections ties a stated correction to the change that it explains, and to
// no other.
func TestCorrections(t *testing.T) {
	text := strings.Replace(strings.Replace(bridge, "2,300", "3,200", 1), "hospital boat", "doctor", 1)
	d := compare(article(bridge), article(text, func(a *dateline.Article) {
		a.Corrections = []string{"Correction: an earlier version of this article said that 2,300 people cross the bridge."}
	}))
	if len(d.Corrections) != 1 {
		t.Fatalf("%d corrections, want 1", len(d.Corrections))
	}
	var explained []string
	for _, i := range d.Corrections[0].Explains {
		for _, r := range d.Parts[i].Runs {
			if r.Only == version.After {
				explained = append(explained, strings.TrimSpace(r.Text))
			}
		}
	}
	if !slices.Equal(explained, []string{"3,200"}) {
		t.Errorf("the correction explains %q, want only 3,200", explained)
	}
	if again := compare(article(text, func(a *dateline.Article) { a.Corrections = []string{"Correction: x 2,300."} }), article(text, func(a *dateline.Article) { a.Corrections = []string{"Correction: x 2,300."} })); again.Verdict != version.Same {
		t.Errorf("a correction that both state: %s", again.Verdict)
	}
}

// TestHistory follows captures through walls, errors and a return to an earlier
// text.
func TestHistory(t *testing.T) {
	second := strings.Replace(bridge, "twelve months", "nine months", 1)
	skip := func(why string) *dateline.Article { return &dateline.Article{Headline: "Harbour Post", Skip: why} }
	part := article(strings.SplitN(bridge, "\n\n", 2)[0], func(a *dateline.Article) { a.Paywalled = true })
	var got []string
	for _, e := range version.History([]*dateline.Article{
		skip(dateline.SkipChallenge), article(bridge), article(bridge), part, article(bridge), article(second),
		skip(dateline.SkipError), skip(dateline.SkipNotFound), article(second), article(bridge), article(bridge + "\n\nNew."),
	}) {
		again := ""
		if e.Again {
			again = " again"
		}
		got = append(got, fmt.Sprintf("%d %s%s of %d", e.Number, e.Verdict, again, e.Before))
	}
	want := []string{"0 unseen of -1", "1 changed of -1", "1 same of 1", "1 cut of 2", "1 same of 2", "2 changed of 4",
		"2 unseen of 5", "2 gone of 5", "2 same of 5", "1 changed again of 8", "3 changed of 9"}
	if !slices.Equal(got, want) {
		t.Errorf("History:\ngot  %q\nwant %q", got, want)
	}
}

// TestWholeAtLast takes nothing for new that a paywall had kept.
func TestWholeAtLast(t *testing.T) {
	part := article(strings.SplitN(bridge, "\n\n", 2)[0], func(a *dateline.Article) { a.Paywalled = true })
	if d := compare(part, article(bridge)); d.Verdict != version.Same {
		t.Errorf("the whole text after a part of it: %s (%s), added %q", d.Verdict, d.Rule, d.Added)
	}
}

// TestMoved says of a paragraph that stands elsewhere now that it was moved.
func TestMoved(t *testing.T) {
	p := strings.Split(bridge, "\n\n")
	d := compare(article(bridge), article(strings.Join([]string{p[0], p[2], p[1]}, "\n\n")))
	if d.Verdict != version.Changed || len(d.Added)+len(d.Removed) > 0 {
		t.Errorf("a paragraph moved: %s, added %q, removed %q", d.Verdict, d.Added, d.Removed)
	}
	if !slices.ContainsFunc(d.Parts, func(p version.Part) bool { return p.Moved }) {
		t.Error("no part is said to have moved")
	}
}

// TestPartsAreTheTexts checks on random edits that the runs that both have and
// those of one capture are, one after the other, the text of that capture.
func TestPartsAreTheTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	vocabulary := strings.Fields("the county said bridge closes on May ferry runs every hour people cross it 2,300 12 days “boat” island’s shipyard pays buses not")
	sentence := func() string {
		var w []string
		for range 4 + r.IntN(12) {
			w = append(w, vocabulary[r.IntN(len(vocabulary))])
		}
		return "A " + strings.Join(w, " ") + "."
	}
	for range 300 {
		var a, b []string
		for range 2 + r.IntN(5) {
			s := sentence()
			switch r.IntN(6) {
			case 0:
				a = append(a, s)
			case 1:
				b = append(b, s)
			case 2:
				a, b = append(a, s), append(b, strings.Replace(s, "the", "this new", 1))
			default:
				a, b = append(a, s), append(b, s)
			}
		}
		x, y := strings.Join(a, "\n\n"), strings.Join(b, "\n\n")
		d := compare(article(x), article(y))
		if d.Verdict == version.Same && x != y {
			t.Fatalf("%q and %q are the same", x, y)
		}
		if d.Verdict != version.Changed {
			continue
		}
		for _, k := range []struct{ only, text string }{{version.Before, x}, {version.After, y}} {
			var got []string
			for _, p := range d.Parts {
				s := ""
				for _, r := range p.Runs {
					if r.Only == "" || r.Only == k.only {
						s += r.Text
					}
				}
				got = append(got, strings.Fields(s)...)
			}
			if strings.Join(got, " ") != strings.Join(strings.Fields(k.text), " ") {
				t.Fatalf("parts of %s:\ngot  %q\nwant %q\n%+v", k.only, strings.Join(got, " "), k.text, d.Parts)
			}
		}
	}
}

// BenchmarkCompare compares long texts of which every tenth sentence changed.
func BenchmarkCompare(b *testing.B) {
	var x, y strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&x, "Sentence %d of the report says that the bridge is closed. ", i)
		if i%10 == 0 {
			fmt.Fprintf(&y, "Sentence %d of the report says that the ferry is late. ", i)
		} else {
			fmt.Fprintf(&y, "Sentence %d of the report says that the bridge is closed. ", i)
		}
	}
	p, q := article(x.String()), article(y.String())
	b.SetBytes(int64(x.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if compare(p, q).Verdict != version.Changed {
			b.Fatal("not changed")
		}
	}
}
