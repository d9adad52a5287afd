package cite_test

import (
	"fmt"

	"dateline"
	"dateline/surface/cite"
)

// A statement is cited with the words, the outlet, the address and the digest of
// the bytes that it was found in.
func Example() {
	a := &dateline.Article{
		Capture: "c3mr3pk8v2g9ibsog", URL: "https://tagblatt.example/letter", Payload: "sha256:967c11d6",
		Headline: "Letter arrives in the capital", Published: "2026-02-05", Publisher: dateline.Publisher{Name: "Tagblatt"},
		Text: "“We will hold talks in March,” Vera Lind said.",
	}
	s := &dateline.Statement{
		Content: []dateline.Span{{Start: 3, End: 30}}, Cue: []dateline.Span{{Start: 44, End: 48}}, Speaker: []dateline.Span{{Start: 34, End: 43}},
		Kind: "direct", Who: "Vera Lind", Role: "transport minister",
	}
	c := cite.New(a, s)
	fmt.Println(c.Key, c.Quotes[0].Start, c.Quotes[0].End)
	for _, f := range cite.Formats() {
		if f.Name == "text" {
			fmt.Print(f.Write(c))
		}
	}
	// Output:
	// lind2026-3mr3pk-3 1 28
	// Vera Lind, transport minister: “We will hold talks in March” “Letter arrives in the capital”, Tagblatt, 5 February 2026. https://tagblatt.example/letter (sha256:967c11d6, capture c3mr3pk8v2g9ibsog).
	// https://tagblatt.example/letter#:~:text=We%20will%20hold%20talks%20in%20March
}
