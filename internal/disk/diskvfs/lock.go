package diskvfs

import (
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A node is what the openings of one file share.
type node struct {
	open      int // openings
	readers   int // that hold a shared lock or more
	reserved  *handle
	pending   *handle
	exclusive *handle

	regions     []uintptr // the shared memory
	mapped      int       // openings that use it
	shared      [sqlite3.SQLITE_SHM_NLOCK]int
	exclusively [sqlite3.SQLITE_SHM_NLOCK]bool
}

// lock raises the lock of a file (sqlite.org/lockingv3.html).
func lock(tls *libc.TLS, file uintptr, level int32) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	n := h.node
	if h.level >= level {
		return sqlite3.SQLITE_OK
	}
	other := func(holder *handle) bool { return holder != nil && holder != h }
	switch level {
	case sqlite3.SQLITE_LOCK_SHARED:
		if other(n.pending) || other(n.exclusive) {
			return sqlite3.SQLITE_BUSY
		}
		n.readers++
	case sqlite3.SQLITE_LOCK_RESERVED:
		if other(n.reserved) || other(n.pending) {
			return sqlite3.SQLITE_BUSY
		}
		n.reserved = h
	default:
		if other(n.reserved) || other(n.pending) || other(n.exclusive) {
			return sqlite3.SQLITE_BUSY
		}
		n.reserved, n.pending, h.level = h, h, sqlite3.SQLITE_LOCK_PENDING
		if level == sqlite3.SQLITE_LOCK_EXCLUSIVE {
			if n.readers > 1 {
				return sqlite3.SQLITE_BUSY
			}
			n.exclusive = h
		}
	}
	h.level = level
	return sqlite3.SQLITE_OK
}

func unlock(tls *libc.TLS, file uintptr, level int32) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	h.unlock(level)
	return sqlite3.SQLITE_OK
}

// unlock lowers the lock to a level: none, or shared.
func (h *handle) unlock(level int32) {
	if h.level <= level {
		return
	}
	n := h.node
	for _, holder := range []**handle{&n.reserved, &n.pending, &n.exclusive} {
		if *holder == h {
			*holder = nil
		}
	}
	if level == sqlite3.SQLITE_LOCK_NONE {
		n.readers--
	}
	h.level = level
}

func reserved(tls *libc.TLS, file, result uintptr) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	*at[int32](result) = 0
	if h.node.reserved != nil {
		*at[int32](result) = 1
	}
	return sqlite3.SQLITE_OK
}

func sharedMap(tls *libc.TLS, file uintptr, region, size, extend int32, result uintptr) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	n := h.node
	if !h.mapped {
		h.mapped = true
		n.mapped++
	}
	*at[uintptr](result) = 0
	for int(region) >= len(n.regions) {
		if extend == 0 {
			return sqlite3.SQLITE_OK
		}
		p := libc.Xcalloc(tls, 1, libc.Tsize_t(size))
		if p == 0 {
			return sqlite3.SQLITE_NOMEM
		}
		n.regions = append(n.regions, p)
	}
	*at[uintptr](result) = n.regions[region]
	return sqlite3.SQLITE_OK
}

func sharedLock(tls *libc.TLS, file uintptr, first, count, flags int32) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	n := h.node
	alone := flags&sqlite3.SQLITE_SHM_EXCLUSIVE != 0
	if flags&sqlite3.SQLITE_SHM_UNLOCK != 0 {
		for i := first; i < first+count; i++ {
			h.unlockSlot(i)
		}
		return sqlite3.SQLITE_OK
	}
	for i := first; i < first+count; i++ {
		own := 0
		if h.shared&(1<<i) != 0 {
			own = 1
		}
		if n.exclusively[i] && h.exclusive&(1<<i) == 0 || alone && n.shared[i] > own {
			return sqlite3.SQLITE_BUSY
		}
	}
	for i := first; i < first+count; i++ {
		switch {
		case alone:
			n.exclusively[i] = true
			h.exclusive |= 1 << i
		case h.shared&(1<<i) == 0:
			n.shared[i]++
			h.shared |= 1 << i
		}
	}
	return sqlite3.SQLITE_OK
}

// unlockSlot gives back what the handle holds of a slot.
func (h *handle) unlockSlot(i int32) {
	if h.shared&(1<<i) != 0 {
		h.shared &^= 1 << i
		h.node.shared[i]--
	}
	if h.exclusive&(1<<i) != 0 {
		h.exclusive &^= 1 << i
		h.node.exclusively[i] = false
	}
}

// sharedBarrier orders what processors have written: a mutex does.
func sharedBarrier(tls *libc.TLS, file uintptr) {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
}

func sharedUnmap(tls *libc.TLS, file uintptr, remove int32) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	defer h.fs.mu.Unlock()
	h.leaveShared(tls)
	return sqlite3.SQLITE_OK
}

// leaveShared gives the shared memory back, which ends with its last user.
func (h *handle) leaveShared(tls *libc.TLS) {
	for i := range int32(sqlite3.SQLITE_SHM_NLOCK) {
		h.unlockSlot(i)
	}
	if !h.mapped {
		return
	}
	h.mapped = false
	if h.node.mapped--; h.node.mapped == 0 {
		for _, p := range h.node.regions {
			libc.Xfree(tls, p)
		}
		h.node.regions = nil
	}
}
