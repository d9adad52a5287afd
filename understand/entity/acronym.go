package entity

import (
	"strings"

	"dateline/understand/token"
)

// maxLong is the number of tokens of the longest name that is looked at for an
// acronym.
const maxLong = 14

// acronyms gives a short name in brackets, wherever it stands, the kind of the
// long one that it is the initials of: "Junior Chamber International (JCI)".
func (d *document) acronyms() {
	kinds := map[uint64]kind{}
	for i := 2; i+1 < len(d.labels); i++ {
		if d.form[i]&allCaps == 0 || d.t.String(i-1) != "(" || d.t.String(i+1) != ")" {
			continue
		}
		if first := d.spells(i); first >= 0 {
			if k := d.labelled(i - 2); k == org && d.labelled(first) == org {
				kinds[d.fold(i)] = k
			}
		}
	}
	if len(kinds) == 0 {
		return
	}
	for i, l := range d.labels {
		k, ok := kinds[d.fold(i)]
		if ok && d.form[i]&allCaps != 0 && (l == 0 && d.alone(i) || l > 0 && (l-1)%4 == 3) {
			d.labels[i] = single(k)
		}
	}
}

// spells returns the first of the tokens before the bracket of the acronym at
// token i whose initials it is, -1 if there are none.
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
