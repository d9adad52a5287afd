package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/extract"
	"dateline/internal/golden"
)

// TestSkipGolden measures how well articles are told from what is none, on
// pages written for it: precision and recall of each reason, and the errors.
func TestSkipGolden(t *testing.T) {
	f := golden.Read(t, "testdata/skip.txtar")
	type count struct{ right, given, wanted int }
	counts := map[string]*count{}
	var errs strings.Builder
	for line := range strings.Lines(string(f.Section("index"))) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		name, address, want := row[0], row[1], row[2]
		page := f.Section(name + ".html")
		if page == nil {
			t.Fatalf("no page %q", name)
		}
		got := extract.Article(page, address).Skip
		if got == "" {
			got = "article"
		}
		for _, k := range []string{got, want} {
			if counts[k] == nil {
				counts[k] = &count{}
			}
		}
		counts[got].given++
		counts[want].wanted++
		if got == want {
			counts[got].right++
		} else {
			fmt.Fprintf(&errs, "%s: %s, want %s\n", name, got, want)
		}
	}
	var b strings.Builder
	for _, k := range []string{"article", "section front", "not found page", "login wall", "no text", "bot challenge", "consent wall", "error page"} {
		c := counts[k]
		fmt.Fprintf(&b, "%-14s  precision %.3f of %d  recall %.3f of %d\n", k, float64(c.right)/float64(max(1, c.given)), c.given, float64(c.right)/float64(max(1, c.wanted)), c.wanted)
	}
	b.WriteString(errs.String())
	f.Check(t, "score", []byte(b.String()))
}
