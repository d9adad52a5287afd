package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/archive"
	"dateline/query"
)

// mostName bounds the name of an alert, in characters: it stands in addresses and in the
// subjects of mail.
const mostName = 60

// Add checks an alert, gives it a secret if it calls a webhook, and keeps it. Plain lets a
// webhook be one of HTTP. An alert of the same name that is not gone is an error.
func Add(ctx context.Context, a *archive.Archive, made dateline.Alert, plain bool) (dateline.Alert, error) {
	made.Name, made.Query = strings.TrimSpace(made.Name), strings.TrimSpace(made.Query)
	if err := check(&made, plain); err != nil {
		return made, err
	}
	before, err := a.Alerts().Get(ctx, made.Name)
	if err == nil && !before.Gone {
		return made, fmt.Errorf("there is an alert %q already; \"dateline alert remove\" takes it away", made.Name)
	}
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return made, err
	}
	if made.Webhook != "" {
		made.Secret = newSecret()
	}
	made.Made, made.Gone = time.Now().UTC().Format(time.RFC3339Nano), false
	return made, a.AddAlert(ctx, made)
}

func check(a *dateline.Alert, plain bool) error {
	switch n := utf8.RuneCountInString(a.Name); {
	case n == 0 || n > mostName || strings.ContainsFunc(a.Name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(" -_", r)
	}):
		return fmt.Errorf("%q is no name of an alert: letters, digits, spaces, - and _, at most %d", a.Name, mostName)
	case a.Query == "":
		return errors.New("an alert needs a query")
	}
	if _, err := query.Parse(a.Query); err != nil {
		return fmt.Errorf("the query cannot be read: %w", err)
	}
	if len(a.On) == 0 {
		a.On = []dateline.AlertKind{dateline.OnArticle}
	}
	for _, k := range a.On {
		if !slices.Contains(dateline.AlertKinds, k) {
			return fmt.Errorf("%q is nothing that an alert can tell; article, statement, change and story are", k)
		}
	}
	if a.Webhook != "" {
		if err := checkWebhook(a.Webhook, plain); err != nil {
			return err
		}
	}
	for _, to := range a.Mail {
		if err := checkMail(to); err != nil {
			return err
		}
	}
	return nil
}

// Find returns an alert by its name.
func Find(ctx context.Context, a *archive.Archive, name string) (*dateline.Alert, error) {
	rec, err := a.Alerts().Get(ctx, name)
	if errors.Is(err, dateline.ErrNotFound) || err == nil && rec.Gone {
		return nil, fmt.Errorf("there is no alert %q: %w", name, dateline.ErrNotFound)
	}
	return &rec, err
}

// Remove takes an alert away. What it has told is kept, and what it was about to tell is
// still delivered.
func Remove(ctx context.Context, a *archive.Archive, name string) error {
	rec, err := Find(ctx, a, name)
	if err != nil {
		return err
	}
	rec.Gone = true
	return a.Alerts().Put(ctx, *rec)
}
