package query_test

import (
	"fmt"

	"dateline/query"
)

// What is typed is read as a tree, and printed again as it was understood.
func ExampleParse() {
	q, err := query.Parse(`storm -football (publisher:"Harbour Post" OR tag:ports) after:2026-02`)
	if err != nil {
		panic(err)
	}
	fmt.Println(q)
	for _, x := range q.Root.(query.And) {
		fmt.Printf("%T\n", x)
	}

	_, err = query.Parse("after:yesterday")
	fmt.Println(err)
	// Output:
	// storm -football (publisher:"Harbour Post" OR tag:ports) after:2026-02
	// query.Word
	// query.Not
	// query.Or
	// query.Bound
	// query: byte 6: after: wants a date such as 2022, 2022-02 or 2022-02-10, not "yesterday"
}

// A snippet is the passage of a text that has most words of a query; the
// fragments that match are those to be marked.
func ExampleSnippet() {
	q, err := query.Parse("ferr* quay")
	if err != nil {
		panic(err)
	}
	for _, f := range query.Snippet(q, "The ferry left the old quay at noon.", 80) {
		if f.Match {
			fmt.Printf("[%s]", f.Text)
		} else {
			fmt.Print(f.Text)
		}
	}
	fmt.Println()
	// Output:
	// The [ferry] left the old [quay] at noon.
}
