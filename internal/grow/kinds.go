//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A kind is what a text repeats, between a beginning and an end.
type kind struct {
	name                 string
	before, units, after string   // units are repeated; "#" in it becomes letters that differ each time
	many                 []string // units of a mixture, in a random order; nil if there is but one
	seed                 uint64
}

// text returns a text of about size bytes.
func (k kind) text(size int) string {
	var b strings.Builder
	b.WriteString(k.before)
	r := rand.New(rand.NewPCG(k.seed, 2))
	for i := 0; b.Len()+len(k.after) < size; i++ {
		unit := k.units
		if k.many != nil {
			unit = k.many[r.IntN(len(k.many))]
		}
		b.WriteString(strings.ReplaceAll(unit, "#", letters(i)))
	}
	b.WriteString(k.after)
	return b.String()
}

// letters returns small letters that tell number i from others.
func letters(i int) string {
	s := ""
	for range 4 {
		s += string(rune('a' + i%26))
		i /= 26
	}
	return s
}

// mixtures returns n kinds that each mix a few of kinds at random.
func mixtures(kinds []kind, n int, seed uint64) []kind {
	r := rand.New(rand.NewPCG(seed, 1))
	var list []kind
	for i := range n {
		m := kind{seed: uint64(i)}
		var names []string
		for range 2 + r.IntN(4) {
			k := kinds[r.IntN(len(kinds))]
			m.many = append(m.many, k.units)
			names = append(names, k.name)
		}
		m.name = fmt.Sprintf("mixture %d.%d: %s", seed, i, strings.Join(names, " | "))
		list = append(list, m)
	}
	return list
}

// repeat returns a kind for each unit, named after it.
func repeat(units ...string) []kind {
	var list []kind
	for _, u := range units {
		list = append(list, kind{name: fmt.Sprintf("%q", u), units: u})
	}
	return list
}

