package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"time"

	"dateline"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/warc"
)

// ErrNoBackup reports a folder that is not empty and holds no backup, or that
// of another archive.
var ErrNoBackup = errors.New("it is no backup of this archive")

// manifestName is the file that tells what a backup holds.
const manifestName = "backup.json"

// A backupList is what a backup says of itself.
type backupList struct {
	Version  int       `json:"version"`            // of this format: 1
	Of       string    `json:"of,omitempty"`       // the first WARC file of the archive; "" if it has none
	Made     time.Time `json:"made,omitzero"`      // when it was last complete; zero if it never was
	Database string    `json:"database,omitempty"` // digest of archive.db
	// Coming is the digest of the archive.db that is being put in the place of
	// the other: a process that was killed leaves the one or the other.
	Coming string     `json:"coming,omitempty"`
	Files  []backedUp `json:"files"`
}

// A backedUp is one WARC file of a backup: the first Size bytes of that of the
// archive.
type backedUp struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"`
	// Modified is when the file of the archive was last written to by the time
	// that it was read; zero if it has been copied in part only.
	Modified time.Time `json:"modified,omitzero"`
}

// file returns what the backup holds of a WARC file.
func (m *backupList) file(name string) *backedUp {
	for i := range m.Files {
		if m.Files[i].Name == name {
			return &m.Files[i]
		}
	}
	m.Files = append(m.Files, backedUp{Name: name, Digest: digestText(sha256.New())})
	return &m.Files[len(m.Files)-1]
}

// CopyOptions tune [Backup] and [Restore]. The zero value is useful.
type CopyOptions struct {
	// Progress is told how many bytes of the WARC files are done, and how many
	// there are. May be nil.
	Progress func(done, total int64)
	// Full has [Backup] read the WARC files of the archive and compare them with
	// what was backed up, even those of the same size and time as then.
	Full bool
	// FS is where both folders are, as in [Options].
	FS disk.FS
}

// Copied counts what [Backup] and [Restore] did.
type Copied struct {
	Files int   `json:"files"` // WARC files of the copy
	Bytes int64 `json:"bytes"` // of WARC files that were written now
	Total int64 `json:"total"` // bytes of its WARC files
}

// Backup makes the folder to a backup of the archive in the folder dir, or
// brings the one there up to date: a copy of archive.db as it is at one moment, and
// of the WARC files as far as its captures go. Another process may write to the
// archive meanwhile. What the backup has already is not written again; files that
// have been written to since are read in the archive and compared: one that has
// other bytes where it was copied is an error, and the backup keeps what it had. An
// index is not copied; it is made when the backup, which is itself an archive, is
// opened.
//
// A folder that is neither empty nor a backup of this archive is [ErrNoBackup],
// and left as it is. Interrupted or killed, Backup can be called again.
func Backup(ctx context.Context, dir, to string, o CopyOptions) (Copied, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if _, err := o.FS.Stat(filepath.Join(dir, databaseFile)); err != nil {
		return Copied{}, fmt.Errorf("%w in %s", ErrNone, dir)
	}
	files, err := warc.OpenFiles(filepath.Join(dir, warcFolder), warc.FilesOptions{ReadOnly: true, FS: o.FS})
	if err != nil {
		return Copied{}, err
	}
	defer files.Close()
	b := &copier{ctx: ctx, fs: o.FS, from: dir, to: to, o: o}
	err = b.begin(files)
	if err == nil {
		err = errors.Join(b.backup(files), b.lock.Close())
	}
	if err != nil {
		return b.done, fmt.Errorf("backup to %s: %w", to, disk.Explain(err))
	}
	return b.done, nil
}

// A copier copies an archive into another folder.
type copier struct {
	ctx      context.Context
	fs       disk.FS
	from, to string
	o        CopyOptions
	m        backupList
	lock     io.Closer // of the WARC files of the copy: nobody else writes there
	at       int64     // bytes of WARC files that are done
	done     Copied
}

