package version

import (
	"slices"
	"strings"

	"dateline"
	"dateline/internal/text"
)

// A comparison holds two readings of an article, from two captures, and gathers how the
// second differs.
type comparison struct {
	a, b   *reading
	fields []string // that changed, in the order of Diff.Changed
	parts  []Part
	hunks  []hunk
}

// A hunk is one sentence of the text that one reading has alone, or a pair of
// sentences, or the same in another field, that say something else.
type hunk struct {
	before, after string // "" where there is none
	a, b          int    // units; -1 where it is none of the text
	runs          []Run
}

// alike is the share of common words from which on two sentences count as one sentence
// that was changed.
const alike = 0.5

// compare compares two readings that both show the article.
func compare(a, b *reading) *comparison {
	c := &comparison{a: a, b: b}
	if !sameLine(a.headline, b.headline) {
		c.line("headline", a.headline, b.headline)
	}
	if x, y := a.deck, b.deck; !sameLine(x, y) && !c.deckElsewhere(x, y) {
		c.line("deck", x, y)
	}
	if x, y := a.article.Bylines, b.article.Bylines; !sameNames(x, y) {
		c.line("bylines", strings.Join(x, ", "), strings.Join(y, ", "))
	}
	c.text()
	c.images()
	if timesMoved(a.article, b.article) {
		c.fields = append(c.fields, "modified")
	}
	return c
}

// timesMoved reports whether a time that a page states moved: between the two it
// says something else, not just more or less.
func timesMoved(a, b *dateline.Article) bool {
	return moved(a.Modified, b.Modified) || moved(a.Published, b.Published)
}

func moved(a, b dateline.Date) bool {
	from, to, ok := a.Interval()
	start, end, ok2 := b.Interval()
	if !ok || !ok2 {
		return a == "" && ok2
	}
	return !start.Before(to) || !from.Before(end)
}

// deckElsewhere reports whether the deck of one reading is missing in the other
// only because that takes it for something else.
func (c *comparison) deckElsewhere(x, y string) bool {
	switch {
	case x == "":
		return inText(c.a, y) || sameLine(y, c.a.headline)
	case y == "":
		return inText(c.b, x) || sameLine(x, c.b.headline)
	}
	return false
}

// inText reports whether a line stands in the text of r.
func inText(r *reading, s string) bool {
	key := keyOf(s)
	for b := range strings.SplitSeq(r.article.Text, "\n\n") {
		if keyOf(b) == key || strings.HasPrefix(keyOf(b), strings.TrimSuffix(key, "...")) {
			return true
		}
	}
	return false
}

// line notes how a field that is a single line, such as the headline, has changed from x
// to y.
func (c *comparison) line(field, x, y string) {
	c.fields = append(c.fields, field)
	runs := sentenceDiff(x, y)
	c.parts = append(c.parts, Part{Field: field, Runs: runs})
	c.hunks = append(c.hunks, hunk{x, y, -1, -1, runs})
}

// sentenceDiff is the difference of two sentences: word by word if they have
// enough in common.
func sentenceDiff(x, y string) []Run {
	a, b := tokens(x), tokens(y)
	if x == "" || y == "" || likeness(a, b) < alike {
		var runs []Run
		if x != "" {
			runs = append(runs, Run{x, Before})
		}
		if y != "" {
			if x != "" {
				y = " " + y
			}
			runs = append(runs, Run{y, After})
		}
		return runs
	}
	return wordDiff(a, b)
}

