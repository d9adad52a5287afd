//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Lock implements [FS]. The lock is a file that exists while it is held; a
// killed process leaves it behind.
func (OS) Lock(name string) (io.Closer, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w (if none is running, delete %s)", ErrLocked, name)
	}
	if err != nil {
		return nil, err
	}
	return lockFile{f}, nil
}

type lockFile struct{ *os.File }

// Close gives the lock back.
func (f lockFile) Close() error { return errors.Join(f.File.Close(), os.Remove(f.Name())) }
