package warc

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"dateline"
)

// Fields that ISO 28500 does not have; it allows such (4). They make
// [Record.Capture] give back the capture that [NewRecord] was given.
const (
	fieldRequested = "Dateline-Requested" // address as requested, if another one answered
	fieldUndated   = "Dateline-Undated"   // "true" if nobody knows when the page was fetched
	fieldUse       = "Dateline-Use"       // "FROM SAYS": what robots.txt states of the page's use, a field each
	fieldDamage    = "Dateline-Damage"    // what is wrong with the payload, if it is not just truncated
)

// mostUses bounds how many statements of a page's use are read from a record.
const mostUses = 100

// NewRecord returns the record that holds the capture c: of type response
// with an HTTP message as block, or of type resource with the payload.
// archived is when the record is made; it is the WARC-Date of a capture that
// does not tell when it was fetched. Control characters, which cannot stand in
// a header, are left out of what the capture tells.
func NewRecord(c dateline.Capture, block []byte, archived time.Time) *Record {
	kind, contentType := TypeResource, c.Type
	if c.Status != 0 {
		kind, contentType = TypeResponse, "application/http; msgtype=response"
	} else if c.Charset != "" {
		contentType += "; charset=" + c.Charset
	}
	return newRecord(kind, contentType, c, block, archived)
}

// NewRevisit returns the record of a capture whose payload is that of an
// earlier one. The block is what was received but for the payload: the status
// line and header of a response (see [Head]), nothing of a saved page.
func NewRevisit(c, earlier dateline.Capture, block []byte, archived time.Time) *Record {
	contentType := ""
	if c.Status != 0 {
		contentType = "application/http; msgtype=response"
	}
	rec := newRecord(TypeRevisit, contentType, c, block, archived)
	rec.Header.Add("WARC-Profile", ProfileIdentical)
	rec.Header.Add("WARC-Refers-To", "<"+RecordID(&earlier)+">")
	rec.Header.Add("WARC-Refers-To-Target-URI", answered(earlier))
	rec.Header.clean()
	if !earlier.Fetched.IsZero() {
		rec.Header.Add("WARC-Refers-To-Date", earlier.Fetched.UTC().Format(time.RFC3339Nano))
	}
	return rec
}

func newRecord(kind, contentType string, c dateline.Capture, block []byte, archived time.Time) *Record {
	at := c.Fetched
	if at.IsZero() {
		at = archived
	}
	h := Header{
		{"WARC-Type", kind},
		{"WARC-Record-ID", "<" + recordID(c.ID) + ">"},
		{"WARC-Date", at.UTC().Format(time.RFC3339Nano)},
		{"WARC-Target-URI", answered(c)},
	}
	if c.Final != "" && c.Final != c.URL {
		h.Add(fieldRequested, c.URL)
	}
	if c.Fetched.IsZero() {
		h.Add(fieldUndated, "true")
	}
	switch c.Err {
	case "":
	case "truncated":
		h.Add("WARC-Truncated", "unspecified")
	default:
		h.Add(fieldDamage, c.Err)
	}
	for _, u := range c.Uses {
		if !strings.HasPrefix(u.From, "header:") { // else the block tells
			h.Add(fieldUse, u.From+" "+u.Says)
		}
	}
	h.Add("WARC-Payload-Digest", c.Payload)
	h.Add("WARC-Block-Digest", digestOf(block))
	if contentType != "" {
		h.Add("Content-Type", contentType)
	}
	h.clean()
	return &Record{Version: "1.1", Header: h, Block: block}
}

// answered is the address that the capture's payload came from.
func answered(c dateline.Capture) string {
	if c.Final != "" {
		return c.Final
	}
	return c.URL
}

// An Origin is what is known of the connection that an exchange was sent over.
type Origin struct {
	IP       string   // address that answered; "" if not known
	Protocol []string // "http/1.1", "tls/1.3"
	Cipher   string   // "" without TLS
}

// From notes in the record where its block came from.
func (r *Record) From(o Origin) {
	if o.IP != "" {
		r.Header.Add("WARC-IP-Address", o.IP)
	}
	for _, p := range o.Protocol {
		r.Header.Add("WARC-Protocol", p)
	}
	if o.Cipher != "" {
		r.Header.Add("WARC-Cipher-Suite", o.Cipher)
	}
	r.Header.clean()
}