// plain are texts that repeat the tokens which finders look for.
var plain = repeat(
	// quotation marks, alone, opening, closing, and around words
	`"`, `" `, ` "`, `“`, `“ `, `”`, `„`, `„ `, `« `, `«`, `»`, `» `, `‹`, `› `, `‘`, `‘ `, `’`, `'`, `' `, ` '`, "`", "''", `‚`, `「`, `」`,
	`“a `, `„a `, `«a `, `‘a `, `"a `, `'a `, `a” `, `a" `, `a“ `, `x. y z "`, `“a” `, `„a“ `, `“a,” `, "“a”\n\n", "“a\n\n", "„a\n\n", "\"a\n\n",
	`“‘`, `“„`, `„“a `, `“a ‘b `, `("a `, `"a' `, "a'b'", `said "`, `“He. `, `„Er. `, `“a (b `, `"A. B `,
	// statements and cues
	`he said `, `said, `, `said that `, `John Miller said that `, `“Yes,” he said. `, `„Ja“, sagte Müller. `, `Miller: “a”. `, "MILLER: Yes, we did it.\n\n", "MILLER: a b c d\n",
	`“Yes we did,” said John Miller, `, `“a,” said John Miller, `, `according to `, `according to John Miller, `, `, the council said `, `told the council that `, `who said `, `sagte, dass `, `laut `,
	`“We counted # ships,” said John Miller. `, `“Yes, #,” she said. `, "“Yes we did it,” said John Miller#, the harbour master.\n\n", "“Never met.” — Ada Stone\n", `what in which `, `said that the ship, `,
	`in a letter to Miller `, `told the BBC, `, `reportedly `, `told John Miller and `, `said and `, `wrote to the `,
	// names, titles, roles
	`John Miller `, `John Miller, `, `John Miller and `, `John# Miller# `, `Anna# Fischer# met John# Miller#. `, "John# Miller# came.\n\n", `Xaver `, `XAVER `, `Xaver. `, `Miller `, `Miller. `, `Mr `, `Mr. `, `Mr Miller `, `Mr. Miller. `,
	`Dr. `, `Frau `, `Herr `, `Frau Dr. `, `Herr Prof. Dr. `, `Frau Fischer `, `Prof. `, `President `, `president `, `president of the `, `President John Miller `, `the president, `, `Minister `, `Ministerin `, `Bundesverkehrsministerin Anna Fischer sagte, `, `Verkehrs`, `Verkehrsminister `, `der `, `der Präsident `, `die Sprecherin `,
	`van der `, `von `, `von der `, `de la `, `al-`, `O’`, `Mac`, `Jr. `, `A. `, `A.`, `A.B. `, `J. R. `, `U.S. `, `U.S.`, `e.g. `, `z. B. `, `u. a. `, `a. `, `St. `, `the US `, `of the United Nations `, `United `, `University of `, `Bank of `, `Ministry of `, `of `, `the `, `The `, `The Times `, `He `, `she `, `He went. `, `They `,
	`, a `, `, the `, `, who `, `, which `, `-`, `- `, `a-`, `A-`, `A-B `, `B#-`, `/`, `a/`, `A/B `, `&`, `A&B `, `AT&T `, `’s `, `Miller’s `, `Miller's son `, `s' `, `GmbH `, `Inc. `, `Co. `, `Berlin, `, `in Berlin `, `Berlin (AP) — `, `(`, `(a `, `(A `, `( `, `)`, `) `, `()`, `(Miller) `, `Miller (`, `Miller (SPD) `, `[`, `{`, `] `,
	"Kyiv (#) ", `Organisation (O#) `, `World Health Organization (WHO) `, `the WHO `, `W#. `, `FC `, `FC Bayern `, `Bayern 04 `, `1. FC `, `beat Lyon 2-1 `, `2-1 `, `Lyon 2 Paris 1\n`,
	// digits, dates and times
	`1`, `1 `, `1.`, `1. `, `1,`, `1, `, `1/`, `1:`, `12:`, `1-`, `1–`, `1 - `, `2022 `, `2022-`, `2022-02-03 `, `2022-02-03T`, `10:30 `, `10 am `, `at 10 `, `am `, `um `, `Uhr `, `%`, `5% `, `$5 `, `$`, `€`, `1st `, `first `, `second `, `two `, `twenty-`, `twenty-two `, `hundred `, `million `, `half `, `quarter `,
	`Monday `, `Monday, `, `on Monday `, `Monday and `, `on Monday and `, `Montag `, `am Montag `, `May `, `May, `, `March `, `March 3 `, `3 March `, `3 March 2022 `, `3 March, `, `March 2022 `, `im März `, `3. März `, `mars `, `maggio `, `mayo `, `on 1, `, `1 and `, `from 1 to `, `between 1 and `, `between `, `since `, `until `, `bis `, `seit `, `vor `, `nach `,
	`day `, `days `, `the day `, `the day before `, `the day after `, `yesterday `, `gestern `, `today `, `last `, `last week `, `next `, `this `, `ago `, `two days ago `, `two years and `, `years `, `year-`, `a year `, `every `, `every day `, `each Monday `, `daily `, `the early `, `early `, `late `, `morning `, `Monday morning `, `night `, `winter `, `spring `, `of `, `Christmas `, `Easter `, `century `, `the 1990s `, `’90s `, `week of `, `the week of the `, `end of `, `the end of the `, `more than `, `about `, `at least `, `zwei Tage `, `vor zwei `, `Anfang `, `Ende `, `Jahre `, `letzten `, `il y a `, `deux jours `, `hace `, `dos `, `GMT `, `EST `,
	// signs and letters of all sorts
	`.`, `. `, `..`, `…`, `… `, `!`, `! `, `?`, `? `, `,`, `, `, `;`, `; `, `:`, `: `, `—`, `— `, `– `, `— a `, `*`, `* `, `#`, `@`, `@a `, `a@b.example `, `https://x.example/y `, `x.example `, `|`, `_`, `\`, `<`, `>`, `~`, `^`, `=`, `+`, `°`, `•`, `• a`+"\n", `§ 1 `, `No. 1 `, `no. `, `Art. `,
	`a`, `a `, `A`, `A `, `word `, `Word `, `WORD `, `ß`, `ä`, `é`, "e\u0301", "\u0301", "\u200b", "\u200d", "\u202e", "\ufeff", "\u00a0", "\u00ad", "a\u00ad", "  ", "\t", "\n", "\n\n", "\r\n", "a\n", "a\n\n", "A\n\n", "1\n\n", ".\n\n", "\x00", "\ufffd",
	`中`, `中文。`, `中文`, `日本語。`, `カ`, `한`, `한국 `, `ا`, `و `, `א`, `д`, `Д `, `Путин сказал `, `я `, `ก`, `अ`, `अ `, `😀`, `😀 `, "👩\u200d👩\u200d👧", "🇩🇪", "ﬁ", "İ", "ı", "ſ", "Σ",
	"The harbour office counted ships in the roads this morning, more than on any day of the week before it. ",
	"Das Hafenamt zählte am Morgen Schiffe auf der Reede, mehr als an jedem Tag der Woche davor. ",
)

// foreign are texts in other languages than English and German: who says something, in
// their words and marks, names, roles and days.
var foreign = join(repeat(
	`« `, `«a `, `« a », `, `“a `, `„a `, `"a `, `「`, `「a」`, `『a』`, `— a `, `—a\n\n`, `- a\n`, `a `, `A `, `a. `, `, `, `1 `, `(`, `’`, `l’`, `d'a`, `中`, `。`, `、`, `・`, `ا`, `“`, `”`,
	`« Oui », a déclaré Jean# Dupont#. `, `selon `, `a dit que `, `a-t-il dit, `, `le ministre, `, `Mme `, `M. `, `de la `, `mardi `, `3 mars 2022 `, `la veille `, `il y a deux jours `,
	`«Sí», dijo Ana# Pérez#. `, `dijo que `, `según `, `afirmó `, `el ministro, `, `de los `, `—Sí —dijo Ana—. `, `hace dos días `, `el martes `,
	`“Sim”, afirmou João# Silva#. `, `disse que `, `segundo o `, `na terça-feira `, `há dois dias `,
	`«Sì», ha detto Anna# Rossi#. `, `ha detto che `, `secondo `, `martedì `, `due giorni fa `,
	`‘Ja’, zei Jan# de Vries#. `, `zei dat `, `volgens `, `dinsdag `, `van der `,
	`«Да», — сказал Иван# Петров#. `, `сказал, что `, `по словам `, `заявил `, `во вторник `, `— Да, — `,
	`«Так», — сказав Іван# Шевченко#. `, `за словами `, `заявив, що `, `у вівторок `,
	`„Tak”, powiedział Jan# Kowalski#. `, `powiedział, że `, `według `, `we wtorek `,
	`„Ano“, řekl Jan# Novák#. `, `řekl, že `, `podle `, `v úterý `,
	`”Ja”, sade Anna# Berg#. `, `sade att `, `enligt `, `i tisdags `,
	`“Evet” dedi Ali# Yılmaz#. `, `dedi ki `, `göre `, `salı günü `,
	`قال محمد إن `, `وقال `, `«نعم» `, `وفقا ل`, `يوم الثلاثاء `,
	`“是的，”他说。`, `他说，`, `据`, `表示，`, `王#说：“是的。”`, `星期二`, `3月3日`,
	`「はい」と述べた。`, `と述べた。`, `によると、`, `田中#氏は`, `火曜日`, `3日、`,
), opened)

