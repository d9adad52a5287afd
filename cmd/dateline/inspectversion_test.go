package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/answer"
)

// A versionPage is a page of a newspaper as tests of changes make it.
type versionPage struct {
	lang, headline, deck, by, head, above, below, modified string
	caption, image                                         string
	paragraphs                                             []string
}

func (p versionPage) html() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="` + p.lang + `"><head><meta charset="utf-8"><title>` + p.headline + ` | Harbour Post</title>` +
		`<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T09:15:00Z">` + p.head)
	if p.modified != "" {
		b.WriteString(`<meta property="article:modified_time" content="` + p.modified + `">`)
	}
	b.WriteString(`</head><body><header><a href="/">Harbour Post</a></header><main><article><h1>` + p.headline + `</h1><p class="deck">` + p.deck + `</p><div class="byline">By <a rel="author" href="/s">` + p.by + `</a></div>` + p.above)
	if p.image != "" {
		b.WriteString(`<figure><img src="` + p.image + `"><figcaption>` + p.caption + `</figcaption></figure>`)
	}
	b.WriteString(`<div class="article-body">`)
	for _, s := range p.paragraphs {
		b.WriteString(`<p>` + s + "</p>\n")
	}
	b.WriteString(`</div></article>` + p.below + `</main><footer>© Harbour Post</footer></body></html>`)
	return b.String()
}

var versionEnglish = versionPage{
	lang: "en", headline: "Bridge to the island closes for a year", deck: "Ferries will run every half hour, the county promises", by: "Nora Vance",
	image: "https://img.harbourpost.example/2026/03/bridge-1200x800.jpg", caption: "The bridge on Monday.",
	paragraphs: []string{
		"The bridge between Tarn and the mainland will close on 1 May for twelve months, the county said on Tuesday, after engineers found cracks in three of its piers.",
		"“We cannot repair it under traffic,” county engineer Ivo Brandt told reporters. He put the cost at 48 million pounds.",
		"Some 2,300 people cross the bridge every day, most of them on their way to work in the shipyard. The yard said that it would pay for buses to the ferry.",
		"Islanders have asked for a hospital boat. The county has not decided yet, a spokeswoman said.",
	},
}

var versionGerman = versionPage{
	lang: "de", headline: "Brücke zur Insel wird für ein Jahr gesperrt", deck: "Fähren sollen alle halbe Stunde fahren, verspricht der Kreis", by: "Nora Vance",
	paragraphs: []string{
		"Die Brücke zwischen Tarn und dem Festland wird am 1. Mai für zwölf Monate gesperrt, teilte der Kreis am Dienstag mit, nachdem Ingenieure Risse in drei Pfeilern gefunden hatten.",
		"„Unter Verkehr können wir das nicht reparieren“, sagte Kreisbaumeister Ivo Brandt. Die Kosten schätzt er auf 48 Millionen Euro.",
		"Etwa 2300 Menschen fahren jeden Tag über die Brücke, die meisten zur Arbeit auf der Werft. Die Werft will Busse zur Fähre bezahlen.",
		"Die Bewohner der Insel haben um ein Krankenboot gebeten. Der Kreis hat darüber noch nicht entschieden.",
	},
}

var versionFrench = versionPage{
	lang: "fr", headline: "Le pont vers l’île fermé pour un an", deck: "Des bacs partiront toutes les demi-heures, promet le département", by: "Nora Vance",
	paragraphs: []string{
		"Le pont entre Tarn et le continent fermera le 1er mai pour douze mois, a annoncé mardi le département, après la découverte de fissures dans trois de ses piles.",
		"« Nous ne pouvons pas le réparer sous la circulation », a déclaré l’ingénieur Ivo Brandt. Il estime le coût à 48 millions d’euros.",
		"Environ 2 300 personnes empruntent le pont chaque jour, la plupart pour se rendre au chantier naval. Le chantier paiera des autocars jusqu’au bac.",
		"Les habitants de l’île ont demandé un bateau hôpital. Le département n’a pas encore décidé.",
	},
}

var versionJapanese = versionPage{
	lang: "ja", headline: "島への橋、一年間通行止めに", deck: "県はフェリーを三十分ごとに運航すると約束", by: "山田花子",
	paragraphs: []string{
		"県は火曜日、島と本土を結ぶ橋を五月一日から十二か月間通行止めにすると発表した。技術者が三本の橋脚にひびを見つけたためだ。",
		"県の技術者は「車を通しながらの修理はできない」と話した。費用は四十八億円と見積もられている。",
		"橋を毎日渡る人は約二千三百人で、ほとんどが造船所へ通う。造船所は港までのバスの費用を負担するという。",
	},
}

// with returns a copy that f has changed.
func (p versionPage) with(f func(*versionPage)) versionPage {
	p.paragraphs = slices.Clone(p.paragraphs)
	f(&p)
	return p
}

