package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/answer"
	"dateline/query"
	"dateline/surface/web"
)

// calendar reads the twin of a calendar and writes one line for each sentence,
// what names the day in brackets.
func calendar(t *testing.T, a web.Archive, q, sort string) (lines []string, page answer.Calendar) {
	t.Helper()
	res := get(t, a, "/calendar.json?"+url.Values{"q": {q}, "sort": {sort}}.Encode())
	if err := json.Unmarshal([]byte(res.body), &page); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("calendar of %q: %s, %v\n%s", q, res.Status, err, res.body)
	}
	for _, m := range page.Months {
		for _, d := range m.Days {
			if !strings.HasPrefix(string(d.Date), string(m.Month)) {
				t.Errorf("calendar of %q: day %s stands in month %s", q, d.Date, m.Month)
			}
			for _, s := range d.Sentences {
				lines = append(lines, string(d.Date)+" "+marked(s.Text))
			}
		}
	}
	return lines, page
}

func marked(frags []query.Fragment) string {
	var b strings.Builder
	for _, f := range frags {
		if f.Match {
			b.WriteString("[" + f.Text + "]")
		} else {
			b.WriteString(f.Text)
		}
	}
	return b.String()
}

func TestCalendar(t *testing.T) {
	m := sample()
	for _, test := range []struct {
		q, sort string
		want    []string
		wider   int
	}{
		{"bridge stay", "newest", []string{
			"2024-03-06 Two ferries will carry commuters from [Wednesday morning]:",
			"2024-03-05 The harbour bridge will stay closed for eight weeks after inspectors found a crack in one of its main cables, the port authority said on [Tuesday evening].",
		}, 1},
		{"grain lang:en", "oldest", []string{
			"2024-03 SALVADO (North Wire) - The government of Salvado has invited nine countries to talks on grain tariffs in [March].",
			"2024-03-08 SALVADO (North Wire) - Ministers of nine countries left grain talks on [Friday] without an agreement.",
		}, 0},
		{"grain lang:en", "newest", []string{
			"2024-03 SALVADO (North Wire) - The government of Salvado has invited nine countries to talks on grain tariffs in [March].",
			"2024-03-08 SALVADO (North Wire) - Ministers of nine countries left grain talks on [Friday] without an agreement.",
		}, 0},
		{"lang:ja", "", []string{"2024-03-05 港湾当局は[火曜日]、主ケーブルに亀裂が見つかったため橋を全面通行止めにしたと発表した。"}, 0},
		{"when:2024-03-06 lang:en-GB ferries", "", []string{
			"2024-03-06 The two ferries that replace the harbour bridge left the quay on time on [Wednesday].",
			"2024-03-06 Two ferries will carry commuters from [Wednesday morning]:",
		}, 0},
		{"zebra", "", nil, 0},
	} {
		lines, page := calendar(t, m, test.q, test.sort)
		if !slices.Equal(lines, test.want) || page.WiderCount != test.wider {
			t.Errorf("calendar of %q, %s first: wider %d, want %d\n got %q\nwant %q", test.q, test.sort, page.WiderCount, test.wider, lines, test.want)
		}
		for _, mo := range page.Months {
			for _, d := range mo.Days {
				if f := searchFor(t, m, d.Query); f.Total == 0 {
					t.Errorf("calendar of %q: the query of %s, %s, finds nothing", test.q, d.Date, d.Query)
				}
			}
		}
	}
	for address, want := range map[string]string{
		"/calendar?q=zebra":         "Nothing matches this search",
		"/calendar?q=lang:ar":       "These articles name no day",
		"/calendar?q=bridge+stay":   "Tuesday 5 March 2024",
		"/calendar?q=invited":       "1 month spoken of",
		"/calendar?q=lang:en+grain": "1 day and 1 month spoken of",
		"/search?q=harbour":         "Days spoken of",
		"/calendar?q=when:2021..1":  "This query cannot be read",
		"/calendar?q=&sort=best":    "it can be newest or oldest",
	} {
		if says := text(get(t, m, address).tree(t)); !strings.Contains(says, want) {
			t.Errorf("GET %s does not say %q:\n%s", address, want, says)
		}
	}
}

