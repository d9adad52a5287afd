package answer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
	"dateline/query"
)

// An archive of one page is searched; what is found is a value that a surface
// shows, and that prints itself as the JSON of a page's twin.
func ExampleNewSearch() {
	const page = `<!DOCTYPE html><html lang="en"><head><title>Ferry sails again</title>
<link rel="canonical" href="https://tagblatt.example/ferry">
<meta property="article:published_time" content="2026-02-05"><meta property="og:site_name" content="Tagblatt"></head><body>
<article><h1>Ferry sails again</h1>
<p>The ferry to the islands sailed again on Thursday, after the storm had kept it in the harbour for three days.</p>
<p>“We will hold talks about a new ship in March,” Vera Lind, the transport minister, said after she had met the crew.</p></article></body></html>`
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "archive")
	must(err)
	defer os.RemoveAll(dir)
	a, err := archive.Open(ctx, dir, archive.Options{})
	must(err)
	defer a.Close()
	_, err = a.Add(ctx, acquire.Inputs(acquire.Options{Stdin: strings.NewReader(page)}, "-"), archive.AddOptions{})
	must(err)

	q, err := query.Parse("who:lind said:ship")
	must(err)
	found, err := answer.NewSearch(ctx, a, q, answer.SearchOptions{})
	must(err)
	for _, h := range found.Hits {
		fmt.Println(h.Headline, "·", h.Outlet(), "·", h.Published)
		for _, s := range h.Statements {
			fmt.Println(s.Name, "·", s.Kind, "·", strings.Join(s.Words, " … "))
		}
	}
	b, err := json.Marshal(found.Terms)
	must(err)
	fmt.Println(string(b))
	// Output:
	// Ferry sails again · Tagblatt · 2026-02-05
	// Vera Lind · direct · We will hold talks about a new ship in March
	// [{"field":"who","value":"lind","query":"said:ship"},{"field":"said","value":"ship","query":"who:lind"}]
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