// NewRequest returns the record of the request whose answer another record holds
// (ISO 28500:2017, 6.5); block is the request as it was sent.
func NewRequest(answer *Record, block []byte) *Record {
	return &Record{Version: "1.1", Block: block, Header: Header{
		{"WARC-Type", TypeRequest},
		{"WARC-Record-ID", "<" + recordID(dateline.CaptureID("request "+answer.ID())) + ">"},
		{"WARC-Date", answer.Header.Get("WARC-Date")},
		{"WARC-Target-URI", answer.Header.Get("WARC-Target-URI")},
		{"WARC-Concurrent-To", "<" + answer.ID() + ">"},
		{"WARC-Block-Digest", digestOf(block)},
		{"Content-Type", "application/http; msgtype=request"},
	}}
}

// NewResource returns the record of a thing of the archive's own that is no capture; its
// ID follows from name (ISO 28500:2017, 6.4).
func NewResource(uri, name, contentType string, block []byte, made time.Time) *Record {
	return newOwn(TypeResource, uri, name, contentType, block, made)
}

// NewMetadata is [NewResource] for what tells of another record, that of the address uri
// (ISO 28500:2017, 6.6).
func NewMetadata(uri, name, contentType string, block []byte, made time.Time) *Record {
	return newOwn(TypeMetadata, uri, name, contentType, block, made)
}

func newOwn(kind, uri, name, contentType string, block []byte, made time.Time) *Record {
	return &Record{Version: "1.1", Block: block, Header: Header{
		{"WARC-Type", kind},
		{"WARC-Record-ID", "<" + recordID(dateline.CaptureID(name)) + ">"},
		{"WARC-Date", made.UTC().Format(time.RFC3339)},
		{"WARC-Target-URI", uri},
		{"WARC-Block-Digest", digestOf(block)},
		{"Content-Type", contentType},
	}}
}

// NewInfo returns the warcinfo record of a file (ISO 28500:2017, 6.2): block has the
// lines "name: value" that tell of it, such as "software: …".
func NewInfo(file string, block []byte, made time.Time) *Record {
	return &Record{Version: "1.1", Block: block, Header: Header{
		{"WARC-Type", TypeInfo},
		{"WARC-Record-ID", "<" + recordID(dateline.CaptureID("warcinfo "+file)) + ">"},
		{"WARC-Date", made.UTC().Format(time.RFC3339)},
		{"WARC-Filename", file},
		{"WARC-Block-Digest", digestOf(block)},
		{"Content-Type", "application/warc-fields"},
	}}
}

// IsOf reports whether the record is that of the capture: one that is kept as it came
// has the ID that the capture names, others that which [NewRecord] and [NewRevisit]
// make of the capture's key.
func (r *Record) IsOf(c *dateline.Capture) bool { return r.ID() == RecordID(c) }

// RecordID is the WARC-Record-ID of a capture's record, without its brackets.
func RecordID(c *dateline.Capture) string {
	if c.Record != "" {
		return c.Record
	}
	return recordID(c.ID)
}

// recordID is the WARC-Record-ID of a capture: a UUID of version 5 (RFC 9562,
// 5.5) made from its key, so that archiving it twice gives the same record.
func recordID(id dateline.CaptureID) string {
	sum := sha1.Sum([]byte("dateline:" + id))
	u := sum[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%s-%s-%s-%s-%s", hex.EncodeToString(u[:4]), hex.EncodeToString(u[4:6]),
		hex.EncodeToString(u[6:8]), hex.EncodeToString(u[8:10]), hex.EncodeToString(u[10:]))
}

// Capture returns what the record's own header tells of its capture: URL,
// Final, Fetched, and what of Err the block does not tell. The rest is in the block.
func (r *Record) Capture() dateline.Capture {
	c := dateline.Capture{URL: r.TargetURI(), Fetched: r.Date()}
	if requested := r.Header.Get(fieldRequested); requested != "" {
		c.URL, c.Final = requested, c.URL
	}
	if r.Header.Get(fieldUndated) == "true" {
		c.Fetched = time.Time{}
	}
	if r.Header.Get("WARC-Truncated") != "" || r.Truncated {
		c.Err = "truncated"
	}
	for _, text := range r.Header.Values(fieldUse) {
		if from, says, ok := strings.Cut(text, " "); ok && len(c.Uses) < mostUses {
			c.Uses = append(c.Uses, dateline.Use{Says: says, From: from})
		}
	}
	if damage := r.Header.Get(fieldDamage); damage != "" {
		c.Err = damage
	}
	return c
}

// Head returns the status line and header of an HTTP message, the blank line
// included: what a revisit record keeps of it. It is empty if block is none.
func Head(block []byte) []byte {
	head, _, _ := cutHead(block)
	return head
}
