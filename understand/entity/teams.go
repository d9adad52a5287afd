package entity

import (
	"cmp"
	"slices"

	"dateline/understand/token"
)

var (
	// sportWords are words of reports of matches.
	sportWords = englishWords("sport-words")
	// plays are what clubs do, with a club before it.
	plays = englishWords("plays")
	// opponents stand before a club.
	opponents = englishWords("opponents")
	// ofClubs stand behind a club.
	ofClubs = englishWords("of-clubs")
	// whither stand before a place that is no club there.
	whither = englishWords("whither")
	// towards stand between a verb of losing and the club that won: "lost to Lyon".
	towards = englishWords("towards")
	losses  = englishWords("losses")
	lister  = englishWords("lister")
	// countryWords are countries by names that the lists do not have.
	countryWords = englishWords("country-words")
)

// A text is a report of sports that has so many words of sports, or fewer and a
// result, and one in so many words.
const (
	minSport       = 4
	minResultSport = 2
	sportEvery     = 40
)

// sporting reports whether d is a report of sports.
func (d *document) sporting() bool {
	n := 0
	for _, k := range d.t.Tokens {
		if sportWords[k.Fold] {
			n++
		}
	}
	return n*sportEvery >= len(d.t.Tokens) && (n >= minSport || n >= minResultSport && d.result())
}

// result reports whether d has the result of a match, "3-1", in a sentence with a verb of
// matches.
func (d *document) result() bool {
	t := d.t
	for _, s := range t.Sentences {
		verb, score := false, false
		for i := int(s.First); i < int(s.End); i++ {
			verb = verb || plays[d.fold(i)]
			score = score || i+2 < int(s.End) && d.digits(i) && (t.String(i+1) == "-" || t.String(i+1) == "–") && t.Tokens[i+1].Is(token.Glued) && d.digits(i+2) && t.Tokens[i+2].Is(token.Glued)
		}
		if verb && score {
			return true
		}
	}
	return false
}

// digits reports whether token i is a number of as few digits as points have.
func (d *document) digits(i int) bool {
	k := d.t.Tokens[i]
	return k.Kind == token.Number && k.End-k.Start <= maxPoints
}

// teams labels as organisations the towns and counties that a report of sports
// names as clubs: "Boston beat Chicago", "Leeds striker", and from then on all
// but where something is "in Boston". Countries stay places.
func (d *document) teams() {
	if !d.sporting() {
		return
	}
	full := map[uint64]bool{} // last names of people
	for _, n := range d.names() {
		if n.kind == person && n.end > n.first+1 {
			full[d.fold(n.end-1)] = true
		}
	}
	clubs := map[uint64]bool{}
	for _, playing := range []bool{true, false} {
		last := -1
		for _, n := range d.towns(full) {
			r := run{n.first, n.end}
			key := d.joined(r)
			listed := last == r.first-1 && lister[d.beside(last, r.first)] // "rivals Essex, Derby and Kent"
			if playing && !d.plays(r) && !listed || !playing && (!clubs[key] || whither[d.beside(r.first-1, r.first)]) {
				continue
			}
			clubs[key] = true
			last = r.end
			setLabels(d.labels[r.first:r.end], org)
		}
	}
}

// towns returns the places of d that are no countries, together with the listed
// ones that the labels leave out or take for people, but not the last names in
// full.
func (d *document) towns(full map[uint64]bool) (list []name) {
	add := func(n name) {
		if d.lists[n.first]&(isCountry|inCountry) == 0 && !countryWords[d.fold(n.end-1)] {
			list = append(list, n)
		}
	}
	for _, n := range d.names() {
		if n.kind == place {
			add(n)
		}
	}
	for i, l := range d.labels {
		listed := d.lists[i]&(isCity|isBigCity|isRegion|isBody) != 0
		if (l == 0 || l == single(other) || l == single(person)) && listed && d.form[i] != 0 && d.alone(i) && !full[d.fold(i)] && d.words[d.fold(i)].small == 0 {
			add(name{i, i + 1, place})
		} else if l == 0 && d.form[i] == capital && d.usual(i) == 0 && d.alone(i) && d.words[d.fold(i)].small == 0 && d.plays(run{i, i + 1}) { // a word that no list and no other text has
			add(name{i, i + 1, place})
		}
	}
	slices.SortFunc(list, func(a, b name) int { return cmp.Compare(a.first, b.first) })
	return list
}

// plays reports whether the place named in r plays.
func (d *document) plays(r run) bool {
	before, after := d.beside(r.first-1, r.first), d.beside(r.end, r.end)
	switch {
	case d.points(r.end) && (before == 0 || r.first > 0 && d.points(r.first-1)): // "Boston 5 Chicago 3"
		return true
	case ofClubs[after], plays[after] && !whither[before]:
		return true
	}
	return opponents[before] || towards[before] && d.lostBefore(r.first-2)
}

// lostBefore reports whether somebody lost in the few words up to token i: “lost 2-0 at home to”.
func (d *document) lostBefore(i int) bool {
	const farthest = 7
	for k := i; k >= 0 && i-k < farthest && !broken(d.t, k+1); k-- {
		if losses[d.fold(k)] {
			return true
		}
	}
	return false
}

// beside returns the word at token i, 0 if there is none or a line or sentence
// ends before token edge.
func (d *document) beside(i, edge int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) || broken(d.t, edge) {
		return 0
	}
	return d.fold(i)
}

// maxPoints is the number of digits that points or goals of a match have at most;
// numbers with more are years and crowds.
const maxPoints = 3

// points reports whether token i is a number of points or goals.
func (d *document) points(i int) bool {
	if i >= len(d.t.Tokens) || broken(d.t, i) {
		return false
	}
	k := d.t.Tokens[i]
	return k.Kind == token.Number && k.End-k.Start <= maxPoints && (i+1 == len(d.t.Tokens) || d.t.String(i+1) != "-")
}
