package entity

import (
	"slices"

	"dateline/understand/token"
)

// A roll holds the names that a text has outside of lines of capitals, and the last
// names of the people among them.
type roll struct {
	kinds map[uint64]kind // the kinds of the names, by the hashes of their words
	opens map[uint64]bool // the hashes of their first words
}

// roll returns the roll of d; names are all names of d.
func (d *document) roll(names []name) roll {
	r := roll{map[uint64]kind{}, map[uint64]bool{}}
	add := func(first int, n name) {
		h := d.joined(run{first, n.end})
		if _, ok := r.kinds[h]; !ok {
			r.kinds[h] = n.kind
			r.opens[d.fold(first)] = true
		}
	}
	for _, n := range names {
		if !d.loud[n.first] {
			add(n.first, n)
		}
	}
	for _, n := range names {
		if n.kind == person && n.end > n.first+1 && !d.loud[n.first] && len(d.t.String(n.end-1)) > 2 {
			add(n.end-1, n)
		}
	}
	return r
}

// headings labels, in lines of capitals and headlines, the words that are a name in the rest of the
// text: "HARRISON RECALLED" above "Tom Harrison was recalled". A name of one word in such a
// line gets the kind that it has in the text, and a longer one ends where the name in the
// text ends (doc/decisions/entity.md, "rules behind the model").
func (d *document) headings() {
	if !slices.Contains(d.loud, true) {
		return
	}
	names := d.names()
	for _, n := range names {
		d.cut(n)
	}
	r := d.roll(names)
	if len(r.kinds) == 0 {
		return
	}
	for _, n := range names {
		if n.kind == person && d.loud[n.first] && n.end-n.first > 2 {
			if end, k := d.listedIn(r, n.first, n.end-1); k == person && (end > n.first+1 || end > n.first && d.verbal(n.first)) {
				clear(d.labels[n.first:n.end])
				setLabels(d.labels[n.first:end], k)
			}
		}
	}
	for i, l := range d.labels {
		if !d.loud[i] || d.form[i] == 0 || l != 0 && l != single(kindOf(l)) {
			continue
		}
		limit := i + 1
		for limit < min(len(d.labels), i+maxListed) && d.loud[limit] && d.labels[limit] == 0 && !broken(d.t, limit) {
			limit++
		}
		if end, k := d.listedIn(r, i, limit); end > i+1 || end > i && d.words[d.fold(i)].small == 0 {
			setLabels(d.labels[i:end], k)
		}
	}
}

// verbal reports whether token i, a last name in a headline, is followed by a word that is
// part of no name although it has a capital: "Trump Slams".
func (d *document) verbal(i int) bool {
	usual := d.usual(i+1) >> 4
	return d.lists[i]&isFirst == 0 && d.lists[i+1]&(isFirst|isLast) == 0 && (usual == 0 || usual == uint64(kindCount)+1)
}

// listedIn returns the end and the kind of the longest name of r that begins at
// token first and ends at limit or before; first if there is none.
func (d *document) listedIn(r roll, first, limit int) (end int, k kind) {
	end = first
	if !r.opens[d.fold(first)] {
		return end, k
	}
	h := uint64(0)
	for i := first; i < min(limit, first+maxListed); i++ {
		h = join(h, d.fold(i))
		if of, ok := r.kinds[h]; ok {
			end, k = i+1, of
		}
	}
	return end, k
}

// cut shortens a name in capitals that opens a line to what stands behind a dash in it:
// "BASEBALL - ORIOLES WIN".
func (d *document) cut(n name) {
	if !broken(d.t, n.first) {
		return
	}
	for i := n.first; i+1 < n.end; i++ {
		k := d.t.Tokens[i]
		if i > n.first && d.t.String(i) == "-" && !k.Is(token.Glued) && !d.t.Tokens[i+1].Is(token.Glued) {
			clear(d.labels[n.first : i+1])
			setLabels(d.labels[i+1:n.end], n.kind)
			return
		}
		if !k.Is(token.AllCaps) {
			return
		}
	}
}
