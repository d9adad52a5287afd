package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/extract"
)

func TestCapture(t *testing.T) {
	page := []byte("<html><head><title>Caf\xe9 closes</title></head><body><h1>Caf\xe9 closes</h1><p>The last caf\xe9 on the square closes on Sunday after ninety years, its owner said.</p></body></html>")
	fetched := time.Date(2024, 5, 3, 10, 0, 0, 0, time.FixedZone("", 7200))
	for _, tc := range []struct {
		name string
		c    dateline.Capture
		want dateline.Article
	}{
		{"legacy charset", dateline.Capture{URL: "https://a.example/1", Type: dateline.TypeHTML, Charset: "iso-8859-1", Status: 200, Fetched: fetched, Payload: "sha256:00"},
			dateline.Article{URL: "https://a.example/1", Canonical: "https://a.example/1", Fetched: "2024-05-03T08:00:00Z", Payload: "sha256:00", Headline: "Café closes"}},
		{"redirect", dateline.Capture{URL: "https://a.example/short", Final: "https://b.example/cafe-closes", Type: dateline.TypeHTML},
			dateline.Article{URL: "https://a.example/short", Canonical: "https://b.example/cafe-closes", Headline: "Café closes"}},
		{"error status", dateline.Capture{URL: "https://a.example/1", Type: dateline.TypeHTML, Status: 410},
			dateline.Article{URL: "https://a.example/1", Canonical: "https://a.example/1", Headline: "Café closes", Skip: dateline.SkipNotFound}},
	} {
		a := extract.Capture(&tc.c, page)
		got := dateline.Article{URL: a.URL, Canonical: a.Canonical, Fetched: a.Fetched, Payload: a.Payload, Headline: a.Headline, Skip: a.Skip}
		if got.URL != tc.want.URL || got.Canonical != tc.want.Canonical || got.Fetched != tc.want.Fetched || got.Payload != tc.want.Payload || got.Headline != tc.want.Headline || got.Skip != tc.want.Skip {
			t.Errorf("%s: Capture(%+v) = %+v, want %+v", tc.name, tc.c, got, tc.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tc := range []struct {
		lang, text string
		want       dateline.Date
	}{
		{"en", "2022-02-10T11:26+0000", "2022-02-10T11:26:00Z"},
		{"en", "2022-02-10T11:26:05.123+01:00", "2022-02-10T11:26:05+01:00"},
		{"en", "2022-02-10 11:26", "2022-02-10T11:26:00"},
		{"en", "2022-02", "2022-02"},
		{"en", "20220210T112600Z", "2022-02-10T11:26:00Z"},
		{"en", "1644492360", "2022-02-10T11:26:00Z"},
		{"en", "Thu, 10 Feb 2022 11:26:00 GMT", "2022-02-10T11:26:00Z"},
		{"en", "February 10, 2022 11:26 GMT", "2022-02-10T11:26:00Z"},
		{"en", "Published 3:05 PM EST, Thu February 10, 2022", "2022-02-10T15:05:00-05:00"},
		{"en", "10th February 2022", "2022-02-10"},
		{"en", "February 2022", "2022-02"},
		{"de", "10.02.2022", "2022-02-10"},
		{"de", "Donnerstag, 10. Februar 2022, 11.26 Uhr", "2022-02-10T11:26:00"},
		{"fr", "Publié le 10 février 2022 à 11h26", "2022-02-10T11:26:00"},
		{"es", "10 de febrero de 2022", "2022-02-10"},
		{"pt-BR", "10/02/2022 11h26", "2022-02-10T11:26:00"},
		{"ru", "10 февраля 2022, 11:26", "2022-02-10T11:26:00"},
		{"pl", "10 lutego 2022", "2022-02-10"},
		{"hr", "10. listopada 2022.", "2022-10-10"},
		{"cs", "10. listopadu 2022", "2022-11-10"},
		{"tr", "10 Şubat 2022", "2022-02-10"},
		{"ja", "2022年2月10日 11時26分", "2022-02-10T11:26:00"},
		{"ko", "2022년 2월 10일 오후 3:26", "2022-02-10T15:26:00"},
		{"ar", "١٠ فبراير ٢٠٢٢", "2022-02-10"},
		{"en-US", "03/04/2022", "2022-03-04"},
		{"en-GB", "03/04/2022", "2022-04-03"},
		{"en", "03/04/2022", "2022"},
		{"en", "25/04/2022", "2022-04-25"},
		{"en", "2022-02-31", ""},
		{"en", "three days ago", ""},
		{"en", "call 555 1234", ""},
	} {
		page := `<html lang="` + tc.lang + `"><head><meta name="date" content="` + tc.text + `"></head><body><h1>Headline</h1></body></html>`
		if got := extract.Article([]byte(page), "").Published; got != tc.want {
			t.Errorf("published from %q in %q = %q, want %q", tc.text, tc.lang, got, tc.want)
		}
	}
}

func TestBylines(t *testing.T) {
	for _, tc := range []struct{ author, want string }{
		{"By Jane Doe", "Jane Doe"},
		{"Jane Doe and John Roe", "Jane Doe|John Roe"},
		{"Von Hans Muster und Eva Klein", "Hans Muster|Eva Klein"},
		{"Por Ana Souza; Rui Dias", "Ana Souza|Rui Dias"},
		{"Jane Doe, Senior Reporter", "Jane Doe"},
		{"jane@paper.example", ""},
		{"https://paper.example/authors/jane", ""},
		{"AP", "AP"},
	} {
		page := `<html><head><meta name="author" content="` + tc.author + `"></head><body><h1>Headline</h1></body></html>`
		got := strings.Join(extract.Article([]byte(page), "").Bylines, "|")
		if got != tc.want {
			t.Errorf("bylines of %q = %q, want %q", tc.author, got, tc.want)
		}
	}
}

func TestDateline(t *testing.T) {
	for _, tc := range []struct{ text, place, agency string }{
		{"LAGOS, Nigeria (AP) — The port reopened.", "LAGOS, Nigeria", "AP"},
		{"MOSCOW (Sputnik) - The minister said so.", "MOSCOW", "Sputnik"},
		{"KATHMANDU, April 25 (Reuters) - The airport reopened.", "KATHMANDU", "Reuters"},
		{"BERLIN, 3. Mai (dpa) – Die Bahn fährt wieder.", "BERLIN", "dpa"},
		{"Kiel (dpa/lno) - Die Fähre fährt wieder.", "Kiel", "dpa/lno"},
		{"PARIS — The museum reopened.", "PARIS", ""},
		{"(Reuters) - The company said so.", "", "Reuters"},
		{"The minister (who is ill) - or so he says - stayed away.", "", ""},
		{"It was late — too late.", "", ""},
	} {
		page := "<html><body><h1>Headline</h1><article><p>" + tc.text + " It had been closed for three days because of the storm that hit the coast.</p><p>People had waited in front of it since the morning, witnesses said.</p></article></body></html>"
		a := extract.Article([]byte(page), "")
		if want := (dateline.Dateline{Place: tc.place, Agency: tc.agency}); a.Dateline != want {
			t.Errorf("dateline of %q = %+v, want %+v", tc.text, a.Dateline, want)
		}
		if !strings.HasPrefix(a.Text, tc.text) {
			t.Errorf("text of %q = %q, want the dateline kept in it", tc.text, a.Text)
		}
	}
}

func TestLang(t *testing.T) {
	const german = "<p>Der Hafen bleibt auch am Dienstag geschlossen, weil der Wind noch immer zu stark ist, um Schiffe in das Becken zu lassen. Siebzehn Schiffe liegen in der Bucht vor Anker, darunter zwei Tanker und die Fähre von der Insel. Am Abend soll der Sturm nach Osten abziehen, teilte der Wetterdienst mit, und am Mittwoch werde der Hafen wieder öffnen.</p>"
	for _, tc := range []struct{ attr, head, body, want string }{
		{`lang="de_AT"`, "", german, "de-AT"},
		{`lang="de"`, `<meta property="og:locale" content="de_CH">`, german, "de-CH"},
		{"", "", german, "de"},
		{`lang="en-US"`, "", german, "de"},
		{`lang="pt-BR"`, "", "", "pt-BR"},
		{`lang="xx-none"`, "", "", ""},
	} {
		a := extract.Article([]byte("<html "+tc.attr+"><head>"+tc.head+"</head><body>"+tc.body+"</body></html>"), "")
		if a.Lang != tc.want {
			t.Errorf("language of <html %s>%s = %q, want %q", tc.attr, tc.head, a.Lang, tc.want)
		}
	}
}

func TestCharsets(t *testing.T) {
	utf16 := func(s string, mark bool) []byte {
		var b []byte
		if mark {
			b = append(b, 0xff, 0xfe)
		}
		for _, r := range s {
			b = append(b, byte(r), byte(r>>8))
		}
		return b
	}
	const page = `<html><head>%</head><body><h1>Über die Brücke</h1></body></html>`
	with := func(head string) string { return strings.Replace(page, "%", head, 1) }
	latin := func(s string) []byte {
		var b []byte
		for _, r := range s {
			b = append(b, byte(r))
		}
		return b
	}
	for name, body := range map[string][]byte{
		"UTF-8":                        []byte(with("")),
		"UTF-8 declared as Latin-1":    []byte(with(`<meta charset="iso-8859-1">`)),
		"Latin-1 declared":             latin(with(`<meta charset="iso-8859-1">`)),
		"Latin-1 declared as UTF-8":    latin(with(`<meta charset="utf-8">`)),
		"Latin-1 not declared":         latin(with("")),
		"UTF-16 with a mark":           utf16(with(""), true),
		"UTF-16 without a mark":        utf16(with(""), false),
		"UTF-8 with a mark":            append([]byte("\xef\xbb\xbf"), with(`<meta charset="koi8-r">`)...),
		"http-equiv, two declarations": latin(with(`<meta http-equiv="Content-Type" content="text/html; charset=none"><meta charset="windows-1252">`)),
	} {
		if got := extract.Article(body, "").Headline; got != "Über die Brücke" {
			t.Errorf("%s: headline %q, want %q", name, got, "Über die Brücke")
		}
	}
}

// A hostilePage is a page that is made to be too much.
type hostilePage struct {
	page string
	text bool // the running text in it must still be found
}

const hostileText = "The port stayed closed"

// hostilePages returns such pages, grown times as large as usual.
func hostilePages(grown int) map[string]hostilePage {
	body := "<p>" + strings.Repeat(hostileText+" for a second day because of the storm. ", 4) + "</p>"
	many := func(s string, n int) string { return strings.Repeat(s, n*grown) }
	return map[string]hostilePage{
		"a thousand levels":        {many("<div>", 1000) + body + many("</div>", 1000), true},
		"a hundred thousand":       {many("<div>", 50000) + body, true},
		"open formatting":          {many("<b><i><font size=1>", 2000) + many(body, 50), true},
		"distinct open formatting": {manyFonts(400) + many("<p>x", 10000) + body, true},
		"open tables":              {many("<table><tr><td>", 3000) + body, true},
		"lists in lists":           {many("<ul><li>", 5000) + body, true},
		"a long attribute":         {"<div class='" + many("a ", 250000) + "'>" + body, true},
		"nested JSON-LD":           {`<script type="application/ld+json">` + many("[", 25000) + "</script>" + body, true},
		"strings in a script":      {`<script>x = ["` + many(`\u003cp`+strings.Repeat("x", 600)+`", "`, 2500) + many(`\"`, 100000) + "</script>", false},
		"a body in a script":       {`<script>x = {"html": "` + manyParagraphs(2500*grown) + `"}</script>`, true},
		"lists of data":            {`<script>x = {"a":` + many(`[[{"text":"`+hostileText+`"},`, 2000) + "</script>", false},
		"hidden names":             {"<style>" + numbered(".a%d{display:none}", 400) + "</style>" + many("<div class='a1 a2 a3'>", 2000) + body, true},
		"only tags":                {many("<", 100000), false},
		"big":                      {many(body, 10000), true},
		"empty":                    {"", false},
		"binary":                   {many("\x00\xff\x80\x01", 5000), false},
	}
}

// TestHostile reads pages that are made to be too much.
func TestHostile(t *testing.T) {
	for name, tc := range hostilePages(2) {
		a := tc.read()
		checkRecord(t, a)
		if found := strings.Contains(a.Text, hostileText); found != tc.text {
			t.Errorf("%s: text found is %v, want %v; %d bytes of text, skip %q", name, found, tc.text, len(a.Text), a.Skip)
		}
	}
}

func (p hostilePage) read() *dateline.Article {
	return extract.Article([]byte("<html><body><h1>Storm</h1>"+p.page), "https://a.example/storm")
}

// numbered returns n copies of a text, each with its number.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// manyParagraphs writes n paragraphs as they stand in the data of a script.
func manyParagraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `\u003cp\u003eThe port stayed closed for another day because of the storm, and %d ships wait in the bay.`, i)
	}
	return b.String()
}

// manyFonts leaves n formatting elements open, each unlike the others.
func manyFonts(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("<font color=c")
		b.WriteString(strings.Repeat("x", i%40))
		b.WriteByte(byte('a' + i/40))
		b.WriteString(">")
	}
	return b.String()
}

func FuzzArticle(f *testing.F) {
	for _, g := range pages(f) {
		f.Add(g.Section("page.html"), address(g))
	}
	f.Fuzz(func(t *testing.T, page []byte, address string) {
		checkRecord(t, extract.Article(page, address))
	})
}

func BenchmarkArticle(b *testing.B) {
	var all [][]byte
	size := 0
	for _, g := range pages(b) {
		all = append(all, g.Section("page.html"))
		size += len(g.Section("page.html"))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range all {
			extract.Article(page, "https://a.example/news/1")
		}
	}
}
