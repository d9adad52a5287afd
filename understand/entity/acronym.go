package entity

import (
	"strings"

	"dateline/understand/token"
)

// maxLong is the greatest number of tokens before an acronym that are compared with
// its letters.
const maxLong = 14

// acronyms labels acronyms as organisations. If an acronym in brackets spells the
// initials of the organisation before it, "Junior Chamber International (JCI)", it is an
// organisation wherever the text has it.
func (d *document) acronyms() {
	bodies := map[uint64]bool{}
	for i := 2; i+1 < len(d.labels); i++ {
		if d.form[i]&allCaps == 0 || d.t.String(i-1) != "(" || d.t.String(i+1) != ")" {
			continue
		}
		if first := d.spells(i); first >= 0 {
			if d.labelled(i-2) == org && d.labelled(first) == org {
				bodies[d.fold(i)] = true
			}
		}
	}
	if len(bodies) == 0 {
		return
	}
	for i, l := range d.labels {
		if bodies[d.fold(i)] && d.form[i]&allCaps != 0 && (l == 0 && d.alone(i) || l == single(kindOf(l))) {
			d.labels[i] = single(org)
		}
	}
}

// spells returns where the long name begins that ends before the opening bracket of
// the acronym at token i and whose initials the acronym spells; -1 if there is none.
func (d *document) spells(i int) int {
	short := strings.ToLower(d.t.String(i))
	at := len(short)
	for k := i - 2; k >= max(0, i-2-maxLong) && !broken(d.t, k+1); k-- {
		w := d.t.Tokens[k]
		if w.Kind == token.Mark {
			if d.t.String(k) != "-" {
				return -1
			}
			continue
		}
		s := strings.ToLower(d.t.String(k))
		switch {
		case at > 0 && s[0] == short[at-1]:
			at--
		case !links[s]:
			return -1
		}
		if at == 0 {
			return k
		}
	}
	return -1
}