// TestCalendarIsBounded asks for a calendar of more articles, days and
// sentences than one page shows.
func TestCalendarIsBounded(t *testing.T) {
	m := &memory{}
	for i := range 520 {
		a := dateline.Article{URL: fmt.Sprintf("https://news.example/%d", i), Published: "2024-01-01", Headline: "Report",
			Text: "It began on day one, and on day one again. It goes on."}
		m.add(a)
		dates := datesIn(&a, "day one 2024-01-01", fmt.Sprintf("goes on %04d-02-03", 1000+i))
		again := dates[0]
		again.Start, again.End = strings.LastIndex(a.Text, "day one"), strings.LastIndex(a.Text, "day one")+len("day one")
		m.findings[m.last().Capture] = &dateline.Findings{Dates: append(dates, again)}
	}
	lines, page := calendar(t, m, "", "newest")
	if page.Total != 520 || page.Read != 500 || page.LeftOut.Articles != 20 || page.DayCount != 501 || page.Shown != 200 || len(page.Months) != 200 {
		t.Errorf("read %d of %d articles, shown %d of %d days, want 500 of 520, 200 of 501", page.Read, page.Total, page.Shown, page.DayCount)
	}
	if want := "2024-01-01 It began on [day one], and on [day one] again."; lines[0] != want {
		t.Errorf("the first sentence is %q, want %q", lines[0], want)
	}
	if d := page.Months[0].Days[0]; d.Count != 500 || len(d.Sentences) != 10 || d.More != 490 {
		t.Errorf("2024-01-01 has %d sentences, %d shown, %d more, want 500, 10, 490", d.Count, len(d.Sentences), d.More)
	}
}

// TestCalendarSentences cuts the sentence around "DAY" out of one block.
func TestCalendarSentences(t *testing.T) {
	long := strings.Repeat("many words ", 60)
	for _, test := range []struct{ text, want string }{
		{"DAY", "DAY"},
		{"One. On DAY it came. Two.", "On DAY it came."},
		{"Mr. Vance and Gen. Orr met on DAY in the U.S. capital, Jan. 28 or not. Two.", "Mr. Vance and Gen. Orr met on DAY in the U.S. capital, Jan. 28 or not."},
		{"“It was DAY,” she said. “No.” Then", "“It was DAY,” she said."},
		{"He left. “It was DAY.” She stayed.", "“It was DAY.”"},
		{"Really? On DAY! Yes.", "On DAY!"},
		{"am 28. Januar kam DAY. Danach", "am 28. Januar kam DAY."},
		{"first line\nsecond DAY line\nthird", "second DAY line"},
		{"一。iPhone DAY 手机。二。", "iPhone DAY 手机。"},
		{"Block.\n\nOn DAY.\n\nBlock.", "On DAY."},
		{long + "DAY" + long, strings.TrimSpace(strings.Repeat("many words ", 18)) + " DAYmany " + strings.TrimSpace(strings.Repeat("words many ", 17)) + " words"},
	} {
		m := &memory{}
		a := dateline.Article{URL: "https://news.example/1", Headline: "x", Text: test.text}
		m.add(a)
		m.findings[m.last().Capture] = &dateline.Findings{Dates: datesIn(&a, "DAY 2024-01-01")}
		lines, _ := calendar(t, m, "", "")
		if want := "2024-01-01 " + strings.Replace(test.want, "DAY", "[DAY]", 1); len(lines) != 1 || lines[0] != want {
			t.Errorf("the sentence of %q\n got %q\nwant %q", test.text, lines, want)
		}
	}
	for _, r := range []string{"é", "字", "\xff"} { // cut within long words
		m := &memory{}
		a := dateline.Article{URL: "https://news.example/1", Text: strings.Repeat(r, 500) + "DAY" + strings.Repeat(r, 501)}
		m.add(a)
		m.findings[m.last().Capture] = &dateline.Findings{Dates: datesIn(&a, "DAY 2024-01-01")}
		if lines, _ := calendar(t, m, "", ""); len(lines) != 1 || len(r) > 1 && strings.Contains(lines[0], "\ufffd") {
			t.Errorf("a long word of %q is cut to %q", r, lines)
		}
	}
}

