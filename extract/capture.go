package extract

import (
	"slices"
	"time"

	"dateline"
	"dateline/extract/dump"
)

// Article reads the bytes of an HTML page, in any charset, into its record. address is
// the absolute address of the page, or "" if it is not known: links are resolved against
// it, and it names the publisher's site. Article never fails: for a page that is no
// article it returns a record whose Skip says why, and fields that the page does not tell
// are left zero. The record does not refer to the bytes.
func Article(body []byte, address string) *dateline.Article {
	return fromHTML(body, address, "")
}

// Capture reads the payload of a capture, given as body, into its record: as a flattened
// dump if the capture's Type says so, else as HTML. URL, Fetched and Payload of the
// record are those of the capture. A capture whose HTTP status is an error (400 or more)
// is no article: Skip says that the page is not there for 404, 410 and 451, that it is an
// error page for others. If the capture says that the site refused it with a bot
// challenge, Skip says so.
func Capture(c *dateline.Capture, body []byte) *dateline.Article {
	var a *dateline.Article
	if c.Type == dateline.TypeDump {
		a = dump.Read(body)
	} else {
		a = fromHTML(body, addressOf(c), c.Charset)
	}
	fillIn(a, c)
	bound(a)
	return a
}

// addressOf returns the address of a capture's page: the one that redirects led to, else
// the one that was asked for.
func addressOf(c *dateline.Capture) string {
	if c.Final != "" {
		return c.Final
	}
	return c.URL
}

// fillIn sets the fields of an article that only the capture tells, and Skip by its
// status.
func fillIn(a *dateline.Article, c *dateline.Capture) {
	if c.URL != "" {
		a.URL = c.URL
	}
	a.Payload = c.Payload
	if len(c.Uses) > 0 {
		a.Uses = slices.Concat(c.Uses, a.Uses)
	}
	if !c.Fetched.IsZero() {
		a.Fetched = c.Fetched.UTC().Format(time.RFC3339Nano)
	}
	switch {
	case c.Refused != "":
		a.Skip = dateline.SkipChallenge
	case a.Skip == dateline.SkipChallenge || c.Status < 400:
	case c.Status == 404 || c.Status == 410 || c.Status == 451:
		a.Skip = dateline.SkipNotFound
	default:
		a.Skip = dateline.SkipError
	}
}
