package quote

import (
	"cmp"
	"math"
	"slices"

	"dateline"
	"dateline/understand/token"
)

// A Reason is a statement together with what led to it.
type Reason struct {
	Statement
	Reported bool     // whether Find returns it; if not, it was not probable enough, or is a greeting or a thing
	Parts    []Part   // in the order content, cue, speaker
	Links    []Link   // what models and rules chose to belong together; nil where rules alone find statements
	Weights  []Weight // what made the confidence, the strongest first; nil where a layout or rules alone tell
	Details  []Detail // where the other fields of the statement come from
}

// A Part is a run of words that was tagged as content, cue or speaker.
type Part struct {
	dateline.Span
	Label       string  // "content", "cue", "speaker"
	Rule        string  // what found it: one of the names in rules.go, "quote/model" if it was tagged by models
	Probability float64 // from 0 to 1: of its least probable label, or of the one behind it; 0 where a rule made it
}

// A Link is a choice between candidates: which cue belongs to a content, which
// speaker to a cue or content.
type Link struct {
	Of      dateline.Span // the content or cue
	Label   string        // what was looked for: "cue", "speaker"
	Rule    string        // what decided in the end: one of the names in rules.go
	Options []Option      // the candidates of the model, then "none"; last what a rule chose, if it was no candidate
}

// An Option is a candidate of a Link.
type Option struct {
	dateline.Span         // the zero Span for "none"
	Probability   float64 // by the model; those of a Link sum to 1; 0 of what only a rule considered
	Chosen        bool    // whether it was chosen in the end, perhaps by a rule
}

// A Weight is a feature of the confidence and its weight, which speaks for the statement if it is positive
// and against it if it is negative.
type Weight struct {
	Feature string  // its name and value, in words
	Weight  float64 // in natural logarithms of odds; the confidence is the logistic function of the sum of all
}

// A Detail tells where a field of a statement comes from.
type Detail struct {
	Field string        // "medium", "to", "via", "hedge", "polarity"
	Span  dateline.Span // the words that tell it
	Rule  string        // what found it: one of the names in rules.go, such as "quote/medium-noun"
}

// Explain returns all statements of t that Find considers, also those that are not probable enough to be
// reported, with what led to each. Its arguments are those of Find. It needs more time and memory than
// Find. Where rules alone find statements, it tells no more than the rule of each part.
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

// explainBySpeech returns the reasons of statements that rules alone found (speechfind.go).
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

// A trace keeps what Explain needs and Find does not: the candidates of each choice, and the rules of
// details.
type trace struct {
	tried   []int32                // the candidates of the last choice, by their indices; f.scores has their scores
	choices map[chosenFor][]option // the candidates of all choices
	details []Detail               // of the statement that is being explained
	least   float64                // the confidence from which on a statement is reported
}

// A chosenFor identifies a choice by what something was chosen for.
type chosenFor struct {
	of     linked
	number int32 // the index of the content or cue in f.parts
}

// An option is a candidate of a choice.
type option struct {
	number int32   // the index of the cue or speaker in f.parts; -1 for "none"
	p      float64 // how probable it is
}

// A linked tells which kinds of parts a choice links.
type linked uint8

const (
	contentToCue linked = iota
	cueToSpeaker
	contentToSpeaker
)

// chose keeps the choice that best made last, which was for the part with the index number. It does
// nothing unless Explain asks.
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

// told keeps which words and rule tell a field of the statement that is being explained. It does nothing
// unless Explain asks.
func (f *Finder) told(field, rule string, span dateline.Span) {
	if f.trace != nil {
		f.trace.details = append(f.trace.details, Detail{field, span, rule})
	}
}

// reason returns the statement s with what led to it.
func (f *Finder) reason(s *attribution) Reason {
	f.trace.details = nil
	r := Reason{Statement: f.statement(s)}
	r.Reported, r.Details = f.reported(s, &r.Statement, f.trace.least), f.trace.details
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

// part returns the chunk c as a Part with the label.
func (f *Finder) part(c *chunk, label string) Part {
	if c.rule != "" {
		return Part{Span: f.span(c), Label: label, Rule: c.rule}
	}
	return Part{Span: f.span(c), Label: label, Rule: ruleModel, Probability: f.whole(c)}
}

// explained returns the choice that was made for chunk c, which has the index number, as a slice of one
// Link; nil if no model made one. list holds the parts that were looked for, chosen is the index of the
// one that was chosen in the end.
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

// mostWeights is how many features of a confidence Explain returns at most.
const mostWeights = 8

// weights returns the features of s with the greatest weights in its confidence, the greatest first.
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
