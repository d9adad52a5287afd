package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// maxHidingNames bounds how many names that a page's styles hide are noted.
const maxHidingNames = 500

// A hidingName is a class or an id that a rule of the page's styles hides or displays.
type hidingName struct {
	mark byte // '.' of a class, '#' of an id
	name string
}

// A display says whether the elements with a name are displayed, as far as is known.
type display uint8

const (
	displayed          display = iota
	undecided                  // a rule hides them; whether a script or another rule may show them was not looked up yet
	undisplayedForGood         // a rule hides them, and nothing else mentions the name
)

// A hiding has the names that the page's styles hide, and finds out whether a script or
// another rule may show their elements again. Its memory is reused for the next page.
type hiding struct {
	names   map[hidingName]display
	marks   [64]uint64 // a bit for the hash of each name that a rule hid: most classes are known by it not to be in names
	sources []dom.ID   // the styles and scripts of the page
	budget  int        // bytes of sources that may still be searched
}

// reset forgets the page.
func (h *hiding) reset() {
	clear(h.names)
	h.marks, h.sources = [64]uint64{}, h.sources[:0]
}

// mark returns the word of marks and the bit in it that stand for a name, which must not
// be empty.
func (h *hiding) mark(name string) (word *uint64, bit uint64) {
	n := uint(len(name))
	hash := n*37 + uint(name[0])*11 + uint(name[n/2])*5 + uint(name[n-1])
	return &h.marks[hash>>6&63], 1 << (hash & 63)
}

// searchBudget bounds how many bytes of styles and scripts are searched for all names of
// one page together: a name that is not looked up counts as displayed. Most pages have
// some hundred kilobytes of scripts, and few of the names that they hide hold text.
const searchBudget = 64 << 20

// hideByStyle gives the role Hidden to the elements that the page's own <style> elements
// do not display, by a rule for one class or id. Names that a script or another rule
// mentions do not count, since these may show the elements again. Elements with little
// text, with a third of the page's text or more, or with a heading of the first rank stay
// as they are.
func (p *Page) hideByStyle() {
	h := &p.hiding
	h.budget = searchBudget
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		switch tag := p.Tree.Tag(n); {
		case tag == dom.Style:
			h.sources = append(h.sources, n)
			h.readStyleElement(p.Tree, n)
		case tag == dom.Script:
			h.sources = append(h.sources, n)
		}
	}
	if len(h.names) == 0 {
		return
	}
	const least = 20 // visible bytes: elements with less are not looked at
	total := int(p.Size[p.Tree.Len()])
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if size := p.visible(n); size < least || size*3 > total || p.Tree.Tag(n) == dom.Text || p.holdsH1(n) {
			continue
		}
		if h.hides(p.Tree, n) {
			p.OwnRoles[n] |= Hidden | undisplayed
		}
	}
}

// hides reports whether the page's styles hide an element, by one of its classes or its
// id, for good.
func (h *hiding) hides(t *dom.Tree, n dom.ID) bool {
	for list := t.Attr(n, dom.Class); list != ""; {
		end := 0
		for end < len(list) && list[end] > ' ' {
			end++
		}
		if end > 0 && h.staysHidden(t, '.', list[:end]) {
			return true
		}
		list = list[min(end+1, len(list)):]
	}
	id := t.Attr(n, dom.ID_)
	return id != "" && h.staysHidden(t, '#', id)
}

// readStyleElement notes the names that one style element hides or displays.
func (h *hiding) readStyleElement(t *dom.Tree, n dom.ID) {
	if t.Attr(n, dom.Type) != "" && t.Attr(n, dom.Type) != "text/css" {
		return
	}
	if media := mediaOf(t, n); media != "" && media != "all" && media != "screen" {
		return
	}
	readStyle(t.Raw(n), func(name string, hidden bool) {
		key := hidingName{name[0], name[1:]}
		if _, known := h.names[key]; !known && (!hidden && len(h.names) == 0 || len(h.names) >= maxHidingNames) {
			return
		}
		if h.names == nil {
			h.names = map[hidingName]display{}
		}
		h.names[key] = displayed
		if hidden {
			h.names[key] = undecided
			word, bit := h.mark(key.name)
			*word |= bit
		}
	})
}

// staysHidden reports whether the styles hide a class (mark '.') or an id (mark '#') and
// nothing else in the page mentions it. It notes the answer in names.
func (h *hiding) staysHidden(t *dom.Tree, mark byte, name string) bool {
	if word, bit := h.mark(name); *word&bit == 0 {
		return false
	}
	key := hidingName{mark, name}
	if h.names[key] == undecided {
		h.names[key] = undisplayedForGood
		if h.spokenOf(t, key) {
			h.names[key] = displayed
		}
	}
	return h.names[key] == undisplayedForGood
}

// spokenOf reports whether a script mentions the name, or the styles do in more than one
// place. It is true also when the budget for the search is used up.
func (h *hiding) spokenOf(t *dom.Tree, key hidingName) bool {
	rules := 0
	for _, n := range h.sources {
		raw := t.Raw(n)
		if h.budget -= len(raw); h.budget < 0 {
			return true
		}
		if t.Tag(n) == dom.Style {
			if rules += mentions(raw, string(key.mark)+key.name); rules > 1 {
				return true
			}
		} else if strings.Contains(raw, key.name) {
			return true
		}
	}
	return false
}

