package follow

import (
	"cmp"
	"context"
	"errors"
	"time"

	"dateline"
	"dateline/acquire"
)

// Of an article that is not there, or cannot be had.
const (
	leastAgain = 10 * time.Minute
	mostTries  = 5
)

// underWay reports whether a lead was being asked for when that was last noted.
func underWay(l *dateline.Lead) bool {
	return !l.Asked.IsZero() && l.Kept.Before(l.Asked) && l.Why == "" && l.Next.Equal(l.Asked.Add(leastAgain))
}

// visit fetches an article and returns when it is looked at next, the zero time if
// never.
func (f *Follower) visit(ctx context.Context, t *task) (time.Time, error) {
	l, err := f.o.Leads.Get(ctx, t.key[2:])
	if errors.Is(err, dateline.ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	now := time.Now().UTC()
	if l.Next.IsZero() || l.Next.After(now) {
		return l.Next, nil
	}
	if had, err := f.had(ctx, &l); had || err != nil {
		return l.Next, err
	}
	again := !l.Kept.IsZero()
	// If the process is killed now, it is asked for again after a while.
	l.Asked, l.Next = now, now.Add(leastAgain)
	if err := f.note(ctx, l); err != nil {
		return time.Time{}, err
	}
	f.readMining(ctx, cmp.Or(l.Request, l.URL))
	all, err := f.get(ctx, acquire.Request{URL: cmp.Or(l.Request, l.URL)})
	f.leave(t) // what is stored holds up nobody
	if ctx.Err() != nil {
		return time.Time{}, ctx.Err()
	}
	if err := f.keep(ctx, &l, all, err); err != nil {
		return time.Time{}, err
	}
	f.lookAgain(&l, again)
	return l.Next, f.note(ctx, l)
}

// had reports whether the article was fetched and stored by a process that was
// killed before it could note that.
func (f *Follower) had(ctx context.Context, l *dateline.Lead) (bool, error) {
	if f.o.Had == nil || l.Asked.IsZero() || !l.Kept.Before(l.Asked) || l.Why != "" {
		return false, nil
	}
	had, err := f.o.Had(ctx, cmp.Or(l.Request, l.URL), l.Asked)
	if !had || err != nil {
		return false, err
	}
	again := !l.Kept.IsZero()
	l.Kept = l.Asked
	f.lookAgain(l, again)
	return true, f.note(ctx, *l)
}

// keep stores the page of an article, and notes why there is none.
func (f *Follower) keep(ctx context.Context, l *dateline.Lead, all []*acquire.Exchange, trouble error) error {
	if trouble != nil {
		l.Fails++
		_, l.Why = troubleOf(trouble)
		f.o.Log.Warn("article not read", "url", l.URL, "why", l.Why)
		if errors.Is(trouble, errForbidden) {
			l.Fails = mostTries
		}
		return nil
	}
	p, err := acquire.PageOf(all, f.o.MaxBytes)
	if p == nil {
		l.Fails++
		l.Why = err.Error()
		f.o.Log.Warn("article not read", "url", l.URL, "why", l.Why)
		return nil
	}
	f.stateUses(p)
	l.Why = ""
	if s := p.Capture.Status; s >= 500 || s == 429 || s == 403 {
		l.Fails++
		_, l.Why = answerHealth(all[len(all)-1], p.Body, time.Now())
	} else {
		l.Fails = 0
	}
	l.Kept = l.Asked
	return f.o.Keep(ctx, *p) // also what is no article: it is evidence
}

// lookAgain sets when an article is looked at next: sooner while it is young, and
// after a failure a few times more.
func (f *Follower) lookAgain(l *dateline.Lead, again bool) {
	switch {
	case l.Fails >= mostTries:
		l.Next = time.Time{}
		return
	case l.Fails > 0:
		d := leastAgain
		for range l.Fails {
			d *= 3
		}
		l.Next = l.Asked.Add(jittered(d, l.URL, l.Fails))
		return
	}
	if again {
		l.Looks++
	}
	if l.Looks >= len(f.o.Looks) {
		l.Next = time.Time{}
		return
	}
	l.Next = later(l.Found.Add(f.o.Looks[l.Looks]), l.Asked.Add(leastAgain))
}
