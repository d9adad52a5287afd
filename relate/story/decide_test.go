package story_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/relate/story"
)

// sorted returns the groups of two stories, of three articles and of two: a1, a copy of it
// b1, c1; a2, b2.
func sorted() []*dateline.Group {
	return []*dateline.Group{
		{Article: "a1", Report: "a1", Event: "a1", Story: "a1", Day: "2026-02-01"},
		{Article: "b1", Report: "a1", Event: "a1", Story: "a1", Day: "2026-02-02"},
		{Article: "c1", Report: "c1", Event: "c1", Story: "a1", Day: "2026-02-03"},
		{Article: "a2", Report: "a2", Event: "a2", Story: "a2", Day: "2026-02-04"},
		{Article: "b2", Report: "b2", Event: "a2", Story: "a2", Day: "2026-02-05"},
	}
}

// shown writes groups: article, report and story, and what was found if it is otherwise.
func shown(groups []*dateline.Group) string {
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&b, "%s:%s/%s", g.Article, g.Report, g.Story)
		if g.Own != nil {
			fmt.Fprintf(&b, "(%s/%s)", g.Own.Report, g.Own.Story)
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

// decided returns the decisions that are written "same story a b".
func decided(list ...string) (decisions []dateline.Decision) {
	for _, text := range list {
		f := strings.Fields(text)
		d, undone := story.Decide(decisions, dateline.Level(f[1]), dateline.ArticleID(f[2]), dateline.ArticleID(f[3]), dateline.Verdict(f[0]))
		if undone {
			for i := range decisions {
				if decisions[i].Key() == d.Key() {
					decisions[i] = d
				}
			}
			continue
		}
		decisions = append(decisions, d)
	}
	return decisions
}

func TestApply(t *testing.T) {
	const asFound = "a1:a1/a1 b1:a1/a1 c1:c1/a1 a2:a2/a2 b2:b2/a2"
	for _, test := range []struct {
		name      string
		decisions []string
		want      string
	}{
		{"nothing", nil, asFound},
		{"two stories are one, named by the older", []string{"same story b2 c1"}, "a1:a1/a1 b1:a1/a1 c1:c1/a1 a2:a2/a1(a2/a2) b2:b2/a1(b2/a2)"},
		{"and are not any more", []string{"same story b2 c1", "differ story c1 b2"}, asFound},
		{"a report leaves a story with its copies, the name stays", []string{"differ story a1 c1"},
			fmt.Sprintf("a1:a1/%[1]s(a1/a1) b1:a1/%[1]s(a1/a1) c1:c1/a1 a2:a2/a2 b2:b2/a2", dateline.NewArticleID("a1"))},
		{"one is moved", []string{"differ story c1 a1", "same story c1 a2"}, "a1:a1/a1 b1:a1/a1 c1:c1/c1(c1/a1) a2:a2/c1(a2/a2) b2:b2/c1(b2/a2)"},
		{"a copy is none", []string{"differ copy b1 a1"}, "a1:a1/a1 b1:b1/a1(a1/a1) c1:c1/a1 a2:a2/a2 b2:b2/a2"},
		{"two reports are one, and so of one story", []string{"same copy b2 c1"}, "a1:a1/a1 b1:a1/a1 c1:c1/a1 a2:a2/a2 b2:c1/a1(b2/a2)"},
		{"copies cannot be of two stories", []string{"differ story b1 a1"}, asFound},
		{"of an article that is not there", []string{"same story a1 gone", "differ copy gone b1"}, asFound},
	} {
		groups := sorted()
		story.Apply(groups, decided(test.decisions...))
		got := shown(groups)
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
		if story.Apply(groups, decided(test.decisions...)); shown(groups) != got {
			t.Errorf("%s, applied again: %s", test.name, shown(groups))
		}
		if story.Apply(groups, nil); shown(groups) != asFound {
			t.Errorf("%s, taken back: %s", test.name, shown(groups))
		}
	}
}

// What joins a story that was split off goes on with it, and goes back with it.
func TestApplyToNewArticles(t *testing.T) {
	groups, split := sorted(), decided("differ story c1 a1")
	story.Apply(groups, split)
	late := &dateline.Group{Article: "z", Report: "z", Event: "z", Story: "c1", Day: "2026-02-09", Own: &dateline.Sorted{Report: "z", Event: "z", Story: "a1"}}
	groups = append(groups, late)
	if story.Apply(groups, split); late.Story != "c1" {
		t.Errorf("a later article of the story that was split off is of %s", late.Story)
	}
	if story.Apply(groups, nil); late.Story != "a1" || late.Own != nil {
		t.Errorf("taken back, it is of %s", late.Story)
	}
}
