// Package newspaper writes pages like those of newspapers, to measure and test
// by: a third of a page is scripts, a sixth styles, most elements are menus,
// teasers and icons, and one byte in fifteen is text.
package newspaper

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Page writes the page of article n, the same each time, and its address. Most
// are of 150 to 350 kB.
func Page(n int) (page []byte, address string) {
	w := &writer{r: rand.New(rand.NewPCG(uint64(n), 1))}
	address = fmt.Sprintf("https://www.tern.example/world/%d/%s.html", 1000+n, strings.ReplaceAll(w.words(6), " ", "-"))
	w.page(n, address)
	return []byte(w.String()), address
}

// Frame writes what is around the article of a page, the same each time for one n: its
// beginning, what stands between the metadata and the article, and what stands behind
// that. [Story] has the rest.
func Frame(n int) (top, middle, bottom []byte) {
	w := &writer{r: rand.New(rand.NewPCG(uint64(n), 2))}
	part := func() []byte {
		b := []byte(w.String())
		w.Reset()
		return b
	}
	w.f("<!DOCTYPE html>\n<html lang=\"en-GB\" class=\"no-js\">\n<head>\n<meta charset=\"utf-8\">\n")
	top = part()
	w.styles(w.between(180, 420))
	w.scripts(w.between(8, 20))
	w.f("</head>\n<body class=\"page page--article js-body\">\n")
	w.menu(w.between(40, 120))
	middle = part()
	w.foot()
	return top, middle, part()
}

// Story writes the metadata and the article of number n at an address.
func Story(n int, address string) (head, main []byte) {
	w := &writer{r: rand.New(rand.NewPCG(uint64(n), 3))}
	headline, deck, author := title(w.words(8)), w.sentence(), w.name()
	day := fmt.Sprintf("2026-%02d-%02d", 1+n%12, 1+n%28)
	w.f("<title>%s | The Tern</title>\n", headline)
	w.metas(address, headline, deck, day)
	w.linkedData(address, headline, deck, author, day)
	head = []byte(w.String())
	w.Reset()
	w.article(headline, deck, author, day)
	return head, []byte(w.String())
}

// A writer writes one page.
type writer struct {
	strings.Builder
	r *rand.Rand
}

func (w *writer) f(format string, args ...any) { fmt.Fprintf(w, format, args...) }

// between returns a number from a up to b.
func (w *writer) between(a, b int) int { return a + w.r.IntN(b-a+1) }

var vocabulary = strings.Fields(`the a of in to and that for on was said would after with from has by not were this have been will at as it he she they
	harbour council mayor ships winter town bridge report ferry island school budget minister workers company market election river storm
	railway hospital museum festival farmers court police station engineers residents committee agreement decision question summer
	northern public former several million percent early late new old long small national local final open heavy quiet
	reopened announced warned promised delayed rejected approved expected visited closed followed began rose fell`)

func (w *writer) word() string { return vocabulary[w.r.IntN(len(vocabulary))] }

func (w *writer) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.word())
	}
	return b.String()
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *writer) sentence() string { return title(w.words(w.between(8, 24))) + "." }

// name returns a person's name.
func (w *writer) name() string { return title(w.word()+"a") + " " + title(w.word()+"son") }

func (w *writer) page(n int, address string) {
	headline := title(w.words(8))
	deck := w.sentence()
	author := w.name()
	day := fmt.Sprintf("2026-%02d-%02d", 1+n%12, 1+n%28)
	w.f("<!DOCTYPE html>\n<html lang=\"en-GB\" class=\"no-js\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s | The Tern</title>\n", headline)
	w.metas(address, headline, deck, day)
	w.linkedData(address, headline, deck, author, day)
	w.styles(w.between(180, 420))
	w.scripts(w.between(8, 20))
	w.f("</head>\n<body class=\"page page--article js-body\">\n<a class=\"skip-link visually-hidden\" href=\"#main\">Skip to content</a>\n")
	w.menu(w.between(40, 120))
	w.article(headline, deck, author, day)
	w.foot()
}

// foot writes what stands behind the article.
func (w *writer) foot() {
	w.teasers("Most read", w.between(6, 20))
	w.teasers("More from World", w.between(6, 24))
	w.comments(w.between(0, 15))
	w.f("<footer class=\"site-footer\" role=\"contentinfo\"><ul class=\"footer__list\">\n")
	for range w.between(20, 60) {
		w.link("footer__item", "footer__link", 2)
	}
	w.f("</ul><p class=\"footer__legal\">&copy; 2026 The Tern. All rights reserved.</p></footer>\n")
	w.scripts(w.between(10, 24))
	w.f("</body>\n</html>\n")
}

