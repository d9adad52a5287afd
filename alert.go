package dateline

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// An Alert is a search that is kept, with what it is called and who is told when
// something new is found by it.
type Alert struct {
	Name    string      `json:"name"`              // the key: what users call it
	Query   string      `json:"query"`             // in the query language
	On      []AlertKind `json:"on"`                // what is told, at least one of AlertKinds
	Webhook string      `json:"webhook,omitempty"` // the address that is called; "" if none is
	Secret  string      `json:"secret,omitempty"`  // that calls of Webhook are signed with: "whsec_" and base64; "" without one
	Mail    []string    `json:"mail,omitempty"`    // addresses that are written to
	From    int64       `json:"from"`              // position in the log of captures when it was made: what stands before is not told
	By      string      `json:"by,omitempty"`      // who made it, as they call themselves; "" if that is not noted
	Made    string      `json:"made"`              // when: RFC 3339, UTC
	Gone    bool        `json:"gone,omitempty"`    // it was taken away; what it has told is kept
}

// An AlertKind says what an alert tells of.
type AlertKind string

// The kinds of what is told.
const (
	OnArticle   AlertKind = "article"   // an article that was not there before
	OnStatement AlertKind = "statement" // a statement that was not there before, of an article that was or was not
	OnChange    AlertKind = "change"    // a version with another headline or text than the one before
	OnStory     AlertKind = "story"     // the first article of a story that the search finds
)

// AlertKinds are all kinds, in the order in which they are shown.
var AlertKinds = []AlertKind{OnArticle, OnStatement, OnChange, OnStory}

// A Notice is one event that an alert tells of. It is kept before anybody is told, so that
// nobody is told twice.
type Notice struct {
	ID         string     `json:"id"`                   // the key: that of its alert and its event, see [NewNoticeID]
	Alert      string     `json:"alert"`                // name of the alert
	Kind       AlertKind  `json:"kind"`                 // what the event is
	Article    ArticleID  `json:"article"`              // that it is about
	Capture    CaptureID  `json:"capture"`              // that shows it
	Statement  int        `json:"statement,omitempty"`  // number of the statement in the version that Capture shows, from 1; 0 if it is about none
	Title      string     `json:"title"`                // headline of the article; what it was changed to
	Text       string     `json:"text,omitempty"`       // what was said, and by whom; what was changed
	URL        string     `json:"url"`                  // address of the article
	Publisher  string     `json:"publisher,omitempty"`  // who prints it; "" if that is not known
	Published  Date       `json:"published,omitempty"`  // of the article
	At         string     `json:"at"`                   // when it was noticed: RFC 3339, UTC
	Deliveries []Delivery `json:"deliveries,omitempty"` // who is told, and whether that was done
}

// A Delivery is a notice on its way to somebody.
type Delivery struct {
	To    string        `json:"to"`              // an address of the web, or of mail: "mailto:ana@post.example"
	State DeliveryState `json:"state,omitempty"` // how far it is
	Tries int           `json:"tries,omitempty"` // how often it was tried
	Next  string        `json:"next,omitempty"`  // when it is tried again, RFC 3339, UTC; "" at once
	At    string        `json:"at,omitempty"`    // when State was set, RFC 3339, UTC; "" if it was not
	Why   string        `json:"why,omitempty"`   // why the last try failed; "" if none did
}

// MailTo begins Delivery.To where it is an address of mail.
const MailTo = "mailto:"

// A DeliveryState is how far a delivery is.
type DeliveryState string

// The states of a delivery.
const (
	Waiting   DeliveryState = ""        // to be tried, at Next
	Sending   DeliveryState = "sending" // a process is about to send it
	Delivered DeliveryState = "sent"    // it was taken
	Dead      DeliveryState = "dead"    // it was given up, or nobody knows whether it was taken; see Why
)

// NewNoticeID returns the key of the notice of an event of an alert. Event names what has
// happened, whenever it is looked at.
func NewNoticeID(a *Alert, event string) string {
	sum := sha256.Sum256([]byte(a.Name + "\n" + a.Made + "\n" + event))
	return "n" + hex.EncodeToString(sum[:12])
}

// Tells reports whether a tells of what is of a kind.
func (a *Alert) Tells(k AlertKind) bool { return slices.Contains(a.On, k) }

// Recipients returns to whom a delivers, as Delivery.To has it.
func (a *Alert) Recipients() []string {
	var list []string
	if a.Webhook != "" {
		list = append(list, a.Webhook)
	}
	for _, m := range a.Mail {
		list = append(list, MailTo+strings.TrimSpace(m))
	}
	return list
}
