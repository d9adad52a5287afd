package understand_test

import (
	"reflect"
	"slices"
	"testing"

	"dateline"
	"dateline/understand"
)

// told is an article with statements, names and dates of many kinds.
func told() *dateline.Article {
	return &dateline.Article{
		Published: "2022-03-15", Lang: "en",
		Deck: "The mayor spoke on Monday of a long winter ahead for all.",
		Text: "PORT ELLERY — Mayor Ines Falk told reporters on Monday that the pier would be rebuilt. “We will not wait,” she said.\n\n" +
			"The council’s chairman, Leo Berg, who has led it since 2009, wrote in a letter to the mayor that the money was gone, according to Reuters. " +
			"The Falk family reportedly said that it had written the report.\n\n“It was a long night,” said the captain. “Nobody slept.”\n\nBerg met Ada Lund. He said that he was tired.",
	}
}

// TestExplain holds explanations to the findings that they explain.
func TestExplain(t *testing.T) {
	german := told()
	german.Lang, german.Deck = "de", ""
	german.Text = "„Wir warten nicht“, sagte Bürgermeisterin Anna Falk am Montag. Sie gab bekannt, dass der Steg neu gebaut werde."
	for _, a := range []*dateline.Article{{}, told(), german, {Text: "“Wir, said.", Lang: "ja"}} {
		f, e := understand.Findings(a), understand.Explain(a)
		var got dateline.Findings
		for _, s := range e.Statements {
			got.Statements = append(got.Statements, s.Statement)
			if a.Text != "" && (len(s.Parts) == 0 || s.Parts[0].Rule == "") {
				t.Errorf("%q is explained by no part: %+v", s.Statement.Said(a), s)
			}
		}
		for _, d := range e.Dates {
			got.Dates = append(got.Dates, d.Date)
		}
		for _, m := range e.Mentions {
			got.Mentions = append(got.Mentions, m.Mention)
		}
		if want := (dateline.Findings{Statements: f.Statements, Dates: f.Dates, Mentions: f.Mentions}); !reflect.DeepEqual(got, want) {
			t.Errorf("explained are\n%+v, found\n%+v", got, want)
		}
		if again := understand.Findings(a); !reflect.DeepEqual(f, again) {
			t.Errorf("findings differ after they were explained:\n%+v\n%+v", f, again)
		}
	}
}

// TestExplainParts reads single reasons.
func TestExplainParts(t *testing.T) {
	a := told()
	e := understand.Explain(a)
	find := func(said string) understand.StatementReason {
		i := slices.IndexFunc(e.Statements, func(s understand.StatementReason) bool { return s.Statement.Said(a) == said })
		if i < 0 {
			t.Fatalf("%q is not explained", said)
		}
		return e.Statements[i]
	}
	she := find("We will not wait")
	want := []understand.Candidate{{Rule: "entity/name", Lost: "the words hold no name"}, {Name: "Ines Falk", Rule: "entity/pronoun", Chosen: true}}
	if !reflect.DeepEqual(she.Who, want) {
		t.Errorf("candidates for she: %+v, want %+v", she.Who, want)
	}
	if d := she.Details; len(d) != 1 || d[0].Rule != "on/carried" || d[0].Value != "2022-03-14" {
		t.Errorf("details of what she said: %+v", d)
	}
	if len(she.Weights) == 0 || she.Weights[0].Feature == "" || she.Weights[0].Weight <= 0 {
		t.Errorf("what made the confidence of %v: %+v", she.Statement.Confidence, she.Weights)
	}
	family := find("that it had written the report")
	if i := slices.IndexFunc(family.Who, func(c understand.Candidate) bool { return c.Name == "Ines Falk" }); i < 0 || family.Who[i].Lost == "" {
		t.Errorf("candidates for the Falk family: %+v", family.Who)
	}
	for _, l := range find("that the pier would be rebuilt").Links {
		sum, chosen := 0.0, 0
		for _, o := range l.Options {
			sum += o.Probability
			if o.Chosen {
				chosen++
			}
		}
		if sum < 0.999 || sum > 1.001 || chosen != 1 {
			t.Errorf("%s of %q: probabilities sum to %v, %d are chosen", l.Label, l.Of.Text, sum, chosen)
		}
	}
	for _, r := range slices.Concat(e.Statements, e.Dropped) {
		for _, w := range r.Weights {
			if w.Feature == "" {
				t.Errorf("a feature that weighs %v in the confidence of %q has no name", w.Weight, r.Statement.Rule)
			}
		}
	}
	for _, d := range e.Dates {
		if d.Date.Text == "Monday" && (d.Anchor != "2022-03-15" || d.From != "publication") {
			t.Errorf("Monday is counted from %s (%s)", d.Anchor, d.From)
		}
	}
	for _, m := range e.Mentions {
		if (m.Mention.Rule == "entity/model" && m.Mention.Name()) != (m.Probability > 0) {
			t.Errorf("%q by %s has probability %v", m.Mention.Text, m.Mention.Rule, m.Probability)
		}
		if m.Mention.Role != nil && m.Mention.Role.Rule == "" {
			t.Errorf("the role of %q has no rule", m.Mention.Text)
		}
	}
}
