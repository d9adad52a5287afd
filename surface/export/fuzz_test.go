package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"dateline"
	"dateline/query"
	"dateline/surface/export"
	"dateline/warc"
)

// FuzzFormats writes any article in every format, in all the tables that it has: each
// file can be read again as what it says it is.
func FuzzFormats(f *testing.F) {
	f.Add(hostile, "One line.\n\n“Two,” said Ana Duarte.", "Ana Duarte", "https://post.example/a?b=1&c=2", "2026-02-05T08:30:00+01:00")
	f.Add("\x00\u202e]]>", "---\na: b\n---\n\x1b[31m", "von der Ahé, Ana and {Co}", "javascript:alert(1)", "2026-02")
	f.Add("-1+1", "\ufeff\uffff\u2028", "=", "urn:sha256:00", "2026-02-30")
	f.Fuzz(func(t *testing.T, headline, text, name, address, day string) {
		// A record is UTF-8, as JSON makes it.
		headline, text, name, address = strings.ToValidUTF8(headline, "?"), strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(name, "?"), strings.ToValidUTF8(address, "?")
		if len(headline)+len(text)+len(name)+len(address) > 1<<14 {
			return // longer texts only take longer
		}
		all := dateline.Span{End: len(text)}
		words := dateline.Words{End: len(text), Text: text}
		a := &dateline.Article{
			ID: "a", Capture: "c", URL: address, Canonical: address, Fetched: "2026-02-06T09:00:00Z", Headline: headline, Deck: text, Bylines: []string{name, headline},
			Published: dateline.Date(day), Modified: dateline.Date(day), Lang: name, Section: headline, Tags: []string{name, headline}, Text: text, Type: "news",
			Publisher: dateline.Publisher{Name: name, Site: "post.example", Logo: address}, Images: []dateline.Image{{URL: address, Caption: text, Credit: name}},
			Blocks: []dateline.Block{{Kind: dateline.Paragraph, End: len(text)}}, Authors: []dateline.Author{{Name: name, Kind: "person", URL: address}}, CopyOf: address,
		}
		found := &dateline.Findings{Capture: "c"}
		if text != "" {
			found.Statements = []dateline.Statement{{Content: []dateline.Span{all}, Speaker: []dateline.Span{all}, Kind: "direct", Who: name, To: []string{headline}, On: dateline.Date(day), Rule: "quote/model", Confidence: 1}}
			found.Dates = []dateline.Timex{{Words: words, Type: "DATE", Value: day, Basis: "stated", Rule: "when/day"}}
			found.Mentions = []dateline.Mention{{Words: words, Kind: "person", Entity: name, Rule: "entity/model"}}
			found.Events = []dateline.Event{{Kind: "REQUEST", Trigger: words, From: []string{name}, On: dateline.Date(day), Sentence: all, Rule: "event/verb"}}
		}
		h := &held{docs: []*export.Doc{{Article: a, Findings: found}}}
		for _, format := range export.Formats() {
			for _, of := range format.Of {
				o := origin
				o.Of, o.Query = of, headline
				var out bytes.Buffer
				docs := export.Select(t.Context(), h, query.Query{}, export.Selection{Needs: format.Needs(of)})
				if _, err := export.Articles(&out, docs, format, o, query.Query{Doubtful: true}.Selects, nil); err != nil {
					t.Fatalf("%s of %s: %v", format.Name, of, err)
				}
				if err := reads(format, out.Bytes()); err != nil {
					t.Fatalf("%s of %s cannot be read: %v\n%q", format.Name, of, err, out.Bytes())
				}
			}
		}
	})
}

// reads reads a file of a format with the readers of the standard library, and that of
// Parquet. Formats that have none are not read.
func reads(f export.Format, b []byte) error {
	switch {
	case f.Name == "csv":
		_, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		return err
	case f.Name == "parquet":
		_, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
		return err
	case strings.HasSuffix(f.Ext, ".json") || strings.HasSuffix(f.Ext, ".jsonld") || f.Ext == ".jsonl":
		for in := json.NewDecoder(bytes.NewReader(b)); ; {
			if err := in.Decode(new(any)); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	case f.Ext == ".atom":
		return wellFormed(bytes.NewReader(b))
	case f.Ext == ".zip" || f.Ext == ".epub":
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return err
		}
		for _, part := range z.File {
			in, err := part.Open()
			if err != nil {
				return err
			}
			if strings.HasSuffix(part.Name, ".xhtml") || strings.HasSuffix(part.Name, ".opf") || strings.HasSuffix(part.Name, ".xml") {
				err = wellFormed(in)
			} else {
				_, err = io.Copy(io.Discard, in)
			}
			if err := errors.Join(err, in.Close()); err != nil {
				return fmt.Errorf("%s: %w", part.Name, err)
			}
		}
	}
	return nil
}

// wellFormed returns an error if in is not XML.
func wellFormed(in io.Reader) error {
	for d := xml.NewDecoder(in); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// FuzzCDXJ writes the index of any capture: a line each of three parts, a key without a
// space, 14 digits and an object that has the address again.
func FuzzCDXJ(f *testing.F) {
	f.Add("https://www.post.example/z?b=1&a=2", "text/html", "warc/a.warc.gz", int64(1795000000), 200)
	f.Add("urn:uuid:1 \n{}", "a\"b\r\n", "a b/\x00", int64(-1<<40), 304)
	f.Fuzz(func(t *testing.T, address, media, file string, at int64, status int) {
		c := &dateline.Capture{URL: address, Fetched: time.Unix(at%(1<<37), 0).UTC(), Status: status, Type: media, File: file, Payload: "sha256:00"}
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		s := &stored{captures: []*dateline.Capture{c, c}, records: map[dateline.CaptureID]*warc.Record{
			c.ID: warc.NewRecord(*c, []byte("HTTP/1.1 200 OK\r\n\r\n"), c.Fetched)}}
		var want string // as JSON can hold it
		if b, err := json.Marshal(address); err != nil || json.Unmarshal(b, &want) != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		n, err := export.CDXJ(t.Context(), &out, s, s.all(), options)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(out.String(), "\n"); lines != n {
			t.Fatalf("%d lines for %d captures: %q", lines, n, out.String())
		}
		for line := range strings.Lines(out.String()) {
			parts := strings.SplitN(line, " ", 3)
			var fields struct{ URL string }
			if len(parts) != 3 || json.Unmarshal([]byte(parts[2]), &fields) != nil || fields.URL != want {
				t.Fatalf("%q is no line of an index", line)
			}
		}
	})
}
