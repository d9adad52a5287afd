package story

import (
	"cmp"
	"container/list"
	"slices"

	"dateline"
	"dateline/internal/text"
)

// A Copy says of which report an article is a copy: another edition, a cut, a reprint, a
// write-through with the same news on top. The first article of a report is of it, too.
type Copy struct {
	Report dateline.ArticleID `json:"report"`         // the first article of the report that came in; its name for good
	Of     dateline.ArticleID `json:"of,omitempty"`   // the article that it is most like; "" if it is the first of its report
	Rule   string             `json:"rule,omitempty"` // why: "copy/whole"; copy/update if it grew out of Of but leads with other news, and is a report of its own; "" if it is like none
	Overlap
}

// The rules by which two texts are compared, in the order in which they are tried. The
// numbers were set on the development sets of copies made by hand and of real editions
// (doc/decisions/story.md).
var copyRules = []struct {
	name string
	same bool // the two are one report
	ok   func(o Overlap) bool
}{
	// Nearly all of one stands in the other, and is a good part of it.
	{"copy/whole", true, func(o Overlap) bool { return o.Inner >= .72 && o.Outer >= .3 }},
	// Nearly all of one stands in a longer one, and not only beside its news: a side box
	// of another story lies whole in an article, too.
	{"copy/excerpt", true, func(o Overlap) bool { return o.Inner >= .72 && o.Lead >= .1 }},
	// The beginning of one stands in the other, and half of it.
	{"copy/opening", true, func(o Overlap) bool { return o.Inner >= .5 && o.Outer >= .3 && o.Opening >= .7 }},
	// The beginnings agree, and nearly half is the same: the same news on top.
	{"copy/lead", true, func(o Overlap) bool { return o.Inner >= .45 && o.Lead >= .45 }},
	// Half is the same, but the beginnings are not: other news leads.
	{"copy/update", false, func(o Overlap) bool { return o.Inner >= .5 && o.Outer >= .4 }},
}

// compare returns the name of the rule that o meets, "" if there is none, and whether
// the two texts are one report.
func compare(o Overlap) (rule string, same bool) {
	for _, r := range copyRules {
		if r.ok(o) {
			return r.name, r.same
		}
	}
	return "", false
}

// Bounds of the search for copies.
const (
	// copyDays is how many days lie at most between copies. Later ones are reprints of
	// an archive, and background.
	copyDays = 3
	// maxKept is how many articles are kept, three days of a large stream and more: the
	// days that were used longest ago are forgotten first. So neither an archive that is
	// read in any order nor articles without a date cost more as they grow in number. A
	// day of more than shelfSize articles is kept as several.
	maxKept   = 60_000
	shelfSize = 20_000
	// maxPosted is how many articles a gram is looked up in, the newest: what stands
	// in more is furniture.
	maxPosted = 64
	// maxCompared is how many articles are compared with a new one: those that share most.
	maxCompared = 12
)

// Copies finds copies among articles as they come in. It serves one goroutine.
type Copies struct {
	shelves map[int][]*shelf // by day
	oldest  list.List        // the shelves, of *shelf, the one used last at the end
	kept    int              // articles on all shelves
	printed *printed
	latest  int          // day of the last article that has one
	shared  map[slot]int // grams that articles share with the one looked for; reused
	found   []candidate  // reused
	keys    []uint64     // of the paragraphs of the article that is added; reused
}

// NewCopies returns Copies that know no article.
func NewCopies() *Copies {
	return &Copies{shelves: map[int][]*shelf{}, printed: newPrinted(), shared: map[slot]int{}}
}

// A shelf holds the articles of one day.
type shelf struct {
	day      int
	articles []*shelved
	first    map[uint32]int32 // by gram: where its postings begin, counted from 1
	postings []posting
	used     *list.Element // in Copies.oldest
}

type shelved struct {
	group dateline.Group
	print *print
}

// A posting is an article that a gram stands in.
type posting struct {
	article int32
	next    int32 // the posting of the same gram before, counted from 1; 0 if there is none
}

// A slot is an article on a shelf.
type slot struct {
	s  *shelf
	at int32
}

type candidate struct {
	slot
	shared int
}

// Add finds the report that a is of, and remembers a.
func (c *Copies) Add(a *dateline.Article) Copy {
	made, _, _ := c.add(a, "")
	return made
}

