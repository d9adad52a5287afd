package web_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline"
	"dateline/answer"
)

// citationOf is the address of the citation of a statement of a.
func citationOf(a *dateline.Article, s *dateline.Statement) string {
	return "/article/" + string(a.ID) + "/v/" + string(a.Capture) + "/cite/" + place(s)
}

func place(s *dateline.Statement) string {
	b, _ := json.Marshal(s.Range()) // a pair of numbers can be encoded
	key := strings.NewReplacer("[", "", "]", "", ",", "-").Replace(string(b))
	if s.In != "" {
		key = s.In + "-" + key
	}
	return key
}

// citation is the address of the citation of the first statement of m.
func citation(m *memory) string {
	for _, a := range m.versions {
		if f := m.findings[a.Capture]; f != nil && len(f.Statements) > 0 {
			return citationOf(a, &f.Statements[0])
		}
	}
	return ""
}

// marked returns what each mark of statements on a page says, with the ids
// that begin in it, and the numbers behind marks.
func markedSaid(doc *html.Node) (list []string) {
	for _, n := range all(all(doc, "article")[0], "") {
		switch class, _ := attr(n, "class"); class {
		case "said", "said doubtful", "said asked":
			id, _ := attr(n, "id")
			for _, inner := range all(n, "span") {
				more, _ := attr(inner, "id")
				id += "+" + more
			}
			if class == "said doubtful" {
				id += "?"
			}
			list = append(list, id+"|"+text(n))
		case "ref":
			href, _ := attr(n, "href")
			list = append(list, href)
		}
	}
	return list
}

// TestReadAs shows of a speaker without a name what the text calls it, and by
// which rule that was read as a name.
func TestReadAs(t *testing.T) {
	m := &memory{}
	art := dateline.Article{URL: "https://news.example/1", Headline: "Who", Lang: "en"}
	write(&art, "paragraph", "Ana Lima came. “Not now,” she said. “Never,” Lima said.")
	m.add(art)
	a := m.last()
	span := func(words string) []dateline.Span {
		i := strings.Index(a.Text, words)
		return []dateline.Span{{Start: i, End: i + len(words)}}
	}
	she := statement(a, "Ana Lima", "Not now,", "direct", "quote/subject-after")
	she.Speaker, she.Resolved = span("she"), "entity/pronoun"
	lima := statement(a, "Ana Lima", "Never,", "direct", "quote/subject-after")
	lima.Speaker, lima.Resolved = span("Lima said")[:1], "entity/name"
	m.findings[a.Capture] = &dateline.Findings{Statements: []dateline.Statement{she, lima}}
	article := text(get(t, m, "/article/"+string(a.ID)).tree(t))
	if n := strings.Count(article, "called “she”"); n != 1 || strings.Contains(article, "called “Lima") {
		t.Errorf("the article's page says %d times what the text calls Ana Lima: %s", n, article)
	}
	cited := text(get(t, m, citationOf(a, &she)).tree(t))
	if want := "called “she” there, read as Ana Lima by entity/pronoun"; !strings.Contains(cited, want) {
		t.Errorf("the citation does not say %q: %s", want, cited)
	}
}

