//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package warc

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A folderLock is a file that exists while the lock is held. A killed process
// leaves it behind.
type folderLock struct{ f *os.File }

func lockFolder(name string) (*folderLock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w (if none is running, delete %s)", ErrLocked, name)
	}
	if err != nil {
		return nil, err
	}
	return &folderLock{f}, nil
}

func (l *folderLock) release() error {
	return errors.Join(l.f.Close(), os.Remove(l.f.Name()))
}
