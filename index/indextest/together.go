package indextest

import (
	"strings"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// testTogether asks for articles that belong together, once it is known which these are.
func testTogether(t *testing.T, ar archive) {
	ids := map[string]dateline.ArticleID{}
	for _, a := range articles() {
		ids[string(a.Capture)] = a.ID
	}
	stories := map[dateline.ArticleID][]dateline.ArticleID{"s1": {ids["letter"], ids["march"], "a-gone"}, "s2": {ids["talks"]}}
	for _, test := range []struct{ query, want string }{
		{"story:s1", "march letter"},
		{"story:s1 answer", "letter"},
		{"story:s1 lang:de", "march"},
		{"story:s1 OR story:s2", "march letter talks"},
		{"story:s1 after:2022-03", "march"},
		{"story:s2 -story:s1", "talks"},
		{"answer -story:s1", "talks old undated undated2"},
		{"event:s1", ""},
		{"story:none", ""},
		{"story:none OR tag:c++", "talks"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		q, err = q.Resolve(func(level dateline.Level, id dateline.ArticleID) ([]dateline.ArticleID, error) {
			if level != dateline.StoryLevel {
				return nil, nil
			}
			return stories[id], nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if q.String() != test.query {
			t.Errorf("%s is written as %s once it is resolved", test.query, q)
		}
		var found []string
		for hit, err := range ar.index.Search(t.Context(), q, index.Options{}) {
			if err != nil {
				t.Fatalf("Search(%s): %v", q, err)
			}
			found = append(found, string(hit.Capture))
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("%s finds %q, want %q", q, got, test.want)
		}
		if f, err := ar.index.Facets(t.Context(), q); err != nil || f.Total != len(found) {
			t.Errorf("facets of %s: total %d, %v, want %d", q, f.Total, err, len(found))
		}
	}
}
