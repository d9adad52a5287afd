package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dateline"
	"dateline/answer"
)

// A statement is one statement as pages show it.
type statement struct {
	answer.Statement
	Speaker string   // address of the page of the speaker; "" if the speaker has no name, such as one called only "he"
	Cite    string   // address of its citation
	Marked  bool     // the page marks the words in the text
	Asked   bool     // the query of the page asks for it, see query.Query.Selects
	Speaks  []string // why it has its speaker, or none, in sentences as on the page of reasons; only on the page of its article
}

func newStatement(s answer.Statement) statement {
	x := statement{Statement: s, Cite: citeURL(s)}
	if key := s.SpeakerKey(); key != "" {
		x.Speaker = speakerURL(key, url.Values{"in": {string(s.Article)}})
	}
	return x
}

// Anchor is the place (fragment of the address) of the words on the page of their
// article.
func (s statement) Anchor() string { return "said-" + s.Place }

// Link is the address of the words on the page of the newest version of the article.
func (s statement) Link() string {
	path := "/article/" + url.PathEscape(string(s.Article))
	if s.Doubtful {
		path += "?all=1"
	}
	return path + "#" + s.Anchor()
}

// Reasons is the address of the explanation why the statement was found as it was.
func (s statement) Reasons() string {
	return whyURL(s.Article, s.Capture, "statement-"+strconv.Itoa(s.N))
}

// How says in words whether the article quotes the statement or reports it; "" if that
// is not known.
func (s statement) How() string {
	how := map[string]string{"direct": "in quotation marks", "mixed": "partly in quotation marks", "indirect": "in the outlet’s words"}[s.Kind]
	return cmp.Or(how, s.Kind)
}

// Account says from whom the article has the statement: other media that it cites.
func (s statement) Account() string { return strings.Join(s.Via, ", citing ") }

// Why is the text that is shown when a reader points at the marked words.
func (s statement) Why() string {
	parts := []string{cmp.Or(s.Name, "speaker not named")}
	for _, p := range []string{s.Role, s.How(), s.Medium, s.Rule} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// Means says in words which rule or model found the statement.
func (s statement) Means() string { return answer.RuleMeans(s.Rule) }

// Likely says in words what the confidence of the statement means; "" if it has none.
func (s statement) Likely() string {
	if s.Confidence == 0 {
		return ""
	}
	if s.Speaker == "" { // only the words for the speaker can be right or wrong, since nobody is named
		return fmt.Sprintf("Of statements like it, about %.0f in 100 have the right words, and the right words for who says them.", min(100*s.Confidence, 99))
	}
	if s.Confidence >= .995 {
		return "Of statements like it, nearly all have the right words and the right speaker."
	}
	return fmt.Sprintf("Of statements like it, about %.0f in 100 have the right words and the right speaker.", 100*s.Confidence)
}

// Certain says why pages always show the statement, or why they show it only to
// readers who ask for all statements.
func (s statement) Certain() string {
	switch {
	case !s.Doubtful:
		return "It is always shown: the text says who speaks, and 92 in 100 of those that are at least as certain are right."
	case s.Name == "":
		return "It is shown on request, since the text does not tell whose words they are."
	case s.Kind == "indirect" && s.Confidence >= dateline.SureFrom(""):
		return "It is shown on request: in this language only words in quotation marks are always shown."
	}
	return "It is shown on request: only statements that are more certain are always shown."
}

// markSaid sets Marked of the statements whose words begin in a part of the article
// that p shows.
func (p *articlePage) markSaid() {
	begins := map[string]bool{}
	note := func(list []passage) {
		for _, x := range list {
			for _, s := range x.Begins {
				begins[s.Place] = true
			}
		}
	}
	note(p.Deck)
	for _, x := range p.Parts {
		note(x.Text)
		for _, item := range x.Items {
			note(item.Text)
		}
		for _, row := range x.Rows {
			for _, cell := range row {
				note(cell)
			}
		}
	}
	for i := range p.Said {
		p.Said[i].Marked = begins[p.Said[i].Place]
	}
}
