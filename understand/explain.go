package understand

import (
	"fmt"
	"slices"

	"dateline"
	"dateline/understand/entity"
	"dateline/understand/quote"
	"dateline/understand/token"
	"dateline/understand/when"
)

// An Explanation says why the findings of an article are what they are. Every rule that it
// names is a string literal in the code, close to where the rule is carried out.
type Explanation struct {
	Statements []StatementReason `json:"statements,omitempty"` // in the order of Findings.Statements
	Dropped    []StatementReason `json:"dropped,omitempty"`    // that were weighed and are too doubtful to be reported
	Dates      []DateReason      `json:"dates,omitempty"`      // in the order of Findings.Dates
	Mentions   []MentionReason   `json:"mentions,omitempty"`   // in the order of Findings.Mentions
}

// A StatementReason says what made a statement.
type StatementReason struct {
	Statement dateline.Statement `json:"statement"`            // as it is in the findings, or would be
	Parts     []Part             `json:"parts,omitempty"`      // its contents, cue and speaker as they were tagged
	Links     []Link             `json:"links,omitempty"`      // which cue and speaker they were given, and which else they could have been
	Weights   []Weight           `json:"weights,omitempty"`    // what its confidence was computed from, the strongest first
	Who       []Candidate        `json:"candidates,omitempty"` // whom the words for the speaker could mean, in the order in which it was tried
	Near      []Candidate        `json:"near,omitempty"`       // people named in the sentence of its cue and speaker, or of its content where there are none, who are not meant; and without a Who, those named near it
	Details   []Detail           `json:"details,omitempty"`    // medium, addressees, outlets, hedge, day
}

// A Part is a run of words that was tagged as a part of a statement.
type Part struct {
	dateline.Words
	Label       string  `json:"label"`                 // "content", "cue", "speaker"
	Rule        string  `json:"rule"`                  // what found it: "quote/model", "quote/that-clause"
	Probability float64 `json:"probability,omitempty"` // of the least probable of its tags, from 0 to 1; 0 where a rule gave them
}

// A Link is a choice: which cue a content belongs to, or which speaker a cue.
type Link struct {
	Of      dateline.Words `json:"of"`                // the content or cue
	Label   string         `json:"label"`             // what was looked for: "cue", "speaker"
	Rule    string         `json:"rule"`              // what decided in the end
	Options []Option       `json:"options,omitempty"` // all that could have been chosen; none where a rule decided alone
}

// An Option is one of the candidates of a Link.
type Option struct {
	Words       *dateline.Words `json:"words,omitempty"`  // nil stands for none of the others
	Probability float64         `json:"probability"`      // as the model has it; those of a Link sum to 1
	Chosen      bool            `json:"chosen,omitempty"` // in the end; a rule can overrule the model
}

// A Weight is a feature of a statement and what it weighs in its confidence: the
// odds are multiplied by e to this power.
type Weight struct {
	Feature string  `json:"feature"` // its name and value, in words
	Weight  float64 `json:"weight"`  // more than 0 speaks for the statement, less against it
}

// A Candidate is somebody whom the words for a speaker could have meant or, if it has no
// name, a rule that was tried to find the speaker and found nobody.
type Candidate struct {
	Name   string `json:"name,omitempty"`   // fullest name in the article; "" if the rule found nobody
	Rule   string `json:"rule"`             // how it was found: "entity/pronoun"
	Chosen bool   `json:"chosen,omitempty"` // the statement's Who
	Lost   string `json:"lost,omitempty"`   // why it was not chosen
}

// A Detail says how another field of a statement was found.
type Detail struct {
	Field string          `json:"field"`           // "medium", "to", "via", "hedge", "on"
	Value string          `json:"value"`           // as it stands in the statement
	Words *dateline.Words `json:"words,omitempty"` // that tell it; nil if it is taken over from another statement
	Rule  string          `json:"rule"`            // what found it
}

// A DateReason says what a date was counted from.
type DateReason struct {
	Date   dateline.Timex `json:"date"`             // with its rule and basis
	Anchor string         `json:"anchor,omitempty"` // the day, month or year counted from, as wide as it is known; "" if the words need none
	From   string         `json:"from,omitempty"`   // what that is: "publication", "last date", "narrative", "reported period", "next of the list"
}

// A MentionReason says what made a mention.
type MentionReason struct {
	Mention dateline.Mention `json:"mention"` // with its rule, and that of its role
	// Probability is how probable the model holds the least probable label of the
	// mention's words, from 0 to 1; 0 where no model labels.
	Probability float64 `json:"probability,omitempty"`
}

