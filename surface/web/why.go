package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/answer"
	"dateline/extract"
	"dateline/extract/body"
	"dateline/understand"
)

// whyPage shows an answer.Why: to each question a plain answer first, and behind it,
// folded, what else was weighed and the names of rules.
type whyPage struct {
	*answer.Why
	Back       string          // address of the version's page
	Source     string          // address of the page as captured, to read
	Asked      string          // place of the page that is asked for, which stands open: "field-published"
	Choices    []choiceOfField // of the fields that readers ask for
	More       []choiceOfField // of the others
	Line       string          // words of a line that the reader misses; "" if none is asked for
	Found      []block         // where they stand on the page
	Rows       []row           // the page from top to bottom
	Kept, Out  int             // blocks of the page that are in the text, and that are not
	Unlisted   int             // blocks that Rows has no room for
	Statements []reason
	Dropped    []reason
	Dates      []dateReason
	Unread     string // what is not looked for in the language of the text, in a sentence; "" if all is
}

// A choiceOfField says where the value of a field comes from.
type choiceOfField struct {
	extract.FieldChoice
	Title string              // its name for readers
	Says  []string            // why it has its value, in sentences
	Lost  []extract.Candidate // all but the chosen one, those first that say something else
	Other int                 // how many of them say something else
}

// A row is a part of the page from top to bottom: blocks one after the other that are
// in the text, that a reader may miss in it, or that are neither.
type row struct {
	InText, Missed bool
	Blocks         []block
}

// A block of the page, with what speaks against it.
type block struct {
	body.Choice
	Against []string // what made its score low, or high if it is kept
	Caption bool     // it stands under Pictures, as a caption
	Again   bool     // the block before it in its row is left out for the same reason
}

// A reason is why a statement is what it is.
type reason struct {
	understand.StatementReason
	N                   int // in the order of the article, from 1; 0 if it is not reported
	Name, Called, Words string
	Says                []string               // why it has its speaker, or none, in sentences
	Others              []understand.Candidate // whom else the words for the speaker could mean, or who stands near if they mean nobody
	Tried               []understand.Candidate // ways that had nobody to offer
	For, Doubts         []understand.Weight    // what made it more certain, and less
}

// A dateReason is what a date means and why.
type dateReason struct {
	dated
	Anchor, From string // counted from this day, and what that is; "" if the words need none
}

// mostRows is the number of blocks of the page that are listed; the JSON twin has all.
const mostRows = 3000

// why answers /article/ID/why and /article/ID/v/CAPTURE/why. The page and its text
// are read anew for it, which no other page does: one reader at a time, and a
// reader who waits longer than a request may take is told so. What is under way
// then ends by itself, since what is explained has a bounded size.
func (s *site) why(r *http.Request) (view, error) {
	ctx := r.Context()
	select {
	case s.reading <- struct{}{}:
	case <-ctx.Done():
		return view{}, tooSlow(ctx)
	}
	type result struct {
		why *answer.Why
		err error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-s.reading }()
		defer func() {
			if failure := recover(); failure != nil {
				done <- result{nil, fmt.Errorf("why: %v", failure)}
			}
		}()
		w, err := answer.NewWhy(ctx, s.archive, dateline.ArticleID(r.PathValue("id")), dateline.CaptureID(r.PathValue("capture")))
		done <- result{w, err}
	}()
	select {
	case x := <-done:
		if x.err != nil {
			return view{}, x.err
		}
		p := newWhyPage(x.why, r.FormValue("of"), r.FormValue("line"))
		return view{Title: "Why? " + cmp.Or(x.why.Of.Headline, x.why.Of.URL), Answer: x.why, Page: p}, nil
	case <-ctx.Done():
		return view{}, tooSlow(ctx)
	}
}

// tooSlow is what a reader is told when the time for a request is up; nothing if
// the reader is gone.
func tooSlow(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return newProblem(http.StatusServiceUnavailable, "This takes too long", "the page could not be read anew in time; \"dateline extract -explain\" and \"dateline understand -explain\" take the time that they need")
	}
	return ctx.Err()
}

// moreFields are the fields that few readers ask for; they stand behind the others.
var moreFields = []string{"tags", "lang", "canonical", "images", "paywalled", "text", "corrections", "type", "authors", "credits", "copy_of", "embeds", "updates"}

