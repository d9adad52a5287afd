package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/answer"
	"dateline/archive"
	"dateline/query"
	"dateline/surface/alert"
)

var alertCommand = command{
	name:  "alert",
	args:  "[add NAME QUERY] | [show|remove|test|retry NAME] | [run]",
	short: "keeps searches, and tells people and programs what they find that is new",
	long: `Alert lists the searches that are kept in the archive, with what they have told.

    dateline alert add NAME QUERY     keeps a search; -on says what is told, -webhook
                                      and -mail who is told
    dateline alert show NAME          prints what it has told, and what was given up
    dateline alert remove NAME        takes it away
    dateline alert test NAME          sends everybody whom it tells a test, at once
    dateline alert retry NAME [ID]    sends again what was given up
    dateline alert run                looks and sends until Ctrl-C; -once, for cron,
                                      until all that is due is done

-on article tells of articles that are new, statement of new statements of those whom
the query names (who:"Ana Lima"), change of another headline or text, story of the
first article of each story. What stood in the archive before is not told. "dateline
serve" runs the alerts too, and each is a feed there: /alert/NAME/feed.atom and
/alert/NAME/feed.json.

A webhook is called once for each event (POST, JSON, signed as Standard Webhooks
has it: HMAC-SHA256 in the header Webhook-Signature; add prints the secret, once), a
mail tells up to fifty. What fails is tried again after 1, 4, 16, 64 minutes and so on,
eight times, and is then given up. Nobody is told of an event twice, also after a kill:
what was being sent just then is not sent again by itself, and show says so.

    dateline alert add lima who:"Ana Lima" -on statement -mail desk@post.example
    dateline alert add ferry "ferry OR harbour" -on article,change -webhook https://hooks.example/x`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		asJSON := jsonFlag(fs, "print alerts and what was done as JSON")
		var p alerting
		on := fs.String("on", "article", "what is told: `kinds` with commas, of article, statement, change and story")
		webhook := fs.String("webhook", "", "the `address` (https) that is called")
		mail := fs.String("mail", "", "the `addresses` that are written to, with commas")
		by := byFlag(fs, "it is noted who made the alert")
		once := fs.Bool("once", false, "end when all that is due now is done")
		p.declare(fs)
		return func(ctx context.Context, s streams, args []string) (err error) {
			what := "list"
			if len(args) > 0 {
				what, args = args[0], args[1:]
			}
			switch n := len(args); {
			case what == "list" && n == 0, what == "run" && n == 0, what == "add" && n >= 2,
				(what == "show" || what == "remove" || what == "test") && n == 1, what == "retry" && (n == 1 || n == 2):
			default:
				return usagef("needs add NAME QUERY, show, remove, test or retry NAME, run, or nothing to list the alerts")
			}
			if what == "list" || what == "show" {
				a, err := openForReading(ctx, s, dir())
				if err != nil {
					return err
				}
				if what == "list" {
					return errors.Join(listAlerts(ctx, s, a, *asJSON), a.Close())
				}
				return errors.Join(showAlert(ctx, s, a, args[0], *asJSON), a.Close())
			}
			a, err := openForWriting(ctx, s, dir(), archive.Options{Aside: true})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, a.Close()) }()
			switch what {
			case "add":
				made := dateline.Alert{Name: args[0], Query: strings.Join(args[1:], " "), Webhook: *webhook, By: by()}
				for kind := range strings.SplitSeq(*on, ",") {
					made.On = append(made.On, dateline.AlertKind(strings.TrimSpace(kind)))
				}
				for to := range strings.SplitSeq(*mail, ",") {
					if to = strings.TrimSpace(to); to != "" {
						made.Mail = append(made.Mail, to)
					}
				}
				return addAlert(ctx, s, a, made, len(*p.allow) > 0, *asJSON)
			case "remove":
				return alert.Remove(ctx, a, args[0])
			}
			log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
			r, err := p.runner(a, log)
			if err != nil {
				return err
			}
			switch what {
			case "test":
				made, err := alert.Find(ctx, a, args[0])
				if err == nil && len(made.Recipients()) == 0 {
					err = fmt.Errorf("the alert %q tells nobody; it is a feed of \"dateline serve\"", made.Name)
				}
				if err == nil {
					err = r.Test(ctx, made)
				}
				if err == nil {
					_, err = fmt.Fprintf(s.out, "sent to %s\n", strings.Join(made.Recipients(), ", "))
				}
				return err
			case "retry":
				n, err := r.Retry(ctx, args[0], strings.Join(args[1:], ""))
				if err == nil {
					_, err = fmt.Fprintf(s.out, "%d deliveries are tried again at the next run\n", n)
				}
				return err
			}
			if !*once {
				fmt.Fprintln(s.err, "Ctrl-C stops it.")
				return r.Run(ctx, alertPause)
			}
			done, err := r.Once(ctx)
			if err != nil {
				return err
			}
			if *asJSON {
				return printJSON(s.out, done)
			}
			_, err = fmt.Fprintf(s.out, "%d new, %d sent, %d failed, %d waiting\n", done.Noticed, done.Sent, done.Failed, done.Waiting)
			return err
		}
	},
}

// alertPause is how long alerts wait between two looks at the archive; set by eye.
const alertPause = 5 * time.Second

// An alerting holds the values of the flags by which alerts are sent.
type alerting struct {
	allow    *[]netip.Prefix
	server   string
	user     string
	password string // the file that holds it
	from     string
}

