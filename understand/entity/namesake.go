package entity

import "dateline/understand/token"

// The rules of this file correct labels where a name has two meanings: storms and ships are
// called like people, companies by common words (“Target”), people like places (“Kate
// Washington”), and a common word can be a last name, too (“Price rises”).

var (
	// stormWords stand before the name of a storm and belong to it.
	stormWords = englishWords("storm")
	// pluralStorms are those before several names.
	pluralStorms = englishWords("storms")
	// vesselWords stand before the name of a ship.
	vesselWords = englishWords("vessel")
	// degrees stand behind a person's name and a comma: "M.D.".
	degrees = englishWords("degree")
	// wordFirms are companies called by a word that means something else, too.
	wordFirms = englishWords("word-firm")
	// firmActs are what companies do, behind the name of one.
	firmActs = englishWords("firm-acts")
	// ofFirms are what companies have: “Meta’s shares”, “Target stores”.
	ofFirms = englishWords("of-firms")
	// notFirms are words before which the name of a company means something else: "Amazon basin".
	notFirms = englishWords("not-firms")
	// wordNames are last names that are common words.
	wordNames = englishWords("word-name")
)

// nicknamed labels as one name of a person a first name, a nickname between marks and a last name: “Robert
// “Bobby” Kane”, “Edward (Ted) Marsh”. Names with particles in the middle are joined first (particled). The first or the last name must be labelled as a person's already, in
// brackets both.
func (d *document) nicknamed() {
	d.particled()
	t := d.t
	for open := 1; open+3 < len(t.Tokens); open++ {
		if !opensNick(t.String(open)) || t.Tokens[open].Is(token.Sentence) || d.form[open-1] == 0 || t.Tokens[open-1].Kind != token.Word || t.Tokens[open+1].Is(token.Sentence) {
			continue
		}
		last := d.behindNickname(open)
		if last < 0 {
			continue
		}
		first := open - 1
		for first > 0 && !t.Tokens[first].Is(token.Sentence) && d.labels[first] != 0 && !begins(d.labels[first]) {
			first--
		}
		before, behind := kindOf(d.labels[open-1]) == person, kindOf(d.labels[last]) == person
		if !before && !behind || t.String(open) == "(" && !(before && behind) {
			continue
		}
		end := last + 1
		for end < len(t.Tokens) && d.labels[end] != 0 && !begins(d.labels[end]) && d.labels[last] != 0 {
			end++
		}
		setLabels(d.labels[first:end], person)
		open = end
	}
}

// particled joins a name of a person with the name or word with a capital behind it, if nothing but particles stand between, “Willem” and “Cate” in “Willem ten Cate”.
func (d *document) particled() {
	const most = 2 // particles
	for i := 0; i+2 < len(d.labels); i++ {
		if d.labelled(i) != person || !ends(d.labels[i]) || d.form[i] == 0 {
			continue
		}
		k := i + 1
		for k < len(d.labels)-1 && k-i <= most && particles[d.fold(k)] && d.form[k] == 0 && d.labels[k] == 0 && !broken(d.t, k) {
			k++
		}
		lone := d.labels[k] == 0 && d.form[k] == capital
		if k == i+1 || broken(d.t, k) || !lone && (d.labelled(k) != person || !begins(d.labels[k])) {
			continue
		}
		first, end := i, k+1
		for first > 0 && !begins(d.labels[first]) {
			first--
		}
		for !lone && end < len(d.labels) && !ends(d.labels[end-1]) {
			end++
		}
		setLabels(d.labels[first:end], person)
	}
}

// behindNickname returns the token of the last name behind a nickname of up to four tokens, of which the mark
// at token open is the first; -1 if that is none.
func (d *document) behindNickname(open int) int {
	const longest = 4 // with hyphens
	t := d.t
	for i := open + 1; i <= open+longest+1 && i+1 < len(t.Tokens); i++ {
		if i > open+1 && closesNick(t.String(i)) {
			if d.form[i+1] != 0 && t.Tokens[i+1].Kind == token.Word && !t.Tokens[i+1].Is(token.Sentence) {
				return i + 1
			}
			return -1
		}
		if d.form[i] == 0 && t.String(i) != "-" || t.Tokens[i].Kind != token.Word && t.String(i) != "-" {
			return -1
		}
	}
	return -1
}

