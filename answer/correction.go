package answer

import (
	"context"
	"strings"

	"dateline"
)

// A Correction is something that a user has set right: a field of an article, the speaker
// of a statement, or a capture that is hidden.
type Correction struct {
	Key     string                  `json:"key"`               // by which it is taken back
	Kind    dateline.CorrectionKind `json:"kind"`              // "field", "speaker" or "withdrawal"
	Article dateline.ArticleID      `json:"article,omitempty"` // key of the article that it is about
	Capture dateline.CaptureID      `json:"capture,omitempty"` // that is hidden, or by whose page the fault was seen
	Field   string                  `json:"field,omitempty"`   // field of the record that is set right
	Words   string                  `json:"words,omitempty"`   // of the statement
	Was     []string                `json:"was,omitempty"`     // what the program found
	Value   []string                `json:"value,omitempty"`   // what is right; absent if nothing is
	Why     string                  `json:"why,omitempty"`     // the reason, as given
	By      string                  `json:"by,omitempty"`      // who decided, or took it back
	At      string                  `json:"at,omitempty"`      // when: RFC 3339, UTC
	Undone  bool                    `json:"undone,omitempty"`  // it is taken back
}

// NewCorrection returns c as it is printed.
func NewCorrection(c dateline.Correction) Correction {
	return Correction{Key: strings.ReplaceAll(c.Key(), "\n", " "), Kind: c.Kind, Article: c.Article, Capture: c.Capture, Field: c.Field, Words: c.Words, Was: c.Was, Value: c.Value, Why: c.Why, By: c.By, At: c.At, Undone: c.Undone}
}

// CorrectionKey returns the key in the log of a correction as Correction.Key has it.
func CorrectionKey(printed string) string {
	return strings.Replace(strings.Replace(printed, " ", "\n", 1), " ", "\n", 1)
}

// Decisions are what users have decided, and not taken back.
type Decisions struct {
	Decisions   []Decision   `json:"decisions"`   // about speakers, stories and reports
	Corrections []Correction `json:"corrections"` // what was set right in articles
}

// A Decided is an archive with what users have decided in it.
type Decided interface {
	Decisions(ctx context.Context) ([]dateline.Decision, error)      // about speakers
	GroupDecisions(ctx context.Context) ([]dateline.Decision, error) // about stories and reports
	Corrections(ctx context.Context) ([]dateline.Correction, error)  // of articles
}

// NewDecisions lists what users have decided, and not taken back, in the order in which
// they did.
func NewDecisions(ctx context.Context, a Decided) (*Decisions, error) {
	p := &Decisions{Decisions: []Decision{}, Corrections: []Correction{}}
	speakers, err := a.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := a.GroupDecisions(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range append(speakers, groups...) {
		p.Decisions = append(p.Decisions, NewDecision(d))
	}
	corrections, err := a.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range corrections {
		p.Corrections = append(p.Corrections, NewCorrection(c))
	}
	return p, nil
}
