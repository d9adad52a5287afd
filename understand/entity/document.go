package entity

import (
	"dateline/understand/token"
)

// A document is a text with what is known of its words before any name is labelled,
// and the labels that models and rules then give them.
type document struct {
	t     *token.Text
	runs  []run
	form  []form           // for each token: how it is written; 0 for what has no capital
	lists []listed         // for each token with a capital: the lists of names that have it
	loud  []bool           // for each token: whether it stands in a line of capitals or a headline
	words map[uint64]*word // what the text tells of each word that it writes with a capital, by the word's hash

	lexicon *Lexicon // nil if the features are computed without a lexicon
	labels  []uint8  // for each token: its present label (label.go); 0 for no name

	rules    []uint8   // for each token: the rule that labelled it (rules.go); nil if the model labelled all
	probable []float64 // for each token: how probable the model holds its label to be; nil unless Explain asks

	inflected bool // the language inflects names by case: "Туск", "Туска"

	genitive map[int]bool // in German: the tokens that are a name with the "s" of a genitive
	roles    []bool       // in German, for each token: whether it is a noun for what somebody is
}

// A form is a set of bits that say how a word with a capital is written.
type form uint8

const (
	capital form = 1 << iota // begins with a capital
	allCaps                  // has no small letter
	mixed                    // has a capital behind its first letter: "iPhone"
	digits                   // has a digit
	pointed                  // has a point in it or behind it: "U.S."
	short                    // is a single letter, perhaps with a point
)

// A word is what all occurrences in a text tell of a word that is written with a
// capital at least once.
type word struct {
	small, inside                int32                // how often it stands without a capital, and with one elsewhere than at the start of a sentence
	titled, besideSpeech, placed int32                // how often it stands after a title, beside a verb of speech, and after a word such as "in"
	bracketed                    bool                 // it stands alone in brackets somewhere
	longest                      int32                // one more than the index of the longest run that it stands in; 0 for none
	prev, next                   uint64               // hashes of the words beside it in that run, 0 for none
	kinds                        [kindCount + 1]int32 // how often the first labelling gave it each kind, and last no name
}

var (
	titleWords  = englishWords("title-words")
	speechWords = englishWords("speech-words")
	placeWords  = englishWords("place-words")
	bodyWords   = englishWords("body-words")
)

// read returns the document of t, without labels.
func read(t *token.Text) *document {
	n := len(t.Tokens)
	d := &document{
		t: t, runs: runs(t, nil),
		form: make([]form, n), lists: make([]listed, n), loud: make([]bool, n),
		words: map[uint64]*word{},
	}
	for _, s := range t.Sentences {
		d.listen(s)
	}
	for i := range t.Tokens {
		if capitalised(t.Tokens[i]) {
			d.count(i)
		}
	}
	for _, k := range t.Tokens {
		if k.Kind == token.Word && !capitalised(k) {
			if w := d.words[k.Fold]; w != nil {
				w.small++
			}
		}
	}
	for x, r := range d.runs {
		d.lengthen(x, r)
	}
	return d
}

// capitalised reports whether k is a word or number with a capital.
func capitalised(k token.Token) bool {
	return k.Kind != token.Mark && k.Flags&(token.Capital|token.Mixed) != 0
}

// A sentence counts as written in capitals or as a headline if it has at least minLoud
// words with a capital and more than loudRatio times as many as words without one. Words
// without a capital of at most maxTitleSmall bytes are not counted, because headlines, too,
// write "of" and "the" in small letters.
const (
	minLoud       = 4
	loudRatio     = 4
	maxTitleSmall = 3
)

// listen marks the tokens of sentence s as loud if the sentence is written in capitals
// or as a headline, where a capital does not point to a name.
func (d *document) listen(s token.Range) {
	big, small := 0, 0
	for _, k := range d.t.Tokens[s.First:s.End] {
		if k.Kind != token.Word {
			continue
		}
		if k.Is(token.Capital) {
			big++
		} else if k.End-k.Start > maxTitleSmall {
			small++
		}
	}
	if big >= minLoud && small*loudRatio < big {
		for i := s.First; i < s.End; i++ {
			d.loud[i] = true
		}
	}
}

// count sets the form and lists of token i, which has a capital, and adds the token to
// the statistics of its word.
func (d *document) count(i int) {
	t := d.t
	k := t.Tokens[i]
	d.form[i] = formOf(k)
	d.lists[i] |= lists().words.Get(k.Fold) &^ opensName
	d.lookUp(i)
	w := d.words[k.Fold]
	if w == nil {
		w = &word{}
		d.words[k.Fold] = w
	}
	if i > 0 {
		before := t.Tokens[i-1]
		if !d.loud[i] && !broken(t, i) && !opensQuote(t, i-1) {
			w.inside++
		}
		if titleWords[before.Fold] {
			w.titled++
		}
		if placeWords[before.Fold] {
			w.placed++
		}
	}
	if i+1 < len(t.Tokens) && speechWords[t.Tokens[i+1].Fold] || i > 0 && speechWords[t.Tokens[i-1].Fold] {
		w.besideSpeech++
	}
	if i > 0 && i+1 < len(t.Tokens) && t.String(i-1) == "(" && t.String(i+1) == ")" {
		w.bracketed = true
	}
}

// maxListed is the number of tokens of the longest name that is looked up.
const maxListed = 6

// lookUp marks, in d.lists, the tokens of every listed name of several words that
// begins at token i.
func (d *document) lookUp(i int) {
	t := d.t
	if lists().words.Get(t.Tokens[i].Fold)&opensName == 0 {
		return
	}
	h := join(0, t.Tokens[i].Fold)
	for end := i + 1; end < min(i+maxListed, len(t.Tokens)); end++ {
		h = join(h, t.Tokens[end].Fold)
		f := lists().names.Get(h)
		mark := f &^ isBody << whole
		if f&isBody != 0 {
			mark |= inBody
		}
		for k := i; f != 0 && k <= end; k++ {
			d.lists[k] |= mark
		}
	}
}

// lengthen notes, for each word of run r, whose index is x, that this is the longest
// run that the word stands in, if it is longer than those noted before.
func (d *document) lengthen(x int, r run) {
	for i := r.first; i < r.end; i++ {
		w := d.words[d.t.Tokens[i].Fold]
		if w == nil || d.loud[i] {
			continue
		}
		if w.longest > 0 && d.runs[w.longest-1].len() >= r.len() {
			continue
		}
		w.longest = int32(x + 1)
		w.prev, w.next = 0, 0
		if i > r.first {
			w.prev = d.t.Tokens[i-1].Fold
		}
		if i+1 < r.end {
			w.next = d.t.Tokens[i+1].Fold
		}
	}
}

// formOf returns the form of a token that has a capital.
func formOf(k token.Token) form {
	var f form
	for _, has := range []struct {
		flag token.Flags
		form form
	}{{token.Capital, capital}, {token.AllCaps, allCaps}, {token.Mixed, mixed}, {token.Digits, digits}, {token.Pointed, pointed}} {
		if k.Is(has.flag) {
			f |= has.form
		}
	}
	if n := k.End - k.Start; n == 1 || n == 2 && k.Is(token.Pointed) {
		f |= short
	}
	return f
}

// opensQuote reports whether token i is a mark that opens a quotation.
func opensQuote(t *token.Text, i int) bool {
	switch t.String(i) {
	case `"`, "“", "‘", "«", "„":
		return true
	}
	return false
}