func newWhyPage(w *answer.Why, asked, line string) *whyPage {
	p := &whyPage{Why: w, Asked: asked, Back: versionURL(w.Of.Article, w.Of.Capture), Source: captureURL(w.Of.Capture) + "/source"}
	for _, f := range answer.InOrder(w.Fields, func(f extract.FieldChoice) string { return f.Field }) {
		c := newChoice(f)
		if slices.Contains(moreFields, f.Field) {
			p.More = append(p.More, c)
		} else {
			p.Choices = append(p.Choices, c)
		}
	}
	captions := map[string]bool{}
	for _, im := range w.Article.Images {
		captions[clip(im.Caption)] = im.Caption != ""
	}
	for _, b := range w.Blocks {
		if x := newBlock(b, captions); p.Kept+p.Out < mostRows {
			p.place(x)
		}
		if b.Kept {
			p.Kept++
		} else {
			p.Out++
		}
	}
	p.Unlisted = max(0, p.Kept+p.Out-mostRows)
	if p.Line = strings.TrimSpace(line); p.Line != "" {
		for _, b := range w.Lines(p.Line) {
			if p.Found = append(p.Found, newBlock(b, captions)); len(p.Found) == mostFound {
				break
			}
		}
	}
	p.Unread = unread(w.Of.Lang)
	names := answer.NewNamedIn(w.Findings.Mentions)
	p.Statements = newReasons(w.Article, w.Findings.Statements, names, true)
	p.Dropped = newReasons(w.Article, w.Findings.Dropped, names, false)
	for i, d := range w.Findings.Dates {
		p.Dates = append(p.Dates, dateReason{dated{d.Date, i + 1}, d.Anchor, d.From})
	}
	return p
}

// mostFound is the number of blocks that are shown to a reader who misses a line.
const mostFound = 5

func newChoice(f extract.FieldChoice) choiceOfField {
	c := choiceOfField{FieldChoice: f, Title: answer.FieldTitle(f.Field), Says: answer.FieldSays(f)}
	var same []extract.Candidate
	for _, x := range f.Candidates {
		switch {
		case x.Chosen:
		case x.Value == f.Value:
			same = append(same, x)
		default:
			c.Lost = append(c.Lost, x)
		}
	}
	c.Other = len(c.Lost)
	c.Lost = append(c.Lost, same...)
	return c
}

// Shown is the value for readers: a date in words.
func (c choiceOfField) Shown() string {
	switch c.Field {
	case "published", "modified":
		return date(dateline.Date(c.Value))
	case "lang":
		return languageName(c.Value)
	}
	return c.Value
}

// place adds a block to the rows.
func (p *whyPage) place(b block) {
	missed := !b.Kept && b.missed()
	n := len(p.Rows)
	if n == 0 || p.Rows[n-1].InText != b.Kept || p.Rows[n-1].Missed != missed {
		p.Rows = append(p.Rows, row{InText: b.Kept, Missed: missed})
		n++
	}
	r := &p.Rows[n-1]
	if k := len(r.Blocks); k > 0 {
		b.Again = r.Blocks[k-1].Says() == b.Says()
	}
	r.Blocks = append(r.Blocks, b)
}

// First is the text of the first block of the row.
func (r row) First() string { return r.Blocks[0].Text }

// AsksMore reports whether a field is asked for that stands behind the others.
func (p *whyPage) AsksMore() bool {
	field, ok := strings.CutPrefix(p.Asked, "field-")
	return ok && slices.Contains(moreFields, field)
}

// Day is the day from which the words are counted.
func (d dateReason) Day() dateline.Date { return dateline.Date(d.Anchor) }

// A piece is a part of the page with what it needs of the rest.
type piece struct {
	Of    any
	Means map[string]string
	Lang  string
	Asked string
}

// With returns a part of the page for a template of its own.
func (p *whyPage) With(of any) piece { return piece{of, p.Means, lang(p.Of.Lang), p.Asked} }

// mostAgainst is the number of features that are told of a block.
const mostAgainst = 3

