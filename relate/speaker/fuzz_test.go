package speaker_test

import (
	"testing"

	"dateline"
	"dateline/relate/speaker"
)

// FuzzKey reads any name: its key is that of itself, and a decision about it can be
// taken back.
func FuzzKey(f *testing.F) {
	for _, s := range []string{"Ana Duarte", "Müller-", "\xff", "İ", "ß", "the minister", "王毅", "  A  B "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		k := speaker.Key(name)
		if again := speaker.Key(k); again != k {
			t.Errorf("Key(%q) = %q, and of that %q", name, k, again)
		}
		speaker.Anonymous(name)
		if d, undone := speaker.Decide(nil, dateline.SpeakerRef{Name: name}, dateline.SpeakerRef{Name: name + " x"}, dateline.Same); undone || d.Verdict != dateline.Same {
			t.Errorf("Decide without earlier decisions = %+v, %t", d, undone)
		}
		speaker.Names(k, []dateline.Decision{{A: dateline.SpeakerRef{Name: name}, B: dateline.SpeakerRef{Name: k}, Verdict: dateline.Same}})
	})
}
