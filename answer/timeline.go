package answer

import (
	"context"

	"dateline"
	"dateline/query"
	"dateline/relate/timeline"
)

// A Timeline is what the articles that a query finds say of single days.
type Timeline struct {
	Query    string        `json:"query"`              // as it was understood
	From     string        `json:"from,omitempty"`     // the first day asked for
	To       string        `json:"to,omitempty"`       // the last day asked for
	Articles int           `json:"articles"`           // that were read
	Days     []TimelineDay `json:"days"`               // in their order
	LeftOut  LeftOut       `json:"left_out,omitempty"` // what was not read
}

// A TimelineDay is a day of a timeline.
type TimelineDay struct {
	Date      string             `json:"date"`                // "2011-01-25"
	Sentences []TimelineSentence `json:"sentences"`           // the best first
	Articles  int                `json:"articles,omitempty"`  // that speak of the day; one that copies another's sentence on it does not count
	Published int                `json:"published,omitempty"` // articles that were published on it
}

// A TimelineSentence is a sentence of an article, word for word.
type TimelineSentence struct {
	Text    string `json:"text"`         // the bytes from start to end
	Article string `json:"article"`      // key of the article; of a record without one its id or address
	Start   int    `json:"start"`        // first byte of the article's text
	End     int    `json:"end"`          // byte after the last
	Block   int    `json:"block"`        // first byte of the block that it stands in
	Rule    string `json:"rule"`         // how it tells of the day
	Reports int    `json:"reports"`      // articles that say much the same of the day, this one among them
	Of      *Ref   `json:"of,omitempty"` // the article, in an archive
}

// NewTimeline returns the timeline of the articles that q finds, the newest of which
// are read up to the bounds. The query of r is replaced by q.
func NewTimeline(ctx context.Context, a Searcher, q query.Query, r timeline.Request, b Bounds) (*Timeline, error) {
	r.Query = q
	p := &Timeline{Query: q.String(), From: r.From, To: r.To}
	m := timeline.New(r)
	n, left, err := readFindings(ctx, a, q, b, func(art *dateline.Article, f *dateline.Findings) { m.Add(art, f.Dates) })
	if err != nil {
		return nil, err
	}
	p.Articles, p.LeftOut, p.Days = n, left, TimelineDays(m, keyAndRef)
	return p, nil
}

// TimelineDays returns the days that m has found, in their order. The function name
// returns the key by which an answer names an article, and a Ref of it, which is nil
// outside an archive.
func TimelineDays(m *timeline.Maker, name func(*dateline.Article) (string, *Ref)) []TimelineDay {
	days := []TimelineDay{}
	for _, p := range m.Points() {
		d := TimelineDay{Date: p.Date, Articles: p.Speak, Published: p.Published}
		for _, s := range p.Sentences {
			key, ref := name(s.Article)
			d.Sentences = append(d.Sentences, TimelineSentence{Text: s.Text(), Article: key, Start: s.Start, End: s.End, Block: BlockAt(s.Article, s.Start), Rule: s.Rule, Reports: s.Reports, Of: ref})
		}
		days = append(days, d)
	}
	return days
}