// begin looks at the folder that is to hold the backup, and makes it one.
func (b *copier) begin(files *warc.Files) error {
	names, err := files.Names()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text, err := disk.ReadFile(b.fs, filepath.Join(b.to, manifestName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if entries, err := b.fs.ReadDir(b.to); slices.ContainsFunc(entries, foreign) {
			return fmt.Errorf("%w: the folder is not empty, and has no %s", ErrNoBackup, manifestName)
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		b.m.Version = 1
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(text, &b.m); err != nil || b.m.Version != 1 {
			return fmt.Errorf("%w: %s cannot be understood", ErrNoBackup, manifestName)
		}
	}
	if len(names) > 0 {
		if b.m.Of != "" && b.m.Of != names[0] {
			return fmt.Errorf("%w: it is that of one whose first WARC file is %s, not %s", ErrNoBackup, b.m.Of, names[0])
		}
		b.m.Of = names[0]
	} else if b.m.Of != "" {
		return fmt.Errorf("%w: the archive has no WARC files, the backup has", ErrNoBackup)
	}
	if err := disk.MakeFolder(b.fs, b.to); err != nil {
		return err
	}
	if len(text) == 0 { // first of all, so that a killed backup is known as one
		if err := b.remember(); err != nil {
			return err
		}
	}
	if err := disk.MakeFolder(b.fs, filepath.Join(b.to, warcFolder)); err != nil {
		return err
	}
	b.lock, err = b.fs.Lock(filepath.Join(b.to, warcFolder, "lock"))
	if errors.Is(err, disk.ErrLocked) {
		err = fmt.Errorf("another process writes there: %w", err)
	}
	return err
}

// foreign reports whether a file is not what a killed backup has left before
// there was its list.
func foreign(e fs.DirEntry) bool { return e.Name() != manifestName+disk.Fresh }

// backup copies first the database, and then all that its captures rest on.
func (b *copier) backup(files *warc.Files) (err error) {
	fresh := filepath.Join(b.to, databaseFile+".new")
	if err := removeDatabase(b.fs, fresh); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeDatabase(b.fs, fresh)) }() // where it has not been put in its place
	err = sqlite.Copy(b.ctx, b.fs, filepath.Join(b.from, databaseFile), fresh)
	if sqlite.Empty(err) {
		err = fmt.Errorf("%w in %s: %w", ErrNone, b.from, err)
	}
	if err != nil {
		return err
	}
	db, err := sqlite.Open(b.ctx, fresh, sqlite.Options{ReadOnly: true, FS: b.fs})
	if err != nil {
		return err
	}
	ends, err := b.ends(files, db)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	var total int64
	for _, e := range ends {
		total += e.Size
	}
	for _, e := range ends {
		if err := b.file(e, total); err != nil {
			return err
		}
		b.done.Files++
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	b.done.Total = total
	if b.m.Coming, err = digestFile(b.fs, fresh); err != nil {
		return err
	}
	if err := b.remember(); err != nil {
		return err
	}
	if err := b.replace(fresh); err != nil {
		return err
	}
	b.m.Database, b.m.Coming = b.m.Coming, ""
	b.m.Made = time.Now().UTC().Truncate(time.Second)
	return b.remember()
}

// replace puts the new database in its place.
func (b *copier) replace(fresh string) error {
	name := filepath.Join(b.to, databaseFile)
	if err := disk.RemoveAll(b.fs, append(sqlfile.Companions(fresh), sqlfile.Companions(name)...)...); err != nil {
		return err
	}
	return disk.Replace(b.fs, fresh, name)
}

// ends returns how far each WARC file is to be copied: all of it, but the last
// only to the end of the last record that the database names.
func (b *copier) ends(files *warc.Files, db *sqlite.DB) (list []backedUp, err error) {
	names, err := files.Names()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sealed, err := sealedTo(b.ctx, db)
	if err != nil {
		return nil, err
	}
	last := -1 // the last file that holds a capture, or a manifest
	offsets := make([]int64, len(names))
	for i, name := range names {
		if offsets[i], err = db.LastOffset(b.ctx, path.Join(warcFolder, name)); err != nil {
			return nil, err
		}
		if _, ok := sealed[path.Join(warcFolder, name)]; ok || offsets[i] >= 0 {
			last = i
		}
	}
	for i, name := range names[:last+1] {
		size, err := files.Size(name)
		if err != nil {
			return nil, err
		}
		if i == last {
			// A record that is torn or damaged is copied as far as it goes.
			if end, err := files.RecordEnd(name, max(offsets[i], sealed[path.Join(warcFolder, name)])); err == nil {
				size = min(size, end)
			}
		}
		list = append(list, backedUp{Name: name, Size: size})
	}
	return list, nil
}

// sealedTo returns where in each WARC file the last record stands that a seal names.
func sealedTo(ctx context.Context, db *sqlite.DB) (map[string]int64, error) {
	last := map[string]int64{}
	for e, err := range store.Sound(ctx, db.Seals(), 0) {
		if err != nil {
			return nil, err
		}
		places := []dateline.Place{e.Rec.At}
		if e.Rec.Stamp != nil {
			places = append(places, e.Rec.Stamp.At)
		}
		for _, p := range places {
			last[p.File] = max(last[p.File], p.Offset)
		}
	}
	return last, nil
}

// file brings one WARC file of the backup up to date.
func (b *copier) file(e backedUp, total int64) error {
	has := b.m.file(e.Name)
	if e.Size < has.Size {
		return fmt.Errorf("%s is shorter than what was backed up before (%d bytes): the backup keeps it; \"dateline verify\" says what is lost", path.Join(warcFolder, e.Name), has.Size)
	}
	info, err := b.fs.Stat(filepath.Join(b.from, warcFolder, e.Name))
	if err != nil {
		return err
	}
	modified := info.ModTime().UTC()
	if !b.o.Full && e.Size == has.Size && !has.Modified.IsZero() && modified.Equal(has.Modified) && b.holds(has) {
		b.at += e.Size
		return b.ctx.Err()
	}
	file, err := b.fs.Open(filepath.Join(b.from, warcFolder, e.Name))
	if err != nil {
		return err
	}
	defer file.Close()
	src := io.NewSectionReader(file, 0, e.Size)
	h := sha256.New()
	if _, err := io.CopyN(h, b.counted(src, total), has.Size); err != nil {
		return fmt.Errorf("%s: %w", e.Name, disk.Explain(err))
	}
	if digestText(h) != has.Digest {
		return fmt.Errorf("%s is not what was backed up before: the backup keeps what it has; \"dateline verify\" says what is damaged", path.Join(warcFolder, e.Name))
	}
	name := filepath.Join(b.to, warcFolder, e.Name)
	dst, err := b.fs.Append(name)
	if errors.Is(err, fs.ErrNotExist) {
		dst, err = b.fs.Create(name)
	}
	if err != nil {
		return err
	}
	err = b.append(dst, src, h, has.Size, e.Size, total)
	if err = errors.Join(err, dst.Close()); err != nil {
		return fmt.Errorf("%s: %w", e.Name, disk.Explain(err))
	}
	if e.Size == has.Size && modified.Equal(has.Modified) {
		return nil
	}
	has.Size, has.Digest, has.Modified = e.Size, digestText(h), modified
	return errors.Join(b.fs.SyncDir(filepath.Join(b.to, warcFolder)), b.remember())
}

// holds reports whether the backup has a file as it was written there.
func (b *copier) holds(f *backedUp) bool {
	info, err := b.fs.Stat(filepath.Join(b.to, warcFolder, f.Name))
	return err == nil && info.Size() == f.Size
}

// append writes the bytes of src from one offset to another into dst. What dst
// has behind the first must be what src has there, written by a backup that was
// interrupted.
func (b *copier) append(dst disk.File, src io.Reader, h hash.Hash, from, to, total int64) error {
	size, err := dst.Size()
	if err != nil {
		return err
	}
	if size < from {
		return fmt.Errorf("the backup is damaged: it has %d bytes of %d", size, from)
	}
	ahead := min(size, to) - from
	if size > to {
		return fmt.Errorf("%w: somebody has added to it", ErrNoBackup)
	}
	in := io.TeeReader(b.counted(src, total), h)
	if err := equal(io.LimitReader(in, ahead), io.NewSectionReader(dst, from, ahead)); err != nil {
		return err
	}
	n, err := io.CopyN(io.NewOffsetWriter(dst, from+ahead), in, to-from-ahead)
	b.done.Bytes += n
	if err == nil && n+ahead > 0 {
		err = dst.Sync()
	}
	return err
}

// compared is how many bytes of two files are held against each other at once.
const compared = 64 << 10

// equal compares two readers.
func equal(a, b io.Reader) error {
	x, y := make([]byte, compared), make([]byte, compared)
	for {
		n, errA := io.ReadFull(a, x)
		m, errB := io.ReadFull(b, y)
		if !bytes.Equal(x[:n], y[:m]) {
			return fmt.Errorf("%w: somebody has added to it", ErrNoBackup)
		}
		if errA != nil || errB != nil {
			if errors.Is(errA, io.EOF) || errors.Is(errA, io.ErrUnexpectedEOF) {
				return nil
			}
			return errors.Join(errA, errB)
		}
	}
}

// counted tells of what is read from r, and ends when nobody wants more.
func (b *copier) counted(r io.Reader, total int64) io.Reader { return &countedReader{b, r, total} }

type countedReader struct {
	*copier
	r     io.Reader
	total int64
}

func (r *countedReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	r.at += int64(n)
	if r.o.Progress != nil {
		r.o.Progress(r.at, r.total)
	}
	return n, err
}

// remember writes the list, all or nothing.
func (b *copier) remember() error {
	text, err := json.MarshalIndent(b.m, "", "\t")
	if err != nil {
		return err
	}
	return disk.WriteFile(b.fs, filepath.Join(b.to, manifestName), append(text, '\n'))
}

// digestText is the digest of what was written to h, as records print it.
func digestText(h hash.Hash) string { return "sha256:" + hex.EncodeToString(h.Sum(nil)) }

func digestFile(fsys disk.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	r, err := disk.Reader(f)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, r)
	return digestText(h), err
}
