package story

// A Model tells whether an article is of a story: by its likeness to the articles of one
// event, or by what it has in common with all of a long story. Each is a weighted sum of
// features, and the larger one counts; above 0 the article is of the story.
type Model struct {
	Event features // how much it counts that the article is like articles of the story
	Story features // how much what it has in common with all of the story together
}

// score returns how well f fits, and the rule that says so.
func (m *Model) score(v *features) (score float64, rule string) {
	event, story := m.Event.sum(v), m.Story.sum(v)
	if event >= story {
		return event, "story/event"
	}
	return story, "story/profile"
}

func (w *features) sum(v *features) float64 {
	sum := 0.0
	for i, x := range w {
		sum += x * v[i]
	}
	return sum
}

// Default is the model of the program: what train/stories found.
var Default = Model{
	Event: features{
		always: -.22, nearestThree: .79, nearest: .343, nearestNames: -.07, nearestLead: .049, storyNames: .016,
		namesKnown: -.041, placesApart: -.011, gap: -.132, brief: -.097,
	},
	Story: features{
		always: -.877, storyNames: .384, storyWords: .225, storyPlaces: .36, namesKnown: .281, placesApart: -.1,
		storySize: .17, gap: -.032, brief: 1.05,
	},
}
