package byline_test

import (
	"strings"
	"testing"

	"dateline/extract/byline"
)

// FuzzSplit reads any line as a byline, a credit, a dateline and a signature: names
// are none of nothing, and what is split off stands in the line.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"By Ana Duarte and Tom O'Neill, Harbour Post", "Von Peter Müller (dpa)", "LAGOS, Nigeria (AP) — The port", "Photo: Ana Duarte/AFP", "(Reporting by A B; editing by C D)", "王毅 记者", "\xff By ", "by by by", "A, B, C & D und E et F"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, names := range [][]string{byline.Split(s), byline.Closing(s)} {
			for _, n := range names {
				if strings.TrimSpace(n) == "" {
					t.Errorf("%q has the name %q", s, n)
				}
			}
		}
		if name, ok := byline.Credit(s); ok && strings.TrimSpace(name) == "" {
			t.Errorf("%q credits %q", s, name)
		}
		if _, ok := byline.Dateline(s); !ok && byline.NoDateline(s) == "" {
			t.Errorf("nobody says why %q has no dateline", s)
		}
		byline.Parts(s)
		byline.SplitCredit(s)
		byline.MakerOf(s)
		byline.OpensCredit(s)
		byline.CutBy(s)
	})
}
