package answer

import (
	"fmt"
	"slices"
	"strings"

	"dateline/extract/body"
	"dateline/internal/text"

	"golang.org/x/text/unicode/norm"
)

// wentTo says in which field of the record the words of a line are, by the key of the
// field without the place in its list.
var wentTo = map[string]string{
	"headline": "as the headline", "deck": "as the deck, the line under the headline", "images.caption": "as the caption of picture %d", "images.credit": "as the credit of picture %d",
	"embeds": "among the posts that the page shows", "corrections": "among the corrections", "bylines": "in the byline", "published": "in the date of publication",
	"modified": "in the date of the last change", "credits": "among the credits", "tags": "among the tags", "section": "as the section",
}

// WentSays says in a sentence in which fields of the record the words of a block are that
// is left out of the text; "" if they are in none.
func WentSays(c body.Choice) string {
	var list []string
	for _, field := range c.Went {
		n := 0
		before, rest, inList := strings.Cut(field, "[")
		if inList {
			number, after, _ := strings.Cut(rest, "]")
			_, err := fmt.Sscan(number, &n)
			if err != nil {
				continue // Unreachable: a list's key has a number.
			}
			before += after
		}
		says := wentTo[before]
		if strings.Contains(says, "%d") {
			says = fmt.Sprintf(says, n+1)
		}
		if says != "" && !slices.Contains(list, says) {
			list = append(list, says)
		}
	}
	switch {
	case len(list) > 0:
		return "The record has it " + enumerated(list) + "."
	case slices.Contains(c.Went, "text") && c.What != "repetition":
		return "The text has the same words."
	case c.What == "caption":
		return "No picture of the record has it."
	}
	return ""
}

// Bounds of what Lines looks for.
const (
	mostSought = 200 // words of a pasted text that are looked for
	leastRun   = 4   // words in a row that tell a line if not all of them stand together
)

// Lines returns the blocks of the page that hold words, in the order of the page. It is
// how a reader finds out about a line that is missing. Only letters and digits count, not
// their case: white space, quotation marks and hyphens are often copied otherwise than
// they stand. Words that go from one block into the next are found in both. If not all of
// them stand together, whole is false, and the blocks are those that hold at least four of
// the words in a row.
func (w *Why) Lines(words string) (found []body.Choice, whole bool) {
	key := text.Key(norm.NFC.String(words))
	if key == "" {
		return nil, false
	}
	page := newLines(w.Blocks, func(body.Choice) bool { return true })
	read := newLines(w.Blocks, func(b body.Choice) bool { return b.Way != "body/not-read" })
	hit := make([]bool, len(w.Blocks))
	if page.mark(key, hit) || read.mark(key, hit) {
		whole = true
	} else {
		sought := strings.Fields(norm.NFC.String(words))
		for sought = sought[:min(len(sought), mostSought)]; len(sought) >= leastRun; {
			n := max(page.run(sought), read.run(sought))
			if n < leastRun {
				sought = sought[1:]
				continue
			}
			key := text.Key(strings.Join(sought[:n], ""))
			_ = page.mark(key, hit) || read.mark(key, hit)
			sought = sought[n:]
		}
	}
	for i, b := range w.Blocks {
		if hit[i] {
			found = append(found, b)
		}
	}
	return found, whole
}

// A lines is a page as one key, in which lines are looked for.
type lines struct {
	key    string
	blocks []int // their numbers on the page
	ends   []int // where each ends in key
}

func newLines(blocks []body.Choice, has func(body.Choice) bool) *lines {
	l := &lines{}
	var all strings.Builder
	for i, b := range blocks {
		if has(b) {
			all.WriteString(text.Key(b.Text))
			l.blocks, l.ends = append(l.blocks, i), append(l.ends, all.Len())
		}
	}
	l.key = all.String()
	return l
}

// mark sets hit of the blocks that hold key, wherever it stands on the page. It reports
// whether it stands there at all.
func (l *lines) mark(key string, hit []bool) bool {
	any := false
	for from := 0; from < len(l.key); {
		at := strings.Index(l.key[from:], key)
		if at < 0 {
			break
		}
		any = true
		from += at
		first, _ := slices.BinarySearch(l.ends, from+1)
		last, _ := slices.BinarySearch(l.ends, from+len(key))
		for i := first; i <= last; i++ {
			hit[l.blocks[i]] = l.size(i) > 0 || hit[l.blocks[i]]
		}
		from = max(l.ends[last], from+len(key))
	}
	return any
}

// size returns how many bytes of the key block i of l has.
func (l *lines) size(i int) int {
	if i == 0 {
		return l.ends[0]
	}
	return l.ends[i] - l.ends[i-1]
}

// run returns how many of the words stand together on the page, from the first on.
func (l *lines) run(words []string) int {
	key, n := "", 0
	for _, w := range words {
		if key += text.Key(w); !strings.Contains(l.key, key) {
			break
		}
		n++
	}
	return n
}
