package archive

import (
	"cmp"
	"fmt"

	"dateline"
	"dateline/extract"
	"dateline/understand"
)

// Extract returns the article that a captured page shows, see
// extract.Capture. Where a page makes the code of extraction panic, the article
// is one whose Skip says so: that page must not keep the others from being read.
func Extract(c *dateline.Capture, body []byte) *dateline.Article {
	return guardedExtract(extract.Capture)(c, body)
}

// guardedExtract returns f as a function that does not panic: where f does, it returns
// an article whose Skip says so.
func guardedExtract(f func(*dateline.Capture, []byte) *dateline.Article) func(*dateline.Capture, []byte) *dateline.Article {
	return func(c *dateline.Capture, body []byte) (a *dateline.Article) {
		defer func() {
			if failure := recover(); failure != nil {
				a = &dateline.Article{URL: c.URL, Payload: c.Payload, Skip: fmt.Sprint("extraction failed: ", failure)}
			}
		}()
		return f(c, body)
	}
}

// Explain returns why the article of a captured page is as it is, see
// extract.Explain. If the page makes that panic, e is nil and the error says so.
func Explain(c *dateline.Capture, body []byte) (e *extract.Explanation, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			e, err = nil, fmt.Errorf("explaining %s failed: %v", c.URL, failure)
		}
	}()
	return extract.Explain(c, body), nil
}

// ExplainFindings returns why the findings of an article are what they are, see
// understand.Explain. If the article makes that panic, e is nil and the error says so.
func ExplainFindings(a *dateline.Article) (e *understand.Explanation, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			e, err = nil, fmt.Errorf("explaining the findings of %s failed: %v", a.URL, failure)
		}
	}()
	return understand.Explain(a), nil
}

// Understand returns what the text of an article says, see
// understand.Findings. If the article makes that panic, the only finding is that its
// text was not read ([dateline.Limit]), and the error says why.
func Understand(a *dateline.Article) (*dateline.Findings, error) {
	return guardedUnderstand(understand.Findings)(a)
}

// guardedUnderstand returns f as a function that does not panic: where f does, it
// returns findings that say that the text was not read, and an error that says why.
func guardedUnderstand(f func(*dateline.Article) *dateline.Findings) func(*dateline.Article) (*dateline.Findings, error) {
	return func(a *dateline.Article) (found *dateline.Findings, err error) {
		defer func() {
			if failure := recover(); failure != nil {
				unread := dateline.Limit{Words: dateline.Words{End: len(a.Text)}, Rule: "understand/failed"}
				found = &dateline.Findings{Capture: a.Capture, Limits: []dateline.Limit{unread}}
				err = fmt.Errorf("understanding %s failed: %v", cmp.Or(a.URL, "the article"), failure)
			}
		}()
		return f(a), nil
	}
}
