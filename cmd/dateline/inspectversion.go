package main

import (
	"net/http"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/extract/wall"
	"dateline/relate/version"
	"dateline/warc"
)

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
	return printJSON(s.out, answer.NewCompared(d))
}

// readAgain reads a page as a comparison wants it.
func readAgain(c *dateline.Capture, body []byte) (version.Seen, error) {
	a := archive.Extract(c, body)
	f, err := archive.Understand(a)
	return version.Seen{Article: a, Findings: f}, err
}
