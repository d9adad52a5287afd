package archive

import (
	"fmt"

	"dateline"
	"dateline/extract"
)

// Extract returns the article that a captured page shows, see
// extract.Capture. A page that makes extraction fail is a record that says so:
// it must not keep the other pages from being read.
func Extract(c *dateline.Capture, body []byte) (a *dateline.Article) {
	defer func() {
		if failure := recover(); failure != nil {
			a = &dateline.Article{URL: c.URL, Payload: c.Payload, Skip: fmt.Sprint("extraction failed: ", failure)}
		}
	}()
	return extract.Capture(c, body)
}
