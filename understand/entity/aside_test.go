package entity_test

import (
	"strings"
	"testing"

	"dateline"
)

func TestAsides(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"It rained all day in Paris.", ""},
		// titles before names
		{"Yesterday President Ana Duarte left. Mrs. Duarte waved.", "titled President Ana Duarte = Ana Duarte; titled Mrs. Duarte = Ana Duarte"},
		{"Yesterday the actor Ana Duarte left.", ""},
		// names within names
		{"She studied at the University of Lagos. Lagos is large.", "nested Lagos"},
		{"Peter Halloran left the Halloran Foundation in May.", "nested Halloran = Peter Halloran"},
		{"He flew from New York to New Zealand and the United States.", ""},
		{"The United Nations met in South Africa.", ""},
		// titles and descriptions
		{"Yesterday Foreign Minister Ana Duarte left. Later the Foreign Minister called.", "titled Foreign Minister Ana Duarte = Ana Duarte; nominal Foreign Minister = Ana Duarte"},
		{"Ana Duarte, the foreign minister, left in May. In June the minister came back.", "nominal minister = Ana Duarte"},
		{"Ana Duarte, the former foreign minister, left in May. In June the minister came back.", ""},
		{"Ana Duarte, the foreign minister, met Rui Costa, the trade minister. Then the minister left.", ""},
		{"In May the President spoke. Thank you, Mr. President.", "nominal President; nominal Mr. President"},
		{"Ana Duarte, a daughter of the minister, left. In June the minister came back.", ""},
		// names of something else
		{"He won at the Zorbado and lost at the Zorbado.", "other Zorbado; other Zorbado"},
		{"Many said that Orange is a colour. We like orange.", ""},
	} {
		names := find(test.text, "en")
		var got []string
		for _, m := range names.Asides {
			s := m.Kind + " " + m.Text
			if m.Entity != m.Text {
				s += " = " + m.Entity
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("besides names, %q has %q, want %q", test.text, s, test.want)
		}
		if err := (&dateline.Findings{Mentions: names.Asides}).Check(&dateline.Article{Text: test.text}); err != nil {
			t.Error(err)
		}
	}
}
