package chain_test

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"testing"

	"dateline/internal/chain"
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
	set := chain.NewSet(labels)
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
	return set.Train(chain.Options{Epochs: 30, MinCount: 1})
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
		set := chain.NewSet(names)
		for i := range 40 { // nothing to learn from: labels in turn, each with features of all
			set.Add([]uint32{1, uint32(i%7 + 2)}, i%len(names))
		}
		set.End()
		m := set.Train(chain.Options{MinCount: 1})
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

func TestPack(t *testing.T) {
	m := trained(t)
	file := chain.Pack(m)
	again, err := chain.Unpack(file, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(chain.Pack(again...), file) {
		t.Error("a model that was read is written differently")
	}
	var d chain.Decoder
	for _, line := range []string{"the mayor Bo Lund left", "x y z"} {
		if a, b := decode(&d, m, line), decode(&d, again[0], line); a != b {
			t.Errorf("labels of %q are %q, and %q after reading", line, a, b)
		}
	}
	for n := range file {
		if _, err := chain.Unpack(file[:n], 1); err == nil {
			t.Errorf("%d of %d bytes are read without an error", n, len(file))
		}
	}
	if _, err := chain.Unpack(file, 2); err == nil {
		t.Error("one model is read as two")
	}
	if m.Label("I-name") != 2 || m.Label("none") != -1 {
		t.Error("a label has the wrong number")
	}
}

// TestTogether has two models in one file weigh as each does by itself.
func TestTogether(t *testing.T) {
	words := strings.Fields("the mayor Ada Lund met the judge Bo Berg")
	const from, to = 100, 4000 // features that one model or both of them know
	sets := [2]*chain.Set{chain.NewSet(labels), chain.NewSet([]string{"O", "B-a", "I-a", "B-b", "I-b", "B-c", "I-c", "B-d", "I-d", "B-e", "I-e"})}
	for k, set := range sets {
		for i := range to - from {
			f := from + uint32(i)*uint32(k+1)
			set.Add([]uint32{f * 2654435, f % 7}, i%3)
			if i%10 == 9 {
				set.End()
			}
		}
	}
	single := [2]*chain.Model{sets[0].Train(chain.Options{MinCount: 1}), sets[1].Train(chain.Options{MinCount: 1})}
	both, err := chain.Unpack(chain.Pack(single[:]...), 2)
	if err != nil {
		t.Fatal(err)
	}
	scores := func(d *chain.Decoder) string { return fmt.Sprint(d.Probabilities(), d.Decode()) }
	var one, two, alone chain.Decoder
	one.Reset(both[0])
	var sums [][]int32
	features := func(i int) []uint32 {
		var list []uint32
		for f := from; f < to; f += 13 + i {
			list = append(list, uint32(f)*2654435)
		}
		return list
	}
	for i := range words {
		sums = append(sums, make([]int32, len(both[1].Labels())))
		one.AddFor(both[1], features(i), sums[i])
	}
	two.Reset(both[1])
	for i := range words {
		two.AddTo(sums[i], []uint32{3, 4, 5})
	}
	for k, joined := range []*chain.Decoder{&one, &two} {
		alone.Reset(single[k])
		for i := range words {
			alone.Add(append(features(i), []uint32{3, 4, 5}[:3*k]...))
		}
		if got, want := scores(joined), scores(&alone); got != want {
			t.Errorf("model %d gives, together with the other:\n%s\nby itself:\n%s", k, got, want)
		}
	}
}

func TestProbabilities(t *testing.T) {
	m := trained(t)
	words := strings.Fields("the mayor Bo Lund left")
	var d chain.Decoder
	d.Reset(m)
	for i := range words {
		d.Add(features(words, i))
	}
	p := d.Probabilities()
	for i := range words {
		sum := 0.0
		for l := range labels {
			sum += p[i*len(labels)+l]
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("probabilities of position %d sum to %v", i, sum)
		}
	}
	for i, l := range d.Decode() { // after Probabilities
		if p[i*len(labels)+int(l)] < 0.6 {
			t.Errorf("label %s at %d has probability %.2f", labels[l], i, p[i*len(labels)+int(l)])
		}
	}
}

func TestDecodeReuses(t *testing.T) {
	m := trained(t)
	var d chain.Decoder
	f := []uint32{1, 2, 3}
	run := func() {
		d.Reset(m)
		for range 100 {
			d.Add(f)
		}
		d.Decode()
	}
	run()
	if n := testing.AllocsPerRun(10, run); n > 0 {
		t.Errorf("decoding again allocates %v times", n)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(chain.Pack(trained(f)))
	f.Fuzz(func(t *testing.T, file []byte) {
		models, err := chain.Unpack(file, 1)
		if err != nil {
			return
		}
		var d chain.Decoder
		d.Reset(models[0])
		d.Add([]uint32{1, 2, 3})
		for f := range uint32(300) {
			d.Add([]uint32{f * 0x9e3779b9, f})
		}
		d.Add(nil)
		d.Decode()
		chain.Pack(chain.Join(models...)...)
	})
}

func BenchmarkDecode(b *testing.B) {
	m := trained(b)
	words := strings.Fields(strings.Repeat("the mayor Bo Lund left ", 200))
	var d chain.Decoder
	b.ReportAllocs()
	for b.Loop() {
		d.Reset(m)
		for i := range words {
			d.Add(features(words, i))
		}
		d.Decode()
	}
}

func TestChoices(t *testing.T) {
	c := chain.NewChoices()
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
	m := c.Train(chain.Options{})
	near, far, other := m.Score([]uint32{11, 2}), m.Score([]uint32{11, 3}), m.Score([]uint32{10, 1})
	if near <= far || near <= other {
		t.Errorf("scores of the nearest red one, a farther one and another are %.2f, %.2f, %.2f", near, far, other)
	}
}
