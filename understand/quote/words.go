package quote

import (
	"strings"

	"dateline/internal/chain"
	"dateline/internal/words"
	"dateline/understand/token"
)

// media holds the words that tell the medium of a statement, such as "letter", with the names of media.
type media struct {
	cues  map[uint64]string // by the Hash of a word of the cue
	nouns map[uint64]string // by the Hash of one word, or of two joined with a hyphen
}

// readMedia reads the text of a file quote.media: headings are media, and lines below begin with "noun" or
// another word and list the words.
func readMedia(file string) media {
	m := media{map[uint64]string{}, map[uint64]string{}}
	medium := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if name, heading := strings.CutSuffix(line, ":"); heading {
			medium = name
			continue
		}
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		into := m.cues
		if fields[0] == "noun" {
			into = m.nouns
		}
		for _, w := range fields[1:] {
			into[joined(w)] = medium
		}
	}
	return m
}

// outlets holds the words by which news outlets are known, by their Hash: names, the last words of names,
// and nouns such as "newspaper".
type outlets struct{ names, ends, nouns map[uint64]bool }

// readOutlets reads the text of a file quote.outlets.
func readOutlets(file string) outlets {
	sets := readSets(file)
	return outlets{sets["name"], sets["end"], sets["noun"]}
}

// readSets reads the text of a file of lists. It returns for each list its words, by the key of joined.
func readSets(file string) map[string]map[uint64]bool {
	sets := map[string]map[uint64]bool{}
	for line, err := range words.Lines(file) {
		if err != nil {
			panic(err) // Unreachable: files are part of the program, and a test reads each.
		}
		if sets[line.List] == nil {
			sets[line.List] = map[uint64]bool{}
		}
		for _, w := range line.Entries {
			sets[line.List][joined(w)] = true
		}
	}
	return sets
}

// joined returns the key of a word of a file: its Hash, or, of two words that a hyphen joins, the Hashes of
// both in one number.
func joined(w string) uint64 {
	a, b, two := strings.Cut(w, "-")
	if !two {
		return token.Hash(w)
	}
	return chain.Pair(token.Hash(a), token.Hash(b))
}

// one looks up token i in m, whose keys are those of joined: alone, or else together with the next token.
func one[V any](m map[uint64]V, t *token.Text, i int32) (v V, ok bool) {
	if v, ok = m[t.Tokens[i].Fold]; ok || int(i)+1 >= len(t.Tokens) {
		return v, ok
	}
	v, ok = m[chain.Pair(t.Tokens[i].Fold, t.Tokens[i+1].Fold)]
	return v, ok
}

// A grammar holds the words that rules look for around a cue, in sets by the key of joined. The comments in
// en/quote.words in dateline/internal/words tell what each set is for.
type grammar struct {
	boundary, conveying, articles, addressing, leading, toward, joining, that, hanging, hangingAfter map[uint64]bool
	sharing, opening, clausal, degree, greeting, inscribing                                          map[uint64]bool
	day, beforeDay, toWords                                                                          map[uint64]bool // days and months; what stands before one; "to"
	participle, stative                                                                              map[uint64]bool // irregular participles; those of states
	of, like, regarding, quoting                                                                     map[uint64]bool // "as", "for", "quote"
	whether, unless, inverted, denying, rejecting, claims, refusing, negating, planning, supposing   map[uint64]bool // polarity
	introducing, verdict, interviewing, asking, answering                                            map[uint64]bool // layouts
	reading, written, sending                                                                        map[uint64]bool // read out
	auxiliaries, pronouns, being, clauses, by                                                        map[uint64]bool // nil where no subject is looked for
}

// isAuxiliary reports whether w is a form of an auxiliary or of "to be", as clauses have, and not "to" itself.
func (g *grammar) isAuxiliary(w uint64) bool {
	return (g.auxiliaries[w] || g.being[w]) && !g.toWords[w]
}

// isParticiple reports whether v has the form of a past participle: "claimed", "told".
func (g *grammar) isParticiple(v *view) bool { return v.end2 == suffixEd || g.participle[v.word] }

// readGrammar reads the text of a file quote.words. A set is nil if the file does not have its list.
func readGrammar(file string) grammar {
	sets := readSets(file)
	return grammar{
		sets["boundary"], sets["conveying"], sets["articles"], sets["addressing"], sets["leading"], sets["toward"], sets["joining"], sets["that"], sets["hanging"], sets["hanging-after"],
		sets["sharing"], sets["opening"], sets["clausal"], sets["degree"], sets["greeting"], sets["inscribing"],
		sets["day"], sets["before-day"], sets["to"],
		sets["participle"], sets["stative"],
		sets["of"], sets["like"], sets["regarding"], sets["quoting"],
		sets["whether"], sets["unless"], sets["inverted"], sets["denying"], sets["rejecting"], sets["claims"], sets["refusing"], sets["negating"], sets["planning"], sets["supposing"],
		sets["introducing"], sets["verdict"], sets["interviewing"], sets["asking"], sets["answering"],
		sets["reading"], sets["written"], sets["sending"],
		sets["auxiliaries"], sets["pronouns"], sets["being"], sets["clauses"], sets["by"],
	}

}
