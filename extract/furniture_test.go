package extract_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/extract"
)

// lineIn returns the text of the page of an article with a line among its paragraphs,
// set as they are.
func lineIn(line string) string {
	page := `<html lang="en"><head><title>Storm closes the port</title></head><body><div id="app"><div class="c1"><a href="/">Harbour Post</a></div><div class="c2"><h1 class="h">Storm closes the port</h1><div class="c3">
<p class="p">The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said on Monday.</p>
<p class="p">` + line + `</p>
<p class="p">Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening of the next day.</p>
<p class="p">“We have not seen such waves for thirty years,” said Ada Lund, who sells nets on the quay and had come to look after her boat.</p></div></div></div></body></html>`
	return extract.Article([]byte(page), "https://harbourpost.example/storm").Text
}

// TestFurniture reads articles with lines that are no text of theirs, in twelve languages.
func TestFurniture(t *testing.T) {
	for _, line := range []string{
		"Advertisement", "ADVERTISEMENT - SCROLL TO CONTINUE READING", "Article continues after this ad", "Story continues below advertisement", "Anzeige", "Der Artikel wird nach der Werbung fortgesetzt",
		"Publicité", "La suite après la publicité", "La nota continúa después de la publicidad", "Continua dopo la pubblicità", "O texto continua após a publicidade", "Het artikel gaat verder onder de advertentie",
		"Dalsza część artykułu pod reklamą", "Реклама", "Artikeln fortsätter efter annonsen", "Artikkelen fortsetter under annonsen", "Artiklen fortsætter efter annoncen", "Reklam", "広告", "广告", "إعلان",
		`READ MORE: Ferry line to close`, `Lesen Sie auch: <a href="/f">Die Fähre stellt den Betrieb ein</a>`, `À lire aussi : <a href="/f">La ligne de ferry va fermer</a>`, `Lea también: <a href="/f">La línea de ferri cierra</a>`,
		`Leggi anche <a href="/f">Chiude la linea del traghetto</a>`, `Leia também: <a href="/f">Linha de balsa fecha</a>`, `Lees ook: <a href="/f">Veerdienst stopt</a>`, `Czytaj też: <a href="/f">Prom przestaje pływać</a>`,
		`Читайте также: <a href="/f">Паром закрывается</a>`, `Läs också: <a href="/f">Färjan läggs ned</a>`, `Les også: <a href="/f">Fergen legges ned</a>`, `【関連記事】<a href="/f">渡し船が廃止に</a>`, `相关阅读：<a href="/f">渡轮停运</a>`, `WATCH: Waves break over the pier`,
		`Sign up for our free newsletter and never miss a story.`, `Folgen Sie uns auf <a href="https://i.example">Instagram</a> und abonnieren Sie unseren Newsletter.`, `Inscrivez-vous à notre newsletter pour recevoir l'essentiel.`,
		`Suscríbete a nuestro boletín y recibe las noticias en tu correo.`, `Iscriviti alla nostra newsletter per non perdere nulla.`, `Подпишитесь на наш канал в Telegram.`, `Schrijf je in voor onze nieuwsbrief.`,
		"Share this article", "Artikel teilen", "Condividi", "Compartir", "シェアする",
		"Your browser does not support the video tag.", "Dieses Video ist nicht verfügbar.", "Photo: Jo Bell",
	} {
		if got := lineIn(line); strings.Count(got, "\n\n") != 2 {
			t.Errorf("with the line %q the text is %q, want three paragraphs", line, got)
		}
	}
}

// TestNoFurniture reads paragraphs that speak of the same things as such lines do.
func TestNoFurniture(t *testing.T) {
	for _, line := range []string{
		"The story continues.", "Advertising pays for two thirds of what the paper costs, its editor said on Monday.", "“Read more books,” she told the pupils, and they laughed, for nobody had told them so before.",
		"The mayor asked people to sign up for the newsletter of the harbour office, which had warned of the storm on Sunday.", "Photo shops along the quay were flooded, and their owners carried the cameras to the first floor.",
		"Follow the money, the mayor said, and you will see why the pier was never mended, though it was promised.", "Watching the waves, she said that nobody should go near the pier before the morning of the next day.",
	} {
		if got := lineIn(line); strings.Count(got, "\n\n") != 3 {
			t.Errorf("with the paragraph %q the text is %q, want four paragraphs", line, got)
		}
	}
}

