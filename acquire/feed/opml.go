package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"dateline/extract/link"
)

// An Outline is one source of a list of subscriptions.
type Outline struct {
	Title string // "" if it has none
	URL   string // of the feed, absolute
}

// ParseOPML returns the addresses of the feeds that a list of subscriptions names
// (OPML 2.0), in order, each once. A list that is broken is read as far as it is
// whole; one without an address is an error.
func ParseOPML(body []byte) ([]string, error) {
	text, _ := decode(Input{Body: body})
	var list []string
	seen := map[string]bool{}
	w := scanner{s: text}
	for {
		tok := w.next()
		if tok.kind == eofToken {
			break
		}
		if tok.kind != startToken || !strings.EqualFold(tok.name, "outline") {
			continue
		}
		for _, at := range tok.attrs {
			if address, ok := link.Request("", at.value); ok && strings.EqualFold(at.name, "xmlUrl") && !seen[address] {
				seen[address] = true
				list = append(list, address)
			}
		}
	}
	if len(list) == 0 {
		return nil, errors.New("no OPML file that names a feed")
	}
	return list, nil
}

// WriteOPML writes a list of subscriptions.
func WriteOPML(w io.Writer, list []Outline) error {
	var b strings.Builder
	b.WriteString(xml.Header + "<opml version=\"2.0\">\n<head><title>Sources of Dateline</title></head>\n<body>\n")
	for _, o := range list {
		title := o.Title
		if title == "" {
			title = o.URL
		}
		fmt.Fprintf(&b, "<outline type=\"rss\" text=\"%s\" xmlUrl=\"%s\"/>\n", escaped(title), escaped(o.URL))
	}
	b.WriteString("</body>\n</opml>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}
