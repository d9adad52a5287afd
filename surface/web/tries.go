package web

import (
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// From one address so many wrong passwords may come in a row, and then one more
// each time that tryAgain has gone by; until then no password from there is
// looked at. At this pace the shortest password that the command takes (twelve
// characters) outlasts whoever guesses.
const (
	mostTries = 10
	tryAgain  = 6 * time.Second
)

// mostAddresses bounds how many addresses are remembered: chosen, one megabyte.
// When there are more, those that have waited long enough are forgotten, or else
// all.
const mostAddresses = 10000

// tries counts wrong passwords by the address that they came from. The zero
// value has counted none.
type tries struct {
	mu   sync.Mutex
	from map[netip.Prefix]time.Time // when all tries are there again
}

// sender is the address that a request came from; of IPv6 the network that one
// reader has to itself.
func sender(r *http.Request) netip.Prefix {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Prefix{}
	}
	addr, bits := at.Addr().Unmap().WithZone(""), 32
	if addr.Is6() {
		bits = 64
	}
	p, _ := addr.Prefix(bits) // the bits fit the kind of address
	return p
}

// left reports whether a password from the sender of r may be looked at.
func (t *tries) left(r *http.Request) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Until(t.from[sender(r)]) <= (mostTries-1)*tryAgain
}

// wrong counts a wrong password.
func (t *tries) wrong(r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if len(t.from) >= mostAddresses {
		for p, at := range t.from {
			if at.Before(now) {
				delete(t.from, p)
			}
		}
		if len(t.from) >= mostAddresses {
			clear(t.from)
		}
	}
	if t.from == nil {
		t.from = map[netip.Prefix]time.Time{}
	}
	from, at := sender(r), now
	if full := t.from[from]; full.After(now) {
		at = full
	}
	t.from[from] = at.Add(tryAgain)
}
