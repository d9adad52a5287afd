package answer

import (
	"slices"

	"dateline/relate/version"
)

// A Compared is how a page changed between two files that hold it.
type Compared struct {
	*version.Diff
	Statements ComparedSpeakers `json:"statements"` // of whom something is said in one of them only, or otherwise
	Correction bool             `json:"correction"` // the later one states a correction that the earlier one does not
}

// ComparedSpeakers are names of speakers, each once, as the files have them.
type ComparedSpeakers struct {
	Added   []string `json:"added,omitempty"`   // who says something in the later one only
	Removed []string `json:"removed,omitempty"` // who says something in the earlier one only
	Changed []string `json:"changed,omitempty"` // whose words are others
}

// NewCompared returns what two files of one page tell of its change.
func NewCompared(d *version.Diff) Compared {
	c := Compared{Diff: d, Correction: len(d.Corrections) > 0}
	for _, st := range d.Statements {
		into := map[string]*[]string{"added": &c.Statements.Added, "removed": &c.Statements.Removed, "changed": &c.Statements.Changed}[st.Change]
		if !slices.Contains(*into, st.Speaker) {
			*into = append(*into, st.Speaker)
		}
	}
	return c
}
