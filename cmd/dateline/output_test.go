package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A file takes its name only when it is whole; what an interrupted command has written is
// kept under a name that says how far it came.
func TestOutput(t *testing.T) {
	errCut := errors.New("cut")
	for _, test := range []struct {
		failed error
		keep   bool
		want   string // name of the file that is there at the end; "" for none
	}{{nil, false, "a.csv"}, {errCut, false, ""}, {errCut, true, "a-until-x.csv"}} {
		dir := t.TempDir()
		out, err := newOutput(streams{}, filepath.Join(dir, "a.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.WriteString("text"); err != nil {
			t.Fatal(err)
		}
		part, err := out.end(test.failed, test.keep, "-until-x")
		if !errors.Is(err, test.failed) || (part != "") != test.keep {
			t.Errorf("%+v: part %q, %v", test, part, err)
		}
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range files {
			got += f.Name()
		}
		if got != test.want {
			t.Errorf("%+v: there are %q", test, got)
		}
		if test.want == "" {
			continue
		}
		if text, err := os.ReadFile(filepath.Join(dir, test.want)); err != nil || string(text) != "text" {
			t.Errorf("%+v: %q, %v", test, text, err)
		}
	}
}
