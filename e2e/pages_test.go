package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// word stands in several articles of the demo, of several publishers.
const word = "ferry"

// total is the number of hits that a page of search results tells.
const total = `(parseInt(document.querySelector("h1").textContent.replaceAll(",", "")) || 0)`

func TestSearchFromTheFrontPage(t *testing.T) {
	b := newTab(t)
	searchAndRead(b)
}

func TestWithoutScripts(t *testing.T) {
	b := newTab(t, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	searchAndRead(b)
	b.open("/search?q=" + word)
	narrow(b)
}

// searchAndRead goes from the front page to the evidence of an article.
func searchAndRead(b *tab) {
	b.t.Helper()
	b.open("/")
	is(b, `document.querySelectorAll(".hit").length > 5`, true)
	is(b, `document.querySelectorAll(".chart .bar").length > 3`, true)
	b.leave(chromedp.SendKeys(chromedp.CSS("#q"), word), click(".box button"))
	is(b, `document.getElementById("q").value`, word)
	is(b, total+` > 3`, true)
	is(b, `[...document.querySelectorAll("mark")].some((m) => m.textContent.toLowerCase() == "`+word+`")`, true)
	headline := eval[string](b, `document.querySelector(".hit h3").textContent`)
	b.leave(click(".hit h3 a"))
	is(b, `document.querySelector("h1").textContent`, headline)
	is(b, `document.querySelectorAll(".text mark").length > 0`, true)
	is(b, `document.querySelectorAll(".fields .where").length > 3`, true)
	b.leave(click(".record .button"))
	is(b, `document.querySelector(".notice").textContent`, "The stored payload still has the digest that was taken of it.")
	is(b, `document.querySelectorAll(".headers").length`, 1)
}

func TestNarrowing(t *testing.T) {
	b := newTab(t)
	b.open("/search?q=" + word)
	narrow(b)
}

// narrow adds the first publisher of the page to the search and takes it
// away again.
func narrow(b *tab) {
	b.t.Helper()
	all := eval[int](b, total)
	n := eval[int](b, `parseInt(document.querySelector(".facet .n").textContent)`)
	b.leave(click(".facet a"))
	is(b, total, n)
	is(b, `document.querySelectorAll(".facet a.chosen").length`, 1)
	is(b, `document.querySelectorAll(".chips a").length`, 1)
	b.leave(click(".chips a"))
	is(b, total, all)
}

func TestChartLeadsToItsArticles(t *testing.T) {
	b := newTab(t)
	b.open("/search?q=" + word)
	b.do(click(".chart summary"), chromedp.WaitVisible(chromedp.CSS(".chart table")))
	n := eval[int](b, `parseInt(document.querySelector(".chart tbody td + td").textContent)`)
	b.leave(click(".chart tbody a"))
	is(b, total, n)
	is(b, `document.querySelectorAll(".chips a").length`, 2)
}

func TestBestMatchFirst(t *testing.T) {
	b := newTab(t)
	b.open("/search?q=" + word)
	all := eval[int](b, total)
	b.leave(click(".order a:nth-of-type(2)"))
	is(b, total, all)
	is(b, `document.querySelector(".order [aria-current]").textContent`, "Best match first")
}

func TestKeysOnly(t *testing.T) {
	b := newTab(t)
	b.open("/")
	b.do(keys(kb.Tab))
	is(b, `document.activeElement.className`, "skip")
	b.do(keys(kb.Enter))
	is(b, `document.activeElement.id`, "main")
	b.do(press("/"))
	is(b, `document.activeElement.id`, "q")
	is(b, `document.activeElement.value`, "")
	b.do(press("j"), press("?"), press("/"))
	is(b, `document.activeElement.value`, "j?/")
	b.do(keys(strings.Repeat(kb.Backspace, 3)))
	b.leave(keys(word + kb.Enter))

	const at = `[...document.querySelectorAll(".hit h3 a")].indexOf(document.activeElement)`
	for _, x := range []struct {
		key  string
		want int
	}{{"j", 0}, {"k", 0}, {"j", 1}, {"j", 2}, {"k", 1}, {kb.ArrowDown, 2}, {kb.ArrowUp, 1}} {
		b.do(press(x.key))
		is(b, at, x.want)
	}
	is(b, `getComputedStyle(document.activeElement).outlineStyle`, "solid")
	headline := eval[string](b, `document.activeElement.textContent`)
	b.leave(keys(kb.Enter))
	is(b, `document.querySelector("h1").textContent`, headline)

	b.do(press("?"))
	is(b, `document.getElementById("keys").open`, true)
	is(b, `document.querySelectorAll("#keys kbd").length`, 5)
	b.do(keys(kb.Escape))
	is(b, `document.getElementById("keys").open`, false)
}

// paths returns pages of every kind: those of all articles of the demo among
// them, with the words of a query marked.
func paths(t *testing.T) []string {
	t.Helper()
	res, err := http.Get(site + "/search.json?q=")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var found struct{ Hits []struct{ Article string } }
	if err := json.NewDecoder(res.Body).Decode(&found); err != nil || len(found.Hits) == 0 {
		t.Fatalf("/search.json?q=: %d hits, %v", len(found.Hits), err)
	}
	list := []string{"/", "/search?q=", "/search?q=" + word, "/search?q=" + word + "+lang:en&sort=best", "/search?q=zyzzyva+" + word, "/help", speakerPath(t)}
	for i, h := range found.Hits {
		list = append(list, "/article/"+h.Article+"?q="+word)
		if i < 2 {
			list = append(list, "/article/"+h.Article+"/why?of=left-out")
		}
	}
	return list
}

// firstArticle returns the path of the page of an article of the demo.
func firstArticle(t *testing.T) string {
	t.Helper()
	list := paths(t)
	return list[slices.IndexFunc(list, func(path string) bool { return strings.HasPrefix(path, "/article/") })]
}

// capture is the path of the evidence that an article's page links to.
const capture = `new URL(document.querySelector(".record .button").href).pathname`

func TestNothingScrollsSideways(t *testing.T) {
	b := newTab(t)
	list := paths(t)
	for i := 0; i < len(list); i++ {
		b.open(list[i])
		for _, width := range []int64{320, 360, 768, 1400} {
			b.do(chromedp.EmulateViewport(width, 800))
			if got := eval[int64](b, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d pixels wide in a window of %d", list[i], got, width)
			}
		}
		if strings.HasPrefix(list[i], "/article/") && strings.Contains(list[i], "?q=") {
			list = append(list, eval[string](b, capture))
			list = append(list, eval[[]string](b, `[...document.querySelectorAll(".told .speaker a, .told .source a")].slice(0, 2).map((a) => a.pathname + a.search)`)...)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
			b := newTab(t, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}))
			list := paths(t)[:10]
			b.open(speakerPath(t))
			list = append(list, eval[[]string](b, `[...document.querySelectorAll(".quotes a")].slice(0, 2).map((a) => a.pathname + a.search)`)...)
			b.open(list[len(list)-1])
			list = append(list, list[len(list)-1]+"&all=1", eval[string](b, `document.querySelector(".told .source a").pathname`))
			for _, path := range list {
				b.open(path)
				is(b, `matchMedia("(prefers-color-scheme: dark)").matches`, scheme == "dark")
				for _, weak := range eval[[]string](b, weakText) {
					t.Errorf("%s in %s colours: %s", path, scheme, weak)
				}
			}
			is(b, `luminance(getComputedStyle(document.documentElement).backgroundColor) < .5`, scheme == "dark")
		})
	}
}