func (w *writer) metas(address, headline, deck, day string) {
	w.f("<link rel=\"canonical\" href=\"%s\">\n<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\">\n", address)
	for _, m := range [][2]string{{"og:title", headline}, {"og:description", deck}, {"og:type", "article"}, {"og:site_name", "The Tern"},
		{"og:url", address}, {"og:image", "https://img.tern.example/" + day + "/1200.jpg"}, {"og:locale", "en_GB"},
		{"article:published_time", day + "T06:30:00+00:00"}, {"article:modified_time", day + "T11:45:00+00:00"},
		{"article:section", "World"}, {"article:tag", "Harbour"}, {"article:tag", "Ships"}} {
		w.f("<meta property=\"%s\" content=\"%s\">\n", m[0], m[1])
	}
	for _, m := range [][2]string{{"description", deck}, {"viewport", "width=device-width, initial-scale=1"}, {"keywords", "harbour, ships, winter"},
		{"twitter:card", "summary_large_image"}, {"twitter:title", headline}, {"robots", "max-image-preview:large"}, {"theme-color", "#123456"}} {
		w.f("<meta name=\"%s\" content=\"%s\">\n", m[0], m[1])
	}
	for range w.between(5, 25) {
		w.f("<link rel=\"preload\" as=\"script\" href=\"/assets/%s.%08x.js\" crossorigin>\n", w.word(), w.r.Uint32())
	}
}

func (w *writer) linkedData(address, headline, deck, author, day string) {
	w.f(`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","@id":"#site","name":"The Tern","url":"https://www.tern.example/"},`)
	w.f(`{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"World","item":"https://www.tern.example/world"}]},`)
	w.f(`{"@type":"NewsArticle","@id":"%s","mainEntityOfPage":"%[1]s","headline":"%s","description":"%s","datePublished":"%sT06:30:00Z",`, address, headline, deck, day)
	w.f(`"dateModified":"%sT11:45:00Z","author":[{"@type":"Person","name":"%s"}],"publisher":{"@type":"Organization","name":"The Tern",`, day, author)
	w.f("\"logo\":{\"@type\":\"ImageObject\",\"url\":\"/logo.png\",\"width\":600}},\"image\":[\"https:\\/\\/img.tern.example\\/%s\\/1200.jpg\"],\"isAccessibleForFree\":true}]}</script>\n", day)
}

func (w *writer) styles(rules int) {
	w.f("<style>")
	for range rules {
		w.f(".%s-%s__%s>.%s:hover{margin:%dpx auto;padding:0 %drem;color:#%06x;display:flex}", w.word(), w.word(), w.word(), w.word(), w.between(0, 40), w.between(0, 9), w.r.IntN(1<<24))
	}
	w.f("</style>\n")
}

// scripts writes programs and the states that pages hand to them.
func (w *writer) scripts(n int) {
	for range n {
		if w.between(0, 3) > 0 {
			w.f("<script>(function(w,d){w.q=w.q||[];for(var i=0;i<%d&&!w.done;i++){q.push({slot:\"%s\",size:[300,%d],on:'scroll'})}var s=d.createElement('script');s.src=\"https://cdn.example/%x.js\";d.head.appendChild(s)})(window,document);</script>\n",
				w.between(2, 9), w.word(), w.between(50, 600), w.r.Uint64())
			continue
		}
		w.f("<script>window.__STATE_%s__={\"items\":[", w.word())
		for i := range w.between(12, 45) {
			if i > 0 {
				w.f(",")
			}
			w.f("{\"id\":\"%x\",\"title\":\"%s\",\"path\":\"/%s/%d\",\"html\":\"<p>%s<\\/p>\",\"live\":false,\"rank\":%d}", w.r.Uint64(), w.words(6), w.word(), w.r.IntN(99999), w.words(12), w.r.IntN(100))
		}
		w.f("]};</script>\n")
	}
}

// icon returns the markup of a small drawing (SVG), as pages have beside their links.
func icon(name string) string {
	return `<svg class="icon icon--` + name + `" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">` +
		`<path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 14.5a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13z"/><use xlink:href="#` + name + `"></use></svg>`
}

func (w *writer) link(item, class string, words int) {
	w.f("<li class=\"%s %s--%s\"><a class=\"%s\" href=\"/%s/%s?from=nav&amp;n=%d\" data-track=\"click:%[2]s\"><span class=\"%[4]s-text\">%[8]s</span></a></li>\n",
		item, item, w.word(), class, w.word(), w.word(), w.r.IntN(99), title(w.words(words)))
}

