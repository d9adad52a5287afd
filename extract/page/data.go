package page

import (
	"bytes"
	"html"
	"strings"

	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// Web frameworks such as Next.js draw a page in the browser from data that a script
// holds. In it an article is a list of blocks: each is a string, an object with its text
// under one of a few names, or a tree of such objects, down to runs of text of one style.
// Data does not say where it is shown, so the list with the most prose is taken for the
// body.

const (
	leastProse   = 400 // bytes of a body
	deepestBlock = 12  // levels from a block down to its runs of text
)

// textKeys are the keys under which blocks of data have their text. The first one that
// a block has counts.
var textKeys = [...]string{"html", "text", "content", "value", "body", "markup", "copy", "children", "nodes", "blocks", "items", "paragraph", "data", "attributes", "attrs", "props", "model", "root"}

// typeKeys are the keys under which blocks say what they are, such as "paragraph".
var typeKeys = [...]string{"type", "nodeType", "_type", "kind", "blockType", "__typename", "elementType", "tag", "tagName", "name", "component"}

// A dataReader looks for the body in the data of scripts.
type dataReader struct {
	headline string         // of the page, as text.Key makes it
	best     jsontree.Value // the list with the most prose in the data that is read
	score    int            // of best: bytes of prose, times the trust of look
	run      bytes.Buffer   // the text of the block that is looked at
}

// dataMarkup returns the body that the data of scripts holds as a list of blocks, as
// HTML; "" if there is none. headline is that of the page, as text.Key makes it.
func (p *Page) dataMarkup(headline string) string {
	r := dataReader{headline: headline}
	score := 0
	var out bytes.Buffer
	for _, src := range p.sources() {
		for len(src) > leastProse {
			at := strings.IndexAny(src, "{[")
			if at < 0 {
				break
			}
			src = src[at:]
			if len(src) < 2 || strings.IndexByte("\"'[{ \n\t\r", src[1]) < 0 { // program code, not data
				src = src[1:]
				continue
			}
			p.dataTree.Reset()
			v, rest, ok := p.dataTree.Add(src)
			if !ok {
				if v, rest, ok = p.dataTree.Mend(src); !ok {
					break
				}
			}
			src = rest
			r.best, r.score = jsontree.Value{}, 0
			r.look(v, 0, 1)
			if r.score > max(score, leastProse) {
				score = r.score
				out.Reset()
				writeBlocks(&out, r.best, 0)
			}
		}
	}
	return out.String()
}

// look looks for lists with prose in v and notes the best one. trust is what each byte
// of prose counts: 8 within an object that has the page's headline, else 1.
func (r *dataReader) look(v jsontree.Value, depth, trust int) {
	if depth > 60 {
		return
	}
	switch v.Kind() {
	case jsontree.Object:
		if h := headlineIn(v); h != "" {
			if trust = 1; text.Key(h) == r.headline {
				trust = 8
			}
		}
		for e := range v.Members() {
			r.look(e, depth+1, trust)
		}
	case jsontree.List:
		if v.Len() >= 2 {
			// An outer list is looked at before the lists in it. An inner list takes
			// its place as the body if it has three quarters of the prose or more.
			if n := r.proseIn(v, 0) * trust; n*4 > r.score*3 && n > 0 {
				if inner := n*4 <= r.score*5; inner || n > r.score {
					r.best, r.score = v, max(n, 1)
				}
			}
		}
		for e := range v.All() {
			r.look(e, depth+1, trust)
		}
	}
}

// headlineIn returns the headline that an object gives, "" if it gives none.
func headlineIn(v jsontree.Value) string {
	for _, k := range [...]string{"headline", "title", "headlines"} {
		h := v.Get(k)
		if h.Kind() == jsontree.Object {
			h = h.Get("basic")
		}
		if s := h.Text(); len(s) > 10 {
			return s
		}
	}
	return ""
}

// proseIn counts the bytes of running text in a list of blocks.
func (r *dataReader) proseIn(v jsontree.Value, depth int) (n int) {
	if depth > 4 {
		return 0
	}
	for e := range v.All() {
		if e.Kind() == jsontree.Object && headlineIn(e) != "" {
			continue // another article
		}
		if inner := blocksOf(e); inner.Kind() == jsontree.List {
			n += r.proseIn(inner, depth+1)
			continue
		}
		r.run.Reset()
		writeRun(&r.run, e, 0)
		if isProse(r.run.Bytes()) {
			n += r.run.Len()
		}
	}
	return n
}

// isProse reports whether the markup of a block is running text: 60 bytes or more that
// end as a sentence does, or that have a character of a script that writes no spaces
// between words.
func isProse(s []byte) bool {
	const (
		least    = 60 // bytes: shorter ones are headings, buttons and names as well
		longWord = 30 // bytes: words of prose are shorter on average, those of code and addresses longer
	)
	if len(s) < least {
		return false
	}
	if bytes.Count(s, []byte(" ")) > len(s)/longWord {
		end := bytes.TrimSpace(untagged(s))
		if text.Ends(string(end[max(0, len(end)-16):])) {
			return true
		}
	}
	return bytes.IndexFunc(s, func(r rune) bool { return r >= text.FirstIdeograph }) >= 0
}

// untagged returns markup without the tags that it ends with.
func untagged(s []byte) []byte {
	for bytes.HasSuffix(bytes.TrimSpace(s), []byte(">")) {
		at := bytes.LastIndexByte(s, '<')
		if at < 0 {
			break
		}
		s = s[:at]
	}
	return s
}

// blocksOf returns the list of blocks that a value holds. It is the zero Value if there
// is none, since the value is itself a block of text.
func blocksOf(v jsontree.Value) jsontree.Value {
	if tag, props := elementOf(v); tag != "" {
		if c := props.Get("children"); !isRunTag(tag) && c.Kind() == jsontree.List && !isElement(c) && anyBlock(c) {
			return c
		} else if isElement(c) && !isRunTag(tag) {
			return blocksOf(c)
		}
		return jsontree.Value{}
	}
	if v.Kind() != jsontree.Object || isParagraph(typeOf(v)) {
		return jsontree.Value{}
	}
	for _, k := range textKeys {
		switch c := v.Get(k); c.Kind() {
		case jsontree.List:
			if anyBlock(c) {
				return c
			}
			return jsontree.Value{}
		case jsontree.Object:
			if inner := blocksOf(c); inner.Kind() != jsontree.None {
				return inner
			}
		case jsontree.String:
			return jsontree.Value{}
		}
	}
	return jsontree.Value{}
}

// anyBlock reports whether a list holds blocks and not only runs of text.
func anyBlock(v jsontree.Value) bool {
	for e := range v.All() {
		switch e.Kind() {
		case jsontree.Object:
			if t := typeOf(e); isParagraph(t) || !isRun(t) && blocksOf(e).Kind() == jsontree.List {
				return true
			}
		case jsontree.List:
			if tag, _ := elementOf(e); tag != "" && !isRunTag(tag) {
				return true
			}
		}
	}
	return false
}

// isElement reports whether a list is an element in the format in which React server
// components are sent ("flight"): ["$","p",null,{"children":…}].
func isElement(v jsontree.Value) bool { tag, _ := elementOf(v); return tag != "" }

// elementOf returns the tag, in lower case, and the properties of an element in that
// format; tag is "" if v is none.
func elementOf(v jsontree.Value) (tag string, props jsontree.Value) {
	if v.Kind() != jsontree.List || v.Len() < 4 || v.First().Text() != "$" {
		return "", props
	}
	i := 0
	for e := range v.All() {
		switch i {
		case 1:
			tag = text.Lower(e.Text())
		case 3:
			return tag, e
		}
		i++
	}
	return "", props
}

// typeOf returns what an object of data says that it is, in lower case.
func typeOf(v jsontree.Value) string {
	for _, k := range typeKeys {
		if s := v.Get(k).Text(); s != "" && len(s) < 60 {
			return text.Lower(s[strings.LastIndexAny(s, "/:")+1:])
		}
	}
	return ""
}

// isParagraph reports whether an object of this type is one block of text: a paragraph,
// a heading or a quotation.
func isParagraph(typ string) bool {
	return strings.Contains(typ, "paragraph") || typ == "p" || typ == "unstyled" || isHeading(typ) || strings.Contains(typ, "quote")
}

func isHeading(typ string) bool {
	return strings.Contains(typ, "heading") || typ == "header" || typ == "subhead" || len(typ) == 2 && typ[0] == 'h' && typ[1] >= '1' && typ[1] <= '6'
}

// isRun reports whether an object of this type is a run of text within a block.
func isRun(typ string) bool {
	switch typ {
	case "span", "leaf", "fragment", "hyperlink", "link", "mark", "bold", "italic", "linebreak":
		return true
	}
	return false
}

// isRunTag reports whether an element with this tag holds one block of text or a part
// of one, so that its children are runs of text and no blocks.
func isRunTag(tag string) bool {
	switch tag {
	case "p", "h1", "h2", "h3", "h4", "li", "a", "span", "b", "i", "em", "strong", "figcaption":
		return true
	}
	return false
}

// isBeside reports whether a block of this type is no part of the text, such as a
// picture, a player or an advertisement.
func isBeside(typ string) bool {
	for _, w := range [...]string{"image", "video", "gallery", "advert", "related", "newsletter", "promo", "embed", "audio", "teaser", "caption", "linklist", "link_list", "link-list", "interstitial", "figure", "script", "style", "footer", "nav", "aside", "button"} {
		if strings.Contains(typ, w) {
			return true
		}
	}
	return typ == "ad" || typ == "ads"
}

// writeBlocks writes a list of blocks as HTML.
func writeBlocks(b *bytes.Buffer, v jsontree.Value, depth int) {
	if depth > deepestBlock {
		return
	}
	for e := range v.All() {
		typ := typeOf(e)
		if tag, _ := elementOf(e); tag != "" {
			typ = tag
		}
		if isBeside(typ) || e.Kind() == jsontree.Object && headlineIn(e) != "" {
			continue
		}
		if inner := blocksOf(e); inner.Kind() == jsontree.List {
			writeBlocks(b, inner, depth+1)
			continue
		}
		if e.Kind() == jsontree.List && !isElement(e) {
			writeBlocks(b, e, depth+1)
			continue
		}
		open, end := "<p>", "</p>\n"
		switch {
		case isHeading(typ):
			open, end = "<h2>", "</h2>\n"
		case strings.Contains(typ, "quote"):
			open, end = "<blockquote>", "</blockquote>\n"
		}
		b.WriteString(open)
		writeRun(b, e, 0)
		b.WriteString(end)
	}
}

// writeRun writes the text of a block: its runs one after another, with the markup that
// they have.
func writeRun(b *bytes.Buffer, v jsontree.Value, depth int) {
	if depth > deepestBlock {
		return
	}
	switch v.Kind() {
	case jsontree.String:
		s := v.Text()
		if !strings.Contains(s, "</") && !strings.Contains(s, "<br") && (!strings.Contains(s, "&") || !strings.Contains(s, ";")) {
			s = html.EscapeString(s)
		}
		b.WriteString(s)
	case jsontree.List:
		if tag, props := elementOf(v); tag != "" {
			writeRun(b, props.Get("children"), depth+1)
			return
		}
		for e := range v.All() {
			writeRun(b, e, depth+1)
		}
	case jsontree.Object:
		for _, k := range textKeys {
			if c := v.Get(k); c.Kind() >= jsontree.String {
				at := b.Len()
				if writeRun(b, c, depth+1); b.Len() > at {
					return
				}
			}
		}
	}
}
