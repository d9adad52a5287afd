package query_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/query"
)

func TestTokens(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"The U.S. said: 1,000!", "the u s said 1 000"},
		{"Żółw ŁÓDŹ Straße STRASSE Øre Æsir İstanbul ısı", "zolw lodz strasse strasse ore aesir istanbul isi"},
		{"cafe\u0301 e\u0301te\u0301", "cafe ete"},
		{"co\u00adop\u200derate", "cooperate"},
		{"Ёлка й Київ", "елка й київ"},
		{"Οδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ"},
		{"ＡＢＣ１ CO₂ ﬁn", "abc1 co2 fin"},
		{"हिन्दी में", "हिन्दी में"},
		{"مُحَمَّد آل", "محمد ال"},
		{"שָׁלוֹם", "שלום"},
		{"香港人", "香港 港人 人"},
		{"人", "人"},
		{"a香港b", "a 香港 港 b"},
		{"香港。人", "香港 港 人"},
		{"한국어", "한국 국어 어"},
		{"スーパー", "スー ーパ パー ー"},
		{"ไทย", "ไท ทย ย"},
		{"\ue000x\uf8ffy", "x y"},
		{"a\xff\xfeb", "a b"},
		{"\u0301\u0301", ""},
		{strings.Repeat("é", 100), strings.Repeat("e", 64)},
		{strings.Repeat("й", 100), strings.Repeat("й", 32)},
	} {
		var got []string
		end := 0
		for tok := range query.Tokens(test.in) {
			got = append(got, tok.Text)
			if tok.Start < 0 || tok.Start >= tok.End || tok.End < end || tok.End > len(test.in) || !utf8.RuneStart(test.in[tok.Start]) {
				t.Errorf("Tokens(%q): bad span %+v", test.in, tok)
			}
			end = tok.End
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("Tokens(%q) = %q, want %q", test.in, s, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"  Josep\t Borrell ", "josep borrell"},
		{"C++", "c++"},
		{"Łódź — É", "lodz — e"},
		{"", ""},
	} {
		if got := query.Fold(test.in); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// marked writes matches in brackets.
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

func TestHighlight(t *testing.T) {
	for _, test := range []struct{ query, text, want string }{
		{"", "a b", "a b"},
		{"b", "", ""},
		{"cafe", "Café, CAFÉS, cafe\u0301!", "[Café], CAFÉS, [cafe\u0301]!"},
		{"minist*", "Ministers and administration", "[Ministers] and administration"},
		{`"one answer"`, "One, answer. One more answer", "[One, answer]. One more answer"},
		{`"a a b"`, "a a a b a a b", "a [a a b] [a a b]"},
		{`"a b a b c"`, "a b a b a b c", "a b [a b a b c]"},
		{"U.S.", "the U.S. and us", "the [U.S]. and us"},
		{`U.S*`, "the u sides", "the [u sides]"},
		{"a OR b -c tag:d", "a b c d", "[a] [b] c d"},
		{`a "a b" b`, "x a b x", "x [a b] x"},
		{"外交部", "中国外交部长", "中国[外交部]长"},
		{"外", "中国外交部长", "中国[外]交部长"},
		{"长", "中国外交部长", "中国外交部[长]"},
		{`"手机 iphone"`, "我的手机 iPhone", "我的[手机 iPhone]"},
		{"strasse", "Straße", "[Straße]"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(query.Highlight(q, test.text)); got != test.want {
			t.Errorf("Highlight(%q, %q) = %q, want %q", test.query, test.text, got, test.want)
		}
		checkHighlight(t, q, test.text)
	}
}

func checkHighlight(t *testing.T, q query.Query, text string) {
	t.Helper()
	var b strings.Builder
	for _, f := range query.Highlight(q, text) {
		if f.Text == "" {
			t.Errorf("Highlight(%q, %q): an empty fragment", q, text)
		}
		b.WriteString(f.Text)
	}
	if b.String() != text {
		t.Errorf("Highlight(%q, %q): fragments join to %q", q, text, b.String())
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("filler words here ", 20)
	for _, test := range []struct {
		query, text string
		width       int
		want        string
	}{
		{"x", "short text", 40, "short text"},
		{"x", "one two three four five six", 14, "one two three …"},
		{"text", "short\n\n text", 40, "short [text]"},
		{"answer", long + "the answer came late " + long, 30, "… the [answer] came late filler …"},
		{"answer late", "answer " + long + "the late answer " + long, 25, "… the [late] [answer] filler …"},
		{"answer", long + "the answer", 30, "… filler words here the [answer]"},
		{"外交", strings.Repeat("中国", 30) + "外交部长" + strings.Repeat("北京", 30), 10, "… 中国[外交]部长北京北京 …"},
		{"x", strings.Repeat("y", 50), 10, "yyyyyyyyyy …"},
		{"x", "", 10, ""},
		{"x", "x y z", 0, "[x] …"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(query.Snippet(q, test.text, test.width)); got != test.want {
			t.Errorf("Snippet(%q, %.30q…, %d)\n got %q\nwant %q", test.query, test.text, test.width, got, test.want)
		}
	}
}

// TestHighlightBeginnings marks words by many beginnings at once.
func TestHighlightBeginnings(t *testing.T) {
	q, err := query.Parse("h* ha* harb* bridge* 港* z*")
	if err != nil {
		t.Fatal(err)
	}
	const text = "The harbour has a hub, a BRIDGE and 港湾."
	var marked []string
	whole := ""
	for _, f := range query.Highlight(q, text) {
		whole += f.Text
		if f.Match {
			marked = append(marked, f.Text)
		}
	}
	if want := []string{"harbour", "has", "hub", "BRIDGE", "港"}; !slices.Equal(marked, want) || whole != text {
		t.Errorf("marked %q in %q, want %q", marked, whole, want)
	}
}

// TestHighlightLinear compares the time for a text with that for one thirty
// times as long, for a query made to be slow.
func TestHighlightLinear(t *testing.T) {
	q, err := query.Parse(`"` + strings.Repeat("a ", 500) + `b" ` + strings.Repeat(`"a a a c" `, 50) + strings.Repeat("a* ", query.MaxStars))
	if err != nil {
		t.Fatal(err)
	}
	cost := func(n int) time.Duration {
		text := strings.Repeat("a ", n)
		var runs []time.Duration
		for range 5 {
			start := time.Now()
			query.Snippet(q, text, 200)
			runs = append(runs, time.Since(start))
		}
		return slices.Min(runs)
	}
	small, large := cost(1000), cost(30000)
	if large > 200*small {
		t.Errorf("Snippet of 1000 words takes %v, of 30000 %v", small, large)
	}
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The minister said the Café in Łódź was open, 2022. ", 50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for range query.Tokens(text) {
		}
	}
}

func BenchmarkSnippet(b *testing.B) {
	q, err := query.Parse(`minister "was open" lod*`)
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("The minister said the Café in Łódź was open, 2022. ", 50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		query.Snippet(q, text, 200)
	}
}