// newBlock returns a block of the page; captions are those of the pictures, clipped.
func newBlock(c body.Choice, captions map[string]bool) block {
	b := block{Choice: c, Caption: captions[clip(c.Text)] && !c.Kept}
	for _, f := range c.Features {
		if (f.Adds < 0) != c.Kept && !f.OfPage && len(b.Against) < mostAgainst {
			b.Against = append(b.Against, f.String())
		}
	}
	return b
}

// The least number of characters of what a reader may miss: of a paragraph, of a
// notice or credit, of a caption. Chosen, not measured.
const (
	runningSize = 80
	noticeSize  = 40
	captionSize = 20
)

// missed reports whether a reader may miss the block: a paragraph or quotation that
// is no short line, a caption, a line of credits or notices.
func (b block) missed() bool {
	size := utf8.RuneCountInString(b.Text)
	switch {
	case b.Rules == "body/caption" || slices.Contains(b.Roles, "caption"):
		return size >= captionSize
	case b.Rules == "body/notice":
		return size >= noticeSize
	}
	return (b.Kind == dateline.Paragraph || b.Kind == dateline.Quotation) && size >= runningSize
}

// Doubted reports whether the model decided.
func (b block) Doubted() bool { return b.Way == "body/model" }

// countedFrom says what the words for a date were counted from.
func countedFrom(what string) string {
	return cmp.Or(map[string]string{
		"publication": "the day of publication", "last date": "what the text spoke of last",
		"narrative": "how far the story has come", "reported period": "the period that the text reports on",
	}[what], what)
}

// newReasons says why statements of a are what they are.
func newReasons(a *dateline.Article, list []understand.StatementReason, names answer.NamedIn, numbered bool) []reason {
	var all []reason
	for i, r := range list {
		x := reason{StatementReason: r, Name: r.Statement.Name(a), Called: r.Statement.Called(a), Words: strings.Join(r.Statement.Words(a), " … "), Says: answer.SpeakerSays(a, r, names)}
		if numbered {
			x.N = i + 1
		}
		for _, c := range r.Who {
			switch {
			case c.Chosen || c.Name != "" && (c.Name == x.Name || strings.Contains(x.Called, c.Name)): // who is meant, or named in the words for the speaker
			case c.Name == "":
				x.Tried = append(x.Tried, c)
			case !slices.ContainsFunc(x.Others, func(o understand.Candidate) bool { return o.Name == c.Name && o.Lost == c.Lost }):
				x.Others = append(x.Others, c)
			}
		}
		x.Others = append(x.Others, r.Near...)
		x.For, x.Doubts = forAndAgainst(r.Weights, r.Statement.Cues(a))
		all = append(all, x)
	}
	return all
}

// forAndAgainst parts what weighs in the confidence of a statement, with its verb
// named. What models are sure of is told as one: a reader can check none of it.
func forAndAgainst(weights []understand.Weight, verb string) (more, less []understand.Weight) {
	const models = "how sure"
	sure := understand.Weight{Feature: "how sure the models are which words are the speech, the verb and the speaker, and that they belong together"}
	list := []understand.Weight{}
	for _, w := range weights {
		if strings.HasPrefix(w.Feature, models) {
			sure.Weight += w.Weight
			continue
		}
		if verb != "" {
			w.Feature = strings.ReplaceAll(w.Feature, "the verb", "the verb “"+verb+"”")
		}
		list = append(list, w)
	}
	for _, w := range append(list, sure) {
		switch {
		case w.Weight > 0:
			more = append(more, w)
		case w.Weight < 0:
			less = append(less, w)
		}
	}
	heaviest := func(a, b understand.Weight) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) }
	slices.SortStableFunc(more, heaviest)
	slices.SortStableFunc(less, heaviest)
	return more, less
}

// sureEnough is the least probability of a choice that is told where a rule made it.
const sureEnough = .5

// told reports whether the probability of a choice says anything: a rule may have
// overruled the model that gave it.
func told(rule string, o *understand.Option) bool {
	return rule == "quote/model" || o.Probability >= sureEnough
}

// chosen returns the option that was chosen; nil if there is none.
func chosen(l understand.Link) *understand.Option {
	if i := slices.IndexFunc(l.Options, func(o understand.Option) bool { return o.Chosen }); i >= 0 {
		return &l.Options[i]
	}
	return nil
}
