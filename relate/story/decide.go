package story

import (
	"cmp"
	"slices"

	"dateline"
)

// Decide returns the decision that the stories of two articles are one, or their reports;
// or that a is of another one than b. If the opposite was decided of the two before, it is
// that decision taken back, and undone is true.
func Decide(before []dateline.Decision, level dateline.Level, a, b dateline.ArticleID, v dateline.Verdict) (d dateline.Decision, undone bool) {
	d = dateline.Decision{About: level, A: dateline.SpeakerRef{Article: a}, B: dateline.SpeakerRef{Article: b}, Verdict: v}
	for _, old := range before {
		if old.Verdict != "" && old.Verdict != v && old.Key() == d.Key() {
			d.Verdict = ""
			return d, true
		}
	}
	return d, false
}

// Apply sorts articles as users have decided, in the order of the decisions, from what the
// program found of each (dateline.Group.Found). groups must hold all articles of the
// stories that the decisions are about, as they are and as they were found. It sets
// Report, Event, Story and Own.
//
// Two stories or reports that are one have the name of the older. What is split off has a
// name of its own, and what it leaves keeps its name. A report is of one story: all who
// print it go with it.
func Apply(groups []*dateline.Group, decisions []dateline.Decision) {
	s := sorting{byArticle: map[dateline.ArticleID]*dateline.Group{}, found: map[dateline.ArticleID]dateline.Sorted{}, now: map[dateline.ArticleID]dateline.Group{}}
	s.groups = slices.Clone(groups)
	slices.SortStableFunc(s.groups, func(a, b *dateline.Group) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Day, "9"), cmp.Or(b.Day, "9")), cmp.Compare(a.Article, b.Article))
	})
	for _, g := range s.groups {
		f := g.Found()
		s.byArticle[g.Article], s.found[g.Article], s.now[g.Article] = g, f, *g
		g.Report, g.Event, g.Story, g.Own = f.Report, f.Event, f.Story, nil
	}
	s.each(decisions, dateline.ReportLevel, s.decideReport)
	s.each(decisions, dateline.StoryLevel, s.decideStory)
	for _, g := range s.groups {
		if f := s.found[g.Article]; f != (dateline.Sorted{Report: g.Report, Event: g.Event, Story: g.Story}) {
			g.Own = &f
		}
	}
}

// A sorting is the articles that decisions are applied to.
type sorting struct {
	groups    []*dateline.Group // the oldest first
	byArticle map[dateline.ArticleID]*dateline.Group
	found     map[dateline.ArticleID]dateline.Sorted
	now       map[dateline.ArticleID]dateline.Group // as they were sorted before
}

// each calls do for every decision of a level, with the two articles.
func (s *sorting) each(decisions []dateline.Decision, level dateline.Level, do func(a, b *dateline.Group, same bool)) {
	for _, d := range decisions {
		a, b := s.byArticle[d.A.Article], s.byArticle[d.B.Article]
		if d.About == level && d.Verdict != "" && a != nil && b != nil {
			do(a, b, d.Verdict == dateline.Same)
		}
	}
}

func (s *sorting) decideReport(a, b *dateline.Group, same bool) {
	switch {
	case same && a.Report != b.Report:
		keep, other := s.older(dateline.ReportLevel, a.Report, b.Report)
		first := s.first(dateline.ReportLevel, keep)
		for _, g := range s.groups {
			if g.Report == other {
				g.Report, g.Event, g.Story = keep, first.Event, first.Story
			}
		}
	case !same && a.Report == b.Report:
		name, of := s.fresh(dateline.ReportLevel, a.Article), b.Report
		for _, g := range s.groups { // what came in later, and is a copy of a, goes with it
			if g.Report == of && (g == a || s.now[g.Article].Report == name) {
				g.Report = name
			}
		}
	}
}

func (s *sorting) decideStory(a, b *dateline.Group, same bool) {
	switch {
	case same && a.Story != b.Story:
		keep, other := s.older(dateline.StoryLevel, a.Story, b.Story)
		for _, g := range s.groups {
			if g.Story == other {
				g.Story = keep
			}
		}
	case !same && a.Story == b.Story && a.Report != b.Report:
		name, event, of := s.fresh(dateline.StoryLevel, a.Article), s.fresh(dateline.EventLevel, a.Article), b.Story
		for _, g := range s.groups { // what came in later, and is of the story of a, goes with it
			later := s.now[g.Article].Story == name
			switch {
			case g.Story != of || g.Report != a.Report && !later:
			case later:
				g.Story, g.Event = name, s.now[g.Article].Event
			default:
				g.Story, g.Event = name, event
			}
		}
	}
}

// first returns the first article of what has the name.
func (s *sorting) first(level dateline.Level, name dateline.ArticleID) *dateline.Group {
	i := slices.IndexFunc(s.groups, func(g *dateline.Group) bool { return level.Of(g) == name })
	return s.groups[i]
}

// older returns two names, that of what has the older article first.
func (s *sorting) older(level dateline.Level, a, b dateline.ArticleID) (older, younger dateline.ArticleID) {
	if level.Of(s.groups[slices.IndexFunc(s.groups, func(g *dateline.Group) bool { return level.Of(g) == a || level.Of(g) == b })]) == a {
		return a, b
	}
	return b, a
}

// fresh returns a name for what begins with an article: its key, or one that is made of it
// if that is the name of something.
func (s *sorting) fresh(level dateline.Level, id dateline.ArticleID) dateline.ArticleID {
	for slices.ContainsFunc(s.groups, func(g *dateline.Group) bool { return level.Of(g) == id }) {
		id = dateline.NewArticleID(string(id))
	}
	return id
}
