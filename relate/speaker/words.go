package speaker

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dateline"
	"dateline/query"
)

// A Saying is what a speaker said in one wording: the statements of different
// articles, or of one, that print the same words.
type Saying struct {
	Statements []Statement // first the one with the most words and, of those, the earliest
}

// On returns the day on which it was said, and told, if one of the statements
// tells that; else the day on which the earliest was published, "" if none is known.
func (s Saying) On() (day dateline.Date, told bool) {
	var printed dateline.Date
	for _, r := range s.Statements {
		day = cmp.Or(day, r.Finding().On)
		if p := onDay(r.Article.Published); p != "" && (printed == "" || before(p, printed)) {
			printed = p
		}
	}
	return cmp.Or(day, printed), day != ""
}

// onDay is d without its time of day.
func onDay(d dateline.Date) dateline.Date {
	return cmp.Or(dateline.Date(d.Day()), d)
}

// before reports whether a begins before b.
func before(a, b dateline.Date) bool {
	x, _, _ := a.Interval()
	y, _, _ := b.Interval()
	return x.Before(y)
}

// Two statements are compared by the runs of so many words that both have.
const run = 3

// Limits of what counts as the same words: runs that both have in proportion
// to those that any has, or, of a statement that was cut, to all of its own.
const (
	nearEnough = 0.6
	cutWithin  = 0.9
	cutRuns    = 4 // so many runs at least has a statement that was cut
)

// weighty are words that no statement may have more or less of than another that
// prints the same words: negations and numbers, in the languages whose
// statements are found. Digits are such words, too.
var weighty = read("weighty")

// Sayings groups statements that print the same words, or nearly: case,
// punctuation and marks on letters do not count, a few words may differ other
// than numbers and negations, and one may be cut. The groups are ordered by day, the newest first.
func Sayings(statements []Statement) []Saying {
	var groups []*group
	byRun := map[string][]int{}   // run of words → groups whose first statement has it
	byWords := map[string][]int{} // all of the words, where they are too few to be near
	for _, r := range statements {
		g := newGroup(r)
		var at int
		if len(g.runs) == 0 {
			at = exact(byWords[g.words])
		} else {
			at = nearest(groups, byRun, g)
		}
		if at >= 0 {
			groups[at].add(r, g.size)
			continue
		}
		groups = append(groups, g)
		if len(g.runs) == 0 {
			byWords[g.words] = append(byWords[g.words], len(groups)-1)
		}
		for x := range g.runs {
			if len(byRun[x]) < maxCandidates {
				byRun[x] = append(byRun[x], len(groups)-1)
			}
		}
	}
	list := make([]Saying, len(groups))
	for i, g := range groups {
		list[i] = Saying{g.inOrder()}
	}
	slices.SortStableFunc(list, func(a, b Saying) int {
		x, _ := a.On()
		y, _ := b.On()
		switch {
		case before(y, x):
			return -1
		case before(x, y):
			return 1
		}
		return 0
	})
	return list
}

// maxCandidates bounds the groups that are compared because of one run.
const maxCandidates = 20

// A group holds the statements that print the same words. Others are compared with the
// first of them, whose runs of words it keeps.
type group struct {
	statements []Statement
	words      string
	runs       map[string]bool
	weighty    map[string]int // numbers and negations of the first statement
	size       int            // words of the longest statement
	heads      []int          // statements that came first when they were added, in order; the last of them does
}

// SameWords returns a function that tells whether a statement has the same words as r,
// whatever stands between them.
func SameWords(r Statement) func(Statement) bool {
	tokens := tokensOf(r)
	return func(other Statement) bool { return slices.Equal(tokens, tokensOf(other)) }
}

func tokensOf(r Statement) []string {
	var tokens []string
	for t := range query.Tokens(r.Said()) {
		tokens = append(tokens, t.Text)
	}
	return tokens
}

func newGroup(r Statement) *group {
	tokens := tokensOf(r)
	g := &group{statements: []Statement{r}, heads: []int{0}, words: strings.Join(tokens, " "), size: len(tokens), runs: map[string]bool{}, weighty: map[string]int{}}
	for _, t := range tokens {
		if t[0] >= '0' && t[0] <= '9' || slices.Contains(weighty, t) {
			g.weighty[t]++
		}
	}
	for i := 0; i+run <= len(tokens) && len(tokens) > run; i++ {
		g.runs[strings.Join(tokens[i:i+run], " ")] = true
	}
	return g
}

// add adds a statement that has size words.
func (g *group) add(r Statement, size int) {
	earlier := before(r.Article.Published, g.statements[g.heads[len(g.heads)-1]].Article.Published)
	g.statements = append(g.statements, r)
	if size > g.size || size == g.size && earlier {
		g.size = size
		g.heads = append(g.heads, len(g.statements)-1)
	}
}

// inOrder returns the statements, those that came first when they were added before
// the others, the last of them first.
func (g *group) inOrder() []Statement {
	list := make([]Statement, 0, len(g.statements))
	for _, k := range slices.Backward(g.heads) {
		list = append(list, g.statements[k])
	}
	next := 0
	for k, r := range g.statements {
		if next < len(g.heads) && g.heads[next] == k {
			next++
			continue
		}
		list = append(list, r)
	}
	return list
}

func exact(groups []int) int {
	if len(groups) == 0 {
		return -1
	}
	return groups[0]
}

// nearest returns the group whose words are nearest to those of g, -1 if none
// are near.
func nearest(groups []*group, byRun map[string][]int, g *group) int {
	shared := map[int]int{}
	for x := range g.runs {
		for _, i := range byRun[x] {
			shared[i]++
		}
	}
	best, most := -1, 0.0
	for i, n := range shared {
		all := len(g.runs) + len(groups[i].runs) - n
		least := min(len(g.runs), len(groups[i].runs))
		near := float64(n) / float64(all)
		within := float64(n) / float64(least)
		if near < nearEnough && (least < cutRuns || within < cutWithin) || !agree(g, groups[i]) {
			continue
		}
		if within > most || within == most && i < best {
			best, most = i, within
		}
	}
	return best
}

// agree reports whether the shorter of two statements has no number and no
// negation that the longer one has not and, if they are about as long, the
// other way round.
func agree(a, b *group) bool {
	if len(a.runs) > len(b.runs) {
		a, b = b, a
	}
	if float64(len(a.runs)) >= nearEnough*float64(len(b.runs)) {
		return maps.Equal(a.weighty, b.weighty)
	}
	for t, n := range a.weighty {
		if b.weighty[t] < n {
			return false
		}
	}
	return true
}
