package web

import (
	"bytes"
	"fmt"
	"html"
	"unicode"
	"unicode/utf8"
)

const (
	// mostWord is the number of characters that a browser is given without a place
	// to break the line.
	mostWord = 100
	// mostOfWord is the number of characters of a word that a page shows. Chromium
	// takes seconds for a word of a million, with places to break the line.
	mostOfWord = 100_000
)

// settle returns a page whose texts do no harm to what stands around them, whatever
// captured pages hold: words that no language has get places to break the line,
// and are cut where they are longer than any page, which is said; characters that turn the direction of text (UAX #9, 2.1 to 2.5) end where
// their text does. A text is what stands between two tags. What a reader copies is
// the same but for such characters at its ends.
func settle(page []byte) []byte {
	body := bytes.Index(page, []byte("<body"))
	if body < 0 {
		return page
	}
	var b settler
	b.page, b.from = page, body
	for at := body; at < len(page); {
		at = b.tag(at)
		end := len(page)
		if i := bytes.IndexByte(page[at:], '<'); i >= 0 {
			end = at + i
		}
		b.text(at, end)
		at = end
	}
	if b.out.Len() == 0 {
		return page
	}
	out := make([]byte, 0, body+b.out.Len()+len(page)-b.from)
	out = append(out, page[:body]...)
	out = append(out, b.out.Bytes()...)
	return append(out, page[b.from:]...)
}

// A settler writes a page with what is put into its texts.
type settler struct {
	page []byte
	from int // what is not written yet
	out  bytes.Buffer
}

// put puts bytes before a place of the page.
func (b *settler) put(at int, more string) {
	b.out.Write(b.page[b.from:at])
	b.out.WriteString(more)
	b.from = at
}

// tag returns the end of the tag at a place: html/template writes none that is
// open, and no ">" in a value.
func (b *settler) tag(at int) int {
	if i := bytes.IndexByte(b.page[at:], '>'); i >= 0 {
		return at + i + 1
	}
	return len(b.page)
}

// text puts what is needed into the text from at to end.
func (b *settler) text(at, end int) {
	word := 0 // characters since the last space
	turns := bytes.Contains(b.page[at:end], []byte("\u202a")[:2]) || bytes.Contains(b.page[at:end], []byte("\u2066")[:2])
	var t turning
	if turns {
		t = turned(b.page[at:end])
		for range t.stray {
			b.put(at, "\u2068")
		}
	}
	for i := at; i < end; {
		r, n := utf8.DecodeRune(b.page[i:end])
		if r == '&' {
			if semicolon := bytes.IndexByte(b.page[i:min(end, i+longestReference)], ';'); semicolon > 0 {
				n = semicolon + 1
			}
		}
		switch {
		case unicode.IsSpace(r):
			word = 0
		case unicode.Is(unicode.M, r): // a part of the letter before
		case word == mostOfWord:
			n = b.cut(i, end)
		default:
			if word > 0 && word%mostWord == 0 {
				b.put(i, "<wbr>")
			}
			word++
		}
		i += n
	}
	if turns {
		for i := len(t.open) - 1; i >= 0; i-- {
			b.put(end, t.open[i])
		}
	}
}

// cut leaves out the rest of a word, says so, and returns its size.
func (b *settler) cut(at, end int) int {
	n := bytes.IndexFunc(b.page[at:end], unicode.IsSpace)
	if n < 0 {
		n = end - at
	}
	b.put(at, fmt.Sprintf("… (this word goes on for %s)", counted(len(html.UnescapeString(string(b.page[at:at+n]))), "byte", "bytes")))
	b.from += n
	return n
}

// longestReference is the length of the longest reference that html/template
// writes ("&#65533;").
const longestReference = 8

// turning is what the direction of a text lacks.
type turning struct {
	stray int      // ends of isolates that were not begun
	open  []string // what ends embeddings, overrides and isolates that were begun
}

const (
	popEmbedding = "\u202c" // PDF
	popIsolate   = "\u2069" // PDI
)

// turned returns what the direction of a text lacks.
func turned(text []byte) (t turning) {
	isolates := 0 // that are open
	for _, r := range string(text) {
		switch r {
		case '\u202a', '\u202b', '\u202d', '\u202e':
			t.open = append(t.open, popEmbedding)
		case '\u202c':
			if n := len(t.open); n > 0 && t.open[n-1] == popEmbedding {
				t.open = t.open[:n-1]
			}
		case '\u2066', '\u2067', '\u2068':
			t.open = append(t.open, popIsolate)
			isolates++
		case '\u2069':
			if isolates == 0 {
				t.stray++
				t.open = t.open[:0] // what was begun ends with the isolate around it
				break
			}
			isolates--
			for last := ""; last != popIsolate; {
				last, t.open = t.open[len(t.open)-1], t.open[:len(t.open)-1]
			}
		}
	}
	return t
}
