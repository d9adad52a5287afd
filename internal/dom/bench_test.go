package dom_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/internal/dom"
)

// newsPage is built like the page of a newspaper: half of it scripts, data and
// navigation.
var newsPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour reopens &mdash; The Tern</title>
<meta property="og:title" content="Harbour reopens"><meta name="description" content="Ships are back after &quot;the long winter&quot;.">
<link rel="canonical" href="https://tern.example/harbour"><style>.a{color:red}.b>p{margin:0}</style>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour reopens","author":[{"name":"Ada Quill"}]}</script>
` + strings.Repeat(`<script>window.queue=window.queue||[];for(var i=0;i<9;i++){queue.push({slot:i,size:[300,250],on:"scroll"})}</script>
`, 40) + `</head><body class="article wide"><header><nav><ul>
` + strings.Repeat(`<li class="nav-item"><a class="nav-link" href="/section/world?from=top&amp;n=1" data-track="nav:world"><span>World</span></a>
`, 80) + `</ul></nav></header><main><article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Harbour reopens</h1>
` + strings.Repeat(`<p>Ships returned to the harbour on Monday, said <a href="/people/mayor">the mayor</a>, who called it &ldquo;a <b>good</b>
day&rdquo; for the town&rsquo;s fishermen. Nobody had expected it before the summer.</p>
<figure class="image"><picture><source srcset="/img/1.webp 1x, /img/2.webp 2x" type="image/webp"><img src="/img/1.jpg" alt="The quay"
width="800" height="450" loading="lazy"></picture><figcaption>The quay. Photo: Bo Lens</figcaption></figure>
<svg viewBox="0 0 10 10"><path d="M0 0L10 10"/><use xlink:href="#share"/></svg>
<table><tr><th>Year<td>Ships<tr><th>2023<td>112<tr><th>2024<td>97</table>
`, 40) + `</article></main><!-- end of the article --><footer><p>&copy; The Tern</footer></body></html>
`

func BenchmarkParse(b *testing.B) {
	for _, page := range []struct{ name, text string }{
		{"news", newsPage},
		{"misnested", strings.Repeat("<table><p><b>a<i>b<td>c</b>d<a href=x>e<div>f</a>g</table></i>", 2000)},
	} {
		b.Run(page.name, func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				dom.Parse(page.text).Release()
			}
		})
		b.Run(page.name+"/kept", func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				dom.Parse(page.text)
			}
		})
		b.Run(page.name+"/xnet", func(b *testing.B) {
			b.SetBytes(int64(len(page.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := html.Parse(strings.NewReader(page.text)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
