package when_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/internal/golden"
	"dateline/understand/when"
)

// A labelled sentence is its text and the expressions in it.
type labelled struct {
	published dateline.Date
	text      string
	want      []dateline.Timex
}

// parseLabelled reads a line such as "2024-03-05 He left [last year|2023]."
func parseLabelled(t *testing.T, line string) labelled {
	t.Helper()
	published, rest, _ := strings.Cut(line, " ")
	s := labelled{published: dateline.Date(published)}
	for {
		before, after, ok := strings.Cut(rest, "[")
		s.text += before
		if !ok {
			return s
		}
		mark, after, ok := strings.Cut(after, "]")
		parts := append(strings.Split(mark, "|"), "")
		if !ok || len(parts) < 3 {
			t.Fatalf("labelled sentence %q: bad mark %q", line, mark)
		}
		d := dateline.Timex{Value: parts[1], Mod: parts[2]}
		d.Start = len(s.text)
		s.text += parts[0]
		d.End = len(s.text)
		s.want = append(s.want, d)
		rest = after
	}
}

// score prints how many expressions of each language's section are found, and
// what differs.
func score(t *testing.T, f *golden.File, langs []string) []byte {
	t.Helper()
	var table, diffs bytes.Buffer
	fmt.Fprintf(&table, "%-4s %9s %5s %5s %6s %5s\n", "lang", "sentences", "gold", "found", "strict", "value")
	for _, lang := range langs {
		sentences, gold, pred, strict, value := 0, 0, 0, 0, 0
		for line := range strings.Lines(string(f.Section(lang))) {
			s := parseLabelled(t, strings.TrimSuffix(line, "\n"))
			got := when.Find(s.text, when.Reference{Published: s.published, Lang: lang})
			sentences, gold, pred = sentences+1, gold+len(s.want), pred+len(got)
			ok := len(got) == len(s.want)
			for _, w := range s.want {
				hit := false
				for _, g := range got {
					if g.Start == w.Start && g.End == w.End {
						strict++
						if hit = g.Value == w.Value && g.Mod == w.Mod; hit {
							value++
						}
					}
				}
				ok = ok && hit
			}
			if !ok {
				fmt.Fprintf(&diffs, "%s: %s\n", lang, s.text)
				for _, g := range got {
					fmt.Fprintf(&diffs, "    %s\n", strings.TrimSpace(g.Text+" = "+g.Value+" "+g.Mod))
				}
			}
		}
		fmt.Fprintf(&table, "%-4s %9d %5d %5d %6d %5d\n", lang, sentences, gold, pred, strict, value)
	}
	return append(table.Bytes(), diffs.Bytes()...)
}
