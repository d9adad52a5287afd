package archive_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"sync/atomic"
	"testing"

	"dateline/archive"
	"dateline/warc"
)

func backup(t *testing.T, dir, to string) archive.Copied {
	t.Helper()
	n, err := archive.Backup(t.Context(), dir, to, archive.CopyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// restored restores a backup, checks the archive, and returns its folder.
func restored(t *testing.T, from string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new")
	if _, err := archive.Restore(t.Context(), from, dir, archive.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	wantSound(t, dir)
	return dir
}

// A backup made while pages are added is an archive by itself, whole and
// sound, with all that was there when it began; the next one copies only what
// is new.
func TestBackupWhileAdding(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 1}, page(1, 1))
	var done atomic.Int64
	ended := make(chan error, 1)
	go func() {
		for n := range 40 {
			if _, err := a.Add(context.Background(), given(page(2000+n, 1+n%20)), archive.AddOptions{}); err != nil {
				ended <- err
				return
			}
			done.Add(1)
		}
		ended <- nil
	}()
	for running := true; running; {
		before := int(done.Load())
		backup(t, dir, to)
		b := open(t, restored(t, to), archive.Options{ReadOnly: true})
		if n := hits(t, b, "harbour"); n < 1+before {
			t.Errorf("%d articles in the backup, want at least %d", n, 1+before)
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
		}
	}
	if err := a.Run(t.Context(), archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	backup(t, dir, to)
	if n := backup(t, dir, to); n.Bytes != 0 || n.Files != 1 || n.Total == 0 {
		t.Errorf("a backup of nothing new: %+v", n)
	}
	before := size(t, dir)
	add(t, a, archive.Added{Pages: 1, Revisits: 1}, page(1, 2))
	if n := backup(t, dir, to); n.Bytes != size(t, dir)-before {
		t.Errorf("a backup of one more page: %+v, want %d bytes", n, size(t, dir)-before)
	}
	wantSound(t, to)
	b := open(t, restored(t, to), archive.Options{})
	if n := hits(t, b, "harbour"); n != 41 {
		t.Errorf("%d articles found, want 41", n)
	}
	add(t, b, archive.Added{Known: 1}, page(2007, 8))
}

// size is that of the WARC files.
func size(t *testing.T, dir string) (n int64) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "warc", "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		n += info.Size()
	}
	return n
}

