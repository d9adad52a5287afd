package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dateline"
	"dateline/warc"
)

// newCapture returns a capture of a page, and the block of its record.
func newCapture(i, status int) (dateline.Capture, []byte) {
	payload := strings.Repeat(fmt.Sprintf("<p>page %d of the harbour post", i), 20)
	c := dateline.Capture{URL: fmt.Sprintf("https://one.example/%d", i), Status: status, Type: "text/html",
		Fetched: time.Date(2026, 11, 23, 22, 53, i, 0, time.UTC)}
	c.Payload, c.Length, _ = dateline.Digest(strings.NewReader(payload))
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	if status == 0 {
		return c, []byte(payload)
	}
	return c, []byte(fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: text/html\r\n\r\n%s", status, payload))
}

// keep appends the records of n captures and returns them with their places.
func keep(t *testing.T, files *warc.Files, from, to int) []dateline.Capture {
	t.Helper()
	var captures []dateline.Capture
	for i := from; i < to; i++ {
		c, block := newCapture(i, 200*(i%2))
		name, offset, err := files.Append(warc.NewRecord(c, block, c.Fetched))
		if err != nil {
			t.Fatal(err)
		}
		c.File, c.Offset = "warc/"+name, offset
		captures = append(captures, c)
	}
	return captures
}

func TestRead(t *testing.T) {
	files := open(t, t.TempDir(), warc.FilesOptions{})
	captures := keep(t, files, 0, 4)
	for i, c := range captures {
		rec, m, err := files.Read(&c)
		if err != nil {
			t.Fatalf("Read(%+v): %v", c, err)
		}
		if want := fmt.Sprintf("<p>page %d ", i); !strings.HasPrefix(string(m.Payload), want) || m.Status != c.Status || rec.TargetURI() != c.URL {
			t.Errorf("Read(%+v) = %s of %s with status %d, want %s…", c, m.Payload, rec.TargetURI(), m.Status, want)
		}
	}
	again := captures[1]
	again.URL, again.Revisit = "https://two.example/", captures[1].ID
	again.ID = dateline.NewCaptureID(again.URL, again.Fetched, again.Payload)
	name, offset, err := files.Append(warc.NewRevisit(again, captures[1], []byte("HTTP/1.1 200 OK\r\n\r\n"), again.Fetched))
	if err != nil {
		t.Fatal(err)
	}
	again.File, again.Offset = "warc/"+name, offset
	if rec, m, err := files.Read(&again); err != nil || m != nil || rec.Type() != "revisit" {
		t.Errorf("Read of a revisit: %v, %v, %v; want its record and no message", rec, m, err)
	}
}

// Whatever of a record changes, what Read gives back is what was captured, or
// an error that says where, what and what hangs on it.
func TestReadBelievesNothingElse(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	captures := keep(t, files, 0, 3)
	c := captures[1]
	path := filepath.Join(dir, filepath.Base(c.File))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "page 1 of the harbour post"
	unreadable := 0
	for at := c.Offset; at < captures[2].Offset; at++ {
		if err := os.WriteFile(path, flip(whole, int(at)), 0o644); err != nil {
			t.Fatal(err)
		}
		_, m, err := files.Read(&c)
		var trouble *warc.CaptureError
		switch {
		case err == nil:
			if strings.Count(string(m.Payload), want) != 20 || len(m.Payload) != int(c.Length) {
				t.Fatalf("byte %d changed: Read gives %q", at, m.Payload)
			}
			continue
		case !errors.As(err, &trouble) || trouble.Capture != c.ID || trouble.File != c.File || trouble.Offset != c.Offset:
			t.Fatalf("byte %d changed: error %#v, want a CaptureError of %s", at, err, c.ID)
		}
		for _, part := range []string{c.File, fmt.Sprint("byte ", c.Offset), string(c.ID), c.URL} {
			if strings.Count(err.Error(), part) != 1 {
				t.Fatalf("byte %d changed: error %q, want it to name %s once", at, err, part)
			}
		}
		unreadable++
	}
	if n := int(captures[2].Offset - c.Offset); unreadable < n*3/4 {
		t.Errorf("%d of %d changed bytes make the record unreadable, want most", unreadable, n)
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	captures := keep(t, files, 0, 3)
	other := captures[1] // its place is that of another record, as whole as can be
	other.Offset = captures[2].Offset
	changed := captures[1]
	changed.Payload = captures[2].Payload
	missing := captures[1]
	missing.File = "warc/dateline-20200101T000000Z-00009.warc.gz"
	beyond := captures[1]
	beyond.Offset = 1 << 40
	for name, c := range map[string]struct {
		capture dateline.Capture
		want    error
	}{"another record": {other, warc.ErrOther}, "another payload": {changed, warc.ErrDigest}, "no file": {missing, warc.ErrMissing}, "beyond the end": {beyond, nil}} {
		rec, m, err := files.Read(&c.capture)
		var trouble *warc.CaptureError
		if rec != nil || m != nil || !errors.As(err, &trouble) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: Read = %v, %v, %v; want a CaptureError of %v", name, rec, m, err, c.want)
		}
	}
}

// What a page declares of itself may hold anything; its record can be written.
func TestRecordOfControlCharacters(t *testing.T) {
	c, block := newCapture(1, 0)
	c.Type, c.Charset = "text/html\r\nWARC-Type: warcinfo", "a\rb\n\x00"
	c.Final, c.URL = c.URL+"\r\nX: y", c.URL+"\n"
	earlier := c
	files := open(t, t.TempDir(), warc.FilesOptions{})
	for _, rec := range []*warc.Record{warc.NewRecord(c, block, c.Fetched), warc.NewRevisit(c, earlier, nil, c.Fetched)} {
		name, offset, err := files.Append(rec)
		if err != nil {
			t.Fatal(err)
		}
		got, err := files.Open(name, offset)
		if err != nil || got.Type() != rec.Type() || got.TargetURI() != "https://one.example/1X: y" {
			t.Errorf("%s record of %+v: read %+v, %v", rec.Type(), c, got, err)
		}
	}
	if media, charset := warc.ParseContentType("text/html\r; charset=a\rb"); media != "text/html" || charset != "ab" {
		t.Errorf("ParseContentType gives %q, %q; want no control characters", media, charset)
	}
}

// A file that is shorter than the last record that is known, or damaged there,
// is left as it is: no other record is ever put where a known one was.
func TestResumeKeepsWhatIsKnown(t *testing.T) {
	for name, damage := range map[string]func(b []byte, last int64) []byte{
		"ten bytes short":   func(b []byte, _ int64) []byte { return b[:len(b)-10] },
		"cut in its header": func(b []byte, last int64) []byte { return b[:last+5] },
		"cut off":           func(b []byte, last int64) []byte { return b[:last] },
		"cut long before":   func(b []byte, last int64) []byte { return b[:last/2] },
		"empty":             func(b []byte, _ int64) []byte { return nil },
		"zeroed at its end": func(b []byte, _ int64) []byte { return append(b[:len(b)-20:len(b)-20], make([]byte, 20)...) },
		"zeroed":            func(b []byte, last int64) []byte { return append(b[:last:last], make([]byte, 512)...) },
	} {
		dir := t.TempDir()
		files := open(t, dir, warc.FilesOptions{})
		captures := keep(t, files, 0, 5)
		files.Close()
		last := captures[4]
		path := filepath.Join(dir, filepath.Base(last.File))
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		damaged := damage(whole, last.Offset)
		if err := os.WriteFile(path, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		files = open(t, dir, warc.FilesOptions{})
		did := resume(t, files, place{filepath.Base(last.File), last.Offset})
		if did.Torn == nil || did.Torn.Offset != last.Offset || did.Cut != 0 {
			t.Errorf("%s: resumed %+v, want it torn at byte %d", name, did, last.Offset)
		}
		more := keep(t, files, 5, 7)
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(damaged) || more[0].File == last.File {
			t.Errorf("%s: the file was changed, or %s is appended to, %v", name, more[0].File, err)
		}
		for _, c := range more {
			if _, _, err := files.Read(&c); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		// Of a record that only lost its checksum the payload is whole.
		if _, m, err := files.Read(&last); err == nil && (name != "ten bytes short" || !strings.HasPrefix(string(m.Payload), "<p>page 4 ")) {
			t.Errorf("%s: the torn record reads as %q", name, m.Payload)
		}
	}
}

// Records that no capture names are given away, whole, each once, and stay.
func TestResumeGivesAwayWhatIsUnknown(t *testing.T) {
	dir := t.TempDir()
	o := warc.FilesOptions{MaxSize: 2500}
	files := open(t, dir, o)
	captures := keep(t, files, 0, 20)
	files.Close()
	for known := range len(captures) + 1 {
		files := open(t, dir, o)
		var taken []string
		_, err := files.Resume(warc.Resumption{
			Known: func(name string) (int64, error) {
				last := int64(-1)
				for _, c := range captures[:known] {
					if filepath.Base(c.File) == name {
						last = c.Offset
					}
				}
				return last, nil
			},
			Take: func(name string, rec *warc.Record) error {
				c := captures[known+len(taken)]
				if rec.TargetURI() != c.URL || rec.Offset != c.Offset || "warc/"+name != c.File {
					return fmt.Errorf("%s at %s %d, want %+v", rec.TargetURI(), name, rec.Offset, c)
				}
				taken = append(taken, rec.ID())
				return nil
			},
		})
		if err != nil || len(taken) != len(captures)-known {
			t.Errorf("%d of %d known: %d taken, %v", known, len(captures), len(taken), err)
		}
		files.Close()
	}
}

func digest(b []byte) string {
	d, _, _ := dateline.Digest(bytes.NewReader(b))
	return d
}

// load returns the WARC files of a folder.
func load(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[filepath.Base(name)] = &fstest.MapFile{Data: data}
	}
	return fsys
}
