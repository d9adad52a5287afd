package speaker

import (
	"slices"

	"dateline"
	"dateline/query"
)

// A Speaker is one person or body, with the statements of it that articles report,
// in the order in which [Join] was given them.
type Speaker struct {
	Statements []Statement // at least one

	roles []string
}

// Names returns the names that articles have for s, the most frequent first.
func (s Speaker) Names() []string {
	return frequent(s.Statements, func(r Statement) []string { return []string{r.Name()} })
}

// Roles returns what articles say that s is, the most frequent first; nothing of a
// speaker that Join has not made.
func (s Speaker) Roles() []string { return s.roles }

// frequent returns the different values of the statements, the most frequent
// first, each as it is mostly written.
func frequent(statements []Statement, values func(Statement) []string) []string {
	n := map[string]int{}       // by folded value
	spelled := map[string]int{} // by value
	best := map[string]string{} // folded → value
	var folds []string
	for _, r := range statements {
		for _, v := range values(r) {
			fold := query.Fold(v)
			if fold == "" {
				continue
			}
			if n[fold]++; n[fold] == 1 {
				folds = append(folds, fold)
			}
			if spelled[v]++; spelled[v] > spelled[best[fold]] {
				best[fold] = v
			}
		}
	}
	slices.SortStableFunc(folds, func(a, b string) int { return n[b] - n[a] })
	for i, fold := range folds {
		folds[i] = best[fold]
	}
	return folds
}

// Join groups statements by speaker, in the order of their first ones. Those
// of one article that bear one name are one speaker; across articles they are
// if the name is a full one, the same in both, and a role, somebody or some
// body else that is named, or a tag agrees. Decisions come before all that.
func Join(statements []Statement, decisions []dateline.Decision) []Speaker {
	j := newJoiner(statements, decisions)
	j.decide(decisions)
	times := map[string]int{} // how often a name occurs
	for _, o := range j.list {
		times[o.key]++
	}
	var c facts
	for _, features := range []func(occurrence) []string{c.rolesOf, c.others, occurrence.tags} {
		have := map[string][]int{} // name and feature → occurrences that have it and are kept apart
		for i, o := range j.list {
			if !o.full || times[o.key] < 2 {
				continue
			}
			for _, f := range features(o) {
				f = o.key + "\n" + f
				joined := slices.ContainsFunc(have[f], func(k int) bool { return j.join(k, i, 0) })
				if !joined && len(have[f]) < maxApart {
					have[f] = append(have[f], i)
				}
			}
		}
	}
	return j.speakers()
}

// maxApart bounds the speakers of one name that a feature is compared with.
const maxApart = 50

// An occurrence is a speaker of one article, under the name by which that article knows
// it.
type occurrence struct {
	key        string
	full       bool // a name that can be joined across articles
	article    dateline.ArticleID
	statements []Statement
}

// maxFeatures bounds the roles, tags and other names of one article that are compared with
// those of others.
const maxFeatures = 100

func (o occurrence) tags() []string {
	tags := o.statements[0].Article.Tags
	var list []string
	for _, t := range tags[:min(len(tags), maxFeatures)] {
		if t = query.Fold(t); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// A joiner unites occurrences unless a decision keeps them apart.
type joiner struct {
	list  []occurrence
	up    []int // to another occurrence of the same speaker; to itself at the top
	apart []apart
	sides []map[int]uint8 // of the speaker at the top: in which decisions it is A (1), B (2) or both
}

// apart is a decision that two speakers differ; the more articles it names,
// the more it weighs.
type apart struct {
	decision dateline.Decision
	weight   int
}

func newJoiner(statements []Statement, decisions []dateline.Decision) *joiner {
	j := &joiner{}
	at := map[string]int{}
	for _, r := range statements {
		o := occurrence{key: Key(r.Name()), full: full(r.Finding().Who), article: r.Article.ID}
		id := o.key + "\n" + string(o.article)
		i, ok := at[id]
		if !ok {
			i = len(j.list)
			at[id] = i
			j.list = append(j.list, o)
			j.up = append(j.up, i)
		}
		j.list[i].statements = append(j.list[i].statements, r)
	}
	for _, d := range decisions {
		if d.Verdict == dateline.Differ {
			j.apart = append(j.apart, apart{d, weight(d)})
		}
	}
	j.sides = make([]map[int]uint8, len(j.list))
	for i, o := range j.list {
		for k, a := range j.apart {
			var side uint8
			if o.is(a.decision.A) {
				side |= 1
			}
			if o.is(a.decision.B) {
				side |= 2
			}
			if side != 0 {
				if j.sides[i] == nil {
					j.sides[i] = map[int]uint8{}
				}
				j.sides[i][k] = side
			}
		}
	}
	return j
}

func weight(d dateline.Decision) int {
	n := 0
	for _, r := range []dateline.SpeakerRef{d.A, d.B} {
		if r.Article != "" {
			n++
		}
	}
	return n
}

// is reports whether a decision of a user that names a speaker by ref means o.
func (o occurrence) is(ref dateline.SpeakerRef) bool {
	return o.key == Key(ref.Name) && (ref.Article == "" || ref.Article == o.article)
}

// decide joins what users say is the same, the more exact decisions first.
func (j *joiner) decide(decisions []dateline.Decision) {
	for w := 2; w >= 0; w-- {
		for _, d := range decisions {
			if d.Verdict != dateline.Same || weight(d) != w {
				continue
			}
			var apart []int
			for i, o := range j.list {
				if !o.is(d.A) && !o.is(d.B) {
					continue
				}
				joined := slices.ContainsFunc(apart, func(k int) bool { return j.join(k, i, w) })
				if !joined && len(apart) < maxApart {
					apart = append(apart, i)
				}
			}
		}
	}
}

// join makes one speaker of two, unless a decision of at least the given
// weight keeps them apart; it reports whether they are one now.
func (j *joiner) join(a, b, least int) bool {
	a, b = j.top(a), j.top(b)
	if a == b {
		return true
	}
	for k, side := range j.sides[a] {
		if other := j.sides[b][k]; j.apart[k].weight >= least && (side&1 != 0 && other&2 != 0 || side&2 != 0 && other&1 != 0) {
			return false
		}
	}
	if b < a {
		a, b = b, a
	}
	j.up[b] = a
	for k, side := range j.sides[b] {
		if j.sides[a] == nil {
			j.sides[a] = map[int]uint8{}
		}
		j.sides[a][k] |= side
	}
	return true
}

// top returns the occurrence that stands for all those that were joined with occurrence i.
func (j *joiner) top(i int) int {
	for j.up[i] != i {
		j.up[i] = j.up[j.up[i]]
		i = j.up[i]
	}
	return i
}

func (j *joiner) speakers() []Speaker {
	at := map[int]int{}
	var list []Speaker
	for i, o := range j.list {
		top := j.top(i)
		k, ok := at[top]
		if !ok {
			k = len(list)
			at[top] = k
			list = append(list, Speaker{})
		}
		list[k].Statements = append(list[k].Statements, o.statements...)
	}
	known := map[*dateline.Findings]*facts{} // of each article, however many speak in it
	for k := range list {
		list[k].roles = frequent(list[k].Statements, func(r Statement) []string {
			c := known[r.Findings]
			if c == nil {
				c = &facts{}
				known[r.Findings] = c
			}
			return c.roles(r)
		})
	}
	return list
}
