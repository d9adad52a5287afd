package date_test

import (
	"fmt"
	"slices"
	"testing"

	"dateline"
	"dateline/extract/date"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, lang string
		want       dateline.Date
	}{
		{"𝟏𝟐 May 𝟐𝟎𝟐𝟒", "en", "2024-05-12"}, // digits outside the Basic Multilingual Plane
		{"\U00011451 4 May 2024", "en", "2024-05-04"},
		{"Published 10 February 2022 at 11:26 GMT", "en", "2022-02-10T11:26:00Z"},
		{"Publi\u00e9 le 10 f\u00e9vrier 2022", "", "2022-02-10"},
		{"10. Februar 2022, 11.26 Uhr", "", "2022-02-10T11:26:00"},
		{"March 2024", "en", "2024-03"},
		{"03/04/2022", "en-GB", "2022-04-03"},
		{"03/04/2022", "en-US", "2022-03-04"},
		{"03/04/2022", "en", "2022"},
		{"2022-02-10T11:26:00+0100", "", "2022-02-10T11:26:00+01:00"},
		{"31 February 2022", "en", "2022-02"},                              // there is no such day, but such a month
		{"Tue May 12 15:05:00 CEST 2026", "", "2026-05-12T15:05:00+02:00"}, // as Java prints it
		{"Fri Nov 6 09:05:10 GMT+02:00 2026", "", "2026-11-06T09:05:10+02:00"},
		{"Tue 12 May 2026 15.05 BST", "en", "2026-05-12T15:05:00+01:00"},
		{"12 May 2026, 9.30 WEST", "en", "2026-05-12T09:30:00+01:00"},
		{"Published 3:05 p.m. ET May 12, 2026", "en", "2026-05-12T15:05:00-04:00"},
		{"Feb. 3, 2026, 7:10 a.m. PT", "en-US", "2026-02-03T07:10:00-08:00"},
		{"March 8, 2026 9:00 a.m. CT", "en", "2026-03-08T09:00:00-05:00"}, // the first day of summer time
		{"November 1, 2026 9:00 a.m. CT", "en", "2026-11-01T09:00:00-06:00"},
		{"3 février 2026 à 7h10 et demie", "fr", "2026-02-03T07:10:00"},
		{"three hours ago", "en", ""},
	} {
		got, ok := date.Parse(c.text, c.lang)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("Parse(%q, %q) = %q, want %q", c.text, c.lang, got, c.want)
		}
	}
}

// TestEach reads lines of several dates; a time of day belongs to one of them.
func TestEach(t *testing.T) {
	for _, c := range []struct {
		text, lang string
		want       []dateline.Date
	}{
		{"Publicerad 12 maj 2026 kl. 15.05 Uppdaterad 13 maj 2026", "sv", []dateline.Date{"2026-05-12T15:05:00", "2026-05-13"}},
		{"15:05, 12 May 2026, updated 13 May 2026 9:10", "en", []dateline.Date{"2026-05-12T15:05:00", "2026-05-13T09:10:00"}},
	} {
		var got []dateline.Date
		date.Each(c.text, c.lang, func(d dateline.Date, _, _ int) bool {
			got = append(got, d)
			return true
		})
		if !slices.Equal(got, c.want) {
			t.Errorf("Each(%q, %q) = %q, want %q", c.text, c.lang, got, c.want)
		}
	}
}

func TestInAddress(t *testing.T) {
	for _, c := range []struct {
		address string
		want    dateline.Date
	}{
		{"https://harbourpost.example/2022/02/10/storm", "2022-02-10"},
		{"https://harbourpost.example/world/2022/feb/10/storm", "2022-02-10"},
		{"https://harbourpost.example/20220210/storm", "2022-02-10"},
		{"https://harbourpost.example/2022/02/30/storm", ""},
		{"https://harbourpost.example/storm-2022", ""},
	} {
		got, ok := date.InAddress(c.address)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("InAddress(%q) = %q, want %q", c.address, got, c.want)
		}
	}
}

func ExampleEach() {
	date.Each("Published 10 February 2022, updated 11 February 2022 at 9.30", "da", func(d dateline.Date, start, end int) bool {
		fmt.Println(d, start, end)
		return true
	})
	// Output:
	// 2022-02-10 10 26
	// 2022-02-11T09:30:00 36 53
}
