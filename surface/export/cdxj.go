package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"

	"dateline"
	"dateline/warc"
)

// A cdxLine is one line of a CDXJ index: key, a time of 14 digits, and a JSON object with
// the fields that pywb and the WACZ specification name. Numbers are strings there.
type cdxLine struct {
	key, at string
	Fields  cdxFields
}

type cdxFields struct {
	URL      string `json:"url"`
	Mime     string `json:"mime"`             // "warc/revisit" for one that repeats another
	Status   string `json:"status,omitempty"` // HTTP status; "" for a page that was saved
	Digest   string `json:"digest"`           // of the payload
	Length   string `json:"length"`           // bytes of the record's gzip member
	Offset   string `json:"offset"`           // bytes from the start of the file
	Filename string `json:"filename"`
}

// newLine returns the line of a record that stands at offset of a file. Of a capture whose
// time is not known the record has the time at which it was archived.
func newLine(c *dateline.Capture, rec *warc.Record, length int64, file string, offset int64) cdxLine {
	address, at, mime := c.URL, rec.Date(), c.Type
	if c.Final != "" {
		address = c.Final
	}
	if rec.Type() == warc.TypeRevisit {
		mime = "warc/revisit"
	}
	status := ""
	if c.Status != 0 {
		status = strconv.Itoa(c.Status)
	}
	return cdxLine{SURT(address), at.UTC().Format("20060102150405"), cdxFields{
		URL: address, Mime: mime, Status: status, Digest: c.Payload,
		Length: strconv.FormatInt(length, 10), Offset: strconv.FormatInt(offset, 10), Filename: file,
	}}
}

// shows reports whether a replay program can show the capture. A revisit of status 304
// has no payload of its own that such programs would find: they show an empty page.
func shows(c *dateline.Capture) bool { return c.Status != http.StatusNotModified }

// writeLines sorts lines, by key and then by time, and writes them.
func writeLines(out io.Writer, lines []cdxLine) error {
	slices.SortFunc(lines, func(a, b cdxLine) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at), cmp.Compare(a.Fields.Offset, b.Fields.Offset))
	})
	w := bufio.NewWriter(out)
	for _, l := range lines {
		fields, err := json.Marshal(l.Fields)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s %s %s\n", l.key, l.at, fields)
	}
	return w.Flush()
}

// CDXJ writes the index of captures where they stand in the WARC files of their archive:
// a line for each, sorted, in the form that pywb reads. It holds one line of each capture in
// memory until all are known.
func CDXJ(ctx context.Context, out io.Writer, from Evidence, captures Captures, o Options) (n int, err error) {
	var lines []cdxLine
	for c, err := range captures {
		if err != nil {
			return 0, err
		}
		if !shows(c) {
			continue
		}
		rec, length, err := o.stored(ctx, from, c)
		if err != nil {
			return 0, err
		}
		if rec == nil {
			continue
		}
		lines = append(lines, newLine(c, rec, length, path.Base(c.File), c.Offset))
	}
	return len(lines), writeLines(out, lines)
}
