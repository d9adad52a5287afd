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
//	keep.go      pages one by one, as they are fetched
//	add.go       pages → captures: WARC records, then the log, a batch at a time
//	fresh.go     bodies of pages on their way from there to the first stage
//	stages.go    captures → articles → findings and groups → index; running a stage again
//	group.go     articles → groups: the one stage that remembers the articles before
//	page.go      one page read and understood, even if it makes the reading code panic
//	record.go    a capture → the evidence for it, as received
//	index.go     the index opened, or made where there is none; lasting.go makes it
//	             again when its file is taken away meanwhile
//	engines.go   the same over NATS and OpenSearch in place of files
//	verify.go    whether all is as it should be, a step at a time: verifyfiles.go holds
//	             the WARC files against the log, verifylogs.go the logs and the index
//	             against each other; flaw.go says what is wrong
//	repair.go    what can be made again is made again
//	backup.go    a copy that grows with the archive; restore.go makes an archive of it
//	seal.go      manifests of the digests of all records, a day each, chained and signed;
//	             manifest.go reads and checks one, stamp.go has one stamped by others,
//	             verifyseals.go holds them against the files
//	proof.go     what is proved of one capture
//	measure.go   how large it is, how far the stages lag behind
//	sql.go       queries in SQL over the views of the database
//	decide.go    what users have said of stories and reports, applied to the groups
//	correct.go   what users have set right in articles, applied to what the stages make
//	news.go      what came in behind a position, for alerts
//	mark.go      how far somebody else has read something
//	read.go      what can be asked: search, look-ups by key, address, payload
//
// What is stored is never lost: a capture is put into its log only after its
// bytes are on stable storage, and captures never change. Articles, findings, groups
// and the index can be made again from them. What users have said cannot, and is only
// in the database: their decisions and corrections, the sources that they follow, and
// their alerts with what was told.
package archive

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"sync"
	"sync/atomic"

	"dateline"
	"dateline/extract"
	"dateline/index"
	"dateline/internal/disk"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/understand"
	"dateline/warc"
)

// An Archive is an open archive. Its methods may be called from many
// goroutines; Add, Run and Rebuild one at a time.
type Archive struct {
	parts       Parts
	maxBytes    int64
	found       takenUp // by Open, for Add to tell
	fresh       fresh   // pages that Add has taken and the stages have not
	grouping    grouping
	sealing     sealing                     // when the last manifest was made
	dir         string                      // it was opened in; "" if it was made of parts
	options     Options                     // by which it was opened
	aside       bool                        // it holds no lock, see Options.Aside
	running     sync.Mutex                  // held by the run of the stages
	corrections atomic.Pointer[corrections] // as of the last run
}

// Parts are what an archive is made of. An archive that is spread over several
// machines has the same parts, given by others.
type Parts struct {
	Files     *warc.Files                  // the raw captures
	Captures  store.Log[dateline.Capture]  // what was received, see [dateline.Capture]
	Articles  store.Log[dateline.Article]  // what extract made of the captures
	Findings  store.Log[dateline.Findings] // what understand found in the articles
	Groups    store.Log[dateline.Group]    // what belongs together: copies, events, stories; nil keeps them in memory
	Decisions store.Log[dateline.Decision] // what users say of speakers
	Sources   store.Log[dateline.Source]   // what is followed
	Leads     store.Log[dateline.Lead]     // addresses of articles that sources have named
	Seals     store.Log[dateline.Seal]     // where the manifests of digests stand; nil keeps them in memory
	// Corrections are what users have set right, Alerts the searches that they keep, and
	// Notices what these tell; nil keeps them in memory.
	Corrections store.Log[dateline.Correction]
	Alerts      store.Log[dateline.Alert]
	Notices     store.Log[dateline.Notice]
	Cursors     store.Cursors // how far each stage has come, but for the stage index: its cursor is kept by Index
	Lookup      store.Lookup  // finds records by other things than their keys
	Index       Index         // answers queries
	// MaxBytes is the most that one page may have once decompressed; 0 means
	// 64 MiB. What lies beyond is not read.
	MaxBytes int64
	// Extract and Understand make the article of a page and the findings of an
	// article; nil means extract.Capture and understand.Findings. They depend
	// on nothing but what they are given, and may panic: then that one page is
	// passed over.
	Extract    func(c *dateline.Capture, body []byte) *dateline.Article
	Understand func(*dateline.Article) *dateline.Findings
	// Key signs the manifests of digests; nil leaves them unsigned.
	Key ed25519.PrivateKey
	// Check yields what is wrong with the structure of what the logs stand on,
	// a sentence each; nil if nothing is known of that. The sequence ends after
	// its first error.
	Check func(ctx context.Context) iter.Seq2[string, error]
	// Altered returns the pages, numbered from 1, of what the logs stand on that are not as
	// they were written, and the size of a page in bytes; known is false if nothing tells. nil
	// if that is never known.
	Altered func(ctx context.Context) (pages []int64, size int64, known bool, err error)
	// Close closes what the parts stand on, in the order given.
	Close []func() error
}

