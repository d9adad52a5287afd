// Package web shows an archive in a browser, and as JSON.
//
// Every page is rendered on the server and works without scripts; one small script
// adds keys. A handler asks package answer for an answer. The page shows that answer,
// and the JSON twin of the page (the same address with ".json" behind it) is that
// answer. Nothing of a captured page is ever run, and nothing that it refers to is
// loaded: its text is shown as text, its pictures as links, and the page itself only
// behind a sandbox.
//
// What serves the pages:
//
//	web.go       the handler of the site and its options
//	routes.go    all addresses, and how a page, its twin and an error are written
//	api.go       twins for programs: lists in parts, as lines and as CSV
//	openapi.go   what programs can ask, described by OpenAPI
//	guard.go     who may ask: names of the host, and the password
//	login.go     accounts: logins of browsers, tokens of programs
//	watch.go     whether all is well, and numbers of it, for programs that watch servers
//	tries.go     how many wrong passwords may come from one address
//	room.go      how many answers are made at a time, and the memory that they hold
//	server.go    how many connections are open, and for how long
//	kept.go      a page that is made anew only when the index has changed
//	static.go    style, script and icon
//	show.go      the templates, and how they write numbers, dates and names
//	settle.go    texts of captured pages made harmless for the page around them
//	address.go   addresses of pages
//
// The pages:
//
//	home.go      the first page
//	search.go    a search and its hits
//	facet.go     what a search can be narrowed by, and the chart of its hits in time
//	timeline.go  what the hits of a search tell of single days
//	exchanges.go requests that they tell of, with the replies
//	calendar.go  the hits of a search by day and month
//	article.go   an article, its versions and the fields of its record
//	passages.go  the text of an article cut at statements
//	dates.go     the text of an article cut at dates, and what they mean
//	finds.go     dates and names found in an article
//	long.go      where a very long text is cut
//	statement.go a statement as pages show it
//	why.go       why an article was read as it was
//	diff.go      what changed between two versions, and the changes of many articles
//	story.go     articles about the same events
//	speaker.go   what a speaker has said
//	thing.go     everything about a person, an organisation, a place
//	cite.go      the citation of a statement
//	export.go    a list as a file for other programs
//	capture.go   a capture: the evidence for an article
//	memento.go   captures for programs that ask web archives (RFC 7089)
//	sources.go   what is followed
//	alerts.go    searches that are kept, and their feeds
//	edit.go      forms: what readers decide
//	help.go      the query language and the keys
package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"dateline"
	"dateline/account"
	"dateline/answer"
	"dateline/store"
	"dateline/surface/export"
)

// An Archive is what these pages are read from. For a record that does not exist, its
// methods return dateline.ErrNotFound.
type Archive interface {
	answer.Evidence
	answer.Teller
	answer.Grouped
	export.Archive
	// Revision names the state of the index: as long as it is the same, a query finds
	// the same.
	Revision(ctx context.Context) (string, error)
	// Sources is the log of the sources that the archive follows.
	Sources() store.Log[dateline.Source]
	answer.Alerted
	answer.Decided
}

// Options say how the pages are served. The zero Options serve requests to this
// machine by its own names, without a password, and log nothing.
type Options struct {
	// Hosts are the names under which the archive is asked for, besides those
	// of this machine (localhost, 127.0.0.1, ::1). A request that names another
	// host is refused, so that a page elsewhere cannot read the archive by
	// rebinding its own name to an address of the server.
	Hosts []string
	// Addresses lets requests name any IP address as their host, too, which is safe
	// because no page elsewhere can rebind one. Set it when other machines can reach
	// the server.
	Addresses bool
	// Accounts are who may use the archive: whoever asks has to be one of them, by a login
	// in the browser or a token. nil goes by Password alone.
	Accounts *account.Accounts
	// Secure is set where readers reach the server over HTTPS only: then cookies are sent
	// over nothing else.
	Secure bool
	// Origins are the pages elsewhere, such as https://tool.example, whose scripts may
	// read the JSON twins (CORS); none are let by default.
	Origins []string
	// Password is what readers must give, with any user name (HTTP Basic
	// authentication); "" asks for none.
	Password string
	// Time is the most that one request may take; 0 means 10 s. A page that is
	// incomplete because its time was up says so.
	Time time.Duration
	// Memory is the number of bytes that the answers which are being sent to readers
	// may hold together; 0 means 64 MiB. When it is used up, readers that have stopped
	// reading are cut off.
	Memory int64
	// Log is told about pages that could not be made; nil drops it.
	Log *slog.Logger
	// Version is the version of the program, as /openapi.json tells it; "" means "devel".
	Version string
	// Editor does what readers decide by forms; nil shows no forms. With Accounts they need
	// the role edit.
	Editor Editor
	// User is the name under which it is noted who decided, where there are no accounts.
	User string
	// MCP answers POST /mcp: package mcp over HTTP. nil means that nothing is there.
	MCP http.Handler
}

// site is the handler of all pages.
type site struct {
	archive Archive
	log     *slog.Logger
	bounds  answer.Bounds // what the longer answers may take
	time    time.Duration // the most that one request may take
	room    *room
	turns   map[weight]chan struct{} // by weight: as many places as answers that may be made at a time
	static  *static
	pages   pages
	exports chan struct{} // as many places as exports that may be written at a time
	version string        // of the program
	reading chan struct{} // full while a captured page is read anew, see readAnew
	mcp     http.Handler  // nil if there is none
	editor  Editor        // nil if nothing can be decided here
	user    string        // who decides where there are no accounts

	meter meter
	doors *guard // who may ask

	description []byte // of what programs can ask, see openapi.go
}

// The bounds where Options give none: the time after which a waiting reader turns to
// something else (Nielsen, Usability Engineering, 1993, 5.5: ten seconds), and the
// memory of answers that are being sent.
const (
	answerTime = 10 * time.Second
	roomBytes  = 64 << 20
)

// New returns the handler of all pages over a.
func New(a Archive, o Options) http.Handler {
	s := &site{archive: a, log: o.Log, static: newStatic(), time: cmp.Or(o.Time, answerTime), reading: make(chan struct{}, 1), exports: make(chan struct{}, exportsAtOnce), version: cmp.Or(o.Version, "devel"), mcp: o.MCP, editor: o.Editor, user: o.User}
	s.room, s.turns = newRoom(cmp.Or(o.Memory, roomBytes)), newTurns()
	s.bounds.Time = s.time / 3 // the rest of the time is for writing the answer
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.pages = parsePages(s.static)
	var err error
	if s.description, err = newDescription(s.routes(), cmp.Or(o.Version, "devel")); err != nil {
		panic(fmt.Sprintf("description of the routes: %v", err)) // Unreachable: a test makes it.
	}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, s.bounded(r))
	}
	s.doors = newGuard(http.NewCrossOriginProtection().Handler(withAddress(mux)), o)
	return s.doors
}
