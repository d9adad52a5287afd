// Package alert tells people and programs when a search that is kept finds something new.
//
//	alert.go    what is new, and for whom: Runner.Look puts notices into their log
//	event.go    the events of one capture
//	keep.go     alerts added and taken away
//	deliver.go  Runner.Deliver sends them: once each, again after a failure, until it gives up
//	webhook.go  a call of an address, signed (Standard Webhooks)
//	mail.go     a mail by SMTP
//
// The log of notices is the outbox. A notice is put there before anything is sent, under a
// key made of its alert and its event, so that a process that is killed and begins again
// finds it there. A delivery is marked as being sent before it is, and as sent behind that:
// one that is found half way was being sent when a process was killed, nobody knows whether
// it arrived, and it is not sent again by itself.
package alert

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/internal/disk"
	"dateline/query"
	"dateline/store"
)

// A Runner looks for what is new to the alerts of an archive, and tells it.
type Runner struct {
	Archive *archive.Archive // open for writing, or Aside
	Client  *http.Client     // calls webhooks, see acquire.NewClient; nil leaves them waiting
	Mailer  *Mailer          // sends mail; nil leaves it waiting
	Agent   string           // User-Agent of calls; "" means "Dateline"
	Log     *slog.Logger     // is told what fails; nil drops it

	read    int64                       // how far the log of notices was read
	waiting map[string]*dateline.Notice // with a delivery that is not done
	waits   []string                    // their keys, in the order of the log
}

// lockFile is the lock of the process that runs the alerts of an archive, beside it.
const lockFile = "alerts.lock"

// ErrRunning reports that another process is running the alerts of the archive.
var ErrRunning = errors.New("another process is running the alerts of this archive")

// Done says what a run has done.
type Done struct {
	Noticed int `json:"noticed"` // events that are new
	Sent    int `json:"sent"`    // deliveries that were taken
	Failed  int `json:"failed"`  // deliveries that failed, and are tried again or given up
	Waiting int `json:"waiting"` // deliveries that are left for later
}

// Run looks and delivers until ctx ends, after each pause anew.
func (r *Runner) Run(ctx context.Context, pause time.Duration) error {
	for {
		switch _, err := r.Once(ctx); {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrRunning): // it does what is to be done
		case err != nil:
			r.log().Error("alerts not run", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// Once looks for what is new and delivers what is due. A delivery that is under way when
// ctx ends is brought to its end.
func (r *Runner) Once(ctx context.Context) (d Done, err error) {
	lock, err := r.lock()
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if d.Noticed, err = r.look(ctx); err != nil {
		return d, err
	}
	err = r.deliver(ctx, &d)
	return d, err
}

// lock keeps other processes from running alerts of this archive meanwhile.
func (r *Runner) lock() (io.Closer, error) {
	l, err := (disk.OS{}).Lock(r.Archive.File(lockFile))
	if errors.Is(err, disk.ErrLocked) {
		return nil, ErrRunning
	}
	return l, err
}

func (r *Runner) log() *slog.Logger {
	if r.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return r.Log
}

// lookBatch is how many captures are looked at before the cursor is moved; set by eye.
const lookBatch = 200

// look puts a notice into the log for each event that the alerts ask for, of the captures
// behind the cursor.
func (r *Runner) look(ctx context.Context) (n int, err error) {
	at, err := r.Archive.Alerted(ctx)
	if err != nil {
		return 0, err
	}
	last, err := r.Archive.LastCapture(ctx)
	if err != nil || at >= last {
		return 0, err
	}
	alerts, err := r.parsed(ctx)
	if err != nil {
		return 0, err
	}
	if len(alerts) == 0 {
		return 0, r.Archive.SetAlerted(ctx, last)
	}
	least := last
	for _, a := range alerts {
		least = min(least, a.From)
	}
	begun := max(at, least)
	at = begun
	for news, err := range r.Archive.News(ctx, at) {
		if err != nil {
			return n, err
		}
		fresh, err := r.notice(ctx, alerts, &news)
		n += fresh
		if err != nil {
			return n, err
		}
		if at = news.Position; at >= begun+lookBatch {
			if err := r.Archive.SetAlerted(ctx, at); err != nil {
				return n, err
			}
			begun = at
		}
		if err := ctx.Err(); err != nil {
			return n, err
		}
	}
	return n, r.Archive.SetAlerted(ctx, at)
}

// A parsed is an alert with its query.
type parsed struct {
	dateline.Alert
	q query.Query
}

// parsed returns the alerts that are not gone. One whose query cannot be read any more is
// told to the log and left out.
func (r *Runner) parsed(ctx context.Context) (list []parsed, err error) {
	for e, err := range r.Archive.Alerts().After(ctx, 0) {
		if errors.As(err, new(*store.DamageError)) {
			r.log().Error("alert damaged", "err", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		if e.Rec.Gone {
			continue
		}
		q, err := query.Parse(e.Rec.Query)
		if err != nil {
			r.log().Error("alert cannot be read", "alert", e.Rec.Name, "err", err)
			continue
		}
		list = append(list, parsed{e.Rec, q})
	}
	return list, nil
}

// notice puts the notices of one capture.
func (r *Runner) notice(ctx context.Context, alerts []parsed, news *archive.News) (n int, err error) {
	if news.Article == nil {
		return 0, nil
	}
	var fresh []dateline.Notice
	for i := range alerts {
		a := &alerts[i]
		if news.Position <= a.From {
			continue
		}
		found, err := r.Archive.Finds(ctx, a.q, news.Article, news.Findings)
		if err != nil {
			return 0, fmt.Errorf("alert %s: %w", a.Name, err)
		}
		if !found {
			continue
		}
		for _, e := range events(a, news) {
			e.ID = dateline.NewNoticeID(&a.Alert, e.key)
			has, err := r.Archive.Notices().Has(ctx, e.ID)
			if err != nil {
				return 0, err
			}
			if !has {
				fresh = append(fresh, e.notice(&a.Alert, news.Article))
			}
		}
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	return len(fresh), r.Archive.Notices().Put(ctx, fresh...)
}
