package dateline

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Findings is what the stage understand found in the text of one article.
// Every finding has its place in the text and the rule that found it.
type Findings struct {
	Capture    CaptureID   `json:"capture,omitempty"`    // of the article; "" outside an archive
	Article    string      `json:"article,omitempty"`    // digest of the article record that was read; "" outside an archive
	Statements []Statement `json:"statements,omitempty"` // what somebody is reported to have said, in the order of the text
	Dates      []Timex     `json:"dates,omitempty"`      // temporal expressions, in the order of the text
	Mentions   []Mention   `json:"mentions,omitempty"`   // names and descriptions, in the order of the text
	Events     []Event     `json:"events,omitempty"`     // who asks, answers, meets, threatens …, in the order of the text
	Hedges     []Hedge     `json:"hedges,omitempty"`     // words of doubt, in the order of the text
	Limits     []Limit     `json:"limits,omitempty"`     // what was not read
}

// A Limit is a part of an article that no finder has read, and the rule that tells
// why: understand/too-long, understand/not-utf-8 where the article is no UTF-8, or
// understand/failed where an error of ours kept it from being read. Its Text is empty.
type Limit struct {
	Words
	Rule string `json:"rule"` // what found it
}

// InDeck is the value of the fields In of spans that count the bytes of Article.Deck; ""
// there means that a span counts those of Article.Text.
const InDeck = "deck"

// Check returns an error if a span of f does not lie in the text of a, or its
// deck, on the boundaries of characters, or if words that f repeats are not
// those that stand there.
func (f *Findings) Check(a *Article) error {
	for i, s := range f.Statements {
		for _, sp := range slices.Concat(s.Content, s.Cue, s.Speaker) {
			if err := (Words{Start: sp.Start, End: sp.End, In: s.In}).check(a); err != nil {
				return fmt.Errorf("statement %d, %s: %w", i, s.Rule, err)
			}
		}
	}
	for i, d := range f.Dates {
		if err := d.check(a); err != nil {
			return fmt.Errorf("date %d, %s: %w", i, d.Rule, err)
		}
	}
	for i, m := range f.Mentions {
		if err := m.check(a); err != nil {
			return fmt.Errorf("mention %d, %s: %w", i, m.Rule, err)
		}
		if m.Role == nil {
			continue
		}
		if err := m.Role.check(a); err != nil {
			return fmt.Errorf("role of mention %d, %s: %w", i, m.Rule, err)
		}
	}
	for i, e := range f.Events {
		sentence := Words{Start: e.Sentence.Start, End: e.Sentence.End, In: e.Trigger.In}
		if err := errors.Join(e.Trigger.check(a), sentence.check(a)); err != nil {
			return fmt.Errorf("event %d, %s: %w", i, e.Rule, err)
		}
		if e.Answers != nil && (*e.Answers < 0 || *e.Answers >= len(f.Events)) {
			return fmt.Errorf("event %d, %s: answers event %d of %d", i, e.Rule, *e.Answers, len(f.Events))
		}
	}
	for i, h := range f.Hedges {
		if err := h.check(a); err != nil {
			return fmt.Errorf("hedge %d, %s: %w", i, h.Rule, err)
		}
	}
	for _, l := range f.Limits {
		if err := l.check(a); err != nil {
			return fmt.Errorf("limit %s: %w", l.Rule, err)
		}
	}
	return nil
}

// A Span is a half-open range of bytes of Article.Text, or of Article.Deck
// where what holds the span says so, on rune boundaries. In JSON it is [start, end].
type Span struct {
	Start int // first byte
	End   int // byte after the last
}

// MarshalJSON implements [json.Marshaler].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("span: %w", err)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// Words is a span of Article.Text, or of Article.Deck, together with what
// stands there.
type Words struct {
	Start int    `json:"start"`          // first byte
	End   int    `json:"end"`            // byte after the last
	Text  string `json:"text,omitempty"` // the bytes from Start to End; "" where only the place is told
	In    string `json:"in,omitempty"`   // InDeck; "" in the text
}

// Within returns what the span of w is one of: the text of a, or its deck.
func (w Words) Within(a *Article) string {
	if w.In == InDeck {
		return a.Deck
	}
	return a.Text
}

// check returns an error if w does not lie in a, or says something else.
func (w Words) check(a *Article) error {
	text := w.Within(a)
	edge := func(i int) bool { return i == 0 || i == len(text) || utf8.RuneStart(text[i]) }
	switch {
	case w.In != "" && w.In != InDeck:
		return fmt.Errorf("span [%d,%d) is in %q, which is no part of an article", w.Start, w.End, w.In)
	case w.Start < 0 || w.End < w.Start || w.End > len(text):
		return fmt.Errorf("span [%d,%d) is not in the %d bytes there", w.Start, w.End, len(text))
	case !edge(w.Start) || !edge(w.End):
		return fmt.Errorf("span [%d,%d) cuts a character", w.Start, w.End)
	case w.Text != "" && w.Text != text[w.Start:w.End]:
		return fmt.Errorf("span [%d,%d) is %q, not %q", w.Start, w.End, text[w.Start:w.End], w.Text)
	}
	return nil
}

