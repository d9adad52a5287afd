package nats

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// MostAtOnce is how many records are put together, all or none: so many messages a server
// takes in one batch.
const MostAtOnce = 1000

// batchBytes is how many bytes one batch has at most, unless one record alone is larger.
const batchBytes = 32 << 20

// A batch that no server takes now, since too many others are under way or no server
// leads, is sent again: so often, and after so long, twice as long each time.
const (
	mostTries = 8
	firstWait = 50 * time.Millisecond
	answerIn  = 30 * time.Second // a batch is stored, or not known to be
)

// publishTogether stores messages, at most MostAtOnce of them all or none.
func (s *stream) publishTogether(ctx context.Context, list []message) error {
	for len(list) > 0 {
		n, size := 0, 0
		for n < min(len(list), MostAtOnce) && (n == 0 || size+len(list[n].data) <= batchBytes) {
			size += len(list[n].data)
			n++
		}
		if err := s.again(ctx, func() error { return s.batch(ctx, list[:n]) }); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// again calls f until it has an answer, or an error that another try does not help.
func (s *stream) again(ctx context.Context, f func() error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := f()
		var api *apiError
		passing := errors.As(err, &api) && (api.Code == 429 || api.Code == 503) || errors.Is(err, natsgo.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse)
		if err == nil || !passing || try == mostTries {
			return err
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
		wait *= 2
	}
}

// batch stores messages, all or none (JetStream, ADR-50, "atomic batch publishing").
func (s *stream) batch(ctx context.Context, list []message) error {
	for _, m := range list {
		if err := s.fits(m); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	id := rand.Text()
	for i, m := range list {
		out := natsgo.NewMsg(m.subject)
		out.Data = m.data
		if len(list) > 1 {
			out.Header.Set("Nats-Batch-Id", id)
			out.Header.Set("Nats-Batch-Sequence", strconv.Itoa(i+1))
		}
		end := i == len(list)-1
		if end && len(list) > 1 {
			out.Header.Set("Nats-Batch-Commit", "1")
		}
		if i > 0 && !end {
			if err := s.db.nc.PublishMsg(out); err != nil {
				return err
			}
			continue
		}
		reply, err := s.db.nc.RequestMsgWithContext(ctx, out)
		if err != nil {
			return err
		}
		if err := s.acknowledged(reply.Data, end); err != nil {
			return err
		}
	}
	return nil
}

// acknowledged reads the answer to a message. The first one of a batch is answered
// without a word.
func (s *stream) acknowledged(text []byte, end bool) error {
	var ack struct {
		Error *apiError `json:"error"`
	}
	if len(text) == 0 && !end {
		return nil
	}
	if err := json.Unmarshal(text, &ack); err != nil {
		return fmt.Errorf("answer of the server: %w", err)
	}
	if ack.Error != nil {
		return ack.Error
	}
	return nil
}

// fits returns an error if the message is larger than the servers take.
func (s *stream) fits(m message) error {
	const headers = 1 << 10 // more than subject and headers take
	if most := s.db.nc.MaxPayload(); int64(len(m.data)+headers) > most {
		return fmt.Errorf("the record %s has %d bytes, and the server takes %d: its max_payload must be greater", m.subject, len(m.data), most)
	}
	return nil
}

// publish stores messages, in any order and each for itself.
func (s *stream) publish(ctx context.Context, list []message) error {
	for chunk := range slices.Chunk(list, MostAtOnce) {
		err := s.again(ctx, func() error {
			acks := make([]jetstream.PubAckFuture, 0, len(chunk))
			for _, m := range chunk {
				ack, err := s.db.js.PublishAsync(m.subject, m.data)
				if err != nil {
					return err
				}
				acks = append(acks, ack)
			}
			for _, ack := range acks {
				select {
				case <-ack.Ok():
				case err := <-ack.Err():
					return err
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
