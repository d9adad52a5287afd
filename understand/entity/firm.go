package entity

// firmForms are the legal forms at the end of the names of companies, such as "Inc.";
// smallForms are those of them that are also written in small letters: "plc". firmTails make a firm of the name of
// a person before them: "Partners"; firmKin do so behind "and": "Sons".
var (
	firmForms  = englishWords("firm-forms")
	smallForms = englishWords("small-firm-forms")
	firmTails  = englishWords("firm-tails")
	firmKin    = englishWords("firm-kin")
)

// firms labels as organisations the names that end in a legal form and that the model
// did not find, found in part, or took for people: "Amazon.com Inc.", "Martin Hale LLC". It
// divides two companies that the model took for one: "Ortega Ltd and Kerr LLP".
func (d *document) firms() {
	for i := range d.labels {
		d.tailed(i)
		if !d.firmForm(i) {
			continue
		}
		if kindOf(d.labels[i]) == org {
			d.partFirms(i)
			continue
		}
		if first := d.likePerson(i); first < i {
			setLabels(d.labels[first:i+1], org)
			continue
		}
		if d.form[i] == 0 {
			continue
		}
		first := i
		for first > 0 && i-first < maxRun && !broken(d.t, first) && (d.form[first-1] != 0 && !closed[d.fold(first-1)] || d.t.String(first-1) == "&") && d.labels[first-1] == 0 {
			first--
		}
		if first > 0 && !broken(d.t, first) && d.labels[first-1] != 0 && ends(d.labels[first-1]) && d.labelled(first-1) != person {
			for first--; first > 0 && i-first < maxRun && !begins(d.labels[first]); first-- {
			}
		}
		if first < i && i-first < maxRun && d.labels[i] == 0 {
			setLabels(d.labels[first:i+1], org)
		}
	}
}

// tailed labels as an organisation the name of a person before token i that goes on with a word for a firm: “Thomas Weisel Partners”,
// “Walter Finch & Sons”.
func (d *document) tailed(i int) {
	var k int // the last token of the person's name
	switch w := d.fold(i); {
	case d.form[i] == 0 || i < 2 || broken(d.t, i):
		return
	case firmKin[w] && (d.t.String(i-1) == "&" || joining[d.t.String(i-1)]) && i > 2 && !broken(d.t, i-1):
		k = i - 2
	case firmTails[w]:
		k = i - 1
	default:
		return
	}
	if first, ok := d.personEnding(k); ok && first < k {
		setLabels(d.labels[first:i+1], org)
	}
}

// firmForm reports whether token i is a legal form behind a name.
func (d *document) firmForm(i int) bool {
	if i == 0 || !firmForms[d.fold(i)] || broken(d.t, i) {
		return false
	}
	return d.form[i] != 0 || smallForms[d.fold(i)] && d.form[i-1] != 0
}

// likePerson returns where the name labelled as a person's begins that ends with the
// legal form at token i, or right before it; i if there is none.
func (d *document) likePerson(i int) int {
	k := i
	if d.labels[i] == 0 {
		k--
	}
	if first, ok := d.personEnding(k); ok {
		return first
	}
	return i
}

// personEnding returns the first token of the name labelled as a person's that ends with token k. It looks back
// over maxRun tokens at most.
func (d *document) personEnding(k int) (first int, ok bool) {
	if d.labelled(k) != person || !ends(d.labels[k]) {
		return k, false
	}
	for first = k; first > 0 && k-first < maxRun && !begins(d.labels[first]); first-- {
	}
	return first, true
}

// partFirms makes two organisations of one whose name goes on with "and" behind the
// legal form at token i.
func (d *document) partFirms(i int) {
	if ends(d.labels[i]) || i+2 >= len(d.labels) || !joining[d.t.String(i+1)] || d.labels[i+1] == 0 || ends(d.labels[i+1]) {
		return
	}
	first, end := i, i+2
	for first > 0 && !begins(d.labels[first]) {
		first--
	}
	for end < len(d.labels) && !ends(d.labels[end-1]) {
		end++
	}
	setLabels(d.labels[first:i+1], org)
	d.labels[i+1] = 0
	setLabels(d.labels[i+2:end], org)
}

// owned divides an organisation's name with "'s" in it, "Alphabet's Google", into the
// owner and the organisation, if the owner is a name elsewhere in the text or a listed
// country.
func (d *document) owned() {
	names := d.names()
	known := map[uint64]kind{}
	for _, n := range names {
		if n.kind != other {
			known[d.joined(run{n.first, n.end})] = n.kind
		}
	}
	for _, n := range names {
		if n.kind != org {
			continue
		}
		for i := n.first + 1; i < n.end-1; i++ {
			if !possessives[d.t.String(i)] {
				continue
			}
			k, ok := known[d.joined(run{n.first, i})]
			if !ok && i == n.first+1 && d.lists[n.first]&isCountry != 0 {
				k, ok = place, true
			}
			if ok {
				setLabels(d.labels[n.first:i], k)
				d.labels[i] = 0
				setLabels(d.labels[i+1:n.end], org)
			}
			break
		}
	}
}