func TestStatementsAreMarked(t *testing.T) {
	m := &memory{}
	art := dateline.Article{URL: "https://news.example/1", Headline: "Who", Lang: "en", Deck: "“Not now,” she said."}
	write(&art, "paragraph", "He said that she had said “never again” on Friday to all.", "paragraph", "“One,” she went on, “and two", "paragraph", "and three.” Nobody said more.")
	m.add(art)
	a := m.last()
	outer := statement(a, "Tom Reyes", "she had said “never again” on Friday", "mixed", "quote/that")
	inner := statement(a, "Ana Lima", "never again", "direct", "quote/inner")
	broken := statement(a, "Ana Lima", "One, … and two\n\nand three.", "direct", "quote/broken")
	same := statement(a, "she", "One,", "direct", "quote/same")
	doubtful := statement(a, "", "Nobody", "indirect", "quote/none")
	deck := dateline.Statement{In: dateline.InDeck, Kind: "direct", Who: "Ana Lima", Content: []dateline.Span{{Start: 3, End: 11}}, Rule: "quote/deck"}
	m.findings[a.Capture] = &dateline.Findings{Statements: []dateline.Statement{outer, inner, broken, same, doubtful, deck}, Dates: datesIn(a, "Friday 2024-03-08")}
	id := func(s dateline.Statement) string { return "said-" + place(&s) }
	want := []string{
		id(deck) + "|Not now,", "#statement-6",
		id(outer) + "|she had said “", id(inner) + "|never again", "#statement-2", "|” on Friday", "#statement-1",
		id(broken) + "+" + id(same) + "|One,", "#statement-4", "|and two", "|and three.", "#statement-3",
	}
	doc := get(t, m, "/article/"+string(a.ID)+"?q=again").tree(t)
	if got := markedSaid(doc); !slices.Equal(got, want) {
		t.Errorf("marks:\n got %q\nwant %q", got, want)
	}
	for _, n := range all(doc, "mark") {
		if text(n) != "again" {
			t.Errorf("within a statement %q is marked, want again", text(n))
		}
	}
	asked := get(t, m, "/article/"+string(a.ID)+"?q=who:lima+said:on*+-nosuchword").tree(t)
	var found []string
	for _, n := range all(asked, "mark") {
		found = append(found, text(n))
	}
	for _, n := range all(asked, "span") {
		if class, _ := attr(n, "class"); class == "said asked" {
			found = append(found, text(n))
		}
	}
	if want := []string{"One", "One,", "and two", "and three."}; !slices.Equal(found, want) {
		t.Errorf("asked for: %q, want %q", found, want)
	}
	if says := text(doc); !strings.Contains(says, "5 statements") || !strings.Contains(says, "Show 1 statement more, in the outlet’s words or less certain") || strings.Contains(says, "quote/none") {
		t.Errorf("the list: %s", says)
	}
	doc = get(t, m, "/article/"+string(a.ID)+"?all=1").tree(t)
	if got := markedSaid(doc); !slices.Equal(got, append(want, id(doubtful)+"?|Nobody", "#statement-5")) {
		t.Errorf("all marks: %q", got)
	}
	if says := text(doc); !strings.Contains(says, "6 statements") || !strings.Contains(says, "Hide what is in the outlet’s words or less certain") || !strings.Contains(says, "Speaker not named") {
		t.Errorf("the list of all: %s", says)
	}
}

// TestMarksKeepTheText marks statements that overlap in every way: the text
// stays the same, and no id is given twice.
func TestMarksKeepTheText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		m := &memory{}
		a := dateline.Article{URL: "https://news.example/1", Lang: "en"}
		var blocks []string
		for range 1 + r.IntN(4) {
			blocks = append(blocks, []string{"paragraph", "item", "table", "heading"}[r.IntN(4)], strings.Repeat("ab é\t字 c", 1+r.IntN(3)))
		}
		write(&a, blocks...)
		m.add(a)
		f := &dateline.Findings{}
		for range r.IntN(8) {
			s := dateline.Statement{Kind: []string{"direct", "indirect"}[r.IntN(2)], Who: "Ana Lima"}
			for range r.IntN(4) {
				start := r.IntN(len(a.Text))
				s.Content = append(s.Content, dateline.Span{Start: start - r.IntN(2), End: start + r.IntN(12)})
			}
			f.Statements = append(f.Statements, s)
		}
		m.findings[m.last().Capture] = f
		address := "/article/" + string(m.last().ID) + "?all=1&q=c"
		doc := get(t, m, address).tree(t)
		checkIDs(t, address, doc)
		for _, n := range all(doc, "a") {
			if class, _ := attr(n, "class"); class == "ref" {
				n.Parent.RemoveChild(n)
			}
		}
		says := ""
		for _, n := range all(doc, "div") {
			if class, _ := attr(n, "class"); class == "text" {
				says = strings.Join(strings.Fields(text(n)), "")
			}
		}
		if want := strings.Join(strings.Fields(a.Text), ""); says != want {
			t.Errorf("statements %+v:\n got %q\nwant %q", f.Statements, says, want)
		}
	}
}

// TestStatementsSayHow looks at the list beside an article that knows
// everything of a statement.
func TestStatementsSayHow(t *testing.T) {
	m := sample()
	for _, a := range m.versions {
		if !strings.HasSuffix(a.URL, "03/ferries") {
			continue
		}
		doc := get(t, m, "/article/"+string(a.ID)).tree(t)
		says := text(doc)
		want := "Ilse Marten The two ferries that replace the harbour bridge left the quay on time … Half of the commuters were still in the queue. " +
			"in quotation marks tweet to Port Ellery 6 March 2024 according to North Wire “reportedly” Cite Why? How it was found"
		if !strings.Contains(says, want) {
			t.Errorf("the page does not say %q:\n%s", want, says)
		}
		for _, n := range all(doc, "a") {
			if href, _ := attr(n, "href"); text(n) == "Ilse Marten" && href != "/speaker/ilse-marten?in="+string(a.ID) {
				t.Errorf("the speaker's link is %s", href)
			}
		}
	}
}

