package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/body"
	"dateline/internal/text"
)

// A keeper tells which fields of a record have the words of a line that is no part of its
// text.
type keeper struct {
	a      *dateline.Article
	fields []FieldChoice
	text   string // of a, as text.Key returns it
}

// Sizes of keys of lines, in characters: by these a line is told from words that two
// fields have by chance.
const (
	leastKey = 12  // of a line that stands in a longer field, and of a field that stands in a longer line
	mostLine = 400 // of a line that holds names, tags or a date, and not much else
)

// went fills in, for each block that is left out, which fields of the record have its
// words.
func (e *Explanation) went() {
	k := keeper{e.Article, e.Fields, text.Key(e.Article.Text)}
	for i := range e.Blocks {
		if b := &e.Blocks[i]; !b.Kept {
			b.Went = k.of(b)
			b.What = k.what(b)
		}
	}
}

// of returns the keys of the fields that have the words of b.
func (k *keeper) of(b *body.Choice) (went []string) {
	line := text.Key(b.Text)
	if line == "" {
		return nil
	}
	add := func(is bool, field string) {
		if is {
			went = append(went, field)
		}
	}
	a := k.a
	add(sameLine(line, text.Key(a.Headline)), "headline")
	add(sameLine(line, text.Key(a.Deck)), "deck")
	for i, im := range a.Images {
		add(sameLine(line, text.Key(im.Caption)), fmt.Sprintf("images[%d].caption", i))
		add(im.Credit != "" && line == text.Key(im.Credit), fmt.Sprintf("images[%d].credit", i))
	}
	for i := range a.Embeds {
		add(sameLine(line, text.Key(a.Embeds[i].Text)), fmt.Sprintf("embeds[%d]", i))
	}
	for i, c := range a.Corrections {
		add(sameLine(line, text.Key(c)), fmt.Sprintf("corrections[%d]", i))
	}
	for _, field := range []string{"bylines", "published", "modified"} {
		add(k.printed(field, line), field)
	}
	if utf8.RuneCountInString(line) <= mostLine {
		for i, c := range a.Credits {
			add(strings.Contains(line, text.Key(c.Name)) && c.Name != "", fmt.Sprintf("credits[%d]", i))
		}
		tags := 0 // bytes of the line that are tags
		for _, tag := range a.Tags {
			if key := text.Key(tag); key != "" && (line == key || b.What == body.AsTags && strings.Contains(line, key)) {
				tags += len(key)
			}
		}
		add(2*tags >= len(line), "tags")
		add(a.Section != "" && line == text.Key(a.Section), "section")
	}
	add(len(went) == 0 && utf8.RuneCountInString(line) >= 2*leastKey && strings.Contains(k.text, line), "text")
	return went
}

// what tells what b is where the record knows it better than the names of its elements.
func (k *keeper) what(b *body.Choice) string {
	const longTag = 40 // characters: a longer line of links that are none of the tags is a list of articles
	for _, field := range b.Went {
		switch {
		case strings.HasSuffix(field, ".caption"):
			return body.AsCaption
		case strings.HasPrefix(field, "embeds["):
			return body.AsPost
		}
	}
	if b.What == body.AsTags && !slices.Contains(b.Went, "tags") && utf8.RuneCountInString(b.Text) > longTag {
		return body.AsLink
	}
	return b.What
}

// printed reports whether the value of a field was read from a line that is, or has, the
// given one.
func (k *keeper) printed(field, line string) bool {
	for _, f := range k.fields {
		if f.Field != field || f.Value == "" {
			continue
		}
		for _, c := range f.Candidates {
			if at := text.Key(c.Printed); (c.Chosen || c.Agrees) && at != "" && (at == line || sameLine(line, at)) {
				return true
			}
		}
	}
	return false
}

// sameLine reports whether two keys of lines are the same, or one stands within the other
// and is not much shorter.
func sameLine(a, b string) bool {
	if a == b {
		return a != ""
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return utf8.RuneCountInString(a) >= leastKey && 3*len(a) >= len(b) && strings.Contains(b, a)
}
