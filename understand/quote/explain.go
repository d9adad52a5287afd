package quote

import (
	"cmp"
	"math"
	"slices"

	"dateline"
	"dateline/understand/token"
)

// A Reason is a statement and why it is as it is.
type Reason struct {
	Statement
	Reported bool     // false if it was not probable enough for Find
	Parts    []Part   // in the order content, cue, speaker
	Links    []Link   // what was chosen to belong together
	Weights  []Weight // what made the confidence, the strongest first; nil where the layout tells
	Details  []Detail // what else is told
}

// A Part is a run of words that was tagged as content, cue or speaker.
type Part struct {
	dateline.Span
	Label       string  // "content", "cue", "speaker"
	Rule        string  // what found it
	Probability float64 // of the least probable tag by the second model; 0 where a rule gave the tags
}

// A Link is a choice between candidates: which cue belongs to a content, which
// speaker to a cue or content.
type Link struct {
	Of      dateline.Span // the content or cue
	Label   string        // what was looked for: "cue", "speaker"
	Rule    string        // what decided in the end
	Options []Option      // what the model was given, in the order of the text, "none" last
}

// An Option is a candidate of a Link.
type Option struct {
	dateline.Span         // empty if it is none of the others
	Probability   float64 // by the model; those of a Link sum to 1
	Chosen        bool    // in the end, perhaps by a rule
}

// A Weight is a feature of the confidence and what it weighs: more than 0 speaks
// for the statement, less against it, in logarithms of odds.
type Weight struct {
	Feature string  // its name and value, in words
	Weight  float64 // in logarithms of odds
}

// A Detail is something that is told of a statement.
type Detail struct {
	Field string        // "medium", "to", "via", "hedge"
	Span  dateline.Span // the words that tell it
	Rule  string        // what found it: "quote/medium"
}

// Explain returns every statement of t that Find weighs, with what made it, also
// those that are not probable enough to be reported. It is not meant for many
// texts: Find does a fraction of the work.
func Explain(t *token.Text, lang string, blocks ...dateline.Span) []Reason {
	if s := speechOf(lang); s != nil {
		return explainBySpeech(findBySpeech(t, s, blocks))
	}
	m := modelOf(lang)
	if m == nil || len(t.Tokens) == 0 {
		return nil
	}
	var list []Reason
	for part := range t.Parts(longestPart) {
		f := &Finder{model: m, set: blocks, trace: &trace{choices: map[chosenFor][]option{}}}
		f.read(part)
		f.tag()
		f.assemble()
		f.trace.least = f.least()
		for i := range f.attributions {
			list = append(list, f.reason(&f.attributions[i]))
		}
	}
	return list
}

// explainBySpeech returns the reasons of statements that rules alone found.
func explainBySpeech(found []Statement) (list []Reason) {
	for _, s := range found {
		r := Reason{Statement: s, Reported: true}
		for _, part := range []struct {
			label string
			spans []dateline.Span
		}{{"content", s.Content}, {"cue", s.Cue}, {"speaker", s.Speaker}} {
			for _, sp := range part.spans {
				r.Parts = append(r.Parts, Part{Span: sp, Label: part.label, Rule: s.Rule})
			}
		}
		list = append(list, r)
	}
	return list
}

// A trace keeps what Find does not: the candidates of each choice and the rules
// of details.
type trace struct {
	tried   []int32 // candidates of the last choice, as f.scores has their scores
	choices map[chosenFor][]option
	details []Detail // of the statement at hand
	least   float64  // how probable a statement must be
}

// A chosenFor is what a model chose something for: a content or cue.
type chosenFor struct {
	of     linked
	number int32 // of the content or cue
}

// An option is what a model could choose.
type option struct {
	number int32 // of the cue or speaker; -1 for none
	p      float64
}

// linked is what a choice links.
type linked uint8

const (
	contentToCue linked = iota
	cueToSpeaker
	contentToSpeaker
)

