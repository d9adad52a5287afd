package page

import (
	"iter"
	"net/url"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/jsontree"
)

// maxScripts bounds the bytes of scripts that are searched.
const maxScripts = 8 << 20

// scripts yields the script elements that are not JSON-LD, with their source text. Some
// frameworks send data in pieces, one script each (self.__next_f.push([1,"…"]) of
// Next.js): these come put together as one text at the end, with 0 for the element.
func (p *Page) scripts() iter.Seq2[dom.ID, string] {
	return func(yield func(dom.ID, string) bool) {
		pieces := 0
		for n, src := range p.scriptElements() {
			if pieceOf(src) >= 0 {
				pieces++
			} else if !yield(n, src) {
				return
			}
		}
		if pieces > 0 {
			yield(0, p.streamed())
		}
	}
}

// sources yields the texts in which a page may keep data: those of its scripts, the strings
// that they decode, JSON.parse("…") and decodeURIComponent("…"), and attributes that hold
// JSON, each with its element or 0.
func (p *Page) sources() iter.Seq2[dom.ID, string] {
	return func(yield func(dom.ID, string) bool) {
		for n, src := range p.scripts() {
			if !yield(n, src) {
				return
			}
			for _, call := range [...]string{"JSON.parse(", "decodeURIComponent("} {
				if s := decodedBy(src, call); s != "" && !yield(0, s) {
					return
				}
			}
		}
		left := maxScripts
		for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
			for _, a := range p.Tree.Attrs(n) {
				if len(a.Value) < leastProse || a.Value[0] != '{' && a.Value[0] != '[' {
					continue
				}
				if left -= len(a.Value); left < 0 || !yield(0, a.Value) {
					return
				}
			}
		}
	}
}

// decodedBy returns what the longest string that a script hands to a function, whose name
// comes with its opening bracket, says when it is decoded; "" if there is none.
func decodedBy(src, call string) (best string) {
	for {
		_, rest, ok := strings.Cut(src, call)
		if !ok {
			break
		}
		src = strings.TrimLeft(rest, " \n\t")
		if src == "" || strings.IndexByte("\"'`", src[0]) < 0 {
			continue
		}
		mark, end := src[0], 1
		for end < len(src) && src[end] != mark {
			if src[end] == '\\' {
				end++
			}
			end++
		}
		if end < len(src) && end > len(best) {
			best = src[1:end]
		}
	}
	if len(best) < leastProse {
		return ""
	}
	best = jsontree.Unescape(best)
	if strings.HasPrefix(best, "%") {
		if plain, err := url.PathUnescape(best); err == nil {
			return plain
		}
	}
	return best
}

// scriptElements yields the script elements that are not JSON-LD, with their source text,
// until they have maxScripts bytes.
func (p *Page) scriptElements() iter.Seq2[dom.ID, string] {
	return func(yield func(dom.ID, string) bool) {
		left := maxScripts
		for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
			if p.Tree.Tag(n) != dom.Script || strings.Contains(p.Tree.Attr(n, dom.Type), "ld+json") {
				continue
			}
			src := p.Tree.Raw(n)
			if left -= len(src); left < 0 || !yield(n, src) {
				return
			}
		}
	}
}

// streamed returns the text that scripts send in pieces, put together. It is kept for
// later calls.
func (p *Page) streamed() string {
	if p.stream.Len() == 0 {
		for _, src := range p.scriptElements() {
			if at := pieceOf(src); at >= 0 {
				p.dataTree.Reset()
				v, _, _ := p.dataTree.Add(strings.TrimLeft(src[at:], " \n"))
				p.stream.WriteString(v.Text())
			}
		}
	}
	return p.stream.String()
}

// pieceOf returns where in a script the string begins that it sends as a piece, -1 if it
// sends none.
func pieceOf(src string) int {
	const head = 300 // bytes of the script in which the name of the stream is looked for
	const push = ".push([1,"
	name := strings.Index(src[:min(len(src), head)], "__next_f")
	if name < 0 {
		return -1
	}
	at := strings.Index(src[name:], push)
	if at < 0 {
		return -1
	}
	return name + at + len(push)
}

// readPushed adds the JSON-LD in other scripts, which they put into the page when they
// run: an object, or a string that holds one. Scripts can hold data about anything, so
// the objects count as listed: one is about the page's own article only if its address or
// its headline says so.
func (p *Page) readPushed() {
	for _, src := range p.scripts() {
		for range 16 {
			at := strings.Index(src, `@type`)
			if at < 0 {
				break
			}
			var found string
			if found, src = objectAround(src, at); found == "" {
				continue
			}
			for v := range p.decodeLD(found) {
				p.collectLD(v, 0, true)
				break
			}
		}
	}
}

// objectAround returns the text of a script from the bracket that opens the object in
// which the name at a place stands, and the rest of the script behind the object. If the
// object stands in a string of the script, or in a string within a string, the escape
// sequences are decoded. object is "" if no bracket is found.
func objectAround(src string, at int) (object, rest string) {
	const most = 400 // bytes between the bracket and the name
	levels := 0      // how many strings, one in another, the name stands in
	for slashes := slashesBefore(src, at-1); slashes > 0; slashes /= 2 {
		levels++
	}
	start := strings.LastIndexByte(src[max(0, at-most):at], '{')
	if start < 0 {
		return "", src[at+1:]
	}
	start += max(0, at-most)
	if inner := strings.LastIndex(src[max(0, at-most):at], "@context"); inner >= 0 { // [{"@context":…,"publisher":{"@type"…
		if before := strings.LastIndexByte(src[max(0, at-most):max(0, at-most)+inner], '{'); before >= 0 {
			start = max(0, at-most) + before
		}
	}
	object = src[start:min(len(src), start+maxLD)]
	if levels == 0 {
		var t jsontree.Tree
		_, rest, _ = t.Mend(object)
		return object, src[max(at+1, start+len(object)-len(rest)):]
	}
	end := stringEnd(object, levels)
	rest = src[max(at+1, start+end):]
	for object = object[:end]; levels > 0; levels-- {
		object = jsontree.Unescape(object)
	}
	return object, rest
}

// slashesBefore counts the backslashes right before the byte i.
func slashesBefore(s string, i int) (n int) {
	for i > n && s[i-1-n] == '\\' {
		n++
	}
	return n
}

// stringEnd returns where the string ends that s is the rest of, given how many strings s
// stands in: at a quotation mark with fewer backslashes before it than the marks within
// the string have.
func stringEnd(s string, levels int) int {
	within := 1<<levels - 1
	for i, run := 0, 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			run++
			continue
		case '"':
			if run < within {
				return i - run
			}
		}
		run = 0
	}
	return len(s)
}