// An Index is what answers queries, and can be made anew while it does.
type Index interface {
	index.Index
	// Rebuild makes the index anew beside the one in use and puts it in its
	// place; if fill fails, the index is as it was.
	Rebuild(ctx context.Context, fill index.Fill) error
	// Held yields the articles that a query can find, behind after and in the
	// order of their IDs. The sequence ends after its first error.
	Held(ctx context.Context, after dateline.ArticleID) iter.Seq2[index.Entry, error]
	// Compare yields the articles of which the index holds something else than
	// they give now: get returns the article that a capture shows, and its
	// findings, or no article if that is not known. The sequence ends after its
	// first error.
	Compare(ctx context.Context, get func(dateline.CaptureID) (index.Doc, error)) iter.Seq2[index.Entry, error]
	// Check yields what is wrong with the structure of the index, a sentence
	// each. The sequence ends after its first error.
	Check(ctx context.Context) iter.Seq2[string, error]
}

// Options say how an archive is opened. The zero Options open it for reading
// and writing, and make it if it does not exist.
type Options struct {
	// ReadOnly never writes; another process may be writing meanwhile.
	ReadOnly bool
	// Aside writes nothing but what users say: decisions, corrections, sources, alerts and
	// what these tell. Another process may hold the archive for writing meanwhile, and
	// adding to it is not possible, nor are the stages run; see [Archive.Settle]. It
	// implies Existing.
	Aside bool
	// Existing does not make an archive where there is none: that is
	// [ErrNone]. ReadOnly implies it.
	Existing bool
	// MaxBytes is the most that one page may have once decompressed; 0 means
	// 64 MiB. What lies beyond is not read.
	MaxBytes int64
	// Software is what WARC files name as the program that wrote them; ""
	// means "dateline".
	Software string
	// Key signs the manifests of digests that are made each day, see [Archive.Seal]; nil
	// leaves them unsigned.
	Key ed25519.PrivateKey
	// FS is where the archive is; nil means the file system of the operating
	// system. Any other must be one that SQLite knows, see package diskvfs.
	FS disk.FS
	// Engines say where logs and index are, if they are in no files of the folder; nil
	// means that they are there.
	Engines *Engines
	// Notice is told, in a sentence without its full stop, what takes a while
	// before the archive is open: an older archive is brought to today's form,
	// an index that is missing is made. It is also told when the index is taken
	// away and made again later. Done is told how many pages have reached
	// that index before the archive is open, a batch at a time. Both may be nil.
	Notice func(text string)
	Done   func(n int)
}

// ErrNone reports that a folder holds no archive.
var ErrNone = errors.New("there is no archive")

// ErrDamaged reports an archive whose database is so damaged that it cannot be
// opened. [Repair] can make it again.
var ErrDamaged = errors.New("the database of the archive is damaged")

// Where the parts of an archive are, relative to its folder.
const (
	databaseFile = "archive.db"
	indexFile    = "index.db"
	warcFolder   = "warc"
)

// Open opens the archive in the folder dir: WARC files, an SQLite database for
// the logs, and one for the index. If there is no index it is made from the
// logs; where the folder cannot be written to, it is made in a temporary folder. One
// process at a time can hold an archive for writing; for others the error is
// [warc.ErrLocked]. Many can read it meanwhile. A folder without an archive is
// [ErrNone] if o.ReadOnly or o.Existing is set, and a database that is too damaged to
// be opened is [ErrDamaged].
func Open(ctx context.Context, dir string, o Options) (*Archive, error) {
	a, err := open(ctx, dir, o)
	return a, disk.Explain(err)
}

