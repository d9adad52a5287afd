package web_test

import (
	"strings"
	"testing"
)

// TestDiffPage shows the words that changed from one version of the sample to
// the next, on a page of its own and in the list of changes.
func TestDiffPage(t *testing.T) {
	m := sample()
	a := m.versions[1]
	page := get(t, m, "/article/"+string(a.ID)+"/v/"+string(a.Capture)+"/diff")
	for _, want := range []string{"<del>", "<ins>", `<p class="kicker" lang="en">headline</p>`, "version/compared"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page of the change does not hold %q:\n%s", want, page.body)
		}
	}
	list := get(t, m, "/changes?q=")
	link := "/article/" + string(a.ID) + "/v/" + string(a.Capture) + "/diff?from=" + string(m.versions[0].Capture)
	if !strings.Contains(list.body, link) {
		t.Errorf("the list of changes has no link to %s:\n%s", link, list.body)
	}
	if res := get(t, m, "/article/"+string(a.ID)+"/v/cnothere/diff"); res.StatusCode != 404 {
		t.Errorf("the change to a capture that is not there: %s, want 404", res.Status)
	}
}
