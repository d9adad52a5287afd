package acquire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"dateline"
	"dateline/internal/text"
	"dateline/warc"
)

// errTooLarge says that a page is over the limit.
func errTooLarge(most int64) error {
	return fmt.Errorf("%w of %d bytes", warc.ErrTooLarge, most)
}

// savedFrom is what browsers write into a page that they save.
var savedFrom = regexp.MustCompile(`<!-- saved from url=\(\d+\)(https?://[^\s<>"]+)`)

// What SingleFile, the extension of browsers, writes into the pages that it saves.
var (
	singleFile = regexp.MustCompile(`(?s)<!--\s*Page saved with SingleFile\s(.*?)-->`)
	singleURL  = regexp.MustCompile(`(?m)^\s*url:\s*(https?://\S+)\s*$`)
	singleDate = regexp.MustCompile(`(?m)^\s*saved date:\s*(\w{3} \w{3} \d{1,2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4})`)
)

// savedBy returns the address that a page was saved from, and when, if its comments tell.
func savedBy(text string) (address string, at time.Time) {
	if m := singleFile.FindStringSubmatch(text); m != nil {
		if u := singleURL.FindStringSubmatch(m[1]); u != nil {
			if d := singleDate.FindStringSubmatch(m[1]); d != nil {
				at, _ = time.Parse("Mon Jan 2 2006 15:04:05 GMT-0700", d[1]) // else nobody knows when
			}
			return u[1], at.UTC()
		}
	}
	if m := savedFrom.FindStringSubmatch(text); m != nil {
		return m[1], time.Time{}
	}
	return "", time.Time{}
}

// html reads a saved page, all that text holds. raw counts the bytes of the
// file, which are not those of text if it is packed.
func (r *reading) html(name, address string, text io.Reader, raw *counted, packed bool) bool {
	var buf bytes.Buffer
	if !packed { // so that it need not grow
		buf.Grow(int(min(r.size, r.o.MaxBytes)) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(text, r.o.MaxBytes+1))
	if n > r.o.MaxBytes {
		at := r.o.MaxBytes
		if packed {
			at = 0 // where in the file that is, nobody can tell
		}
		return r.fail(name, at, errTooLarge(r.o.MaxBytes))
	}
	body := buf.Bytes()
	var at time.Time
	if from, when := savedBy(asASCII(body[:min(len(body), 16<<10)])); from != "" {
		address, at = from, when
	}
	c := dateline.Capture{URL: absolute(address), Fetched: at, Type: dateline.TypeHTML}
	if err != nil {
		c.Err = damage(err).Error()
	}
	if !r.page(saved(name, 0, c, body)) {
		return false
	}
	if err != nil {
		return r.fail(name, raw.n, damage(err))
	}
	return true
}

// saved makes a page of a payload that came without an HTTP exchange.
func saved(name string, offset int64, c dateline.Capture, payload []byte) Page {
	c.Payload, c.Length, _ = dateline.Digest(bytes.NewReader(payload)) // a bytes.Reader does not fail
	if c.URL == "" {
		c.URL = text.UUID(payload) // so that the same page is always the same
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	return Page{Input: name, Offset: offset, Capture: c, Record: warc.TypeResource, Block: payload, Body: payload}
}

// damage says in words what the error of a decompressor means for the file.
func damage(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("truncated")
	}
	return bareError(err)
}

// dumpLine is the first line of a flattened dump.
var dumpLine = regexp.MustCompile(`^\x{FEFF}? ?date (\d{4}-\d{2}-\d{2}) (https?://[^\s]+)[ \t]*$`)

// dumps reads flattened dumps one after another. Each lasts until the next
// line that a dump begins with.
func (r *reading) dumps(name string, text io.Reader, raw *counted, packed bool) bool {
	in := bufio.NewReaderSize(text, 64<<10)
	var (
		dump    []byte // the dump at hand, from start on
		address string
		start   int64
		at      int64 // of the next line
	)
	flush := func(flaw string) bool {
		switch {
		case address == "":
			return true
		case int64(len(dump)) > r.o.MaxBytes:
			return r.fail(name, start, errTooLarge(r.o.MaxBytes))
		}
		c := dateline.Capture{URL: absolute(address), Type: dateline.TypeDump, Err: flaw}
		return r.page(saved(name, start, c, bytes.Clone(dump)))
	}
	for lineStart := true; ; {
		line, err := in.ReadSlice('\n')
		if lineStart && (err == nil || err == io.EOF) { // a line cut short has half an address
			if m := dumpLine.FindSubmatch(bytes.TrimRight(line, "\r\n")); m != nil {
				if !flush("") {
					return false
				}
				dump, address, start = dump[:0], string(m[2]), at
			}
		}
		at += int64(len(line))
		if int64(len(dump)) <= r.o.MaxBytes {
			dump = append(dump, line...)
		} else if packed && at > 100*raw.n+1<<20 {
			return flush("") // a bomb: what follows it is not worth the time
		}
		lineStart = err == nil
		if err != nil && err != bufio.ErrBufferFull {
			if err == io.EOF {
				return flush("")
			}
			if packed {
				at = raw.n
			}
			return flush(damage(err).Error()) && r.fail(name, at, damage(err))
		}
	}
}

// absolute returns an address without its fragment and without what cannot
// stand in one.
func absolute(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, address))
}
