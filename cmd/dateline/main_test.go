package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"dateline/internal/tsp/tsptest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dateline": main})
}

// TestScript runs the scripts in testdata/script: what a user could type.
//
// Besides testscript's own commands there are
//
//	status N dateline ARGS   runs the command and wants exit status N
//	web FOLDER               serves the files of a folder; $WEB is the address
//	spoil FILES TEXT         changes the last byte of a text wherever it stands in files
//	stamp REQUEST REPLY ROOT has a time-stamping authority answer, and writes its root
//	tell FILE                puts statements into the archive, see tell
func TestScript(t *testing.T) { runScripts(t, "testdata/script") }

func runScripts(t *testing.T, folder string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir: folder,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("REPLAY_PYTHON", os.Getenv("REPLAY_PYTHON")) // of the scripts in testdata/peers
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"stamp":  stamp,
			"status": wantStatus,
			"web":    serveFolder,
			"tell":   tell,
			"spoil":  spoil,
		},
	})
}

func stamp(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: stamp REQUEST REPLY ROOT")
	}
	authority, err := tsptest.New("Stamps")
	ts.Check(err)
	reply, err := authority.Reply([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), reply, 0o666))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), authority.RootPEM, 0o666))
}

func wantStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s: exit status %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

func serveFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: web FOLDER")
	}
	server := httptest.NewServer(http.FileServer(http.FS(os.DirFS(ts.MkAbs(args[0])))))
	ts.Defer(server.Close)
	ts.Setenv("WEB", server.URL)
}

func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: spoil FILES TEXT")
	}
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	other := text[:len(text)-1] + string(text[len(text)-1]^1)
	done := 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		ts.Check(err)
		done += strings.Count(string(b), text)
		ts.Check(os.WriteFile(file, []byte(strings.ReplaceAll(string(b), text, other)), 0o666))
	}
	if done == 0 {
		ts.Fatalf("%q does not stand in %s", text, args[0])
	}
}

// TestGoldenCommands compares doc/commands.md with the help texts.
// UPDATE=1 rewrites it.
func TestGoldenCommands(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Commands\n\nWhat `dateline help` prints; made by `make golden`.\n\n```\n" + usage() + "```\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "\n## %s\n\n```\n%s```\n", c.name, c.usage())
	}
	const file = "../../doc/commands.md"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Errorf("%s does not say what the help texts say; UPDATE=1 rewrites it", file)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands() {
		if !strings.Contains(string(readme), "`dateline "+c.name) {
			t.Errorf("README.md does not name the command %q", c.name)
		}
	}
}

// TestCIRunsTheReadmesTestCommand keeps the README's test command and CI alike.
func TestCIRunsTheReadmesTestCommand(t *testing.T) {
	for _, file := range []string{"../../README.md", "../../.ci/run", "../../Makefile"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "go test ./...") {
			t.Errorf("%s does not run \"go test ./...\"", file)
		}
	}
}
