package archive

import (
	"fmt"
	"strings"

	"dateline"
)

// A FlawKind says what of an archive is not as it should be.
type FlawKind string

// The kinds of flaws, in the order in which [Archive.Verify] looks for them.
const (
	FlawRecord   FlawKind = "record"   // bytes of a WARC file are no sound record
	FlawUnnamed  FlawKind = "unnamed"  // a sound record that no capture names
	FlawLost     FlawKind = "lost"     // the record of a capture is not where it should be
	FlawSeal     FlawKind = "seal"     // a manifest is not what was sealed, or lists other records than those that are there
	FlawDatabase FlawKind = "database" // the structure of archive.db, or bytes of it that are not those that were written
	FlawRow      FlawKind = "row"      // a record of a log is not what was put there
	FlawArticle  FlawKind = "article"  // a capture without its article, or an article without its capture
	FlawFindings FlawKind = "findings" // an article without findings of its own, or findings without their article
	FlawGroup    FlawKind = "group"    // an article without its group
	FlawIndex    FlawKind = "index"    // the index is damaged, or holds something else than the logs say
)

// A Flaw is one thing that [Archive.Verify] finds wrong. What is not known or
// does not apply is empty.
type Flaw struct {
	Kind   FlawKind `json:"kind"`             // what of the archive it is of
	File   string   `json:"file"`             // relative to the archive's folder
	Offset int64    `json:"offset,omitempty"` // in a WARC file: the byte at which the record begins, or should; in a database the first of the page
	Log    string   `json:"log,omitempty"`    // "captures", "articles", "findings", "groups", "decisions", "sources", "leads", "seals", "corrections", "alerts", "notices"; "cursors" are no log, but stand beside them
	Seq    int64    `json:"seq,omitempty"`    // position in the log
	Key    string   `json:"key,omitempty"`    // of the record in the log; of a damaged one as it can be read
	Reason string   `json:"reason"`           // what is wrong, in words
	// Repair is what [Repair] does about it, in words; "" if nothing can be
	// made again from what the archive holds.
	Repair   string      `json:"repair,omitempty"`
	Captures []Dependent `json:"captures,omitempty"`      // what depends on it, the first twenty
	Count    int         `json:"capture_count,omitempty"` // how many captures depend on it
}

// A Dependent is a capture that depends on a flaw.
type Dependent struct {
	Capture  dateline.CaptureID `json:"capture"`            // its key
	URL      string             `json:"url"`                // as requested; "" if that is lost
	Headline string             `json:"headline,omitempty"` // of the article that it shows; "" if there is none
	// Readable says that the bytes of the capture can be had all the same.
	Readable bool `json:"readable,omitempty"`
}

// String tells the flaw in a line: where it is, what is wrong, what depends on it.
func (f Flaw) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	switch {
	case f.Log != "" && f.Seq > 0:
		fmt.Fprintf(&b, ": %s: position %d (%s)", f.Log, f.Seq, f.Key)
	case f.Log != "":
		fmt.Fprintf(&b, ": %s: %s", f.Log, f.Key)
	case f.Kind == FlawSeal:
		fmt.Fprintf(&b, ": byte %d: %s", f.Offset, f.Key)
	case f.Kind == FlawRecord || f.Kind == FlawUnnamed || f.Kind == FlawLost:
		fmt.Fprintf(&b, ": byte %d", f.Offset)
	case f.Key != "":
		fmt.Fprintf(&b, ": %s", f.Key)
	}
	fmt.Fprintf(&b, ": %s", f.Reason)
	for i, c := range f.Captures {
		fmt.Fprintf(&b, "%s%s", map[bool]string{true: "; on it hang ", false: ", "}[i == 0], c.Capture)
		switch {
		case c.Headline != "":
			fmt.Fprintf(&b, " (%s, %q)", c.URL, c.Headline)
		case c.URL != "":
			fmt.Fprintf(&b, " (%s)", c.URL)
		}
		if c.Readable {
			b.WriteString(", which can be read all the same")
		}
	}
	if more := f.Count - len(f.Captures); more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	return b.String()
}

// dependents is how many captures a Flaw names: as many as somebody reads.
const dependents = 20
