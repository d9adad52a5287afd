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

// A Lexicon says of words with a capital what they mostly are: as what a model without a
// lexicon has labelled them in many texts. [Gather] makes one. A word has 16 bits:
//
//   - bits 0 and 1: how frequent it is (often);
//   - bits 2 and 3: how sure its kind is (sure);
//   - bits 4 to 7: its kind, 1 person, 2 org, 3 place, 4 other, 5 no name;
//   - bits 8 to 15: for each part of a name, first, inner, last and only token, in how many
//     quarters of all cases the word is that part, 3 at most, in two bits.
//
// A Lexicon also has the clusters of words.
type Lexicon struct {
	words    token.Table[uint16] // by the lower half of the word's Hash, plus one
	clusters token.Table[uint16] // by clusterKey, plus one
}

// A tally counts the labels that a word was given.
type tally [labelCount]int32

// minSeen is how often a word must be seen to be in the lexicon.
const minSeen = 2

// value returns the 16 bits that a lexicon has for a word with the tally c, 0 if it was
// seen too rarely.
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

// How sure it is that a word is of its most frequent kind, in two bits; 0 stands for 60
// times in 100 or less. The models were trained with these bounds, so they must not change.
const (
	halfSure     = 1 // more than 60 times in 100
	mostlySo     = 2 // more than 80
	nearlyAlways = 3 // more than 95
)

// sure returns how sure the kind of a word is that it has n times of all.
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

// often returns how frequent a word is that was seen n times: 0, 1 or 2. The models were
// trained with these bounds, so they must not change.
func often(n int32) uint16 {
	switch {
	case n > 50:
		return 2
	case n > 8:
		return 1
	}
	return 0
}

// maxLexiconMemory bounds the bytes of an unpacked lexicon. The one that comes with the
// program has a small part of that.
const maxLexiconMemory = 64 << 20

// A lexicon file is a zstd frame (RFC 8878) of lexiconMagic and two tables, first of words,
// then of clusters. A table is the number of keys, then for each key in ascending
// order the difference to the one before, all as varints, then for each key its value,
// two bytes, little-endian. Keys are stored without the one that is added in memory.
const lexiconMagic = "names2\n"

// of returns the 16 bits that x has for the word with the hash fold, 0 for an unknown one.
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

// loadLexicon returns the lexicon in a file that [Lexicon.bytes] made.
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

// readTable reads a table from the start of b and returns what follows it; on an error,
// what could not be read.
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
