package warc_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"dateline/warc"
)

// crawl makes a file of n response records, each a page of about 60 kB whose
// words vary as those of a text do.
func crawl(n int) (members []byte, inflated int64) {
	words := strings.Fields("the ferry strike ends after nine days ships leave harbour again union says talks minister port crew " +
		"passengers island mainland wage offer vote on Tuesday evening agency reports owners called it costly and long")
	r := rand.New(rand.NewPCG(5, 6))
	var b bytes.Buffer
	w := warc.NewWriter(&b)
	for i := range n {
		var page strings.Builder
		page.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!DOCTYPE html>")
		for page.Len() < 60_000 {
			fmt.Fprintf(&page, "<p class=\"p%d\">", r.IntN(1000))
			for range 30 {
				page.WriteString(words[r.IntN(len(words))] + " ")
			}
		}
		rec := &warc.Record{Header: warc.Header{
			{Name: "WARC-Type", Value: "response"},
			{Name: "WARC-Record-ID", Value: fmt.Sprintf("<urn:uuid:%d>", i)},
			{Name: "WARC-Date", Value: "2026-11-23T22:53:00Z"},
			{Name: "WARC-Target-URI", Value: fmt.Sprintf("https://one.example/%d", i)},
		}, Block: []byte(page.String())}
		inflated += int64(page.Len())
		w.WriteRecord(rec) // into memory
	}
	return b.Bytes(), inflated
}

func BenchmarkReader(b *testing.B) {
	data, inflated := crawl(100)
	b.SetBytes(inflated)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range warc.NewReader(bytes.NewReader(data), warc.Options{}).Records() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 100 {
			b.Fatalf("%d records, want 100", n)
		}
	}
}

// BenchmarkInflate is what BenchmarkReader would be if records cost nothing.
func BenchmarkInflate(b *testing.B) {
	data, inflated := crawl(100)
	b.SetBytes(inflated)
	b.ReportAllocs()
	for b.Loop() {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, z); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriter(b *testing.B) {
	data, inflated := crawl(10)
	var records []*warc.Record
	for rec, err := range warc.NewReader(bytes.NewReader(data), warc.Options{}).Records() {
		if err != nil {
			b.Fatal(err)
		}
		rec.Block = bytes.Clone(rec.Block)
		records = append(records, rec)
	}
	b.SetBytes(inflated)
	b.ReportAllocs()
	w := warc.NewWriter(io.Discard)
	for b.Loop() {
		for _, rec := range records {
			if _, err := w.WriteRecord(rec); err != nil {
				b.Fatal(err)
			}
		}
	}
}
