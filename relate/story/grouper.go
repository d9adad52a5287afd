package story

import (
	"time"

	"dateline"
)

// A Grouper finds the report, the event and the story of articles as they come in. It
// serves one goroutine.
type Grouper struct {
	copies  *Copies
	stories *Stories
	// The names of stories and events that were given while articles had groups of an
	// earlier time.
	storyNames, eventNames names
}

// NewGrouper returns a Grouper that knows no article.
func NewGrouper() *Grouper {
	return &Grouper{copies: NewCopies(), stories: NewStories(), storyNames: names{}, eventNames: names{}}
}

// Add finds the group of a, and remembers a. A copy is of the event and the story of what
// it is a copy of. If a had a group at an earlier time, before, a story or an event that
// begins with it takes its name from there, so that names survive a better Grouper;
// before may be nil.
func (g *Grouper) Add(a *dateline.Article, before *dateline.Group) dateline.Group {
	c, own, other := g.copies.add(a, "")
	o := g.stories.vocabulary.outline(a)
	group := dateline.Group{Article: own.group.Article, Report: c.Report, Day: dayDate(o.day)}
	if c.Rule != "" {
		group.Copy = &dateline.Likeness{To: c.Of, Rule: c.Rule, Inner: c.Inner, Outer: c.Outer, Opening: c.Opening, Lead: c.Lead}
	}
	if other != nil && other.group.Report == c.Report {
		group.Story, group.Event = other.group.Story, other.group.Event
		group.Joined = &dateline.Likeness{To: c.Of, Rule: "story/copy"}
		o.id = group.Article
		g.stories.place(o, group.Story, group.Event)
	} else {
		g.find(o, &group, before)
	}
	own.group = group
	return group
}

// find finds the event and the story of an article that is no copy.
func (g *Grouper) find(o *outline, group, before *dateline.Group) {
	s := g.stories
	o.id = group.Article
	f, m := s.best(o)
	group.Story, group.Event = o.id, o.id
	if f.g != nil {
		group.Story = f.g.id
		group.Joined = &dateline.Likeness{To: f.near.id, Rule: m.Rule, Score: m.Score}
	} else if before != nil {
		group.Story = g.storyNames.give(o.id, before.Story)
	}
	if f.g != nil && s.oneEvent(o, f) {
		group.Event = f.near.event
	} else if before != nil {
		group.Event = g.eventNames.give(o.id, before.Event)
	}
	s.place(o, group.Story, group.Event)
}

// names are those that are taken.
type names map[dateline.ArticleID]bool

// give returns a name for what begins with the article id: the one that it had before, its
// own if another has that now, and if both are taken one that nothing else has.
func (n names) give(id, before dateline.ArticleID) dateline.ArticleID {
	name := before
	if n[name] {
		name = id
	}
	for n[name] {
		name = dateline.NewArticleID(string(name))
	}
	n[name] = true
	return name
}

// Place remembers an article whose group is known.
func (g *Grouper) Place(a *dateline.Article, known *dateline.Group) {
	_, own, _ := g.copies.add(a, known.Report)
	own.group = *known
	o := g.stories.vocabulary.outline(a)
	o.id = known.Article
	g.stories.place(o, known.Story, known.Event)
}

// dayDate returns a day of [dayOf] as a date; "" if it is 0.
func dayDate(day int) dateline.Date {
	if day == 0 {
		return ""
	}
	return dateline.Date(time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly))
}
