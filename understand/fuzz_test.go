package understand_test

import (
	"testing"

	"dateline"
	"dateline/understand"
)

// FuzzFindings understands any text in any language: what is found keeps the rules of
// its record, and is the same when it is explained.
func FuzzFindings(f *testing.F) {
	for _, s := range []string{
		"LAGOS, 4 May (AP) - The minister said on Monday that the port would open. \"It will,\" he said.\n\nAna Duarte denied it.",
		"Der Minister sagte am Montag: \u201eDer Hafen öffnet.\u201c Laut Peter Müller ist das falsch.",
		"\u00abLe port ouvrira\u00bb, a dit lundi Anne Durand, ministre.",
		"\"\"\"\u201c\u201c said said \xff he he", "部长王毅周一说：\u201c港口将开放。\u201d",
	} {
		for _, lang := range []string{"en", "de", "fr", "zh", ""} {
			f.Add(lang, "Port to open, minister says", s)
		}
	}
	f.Fuzz(func(t *testing.T, lang, headline, text string) {
		a := &dateline.Article{ID: "a", Capture: "c", Lang: lang, Headline: headline, Text: text, Published: "2024-05-04T06:00:00Z"}
		found := understand.Findings(a)
		if err := found.Check(a); err != nil {
			t.Error(err)
		}
		if e := understand.Explain(a); e == nil {
			t.Error("nothing is explained")
		}
	})
}
