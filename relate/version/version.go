// Package version tells what changed between two captures of one address, as
// somebody notices who reads both.
//
// Times, counters, advertisements, white space and the design of a page are
// never a change. A page that was not shown (a challenge, a consent wall, an
// error) says nothing of the article, and one that shows a part of it (a
// paywall) removes nothing from it.
//
// Both articles must have been read by the same program: what two programs make
// of one page differs for reasons that no outlet has. Package archive reads both
// captures anew for that.
//
// The files, in the order in which a comparison passes them:
//
//	version.go     verdicts; Compare
//	read.go        an article → what is read of it, sentence by sentence, without furniture
//	judge.go       which verdict two readings have
//	align.go       which sentences of one are which of the other
//	words.go       a sentence → words, and how two sentences differ
//	diff.go        the differences in order, and their words
//	found.go       statements, dates and figures in what changed
//	correction.go  which change a stated correction explains
//	history.go     a list of captures → versions; a return to a known text
package version

import "dateline"

// A Verdict says how the article in one capture differs from that in the capture before.
type Verdict string

// The verdicts.
const (
	Same     Verdict = "same"     // nothing that a reader reads has changed
	Changed  Verdict = "changed"  // another version of the article
	Cut      Verdict = "cut"      // the same article, shown in part: nothing was removed
	Gone     Verdict = "gone"     // the article is no longer there
	Replaced Verdict = "replaced" // another article under the same address
	Unseen   Verdict = "unseen"   // the answer is not the site's own page: nothing is known
)

// Shows reports whether a capture with the verdict shows the article whole.
func (v Verdict) Shows() bool { return v == Same || v == Changed || v == Replaced }

// A Seen is what one capture shows of an article. Findings may be nil; then no
// statements and dates are compared.
type Seen struct {
	Article  *dateline.Article  // never nil
	Findings *dateline.Findings // of that article; nil if nothing was looked for
}

// A Diff says how an article changed from one capture to a later one.
type Diff struct {
	Verdict     Verdict      `json:"verdict"`               // "same", "changed", "cut", "gone", "replaced", "unseen"
	Rule        string       `json:"rule"`                  // what decided that: "version/part-before-offer"
	Changed     []string     `json:"changed"`               // fields, in this order: "headline", "deck", "bylines", "text", "images", "modified" (times that the page states)
	Added       []string     `json:"added"`                 // runs of words that only the later one has, in the order of the page
	Removed     []string     `json:"removed"`               // runs of words that only the earlier one has
	Parts       []Part       `json:"parts,omitempty"`       // headline, deck, bylines, text, captions and corrections of both, in the order of the later one; none unless it is a change
	Statements  []Statement  `json:"statements,omitempty"`  // that appeared, vanished or changed
	Dates       []Value      `json:"dates,omitempty"`       // temporal expressions that appeared, vanished or changed
	Figures     []Value      `json:"figures,omitempty"`     // numbers that appeared, vanished or changed
	Corrections []Correction `json:"corrections,omitempty"` // that only the later one states
}

// A Part is one paragraph, or another field, of both captures.
type Part struct {
	Field string `json:"field"`           // "headline", "deck", "bylines", "text", "images" (of which the caption is compared), "correction"
	Same  bool   `json:"same,omitempty"`  // both have it alike
	Moved bool   `json:"moved,omitempty"` // the earlier one has it, too, elsewhere
	Runs  []Run  `json:"runs"`            // one after the other they are what stands in either
}

// A Run is some words of a part.
type Run struct {
	Text string `json:"text"`           // with the white space between the words
	Only string `json:"only,omitempty"` // which capture has it: "before", "after"; "" if both have
}

// Compare says how an article changed from the capture that a is of to that of
// b, a later one of the same address. It reads both and changes neither. Its
// cost is in proportion to the length of the texts and of what changed in them.
func Compare(a, b Seen) *Diff {
	before, after := read(a.Article), read(b.Article)
	d := &Diff{Changed: []string{}, Added: []string{}, Removed: []string{}}
	d.Verdict, d.Rule = judge(before, after)
	if d.Verdict != Same && d.Verdict != Changed {
		return d
	}
	c := compare(before, after)
	d.Changed = append(d.Changed, c.fields...)
	if d.Verdict == Same || len(c.fields) == 0 || len(c.fields) == 1 && c.fields[0] == "modified" {
		d.Verdict = Same
		d.Changed = onlyTimes(d.Changed)
		return d
	}
	d.Parts = c.parts
	d.Added, d.Removed = append(d.Added, c.runs(After)...), append(d.Removed, c.runs(Before)...)
	d.Statements = c.statements(a, b)
	d.Dates = c.dates(a, b)
	d.Figures = c.figures()
	d.Corrections = c.corrections(before, after)
	return d
}

// onlyTimes keeps of the fields that changed the one that is no change.
func onlyTimes(fields []string) []string {
	if len(fields) > 0 && fields[len(fields)-1] == "modified" {
		return []string{"modified"}
	}
	return []string{}
}