// Explain returns why the findings of a are what they are. It finds everything anew, and
// also keeps the candidates that Findings throws away. What it explains equals what
// Findings finds. It takes several times as long.
func Explain(a *dateline.Article) *Explanation {
	r := newReading(a)
	t := &token.Text{}
	t.Read(r.text, a.Lang)
	r.text = t.Text
	x := &explainer{t: t, r: r, names: entity.Explain(t, a.Lang)}
	dates, bases := x.unnamed(when.Explain(r.text, reference(a)))
	for i, next := range chronology(r.text, dates) {
		bases[i] = when.Base{Day: next, What: fromNext}
	}
	reasons := quote.Explain(t, a.Lang, r.blocks(a)...)
	var found []quote.Statement
	for _, reason := range reasons {
		if reason.Reported {
			x.reasons = append(x.reasons, reason)
			found = append(found, reason.Statement)
		}
	}
	e := &Explanation{}
	x.out = make([]StatementReason, len(found))
	for i, s := range statements(t, found, x.names, dates, a, x) {
		e.Statements = append(e.Statements, x.statement(i, s))
	}
	for _, reason := range reasons {
		if !reason.Reported {
			e.Dropped = append(e.Dropped, x.dropped(reason))
		}
	}
	x.mentions(e)
	for i, d := range dates {
		if r.deck > 0 && r.torn(d.Start, d.End) {
			continue
		}
		r.words(&d.Words)
		e.Dates = append(e.Dates, DateReason{Date: d, Anchor: bases[i].Day, From: bases[i].What})
	}
	return e
}

// unnamed is like the function unnamed, and leaves out what the dates were counted from, too.
func (x *explainer) unnamed(dates []dateline.Timex, bases []when.Base) (d []dateline.Timex, b []when.Base) {
	n := namedDays{t: x.t, names: x.names}
	for i := range dates {
		if !n.isName(&dates[i]) {
			d, b = append(d, dates[i]), append(b, bases[i])
		}
	}
	return d, b
}

// An explainer collects reasons while findings are made. Its methods speaker and detail do
// nothing if it is nil, as it is when [Findings] makes them.
type explainer struct {
	t       *token.Text
	r       reading
	names   *entity.Names
	reasons []quote.Reason // of the reported statements
	out     []StatementReason
}

// speaker tells that statement i, whose speaker the text calls as in sp, was said
// by who; zero if nobody was found.
func (x *explainer) speaker(i int, sp dateline.Span, who entity.Referent) {
	if x == nil {
		return
	}
	list := &x.out[i].Who
	for _, c := range x.names.Candidates(sp.Start, sp.End) {
		*list = append(*list, Candidate{Name: c.Name, Rule: c.Rule, Lost: c.Lost, Chosen: c.Lost == "" && c.Name == who.Name})
	}
	if who.Name != "" && !slices.ContainsFunc(*list, func(c Candidate) bool { return c.Chosen }) { // found by a rule that looks at other statements
		*list = append(*list, Candidate{Name: who.Name, Rule: who.Rule, Chosen: true})
	}
}

// detail tells how a detail of statement i was found.
func (x *explainer) detail(i int, d Detail) {
	if x != nil {
		x.out[i].Details = append(x.out[i].Details, d)
	}
}

// statement returns the reason of statement i, which in the end is s.
func (x *explainer) statement(i int, s dateline.Statement) StatementReason {
	out := x.out[i]
	var placed dateline.Findings
	placed.Statements = []dateline.Statement{s}
	x.r.place(&placed)
	out.Statement = placed.Statements[0]
	x.fill(&out, &x.reasons[i])
	x.near(&out, &s)
	x.beside(&out, &s)
	return out
}

// Why a person who is named in the sentence of a statement did not make it.
const (
	lostWithin    = "is named in what was said, which does not tell who says it"
	lostAddressee = "is the one whom it was said to"
	lostSource    = "is the one whom the article has it from"
	lostElse      = "is named in the same sentence, but the words for the speaker are “%s”"
	lostNobody    = "is named in the same sentence, but no words say that this is who says it"
)

// beside tells why the people who are named in the sentence of the statement s did not make
// it, as far as nothing tells so yet.
func (x *explainer) beside(out *StatementReason, s *dateline.Statement) {
	const most = 8
	at := slices.Concat(s.Cue, s.Speaker)
	if len(at) == 0 {
		at = s.Content[:1]
	}
	from, to := at[0].Start, at[0].End
	for _, sp := range at {
		from, to = min(from, sp.Start), max(to, sp.End)
	}
	from, to = x.sentences(from, to)
	told := map[string]bool{s.Who: true, "": true}
	for _, c := range slices.Concat(out.Who, out.Near) {
		told[c.Name] = true
	}
	for _, m := range x.names.Mentions {
		if m.Start >= to || len(told) > most+len(out.Who) {
			break
		}
		if m.Start < from || m.Kind != "person" || told[m.Entity] || told[m.Text] {
			continue
		}
		told[m.Entity] = true
		lost := lostNobody
		within := func(sp dateline.Span) bool { return sp.Start <= m.Start && m.End <= sp.End }
		switch {
		case slices.ContainsFunc(s.Content, within):
			lost = lostWithin
		case slices.Contains(s.To, m.Entity), slices.Contains(s.To, m.Text):
			lost = lostAddressee
		case slices.Contains(s.Via, m.Entity), slices.Contains(s.Via, m.Text):
			lost = lostSource
		case len(s.Speaker) > 0:
			lost = fmt.Sprintf(lostElse, x.t.Text[s.Speaker[0].Start:s.Speaker[0].End])
		}
		out.Near = append(out.Near, Candidate{Name: m.Entity, Rule: nearRule, Lost: lost})
	}
}

