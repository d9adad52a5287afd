package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"sync"

	"dateline"
)

// A Memory is a log that lives as long as the process. It keeps records as
// JSON, as every log does, so nothing in it is shared with its callers.
type Memory[T any] struct {
	key func(T) string

	mu   sync.Mutex
	seq  int64
	recs []memoryRecord   // in order of seq; text is nil where a record has moved on
	at   map[string]int64 // key → seq
}

type memoryRecord struct {
	seq  int64
	text []byte
}

// NewMemory returns an empty log of records that have the given key.
func NewMemory[T any](key func(T) string) *Memory[T] {
	return &Memory[T]{key: key, at: make(map[string]int64)}
}

// Put implements [Log].
func (m *Memory[T]) Put(ctx context.Context, recs ...T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	texts := make([][]byte, len(recs))
	for i, rec := range recs {
		if m.key(rec) == "" {
			return fmt.Errorf("put: record %d has no key", i)
		}
		var err error
		if texts[i], err = json.Marshal(rec); err != nil {
			return fmt.Errorf("put: %s: %w", m.key(rec), err)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, rec := range recs {
		key := m.key(rec)
		if old, ok := m.at[key]; ok {
			if bytes.Equal(m.recs[old-1].text, texts[i]) {
				continue
			}
			m.recs[old-1].text = nil
		}
		m.seq++
		m.recs = append(m.recs, memoryRecord{m.seq, texts[i]})
		m.at[key] = m.seq
	}
	return nil
}

// Get implements [Log].
func (m *Memory[T]) Get(ctx context.Context, key string) (rec T, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seq, ok := m.at[key]
	if !ok {
		return rec, fmt.Errorf("%s: %w", key, dateline.ErrNotFound)
	}
	err = json.Unmarshal(m.recs[seq-1].text, &rec)
	return rec, err
}

// Has implements [Log].
func (m *Memory[T]) Has(ctx context.Context, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.at[key]
	return ok, ctx.Err()
}

// Last implements [Log].
func (m *Memory[T]) Last(ctx context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seq, nil
}

// After implements [Log].
func (m *Memory[T]) After(ctx context.Context, seq int64) iter.Seq2[Entry[T], error] {
	return func(yield func(Entry[T], error) bool) {
		for {
			text, at := m.next(seq)
			if at == 0 {
				return
			}
			seq = at
			e := Entry[T]{Seq: at}
			err := ctx.Err()
			if err == nil {
				err = json.Unmarshal(text, &e.Rec)
			}
			if err != nil {
				yield(Entry[T]{}, fmt.Errorf("position %d: %w", at, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// next returns the first record after seq and its position, 0 if there is none.
func (m *Memory[T]) next(seq int64) ([]byte, int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := max(seq, 0); i < int64(len(m.recs)); i++ {
		if r := m.recs[i]; r.text != nil {
			return r.text, r.seq
		}
	}
	return nil, 0
}

// MemoryCursors are cursors that live as long as the process. The zero
// MemoryCursors are ready for use.
type MemoryCursors struct {
	mu sync.Mutex
	at map[string]int64
}

// Cursor implements [Cursors].
func (m *MemoryCursors) Cursor(ctx context.Context, name string) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at[name], nil
}

// SetCursor implements [Cursors].
func (m *MemoryCursors) SetCursor(ctx context.Context, name string, seq int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at == nil {
		m.at = make(map[string]int64)
	}
	m.at[name] = seq
	return nil
}
