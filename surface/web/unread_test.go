package web_test

import (
	"net/http"
	"strings"
	"testing"

	"dateline"
)

// TestUnreadLanguages wants the pages of an article to say what was not looked
// for in its language, and nothing where all was.
func TestUnreadLanguages(t *testing.T) {
	for lang, want := range map[string]string{
		"is": "Dateline does not look for statements and names in texts in Icelandic yet.",
		"zh": "Dateline does not look for names in texts in Chinese yet.",
		"fr": "",
		"en": "", "de-AT": "", "": "",
	} {
		m := sample()
		m.add(dateline.Article{URL: "https://presse.example/1", Headline: "Le bac", Lang: lang, Text: "Le bac de nuit ne part pas."})
		a := m.last()
		for _, path := range []string{"/article/" + string(a.ID), "/article/" + string(a.ID) + "/why"} {
			res := get(t, m, path)
			says := text(res.tree(t))
			if res.StatusCode != http.StatusOK || want == "" && strings.Contains(says, "does not look for") || !strings.Contains(says, want) {
				t.Errorf("%s in %q: %s, want %q in: %.600s", path, lang, res.Status, want, says)
			}
		}
	}
}
