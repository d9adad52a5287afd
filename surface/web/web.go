// Package web shows an archive in a browser, and as JSON.
//
// Every page is rendered on the server and works without scripts; one small
// script adds keys. A handler asks package answer, and the page's JSON twin (the
// same address with ".json") is that answer; the page shows it.
// routes.go lists all addresses; guard.go says who may ask, room.go how much
// answers may hold, server.go what connections may do. Nothing of a captured
// page is ever run or loaded: its text is shown as text, its pictures as links,
// its bytes behind a sandbox.
package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/store"
)

// An Archive is what these pages read. A record that is not there is
// dateline.ErrNotFound.
type Archive interface {
	answer.Evidence
	answer.Teller
	answer.Grouped
	// Revision names the state of what can be searched: as long as it is the
	// same, a query finds the same.
	Revision(ctx context.Context) (string, error)
	// Sources is the log of what is followed.
	Sources() store.Log[dateline.Source]
}

// Options say how the pages are served. The zero Options serve this machine
// without a password and log nothing.
type Options struct {
	// Hosts are the names under which the archive is asked for, besides those
	// of this machine (localhost, 127.0.0.1, ::1). A request that names another
	// host is refused, so that a page elsewhere cannot read the archive by
	// rebinding its own name to an address of the server.
	Hosts []string
	// Addresses takes every IP address for the name of a host, too: nobody can
	// rebind one. Set it when others than this machine can reach the server.
	Addresses bool
	// Password is what readers must give, with any user name (HTTP Basic
	// authentication); "" asks for none.
	Password string
	// Time is the most that one request may take; 0 means 10 s. What a page
	// lacks because of it, the page says.
	Time time.Duration
	// Memory is the number of bytes that answers on their way to readers may
	// hold together; 0 means 64 MiB. When it is used up, readers that have
	// stopped reading are cut off.
	Memory int64
	// Log is told about pages that could not be made; nil drops it.
	Log *slog.Logger
}

// site is the handler of all pages.
type site struct {
	archive Archive
	log     *slog.Logger
	bounds  answer.Bounds
	time    time.Duration // the most that one request may take
	room    *room
	turns   map[weight]chan struct{} // a place for each answer that may be made at a time
	static  *static
	pages   pages
	reading chan struct{} // holds one while a page is read anew, see why
}

// The bounds where none are given: what a reader waits for (Nielsen, Usability
// Engineering, 1993, 5.5: ten seconds keep the attention), and what answers on
// their way may hold.
const (
	answerTime = 10 * time.Second
	roomBytes  = 64 << 20
)

// New returns the handler of all pages over a.
func New(a Archive, o Options) http.Handler {
	s := &site{archive: a, log: o.Log, static: newStatic(), time: cmp.Or(o.Time, answerTime), reading: make(chan struct{}, 1)}
	s.room, s.turns = newRoom(cmp.Or(o.Memory, roomBytes)), newTurns()
	s.bounds.Time = s.time / 3 // an answer must also be written
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.pages = parsePages(s.static)
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, s.bounded(r))
	}
	return newGuard(http.NewCrossOriginProtection().Handler(withAddress(mux)), o)
}
