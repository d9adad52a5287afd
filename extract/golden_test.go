package extract_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline"
	"dateline/extract"
	"dateline/internal/golden"

	"golang.org/x/text/unicode/norm"
)

// pages returns the golden pages by name: the address and the bytes.
func pages(t testing.TB) map[string]*golden.File {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*golden.File{}
	for _, path := range paths {
		if f := golden.Read(t, path); f.Section("page.html") != nil {
			all[strings.TrimSuffix(filepath.Base(path), ".txtar")] = f
		}
	}
	if len(all) < 12 {
		t.Fatalf("only %d golden pages", len(all))
	}
	return all
}

func address(f *golden.File) string { return strings.TrimSpace(string(f.Section("address"))) }

func TestGolden(t *testing.T) {
	for name, f := range pages(t) {
		t.Run(name, func(t *testing.T) {
			a := extract.Article(f.Section("page.html"), address(f))
			checkRecord(t, a)
			if again := extract.Article(f.Section("page.html"), address(f)); !reflect.DeepEqual(a, again) {
				t.Errorf("a second extraction gives %+v, the first %+v", again, a)
			}
			f.Check(t, "want.json", printed(t, a))
		})
	}
}

// TestDetached overwrites the bytes of a page whose record is still there.
func TestDetached(t *testing.T) {
	for name, f := range pages(t) {
		body := bytes.Clone(f.Section("page.html"))
		a := extract.Article(body, address(f))
		want := printed(t, a)
		for i := range body {
			body[i] = '#'
		}
		if got := printed(t, a); !bytes.Equal(got, want) {
			t.Errorf("%s: with its page the record becomes\n%s\nit was\n%s", name, got, want)
		}
	}
}

// printed returns a record as indented JSON with the text block by block.
func printed(t *testing.T, a *dateline.Article) []byte {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(a); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// checkRecord reports where a record breaks the promises of its type.
func checkRecord(t testing.TB, a *dateline.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || !norm.NFC.IsNormalString(a.Text) {
		t.Errorf("text is not NFC: %q", a.Text)
	}
	at := 0
	for i, b := range a.Blocks {
		if i > 0 {
			if a.Text[at:b.Start] != "\n\n" {
				t.Errorf("between blocks %d and %d stands %q, want a blank line", i-1, i, a.Text[at:b.Start])
			}
		} else if b.Start != 0 {
			t.Errorf("first block starts at %d, want 0", b.Start)
		}
		if b.End <= b.Start || strings.Contains(a.Text[b.Start:b.End], "\n\n") {
			t.Errorf("block %d is %q", i, a.Text[b.Start:b.End])
		}
		at = b.End
	}
	if at != len(a.Text) {
		t.Errorf("blocks cover %d bytes of %d", at, len(a.Text))
	}
	for _, d := range []dateline.Date{a.Published, a.Modified} {
		if _, _, ok := d.Interval(); d != "" && !ok {
			t.Errorf("%q is no date", d)
		}
	}
	for _, im := range a.Images {
		if !strings.HasPrefix(im.URL, "http") {
			t.Errorf("image %q is not absolute", im.URL)
		}
	}
	if c := extract.Canonical(a.Canonical); c != a.Canonical {
		t.Errorf("Canonical(%q) = %q, want it unchanged", a.Canonical, c)
	}
}
