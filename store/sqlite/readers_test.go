//go:build peers

package sqlite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReaders opens archive.db with the programs that people have. tools/peers.sh runs it
// where they can be installed: DATELINE_PYTHON names the interpreter that has them.
func TestReaders(t *testing.T) {
	path := harbour(t)
	queries := filepath.Join(t.TempDir(), "questions.sql")
	if err := os.WriteFile(queries, []byte(strings.Join(questions(t), ";\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sqlite3", "datasette"} {
		t.Run(name, func(t *testing.T) {
			if out, err := exec.Command(os.Getenv("DATELINE_PYTHON"), "testdata/readers.py", name, path, queries).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
