package entity_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dateline/internal/golden"
)

type span struct {
	start, end int
	kind       string
}

// parseLabelled reads a line such as "He met [Ana Duarte|person]."
func parseLabelled(t *testing.T, line string) (text string, gold []span) {
	t.Helper()
	for {
		before, after, ok := strings.Cut(line, "[")
		text += before
		if !ok {
			return text, gold
		}
		mark, rest, ok := strings.Cut(after, "]")
		name, kind, ok2 := strings.Cut(mark, "|")
		if !ok || !ok2 {
			t.Fatalf("labelled sentence %q: bad mark %q", line, mark)
		}
		gold = append(gold, span{len(text), len(text) + len(name), kind})
		text += name
		line = rest
	}
}

func TestGoldenScore(t *testing.T) {
	f := golden.Read(t, "testdata/score.txt")
	var diffs bytes.Buffer
	marked, found, both := map[string]int{}, map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(f.Section("texts"))) {
		text, gold := parseLabelled(t, strings.TrimSuffix(line, "\n"))
		isGold := map[span]bool{}
		for _, g := range gold {
			isGold[g] = true
			marked[g.kind]++
		}
		for _, m := range find(text, "en").Mentions {
			s := span{m.Start, m.End, m.Kind}
			found[m.Kind]++
			if isGold[s] {
				both[m.Kind]++
				delete(isGold, s)
				continue
			}
			fmt.Fprintf(&diffs, "not marked: %s %s\n", m.Kind, m.Text)
		}
		for _, g := range gold {
			if isGold[g] {
				fmt.Fprintf(&diffs, "not found: %s %s\n", g.kind, text[g.start:g.end])
			}
		}
	}
	var table bytes.Buffer
	for _, k := range []string{"person", "org", "place"} {
		fmt.Fprintf(&table, "%-6s marked %2d, found %2d, both %2d\n", k, marked[k], found[k], both[k])
	}
	f.Check(t, "score", append(table.Bytes(), diffs.Bytes()...))
}
