package archive

import (
	"context"
	"errors"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"dateline"
	"dateline/acquire"
)

// A Keeper adds pages one by one, as they come, from many goroutines.
type Keeper struct {
	in   chan acquire.Page
	end  chan struct{} // closed when Add has returned
	stop context.CancelFunc
	rush atomic.Int64 // pages that wait to be written

	mu    sync.Mutex
	wait  map[dateline.CaptureID][]chan struct{}
	added Added
	err   error
}

// keepAge is how long a page waits at most for others before it is stored; set by eye:
// who fetched it waits, too.
const keepAge = 300 * time.Millisecond

// Keeper begins to add pages; see [Archive.Add], which runs until Close. Close
// must be called.
func (a *Archive) Keeper(ctx context.Context, o AddOptions) *Keeper {
	ctx, stop := context.WithCancel(ctx)
	k := &Keeper{in: make(chan acquire.Page), end: make(chan struct{}), stop: stop, wait: map[dateline.CaptureID][]chan struct{}{}}
	o.age, o.stored = keepAge, k.stored
	pages := func(ctx context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			for {
				select {
				case p, more := <-k.in:
					if !more || !yield(p, nil) {
						return
					}
				case <-ctx.Done():
					return
				}
			}
		}
	}
	go func() { // Close waits for it
		defer close(k.end)
		added, err := a.Add(ctx, pages, o)
		k.mu.Lock()
		k.added, k.err = added, err
		k.mu.Unlock()
	}()
	return k
}

// errKept reports a page that came after Close, or after Add had failed.
var errKept = errors.New("the archive takes no more pages")

// Keep adds a page and returns when it is on stable storage, or known.
func (k *Keeper) Keep(ctx context.Context, p acquire.Page) error {
	done := make(chan struct{})
	k.mu.Lock()
	k.wait[p.Capture.ID] = append(k.wait[p.Capture.ID], done)
	k.mu.Unlock()
	if err := k.offer(ctx, p); err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-k.end:
		select {
		case <-done: // with the last of them
			return nil
		default:
			return k.failure()
		}
	}
}

// offer hands a page to Add.
func (k *Keeper) offer(ctx context.Context, p acquire.Page) error {
	k.rush.Add(1)
	defer k.rush.Add(-1)
	select {
	case k.in <- p:
		return nil
	case <-k.end:
		return k.failure()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Constants of Room, set by eye: a page is written within some milliseconds.
const (
	mostRush = 8
	rushLook = 5 * time.Millisecond
)

// Room returns when few pages wait to be written: what is written outlives the process,
// what waits does not.
func (k *Keeper) Room(ctx context.Context) error {
	for k.rush.Load() >= mostRush {
		timer := time.NewTimer(rushLook)
		select {
		case <-timer.C:
		case <-k.end:
			timer.Stop()
			return k.failure()
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	return nil
}

func (k *Keeper) failure() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err != nil {
		return k.err
	}
	return errKept
}

// stored is told of each capture that is stored, or was known.
func (k *Keeper) stored(id dateline.CaptureID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, done := range k.wait[id] {
		close(done)
	}
	delete(k.wait, id)
}

// Close waits until what was given is stored and has passed the stages. No call of
// Keep may be under way.
func (k *Keeper) Close() (Added, error) {
	close(k.in)
	<-k.end
	k.stop()
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.added, k.err
}
