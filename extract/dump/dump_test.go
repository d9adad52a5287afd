package dump_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline"
	"dateline/extract/dump"
	"dateline/extract/link"
	"dateline/internal/golden"

	"golang.org/x/text/unicode/norm"
)

func dumpGoldens(t testing.TB) []*golden.File {
	t.Helper()
	paths, err := filepath.Glob("testdata/dump-*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden dumps: %v", err)
	}
	var files []*golden.File
	for _, p := range paths {
		files = append(files, golden.Read(t, p))
	}
	return files
}

func TestGoldenDump(t *testing.T) {
	for _, f := range dumpGoldens(t) {
		a := dump.Read(f.Section("dump.txt"))
		checkDump(t, a)
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(a); err != nil {
			t.Fatal(err)
		}
		f.Check(t, "want.json", b.Bytes())
	}
}

// checkDump checks what holds for every record: blocks cover the text in
// order, on the boundaries of characters, and what is absent has no evidence.
func checkDump(t testing.TB, a *dateline.Article) {
	t.Helper()
	end := 0
	for i, b := range a.Blocks {
		if i > 0 {
			if got := a.Text[end:min(b.Start, len(a.Text))]; got != "\n\n" {
				t.Errorf("between blocks %d and %d stands %q, want a blank line", i-1, i, got)
			}
			end += len("\n\n")
		}
		if b.Start != end || b.End <= b.Start || b.End > len(a.Text) {
			t.Fatalf("block %d is [%d,%d) of %d bytes, want a start at %d", i, b.Start, b.End, len(a.Text), end)
		}
		if s := a.Text[b.Start:b.End]; !utf8.ValidString(s) || strings.TrimSpace(s) != s {
			t.Errorf("block %d is %q, want trimmed UTF-8", i, s)
		}
		end = b.End
	}
	if end != len(a.Text) {
		t.Errorf("blocks end at %d, text at %d", end, len(a.Text))
	}
	if !norm.NFC.IsNormalString(a.Text) {
		t.Errorf("text %q is not NFC", a.Text)
	}
	if (a.Text == "") != (a.Skip == dateline.SkipNoText) {
		t.Errorf("skip is %q with %d bytes of text", a.Skip, len(a.Text))
	}
	for _, d := range []dateline.Date{a.Published, a.Modified} {
		if _, _, ok := d.Interval(); d != "" && !ok {
			t.Errorf("%q is no date", d)
		}
	}
	for field, set := range map[string]bool{
		"headline": a.Headline != "", "deck": a.Deck != "", "bylines": a.Bylines != nil, "dateline": a.Dateline != dateline.Dateline{},
		"published": a.Published != "", "modified": a.Modified != "", "lang": a.Lang != "", "section": a.Section != "",
		"tags": a.Tags != nil, "images": a.Images != nil, "text": a.Text != "", "canonical": a.Canonical != "",
	} {
		if _, ok := a.Evidence[field]; ok != set {
			t.Errorf("evidence of %s: %v, field set: %v", field, ok, set)
		}
	}
}

