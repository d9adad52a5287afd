package answer

import (
	"context"

	"dateline"
	"dateline/query"
	"dateline/relate/exchange"
)

// Exchanges are the requests, with their replies, of the articles that a query finds.
type Exchanges struct {
	Query     string     `json:"query"`              // as it was understood
	Articles  int        `json:"articles"`           // that were read
	Exchanges []Exchange `json:"exchanges"`          // the latest first
	LeftOut   LeftOut    `json:"left_out,omitempty"` // what was not read
}

// An Exchange is a request with its replies.
type Exchange struct {
	From      []string        `json:"from"`                // who asked
	To        []string        `json:"to,omitempty"`        // who was asked
	On        dateline.Date   `json:"on,omitempty"`        // when it was asked, if that is told
	Open      bool            `json:"open,omitempty"`      // no reply is told
	Requests  []ExchangeEvent `json:"requests"`            // the mentions of the request
	Announced []ExchangeEvent `json:"announced,omitempty"` // replies that are planned, expected or feared
	Replies   []ExchangeEvent `json:"replies,omitempty"`   // the replies
}

// An ExchangeEvent is an event, with the sentence that tells it, word for word.
type ExchangeEvent struct {
	Event   dateline.Event `json:"event"`        // as the findings have it
	Text    string         `json:"text"`         // the sentence
	Article string         `json:"article"`      // key of the article; of a record without one its id or address
	Block   int            `json:"block"`        // first byte of the block of the text that it stands in; 0 in a deck
	Of      *Ref           `json:"of,omitempty"` // the article, in an archive
}

// NewExchanges returns the exchanges of the articles that q finds, the newest of which are read
// up to the bounds.
func NewExchanges(ctx context.Context, a Searcher, q query.Query, b Bounds) (*Exchanges, error) {
	p := &Exchanges{Query: q.String()}
	var c exchange.Collector
	n, left, err := readFindings(ctx, a, q, b, func(art *dateline.Article, f *dateline.Findings) { c.Add(art, f.Events) })
	if err != nil {
		return nil, err
	}
	p.Articles, p.LeftOut, p.Exchanges = n, left, ListExchanges(&c, keyAndRef)
	return p, nil
}

// ListExchanges returns the exchanges that c has found, in its order. The function name
// returns the key by which an answer names an article, and a Ref of it, which is nil
// outside an archive.
func ListExchanges(c *exchange.Collector, name func(*dateline.Article) (string, *Ref)) []Exchange {
	list := []Exchange{}
	events := func(of []exchange.Event) (list []ExchangeEvent) {
		for _, e := range of {
			key, ref := name(e.Article)
			x := ExchangeEvent{Event: *e.Event, Text: e.Text(), Article: key, Of: ref}
			if e.Trigger.In == "" {
				x.Block = BlockAt(e.Article, e.Sentence.Start)
			}
			list = append(list, x)
		}
		return list
	}
	for _, x := range c.Exchanges() {
		list = append(list, Exchange{
			From: x.From, To: x.To, On: x.On, Open: x.Open(),
			Requests: events(x.Requests), Announced: events(x.Announced), Replies: events(x.Replies),
		})
	}
	return list
}
