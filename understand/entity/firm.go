package entity

// firmForms are the legal forms at the end of the names of companies.
var firmForms = englishWords("firm-forms")

// firms labels as organisations the names that end in a legal form and that the
// labels leave out or cut: "Amazon.com Inc.".
func (d *document) firms() {
	for i := range d.labels {
		if !firmForms[d.fold(i)] || d.form[i] == 0 || i == 0 || broken(d.t, i) || kindOf(d.labels[i]) == org {
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

// begins reports whether a name begins with a token that has the label.
func begins(label uint8) bool {
	return label > 0 && ((label-1)%partCount == firstToken || (label-1)%partCount == onlyToken)
}

// owned parts the name of an organisation from whose it is, if that is named
// elsewhere or listed: "Alphabet's Google".
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
			if s := d.t.String(i); s != "'s" && s != "’s" {
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
