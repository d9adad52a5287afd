package nats

import (
	"context"
	"errors"
	"fmt"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A lease ends leaseTime after it was renewed last, and is renewed every renewal.
const (
	leaseTime = 20 * time.Second
	renewal   = 4 * time.Second
)

// A HeldError reports a lease that another process has.
type HeldError struct {
	Name string // of the lease
	By   string // who has it, as they call themselves
}

// Error says who has the lease, and that it ends by itself.
func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is held by %s; if that process has died, it is free in %s", e.Name, e.By, leaseTime)
}

// A Lease is something that one process at a time has, among all that open the same logs.
// It is a message that the server removes when it is not renewed (JetStream, ADR-43,
// "per-message TTL").
type Lease struct {
	db      *DB
	subject string
	by      string
	seq     uint64             // of the message, which nobody else has replaced if it is the last one
	stop    context.CancelFunc // ends the renewing
	ended   chan struct{}      // closed when the renewing has ended
}

// Lease takes the lease of the name for the caller, who is called by. If another process
// has it, the error is a [*HeldError]. It is renewed until [Lease.Release]. When it is
// lost all the same, since no server could be reached for too long, the connection of db
// is closed, so that nothing more is written.
func (db *DB) Lease(ctx context.Context, name, by string) (*Lease, error) {
	l := &Lease{db: db, subject: db.leases.prefix + token(name), by: by, ended: make(chan struct{})}
	if err := l.take(ctx); err != nil {
		var api *jetstream.APIError
		if errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant) {
			held := &HeldError{Name: name, By: "another process"}
			if m, err := db.leases.ofLeader(ctx, l.subject); err == nil && m != nil {
				held.By = string(m.data)
			}
			return nil, held
		}
		return nil, fmt.Errorf("lease of %s: %w", name, err)
	}
	ctx, l.stop = context.WithCancel(context.WithoutCancel(ctx))
	go l.renew(ctx) // Release waits for it
	return l, nil
}

// take writes the message of the lease, if the one that is there is that of l, or none.
func (l *Lease) take(ctx context.Context) error {
	m := natsgo.NewMsg(l.subject)
	m.Data = []byte(l.by)
	ack, err := l.db.js.PublishMsg(ctx, m, jetstream.WithMsgTTL(leaseTime), jetstream.WithExpectLastSequencePerSubject(l.seq))
	if err == nil {
		l.seq = ack.Sequence
	}
	return err
}

// renew renews the lease until ctx ends.
func (l *Lease) renew(ctx context.Context) {
	defer close(l.ended)
	until := time.Now().Add(leaseTime)
	for {
		if sleep(ctx, renewal) != nil {
			return
		}
		asked := time.Now()
		try, cancel := context.WithTimeout(ctx, renewal)
		err := l.take(try)
		cancel()
		switch {
		case err == nil:
			until = asked.Add(leaseTime)
		case ctx.Err() != nil:
			return
		case errors.As(err, new(*jetstream.APIError)), time.Now().Add(renewal).After(until):
			l.db.nc.Close() // another process may have it
			return
		}
	}
}

// Release gives the lease back.
func (l *Lease) Release(ctx context.Context) error {
	l.stop()
	<-l.ended
	s, err := l.db.js.Stream(ctx, l.db.leases.name)
	if err == nil {
		err = s.DeleteMsg(ctx, l.seq)
	}
	if errors.Is(err, jetstream.ErrMsgNotFound) || l.db.nc.IsClosed() {
		return nil // it has ended by itself
	}
	return err
}
