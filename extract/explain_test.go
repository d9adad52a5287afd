package extract_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
	"dateline/extract/body"
	"dateline/internal/golden"
	"dateline/internal/newspaper"
)

// TestLangless reads pages that do not state their language: their dates are read
// in that of their text.
func TestLangless(t *testing.T) {
	for _, c := range []struct{ name, date, prose, published string }{
		{"French", "03/04/2022", "Le port est resté fermé toute la nuit, car la tempête avait jeté trois bateaux contre la jetée, et les pêcheurs ne savaient pas quand ils pourraient repartir en mer avec leurs filets.", "2022-04-03"},
		{"German", "Veröffentlicht: 03/04/2022", "Der Hafen blieb in der Nacht geschlossen, weil der Sturm drei Boote gegen die Mole geworfen hatte, und die Fischer wussten nicht, wann sie wieder auf das Meer hinausfahren konnten.", "2022-04-03"},
		{"Spanish", "03/04/2022", "El puerto permaneció cerrado toda la noche, porque la tormenta había lanzado tres barcos contra el muelle, y los pescadores no sabían cuándo podrían volver a salir al mar con sus redes.", "2022-04-03"},
		{"Italian", "03/04/2022", "Il porto è rimasto chiuso per tutta la notte, perché la tempesta aveva gettato tre barche contro il molo, e i pescatori non sapevano quando avrebbero potuto tornare in mare con le loro reti.", "2022-04-03"},
		{"Portuguese", "03/04/2022", "O porto ficou fechado durante toda a noite, porque a tempestade tinha atirado três barcos contra o cais, e os pescadores não sabiam quando poderiam voltar ao mar com as suas redes.", "2022-04-03"},
		{"English, which does not tell the order", "03/04/2022", "The port stayed closed all night, because the storm had thrown three boats against the pier, and the fishermen did not know when they would be able to go out to sea with their nets again.", ""},
	} {
		page := `<html><head><title>Nodarit beltum</title></head><body><article><h1>Nodarit beltum</h1><p class="date">` + c.date + `</p><p>` + c.prose + `</p><p>` + c.prose[:len(c.prose)/2] + `</p></article></body></html>`
		if got := string(extract.Article([]byte(page), "https://harbourpost.example/x").Published); got != c.published {
			t.Errorf("%s: published %q, want %q", c.name, got, c.published)
		}
	}
}

// TestExplain checks that an explanation explains the very record, that what it says
// was chosen is what the record has, and that the blocks kept are its text.
func TestExplain(t *testing.T) {
	for n := range 6 {
		page, address := newspaper.Page(n)
		c := &dateline.Capture{URL: address, Type: "text/html"}
		want, e := extract.Capture(c, page), extract.Explain(c, page)
		if got := fmt.Sprintf("%+v", e.Article); got != fmt.Sprintf("%+v", want) {
			t.Errorf("page %d: the explained record is %s, want %+v", n, got, want)
		}
		for _, f := range e.Fields {
			chosen := ""
			for _, k := range f.Candidates {
				if k.Chosen {
					chosen += k.Value
				}
				if k.Why == "" {
					t.Errorf("page %d, %s: nothing says why of %q", n, f.Field, k.Value)
				}
			}
			if chosen != f.Value || (f.Value != "") != (f.Way != "") {
				t.Errorf("page %d, %s: chosen is %q by %q, the record has %q", n, f.Field, chosen, f.Way, f.Value)
			}
		}
		var kept []string
		for _, b := range e.Blocks {
			if b.Kept {
				kept = append(kept, b.Text)
			}
			if b.Way == "" || b.Rules == "" {
				t.Errorf("page %d: nothing says why of block %q", n, b.Text)
			}
		}
		if got := strings.Join(kept, "\n\n"); got != want.Text {
			t.Errorf("page %d: the blocks kept are %q, the text is %q", n, got, want.Text)
		}
	}
}

// TestExplainDump asks the same of flattened dumps: what was chosen is in the record,
// and what lost is told with its reason.
func TestExplainDump(t *testing.T) {
	files, err := filepath.Glob("dump/testdata/dump-*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden dumps: %v", err)
	}
	lost := 0
	for _, name := range files {
		c := &dateline.Capture{Type: dateline.TypeDump}
		text := golden.Read(t, name).Section("dump.txt")
		want, e := extract.Capture(c, text), extract.Explain(c, text)
		if got := fmt.Sprintf("%+v", e.Article); got != fmt.Sprintf("%+v", want) {
			t.Errorf("%s: the explained record is %s, want %+v", name, got, want)
		}
		if e.Blocks == nil {
			t.Errorf("%s: blocks are nil, want none", name)
		}
		for _, f := range e.Fields {
			chosen := 0
			for _, k := range f.Candidates {
				if k.Why == "" || !strings.HasPrefix(k.Way, "dump:") {
					t.Errorf("%s, %s: %+v has no reason, or no way of a dump", name, f.Field, k)
				}
				if k.Chosen {
					chosen++
				} else {
					lost++
				}
			}
			if f.Candidates == nil || (chosen == 1) != (f.Value != "") {
				t.Errorf("%s, %s: %d of %v are chosen, the record has %q", name, f.Field, chosen, f.Candidates, f.Value)
			}
		}
	}
	if lost < 10 {
		t.Errorf("only %d candidates lost", lost)
	}
}

