package indextest

import (
	"strings"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// testNamed finds articles by who and what they name, in full or as they do, and counts them.
func testNamed(t *testing.T, ar archive) {
	x := ar.index
	text := "Ilse Marten of the Port Authority spoke in Ellery. Marten left."
	a := &dateline.Article{ID: "a1", Capture: "c1", URL: "https://a.example/1", Canonical: "https://a.example/1", Headline: "One", Text: text}
	mention := func(kind, entity string, start, end int) dateline.Mention {
		return dateline.Mention{Words: dateline.Words{Start: start, End: end, Text: text[start:end]}, Kind: kind, Entity: entity}
	}
	f := &dateline.Findings{Mentions: []dateline.Mention{
		mention("person", "Ilse Marten", 0, 11), mention("org", "Port Authority", 19, 33), mention("place", "Ellery", 43, 49), mention("person", "Ilse Marten", 51, 57),
	}}
	if err := x.Add(t.Context(), index.Doc{Article: a, Findings: f}); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[string]int{
		`person:"Ilse Marten"`: 1, `person:"ILSE MARTEN"`: 1, `person:marten`: 1, `org:"port authority"`: 1, `place:ellery`: 1,
		`person:ilse`: 0, `person:ellery`: 0, `place:marten`: 0, `-person:marten`: 0, `person:marten place:ellery`: 1,
	} {
		if n := len(strings.Fields(ar.search(t, q, index.Options{}))); n != want {
			t.Errorf("%s finds %d articles, want %d", q, n, want)
		}
	}
	facets, err := x.Facets(t.Context(), query.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"person": "Ilse Marten", "org": "Port Authority", "place": "Ellery"} {
		if got := facets.Of(name); len(got) != 1 || got[0].Value != want || got[0].N != 1 {
			t.Errorf("%s: %+v, want %s once", name, got, want)
		}
	}
}
