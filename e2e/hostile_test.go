package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// linked are the pages of one article, and of its capture and its speakers: no files.
var linked = regexp.MustCompile(`^/(article/[^.?]+|capture/[^./?]+|speaker/[^?]+)(\?.*)?$`)

var key = regexp.MustCompile(`/[ac][0-9a-z]{16}|\?.*`)

// kind is what pages at addresses of one kind have in common.
func kind(path string) string {
	path = key.ReplaceAllString(path, "")
	if dir, _, ok := strings.Cut(path[1:], "/"); ok && dir == "speaker" {
		return dir
	}
	head, _, _ := strings.Cut(path, "/cite/")
	return head
}

// TestHostilePages stores pages that try to run something, to load something, to
// turn the text around them, or to be too much for a browser, and reads all that
// the program shows of them.
func TestHostilePages(t *testing.T) {
	var mu sync.Mutex
	var loaded []string
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		loaded = append(loaded, r.URL.Path)
	}))
	defer outside.Close()

	for name, page := range hostilePages(outside.URL) {
		t.Run(name, func(t *testing.T) {
			at := stored(t, page)
			b := newTabOf(t, at)
			paths := []string{"/", "/search?q=", "/search?q=harbour", "/calendar?q=harbour", "/changes?q="}
			read := map[string]bool{} // by kind: one of each is enough
			for n := 0; n < len(paths); n++ {
				if kind := kind(paths[n]); kind != "/search" && read[kind] {
					continue
				}
				read[kind(paths[n])] = true
				b.open(paths[n])
				b.wantHarmless(paths[n])
				for _, p := range eval[[]string](b, `[...document.links].filter((a) => a.host == location.host).map((a) => a.pathname + a.search)`) {
					if linked.MatchString(p) && !slices.Contains(paths, p) {
						paths = append(paths, p)
					}
				}
			}
			if i := slices.IndexFunc(paths, func(p string) bool { return strings.HasPrefix(p, "/capture/") }); i >= 0 {
				b.do(chromedp.Navigate(at + paths[i] + "/source")) // the stored page itself, as text
				is(b, `window.ran === undefined && document.contentType == "text/plain" && document.body.textContent.length > 500`, true)
			} else {
				t.Error("no capture is linked")
			}
			if len(read) < 8 {
				t.Errorf("only %d kinds of pages were read: %v", len(read), read)
			}
			article := eval[string](b.opened("/search?q=harbour"), `document.querySelector(".hit h3 a").pathname`)
			b.open(article) // and still one can search on its page
			b.leave(chromedp.SendKeys(chromedp.CSS("#q"), "harbour"), click(".box button"))
			is(b, total, 1)
		})
	}
	if len(loaded) > 0 {
		t.Errorf("loaded from outside: %q", loaded)
	}
}

// opened opens a path and returns the tab.
func (b *tab) opened(path string) *tab {
	b.t.Helper()
	b.open(path)
	return b
}

