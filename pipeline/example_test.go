package pipeline_test

import (
	"context"
	"fmt"
	"strings"

	"dateline/pipeline"
	"dateline/store"
)

// A stage cuts lines into words. It is run, and after more lines have come it
// is run again: only they are worked on.
func ExampleStage() {
	ctx := context.Background()
	same := func(s string) string { return s }
	lines, words := store.NewMemory(same), store.NewMemory(same)
	var cursors store.MemoryCursors
	cut := pipeline.Stage[string, string]{
		Name: "cut",
		From: lines,
		Do:   func(_ context.Context, line string) ([]string, error) { return strings.Fields(line), nil },
		Put:  words.Put,
	}
	for _, line := range []string{"the ferry sails", "the ferry waits for the mail"} {
		if err := lines.Put(ctx, line); err != nil {
			panic(err)
		}
		n, err := cut.Run(ctx, &cursors, pipeline.Options{})
		if err != nil {
			panic(err)
		}
		fmt.Println("lines read:", n)
	}
	for e, err := range words.After(ctx, 0) {
		if err != nil {
			panic(err)
		}
		fmt.Println(e.Seq, e.Rec)
	}
	// Output:
	// lines read: 1
	// lines read: 1
	// 1 the
	// 2 ferry
	// 3 sails
	// 4 waits
	// 5 for
	// 6 mail
}
