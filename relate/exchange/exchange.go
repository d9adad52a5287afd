// Package exchange joins, within and across articles, requests with what is reported of their
// replies: letters and answers, demands and refusals, offers and what became of them.
//
// Findings tell within an article which event answers which. Here the mentions of one request
// are joined (join.go), replies that stand in other articles are given to it, and what only
// announces a reply is kept apart. Nothing is joined that names nobody.
package exchange

import (
	"cmp"
	"slices"
	"strings"

	"dateline"
	"dateline/understand/event"
)

// An Event is an event together with the article that tells it.
type Event struct {
	Article *dateline.Article // that tells it
	*dateline.Event
}

// Text returns the sentence that tells e, word for word.
func (e Event) Text() string {
	within := e.Trigger.Within(e.Article)
	return within[e.Sentence.Start:e.Sentence.End]
}

// An Exchange is a request with its replies. At least one of its requests is told as made,
// or answered.
type Exchange struct {
	From      []string      // who asked, as the first of Requests has it
	To        []string      // who was asked, in all that was told; none if nobody is named
	On        dateline.Date // the first day on which it was asked; "" if none is told
	Requests  []Event       // every mention of the request, in the order of the articles
	Announced []Event       // replies that are planned, expected or feared
	Replies   []Event       // none while it is open
}

// Open reports whether no reply is told.
func (x *Exchange) Open() bool { return len(x.Replies) == 0 }

// A Collector collects the events of articles. The zero Collector is ready for use.
type Collector struct {
	requests []*request
	replies  []reply
}

// A request gathers the mentions of one and the same request.
type request struct {
	Exchange
	made bool // one of the mentions tells that it was made, not only that there is one
}

// A reply is an event that can answer a request.
type reply struct {
	Event
	answers *request // of its own article; nil if that tells none
}

// Add adds the events of an article, whose spans must lie in it.
func (c *Collector) Add(a *dateline.Article, events []dateline.Event) {
	of := map[int]*request{} // of this article, by the number of its event
	for i := range events {
		e := &events[i]
		if e.Kind == kindRequest && len(e.From) > 0 && (e.Polarity == "" || e.Polarity == planned && e.On != "") {
			of[i] = c.request(Event{a, e})
		}
	}
	for i := range events {
		e := &events[i]
		if e.Answers != nil && events[*e.Answers].Kind == kindDemand && of[*e.Answers] == nil && len(events[*e.Answers].From) > 0 {
			of[*e.Answers] = c.request(Event{a, &events[*e.Answers]})
		}
	}
	for i := range events {
		e := &events[i]
		answered := e.Answers != nil && of[*e.Answers] != nil
		if (e.Kind == kindReply || answered) && e.Polarity != denied {
			r := reply{Event: Event{a, e}}
			if answered {
				r.answers = of[*e.Answers]
			}
			c.replies = append(c.replies, r)
		}
	}
}

// The kinds and polarities of events that are looked at.
const (
	kindRequest = "REQUEST"
	kindDemand  = "DEMAND"
	kindReply   = "REPLY"
	denied      = "denied"
	planned     = "planned"
)

// Exchanges returns the exchanges: those with the latest day of asking first, those of which none
// is told last.
func (c *Collector) Exchanges() []Exchange {
	for i := range c.replies {
		r := &c.replies[i]
		to := r.answers
		if to == nil {
			to = c.answered(r)
		}
		switch {
		case to == nil:
		case r.Polarity != "":
			to.Announced = append(to.Announced, r.Event)
		default:
			to.Replies = append(to.Replies, r.Event)
		}
	}
	var list []Exchange
	for _, r := range c.requests {
		if r.made || !r.Open() {
			list = append(list, r.Exchange)
		}
	}
	c.announce(list)
	slices.SortStableFunc(list, func(a, b Exchange) int { return strings.Compare(string(b.On), string(a.On)) })
	return list
}

// announce gives the exchanges the announcements that name no request: of a reply by who has
// replied, or was asked.
func (c *Collector) announce(list []Exchange) {
	for i := range c.replies {
		r := &c.replies[i]
		if r.Polarity == "" || r.answers != nil {
			continue
		}
		for k := range list {
			x := &list[k]
			by := slices.Clone(x.To)
			for _, e := range x.Replies {
				by = append(append(by, e.From...), e.Behalf...)
			}
			if shares(r.From, by) && !slices.Contains(x.Announced, r.Event) && near(x, r.Event) {
				x.Announced = append(x.Announced, r.Event)
				break
			}
		}
	}
}

// near reports whether an event is told by one of the articles of x.
func near(x *Exchange, e Event) bool {
	same := func(o Event) bool { return o.Article == e.Article }
	return slices.ContainsFunc(x.Requests, same) || slices.ContainsFunc(x.Replies, same)
}

// shares reports whether a name in list a can mean somebody in list b.
func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return event.SameActor(x, y) })
	})
}

// day returns when e was, or else when its article was published.
func day(e Event) string { return cmp.Or(string(e.On), e.Article.Published.Day()) }
