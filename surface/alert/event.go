package alert

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"dateline"
	"dateline/archive"
)

// An event is something that has happened, once.
type event struct {
	dateline.Notice
	key string // names it, whenever it is looked at
}

// events returns what a capture brings that an alert asks for, each with the words that
// tell it.
func events(a *parsed, news *archive.News) (list []event) {
	art := news.Article
	if a.Tells(dateline.OnArticle) && news.First {
		list = append(list, event{dateline.Notice{Kind: dateline.OnArticle, Text: art.Deck}, "article " + string(art.ID)})
	}
	if a.Tells(dateline.OnStory) && news.First && news.Group != nil {
		list = append(list, event{dateline.Notice{Kind: dateline.OnStory, Text: art.Deck}, "story " + string(news.Group.Story)})
	}
	if a.Tells(dateline.OnChange) && news.Before != nil {
		if text := changed(news.Before, art); text != "" {
			list = append(list, event{dateline.Notice{Kind: dateline.OnChange, Text: text}, "change " + string(art.Capture)})
		}
	}
	if a.Tells(dateline.OnStatement) {
		list = append(list, said(a, news)...)
	}
	return list
}

// said returns the statements of an article that an alert asks for. One that an earlier
// version or the report of which the article is a copy has, too, is the same event.
func said(a *parsed, news *archive.News) (list []event) {
	art, report := news.Article, news.Article.ID
	if news.Group != nil {
		report = news.Group.Report
	}
	seen := map[string]bool{}
	for i := range news.Findings.Statements {
		s := &news.Findings.Statements[i]
		if !a.q.Selects(art, s) {
			continue
		}
		sum := sha256.Sum256([]byte(strings.ToLower(oneLine(s.Said(art)))))
		key := "statement " + string(report) + " " + hex.EncodeToString(sum[:12])
		if seen[key] {
			continue
		}
		seen[key] = true
		text := fmt.Sprintf("%s: %s", cmp.Or(s.Name(art), "(nobody is named)"), s.Said(art))
		list = append(list, event{dateline.Notice{Kind: dateline.OnStatement, Statement: i + 1, Text: text}, key})
	}
	return list
}

// changed says what differs between two versions for a reader: their headline or their
// text; "" if neither does.
func changed(before, after *dateline.Article) string {
	same := func(a, b string) bool { return oneLine(a) == oneLine(b) }
	var parts []string
	if !same(before.Headline, after.Headline) {
		parts = append(parts, fmt.Sprintf("The headline was %q.", before.Headline))
	}
	// A version behind a paywall shows less, and has not changed by that.
	if before.Paywalled == after.Paywalled && !same(before.Text, after.Text) {
		parts = append(parts, "The text has changed.")
	}
	return strings.Join(parts, " ")
}

// textLength bounds what a notice repeats of a text, in characters; set by eye.
const textLength = 600

// notice completes the notice of an event.
func (e event) notice(a *dateline.Alert, art *dateline.Article) dateline.Notice {
	n := e.Notice
	n.Alert, n.Article, n.Capture = a.Name, art.ID, art.Capture
	n.Title, n.URL, n.Published = cmp.Or(art.Headline, "(no headline)"), cmp.Or(art.Canonical, art.URL), art.Published
	n.Publisher = cmp.Or(art.Publisher.Name, art.Publisher.Site)
	n.At = stamp(time.Now())
	if letters := []rune(n.Text); len(letters) > textLength {
		n.Text = string(letters[:textLength]) + "…"
	}
	for _, to := range a.Recipients() {
		n.Deliveries = append(n.Deliveries, dateline.Delivery{To: to})
	}
	return n
}
