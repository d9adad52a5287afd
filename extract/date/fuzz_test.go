package date_test

import (
	"testing"

	"dateline"
	"dateline/extract/date"
)

// FuzzEach reads the dates of any text: each is one, and stands in the text.
func FuzzEach(f *testing.F) {
	for _, s := range []string{"4 May 2024, 14:26", "2024-05-04T14:26:00+03:00", "03/04/2022", "４月３日 2022年", "٤ مايو ٢٠٢٤", "31 February 2022", "99999999999", "令和6年5月4日", "1403/02/15", "\xff2024", "May May May 2024 2024"} {
		f.Add(s, "en")
		f.Add(s, "ja")
		f.Add(s, "fa-IR")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		date.Each(s, lang, func(d dateline.Date, start, end int) bool {
			if _, _, ok := d.Interval(); !ok {
				t.Errorf("%q (%s) has the date %q, which is none", s, lang, d)
			}
			if start < 0 || start >= end || end > len(s) {
				t.Errorf("%q (%s) has %q at %d to %d", s, lang, d, start, end)
			}
			return true
		})
		if d, ok := date.InAddress(s); ok {
			if _, _, ok := d.Interval(); !ok {
				t.Errorf("the address %q has the date %q, which is none", s, d)
			}
		}
		date.LabelOf(s)
		date.MetaLabel(s)
		date.InSentence(s)
		date.WithoutDay(s)
	})
}