// things labels as of the kind other the storms and ships that are called like people,
// "Storm Eunice", "the ferry Mary Ellen", and other names that consist of the same words,
// "Eunice", unless somebody has that last name.
func (d *document) things() {
	called := map[uint64]bool{}
	for _, n := range d.names() {
		first := n.first
		switch {
		case n.kind != org && d.storm(n):
		case n.kind != person || n.first == 0 || broken(d.t, n.first):
			continue
		case stormWords[d.fold(n.first-1)] && d.form[n.first-1] != 0:
			first--
		case !vesselWords[d.fold(n.first-1)]:
			continue
		}
		setLabels(d.labels[first:n.end], other)
		called[d.joined(run{n.first, n.end})] = true
		if first < n.first || d.storm(n) {
			called[d.fold(n.end-1)] = true
			if k := n.end + 1; k < len(d.labels) && lister[d.beside(n.end, n.end)] && pluralStorms[d.fold(first)] && d.labels[k] == single(person) { // “Hurricanes Irma and Maria”
				d.labels[k] = single(other)
				called[d.fold(k)] = true
			}
		}
	}
	if len(called) == 0 {
		return
	}
	last := d.lastNames(called)
	for _, n := range d.names() {
		key := d.joined(run{n.first, n.end})
		if n.end-n.first == 1 {
			key = d.fold(n.first)
		}
		if n.kind == person && called[key] && !last[d.fold(n.end-1)] {
			setLabels(d.labels[n.first:n.end], other)
		}
	}
}

// storm reports whether one of the first two words of n, but not its last, is a word for a
// storm: "Tropical Storm Ana".
func (d *document) storm(n name) bool {
	for i := n.first; i < min(n.end-1, n.first+2); i++ {
		if stormWords[d.fold(i)] {
			return true
		}
	}
	return false
}

// lastNames returns the last words of the names of people of several words, but for the names in without.
func (d *document) lastNames(without map[uint64]bool) map[uint64]bool {
	last := map[uint64]bool{}
	for _, n := range d.names() {
		if n.kind == person && n.end > n.first+1 && !without[d.joined(run{n.first, n.end})] {
			last[d.fold(n.end-1)] = true
		}
	}
	return last
}

// degreed labels as no name the academic degrees behind a person's name: “Tom Reyes, M.D., Ph.D.”.
func (d *document) degreed() {
	for i, l := range d.labels {
		if degrees[d.fold(i)] && i > 1 && d.t.String(i-1) == "," && !broken(d.t, i) && (l == 0 || l == single(kindOf(l))) {
			d.labels[i] = 0
		}
	}
}

// commonFirms labels as organisations the companies called by a common word. The words beside
// it must show somewhere in the text that a company is meant: “Target closed 30 shops”,
// “Meta’s shares”, “Apple and Gap”.
func (d *document) commonFirms() {
	var at []int
	sure := map[uint64]bool{}
	last := d.lastNames(nil)
	for i := range d.labels {
		if l := d.labels[i]; wordFirms[d.fold(i)] && d.form[i] != 0 && d.alone(i) && !last[d.fold(i)] && (l == 0 || l == single(kindOf(l))) {
			at = append(at, i)
			if d.trades(i) {
				sure[d.fold(i)] = true
			}
		}
	}
	for _, i := range at { // in a list, what stands behind a company is one, too
		if i >= 2 && sure[d.fold(i-2)] && lister[d.beside(i-1, i)] && !broken(d.t, i-1) {
			sure[d.fold(i)] = true
		}
	}
	for _, i := range at {
		if !theArticle[d.fold(i-1)] && sure[d.fold(i)] {
			d.labels[i] = single(org)
		}
	}
}

// trades reports whether token i, a word with a capital, does what companies do, or
// stands in a list with an organisation.
func (d *document) trades(i int) bool {
	next := d.beside(i+1, i+1)
	if theArticle[d.fold(i-1)] || notFirms[next] {
		return false
	}
	switch {
	case firmActs[next], ofFirms[next]:
		return true
	case next != 0 && possessives[d.t.String(i+1)]:
		return ofFirms[d.beside(i+2, i+2)]
	}
	if lister[next] && d.labelled(i+2) == org && !broken(d.t, i+2) || i >= 2 && lister[d.beside(i-1, i)] && d.labelled(i-2) == org && !broken(d.t, i-1) {
		return true
	}
	return lister[next] && i+2 < len(d.labels) && wordFirms[d.fold(i+2)] && d.form[i+2] != 0 && !broken(d.t, i+2)
}

// commonWord labels as no name the words that the model took for a person and that are
// ordinary words where they stand.
func (d *document) commonWord() {
	for i, l := range d.labels {
		if l == single(person) && d.ordinary(i) {
			d.labels[i] = 0
		}
	}
}

