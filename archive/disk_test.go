package archive_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"dateline"
	"dateline/acquire"
	"dateline/archive"
	"dateline/internal/disk/disktest"
	"dateline/internal/disk/diskvfs"
	"dateline/pipeline"
	"dateline/warc"
)

var losses = flag.Int("losses", 20, "how many times TestPowerLoss loses power")

// Where the archive and its backup are on a disk of a test.
const onDisk, backupOnDisk, restoredOnDisk = "/archive", "/backup", "/restored"

// A user works with an archive on a disk that fails, and remembers what was
// acknowledged.
type user struct {
	t     *testing.T
	disk  *disktest.Disk
	fs    *diskvfs.FS // the disk as SQLite sees it, too
	pages []acquire.Page
	// failed says that a disk which could not be read for a while may have left
	// articles that say so.
	failed bool
	acked  map[dateline.CaptureID]bool
	same   map[string]bool      // decisions that were acknowledged, by key
	saved  []dateline.CaptureID // in the backup when it was last complete; nil if it never was
}

func newUser(t *testing.T, seed uint64, pages int) *user {
	t.Helper()
	d := disktest.New(rand.New(rand.NewPCG(seed, 11)))
	f, err := diskvfs.Register(d)
	if err != nil {
		t.Fatal(err)
	}
	return &user{t: t, disk: d, fs: f, pages: reports(pages), acked: map[dateline.CaptureID]bool{}, same: map[string]bool{}}
}

// with opens the archive, does something with it, and closes it.
func (u *user) with(o archive.Options, do func(*archive.Archive) error) error {
	o.FS = u.fs
	a, err := archive.Open(context.Background(), onDisk, o)
	if err != nil {
		return err
	}
	err = do(a)
	return errors.Join(err, a.Close())
}

// add adds pages i to j.
func (u *user) add(i, j int) error {
	return u.with(archive.Options{}, func(a *archive.Archive) error {
		n, err := a.Add(context.Background(), given(u.pages[i:j]...), archive.AddOptions{})
		if err == nil || n.Pages+n.Known == j-i { // what is told is committed
			for _, p := range u.pages[i:j] {
				u.acked[p.Capture.ID] = true
			}
		}
		return err
	})
}

func (u *user) rebuild(stage pipeline.Name) error {
	return u.with(archive.Options{}, func(a *archive.Archive) error {
		return a.Rebuild(context.Background(), stage, archive.RunOptions{})
	})
}

func (u *user) decide(n int) error {
	d := dateline.Decision{A: dateline.SpeakerRef{Name: fmt.Sprint("Ana Duarte ", n)}, B: dateline.SpeakerRef{Name: "President Duarte"}, Verdict: dateline.Same}
	return u.with(archive.Options{}, func(a *archive.Archive) error {
		err := a.Decide(context.Background(), d)
		if err == nil {
			u.same[d.Key()] = true
		}
		return err
	})
}

func (u *user) backup() error {
	held := slices.AppendSeq([]dateline.CaptureID{}, maps.Keys(u.acked))
	_, err := archive.Backup(context.Background(), onDisk, backupOnDisk, archive.CopyOptions{FS: u.fs})
	if err == nil {
		u.saved = held
	}
	return err
}

func (u *user) repair() error {
	_, err := archive.Repair(context.Background(), onDisk, archive.Options{FS: u.fs}, archive.RunOptions{})
	return err
}

// check wants all that was acknowledged, once, in a sound archive.
func (u *user) check(story string) {
	u.t.Helper()
	ctx := u.t.Context()
	a, err := archive.Open(ctx, onDisk, archive.Options{FS: u.fs, ReadOnly: true})
	if errors.Is(err, archive.ErrNone) && len(u.acked)+len(u.same) == 0 {
		return
	}
	if err != nil {
		u.t.Fatalf("%s: %v", story, err)
	}
	defer a.Close()
	u.wantCaptures(a, story, maps.Keys(u.acked))
	list, err := a.Decisions(ctx)
	if err != nil || len(list) < len(u.same) {
		u.t.Fatalf("%s: %d decisions, %v, want %d", story, len(list), err, len(u.same))
	}
	for f, err := range a.Verify(ctx, archive.VerifyOptions{}) {
		if err != nil {
			u.t.Fatalf("%s: verify: %v", story, err)
		}
		if u.failed && f.Kind == archive.FlawArticle && strings.Contains(f.Reason, "but it can") {
			continue // the same command mends it
		}
		u.t.Fatalf("%s: verify: %s: %v", story, f.Kind, f)
	}
	u.once(story)
}