// TestExplainLost asks why candidates lost, of fields that are tried in order.
func TestExplainLost(t *testing.T) {
	page := []byte(`<html lang="en"><head><title>Storm closes the port</title><link rel="canonical" href="https://elsewhere.example/">
<meta property="og:site_name" content="Harbour Post"><meta property="og:image" content="/logo.svg"><meta property="article:modified_time" content="2024-05-04T10:00:00Z"><meta name="description" content="Three boats were thrown against the pier, and no ferry left.">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm closes the port","alternativeHeadline":"Storm closes the port","isAccessibleForFree":false,
"publisher":{"name":"Harbour Post Ltd"},"articleSection":"World"}</script></head><body><article><h1>Storm closes the port</h1><time>4 May 2024</time>
<p>The port stayed closed all night, because the storm had thrown three boats against the pier.</p></article></body></html>`)
	e := extract.Explain(&dateline.Capture{URL: "https://harbourpost.example/storm", Type: "text/html"}, page)
	why := map[string]string{}
	for _, f := range e.Fields {
		for _, c := range f.Candidates {
			why[f.Field+" "+c.Way] = c.Why
			if f.Field == "modified" && c.Printed != "4 May 2024" {
				t.Errorf("the day of the change is said to be printed as %q", c.Printed)
			}
		}
	}
	for candidate, want := range map[string]string{
		"canonical link:canonical":             "will not do: it is the first page of a site, or of another site than the page",
		"canonical url":                        "chosen",
		"deck jsonld:alternativeHeadline":      "will not do: it only says the headline again",
		"deck meta:description":                "chosen",
		"modified meta:article:modified_time":  "chosen: called the date of a change",
		"publisher jsonld:publisher":           "chosen",
		"publisher meta:og:site_name":          "the place of the chosen one is trusted more",
		"images meta:og:image":                 "will not do: it is a logo or a button",
		"paywalled jsonld:isAccessibleForFree": "chosen",
		"dateline page:text":                   "will not do: no dash, and no news agency in brackets, stands behind its first words",
		"section jsonld:articleSection":        "chosen",
		"text page:article":                    "chosen",
	} {
		if got := why[candidate]; got != want {
			t.Errorf("%s: %q, want %q", candidate, got, want)
		}
	}
}

// TestExplainLeftOut asks of lines that are no part of the text what they are, and where
// the record has their words.
func TestExplainLeftOut(t *testing.T) {
	page := []byte(`<html lang="en"><head><title>Storm closes the port</title><meta name="description" content="Three boats were thrown against the pier, and no ferry left.">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm closes the port","datePublished":"2024-05-02","keywords":["Harbour","Weather"],"author":{"name":"Kate Giuliani"}}</script></head>
<body><nav><a href="/">Front page</a></nav><article><h1>Storm closes the port</h1><p class="deck">Three boats were thrown against the pier, and no ferry left.</p>
<p>By Kate Giuliani</p><time datetime="2024-05-02">2 May 2024</time><figure><img src="/pier.jpg" width="900" height="600" alt=""><figcaption>The pier in the evening, with one of the boats</figcaption></figure>
<p>The port stayed closed all night, because the storm had thrown three boats against the pier, and nobody could move them before the morning.</p>
<p>Advertisement</p><p>Read on: <a href="/3">The ramp of the island</a></p><p>The harbour office said that the ferries would leave again on Friday, when the wind is expected to have turned to the south.</p>
<h3>Read more</h3><ul><li><a href="/1">Why the pier is older than the town that it was built for</a></li><li><a href="/2">A ferry for the island, at last, after nine years</a></li></ul>
<p>The mayor looked at the pier on Thursday and promised that the town would pay for two of the boats, which belong to fishermen of the island.</p>
<div class="tags"><a href="/tag/harbour">Harbour</a> <a href="/tag/weather">Weather</a></div></article>
<p><a href="https://boats.example/" rel="nofollow sponsored">Boats that no storm throws against a pier</a></p><p>Sign in</p>
<section class="comments"><p>I have said for years that this pier will not survive a storm from the north, and nobody listened.</p></section>
<footer><p>The Harbour Post is printed on the quay since 1911 and belongs to those who read it.</p></footer></body></html>`)
	e := extract.Explain(&dateline.Capture{URL: "https://harbourpost.example/storm", Type: "text/html"}, page)
	for _, c := range []struct{ text, what, went string }{
		{"Front page", "menu", ""},
		{"Storm closes the port", "headline", "headline"},
		{"By Kate Giuliani", "byline or date", "bylines"},
		{"2 May 2024", "byline or date", "published"},
		{"The pier in the evening", "caption", "images[0].caption"},
		{"Advertisement", "advertisement", ""},
		{"Read on:", "link", ""},
		{"Boats that no storm", "advertisement", ""},
		{"Sign in", "button", ""},
		{"Why the pier is older", "related", ""},
		{"Harbour Weather", "tags", "tags"},
		{"I have said for years", "comment", ""},
		{"The Harbour Post is printed", "foot of the page", ""},
	} {
		found := false
		for _, b := range e.Blocks {
			if !strings.HasPrefix(b.Text, c.text) {
				continue
			}
			found = true
			if b.Says() == "" {
				t.Errorf("%q: nothing says why it is left out", c.text)
			}
			if went := strings.Join(b.Went, " "); b.Kept || b.What != c.what || went != c.went {
				t.Errorf("%q is kept: %v, what %q, went %q, want %q, %q", c.text, b.Kept, b.What, went, c.what, c.went)
			}
		}
		if !found {
			t.Errorf("no block begins with %q", c.text)
		}
	}
}