// nearRule is the rule of candidates who only stand near a statement; package entity has it
// for those that it finds.
const nearRule = "entity/near"

// sentences returns where the sentences begin and end that hold the bytes from start up to
// end of the text.
func (x *explainer) sentences(start, end int) (from, to int) {
	from, to = start, end
	for _, s := range x.t.Sentences {
		if s.First >= s.End {
			continue
		}
		first, last := int(x.t.Tokens[s.First].Start), int(x.t.Tokens[s.End-1].End)
		if first < end && last > start {
			from, to = min(from, first), max(to, last)
		}
	}
	return from, to
}

// near tells who stands near the statement s, in the text that was read, if nobody is
// known to have made it.
func (x *explainer) near(out *StatementReason, s *dateline.Statement) {
	if s.Who != "" {
		return
	}
	at := s.Content[0]
	for _, part := range [][]dateline.Span{s.Cue, s.Speaker} {
		if len(part) > 0 {
			at = part[0]
		}
	}
	told := map[string]bool{} // with a reason of its own
	for _, c := range out.Who {
		told[c.Name] = true
	}
	for _, c := range x.names.Near(at.Start, at.End) {
		if !told[c.Name] {
			out.Near = append(out.Near, Candidate{Name: c.Name, Rule: c.Rule, Lost: c.Lost})
		}
	}
}

// dropped returns the reason of a statement that is not reported.
func (x *explainer) dropped(reason quote.Reason) StatementReason {
	placed := dateline.Findings{Statements: []dateline.Statement{reason.Statement.Statement}}
	x.r.place(&placed)
	out := StatementReason{Statement: placed.Statements[0]}
	x.fill(&out, &reason)
	return out
}

// fill puts into out what the finder of statements told.
func (x *explainer) fill(out *StatementReason, reason *quote.Reason) {
	for _, p := range reason.Parts {
		out.Parts = append(out.Parts, Part{x.words(p.Span), p.Label, p.Rule, p.Probability})
	}
	for _, l := range reason.Links {
		link := Link{Of: x.words(l.Of), Label: l.Label, Rule: l.Rule}
		for _, o := range l.Options {
			option := Option{Probability: o.Probability, Chosen: o.Chosen}
			if o.Start < o.End {
				w := x.words(o.Span)
				option.Words = &w
			}
			link.Options = append(link.Options, option)
		}
		out.Links = append(out.Links, link)
	}
	for _, w := range reason.Weights {
		out.Weights = append(out.Weights, Weight(w))
	}
	for _, d := range reason.Details {
		w := x.words(d.Span)
		value := w.Text
		if d.Field == "medium" {
			value = out.Statement.Medium
		}
		out.Details = append(out.Details, Detail{d.Field, value, &w, d.Rule})
	}
	for i := range out.Details {
		if d := &out.Details[i]; d.Field == "on" && d.Words != nil {
			w := *d.Words
			x.r.words(&w)
			d.Words = &w
		}
	}
}

// words returns the words of a span of what was read, placed in the article.
func (x *explainer) words(sp dateline.Span) dateline.Words {
	w := dateline.Words{Start: sp.Start, End: sp.End, Text: x.t.Text[sp.Start:sp.End]}
	if x.r.deck > 0 {
		x.r.words(&w)
	}
	return w
}

// mentions explains the mentions, in the order of Findings.
func (x *explainer) mentions(e *Explanation) {
	type place struct{ start, end int }
	probable := map[place]float64{}
	for i, m := range x.names.Mentions {
		probable[place{m.Start, m.End}] = x.names.Probability(i)
	}
	for _, m := range inOrder(x.names.Mentions, x.names.Asides) {
		reason := MentionReason{Mention: m}
		if m.Name() {
			reason.Probability = probable[place{m.Start, m.End}]
		}
		if x.r.deck > 0 {
			if x.r.torn(m.Start, m.End) {
				continue
			}
			x.r.words(&reason.Mention.Words)
			if m.Role != nil {
				role := *m.Role
				x.r.words(&role.Words)
				reason.Mention.Role = &role
			}
		}
		e.Mentions = append(e.Mentions, reason)
	}
}
