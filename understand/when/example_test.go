package when_test

import (
	"fmt"

	"dateline/understand/when"
)

func ExampleFind() {
	ref := when.Reference{Published: "2022-02-10", Lang: "en"}
	for _, d := range when.Find("It closed last Tuesday, after 4 May 2020 and three long weeks.", ref) {
		fmt.Println(d.Text, d.Type, d.Value, d.Basis, d.Rule)
	}
	// Output:
	// last Tuesday DATE 2022-02-08 relative when/weekday
	// 4 May 2020 DATE 2020-05-04 stated when/date
	// three long weeks DURATION P3W stated when/duration
}

func ExampleExplain() {
	ref := when.Reference{Published: "2022-02-10", Lang: "en"}
	dates, bases := when.Explain("It opened on 4 May 2020 and closed two days later.", ref)
	for i, d := range dates {
		fmt.Printf("%s = %s, counted from %q (%s)\n", d.Text, d.Value, bases[i].Day, bases[i].What)
	}
	// Output:
	// 4 May 2020 = 2020-05-04, counted from "" ()
	// two days later = 2020-05-06, counted from "2020-05-04" (last date)
}
