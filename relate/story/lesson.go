package story

import "dateline"

// A Lesson is articles that are sorted again and again by different models. Only
// train/stories asks for it.
type Lesson struct {
	outlines []*outline
	ids      []dateline.ArticleID
}

// NewLesson reads articles in the order in which they came in.
func NewLesson(articles []*dateline.Article) *Lesson {
	l := &Lesson{}
	v := newVocabulary()
	for _, a := range articles {
		l.outlines = append(l.outlines, v.outline(a))
		l.ids = append(l.ids, keyOf(a))
	}
	return l
}

// Sort returns the story of each article by m.
func (l *Lesson) Sort(m *Model) []dateline.ArticleID {
	s := NewStories()
	s.model = m
	list := make([]dateline.ArticleID, len(l.ids))
	for i, o := range l.outlines {
		list[i] = s.put(o, l.ids[i]).Story
	}
	return list
}

// Weights yields the weights of m that can be learned, and by how much each is moved.
func (m *Model) Weights() []*float64 {
	e, s := &m.Event, &m.Story
	return []*float64{
		&e[always], &e[nearestThree], &e[nearest], &e[nearestLead], &e[nearestNames], &e[namesKnown], &e[storyNames], &e[placesApart], &e[gap], &e[brief],
		&s[always], &s[storyNames], &s[storyPlaces], &s[storyWords], &s[namesKnown], &s[placesApart], &s[storySize], &s[gap], &s[brief],
	}
}
