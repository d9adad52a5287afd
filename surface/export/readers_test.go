//go:build peers

package export_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dateline"
	"dateline/surface/export"
)

// TestReaders lets the programs that people have read each format; testdata/readers.py
// says which. tools/peers.sh runs it where they can be installed: DATELINE_PYTHON names
// the interpreter that has them.
func TestReaders(t *testing.T) {
	python := os.Getenv("DATELINE_PYTHON")
	dir, h := t.TempDir(), bridge()
	h.docs = append(h.docs, &export.Doc{Article: &dateline.Article{ID: "a3", Capture: "c3", URL: "https://x.example/شجرة", Lang: "ar", Headline: "\u200fعنوان\x01", Text: "سطر\x00 واحد"}})
	for _, f := range export.Formats() {
		for _, of := range f.Of {
			if err := os.WriteFile(filepath.Join(dir, f.Name+"-"+of+f.Ext), exported(t, h, f.Name, of), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	list, err := exec.Command(python, "testdata/readers.py").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(list)) {
		t.Run(name, func(t *testing.T) {
			if out, err := exec.Command(python, "testdata/readers.py", name, dir).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