// The breaks between paragraphs that a dump lost; "|" in want is a break.
func TestDumpBreaks(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		// English
		{`He agreed, she tweeted.On 28 January the talks went on.`, `He agreed, she tweeted.|On 28 January the talks went on.`},
		{`It was written together with NATO.On 1 February it came out.`, `It was written together with NATO.|On 1 February it came out.`},
		{`The talks failed in 2022.The group left.`, `The talks failed in 2022.|The group left.`},
		{`Prices rose by 25.The bank did nothing.`, `Prices rose by 25.|The bank did nothing.`},
		{`Prices rose by 5%.Analysts had feared worse.`, `Prices rose by 5%.|Analysts had feared worse.`},
		{`Will they come?Nobody knows that.`, `Will they come?|Nobody knows that.`},
		{`They came at last!Nobody knew why.`, `They came at last!|Nobody knew why.`},
		{`She works at Yahoo!Finance in the city.`, `She works at Yahoo!Finance in the city.`},
		{`The U.S.Army denied all of it.`, `The U.S.Army denied all of it.`},
		{`They went back to the U.S.The others stayed.`, `They went back to the U.S.|The others stayed.`},
		{`The talks began at 5 p.m.The others came later.`, `The talks began at 5 p.m.|The others came later.`},
		{`The writer J.K.Rowling was not there.`, `The writer J.K.Rowling was not there.`},
		{`President V.Putin was not there either.`, `President V.Putin was not there either.`},
		{`Mr.Smith and Dr.Jones agreed on it.`, `Mr.Smith and Dr.Jones agreed on it.`},
		{`The meeting in St.Petersburg took an hour.`, `The meeting in St.Petersburg took an hour.`},
		{`It was bought by Acme Inc.The price is not known.`, `It was bought by Acme Inc.|The price is not known.`},
		{`It was bought by Acme Inc.Europe in the spring.`, `It was bought by Acme Inc.Europe in the spring.`},
		{`Booking.Com said that nothing was lost.`, `Booking.Com said that nothing was lost.`},
		{`Read it on Booking.com or on www.outlet.example.The rest is lost.`, `Read it on Booking.com or on www.outlet.example.The rest is lost.`},
		{`See https://outlet.example/a.B?C=1!D for the rest of it.`, `See https://outlet.example/a.B?C=1!D for the rest of it.`},
		{`Write to Jane.Doe@outlet.example.Org if you know more.`, `Write to Jane.Doe@outlet.example.Org if you know more.`},
		{`The file report.PDF was written in ASP.NET and Node.JS then.`, `The file report.PDF was written in ASP.NET and Node.JS then.`},
		{`Version 2.0 came out at 3.14 and No.5 too.`, `Version 2.0 came out at 3.14 and No.5 too.`},
		{`The board met on Monday.28 members voted for it.`, `The board met on Monday.|28 members voted for it.`},
		{`It lasted a week.3 May was the end of it.`, `It lasted a week.|3 May was the end of it.`},
		{`Well...That was the end of it.`, `Well...That was the end of it.`},
		{`It was the last one (see above).Nobody came.`, `It was the last one (see above).|Nobody came.`},
		{`It was the last one. (It was not.)Nobody came.`, `It was the last one. (It was not.)|Nobody came.`},
		{`The talks are over, he said.iPhone sales fell.`, `The talks are over, he said.iPhone sales fell.`},
		{`He met the E.ON board and the AT&T.Nothing came of it.`, `He met the E.ON board and the AT&T.|Nothing came of it.`},
		// quotations
		{`He was sure of it."We will win," he said.`, `He was sure of it.|"We will win," he said.`},
		{`"We will win."And then he left the room.`, `"We will win."|And then he left the room.`},
		{`"We came.We saw it all," he said.`, `"We came.We saw it all," he said.`},
		{`"We came," he said."We saw," she said.`, `"We came," he said.|"We saw," she said.`},
		{`“We came.We saw,” he said.“It was late.”He left.`, `“We came.We saw,” he said.|“It was late.”|He left.`},
		{`“We go,”He said so on Monday.`, `“We go,”He said so on Monday.`},
		{`He is the "best".Nobody doubts it.`, `He is the "best".|Nobody doubts it.`},
		{`“We came first.“And we stayed to the end,” he said.`, `“We came first.|“And we stayed to the end,” he said.`},
		// German
		{`„Wir gehen“, sagte er.„Und zwar bald.“Dann ging er.`, `„Wir gehen“, sagte er.|„Und zwar bald.“|Dann ging er.`},
		{`„Wir gehen.Wir kommen wieder“, sagte er am Abend.`, `„Wir gehen.Wir kommen wieder“, sagte er am Abend.`},
		{`Der 1.FC Köln spielt am 3.Mai in der 2.Bundesliga.`, `Der 1.FC Köln spielt am 3.Mai in der 2.Bundesliga.`},
		{`»Das war knapp.«Er lachte dabei.`, `»Das war knapp.«|Er lachte dabei.`},
		{`Das gilt z.B.Hunden und der Nr.Eins im Land.`, `Das gilt z.B.Hunden und der Nr.Eins im Land.`},
		{`Es wurde spät.Über den Preis schwieg er.`, `Es wurde spät.|Über den Preis schwieg er.`},
		// French, Spanish, Portuguese, Italian
		{`Il a refusé.« Nous partons. »Le maire se tait.`, `Il a refusé.|« Nous partons. »|Le maire se tait.`},
		{`M.Dupont a refusé.Étonnant, dit-on à Paris.`, `M.Dupont a refusé.|Étonnant, dit-on à Paris.`},
		{`Nadie lo sabe.¿Qué pasó allí?Nadie lo dice.`, `Nadie lo sabe.|¿Qué pasó allí?|Nadie lo dice.`},
		{`Viajó a EE.UU.El presidente no dijo nada.`, `Viajó a EE.UU.|El presidente no dijo nada.`},
		{`No vino nadie.—Ya es tarde —dijo ella.`, `No vino nadie.|—Ya es tarde —dijo ella.`},
		{`O Sr.Costa não veio.À noite falou o ministro.`, `O Sr.Costa não veio.|À noite falou o ministro.`},
		// Cyrillic, Greek, Turkish, Vietnamese
		{`Об этом сообщил мэр.По его словам, мост готов.`, `Об этом сообщил мэр.|По его словам, мост готов.`},
		{`На ул.Ленина в г.Москва видели А.С.Пушкина и В.Иванова.`, `На ул.Ленина в г.Москва видели А.С.Пушкина и В.Иванова.`},
		{`«Мост готов.Остались знаки», — сказал он.Мэр молчит.`, `«Мост готов.Остались знаки», — сказал он.|Мэр молчит.`},
		{`Η συνάντηση τελείωσε.Ο υπουργός έφυγε αμέσως.`, `Η συνάντηση τελείωσε.|Ο υπουργός έφυγε αμέσως.`},
		{`Toplantı dün bitti.İstanbul'da yağmur vardı.`, `Toplantı dün bitti.|İstanbul'da yağmur vardı.`},
		{`Cuộc họp ở TP.HCM đã kết thúc.Ông Nam đã về.`, `Cuộc họp ở TP.HCM đã kết thúc.|Ông Nam đã về.`},
		// scripts without capitals
		{`انتهى الاجتماع اليوم.وقال الوزير إنه راض.`, `انتهى الاجتماع اليوم.|وقال الوزير إنه راض.`},
		{`حضر د.محمود الناصر الاجتماع هناك.`, `حضر د.محمود الناصر الاجتماع هناك.`},
		{`هل انتهى الاجتماع؟لم يجب الوزير عن ذلك.`, `هل انتهى الاجتماع؟|لم يجب الوزير عن ذلك.`},
		{`הישיבה הסתיימה אמש.השר לא הגיב לדברים.`, `הישיבה הסתיימה אמש.|השר לא הגיב לדברים.`},
		{`बैठक आज समाप्त हुई।मंत्री ने कुछ नहीं कहा।`, `बैठक आज समाप्त हुई।|मंत्री ने कुछ नहीं कहा।`},
		{`회의가 오늘 끝났다.장관은 말하지 않았다.`, `회의가 오늘 끝났다.|장관은 말하지 않았다.`},
		{`会议今天结束了。部长没有回答问题。`, `会议今天结束了。部长没有回答问题。`},
		{`会议今天结束了。　　部长没有回答问题。`, `会议今天结束了。|部长没有回答问题。`},
	} {
		a := dump.Read([]byte(" date 2024-05-01 https://outlet.example/1\n\n" + c.body + "\n"))
		checkDump(t, a)
		if got := strings.ReplaceAll(a.Text, "\n\n", "|"); got != c.want {
			t.Errorf("body %q\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

// Dumps of which little is left: what is there is given, the rest is absent.
func TestDumpPoor(t *testing.T) {
	const first = " date 2024-05-01 https://outlet.example/1\n"
	const contact = "Outlet Today desk@outlet.example +4930123456 Outlet Media GmbH 252 60\n"
	for _, c := range []struct {
		name, dump string
		want       dateline.Article // without URL, language, blocks and evidence
	}{
		{"nothing", "", dateline.Article{Skip: dateline.SkipNoText}},
		{"only the first line", first, dateline.Article{Skip: dateline.SkipNoText}},
		{"no first line", "The bridge is closed\n\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Text: "The bridge was closed on Monday, the town said."}},
		{"only boilerplate", first + strings.Repeat(contact, 4) + "2024\nNews\nen_GB\ntrue\n1920 1080 true\n",
			dateline.Article{Skip: dateline.SkipNoText, Publisher: dateline.Publisher{Name: "Outlet Today"}}},
		{"the crawl's day is no answer", first + "The bridge is closed\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Text: "The bridge was closed on Monday, the town said."}},
		{"the day in the address is", strings.Replace(first, "/1", "/2024/04/29/bridge", 1) + "The bridge was closed on Monday, the town said.",
			dateline.Article{Published: "2024-04-29", Text: "The bridge was closed on Monday, the town said."}},
		{"the day that closes the deck is", first + "The bridge is closed\nNobody may cross it, the town said. 29.04.2024, Outlet Today\nTraffic\n\n\n2024\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Deck: "Nobody may cross it, the town said.", Published: "2024-04-29",
				Text: "The bridge was closed on Monday, the town said.", Publisher: dateline.Publisher{Name: "Outlet Today"}}},
		{"created, published, modified", first + "The bridge is closed\n2024-04-30T10:00:00Z\n2024-04-30T09:30:00-02:00\n2024-05-02T08:30:00Z\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Published: "2024-04-30T10:00:00Z", Modified: "2024-05-02T08:30:00Z",
				Text: "The bridge was closed on Monday, the town said."}},
		{"a day and a time on it", first + "The bridge is closed\n2024-04-29\n2024-04-29T10:00:00Z\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Published: "2024-04-29T10:00:00Z",
				Text: "The bridge was closed on Monday, the town said."}},
		{"a person's address", first + "The bridge is closed\nJane Roe jane.roe@outlet.example\n2024-04-29\nThe bridge was closed on Monday, the town said.",
			dateline.Article{Headline: "The bridge is closed", Bylines: []string{"Jane Roe"}, Published: "2024-04-29",
				Text: "The bridge was closed on Monday, the town said."}},
		{"placeholders", first + "undefined\nThe bridge is closed\nmeta[property='og:title']\n[object Object]\nThe bridge was closed on Monday, the town said.\n{{ tags }}",
			dateline.Article{Headline: "The bridge is closed", Text: "The bridge was closed on Monday, the town said."}},
		{"binary", first + strings.Repeat("\x00\x01\x02\xff\xfe\x9c", 500), dateline.Article{Skip: dateline.SkipNoText}},
	} {
		a := dump.Read([]byte(c.dump))
		checkDump(t, a)
		a.URL, a.Canonical, a.Blocks, a.Evidence, a.Publisher.Site, a.Lang = "", "", nil, nil, "", ""
		if !reflect.DeepEqual(*a, c.want) {
			t.Errorf("%s: Dump(%q)\n got %+v\nwant %+v", c.name, c.dump[:min(len(c.dump), 200)], *a, c.want)
		}
	}
}

func TestDumpAddress(t *testing.T) {
	for _, c := range []struct{ first, url, canonical string }{
		{" date 2024-05-01 https://Outlet.example/a?utm_source=x#top", "https://Outlet.example/a?utm_source=x", "https://outlet.example/a"},
		{"\ufeff date 2024-05-01 http://outlet.example/ä", "http://outlet.example/ä", link.Canonical("http://outlet.example/ä")},
		{" date 2024-05-01 javascript:alert(1)", "", ""},
		{" date 2024-05-01", "", ""},
		{" date unknown https://outlet.example/a", "", ""},
	} {
		a := dump.Read([]byte(c.first + "\n\nThe bridge was closed on Monday."))
		checkDump(t, a)
		if a.URL != c.url || a.Canonical != c.canonical {
			t.Errorf("Read(%q): url %q, canonical %q, want %q, %q", c.first, a.URL, a.Canonical, c.url, c.canonical)
		}
	}
}

// Bytes that are no text in between cost that character, not the dump.
func TestDumpInvalid(t *testing.T) {
	a := dump.Read([]byte(" date 2024-05-01 https://outlet.example/1\n\nDie Brücke ist zu\n\nDie Br\xfccke in Köln war am Montag gesperrt, so die Stadt."))
	checkDump(t, a)
	if want := "Die Br\ufffdcke in Köln war am Montag gesperrt, so die Stadt."; a.Text != want || a.Headline != "Die Brücke ist zu" {
		t.Errorf("headline %q, text %q, want %q", a.Headline, a.Text, want)
	}
}

// Big dumps take time in proportion, however they are built.
func TestDumpBig(t *testing.T) {
	const sentence = "The bridge was closed on Monday, the town said."
	for name, lines := range map[string]string{
		"one line":        strings.Repeat(sentence+" ", 1<<20/len(sentence)),
		"no break at all": strings.Repeat("a", 1<<20),
		"breaks":          strings.Repeat(sentence, 1<<20/len(sentence)),
		"open quotations": strings.Repeat(`He said: "We go.`, 1<<16),
		"full stops":      strings.Repeat(".", 1<<20),
		"labels":          strings.Repeat("By Jane Roe\nnews\n", 1<<15),
		"addresses":       strings.Repeat("https://outlet.example/a.jpg\n", 1<<15),
		"mails":           strings.Repeat("desk@outlet.example +49 30 123456\n", 1<<15),
		"commas":          strings.Repeat("a, ", 1<<18),
	} {
		a := dump.Read([]byte(" date 2024-05-01 https://outlet.example/1\n" + lines))
		checkDump(t, a)
		if name == "breaks" && len(a.Blocks) != 1<<20/len(sentence) {
			t.Errorf("%s: %d blocks, want %d", name, len(a.Blocks), 1<<20/len(sentence))
		}
	}
}

func FuzzDump(f *testing.F) {
	for _, g := range dumpGoldens(f) {
		f.Add(g.Section("dump.txt"))
	}
	f.Add([]byte("\xff\xfe \x00d\x00a\x00t\x00e\x00"))
	f.Add([]byte(" date 2024-05-01 https://outlet.example/2024/04/29/x\nA b c\n«Ja. »Nein \"x.Y„z.“Ü\n1920\n1080\ntrue"))
	f.Fuzz(func(t *testing.T, page []byte) {
		a := dump.Read(page)
		checkDump(t, a)
		if b := dump.Read(page); !reflect.DeepEqual(a, b) {
			t.Errorf("Read(%q) gives two records:\n%+v\n%+v", page, a, b)
		}
	})
}

func BenchmarkDump(b *testing.B) {
	page := golden.Read(b, "testdata/dump-wire.txtar").Section("dump.txt")
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		dump.Read(page)
	}
}