// wantCaptures wants captures with their bytes in an archive.
func (u *user) wantCaptures(a *archive.Archive, story string, ids iter.Seq[dateline.CaptureID]) {
	u.t.Helper()
	for id := range ids {
		c, err := a.Capture(u.t.Context(), id)
		if err == nil {
			_, err = a.Record(u.t.Context(), c)
		}
		if err != nil {
			u.t.Fatalf("%s: acknowledged, and lost: %s: %v", story, id, err)
		}
	}
}

// once wants no record twice.
func (u *user) once(story string) {
	u.t.Helper()
	records := map[string]bool{}
	for f, err := range warc.Verify(u.t.Context(), u.disk.Dir(onDisk+"/warc"), warc.VerifyOptions{}) {
		if err != nil {
			u.t.Fatalf("%s: %v", story, err)
		}
		if f.Err == nil && records[f.ID] {
			u.t.Fatalf("%s: the record of %s stands there twice", story, f.URI)
		}
		records[f.ID] = f.Err == nil
	}
}

// checkBackup wants a backup that was once complete to hold what it held then.
func (u *user) checkBackup(story string) {
	u.t.Helper()
	if u.saved == nil {
		return
	}
	ctx := u.t.Context()
	for name := range u.disk.Files(restoredOnDisk) {
		if err := u.disk.Remove(name); err != nil {
			u.t.Fatal(err)
		}
	}
	if _, err := archive.Restore(ctx, backupOnDisk, restoredOnDisk, archive.CopyOptions{FS: u.fs}); err != nil {
		u.t.Fatalf("%s: %v", story, err)
	}
	a, err := archive.Open(ctx, restoredOnDisk, archive.Options{FS: u.fs})
	if err != nil {
		u.t.Fatalf("%s: the backup: %v", story, err)
	}
	defer a.Close()
	u.wantCaptures(a, story+" the backup", slices.Values(u.saved))
}

// complete adds what is missing, and wants the whole archive.
func (u *user) complete(story string) {
	u.t.Helper()
	if err := u.add(0, len(u.pages)); err != nil {
		u.t.Fatalf("%s at last: %v", story, err)
	}
	u.check(story + " at last")
	if err := u.with(archive.Options{ReadOnly: true}, func(a *archive.Archive) error {
		if n := hits(u.t, a, "harbour"); n != len(u.pages) {
			u.t.Fatalf("%s: %d articles found at last, want %d", story, n, len(u.pages))
		}
		return nil
	}); err != nil {
		u.t.Fatal(err)
	}
}

// work does one of the things that a user does.
func (u *user) work(r *rand.Rand) (what string, err error) {
	switch n := r.IntN(12); {
	case n < 5:
		i := r.IntN(len(u.pages))
		j := min(len(u.pages), i+1+r.IntN(8))
		return fmt.Sprintf("add %d to %d", i, j), u.add(i, j)
	case n < 8:
		stage := pipeline.Names()[n-5]
		return "rebuild " + string(stage), u.rebuild(stage)
	case n < 9:
		return "same", u.decide(len(u.same))
	case n < 11:
		return "backup", u.backup()
	default:
		return "repair", u.repair()
	}
}

// errOff is what every operation ends with when there is no power.
var errOff = errors.New("the power is off")

// Power is lost at a random operation of the disk, under the WARC files, both
// databases and the backup alike; what was not synced is forgotten, in any
// order and torn. All that was acknowledged is there, nothing twice, and the
// archive is sound without anybody's help.
func TestPowerLoss(t *testing.T) {
	struck, during := 0, map[string]int{}
	for seed := uint64(0); struck < *losses; seed++ {
		r := rand.New(rand.NewPCG(seed, 12))
		u := newUser(t, seed, 24)
		story := fmt.Sprintf("seed %d:", seed)
		for range 6 {
			var left atomic.Int64
			left.Store(1 + r.Int64N(400))
			u.disk.Fail = func(string, string) error {
				if left.Add(-1) <= 0 {
					return errOff
				}
				return nil
			}
			for off := false; !off; {
				what, err := u.work(r)
				off = left.Load() <= 0
				story += " " + what
				if off {
					struck++
					during[strings.Fields(what)[0]]++
				} else if err != nil && !errors.Is(err, archive.ErrNone) {
					t.Fatalf("%s: %v", story, err)
				}
				story += ";"
			}
			u.disk.Fail = nil
			u.disk.LosePower()
			story += " power lost;"
			u.check(story)
			u.checkBackup(story)
		}
		u.complete(story)
	}
	t.Logf("%d losses of power: %v", struck, during)
}

// faults are what a disk says when it fails, with the words that users read.
var faults = map[error]string{
	syscall.EIO: "the disk is failing", syscall.ENOSPC: "the disk is full", syscall.EROFS: "the disk is read-only", fs.ErrPermission: "no permission",
}
