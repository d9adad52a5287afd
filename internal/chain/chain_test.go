package chain_test

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
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

// names returns a model that knows a few names by heart: first names begin one,
// last names go on with it or are one by themselves.
func names(t testing.TB) *chain.Model {
	t.Helper()
	w := chain.Weights{
		Labels: labels, Scale: 0.25,
		Steps: []int32{12, 12, 12, 0, 0, 0, chain.Forbidden, 0, 0}, // most words are of no name
		First: []int32{12, 0, chain.Forbidden}, Last: []int32{0, 0, 0},
	}
	for _, name := range []string{"Ada", "Bo", "Cy"} {
		w.Features, w.Rows = append(w.Features, features([]string{name}, 0)[0]), append(w.Rows, -10, 20, -10)
	}
	for _, name := range []string{"Lund", "Berg"} {
		w.Features, w.Rows = append(w.Features, features([]string{name}, 0)[0]), append(w.Rows, -10, 5, 20)
	}
	return chain.New(w)
}

// scattered returns a model of labels with many features that weigh anything.
func scattered(labels []string, from, by, seed uint32) *chain.Model {
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	k := len(labels)
	w := chain.Weights{Labels: labels, Scale: 0.01, Steps: make([]int32, k*k), First: make([]int32, k), Last: make([]int32, k)}
	for i := range uint32(3900) {
		w.Features = append(w.Features, (from+i*by)*2654435)
		for range k {
			w.Rows = append(w.Rows, int8(r.IntN(255)-127))
		}
	}
	return chain.New(w)
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

func TestDecode(t *testing.T) {
	var d chain.Decoder
	for _, c := range [][2]string{
		{"", ""},
		{"the mayor Bo Lund left", "O O B-name I-name O"},
		{"Lund left", "B-name O"},
	} {
		if got := decode(&d, names(t), c[0]); got != c[1] {
			t.Errorf("labels of %q are %q, want %q", c[0], got, c[1])
		}
	}
}

func TestPack(t *testing.T) {
	m := names(t)
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
	single := [2]*chain.Model{
		scattered(labels, from, 1, 1),
		scattered([]string{"O", "B-a", "I-a", "B-b", "I-b", "B-c", "I-c", "B-d", "I-d", "B-e", "I-e"}, from, 2, 2),
	}
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

// TestSums has what groups of features weigh, looked up together, be what they weigh one by one.
func TestSums(t *testing.T) {
	seven := []string{"O", "B-a", "I-a", "B-b", "I-b", "B-c", "I-c"}
	both, err := chain.Unpack(chain.Pack(scattered(seven, 100, 1, 1), scattered(seven, 100, 2, 2)), 2)
	if err != nil {
		t.Fatal(err)
	}
	if !both[0].Sums(both[1]) || names(t).Sums(both[0]) {
		t.Error("models share a table that they do not, or the other way round")
	}
	var features []uint32
	var groups chain.Groups
	var ends []int
	for i := range 9 { // the first group is empty, and the last ones reach over what is looked up at a time
		for k := range i * i {
			features = append(features, uint32(50+i*97+k*13)*2654435)
		}
		ends = append(ends, len(features))
		if n := groups.Next(); int(n) != i {
			t.Errorf("group %d has the number %d", i, n)
		}
		groups.End(len(features))
	}
	sums := both[0].Sum(features, &groups)
	for _, m := range both {
		var one, all chain.Decoder
		one.Reset(m)
		all.Reset(m)
		from := 0
		for i, end := range ends { // each with the group before the last
			sum := sums[i]
			sum.Add(&sums[7])
			all.AddSum(&sum)
			one.Add(append(features[from:end:end], features[ends[6]:ends[7]]...))
			from = end
		}
		if got, want := fmt.Sprint(all.Probabilities(), all.Decode()), fmt.Sprint(one.Probabilities(), one.Decode()); got != want {
			t.Errorf("sums give\n%s\nthe features give\n%s", got, want)
		}
	}
}

func TestProbabilities(t *testing.T) {
	m := names(t)
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
	m := names(t)
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
	f.Add(chain.Pack(names(f)))
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
	m := names(b)
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
