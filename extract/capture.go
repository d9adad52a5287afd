package extract

import (
	"time"

	"dateline"
	"dateline/extract/dump"
)

// Article reads the bytes of an HTML page, in any charset, into its record.
// The address is the page's own if known, else "": it resolves links and
// names the publisher's site. Article never fails: what is no article is a
// record whose Skip says why, and what the page does not tell stays absent.
// The record does not hold on to the bytes.
func Article(body []byte, address string) *dateline.Article {
	return fromHTML(body, address, "")
}

// Capture reads the payload of a capture into its record, by the capture's
// media type. URL, Fetched and Payload are those of the capture. A capture with an
// error status is no article: Skip says that the page is not there, if the status means
// that, or else that it is an error page. Where the header of the answer says that it is
// a bot challenge, Skip says so.
func Capture(c *dateline.Capture, body []byte) *dateline.Article {
	var a *dateline.Article
	if c.Type == dateline.TypeDump {
		a = dump.Read(body)
	} else {
		a = fromHTML(body, addressOf(c), c.Charset)
	}
	fillIn(a, c)
	return a
}

// addressOf returns the address that a capture's page is of.
func addressOf(c *dateline.Capture) string {
	if c.Final != "" {
		return c.Final
	}
	return c.URL
}

// fillIn sets what the capture alone knows of an article.
func fillIn(a *dateline.Article, c *dateline.Capture) {
	if c.URL != "" {
		a.URL = c.URL
	}
	a.Payload = c.Payload
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