// A speakerTwin is the twin of a speaker's page.
type speakerTwin struct{ answer.Speaker }

func speakerPage(t *testing.T, m *memory, address string) (p speakerTwin) {
	t.Helper()
	path, rest, _ := strings.Cut(address, "?")
	res := get(t, m, "/speaker/"+path+".json?"+rest)
	if err := json.Unmarshal([]byte(res.body), &p); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("speaker %s: %s, %v\n%s", address, res.Status, err, res.body)
	}
	return p
}

// printed writes a line for each saying of a page.
func (p speakerTwin) printed() (lines []string) {
	for _, s := range p.Sayings {
		line := string(s.On) + " " + s.Medium + " " + strings.Join(s.Words, " … ") + " ["
		for i, x := range s.Statements {
			if i > 0 {
				line += ", "
			}
			line += x.Outlet()
		}
		lines = append(lines, line+"]")
	}
	return lines
}

// press is an archive in which several outlets print what two people of one
// name say, and a body.
func press() *memory {
	m := &memory{}
	for _, x := range []struct{ url, outlet, day, who, words, role, medium string }{
		{"1", "North Wire", "2024-03-01", "Ilse Marten", "We would rather be late than sorry about the cable", "director", ""},
		{"2", "Courier", "2024-03-02", "Ilse Marten", "we would rather be late than sorry about the cable!", "director", ""},
		{"3", "Courier", "2024-03-05", "ILSE MARTEN", "Six weeks it is", "director", "tweet"},
		{"4", "Stage", "2024-03-04", "Ilse Marten", "I play the queen", "actor", "interview"},
		{"5", "Courier", "2024-03-06", "Kremlin", "No", "", ""},
		{"6", "Stage", "2024-03-07", "Kremlin", "Yes", "", ""},
	} {
		a := dateline.Article{URL: "https://" + x.url + ".example/", Headline: "Headline " + x.url, Lang: "en", Published: dateline.Date(x.day),
			Publisher: dateline.Publisher{Name: x.outlet}, Text: "So: “" + x.words + "” it was."}
		m.add(a)
		s := statement(&a, x.who, x.words, "direct", "quote/test")
		s.Role, s.Medium = x.role, x.medium
		m.findings[m.last().Capture] = &dateline.Findings{Statements: []dateline.Statement{s}}
	}
	return m
}

func TestSpeakerPage(t *testing.T) {
	m := press()
	p := speakerPage(t, m, "ilse-marten")
	want := []string{
		"2024-03-05 tweet Six weeks it is [Courier]",
		"2024-03-01  We would rather be late than sorry about the cable [North Wire, Courier]",
	}
	if got := p.printed(); !slices.Equal(got, want) || p.StatementCount != 3 || p.ArticleCount != 3 || p.SayingCount != 2 || !slices.Equal(p.Roles, []string{"director"}) {
		t.Errorf("got %q, %+v\nwant %q", got, p, want)
	}
	if len(p.Namesakes) != 1 || !strings.HasPrefix(p.Namesakes[0].Ref, "Ilse Marten@a") {
		t.Fatalf("namesakes: %+v", p.Namesakes)
	}
	other := speakerPage(t, m, "ilse-marten?in="+string(p.Namesakes[0].Statement.Article))
	if got := other.printed(); !slices.Equal(got, []string{"2024-03-04 interview I play the queen [Stage]"}) || len(other.Namesakes) != 1 {
		t.Errorf("the other of the name: %q, %+v", got, other.Namesakes)
	}
	for _, f := range p.Facets {
		for _, v := range f.Values {
			if n := speakerPage(t, m, "ilse-marten?"+url.Values{f.Name: {v.Value}}.Encode()).Shown; n != v.Count {
				t.Errorf("%s %s: %d sayings, counted %d", f.Name, v.Value, n, v.Count)
			}
		}
	}
	if n := len(p.Facets[0].Values) + len(p.Facets[1].Values); n != 4 { // tweet, none; Courier, North Wire
		t.Errorf("facets: %+v", p.Facets)
	}
	words := map[string]string{} // link to a print → what is said
	for _, s := range p.Sayings {
		for _, x := range s.Statements {
			words["/article/"+string(x.Article)+"#said-"+x.Place] = strings.Join(s.Words, " ")
		}
	}
	followed := 0
	for _, n := range all(get(t, m, "/speaker/ilse-marten").tree(t), "a") {
		href, _ := attr(n, "href")
		want, ok := words[href]
		if !ok {
			if strings.Contains(href, "/cite/") {
				followed++
				if res := get(t, m, href); res.StatusCode != http.StatusOK {
					t.Errorf("GET %s: %s", href, res.Status)
				}
			}
			continue
		}
		followed++
		path, anchor, _ := strings.Cut(href, "#")
		found := false
		for _, n := range all(get(t, m, path).tree(t), "span") {
			if id, _ := attr(n, "id"); id == anchor {
				found = strings.EqualFold(strings.TrimSuffix(text(n), "!"), want)
			}
		}
		if !found {
			t.Errorf("%s does not lead to %q", href, want)
		}
	}
	if followed != 2*len(words) || len(words) != 3 {
		t.Errorf("%d links to %d prints and their citations, want 6 to 3", followed, len(words))
	}
}

