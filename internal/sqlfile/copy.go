package sqlfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dateline/internal/disk"
)

// openCopy opens a copy of the file and of its write-ahead log, for reading,
// where a process that was killed has left a log which SQLite cannot read in
// its place: the folder cannot be written to. The file alone is not enough: it
// lacks what stands in the log, and may be half overwritten by it. Without a
// -shm file beside them no process has them open; one that comes meanwhile
// makes the copy void, and the error is errChanged.
func (f *File) openCopy(ctx context.Context) (db *sql.DB, err error) {
	before, err := f.state()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dateline-read-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("a copy to be read with what its write-ahead log holds: %w", err), os.RemoveAll(dir))
		}
	}()
	path := filepath.Join(dir, "copy.db")
	for _, end := range []string{"", "-wal"} {
		if err := f.copyOut(ctx, path+end, f.path+end); err != nil {
			return nil, err
		}
	}
	after, err := f.state()
	if err == nil && after != before {
		err = errChanged
	}
	if err != nil {
		return nil, err
	}
	if db, err = f.openRead(ctx, disk.OS{}, path, ""); err != nil {
		return nil, err
	}
	f.copied = dir
	return db, nil
}

// errChanged reports that another process has opened a file that was copied.
var errChanged = errors.New("another process is working with the file")

// A state tells whether a file and its write-ahead log are as they were, and
// whether a process has them open.
type state struct {
	size, logSize int64
	time, logTime time.Time
}

func (f *File) state() (s state, err error) {
	if _, err := f.fs.Stat(f.path + "-shm"); err == nil {
		return state{}, errChanged
	} else if !errors.Is(err, fs.ErrNotExist) {
		return state{}, err
	}
	file, err := f.fs.Stat(f.path)
	if err != nil {
		return state{}, err
	}
	log, err := f.fs.Stat(f.path + "-wal")
	if err != nil {
		return state{}, err
	}
	return state{file.Size(), log.Size(), file.ModTime(), log.ModTime()}, nil
}

// bytesAtOnce is how many bytes copyOut copies between looking whether it is still
// wanted: a tenth of a second of a disk.
const bytesAtOnce = 64 << 20

// copyOut copies the file src to dst, which is not there yet, in the file system
// of the operating system.
func (f *File) copyOut(ctx context.Context, dst, src string) error {
	file, err := f.fs.Open(src)
	if err != nil {
		return err
	}
	defer file.Close()
	from, err := disk.Reader(file)
	if err != nil {
		return err
	}
	to, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	for err == nil {
		if err = ctx.Err(); err == nil {
			_, err = io.CopyN(to, from, bytesAtOnce)
		}
	}
	if err == io.EOF {
		err = nil
	}
	return errors.Join(err, to.Close())
}
