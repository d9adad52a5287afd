package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/query"
)

// finds are the findings of one article, besides its statements, as its page shows
// them: the days that it speaks of, and who and what it names.
type finds struct {
	Dates      []dated
	Entities   []entity
	Events     []deed
	MoreEvents int // that the page does not list
	Hedges     []hedge
	MoreHedges int // likewise

	of *dateline.Article
}

// Reasons is the address of the explanation why date n, counted from 1, means the days
// that it does; "" if there is no captured page from which it could be explained.
func (f finds) Reasons(n int) string {
	if f.of.Capture == "" {
		return ""
	}
	return whyURL(f.of.ID, f.of.Capture, "date-"+strconv.Itoa(n))
}

// An entity is one person, organization or other thing that the text names. N is how
// often it is named; Roles are what the text says that it is, such as "minister".
type entity struct {
	Kind, Name string
	N          int
	Roles      []string
}

// Search is the address of the page about it, or of the articles that name it: its kind is
// a field of queries.
func (e entity) Search() string {
	if slices.Contains(answer.ThingKinds, e.Kind) {
		return thingURL(e.Kind, e.Name)
	}
	return asking{}.searchURL(query.Query{Root: query.Filter{Field: e.Kind, Value: e.Name}}.String(), 1)
}

// newFinds returns what the page of an article shows of its findings f, which may be
// nil.
func newFinds(a *dateline.Article, f *dateline.Findings) finds {
	show := finds{of: a}
	if f == nil {
		return show
	}
	show.Dates = datesOf(f)
	at := map[[2]string]int{}
	for _, m := range f.Mentions {
		if !m.Name() {
			continue
		}
		name := cmp.Or(m.Entity, m.Text)
		i, ok := at[[2]string{m.Kind, name}]
		if !ok {
			i = len(show.Entities)
			at[[2]string{m.Kind, name}] = i
			show.Entities = append(show.Entities, entity{Kind: m.Kind, Name: name})
		}
		e := &show.Entities[i]
		e.N++
		if m.Role != nil && m.Role.Text != "" && !slices.Contains(e.Roles, m.Role.Text) {
			e.Roles = append(e.Roles, m.Role.Text)
		}
	}
	show.Events, show.MoreEvents = deeds(a, f.Events)
	show.Hedges, show.MoreHedges = hedges(a, f.Hedges)
	return show
}

// mostFinds is how many events, and how many words of doubt, the page of an article lists.
const mostFinds = 40

// A deed is an event with the sentence that tells it.
type deed struct {
	dateline.Event
	Says  string
	Link  string // address of the block where it stands; "" in the deck
	Reply string // the words that tell what it answers; "" if it answers nothing
}

// Does is the kind of the event in small letters.
func (d deed) Does() string { return strings.ToLower(d.Kind) }

func deeds(a *dateline.Article, list []dateline.Event) (shown []deed, more int) {
	more = max(len(list)-mostFinds, 0)
	for _, e := range list[:len(list)-more] {
		d := deed{Event: e, Says: answer.SentenceOf(a, e.Trigger), Link: blockOf(a, e.Trigger)}
		if e.Answers != nil && *e.Answers >= 0 && *e.Answers < len(list) {
			d.Reply = list[*e.Answers].Trigger.Text
		}
		shown = append(shown, d)
	}
	return shown, more
}

// A hedge is words of doubt with their sentence.
type hedge struct {
	dateline.Hedge
	Says string
	Link string // address of the block where they stand; "" in the deck
}

func hedges(a *dateline.Article, list []dateline.Hedge) (shown []hedge, more int) {
	more = max(len(list)-mostFinds, 0)
	for _, h := range list[:len(list)-more] {
		shown = append(shown, hedge{h, answer.SentenceOf(a, h.Words), blockOf(a, h.Words)})
	}
	return shown, more
}

// blockOf returns the place on the page of the article where words of its text stand; ""
// for words of the deck.
func blockOf(a *dateline.Article, w dateline.Words) string {
	if w.In != "" {
		return ""
	}
	return "#b" + strconv.Itoa(answer.BlockAt(a, w.Start))
}