func TestSpeakersByDecision(t *testing.T) {
	m := press()
	ref := func(name string, article int) dateline.SpeakerRef {
		r := dateline.SpeakerRef{Name: name}
		if article > 0 {
			r.Article = m.versions[article-1].ID
		}
		return r
	}
	p := speakerPage(t, m, "kremlin")
	if len(p.Sayings) != 1 || len(p.Namesakes) != 1 {
		t.Errorf("one word joins names: %q", p.printed())
	}
	m.decided = []dateline.Decision{
		{A: ref("Kremlin", 0), B: ref("Kremlin", 0), Verdict: dateline.Same},
		{A: ref("Ilse Marten", 0), B: ref("Ilse Marten", 3), Verdict: dateline.Differ},
		{A: ref("Ilse Marten", 4), B: ref("Kremlin", 6), Verdict: dateline.Same},
	}
	p = speakerPage(t, m, "kremlin")
	want := []string{"2024-03-07  Yes [Stage]", "2024-03-06  No [Courier]", "2024-03-04 interview I play the queen [Stage]"}
	if got := p.printed(); !slices.Equal(got, want) || !slices.Equal(p.Also, []string{"Ilse Marten"}) || len(p.Namesakes) != 0 {
		t.Errorf("joined: %q, %+v", got, p)
	}
	p = speakerPage(t, m, "ilse-marten?in="+string(m.versions[2].ID))
	if got := p.printed(); !slices.Equal(got, []string{"2024-03-05 tweet Six weeks it is [Courier]"}) || len(p.Namesakes) != 2 {
		t.Errorf("split: %q, %+v", got, p.Namesakes)
	}
}

func TestSpeakerPageErrors(t *testing.T) {
	m := press()
	for address, want := range map[string]int{
		"/speaker/nobody":                    404,
		"/speaker/…":                         404,
		"/speaker/marten":                    404, // part of a name
		"/speaker/ilse-marten?in=a0":         404,
		"/speaker/ilse-marten?page=2":        404,
		"/speaker/ilse-marten?page=x":        400,
		"/speaker/ilse-marten?medium=zither": 200,
		"/speaker/Ilse%20Marten":             200,
		citation(m) + "0":                    404,
		citation(m) + "/citation.doc":        404,
		citation(m) + "/citation.json":       200,
		"/article/a0/v/c0/cite/0-1":          404,
	} {
		if res := get(t, m, address); res.StatusCode != want {
			t.Errorf("GET %s: %s, want %d", address, res.Status, want)
		}
	}
	if says := text(get(t, m, "/speaker/ilse-marten?medium=zither").tree(t)); !strings.Contains(says, "No saying fits") {
		t.Errorf("a medium that there is not: %s", says)
	}
}

// TestSpeakerOfDoubtfulStatements shows them where there are no others.
func TestSpeakerOfDoubtfulStatements(t *testing.T) {
	p := speakerPage(t, sample(), "the-port-authority")
	if !p.All || len(p.Sayings) != 1 {
		t.Errorf("all %t, %q", p.All, p.printed())
	}
}