// opened are texts in which something opens once, and is looked for from
// everywhere behind it, or that end in what was looked for from the beginning.
var opened = []kind{
	{name: "one opening mark", before: "“", units: "He left. "},
	{name: "one opening bracket", before: "(", units: "A b "},
	{name: "name at the beginning", before: "John Miller came. ", units: "he said "},
	{name: "name at the beginning, pronouns", before: "John Miller came.\n\n", units: "He went.\n\n"},
	{name: "closing mark at the end", units: "“a ", after: "”"},
	{name: "verb at the end", units: "Anna# Fischer#, ", after: "said."},
	{name: "date at the end", units: "the day before ", after: "3 March 2022"},
	{name: "names of one surname", units: "A#a Miller. "},
	{name: "surnames of one name", units: "John M#. "},
	{name: "one name in paragraphs", units: "John Miller said: “a”.\n\n"},
	{name: "organisations and their letters", units: "Bank of O# (BO#) "},
	{name: "roles", units: "Minister John# M#, the r# of B#. "},
	{name: "German roles", units: "Ministerin Anna# F#, Chefin der B#. "},
	{name: "statements of different people", units: "“We counted # ships,” said John# M#.\n\n"},
	{name: "many sentences in a quotation", units: "We went. ", before: "“We came. ", after: "” he said."},
	{name: "long name", units: "Xaver ", after: "said."},
}

