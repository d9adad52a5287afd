package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Types of record (ISO 28500:2017, 6).
const (
	TypeInfo         = "warcinfo"
	TypeResponse     = "response"
	TypeResource     = "resource"
	TypeRequest      = "request"
	TypeMetadata     = "metadata"
	TypeRevisit      = "revisit"
	TypeConversion   = "conversion"
	TypeContinuation = "continuation"
)

// ProfileIdentical is the WARC-Profile of a revisit whose payload is equal to
// that of an earlier record (ISO 28500:2017, 6.7.2).
const ProfileIdentical = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

// A Field is one named field of a header.
type Field struct {
	Name  string // as it was written: "WARC-Type"
	Value string // without the white space around it; lines that go on are joined by a space
}

// A Header is a list of named fields in the order in which they are written.
// Names are compared without regard to case.
type Header []Field

// Get returns the value of the first field with the given name, "" if there is none.
func (h Header) Get(name string) string {
	for _, f := range h {
		if len(f.Name) == len(name) && strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values returns the values of all fields with the given name, in order.
func (h Header) Values(name string) []string {
	var values []string
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			values = append(values, f.Value)
		}
	}
	return values
}

// Add appends a field.
func (h *Header) Add(name, value string) { *h = append(*h, Field{name, value}) }

// Set gives the first field of that name the value, or appends a field.
func (h *Header) Set(name, value string) {
	for i, f := range *h {
		if strings.EqualFold(f.Name, name) {
			(*h)[i].Value = value
			return
		}
	}
	h.Add(name, value)
}

// clean removes from the values what cannot stand in one.
func (h Header) clean() {
	for i := range h {
		h[i].Value = withoutControls(h[i].Value)
	}
}

// withoutControls returns s without the control characters of ASCII.
func withoutControls(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, s)
}

// A Record is one WARC record.
type Record struct {
	// Offset is the number of bytes from the start of the file to the record's
	// gzip member or zstd frame, or to the record itself in a plain file.
	// Records that share a member or frame share its offset.
	Offset int64
	// Version is what the first line says after "WARC/": "1.0", "1.1".
	// Written as "1.1" if "".
	Version string
	// Header has the named fields of the record, "WARC-Type" among them.
	Header Header
	// Block is the content block. One that comes from a [Reader] is valid
	// only until the next record is asked for.
	Block []byte
	// Truncated says that Block ends before the record does: the file ends or
	// is damaged there. It does not tell what WARC-Truncated does.
	Truncated bool
	// Raw is the version line, the fields and the blank line as they stand in
	// the file; Member is the gzip member that holds this record and nothing
	// else. A [Reader] sets both only if [Options.Raw] asks for them, and leaves
	// Member nil where there is no such member. They are valid as long as Block
	// is. A record that has them is written as it stood, see [Writer.WriteRecord].
	Raw, Member []byte
}

// Original returns a copy of r to be written elsewhere byte for byte as it stands in
// its file. It returns nil if r has no Raw, and if nobody could check later what was
// written: r has no ID, its Content-Length is not the length of its Block, or its Block
// or payload has another digest than r states. Raw and Member of the copy are its own;
// Block is that of r, and valid as long as that is.
func (r *Record) Original() *Record {
	n, ok := r.ContentLength()
	if r.Raw == nil || r.ID() == "" || !ok || n != int64(len(r.Block)) || wrongDigest(r) != nil {
		return nil
	}
	o := *r
	o.Raw, o.Member = bytes.Clone(r.Raw), bytes.Clone(r.Member)
	return &o
}

// Digest returns "sha256:" and the hex digest of the record as it stands in its file: its
// version line, its fields, the blank line and its block. It is "" if r has no Raw.
func (r *Record) Digest() string {
	if r.Raw == nil {
		return ""
	}
	h := sha256.New()
	h.Write(r.Raw) // a hash does not fail
	h.Write(r.Block)
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// Type returns WARC-Type in lower case.
func (r *Record) Type() string { return strings.ToLower(r.Header.Get("WARC-Type")) }

// ID returns WARC-Record-ID without its angle brackets.
func (r *Record) ID() string { return bare(r.Header.Get("WARC-Record-ID")) }

// TargetURI returns WARC-Target-URI, without the angle brackets that some
// writers of WARC 1.0 put around it.
func (r *Record) TargetURI() string { return bare(r.Header.Get("WARC-Target-URI")) }

// Date returns WARC-Date in UTC; zero if it is absent or cannot be read.
func (r *Record) Date() time.Time { return parseDate(r.Header.Get("WARC-Date")) }

// ContentType returns the Content-Type of the block as it is written.
func (r *Record) ContentType() string { return r.Header.Get("Content-Type") }

// PayloadDigest returns WARC-Payload-Digest as it is written: "sha1:…".
func (r *Record) PayloadDigest() string { return r.Header.Get("WARC-Payload-Digest") }

// BlockDigest returns WARC-Block-Digest as it is written.
func (r *Record) BlockDigest() string { return r.Header.Get("WARC-Block-Digest") }

// RefersTo returns WARC-Refers-To without its angle brackets.
func (r *Record) RefersTo() string { return bare(r.Header.Get("WARC-Refers-To")) }

// RefersToTargetURI returns WARC-Refers-To-Target-URI.
func (r *Record) RefersToTargetURI() string {
	return bare(r.Header.Get("WARC-Refers-To-Target-URI"))
}

// RefersToDate returns WARC-Refers-To-Date in UTC; zero if not known.
func (r *Record) RefersToDate() time.Time { return parseDate(r.Header.Get("WARC-Refers-To-Date")) }

// ContentLength returns Content-Length; ok is false if it is absent or no number.
func (r *Record) ContentLength() (n int64, ok bool) {
	n, err := strconv.ParseInt(r.Header.Get("Content-Length"), 10, 64)
	return n, err == nil && n >= 0
}

func bare(uri string) string {
	if len(uri) > 1 && uri[0] == '<' && uri[len(uri)-1] == '>' {
		return uri[1 : len(uri)-1]
	}
	return uri
}

// parseDate reads a W3C date and time (ISO 28500:2017, 5.4, which allows any
// precision) and the 14 digits that some early writers print.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "20060102150405", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func knownType(t string) bool {
	switch t {
	case TypeInfo, TypeResponse, TypeResource, TypeRequest, TypeMetadata, TypeRevisit, TypeConversion, TypeContinuation:
		return true
	}
	return false
}
