package query_test

import (
	"testing"

	"dateline"
	"dateline/query"
)

func TestWhenAdmits(t *testing.T) {
	for _, test := range []struct {
		query, value string
		want         bool
	}{
		{"when:2022-01-28", "2022-01-28", true},
		{"when:2022-01-28", "2022-01-27", false},
		{"when:2022-01-28", "2022-01-29", false},
		{"when:2022-01-28", "2022-W04", true},
		{"when:2022-01-28", "2022-01", true},
		{"when:2022-01-28", "2022-02", false},
		{"when:2022-01-28", "2022", true},
		{"when:2024-12-31", "2024", true}, // a leap year is no wider than a year
		{"when:1994-05-06", "199", false},
		{"when:1990..1999", "199", true},
		{"when:1990..1998", "199", false},
		{"when:1991..", "199", false},
		{"when:1990..", "199", true},
		{"when:..1999", "199", true},
		{"when:2021-11..2022-01", "2021-10-31", false},
		{"when:2021-11..2022-01", "2021-11-01", true},
		{"when:2021-11..2022-01", "2022-01-31", true},
		{"when:2021-11..2022-01", "2022-02-01", false},
		{"when:2021-11..", "9999-12-31", true},
		{"when:..2022", "0001-01-01", true},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		start, end, ok := dateline.Timex{Type: "DATE", Value: test.value}.Interval()
		if !ok {
			t.Fatalf("%s has no interval", test.value)
		}
		if got := q.Root.(query.When).Admits(start, end); got != test.want {
			t.Errorf("%s admits %s: %t, want %t", test.query, test.value, got, test.want)
		}
	}
	start, end, _ := dateline.Timex{Type: "DATE", Value: "2022"}.Interval()
	if (query.When{}).Admits(start, end) {
		t.Error("the zero When admits a year")
	}
}
