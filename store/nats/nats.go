// Package nats keeps the logs of an archive in NATS JetStream, so that processes on many
// machines write and read them.
//
//	nats.go    opening, the logs and cursors by name
//	log.go     a log: one stream, in which each key is a subject
//	read.go    messages of a stream, many with one request
//	batch.go   messages written together, all or none
//	refs.go    what leads from other things than keys to records
//	lookup.go  look-ups by these
//	lease.go   what one process at a time has, such as the right to add
//
// A log NAME-captures is a stream that keeps one message for each subject, so that a
// record which is put again moves to the end, as the contract of package store wants.
// The position of a record is the sequence number of its message. References are
// messages in a stream of their own, NAME-refs. They are written before the record that
// they lead to: one that leads nowhere, since a process was killed between, does no harm,
// as every look-up checks what the record says.
//
// Put is all or none for at most [MostAtOnce] records; more are put so many at a time.
// A message is acknowledged when the server has it. Whether it then is on stable storage
// is a setting of the server: sync_interval: always, or three replicas on machines that
// do not fail together.
//
// Of several servers any may answer what is read, also one that lags some milliseconds
// behind. Get and the look-ups therefore ask the one that leads before they say that
// there is no such record; After shows a record when that server has it.
//
// The server holds every subject in memory. That, and not the disk, is what bounds such
// a log.
package nats

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"dateline"
	"dateline/store"
)

// Options say where the logs are.
type Options struct {
	// URL is that of a server or of several, separated by commas, with a name and a
	// password or a token if they ask for them (nats://user:secret@queue.example:4222).
	URL string
	// Credentials is a file with what a user is known by (JWT and key); "" means none.
	Credentials string
	// Name begins the names of the streams: small letters, digits and "-", a letter
	// first; "" means "dateline".
	Name string
	// Replicas is how many servers keep each message: 1, 3 or 5; 0 means 1. It counts
	// when a stream is made.
	Replicas int
	// Existing makes no streams where there are none: that is [ErrNone].
	Existing bool
}

// ErrNone reports that a server has no logs of the name.
var ErrNone = errors.New("there are no logs")

// A DB is an open set of logs. Its methods may be called from many goroutines.
type DB struct {
	nc     *natsgo.Conn
	js     jetstream.JetStream
	o      Options
	refs   *stream
	leases *stream

	captures    *log[dateline.Capture]
	articles    *log[dateline.Article]
	findings    *log[dateline.Findings]
	groups      *log[dateline.Group]
	decisions   *log[dateline.Decision]
	sources     *log[dateline.Source]
	leads       *log[dateline.Lead]
	seals       *log[dateline.Seal]
	corrections *log[dateline.Correction]
	alerts      *log[dateline.Alert]
	notices     *log[dateline.Notice]
	cursors     *log[cursor]
}

// A stream is one of the streams of a DB.
type stream struct {
	db     *DB
	name   string // "dateline-captures"
	prefix string // of its subjects, with a point at the end: "dateline.captures."
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

// connectIn is how long it may take to find a server.
const connectIn = 10 * time.Second

// Open connects to the server and opens the logs; unless o.Existing is set it makes those
// that are not there. When the connection is lost it is made again; what is asked
// meanwhile waits for its context.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Name == "" {
		o.Name = "dateline"
	}
	if !nameForm.MatchString(o.Name) {
		return nil, fmt.Errorf("%q is no name of logs: small letters, digits and \"-\", a letter first", o.Name)
	}
	if o.Replicas == 0 {
		o.Replicas = 1
	}
	settings := []natsgo.Option{natsgo.Name("dateline"), natsgo.Timeout(connectIn), natsgo.MaxReconnects(-1), natsgo.ReconnectWait(500 * time.Millisecond)}
	if o.Credentials != "" {
		settings = append(settings, natsgo.UserCredentials(o.Credentials))
	}
	nc, err := natsgo.Connect(o.URL, settings...)
	if err != nil {
		return nil, fmt.Errorf("NATS: %w", err)
	}
	db := &DB{nc: nc, o: o}
	if err := db.open(ctx); err != nil {
		nc.Close()
		return nil, err
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) (err error) {
	if db.js, err = jetstream.New(db.nc); err != nil {
		return err
	}
	if db.refs, err = db.stream(ctx, "refs"); err != nil {
		return err
	}
	if db.leases, err = db.stream(ctx, "leases"); err != nil {
		return err
	}
	db.captures, err = newLog(ctx, db, "captures", func(c *dateline.Capture) string { return string(c.ID) }, captureRefs, err)
	db.articles, err = newLog(ctx, db, "articles", func(a *dateline.Article) string { return string(a.Capture) }, articleRefs, err)
	db.findings, err = newLog(ctx, db, "findings", func(f *dateline.Findings) string { return string(f.Capture) }, nil, err)
	db.groups, err = newLog(ctx, db, "groups", func(g *dateline.Group) string { return string(g.Article) }, groupRefs, err)
	db.decisions, err = newLog(ctx, db, "decisions", (*dateline.Decision).Key, nil, err)
	db.sources, err = newLog(ctx, db, "sources", func(s *dateline.Source) string { return s.URL }, nil, err)
	db.leads, err = newLog(ctx, db, "leads", func(l *dateline.Lead) string { return l.URL }, nil, err)
	db.seals, err = newLog(ctx, db, "seals", (*dateline.Seal).Key, nil, err)
	db.corrections, err = newLog(ctx, db, "corrections", (*dateline.Correction).Key, nil, err)
	db.alerts, err = newLog(ctx, db, "alerts", func(a *dateline.Alert) string { return a.Name }, nil, err)
	db.notices, err = newLog(ctx, db, "notices", func(n *dateline.Notice) string { return n.ID }, nil, err)
	db.cursors, err = newLog(ctx, db, "cursors", func(c *cursor) string { return c.Name }, nil, err)
	return err
}

