package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"time"

	"dateline"
	index "dateline/index/sqlite"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
	"dateline/pipeline"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/warc"
)

// Repaired is what [Repair] did.
type Repaired struct {
	// Damaged is the name of the file that archive.db was put aside as, since
	// it was made again; "" if it was sound.
	Damaged  string   `json:"damaged,omitempty"`
	Lost     []string `json:"lost,omitempty"` // rows of it that could not be made again, a sentence each that names log, position and key
	Captures int      `json:"captures"`       // taken from WARC records into the log
	Articles int      `json:"articles"`       // made again
	Findings int      `json:"findings"`       // made again
	Groups   int      `json:"groups"`         // made again
	Index    bool     `json:"index"`          // made again

	rows []sqlite.LostRow // of the damaged database; which of them are made again is not known yet
}

// String tells in a line what was done.
func (r Repaired) String() string {
	s := fmt.Sprintf("%d captures taken from WARC records, %d articles, %d findings and %d groups made again", r.Captures, r.Articles, r.Findings, r.Groups)
	if r.Damaged != "" {
		s = "archive.db made again, the damaged one is " + r.Damaged + "; " + s
	}
	if r.Index {
		s += ", the index made again"
	}
	return s
}

// Repair makes again what can be made again in the archive in the folder dir,
// whatever [Archive.Verify] finds there: a damaged or missing database, from
// its sound rows and the WARC files; captures of records that the log does not
// name; articles, findings, groups and the index. It changes no WARC file but for what
// opening an archive does, and keeps the damaged database under another name. What
// cannot be made again is told: Verify finds the captures whose bytes are lost, and
// Repaired.Lost names each row that is not there any more: of decisions, corrections, sources,
// leads, alerts and notices every damaged one, of the other logs those that nothing sound was left of.
//
// Interrupted or killed it leaves the archive as it was or mended in part, and
// can be called again.
func Repair(ctx context.Context, dir string, o Options, run RunOptions) (Repaired, error) {
	var did Repaired
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if !present(o.FS, dir) {
		return did, fmt.Errorf("%w in %s", ErrNone, dir)
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	if err := did.database(ctx, dir, o); err != nil {
		return did, disk.Explain(err)
	}
	if err := asideForeign(ctx, dir, o); err != nil {
		return did, disk.Explain(err)
	}
	// What is left of changed bytes stands where nothing is read: it counts as sound from now on.
	for _, name := range []string{databaseFile, indexFile} {
		if err := sqlfile.ForgetSums(o.FS, filepath.Join(dir, name)); err != nil {
			return did, disk.Explain(err)
		}
	}
	o.ReadOnly, o.Existing = false, false
	a, err := Open(ctx, dir, o)
	if err != nil {
		return did, err
	}
	err = did.mend(ctx, a, run)
	if err == nil {
		err = did.tellLost(ctx, a)
	}
	return did, errors.Join(err, a.Close())
}

// present reports whether a folder holds an archive, or what is left of one.
func present(fsys disk.FS, dir string) bool {
	if _, err := fsys.Stat(filepath.Join(dir, databaseFile)); err == nil {
		return true
	}
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: true, FS: fsys})
	if err != nil {
		return false
	}
	return holdsRecords(files)
}

// database makes archive.db again if it is damaged.
func (r *Repaired) database(ctx context.Context, dir string, o Options) error {
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{FS: o.FS}) // for its lock
	if err != nil {
		return err
	}
	defer files.Close()
	name := filepath.Join(dir, databaseFile)
	if names, err := files.Names(); err != nil || len(names) == 0 {
		return err // nothing says that what stands there is a database of this program
	}
	if _, err := o.FS.Stat(name); errors.Is(err, fs.ErrNotExist) { // Open makes one
		o.Notice(fmt.Sprintf("%s is missing: it is made from the WARC files, which do not hold decisions, corrections, sources, leads and alerts", databaseFile))
		return nil
	}
	why, err := soundDatabase(ctx, o.FS, name)
	if err != nil || why == "" {
		return err
	}
	o.Notice(fmt.Sprintf("%s is damaged (%s): it is made again", databaseFile, why))
	fresh := name + ".new"
	if err := removeDatabase(o.FS, fresh); err != nil {
		return err
	}
	err = sqlite.Salvage(ctx, o.FS, name, fresh, func(row sqlite.LostRow) { r.rows = append(r.rows, row) })
	if err != nil {
		return errors.Join(err, removeDatabase(o.FS, fresh))
	}
	kept := aside(name)
	if err := exchange(o.FS, name, fresh, kept); err != nil {
		return err
	}
	r.Damaged = filepath.Base(kept)
	return nil
}

