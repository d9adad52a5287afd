package exchange

import (
	"time"

	"dateline"
)

// request returns the request that e is a mention of; a new one if none that was added
// before can be it.
func (c *Collector) request(e Event) *request {
	for i := len(c.requests) - 1; i >= max(0, len(c.requests)-mostRequests); i-- {
		if r := c.requests[i]; r.is(e) {
			r.add(e)
			return r
		}
	}
	r := &request{Exchange: Exchange{From: e.From}}
	r.add(e)
	c.requests = append(c.requests, r)
	return r
}

// mostRequests bounds the requests that an event is compared with: the last ones that were
// added, so that the work for an article does not grow with their number.
const mostRequests = 2000

// longest is how many days can lie between the articles that speak of one request which nobody
// dates; set by eye.
const longest = 14

// is reports whether e can be a mention of r: the same one asks, no day and no addressee speaks
// against it, and what is not of the same article agrees in one of them.
func (r *request) is(e Event) bool {
	if !shares(e.From, r.From) {
		return false
	}
	sameDay := e.On != "" && e.On == r.On
	sameTo := shares(e.To, r.To)
	if e.On != "" && r.On != "" && !sameDay || len(e.To) > 0 && len(r.To) > 0 && !sameTo {
		return false
	}
	last := r.Requests[len(r.Requests)-1]
	return last.Article == e.Article || sameDay || sameTo && apart(day(last), day(e)) <= longest
}

// add adds a mention to the request, with those whom it names as asked, and its day if
// none is known yet.
func (r *request) add(e Event) {
	r.Requests = append(r.Requests, e)
	r.made = r.made || e.Rule != "event/noun" || e.On != ""
	for _, name := range e.To {
		if !shares([]string{name}, r.To) {
			r.To = append(r.To, name)
		}
	}
	if r.On == "" {
		r.On = e.On
	}
}

// enough is how much must speak for a request of another article to be what a reply answers: that
// it is to who asked counts two, that who was asked replies counts one.
const enough = 3

// answered returns the last request that r, which answers none of its own article, can answer;
// nil if there is none.
func (c *Collector) answered(r *reply) *request {
	var best *request
	for i := len(c.requests) - 1; i >= max(0, len(c.requests)-mostRequests); i-- {
		q := c.requests[i]
		score := 0
		if shares(r.To, q.From) {
			score += 2
		}
		if shares(r.From, q.To) || shares(r.Behalf, q.To) {
			score++
		}
		late := q.On != "" && day(r.Event) != "" && string(q.On) > day(r.Event)
		if score < enough || late || shares(r.From, q.From) {
			continue
		}
		if best == nil || string(q.On) > string(best.On) {
			best = q
		}
	}
	return best
}

// apart returns how many days lie between two days; many if one of them is not known.
func apart(a, b string) int {
	const many = 1 << 20
	x, err := time.Parse(time.DateOnly, dateline.Date(a).Day())
	if err != nil {
		return many
	}
	y, err := time.Parse(time.DateOnly, dateline.Date(b).Day())
	if err != nil {
		return many
	}
	return int(max(x.Sub(y), y.Sub(x)).Hours() / 24)
}
