// Package golden compares what code prints with what a reviewer has accepted:
// a section of a txtar file. With UPDATE=1 in the environment it rewrites the
// section instead, and the review reads the diff.
package golden

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// A File is a txtar file whose sections are a case's input and wanted output:
// lines "-- name --", each followed by what the section holds.
type File struct {
	path     string
	comment  string
	sections []section
}

type section struct {
	name string
	data []byte
}

// Read reads a txtar file.
func Read(t testing.TB, path string) *File {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &File{path: path}
	for line := range bytes.Lines(text) {
		s := strings.TrimRight(string(line), "\r\n")
		if name, ok := strings.CutPrefix(s, "-- "); ok && strings.HasSuffix(name, " --") {
			f.sections = append(f.sections, section{name: strings.TrimSuffix(name, " --")})
			continue
		}
		if len(f.sections) == 0 {
			f.comment += string(line)
			continue
		}
		last := &f.sections[len(f.sections)-1]
		last.data = append(last.data, line...)
	}
	return f
}

// Section returns a section; nil if there is none of that name.
func (f *File) Section(name string) []byte {
	for _, s := range f.sections {
		if s.name == name {
			return s.data
		}
	}
	return nil
}

// Check compares got with a section. With UPDATE=1 it writes got there.
func (f *File) Check(t testing.TB, name string, got []byte) {
	t.Helper()
	want := f.Section(name)
	if bytes.Equal(got, want) {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Errorf("%s: %s differs; UPDATE=1 accepts what is new\n%s", f.path, name, diff(string(want), string(got)))
		return
	}
	f.set(name, got)
	if err := os.WriteFile(f.path, f.format(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func (f *File) set(name string, data []byte) {
	for i := range f.sections {
		if f.sections[i].name == name {
			f.sections[i].data = data
			return
		}
	}
	f.sections = append(f.sections, section{name, data})
}

func (f *File) format() []byte {
	b := bytes.NewBufferString(f.comment)
	for _, s := range f.sections {
		b.WriteString("-- " + s.name + " --\n")
		b.Write(s.data)
		if n := len(s.data); n > 0 && s.data[n-1] != '\n' {
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

// diff lists the lines of want that are not in got, and the other way round,
// in order, from the first line that differs.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for len(w) > 0 && len(g) > 0 && w[0] == g[0] {
		w, g = w[1:], g[1:]
	}
	for len(w) > 0 && len(g) > 0 && w[len(w)-1] == g[len(g)-1] {
		w, g = w[:len(w)-1], g[:len(g)-1]
	}
	var b strings.Builder
	for _, l := range w {
		b.WriteString("-" + l + "\n")
	}
	for _, l := range g {
		b.WriteString("+" + l + "\n")
	}
	return b.String()
}
