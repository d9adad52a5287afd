package warc_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/warc"
)

// randomRecord returns a record as strange as may be.
func randomRecord(r *rand.Rand) *warc.Record {
	block := make([]byte, r.IntN(3000))
	for i := range block {
		block[i] = "<p>WARC/1.0\r\n\r\n\x00\xff: "[r.IntN(19)]
	}
	rec := &warc.Record{Version: []string{"1.0", "1.1", "0.18"}[r.IntN(3)], Block: block}
	rec.Header.Add("WARC-Type", []string{"response", "resource", "metadata"}[r.IntN(3)])
	for range r.IntN(6) {
		rec.Header.Add(fmt.Sprint("X-", r.IntN(3)), strings.Repeat("é: ", r.IntN(4))+fmt.Sprint(r.IntN(99)))
	}
	if r.IntN(2) == 0 {
		rec.Header.Add("content-length", "77")
	}
	return rec
}

func TestReadWriteReadIsEqual(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var members, plain bytes.Buffer
	w := warc.NewWriter(&members)
	for range 300 {
		rec := randomRecord(r)
		if _, err := w.WriteRecord(rec); err != nil {
			t.Fatal(err)
		}
		if err := warc.WritePlain(&plain, rec); err != nil {
			t.Fatal(err)
		}
	}
	for name, first := range map[string][]byte{"gzip": members.Bytes(), "plain": plain.Bytes()} {
		var second bytes.Buffer
		w := warc.NewWriter(&second)
		n := 0
		for rec, err := range warc.NewReader(bytes.NewReader(first), warc.Options{}).Records() {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if name == "gzip" {
				if rec.Offset != int64(second.Len()) {
					t.Errorf("%s: record %d at offset %d, want %d", name, n, rec.Offset, second.Len())
				}
				_, err = w.WriteRecord(rec)
			} else {
				err = warc.WritePlain(&second, rec)
			}
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 300 || !bytes.Equal(first, second.Bytes()) {
			t.Errorf("%s: %d records read, want 300; %d bytes written again, want the same %d", name, n, second.Len(), len(first))
		}
	}
}

func TestWriterRefusesLineBreaks(t *testing.T) {
	for _, h := range []warc.Header{{{Name: "WARC-Target-URI", Value: "urn:a\r\nWARC-Type: response"}}, {{Name: "A\nB", Value: ""}}, {{Name: "", Value: "x"}}} {
		var b bytes.Buffer
		if _, err := warc.NewWriter(&b).WriteRecord(&warc.Record{Header: h}); err == nil || b.Len() > 0 {
			t.Errorf("WriteRecord(%q) wrote %d bytes, error %v; want an error", h, b.Len(), err)
		}
	}
}

func TestCaptureRecords(t *testing.T) {
	at := time.Date(2026, 11, 23, 22, 53, 0, 0, time.UTC)
	archived := at.Add(time.Hour)
	capture := func(url, final string, fetched time.Time, status int, err string) dateline.Capture {
		c := dateline.Capture{URL: url, Final: final, Fetched: fetched, Status: status, Err: err}
		c.Type, c.Payload = "text/html", "sha256:"+strings.Repeat("0", 64)
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		return c
	}
	for _, c := range []dateline.Capture{
		capture("https://one.example/", "", at, 200, ""),
		capture("https://one.example/r", "https://one.example/", at.Add(time.Millisecond), 200, ""),
		capture("file:///pages/one.html", "", time.Time{}, 0, ""),
		capture("https://one.example/cut", "", at, 200, "truncated"),
		capture("https://one.example/damaged", "", at, 200, "gzip: invalid checksum"),
	} {
		first := warc.NewRecord(c, []byte("block"), archived)
		again := warc.NewRevisit(capture("https://two.example/", "", at, c.Status, ""), c, nil, archived)
		for _, rec := range []*warc.Record{first, again} {
			var b bytes.Buffer
			if _, err := warc.NewWriter(&b).WriteRecord(rec); err != nil {
				t.Fatal(err)
			}
			for got, err := range warc.NewReader(&b, warc.Options{}).Records() {
				if err != nil {
					t.Fatalf("record of %+v: %v", c, err)
				}
				if rec == again {
					if got.RefersTo() != first.ID() || got.RefersToTargetURI() != first.TargetURI() || !got.RefersToDate().Equal(c.Fetched) {
						t.Errorf("revisit of %+v refers to %s %s %s", c, got.RefersTo(), got.RefersToTargetURI(), got.RefersToDate())
					}
					continue
				}
				want := dateline.Capture{URL: c.URL, Final: c.Final, Fetched: c.Fetched, Err: c.Err}
				if g := got.Capture(); !reflect.DeepEqual(g, want) {
					t.Errorf("record of %+v gives back %+v, want %+v", c, g, want)
				}
				if got.Date().IsZero() || len(got.ID()) != len("urn:uuid:")+36 {
					t.Errorf("record of %+v has date %v and ID %q", c, got.Date(), got.ID())
				}
			}
		}
	}
}