// A Statement is something a speaker is reported to have said. Its parts can
// be broken: `"No," he said, "never."` has two content spans.
type Statement struct {
	Content  []Span   `json:"content"`            // the words said, without quotation marks
	Cue      []Span   `json:"cue,omitempty"`      // "said", "according to"; empty if only implied
	Speaker  []Span   `json:"speaker,omitempty"`  // as named here: "the minister"; empty if not named
	In       string   `json:"in,omitempty"`       // where its spans lie: InDeck; "" in the text
	Kind     string   `json:"kind"`               // "direct" (in quotation marks), "mixed", "indirect"
	Who      string   `json:"who,omitempty"`      // fullest name in the article for the speaker
	Resolved string   `json:"resolved,omitempty"` // the rule by which Speaker was read as Who: "entity/pronoun"
	Role     string   `json:"role,omitempty"`     // what the text says that the speaker is; "" if it does not
	Medium   string   `json:"medium,omitempty"`   // "letter", "tweet"; "" if the text does not tell
	To       []string `json:"to,omitempty"`       // addressees, as printed; none if the text does not tell
	On       Date     `json:"on,omitempty"`       // when it was said
	Via      []string `json:"via,omitempty"`      // through whom the article has it, nearest last
	Hedge    string   `json:"hedge,omitempty"`    // "reportedly", as printed
	Polarity string   `json:"polarity,omitempty"` // "" if it was said; else "denied", "not said", "conditional", "refused", "asked", "planned"
	Rule     string   `json:"rule"`               // what found it: "quote/model", "quote/that-clause"

	// Confidence is how probable it is that content and speaker are right, from
	// 0 to 1; 0 if nothing reckons it.
	Confidence float64 `json:"confidence,omitempty"`
}

// A Timex is a temporal expression with its TIMEX3 type and value.
type Timex struct {
	Words
	Type  string `json:"type"`          // DATE, TIME, DURATION, SET
	Value string `json:"value"`         // "2013-03-22", "2013-W11", "P1M", "PRESENT_REF"
	Mod   string `json:"mod,omitempty"` // TIMEX3 modifier: "START", "MID", "END", "APPROX"; "" if there is none
	Basis string `json:"basis"`         // "stated", "relative", "metadata"
	Rule  string `json:"rule"`          // what found it
}

// A Mention is one place where the text names or describes something. Names
// of people, organisations and places do not overlap; the other mentions, of
// which [Mention.Name] is false, can lie around or within them.
type Mention struct {
	Words
	Kind   string `json:"kind"`             // "person", "org", "place"; "titled", "nested", "nominal", "other"
	Entity string `json:"entity,omitempty"` // groups the mentions of one thing under its fullest name
	Role   *Role  `json:"role,omitempty"`   // of a person, as told beside this name
	Rule   string `json:"rule,omitempty"`   // what found the mention: "entity/model"
}

// A Role is what the text says that a person is: "EU foreign policy chief".
type Role struct {
	Words
	Rule string `json:"rule,omitempty"` // what found it: "entity/role-before"
}

// Name reports whether m is the name of a person, an organisation or a place.
func (m Mention) Name() bool { return m.Kind == "person" || m.Kind == "org" || m.Kind == "place" }

// A Hedge is a word or some words by which the text says that something is not
// certain.
type Hedge struct {
	Words
	Type string `json:"type"` // "epistemic" ("may"), "doxastic" ("is expected"), "condition" ("if"), "investigation" ("whether")
	Rule string `json:"rule"` // what found it: "hedge/word"
}

// An Event is something that somebody does towards somebody: a request, a reply, a
// meeting, a threat. Actors are named as printed, people by their fullest name in the
// article.
type Event struct {
	Kind     string   `json:"kind"`               // "REQUEST", "REPLY", "PROMISE", "PUBLISH" or a kind of PLOVER: "DEMAND", "AGREE", "REJECT"
	Trigger  Words    `json:"trigger"`            // the words that tell it
	From     []string `json:"from,omitempty"`     // who acts; of a talk or an agreement all parties
	To       []string `json:"to,omitempty"`       // towards whom
	Behalf   []string `json:"behalf,omitempty"`   // on whose behalf
	Medium   string   `json:"medium,omitempty"`   // "letter", "call"; "" if the text does not tell
	On       Date     `json:"on,omitempty"`       // the day; "" if the sentence does not tell
	Polarity string   `json:"polarity,omitempty"` // "" if it is told as done; else "denied", "feared", "wished", "planned"
	Answers  *int     `json:"answers,omitempty"`  // the number of the event that this one replies to, from 0; nil if none is told
	Sentence Span     `json:"sentence"`           // the sentence that tells it, where Trigger lies
	Rule     string   `json:"rule"`               // what found it: "event/verb"
}