// stream opens a stream, and makes it if it is not there.
func (db *DB) stream(ctx context.Context, name string) (*stream, error) {
	s := &stream{db: db, name: db.o.Name + "-" + name, prefix: db.o.Name + "." + name + "."}
	_, err := db.js.Stream(ctx, s.name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if db.o.Existing {
			return nil, fmt.Errorf("%w called %s", ErrNone, db.o.Name)
		}
		_, err = db.js.CreateStream(ctx, jetstream.StreamConfig{
			Name: s.name, Subjects: []string{s.prefix + ">"}, Replicas: db.o.Replicas, Storage: jetstream.FileStorage,
			MaxMsgsPerSubject: 1, AllowDirect: true, AllowAtomicPublish: true, AllowMsgTTL: true,
		})
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another process was faster
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("NATS: stream %s: %w", s.name, err)
	}
	return s, nil
}

// Close closes the connection. What is under way ends with an error.
func (db *DB) Close() error {
	db.nc.Close()
	return nil
}

// Remove removes the logs with all records.
func (db *DB) Remove(ctx context.Context) error {
	var errs []error
	for _, name := range []string{"refs", "leases", "captures", "articles", "findings", "groups", "decisions", "sources", "leads", "seals", "corrections", "alerts", "notices", "cursors"} {
		if err := db.js.DeleteStream(ctx, db.o.Name+"-"+name); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Captures is the log of captures; the key is Capture.ID.
func (db *DB) Captures() store.Log[dateline.Capture] { return db.captures }

// Articles is the log of articles; the key is Article.Capture.
func (db *DB) Articles() store.Log[dateline.Article] { return db.articles }

// Findings is the log of findings; the key is Findings.Capture.
func (db *DB) Findings() store.Log[dateline.Findings] { return db.findings }

// Groups is the log of what belongs together; the key is Group.Article.
func (db *DB) Groups() store.Log[dateline.Group] { return db.groups }

// Decisions is the log of what users have decided about speakers; the key is
// Decision.Key.
func (db *DB) Decisions() store.Log[dateline.Decision] { return db.decisions }

// Sources is the log of the sources that are followed; the key is Source.URL.
func (db *DB) Sources() store.Log[dateline.Source] { return db.sources }

// Leads is the log of the addresses that sources have named; the key is Lead.URL.
func (db *DB) Leads() store.Log[dateline.Lead] { return db.leads }

// Seals is the log of the manifests of digests; the key is Seal.Key.
func (db *DB) Seals() store.Log[dateline.Seal] { return db.seals }

// Corrections is the log of what users have set right; the key is Correction.Key.
func (db *DB) Corrections() store.Log[dateline.Correction] { return db.corrections }

// Alerts is the log of the searches that users keep; the key is Alert.Name.
func (db *DB) Alerts() store.Log[dateline.Alert] { return db.alerts }

// Notices is the log of what alerts tell; the key is Notice.ID.
func (db *DB) Notices() store.Log[dateline.Notice] { return db.notices }

// A cursor is how far a stage has read a log.
type cursor struct {
	Name string `json:"name"`
	Seq  int64  `json:"seq"`
}

// Cursor implements store.Cursors.
func (db *DB) Cursor(ctx context.Context, name string) (int64, error) {
	c, err := db.cursors.Get(ctx, name)
	if errors.Is(err, dateline.ErrNotFound) {
		return 0, nil
	}
	return c.Seq, err
}

// SetCursor implements store.Cursors.
func (db *DB) SetCursor(ctx context.Context, name string, seq int64) error {
	if err := db.cursors.Put(ctx, cursor{name, seq}); err != nil {
		return fmt.Errorf("cursor %s at %s: %w", name, strconv.FormatInt(seq, 10), err)
	}
	return nil
}
