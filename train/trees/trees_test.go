package trees_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"dateline/internal/boost"
	"dateline/train/trees"
)

// samples are of the class where the first feature is above 10, or where the
// second and the third are both below 4; the fourth tells nothing.
func samples(n int, seed uint64) []trees.Sample {
	r := rand.New(rand.NewPCG(seed, 2))
	all := make([]trees.Sample, n)
	for i := range all {
		v := &boost.Vector{uint8(r.IntN(20)), uint8(r.IntN(8)), uint8(r.IntN(8)), uint8(r.IntN(256))}
		all[i] = trees.Sample{Features: v, Is: v[0] > 10 || v[1] < 4 && v[2] < 4, Weight: 1}
	}
	return all
}

var options = trees.Options{Trees: 40, Rate: 0.3, Rows: 0.7, Asked: 0.8, Seed: 3}

// wrong counts the samples that m takes for the other class.
func wrong(m *boost.Model, list []trees.Sample) int {
	n := 0
	for _, s := range list {
		if (m.Score(s.Features) > 0) != s.Is {
			n++
		}
	}
	return n
}

func TestTrain(t *testing.T) {
	m := trees.Train(samples(2000, 1), options)
	if wrong := wrong(m, samples(1000, 9)); wrong > 10 {
		t.Errorf("%d of 1000 new samples are scored wrong, want at most 10", wrong)
	}
	if n := m.Features(); n < 3 || n > 4 {
		t.Errorf("the model asks for %d features, want 3 or 4", n)
	}
}

func TestTrainAgain(t *testing.T) {
	a := trees.Train(samples(500, 1), options).Append(nil)
	b := trees.Train(samples(500, 1), options).Append(nil)
	if !bytes.Equal(a, b) {
		t.Error("the same samples and options give two models")
	}
}

func TestTrainWeights(t *testing.T) {
	all := samples(500, 1)
	for i := range all { // what weighs nothing must teach nothing
		wrong := all[i]
		wrong.Is, wrong.Weight = !wrong.Is, 0
		all = append(all, wrong)
	}
	m := trees.Train(all, options)
	if wrong := wrong(m, samples(500, 1)); wrong > 10 {
		t.Errorf("%d of 500 samples are scored wrong, want at most 10", wrong)
	}
	if n := trees.Train(nil, options).Score(&boost.Vector{1, 2, 3, 4}); n != 0 {
		t.Errorf("a model of nothing scores %d, want 0", n)
	}
}

func TestRead(t *testing.T) {
	m := trees.Train(samples(500, 1), options)
	file := m.Append(nil)
	again, rest, err := boost.Read(append(file, "rest"...))
	if err != nil || string(rest) != "rest" {
		t.Fatalf("Read = %q, %v", rest, err)
	}
	for _, s := range samples(100, 5) {
		if got, want := again.Score(s.Features), m.Score(s.Features); got != want {
			t.Fatalf("score of %v after reading = %d, want %d", s.Features, got, want)
		}
		for _, least := range []int{-5000, -500, 0, m.Score(s.Features) - 1, m.Score(s.Features), 800, 4000} {
			want := m.Score(s.Features) > least
			if m.Above(s.Features, least) != want || again.Above(s.Features, least) != want {
				t.Fatalf("%v scores %d, which is above %d or not", s.Features, m.Score(s.Features), least)
			}
		}
	}
	for _, n := range []int{0, 3, 10, len(file) - 1} {
		if _, _, err := boost.Read(file[:n]); err == nil {
			t.Errorf("Read of %d bytes of %d: no error", n, len(file))
		}
	}
}
