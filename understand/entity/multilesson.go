package entity

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// MultiLabels returns the names of the labels that [Sample.TeachMulti] gives, by their numbers:
// "O" for no name, then "B-" and "I-" with each kind, for the first token of a name and the others.
func MultiLabels() []string { return append([]string(nil), multiLabels...) }

// TeachMulti gives to set the features and right labels of the tokens of s, whose text is in
// lang, a language code such as "fr", one sequence for each sentence. The model for languages
// other than English learns from them. Every second sentence is given a second time without the features
// of its words, so that the model also learns from what is the same in all languages.
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

// MultiNames returns the names of people, organisations and places that the model m finds in t,
// whose language code is lang, so that they can be compared with marked ones. In German they
// include those that rules and lists find.
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
