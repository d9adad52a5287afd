package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// maxHidingNames bounds the names that a page's styles hide.
const maxHidingNames = 500

// hideByStyle gives the roles of what is not to be seen to the elements that the page's own
// <style> does not display, by a class or an id alone. What scripts or other rules
// may show again is not meant: a name that is in a script, or in the styles
// anywhere else.
func (p *Page) hideByStyle() {
	var names map[string]bool
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if p.Tree.Tag(n) != dom.Style || p.Tree.Attr(n, dom.Type) != "" && p.Tree.Attr(n, dom.Type) != "text/css" {
			continue
		}
		if media := mediaOf(p.Tree, n); media != "" && media != "all" && media != "screen" {
			continue
		}
		readStyle(p.Tree.Raw(n), func(name string, hidden bool) {
			if names == nil && hidden {
				names = map[string]bool{}
			}
			if names != nil && (len(names) < maxHidingNames || names[name]) {
				names[name] = hidden
			}
		})
	}
	if len(names) == 0 {
		return
	}
	const least = 20 // bytes of text that are worth the look
	total := int(p.Size[p.Tree.Len()])
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if p.Tree.Tag(n) == dom.Text || p.visible(n) < least || p.visible(n)*3 > total || p.holdsH1(n) {
			continue
		}
		hidden := false
		for class := range strings.FieldsSeq(p.Tree.Attr(n, dom.Class)) {
			hidden = hidden || p.staysHidden(names, "."+class)
		}
		if id := p.Tree.Attr(n, dom.ID_); hidden || id != "" && p.staysHidden(names, "#"+id) {
			p.OwnRoles[n] |= Hidden | undisplayed
		}
	}
}

// staysHidden reports whether names say that a class or an id is hidden, and
// nothing else in the page speaks of it. What it finds is noted in names.
func (p *Page) staysHidden(names map[string]bool, name string) bool {
	if !names[name] || names[name+"{"] {
		return names[name]
	}
	rules := 0
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		switch p.Tree.Tag(n) {
		case dom.Style:
			rules += mentions(p.Tree.Raw(n), name)
		case dom.Script:
			if strings.Contains(p.Tree.Raw(n), name[1:]) {
				rules = 2
			}
		}
		if rules > 1 {
			names[name] = false
			return false
		}
	}
	names[name+"{"] = true
	return true
}

// mentions counts where a style sheet has a name that does not go on.
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

func inName(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

func mediaOf(t *dom.Tree, n dom.ID) string {
	for _, a := range t.Attrs(n) {
		if a.Name == "media" {
			return text.Lower(strings.TrimSpace(a.Value))
		}
	}
	return ""
}

// readStyle yields the names of classes and ids that rules of a style sheet hide or
// display, each with its dot or hash. Only what stands around the word display is
// read.
func readStyle(css string, yield func(name string, hidden bool)) {
	const word = "display:"
	depth, from := 0, 0
	for at := 0; ; {
		i := strings.Index(css[at:], word)
		if i < 0 {
			return
		}
		at += i + len(word)
		value := text.Lower(strings.TrimLeft(css[at:min(len(css), at+12)], " "))
		hidden := strings.HasPrefix(value, "none")
		open := strings.LastIndexByte(css[from:at], '{')
		if open < 0 {
			continue // another declaration of the rule before
		}
		open += from
		depth += strings.Count(css[from:open], "{") - strings.Count(css[from:open], "}")
		from = open
		if depth != 0 {
			continue
		}
		start := strings.LastIndexAny(css[:open], "{};/>") + 1
		if open-start > 2000 {
			continue
		}
		for s := range strings.SplitSeq(css[start:open], ",") {
			if name, ok := simpleSelector(strings.TrimSpace(s)); ok {
				yield(name, hidden)
			}
		}
	}
}

// simpleSelector returns the class or the id of a selector that has one alone, or
// one with the name of an element.
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
