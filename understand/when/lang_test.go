package when

import "testing"

// TestLanguages compiles the words and rules of every language.
func TestLanguages(t *testing.T) {
	for name := range languages {
		l, err := compile(name)
		if err != nil {
			t.Errorf("compile(%q): %v", name, err)
			continue
		}
		t.Logf("%s: %d words, %d nodes", name, len(l.words), len(l.rules.nodes))
	}
}
