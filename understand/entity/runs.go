package entity

import (
	"strings"

	"dateline/understand/token"
)

// A run is a half-open range of tokens. The runs of an English text are the ranges in which
// names can stand: words with a capital, and the small words and marks between them. No
// name that the model finds extends beyond its run.
type run struct{ first, end int }

func (r run) len() int { return r.end - r.first }

var (
	// bridges are small words and marks that can stand within a name: "of", "-".
	bridges = englishWords("bridges")
	// closed are words such as "after" that are of no name, so that their capital at the start
	// of a sentence does not point to one.
	closed   = englishWords("closed")
	weekdays = englishWords("weekdays")
	// particles are small words that begin last names: "van".
	particles = englishWords("particles")
)

const (
	maxBridge = 4  // the greatest number of tokens without a capital between two with one
	maxRun    = 60 // the greatest number of tokens of a run
)

// runs appends the runs of t to list.
func runs(t *token.Text, list []run) []run {
	for i := 0; i < len(t.Tokens); i++ {
		if !capitalised(t.Tokens[i]) || idle(t, i) {
			continue
		}
		after := 0
		if len(list) > 0 {
			after = list[len(list)-1].end
		}
		r := run{runStart(t, i, after), runEnd(t, i)}
		r.end = min(r.end, r.first+maxRun)
		if r.end <= i { // maxRun cut it off before its first capital: token i stands alone, and is no name
			r.first, r.end = i, i+1
		}
		list = append(list, r)
		i = r.end - 1
	}
	return list
}

// idle reports whether the capital of token i does not point to a name, so that no run
// begins there: the token is a word such as "after" that opens a sentence or a quotation,
// or a weekday.
func idle(t *token.Text, i int) bool {
	k := t.Tokens[i]
	if k.Is(token.AllCaps) || !closed[k.Fold] {
		return weekdays[k.Fold]
	}
	return broken(t, i) || opensQuote(t, i-1)
}

// runStart returns where the run begins whose first token with a capital is i, not before
// token after: at the small words with which names begin, as in "al-Sisi", or at numbers.
func runStart(t *token.Text, i, after int) int {
	for i > after && !broken(t, i) {
		k := t.Tokens[i-1]
		hyphen := t.String(i-1) == "-" && i-1 > after && k.Is(token.Glued) && particles[t.Tokens[i-2].Fold]
		if !hyphen && !particles[k.Fold] && k.Kind != token.Number {
			break
		}
		i--
	}
	return i
}

// runEnd returns where the run of token i ends. Its last token has a capital, is a number,
// or is joined by a hyphen to such a token.
func runEnd(t *token.Text, i int) int {
	end := i + 1
	for at := end; at < len(t.Tokens) && at-end <= maxBridge && at-i < maxRun && !broken(t, at); at++ {
		k := t.Tokens[at]
		switch {
		case capitalised(k), at == end && k.Kind == token.Number, at == end+1 && tail(t, at):
			end = at + 1
		case !bridges[k.Fold]:
			return end
		}
	}
	return end
}

// broken reports whether a line or a sentence ends before token i.
func broken(t *token.Text, i int) bool {
	k := t.Tokens[i]
	if k.Is(token.Sentence) {
		return true
	}
	return !k.Is(token.Glued) && strings.IndexByte(t.Text[t.Tokens[i-1].End:k.Start], '\n') >= 0
}

// tail reports whether token i is a small word that a hyphen joins to a name:
// "Suk-yeol", but also "Moscow-based".
func tail(t *token.Text, i int) bool {
	hyphen := t.Tokens[i-1]
	return t.Text[hyphen.Start] == '-' && t.Tokens[i].Kind == token.Word && t.Tokens[i].Is(token.Glued) == hyphen.Is(token.Glued)
}
