package archive

import (
	"sync"

	"dateline"
)

// A fresh holds the bodies of the pages that were added last, until they are
// extracted: what was just written need not be read and inflated again. Its zero
// value holds nothing, and is ready.
type fresh struct {
	mu     sync.Mutex
	bodies map[dateline.CaptureID][]byte
	size   int64 // bytes held
}

// freshBytes bounds what a fresh holds: about as much as a batch has. The pages
// beyond are read back.
const freshBytes = batchBytes

// keep holds the body of a capture, if there is room.
func (f *fresh) keep(id dateline.CaptureID, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size+int64(len(body)) > freshBytes {
		return
	}
	if f.bodies == nil {
		f.bodies = map[dateline.CaptureID][]byte{}
	}
	f.size += int64(len(body) - len(f.bodies[id]))
	f.bodies[id] = body
}

// take returns the body of a capture, and holds it no longer; false if it is not held.
func (f *fresh) take(id dateline.CaptureID) (body []byte, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, ok = f.bodies[id]
	if ok {
		delete(f.bodies, id)
		f.size -= int64(len(body))
	}
	return body, ok
}

// drop holds nothing any more.
func (f *fresh) drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bodies, f.size = nil, 0
}