// add is Add, for an article of which the report is known unless it is "". It returns
// what was remembered as well: of the article, and of the one that it is like, nil if it
// is like none.
func (c *Copies) add(a *dateline.Article, report dateline.ArticleID) (made Copy, own, other *shelved) {
	id, outlet := keyOf(a), outletOf(a)
	day, ok := dayOf(a)
	if !ok {
		day = c.latest
	}
	c.latest = day
	c.keys = c.keys[:0]
	p := newPrint(a.Text, func(paragraph string) bool {
		key := paragraphKey(outlet, paragraph)
		c.keys = append(c.keys, key)
		return c.printed.furniture(key)
	})
	if report == "" {
		made, other = c.find(p, day)
		report = cmp.Or(made.Report, id)
	}
	made.Report = report
	for _, key := range c.keys {
		c.printed.add(key, made.Report)
	}
	own = &shelved{group: dateline.Group{Article: id, Report: report}, print: p}
	c.shelf(day).add(own)
	return made, own, other
}

// find returns the copy that the article with print p is, and what it is a copy of. If it
// is of no report that is known, Report is "".
func (c *Copies) find(p *print, day int) (Copy, *shelved) {
	clear(c.shared)
	for d := day - copyDays; d <= day+copyDays; d++ {
		for _, s := range c.shelves[d] {
			s.count(p, c.shared)
		}
	}
	c.found = c.found[:0]
	for at, n := range c.shared {
		c.found = append(c.found, candidate{at, n})
	}
	slices.SortFunc(c.found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.shared, x.shared), cmp.Compare(x.s.day, y.s.day), cmp.Compare(x.at, y.at))
	})
	var same, update Copy
	var sameAs, updateOf *shelved
	for _, x := range c.found[:min(len(c.found), maxCompared)] {
		other := x.s.articles[x.at]
		if x.shared*indexed*leastShared < min(len(p.grams), len(other.print.grams)) {
			continue
		}
		o := overlap(p, other.print)
		switch rule, one := compare(o); {
		case one && o.Inner > same.Inner:
			same, sameAs = Copy{Report: other.group.Report, Of: other.group.Article, Rule: rule, Overlap: o}, other
		case rule != "" && !one && o.Inner > update.Inner:
			update, updateOf = Copy{Of: other.group.Article, Rule: rule, Overlap: o}, other
		}
	}
	if same.Of != "" {
		return same, sameAs
	}
	return update, updateOf
}

// leastShared is the share of the grams of the shorter text, one in so many, that two texts
// have in common at least for a comparison: a third of what copies have that are read with
// many wrong letters.
const leastShared = 12

// indexed is the share of the grams, one in so many, that articles are found by.
const indexed = 4

// count adds to shared how many of the indexed grams of p each article on the shelf has.
func (s *shelf) count(p *print, shared map[slot]int) {
	for _, g := range p.grams {
		if g.hash%indexed != 0 {
			continue
		}
		at := s.first[g.hash]
		for n := 0; at > 0 && n < maxPosted; n++ {
			shared[slot{s, s.postings[at-1].article}]++
			at = s.postings[at-1].next
		}
	}
}

// shelf returns the shelf of a day that has room for one more article.
func (c *Copies) shelf(day int) *shelf {
	if c.kept >= maxKept {
		c.forget()
	}
	c.kept++
	if list := c.shelves[day]; len(list) > 0 {
		if s := list[len(list)-1]; len(s.articles) < shelfSize {
			c.oldest.MoveToBack(s.used)
			return s
		}
	}
	s := &shelf{day: day, first: map[uint32]int32{}}
	s.used = c.oldest.PushBack(s)
	c.shelves[day] = append(c.shelves[day], s)
	return s
}

// forget forgets the shelf that was used longest ago.
func (c *Copies) forget() {
	s := c.oldest.Remove(c.oldest.Front()).(*shelf)
	c.kept -= len(s.articles)
	c.shelves[s.day] = slices.DeleteFunc(c.shelves[s.day], func(other *shelf) bool { return other == s })
	if len(c.shelves[s.day]) == 0 {
		delete(c.shelves, s.day)
	}
}

func (s *shelf) add(x *shelved) {
	n := int32(len(s.articles))
	s.articles = append(s.articles, x)
	for _, g := range x.print.grams {
		if g.hash%indexed == 0 {
			s.postings = append(s.postings, posting{n, s.first[g.hash]})
			s.first[g.hash] = int32(len(s.postings))
		}
	}
}

// keyOf returns the key of an article, also outside an archive.
func keyOf(a *dateline.Article) dateline.ArticleID {
	if a.ID != "" && a.Capture != "" {
		return a.ID
	}
	return dateline.NewArticleID(cmp.Or(a.Canonical, a.URL))
}

// outletOf returns a number for who printed a.
func outletOf(a *dateline.Article) uint64 {
	return text.Hash(cmp.Or(a.Publisher.Site, host(a.URL)))
}
