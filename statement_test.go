package dateline_test

import (
	"testing"

	"dateline"
)

func TestSure(t *testing.T) {
	named := []dateline.Span{{Start: 0, End: 3}}
	for _, test := range []struct {
		lang string
		s    dateline.Statement
		want bool
	}{
		{"en", dateline.Statement{Kind: "direct", Who: "Ana Lima", Confidence: 0.82}, true},
		{"en-GB", dateline.Statement{Kind: "mixed", Speaker: named, Confidence: 0.9}, true},
		{"", dateline.Statement{Kind: "direct", Who: "Ana Lima"}, true}, // told by hand
		{"en", dateline.Statement{Kind: "direct", Who: "Ana Lima", Confidence: 0.81}, false},
		{"de", dateline.Statement{Kind: "direct", Who: "Ana Lima", Confidence: 0.89}, false},
		{"de-AT", dateline.Statement{Kind: "direct", Who: "Ana Lima", Confidence: 0.9}, true},
		{"den", dateline.Statement{Kind: "direct", Who: "Ana Lima", Confidence: 0.85}, true},
		{"en", dateline.Statement{Kind: "direct", Confidence: 0.99}, false},
		{"en", dateline.Statement{Kind: "indirect", Who: "Ana Lima", Confidence: 0.82}, true},
		{"de", dateline.Statement{Kind: "indirect", Who: "Ana Lima", Confidence: 0.99}, false},
	} {
		if got := test.s.Sure(&dateline.Article{Lang: test.lang}); got != test.want {
			t.Errorf("%+v in %q is sure: %t, want %t", test.s, test.lang, got, test.want)
		}
	}
}
