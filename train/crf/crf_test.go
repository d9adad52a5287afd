package crf_test

import (
	"bytes"
	"hash/fnv"
	"strings"
	"testing"

	"dateline/internal/chain"
	"dateline/train/crf"
)

var labels = []string{"O", "B-name", "I-name"}

// features returns what the tests know of word i: itself, its case, its neighbour.
func features(words []string, i int) []uint32 {
	value := func(s string) uint64 {
		h := fnv.New64a()
		h.Write([]byte(s))
		return h.Sum64()
	}
	before := ""
	if i > 0 {
		before = words[i-1]
	}
	return []uint32{
		chain.Mix(1, value(words[i])),
		chain.Mix(2, value(words[i][:1])),
		chain.Mix(3, value(before)),
		chain.Mix(4, chain.Pair(value(before), value(words[i]))),
	}
}

// trained returns a model of names: an underscore marks a word of a name, two
// the first of one.
func trained(t testing.TB) *chain.Model {
	t.Helper()
	set := crf.NewSet(labels)
	for _, line := range strings.Split(`the mayor __Ada _Lund left
__Ada _Lund spoke to __Bo _Berg
later the judge __Bo _Berg spoke
the judge left
a judge met mayor __Cy _Lund
mayor __Ada _Berg met the judge
today mayor __Bo left`, "\n") {
		marked := strings.Fields(line)
		words := strings.Fields(strings.ReplaceAll(line, "_", ""))
		for i, m := range marked {
			set.Add(features(words, i), strings.Count(m[:min(2, len(m))], "_")*2%3)
		}
		set.End()
	}
	return set.Train(crf.Options{Epochs: 30, MinCount: 1})
}

func decode(d *chain.Decoder, m *chain.Model, line string) string {
	words := strings.Fields(line)
	d.Reset(m)
	for i := range words {
		d.Add(features(words, i))
	}
	var out []string
	for _, l := range d.Decode() {
		out = append(out, m.Labels()[l])
	}
	return strings.Join(out, " ")
}

func TestTrain(t *testing.T) {
	m := trained(t)
	var d chain.Decoder
	for _, c := range [][2]string{
		{"", ""},
		{"the mayor Bo Lund left", "O O B-name I-name O"},
		{"judge Cy Berg met mayor Ada", "O B-name I-name O O B-name"},
		{"a judge spoke", "O O O"},
	} {
		if got := decode(&d, m, c[0]); got != c[1] {
			t.Errorf("labels of %q are %q, want %q", c[0], got, c[1])
		}
	}
	if !bytes.Equal(chain.Pack(m), chain.Pack(trained(t))) {
		t.Error("training twice gives two models")
	}
}

func TestChunksAreWhole(t *testing.T) {
	for _, names := range [][]string{
		{"O", "B-a", "I-a", "B-b", "I-b"},
		{"O", "B-a", "I-a", "L-a", "U-a"},
	} {
		set := crf.NewSet(names)
		for i := range 40 { // nothing to learn from: labels in turn, each with features of all
			set.Add([]uint32{1, uint32(i%7 + 2)}, i%len(names))
		}
		set.End()
		m := set.Train(crf.Options{MinCount: 1})
		var d chain.Decoder
		d.Reset(m)
		for i := range 3000 {
			d.Add([]uint32{uint32(i*i%8 + 1), uint32(i % 5)})
		}
		last := "O"
		for i, l := range append(d.Decode(), 0) {
			name := m.Labels()[l]
			part, kind, _ := strings.Cut(name, "-")
			inside := part == "I" || part == "L"
			lastPart, lastKind, _ := strings.Cut(last, "-")
			open := lastPart == "B" || lastPart == "I"
			if inside && (!open || kind != lastKind) || !inside && open && len(names) == 5 && names[3] == "L-a" {
				t.Fatalf("%v: %s follows %s at %d", names, name, last, i)
			}
			last = name
		}
	}
}

func TestChoices(t *testing.T) {
	c := crf.NewChoices()
	for i := range 60 { // the nearest of the red ones is right
		red := i % 3
		for j := range 3 {
			colour := uint32(10)
			if j >= red {
				colour = 11
			}
			c.Add([]uint32{colour, uint32(1 + j)}, j == red)
		}
		c.End()
	}
	c.Add([]uint32{10, 1}, false) // no right one: dropped
	c.End()
	m := c.Train(crf.Options{})
	near, far, other := m.Score([]uint32{11, 2}), m.Score([]uint32{11, 3}), m.Score([]uint32{10, 1})
	if near <= far || near <= other {
		t.Errorf("scores of the nearest red one, a farther one and another are %.2f, %.2f, %.2f", near, far, other)
	}
}