// TestNotices reads articles with boxes that ask for consent or offer a subscription,
// in boxes without a name, above and below the text.
func TestNotices(t *testing.T) {
	const article = `<div class="c2"><h1>Storm closes the port</h1><div class="c3"><p>The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said.</p>
<p>Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening.</p></div></div>`
	for name, box := range map[string]string{
		"English": `<h2>We care about your privacy</h2><p>We and our 212 partners use cookies to store and access information on a device and to process personal data for personalised advertising.</p><p>You can change your choices or withdraw your consent whenever you like, below on every page of this site, and nothing of what you have chosen is kept.</p><p>Accept all</p>`,
		"German":  `<h2>Ihre Privatsphäre</h2><p>Wir und unsere Partner verwenden Cookies, um Informationen auf einem Gerät zu speichern und personenbezogene Daten zu verarbeiten, zum Beispiel für personalisierte Werbung.</p><p>Sie können Ihre Einwilligung jederzeit widerrufen, und zwar auf jeder Seite ganz unten, ohne dass Ihnen dadurch ein Nachteil entsteht.</p>`,
		"French":  `<p>Avec nos partenaires, nous utilisons des cookies pour stocker des informations sur un terminal et traiter des données personnelles, par exemple pour des publicités personnalisées.</p><p>Vous pouvez retirer votre consentement à tout moment en bas de chaque page, sans que cela ait d'autres conséquences pour vous.</p>`,
		"offer":   `<h3>To continue reading, subscribe</h3><p>This article is for subscribers only. Get unlimited access for 1 a month and cancel any time, on all of your devices.</p><p>Already a subscriber? <a href="/login">Log in</a></p>`,
	} {
		for _, page := range []string{`<div class="x1">` + box + `</div>` + article, article + `<div class="x1">` + box + `</div>`, article + `<dialog open>` + box + `</dialog>`} {
			got := extract.Article([]byte(`<html lang="en"><head><title>Storm closes the port</title></head><body><div id="app">`+page+`</div></body></html>`), "https://harbourpost.example/storm").Text
			if !strings.HasPrefix(got, "The port stayed") || strings.Count(got, "\n\n") != 1 {
				t.Errorf("%s: the text of %q is %q, want the two paragraphs of the article", name, page, got)
			}
		}
	}
}

// TestNextArticle reads pages that load another, longer article below.
func TestNextArticle(t *testing.T) {
	const own = `<h1>Storm closes the port</h1><p class="by">By Ada Lund</p><p>The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said.</p>
<p>Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening.</p>`
	next := `<h1>Museum of the tides reopens</h1><p class="by">By Bo Berg</p>` + strings.Repeat(`<p>The museum has been rebuilt for four years, and visitors will find a hall in which the tide rises twice a day, its head said.</p>`, 1) +
		`<p>In the first week children pay nothing, and the boats to the island leave every hour from the old pier, the town said.</p><p>The building cost nine million and has a roof of grass, on which sheep are to graze from the summer on.</p>`
	for name, page := range map[string]string{
		"boxes side by side": `<div class="a">` + own + `</div><div class="a">` + next + `</div>`,
		"one after another":  `<div class="a">` + own + `<hr>` + next + `</div>`,
		"a longer one below": `<main><article>` + own + `</article><div class="infinite"><div class="post">` + next + strings.Replace(next, "museum", "old museum", -1) + `</div></div></main>`,
		"articles":           `<article>` + own + `</article><article>` + next + `</article>`,
		"article beside, linked heading of the second rank": `<article>` + own + `</article><article>` + strings.NewReplacer("<h1>", `<h2><a href="/museum">`, "</h1>", "</a></h2>", `<p class="by">By Bo Berg</p>`, "").Replace(next) + `</article>`,
		"date in a plain box":                               `<div class="a">` + own + strings.Replace(next, `<p class="by">By Bo Berg</p>`, `<div>12.02.2026</div>`, 1) + `</div>`,
		"box with an address":                               `<div class="a">` + own + `</div><div class="b" data-url="/museum">` + strings.NewReplacer("h1>", "h2>", `<p class="by">By Bo Berg</p>`, "").Replace(next) + `</div>`,
		"box named for it":                                  `<div class="a">` + own + `</div><div class="infinite-scroll"><div>` + strings.NewReplacer("h1>", "h2>", `<p class="by">By Bo Berg</p>`, "").Replace(next) + `</div></div>`,
		"article in article":                                `<main><article>` + own + `<div><article>` + next + `</article></div></article></main>`,
	} {
		got := extract.Article([]byte(`<html lang="en"><head><title>Storm closes the port</title></head><body>`+page+`</body></html>`), "https://harbourpost.example/storm").Text
		if strings.Contains(got, "museum") || strings.Contains(got, "children") || !strings.Contains(got, "Fishermen") {
			t.Errorf("%s: the text is %q, want that of the first article", name, got)
		}
	}
	sections := `<article><h1>Storm closes the port</h1><p class="by">By Ada Lund</p><p>The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said.</p>
<h1>What comes next</h1><p>Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening.</p></article>`
	rules := strings.Replace(sections, "<h1>What comes next", "<hr><h1>What comes next", 1)
	if got := extract.Article([]byte(`<html lang="en"><head><title>Storm closes the port</title></head><body>`+rules+`</body></html>`), "https://harbourpost.example/storm").Text; !strings.Contains(got, "Fishermen") {
		t.Errorf("a rule before a heading of the first rank ends the text: %q", got)
	}
	if got := extract.Article([]byte(`<html lang="en"><head><title>Storm closes the port</title></head><body>`+sections+`</body></html>`), "https://harbourpost.example/storm").Text; !strings.Contains(got, "Fishermen") {
		t.Errorf("headings of the first rank within an article end the text: %q", got)
	}
}