// weakText lists texts whose contrast with what is behind them is less than
// WCAG's level AA asks for.
const weakText = `
function luminance(color) {
  const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((v) => {
    v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  });
  return .2126 * r + .7152 * g + .0722 * b;
}
function behind(element) {
  for (let e = element; e; e = e.parentElement) {
    const color = getComputedStyle(e).backgroundColor;
    if (!/, 0\)$/.test(color)) return color;
  }
  return "rgb(255, 255, 255)";
}
function weak(element, style) {
  const [low, high] = [luminance(style.color), luminance(behind(element))].sort((a, b) => a - b);
  const ratio = (high + .05) / (low + .05), size = parseFloat(style.fontSize);
  const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
  return ratio < (large ? 3 : 4.5) ? ratio : 0;
}
[...document.querySelectorAll("body *")].flatMap((e) => {
  const own = [...e.childNodes].filter((n) => n.nodeType == 3).map((n) => n.data.trim()).join(" ").trim();
  const list = [];
  if (own && e.checkVisibility()) list.push([own, weak(e, getComputedStyle(e))]);
  if (e.placeholder) list.push([e.placeholder, weak(e, getComputedStyle(e, "::placeholder"))]);
  return list.filter(([, ratio]) => ratio).map(([text, ratio]) => ratio.toFixed(2) + " " + text);
})`

func TestSourceIsPlainText(t *testing.T) {
	b := newTab(t)
	b.open(firstArticle(t))
	b.leave(click(".record .button"))
	source := eval[string](b, `document.querySelector("a.button[href$='/source']").pathname`)
	b.do(chromedp.Navigate(site+source), chromedp.WaitReady(chromedp.CSS("pre")))
	is(b, `document.contentType`, "text/plain")
	is(b, `document.scripts.length + document.images.length`, 0)
}

func TestErrorPages(t *testing.T) {
	for path, want := range map[string]string{
		"/nowhere":       "Not in this archive",
		"/search?q=%28a": "This query cannot be read",
	} {
		b := newTab(t)
		b.open(path)
		is(b, `document.querySelector("h1").textContent`, want)
		b.mu.Lock() // the console tells of the status, as it should
		b.trouble = nil
		b.mu.Unlock()
	}
}
