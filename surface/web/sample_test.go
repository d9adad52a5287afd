package web_test

import (
	"fmt"
	"strings"

	"dateline"
)

// sample is an archive of made-up news: two stories told by several outlets,
// a changed version, texts that run from right to left, a page that is no
// article, and one that is hostile.
func sample() *memory {
	m := &memory{}
	courier := dateline.Publisher{Name: "The Ellery Courier", Site: "ellerycourier.example"}
	wire := dateline.Publisher{Name: "North Wire", Site: "northwire.example"}
	bote := dateline.Publisher{Name: "Der Hafenbote", Site: "hafenbote.example"}
	bridge := dateline.Article{
		URL: "https://ellerycourier.example/2024/03/harbour-bridge-closed", Fetched: "2024-03-05T10:12:00Z",
		Headline: "Harbour bridge closed after inspectors find cracked cable",
		Deck:     "Ferries are to carry commuters for at least six weeks, the port authority says",
		Bylines:  []string{"Mara Lindqvist", "Tomas Reyes"},
		Dateline: dateline.Dateline{Place: "PORT ELLERY"}, Published: "2024-03-05T09:40:00+01:00",
		Lang: "en-GB", Section: "City", Tags: []string{"harbour bridge", "transport", "port authority"}, Publisher: courier,
		Images:   []dateline.Image{{URL: "https://ellerycourier.example/img/bridge.jpg", Width: 1600, Height: 900, Caption: "The harbour bridge on Tuesday morning", Credit: "Photo: Ana Duarte"}},
		Evidence: dateline.Evidence{"headline": "jsonld:headline", "deck": "meta:og:description", "bylines": "jsonld:author", "published": "jsonld:datePublished", "section": "jsonld:articleSection", "tags": "meta:keywords", "publisher": "jsonld:publisher", "lang": "page:html lang", "text": "page:article", "canonical": "page:link canonical", "images": "jsonld:image", "dateline": "page:body"},
	}
	write(&bridge,
		"paragraph", "The harbour bridge was closed to all traffic on Tuesday after inspectors found a crack in one of its main cables, the port authority said.",
		"paragraph", "“We would rather be late than sorry,” the authority’s director, Ilse Marten, told reporters on the quay. She said that the cable would be replaced within six weeks.",
		"heading", "Ferries from Wednesday",
		"paragraph", "Two ferries will carry commuters from Wednesday morning:",
		"item", "every ten minutes from 6:00 to 9:00",
		"item", "every half hour until midnight",
		"quotation", "The bridge has carried this city for ninety years. It can be patient with us for six weeks.",
		"table", "Line\tFirst\tLast\nNorth quay\t6:00\t0:10\nOld market\t6:05\t0:20",
		"paragraph", "The last closure, in 1987, took four months.")
	m.add(bridge)

	later := bridge
	later.Fetched, later.Modified = "2024-03-06T08:02:00Z", "2024-03-05T18:05:00+01:00"
	later.Headline = "Harbour bridge to stay closed for eight weeks after cable crack"
	later.Evidence = dateline.Evidence{}
	for k, v := range bridge.Evidence {
		later.Evidence[k] = v
	}
	later.Evidence["modified"] = "meta:article:modified_time"
	write(&later,
		"paragraph", "The harbour bridge will stay closed for eight weeks after inspectors found a crack in one of its main cables, the port authority said on Tuesday evening.",
		"paragraph", "“We would rather be late than sorry,” the authority’s director, Ilse Marten, told reporters on the quay.",
		"heading", "Ferries from Wednesday",
		"paragraph", "Two ferries will carry commuters from Wednesday morning:",
		"item", "every ten minutes from 6:00 to 9:00",
		"item", "every half hour until midnight",
		"quotation", "The bridge has carried this city for ninety years. It can be patient with us for eight weeks.",
		"table", "Line\tFirst\tLast\nNorth quay\t6:00\t0:10\nOld market\t6:05\t0:20",
		"paragraph", "The last closure, in 1987, took four months.")
	m.add(later)
	quote := strings.Index(later.Text, "We would")
	m.findings[m.last().Capture] = &dateline.Findings{
		Statements: []dateline.Statement{
			{Content: []dateline.Span{{Start: quote, End: quote + len("We would rather be late than sorry,")}}, Kind: "direct", Who: "Ilse Marten", Role: "director", Rule: "quote/subject-after"},
			statement(&later, "the port authority", "The harbour bridge will stay closed for eight weeks", "indirect", "quote/according"),
			statement(&later, "", "ninety years", "indirect", "quote/none"),
		},
		Dates: []dateline.Timex{
			timex(&later, "Tuesday evening", "2024-03-05TEV", "relative", "when/weekday-past"),
			timex(&later, "Wednesday morning", "2024-03-06TMO", "relative", "when/weekday-next"),
			timex(&later, "1987", "1987", "stated", "when/year"),
			{Words: timex(&later, "eight weeks", "", "", "").Words, Type: "DURATION", Value: "P8W", Basis: "stated", Rule: "when/duration"},
			{Words: dateline.Words{Start: 10000, End: 10004, Text: "nowhere"}, Type: "DATE", Value: "2024", Basis: "stated", Rule: "when/broken"},
		},
		Mentions: []dateline.Mention{{Words: dateline.Words{Text: "Ilse Marten"}, Kind: "person", Entity: "Ilse Marten", Role: &dateline.Role{Words: dateline.Words{Text: "director"}}}, {Words: dateline.Words{Text: "Marten"}, Kind: "person", Entity: "Ilse Marten"},
			{Kind: "org", Entity: "Ferry Line"}, {Kind: "place", Entity: "Ellery"}},
		Events: []dateline.Event{{Kind: "ACT", Trigger: timex(&later, "closed", "", "", "").Words, From: []string{"Ilse Marten"}, Rule: "event/verb"}},
	}

	for i, b := range []struct {
		url, headline, lang, section, published string
		publisher                               dateline.Publisher
		tags                                    []string
		text                                    string
	}{
		{"https://northwire.example/a/771", "Cable crack shuts Port Ellery bridge", "en", "Europe", "2024-03-05T08:55:00Z", wire, []string{"port ellery", "transport"}, "PORT ELLERY (North Wire) - A cracked cable has shut the harbour bridge of Port Ellery, used by 40,000 people a day.\n\nThe port authority expects repairs to take six weeks."},
		{"https://hafenbote.example/bruecke-gesperrt", "Riss im Seil: Hafenbrücke von Port Ellery gesperrt", "de", "Ausland", "2024-03-05T11:20:00+01:00", bote, []string{"verkehr"}, "Ein Riss in einem Tragseil hat am Dienstag zur Sperrung der Hafenbrücke geführt. Fähren sollen die Pendler übersetzen, teilte die Hafenbehörde mit.\n\nDie Arbeiten dauern nach Angaben der Direktorin Ilse Marten sechs Wochen."},
		{"https://almina.example/12", "إغلاق جسر الميناء بعد العثور على شق في أحد الكابلات", "ar", "عالم", "2024-03-06T07:00:00+03:00", dateline.Publisher{Name: "الميناء", Site: "almina.example"}, []string{"نقل"}, "أُغلق جسر الميناء أمام حركة المرور يوم الثلاثاء بعد أن عثر المفتشون على شق في أحد الكابلات الرئيسية."},
		{"https://minato.example/news/88", "港の橋、ケーブル亀裂で通行止め", "ja", "国際", "2024-03-06", dateline.Publisher{Name: "みなと新聞", Site: "minato.example"}, nil, "港湾当局は火曜日、主ケーブルに亀裂が見つかったため橋を全面通行止めにしたと発表した。"},
		{"https://ellerycourier.example/2024/03/ferries", "First ferries leave on time, most commuters do not", "en-GB", "City", "2024-03-06T19:30:00+01:00", courier, []string{"ferries", "transport"}, "The two ferries that replace the harbour bridge left the quay on time on Wednesday. Half of the commuters were still in the queue."},
		{"https://northwire.example/a/802", "Grain talks in Salvado end without agreement", "en", "World", "2024-03-08T16:45:00Z", wire, []string{"grain", "trade"}, "SALVADO (North Wire) - Ministers of nine countries left grain talks on Friday without an agreement.\n\nThe minister of Orlanda, Petra Vance, said that her country would not lower its tariffs."},
		{"https://ellerycourier.example/2024/03/grain", "Bakers brace for dearer flour as grain talks fail", "en-GB", "Business", "2024-03-09T06:00:00+01:00", courier, []string{"grain", "bread"}, "Bakers in Port Ellery expect flour to cost a fifth more by summer after the grain talks in Salvado failed."},
		{"https://hafenbote.example/getreide", "Getreidegespräche in Salvado gescheitert", "de", "Wirtschaft", "2024-03-09T09:10:00+01:00", bote, []string{"getreide", "handel"}, "Die Gespräche über Zölle auf Getreide sind am Freitag ohne Einigung zu Ende gegangen."},
		{"https://northwire.example/a/640", "Salvado invites nine countries to grain talks", "en", "World", "2024-02-21T12:00:00Z", wire, []string{"grain", "trade"}, "SALVADO (North Wire) - The government of Salvado has invited nine countries to talks on grain tariffs in March."},
		{"https://ellerycourier.example/2024/02/cables", "Port authority puts off inspection of bridge cables", "en-GB", "City", "2024-02-26T17:15:00+01:00", courier, []string{"harbour bridge", "port authority"}, "The yearly inspection of the cables of the harbour bridge has been put off to March, the port authority said."},
		{"https://oldpaper.example/1987", "The bridge reopens", "en", "", "1987", dateline.Publisher{Site: "oldpaper.example"}, nil, "After four months the harbour bridge has reopened."},
		{"https://hostile.example/x", `<script>alert("headline")</script> & "quotes" harbour`, `en"><script>`, `<img src=x onerror=alert(1)>`, "2024-03-07T00:00:00Z", dateline.Publisher{Name: `<b>Hostile</b> "Press"`, Site: "hostile.example"}, []string{`"><script>alert(1)</script>`, `tag "with" quotes`}, "A text with <script>alert(1)</script> and <img src=x onerror=alert(2)> in it, near the harbour."},
	} {
		a := dateline.Article{
			URL: b.url, Fetched: fmt.Sprintf("2024-03-10T12:%02d:00Z", i), Headline: b.headline, Lang: b.lang, Section: b.section,
			Published: dateline.Date(b.published), Publisher: b.publisher, Tags: b.tags,
			Evidence: dateline.Evidence{"headline": "page:h1", "text": "page:article"},
		}
		var blocks []string
		for p := range strings.SplitSeq(b.text, "\n\n") {
			blocks = append(blocks, "paragraph", p)
		}
		write(&a, blocks...)
		if strings.Contains(b.url, "hostile") {
			a.Canonical = `javascript:alert("canonical")`
			a.Images = []dateline.Image{{URL: "javascript:alert(3)", Caption: "<i>caption</i>"}, {URL: "data:text/html,<script>alert(4)</script>"}}
			a.Evidence["<b>field</b>"] = "<script>where</script>"
		}
		m.add(a)
		switch {
		case strings.Contains(b.url, "hafenbote"):
			m.findings[m.last().Capture] = &dateline.Findings{Dates: datesIn(&a, "Dienstag 2024-03-05", "Freitag 2024-03-08")}
		case strings.Contains(b.url, "minato"):
			m.findings[m.last().Capture] = &dateline.Findings{Dates: datesIn(&a, "火曜日 2024-03-05")}
		case strings.Contains(b.url, "hostile"):
			st := statement(&a, `<b>Hostile</b> "Speaker"`, "<script>alert(1)</script> … <img src=x onerror=alert(2)>", "direct", "quote/<i>")
			st.Role, st.Medium, st.To, st.Via, st.Hedge = `"><script>alert(6)</script>`, "<u>", []string{"<s>"}, []string{"<b>"}, "<i>"
			m.findings[m.last().Capture] = &dateline.Findings{Statements: []dateline.Statement{st}, Dates: datesIn(&a, "<img 2024-03-07", `script> "><script>alert(5)</script>`)}
		case strings.Contains(b.url, "802"):
			m.findings[m.last().Capture] = &dateline.Findings{Statements: []dateline.Statement{
				statement(&a, "Petra Vance", "her country would not lower its tariffs", "mixed", "quote/that"),
			}, Dates: datesIn(&a, "Friday 2024-03-08"), Mentions: []dateline.Mention{{Kind: "person", Entity: "Petra Vance", Role: &dateline.Role{Words: dateline.Words{Text: "minister of Orlanda"}}}}}
		case strings.Contains(b.url, "03/ferries"):
			st := statement(&a, "Ilse Marten", "The two ferries that replace the harbour bridge left the quay on time … Half of the commuters were still in the queue.", "direct", "quote/subject-after")
			st.Medium, st.To, st.On, st.Via, st.Hedge = "tweet", []string{"Port Ellery"}, "2024-03-06", []string{"North Wire"}, "reportedly"
			m.findings[m.last().Capture] = &dateline.Findings{Statements: []dateline.Statement{st}, Dates: datesIn(&a, "Wednesday 2024-03-06")}
		default:
			m.findings[m.last().Capture] = &dateline.Findings{Dates: datesIn(&a, "Wednesday 2024-03-06", "Friday 2024-03-08", "summer 2024-SU", "March 2024-03", "four months P4M")}
		}
	}
	m.add(dateline.Article{URL: "https://ellerycourier.example/city", Headline: "City", Lang: "en-GB", Publisher: courier, Skip: dateline.SkipFront, Fetched: "2024-03-10T13:00:00Z"})
	first := m.versions[0].ID
	m.groups = []dateline.Group{{Article: first, Report: first, Event: first, Story: first, Day: "2024-03-05"}}
	return m
}

