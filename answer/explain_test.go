package answer_test

import (
	"strings"
	"testing"

	"dateline/answer"
)

func TestEvidenceMeans(t *testing.T) {
	for _, x := range []struct{ field, evidence, want string }{
		{"headline", "jsonld:headline", "(JSON-LD) states it, under “headline”"},
		{"published", "meta:article:published_time", "meta element “article:published_time”"},
		{"published", "url", "The address of the page holds the day"},
		{"publisher", "url", "the domain of its address"},
		{"bylines", "byline/by-word", "looked for in this way: names behind “By”"},
		{"lang", "page:text", "from the words of the article"},
		{"text", "page:div.story-body", "The element div.story-body of the page holds it."},
		{"headline", "headline/largest", "“headline/largest” found it"},
		{"deck", "url", "The address of the page tells it"},
	} {
		if got := answer.EvidenceMeans(x.field, x.evidence); !strings.Contains(got, x.want) {
			t.Errorf("%s from %s: %q does not say %q", x.field, x.evidence, got, x.want)
		}
	}
}

func TestRuleMeans(t *testing.T) {
	for rule, want := range map[string]string{
		"entity/pronoun": "can be of that sex and whom its own sentence",
		"quote/unheard":  "A rule for statements found it: “quote/unheard”",
		"when/weekday":   "The words name a day of the week",
		"when/unheard":   "A rule for the expressions of time",
		"other":          "A rule found it: “other”",
	} {
		if got := answer.RuleMeans(rule); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", rule, got, want)
		}
	}
}
