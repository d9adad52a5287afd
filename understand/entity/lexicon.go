package entity

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"dateline/understand/token"

	"github.com/klauspost/compress/zstd"
)

// A Lexicon tells of words with a capital what they mostly are: what a model
// without a lexicon has labelled them as, over many texts. The low byte of a
// word is its kind (high half; 1 person, 2 org, 3 place, 4 other, 5 no name),
// how sure that is and how frequent the word; the high byte tells where in a
// name it stands. It also has the clusters of words.
type Lexicon struct {
	words    token.Table[uint16] // by the lower half of their Hash and 1
	clusters token.Table[uint16] // by clusterKey and 1
}

// A tally counts the labels that a word was given.
type tally [labelCount]int32

// minSeen is how often a word must be seen to be in the lexicon.
const minSeen = 2

// value returns what a lexicon says of a word with the tally c, 0 for nothing.
func (c *tally) value() uint16 {
	var kinds [kindCount + 1]int32
	var parts [partCount]int32
	sum := int32(0)
	for l, n := range c {
		sum += n
		if l == 0 {
			kinds[kindCount] += n
			continue
		}
		kinds[(l-1)/int(partCount)] += n
		parts[(l-1)%int(partCount)] += n
	}
	if sum < minSeen {
		return 0
	}
	top := 0
	for k := range kinds {
		if kinds[k] > kinds[top] {
			top = k
		}
	}
	v := uint16(top+1)<<4 | sure(kinds[top], sum)<<2 | often(sum)
	for k, n := range parts {
		v |= uint16(min(n*4/sum, 3)) << (8 + 2*k)
	}
	return v
}

// How sure a lexicon is of what a word mostly is, in two bits. The bounds are
// part of the models, which were trained on these values.
const (
	halfSure     = 1 // more than 60 times in 100
	mostlySo     = 2 // more than 80
	nearlyAlways = 3 // more than 95
)

// sure returns how sure it is that a word is what it is n times of all.
func sure(n, all int32) uint16 {
	switch {
	case n*100 > all*95:
		return nearlyAlways
	case n*100 > all*80:
		return mostlySo
	case n*100 > all*60:
		return halfSure
	}
	return 0
}

// often returns how frequent a word is that was seen n times, in two bits. The
// bounds are part of the models, as those of [sure].
func often(n int32) uint16 {
	switch {
	case n > 50:
		return 2
	case n > 8:
		return 1
	}
	return 0
}

// maxLexiconMemory bounds what is unpacked of a lexicon, in bytes, many times what
// ours has.
const maxLexiconMemory = 64 << 20

// A lexicon file is a zstd frame of lexiconMagic and two tables, of words and of
// clusters: the number of keys and, for key after key in order, the distance to
// the one before, as varints, then their values of two bytes. Words are known by
// the lower half of their hash.
const lexiconMagic = "names2\n"

// of returns what x says of the word with the hash fold, 0 for nothing.
func (x *Lexicon) of(fold uint64) uint16 { return x.words.Get(uint64(uint32(fold)) + 1) }

// bytes returns x as a file.
func (x *Lexicon) bytes() []byte {
	b := []byte(lexiconMagic)
	for _, table := range []*token.Table[uint16]{&x.words, &x.clusters} {
		var keys []uint64
		for k := range table.All() {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		b = binary.AppendUvarint(b, uint64(len(keys)))
		last := uint64(1)
		for _, k := range keys {
			b = binary.AppendUvarint(b, k-last)
			last = k
		}
		for _, k := range keys {
			b = binary.LittleEndian.AppendUint16(b, table.Get(k))
		}
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // Unreachable: the options are valid.
	}
	return enc.EncodeAll(b, nil)
}

// loadLexicon returns the lexicon in a file.
func loadLexicon(file []byte) (*Lexicon, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxLexiconMemory))
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	defer dec.Close()
	b, err := dec.DecodeAll(file, nil)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	rest, ok := bytes.CutPrefix(b, []byte(lexiconMagic))
	if !ok {
		return nil, errors.New("lexicon: not a lexicon")
	}
	x := &Lexicon{}
	for _, table := range []*token.Table[uint16]{&x.words, &x.clusters} {
		if rest, err = readTable(table, rest); err != nil {
			return nil, fmt.Errorf("lexicon: in the table that ends %d bytes before the end: %w", len(rest), err)
		}
	}
	return x, nil
}

// readTable reads a table off b and returns what follows it.
func readTable(table *token.Table[uint16], b []byte) (rest []byte, err error) {
	count, n := binary.Uvarint(b)
	if n <= 0 || count > uint64(len(b)) {
		return b, errors.New("bad number of keys")
	}
	b = b[n:]
	keys := make([]uint32, count)
	last := uint64(0)
	for i := range keys {
		d, n := binary.Uvarint(b)
		if n <= 0 {
			return b, errors.New("keys are cut")
		}
		b = b[n:]
		last += d
		keys[i] = uint32(last)
	}
	if len(b) < 2*len(keys) {
		return b, errors.New("values are cut")
	}
	for i, k := range keys {
		*table.At(uint64(k) + 1) = binary.LittleEndian.Uint16(b[2*i:])
	}
	return b[2*len(keys):], nil
}