func TestCitationPage(t *testing.T) {
	m := press()
	address := citation(m)
	says := text(get(t, m, address).tree(t))
	for _, want := range []string{"We would rather be late than sorry about the cable", "Ilse Marten, director", "North Wire", "Headline 1", "1 March 2024",
		m.versions[0].Payload, "BibTeX", "@misc{marten2024-", "TY - NEWS", "TextPositionSelector", "time not known"} {
		if !strings.Contains(says, want) {
			t.Errorf("the citation does not say %q:\n%s", want, says)
		}
	}
	links := map[string]bool{}
	for _, n := range all(get(t, m, address).tree(t), "a") {
		href, _ := attr(n, "href")
		links[href] = true
	}
	for _, want := range []string{"https://1.example/#:~:text=We%20would%20rather%20be%20late%20than%20sorry%20about%20the%20cable", "/speaker/ilse-marten?in=" + string(m.versions[0].ID),
		strings.Replace(address, "/cite/", "#said-", 1), "/capture/" + string(m.versions[0].Capture)} {
		if !links[want] {
			t.Errorf("the citation has no link to %s; it has %v", want, links)
		}
	}
	for file, kind := range map[string]string{"citation.txt": "text/plain; charset=utf-8", "citation.bib": "application/x-bibtex; charset=utf-8",
		"citation.ris": "application/x-research-info-systems; charset=utf-8", "citation.json": "application/vnd.citationstyles.csl+json",
		"annotation.jsonld": `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`} {
		res := get(t, m, address+"/"+file)
		if res.Header.Get("Content-Type") != kind || res.Header.Get("Content-Disposition") != "attachment; filename="+file || !strings.Contains(res.body, "late than sorry") {
			t.Errorf("GET %s: %v\n%s", file, res.Header, res.body)
		}
	}
}

// TestSearchLessCertain finds a statement only where all are looked at, and
// follows the links that keep it so.
func TestSearchLessCertain(t *testing.T) {
	m := sample()
	if f := search(t, m, "/search?q=who:authority"); f.Total != 0 {
		t.Errorf("%d hits, want none", f.Total)
	}
	doc := get(t, m, "/search?q=who:authority&all=1").tree(t)
	var links []string
	for _, n := range all(doc, "a") {
		href, _ := attr(n, "href")
		links = append(links, href)
	}
	says := text(doc)
	for _, want := range []string{"1 article for who:authority", "the port authority The harbour bridge will stay closed", "Only certain statements"} {
		if !strings.Contains(says, want) {
			t.Errorf("the search does not say %q: %s", want, says)
		}
	}
	for _, want := range []string{"/search?q=who%3Aauthority", "/search?all=1&q=who%3Aauthority+publisher%3A%22The+Ellery+Courier%22",
		"/article/" + string(m.versions[1].ID) + "?all=1&q=who%3Aauthority"} {
		if !slices.Contains(links, want) {
			t.Errorf("the search has no link to %s: %q", want, links)
		}
	}
	if says := text(get(t, m, "/search?q=who:authority").tree(t)); !strings.Contains(says, "Less certain statements, too") {
		t.Errorf("nothing found, and no way to look at all: %s", says)
	}
}

func TestSearchWhoSaidWhat(t *testing.T) {
	m := press()
	for address, want := range map[string]int{
		"/search.json?q=who:marten":             4,
		"/search.json?q=who:marten+said:weeks":  1,
		"/search.json?q=who:kremlin+said:weeks": 0,
		"/search.json?q=said:late":              2,
	} {
		if f := search(t, m, strings.Replace(address, ".json", "", 1)); f.Total != want {
			t.Errorf("GET %s: %d hits, want %d", address, f.Total, want)
		}
	}
	var found answer.Search
	res := get(t, m, "/search.json?q=who:marten+said:rath*")
	if err := json.Unmarshal([]byte(res.body), &found); err != nil || len(found.Hits) != 2 || len(found.Hits[1].Statements) != 1 {
		t.Fatalf("%v in %s", err, res.body)
	}
	st := found.Hits[1].Statements[0]
	if st.Name != "Ilse Marten" || st.Place != "7-57" || strings.Join(st.Words, "") != "We would rather be late than sorry about the cable" {
		t.Errorf("the statement of a hit: %+v", st)
	}
	shown := ""
	for _, n := range all(get(t, m, "/search?q=who:marten+said:rath*").tree(t), "a") {
		if href, _ := attr(n, "href"); strings.Contains(href, string(st.Article)) && strings.HasSuffix(href, "#said-7-57") {
			for _, marked := range all(n, "mark") {
				shown = text(n) + "|" + text(marked)
			}
		}
	}
	if want := "“We would rather be late than sorry about the cable”|rather"; shown != want {
		t.Errorf("the hit shows %q, want %q", shown, want)
	}
	for address, want := range map[string]bool{"/search?q=who:%22ilse+marten%22": true, "/search?q=who:marten": false, "/search?q=said:late": false} {
		link := false
		for _, n := range all(get(t, m, address).tree(t), "a") {
			href, _ := attr(n, "href")
			link = link || href == "/speaker/ilse-marten"
		}
		if link != want {
			t.Errorf("GET %s: link to the speaker: %t, want %t", address, link, want)
		}
	}
	says := text(get(t, m, "/search?q=").tree(t))
	if !strings.Contains(says, "Speaker Ilse Marten 3") {
		t.Errorf("no facet of speakers: %s", says)
	}
}
