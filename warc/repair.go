package warc

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
)

// errDamaged says that a file is damaged before its end, not just torn off.
var errDamaged = errors.New("damaged before its end")

// soundEnd returns where the last whole member of a file written by a
// [Writer] ends. What follows there is a member that a killed process left
// half written. If more than that is wrong, the error is errDamaged.
func soundEnd(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	var end, last int64 // end of the whole members seen; start of the last of them
	for end < size {
		n, ok, err := memberAt(f, end)
		if err != nil {
			return 0, err
		}
		if !ok || end+n > size {
			break
		}
		last, end = end, end+n
	}
	// The length of a member is written with its beginning; that the rest of
	// the last one was written too, its checksum tells.
	if !whole(io.NewSectionReader(f, last, end-last)) {
		end = last
	}
	if more, err := memberAfter(f, end, size); err != nil || more {
		return 0, errors.Join(err, errDamaged)
	}
	return end, nil
}

// memberAt reads the length of the member at offset.
func memberAt(f *os.File, offset int64) (n int64, ok bool, err error) {
	var head [memberLenAt + 8]byte
	if _, err := f.ReadAt(head[:], offset); err != nil && err != io.EOF {
		return 0, false, err
	}
	n, ok = memberLen(head[:])
	return n, ok && n > int64(len(head)), nil
}

// whole reports whether r holds one record and nothing is wrong with it.
func whole(r *io.SectionReader) bool {
	for _, err := range NewReader(r, Options{MaxBytes: math.MaxInt / 2}).Records() {
		return err == nil
	}
	return r.Size() == 0
}

// memberAfter reports whether a whole record follows the broken place at offset.
func memberAfter(f *os.File, offset, size int64) (bool, error) {
	if offset == size {
		return false, nil
	}
	r := NewReader(io.NewSectionReader(f, offset, size-offset), Options{})
	r.format = gzipped
	for rec, err := range r.Records() {
		var trouble *Error
		if errors.As(err, &trouble) && trouble.Fatal {
			return false, trouble
		}
		if rec != nil && err == nil {
			return true, nil
		}
	}
	return false, nil
}

// syncFolder puts the names in a folder on stable storage, where the system
// can do that.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
