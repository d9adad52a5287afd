package story

import (
	"embed"
	"strings"
	"sync"
)

//go:embed places/*.txt
var placeFiles embed.FS

// maxPlaceWords is how many words a name of a place has at most.
const maxPlaceWords = 5

// places returns the country of each name of a place or a people, by the term of its
// words.
var places = sync.OnceValue(func() map[term]term {
	all := map[term]term{}
	for _, file := range []string{"towns.txt", "countries.txt"} {
		b, err := placeFiles.ReadFile("places/" + file)
		if err != nil {
			panic(err) // Unreachable: the files are part of the program.
		}
		for line := range strings.Lines(string(b)) {
			code, names, ok := strings.Cut(strings.TrimSpace(line), ":")
			if !ok || strings.HasPrefix(code, "#") {
				continue
			}
			country := wordTerm([]byte(code + " country"))
			for name := range strings.SplitSeq(names, ",") {
				if list := readWords(nil, name, false); len(list) > 0 {
					all[termOf(list)] = country
				}
			}
		}
	}
	return all
})

// termOf returns the term of some words together.
func termOf(list []word) term {
	t := list[0].term
	for _, w := range list[1:] {
		t = follow(t, w.term)
	}
	return t
}

// placeAt returns the country of the longest name of a place that the words begin with,
// and how many words it has; n is 0 if there is none.
func placeAt(list []word) (country term, n int) {
	all := places()
	t := term(0)
	for i := range min(len(list), maxPlaceWords) {
		w := list[i]
		if i == 0 {
			t = w.term
		} else {
			t = follow(t, w.term)
		}
		if !w.capital && i == 0 || i > 0 && w.first {
			break
		}
		if c, ok := all[t]; ok && w.capital {
			country, n = c, i+1
		}
	}
	return country, n
}
