package quote_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/internal/golden"
	"dateline/understand/quote"
	"dateline/understand/token"
)

var part = regexp.MustCompile(`\{([qcs])(\d+) ([^}]*)\}`)

// labelled returns the text without its labels, and the statements they tell.
func labelled(marked string) (text string, want []dateline.Statement) {
	var b strings.Builder
	for {
		m := part.FindStringSubmatchIndex(marked)
		if m == nil {
			b.WriteString(marked)
			return b.String(), want
		}
		b.WriteString(marked[:m[0]])
		var n int
		fmt.Sscan(marked[m[4]:m[5]], &n)
		for len(want) < n {
			want = append(want, dateline.Statement{})
		}
		s := &want[n-1]
		sp := dateline.Span{Start: b.Len(), End: b.Len() + m[7] - m[6]}
		switch marked[m[2]] {
		case 'q':
			s.Content = append(s.Content, sp)
		case 'c':
			s.Cue = append(s.Cue, sp)
		case 's':
			s.Speaker = append(s.Speaker, sp)
		}
		b.WriteString(marked[m[6]:m[7]])
		marked = marked[m[1]:]
	}
}

// wordsIn returns the starts of the words that spans cover.
func wordsIn(text *token.Text, spans []dateline.Span) (at []int) {
	for _, tok := range text.Tokens {
		for _, sp := range spans {
			if tok.Kind != token.Mark && int(tok.Start) >= sp.Start && int(tok.End) <= sp.End {
				at = append(at, int(tok.Start))
			}
		}
	}
	return at
}

// scored are the files of labelled texts, by language. Those whose names end in "held" were not looked
// at while the rules for these languages were written.
var scored = []string{"en", "de", "es", "es-held", "pt", "pt-held", "fr", "fr-held", "it", "it-held", "nl", "nl-held", "sv", "sv-held",
	"ru", "ru-held", "uk", "uk-held", "pl", "pl-held", "cs", "cs-held", "tr", "tr-held", "ar", "ar-held", "zh", "zh-held", "ja", "ja-held"}

// TestGoldenScore measures what is found in texts labelled by hand. A change of
// quality is a line in the diff of testdata.
func TestGoldenScore(t *testing.T) {
	for _, name := range scored {
		lang, _, _ := strings.Cut(name, "-")
		file := golden.Read(t, "testdata/"+name+".txtar")
		var n struct{ gold, predicted, found, content, cue, speaker int }
		var differ bytes.Buffer
		for marked := range strings.SplitSeq(string(file.Section("texts")), "------\n") {
			text, want := labelled(marked)
			var cut token.Text
			cut.Read(text, lang)
			got := quote.Find(&cut, lang)
			n.gold += len(want)
			n.predicted += len(got)
			for _, w := range want {
				words := wordsIn(&cut, w.Content)
				i := slices.IndexFunc(got, func(s quote.Statement) bool { return overlap(words, wordsIn(&cut, s.Content)) })
				if i < 0 {
					fmt.Fprintf(&differ, "missed: %s\n", text[w.Content[0].Start:w.Content[0].End])
					continue
				}
				s := got[i]
				n.found++
				count(&n.content, slices.Equal(words, wordsIn(&cut, s.Content)))
				count(&n.cue, slices.Equal(wordsIn(&cut, w.Cue), wordsIn(&cut, s.Cue)))
				right := slices.Equal(wordsIn(&cut, w.Speaker), wordsIn(&cut, s.Speaker))
				count(&n.speaker, right)
				if !right {
					fmt.Fprintf(&differ, "other speaker: %s\n", text[w.Content[0].Start:w.Content[0].End])
				}
			}
		}
		score := fmt.Sprintf("statements %d, predicted %d, found %d; of these the same content %d, cue %d, speaker %d\n",
			n.gold, n.predicted, n.found, n.content, n.cue, n.speaker)
		file.Check(t, "score", append([]byte(score), differ.Bytes()...))
	}
}

// TestGoldenPlain counts the sentences without any speech that give a statement.
func TestGoldenPlain(t *testing.T) {
	file := golden.Read(t, "testdata/plain.txtar")
	sentences, wrong := 0, 0
	var found bytes.Buffer
	for line := range strings.Lines(string(file.Section("texts"))) {
		var cut token.Text
		cut.Read(strings.TrimSpace(line), "en")
		sentences++
		if got := quote.Find(&cut, "en"); len(got) > 0 {
			wrong++
			fmt.Fprintf(&found, "%.2f: %s", got[0].Confidence, line)
		}
	}
	file.Check(t, "score", append(fmt.Appendf(nil, "sentences %d, with a statement %d\n", sentences, wrong), found.Bytes()...))
}

// TestGoldenReliability tells how many of the statements found are right, content and speaker, by
// how sure of them the program is and by their kind; all that is found in plain
// sentences is wrong.
func TestGoldenReliability(t *testing.T) {
	file := golden.Read(t, "testdata/en.txtar")
	type cell struct{ right, all int }
	from := []float64{0, 0.5, 0.82}
	cells := map[string][]cell{}
	add := func(s *quote.Statement, right bool) {
		if cells[s.Kind] == nil {
			cells[s.Kind] = make([]cell, len(from))
		}
		i := len(from) - 1
		for s.Confidence < from[i] {
			i--
		}
		cells[s.Kind][i].all++
		count(&cells[s.Kind][i].right, right)
	}
	for marked := range strings.SplitSeq(string(file.Section("texts")), "------\n") {
		text, want := labelled(marked)
		var cut token.Text
		cut.Read(text, "en")
		for _, s := range quote.Find(&cut, "en") {
			add(&s, slices.ContainsFunc(want, func(w dateline.Statement) bool {
				return overlap(wordsIn(&cut, w.Content), wordsIn(&cut, s.Content)) && slices.Equal(wordsIn(&cut, w.Speaker), wordsIn(&cut, s.Speaker))
			}))
		}
	}
	for line := range strings.Lines(string(golden.Read(t, "testdata/plain.txtar").Section("texts"))) {
		var cut token.Text
		cut.Read(strings.TrimSpace(line), "en")
		for _, s := range quote.Find(&cut, "en") {
			add(&s, false)
		}
	}
	var b bytes.Buffer
	for _, kind := range []string{"direct", "mixed", "indirect"} {
		for i, c := range cells[kind] {
			fmt.Fprintf(&b, "%s, from %.2f: %d of %d right\n", kind, from[i], c.right, c.all)
		}
	}
	file.Check(t, "reliability", b.Bytes())
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// overlap reports whether two sorted lists share half of what is in either.
func overlap(a, b []int) bool {
	both := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			both++
		}
	}
	return both > 0 && 2*both >= len(a)+len(b)-both
}
