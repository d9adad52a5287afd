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
	ctx := context.Background()
	a, end := sample(ctx)
	defer end()

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

// Why a page is read as it is: for each field what else was weighed, for each
// block of the page why it is text or not, for each statement who else could be
// meant.
func ExampleNewWhy() {
	ctx := context.Background()
	a, end := sample(ctx)
	defer end()
	art, err := a.Find(ctx, "https://tagblatt.example/ferry")
	must(err)
	why, err := answer.NewWhy(ctx, a, art.ID, "")
	must(err)
	for _, f := range why.Fields {
		if f.Field == "headline" || f.Field == "published" {
			fmt.Printf("%s: %s (%s)\n", f.Field, f.Value, why.Means[f.Way])
		}
	}
	for _, b := range why.Blocks {
		if !b.Kept {
			fmt.Printf("left out: %s (%s)\n", b.Text, b.Rules)
		}
	}
	for _, s := range why.Findings.Statements {
		fmt.Printf("%s: %s\n", s.Statement.Name(why.Article), why.Means[s.Statement.Resolved])
	}
	// Output:
	// headline: Ferry sails again (It is the main heading of the page: of its headings of the first rank the one that shares most words with what the page states.)
	// published: 2026-02-05 (The head of the page states it, in the meta element “article:published_time”.)
	// left out: Ferry sails again (body/before-text)
	// Vera Lind: The words for the speaker hold the name itself.
}

// page is a saved page.
const page = `<!DOCTYPE html><html lang="en"><head><title>Ferry sails again</title>
<link rel="canonical" href="https://tagblatt.example/ferry">
<meta property="article:published_time" content="2026-02-05"><meta property="og:site_name" content="Tagblatt"></head><body>
<article><h1>Ferry sails again</h1>
<p>The ferry to the islands sailed again on Thursday, after the storm had kept it in the harbour for three days.</p>
<p>“We will hold talks about a new ship in March,” Vera Lind, the transport minister, said after she had met the crew.</p></article></body></html>`

// sample returns an archive of that page, and what removes it.
func sample(ctx context.Context) (*archive.Archive, func()) {
	dir, err := os.MkdirTemp("", "archive")
	must(err)
	a, err := archive.Open(ctx, dir, archive.Options{})
	must(err)
	_, err = a.Add(ctx, acquire.Inputs(acquire.Options{Stdin: strings.NewReader(page)}, "-"), archive.AddOptions{})
	must(err)
	return a, func() {
		must(a.Close())
		must(os.RemoveAll(dir))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
