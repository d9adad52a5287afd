package answer_test

import (
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/answer"
	"dateline/extract"
)

// TestFieldSaysPrinted has the line in which readers see a date be told once, and as what it is: one
// that prints the day alone does not print the time.
func TestFieldSaysPrinted(t *testing.T) {
	const head = `<html lang="en"><head><title>Ferry stays in port</title><script type="application/ld+json">{"@type":"NewsArticle",
"headline":"Ferry stays in port","datePublished":"2026-03-03T10:00:23Z","dateModified":"2026-03-03T12:01:24Z"}</script></head><body><article>
<h1>Ferry stays in port</h1>`
	const text = `<p>` + "The ferry stays in port until the leak in its hull is found, the line said, and nobody could tell how long that would take." + `</p>
<p>` + "Passengers were sent to the bridge at Low Sand, where a queue of two miles had formed by noon and the police turned lorries back." + `</p></article></body></html>`
	for _, c := range []struct{ line, published, modified string }{
		{`<p class="date">Published Mar 3, 2026 • Last updated 1 hour ago</p>`, "less exactly in this line: “Published Mar 3, 2026", "less exactly in this line: “Published Mar 3, 2026"},
		{`<p class="date">Updated: March 3, 2026, 12:01 UTC</p>`, "", "in this line: “Updated: March 3, 2026, 12:01 UTC”"},
	} {
		page := head + c.line + text
		e := extract.Explain(&dateline.Capture{URL: "https://post.example/ferry", Type: dateline.TypeHTML}, []byte(page))
		for field, want := range map[string]string{"published": c.published, "modified": c.modified} {
			i := slices.IndexFunc(e.Fields, func(f extract.FieldChoice) bool { return f.Field == field })
			says := strings.Join(answer.FieldSays(e.Fields[i]), " ")
			if !strings.Contains(says, want) || strings.Count(says, "in this line")+strings.Count(says, "said by the line") > 1 {
				t.Errorf("%s of %s: %s\nwant once: %q", field, c.line, says, want)
			}
		}
	}
}