func open(ctx context.Context, dir string, o Options) (*Archive, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	if o.Engines != nil {
		return openEngines(ctx, dir, o)
	}
	database := filepath.Join(dir, databaseFile)
	reads := o // how files and index are opened
	reads.ReadOnly = o.ReadOnly || o.Aside
	if o.ReadOnly || o.Existing || o.Aside {
		if _, err := o.FS.Stat(database); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w in %s", ErrNone, dir)
		}
	}
	if !reads.ReadOnly {
		if err := disk.MakeFolder(o.FS, dir); err != nil {
			return nil, err
		}
	}
	// The files come first when writing: their lock is that of the archive.
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: reads.ReadOnly, Software: o.Software, FS: o.FS})
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, database, sqlite.Options{ReadOnly: o.ReadOnly, FS: o.FS, Migrating: func(from, to int) {
		o.Notice(fmt.Sprintf("the archive is brought from version %d to version %d", from, to))
	}})
	switch records := holdsRecords(files); {
	case sqlite.Damaged(err), err != nil && records && (sqlite.Unusable(err) || sqlite.Empty(err)):
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite.Empty(err):
		err = fmt.Errorf("%w in %s: %w", ErrNone, dir, err)
	}
	if err != nil {
		return nil, errors.Join(err, files.Close())
	}
	p := partsOf(files, db, o)
	p.Check, p.Altered = db.Check, db.Altered
	x, closers, err := openIndex(ctx, filepath.Join(dir, indexFile), p, reads)
	if err != nil {
		return nil, errors.Join(err, db.Close(), files.Close())
	}
	p.Index, p.Close = x, append(closers, db.Close, files.Close)
	a := New(p)
	a.dir, a.options, a.aside = dir, o, o.Aside
	if !reads.ReadOnly {
		if err := a.takeUp(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// holdsRecords reports whether there are WARC files of this program.
func holdsRecords(files *warc.Files) bool {
	names, err := files.Names()
	return err == nil && len(names) > 0
}

// Of a page that was stored so many bytes are looked at, however few are now: it was
// within the bound that held then. Both numbers are set by eye: hardly a page of news
// has a hundredth of the first.
const (
	mostBytes = 64 << 20
	mostEver  = 4 * mostBytes
)

// A logs has all that an archive keeps in logs.
type logs interface {
	Captures() store.Log[dateline.Capture]
	Articles() store.Log[dateline.Article]
	Findings() store.Log[dateline.Findings]
	Groups() store.Log[dateline.Group]
	Decisions() store.Log[dateline.Decision]
	Sources() store.Log[dateline.Source]
	Leads() store.Log[dateline.Lead]
	Seals() store.Log[dateline.Seal]
	Corrections() store.Log[dateline.Correction]
	Alerts() store.Log[dateline.Alert]
	Notices() store.Log[dateline.Notice]
	store.Cursors
	store.Lookup
}

// partsOf returns the parts of an archive but for its index.
func partsOf(files *warc.Files, db logs, o Options) Parts {
	return Parts{
		Files: files, Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Groups: db.Groups(), Decisions: db.Decisions(), Sources: db.Sources(), Leads: db.Leads(), Seals: db.Seals(),
		Corrections: db.Corrections(), Alerts: db.Alerts(), Notices: db.Notices(),
		Cursors: db, Lookup: db, MaxBytes: o.MaxBytes, Key: o.Key,
	}
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
	if p.Groups == nil {
		p.Groups = store.NewMemory(func(g dateline.Group) string { return string(g.Article) })
	}
	if p.Seals == nil {
		p.Seals = store.NewMemory(func(s dateline.Seal) string { return s.Key() })
	}
	if p.Corrections == nil {
		p.Corrections = store.NewMemory(func(c dateline.Correction) string { return c.Key() })
	}
	if p.Alerts == nil {
		p.Alerts = store.NewMemory(func(a dateline.Alert) string { return a.Name })
	}
	if p.Notices == nil {
		p.Notices = store.NewMemory(func(n dateline.Notice) string { return n.ID })
	}
	return &Archive{parts: p, maxBytes: cmp.Or(p.MaxBytes, mostBytes)}
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