// asideForeign puts an index aside whose head says that it is a database of
// another program: Open leaves such a file alone.
func asideForeign(ctx context.Context, dir string, o Options) error {
	name := filepath.Join(dir, indexFile)
	x, err := index.Open(ctx, name, nil, index.Options{ReadOnly: true, FS: o.FS})
	if err == nil {
		return x.Close()
	}
	if !errors.Is(err, sqlfile.ErrForeign) {
		return nil // Open makes an index where there is none that can be used
	}
	o.Notice(fmt.Sprintf("%v: it is put aside", err))
	if err := disk.RemoveAll(o.FS, sqlfile.Companions(name)...); err != nil {
		return err
	}
	return disk.Replace(o.FS, name, aside(name))
}

// aside is the name under which a damaged file is kept.
func aside(name string) string {
	return name + ".damaged-" + time.Now().UTC().Format("20060102T150405Z")
}

// soundDatabase says what is wrong with a database; "" if nothing is.
func soundDatabase(ctx context.Context, fsys disk.FS, name string) (why string, err error) {
	db, err := sqlite.Open(ctx, name, sqlite.Options{FS: fsys}) // an older one is brought to today's form first
	if sqlite.Unusable(err) {
		return err.Error(), nil
	}
	if err != nil {
		return "", err
	}
	why, err = db.Sound(ctx)
	return why, errors.Join(err, db.Close())
}

