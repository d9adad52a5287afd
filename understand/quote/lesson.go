package quote

import (
	"slices"

	"dateline"
	"dateline/understand/token"
)

// A lesson is a labelled text, cut.
type lesson struct {
	text     token.Text
	gold     []uint8
	golds    []goldStatement
	owner    []int32   // of each token: the statement whose content or cue it is, -1 if none
	tags     []uint8   // by a second model that has not seen the text
	probable []float32 // how probable they are
}

// A goldStatement is a statement as the tokens of its parts, without marks.
type goldStatement struct{ content, cue, speaker []int32 }

// prepare cuts the text and turns its statements into labels. Where parts
// overlap, a cue or speaker interrupts a content.
func (l *lesson) prepare(g Labelled, lang string) {
	l.text.Read(g.Text, lang)
	l.gold = make([]uint8, len(l.text.Tokens))
	l.owner = make([]int32, len(l.text.Tokens))
	for i := range l.owner {
		l.owner[i] = -1
	}
	for n, s := range g.Statements {
		l.mark(s.Content, beginContent, n)
	}
	for n, s := range g.Statements {
		l.mark(s.Speaker, beginSpeaker, -1)
		l.mark(s.Cue, beginCue, n)
		l.golds = append(l.golds, goldStatement{l.wordsIn(s.Content), l.wordsIn(s.Cue), l.wordsIn(s.Speaker)})
	}
	for i, b := range l.gold { // what was interrupted begins again
		if b != none && b%2 == 0 && (i == 0 || l.gold[i-1] != b && l.gold[i-1] != b-1) {
			l.gold[i]--
		}
	}
}

// mark labels the words of spans as parts that begin with label b, of
// statement n. Marks at the edges stay outside.
func (l *lesson) mark(spans []dateline.Span, b uint8, n int) {
	for _, s := range spans {
		first, end := l.tokens(s)
		for i := first; i < end; i++ {
			l.gold[i] = b + 1
			if i == first {
				l.gold[i] = b
			}
			if b == beginContent || b == beginCue && (l.owner[i] < 0 || i == first) {
				l.owner[i] = int32(n)
			}
		}
	}
}

// tokens returns the tokens that a span touches, without marks at its edges
// unless there is nothing else.
func (l *lesson) tokens(s dateline.Span) (first, end int) {
	toks := l.text.Tokens
	for first < len(toks) && int(toks[first].End) <= s.Start {
		first++
	}
	end = first
	for end < len(toks) && int(toks[end].Start) < s.End {
		end++
	}
	a, b := first, end
	for a < b && toks[a].Kind == token.Mark {
		a++
	}
	for a < b && toks[b-1].Kind == token.Mark {
		b--
	}
	if a < b {
		return a, b
	}
	return first, end
}

// owned returns the statement of the first word at token i or further on by step.
func (l *lesson) owned(i int32, step int32) int32 {
	for i >= 0 && int(i) < len(l.owner) && l.text.Tokens[i].Kind == token.Mark {
		i += step
	}
	if i < 0 || int(i) >= len(l.owner) {
		return -1
	}
	return l.owner[i]
}

// statement returns the true statement that most tokens of c belong to, or -1.
func (l *lesson) statement(c *chunk) int32 {
	best, n := int32(-1), map[int32]int{}
	for _, o := range l.owner[c.first:c.end] {
		if n[o]++; o >= 0 && (best < 0 || n[o] > n[best]) {
			best = o
		}
	}
	return best
}

// overlapping returns the first chunk of list that holds one of the tokens, or -1.
func overlapping(list []chunk, tokens []int32) int {
	for _, i := range tokens {
		k, _ := slices.BinarySearchFunc(list, i, func(c chunk, i int32) int { return int(c.end - 1 - i) })
		if k < len(list) && list[k].first <= i {
			return k
		}
	}
	return -1
}

// wordsIn returns the tokens in spans that are no marks.
func (l *lesson) wordsIn(spans []dateline.Span) (at []int32) {
	for _, sp := range spans {
		first, end := l.tokens(sp)
		for i := first; i < end; i++ {
			if l.text.Tokens[i].Kind != token.Mark {
				at = append(at, int32(i))
			}
		}
	}
	slices.Sort(at)
	return at
}

// like reports whether two statements say the same by the same speaker.
func (a goldStatement) like(b goldStatement) bool {
	both := shared(a.content, b.content)
	if 2*both < len(a.content)+len(b.content)-both {
		return false
	}
	if len(a.speaker) == 0 || len(b.speaker) == 0 {
		return len(a.speaker) == len(b.speaker)
	}
	return 2*shared(a.speaker, b.speaker) >= min(len(a.speaker), len(b.speaker))
}

// shared counts what is in both of two sorted lists.
func shared(a, b []int32) (n int) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}
