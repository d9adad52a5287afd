package entity

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// A lexicon tells of words with a capital what they mostly are: what a model
// without a lexicon has labelled them as, over many texts. The low byte of a
// word is its kind (high half; 1 person, 2 org, 3 place, 4 other, 5 no name),
// how sure that is and how frequent the word; the high byte tells where in a
// name it stands.
type lexicon struct{ words map[uint32]uint16 }

// A tally counts the labels that a word was given.
type tally [labelCount]int32

// minSeen is how often a word must be seen to be in the lexicon.
const minSeen = 2

// value returns what a lexicon says of a word with the tally c, 0 for nothing.
func (c *tally) value() uint16 {
	var kinds [kindCount + 1]int32
	var parts [4]int32
	sum := int32(0)
	for l, n := range c {
		sum += n
		if l == 0 {
			kinds[kindCount] += n
			continue
		}
		kinds[(l-1)/4] += n
		parts[(l-1)%4] += n
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

func sure(n, of int32) uint16 {
	switch {
	case n*100 > of*95:
		return 3
	case n*100 > of*80:
		return 2
	case n*100 > of*60:
		return 1
	}
	return 0
}

func often(n int32) uint16 {
	switch {
	case n > 50:
		return 2
	case n > 8:
		return 1
	}
	return 0
}

// A lexicon file is a zstd frame of lexiconMagic, the number of words and, word
// for word in order, the distance to the one before, as varints, then their
// values of two bytes. Words are known by the lower half of their hash.
const lexiconMagic = "names1\n"

// of returns what x says of the word with the hash fold, 0 for nothing.
func (x *lexicon) of(fold uint64) uint16 { return x.words[uint32(fold)] }

// bytes returns x as a file.
func (x *lexicon) bytes() []byte {
	var keys []uint32
	for k := range x.words {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b := binary.AppendUvarint([]byte(lexiconMagic), uint64(len(keys)))
	last := uint32(0)
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range keys {
		b = binary.LittleEndian.AppendUint16(b, x.words[k])
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // Unreachable: the options are valid.
	}
	return enc.EncodeAll(b, nil)
}

// loadLexicon returns the lexicon in a file.
func loadLexicon(file []byte) (*lexicon, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<26))
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	defer dec.Close()
	b, err := dec.DecodeAll(file, nil)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	if len(b) < len(lexiconMagic) || string(b[:len(lexiconMagic)]) != lexiconMagic {
		return nil, errors.New("lexicon: not a lexicon")
	}
	size := len(b)
	b = b[len(lexiconMagic):]
	next := func() (v uint64) {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			err = fmt.Errorf("lexicon: cut at byte %d", size-len(b))
			return 0
		}
		b = b[n:]
		return v
	}
	count := next()
	if err != nil || count > uint64(len(b)) {
		return nil, errors.New("lexicon: bad number of words")
	}
	keys := make([]uint32, count)
	last := uint32(0)
	for i := range keys {
		last += uint32(next())
		keys[i] = last
	}
	if err != nil || len(b) != 2*len(keys) {
		return nil, fmt.Errorf("lexicon: %d bytes of values for %d words", len(b), len(keys))
	}
	x := &lexicon{words: make(map[uint32]uint16, count)}
	for i, k := range keys {
		x.words[k] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return x, nil
}
