package entity

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// MultiLabels returns the names of the labels that [Sample.TeachMulti] gives.
func MultiLabels() []string { return append([]string(nil), multiLabels...) }

// TeachMulti gives set what the model for languages other than English can learn from
// s, whose text is in lang. Every second sentence teaches once more without its words, so
// that what serves all languages is learned too.
func (s Sample) TeachMulti(lang string, set Tagging) {
	t := &token.Text{}
	t.Read(s.Text, lang)
	gold := make([]int, len(t.Tokens))
	starts, ends := map[int]int{}, map[int]int{}
	for i, k := range t.Tokens {
		starts[int(k.Start)], ends[int(k.End)] = i, i
	}
	for _, n := range s.Names {
		first, ok := starts[n.Start]
		last, ok2 := ends[n.End]
		if !ok || !ok2 || first > last {
			continue
		}
		for k, name := range kindNames {
			if name != n.Kind {
				continue
			}
			for i := first; i <= last; i++ {
				gold[i] = 2 + 2*k
			}
			gold[first]--
		}
	}
	r := readMulti(t, lang, germanRuled(t, lang))
	for n, sent := range t.Sentences {
		for _, words := range []bool{true, false} {
			if !words && n%2 == 0 {
				continue
			}
			for i := sent.First; i < sent.End; i++ {
				r.position(int(i), words)
				label := gold[i]
				if i == sent.First && label > 0 && label%2 == 0 { // the sentence was cut within a name
					label--
				}
				set.Add(r.features, label)
			}
			set.End()
		}
	}
}

// MultiNames returns the names that the model m labels in t, in lang, to be scored.
func MultiNames(t *token.Text, lang string, m *chain.Model) (list []Sampled) {
	ruled := germanRuled(t, lang)
	d := &document{t: t, labels: ruled}
	if labels := labelMulti(readMulti(t, lang, ruled), m); ruled == nil {
		d.labels = labels
	} else {
		d.overlay(labels)
	}
	for _, n := range d.names() {
		if n.kind != other {
			list = append(list, Sampled{Start: int(t.Tokens[n.first].Start), End: int(t.Tokens[n.end-1].End), Kind: kindNames[n.kind]})
		}
	}
	return list
}

// germanRuled returns the labels that rules and lists give a German text; nil in other languages.
func germanRuled(t *token.Text, lang string) []uint8 {
	if lang != "de" {
		return nil
	}
	d := read(t)
	d.labelGerman()
	return d.labels
}