// text compares the texts, sentence by sentence.
func (c *comparison) text() {
	ka, kb := unitKeys(c.a.units), unitKeys(c.b.units)
	steps := c.pair(align(ka, kb))
	changed := false
	w := partWriter{c: c, block: [2]int{-1, -1}}
	gone, came := map[string]int{}, map[string]int{}
	for _, s := range steps {
		switch {
		case s.only == Before:
			gone[c.a.units[s.a].key]++
		case s.only == After:
			came[c.b.units[s.b].key]++
		}
	}
	for _, s := range steps {
		switch {
		case s.only == Before:
			u := &c.a.units[s.a]
			changed = true
			w.write(u.field, s, []Run{{u.text, Before}}, came[u.key] > 0)
		case s.only == After:
			u := &c.b.units[s.b]
			changed = true
			w.write(u.field, s, []Run{{u.text, After}}, gone[u.key] > 0)
		case c.a.units[s.a].key != c.b.units[s.b].key:
			changed = true
			w.write(c.b.units[s.b].field, s, wordDiff(tokens(c.a.units[s.a].text), tokens(c.b.units[s.b].text)), false)
		default:
			w.write(c.b.units[s.b].field, s, []Run{{c.b.units[s.b].text, ""}}, false)
		}
	}
	if changed {
		c.fields = append(c.fields, "text")
	}
	for i := range c.parts {
		p := &c.parts[i]
		p.Same = p.Field == "text" && !slices.ContainsFunc(p.Runs, func(r Run) bool { return r.Only != "" })
	}
}

func unitKeys(units []unit) []string {
	list := make([]string, len(units))
	for i := range units {
		list[i] = units[i].key
	}
	return list
}

// pair makes of sentences that were taken out and put in at one place pairs of
// one that was changed, where they are alike, and drops pairs of lines that
// differ in their numbers alone and are no sentences: counts and clocks.
func (c *comparison) pair(steps []step) []step {
	var out []step
	for i := 0; i < len(steps); {
		if steps[i].only == "" {
			out = append(out, steps[i])
			i++
			continue
		}
		var gone, came []int
		for ; i < len(steps) && steps[i].only != ""; i++ {
			if steps[i].only == Before {
				gone = append(gone, steps[i].a)
			} else {
				came = append(came, steps[i].b)
			}
		}
		out = c.pairs(out, gone, came)
	}
	return out
}

// pairs aligns the sentences of one gap, so that as much as can be is alike.
func (c *comparison) pairs(out []step, gone, came []int) []step {
	const most = 40_000 // pairs that are held against each other
	x, y := 0, 0
	if len(gone)*len(came) <= most {
		like := make([][]float64, len(gone))
		ta, tb := make([][]token, len(gone)), make([][]token, len(came))
		for i, k := range gone {
			ta[i] = tokens(c.a.units[k].text)
		}
		for j, k := range came {
			tb[j] = tokens(c.b.units[k].text)
		}
		best := make([][]float64, len(gone)+1)
		best[len(gone)] = make([]float64, len(came)+1)
		for i := len(gone) - 1; i >= 0; i-- {
			best[i], like[i] = make([]float64, len(came)+1), make([]float64, len(came))
			for j := len(came) - 1; j >= 0; j-- {
				best[i][j] = max(best[i+1][j], best[i][j+1])
				if like[i][j] = likeness(ta[i], tb[j]); like[i][j] >= alike {
					best[i][j] = max(best[i][j], best[i+1][j+1]+like[i][j])
				}
			}
		}
		for x < len(gone) && y < len(came) {
			switch {
			case like[x][y] >= alike && best[x][y] == best[x+1][y+1]+like[x][y]:
				if !onlyCounts(&c.a.units[gone[x]], &c.b.units[came[y]]) {
					out = append(out, step{"", gone[x], came[y]})
				}
				x, y = x+1, y+1
			case best[x][y] == best[x+1][y]:
				out = append(out, step{Before, gone[x], -1})
				x++
			default:
				out = append(out, step{After, -1, came[y]})
				y++
			}
		}
	}
	for ; x < len(gone); x++ {
		out = append(out, step{Before, gone[x], -1})
	}
	for ; y < len(came); y++ {
		out = append(out, step{After, -1, came[y]})
	}
	return out
}

