package entity

import (
	"cmp"
	"slices"

	"dateline/understand/token"
)

var (
	// sportWords are words that are frequent in reports on matches.
	sportWords = englishWords("sport-words")
	// plays are verbs for what clubs do; the club stands before them.
	plays = englishWords("plays")
	// opponents are words that stand before a club.
	opponents = englishWords("opponents")
	// ofClubs are words that stand behind a club.
	ofClubs = englishWords("of-clubs")
	// whither are prepositions of place: a town behind one is no club.
	whither = englishWords("whither")
	// towards stand between a verb of losing and the club that won: "lost to Lyon".
	towards = englishWords("towards")
	losses  = englishWords("losses") // words for a defeat
	lister  = englishWords("lister") // what stands between the items of a list: a comma, "and"
	// countryWords are names of countries that the lists do not have.
	countryWords = englishWords("country-words")
)

// A text counts as a report on sports if at least one in sportEvery of its tokens is in
// sportWords, and these are at least minSport, or minResultSport if the text has the
// result of a match.
const (
	minSport       = 4
	minResultSport = 1
	sportEvery     = 40
)

// sporting reports whether d is a report on sports.
func (d *document) sporting() bool {
	n := 0
	for _, k := range d.t.Tokens {
		if sportWords[k.Fold] {
			n++
		}
	}
	return n*sportEvery >= len(d.t.Tokens) && (n >= minSport || n >= minResultSport && d.result())
}

// result reports whether d has the result of a match, "3-1", in a sentence with a verb for
// what clubs do.
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

// digits reports whether token i is a number with at most maxPoints digits.
func (d *document) digits(i int) bool {
	k := d.t.Tokens[i]
	return k.Kind == token.Number && k.End-k.Start <= maxPoints
}

// teams labels as organisations the towns and counties that stand for their clubs in a
// report on sports: "Boston beat Chicago", "Leeds striker". Such a name is then labelled so
// everywhere in the text but behind a preposition of place, as in "in Boston". Countries
// stay places.
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

// towns returns what could stand for a club in d: the places that are no countries, listed
// ones that are labelled as no name, as a person or as of kind other, unless full has them,
// the last names of people; and unknown words with a capital that play.
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
		} else if (l == 0 || l == single(person) && !full[d.fold(i)] && d.hasPlayers(i+1)) && d.form[i] == capital && d.usual(i) == 0 && d.alone(i) && d.words[d.fold(i)].small == 0 && d.plays(run{i, i + 1}) { // a word that no list and no other text has
			add(name{i, i + 1, place})
		}
	}
	slices.SortFunc(list, func(a, b name) int { return cmp.Compare(a.first, b.first) })
	return list
}

// plays reports whether the words beside the place named in r show that it stands for a
// club.
func (d *document) plays(r run) bool {
	before, after := d.beside(r.first-1, r.first), d.beside(r.end, r.end)
	switch {
	case d.points(r.end) && (before == 0 || r.first > 0 && d.points(r.first-1)): // "Boston 5 Chicago 3"
		return true
	case ofClubs[after], plays[after] && !whither[before]:
		return true
	case d.hasPlayers(r.end): // "Leeds’s goalkeeper"
		return true
	}
	return opponents[before] || towards[before] && d.lostBefore(r.first-2)
}

// hasPlayers reports whether token i makes the word before it one that has players: "’s captain".
func (d *document) hasPlayers(i int) bool {
	return d.beside(i, i) != 0 && possessives[d.t.String(i)] && ofClubs[d.beside(i+1, i+1)]
}

// lostBefore reports whether one of the seven tokens up to token i is a word for a defeat:
// “lost 2-0 at home to”.
func (d *document) lostBefore(i int) bool {
	const farthest = 7
	for k := i; k >= 0 && i-k < farthest && !broken(d.t, k+1); k-- {
		if losses[d.fold(k)] {
			return true
		}
	}
	return false
}

// beside returns the hash of the word at token i; 0 if there is no such token, or if a line
// or sentence ends right before the token edge.
func (d *document) beside(i, edge int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) || broken(d.t, edge) {
		return 0
	}
	return d.fold(i)
}

// maxPoints is the greatest number of digits of the points or goals of a match. Numbers
// with more digits are years, or count spectators.
const maxPoints = 3

// points reports whether token i can be a number of points or goals.
func (d *document) points(i int) bool {
	if i >= len(d.t.Tokens) || broken(d.t, i) {
		return false
	}
	k := d.t.Tokens[i]
	return k.Kind == token.Number && k.End-k.Start <= maxPoints && (i+1 == len(d.t.Tokens) || d.t.String(i+1) != "-")
}
