package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"dateline"
	"dateline/internal/text"
	"dateline/understand/token"
)

// A sentence is one sentence of a text: where it stands, and its words as hashes.
type sentence struct {
	start, end int
	words      []uint64 // hashes, sorted, those that occur twice twice
	asked      bool     // it has a word of the query
}

// A candidate is a sentence that may be printed for a day.
type candidate struct {
	article *dateline.Article
	sentence
	rule  string
	about float64 // how much its article is about the query
}

// Bounds of the words of a sentence that can stand in a timeline: fewer are a headline or
// a remnant, more are several sentences that nobody parted.
const (
	leastWords = 6
	mostWords  = 60
)

// mostCandidates bounds the sentences that are kept for a day: the middle of some
// hundred is that of all.
const mostCandidates = 500

// sentences cuts t into sentences. A line break ends one, too.
func sentences(t *token.Text) []sentence {
	var list []sentence
	for _, r := range t.Sentences {
		first := int(r.First)
		for i := first + 1; i <= int(r.End); i++ {
			if i < int(r.End) && !strings.Contains(t.Text[t.Tokens[i-1].End:t.Tokens[i].Start], "\n") {
				continue
			}
			s := sentence{start: int(t.Tokens[first].Start), end: int(t.Tokens[i-1].End)}
			for _, tok := range t.Tokens[first:i] {
				if tok.Kind != token.Mark {
					s.words = append(s.words, tok.Fold)
				}
			}
			slices.Sort(s.words)
			list = append(list, s)
			first = i
		}
	}
	return list
}

// sentenceAt returns the sentence that byte at lies in, nil if none does.
func sentenceAt(list []sentence, at int) *sentence {
	i, _ := slices.BinarySearchFunc(list, at, func(s sentence, at int) int { return s.end - at - 1 })
	if i == len(list) || list[i].start > at {
		return nil
	}
	return &list[i]
}

// count notes which words the article t has.
func (m *Maker) count(t *token.Text) {
	m.texts++
	in := make(map[uint64]bool, len(t.Tokens)/2)
	for _, tok := range t.Tokens {
		if tok.Kind != token.Mark && !in[tok.Fold] {
			in[tok.Fold] = true
			m.holding[tok.Fold]++
		}
	}
}

// add adds a sentence that tells of y. It returns false for one that stands word for
// word in another article that tells of it: a copy is no report of its own.
func (y *day) add(m *Maker, a *dateline.Article, s *sentence, rule string, about float64) bool {
	key := text.Hash(y.date + a.Text[s.start:s.end])
	if first := m.seen[key]; first != nil {
		i := slices.IndexFunc(y.candidates, func(c candidate) bool { return c.article == a && c.start == s.start })
		if i >= 0 && dayWeight[rule] > dayWeight[y.candidates[i].rule] {
			y.candidates[i].rule = rule
		}
		return first == a
	}
	m.seen[key] = a
	if len(y.candidates) < mostCandidates {
		y.candidates = append(y.candidates, candidate{a, *s, rule, about})
	}
	return true
}

// How a sentence tells of a day decides how much it weighs in the middle of what is said
// of the day, and how it fares in the choice. Set on the development topics.
var middleWeight = map[string]float64{RuleEntry: 8, RuleLooksBack: 3.5, RuleSpeaks: 1.5, RuleAhead: 0.3, RuleOpens: 1}
var choiceWeight = map[string]float64{RuleEntry: 2, RuleLooksBack: 1.3, RuleSpeaks: 1.1, RuleAhead: 0.5, RuleOpens: 1}

// askedWeight is how much a sentence with a word of the query is preferred. Set on the
// development topics, where 0.3 to 1 differ little.
const askedWeight = 1.6

// alike is the cosine from which on two sentences say much the same. Set on the
// development topics, where 0.35 to 0.7 differ little.
const alike = 0.4

// supports is the cosine from which on one sentence says in part what another does; set by eye.
const supports = 0.3

// A vector holds the weights of words, sorted by their hashes. Its length is 1, or 0.
type vector []weighted

type weighted struct {
	word   uint64
	weight float64
}

// vector weighs the words of a sentence: rare ones more, by the logarithm of the share of
// articles that have them (Spärck Jones, "A statistical interpretation of term
// specificity", 1972).
func (m *Maker) vector(words []uint64) vector {
	var v vector
	sum := 0.0
	for i := 0; i < len(words); {
		n := i + 1
		for n < len(words) && words[n] == words[i] {
			n++
		}
		w := (1 + math.Log(float64(n-i))) * (leastRarity + math.Log(float64(m.texts+1)/float64(m.holding[words[i]]+1)))
		v = append(v, weighted{words[i], w})
		sum += w * w
		i = n
	}
	for i := range v {
		v[i].weight /= math.Sqrt(sum)
	}
	return v
}

// leastRarity is the weight of a word that every article has, so that a few articles on
// one thing still are alike.
const leastRarity = 0.1

// dot returns the cosine of the angle between two vectors of length 1, by which texts are
// compared.
func dot(a, b vector) (sum float64) {
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i].word < b[k].word:
			i++
		case a[i].word > b[k].word:
			k++
		default:
			sum += a[i].weight * b[k].weight
			i++
			k++
		}
	}
	return sum
}

// tell returns the sentences that tell best of y, the best first.
func (m *Maker) tell(y *day) []Sentence {
	vectors := make([]vector, len(y.candidates))
	for i := range y.candidates {
		vectors[i] = m.vector(y.candidates[i].words)
	}
	middle := m.middle(y, vectors)
	type choice struct {
		n     int
		score float64
	}
	var choices []choice
	for i := range y.candidates {
		c := &y.candidates[i]
		if n := len(c.words); n < leastWords || n > mostWords {
			continue
		}
		score := dot(vectors[i], middle) * choiceWeight[c.rule] * (1 + c.about) / 2
		if c.asked {
			score *= askedWeight
		}
		choices = append(choices, choice{i, score})
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(b.score, a.score) })
	var list []Sentence
	var taken []vector
	for _, x := range choices {
		if len(list) == m.request.Sentences {
			break
		}
		v := vectors[x.n]
		if slices.ContainsFunc(taken, func(u vector) bool { return dot(u, v) > alike }) {
			continue
		}
		c := &y.candidates[x.n]
		start, end := trimmed(c.article.Text, c.start, c.end)
		list = append(list, Sentence{Article: c.article, Start: start, End: end, Rule: c.rule, Reports: reports(y, vectors, v)})
		taken = append(taken, v)
	}
	return list
}

// middle returns the weighted mean of what is said of y.
func (m *Maker) middle(y *day, vectors []vector) vector {
	sums := map[uint64]float64{}
	for i, v := range vectors {
		w := middleWeight[y.candidates[i].rule] * y.candidates[i].about
		for _, x := range v {
			sums[x.word] += w * x.weight
		}
	}
	mid := make(vector, 0, len(sums))
	for word, w := range sums {
		mid = append(mid, weighted{word, w})
	}
	slices.SortFunc(mid, func(a, b weighted) int { return cmp.Compare(a.word, b.word) })
	sum := 0.0
	for _, x := range mid {
		sum += x.weight * x.weight
	}
	for i := range mid {
		mid[i].weight /= math.Sqrt(cmp.Or(sum, 1))
	}
	return mid
}

// reports returns how many articles have a sentence on y that supports v.
func reports(y *day, vectors []vector, v vector) int {
	in := map[*dateline.Article]bool{}
	for i, u := range vectors {
		if dot(u, v) > supports {
			in[y.candidates[i].article] = true
		}
	}
	return len(in)
}