// TestEnding reads what stands at the end of a text, and what is said twice in it.
func TestEnding(t *testing.T) {
	bio := `<p>The harbour office will measure the waves again today, and then decide whether the port can open.</p><p><em>Ada Lund is the harbour correspondent of the Post. Her book on nets appears in May.</em></p></article></body></html>`
	page, _, _ := strings.Cut(string(storyOf("")), "<p>Fishermen")
	if got := extract.Article([]byte(page+bio), "").Text; strings.Contains(got, "Her book") || !strings.Contains(got, "measure the waves") {
		t.Errorf("the text ends with a note on its author: %q", got)
	}
	for _, c := range []struct{ name, line, lacks, has string }{
		{"documents", `Read the documents:</p><ul><li><a href="/a.pdf">Report of the harbour office, 40 pages</a></li><li><a href="/b.pdf">Letter of the fishermen to the mayor</a></li></ul><p class="p">`, "", "Letter of the fishermen"},
		{"articles", `More on this:</p><ul><li><a href="/a">Ferry line to close in autumn, says owner</a></li><li><a href="/b">Museum of the tides reopens</a></li></ul><p class="p">`, "Museum", ""},
		{"pull quote", `</p><div class="q"><p class="p">“We have not seen such waves for thirty years”</p></div><p class="p">`, "years”", ""},
		{"caption in italics", `<img src="/w.jpg" width="800" height="600"><br><em>Waves over the pier. Photo: Jo Bell</em>`, "Waves over", ""},
		{"hidden paragraph", `</p><p hidden>What the page does not show until somebody asks for it, and nobody ever does.</p><p class="p">`, "does not show", ""},
		{"far to the left", `</p><p style="position:absolute;left:-9999px">What the page shows to those alone who hear it read to them.</p><p class="p">`, "to those alone", ""},
		{"quote beside the text", `</p><aside><p>We have not seen such waves for thirty years</p></aside><p class="p">`, "years\n", ""},
		{"quote in an element of its own", `</p><div class="q"><span>“We have not seen such waves for thirty years”</span></div><p class="p">`, "years”", ""},
		{"quote with its speaker", `</p><div class="q"><p>“We have not seen such waves for thirty years”</p><p>Ada Lund, net seller</p></div><p class="p">`, "net seller", ""},
		{"caption of its own", `<img src="/w.jpg" width="800" height="600"></p><p class="caption">Waves over the pier on Monday</p><p class="p">`, "Waves over", ""},
		{"caption in a table", `</p><table><tr><td><img src="/w.jpg" width="800" height="600"></td></tr><tr><td class="tr-caption">Waves over the pier on Monday</td></tr></table><p class="p">`, "Waves over", ""},
		{"small caption", `<img src="/w.jpg" width="800" height="600"></p><p class="p"><small>Waves over the pier on Monday</small>`, "Waves over", ""},
	} {
		got := lineIn(c.line)
		if c.lacks != "" && strings.Contains(got, c.lacks) || !strings.Contains(got, c.has) {
			t.Errorf("%s: the text is %q, want it to have %q and to lack %q", c.name, got, c.has, c.lacks)
		}
	}
}

// TestLongHeadings reads an article whose paragraphs are all set as headings.
func TestLongHeadings(t *testing.T) {
	const page = `<html lang="en"><head><title>Storm closes the port</title></head><body><h1>Storm closes the port</h1><div>
<h3>The port stayed closed all night, because the storm had thrown three boats against the pier, the harbour office said on Monday.</h3>
<h3>Fishermen did not know when they would be able to go out to sea again, and no ferry left before the evening of the next day.</h3></div></body></html>`
	a := extract.Article([]byte(page), "https://harbourpost.example/storm")
	if strings.Count(a.Text, "\n\n") != 1 || len(a.Blocks) != 2 || a.Blocks[0].Kind != dateline.Paragraph {
		t.Errorf("the text is %q with the blocks %v, want two paragraphs", a.Text, a.Blocks)
	}
}
