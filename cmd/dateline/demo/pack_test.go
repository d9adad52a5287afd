package demo_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"dateline"
	"dateline/warc"
)

// An entry of manifest.json is one capture.
type entry struct {
	File    string // in the folder pages; "" for a revisit
	Revisit string // the file whose payload came again
	URL     string
	Fetched time.Time // of a dump: when it was archived
}

// pack makes a WARC file of manifest.json and the folder pages. The same
// sources always give the same bytes.
func pack() ([]byte, error) {
	text, err := os.ReadFile("manifest.json")
	if err != nil {
		return nil, err
	}
	var entries []entry
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, fmt.Errorf("manifest.json: %w", err)
	}
	if len(entries) == 0 {
		return nil, errors.New("manifest.json is empty")
	}
	var out bytes.Buffer
	w := warc.NewWriter(&out)
	if _, err := w.WriteRecord(info(entries)); err != nil {
		return nil, err
	}
	stored := map[string]dateline.Capture{}
	for i, e := range entries {
		rec, err := e.record(stored)
		if err != nil {
			return nil, fmt.Errorf("manifest.json: entry %d: %w", i+1, err)
		}
		if _, err := w.WriteRecord(rec); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// info makes the record that opens the file.
func info(entries []entry) *warc.Record {
	return &warc.Record{
		Header: warc.Header{
			{Name: "WARC-Type", Value: warc.TypeInfo},
			{Name: "WARC-Record-ID", Value: "<urn:uuid:5a1f8d9e-6f0b-5c35-9d0e-2f4a60b7c1d3>"},
			{Name: "WARC-Date", Value: entries[len(entries)-1].Fetched.Format(time.RFC3339)},
			{Name: "Content-Type", Value: "application/warc-fields"},
		},
		Block: []byte("description: the sample of dateline demo; all of it is invented\r\nformat: WARC File Format 1.1\r\n"),
	}
}

// record makes the WARC record of e. The captures stored are those of the
// entries before it, by file.
func (e entry) record(stored map[string]dateline.Capture) (*warc.Record, error) {
	earlier, again := stored[e.Revisit]
	if e.File == "" && !again {
		return nil, fmt.Errorf("revisit of %q, which no entry before it holds", e.Revisit)
	}
	file := e.File
	if again {
		file = e.Revisit
	}
	block, err := load(file, e.Fetched)
	if err != nil {
		return nil, err
	}
	c, err := e.capture(block)
	if err != nil {
		return nil, err
	}
	if again {
		return warc.NewRevisit(c, earlier, warc.Head(block), e.Fetched), nil
	}
	stored[e.File] = c
	return warc.NewRecord(c, block, e.Fetched), nil
}

// capture describes the block, which is an HTTP response or a dump.
func (e entry) capture(block []byte) (c dateline.Capture, err error) {
	c.URL = e.URL
	payload := block
	if m, err := warc.ParseMessage(block); err == nil {
		c.Fetched, c.Status, payload = e.Fetched, m.Status, m.Payload
		c.Type, c.Charset = m.ContentType()
	} else {
		c.Type = dateline.TypeDump // nobody knows when a dump was fetched
	}
	c.Payload, c.Length, err = dateline.Digest(bytes.NewReader(payload))
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	return c, err
}
