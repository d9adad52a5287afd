package nats

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	natsgo "github.com/nats-io/nats.go"
)

// A message is one of a stream.
type message struct {
	subject string
	seq     int64 // 0 before it is stored
	data    []byte
}

// A request asks for messages: of subjects, the last of each, or those from a position on
// (JetStream, ADR-31, "direct get").
type request struct {
	Seq      int64    `json:"seq,omitempty"`
	Next     string   `json:"next_by_subj,omitempty"`
	Batch    int      `json:"batch,omitempty"`
	MaxBytes int      `json:"max_bytes,omitempty"`
	Last     []string `json:"multi_last,omitempty"`
}

// subjectsAtOnce is how many subjects are asked for with one request; a server gives at
// most 1,024 messages.
const subjectsAtOnce = 200

// last returns the last message of each of the subjects that has one.
func (s *stream) last(ctx context.Context, subjects []string) (map[string]message, error) {
	all := make(map[string]message, len(subjects))
	for chunk := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(subjects))), subjectsAtOnce) {
		for left := slices.Clone(chunk); len(left) > 0; {
			list, more, err := s.get(ctx, request{Last: left, MaxBytes: bytesAtOnce})
			if err != nil {
				return nil, err
			}
			for _, m := range list {
				all[m.subject] = m
			}
			if !more {
				break
			}
			if len(list) == 0 {
				return nil, errors.New("the server gives none of the messages that it has")
			}
			left = slices.DeleteFunc(left, func(subject string) bool { _, ok := all[subject]; return ok })
		}
	}
	return all, nil
}

// after returns the first messages after a position whose subjects match a filter, at
// most n.
func (s *stream) after(ctx context.Context, filter string, seq int64, n int) ([]message, error) {
	list, _, err := s.get(ctx, request{Seq: max(seq, 0) + 1, Next: filter, Batch: n, MaxBytes: bytesAtOnce})
	return list, err
}

// A server that does not answer is asked again after askAgain, since what was asked may
// have been lost with it; mostAsked times, if the context does not end before.
const (
	askAgain  = 5 * time.Second
	mostAsked = 12
	noneThere = 20 * time.Millisecond // after so long it is asked again if there is no server at the moment
)

var errSilent = errors.New("no server answers")

// get sends a request and returns the messages; more tells that the server has left some
// out, so as not to send too many bytes.
func (s *stream) get(ctx context.Context, r request) (list []message, more bool, err error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, false, err
	}
	for try := 0; ; try++ {
		list, more, err = s.ask(ctx, text)
		switch {
		case err == nil || ctx.Err() != nil:
			return list, more, errors.Join(err, ctx.Err())
		case !errors.Is(err, errSilent) || try == mostAsked:
			return nil, false, err
		}
	}
}

// ask sends one request.
func (s *stream) ask(ctx context.Context, text []byte) (list []message, more bool, err error) {
	inbox := s.db.nc.NewRespInbox()
	sub, err := s.db.nc.SubscribeSync(inbox)
	if err != nil {
		return nil, false, err
	}
	defer sub.Unsubscribe() //nolint:errcheck // the connection has gone, and the subscription with it
	if err := s.db.nc.PublishRequest("$JS.API.DIRECT.GET."+s.name, inbox, text); err != nil {
		return nil, false, err
	}
	for {
		wait, cancel := context.WithTimeout(ctx, askAgain)
		m, err := sub.NextMsgWithContext(wait)
		cancel()
		switch {
		case ctx.Err() != nil:
			return nil, false, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded), errors.Is(err, natsgo.ErrNoResponders):
			if err := sleep(ctx, noneThere); err != nil {
				return nil, false, err
			}
			return nil, false, errSilent
		case err != nil:
			return nil, false, err
		}
		switch status := m.Header.Get("Status"); status {
		case "":
			seq, err := strconv.ParseInt(m.Header.Get("Nats-Sequence"), 10, 64)
			if err != nil {
				return nil, false, fmt.Errorf("position of a message: %w", err)
			}
			list = append(list, message{subject: m.Header.Get("Nats-Subject"), seq: seq, data: m.Data})
		case "204": // the end
			pending := m.Header.Get("Nats-Num-Pending")
			return list, pending != "" && pending != "0", nil
		case "404":
			return nil, false, nil
		case "503":
			return nil, false, errSilent
		default:
			return nil, false, fmt.Errorf("the server answers %s %s", status, m.Header.Get("Description"))
		}
	}
}

// ofLeader returns the last message of a subject as the server has it that leads; nil if
// there is none.
func (s *stream) ofLeader(ctx context.Context, subject string) (*message, error) {
	text, err := json.Marshal(struct {
		Last string `json:"last_by_subj"`
	}{subject})
	if err != nil {
		return nil, err
	}
	reply, err := s.db.nc.RequestWithContext(ctx, "$JS.API.STREAM.MSG.GET."+s.name, text)
	if err != nil {
		return nil, err
	}
	var got struct {
		Message struct {
			Seq  int64  `json:"seq"`
			Data []byte `json:"data"`
		} `json:"message"`
		Error *apiError `json:"error"`
	}
	if err := json.Unmarshal(reply.Data, &got); err != nil {
		return nil, err
	}
	if got.Error != nil {
		if got.Error.Code == 404 {
			return nil, nil
		}
		return nil, got.Error
	}
	return &message{subject: subject, seq: got.Message.Seq, data: got.Message.Data}, nil
}

// An apiError is what JetStream answers instead of doing what it was asked.
type apiError struct {
	Code    int    `json:"code"`
	ErrCode int    `json:"err_code"`
	Text    string `json:"description"`
}

// Error gives the description and the code.
func (e *apiError) Error() string { return fmt.Sprintf("JetStream: %s (%d)", e.Text, e.ErrCode) }

// sleep waits, or returns the error of the context.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