// timex returns a date of the text of a, the first place where words stand.
func timex(a *dateline.Article, words, value, basis, rule string) dateline.Timex {
	start := strings.Index(a.Text, words)
	return dateline.Timex{Words: dateline.Words{Start: start, End: start + len(words), Text: words},
		Type: "DATE", Value: value, Basis: basis, Rule: rule}
}

// statement returns what name is reported to have said in the text of a, the
// first place where each of the words, parted by " … ", stands. A name in small
// letters is what the text calls the speaker.
func statement(a *dateline.Article, name, words, kind, rule string) dateline.Statement {
	s := dateline.Statement{Who: name, Kind: kind, Rule: rule}
	if kind == "indirect" {
		s.Confidence = 0.5 // not sure
	}
	at := func(words string) dateline.Span {
		i := strings.Index(a.Text, words)
		return dateline.Span{Start: i, End: i + len(words)}
	}
	if name != "" && strings.ToLower(name) == name {
		s.Who, s.Speaker = "", []dateline.Span{at(name)}
	}
	for part := range strings.SplitSeq(words, " … ") {
		s.Content = append(s.Content, at(part))
	}
	return s
}

// datesIn returns those of the dates whose words stand in the text of a; each
// is words and a value.
func datesIn(a *dateline.Article, list ...string) []dateline.Timex {
	var dates []dateline.Timex
	for _, x := range list {
		i := strings.LastIndex(x, " ")
		if strings.Contains(a.Text, x[:i]) {
			dates = append(dates, timex(a, x[:i], x[i+1:], "relative", "when/test"))
		}
	}
	return dates
}

// write sets the text of a from kinds and texts in turn.
func write(a *dateline.Article, blocks ...string) {
	a.Text, a.Blocks = "", nil
	for i := 0; i < len(blocks); i += 2 {
		if i > 0 {
			a.Text += "\n\n"
		}
		start := len(a.Text)
		a.Text += blocks[i+1]
		a.Blocks = append(a.Blocks, dateline.Block{Kind: dateline.BlockKind(blocks[i]), Start: start, End: len(a.Text)})
	}
}
