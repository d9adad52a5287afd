package timeline

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"dateline"
)

// dayWeight is how much the strongest sentence of an article counts for the day that
// it names, by how it tells of it. Being published on a day counts 1. Set on the
// development topics, each at a time; a quarter more or less of any changes the days' F1
// by less than 0.01.
var dayWeight = map[string]float64{
	RuleEntry:     10,
	RuleLooksBack: 4.5,
	RuleSpeaks:    1,
	RuleAhead:     0.25,
}

// evened is the power to which the weight of all articles of one day of publication is
// raised, so that many reports of one day count less than as many of several days. Set
// on the development topics: without it the days' F1 is 0.003 lower.
const evened = 0.8

// ranked returns the days of the timeline, the one that articles make most of first.
func (m *Maker) ranked() []*day {
	days := make([]*day, 0, len(m.days))
	for _, y := range m.days {
		y.score = math.Pow(y.weight, evened)
		for _, published := range slices.Sorted(maps.Keys(y.spoken)) { // in order: a sum of fractions depends on it
			y.score += math.Pow(y.spoken[published], evened)
		}
		days = append(days, y)
	}
	slices.SortFunc(days, func(a, b *day) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.date, b.date))
	})
	return days
}

// ruleOf returns how an article published on one day tells of another.
func ruleOf(published, date string, entry bool) string {
	gap := daysBetween(date, published)
	switch {
	case gap < 0:
		return RuleAhead
	case entry && gap > 1:
		return RuleEntry
	case gap > 1:
		return RuleLooksBack
	}
	return RuleSpeaks
}

// daysBetween returns the days from one day to another.
func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}

// leastEntries is how many dates at least make a list of days.
const leastEntries = 3

// entriesOf returns the indices of those of dates that head the entries of a list of
// days: they open a line.
func entriesOf(text string, dates []dateline.Timex) map[int]bool {
	entries := map[int]bool{}
	for i := range dates {
		d := &dates[i]
		if dayOf(d) == "" || !strings.ContainsAny(d.Text, "0123456789") {
			continue
		}
		before := strings.TrimRight(text[:d.Start], " \t-–—•*")
		if before == "" || before[len(before)-1] == '\n' {
			entries[i] = true
		}
	}
	if len(entries) < leastEntries {
		return nil
	}
	return entries
}
