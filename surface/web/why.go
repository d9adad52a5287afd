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

// whyPage is the template's form of an answer.Why. To each question the page gives a
// plain answer; what else was weighed, and the names of rules, are folded away behind
// it.
type whyPage struct {
	*answer.Why
	Back       string          // address of the page of this version
	Source     string          // address of the captured page as text
	Asked      string          // the part of this page that is asked for and stands open, such as "field-published"; "" for none
	Choices    []choiceOfField // of the fields that readers ask for most
	More       []choiceOfField // of the other fields, see moreFields
	Line       string          // words that the reader misses in the text and looks for; "" for none
	Found      []block         // blocks of the captured page that hold Line, at most mostFound
	InPart     bool            // no place of the page holds all of Line: those of Found hold some of its words
	Rows       []row           // the captured page from top to bottom
	Kept, Out  int             // how many blocks of the captured page are in the text, and how many are not
	Unlisted   int             // how many blocks are not in Rows because there are too many
	Statements []reason        // of the article
	Dropped    []reason        // statements that were found and then discarded
	Dates      []dateReason    // in the text
	Unread     string          // a sentence that says what is not looked for in texts of this language; "" if everything is
}

// A choiceOfField says where the value of a field comes from.
type choiceOfField struct {
	extract.FieldChoice
	Title string              // its name for readers
	Says  []string            // why it has its value, in sentences
	Lost  []extract.Candidate // the candidates with another value
	Agree []extract.Candidate // those that were not chosen and say the same
}

// A row is a stretch of blocks of the captured page that are treated alike: they are
// in the text, or they are not but a reader may miss them there (Missed), or neither.
type row struct {
	InText, Missed bool
	Blocks         []block
}

// A block is one block of the captured page, with what speaks against the decision
// about it.
type block struct {
	body.Choice
	Against []string // the features that made its score lower if it is kept, and higher if it is left out
	Went    string   // a sentence that says in which fields of the record its words are; "" if they are in none
	Again   bool     // the block before it in its row is there for the same reason
}

// A reason says why a statement was found as it was.
type reason struct {
	understand.StatementReason
	N                   int                    // its number in the article, from 1; 0 if it was discarded
	Name, Called, Words string                 // as dateline.Statement.Name and Called return them, and its words
	Says                []string               // why it has this speaker, or none, in sentences
	Others              []understand.Candidate // who else the words for the speaker could mean, or who is named nearby
	Tried               []understand.Candidate // ways of finding a speaker that found nobody
	For, Doubts         []understand.Weight    // what made the program more certain of it, and what less
}

// A dateReason says what a date means and why.
type dateReason struct {
	dated
	Anchor, From string // the day from which it is counted, and what that day is; "" if it needs none
}

// mostRows is the number of blocks of the captured page that are listed. The JSON twin
// has all of them.
const mostRows = 3000

// why answers /article/ID/why and /article/ID/v/CAPTURE/why. With of=PLACE a part of
// the page stands open, with line=WORDS those words are looked for on the captured
// page.
//
// The captured page and its text are read anew for the answer. Only one request at a
// time does so, since it takes much time and memory; the pages of changes take turns
// with this one (see readAnew). A reader whose time is up is told so. The work that is
// under way cannot be stopped, but it ends soon, since what is explained has a bounded
// size; only then can the next request begin.
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

// tooSlow returns the error for a request whose context has ended: what to tell the
// reader if the time is up, and the error of the context if the reader has gone.
func tooSlow(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return newProblem(http.StatusServiceUnavailable, "This takes too long", "the page could not be read anew in time; \"dateline extract -explain\" and \"dateline understand -explain\" take the time that they need")
	}
	return ctx.Err()
}

// moreFields are the fields that few readers ask for. The page lists them after the
// others.
var moreFields = []string{"tags", "lang", "canonical", "images", "paywalled", "text", "corrections", "type", "authors", "credits", "copy_of", "embeds", "updates"}

// newWhyPage returns the page of an answer. asked and line are the values of of and
// line, see why.
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
	for _, b := range w.Blocks {
		if x := newBlock(b); p.Kept+p.Out < mostRows {
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
		found, whole := w.Lines(p.Line)
		p.InPart = len(found) > 0 && !whole
		for _, b := range found[:min(len(found), mostFound)] {
			p.Found = append(p.Found, newBlock(b))
		}
	}
	p.Unread = unread(w.Of.Lang)
	var mentions []dateline.Mention
	for _, m := range w.Findings.Mentions {
		mentions = append(mentions, m.Mention)
	}
	names := answer.NewNamedIn(mentions)
	p.Statements = newReasons(w.Article, w.Findings.Statements, names, true)
	p.Dropped = newReasons(w.Article, w.Findings.Dropped, names, false)
	for i, d := range w.Findings.Dates {
		p.Dates = append(p.Dates, dateReason{dated{d.Date, i + 1}, d.Anchor, d.From})
	}
	return p
}

// mostFound is the number of blocks that are shown to a reader who looks for a line.
const mostFound = 12

// newChoice returns where the value of a field comes from.
func newChoice(f extract.FieldChoice) choiceOfField {
	c := choiceOfField{FieldChoice: f, Title: answer.FieldTitle(f.Field), Says: answer.FieldSays(f)}
	for _, x := range f.Candidates {
		switch {
		case x.Chosen:
		case x.Agrees:
			c.Agree = append(c.Agree, x)
		default:
			c.Lost = append(c.Lost, x)
		}
	}
	return c
}

