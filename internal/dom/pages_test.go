package dom_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/internal/dom"
	"dateline/internal/newspaper"
)

// readPages returns the pages in files and folders by their names. Files may be
// compressed with gzip.
func readPages(t *testing.T, paths []string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
				if data, err = io.ReadAll(z); err != nil {
					return err
				}
			}
			pages[path] = dom.Decode(data, "")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return pages
}

// ownPages returns the pages that the project has.
func ownPages(t *testing.T) map[string]string {
	t.Helper()
	pages := readPages(t, []string{"../../cmd/dateline/demo/pages", "../../extract/testdata"})
	for n := range 20 {
		page, address := newspaper.Page(n)
		pages[address] = string(page)
	}
	if len(pages) < 50 {
		t.Fatalf("there are %d pages, want 50 and more", len(pages))
	}
	return pages
}

// TestPages compares the trees of whole pages, and their texts, with those of
// x/net/html: of the pages that the project has, and of others by
//
//	go test ./internal/dom -run Pages -v -args FILE|FOLDER…
func TestPages(t *testing.T) {
	pages := readPages(t, flag.Args())
	if len(pages) == 0 {
		pages = ownPages(t)
	}
	same, sameText := 0, 0
	for name, page := range pages {
		tree := dom.Parse(page)
		want, err := netLines(page)
		if err != nil {
			t.Errorf("%s: x/net/html: %v", name, err)
			continue
		}
		got := lines(tree)
		if tree.Raw(0) == netText(page) {
			sameText++
		} else {
			t.Errorf("%s: another text", name)
		}
		if slices.Equal(got, want) {
			same++
		} else {
			t.Errorf("%s: %s", name, firstDifference(got, want))
		}
		tree.Release()
	}
	t.Logf("%d pages: %d have the tree of x/net/html, %d its text", len(pages), same, sameText)
}

// netText returns all text of a page as x/net/html reads it.
func netText(page string) string {
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// firstDifference shows where two trees part, with what comes before.
func firstDifference(got, want []string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	show := func(l []string) string {
		var b strings.Builder
		for _, s := range l[i:min(i+3, len(l))] {
			b.WriteString("\n\t" + s[:min(len(s), 200)])
		}
		return b.String()
	}
	before := strings.Join(got[max(0, i-3):i], "\n\t")
	return "after\n\t" + before + "\nParse has" + show(got) + "\nx/net/html has" + show(want)
}
