package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/internal/golden"
	"dateline/relate/exchange"
	"dateline/understand"
	"dateline/understand/event"
)

// An exchangeCase is an article with the exchange that it tells.
type exchangeCase struct{ from, to, on, state, text string }

// read reads the cases of a file.
func read(t *testing.T, file *golden.File) (list []exchangeCase) {
	t.Helper()
	for block := range strings.SplitSeq(string(file.Section("cases")), "\n\n") {
		head, text, ok := strings.Cut(strings.TrimSpace(block), "\n")
		actors, rest, _ := strings.Cut(head, " | ")
		on, state, _ := strings.Cut(rest, " | ")
		from, to, arrow := strings.Cut(actors, " > ")
		if !ok || !arrow || state != "open" && state != "answered" {
			t.Fatalf("no case: %q", block)
		}
		list = append(list, exchangeCase{from, to, strings.TrimPrefix(on, "-"), state, text})
	}
	return list
}

// found returns the exchanges of a text.
func found(text string) []exchange.Exchange {
	a := &dateline.Article{Published: "2022-03-15", Lang: "en", Text: text}
	var c exchange.Collector
	c.Add(a, understand.Findings(a).Events)
	return c.Exchanges()
}

// is reports how far an exchange is that of the case: its sides, and also its day and state.
func (c exchangeCase) is(x exchange.Exchange) (sides, whole bool) {
	state := "answered"
	if x.Open() {
		state = "open"
	}
	one := func(list []string, want string) bool { return len(list) == 1 && event.SameActor(list[0], want) }
	sides = one(x.From, c.from) && one(x.To, c.to)
	return sides, sides && string(x.On) == c.on && state == c.state
}

// TestGoldenScore measures how many of the cases are found, in the half that was looked at
// while the rules were made and in the other.
func TestGoldenScore(t *testing.T) {
	for _, half := range []string{"seen", "unseen"} {
		file := golden.Read(t, "testdata/"+half+".txtar")
		cases := read(t, file)
		sides, whole, others := 0, 0, 0
		var missed strings.Builder
		for _, c := range cases {
			var best struct{ sides, whole bool }
			list := found(c.text)
			for _, x := range list {
				s, w := c.is(x)
				best.sides, best.whole = best.sides || s, best.whole || w
			}
			others += len(list)
			if best.sides {
				sides++
				others--
			}
			if best.whole {
				whole++
				continue
			}
			fmt.Fprintf(&missed, "not whole: %s > %s\n", c.from, c.to)
		}
		score := fmt.Sprintf("of %d exchanges %d with both sides, %d with day and state, too; %d others\n", len(cases), sides, whole, others)
		file.Check(t, "score", []byte(score+missed.String()))
	}
}
