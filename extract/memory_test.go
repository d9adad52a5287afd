//go:build !race

// Under the race detector a sync.Pool forgets what it holds, and the
// detector's own memory counts.

package extract_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"dateline/extract"
	"dateline/internal/newspaper"
)

// allocated returns how many bytes f allocates when no memory of earlier pages
// is left to be used again. As nothing is collected meanwhile, f holds at no
// time more than that.
func allocated(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	runtime.GC() // a sync.Pool drops what was not used between two collections
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestAllocs reads pages that are like those read before. Nothing is collected meanwhile:
// what a sync.Pool drops then would count.
func TestAllocs(t *testing.T) {
	const most = 200
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	check := func(name string, page []byte, address string) {
		if allocs := testing.AllocsPerRun(5, func() { extract.Article(page, address) }); allocs > most {
			t.Errorf("page %s takes %.0f allocations, want at most %d", name, allocs, most)
		}
	}
	for n := range 20 {
		page, address := newspaper.Page(n)
		check(fmt.Sprint(n), page, address)
	}
	for name, f := range pages(t) {
		check(name, f.Section("page.html"), address(f))
	}
	page, address := rich()
	check("of everything", page, address)
}

// rich returns a page that has much of all that a record is made of: pictures
// that are links within the site, tables, code, names, tags, JSON-LD.
func rich() (page []byte, address string) {
	var b strings.Builder
	const site = "https://www.tern.example"
	b.WriteString(`<html lang="en"><head><title>Ten ferries compared - Tern</title><meta property="article:section" content="World">`)
	for i := range 30 {
		fmt.Fprintf(&b, `<meta property="article:tag" content="Harbour %d, Ferry %d">`, i, i)
	}
	b.WriteString(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ten ferries compared","datePublished":"2022-03-14T10:00:00Z","keywords":["harbour","ferry","sea"],
"articleSection":["World","Ships"],"author":[{"name":"Ana Duarte"},{"name":"Leo Falk"},{"name":"Mia Holt"},{"name":"Bo Berg"}]}</script></head><body><article>
<h1>Ten ferries compared</h1><p class="byline">BY <a href="/author/1">ANA DUARTE</a>, <a href="/author/2">LEO FALK</a>, MIA HOLT &amp; BO BERG AND ADA LUND | Published 14 March 2022</p>`)
	for i := range 30 {
		fmt.Fprintf(&b, `<h2>Ferry number %d</h2><a href="https://pics%d.tern.example/ships/%d"><img src="images/ferry-number-%d.jpg" width=640 height=400></a>
<a href="/ships/ferry-%d#top"><img src="/images/big-ferry-%d.jpg?w=640&amp;h=400"></a>
<p>The ferry of line %d crosses the harbour twice a day, and has done so for years, said the mayor of the town.</p>
<table><tr><th>Year<th>Cars<th>People</tr>`, i, i, i, i, i, i, i)
		for k := range 12 {
			fmt.Fprintf(&b, "<tr><td>%d<td>%d<td>%d <b>in all</b></tr>", 1990+k, i*k, i+k)
		}
		b.WriteString("</table><pre>")
		for k := range 20 {
			fmt.Fprintf(&b, "leg <b>%d</b> of %d \n", k, i)
		}
		b.WriteString("</pre>")
	}
	b.WriteString(`</article><ul class="tags">`)
	for i := range 20 {
		fmt.Fprintf(&b, `<li><a rel="tag" href="/tag/%d">Harbour %d</a>`, i, i)
	}
	b.WriteString("</ul></body></html>")
	return []byte(b.String()), site + "/world/ten-ferries-compared.html"
}

// TestMemory reads pages as if each were the first one. One page may take more than
// its share, by the sizes in which the runtime gives memory: the bound is on all.
func TestMemory(t *testing.T) {
	const count, times, fixed = 20, 4, 96 << 10 // what pages share comes in chunks
	var all []byte
	taken := uint64(0)
	for n := range count {
		page, address := newspaper.Page(n)
		extract.Article(page, address) // what the program makes once is no page's
		taken += allocated(func() { extract.Article(page, address) })
		all = append(all, page...)
	}
	if most := uint64(times*len(all) + count*fixed); taken > most {
		t.Errorf("%d pages of %d bytes take %d, want at most %d", count, len(all), taken, most)
	}
	if taken, most := allocated(func() { extract.Article(all, "") }), uint64(times*len(all)+fixed); taken > most {
		t.Errorf("a page of %d bytes takes %d, want at most %d", len(all), taken, most)
	}
}

// TestHostileMemory reads pages that make a careless reader hold many times
// their bytes.
func TestHostileMemory(t *testing.T) {
	const size, times, fixed = 4 << 20, 4, 32 << 20 // what is read of any page, however small, is in fixed
	for name, piece := range map[string]string{
		"short paragraphs":  "<p>a</p>",
		"short headings":    "<h2>a",
		"breaks":            "a<br>",
		"deep":              "<div>",
		"formatting":        "<b>a",
		"misnested":         "<i>a</b><p><a>b</i>",
		"beside tables":     "<table><b>x<p>y",
		"cells":             "<tr><td>1<td>2",
		"tables in tables":  "<table><tr><td>",
		"options":           "<select><option>a",
		"links":             `<a href="/x">a</a> `,
		"list of links":     `<li><a href="/x">a</a>`,
		"attributes":        `<p class=x id=y data-a=1 data-b=2>a`,
		"pictures":          "<img src=a.jpg>",
		"items":             "<p itemscope itemprop=a itemtype=b>a",
		"metas":             "<meta name=a content=b>",
		"times":             "<time datetime=2022-01-01>x</time>",
		"bylines":           "<p class=byline>By Ana Duarte",
		"code":              "<pre>a\nb</pre>",
		"scripts":           "<script>a</script>",
		"comments":          "a<!---->",
		"references":        "<p>&amp;",
		"no tags":           "<",
		"lines":             "a\r\n",
		"one long sentence": "the ferry has sunk, ",
		"JSON-LD":           `<script type="application/ld+json">{"@type":"NewsArticle"}</script>`,
		"arrays":            `<script type="application/ld+json">[[[`,
	} {
		page := []byte("<title>Ferry sunk in harbour</title><article><h1>Ferry sunk in harbour</h1>" + strings.Repeat(piece, size/len(piece)))
		if n := allocated(func() { extract.Article(page, "") }); n > uint64(times*len(page)+fixed) {
			t.Errorf("%s: a page of %d bytes takes %d, want at most %d times its size and %d", name, len(page), n, times, fixed)
		}
	}
}

// TestHostileGrowth reads hostile pages, and such of twice the size: they take about
// twice the memory. Whether the time grows in proportion, "make grow" measures.
func TestHostileGrowth(t *testing.T) {
	const fixed = 2 << 20 // bytes: what is read of any page, and the sizes that memory is asked for in
	twice := hostilePages(2)
	for name, page := range hostilePages(1) {
		once, more := allocated(func() { page.read() }), allocated(func() { twice[name].read() })
		if more > 3*once+fixed {
			t.Errorf("%s: a page of twice the size takes %d bytes of memory, the page %d", name, more, once)
		}
	}
}
