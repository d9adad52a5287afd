package story

import (
	"cmp"
	"container/list"
	"slices"

	"dateline"
)

// Bounds of what is kept of stories.
const (
	// maxMembers is how many articles of a story new ones are compared with: the last.
	maxMembers = 8
	// maxBrief and maxLong are how many stories are kept that have few articles, and
	// many: those that were told last. At 10,000 articles a day the first are of a week
	// or two, the second of months.
	maxBrief = 50_000
	maxLong  = 20_000
	// long is from how many articles on a story is kept as a long one.
	long = 4
	// maxFiled is how many stories are found by one term, those that had it last.
	maxFiled = 24
	// filedNames and filedWords are how many terms of an article stories are found by:
	// those that weigh most.
	filedNames = 12
	filedWords = 8
	// maxFits is how many stories an article is compared with: those that share most.
	maxFits = 6
)

// A group is a story as it grows.
type group struct {
	id      dateline.ArticleID
	size    int // articles
	length  int // of all articles together, in words
	last    int // day of the article that came last; 0 if none has one
	members []*outline
	names   profile
	words   profile
	places  profile
	kept    *list.Element // in Stories.brief or Stories.long
	filed   []term        // that it was filed by
}

// Stories sorts articles into stories as they come in. It serves one goroutine.
type Stories struct {
	vocabulary  *vocabulary
	byID        map[dateline.ArticleID]*group
	filed       map[term][]*group
	brief, long list.List // of *group, the one told last at the end
	model       *Model
	found       map[*group]float32 // reused
}

// NewStories returns Stories that know no article.
func NewStories() *Stories {
	return &Stories{vocabulary: newVocabulary(), byID: map[dateline.ArticleID]*group{}, filed: map[term][]*group{}, model: &Default, found: map[*group]float32{}}
}

// A Membership says of which story and event an article is.
type Membership struct {
	Story dateline.ArticleID `json:"story"`           // the first article of the story that came in; its name for good
	Event dateline.ArticleID `json:"event"`           // likewise of the event, which is a part of the story
	Near  dateline.ArticleID `json:"near,omitempty"`  // the article of the story that it is most like; "" for the first
	Score float64            `json:"score,omitempty"` // of the model; above 0 for a story that it joined
	Rule  string             `json:"rule,omitempty"`  // why it joined: story/event, story/profile; "" for the first article
}

// An event is what articles of a few days tell that are like each other. Both by figures
// of events that look alike.
const (
	eventDays = 4
	eventLike = .2
)

// Add finds the story that a is of, and remembers a.
func (s *Stories) Add(a *dateline.Article) Membership {
	return s.put(s.vocabulary.outline(a), keyOf(a))
}

// put is Add for an article of which the outline is known.
func (s *Stories) put(o *outline, id dateline.ArticleID) Membership {
	o.id = id
	f, m := s.best(o)
	m.Story, m.Event = id, id
	if f.g != nil {
		m.Near, m.Story = f.near.id, f.g.id
		if s.oneEvent(o, f) {
			m.Event = f.near.event
		}
	}
	s.place(o, m.Story, m.Event)
	return m
}

// oneEvent reports whether o tells of the same event as the nearest article.
func (s *Stories) oneEvent(o *outline, f fit) bool {
	apart := max(o.day-f.near.day, f.near.day-o.day)
	return f.one >= eventLike && (o.day == 0 || f.near.day == 0 || apart <= eventDays)
}

// place takes o into the story and the event with these names.
func (s *Stories) place(o *outline, story, event dateline.ArticleID) {
	g := s.byID[story]
	if g == nil {
		g = &group{id: story}
		s.byID[story] = g
	}
	o.event = event
	s.add(g, o)
}

// best returns how o fits the story that the model finds it to be of; its g is nil if it
// is of none.
func (s *Stories) best(o *outline) (best fit, m Membership) {
	for _, f := range s.fits(o) {
		if score, rule := s.model.score(o.features(f)); score > m.Score {
			best, m = f, Membership{Score: score, Rule: rule}
		}
	}
	return best, m
}

// fits returns how o fits the stories that share most with it.
func (s *Stories) fits(o *outline) []fit {
	clear(s.found)
	for t, w := range filedTerms(o) {
		for _, g := range s.filed[t] {
			s.found[g] += w
		}
	}
	type candidate struct {
		g      *group
		weight float32
	}
	list := make([]candidate, 0, len(s.found))
	for g, w := range s.found {
		list = append(list, candidate{g, w})
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.g.last, a.g.last), cmp.Compare(a.g.id, b.g.id))
	})
	fits := make([]fit, 0, maxFits)
	for _, c := range list[:min(len(list), maxFits)] {
		fits = append(fits, o.fit(c.g))
	}
	return fits
}

// filedTerms yields the terms by which stories are found, and what each counts.
func filedTerms(o *outline) func(yield func(term, float32) bool) {
	return func(yield func(term, float32) bool) {
		for _, part := range []struct {
			v     vector
			most  int
			count float32
		}{{o.names, filedNames, 2}, {o.words, filedWords, 1}, {o.places, 3, .5}} {
			for _, x := range heaviest(part.v, part.most) {
				if !yield(x.term, part.count*x.weight) {
					return
				}
			}
		}
	}
}

// heaviest returns the n weights of v that are largest.
func heaviest(v vector, n int) []weight {
	if len(v) <= n {
		return v
	}
	top := make([]weight, 0, n+1)
	for _, x := range v {
		if len(top) == n && x.weight <= top[n-1].weight {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, x, func(a, b weight) int { return cmp.Compare(b.weight, a.weight) })
		top = slices.Insert(top, at, x)
		top = top[:min(len(top), n)]
	}
	return top
}

// add takes o into the story g.
func (s *Stories) add(g *group, o *outline) {
	g.size++
	g.length += o.length
	if o.day != 0 {
		g.last = o.day
	}
	if len(g.members) == maxMembers {
		g.members = slices.Delete(g.members, 0, 1)
	}
	g.members = append(g.members, o)
	g.names.add(o.names)
	g.words.add(o.words)
	g.places.add(o.places)
	s.keep(g)
	for t := range filedTerms(o) {
		list := s.filed[t]
		if at := slices.Index(list, g); at >= 0 {
			list = slices.Delete(list, at, at+1)
		} else {
			g.filed = append(g.filed, t)
			if len(list) == maxFiled {
				list = slices.Delete(list, 0, 1)
			}
		}
		s.filed[t] = append(list, g)
	}
}

// keep moves g behind the others, and forgets the story that was told longest ago if
// there are too many.
func (s *Stories) keep(g *group) {
	switch {
	case g.size > long:
		s.long.MoveToBack(g.kept)
	case g.size == long:
		s.brief.Remove(g.kept)
		g.kept = s.long.PushBack(g)
	case g.kept == nil:
		g.kept = s.brief.PushBack(g)
	default:
		s.brief.MoveToBack(g.kept)
	}
	for _, of := range []struct {
		l    *list.List
		most int
	}{{&s.brief, maxBrief}, {&s.long, maxLong}} {
		if of.l.Len() > of.most {
			s.forget(of.l.Remove(of.l.Front()).(*group))
		}
	}
}

// forget takes g out of what stories are found by.
func (s *Stories) forget(g *group) {
	delete(s.byID, g.id)
	for _, t := range g.filed {
		list := s.filed[t]
		if at := slices.Index(list, g); at >= 0 {
			list = slices.Delete(list, at, at+1)
		}
		if len(list) > 0 {
			s.filed[t] = list
		} else {
			delete(s.filed, t)
		}
	}
}
