package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// The page of a person tells its role, its statements, its articles and what it does; names
// in an article lead there.
func TestThing(t *testing.T) {
	m := sample()
	res := get(t, m, "/person/Ilse%20Marten")
	says := text(res.tree(t))
	for _, want := range []string{"Person", "Ilse Marten", "director", "article", "statement", "Newest articles", "Who does what"} {
		if res.StatusCode != http.StatusOK || !strings.Contains(says, want) {
			t.Errorf("%s: the page does not say %q:\n%s", res.Status, want, says)
		}
	}
	if !strings.Contains(res.body, `href="/speaker/ilse-marten"`) {
		t.Error("the page does not lead to what she says")
	}
	if page := get(t, m, "/article/"+string(m.versions[1].ID)); !strings.Contains(page.body, `href="/person/Ilse%20Marten"`) {
		t.Error("the article does not lead to the page of the person")
	}
	for _, address := range []string{"/person/Nobody", "/place/Ilse%20Marten", "/org/%E2%80%A6", "/person/Nobody.json"} {
		if res := get(t, m, address); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s, want 404", address, res.Status)
		}
	}
}
