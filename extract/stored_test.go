package extract_test

import (
	"html"
	"strconv"
	"strings"
	"testing"

	"dateline/extract"
)

// story are paragraphs of a text that pages below keep in places of all kinds.
var story = []string{
	"The ferry to the outer islands will sail again from Monday, the harbour office said, after three weeks in which goods came by air only.",
	"Its propeller had struck a log that a storm had carried down the river, and the spare part had to be cast anew in a foundry abroad.",
	"Islanders had shared flour and fuel among the villages, and the school in the north had closed for want of heating oil.",
	"“We have learned to bake with potatoes,” said Una Marsh, who keeps the only shop on the smallest of the islands and counts her shelves daily.",
	"The office promised to keep a second propeller in store, a demand that the councils of the islands had made since the winter of 2011.",
}

const storyHeadline = "Ferry to the outer islands sails again"

// quotedStory returns the paragraphs, each as a string of JSON between two texts.
func quotedStory(before, after, between string) string {
	var all []string
	for _, s := range story {
		all = append(all, before+strconv.Quote(s)+after)
	}
	return strings.Join(all, between)
}

// shell returns a page that shows no text but its headline.
func shell(head, body string) string {
	return `<!doctype html><html lang="en"><head><title>` + storyHeadline + `</title><meta property="og:type" content="article"><meta property="og:title" content="` + storyHeadline + `">` + head + `</head><body>` + body + `</body></html>`
}

func storyMarkup() string { return "<p>" + strings.Join(story, "</p><p>") + "</p>" }

// TestStored reads pages that hold their text and do not show it as paragraphs.
func TestStored(t *testing.T) {
	state := func(json string) string {
		return shell("", `<div id="app"></div><script>window.__STATE__ = `+json+`;</script>`)
	}
	push := func(s string) string { return `<script>self.__next_f.push([1,` + strconv.Quote(s) + `])</script>` }
	row := `2:["$","main",null,{"children":[` + quotedStory(`["$","p",null,{"children":`, `}]`, ",") + `]}]` + "\n"
	html5 := `3:{"story":{"html":` + strconv.Quote(storyMarkup()) + "}}\n"
	const others = `"others":[{"title":"Lighthouse sold","text":"A lighthouse was sold."},{"title":"Seals return","text":"Seals are back."}]`
	for name, page := range map[string]string{
		"a list of strings":        state(`{"post":{"paragraphs":[` + quotedStory("", "", ",") + `]},` + others + `}`),
		"a list of objects":        state(`{"post":{"body":[` + quotedStory(`{"kind":"text","value":`, "}", ",") + `]},` + others + `}`),
		"blocks with data":         state(`{"blocks":[` + quotedStory(`{"type":"paragraph","data":{"text":`, "}}", ",") + `]}`),
		"a tree of spans":          state(`{"body":[` + quotedStory(`{"_type":"block","style":"normal","children":[{"_type":"span","text":`, "}]}", ",") + `]}`),
		"a document":               state(`{"doc":{"type":"doc","content":[` + quotedStory(`{"type":"paragraph","content":[{"type":"text","text":`, "}]}", ",") + `]}}`),
		"a root with children":     state(`{"root":{"children":[` + quotedStory(`{"type":"paragraph","children":[{"type":"text","text":`, "}]}", ",") + `]}}`),
		"attributes":               state(`{"blocks":[` + quotedStory(`{"name":"core/paragraph","attributes":{"content":`, "}}", ",") + `]}`),
		"the article of two":       state(`{"a":{"title":"Lighthouse sold","body":[` + quotedStory(`"Of another article, `+strings.Repeat("x ", 40)+`.",{"t":`, "}", ",") + `]},"b":{"title":"` + storyHeadline + `","body":[` + quotedStory("", "", ",") + `]}}`),
		"streamed elements":        shell("", push(row[:200])+push(row[200:411])+push(row[411:])),
		"streamed markup":          shell("", push("1:[]\n"+html5[:300])+push(html5[300:])),
		"a template for scripts":   shell("", `<script type="text/template"><div>`+storyMarkup()+`</div></script>`),
		"a template":               shell("", `<template id="story"><article>`+storyMarkup()+`</article></template>`),
		"where no scripts run":     shell("", `<div id="app"></div><noscript><article>`+storyMarkup()+`</article></noscript>`),
		"a shadow root":            shell("", `<x-story><template shadowrootmode="closed"><h1>`+storyHeadline+`</h1>`+storyMarkup()+`</template></x-story>`),
		"running text in pre":      shell("", `<h1>`+storyHeadline+`</h1><pre>`+wrapped()+`</pre>`),
		"JSON-LD of a cut page":    shell(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"`+storyHeadline+`","isAccessibleForFree":false,"articleBody":`+strconv.Quote(strings.Join(story, "\n"))+`}</script>`, `<article><h1>`+storyHeadline+`</h1><p>`+story[0]+`</p><p>`+story[1]+`</p></article>`),
		"JSON-LD with markup":      shell(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"`+storyHeadline+`","articleBody":`+strconv.Quote(storyMarkup())+`}</script>`, ``),
		"JSON-LD with entities":    shell(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"`+storyHeadline+`","articleBody":`+strconv.Quote(html.EscapeString(storyMarkup()))+`}</script>`, ``),
		"captions of many figures": shell("", `<article><h1>`+storyHeadline+`</h1>`+figures()+`</article>`),
	} {
		a := extract.Article([]byte(page), "https://www.tern.example/news/ferry")
		if want := strings.Join(story, "\n\n"); a.Text != want {
			t.Errorf("%s: the text is %q", name, a.Text)
		}
		if a.Skip != "" {
			t.Errorf("%s: skipped: %s", name, a.Skip)
		}
	}
}

// wrapped returns the story as old wires have it.
func wrapped() string {
	var b strings.Builder
	for _, s := range story {
		width := 0
		for w := range strings.FieldsSeq(s) {
			if width += len(w) + 1; width > 66 {
				b.WriteString("\n")
				width = len(w) + 1
			}
			b.WriteString(w + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func figures() string {
	var b strings.Builder
	for i, s := range story {
		b.WriteString(`<figure><img src="/p/` + strconv.Itoa(i) + `.jpg" width="900" height="600"><figcaption>` + s + `</figcaption></figure>`)
	}
	return b.String()
}

// TestPictureStory keeps each caption with its picture, too.
func TestPictureStory(t *testing.T) {
	a := extract.Article([]byte(shell("", `<article><h1>`+storyHeadline+`</h1>`+figures()+`</article>`)), "https://www.tern.example/news/ferry")
	if len(a.Images) != len(story) || a.Images[3].Caption != story[3] {
		t.Errorf("the pictures are %v", a.Images)
	}
}

// TestOwnStyle leaves out what the page's styles hide, and only that.
func TestOwnStyle(t *testing.T) {
	const secret = "This paragraph stands in the page for machines alone, and no reader of the ferry's news is ever meant to see it."
	for _, c := range []struct {
		name, css, attr, more string
		shown                 bool
	}{
		{"by a class", `p{margin:0} .k7 , .k8{color:red; display:none } i{}`, `class="a k8"`, "", false},
		{"by an id", `p#k9{display: none !important}`, `id="k9"`, "", false},
		{"on paper", `@media print{.k7{display:none}}`, `class="k7"`, "", true},
		{"until a script shows it", `.k7{display:none}`, `class="k7"`, `<script>document.querySelector(".k7").style.display="block"</script>`, true},
		{"until another rule shows it", `.k7{display:none} .open .k7{display:block}`, `class="k7"`, "", true},
		{"within another", `.menu .k7{display:none}`, `class="k7"`, "", true},
		{"shown", `.k7{display:block}`, `class="k7"`, "", true},
	} {
		page := shell(`<style>`+c.css+`</style>`, `<article><h1>`+storyHeadline+`</h1><p>`+story[0]+`</p><p>`+story[1]+`</p><p `+c.attr+`>`+secret+`</p><p>`+story[2]+`</p><p>`+story[3]+`</p></article>`+c.more)
		if got := strings.Contains(extract.Article([]byte(page), "").Text, secret); got != c.shown {
			t.Errorf("hidden %s: in the text %v, want %v", c.name, got, c.shown)
		}
	}
}

