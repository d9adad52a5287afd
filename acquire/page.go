// Package acquire opens what a user names as input: saved pages, WARC files,
// folders, flattened dumps, addresses, standard input. It gives back pages:
// the capture, its bytes as received, and the body ready to be read.
//
//	page.go      a Page, and an input that cannot be read
//	inputs.go    several inputs, one after the other
//	open.go      one input: what it is, and how its pages are counted
//	sniff.go     what a file holds, by its first bytes
//	saved.go     HTML files and flattened dumps → pages; pipe.go reads standard input
//	mhtml.go     web archives of mail form (MHTML) → pages; lines.go JSON lines and lists
//	             of addresses; zip.go WACZ and ZIP files, entry by entry
//	archive.go   WARC files → pages; beside.go joins requests and metadata to them
//	fetch.go     an address → exchanges, redirects and all; public.go refuses addresses
//	             of the own machine and net
//	bulk.go      many large WARC files read side by side, of which filter.go says what is
//	             kept; stream.go reads one over the network and goes on where it broke off
//	exchange.go  one request and what came back, and evidence.go the WARC records of it
//	uses.go      what the header of an answer states of how its page may be used
package acquire

import (
	"fmt"
	"time"

	"dateline"
	"dateline/warc"
)

// A Page is one captured page.
type Page struct {
	// Input is the file, address or "-" that the page came from, and Offset
	// the byte in it at which its record, member or frame starts.
	Input  string
	Offset int64
	// Capture describes the page; File, Offset and Revisit are not set yet.
	Capture dateline.Capture
	// Record is the type of WARC record that the block belongs in:
	// "response" for an HTTP exchange, "resource" for a saved page or dump,
	// "revisit" for a capture whose payload is that of an earlier one.
	Record string
	// Block is the evidence as received: for a response the whole HTTP
	// message, else the payload.
	Block []byte
	// Body is the payload without transfer and content codings: what extract
	// reads. Empty for a revisit.
	Body []byte
	// Digest is the WARC-Payload-Digest as the input prints it, which may be
	// of another kind than Capture.Payload; "" if it prints none.
	Digest string
	// Exchange is the exchange whose answer Block is, and Redirects are those
	// that led to it, in order; nil where the page was not fetched.
	Exchange  *Exchange
	Redirects []*Exchange
	// Original is the record as it stands in the WARC file that was read, to be kept
	// just so, with Block as its block; nil where there is none, or it is damaged.
	Original *warc.Record
	// Before and Behind are the request and metadata records that stand there beside
	// Original and belong to it, as they came.
	Before, Behind []*warc.Record
	// Refers names the capture that a revisit repeats; zero otherwise.
	Refers Reference
}

// A Reference names an earlier capture the way a revisit record does: by
// payload digest, or by address and time. What is not told is zero.
type Reference struct {
	Payload string    // as printed in the record: "sha1:…" or "sha256:…"
	URL     string    // absolute
	Fetched time.Time // UTC
}

// An InputError is a part of an input that could not be read. Offset is the
// byte in the input at which the trouble starts, -1 if it concerns the whole.
type InputError struct {
	Input  string // the file, address or "-" that was read
	Offset int64  // -1 if the trouble concerns the whole
	Err    error  // what is wrong
}

// Error says input, byte and trouble: "a.warc.gz: byte 512: …".
func (e *InputError) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("%s: %v", e.Input, e.Err)
	}
	return fmt.Sprintf("%s: byte %d: %v", e.Input, e.Offset, e.Err)
}

// Unwrap returns what is wrong, for errors.Is.
func (e *InputError) Unwrap() error { return e.Err }