// ordinary reports whether token i opens a sentence with a common word that is a last name, too,
// and nothing that people do follows: “Price rises”, “Young people”.
func (d *document) ordinary(i int) bool {
	if !wordNames[d.fold(i)] || !d.t.Tokens[i].Is(token.Sentence) || i+1 >= len(d.labels) {
		return false
	}
	next, s := d.t.Tokens[i+1], d.t.String(i+1)
	return next.Kind == token.Word && !next.Is(token.Capital) && !possessives[s] &&
		!speech[next.Fold] && !auxiliary[next.Fold] && !behindSurname[next.Fold] && !endsIn(s, pastEndings)
}

// speaking labels as organisations the names of kind other that somewhere in the text say
// something or employ somebody: “The Vatican said”, “Orbis Analytica has fired its chief
// executive”. It labels as people the places that do what people do: “Georgia Flint, the
// captain, said”, and “Washington said”, if Kate Washington is named in full before.
func (d *document) speaking() {
	last := map[uint64]bool{}
	bodies := map[uint64]bool{}
	for _, n := range d.names() {
		switch {
		case n.kind == person && n.end > n.first+1:
			last[d.fold(n.end-1)] = true
		case (n.kind == place || n.kind == org) && n.end-n.first == 2 && d.lists[n.first]&isFirst != 0 && d.lists[n.end-1]&(inCountry|inRegion|inCity|inBigCity|inBody) == 0 && d.lists[n.first]&inBody == 0 &&
			!generic[plain(d.t.String(n.end-1))] && !firmForms[d.fold(n.end-1)] && (n.kind == place && d.personal(n) || n.kind == org && d.introducedAs(n)):
			setLabels(d.labels[n.first:n.end], person)
			last[d.fold(n.end-1)] = true
		case n.kind == place && n.end-n.first == 1 && last[d.fold(n.first)] && d.speaks(n.end):
			d.labels[n.first] = single(person)
		case n.kind == other && d.bodily(n) && (d.speaks(n.end) || d.employs(n.end)):
			bodies[d.joined(run{n.first, n.end})] = true
		}
	}
	if len(bodies) == 0 {
		return
	}
	for _, n := range d.names() {
		if n.kind == other && bodies[d.joined(run{n.first, n.end})] {
			setLabels(d.labels[n.first:n.end], org)
		}
	}
}

// bodily reports whether n, which is labelled as of the kind other, can be an organisation,
// unlike “Russians”, “French” or “Monday”.
func (d *document) bodily(n name) bool {
	if n.end-n.first > 1 {
		return d.form[n.end-1] != 0 && !d.loud[n.first]
	}
	if d.lists[n.first]&isBody != 0 {
		return true
	}
	s := d.t.String(n.first)
	return theArticle[d.fold(n.first-1)] && s[len(s)-1] != 's' && !d.usuallyOther(n.first)
}

// speaks reports whether a verb of speech stands at token i, with or without an
// auxiliary.
func (d *document) speaks(i int) bool {
	if w := d.beside(i, i); auxiliary[w] {
		i++
	}
	return saying[d.beside(i, i)]
}

// employs reports whether a verb for what companies do stands at token i, with or without
// an auxiliary, and a word such as "its" behind it: “has fired its”.
func (d *document) employs(i int) bool {
	if w := d.beside(i, i); auxiliary[w] {
		i++
	}
	return firmActs[d.beside(i, i)] && owners[d.beside(i+1, i+1)]
}

// personal reports whether the words behind name n show that it is a person's: a verb of
// speech, or a comma and a role.
func (d *document) personal(n name) bool {
	if d.speaks(n.end) {
		return true
	}
	if n.end+2 >= len(d.t.Tokens) || broken(d.t, n.end) || d.t.String(n.end) != "," {
		return false
	}
	for i := n.end + 1; i < min(n.end+6, len(d.t.Tokens)) && d.t.String(i) != ","; i++ {
		if d.isRole(i) && i+1 < len(d.t.Tokens) && (d.t.String(i+1) == "," || preposition[d.fold(i+1)]) {
			return true
		}
	}
	return false
}

// introducedAs reports whether a role before name n shows that it is a person's: “her coach, Bo Lund”.
func (d *document) introducedAs(n name) bool {
	if n.first < 2 || broken(d.t, n.first) {
		return false
	}
	i := n.first - 1
	if d.t.String(i) == "," {
		i--
	}
	return d.isRole(i) && d.form[i] == 0
}

var (
	auxiliary     = englishWords("auxiliary")
	saying        = englishWords("saying")
	behindSurname = englishWords("after-surname")
	pastEndings   = endings("en", "past-ending")
)
