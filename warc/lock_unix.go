//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package warc

import (
	"errors"
	"os"
	"syscall"
)

// A folderLock is a lock that ends with the process, however that ends.
type folderLock struct{ f *os.File }

func lockFolder(name string) (*folderLock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = ErrLocked
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &folderLock{f}, nil
}

// release leaves the file where it is: removing it would let two processes
// lock two files of one name.
func (l *folderLock) release() error { return l.f.Close() }
