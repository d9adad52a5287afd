// Package archive is one archive as one thing: the raw captures in WARC files,
// the logs of what is known of them, and the index that answers queries. A
// command, a server, a follower, a worker and a test open it and use it.
//
//	a, err := archive.Open(ctx, dir, archive.Options{})
//	…
//	defer a.Close()
//	n, err := a.Add(ctx, acquire.Inputs(acquire.Options{}, "crawl.warc.gz"), archive.AddOptions{})
//	for hit, err := range a.Search(ctx, q, index.Options{Limit: 10}) { … }
//
// The files, in the order in which a page meets them:
//
//	archive.go   an Archive and its parts; Open, New, Close
//	takeup.go    what a killed process or a broken disk has left in the WARC files
//	add.go       pages → captures: WARC records, then the log, a batch at a time
//	stages.go    captures → articles → findings → index; running a stage again
//	page.go      one page read and understood, whatever it holds
//	record.go    a capture → the evidence for it, as received
//	read.go      what can be asked: search, look-ups by key, address, payload
//
// What is stored is never lost: a capture is put into its log only after its
// bytes are on stable storage, captures never change, and everything else can
// be made again from them.
package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"dateline"
	"dateline/extract"
	"dateline/index"
	"dateline/query"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/understand"
	"dateline/warc"
)

// An Archive is an open archive. Its methods may be called from many
// goroutines; Add, Run and Rebuild one at a time.
type Archive struct {
	parts    Parts
	maxBytes int64
	found    takenUp // by Open, for Add to tell
}

// Parts are what an archive is made of. An archive that is spread over several
// machines has the same parts, given by others.
type Parts struct {
	Files     *warc.Files // the raw captures
	Captures  store.Log[dateline.Capture]
	Articles  store.Log[dateline.Article]
	Findings  store.Log[dateline.Findings]
	Decisions store.Log[dateline.Decision]
	Cursors   store.Cursors // how far each stage has come
	Lookup    Lookup
	Index     Index
	// MaxBytes is the most that one page may have once decompressed; 0 means
	// 64 MiB. What lies beyond is not read.
	MaxBytes int64
	// Extract and Understand make the article of a page and the findings of an
	// article; nil means extract.Capture and understand.Findings. They depend
	// on nothing but what they are given, and may panic: then that one page is
	// passed over.
	Extract    func(c *dateline.Capture, body []byte) *dateline.Article
	Understand func(*dateline.Article) *dateline.Findings
	// Close closes what the parts stand on, in the order given.
	Close []func() error
}

// A Lookup finds records by something else than their key. What is not there
// is dateline.ErrNotFound.
type Lookup interface {
	// Find returns the article that ref names: its address, as requested or
	// canonical, its ID, or the ID of one of its captures.
	Find(ctx context.Context, ref string) (*dateline.Article, error)
	// Article returns the newest version of an article, or the newest one that
	// is no page to be skipped if there is one.
	Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error)
	// Versions returns all versions of an article, the oldest first.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
	// CaptureByPayload returns the first capture that holds the payload with
	// the given digest, never a revisit.
	CaptureByPayload(ctx context.Context, digest string) (*dateline.Capture, error)
	// CaptureAt returns the capture of the address at the given time, to the
	// second; of several the one that holds its payload.
	CaptureAt(ctx context.Context, url string, at time.Time) (*dateline.Capture, error)
	// LastOffset returns where the last record that a capture names stands in
	// a WARC file, named as captures do; -1 if there is none in that file.
	LastOffset(ctx context.Context, file string) (int64, error)
}

// An Index is what answers queries, and can be emptied to be filled again.
type Index interface {
	Add(ctx context.Context, docs ...index.Doc) error
	Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error]
	Facets(ctx context.Context, q query.Query) (index.Facets, error)
	// ResetIndex drops all that Add has been given.
	ResetIndex(ctx context.Context) error
}

// Options say how an archive is opened. The zero Options open it for reading
// and writing, and make it if it does not exist.
type Options struct {
	// ReadOnly never writes; another process may be writing meanwhile.
	ReadOnly bool
	// Existing does not make an archive where there is none: that is
	// [ErrNone]. ReadOnly implies it.
	Existing bool
	// MaxBytes is the most that one page may have once decompressed; 0 means
	// 64 MiB. What lies beyond is not read.
	MaxBytes int64
	// Software is what WARC files name as the program that wrote them; ""
	// means "dateline".
	Software string
}

// ErrNone reports that a folder holds no archive.
var ErrNone = errors.New("there is no archive")

// Where the parts of an archive are, relative to its folder.
const (
	databaseFile = "archive.db"
	warcFolder   = "warc"
)

// Open opens the archive in the folder dir: WARC files, and one SQLite
// database for the logs and the index. One process at a time can hold an
// archive for writing (warc.ErrLocked); many can read it meanwhile.
func Open(ctx context.Context, dir string, o Options) (*Archive, error) {
	database := filepath.Join(dir, databaseFile)
	if o.ReadOnly || o.Existing {
		if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w in %s", ErrNone, dir)
		}
	}
	if !o.ReadOnly {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	// The files come first when writing: their lock is that of the archive.
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: o.ReadOnly, Software: o.Software})
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, database, sqlite.Options{ReadOnly: o.ReadOnly})
	if err != nil {
		return nil, errors.Join(err, files.Close())
	}
	a := New(Parts{
		Files: files, Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Decisions: db.Decisions(),
		Cursors: db, Lookup: db, Index: db, MaxBytes: o.MaxBytes, Close: []func() error{db.Close, files.Close},
	})
	if !o.ReadOnly {
		if err := a.takeUp(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// New returns the archive that is made of the given parts. It holds them until
// [Archive.Close].
func New(p Parts) *Archive {
	if p.Extract == nil {
		p.Extract = extract.Capture
	}
	if p.Understand == nil {
		p.Understand = understand.Findings
	}
	return &Archive{parts: p, maxBytes: cmp.Or(p.MaxBytes, 64<<20)}
}

// Close closes what the archive stands on. It waits for calls that are under
// way.
func (a *Archive) Close() error {
	var errs []error
	for _, f := range a.parts.Close {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}
