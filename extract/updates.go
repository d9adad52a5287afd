package extract

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// The evidence of the entries of a live blog: the way of finding them by <time> elements,
// and the property of JSON-LD that lists them.
var (
	timedEntry  = Way{"update/time-element", "updates: a box of the text of a live blog that has a time element of its own"}
	liveUpdates = "jsonld:liveBlogUpdate"
)

// mostUpdates bounds the updates of a record.
const mostUpdates = 2000

// updates returns the entries of a live blog that have a date, in the order of the text,
// and the evidence. An entry reaches from its first block to the beginning of the next
// entry. The entries that have <time> elements count if there are two or more, else those
// in the JSON-LD. It returns nil for a page that is no live blog.
func updates(p *page.Page, b *body.Text, lang string) (all []dateline.Update, from string) {
	if !p.News.Is("LiveBlogPosting") || b.Root == 0 {
		return nil, ""
	}
	all, from = timedEntries(p, b), timedEntry.Name
	if len(all) < 2 {
		all, from = statedEntries(p, b, lang), liveUpdates
	}
	slices.SortStableFunc(all, func(x, y dateline.Update) int { return x.Start - y.Start })
	all = slices.CompactFunc(all, func(x, y dateline.Update) bool { return x.Start == y.Start })
	for i := range all {
		all[i].End = len(b.Content)
		if i+1 < len(all) {
			all[i].End = len(strings.TrimRight(b.Content[:all[i+1].Start], "\n"))
		}
	}
	return all, from
}

// timedEntries returns the entries whose boxes have a time element.
func timedEntries(p *page.Page, b *body.Text) (all []dateline.Update) {
	const levels = 4 // from the time up to the box of the entry
	t := p.Tree
	for n := b.Root + 1; n < t.End(b.Root) && len(all) < mostUpdates; n++ {
		if t.Tag(n) != dom.Time {
			continue
		}
		d, ok := date.Parse(t.Attr(n, dom.Datetime), "")
		if !ok {
			continue
		}
		for box, k := t.Parent(n), 0; box > b.Root && k < levels; box, k = t.Parent(box), k+1 {
			if start, ok := b.StartWithin(box); ok {
				all = append(all, dateline.Update{Published: d, Start: start, Headline: headingAt(b, start)})
				break
			}
		}
	}
	return all
}

// headingAt returns the heading that begins at a byte of the text, "" if none does.
func headingAt(b *body.Text, start int) string {
	i, ok := slices.BinarySearchFunc(b.Blocks, start, func(x dateline.Block, at int) int { return x.Start - at })
	if !ok || b.Blocks[i].Kind != dateline.Heading {
		return ""
	}
	return b.Content[start:b.Blocks[i].End]
}

// statedEntries returns the entries that JSON-LD dates, where the text has a block that
// says the headline, or begins like the entry's text.
func statedEntries(p *page.Page, b *body.Text, lang string) (all []dateline.Update) {
	const telling = 60 // bytes of a key that are compared: enough to know an entry by its beginning
	begin := func(s string) string {
		key := text.Key(s)
		return key[:min(len(key), telling)]
	}
	starts := map[string]int{}
	for _, block := range b.Blocks {
		key := begin(b.Content[block.Start:block.End])
		if _, again := starts[key]; !again && key != "" {
			starts[key] = block.Start
		}
	}
	for v := range p.News.Get("liveBlogUpdate").All() {
		entry := page.Thing{Value: v}
		d, ok := date.Parse(entry.Text("datePublished"), lang)
		if !ok || len(all) >= mostUpdates {
			continue
		}
		headline := text.Line(entry.Text("headline"))
		for _, s := range []string{headline, entry.Text("articleBody")} {
			if at, found := starts[begin(s)]; found && s != "" {
				all = append(all, dateline.Update{Published: d, Start: at, Headline: headline})
				break
			}
		}
	}
	return all
}
