package web

import (
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// mostTries is the number of wrong passwords that may come from one address at once.
// Each comes back after a further tryAgain; while none is left, no password from there
// is looked at. In the long run that is one guess each tryAgain, too few to find even
// the shortest password that the command accepts, of twelve characters.
const (
	mostTries = 10
	tryAgain  = 6 * time.Second
)

// mostAddresses is the number of addresses that are remembered, which take about one
// megabyte; the number is chosen. When there would be more, those that have all their
// tries again are forgotten, and if there are none, all.
const mostAddresses = 10000

// tries counts wrong passwords by the address that they came from. The zero
// value has counted none.
type tries struct {
	mu   sync.Mutex
	from map[netip.Prefix]time.Time // by address: when it has all its tries again
}

// sender returns the address that a request came from. For IPv6 it is the network of
// 64 bits, since one reader commonly has all addresses of it.
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
