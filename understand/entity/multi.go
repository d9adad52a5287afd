package entity

import (
	"unicode"
	"unicode/utf8"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// Names in languages other than English are labelled, sentence by sentence, by one linear-chain
// conditional random field (package chain) for all of them, with the features of this file.
// What the model sees of a word is how it is written and spelt, which lists of names have it
// (atlas), and of what use it is beside names in its language (class). Lists and uses mean the same in
// every language, so what was learned from one also serves another of which the
// model has seen no examples.

// A multiFeature is the number of a kind of feature of the model of many languages. Its
// name says what it is made of; the method position says how. The model was trained on the
// numbers, so they must not change: a new kind goes to the end.
type multiFeature uint32

const (
	multiWord multiFeature = 1 + iota
	multiWordBefore
	multiWordAfter
	multiWordBefore2
	multiWordAfter2
	multiStart3
	multiStart4
	multiStart6
	multiEnd2
	multiEnd3
	multiEnd4
	multiEndBefore
	multiEndAfter
	multiShape
	multiShapes
	multiShapeLang
	multiListed
	multiListedBefore
	multiListedAfter
	multiListedPair
	multiClass
	multiClassBefore
	multiClassAfter
	multiClassBefore2
	multiClassAfter2
	multiClasses
	multiRunBefore
	multiRunBeforeClass
	multiRunAfter
	multiRunAfterClass
	multiRunPlace
	multiRunFirst
	multiRunLast
	multiElsewhere
	multiElsewhereBefore
	multiSmall
	multiBigram
	multiBigramAfter
	multiStart2
	multiEnd1
	multiRunFirstStart
	multiRunListed
	multiRunClass
	multiRuled
	multiRuledAround
)

// A sketch is what is known of a word, the same for all tokens spelt like it.
type sketch struct {
	class                          class
	never                          bool // a name neither begins nor ends with the word
	listed                         listed
	form                           uint64     // how it is written, see shapeOf
	word                           uint64     // its Hash
	start2, start3, start4, start6 uint64     // hashes of its first 2, 3, 4 and 6 characters
	end1, end2, end3, end4         uint64     // hashes of its last 1, 2, 3 and 4 characters
	stats                          *wordStats // nil for numbers and marks
}

// wordStats are what a text tells of all words that begin with the same six characters,
// which are mostly inflected forms of one word: how often they stand with a capital within a
// sentence, and in small letters; whether one stands behind a title or role (titled), beside
// a verb of speech (speaks), behind a preposition of place (placed), behind a noun for an
// organisation (bodied), or behind a first name (named).
type wordStats struct {
	capital, small                        int32
	titled, speaks, placed, bodied, named bool
}

// bits returns the statistics as a number, with counts cut off at 3 and 2.
func (s *wordStats) bits() uint64 {
	n := uint64(min(s.capital, 3))<<2 | uint64(min(s.small, 2))
	for k, is := range []bool{s.titled, s.speaks, s.placed, s.bodied, s.named} {
		if is {
			n |= 1 << (4 + k)
		}
	}
	return n
}

// A multiReader holds what is known of a text in any language, and computes the features
// of its tokens.
type multiReader struct {
	t        *token.Text
	g        *tongue
	known    map[string]*sketch    // by the spelling of the word
	stats    map[uint64]*wordStats // by the hash of the first six characters
	sketches []*sketch             // the sketch of each token
	inName   []listed              // for each token: the lists that have a name of several words in which it stands
	runs     []run                 // for each token: the words with capitals beside each other among which it stands
	ruled    []uint8               // in German, for each token: its label by rules and lists (german.go); else nil
	features []uint32              // the features of one token, set by position
}

// Forms of tokens: the lowest formBits bits of what shapeOf returns.
const (
	formMark uint64 = iota
	formNumber
	formSmall
	formCapital
	formAllCaps
	formMixed
	formInitial
	formOther // a script without capitals
	formBits  = 4
)

// shapeOf returns how token i is written: its form and, above formBits, which mark it
// is or how many bytes a number has, 5 at most.
func shapeOf(t *token.Text, i int) uint64 {
	k := t.Tokens[i]
	switch {
	case k.Kind == token.Mark:
		c, _ := utf8.DecodeRuneInString(t.String(i))
		return formMark | uint64(c)<<formBits
	case k.Kind == token.Number:
		return formNumber | uint64(min(k.End-k.Start, 5))<<formBits
	case k.Is(token.AllCaps):
		return formAllCaps
	case k.Is(token.Mixed):
		return formMixed
	case k.Is(token.Capital):
		if utf8.RuneCountInString(t.String(i)) <= 2 && (k.Is(token.Pointed) || k.End-k.Start <= 2) {
			return formInitial
		}
		return formCapital
	}
	if c, _ := utf8.DecodeRuneInString(t.String(i)); unicode.IsLower(c) {
		return formSmall
	}
	return formOther
}

// readMulti returns a reader of t, whose language is lang. In German, ruled has the label that
// rules and lists give each token; in other languages it is nil.
func readMulti(t *token.Text, lang string, ruled []uint8) *multiReader {
	n := len(t.Tokens)
	r := &multiReader{t: t, g: tongueOf(lang), known: map[string]*sketch{}, stats: map[uint64]*wordStats{},
		sketches: make([]*sketch, n), inName: make([]listed, n), runs: make([]run, n)}
	for i := range t.Tokens {
		w := t.String(i)
		s := r.known[w]
		if s == nil {
			s = r.sketch(i)
			r.known[w] = s
		}
		r.sketches[i] = s
	}
	for i := range t.Tokens {
		r.count(i)
		r.lookUp(i)
	}
	r.ruled = ruled
	for i := 0; i < n; {
		end := i + 1
		if r.big(i) {
			for end < n && !t.Tokens[end].Is(token.Sentence) && (r.big(end) || r.joins(end) && end+1 < n && r.big(end+1)) {
				end++
			}
		}
		for k := i; k < end; k++ {
			r.runs[k] = run{i, end}
		}
		i = end
	}
	return r
}

// ruledAt returns the label that the rules give token i, 0 outside of the text.
func (r *multiReader) ruledAt(i int) uint8 {
	if i < 0 || i >= len(r.ruled) {
		return 0
	}
	return r.ruled[i]
}

// big reports whether token i has a capital.
func (r *multiReader) big(i int) bool {
	f := r.sketches[i].form
	return f >= formCapital && f <= formInitial
}

// joins reports whether token i stands between the words of a name: a hyphen, a particle.
func (r *multiReader) joins(i int) bool {
	return r.sketches[i].form == formMark|'-'<<formBits || r.sketches[i].class&isParticle != 0
}

// sketch returns a new sketch of token i.
func (r *multiReader) sketch(i int) *sketch {
	t := r.t
	s := &sketch{form: shapeOf(t, i), word: t.Tokens[i].Fold}
	if t.Tokens[i].Kind != token.Word {
		return s
	}
	s.class = r.g.classOf(t, i)
	s.never = s.class&isNever != 0
	s.class &^= isNever // the model was trained without it
	s.listed = world().look(t, i)
	s.start2, s.start3, s.start4, s.start6 = t.Prefix(i, 2), t.Prefix(i, 3), t.Prefix(i, 4), t.Prefix(i, 6)
	s.end1, s.end2, s.end3, s.end4 = t.Suffix(i, 1), t.Suffix(i, 2), t.Suffix(i, 3), t.Suffix(i, 4)
	s.stats = r.stats[s.start6]
	if s.stats == nil {
		s.stats = &wordStats{}
		r.stats[s.start6] = s.stats
	}
	return s
}

// count adds token i to the statistics of its word.
func (r *multiReader) count(i int) {
	s := r.sketches[i]
	if s.stats == nil {
		return
	}
	if s.form == formSmall {
		s.stats.small++
	} else if i > 0 && !r.t.Tokens[i].Is(token.Sentence) {
		s.stats.capital++
	}
	before := r.before(i)
	if before != nil {
		s.stats.titled = s.stats.titled || before.class&(isTitleWord|isRoleNoun) != 0
		s.stats.placed = s.stats.placed || before.class&isWhither != 0
		s.stats.bodied = s.stats.bodied || before.class&isBodyNoun != 0
		s.stats.named = s.stats.named || before.listed&isFirst != 0 && before.form != formSmall
		s.stats.speaks = s.stats.speaks || before.class&isSpeech != 0
	}
	if after := r.after(i); after != nil {
		s.stats.speaks = s.stats.speaks || after.class&isSpeech != 0
	}
}

// before returns the sketch of the token before token i in its sentence, nil if there is none.
func (r *multiReader) before(i int) *sketch {
	if i == 0 || r.t.Tokens[i].Is(token.Sentence) {
		return nil
	}
	return r.sketches[i-1]
}

// after returns the sketch of the token after token i in its sentence, nil if there is none.
func (r *multiReader) after(i int) *sketch {
	if i+1 >= len(r.sketches) || r.t.Tokens[i+1].Is(token.Sentence) {
		return nil
	}
	return r.sketches[i+1]
}

// longestIdeographic is the greatest number of tokens of a listed name that is looked up. In
// Chinese and Japanese, each character is a token.
const longestIdeographic = 8

// lookUp marks the tokens of the longest listed name of several words that begins at token i.
func (r *multiReader) lookUp(i int) {
	t := r.t
	if world().words.Get(t.Tokens[i].Fold)&opensName == 0 {
		return
	}
	h := join(0, t.Tokens[i].Fold)
	best, found := i, listed(0)
	for end := i + 1; end < min(i+longestIdeographic, len(t.Tokens)); end++ {
		h = join(h, t.Tokens[end].Fold)
		if f := world().names.Get(h); f != 0 {
			best, found = end, f
		}
	}
	for k := i; found != 0 && k <= best; k++ {
		f := found << whole
		if k == i {
			f |= opensName
		}
		if found&isBody != 0 {
			f |= inBody
		}
		r.inName[k] |= f | found&(isFirst|isLast)
	}
}

// elsewhere returns as a number what the text tells of the word of s; 0 if s is nil or no word.
func (s *sketch) elsewhere() uint64 {
	if s == nil || s.stats == nil {
		return 0
	}
	return s.stats.bits() + 1
}

// or returns s; for nil, a sketch whose form no token has, which stands for the end of a
// sentence.
func (s *sketch) or() *sketch {
	if s == nil {
		return &sketch{form: 1 << 40}
	}
	return s
}

// position sets r.features to those of token i. If words is false, the features of which words
// they are and how they are spelt are left out, so that only those remain that mean the
// same in every language.
func (r *multiReader) position(i int, words bool) {
	f := r.features[:0]
	add := func(kind multiFeature, v uint64) { f = append(f, chain.Mix(uint32(kind), v)) }
	s := r.sketches[i]
	b, a := r.before(i), r.after(i)
	var b2, a2 *sketch
	if b != nil {
		b2 = r.before(i - 1)
	}
	if a != nil {
		a2 = r.after(i + 1)
	}
	b, a, b2, a2 = b.or(), a.or(), b2.or(), a2.or()
	opening := uint64(0)
	if r.t.Tokens[i].Is(token.Sentence) {
		opening = 1
	}
	cased := uint64(0)
	if !r.g.cased {
		cased = 1
	}
	add(multiShape, s.form<<2|opening<<1|cased)
	add(multiShapes, chain.Pair(chain.Pair(b.form, s.form<<1|cased), a.form))
	add(multiShapeLang, chain.Pair(r.g.code, s.form<<1|opening))
	if words {
		add(multiWord, s.word)
	}
	add(multiClass, uint64(s.class)<<1|cased)
	if r.g.cased && (s.form == formSmall || s.form&(1<<formBits-1) <= formNumber) && s.class&isParticle == 0 {
		if words {
			add(multiWordBefore, b.word)
			add(multiWordAfter, a.word)
		}
		add(multiClassBefore, uint64(b.class))
		r.features = f
		return
	}
	if r.ruled != nil {
		add(multiRuled, chain.Pair(uint64(r.ruled[i]), s.form))
		add(multiRuledAround, uint64(r.ruledAt(i-1))<<16|uint64(r.ruled[i])<<8|uint64(r.ruledAt(i+1)))
	}
	l, lb, la := s.listed|r.inName[i], b.listed, a.listed
	if b.word != 0 {
		lb |= r.inName[i-1]
	}
	if a.word != 0 {
		la |= r.inName[i+1]
	}
	add(multiListed, uint64(l)<<1|cased)
	add(multiListedBefore, uint64(lb))
	add(multiListedAfter, uint64(la))
	add(multiListedPair, chain.Pair(uint64(lb), uint64(l))<<1)
	add(multiListedPair, chain.Pair(uint64(l), uint64(la))<<1|1)
	add(multiClassBefore, uint64(b.class))
	add(multiClassAfter, uint64(a.class))
	add(multiClassBefore2, uint64(b2.class))
	add(multiClassAfter2, uint64(a2.class))
	add(multiClasses, chain.Pair(uint64(b.class), uint64(l)))
	add(multiElsewhere, s.elsewhere())
	add(multiElsewhereBefore, chain.Pair(b.elsewhere(), s.form))
	if words {
		add(multiWordBefore, b.word)
		add(multiWordAfter, a.word)
		add(multiWordBefore2, b2.word)
		add(multiWordAfter2, a2.word)
		add(multiEndBefore, b.end3)
		add(multiEndAfter, a.end3)
		add(multiStart3, s.start3)
		add(multiStart4, s.start4)
		add(multiStart6, s.start6)
		add(multiEnd2, s.end2)
		add(multiEnd3, s.end3)
		add(multiEnd4, s.end4)
		add(multiEnd1, s.end1)
	}
	if !r.g.cased {
		if words {
			add(multiBigram, chain.Pair(b.word, s.word))
			add(multiBigramAfter, chain.Pair(s.word, a.word))
		}
		if !r.g.capitals {
			r.features = f
			return
		}
	}
	at := r.runs[i]
	left, right := r.before(at.first).or(), r.after(at.end-1).or()
	place := uint64(min(i-at.first, 3))<<4 | uint64(min(at.end-1-i, 3))
	add(multiRunPlace, place)
	add(multiRunBeforeClass, chain.Pair(uint64(left.class), place))
	add(multiRunAfterClass, uint64(right.class))
	first, last := r.sketches[at.first], r.sketches[at.end-1]
	add(multiRunListed, chain.Pair(uint64(first.listed), uint64(last.listed)))
	add(multiRunClass, chain.Pair(uint64(first.class), place>>4))
	if words {
		add(multiRunBefore, left.word)
		add(multiRunAfter, right.word)
		add(multiRunFirst, chain.Pair(first.word, place>>4))
		add(multiRunFirstStart, first.start6)
		add(multiRunLast, chain.Pair(last.word, place&15))
	}
	r.features = f
}

// multiLabels are the names of the labels of the model of many languages: "O" for no name, then
// the beginning and the inside of a name of each kind, "B-person" and "I-person".
var multiLabels = func() []string {
	names := []string{"O"}
	for _, k := range kindNames {
		names = append(names, "B-"+k, "I-"+k)
	}
	return names
}()

// labelMulti returns the labels that the model m gives the tokens of a text, turned into
// those of label.go. Words of which no name begins or ends are cut off the end of a name.
func labelMulti(r *multiReader, m *chain.Model) []uint8 {
	t := r.t
	labels := make([]uint8, len(t.Tokens))
	var d chain.Decoder
	for _, s := range t.Sentences {
		d.Reset(m)
		for i := s.First; i < s.End; i++ {
			r.position(int(i), true)
			d.Add(r.features)
		}
		found := d.Decode()
		for i := 0; i < len(found); {
			end := i + 1
			if found[i] == 0 {
				i++
				continue
			}
			for end < len(found) && found[end] == found[i]+1 && found[i]%2 == 1 {
				end++
			}
			first, last := int(s.First)+i, int(s.First)+end
			if kind((found[i]-1)/2) == person { // nor stands one within the name of a person
				for k := first + 1; k < last; k++ {
					if r.sketches[k].never {
						last = k
					}
				}
			}
			for last > first && r.sketches[last-1].never {
				last--
			}
			if last > first {
				setLabels(labels[first:last], kind((found[i]-1)/2))
			}
			i = end
		}
	}
	return labels
}
