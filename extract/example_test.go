package extract_test

import (
	"fmt"

	"dateline/extract"
)

func ExampleArticle() {
	page := `<html lang="en"><head><meta property="article:published_time" content="2026-02-03T07:15:00Z"></head><body>
<h1>Storm closes the port of Velm</h1><p class="byline">By Ada Lindqvist</p>
<article><p>VELM (AP) — The port stayed closed for a second day after gusts of more than 110 km/h.</p></article></body></html>`
	a := extract.Article([]byte(page), "https://www.harbourpost.example/storm?utm_source=rss")
	fmt.Println(a.Headline)
	fmt.Println(a.Bylines, a.Published)
	fmt.Println(a.Canonical)
	fmt.Println(a.Dateline.Place, a.Dateline.Agency)
	fmt.Println(a.Evidence["published"])
	// Output:
	// Storm closes the port of Velm
	// [Ada Lindqvist] 2026-02-03T07:15:00Z
	// https://www.harbourpost.example/storm
	// VELM AP
	// meta:article:published_time
}
