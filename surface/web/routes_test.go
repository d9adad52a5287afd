package web_test

import (
	"os"
	"strings"
	"testing"

	"dateline/surface/web"
)

func TestRoutesDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../doc/web.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range web.Routes() {
		if !strings.Contains(string(doc), "`"+pattern+"`") {
			t.Errorf("doc/web.md does not list the route %q", pattern)
		}
	}
}
