package indextest

import (
	"strings"

	"dateline"
)

// findingsIn returns the findings that the text of a holds in brackets: dates,
// "[2022-01-28]", and statements, "<Ana Lima: words>", or "<Ana Lima? words>"
// if they are doubtful; nil if there are none.
func findingsIn(a *dateline.Article) *dateline.Findings {
	f := &dateline.Findings{Capture: a.Capture}
	for at, c := range a.Text {
		switch c {
		case '[':
			if value, _, ok := strings.Cut(a.Text[at+1:], "]"); ok {
				f.Dates = append(f.Dates, dateIn(at+1, value))
			}
		case '<':
			if text, _, ok := strings.Cut(a.Text[at+1:], ">"); ok {
				f.Statements = append(f.Statements, statementIn(at+1, text))
			}
		}
	}
	if f.Dates == nil && f.Statements == nil {
		return nil
	}
	return f
}

func dateIn(at int, value string) dateline.Timex {
	kind := "DATE"
	if strings.HasPrefix(value, "P") {
		kind = "DURATION"
	}
	words := dateline.Words{Start: at, End: at + len(value), Text: value}
	return dateline.Timex{Words: words, Type: kind, Value: value, Basis: "stated", Rule: "test"}
}

// statementIn reads "NAME: WORDS"; a NAME in small letters is no name but what
// the text calls the speaker, and "…" parts the words.
func statementIn(at int, text string) dateline.Statement {
	colon := strings.IndexAny(text, ":?")
	s := dateline.Statement{Kind: "direct", Who: text[:colon], Rule: "test"}
	if text[colon] == '?' {
		s.Confidence = 0.01 // not sure
	}
	if strings.ToLower(s.Who) == s.Who {
		s.Who, s.Speaker = "", []dateline.Span{{Start: at, End: at + colon}}
	}
	start := at + colon + 1
	if how, ok := strings.CutPrefix(text[colon+1:], "["); ok {
		s.Polarity, _, _ = strings.Cut(how, "]")
		start += len(s.Polarity) + len("[]")
	}
	for part := range strings.SplitSeq(text[start-at:], "…") {
		s.Content = append(s.Content, dateline.Span{Start: start, End: start + len(part)})
		start += len(part) + len("…")
	}
	return s
}
