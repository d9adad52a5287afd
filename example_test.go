package dateline_test

import (
	"fmt"
	"strings"
	"time"

	"dateline"
)

// The key of a capture is made of its address, time and bytes: the same
// capture has the same key wherever it is read.
func ExampleNewCaptureID() {
	digest, length, err := dateline.Digest(strings.NewReader("<h1>Ferry sails again</h1>"))
	if err != nil {
		panic(err)
	}
	id := dateline.NewCaptureID("https://tagblatt.example/ferry", time.Date(2026, 2, 5, 7, 0, 0, 0, time.UTC), digest)
	fmt.Println(id, length)
	// Output: coe181hg2sn6hjni4 26
}

// A date is as wide as what is known of it.
func ExampleDate() {
	for _, d := range []dateline.Date{"2026-03", "2026-03-14", "2026-03-14T09:30:00Z"} {
		start, end, ok := d.Interval()
		fmt.Println(d, start.Format(time.RFC3339), end.Sub(start), ok)
	}
	// Output:
	// 2026-03 2026-03-01T00:00:00Z 744h0m0s true
	// 2026-03-14 2026-03-14T00:00:00Z 24h0m0s true
	// 2026-03-14T09:30:00Z 2026-03-14T09:30:00Z 1s true
}

// The parts of a statement are places in the text of its article.
func ExampleStatement() {
	a := &dateline.Article{Text: "“No,” said Vera Lind, “never.”"}
	s := dateline.Statement{
		Content: []dateline.Span{{Start: 3, End: 6}, {Start: 29, End: 35}},
		Cue:     []dateline.Span{{Start: 10, End: 14}}, Speaker: []dateline.Span{{Start: 15, End: 24}},
	}
	fmt.Println(s.Name(a), s.Cues(a), s.Words(a))
	// Output: Vera Lind said [No, never.]
}
