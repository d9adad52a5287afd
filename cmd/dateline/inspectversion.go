package main

import (
	"net/http"
	"slices"

	"dateline"
	"dateline/archive"
	"dateline/extract/wall"
	"dateline/relate/version"
	"dateline/warc"
)

// A versionAnswer is what inspect prints of two captures of one page.
type versionAnswer struct {
	*version.Diff
	// Statements names the speakers of whom something is said in one capture only.
	Statements versionSpeakers `json:"statements"`
	Correction bool            `json:"correction"` // the later one states a correction that the earlier one does not
}

// versionSpeakers are names of speakers, each once, as the captures have them.
type versionSpeakers struct {
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
	Changed []string `json:"changed,omitempty"`
}

// inspectVersion compares two files as captures of one page. C is what is known of
// the second.
func inspectVersion(s streams, files []string, c dateline.Capture, header http.Header, asText bool) error {
	if len(files) != 2 {
		return usagef("version needs two files, the earlier one first")
	}
	var seen [2]version.Seen
	for i, name := range files {
		text, err := readInput(s.in, name)
		if err != nil {
			return err
		}
		of := dateline.Capture{URL: c.URL, Type: dateline.TypeHTML}
		if i == 1 {
			of.Status = c.Status
			if media := header.Get("Content-Type"); media != "" {
				_, of.Charset = warc.ParseContentType(media)
			}
			if wall.ChallengeHead(c.Status, header.Get) {
				of.Refused = "challenge"
			}
		}
		if seen[i], err = readAgain(&of, text); err != nil {
			return err
		}
	}
	d := version.Compare(seen[0], seen[1])
	if asText {
		return printDiff(s.out, d)
	}
	return printJSON(s.out, versionAnswer{d, speakersOf(d), len(d.Corrections) > 0})
}

// readAgain reads a page as a comparison wants it.
func readAgain(c *dateline.Capture, body []byte) (version.Seen, error) {
	a := archive.Extract(c, body)
	f, err := archive.Understand(a)
	return version.Seen{Article: a, Findings: f}, err
}

func speakersOf(d *version.Diff) (all versionSpeakers) {
	for _, st := range d.Statements {
		into := map[string]*[]string{"added": &all.Added, "removed": &all.Removed, "changed": &all.Changed}[st.Change]
		if !slices.Contains(*into, st.Speaker) {
			*into = append(*into, st.Speaker)
		}
	}
	return all
}
