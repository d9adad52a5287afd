package dateline

import (
	"strings"
	"unicode/utf8"
)

// Sure reports whether s is one of the statements of a that surfaces show unless all are
// asked for: the text names its speaker, and its confidence, if it has one, is so high
// that of such statements at least 92 in 100 have the right words and the right speaker
// (doc/models.md). In English one least confidence serves all kinds of statements. The
// models of other languages tell less well how sure they are: there a part of the words
// must also stand in quotation marks.
func (s *Statement) Sure(a *Article) bool {
	if s.Who == "" && len(s.Speaker) == 0 {
		return false
	}
	lang, _, _ := strings.Cut(a.Lang, "-")
	return (s.Confidence == 0 || s.Confidence >= SureFrom(lang)) && (s.Kind != "indirect" || lang == "en" || lang == "")
}

// SureFrom returns the least confidence of a statement that is sure in texts of a language,
// a BCP 47 tag without subtags; "" is a language that is not known.
func SureFrom(lang string) float64 {
	if from, ok := sureFrom[lang]; ok {
		return from
	}
	return sureFrom[""]
}

// sureFrom is the least confidence of a statement that is sure, by the language of the text; ""
// is for all others. In English and German from there on 92 in 100 are right under
// cross-validation by publisher.
var sureFrom = map[string]float64{"en": 0.82, "de": 0.9, "": 0.82}

// Passage is the kind of a Statement that stands for words of the article itself, in
// citations; no finder gives it.
const Passage = "passage"

// Words returns the parts of what s says as a prints them.
func (s *Statement) Words(a *Article) []string { return s.at(a, s.Content) }

// Said returns what s says, its parts joined by spaces.
func (s *Statement) Said(a *Article) string { return strings.Join(s.Words(a), " ") }

// Name returns the fullest name of the speaker in a, or what a calls the
// speaker here if it has no name; "" if there is neither.
func (s *Statement) Name(a *Article) string {
	if s.Who != "" {
		return s.Who
	}
	return s.Called(a)
}

// Called returns what a calls the speaker where s stands: "he", "the minister".
func (s *Statement) Called(a *Article) string { return strings.Join(s.at(a, s.Speaker), " ") }

// Cues returns the words that attribute s, as a prints them.
func (s *Statement) Cues(a *Article) string { return strings.Join(s.at(a, s.Cue), " … ") }

// Range returns where what s says begins and ends.
func (s *Statement) Range() Span {
	var r Span
	for i, sp := range s.Content {
		if i == 0 || sp.Start < r.Start {
			r.Start = sp.Start
		}
		r.End = max(r.End, sp.End)
	}
	return r
}

// at returns what stands at those of the spans that lie in the part of a that
// s is in.
func (s *Statement) at(a *Article, spans []Span) []string {
	text := (Words{In: s.In}).Within(a)
	var list []string
	for _, sp := range spans {
		if sp.In(text) {
			list = append(list, text[sp.Start:sp.End])
		}
	}
	return list
}

// In reports whether s is a span of text that is not empty and begins and
// ends between characters.
func (s Span) In(text string) bool {
	edge := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text) && edge(s.Start) && edge(s.End)
}