func (p *alerting) declare(fs *flag.FlagSet) {
	p.allow = allowFlag(fs)
	p.declareMail(fs)
}

// declareMail declares the flags of mail, for commands that have -allow-private.
func (p *alerting) declareMail(fs *flag.FlagSet) {
	fs.StringVar(&p.server, "smtp", "", "the mail server of alerts, `HOST:PORT`; TLS from the beginning on port 465, else by STARTTLS")
	fs.StringVar(&p.user, "smtp-user", "", "the `name` by which to log in to the mail server")
	fs.StringVar(&p.password, "smtp-password-file", "", "the `file` whose first line is the password for the mail server")
	fs.StringVar(&p.from, "mail-from", "", "the `address` that mails of alerts are from (default that of -smtp-user)")
}

// runner returns what runs the alerts of an archive.
func (p *alerting) runner(a *archive.Archive, log *slog.Logger) (*alert.Runner, error) {
	r := &alert.Runner{Archive: a, Client: acquire.NewClient(*p.allow, nil), Agent: "Dateline/" + release(), Log: log}
	if p.server == "" {
		return r, nil
	}
	r.Mailer = &alert.Mailer{Server: p.server, User: p.user, From: cmp.Or(p.from, p.user)}
	if err := r.Mailer.Check(); err != nil {
		return nil, usageError{err}
	}
	if p.password != "" {
		text, err := os.ReadFile(p.password)
		if err != nil {
			return nil, err
		}
		line, _, _ := strings.Cut(string(text), "\n")
		r.Mailer.Password = strings.TrimSuffix(line, "\r")
	}
	return r, nil
}

// addAlert keeps a search and prints its secret, which is not shown again.
func addAlert(ctx context.Context, s streams, a *archive.Archive, made dateline.Alert, plain, asJSON bool) error {
	made, err := alert.Add(ctx, a, made, plain)
	if err != nil {
		return usageError{err}
	}
	q, err := query.Parse(made.Query)
	if err == nil && slices.Contains(made.On, dateline.OnStatement) && !q.Statements() {
		_, err = fmt.Fprintf(s.err, "the query names nobody (who:NAME): every certain statement of the articles that it finds is told\n")
	}
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(s.out, made)
	}
	_, err = fmt.Fprintf(s.out, "alert %s is kept\n", made.Name)
	if err == nil && made.Secret != "" {
		_, err = fmt.Fprintf(s.out, "secret of the webhook, shown this once: %s\n", made.Secret)
	}
	return err
}

func listAlerts(ctx context.Context, s streams, a *archive.Archive, asJSON bool) error {
	list, err := answer.NewAlerts(ctx, a)
	switch {
	case err != nil:
		return err
	case asJSON:
		return printJSON(s.out, list)
	case len(list.Alerts) == 0:
		_, err := fmt.Fprintln(s.err, "no searches are kept; \"dateline alert add NAME QUERY\" keeps one")
		return err
	}
	out := bufio.NewWriter(s.out)
	for i := range list.Alerts {
		printAlert(out, &list.Alerts[i])
	}
	return out.Flush()
}

func printAlert(out *bufio.Writer, x *answer.Alert) {
	on := make([]string, len(x.On))
	for i, k := range x.On {
		on[i] = string(k)
	}
	fmt.Fprintf(out, "%s  %s\n  on %s; %d told", oneLine(x.Name), oneLine(x.Query), strings.Join(on, ", "), x.Noticed)
	if x.Waiting > 0 {
		fmt.Fprintf(out, ", %d waiting", x.Waiting)
	}
	if x.Dead > 0 {
		fmt.Fprintf(out, ", %d given up", x.Dead)
	}
	if x.Webhook != "" {
		fmt.Fprintf(out, "; calls %s", x.Webhook)
	}
	if len(x.Mail) > 0 {
		fmt.Fprintf(out, "; writes to %s", strings.Join(x.Mail, ", "))
	}
	fmt.Fprintln(out)
}

func showAlert(ctx context.Context, s streams, a *archive.Archive, name string, asJSON bool) error {
	x, err := answer.NewAlert(ctx, a, name)
	switch {
	case errors.Is(err, dateline.ErrNotFound):
		return fmt.Errorf("there is no alert %q; \"dateline alert\" lists them", name)
	case err != nil:
		return err
	case asJSON:
		return printJSON(s.out, x)
	}
	out := bufio.NewWriter(s.out)
	printAlert(out, x)
	for i := range x.Notices {
		n := &x.Notices[i]
		fmt.Fprintf(out, "\n%s  %s  %s\n  %s\n", n.ID, n.At, n.Kind, oneLine(n.Title))
		if n.Text != "" {
			fmt.Fprintf(out, "  %s\n", oneLine(n.Text))
		}
		fmt.Fprintf(out, "  %s\n", oneLine(n.URL))
		for _, d := range n.Deliveries {
			fmt.Fprintf(out, "  %s: %s", oneLine(d.To), d.State)
			if d.Tries > 1 {
				fmt.Fprintf(out, " after %d tries", d.Tries)
			}
			if d.Next != "" {
				fmt.Fprintf(out, ", next try %s", d.Next)
			}
			if d.Why != "" {
				fmt.Fprintf(out, " (%s)", oneLine(d.Why))
			}
			fmt.Fprintln(out)
		}
	}
	return out.Flush()
}
