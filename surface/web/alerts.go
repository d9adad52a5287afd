package web

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"dateline"
	"dateline/answer"
)

// alerts answers /alerts: the searches that are kept.
func (s *site) alerts(r *http.Request) (view, error) {
	list, err := answer.NewAlerts(r.Context(), s.archive)
	if err != nil {
		return view{}, err
	}
	return view{Title: "Alerts", Answer: list, Page: &alertsPage{list, strings.TrimSpace(r.FormValue("q")), dateline.AlertKinds}}, nil
}

// alertsPage is the template's form of an answer.Alerts.
type alertsPage struct {
	*answer.Alerts
	Query string // that the form is filled with
	Kinds []dateline.AlertKind
}

// alertPage is the template's form of an answer.Alert.
type alertPage struct {
	*answer.Alert
	Secret string // of a webhook, right after the alert was made; "" later
}

// alert answers /alert/NAME: one of them, with what it has told.
func (s *site) alert(r *http.Request) (view, error) {
	a, err := s.alertOf(r)
	if err != nil {
		return view{}, err
	}
	return view{Title: "Alert " + a.Name, Answer: a, Page: &alertPage{a, ""}}, nil
}

func (s *site) alertOf(r *http.Request) (*answer.Alert, error) {
	name := key(r, "name")
	a, err := answer.NewAlert(r.Context(), s.archive, name)
	if err != nil {
		return nil, fmt.Errorf("alert %q: %w", name, err)
	}
	return a, nil
}

// addAlert answers the form of a new alert. The secret of a webhook stands in the answer,
// and nowhere else.
func (s *site) addAlert(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	a := dateline.Alert{Name: get("name"), Query: get("q"), Webhook: get("webhook"), By: s.by(r)}
	for _, k := range r.PostForm["on"] {
		a.On = append(a.On, dateline.AlertKind(k))
	}
	a.Mail = strings.FieldsFunc(get("mail"), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' })
	made, err := s.editor.KeepAlert(r.Context(), a)
	if err != nil {
		s.fail(w, r, newProblem(http.StatusBadRequest, "This alert cannot be kept", err.Error()))
		return
	}
	if made.Secret == "" {
		goBack(w, r, alertURL(made.Name), "kept")
		return
	}
	shown, err := answer.NewAlert(r.Context(), s.archive, made.Name)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.writePage(w, r, http.StatusOK, "alert", view{Title: "Alert " + made.Name, Answer: shown, Page: &alertPage{shown, made.Secret}})
}

// removeAlert, testAlert and retryAlert answer the buttons of an alert.
func (s *site) removeAlert(r *http.Request) (to, done string, err error) {
	a, err := s.alertOf(r)
	if err != nil {
		return "", "", err
	}
	return "/alerts", "gone", s.editor.TakeAlert(r.Context(), a.Name)
}

func (s *site) testAlert(r *http.Request) (to, done string, err error) {
	a, err := s.alertOf(r)
	if err != nil {
		return "", "", err
	}
	if err := s.editor.TestAlert(r.Context(), a.Name); err != nil {
		return "", "", newProblem(http.StatusBadGateway, "The test did not arrive", err.Error())
	}
	return alertURL(a.Name), "tested", nil
}

func (s *site) retryAlert(r *http.Request) (to, done string, err error) {
	a, err := s.alertOf(r)
	if err != nil {
		return "", "", err
	}
	return alertURL(a.Name), "again", s.editor.RetryAlert(r.Context(), a.Name)
}

func alertURL(name string) string { return "/alert/" + url.PathEscape(name) }

// Elements of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Link    atomLink `xml:"link"`
		Summary string   `xml:"summary,omitempty"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
)

// alertFeed answers /alert/NAME/feed.atom and feed.json: the newest notices of an alert.
func (s *site) alertFeed(w http.ResponseWriter, r *http.Request) {
	a, err := s.alertOf(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	title := "Dateline: " + a.Name
	if wantsJSON(r) {
		items := []object{}
		for _, n := range a.Notices {
			item := object{"id": noticeID(n), "title": noticeTitle(n), "content_text": n.Text, "date_published": n.At}
			if web := webAddress(n.URL); web != "" {
				item["url"] = web
			}
			items = append(items, item)
		}
		body, err := json.MarshalIndent(object{"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}, "", "  ")
		if err != nil {
			s.fail(w, r, err)
			return
		}
		send(w, r, http.StatusOK, "application/feed+json", append(body, '\n'))
		return
	}
	f := atomFeed{ID: "urn:dateline:alert:" + url.PathEscape(a.Name) + ":" + a.Made, Title: title, Updated: a.Made}
	for i, n := range a.Notices {
		if i == 0 {
			f.Updated = n.At
		}
		f.Entries = append(f.Entries, atomEntry{ID: noticeID(n), Title: noticeTitle(n), Updated: n.At, Author: cmp.Or(n.Publisher, "(not named)"),
			Link: atomLink{"alternate", webAddress(n.URL)}, Summary: n.Text})
	}
	body, err := xml.MarshalIndent(f, "", "  ")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	send(w, r, http.StatusOK, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), append(body, '\n')...))
}

// noticeID is the lasting name of a notice in feeds.
func noticeID(n answer.Notice) string { return "urn:dateline:notice:" + n.ID }

// noticeTitle says what a notice is of.
func noticeTitle(n answer.Notice) string {
	switch n.Kind {
	case dateline.OnChange:
		return "Changed: " + n.Title
	case dateline.OnStory:
		return "New story: " + n.Title
	}
	return n.Title
}