func (w *writer) menu(n int) {
	w.f("<header class=\"site-header\" role=\"banner\"><button type=\"button\" aria-label=\"Menu\">%s</button><nav class=\"main-nav\" aria-label=\"Sections\"><ul class=\"main-nav__list\">\n", icon("menu"))
	for range n {
		w.link("main-nav__item", "main-nav__link", w.between(1, 2))
	}
	w.f("</ul></nav></header>\n")
}

func (w *writer) article(headline, deck, author, day string) {
	w.f("<main id=\"main\"><article class=\"story\" data-component=\"story\"><header class=\"story__header\"><p class=\"story__kicker\"><a href=\"/world\">World</a></p>\n")
	w.f("<h1 class=\"story__headline\">%s</h1>\n<p class=\"story__standfirst\">%s</p>\n", headline, deck)
	w.f("<div class=\"story__byline\">By <a rel=\"author\" href=\"/people/%s\">%s</a></div><time class=\"story__date\" datetime=\"%sT06:30:00Z\">%[3]s, 6:30 am</time>\n", w.word(), author, day)
	w.f("<ul class=\"share-bar\">")
	for _, site := range []string{"mail", "print", "link", "chat"} {
		w.f("<li class=\"share-bar__item\"><a href=\"#%s\" class=\"share-bar__link\">%s<span class=\"visually-hidden\">Share by %[1]s</span></a></li>", site, icon(site))
	}
	w.f("</ul></header>\n<div class=\"story__body\">\n")
	for i := range w.between(12, 50) {
		w.paragraph(i)
	}
	w.f("</div><ul class=\"story__tags\"><li><a rel=\"tag\" href=\"/tag/harbour\">Harbour</a></li><li><a rel=\"tag\" href=\"/tag/ships\">Ships</a></li></ul></article></main>\n")
}

// paragraph writes a paragraph of the article, and what stands before it.
func (w *writer) paragraph(i int) {
	switch {
	case i%9 == 3:
		w.f("<figure class=\"story__figure\"><picture><source type=\"image/webp\" srcset=\"https://img.tern.example/%x/800.webp 800w, https://img.tern.example/%[1]x/400.webp 400w\" sizes=\"100vw\">"+
			"<img src=\"https://img.tern.example/%[1]x/800.jpg\" alt=\"%s\" width=\"800\" height=\"450\" loading=\"lazy\"></picture><figcaption class=\"story__caption\">%[2]s Photo: %s</figcaption></figure>\n", w.r.Uint64(), w.sentence(), w.name())
	case i%7 == 5:
		w.f("<h2 class=\"story__crosshead\">%s</h2>\n", title(w.words(4)))
	case i%11 == 8:
		w.f("<aside class=\"related-box\"><h3><a href=\"/world/%d\">%s</a></h3></aside><div class=\"ad-slot ad-slot--mpu\" id=\"ad-%d\" data-sizes=\"[[300,250]]\"></div>\n", w.r.IntN(9999), title(w.words(7)), i)
	}
	w.f("<p class=\"story__paragraph\">&ldquo;%s&rdquo; said <a href=\"/people/%s\" data-link=\"in-body\">%s</a>. <em>%s</em> &mdash; %s the town&rsquo;s %s. %s %s</p>\n",
		title(w.words(12)), w.word(), w.name(), title(w.words(3)), w.words(8), w.word(), w.sentence(), w.sentence())
}

func (w *writer) teasers(heading string, n int) {
	w.f("<section class=\"teasers\" aria-label=\"%s\"><h2 class=\"teasers__title\">%[1]s</h2><div class=\"grid grid--3\">\n", heading)
	for range n {
		w.f("<div class=\"card card--%s\"><a class=\"card__link\" href=\"/world/%d\"><div class=\"card__media\"><img class=\"lazy\" data-src=\"https://img.tern.example/%x.jpg\" alt=\"\" width=\"320\" height=\"180\">%s</div>"+
			"<div class=\"card__body\"><span class=\"card__kicker\">%s</span><h3 class=\"card__headline\">%s</h3><p class=\"card__text\">%s</p><time datetime=\"2026-01-02\">2 Jan</time></div></a></div>\n",
			w.word(), w.r.IntN(9999), w.r.Uint64(), icon("video"), title(w.word()), title(w.words(9)), w.sentence())
	}
	w.f("</div></section>\n")
}

func (w *writer) comments(n int) {
	w.f("<section class=\"comments\" id=\"comments\"><h2>%d comments</h2>\n", n)
	for range n {
		w.f("<div class=\"comment\" data-id=\"%d\"><b class=\"comment__user\">%s</b><p class=\"comment__text\">%s %s</p><button class=\"comment__reply\">Reply</button></div>\n", w.r.IntN(99999), w.name(), w.sentence(), w.sentence())
	}
	w.f("</section>\n")
}
