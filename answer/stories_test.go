package answer_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"dateline"
	"dateline/answer"
	"dateline/store"
)

// manyStories is an archive of stories of two articles each, the newest first.
type manyStories struct {
	answer.Grouped
	n, from int
}

func (m manyStories) id(i int) dateline.ArticleID {
	return dateline.ArticleID(fmt.Sprintf("a%016d", m.from+i))
}

func (m manyStories) Stories(context.Context, int) iter.Seq2[store.StorySize, error] {
	return func(yield func(store.StorySize, error) bool) {
		for i := range m.n {
			if !yield(store.StorySize{Story: m.id(i), Articles: 2, Reports: 2, First: "2024-03-01", Last: "2024-03-02"}, nil) {
				return
			}
		}
	}
}

func (m manyStories) Together(_ context.Context, _ dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error) {
	return []*dateline.Group{{Article: id, Report: id, Event: id, Story: id, Day: "2024-03-01"}}, nil
}

func (m manyStories) Newest(_ context.Context, ids ...dateline.ArticleID) (list []*dateline.Article, err error) {
	for _, id := range ids {
		list = append(list, &dateline.Article{ID: id, Headline: "Of " + string(id)})
	}
	return list, nil
}

// A list of stories goes on by its cursors to its end, each story once.
func TestStoriesByCursor(t *testing.T) {
	m := manyStories{n: 123}
	met, parts := map[dateline.ArticleID]bool{}, 0
	for next := answer.Cursor(""); ; {
		p, err := answer.NewStories(t.Context(), m, answer.StoriesOptions{Least: 2, After: next})
		if err != nil {
			t.Fatal(err)
		}
		parts++
		for _, s := range p.Stories {
			if met[s.Story] {
				t.Errorf("%s is listed twice", s.Story)
			}
			met[s.Story] = true
		}
		if next = p.Next; p.More != (next != "") {
			t.Errorf("more: %t, with the cursor %q", p.More, next)
		}
		if next == "" {
			break
		}
	}
	// Where the story that a cursor names has gone, the list goes on by the number.
	first, err := answer.NewStories(t.Context(), m, answer.StoriesOptions{Least: 2, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	others := manyStories{n: 15, from: 1000}
	rest, err := answer.NewStories(t.Context(), others, answer.StoriesOptions{Least: 2, Limit: 10, After: first.Next})
	if err != nil || len(rest.Stories) != 5 || rest.Stories[0].Story != others.id(10) || rest.More {
		t.Errorf("behind a story that has gone: %+v, %v, want the last 5 of 15", rest, err)
	}
	if len(met) != m.n || parts != 3 {
		t.Errorf("%d stories in %d parts, want %d in 3", len(met), parts, m.n)
	}
	if _, err := answer.NewStories(t.Context(), m, answer.StoriesOptions{Least: 3, After: "x"}); !errors.Is(err, answer.ErrCursor) {
		t.Errorf("a cursor that is none: %v", err)
	}
}