// TestPushed reads JSON-LD that scripts put into the page.
func TestPushed(t *testing.T) {
	const thing = `{"@context":"https://schema.org","@type":"NewsArticle","headline":"` + storyHeadline + `","datePublished":"2022-03-14","author":{"@type":"Person","name":"Una Marsh"}}`
	inString := strconv.Quote(thing)
	for name, script := range map[string]string{
		"pushed":               `window.ld = window.ld || []; window.ld.push(` + thing + `);`,
		"parsed":               `var d = JSON.parse(` + inString + `); add(d);`,
		"parsed between marks": `add(JSON.parse('` + thing + `'))`,
		"made an element":      `var s = document.createElement("script"); s.type = "application/ld+json"; s.text = JSON.stringify(` + thing + `);`,
		"a member":             `(self.q=self.q||[]).push([0,{"type":"application/ld+json","children":` + inString + `,"id":"x"}])`,
		"a stream":             `self.__next_f.push([1,` + strconv.Quote(`4:["$","script",null,{"dangerouslySetInnerHTML":{"__html":`+inString+`}}]`) + `])`,
		"code around it":       `if (a < b) { c("@type"); } x.push([` + thing + `,])`,
	} {
		a := extract.Article([]byte(shell("", `<article><h1>`+storyHeadline+`</h1>`+storyMarkup()+`</article><script>`+script+`</script>`)), "https://www.tern.example/news/ferry")
		if a.Published != "2022-03-14" || len(a.Bylines) != 1 || a.Bylines[0] != "Una Marsh" {
			t.Errorf("%s: %s by %q", name, a.Published, a.Bylines)
		}
	}
	other := strings.Replace(thing, storyHeadline, "Lighthouse sold to a singer", 1)
	if a := extract.Article([]byte(shell("", `<article><h1>`+storyHeadline+`</h1>`+storyMarkup()+`</article><script>cards.push(`+other+`)</script>`)), "https://www.tern.example/news/ferry"); a.Published != "" {
		t.Errorf("the day of another article's data is taken: %s", a.Published)
	}
}
