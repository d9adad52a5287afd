package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dateline/answer"
)

// A statement is one statement as pages show it.
type statement struct {
	answer.Statement
	Speaker string // address of the speaker's page; "" if there is no name but perhaps a pronoun
	Cite    string // address of its citation
	Marked  bool   // the words are marked in the text
	Asked   bool   // the query of the page asks for it
}

func newStatement(s answer.Statement) statement {
	x := statement{Statement: s, Cite: citeURL(s)}
	if key := s.SpeakerKey(); key != "" {
		x.Speaker = speakerURL(key, url.Values{"in": {string(s.Article)}})
	}
	return x
}

// Anchor is the place of the words in the page of their article.
func (s statement) Anchor() string { return "said-" + s.Place }

// Link is the address of the words on the page of the newest version.
func (s statement) Link() string {
	path := "/article/" + url.PathEscape(string(s.Article))
	if s.Doubtful {
		path += "?all=1"
	}
	return path + "#" + s.Anchor()
}

// Reasons is the address of why it is what it is.
func (s statement) Reasons() string {
	return whyURL(s.Article, s.Capture, "statement-"+strconv.Itoa(s.N))
}

// How says how it was said and how the article has it, as far as that is told.
func (s statement) How() string {
	how := map[string]string{"direct": "in quotation marks", "mixed": "partly in quotation marks", "indirect": "in the outlet’s words"}[s.Kind]
	return cmp.Or(how, s.Kind)
}

// Account says through whom the article has it.
func (s statement) Account() string { return strings.Join(s.Via, ", citing ") }

// Why is what hovering over its mark shows.
func (s statement) Why() string {
	parts := []string{cmp.Or(s.Name, "speaker not named")}
	for _, p := range []string{s.Role, s.How(), s.Medium, s.Rule} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// Means says what found the statement.
func (s statement) Means() string { return answer.RuleMeans(s.Rule) }

// ReadAs says by what the words for the speaker were read as a name, or that they
// were not; "" if nothing is told.
func (s statement) ReadAs() string {
	switch {
	case s.Resolved != "":
	case s.Speaker == "" && s.Name != "":
		return "Which of the people whom it names is meant was not found."
	case s.Name != "" && s.Attributed != "":
		return fmt.Sprintf("The words were taken for those who say it, with “%s”.", s.Attributed)
	default:
		return ""
	}
	return answer.RuleMeans(s.Resolved)
}

// Likely says what the confidence means.
func (s statement) Likely() string {
	if s.Confidence == 0 {
		return ""
	}
	if s.Speaker == "" { // the words for the speaker are right or not, but name nobody
		return fmt.Sprintf("Of statements like it, about %.0f in 100 have the right words, and the right words for who says them.", min(100*s.Confidence, 99))
	}
	if s.Confidence >= .995 {
		return "Of statements like it, nearly all have the right words and the right speaker."
	}
	return fmt.Sprintf("Of statements like it, about %.0f in 100 have the right words and the right speaker.", 100*s.Confidence)
}

// sureEverywhere is the least confidence from which statements of all kinds are shown in
// some language, see [dateline.Statement.Sure].
const sureEverywhere = 0.82

// Certain says why pages show the statement, or show it only if all are asked
// for.
func (s statement) Certain() string {
	switch {
	case !s.Doubtful:
		return "It is always shown: the text says who speaks, and 92 in 100 of those that are at least as certain are right."
	case s.Name == "":
		return "It is shown on request, since the text does not tell whose words they are."
	case s.Kind == "indirect" && s.Confidence >= sureEverywhere:
		return "It is shown on request: in this language only words in quotation marks are always shown."
	}
	return "It is shown on request: only statements that are more certain are always shown."
}

// markSaid sets Marked of the statements whose words begin in what p shows.
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
			note(item)
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
