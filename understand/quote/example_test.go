package quote_test

import (
	"fmt"

	"dateline/understand/quote"
	"dateline/understand/token"
)

func ExampleFind() {
	const text = "Falk told reporters that the pier would be rebuilt. “It was never safe,” according to Stone."
	var t token.Text
	t.Read(text, "en")
	for _, s := range quote.Find(&t, "en") {
		speaker, cue, content := s.Speaker[0], s.Cue[0], s.Content[0]
		fmt.Println(s.Kind, text[speaker.Start:speaker.End], "|", text[cue.Start:cue.End], "|", text[content.Start:content.End])
	}
	// Output:
	// indirect Falk | told | that the pier would be rebuilt
	// direct Stone | according to | It was never safe
}

func ExampleExplain() {
	var t token.Text
	t.Read("“It was never safe,” said Stone.", "en")
	for _, r := range quote.Explain(&t, "en") {
		for _, p := range r.Parts {
			fmt.Println(p.Label, t.Text[p.Start:p.End], p.Rule)
		}
	}
	// Output:
	// content It was never safe quote/model
	// cue said quote/model
	// speaker Stone quote/model
}
