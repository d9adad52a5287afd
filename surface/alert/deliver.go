package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/store"
)

// Tries after a failure: after a minute, then four times as long each, at most half a day;
// eight in all, within a day and a half. Set by eye, after what services that are called do.
const (
	firstPause = time.Minute
	mostPause  = 12 * time.Hour
	mostTries  = 8
)

// Unknown is what is told of a delivery that was under way when a process was killed.
const Unknown = "the program was stopped while it was being sent: nobody knows whether it arrived"

// deliver sends what is due.
func (r *Runner) deliver(ctx context.Context, d *Done) error {
	if err := r.gather(ctx); err != nil {
		return err
	}
	r.tidy()
	if len(r.waiting) == 0 {
		return nil
	}
	now := time.Now().UTC()
	secrets, err := r.secrets(ctx)
	if err != nil {
		return err
	}
	held := r.failing(now) // nobody else is told there either
	for _, id := range r.waits {
		n := r.waiting[id]
		for i := range n.Deliveries {
			to := &n.Deliveries[i]
			if to.State != dateline.Waiting || !due(to, now) || held[to.To] || !r.reaches(to.To) {
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			sent, failure, err := r.send(context.WithoutCancel(ctx), n, to.To, secrets, now)
			if err != nil {
				return err
			}
			if failure != nil {
				held[to.To] = true
				d.Failed += sent
				r.log().Warn("alert not delivered", "alert", n.Alert, "to", to.To, "err", failure)
				continue
			}
			d.Sent += sent
		}
	}
	r.tidy()
	for _, n := range r.waiting {
		for i := range n.Deliveries {
			if n.Deliveries[i].State == dateline.Waiting {
				d.Waiting++
			}
		}
	}
	return nil
}

// failing returns to whom the last try has failed and the next is not due yet.
func (r *Runner) failing(now time.Time) map[string]bool {
	list := map[string]bool{}
	for _, n := range r.waiting {
		for i := range n.Deliveries {
			if d := &n.Deliveries[i]; d.State == dateline.Waiting && !due(d, now) {
				list[d.To] = true
			}
		}
	}
	return list
}

// due reports whether a delivery may be tried now.
func due(to *dateline.Delivery, now time.Time) bool {
	next, err := time.Parse(time.RFC3339, to.Next)
	return err != nil || !next.After(now)
}

// reaches reports whether r can send to somebody at all.
func (r *Runner) reaches(to string) bool {
	if strings.HasPrefix(to, dateline.MailTo) {
		return r.Mailer != nil
	}
	return r.Client != nil
}

// gather reads what was put into the log of notices since the last time, by this process
// or others, and notes what a killed process was about to send.
func (r *Runner) gather(ctx context.Context) error {
	if r.waiting == nil {
		r.waiting = map[string]*dateline.Notice{}
	}
	var lost []dateline.Notice
	for e, err := range r.Archive.Notices().After(ctx, r.read) {
		if errors.As(err, new(*store.DamageError)) {
			r.log().Error("notice damaged", "err", err)
			r.read = e.Seq
			continue
		}
		if err != nil {
			return err
		}
		r.read = e.Seq
		n := e.Rec
		found := false
		for i := range n.Deliveries {
			if to := &n.Deliveries[i]; to.State == dateline.Sending {
				to.State, to.Why, to.At, found = dateline.Dead, Unknown, stamp(time.Now()), true
			}
		}
		if found {
			lost = append(lost, n)
		}
		r.keep(&n)
	}
	if len(lost) > 0 {
		return r.Archive.Notices().Put(ctx, lost...)
	}
	return nil
}

// keep remembers a notice as long as it has a delivery that is to be tried.
func (r *Runner) keep(n *dateline.Notice) {
	waits := slices.ContainsFunc(n.Deliveries, func(d dateline.Delivery) bool { return d.State == dateline.Waiting })
	if _, known := r.waiting[n.ID]; waits && !known {
		r.waits = append(r.waits, n.ID)
	}
	if waits {
		r.waiting[n.ID] = n
	} else {
		delete(r.waiting, n.ID)
	}
}

// tidy forgets the keys of what waits no more.
func (r *Runner) tidy() {
	for _, id := range r.waits {
		if n := r.waiting[id]; n != nil {
			r.keep(n)
		}
	}
	r.waits = slices.DeleteFunc(r.waits, func(id string) bool { return r.waiting[id] == nil })
}

// mailsAtOnce bounds the notices that one mail tells; set by eye.
const mailsAtOnce = 50

// send sends a notice to somebody: by mail together with the others of its alert that wait
// for them, up to fifty. sent is how many notices went. failure says why they were not
// taken, and err that the archive could not be written.
func (r *Runner) send(ctx context.Context, n *dateline.Notice, to string, secrets map[string]string, now time.Time) (sent int, failure, err error) {
	list := []*dateline.Notice{n}
	if strings.HasPrefix(to, dateline.MailTo) {
		for _, id := range r.waits {
			other := r.waiting[id]
			if other == n || other.Alert != n.Alert || len(list) == mailsAtOnce {
				continue
			}
			if d := deliveryTo(other, to); d != nil && d.State == dateline.Waiting && due(d, now) {
				list = append(list, other)
			}
		}
	}
	for _, n := range list {
		d := deliveryTo(n, to)
		d.State, d.At = dateline.Sending, stamp(time.Now())
		d.Tries++
	}
	if err := r.put(ctx, list); err != nil {
		return 0, nil, err
	}
	if strings.HasPrefix(to, dateline.MailTo) {
		failure = r.Mailer.Send(ctx, strings.TrimPrefix(to, dateline.MailTo), list)
	} else {
		failure = r.call(ctx, to, secrets[n.Alert], n, deliveryTo(n, to).Tries)
	}
	for _, n := range list {
		settle(deliveryTo(n, to), failure)
	}
	return len(list), failure, r.put(ctx, list)
}

// settle notes how a try has ended.
func settle(d *dateline.Delivery, failure error) {
	now := time.Now()
	d.At, d.Next, d.Why = stamp(now), "", ""
	if failure == nil {
		d.State = dateline.Delivered
		return
	}
	d.Why = failure.Error()
	final := (*finalError)(nil)
	if errors.As(failure, &final) || d.Tries >= mostTries {
		d.State = dateline.Dead
		return
	}
	pause := firstPause
	for range d.Tries - 1 {
		pause = min(4*pause, mostPause)
	}
	if later := (*laterError)(nil); errors.As(failure, &later) {
		pause = min(max(pause, later.pause), mostPause)
	}
	d.State, d.Next = dateline.Waiting, stamp(now.Add(pause))
}

// A finalError is a failure after which nothing is tried again.
type finalError struct{ error }

// A laterError is a failure with the time after which to try again.
type laterError struct {
	error
	pause time.Duration
}

// put keeps the state of deliveries.
func (r *Runner) put(ctx context.Context, list []*dateline.Notice) error {
	recs := make([]dateline.Notice, len(list))
	for i, n := range list {
		recs[i] = *n
	}
	if err := r.Archive.Notices().Put(ctx, recs...); err != nil {
		return err
	}
	last, err := r.Archive.Notices().Last(ctx) // nobody else puts notices while r holds the lock
	if err == nil {
		r.read = max(r.read, last)
	}
	return err
}

func deliveryTo(n *dateline.Notice, to string) *dateline.Delivery {
	for i := range n.Deliveries {
		if n.Deliveries[i].To == to {
			return &n.Deliveries[i]
		}
	}
	return nil
}

// secrets returns the secrets of the alerts by name, also of those that are gone.
func (r *Runner) secrets(ctx context.Context) (map[string]string, error) {
	list := map[string]string{}
	for e, err := range store.Sound(ctx, r.Archive.Alerts(), 0) {
		if err != nil {
			return nil, err
		}
		list[e.Rec.Name] = e.Rec.Secret
	}
	return list, nil
}

// Retry sends what was given up for an alert again, at the next run: the notice with the
// key, or all of the alert if it is "". It returns how many deliveries that are.
func (r *Runner) Retry(ctx context.Context, name, id string) (n int, err error) {
	lock, err := r.lock()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	var again []dateline.Notice
	for e, err := range store.Sound(ctx, r.Archive.Notices(), 0) {
		if err != nil {
			return 0, err
		}
		if e.Rec.Alert != name || id != "" && e.Rec.ID != id {
			continue
		}
		before := n
		for i := range e.Rec.Deliveries {
			if d := &e.Rec.Deliveries[i]; d.State == dateline.Dead {
				*d = dateline.Delivery{To: d.To}
				n++
			}
		}
		if n > before {
			again = append(again, e.Rec)
		}
	}
	if len(again) == 0 {
		return 0, nil
	}
	return n, r.Archive.Notices().Put(ctx, again...)
}

// Test sends a made-up notice of an alert to everybody whom it tells, at once, and returns
// why somebody could not be told. Nothing of it is kept.
func (r *Runner) Test(ctx context.Context, a *dateline.Alert) error {
	now := stamp(time.Now())
	n := &dateline.Notice{ID: dateline.NewNoticeID(a, "test "+now), Alert: a.Name, Kind: "test", At: now,
		Title: "A test of the alert " + a.Name, Text: "Nothing has happened. What this alert tells will look like this.", URL: "https://news.example/"}
	var failures []error
	for _, to := range a.Recipients() {
		err := error(nil)
		switch mail := strings.HasPrefix(to, dateline.MailTo); {
		case mail && r.Mailer == nil:
			err = errors.New("no mail server is named (-smtp)")
		case mail:
			err = r.Mailer.Send(ctx, strings.TrimPrefix(to, dateline.MailTo), []*dateline.Notice{n})
		default:
			err = r.call(ctx, to, a.Secret, n, 1)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", to, err))
		}
	}
	return errors.Join(failures...)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
