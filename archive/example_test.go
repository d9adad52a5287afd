package archive_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"dateline/acquire"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/surface/cite"
)

// A program that opens an archive, adds a page, searches and cites.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "archive")
	check(err)
	defer os.RemoveAll(dir)

	a, err := archive.Open(ctx, dir, archive.Options{})
	check(err)
	defer a.Close()

	added, err := a.Add(ctx, acquire.Inputs(acquire.Options{Stdin: strings.NewReader(letter)}, "-"), archive.AddOptions{})
	check(err)
	fmt.Println(added)

	q, err := query.Parse(`who:lind said:talks`)
	check(err)
	for hit, err := range a.Search(ctx, q, index.Options{Limit: 10}) {
		check(err)
		fmt.Println(hit.Article.Headline)
		found, err := a.Findings(ctx, hit.Article.Capture)
		check(err)
		for i := range found.Statements {
			if s := &found.Statements[i]; q.Selects(hit.Article, s) {
				fmt.Print(cite.Formats()[0].Write(cite.New(hit.Article, s)))
			}
		}
	}
	// Output:
	// added 1
	// Letter arrives in the capital
	// Vera Lind, transport minister (to reporters): “We will hold talks in March, and the ferry will sail until then” Jonas Brandt, “Letter arrives in the capital”, Tagblatt, 5 February 2026. https://tagblatt.example/letter (sha256:967c11d61be450cdcb8e8c357c444ed1abfbba4100a0d7aad1ffaa8acb623dfd, capture ce5n4hakl6c6jke68).
	// https://tagblatt.example/letter#:~:text=We%20will%20hold%20talks%20in%20March%2C%20and%20the%20ferry%20will%20sail%20until%20then
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// letter is a saved page.
const letter = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Letter arrives in the capital – Tagblatt</title>
<link rel="canonical" href="https://tagblatt.example/letter">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
	"headline": "Letter arrives in the capital", "datePublished": "2026-02-05T07:00:00Z",
	"author": {"@type": "Person", "name": "Jonas Brandt"}, "publisher": {"@type": "Organization", "name": "Tagblatt"}}</script>
</head>
<body>
<article>
<h1>Letter arrives in the capital</h1>
<p>A letter from the islands' council has arrived in the capital, the ministry said on Thursday, asking for talks about the ferry.</p>
<p>“We will hold talks in March, and the ferry will sail until then,” the transport minister, Vera Lind, told reporters.</p>
<p>The council had written twice before, in October and in December, without getting an answer to either of its letters.</p>
</article>
</body>
</html>`
