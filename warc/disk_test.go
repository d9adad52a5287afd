package warc_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dateline"
	"dateline/internal/disk/disktest"
	"dateline/warc"
)

var stories = flag.Int("stories", 60, "how many power losses and kills TestPowerLoss goes through")

const folder = "archive/warc"

// A keeper adds captures to an archive whose log is a map that never fails:
// what is in it has been acknowledged.
type keeper struct {
	t     *testing.T
	disk  *disktest.Disk
	files *warc.Files
	world map[string]dateline.Capture // every capture there is, by WARC-Record-ID
	log   map[dateline.CaptureID]dateline.Capture
	batch []dateline.Capture // appended, not yet acknowledged
}

func newKeeper(t *testing.T, d *disktest.Disk, captures int) *keeper {
	k := &keeper{t: t, disk: d, world: map[string]dateline.Capture{}, log: map[dateline.CaptureID]dateline.Capture{}}
	for i := range captures {
		c, block := newCapture(i, 200*(i%2))
		k.world[warc.NewRecord(c, block, c.Fetched).ID()] = c
	}
	return k
}

// open opens the folder as an archive does: what no capture names is taken in.
func (k *keeper) open() error {
	files, err := warc.OpenFiles(folder, warc.FilesOptions{FS: k.disk, MaxSize: 3000})
	if err != nil {
		return err
	}
	var taken []dateline.Capture
	_, err = files.Resume(warc.Resumption{
		Known: func(name string) (int64, error) {
			last := int64(-1)
			for _, c := range k.log {
				if filepath.Base(c.File) == name {
					last = max(last, c.Offset)
				}
			}
			return last, nil
		},
		Take: func(name string, rec *warc.Record) error {
			c, ok := k.world[rec.ID()]
			if !ok {
				return fmt.Errorf("record %s was never written", rec.ID())
			}
			c.File, c.Offset = "warc/"+name, rec.Offset
			taken = append(taken, c)
			return nil
		},
	})
	if err != nil {
		return errors.Join(err, files.Close())
	}
	for _, c := range taken {
		if _, ok := k.log[c.ID]; !ok {
			k.log[c.ID] = c
		}
	}
	k.files = files
	return nil
}

// add appends captures i to j that are not acknowledged yet.
func (k *keeper) add(i, j int) error {
	for ; i < j; i++ {
		c, block := newCapture(i, 200*(i%2))
		if _, ok := k.log[c.ID]; ok {
			continue
		}
		name, offset, err := k.files.Append(warc.NewRecord(c, block, c.Fetched))
		if err != nil {
			return err
		}
		c.File, c.Offset = "warc/"+name, offset
		k.batch = append(k.batch, c)
	}
	return nil
}

// commit acknowledges what was appended.
func (k *keeper) commit() error {
	if err := k.files.Sync(); err != nil {
		return err
	}
	for _, c := range k.batch {
		k.log[c.ID] = c
	}
	k.batch = nil
	return nil
}

// check demands that everything that was acknowledged is there, as it was
// captured, and that no record is there twice.
func (k *keeper) check(story string) {
	k.t.Helper()
	reader, err := warc.OpenFiles(folder, warc.FilesOptions{FS: k.disk, ReadOnly: true})
	if err != nil {
		k.t.Fatalf("%s: %v", story, err)
	}
	for _, c := range k.log {
		if _, _, err := reader.Read(&c); err != nil {
			k.t.Fatalf("%s: acknowledged, and lost: %v", story, err)
		}
	}
	times := map[string]int{}
	for f, err := range warc.Verify(k.t.Context(), k.disk.Dir(folder), warc.VerifyOptions{}) {
		if err != nil {
			k.t.Fatalf("%s: verify: %v", story, err)
		}
		if f.Err != nil || f.Type == warc.TypeInfo {
			continue
		}
		if times[f.ID]++; times[f.ID] > 1 {
			k.t.Fatalf("%s: record %s of %s stands there twice", story, f.ID, f.URI)
		}
		if c := k.world[f.ID]; c.URL != f.URI || c.Payload != f.Payload {
			k.t.Fatalf("%s: record %s is of %s with %s, want %s with %s", story, f.ID, f.URI, f.Payload, c.URL, c.Payload)
		}
	}
}