// exchange puts the database fresh in the place of name, and keeps a copy of
// what was there as aside. At each moment there is a whole database under name.
func exchange(fsys disk.FS, name, fresh, aside string) error {
	for _, end := range []string{"", "-wal"} {
		if err := disk.Copy(fsys, name+end, aside+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	// What SQLite keeps beside the old database must not be taken for a part
	// of the new one.
	if err := disk.RemoveAll(fsys, append(sqlfile.Companions(name), sqlfile.Companions(fresh)...)...); err != nil {
		return err
	}
	return disk.Replace(fsys, fresh, name)
}

// removeDatabase takes away a file of SQLite with what SQLite puts beside it.
func removeDatabase(fsys disk.FS, name string) error {
	return disk.RemoveAll(fsys, append(sqlfile.Companions(name), name)...)
}

// mend makes again what is missing in an open archive.
func (r *Repaired) mend(ctx context.Context, a *Archive, o RunOptions) error {
	if err := a.readCorrections(ctx); err != nil {
		return err
	}
	r.Captures = a.found.captures
	t := taker{Archive: a, ctx: ctx}
	if err := t.unnamed(); err != nil {
		return err
	}
	r.Captures += t.count
	if err := a.believableCursors(ctx); err != nil {
		return err
	}
	if err := r.articles(ctx, a, o); err != nil {
		return err
	}
	if err := r.findings(ctx, a, o); err != nil {
		return err
	}
	var err error
	if r.Groups, err = a.regroup(ctx, o.Passed); err != nil {
		return err
	}
	switch err := a.Run(ctx, o); {
	case sqlfile.Damaged(err), sqlfile.Unfit(err): // the index, since the database is sound by now
		r.Index = true
		if err := a.parts.Index.Rebuild(ctx, filling(a.parts, o)); err != nil {
			return err
		}
		return a.Run(ctx, o)
	case err != nil:
		return err
	}
	for _, err := range a.Verify(ctx, VerifyOptions{From: at(StepIndex, "")}) {
		if err != nil {
			return err
		}
		r.Index = true
		break
	}
	if r.Index || r.Damaged != "" {
		r.Index = true
		return a.parts.Index.Rebuild(ctx, filling(a.parts, o))
	}
	return nil
}

// believableCursors sets back the cursors that are behind the end of their log.
// That of the index is set back where the index is opened.
func (a *Archive) believableCursors(ctx context.Context) error {
	e, err := a.measure(ctx)
	if err != nil {
		return err
	}
	if e.extracted < 0 || e.extracted > e.captures {
		err = a.parts.Cursors.SetCursor(ctx, string(pipeline.Extract), e.captures)
	}
	if e.understood < 0 || e.understood > e.articles {
		err = errors.Join(err, a.parts.Cursors.SetCursor(ctx, string(pipeline.Understand), e.articles))
	}
	if e.grouped < 0 || e.grouped > e.articles {
		err = errors.Join(err, a.parts.Cursors.SetCursor(ctx, string(pipeline.Group), e.articles))
	}
	return err
}

// unnamed takes in the records that no capture names, over and over until there
// are none: one that repeats a payload can only be taken in when the record that
// holds it has been, which may stand behind it.
func (t *taker) unnamed() error {
	for before := -1; before < t.count; {
		before = t.count
		v := &verifier{Archive: t.Archive, ctx: t.ctx, taker: t, yield: func(Flaw, error) bool { return true }, told: map[string]bool{}}
		var err error
		if v.ends, err = t.measure(t.ctx); err != nil {
			return err
		}
		if err := errors.Join(v.records(""), t.flush()); err != nil {
			return err
		}
	}
	return nil
}

// A part is a log of which only some records are read.
type part[T any] struct {
	store.Log[T]
	want func(context.Context, *T) (bool, error)
}

// After implements store.Log.
func (p part[T]) After(ctx context.Context, seq int64) iter.Seq2[store.Entry[T], error] {
	return func(yield func(store.Entry[T], error) bool) {
		for e, err := range p.Log.After(ctx, seq) {
			if err == nil {
				var ok bool
				if ok, err = p.want(ctx, &e.Rec); !ok && err == nil {
					continue
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// articles makes the articles that captures lack, and those that only say that
// a capture could not be read.
func (r *Repaired) articles(ctx context.Context, a *Archive, o RunOptions) error {
	s := a.extractStage(o.Passed)
	s.From = part[dateline.Capture]{a.parts.Captures, func(ctx context.Context, c *dateline.Capture) (bool, error) {
		art, err := a.parts.Articles.Get(ctx, string(c.ID))
		if err != nil {
			return gone(err)
		}
		return a.outlived(ctx, &art)
	}}
	n, err := s.Run(ctx, new(store.MemoryCursors), pipeline.Options{Passed: o.Passed})
	r.Articles = n
	return err
}

// findings makes the findings that articles lack.
func (r *Repaired) findings(ctx context.Context, a *Archive, o RunOptions) error {
	s := a.understandStage(o.Passed)
	s.From = part[dateline.Article]{a.parts.Articles, func(ctx context.Context, art *dateline.Article) (bool, error) {
		why, err := a.unfitting(ctx, art)
		return why != "", err
	}}
	n, err := s.Run(ctx, new(store.MemoryCursors), pipeline.Options{Passed: o.Passed})
	r.Findings = n
	return err
}

// tellLost tells the rows of the damaged database that are not in the new one.
func (r *Repaired) tellLost(ctx context.Context, a *Archive) error {
	for _, row := range r.rows {
		is, err := a.holds(ctx, row)
		if err != nil {
			return err
		}
		if !is {
			r.Lost = append(r.Lost, fmt.Sprintf("%s: %s", databaseFile, row))
		}
	}
	return nil
}

// getting returns what reads the record with a key.
func getting[T any](l store.Log[T]) func(context.Context, string) error {
	return func(ctx context.Context, key string) error {
		_, err := l.Get(ctx, key)
		return err
	}
}

// holds reports whether a row that was lost is there again, under a key that it had. Of a
// log that could not be read at all, what is left is told by the check of the WARC files
// if the log is made of them.
func (a *Archive) holds(ctx context.Context, row sqlite.LostRow) (bool, error) {
	var get func(ctx context.Context, key string) error
	switch row.Log {
	case "captures":
		get = getting(a.parts.Captures)
	case "articles":
		get = getting(a.parts.Articles)
	case "findings":
		get = getting(a.parts.Findings)
	case "groups":
		get = getting(a.parts.Groups)
	case "sources":
		get = getting(a.parts.Sources)
	case "leads":
		get = getting(a.parts.Leads)
	case "corrections":
		get = getting(a.parts.Corrections)
	case "alerts":
		get = getting(a.parts.Alerts)
	case "notices":
		get = getting(a.parts.Notices)
	case "seals":
		get = getting(a.parts.Seals)
	default:
		get = getting(a.parts.Decisions)
	}
	if row.Seq == 0 {
		switch row.Log {
		case "captures", "articles", "findings", "groups", "seals":
			return true, nil
		}
	}
	for _, key := range row.Keys {
		missing, err := gone(get(ctx, key))
		if err != nil || !missing {
			return err == nil, err
		}
	}
	return false, nil
}
