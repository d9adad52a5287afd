package main

import (
	"strings"
	"testing"
)

// The command kills the program, and tells what it has done; a program that
// loses what it has acknowledged is told.
func TestCrash(t *testing.T) {
	t.Chdir("../..") // where the program is built from
	var out strings.Builder
	if err := run(t.Context(), options{rounds: 2, seed: 7}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "2 kills in 1 stories") {
		t.Errorf("told %q", out.String())
	}
}

// What is gone or changed is told, what has come is not.
func TestLacks(t *testing.T) {
	was, now := newState(), newState()
	was.captures["c1"], now.captures["c1"], now.captures["c2"] = "{}", "{}", "{}"
	if text := was.lacks(now); text != "" {
		t.Errorf("lacks %q, want nothing", text)
	}
	if text := now.lacks(was); !strings.Contains(text, "c2 is gone") {
		t.Errorf("lacks %q, want c2", text)
	}
	was.articles["c1"], now.articles["c1"] = "{}", `{"headline":"Other"}`
	if text := was.lacks(now); !strings.Contains(text, "Other") {
		t.Errorf("lacks %q, want the changed article", text)
	}
}
