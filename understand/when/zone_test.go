package when_test

import (
	"testing"

	"dateline"
	"dateline/understand/when"
)

func TestZoneOf(t *testing.T) {
	for _, test := range []struct {
		place     string
		published dateline.Date
		site      string
		want      string
	}{
		{"MOSCOW", "2022-02-10T20:00:00Z", "", "Europe/Moscow"},
		{"Wien", "2022-02-10T20:00:00Z", "example.com", "Europe/Vienna"},
		{"AUSTIN, Texas", "2022-02-10T20:00:00Z", "", ""}, // two zones
		{"MADISON, Wis.", "2022-02-10T20:00:00Z", "", "America/Chicago"},
		{"LAGOS, Nigeria", "2022-02-10T20:00:00Z", "example.co.uk", "Africa/Lagos"},
		{"PARIS, Texas", "2022-02-10T20:00:00Z", "", ""},
		{"ATHENS, Georgia", "2022-02-10T20:00:00Z", "", ""},
		{"PARIS, France", "2022-02-10T20:00:00Z", "", "Europe/Paris"},
		{"SINGAPORE", "2022-02-10T20:00:00Z", "", "Asia/Singapore"},
		{"VARN", "2022-02-10T20:00:00Z", "example.co.uk", "Europe/London"},
		{"", "2022-02-10T20:00:00Z", "news.example.DE", "Europe/Berlin"},
		{"", "2022-02-10T20:00:00Z", "example.com", ""},
		{"", "2022-02-10T20:00:00Z", "de", ""},
		{",", "2022-02-10T20:00:00Z", "", ""},
		{"", "2022-02-10T20:00:00Z", "", ""},
		{"", "2022-02-10T20:00:00+00:00", "example.de", "Europe/Berlin"},
		{"", "2022-02-10T20:00:00-05:00", "example.de", ""},
		{"MOSCOW", "2022-02-10T20:00:00-05:00", "example.de", "Europe/Moscow"},
	} {
		got := ""
		if l := when.ZoneOf(test.place, test.published, test.site); l != nil {
			got = l.String()
		}
		if got != test.want {
			t.Errorf("ZoneOf(%q, %q, %q) = %q, want %q", test.place, test.published, test.site, got, test.want)
		}
	}
}