// TestPowerLoss adds captures while the power fails, the process is killed and
// the disk breaks at random moments, and then all that are missing.
func TestPowerLoss(t *testing.T) {
	const captures = 30
	faults := []error{syscall.EIO, syscall.ENOSPC, syscall.EROFS}
	for seed := range *stories {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		d := disktest.New(r)
		k := newKeeper(t, d, captures)
		story := fmt.Sprint("story ", seed, ":")
		for range 2 + r.IntN(5) {
			left := r.IntN(60) // operations until one fails
			fault := faults[r.IntN(len(faults))]
			if r.IntN(2) == 0 {
				left = -1
			}
			d.Fail = func(operation, name string) error {
				if left--; left == 0 {
					story += fmt.Sprintf(" %s fails with %v;", operation, fault)
					return fault
				}
				return nil
			}
			err := k.open()
			for i := 0; i < captures && err == nil; i++ {
				if err = k.add(i, i+1); err == nil && r.IntN(5) == 0 {
					err = k.commit()
				}
				if r.IntN(30) == 0 {
					break
				}
			}
			if err == nil && r.IntN(3) == 0 {
				err = k.commit()
			}
			if err != nil {
				checkClear(t, story, err)
			}
			d.Fail, k.batch = nil, nil
			switch r.IntN(3) {
			case 0:
				story += " power lost;"
				d.LosePower()
			case 1:
				story += " killed;"
				d.Kill()
			default:
				story += " closed;"
				if k.files != nil {
					_ = k.files.Close() // the disk may have failed
				}
				d.Kill()
			}
			k.files = nil
			k.check(story)
		}
		if err := k.open(); err != nil {
			t.Fatalf("%s opened at last: %v", story, err)
		}
		if err := errors.Join(k.add(0, captures), k.commit(), k.files.Close()); err != nil {
			t.Fatalf("%s at last: %v", story, err)
		}
		if len(k.log) != captures {
			t.Fatalf("%s %d captures at last, want %d", story, len(k.log), captures)
		}
		d.LosePower()
		k.check(story)
	}
}

// checkClear demands an error that names the folder and says in words what
// the disk's trouble is.
func checkClear(t *testing.T, story string, err error) {
	t.Helper()
	words := map[error]string{syscall.EIO: "the disk is failing", syscall.ENOSPC: "the disk is full", syscall.EROFS: "the disk is read-only", syscall.EACCES: "no permission"}
	for fault, want := range words {
		if errors.Is(err, fault) && strings.Contains(err.Error(), want) && strings.Contains(err.Error(), folder) {
			return
		}
	}
	t.Fatalf("%s error %q, want one that names %s and says what is wrong", story, err, folder)
}

// TestEveryFaultInTurn lets each single operation fail, one a run, in each way:
// the error is clear, nothing is lost, and the next run goes on.
func TestEveryFaultInTurn(t *testing.T) {
	const captures = 14
	for _, fault := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EIO, syscall.EACCES} {
		failed := true
		for at := 1; failed; at++ {
			d := disktest.New(rand.New(rand.NewPCG(uint64(at), 2)))
			k := newKeeper(t, d, captures)
			run := func() error {
				defer d.Kill()
				if err := k.open(); err != nil {
					return err
				}
				for i := 0; i < captures; i += 3 {
					if err := errors.Join(k.add(i, min(i+3, captures)), k.commit()); err != nil {
						return errors.Join(err, k.files.Close())
					}
				}
				return k.files.Close()
			}
			n := 0
			story := fmt.Sprintf("operation %d with %v", at, fault)
			failed = false
			d.Fail = func(operation, name string) error {
				if n++; n != at {
					return nil
				}
				failed, story = true, story+", "+operation+" of "+name
				return fault
			}
			if err := run(); failed != (err != nil) {
				t.Fatalf("%s: error %v", story, err)
			} else if failed {
				checkClear(t, story, err)
			}
			d.Fail, k.batch = nil, nil
			k.check(story)
			if err := run(); err != nil || len(k.log) != captures {
				t.Fatalf("%s, run again: %d captures, %v", story, len(k.log), err)
			}
			k.check(story)
		}
	}
}

// TestFullDisk has room for ever more bytes; where they end, the error says
// so, with file and byte, and when there is room again Append goes on.
func TestFullDisk(t *testing.T) {
	for room := int64(0); room < 2000; room += 37 {
		d := disktest.New(rand.New(rand.NewPCG(3, 3)))
		d.Room = room
		k := newKeeper(t, d, 20)
		if err := k.open(); err != nil {
			t.Fatal(err)
		}
		err := k.add(0, 20)
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), "byte ") {
			t.Fatalf("room for %d bytes: %v, want a full disk, file and byte", room, err)
		}
		if err := k.commit(); err != nil {
			t.Fatal(err)
		}
		k.check(fmt.Sprint("room for ", room))
		d.Room = -1
		if err := errors.Join(k.add(0, 20), k.commit(), k.files.Close()); err != nil || len(k.log) != 20 {
			t.Fatalf("room again after %d bytes: %d captures, %v", room, len(k.log), err)
		}
		k.check(fmt.Sprint("room again after ", room))
	}
}

// Troubles that a user can mend are told apart.
func TestFolderThatCannotBeWritten(t *testing.T) {
	for fault, want := range map[error]string{fs.ErrPermission: "no permission", syscall.EROFS: "the disk is read-only", syscall.ENOSPC: "the disk is full"} {
		d := disktest.New(rand.New(rand.NewPCG(4, 4)))
		d.Fail = func(operation, name string) error {
			if operation == "Lock" {
				return fault
			}
			return nil
		}
		if _, err := warc.OpenFiles(folder, warc.FilesOptions{FS: d}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), folder) {
			t.Errorf("OpenFiles: %v, want %q and %s in it", err, want, folder)
		}
		if _, err := warc.OpenFiles(folder, warc.FilesOptions{FS: d, ReadOnly: true}); err != nil {
			t.Errorf("OpenFiles for reading: %v", err)
		}
	}
}
