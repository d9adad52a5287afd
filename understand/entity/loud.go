package entity

import "dateline/understand/token"

// headings labels, in lines of capitals, the words that the rest of the text has
// as a name: "HARRISON RECALLED" above "Tom Harrison was recalled". Words that
// are labelled as a name of one word there change their kind.
func (d *document) headings() {
	known := map[uint64]name{}
	opens := map[uint64]bool{}
	add := func(n name, first int) {
		h := d.joined(run{first, n.end})
		if _, ok := known[h]; !ok {
			known[h] = n
			opens[d.fold(first)] = true
		}
	}
	quiet := d.names()
	for _, n := range quiet {
		d.cut(n)
	}
	for _, n := range quiet {
		if !d.loud[n.first] {
			add(n, n.first)
		}
	}
	for _, n := range quiet {
		if n.kind == person && n.end > n.first+1 && !d.loud[n.first] && len(d.t.String(n.end-1)) > 2 {
			add(n, n.end-1)
		}
	}
	if len(known) == 0 {
		return
	}
	for i := range d.loud {
		if !d.loud[i] || d.form[i] == 0 || !opens[d.fold(i)] || d.labels[i] != 0 && (d.labels[i]-1)%4 != 3 {
			continue
		}
		h, best, k := uint64(0), i, kindCount
		for end := i; end < min(i+maxListed, len(d.loud)) && d.loud[end] && (d.labels[end] == 0 || end == i) && !(end > i && broken(d.t, end)); end++ {
			h = join(h, d.fold(end))
			if n, ok := known[h]; ok && (end > i || d.words[d.fold(i)].small == 0) {
				best, k = end+1, n.kind
			}
		}
		if best > i {
			setLabels(d.labels[i:best], k)
		}
	}
}

// cut leaves of a name in capitals that opens a line only what stands behind a
// dash: "BASEBALL - ORIOLES WIN".
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