// mentions counts where a style sheet has a name as a whole, not as the beginning of a
// longer one.
func mentions(css, name string) (n int) {
	for {
		_, rest, ok := strings.Cut(css, name)
		if !ok {
			return n
		}
		if css = rest; rest == "" || !inName(rest[0]) {
			n++
		}
	}
}

// inName reports whether a byte can be part of a name in a style sheet.
func inName(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

// mediaOf returns the attribute media of an element in lower case, "" if it has none.
func mediaOf(t *dom.Tree, n dom.ID) string {
	for _, a := range t.Attrs(n) {
		if a.Name == "media" {
			return text.Lower(strings.TrimSpace(a.Value))
		}
	}
	return ""
}

// readStyle yields the classes and ids that rules of a style sheet hide ("display:none",
// "visibility:hidden") or display, each with its dot or hash sign. It does not parse the
// whole sheet: it looks for the names of these properties and reads the rule around them.
// Of rules within others only those in "@media screen" and "@media all" count.
func readStyle(css string, yield func(name string, hidden bool)) {
	properties := [...]styleProperty{
		{word: "display:", hides: "none", shows: true},
		{word: "visibility:", hides: "hidden"}, // "visible" does not undo "display:none"
	}
	for i := range properties {
		properties[i].find(css, 0)
	}
	onScreens := false   // the rule around all others at this place is of screens
	depth, from := 0, -1 // from: the bracket that opens the current rule
	for at := 0; ; {
		p := &properties[0]
		if o := &properties[1]; p.next < 0 || o.next >= 0 && o.next < p.next {
			p = o
		}
		if p.next < 0 {
			return
		}
		before, word := at, p.next
		at = word + len(p.word)
		p.find(css, at)
		if open := strings.LastIndexByte(css[before:at], '{'); open >= 0 {
			open += before
			since, was := css[max(from, 0):open], depth
			if depth += strings.Count(since, "{") - strings.Count(since, "}"); depth != 0 {
				if outer := lastOuter(since, was); outer >= 0 {
					onScreens = isOfScreens(css[:max(from, 0)+outer])
				}
			}
			from = open
			properties[0].told, properties[1].told = 0, 0
		}
		value := text.Lower(strings.TrimLeft(css[at:min(len(css), at+12)], " "))
		hidden, says := strings.HasPrefix(value, p.hides), byte('s')
		if hidden {
			says = 'h'
		}
		if from < 0 || says == p.told || inName(css[word-1]) || depth != 0 && (depth != 1 || !onScreens) {
			continue
		}
		if p.told = says; !hidden && !p.shows {
			continue
		}
		start := strings.LastIndexAny(css[max(0, from-maxSelectors):from], "{};/>")
		if start < 0 && from > maxSelectors {
			continue
		}
		start += max(0, from-maxSelectors) + 1
		for s := range strings.SplitSeq(css[start:from], ",") {
			if name, ok := simpleSelector(strings.TrimSpace(s)); ok {
				yield(name, hidden)
			}
		}
	}
}

// lastOuter returns where the last bracket stands in a part of a style sheet that opens a
// rule which is in no other; -1 if there is none. depth is how many rules are open before.
func lastOuter(css string, depth int) int {
	last := -1
	for i := range len(css) {
		switch css[i] {
		case '{':
			if depth++; depth == 1 {
				last = i
			}
		case '}':
			depth--
		}
	}
	return last
}

// A styleProperty is a property of CSS that hides elements, while a style sheet is read.
type styleProperty struct {
	word  string // its name, with its colon behind it
	hides string // the value that hides
	shows bool   // another value shows again
	next  int    // where it stands next in the sheet; -1 if it does not
	told  byte   // of the current rule: 'h' if it was yielded as hiding, 's' as showing, else 0
}

// find sets p.next to where p stands from byte at on.
func (p *styleProperty) find(css string, at int) {
	if p.next = strings.Index(css[at:], p.word); p.next >= 0 {
		p.next += at
	}
}

// isOfScreens reports whether the text before a bracket of a style sheet ends with
// "@media screen" or "@media all", without a condition.
func isOfScreens(before string) bool {
	const longest = 40 // bytes of such a rule up to its bracket
	head := before[max(0, len(before)-longest):]
	at := strings.LastIndexByte(head, '@')
	if at < 0 {
		return false
	}
	media, ok := strings.CutPrefix(text.Lower(text.Line(head[at:])), "@media ")
	media = strings.TrimPrefix(media, "only ")
	return ok && (media == "screen" || media == "all")
}

// maxSelectors bounds how many bytes of the selectors of one rule are read.
const maxSelectors = 2000

// simpleSelector returns the class or the id, with its dot or hash sign, of a selector
// that is nothing else but for the name of an element before it: ".ad" or "div.ad".
func simpleSelector(s string) (name string, ok bool) {
	at := strings.IndexAny(s, ".#")
	if at < 0 || len(s)-at < 2 {
		return "", false
	}
	for i := range len(s) {
		if i != at && !inName(s[i]) {
			return "", false
		}
	}
	return s[at:], true
}