// onlyCounts reports whether two lines that are no sentences differ in their
// numbers alone, and hold a word of time or counting.
func onlyCounts(a, b *unit) bool {
	if !a.whole || !b.whole || len(b.text) > 80 || text.Ends(b.text) {
		return false
	}
	x, y := tokens(a.text), tokens(b.text)
	if len(x) != len(y) {
		return false
	}
	counting := false
	for i := range x {
		counting = counting || isTimes(lowered(y[i].text)) && !isFigure(y[i].text) || aboutTimes.In(lowered(y[i].text))
		if x[i].key != y[i].key && !(isFigure(x[i].text) && isFigure(y[i].text)) {
			return false
		}
	}
	return counting
}

// A partWriter gathers the sentences of a paragraph.
type partWriter struct {
	c     *comparison
	block [2]int // the paragraphs that the last part is of; -1 where it has none
}

// write appends a sentence to the part of its paragraph.
func (w *partWriter) write(field string, s step, runs []Run, movedHere bool) {
	c := w.c
	block := [2]int{-1, -1}
	h := hunk{a: s.a, b: s.b, runs: runs}
	if s.a >= 0 {
		block[0], h.before = c.a.units[s.a].block, c.a.units[s.a].text
	}
	if s.b >= 0 {
		block[1], h.after = c.b.units[s.b].block, c.b.units[s.b].text
	}
	if runs[0].Only != "" || len(runs) > 1 {
		c.hunks = append(c.hunks, h)
	}
	last := len(c.parts) - 1
	joins := last >= 0 && c.parts[last].Field == field && c.parts[last].Moved == movedHere &&
		(block[0] >= 0 && block[0] == w.block[0] || block[1] >= 0 && block[1] == w.block[1])
	if !joins {
		c.parts = append(c.parts, Part{Field: field, Moved: movedHere, Runs: runs})
		w.block = block
		return
	}
	p := &c.parts[last]
	if first := runs[0]; p.Runs[len(p.Runs)-1].Only == first.Only {
		p.Runs[len(p.Runs)-1].Text += " " + first.Text
		p.Runs = append(p.Runs, runs[1:]...)
	} else {
		p.Runs = append(p.Runs, Run{" " + first.Text, first.Only})
		p.Runs = append(p.Runs, runs[1:]...)
	}
	for k := range block {
		if block[k] >= 0 {
			w.block[k] = block[k]
		}
	}
}

// images compares the pictures and what is said of them.
func (c *comparison) images() {
	x, y := c.a.pictures(), c.b.pictures()
	gone, came := without(x, y), without(y, x)
	if len(gone) == 0 && len(came) == 0 {
		return
	}
	// A picture without a caption that one page has and the other has not is a
	// matter of design, unless the first one is another.
	silent := func(p picture) bool { return p.caption == "" }
	if len(gone) == 0 && !slices.ContainsFunc(came, func(p picture) bool { return !silent(p) }) ||
		len(came) == 0 && !slices.ContainsFunc(gone, func(p picture) bool { return !silent(p) }) {
		return
	}
	c.fields = append(c.fields, "images")
	for i := range max(len(gone), len(came)) {
		var before, after string
		if i < len(gone) {
			before = gone[i].said()
		}
		if i < len(came) {
			after = came[i].said()
		}
		if runs := sentenceDiff(before, after); len(runs) > 0 {
			c.parts = append(c.parts, Part{Field: "images", Runs: runs})
			c.hunks = append(c.hunks, hunk{before, after, -1, -1, runs})
		}
	}
}

// said is the caption and the credit of a picture, or the name of its file if it has
// neither.
func (p picture) said() string {
	if p.caption == "" && p.credit == "" {
		return p.name
	}
	return strings.TrimSpace(p.caption + " " + p.credit)
}

// without returns the pictures of x that are not in y.
func without(x, y []picture) (list []picture) {
	for _, p := range x {
		if !slices.ContainsFunc(y, func(q picture) bool { return samePicture(p, q) }) {
			list = append(list, p)
		}
	}
	return list
}

// runs returns the words that only one of the captures has, where they were not
// just moved.
func (c *comparison) runs(only string) (list []string) {
	for _, p := range c.parts {
		if p.Moved {
			continue
		}
		for _, r := range p.Runs {
			if r.Only == only {
				list = append(list, strings.TrimSpace(r.Text))
			}
		}
	}
	return list
}
