package sqlfile

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"path/filepath"

	"dateline/internal/disk"
)

// A file that nobody writes to has a list of the checksums of its pages beside it: a changed
// byte is found wherever it lies, also where a page has room, or what was deleted, and
// SQLite reads nothing. The list is made when a writer closes the file, and taken away, with
// the lock on the file held, before anybody writes again. So where there is one, the file
// holds what it held when the list was made; after a kill there is none.

// sumsSuffix ends the name of the list, behind that of its file.
const sumsSuffix = "-sums"

// mostSummed is the size in bytes of the largest file that is given a list. To make one takes half a
// second at that size, each time that a writer closes the file. It must not be more than
// 1 GiB: there SQLite has a page that it never reads (fileformat2, 1.4).
const mostSummed = 1 << 30

// sumsMagic begins a list. Then follow, as 32-bit numbers with the lowest byte first, the size of a
// page in bytes, the CRC-32C of each page, and the CRC-32C of all before.
const sumsMagic = "dateline sums 1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Altered returns the numbers of the pages, from 1, that are not as the last writer left
// them, and the size of a page in bytes. known is false if nothing tells: somebody is
// writing, was killed while writing, or the file is too large for a list.
func (f *File) Altered(ctx context.Context) (pages []int64, size int64, known bool, err error) {
	list, err := f.sums()
	if err != nil || list == nil {
		return nil, 0, false, err
	}
	var now []byte
	err = f.Scratch(ctx, func(conn *sql.Conn) error {
		tx, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		now, err = sumPages(ctx, tx)
		return err
	})
	if err != nil {
		return nil, 0, false, err
	}
	// Who has written since has taken the list away before. What was read was read before that.
	if again, err := f.sums(); err != nil || !bytes.Equal(list, again) {
		return nil, 0, false, err
	}
	const head = len(sumsMagic) + 4
	size = int64(binary.LittleEndian.Uint32(list[len(sumsMagic):]))
	for at := head; at < max(len(list), len(now))-4; at += 4 {
		if at+4 > len(list)-4 || at+4 > len(now)-4 || !bytes.Equal(list[at:at+4], now[at:at+4]) {
			pages = append(pages, int64(at-head)/4+1)
		}
	}
	return pages, size, true, nil
}

// sums returns the list of the file; nil if there is none, or none that is whole.
func (f *File) sums() ([]byte, error) {
	if n, err := disk.Size(f.fs, f.path+sumsSuffix); n == 0 || err != nil {
		return nil, err
	}
	b, err := disk.ReadFile(f.fs, f.path+sumsSuffix)
	if err != nil {
		return nil, err
	}
	n := len(b) - 4
	if n < len(sumsMagic)+4 || string(b[:len(sumsMagic)]) != sumsMagic || crc32.Checksum(b[:n], castagnoli) != binary.LittleEndian.Uint32(b[n:]) {
		return nil, nil
	}
	return b, nil
}

// sumPages makes the list of what q sees.
func sumPages(ctx context.Context, q Queryer) ([]byte, error) {
	rows, err := q.QueryContext(ctx, "SELECT data FROM sqlite_dbpage ORDER BY pgno")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	b := []byte(sumsMagic)
	for rows.Next() {
		var page sql.RawBytes
		if err := rows.Scan(&page); err != nil {
			return nil, err
		}
		if len(b) == len(sumsMagic) {
			b = binary.LittleEndian.AppendUint32(b, uint32(len(page)))
		}
		b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(page, castagnoli))
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli)), nil
}

// keepSums makes the list, unless there is one: then nobody has written since it was made.
// A file whose list cannot be made has none.
func (f *File) keepSums(ctx context.Context) {
	if n, err := f.Bytes(); err != nil || n > mostSummed {
		return
	}
	// Whoever writes just now makes the list in his turn.
	if _, err := f.write.ExecContext(ctx, "PRAGMA busy_timeout = 0"); err != nil {
		return
	}
	tx, err := f.write.BeginTx(ctx, nil)
	if err != nil {
		return
	}
	defer tx.Rollback()
	if list, err := f.sums(); err != nil || list != nil {
		return
	}
	list, err := sumPages(ctx, tx)
	if err != nil {
		return
	}
	file, err := disk.Recreate(f.fs, f.path+sumsSuffix)
	if err != nil {
		return
	}
	_, err = file.WriteAt(list, 0)
	if err == nil {
		err = file.Sync()
	}
	if errors.Join(err, file.Close()) != nil {
		_ = f.fs.Remove(f.path + sumsSuffix) // one that is not whole says nothing either
	}
}

// forgetSums takes the list away, for good, before the file is written to. Who has the lock
// on the file knows that nobody makes another meanwhile.
func (f *File) forgetSums() error { return ForgetSums(f.fs, f.path) }

// ForgetSums takes away what is known of the pages of the file at path: from the next time
// that a writer closes it on, they count as sound as they are then.
func ForgetSums(fsys disk.FS, path string) error {
	if _, err := fsys.Stat(path + sumsSuffix); err != nil {
		return nil // there is none, or the folder is in trouble, which writing will tell
	}
	if err := disk.RemoveAll(fsys, path+sumsSuffix); err != nil {
		return err
	}
	return fsys.SyncDir(filepath.Dir(path))
}