// texts are all kinds of plain text.
var texts = append(append([]kind(nil), plain...), opened...)

// paragraph is one of a page that gives the others a place to stand in.
const paragraph = "<p>The harbour office counted ships in the roads this morning, more than on any day of the week before it, and closed the port.</p>"

// page returns kinds of pages that repeat each unit within an element.
func pages(open, end string, units ...string) []kind {
	list := repeat(units...)
	for i := range list {
		k := &list[i]
		k.name = open + " " + k.name
		k.before = "<!DOCTYPE html><html lang=en><head><title>Harbour closed after storm</title><meta property=og:type content=article></head><body><article><h1>Harbour closed after storm</h1>" + open
		k.after = end + paragraph + paragraph + "</article></body></html>"
	}
	return list
}

// markup are kinds of pages.
var markup = join(
	pages("", "", `<div>`, `<div><p>`, `<b><i><a href=x><font>`, `<p><b><i>x</p>`, `<a href="/x"><b>w`, `<table><tr><td>`, `<table><b>x<tr>`, `<select><option>`, `<svg><foreignObject><math><mi>`, `<svg><desc>`,
		`</p>`, `</x>`, `<div></x>`, `<!--`, `<!-- a -->`, `<`, `<!`, `<?x>`, `<![CDATA[x]]>`, `<p>a`, `<p>a</p>`, `<br>`, `a<br>`, `<p>“a”</p>`, `<li>a`, `<ul><li>`, `<dl><dt>a<dd>b`, `<template>`, `<noscript><img src=x>`, `<iframe src=x></iframe>`, `<body a=1>`, `<h1>Harbour closed after storm</h1>`, `<h1>#</h1>`, `<h2>Heading</h2><p>Some words that stand here below.</p>`,
		`<ruby>a<rt>b`, `<plaintext>`, `<textarea>`, `<script>`, `<script>a={</script>`, `<style>`, `<span class="byline">By Anna Fischer</span>`, `<a rel="author" href="/a/#">Anna Fischer#</a>`, `<p class="byline">By Anna Fischer# and</p>`, `<time datetime="2026-02-03T10:00:00Z">3 February 2026</time>`, `<time>3 February 2026`, `<p>Updated 3 February 2026</p>`, `<p>3 Feb 2026</p>`,
		`<figure><img src="/#.jpg" width=900 height=600><figcaption>A ship # in the port</figcaption></figure>`, `<img src="/#.jpg">`, `<p><a href="/x/y">link</a> </p>`, `<a href="/#">Harbour closed #</a>`, `<blockquote>`, `<blockquote>a`, `<aside>`, `<nav>`, `<section>`, `<article>`, `<article><h2>#</h2><p>a</p></article>`, `<div class="a b c">`, `<div id="#">`, `<div style="display:none">`, `<div hidden>`, `<p>By John M#</p>`, `<p>LONDON (AP) — </p>`, `<p>(Reuters) – </p>`, `<meta name=author content="Anna F#">`, `<meta name=description content=x>`, `<meta property="article:tag" content="#">`, `<base href="https://x.example/">`, `<link rel=canonical href="https://x.example/#">`,
		`<div itemscope itemtype="https://schema.org/NewsArticle">`, `<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop=headline>#</span>`, `<span itemprop=author>Anna F#</span>`, `<span itemprop=author itemscope itemtype="https://schema.org/Person"><span itemprop=name>Anna F#`,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"#"}</script>`, `<p>The harbour office counted # ships.</p>`, `<tr>`, `<td>`, `<form>`, `<frameset>`, `<button>`, `<nobr>`, `<a>`, `<p>Read more: a</p>`, `<p>Share</p>`, `<p>Photo: John M#</p>`, `<p>Related</p>`, `<pre>`),
	pages("<p>", "</p>", `(`, `"`, `“`, `a`, `a `, `.`, `1`, `&amp;`, `&a`, `&`, `&#49;`, "\u0301", "\u00a0", " ", "\n", "\x00", `中`, `😀`, `By `, `by John Miller `, `By John M#, `, `By John M# and `, `3 February 2026 `, `Monday `, `2026-02-03 `, `10:30 `, `| `, `— `, `- `, `, `, `Updated `, `http://x.example/ `, `a@b.example `, `<b>`, `<i>a</i>`, `<a href=x>a</a> `, `<br>`, `<span>`, `<span> a`, `<em>`),
	pages(`<p class="byline">`, "</p>", `By `, `John Miller `, `John Miller, `, `John M# and `, `, `, `and `, `(AP) `, `| `, `Anna Fischer in Berlin `, `Reuters `, `By John Miller `, `1 `, `A. `, `van `),
	pages(`<h1>`, "</h1>", `Harbour `, `Harbour | `, `Harbour - `, `: `, `"`, `a`, `| `),
	pages(`<time datetime="`, `">x</time>`, `1`, `2026-02-03T`, `a `, `2026 `, ` `, `10:`),
	pages(`<time>`, `</time>`, `1`, `1 `, `February `, `3 February 2026 `, `Feb. `, `10:30 `, `, `, `am `, `2026 `, `Monday, `),
	pages(`<p class="`, `">x</p>`, `a`, `a `, `a-`, ` `, `&quot;`),
	pages(`<p `, `>x</p>`, `a=1 `, `# `, `#=1 `, `"`, `=`, `/`),
	pages(`<script type="application/ld+json">`, `</script>`, `[`, `{"a":`, `[{"a":`, `"`, `\`, `{"@type":"NewsArticle",`, `1`, `[1,`, `{"author":{"name":"Anna F#"},"x":`, `{"@graph":[`),
	pages(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"`, `"}</script>`, `a`, `a `, `\u0041`, `\"`, `\\`, `| `, `&amp;`),
	pages(`<script type="application/ld+json">{"@type":"NewsArticle","author":[`, `{}]}</script>`, `{"@type":"Person","name":"Anna F#"},`, `"Anna F#",`, `{"@id":"#"},`, `[],`),
	pages(`<script type="application/ld+json">{"@graph":[`, `{}]}</script>`, `{"@id":"#","@type":"NewsArticle","headline":"#"},`, `{"@id":"#","@type":"NewsArticle","author":{"@id":"#"},"isPartOf":{"@id":"a"}},`, `{"@type":"Person","@id":"a"},`),
	pages(`<script>x=`, `</script>`, `{`, `{"a":`, `{"b":[`, `"`, `'`, `/`, `(`, `\`, "`", `{"headline":"#"},`),
	pages(`<meta name=keywords content="`, `">`, `#,`, `a `, `,`, `; `),
	pages(`<link rel=canonical href="https://x.example/`, `">`, `a/`, `a/../`, `?a=1&`, `%`, `%20`, `../`, `#`, `;`),
	pages(`<img srcset="`, `">`, `/#.jpg 1w,`, `,`, ` `, `a`, `/#.jpg `),
	pages(`<style>`, `</style>`, `.a{display:none}`, `.#{display:none}`, `{`, `a`, `/*`, `@media{`),
	pages(`<pre>`, `</pre>`, "\n", "x = 1\n", "a b\n\n", "The ship left.\n", " "),
	pages(`<table>`, `</table>`, `<tr><td>1</td><td>two words</td></tr>`, `<tr>`, `<td>a</td>`, `<td colspan=1000 rowspan=65534>a</td>`, `<tr><td colspan=1000 rowspan=65534>a</td></tr>`),
	pages(`<div style="`, `">x</div>`, `a:b;`, `a`, `:`, `;`, ` `),
)

func join(lists ...[]kind) []kind {
	var all []kind
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
