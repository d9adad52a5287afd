package extract_test

import (
	"testing"

	"dateline"
	"dateline/extract"
)

// A page that has a digit outside the Basic Multilingual Plane beside a month is read to
// its end.
func TestDigitsOfAnyScript(t *testing.T) {
	page := "<html lang=en><head><title>Port opens</title></head><body><article><h1>Port opens</h1><p class=date>\U00011451 May 𝟐𝟎𝟐𝟒</p>" +
		"<p>The port will open on Monday, said the harbour master, who had worked for years.</p>" +
		"<p>More is to be said of the port that opens and of the ships that come to it from far away places.</p></article></body></html>"
	a := extract.Capture(&dateline.Capture{URL: "https://post.example/port", Type: "text/html"}, []byte(page))
	if a.Headline != "Port opens" || a.Published != "2024-05-01" {
		t.Errorf("headline %q, published %q; want those of the page", a.Headline, a.Published)
	}
}