func TestInspectVersion(t *testing.T) {
	en, de, fr, ja := versionEnglish, versionGerman, versionFrench, versionJapanese
	edit := func(p versionPage, i int, from, to string) versionPage {
		return p.with(func(p *versionPage) {
			if !strings.Contains(p.paragraphs[i], from) {
				t.Fatalf("paragraph %d has no %q", i, from)
			}
			p.paragraphs[i] = strings.Replace(p.paragraphs[i], from, to, 1)
		})
	}
	cut := func(p versionPage, n int, below string) versionPage {
		return p.with(func(p *versionPage) { p.paragraphs, p.below = p.paragraphs[:n], below })
	}
	above := func(p versionPage, html string) string { return p.with(func(p *versionPage) { p.above = html }).html() }
	below := func(p versionPage, html string) string { return p.with(func(p *versionPage) { p.below = html }).html() }
	other := versionPage{lang: "en", headline: "Council elects first woman as mayor", deck: "Vote was close", by: "Otto Reed", paragraphs: []string{
		"Members of the town assembly chose Petra Holm as mayor on Friday evening with eleven votes against ten, the first woman to hold that office since it was created in 1871.",
		"Holm, a teacher of mathematics, thanked her rival and promised cheaper housing. Her rival congratulated her before leaving the chamber without speaking to journalists.",
	}}
	for _, c := range []struct {
		name, a, b        string
		flags             []string
		verdict           string
		changed           string
		added, removed    []string
		figures, speakers []string
	}{
		{name: "minutes ago in German", a: above(de, `<span>vor 5 Minuten aktualisiert</span>`), b: above(de, `<span>vor 3 Stunden aktualisiert</span>`), verdict: "same"},
		{name: "a paragraph of the time", a: above(en, `<p>Updated: 3 March, 10.15am</p>`), b: above(en, `<p>Updated: 4 March, 11.40am</p>`), verdict: "same", changed: "modified"},
		{name: "counters within the text", a: edit(fr, 3, "Les habitants", "1 204 vues</p><p>Les habitants").html(), b: edit(fr, 3, "Les habitants", "1 811 vues</p><p>Les habitants").html(), verdict: "same"},
		{name: "curly and straight marks", a: en.html(), b: edit(edit(en, 1, "“", `"`), 1, "”", `"`).html(), verdict: "same"},
		{name: "soft hyphens", a: de.html(), b: edit(de, 0, "Ingenieure", "Inge\u00adnieure").html(), verdict: "same"},
		{name: "an invitation between paragraphs", a: de.html(), b: edit(de, 3, "Die Bewohner", "Lesen Sie auch: Werft baut neue Fähre</p><p>Die Bewohner").html(), verdict: "same"},
		{name: "a picture from another machine", a: en.html(), b: en.with(func(p *versionPage) { p.image = "https://cdn2.example/i/w_800/bridge-800x533.webp?sig=1" }).html(), verdict: "same"},
		{name: "names in another order", a: en.with(func(p *versionPage) { p.by = "Nora Vance</a> and <a rel=\"author\" href=\"/t\">Otto Reed" }).html(), b: en.with(func(p *versionPage) { p.by = "Otto Reed</a> and <a rel=\"author\" href=\"/t\">Nora Vance" }).html(), verdict: "same"},
		{name: "a time moved", a: en.with(func(p *versionPage) { p.modified = "2026-03-04T10:00:00Z" }).html(), b: en.with(func(p *versionPage) { p.modified = "2026-03-04T12:00:00Z" }).html(), verdict: "same", changed: "modified"},
		{name: "a deck alone", a: en.html(), b: en.with(func(p *versionPage) { p.deck = "Ferries will run every hour, the county promises" }).html(), verdict: "changed", changed: "deck", removed: []string{"half"}},
		{name: "a negation in German", a: de.html(), b: edit(de, 3, "noch nicht entschieden", "entschieden").html(), verdict: "changed", changed: "text", removed: []string{"noch nicht"}},
		{name: "a figure in French", a: fr.html(), b: edit(fr, 1, "48 millions", "84 millions").html(), verdict: "changed", changed: "text", added: []string{"84"}, removed: []string{"48"}, figures: []string{"48 84"}},
		{name: "words in Japanese", a: ja.html(), b: edit(ja, 0, "三本", "四本").html(), verdict: "changed", changed: "text", added: []string{"四"}, removed: []string{"三"}},
		{name: "a statement that changed", a: en.html(), b: edit(en, 1, "We cannot repair it under traffic", "We will not repair it under traffic").html(), verdict: "changed", changed: "text", added: []string{"will not"}, removed: []string{"cannot"}, speakers: []string{"Ivo Brandt"}},
		{name: "a paragraph gone without a wall", a: en.html(), b: cut(en, 3, "").html(), verdict: "changed", changed: "text", removed: []string{"Islanders have asked for a hospital boat. The county has not decided yet, a spokeswoman said."}},
		{name: "an English wall without metadata", a: en.html(), b: cut(en, 1, `<div><h3>This article is for subscribers only</h3><p>Already a subscriber? Log in.</p></div>`).html(), verdict: "cut"},
		{name: "a German wall", a: de.html(), b: cut(de, 1, `<section><h3>Jetzt weiterlesen mit dem Digitalabo</h3><p>Einen Monat für 1 Euro testen.</p></section>`).html(), verdict: "cut"},
		{name: "a French wall", a: fr.html(), b: cut(fr, 1, `<section><p>Il vous reste 74% de cet article à lire. La suite est réservée aux abonnés.</p></section>`).html(), verdict: "cut"},
		{name: "a wall in the middle of a sentence", a: en.html(), b: edit(cut(en, 2, `<p>Subscribe to continue reading</p>`), 1, " county engineer Ivo Brandt told reporters. He put the cost at 48 million pounds.", " county engineer…").html(), verdict: "cut"},
		{name: "a wall of two tiers", a: en.html(), b: cut(en, 1, `<p>Unlock this article</p>`).with(func(p *versionPage) { p.head = `<meta name="article:content_tier" content="locked">` }).html(), verdict: "cut"},
		{name: "gone with a status", a: en.html(), b: `<title>Harbour Post</title><h1>410</h1>`, flags: []string{"-status", "410"}, verdict: "gone"},
		{name: "gone in Spanish", a: en.html(), b: `<html lang="es"><title>Página no encontrada</title><body><h1>Página no encontrada</h1><p>Lo sentimos.</p>`, verdict: "gone"},
		{name: "too many requests", a: en.html(), b: `<title>429 Too Many Requests</title><h1>429</h1>`, flags: []string{"-status", "429"}, verdict: "unseen"},
		{name: "an error of the server", a: en.html(), b: `<h1>Sorry</h1><p>Something went wrong.</p>`, flags: []string{"-status", "503"}, verdict: "unseen"},
		{name: "a challenge by its header", a: en.html(), b: `<title>x</title>`, flags: []string{"-status", "202", "-header", "x-amzn-waf-action: challenge"}, verdict: "unseen"},
		{name: "a challenge in German", a: de.html(), b: `<html lang="de"><title>Nur einen Moment…</title><body><h1>hafenblatt.example</h1><p>Bestätigen Sie, dass Sie ein Mensch sind. Dies kann einige Sekunden dauern.</p>`, flags: []string{"-status", "403"}, verdict: "unseen"},
		{name: "a consent wall in English", a: en.html(), b: `<title>Harbour Post</title><body><h1>We value your privacy</h1><p>We and our partners store and/or access information on a device.</p><button>Accept all</button><button>Reject all</button>`, verdict: "unseen"},
		{name: "a consent wall in Spanish under the headline", a: en.html(), b: `<html lang="es"><title>Bridge to the island closes for a year</title><body><h2>Su privacidad es importante</h2><p>Nosotros y nuestros socios utilizamos cookies para mostrar anuncios.</p><button>Aceptar y continuar</button>`, verdict: "unseen"},
		{name: "another article", a: en.html(), b: other.html(), verdict: "replaced"},
		{name: "a headline that says it anew", a: en.html(), b: en.with(func(p *versionPage) { p.headline = "Cracks shut crossing until next spring" }).html(), verdict: "changed", changed: "headline"},
		{name: "comments with the words of the article", a: en.html(), b: below(en, `<section id="comments"><h3>2 comments</h3><div class="comment"><p>The bridge should have been repaired years ago, as everybody on Tarn has said all the time.</p></div></section>`), verdict: "same"},
	} {
		got, stderr := inspectPair(t, c.a, c.b, c.flags)
		if string(got.Verdict) != c.verdict || strings.Join(got.Changed, " ") != c.changed {
			t.Errorf("%s: %s (%s) of %q, want %s of %q %s\nadded %q\nremoved %q", c.name, got.Verdict, got.Rule, got.Changed, c.verdict, c.changed, stderr, got.Added, got.Removed)
		}
		for _, k := range []struct{ want, got []string }{{c.added, got.Added}, {c.removed, got.Removed}} {
			for _, w := range k.want {
				if !slices.ContainsFunc(k.got, func(g string) bool { return strings.Contains(g, w) }) {
					t.Errorf("%s: %q is not among %q", c.name, w, k.got)
				}
			}
		}
		var figures []string
		for _, v := range got.Figures {
			figures = append(figures, v.Before+" "+v.After)
		}
		if c.figures != nil && !slices.Equal(figures, c.figures) {
			t.Errorf("%s: figures %q, want %q", c.name, figures, c.figures)
		}
		if c.speakers != nil && !slices.Equal(got.Statements.Changed, c.speakers) {
			t.Errorf("%s: statements changed of %q, want %q", c.name, got.Statements.Changed, c.speakers)
		}
	}
}

// inspectPair runs "dateline inspect version" on two pages.
func inspectPair(t *testing.T, a, b string, flags []string) (got answer.Compared, stderr string) {
	t.Helper()
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "a.html"), filepath.Join(dir, "b.html")}
	for i, text := range []string{a, b} {
		if err := os.WriteFile(files[i], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	args := append(append([]string{"inspect", "version", "-url", "https://www.harbourpost.example/bridge"}, flags...), files...)
	if status := run(t.Context(), args, streams{strings.NewReader(""), &out, &errs}); status != exitDone {
		t.Fatalf("%q: exit status %d, %s", args, status, errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got, errs.String()
}
