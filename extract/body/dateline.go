package body

import (
	"strings"

	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/text"
)

// IsDateLine reports whether a block of a page in the language lang is hardly
// more than a date.
func IsDateLine(b *page.Block, lang string) bool {
	digits := text.Digits(b.Text)
	if digits == 0 {
		return false
	}
	low := text.Lower(b.Text)
	if b.Size < 30 && readingTimes.In(low) {
		return true
	}
	if digits < 3 || text.Letters(b.Text) > 50 {
		return false
	}
	if date.InSentence(b.Text) {
		return false
	}
	marked := date.LabelOf(low) != date.Plain
	if _, ok := date.Parse(b.Text, lang); !ok {
		return marked && b.Size < 50 && digits >= 4
	}
	return marked || text.Letters(b.Text) < 24 && !strings.HasSuffix(b.Text, ".")
}
