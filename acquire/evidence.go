package acquire

import (
	"bytes"
	"fmt"
	"time"

	"dateline"
	"dateline/warc"
)

// Mark notes in the record of an answer, or in a revisit of it, over which
// connection it came.
func (x *Exchange) Mark(rec *warc.Record) {
	o := warc.Origin{Protocol: x.Protocol, Cipher: x.Cipher}
	if x.IP.IsValid() {
		o.IP = x.IP.String()
	}
	rec.From(o)
}

// Records returns the records of an exchange that shows no page, a redirect: the
// answer as it came, and the request.
func (x *Exchange) Records() ([]*warc.Record, error) {
	digest, n, err := dateline.Digest(bytes.NewReader(x.Message.Payload))
	if err != nil {
		return nil, fmt.Errorf("exchange with %s: %w", x.URL, err) // Unreachable: memory can be read.
	}
	c := dateline.Capture{URL: absolute(x.URL), Fetched: x.Ended.Truncate(time.Second), Status: x.Message.Status, Payload: digest, Length: n}
	if x.Cut != nil {
		c.Err = "truncated"
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	rec := warc.NewRecord(c, x.Response, x.Ended)
	x.Mark(rec)
	return []*warc.Record{rec, warc.NewRequest(rec, x.Request)}, nil
}
