package understand_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

// TestDatesAmongNames tells dates from names, titles, scores and quarters of games, and puts
// those without a year into the right one. Published is Thursday, 10 February 2022.
func TestDatesAmongNames(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"June Albright won on Sunday. Judge Ellen Friday wept. Friday left.", "Sunday 2022-02-06"},
		{"Theresa May resigned. Critics of May’s deal cheered, and Mrs May will speak in May.", "May 2022-05"},
		{"Officials said the mayor met with Leo Berg Sunday.", "Sunday 2022-02-06"},
		{"They read “1984” and bought a Renault 2010. In 2010 it rained.", "2010 2010"},
		{"Lows in the 20s are expected on Saturday. He grew up in the 60s.", "Saturday 2022-02-12|the 60s 196"},
		{"The home team scored three goals in the fourth quarter.", ""},
		{"Profit fell in the fourth quarter.", "the fourth quarter 2021-Q4"},
		{"Since Sept. 11 she has not flown. The March 11 bombings killed 193 people.", ""},
		{"The bakery opened in March 1954. By October it had nine ovens.", "March 1954 1954-03|October 1954-10"},
		{"The vote is on Wednesday, March 15.", "Wednesday, March 15 2023-03-15"},
		{"It was filed on 2021/11/30 and 05-Dec-21.", "2021/11/30 2021-11-30|05-Dec-21 2021-12-05"},
		{"The road was closed on Wednesday from 8 to 10 p.m. on both sides.", "Wednesday 2022-02-09|8 2022-02-09T20:00|10 p.m. 2022-02-09T22:00"},
		{"She left three weeks ago Monday.", "three weeks ago Monday 2022-01-17"},
		{"Burglars came over the weekend.", "the weekend 2022-W05-WE"},
		{"They met on Jan. 4 and again on the 20th.", "Jan. 4 2022-01-04|the 20th 2022-01-20"},
		{"The ferry sails at 7 a.m. on Saturday.", "7 a.m. on Saturday 2022-02-12T07:00"},
		{"Ruby Tuesday closed its kitchen. April Rowe left the town in June.", "June 2021-06"},
		{"On Jan. 10 she wrote to the board: “I will resign tomorrow.”", "Jan. 10 2022-01-10|tomorrow 2022-01-11"},
		{"In a letter of 3 March 2019 he pleaded: “Next year I will pay.”", "3 March 2019 2019-03-03|Next year 2020"},
		{"The coins go on show on Wednesday.", "Wednesday 2022-02-16"},
		{"In 1987 the flood came in January and the dam broke in March.", "1987 1987|January 1987-01|March 1987-03"},
		{"The jury met on Jan. 3, the 5th and the 6th. It will meet again on the 21st.", "Jan. 3 2022-01-03|the 5th 2022-01-05|the 6th 2022-01-06|the 21st 2022-02-21"},
		{"He flew out on December 28 and came home on the 30th. The 1st Cavalry came on the 30th floor.", "December 28 2021-12-28|the 30th 2021-12-30"},
		{"The shop is shut on Ash Wednesday and Mardi Gras. Martin Luther King Jr. Day was quiet.", "Ash Wednesday 2022-03-02|Mardi Gras 2022-03-01|Martin Luther King Jr. Day 2022-01-17"},
		{"The driver, Wednesday Obi, had no licence.", ""},
		{"On 2 May 2018 the minister told parliament: “Last year we lost nothing.”", "2 May 2018 2018-05-02|Last year 2017"},
		{"The gallery closes on Monday for repairs. The law takes effect on Tuesday.", "Monday 2022-02-14|Tuesday 2022-02-15"},
		{"Speeds were in the 50s.", ""},
		{"The parade for Chinese New Year was long.", "Chinese New Year 2022-02-01"},
	} {
		f := understand.Findings(&dateline.Article{Lang: "en", Published: "2022-02-10", Text: test.text})
		var got []string
		for _, d := range f.Dates {
			got = append(got, d.Text+" "+d.Value)
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("dates in %q are %q, want %q", test.text, s, test.want)
		}
	}
}
