package answer

import (
	"context"
	"slices"
	"strings"

	"dateline"
	"dateline/store"
)

// Alerts are the searches that are kept, by name.
type Alerts struct {
	Alerts []Alert `json:"alerts"` // without those that were taken away
}

// An Alert is a search that is kept, who is told, and what it has told.
type Alert struct {
	Name    string               `json:"name"`              // what users call it
	Query   string               `json:"query"`             // in the query language
	On      []dateline.AlertKind `json:"on"`                // what is told: "article", "statement", "change", "story"
	Webhook string               `json:"webhook,omitempty"` // the address that is called, without what stands behind its host, which may be a secret
	Mail    []string             `json:"mail,omitempty"`    // addresses that are written to
	By      string               `json:"by,omitempty"`      // who made it
	Made    string               `json:"made"`              // when: RFC 3339, UTC
	Noticed int                  `json:"noticed"`           // events that it has told of
	Waiting int                  `json:"waiting,omitempty"` // deliveries that are still to be made
	Dead    int                  `json:"dead,omitempty"`    // deliveries that were given up
	Notices []Notice             `json:"notices,omitempty"` // the newest first, at most 50; only where one alert is asked for
}

// A Notice is one event that an alert tells of.
type Notice struct {
	ID         string             `json:"id"`                   // its key; the same at each delivery
	Alert      string             `json:"alert"`                // name of the alert
	Kind       dateline.AlertKind `json:"kind"`                 // what the event is: "article", "statement", "change", "story"
	Article    dateline.ArticleID `json:"article,omitempty"`    // key of the article that it is about
	Capture    dateline.CaptureID `json:"capture,omitempty"`    // key of the capture that shows it
	Statement  int                `json:"statement,omitempty"`  // number of the statement in the version that the capture shows, from 1
	Title      string             `json:"title"`                // headline of the article
	Text       string             `json:"text,omitempty"`       // what was said, and by whom; what was changed
	URL        string             `json:"url"`                  // address of the article
	Publisher  string             `json:"publisher,omitempty"`  // who prints it
	Published  dateline.Date      `json:"published,omitempty"`  // of the article
	At         string             `json:"at"`                   // when it was noticed: RFC 3339, UTC
	Deliveries []Delivery         `json:"deliveries,omitempty"` // who is told
}

// A Delivery is a notice on its way to somebody.
type Delivery struct {
	To    string                 `json:"to"`             // host of a webhook, or an address of mail
	State dateline.DeliveryState `json:"state"`          // "waiting", "sending", "sent" or "dead"
	Tries int                    `json:"tries"`          // how often it was tried
	Next  string                 `json:"next,omitempty"` // when it is tried again, RFC 3339, UTC
	At    string                 `json:"at,omitempty"`   // when it came to be so
	Why   string                 `json:"why,omitempty"`  // why the last try failed
}

// A WebhookCall is the body of a call of a webhook.
type WebhookCall struct {
	Type      string `json:"type"`      // "dateline." and the kind of the notice
	Timestamp string `json:"timestamp"` // when it was noticed: RFC 3339, UTC
	Data      Notice `json:"data"`      // the notice, without its deliveries
}

// NewNotice returns a notice without its deliveries.
func NewNotice(n *dateline.Notice) Notice {
	return Notice{ID: n.ID, Alert: n.Alert, Kind: n.Kind, Article: n.Article, Capture: n.Capture, Statement: n.Statement,
		Title: n.Title, Text: n.Text, URL: n.URL, Publisher: n.Publisher, Published: n.Published, At: n.At}
}

// An Alerted is an archive with the searches that are kept in it.
type Alerted interface {
	Alerts() store.Log[dateline.Alert]   // the searches
	Notices() store.Log[dateline.Notice] // what they have told
}

// NewAlerts lists the searches that are kept.
func NewAlerts(ctx context.Context, a Alerted) (*Alerts, error) {
	p := &Alerts{Alerts: []Alert{}}
	at := map[string]int{}
	for e, err := range store.Sound(ctx, a.Alerts(), 0) {
		if err != nil {
			return nil, err
		}
		if !e.Rec.Gone {
			at[e.Rec.Name] = len(p.Alerts)
			p.Alerts = append(p.Alerts, newAlert(&e.Rec))
		}
	}
	for e, err := range store.Sound(ctx, a.Notices(), 0) {
		if err != nil {
			return nil, err
		}
		if i, ok := at[e.Rec.Alert]; ok {
			p.Alerts[i].count(&e.Rec)
		}
	}
	slices.SortStableFunc(p.Alerts, func(a, b Alert) int { return strings.Compare(a.Name, b.Name) })
	return p, nil
}

// alertNotices is how many notices of an alert are listed at a time.
const alertNotices = 50

// NewAlert returns an alert by name with what it has told, the newest notice first.
func NewAlert(ctx context.Context, a Alerted, name string) (*Alert, error) {
	rec, err := a.Alerts().Get(ctx, name)
	if err == nil && rec.Gone {
		err = dateline.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	p := newAlert(&rec)
	var list []dateline.Notice
	for e, err := range store.Sound(ctx, a.Notices(), 0) {
		if err != nil {
			return nil, err
		}
		if e.Rec.Alert != name {
			continue
		}
		p.count(&e.Rec)
		list = append(list, e.Rec)
	}
	slices.SortStableFunc(list, func(a, b dateline.Notice) int { return strings.Compare(b.At+b.ID, a.At+a.ID) })
	p.Notices = []Notice{}
	for i := range list[:min(alertNotices, len(list))] {
		n := NewNotice(&list[i])
		for _, d := range list[i].Deliveries {
			state := d.State
			if state == dateline.Waiting {
				state = "waiting"
			}
			n.Deliveries = append(n.Deliveries, Delivery{To: recipient(d.To), State: state, Tries: d.Tries, Next: d.Next, At: d.At, Why: d.Why})
		}
		p.Notices = append(p.Notices, n)
	}
	return &p, nil
}

func newAlert(a *dateline.Alert) Alert {
	p := Alert{Name: a.Name, Query: a.Query, On: a.On, Mail: a.Mail, By: a.By, Made: a.Made}
	if a.Webhook != "" {
		p.Webhook = recipient(a.Webhook)
	}
	return p
}

// recipient shows to whom a delivery goes. The path of a webhook is left out: many
// services tell their users apart by it.
func recipient(to string) string {
	if mail, ok := strings.CutPrefix(to, dateline.MailTo); ok {
		return mail
	}
	scheme, rest, _ := strings.Cut(to, "://")
	host, path, more := strings.Cut(rest, "/")
	if more && path != "" {
		host += "/…"
	}
	return scheme + "://" + host
}

// count adds a notice to the numbers of its alert.
func (a *Alert) count(n *dateline.Notice) {
	a.Noticed++
	for _, d := range n.Deliveries {
		switch d.State {
		case dateline.Dead:
			a.Dead++
		case dateline.Waiting, dateline.Sending:
			a.Waiting++
		}
	}
}