func TestDatesAreMarked(t *testing.T) {
	m := sample()
	a := m.versions[1]
	doc := get(t, m, "/article/"+string(a.ID)+"?q=wednesday").tree(t)
	var got []string
	for _, n := range all(doc, "a") {
		if class, _ := attr(n, "class"); class != "when" {
			continue
		}
		why, _ := attr(n, "data-why")
		href, _ := attr(n, "href")
		got = append(got, text(n)+"|"+why+"|"+href)
		for _, mark := range all(n, "mark") {
			got = append(got, "mark "+text(mark))
		}
	}
	want := []string{
		"eight weeks|8 weeks · stated · when/duration|#date-4",
		"Tuesday evening|Tuesday 5 March 2024, evening · relative · when/weekday-past|#date-1",
		"Wednesday morning|Wednesday 6 March 2024, morning · relative · when/weekday-next|#date-2", "mark Wednesday",
		"1987|1987 · stated · when/year|#date-3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("dates marked in the text:\n got %q\nwant %q", got, want)
	}
	var blocks []string
	for _, n := range all(all(doc, "article")[0], "p") {
		blocks = append(blocks, text(n))
	}
	if want := "The last closure, in 1987, took four months."; !slices.Contains(blocks, want) {
		t.Errorf("marking dates changed the text: %q lacks %q", blocks, want)
	}
	says := text(doc)
	for _, want := range []string{"P8W", "when/broken", "2024-03-05TEV"} {
		if !strings.Contains(says, want) {
			t.Errorf("the list of dates does not say %q", want)
		}
	}
}

// TestDatesInTheDeck marks what the deck speaks of in the deck, and quotes the
// deck for it.
func TestDatesInTheDeck(t *testing.T) {
	m := &memory{}
	m.add(dateline.Article{URL: "https://news.example/1", Headline: "Answer", Deck: "No hurry. The minister answered on Thursday.", Text: "A letter came on Thursday."})
	at := strings.Index(m.last().Deck, "Thursday")
	deck := dateline.Timex{Words: dateline.Words{Start: at, End: at + len("Thursday"), Text: "Thursday", In: dateline.InDeck},
		Type: "DATE", Value: "2022-02-10", Basis: "relative", Rule: "when/weekday"}
	m.findings[m.last().Capture] = &dateline.Findings{Dates: []dateline.Timex{deck, timex(m.last(), "Thursday", "2022-02-10", "relative", "when/weekday")}}
	lines, _ := calendar(t, m, "", "")
	want := []string{"2022-02-10 The minister answered on [Thursday].", "2022-02-10 A letter came on [Thursday]."}
	if !slices.Equal(lines, want) {
		t.Errorf("calendar:\n got %q\nwant %q", lines, want)
	}
	var marks []string
	for _, n := range all(get(t, m, "/article/"+string(m.last().ID)).tree(t), "p") {
		for _, a := range all(n, "a") {
			if class, _ := attr(a, "class"); class == "when" {
				marks = append(marks, text(n)+"|"+text(a))
			}
		}
	}
	want = []string{"No hurry. The minister answered on Thursday.|Thursday", "A letter came on Thursday.|Thursday"}
	if !slices.Equal(marks, want) {
		t.Errorf("marks:\n got %q\nwant %q", marks, want)
	}
}
