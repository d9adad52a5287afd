package extract_test

import (
	"testing"

	"dateline/extract"
)

func TestCanonicalLink(t *testing.T) {
	const address = "https://www.a.example/world/storm-closes-port?page=1"
	for _, tc := range []struct{ link, want string }{
		{"/world/storm-closes-port", "https://www.a.example/world/storm-closes-port"},
		{"https://a.example/world/storm-closes-port/", "https://a.example/world/storm-closes-port/"},
		{"https://other.example/x/storm-closes-port", "https://other.example/x/storm-closes-port"},
		{"https://www.a.example/", address},
		{"https://other.example/else", address},
		{"", address},
	} {
		a := extract.Article([]byte(`<html><head><link rel="canonical" href="`+tc.link+`"></head></html>`), address)
		if a.Canonical != tc.want {
			t.Errorf("canonical link %q at %q gives %q, want %q", tc.link, address, a.Canonical, tc.want)
		}
	}
}
