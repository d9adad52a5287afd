package warc_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dateline/warc"
)

func resource(i int) *warc.Record {
	return &warc.Record{
		Header: warc.Header{{Name: "WARC-Type", Value: "resource"}, {Name: "WARC-Target-URI", Value: fmt.Sprintf("urn:%d", i)}},
		Block:  []byte(strings.Repeat(fmt.Sprintf("page %d ", i), 50)),
	}
}

type place struct {
	name   string
	offset int64
}

func open(t *testing.T, dir string, o warc.FilesOptions) *warc.Files {
	t.Helper()
	files, err := warc.OpenFiles(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return files
}

// resume makes files ready for appending behind the last of the places.
func resume(t *testing.T, files *warc.Files, places ...place) warc.Resumed {
	t.Helper()
	did, err := files.Resume(warc.Resumption{Known: func(name string) (int64, error) {
		last := int64(-1)
		for _, p := range places {
			if p.name == name {
				last = max(last, p.offset)
			}
		}
		return last, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return did
}

func appendAll(t *testing.T, files *warc.Files, from, to int) []place {
	t.Helper()
	var places []place
	for i := from; i < to; i++ {
		name, offset, err := files.Append(resource(i))
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, place{name, offset})
	}
	return places
}

func check(t *testing.T, files *warc.Files, places []place) {
	t.Helper()
	for i, p := range places {
		rec, err := files.Open(p.name, p.offset)
		if err != nil {
			t.Errorf("Open(%s, %d): %v", p.name, p.offset, err)
		} else if want := resource(i); rec.TargetURI() != want.TargetURI() || string(rec.Block) != string(want.Block) || rec.Offset != p.offset {
			t.Errorf("Open(%s, %d) = %s with %q, want %s with %q", p.name, p.offset, rec.TargetURI(), rec.Block, want.TargetURI(), want.Block)
		}
	}
}

func TestFilesRotateAndResume(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "warc")
	o := warc.FilesOptions{MaxSize: 1500}
	files := open(t, dir, o)
	places := appendAll(t, files, 0, 20)
	if err := files.Sync(); err != nil {
		t.Fatal(err)
	}
	check(t, files, places)
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	files = open(t, dir, o)
	places = append(places, appendAll(t, files, 20, 40)...)
	check(t, files, places)
	check(t, open(t, dir, warc.FilesOptions{ReadOnly: true}), places)

	names, err := files.Names()
	if err != nil || len(names) < 4 {
		t.Fatalf("Names() = %q, %v, want several", names, err)
	}
	for i, name := range names {
		if want := fmt.Sprintf("Z-%05d.warc.gz", i+1); !strings.HasSuffix(name, want) {
			t.Errorf("file %d is called %s, want …%s", i, name, want)
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 1500 {
			t.Errorf("%s has %d bytes, want at most 1500", name, len(data))
		}
		for j, line := range read(data, warc.Options{}) {
			if strings.HasPrefix(line, "warcinfo") != (j == 0) {
				t.Errorf("%s: record %d is %s", name, j, line)
			}
		}
	}
}

// A process killed while it writes leaves a torn member behind.
func TestFilesCutTornEnd(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	places := appendAll(t, files, 0, 10)
	last := appendAll(t, files, 10, 11)[0]
	files.Close()
	path := filepath.Join(dir, last.name)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tails := map[string][]byte{
		"one byte":        whole[:last.offset+1],
		"half a header":   whole[:last.offset+20],
		"half a member":   whole[:last.offset+60],
		"all but a byte":  whole[:len(whole)-1],
		"zeros behind":    append(whole[:last.offset:last.offset], make([]byte, 500)...),
		"zeros within":    append(whole[:last.offset+60:last.offset+60], make([]byte, int64(len(whole))-last.offset-60)...),
		"nothing, a cut ": whole[:last.offset],
	}
	for name, data := range tails {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		files := open(t, dir, warc.FilesOptions{})
		did := resume(t, files, places...)
		if cut := int64(len(data)) - last.offset; did.Cut != cut || did.Torn != nil {
			t.Errorf("%s: resumed %+v, want %d bytes cut off", name, did, cut)
		}
		got := appendAll(t, files, 10, 12)
		if got[0] != last {
			t.Errorf("%s: appended at %v, want %v", name, got[0], last)
		}
		check(t, files, append(places[:10:10], got...))
		files.Close()
	}
	for _, empty := range []string{"", string(whole[:10])} {
		if err := os.WriteFile(path, []byte(empty), 0o644); err != nil {
			t.Fatal(err)
		}
		files := open(t, dir, warc.FilesOptions{})
		resume(t, files)
		appendAll(t, files, 0, 1)
		files.Close()
		data, _ := os.ReadFile(path)
		if got := read(data, warc.Options{}); len(got) != 2 || !strings.HasPrefix(got[0], "warcinfo") {
			t.Errorf("file of %d bytes, resumed: %q, want warcinfo and one record", len(empty), got)
		}
	}
}

// What is damaged in the middle is left alone: records stand behind it.
func TestFilesLeaveDamageAlone(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	places := appendAll(t, files, 0, 10)
	files.Close()
	path := filepath.Join(dir, places[0].name)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := append([]byte(nil), whole...)
	copy(damaged[places[4].offset:], make([]byte, 30))
	if err := os.WriteFile(path, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	files = open(t, dir, warc.FilesOptions{})
	got := appendAll(t, files, 4, 5)[0]
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.name == places[0].name || string(after) != string(damaged) {
		t.Errorf("appended to %s, which is damaged, or changed it; want a new file", got.name)
	}
	places[4] = got
	check(t, files, places)
}

func TestFilesLock(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	if _, err := warc.OpenFiles(dir, warc.FilesOptions{}); !errors.Is(err, warc.ErrLocked) || !strings.Contains(err.Error(), dir) {
		t.Errorf("opened twice: %v, want ErrLocked naming %s", err, dir)
	}
	reader := open(t, dir, warc.FilesOptions{ReadOnly: true})
	if _, _, err := reader.Append(resource(0)); err == nil {
		t.Error("Append succeeds with ReadOnly")
	}
	files.Close()
	if _, _, err := files.Append(resource(0)); err == nil {
		t.Error("Append succeeds after Close")
	}
	open(t, dir, warc.FilesOptions{})
}

func TestFilesOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{})
	p := appendAll(t, files, 0, 1)[0]
	for _, q := range []place{{"../secret", 0}, {"/etc/passwd", 0}, {"", 0}, {"a/b", 0}, {"missing.warc.gz", 0}, {p.name, p.offset + 1}, {p.name, 1 << 40}, {p.name, -1}} {
		if rec, err := files.Open(q.name, q.offset); err == nil {
			t.Errorf("Open(%q, %d) = %v, want an error", q.name, q.offset, rec)
		}
	}
}

func TestFilesReadWhileAppending(t *testing.T) {
	files := open(t, t.TempDir(), warc.FilesOptions{MaxSize: 4000})
	places := make(chan place, 200)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			for p := range places {
				if rec, err := files.Open(p.name, p.offset); err != nil || !strings.HasPrefix(string(rec.Block), "page ") {
					t.Errorf("Open(%s, %d): %v", p.name, p.offset, err)
				}
			}
		})
	}
	for _, p := range appendAll(t, files, 0, 200) {
		places <- p
	}
	close(places)
	wait.Wait()
}