// TestWays holds the documentation against the tables of ways.
func TestWays(t *testing.T) {
	doc, err := os.ReadFile("../doc/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, w := range extract.Ways() {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", w.Name, w.Looks))
	}
	for _, w := range body.Ways() {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", w.Name, w.Says))
	}
	for _, k := range body.Kinds() {
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", k.Name, k.Says))
	}
	for _, row := range rows {
		if !strings.Contains(string(doc), row) {
			t.Errorf("doc/schema.md has no row %s", row)
		}
	}
}

// TestWaysKnown checks that the evidence of golden pages is among the ways, or names
// the place where the page states it.
func TestWaysKnown(t *testing.T) {
	known := map[string]bool{"url": true, "link:canonical": true}
	for _, w := range extract.Ways() {
		known[w.Name] = true
	}
	for name, f := range pages(t) {
		for field, way := range extract.Article(f.Section("page.html"), address(f)).Evidence {
			kind, _, _ := strings.Cut(way, ":")
			stated := kind == "jsonld" || kind == "meta" || kind == "microdata"
			if !known[way] && !stated && field != "text" {
				t.Errorf("%s: %s was found by %q, which no table has", name, field, way)
			}
		}
	}
}

func ExampleExplain() {
	page := []byte(`<html lang="en"><head><title>Storm closes the port</title></head><body><article><h1>Storm closes the port</h1>
<p>By Kate Giuliani</p><p>The port stayed closed all night, because the storm had thrown three boats against the pier.</p></article></body></html>`)
	e := extract.Explain(&dateline.Capture{URL: "https://harbourpost.example/storm", Type: "text/html"}, page)
	for _, f := range e.Fields {
		if f.Field == "bylines" {
			b, _ := json.Marshal(f)
			fmt.Println(string(b))
		}
	}
	// Output:
	// {"field":"bylines","value":"Kate Giuliani","way":"byline/by-word","candidates":[{"value":"Kate Giuliani","way":"byline/by-word","score":11,"chosen":true,"why":"chosen: words close under the headline name it","printed":"By Kate Giuliani"}]}
}

// TestExplainTellsOnce reads a page that prints a heading of another article twice,
// for small screens and for large ones: the reasons name it once.
func TestExplainTellsOnce(t *testing.T) {
	page := `<html lang="en"><head><title>Ferry stops for a week</title><meta property="og:title" content="Ferry stops for a week"></head><body><article><h1>Ferry stops for a week</h1>` +
		strings.Repeat(`<p>The night ferry between the quay and the island will not sail for a week, the harbour office said on Monday.</p>`, 3) +
		`</article><h1>Bridge gets new lamps</h1><h1>Bridge gets new lamps</h1></body></html>`
	e := extract.Explain(&dateline.Capture{URL: "https://harbourpost.example/ferry", Type: "text/html"}, []byte(page))
	n := 0
	for _, f := range e.Fields {
		for _, c := range f.Candidates {
			if f.Field == "headline" && c.Value == "Bridge gets new lamps" {
				n++
			}
		}
	}
	if n != 1 {
		t.Errorf("the heading of another article is told %d times, want 1", n)
	}
}