// Nothing is written over that is not a backup of this archive, and no damage
// of the archive reaches a backup.
func TestBackupRefuses(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	sample(t, dir)
	sample(t, other)
	to := filepath.Join(t.TempDir(), "backup")
	backup(t, dir, to)
	ids := captured(t, to)
	was := look(t, to, ids)
	names, err := filepath.Glob(filepath.Join(other, "warc", "*.warc.gz"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	if err := os.Rename(names[0], filepath.Join(other, "warc", "dateline-20200101T000000Z-00001.warc.gz")); err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "letter.txt"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ from, to string }{{dir, full}, {dir, dir}, {dir, other}, {other, to}} {
		if n, err := archive.Backup(t.Context(), test.from, test.to, archive.CopyOptions{}); !errors.Is(err, archive.ErrNoBackup) {
			t.Errorf("Backup(%s, %s) = %+v, %v, want %v", test.from, test.to, n, err, archive.ErrNoBackup)
		}
	}
	if entries, err := os.ReadDir(full); err != nil || len(entries) != 1 {
		t.Errorf("the folder that is no backup holds %v, %v", entries, err)
	}
	if _, err := archive.Backup(t.Context(), t.TempDir(), to, archive.CopyOptions{}); !errors.Is(err, archive.ErrNone) {
		t.Errorf("a backup of no archive: %v, want %v", err, archive.ErrNone)
	}
	c := was[ids[3]].capture
	damaged(t, dir, &c, func(b []byte) { b[60] ^= 1 })
	if _, err := archive.Backup(t.Context(), dir, to, archive.CopyOptions{}); err == nil {
		t.Error("a damaged WARC file has been backed up over a sound one")
	}
	damaged(t, dir, &c, func(b []byte) { b[60] ^= 1 })
	statement("UPDATE articles SET rec = replace(rec, 'calm', 'bold') WHERE seq = 3")(t, dir)
	if _, err := archive.Backup(t.Context(), dir, to, archive.CopyOptions{}); err == nil {
		t.Error("a damaged database has been backed up over a sound one")
	}
	if is := look(t, to, ids); !reflect.DeepEqual(is, was) {
		t.Errorf("the backup has changed: %v", is.wrong(was))
	}
	wantSound(t, to)
}

// A backup that somebody has added to is no longer one, and keeps what it has.
func TestBackupAddedTo(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	sample(t, dir)
	backup(t, dir, to)
	a, err := archive.Open(t.Context(), to, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	add(t, a, archive.Added{Pages: 1}, page(1, 1))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := archive.Backup(t.Context(), dir, to, archive.CopyOptions{}); !errors.Is(err, archive.ErrNoBackup) {
		t.Errorf("Backup = %+v, %v, want %v", n, err, archive.ErrNoBackup)
	}
	wantSound(t, to)
	if n := hits(t, open(t, to, archive.Options{ReadOnly: true}), "harbour"); n != 11 {
		t.Errorf("%d articles found, want 11", n)
	}
}

// A backup whose files have changed is not restored, and leaves no archive.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	sample(t, dir)
	to := filepath.Join(t.TempDir(), "backup")
	backup(t, dir, to)
	if _, err := archive.Restore(t.Context(), to, dir, archive.CopyOptions{}); err == nil {
		t.Error("a backup has been restored over an archive")
	}
	if _, err := archive.Restore(t.Context(), dir, filepath.Join(t.TempDir(), "new"), archive.CopyOptions{}); err == nil {
		t.Error("what is no backup has been restored")
	}
	names, err := filepath.Glob(filepath.Join(to, "warc", "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, filepath.Join(to, "archive.db")) {
		sound, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for what, b := range map[string][]byte{"a changed byte": append(append([]byte{}, sound[:500]...), append([]byte{sound[500] ^ 1}, sound[501:]...)...), "no end": sound[:len(sound)-10]} {
			if err := os.WriteFile(name, b, 0o666); err != nil {
				t.Fatal(err)
			}
			fresh := filepath.Join(t.TempDir(), "new")
			if _, err := archive.Restore(t.Context(), to, fresh, archive.CopyOptions{}); err == nil {
				t.Errorf("%s with %s has been restored", filepath.Base(name), what)
			}
			if _, err := archive.Open(t.Context(), fresh, archive.Options{ReadOnly: true}); !errors.Is(err, archive.ErrNone) {
				t.Errorf("%s with %s has left an archive: %v", filepath.Base(name), what, err)
			}
		}
		if err := os.WriteFile(name, sound, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	restored(t, to)
}

// A backup that is interrupted at any moment goes on when it is called again.
func TestBackupInterrupted(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	sample(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := archive.Backup(ctx, dir, to, archive.CopyOptions{Progress: func(done, total int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("an interrupted backup: %v", err)
	}
	if _, err := archive.Restore(t.Context(), to, filepath.Join(t.TempDir(), "new"), archive.CopyOptions{}); err == nil {
		t.Error("a backup that was never complete has been restored")
	}
	backup(t, dir, to)
	restored(t, to)
}

// A backup that is killed while it puts the new database in the place of the
// old one can be restored, whichever of them is there; another one cannot.
func TestBackupKilledWhileReplacing(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 3}, reports(3)...)
	backup(t, dir, to)
	database, list := filepath.Join(to, "archive.db"), filepath.Join(to, "backup.json")
	older, before := read(t, database), manifest(t, list)
	add(t, a, archive.Added{Pages: 2, Known: 3}, reports(5)...)
	backup(t, dir, to)
	newer, after := read(t, database), manifest(t, list)
	after["database"], after["coming"] = before["database"], after["database"]
	text, err := json.Marshal(after)
	if err != nil {
		t.Fatal(err)
	}
	write(t, list, text)
	for want, b := range map[int][]byte{3: older, 5: newer} {
		write(t, database, b)
		got := filepath.Join(t.TempDir(), "new")
		if _, err := archive.Restore(t.Context(), to, got, archive.CopyOptions{}); err != nil {
			t.Fatal(err)
		}
		b := open(t, got, archive.Options{}) // takes in what the older database does not name
		add(t, b, archive.Added{Known: 5, Left: 5 - want}, reports(5)...)
		wantSound(t, got)
	}
	newer[len(newer)/2] ^= 1
	write(t, database, newer)
	if _, err := archive.Restore(t.Context(), to, filepath.Join(t.TempDir(), "new"), archive.CopyOptions{}); !errors.Is(err, warc.ErrDigest) {
		t.Errorf("a damaged database: %v, want ErrDigest", err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func manifest(t *testing.T, name string) (m map[string]any) {
	t.Helper()
	if err := json.Unmarshal(read(t, name), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// Files that nobody has written to since are not read again, unless all are
// wanted; an archive of an earlier version can be backed up as it is.
func TestBackupReadsWhatHasChanged(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	sample(t, dir)
	backup(t, dir, to)
	names, err := filepath.Glob(filepath.Join(dir, "warc", "*.warc.gz"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	info, err := os.Stat(names[0])
	if err != nil {
		t.Fatal(err)
	}
	b := read(t, names[0])
	b[len(b)/2] ^= 1 // as a disk changes it: the time stays
	write(t, names[0], b)
	if err := os.Chtimes(names[0], info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if n := backup(t, dir, to); n.Files != 1 || n.Bytes != 0 {
		t.Errorf("%+v, want nothing new", n)
	}
	if _, err := archive.Backup(t.Context(), dir, to, archive.CopyOptions{Full: true}); err == nil {
		t.Error("a changed file is not told, though all are read")
	}
	restored(t, to)

	older := version3(t)
	to = filepath.Join(t.TempDir(), "older")
	backup(t, older, to)
	if _, err := archive.Restore(t.Context(), to, filepath.Join(t.TempDir(), "new"), archive.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
}
