package nats

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"regexp"

	"github.com/klauspost/compress/zstd"

	"dateline"
	"dateline/store"
)

// A log is one stream of records in JSON.
type log[T any] struct {
	*stream
	what string // "captures"
	key  func(*T) string
	refs func(*T) []ref // what leads to a record besides its key; nil if nothing does
}

// newLog opens a log; it does nothing if before is an error, which it returns.
func newLog[T any](ctx context.Context, db *DB, what string, key func(*T) string, refs func(*T) []ref, before error) (*log[T], error) {
	if before != nil {
		return nil, before
	}
	s, err := db.stream(ctx, what)
	return &log[T]{stream: s, what: what, key: key, refs: refs}, err
}

var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// token returns a key, or a value, as one token of a subject: as it is, if it may stand
// there, or else by its digest.
func token(key string) string {
	if plainKey.MatchString(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return "=" + hex.EncodeToString(sum[:20])
}

// Compression makes records of a text some five times smaller. One encoder and one
// decoder serve all: their methods that are used here may be called from many
// goroutines.
var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))                                   // no option is wrong
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(1<<30)) // likewise
)

// A text shorter than smallest is not compressed.
const smallest = 200

// pack returns JSON as it is stored: as it is, or compressed, which its first byte tells.
func pack(text []byte) []byte {
	if len(text) < smallest {
		return text
	}
	return encoder.EncodeAll(text, nil)
}

func unpack(data []byte) ([]byte, error) {
	if len(data) > 0 && data[0] == '{' {
		return data, nil
	}
	return decoder.DecodeAll(data, nil)
}

// Put implements [store.Log].
func (l *log[T]) Put(ctx context.Context, recs ...T) error {
	if err := ctx.Err(); err != nil || len(recs) == 0 {
		return err
	}
	if err := l.put(ctx, recs); err != nil {
		return fmt.Errorf("put in %s: %w", l.what, err)
	}
	return nil
}

func (l *log[T]) put(ctx context.Context, recs []T) error {
	last := map[string]int{} // by key: the record that counts
	keys := make([]string, len(recs))
	texts := make([][]byte, len(recs))
	for i := range recs {
		keys[i] = l.key(&recs[i])
		if keys[i] == "" {
			return fmt.Errorf("record %d has no key", i)
		}
		var err error
		if texts[i], err = json.Marshal(&recs[i]); err != nil {
			return fmt.Errorf("%s: %w", keys[i], err)
		}
		last[keys[i]] = i
	}
	stored, err := l.messages(ctx, keys)
	if err != nil {
		return err
	}
	var messages []message
	var refs []message
	for i, key := range keys {
		if last[key] != i {
			continue
		}
		if m, ok := stored[key]; ok {
			if old, err := unpack(m.data); err == nil && bytes.Equal(old, texts[i]) {
				continue
			}
		}
		messages = append(messages, message{subject: l.prefix + token(key), data: pack(texts[i])})
		if l.refs != nil {
			for _, r := range l.refs(&recs[i]) {
				refs = append(refs, r.message(l.db.refs, l.what, key))
			}
		}
	}
	if err := l.db.refs.publish(ctx, refs); err != nil {
		return fmt.Errorf("references: %w", err)
	}
	return l.publishTogether(ctx, messages)
}

// messages returns the messages of those keys that have one.
func (l *log[T]) messages(ctx context.Context, keys []string) (map[string]message, error) {
	subjects := make([]string, len(keys))
	for i, key := range keys {
		subjects[i] = l.prefix + token(key)
	}
	found, err := l.last(ctx, subjects)
	if err != nil {
		return nil, err
	}
	list := make(map[string]message, len(found))
	for i, key := range keys {
		if m, ok := found[subjects[i]]; ok {
			list[key] = m
		}
	}
	return list, nil
}

// decode reads the record of a message. The error is a *store.DamageError.
func (l *log[T]) decode(m message) (rec T, err error) {
	text, err := unpack(m.data)
	if err == nil {
		err = json.Unmarshal(text, &rec)
	}
	if err == nil && l.prefix+token(l.key(&rec)) != m.subject {
		err = errors.New("it is the record of another key")
	}
	if err != nil {
		var none T
		return none, &store.DamageError{Log: l.what, Seq: m.seq, Key: m.subject[min(len(l.prefix), len(m.subject)):], Err: err}
	}
	return rec, nil
}

// Get implements [store.Log].
func (l *log[T]) Get(ctx context.Context, key string) (rec T, err error) {
	found, err := l.sure(ctx, []string{key})
	if err != nil {
		return rec, fmt.Errorf("%s %s: %w", l.what, key, err)
	}
	m, ok := found[key]
	if !ok {
		return rec, fmt.Errorf("%s %s: %w", l.what, key, dateline.ErrNotFound)
	}
	return l.decode(m)
}

// Has implements [store.Log].
func (l *log[T]) Has(ctx context.Context, key string) (bool, error) {
	found, err := l.sure(ctx, []string{key})
	if err != nil {
		return false, fmt.Errorf("%s %s: %w", l.what, key, err)
	}
	_, ok := found[key]
	return ok, nil
}

// sure is messages, but does not take the word of a server that may lag behind for it
// that there is none: it asks the one that leads.
func (l *log[T]) sure(ctx context.Context, keys []string) (map[string]message, error) {
	found, err := l.messages(ctx, keys)
	if err != nil || l.db.o.Replicas == 1 {
		return found, err
	}
	for _, key := range keys {
		if _, ok := found[key]; ok {
			continue
		}
		m, err := l.ofLeader(ctx, l.prefix+token(key))
		if err != nil {
			return nil, err
		}
		if m != nil {
			found[key] = *m
		}
	}
	return found, nil
}

// A found is a record with its position.
type found[T any] struct {
	seq int64
	rec *T
}

// records returns the records of those keys that have one; a damaged one has its
// position alone.
func (l *log[T]) records(ctx context.Context, keys []string) (map[string]found[T], error) {
	messages, err := l.sure(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.what, err)
	}
	list := make(map[string]found[T], len(messages))
	for key, m := range messages {
		f := found[T]{seq: m.seq}
		if rec, err := l.decode(m); err == nil {
			f.rec = &rec
		}
		list[key] = f
	}
	return list, nil
}

// Last implements [store.Log].
func (l *log[T]) Last(ctx context.Context) (int64, error) {
	s, err := l.db.js.Stream(ctx, l.name)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", l.what, err)
	}
	return int64(s.CachedInfo().State.LastSeq), nil // the last message of a stream is never replaced but by a later one
}

// How many records, and bytes of them, After reads at a time.
const (
	recordsAtOnce = 250
	bytesAtOnce   = 8 << 20
)

// After implements [store.Log].
func (l *log[T]) After(ctx context.Context, seq int64) iter.Seq2[store.Entry[T], error] {
	return func(yield func(store.Entry[T], error) bool) {
		for {
			list, err := l.after(ctx, l.prefix+">", seq, recordsAtOnce)
			if err != nil {
				yield(store.Entry[T]{}, fmt.Errorf("%s after position %d: %w", l.what, seq, err))
				return
			}
			for _, m := range list {
				if ctx.Err() != nil {
					yield(store.Entry[T]{}, ctx.Err())
					return
				}
				seq = m.seq
				rec, err := l.decode(m)
				if !yield(store.Entry[T]{Seq: seq, Rec: rec}, err) {
					return
				}
			}
			if len(list) == 0 {
				return
			}
		}
	}
}
