package answer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"dateline"
	"dateline/archive"
	"dateline/extract"
	"dateline/extract/body"
	"dateline/understand"
)

// A Why says why one version of an article is read as it is. It is found by
// reading the page and the text anew.
type Why struct {
	Of       Ref                     `json:"of"`                // the version that is explained
	Fields   []extract.FieldChoice   `json:"fields"`            // for each field of the record what was weighed, as "dateline extract -explain" prints it
	Blocks   []body.Choice           `json:"blocks"`            // of the page in its order, each with why it is part of the text or not
	Text     string                  `json:"text,omitempty"`    // the evidence of the text: the element of the page that holds it
	Findings *understand.Explanation `json:"findings"`          // for each finding what made it, as "dateline understand -explain" prints it
	Means    map[string]string       `json:"means"`             // each way, reason and rule named above → what it is, in a sentence
	Changed  []string                `json:"changed,omitempty"` // fields that the stored record has otherwise, "findings" among them: another version of the program made it
	Trouble  []string                `json:"trouble,omitempty"` // why something could not be explained; then it is empty above

	Article *dateline.Article `json:"-"` // whose findings are explained
}

// A RecordReasons says why the record of one page is as it is: what "dateline
// extract -explain" prints.
type RecordReasons struct{ *extract.Explanation }

// A FindingsReasons says why the findings of one article are what they are: what
// "dateline understand -explain" prints.
type FindingsReasons struct {
	URL      string                  `json:"url,omitempty"` // of the record that was given
	ID       json.RawMessage         `json:"id,omitempty"`  // of the record, as it was given
	Findings *understand.Explanation `json:"findings"`      // for each finding what made it
}

// MostExplained is the most bytes of a page that NewWhy reads: it is asked for
// while somebody waits.
const MostExplained = 4 << 20

// NewWhy returns why one version of an article is read as it is, the newest one if
// capture is "". It takes some times as long as extraction and understanding do,
// about a tenth of a second; between its steps it stops if ctx ends.
func NewWhy(ctx context.Context, a Evidence, id dateline.ArticleID, capture dateline.CaptureID) (*Why, error) {
	known, err := NewArticle(ctx, a, id, ArticleOptions{Capture: capture})
	if err != nil {
		return nil, err
	}
	art := known.Record.Article
	w := &Why{Of: newRef(art), Text: art.Evidence["text"], Article: art}
	if err := w.page(ctx, a, art); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.findings(art, known.Record.Findings)
	w.Fields, w.Blocks = nonNil(w.Fields), nonNil(w.Blocks)
	w.explain()
	return w, nil
}

// page explains the record of art.
func (w *Why) page(ctx context.Context, a Evidence, art *dateline.Article) error {
	c, err := a.Capture(ctx, art.Capture)
	if err != nil {
		return fmt.Errorf("capture %s: %w", art.Capture, err)
	}
	rec, err := a.Record(ctx, c)
	switch {
	case errors.Is(err, archive.ErrLost):
		w.Trouble = append(w.Trouble, "the page cannot be read again: "+err.Error())
		return nil
	case err != nil:
		return fmt.Errorf("record of capture %s: %w", c.ID, err)
	case len(rec.Body) > MostExplained:
		w.Trouble = append(w.Trouble, fmt.Sprintf("the page has %d bytes, more than are explained while somebody waits; \"dateline extract -explain\" explains it", len(rec.Body)))
		return nil
	}
	e, err := archive.Explain(c, rec.Body)
	if err != nil {
		w.Trouble = append(w.Trouble, err.Error())
		return nil
	}
	w.Fields, w.Blocks = e.Fields, e.Blocks
	for i := range w.Fields {
		w.Fields[i].Candidates = nonNil(w.Fields[i].Candidates)
	}
	w.Changed = changed(art, e.Article)
	return nil
}

// findings explains what was found in art; known is what is stored of that.
func (w *Why) findings(art *dateline.Article, known *dateline.Findings) {
	e, err := archive.ExplainFindings(art)
	if err != nil {
		w.Trouble = append(w.Trouble, err.Error())
		e = &understand.Explanation{}
	}
	w.Findings = e
	if err != nil || known == nil {
		return
	}
	same := len(known.Statements) == len(e.Statements) && len(known.Dates) == len(e.Dates) && len(known.Mentions) == len(e.Mentions)
	for i := 0; same && i < len(e.Statements); i++ {
		same = reflect.DeepEqual(known.Statements[i], e.Statements[i].Statement)
	}
	for i := 0; same && i < len(e.Dates); i++ {
		same = reflect.DeepEqual(known.Dates[i], e.Dates[i].Date)
	}
	for i := 0; same && i < len(e.Mentions); i++ {
		same = reflect.DeepEqual(known.Mentions[i], e.Mentions[i].Mention)
	}
	if !same {
		w.Changed = append(w.Changed, "findings")
	}
}

// explain fills Means.
func (w *Why) explain() {
	w.Means = map[string]string{}
	for _, f := range w.Fields {
		for _, c := range f.Candidates {
			w.Means[c.Way] = EvidenceMeans("", c.Way)
		}
		if f.Way != "" {
			w.Means[f.Way] = EvidenceMeans(f.Field, f.Way)
		}
	}
	if w.Text != "" {
		w.Means[w.Text] = EvidenceMeans("text", w.Text)
	}
	for _, b := range w.Blocks {
		for _, way := range []string{b.Way, b.Rules} {
			w.Means[way] = BlockMeans(way)
		}
	}
	rule := func(names ...string) {
		for _, name := range names {
			if name != "" {
				w.Means[name] = RuleMeans(name)
			}
		}
	}
	for _, list := range [][]understand.StatementReason{w.Findings.Statements, w.Findings.Dropped} {
		for _, s := range list {
			rule(s.Statement.Rule, s.Statement.Resolved)
			for _, p := range s.Parts {
				rule(p.Rule)
			}
			for _, l := range s.Links {
				rule(l.Rule)
			}
			for _, c := range slices.Concat(s.Who, s.Near) {
				rule(c.Rule)
			}
			for _, d := range s.Details {
				rule(d.Rule)
			}
		}
	}
	for _, d := range w.Findings.Dates {
		rule(d.Date.Rule)
	}
	for _, m := range w.Findings.Mentions {
		rule(m.Mention.Rule)
		if m.Mention.Role != nil {
			rule(m.Mention.Role.Rule)
		}
	}
}
