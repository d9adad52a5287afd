package words

import (
	"fmt"
	"slices"
)

// Forms returns the lists of a file of a language in which the entries of a list
// with a value stand without their endings: the value names the list "ending" that
// has these. So
//
//	ending ar: ó, aron
//	say ar: afirm, declar
//
// gives the list "say" with afirmó, afirmaron, declaró, declararon. Forms is nil if
// the language has no such file; it panics if one is malformed or names an ending that
// is not there, for the files are part of the program and tests read them all.
func Forms(lang, name string) map[string][]string {
	text, ok := Text(lang, name)
	if !ok {
		return nil
	}
	lists, endings := map[string][]string{}, map[string][]string{}
	for line, err := range Lines(text) {
		switch {
		case err != nil:
			panic(fmt.Errorf("%s/%s: %w", lang, name, err))
		case line.List == "ending":
			endings[line.Value] = append(endings[line.Value], line.Entries...)
		case line.Value == "":
			lists[line.List] = append(lists[line.List], line.Entries...)
		case endings[line.Value] == nil:
			panic(fmt.Errorf("%s/%s: line %d: no ending %s stands above", lang, name, line.Number, line.Value))
		default:
			for _, stem := range line.Entries {
				for _, e := range endings[line.Value] {
					lists[line.List] = append(lists[line.List], stem+e)
				}
			}
		}
	}
	for l, all := range lists {
		slices.Sort(all)
		lists[l] = slices.Compact(all)
	}
	return lists
}
