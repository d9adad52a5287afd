package disk

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
)

// ReadFile returns what a file holds.
func ReadFile(fsys FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := Reader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Reader returns a reader of all that a file holds now.
func Reader(f File) (*io.SectionReader, error) {
	size, err := f.Size()
	return io.NewSectionReader(f, 0, size), err
}

// MakeFolder makes a folder and those above it, and puts the names of those
// that were not there on stable storage.
func MakeFolder(fsys FS, dir string) error {
	var above []string // folders that get a new name
	for at := filepath.Clean(dir); ; {
		if _, err := fsys.ReadDir(at); err == nil {
			break
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		parent := filepath.Dir(at)
		if parent == at {
			break
		}
		above, at = append(above, parent), parent
	}
	if len(above) == 0 {
		return nil
	}
	if err := fsys.MkdirAll(dir); err != nil {
		return err
	}
	for _, name := range above {
		if err := fsys.SyncDir(name); err != nil {
			return err
		}
	}
	return nil
}

// Size returns the size of a file, 0 if it is not there.
func Size(fsys FS, name string) (int64, error) {
	info, err := fsys.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// RemoveAll removes those of the files that are there.
func RemoveAll(fsys FS, names ...string) error {
	for _, name := range names {
		if err := fsys.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Recreate makes a file, in place of the one that is there.
func Recreate(fsys FS, name string) (File, error) {
	f, err := fsys.Create(name)
	if !errors.Is(err, fs.ErrExist) {
		return f, err
	}
	if f, err = fsys.Append(name); err != nil {
		return nil, err
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Fresh is what WriteFile puts behind the name of a file until it is complete.
const Fresh = ".new"

// WriteFile puts a file that holds b in the place of name, all or nothing, and
// waits for the disk.
func WriteFile(fsys FS, name string, b []byte) error {
	f, err := Recreate(fsys, name+Fresh)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(b, 0)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return Replace(fsys, name+Fresh, name)
}

// Replace renames a file, and waits until its new name is on stable storage.
func Replace(fsys FS, from, to string) error {
	if err := fsys.Rename(from, to); err != nil {
		return err
	}
	return fsys.SyncDir(filepath.Dir(to))
}

// Copy copies a file, in place of the one that is there, and waits for the disk.
func Copy(fsys FS, from, to string) error {
	src, err := fsys.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	r, err := Reader(src)
	if err != nil {
		return err
	}
	dst, err := Recreate(fsys, to)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.NewOffsetWriter(dst, 0), r)
	if err == nil {
		err = dst.Sync()
	}
	return errors.Join(err, dst.Close())
}

// Dir returns a folder of fsys as a tree of files that are only read. Its files
// are io.ReaderAt.
func Dir(fsys FS, dir string) fs.FS { return folder{fsys, dir} }

type folder struct {
	fsys FS
	dir  string
}

func (d folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	full := filepath.Join(d.dir, filepath.FromSlash(name))
	f, err := d.fsys.Open(full)
	if err != nil {
		return nil, err
	}
	info, err := d.fsys.Stat(full)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &openedFile{File: f, info: info}, nil
}

func (d folder) ReadDir(name string) ([]fs.DirEntry, error) {
	return d.fsys.ReadDir(filepath.Join(d.dir, filepath.FromSlash(path.Clean(name))))
}

// An openedFile is an open file as package fs has it.
type openedFile struct {
	File
	info fs.FileInfo
	at   int64
}

func (f *openedFile) Stat() (fs.FileInfo, error) { return f.info, nil }

func (f *openedFile) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	return n, err
}
