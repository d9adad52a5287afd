package dateline

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Correction is what a user sets right in the records of one article: a field of it, who
// says something, or that a capture is hidden. It is applied whenever the records are made
// anew, until it is taken back.
type Correction struct {
	Kind    CorrectionKind `json:"kind"`              // what it is about
	Article ArticleID      `json:"article,omitempty"` // whose field or statement it is
	Capture CaptureID      `json:"capture,omitempty"` // that is hidden, or by whose page Field was seen
	Payload string         `json:"payload,omitempty"` // digest of the page on which Field was wrong
	Field   string         `json:"field,omitempty"`   // of the record, one of CorrectableFields
	Words   string         `json:"words,omitempty"`   // of the statement, its parts joined by spaces
	Was     []string       `json:"was,omitempty"`     // what stood there; none if nothing did
	Value   []string       `json:"value,omitempty"`   // what is right; none if nothing is
	Why     string         `json:"why,omitempty"`     // the reason, as given
	By      string         `json:"by,omitempty"`      // who decided, as they call themselves; "" if that is not noted
	At      string         `json:"at,omitempty"`      // when: RFC 3339, UTC
	Undone  bool           `json:"undone,omitempty"`  // it was taken back
}

// A CorrectionKind says what a correction is about.
type CorrectionKind string

// The kinds of corrections.
const (
	CorrectField   CorrectionKind = "field"      // a field of the record has another value
	CorrectSpeaker CorrectionKind = "speaker"    // somebody else says it, or nobody
	Withdrawal     CorrectionKind = "withdrawal" // a capture is hidden from every surface
)

// CorrectableFields are the fields of a record that a correction can set.
var CorrectableFields = []string{"headline", "deck", "bylines", "published", "modified", "lang", "section", "tags", "type", "publisher", "dateline"}

// CorrectedRule is the evidence of fields, and the rule of speakers, that users have set
// right.
const CorrectedRule = "user/correction"

// SkipWithdrawn begins Article.Skip of what a withdrawn capture shows; the reason follows.
const SkipWithdrawn = "withdrawn"

// Key returns the key of c in the log of corrections: what it is about, whatever it says.
func (c *Correction) Key() string {
	switch {
	case c.Kind == CorrectField && c.Article != "" && c.Field != "":
		return "field\n" + string(c.Article) + "\n" + c.Field
	case c.Kind == CorrectSpeaker && c.Article != "" && c.Words != "":
		return "speaker\n" + string(c.Article) + "\n" + c.Words
	case c.Kind == Withdrawal && c.Capture != "":
		return "withdrawal\n" + string(c.Capture)
	}
	return ""
}

// Check returns why c cannot be applied; nil if it can.
func (c *Correction) Check() error {
	if c.Key() == "" {
		return errors.New("a correction names an article and a field or a statement, or a capture")
	}
	for _, v := range c.Value {
		if strings.TrimSpace(v) == "" || strings.ContainsAny(v, "\r\n\x00") {
			return fmt.Errorf("%q is no value: it is one line that is not empty", v)
		}
	}
	switch c.Kind {
	case CorrectSpeaker:
		if len(c.Value) > 1 {
			return errors.New("a statement has one speaker")
		}
	case Withdrawal:
		if strings.TrimSpace(c.Why) == "" && !c.Undone {
			return errors.New("a capture is withdrawn for a reason")
		}
	case CorrectField:
		if !slices.Contains(CorrectableFields, c.Field) {
			return fmt.Errorf("%q cannot be corrected; these fields can: %s", c.Field, strings.Join(CorrectableFields, ", "))
		}
		if _, several := new(Article).place(c.Field); several == nil && len(c.Value) > 1 {
			return fmt.Errorf("%s has one value", c.Field)
		}
		for _, v := range c.Value {
			if err := checkValue(c.Field, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkValue(field, v string) error {
	switch field {
	case "published", "modified":
		if _, _, ok := Date(v).Interval(); !ok {
			return fmt.Errorf("%q is no date: 2024, 2024-03, 2024-03-09 and 2024-03-09T17:30:00+02:00 are", v)
		}
	case "type":
		if !slices.Contains(Types, v) {
			return fmt.Errorf("%q is no kind of article; these are: %s", v, strings.Join(Types, ", "))
		}
	case "lang":
		if len(v) > 35 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || strings.IndexByte(v, '-') == 0 {
			return fmt.Errorf("%q is no tag of a language, such as en or de-AT (BCP 47)", v)
		}
	}
	return nil
}

// place returns where a has a field that can be corrected: one value, or several; neither
// if it cannot be.
func (a *Article) place(field string) (one *string, several *[]string) {
	switch field {
	case "headline":
		return &a.Headline, nil
	case "deck":
		return &a.Deck, nil
	case "bylines":
		return nil, &a.Bylines
	case "published":
		return (*string)(&a.Published), nil
	case "modified":
		return (*string)(&a.Modified), nil
	case "lang":
		return &a.Lang, nil
	case "section":
		return &a.Section, nil
	case "tags":
		return nil, &a.Tags
	case "type":
		return &a.Type, nil
	case "publisher":
		return &a.Publisher.Name, nil
	case "dateline":
		return &a.Dateline.Place, nil
	}
	return nil, nil
}

// FieldValues returns the values of a field that can be corrected, as the record has them;
// none if it has none.
func (a *Article) FieldValues(field string) []string {
	switch one, several := a.place(field); {
	case several != nil:
		return *several
	case one != nil && *one != "":
		return []string{*one}
	}
	return nil
}

// Apply sets the field of a that c is about, if a is the article, and either its page is the
// one on which the field was wrong, or the field has the value that was wrong. It reports
// whether it has.
func (c *Correction) Apply(a *Article) bool {
	if c.Undone || c.Kind != CorrectField || c.Article != a.ID || a.Skip != "" {
		return false
	}
	if (c.Payload == "" || c.Payload != a.Payload) && !slices.Equal(c.Was, a.FieldValues(c.Field)) {
		return false
	}
	first := ""
	if len(c.Value) > 0 {
		first = c.Value[0]
	}
	switch one, several := a.place(c.Field); {
	case several != nil:
		*several = slices.Clone(c.Value)
	case one != nil:
		*one = first
	default:
		return false
	}
	if c.Field == "bylines" {
		a.Authors = slices.DeleteFunc(slices.Clone(a.Authors), func(w Author) bool { return !slices.Contains(c.Value, w.Name) })
		if len(a.Authors) == 0 {
			a.Authors = nil
		}
	}
	evidence := Evidence{}
	maps.Copy(evidence, a.Evidence)
	evidence[c.Field] = CorrectedRule
	if first == "" {
		delete(evidence, c.Field)
	}
	a.Evidence = evidence
	return true
}

// ApplyTo gives the statements of a that c is about the speaker that it names, and reports
// whether there are any. What was known of the speaker before, where it is named and by
// which role, is dropped.
func (c *Correction) ApplyTo(f *Findings, a *Article) bool {
	if c.Undone || c.Kind != CorrectSpeaker || c.Article != a.ID {
		return false
	}
	applied := false
	for i := range f.Statements {
		s := &f.Statements[i]
		if s.Said(a) != c.Words {
			continue
		}
		applied = true
		s.Speaker, s.Who, s.Role, s.Confidence, s.Resolved = nil, "", "", 0, CorrectedRule
		if len(c.Value) > 0 {
			s.Who = c.Value[0]
		}
	}
	return applied
}
