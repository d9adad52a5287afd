package dateline

// A Group says with which articles one belongs together: those that are the same report,
// that tell the same event, a matter of days, and the same story, which may go on for
// months. Each is named by the article of it that came in first, and keeps that name.
// An article has one Group, whatever versions of it there are.
type Group struct {
	Article ArticleID `json:"article"`          // whose group it is; the key of the record
	Report  ArticleID `json:"report"`           // the report that it is a copy of, itself if of none
	Event   ArticleID `json:"event"`            // what it tells of
	Story   ArticleID `json:"story"`            // what that is a part of
	Day     Date      `json:"day,omitempty"`    // when it was published, to the day; "" if that is not known
	Copy    *Likeness `json:"copy,omitempty"`   // why it is a copy, or an update, of another; nil if it is like none
	Joined  *Likeness `json:"joined,omitempty"` // why it is of the story; nil for the first article
	Own     *Sorted   `json:"own,omitempty"`    // what the program found, where a user has decided otherwise; nil if that is the same
}

// Sorted is of which report, event and story an article is.
type Sorted struct {
	Report ArticleID `json:"report"` // key of the first article of the report
	Event  ArticleID `json:"event"`  // key of the first article of the event
	Story  ArticleID `json:"story"`  // key of the first article of the story
}

// Found returns what the program itself found, whatever users have decided.
func (g *Group) Found() Sorted {
	if g.Own != nil {
		return *g.Own
	}
	return Sorted{g.Report, g.Event, g.Story}
}

// A Level says how closely articles belong together.
type Level string

// The levels, the closest first.
const (
	ReportLevel Level = "copy"  // print the same report
	EventLevel  Level = "event" // tell the same event
	StoryLevel  Level = "story" // are of the same story
)

// Of returns the key by which articles of a level belong together with that of g.
func (l Level) Of(g *Group) ArticleID {
	switch l {
	case ReportLevel:
		return g.Report
	case EventLevel:
		return g.Event
	}
	return g.Story
}

// A Likeness says what two articles have in common, and what follows from it.
type Likeness struct {
	To      ArticleID `json:"to"`                // the article that it is most like, of those that came in before
	Rule    string    `json:"rule"`              // what found it: "copy/whole", "story/event"
	Score   float64   `json:"score,omitempty"`   // of the model of stories: above 0, the more the surer; 0 for copies
	Inner   float64   `json:"inner,omitempty"`   // of copies: share of the text, of the one of which more stands in the other
	Outer   float64   `json:"outer,omitempty"`   // likewise of the other one
	Opening float64   `json:"opening,omitempty"` // likewise of the beginnings, the larger share
	Lead    float64   `json:"lead,omitempty"`    // the smaller of these two
}
