package archive

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"

	"dateline/internal/disk"
	"dateline/warc"
)

// Restore makes an archive in the folder dir, which must be empty or not there,
// of the backup in the folder from. Every file is compared with the digest that
// the backup has of it, and dir gets its database last: interrupted, or if a
// file of the backup is damaged, there is no archive in dir.
func Restore(ctx context.Context, from, dir string, o CopyOptions) (Copied, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	r := &copier{ctx: ctx, fs: o.FS, from: from, to: dir, o: o}
	text, err := disk.ReadFile(o.FS, filepath.Join(from, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return r.done, fmt.Errorf("restore %s: there is no backup: it has no %s", from, manifestName)
	}
	if err == nil {
		err = json.Unmarshal(text, &r.m)
	}
	switch {
	case err != nil:
	case r.m.Version != 1:
		err = fmt.Errorf("%s has version %d, this program reads version 1", manifestName, r.m.Version)
	case r.m.Made.IsZero():
		err = errors.New("the backup was never completed")
	default:
		err = r.restore()
	}
	if err != nil {
		return r.done, fmt.Errorf("restore %s: %w", from, disk.Explain(err))
	}
	return r.done, nil
}

func (b *copier) restore() error {
	entries, err := b.fs.ReadDir(b.to)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("the folder %s is not empty: an archive is restored into a new one", b.to)
	}
	folder := filepath.Join(b.to, warcFolder)
	if err := disk.MakeFolder(b.fs, folder); err != nil {
		return err
	}
	if b.lock, err = b.fs.Lock(filepath.Join(folder, "lock")); err != nil {
		return err
	}
	defer b.lock.Close()
	for _, f := range b.m.Files {
		b.done.Total += f.Size
	}
	for _, f := range b.m.Files {
		n, err := b.whole(filepath.Join(warcFolder, f.Name), f.Size, f.Digest)
		b.done.Bytes += n
		if err != nil {
			return err
		}
		b.done.Files++
	}
	if _, err := b.whole(databaseFile, -1, b.m.Database, b.m.Coming); err != nil {
		return err
	}
	name := filepath.Join(b.to, databaseFile)
	if err := b.fs.SyncDir(folder); err != nil {
		return err
	}
	return disk.Replace(b.fs, name+".new", name)
}

// whole copies the first size bytes of a file, all of it if size is negative,
// and fails if they have none of the digests. The database is copied under another
// name first.
func (b *copier) whole(name string, size int64, digests ...string) (n int64, err error) {
	if !filepath.IsLocal(name) || filepath.Dir(name) != warcFolder && name != databaseFile {
		return 0, fmt.Errorf("%q is no file of an archive", name)
	}
	file, err := b.fs.Open(filepath.Join(b.from, name))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	src, err := disk.Reader(file)
	if err != nil {
		return 0, err
	}
	to := filepath.Join(b.to, name)
	if name == databaseFile {
		to += ".new"
	}
	dst, err := b.fs.Create(to)
	if err != nil {
		return 0, err
	}
	var in io.Reader = src
	if size >= 0 {
		in = b.counted(io.LimitReader(src, size), b.done.Total)
	}
	h := sha256.New()
	n, err = io.Copy(io.MultiWriter(io.NewOffsetWriter(dst, 0), h), in)
	err = errors.Join(disk.Explain(err), disk.Explain(dst.Sync()), dst.Close())
	if err == nil && !slices.Contains(digests, digestText(h)) {
		err = fmt.Errorf("%s: %w", name, warc.ErrDigest)
		if size > n {
			err = fmt.Errorf("%s: it has %d bytes of %d", name, n, size)
		}
	}
	return n, err
}