// chose keeps the choice that was made last. It does nothing unless Explain asks.
func (f *Finder) chose(of linked, number int) {
	if f.trace == nil {
		return
	}
	top, sum := slices.Max(f.scores), 0.0
	options := make([]option, len(f.scores))
	for i, s := range f.scores {
		options[i] = option{f.trace.tried[i], math.Exp(s - top)}
		sum += options[i].p
	}
	for i := range options {
		options[i].p /= sum
	}
	f.trace.choices[chosenFor{of, int32(number)}] = options
}

// told keeps how a detail of the statement at hand was found. It does nothing
// unless Explain asks.
func (f *Finder) told(field, rule string, span dateline.Span) {
	if f.trace != nil {
		f.trace.details = append(f.trace.details, Detail{field, span, rule})
	}
}

// reason explains s.
func (f *Finder) reason(s *attribution) Reason {
	f.trace.details = nil
	r := Reason{Statement: f.statement(s)}
	r.Reported, r.Details = reported(&r.Statement, f.trace.least) && !f.greets(s), f.trace.details
	p := &f.parts
	for i := s.head; i >= 0; i = p.contents[i].next {
		c := &p.contents[i]
		r.Parts = append(r.Parts, f.part(c, "content"))
		r.Links = append(r.Links, f.explained(contentToCue, i, c, p.cues, "cue", c.cue, cmp.Or(c.link, ruleModel))...)
		if s.cue < 0 || f.model.Voice != nil {
			r.Links = append(r.Links, f.explained(contentToSpeaker, i, c, p.speakers, "speaker", c.speaker, ruleVoice)...)
		}
	}
	if s.cue >= 0 {
		q := &p.cues[s.cue]
		r.Parts = append(r.Parts, f.part(q, "cue"))
		rule := ruleModel
		if q.speaker >= 0 {
			rule = cmp.Or(q.link, p.speakers[q.speaker].rule, ruleModel)
		}
		r.Links = append(r.Links, f.explained(cueToSpeaker, s.cue, q, p.speakers, "speaker", q.speaker, rule)...)
	}
	if s.speaker >= 0 {
		r.Parts = append(r.Parts, f.part(&p.speakers[s.speaker], "speaker"))
	}
	if f.layoutOf(s) == 0 {
		r.Weights = f.weights(s)
	}
	return r
}

// part returns the chunk c as it is explained.
func (f *Finder) part(c *chunk, label string) Part {
	if c.rule != "" {
		return Part{Span: f.span(c), Label: label, Rule: c.rule}
	}
	return Part{Span: f.span(c), Label: label, Rule: ruleModel, Probability: f.whole(c)}
}

// explained returns the choice for chunk c, whose number is given, if a model
// had one: of what was looked for in list, chosen is the number in the end.
func (f *Finder) explained(of linked, number int32, c *chunk, list []chunk, label string, chosen int32, rule string) []Link {
	if made, ok := f.trace.choices[chosenFor{of, number}]; ok {
		l := Link{Of: f.span(c), Label: label, Rule: rule}
		offered := false
		for _, o := range made {
			x := Option{Probability: o.p, Chosen: o.number == chosen}
			if o.number >= 0 {
				x.Span = f.span(&list[o.number])
			}
			offered = offered || x.Chosen
			l.Options = append(l.Options, x)
		}
		if !offered && chosen >= 0 {
			l.Options = append(l.Options, Option{Span: f.span(&list[chosen]), Chosen: true})
		}
		return []Link{l}
	}
	return nil
}

// mostWeights is how many features of a confidence are explained.
const mostWeights = 8

// weights returns the features of s that weigh most in its confidence.
func (f *Finder) weights(s *attribution) []Weight {
	f.sureFeatures(s)
	list := make([]Weight, len(f.bag.features))
	for i, hashed := range f.bag.features {
		list[i] = Weight{sureNames[feature(i+1)], f.model.sure.Score([]uint32{hashed})}
	}
	slices.SortStableFunc(list, func(a, b Weight) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	list = list[:min(len(list), mostWeights)]
	return slices.DeleteFunc(list, func(w Weight) bool { return w.Weight == 0 })
}
