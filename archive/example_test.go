package archive_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"dateline/acquire"
	"dateline/archive"
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

	added, err := a.Add(ctx, acquire.Inputs(acquire.Options{}, "testdata/letter.html"), archive.AddOptions{})
	check(err)
	fmt.Println(added)

	q, err := query.Parse(`who:lind said:talks`)
	check(err)
	for hit, err := range a.Search(ctx, q, query.Options{Limit: 10}) {
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
	// Vera Lind, transport minister (to reporters): “We will hold talks in March, and the ferry will sail until then” Jonas Brandt, “Letter arrives in the capital”, Tagblatt, 5 February 2026. https://tagblatt.example/letter (sha256:59d0dd86a3949fecdad067c3af4b423b46f3baaca2d70909360b517395a04c31, capture cm24eg3lpsgc42uhl).
	// https://tagblatt.example/letter#:~:text=We%20will%20hold%20talks%20in%20March%2C%20and%20the%20ferry%20will%20sail%20until%20then
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
