package export

import (
	"cmp"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"dateline"
)

// openJSONFeed opens a JSON Feed 1.1 (jsonfeed.org), with the Origin under "_dateline".
func openJSONFeed(w io.Writer, o Origin, _ func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	head, err := encoded(object{"version": "https://jsonfeed.org/version/1.1", "title": o.title(), "_dateline": o}, 0)
	if err != nil {
		return nil, err
	}
	head = strings.TrimSuffix(head, "\n}") + ",\n  \"items\": [\n    "
	return &items{w: w, head: head, sep: ",\n    ", foot: "\n  ]\n}\n", item: func(d *Doc) ([]string, error) {
		text, err := encoded(feedItem(d.Article), 4)
		return []string{text}, err
	}}, nil
}

func feedItem(a *dateline.Article) object {
	x := object{"id": id(a), "content_text": a.Text, "_dateline": object{"article": a.ID, "capture": a.Capture, "published": a.Published}}
	if h := a.HTML(); h != "" {
		x["content_html"] = h
		delete(x, "content_text")
	}
	for key, value := range map[string]string{
		"title": a.Headline, "summary": a.Deck, "language": a.Lang, "date_published": clock(a.Published), "date_modified": clock(a.Modified),
	} {
		if value != "" {
			x[key] = value
		}
	}
	if web := id(a); strings.HasPrefix(web, "http") {
		x["url"] = web
	}
	if len(a.Images) > 0 {
		x["image"] = a.Images[0].URL
	}
	if len(a.Tags) > 0 {
		x["tags"] = a.Tags
	}
	var authors []object
	for _, name := range a.Bylines {
		authors = append(authors, object{"name": name})
	}
	set(x, "authors", authors)
	return x
}

// openAtom opens an Atom feed (RFC 4287), with the Origin as the text of an element export
// of a name space of its own.
func openAtom(w io.Writer, o Origin, _ func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	name, version, _ := strings.Cut(o.Software, "/")
	var b strings.Builder
	b.WriteString(xml.Header + `<feed xmlns="http://www.w3.org/2005/Atom">` + "\n")
	element(&b, "id", o.name())
	element(&b, "title", o.title())
	element(&b, "updated", o.Made.Format(time.RFC3339))
	b.WriteString(`<generator version="` + xmlText(version) + `">` + xmlText(name) + "</generator>\n")
	b.WriteString(`<export xmlns="urn:dateline:export">` + xmlText(o.text()) + "</export>\n")
	return &items{w: w, head: b.String(), foot: "</feed>\n", item: func(d *Doc) ([]string, error) {
		return []string{atomEntry(d.Article, o)}, nil
	}}, nil
}

// atomEntry returns an article as an entry. An article that names nobody has its outlet as
// author, since an entry must have one (4.2.1).
func atomEntry(a *dateline.Article, o Origin) string {
	var b strings.Builder
	b.WriteString("<entry>\n")
	element(&b, "id", id(a))
	element(&b, "title", cmp.Or(a.Headline, "(no headline)"))
	element(&b, "updated", updated(a, o))
	if at := clock(a.Published); at != "" {
		element(&b, "published", at)
	}
	authors := a.Bylines
	if len(authors) == 0 {
		authors = []string{cmp.Or(outlet(a), "(not named)")}
	}
	for _, name := range authors {
		b.WriteString("<author><name>" + xmlText(name) + "</name></author>\n")
	}
	if web := id(a); strings.HasPrefix(web, "http") {
		b.WriteString(`<link rel="alternate" href="` + xmlText(web) + `"/>` + "\n")
	}
	for _, tag := range a.Tags {
		b.WriteString(`<category term="` + xmlText(tag) + `"/>` + "\n")
	}
	if name := outlet(a); name != "" {
		b.WriteString("<source><title>" + xmlText(name) + "</title></source>\n")
	}
	if a.Deck != "" {
		element(&b, "summary", a.Deck)
	}
	if h := a.HTML(); h != "" {
		lang := ""
		if a.Lang != "" {
			lang = ` xml:lang="` + xmlText(a.Lang) + `"`
		}
		b.WriteString(`<content type="html"` + lang + ">" + xmlText(h) + "</content>\n")
	}
	b.WriteString("</entry>\n")
	return b.String()
}

func element(b *strings.Builder, name, text string) {
	b.WriteString("<" + name + ">" + xmlText(text) + "</" + name + ">\n")
}

// xmlText returns s as it stands in a text or an attribute of XML; what XML cannot hold
// is U+FFFD.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
