package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline"
	"dateline/warc"
)

// A world is what there is to be added, and what an archive of it must be.
type world struct {
	parts []part
	names []string // of people who speak in the first part
	whole state    // of an archive of all parts that was never killed
	found string   // what queries find there
	usual map[string]time.Duration
}

// A part is one WARC file, the input of one "add".
type part struct {
	file     string
	captures []dateline.CaptureID
}

// Each part has so many pages; every tenth was fetched a second time with the
// same payload, and another tenth with a changed one.
const (
	partsOfWorld = 3
	pagesOfPart  = 40
)

// speakers are quoted in the pages, in turn.
var speakers = []string{
	"Ana Duarte", "Marit Ossa", "Tomas Velikar", "Ines Halloran", "Peter Lindqvist", "Clara Benning",
	"Joseph Adeyemi", "Laura Castell", "Martin Hollis", "Helen Fairweather", "David Okafor", "Susan Whitlock",
}

// newWorld writes the parts into a folder and makes an archive of them that
// nobody kills.
func newWorld(ctx context.Context, dir, bin string) (*world, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	w := &world{names: speakers, usual: map[string]time.Duration{}}
	for i := range partsOfWorld {
		p, err := writePart(filepath.Join(dir, fmt.Sprintf("part-%d.warc.gz", i)), i*pagesOfPart)
		if err != nil {
			return nil, err
		}
		w.parts = append(w.parts, p)
	}
	archive := filepath.Join(dir, "archive")
	for _, args := range [][]string{
		{"add", w.parts[0].file}, {"add", w.parts[1].file}, {"add", w.parts[2].file},
		{"rebuild", "extract"}, {"rebuild", "understand"}, {"rebuild", "index"},
		{"same", w.names[0], w.names[1]}, {"differ", w.names[0], w.names[1]}, // taken back: a story makes its own
		{"backup", filepath.Join(dir, "backup")}, {"verify", "-repair"},
	} {
		c := command{bin: bin, archive: archive, args: args}
		if err := c.run(ctx, nil); err != nil {
			return nil, err
		}
		if c.status != 0 {
			return nil, fmt.Errorf("dateline %s: exit status %d: %s", strings.Join(args, " "), c.status, c.stderr.String())
		}
		w.usual[c.name()] = c.took
	}
	var err error
	if w.whole, err = stateOf(ctx, archive); err == nil {
		w.found, err = answersOf(ctx, bin, archive)
	}
	if err == nil && len(w.whole.captures) != len(w.captures()) {
		err = fmt.Errorf("it has %d captures, want %d", len(w.whole.captures), len(w.captures()))
	}
	return w, err
}

// captures are those of all parts.
func (w *world) captures() (ids []dateline.CaptureID) {
	for _, p := range w.parts {
		ids = append(ids, p.captures...)
	}
	return ids
}

// writePart writes pages, numbered from first on, into a WARC file.
func writePart(file string, first int) (p part, err error) {
	p.file = file
	f, err := os.Create(file)
	if err != nil {
		return p, err
	}
	out := warc.NewWriter(f)
	for i := range pagesOfPart {
		n := first + i
		days := []int{0}
		switch i % 10 {
		case 3, 7:
			days = append(days, 1)
		}
		for _, day := range days {
			c, block := page(n, day, i%10 == 7 && day > 0)
			if _, err := out.WriteRecord(warc.NewRecord(c, block, c.Fetched)); err != nil {
				return p, err
			}
			p.captures = append(p.captures, c.ID)
		}
	}
	return p, errors.Join(f.Sync(), f.Close())
}

// page is a capture of page n, fetched some days after it was printed.
func page(n, days int, changed bool) (dateline.Capture, []byte) {
	printed := time.Date(2026, 3, 1, 6, 30, 0, 0, time.UTC).Add(time.Duration(n) * 7 * time.Hour)
	who := speakers[n%len(speakers)]
	body := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Harbour report %d</title>
<meta property="article:published_time" content="%s"><meta name="author" content="Rosa Lind"></head><body><article><h1>Harbour report %[1]d</h1>
<p>The harbour office counted %[1]d ships in the roads this morning, more than on any day of the week before it, and twice as many as in March of last year.</p>
<p>"We have %[1]d ships and room for half of them," said %[3]s, the director of the harbour office, on %[4]s.</p>
<p>Pilots said that the wind had kept them from bringing the larger ones in, and that they hoped for a calm night.</p>
`, n, printed.Format(time.RFC3339), who, printed.Format("Monday"))
	if changed {
		body += "<p>This report was corrected after the pilots had counted again.</p>\n"
	}
	body += "</article></body></html>\n"
	digest, length, _ := dateline.Digest(strings.NewReader(body)) // a strings.Reader does not fail
	c := dateline.Capture{
		URL: fmt.Sprintf("https://harbourpost.example/report/%d", n), Status: 200, Type: dateline.TypeHTML,
		Fetched: printed.Add(time.Duration(days)*24*time.Hour + time.Hour), Payload: digest, Length: length,
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	return c, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
}