// Shown is the value as readers see it: a date or language in words, everything else
// unchanged.
func (c choiceOfField) Shown() string {
	switch c.Field {
	case "published", "modified":
		return date(dateline.Date(c.Value))
	case "lang":
		return languageName(c.Value)
	}
	return c.Value
}

// place adds a block to the last row if it is treated like the blocks there, and
// otherwise to a new row.
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

// First is the text of the first block in the row.
func (r row) First() string { return r.Blocks[0].Text }

// AsksMore reports whether the part of the page that is asked for is one of
// moreFields.
func (p *whyPage) AsksMore() bool {
	field, ok := strings.CutPrefix(p.Asked, "field-")
	return ok && slices.Contains(moreFields, field)
}

// Day is Anchor as a date.
func (d dateReason) Day() dateline.Date { return dateline.Date(d.Anchor) }

// A piece is a part of the page, with what its template needs to know of the page
// around it.
type piece struct {
	Of    any               // the part
	Means map[string]string // as in answer.Why
	Lang  string            // of the article, for the attribute lang; "" if not known
	Asked string            // as in whyPage
}

// With returns a part of the page for a template of its own, which sees only what it
// is given.
func (p *whyPage) With(of any) piece { return piece{of, p.Means, lang(p.Of.Lang), p.Asked} }

// mostAgainst is the number of features that are listed against the decision about a
// block.
const mostAgainst = 3

// newBlock returns a block of the captured page.
func newBlock(c body.Choice) block {
	b := block{Choice: c, Went: answer.WentSays(c)}
	for _, f := range c.Features {
		if (f.Adds < 0) != c.Kept && !f.OfPage && len(b.Against) < mostAgainst {
			b.Against = append(b.Against, f.String())
		}
	}
	return b
}

// The number of characters from which a reader may miss a block that is left out: of a
// paragraph or quotation, of a notice or credit, and of a caption or what else the record has. The numbers are
// chosen, not measured.
const (
	runningSize = 80
	noticeSize  = 40
	captionSize = 20
)

// missed reports whether a reader may miss the block in the text: a paragraph or
// quotation, a caption, or a line of credits or notices, if it is not too short.
func (b block) missed() bool {
	size := utf8.RuneCountInString(b.Text)
	switch {
	case b.What == "caption" || b.Went != "":
		return size >= captionSize
	case b.Rules == "body/notice":
		return size >= noticeSize
	}
	return (b.Kind == dateline.Paragraph || b.Kind == dateline.Quotation) && size >= runningSize
}

// Long reports whether the block is as long as a paragraph, so that a reader may look for
// it by itself.
func (b block) Long() bool { return utf8.RuneCountInString(b.Text) >= runningSize }

// Doubted reports whether the statistical model decided about the block, and not a
// rule.
func (b block) Doubted() bool { return b.Way == "body/model" }

// countedFrom says in words what a date is counted from, see dateReason.From.
func countedFrom(what string) string {
	return cmp.Or(map[string]string{
		"publication": "the day of publication", "last date": "what the text spoke of last",
		"narrative": "how far the story has come", "reported period": "the period that the text reports on",
	}[what], what)
}

// newReasons says why the statements of a were found as they were. They get numbers if
// numbered is set.
func newReasons(a *dateline.Article, list []understand.StatementReason, names answer.NamedIn, numbered bool) []reason {
	var all []reason
	for i, r := range list {
		x := reason{StatementReason: r, Name: r.Statement.Name(a), Called: r.Statement.Called(a), Words: strings.Join(r.Statement.Words(a), " … "), Says: answer.SpeakerSays(a, &r.Statement, names)}
		if numbered {
			x.N = i + 1
		}
		for _, c := range r.Who {
			switch {
			case c.Chosen || c.Name != "" && (c.Name == x.Name || strings.Contains(x.Called, c.Name)): // chosen, or named in these words
			case c.Name == "":
				x.Tried = append(x.Tried, c)
			case !slices.ContainsFunc(x.Others, func(o understand.Candidate) bool { return o.Name == c.Name }):
				x.Others = append(x.Others, c)
			}
		}
		x.Others = append(x.Others, r.Near...)
		x.For, x.Doubts = forAndAgainst(r.Weights, r.Statement.Cues(a))
		all = append(all, x)
	}
	return all
}

// forAndAgainst divides what weighs in the confidence of a statement into what makes
// it more certain and what makes it less, the heaviest first, and names its verb. What
// the models are sure of becomes one weight, since a reader can check none of the
// single ones.
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

// sureEnough is the probability from which an option is shown with it where a rule
// made the choice, see told.
const sureEnough = .5

// told reports whether the probability of the chosen option is shown. Where a rule
// made the choice, it may have overruled the model; then the probability that the
// model gave says little.
func told(rule string, o *understand.Option) bool {
	return rule == "quote/model" || o.Probability >= sureEnough
}

// chosen returns the option that was chosen; nil if none was.
func chosen(l understand.Link) *understand.Option {
	if i := slices.IndexFunc(l.Options, func(o understand.Option) bool { return o.Chosen }); i >= 0 {
		return &l.Options[i]
	}
	return nil
}
