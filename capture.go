package dateline

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"
)

// ErrNotFound reports that a log or an archive holds no such record.
var ErrNotFound = errors.New("not found")

// CaptureID is the key of a capture: "c" and 16 characters, see [NewCaptureID].
type CaptureID string

// ArticleID is the key of an article: "a" and 16 characters, see [NewArticleID].
type ArticleID string

// A Capture is one HTTP exchange, saved page or dump exactly as received.
// It never changes.
type Capture struct {
	ID      CaptureID `json:"id"`                // its key, see [NewCaptureID]
	URL     string    `json:"url"`               // as requested or as the WARC names it, without a fragment
	Final   string    `json:"final,omitempty"`   // after redirects; "" if there were none
	Fetched time.Time `json:"fetched,omitzero"`  // UTC, to the second or finer; zero if not known (saved pages, dumps)
	Status  int       `json:"status,omitempty"`  // HTTP status; 0 if there was no HTTP exchange
	Type    string    `json:"type,omitempty"`    // media type, lower case, no parameters: "text/html"
	Charset string    `json:"charset,omitempty"` // as declared by the Content-Type header; "" if it is silent
	Payload string    `json:"payload"`           // digest of the payload, see [Digest]
	Length  int64     `json:"length"`            // of the payload in bytes
	File    string    `json:"file,omitempty"`    // WARC file that holds the record, relative to the archive's folder
	Offset  int64     `json:"offset,omitempty"`  // bytes from the start of File to the record's gzip member
	Record  string    `json:"record,omitempty"`  // WARC-Record-ID, without brackets, of a record that is kept as it came; "" if it is made from ID
	Revisit CaptureID `json:"revisit,omitempty"` // earlier capture holding the same payload; "" if this one holds it
	Err     string    `json:"err,omitempty"`     // what is wrong with the payload: "truncated"; "" if nothing
	Uses    []Use     `json:"uses,omitempty"`    // what the header of the answer and robots.txt state of the page's use; nil if nothing
	Refused string    `json:"refused,omitempty"` // "challenge" if the header of the answer says that it is one; "" if it does not
}

// Media types that captures have besides those that HTTP servers send.
const (
	TypeHTML = "text/html"
	TypeDump = "text/x-dump" // the texts of one page without its markup
)

// NewCaptureID returns the key of a capture: a hash of its address, time and
// payload digest, so that adding one capture twice changes nothing.
func NewCaptureID(url string, fetched time.Time, payload string) CaptureID {
	at := ""
	if !fetched.IsZero() {
		at = fetched.UTC().Format(time.RFC3339Nano)
	}
	return CaptureID("c" + shortHash(url+"\n"+at+"\n"+payload))
}

// NewArticleID returns the key of the article with the given canonical URL.
func NewArticleID(canonical string) ArticleID {
	return ArticleID("a" + shortHash(canonical))
}

var hashText = base32.HexEncoding.WithPadding(base32.NoPadding)

// shortHash is the first 80 bits of the SHA-256 of s, as 16 lower-case characters.
func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return strings.ToLower(hashText.EncodeToString(sum[:10]))
}

// Digest returns "sha256:" and the hex digest of what r holds, and its length in bytes.
func Digest(r io.Reader) (digest string, n int64, err error) {
	h := sha256.New()
	n, err = io.Copy(h, r)
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), n, err
}