// stored makes an archive of a page and returns the address at which it is served
// until the test ends.
func stored(t *testing.T, page string) (address string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(dir, "archive")
	if out, err := exec.Command(program, "add", "-archive", archive, file).CombinedOutput(); err != nil {
		t.Fatalf("dateline add: %v\n%s", err, out)
	}
	address, stop, err := serve("serve", "-archive", archive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return address
}

// wantHarmless checks the page in the tab: nothing of the stored page ran, there is
// nothing to be run by a click, it is no wider than the window, and the program's own
// words read from left to right whatever stands before them.
func (b *tab) wantHarmless(path string) {
	b.t.Helper()
	for _, x := range []struct{ what, expression string }{
		{"something ran", `window.ran === undefined ? "" : String(window.ran)`},
		{"links that are none", `[...document.querySelectorAll("[href], [src], [action], [formaction]")].flatMap((e) => [e.href, e.src, e.action, e.formAction])
			.map((u) => u?.baseVal ?? u).filter((u) => typeof u == "string" && u != "" && !/^https?:$/.test(new URL(u, location).protocol)).join(" ").slice(0, 200)`},
		{"data blocks besides our own", `[...document.querySelectorAll("script[type=\"application/ld+json\"]")].slice(1).map((e) => e.outerHTML).join(" ").slice(0, 200)`},
		{"elements of the stored page", `[...document.querySelectorAll("img, iframe, object, embed, video, audio, base, meta[http-equiv], script:not([src]):not([type=\"application/ld+json\"]), [onload], [onerror], [onclick], [style]")]
			.map((e) => e.outerHTML.slice(0, 80)).join(" ")`},
		{"wider than the window", `document.documentElement.scrollWidth <= innerWidth + 1 ? "" : document.documentElement.scrollWidth + " pixels: " +
			[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map((e) => e.tagName + "." + e.className).join(" ")`},
		{"words that are turned", turnedWords},
	} {
		if got := eval[string](b, x.expression); got != "" {
			b.t.Errorf("%s: %s: %s", path, x.what, got)
		}
	}
}

// turnedWords is those of the program's own words on the page whose first letter
// stands right of the last one.
const turnedWords = `[...document.querySelectorAll("time, nav a, footer a, abbr, dt, .n, .where, .quiet, .button, h2")].flatMap((e) => [...e.childNodes])
	.filter((n) => n.nodeType == Node.TEXT_NODE && /^\s*[A-Za-z0-9 :,./-]{2,40}\s*$/.test(n.data)).filter((n) => {
		const at = (i) => { const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 1); return r.getBoundingClientRect(); };
		const text = n.data.trimEnd(), first = at(text.length - text.trimStart().length), last = at(text.length - 1);
		return first.width > 0 && last.width > 0 && first.top == last.top && first.left > last.left;
	}).map((n) => n.data).slice(0, 10).join("; ")`

// hostilePages returns the pages by what they try. outside is the address of a
// server that is to be asked for nothing.
func hostilePages(outside string) map[string]string {
	ship := "The harbour office counted a hundred ships in the roads this morning, more than on any day of the week before it."
	pages := map[string]string{}

	run := func(n string) string {
		return fmt.Sprintf(`Ship %[1]s "><script>window.ran="%[1]s"</script><img src="%[2]s/%[1]s.png" onerror="window.ran='%[1]s'"><svg onload=window.ran='%[1]s'>'--></style></textarea></title><script src="%[2]s/%[1]s.js"></script><base href="%[2]s/">{{.}}`, n, outside)
	}
	pages["scripts"] = article(fields{
		title: run("title"), author: run("author"), section: run("section"), tags: []string{run("tag-a"), run("tag-b")},
		image: outside + "/picture.png?" + run("image"), publisher: run("publisher"), description: run("deck"),
		body: "<p>" + ship + "</p><p>" + html.EscapeString(run("body")) + " stood there.</p>" +
			"<p>&quot;We have ships and room for half of them,&quot; said Ana Duarte, " + html.EscapeString(run("role")) + ", on Monday.</p>" +
			"<script>window.ran='own'</script><img src='" + outside + "/own.png' onerror=\"window.ran='img'\" alt='" + html.EscapeString(run("alt")) + "'>" +
			"<iframe src='" + outside + "/frame'></iframe><object data='" + outside + "/object'></object><style>@import '" + outside + "/style';</style>",
	})
	script := `javascript:window.ran='link'//`
	pages["javascript links"] = strings.Replace(article(fields{
		title: "Harbour links", author: script, section: script, tags: []string{script}, image: script, publisher: script,
		body: `<p>` + ship + ` <a href="` + script + `">More of it</a>, <a href="data:text/html,<script>window.ran='data'</script>">as data</a> and <a href=" java&#10;script:window.ran=1">in pieces</a>.</p>
<figure><img src="` + script + `" alt="Ships"><figcaption>Ships in the roads</figcaption></figure><iframe src="` + script + `"></iframe>
<blockquote class="twitter-tweet"><p>Ships!</p>— Ana (@ana) <a href="` + script + `">1 March 2026</a></blockquote>
<p>"We have ships and room for half of them," said <a href="` + script + `">Ana Duarte</a>, the director of the harbour office.</p>`,
	}), "</head>", `<link rel="canonical" href="`+script+`"><link rel="author" href="`+script+`"><meta property="og:url" content="`+script+`"><meta property="article:author" content="`+script+`"><meta http-equiv="refresh" content="0;url=`+script+`"><base href="`+script+`"></head>`, 1)

	turn := "\u202eThe\u2067 harbour\u2069\u2069\u202c\u202e ships\u202b"
	pages["turned text"] = article(fields{
		title: turn, author: "Ana \u2069\u202eDuarte", section: "News\u2069\u202e", tags: []string{"ships\u202e", "\u2069\u202eharbour"}, publisher: "The\u2069\u202e Post", description: turn,
		body: "<p>" + ship + "\u2069\u202e</p><p>\u201cWe have \u2069\u202eships and room for half of them,\u201d said Ana \u2069\u202eDuarte, the director\u2069\u202e of the harbour office, on Monday\u2069\u202e in March 2026.</p>",
	})

	word := strings.Repeat("harbour", 1_000_000/7+1)
	pages["a word of a million bytes"] = article(fields{
		title: "Harbour " + word, author: "Ana " + word, section: word, tags: []string{word}, publisher: "Post " + word, description: word,
		body: "<p>" + ship + "</p><p>They call it " + word + ".</p><p>&quot;We have " + word + ",&quot; said Ana Duarte, the director of the harbour office.</p>",
	})

	tags := make([]string, 100_000)
	var marks strings.Builder
	for i := range tags {
		tags[i] = fmt.Sprintf("ship %d", i)
		fmt.Fprintf(&marks, "<b><i>ship</i> %d</b> ", i)
	}
	pages["100,000 tags"] = article(fields{
		title: "Harbour tags", author: "Ana Duarte", section: "News", tags: tags, publisher: "The Post",
		body: "<p>" + ship + "</p><p>" + marks.String() + "</p>",
	})
	return pages
}

type fields struct {
	title, author, section, image, publisher, description string
	tags                                                  []string
	body                                                  string // HTML
}

// article writes an article that states its fields in the ways that pages do.
func article(f fields) string {
	linked := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": f.title, "author": map[string]any{"@type": "Person", "name": f.author, "url": f.image},
		"articleSection": f.section, "keywords": f.tags, "image": f.image, "publisher": map[string]any{"@type": "Organization", "name": f.publisher, "logo": f.image},
		"description": f.description, "datePublished": "2026-03-02T06:00:00Z", "url": f.image,
	}
	text, _ := json.Marshal(linked) // it holds nothing that JSON cannot say
	esc := html.EscapeString
	return `<!DOCTYPE html><html lang="en"><head><title>` + esc(f.title) + `</title><meta charset="utf-8">
<script type="application/ld+json">` + string(text) + `</script>
<meta name="author" content="` + esc(f.author) + `"><meta property="article:section" content="` + esc(f.section) + `"><meta name="keywords" content="` + esc(strings.Join(f.tags, ", ")) + `">
<meta property="og:title" content="` + esc(f.title) + `"><meta property="og:image" content="` + esc(f.image) + `"><meta property="og:site_name" content="` + esc(f.publisher) + `"><meta property="og:description" content="` + esc(f.description) + `">
</head><body><article><h1>` + esc(f.title) + `</h1><p class="byline">By ` + esc(f.author) + `</p>` + f.body +
		`<p>Pilots said that the wind had kept them from bringing the larger ones in, and that they hoped for a calm night on 4 March 2026.</p></article></body></html>`
}
