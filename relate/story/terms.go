package story

import (
	"cmp"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// A term is a word, a name or a country, by its hash.
type term uint32

// wordTerm returns the term of a folded word, without the plural and the genitive of
// English, which other languages lose little by.
func wordTerm(w []byte) term {
	if n := len(w); n > 2 && w[n-1] == 's' && w[n-2] == '\'' {
		w = w[:n-2]
	}
	n := len(w)
	switch {
	case n > 4 && string(w[n-3:]) == "ies":
		w = append(w[:n-3:n-3], 'y')
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u':
		w = w[:n-1]
	}
	h := uint64(14695981039346656037)
	for _, c := range w {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return term(h ^ h>>32)
}

// follow returns the term of two words or more: that of those before, and the next.
func follow(before, next term) term { return before*0x9e3779b1 + next<<1 }

// A word is a word of a text.
type word struct {
	term    term
	capital bool // begins with a capital letter
	first   bool // of a sentence, a line or a headline, where a capital tells nothing
	short   bool // one letter, or a number of one digit
}

// maxWords bounds what is read of an article, in words: what news is about, it tells by
// then.
const maxWords = 2000

// readWords appends the words of s to list. In a headline every word may have a capital.
func readWords(list []word, s string, headline bool) []word {
	var buf [48]byte
	first := true
	for i := 0; i < len(s) && len(list) < maxWords; {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if _, ok := text.Fold(r); !ok {
			switch r {
			case '.', '!', '?', '\n', '。', '！', '？', '"', '“', '”', '«', '»', ':':
				first = true
			}
			i += size
			continue
		}
		if unspaced(r) { // two signs at a time, for want of spaces
			next, more := utf8.DecodeRuneInString(s[i+size:])
			if unspaced(next) {
				list = append(list, word{term: wordTerm([]byte(s[i : i+size+more]))})
			}
			i += size
			continue
		}
		w := word{capital: unicode.IsUpper(r), first: first || headline}
		end, folded := readWord(s, i, buf[:0])
		w.short = len(folded) < 2
		w.term = wordTerm(folded)
		list = append(list, w)
		first = false
		i = end
	}
	return list
}

// readWord reads the word that begins at byte at: letters and digits, and the points,
// apostrophes and hyphens between them ("U.S", "don't"). It returns where it ends, and
// appends it in small letters to buf, as far as there is room.
func readWord(s string, at int, buf []byte) (end int, folded []byte) {
	for i := at; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		lower, ok := text.Fold(r)
		switch {
		case ok && !unspaced(r):
		case (r == '.' || r == '-' || text.IsApostrophe(r)) && i > at && i+size < len(s) && letterAt(s[i+size:]):
			if text.IsApostrophe(r) {
				lower = '\''
			}
		default:
			return i, buf
		}
		if len(buf)+utf8.UTFMax <= cap(buf) {
			buf = utf8.AppendRune(buf, lower)
		}
		i += size
	}
	return len(s), buf
}

// letterAt reports whether s begins with a letter or a digit.
func letterAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	_, ok := text.Fold(r)
	return ok
}

// unspaced reports whether r is of a script that is written without spaces.
func unspaced(r rune) bool {
	return r >= 0xe00 && (r < 0xe80 || r >= 0x3041 && r <= 0x9fff)
}

// A vocabulary is what is known of terms from the articles that came in: how many have
// them, and how they are written.
type vocabulary struct {
	articles int
	known    map[term]known
	words    []word // of the article that is read; reused
}

// known is what is known of one term.
type known struct {
	articles     uint32 // that have it
	small, large uint16 // times it was seen with a small letter; with a capital where a small one was possible
	last         uint32 // the article that was counted last, from 1
}

// maxTerms bounds the vocabulary: beyond it the counts are halved, and what was seen once
// is forgotten.
const maxTerms = 1 << 20

func newVocabulary() *vocabulary { return &vocabulary{known: map[term]known{}} }

// count counts the terms of an article.
func (v *vocabulary) count(list []word) {
	v.articles++
	for _, w := range list {
		k := v.known[w.term]
		if k.last != uint32(v.articles) {
			k.last = uint32(v.articles)
			k.articles++
		}
		switch {
		case !w.capital && k.small < math.MaxUint16:
			k.small++
		case w.capital && !w.first && k.large < math.MaxUint16:
			k.large++
		}
		v.known[w.term] = k
	}
	if len(v.known) > maxTerms {
		v.forget()
	}
}

// forget halves the counts.
func (v *vocabulary) forget() {
	v.articles /= 2
	for t, k := range v.known {
		if k.articles /= 2; k.articles == 0 {
			delete(v.known, t)
			continue
		}
		k.small, k.large, k.last = k.small/2, k.large/2, 0
		v.known[t] = k
	}
}

// name reports whether a word is written as a name is: with a capital where others have
// none.
func (v *vocabulary) name(w word) bool {
	if !w.capital {
		return false
	}
	k := v.known[w.term]
	if w.first {
		return k.large > 2*k.small
	}
	return k.large >= k.small
}

// Before there are articles, terms count as if so many had been read, and one of them had
// each.
const (
	priorArticles = 100
	priorTerm     = 1
)

// rarity returns how much a term tells: the logarithm of the share of articles that have
// it (inverse document frequency, Spärck Jones 1972); 0 if most have it.
func (v *vocabulary) rarity(t term) float64 {
	return max(0, math.Log(float64(v.articles+priorArticles+1)/float64(v.known[t].articles+priorTerm)))
}

// A vector is terms and their weights, in the order of the terms. Its length is 1, or 0
// if it is empty.
type vector []weight

type weight struct {
	term   term
	weight float32
}

// dot returns the cosine of two vectors.
func (v vector) dot(w vector) float64 {
	var sum float32
	for i, k := 0, 0; i < len(v) && k < len(w); {
		switch a, b := v[i].term, w[k].term; {
		case a < b:
			i++
		case a > b:
			k++
		default:
			sum += v[i].weight * w[k].weight
			i, k = i+1, k+1
		}
	}
	return float64(sum)
}

// counts are how often terms occur.
type counts map[term]int

// vector returns the counts as a vector, each weighted by its logarithm and the rarity of
// its term; cleared for the next use.
func (c counts) vector(rarity func(term) float64) vector {
	v := make(vector, 0, len(c))
	sum := 0.0
	for t, n := range c {
		if w := (1 + math.Log(float64(n))) * rarity(t); w > 0 {
			v = append(v, weight{t, float32(w)})
			sum += w * w
		}
	}
	clear(c)
	slices.SortFunc(v, func(a, b weight) int { return cmp.Compare(a.term, b.term) })
	for i := range v {
		v[i].weight /= float32(math.Sqrt(sum))
	}
	return v
}
