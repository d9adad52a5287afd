package archive_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
)

// answers is what queries find and count in the archive in dir.
func answers(t *testing.T, dir string) string {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true})
	if err != nil {
		return err.Error()
	}
	defer a.Close()
	var b strings.Builder
	for _, text := range []string{"", "harbour", "report", "1003", "publisher:harbour", "tag:x", "calm night", "long", "duarte", "who:dale", `said:"calm night"`, "lang:en", "after:2026-02", "ships -1001", "pilo*"} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n%s:", text)
		for h, err := range a.Search(t.Context(), q, index.Options{}) {
			if err != nil {
				fmt.Fprint(&b, err)
				break
			}
			fmt.Fprintf(&b, " %s", h.Article.Capture)
		}
		f, err := a.Facets(t.Context(), q)
		fmt.Fprintf(&b, " %+v %v", f, err)
	}
	return b.String()
}

var flips = flag.Int("flips", 30, "how many bytes TestFlippedBytesOfTheIndex changes, one at a time")

// flipUsed changes one byte of a file that is not zero: most of a small database
// is room for more.
func flipUsed(t *testing.T, name string, r *rand.Rand) (at int, was, is byte) {
	t.Helper()
	b := read(t, name)
	for at = r.IntN(len(b)); b[at] == 0; at = r.IntN(len(b)) {
	}
	was = b[at]
	b[at] ^= byte(1 + r.IntN(255))
	write(t, name, b)
	return at, was, b[at]
}

// Every changed byte of the index is found, or changes no answer; and the index
// that is made again gives the old answers.
func TestFlippedBytesOfTheIndex(t *testing.T) {
	origin := t.TempDir()
	sample(t, origin)
	wantSound(t, origin)
	was := answers(t, origin)
	r := rand.New(rand.NewPCG(3, 4))
	found, remade, unseen := 0, 0, 0
	for range *flips {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(origin)); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, "index.db")
		at, old, now := flipUsed(t, name, r)
		what := fmt.Sprintf("index.db: byte %d: %#x instead of %#x", at, now, old)
		before := read(t, name)
		list := flaws(t, dir)
		switch is := answers(t, dir); {
		case len(list) > 0:
			found++
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Fatalf("%s: repair: %v", what, err)
			}
			wantSound(t, dir)
			if is := answers(t, dir); is != was {
				t.Errorf("%s: after repair: %s\nwant %s", what, is, was)
			}
		case is != was:
			t.Errorf("%s: not found, and changes answers: %s\nwant %s", what, is, was)
		case !reflect.DeepEqual(before, read(t, name)):
			remade++
		default:
			unseen++
		}
	}
	t.Logf("of %d changed bytes %d found, %d made the index be made again when it was opened, %d change nothing", *flips, found, remade, unseen)
	if unseen > 0 || found < *flips/3 {
		t.Errorf("%d changed bytes found, and %d not; want %d at least, and none", found, unseen, *flips/3)
	}
}

// Words and values of the index that are not those of the articles are told
// with the article.
func TestForeignWordsInTheIndex(t *testing.T) {
	for name, change := range map[string]string{
		"a word more":       "INSERT INTO fts (rowid, title, body, k) SELECT id, 'zebra', '', '' FROM docs WHERE article = ?1",
		"no words":          "DELETE FROM fts WHERE rowid = (SELECT id FROM docs WHERE article = ?1)",
		"another day":       "UPDATE docs SET day = 20200101 WHERE article = ?1",
		"fewer values":      "UPDATE docs SET facets = x'' WHERE article = ?1",
		"a day spoken of":   "INSERT INTO spoken SELECT 0, 20000, 20001, id FROM docs WHERE article = ?1",
		"another statement": "INSERT INTO said (rowid, words, who) SELECT id << 15, 'zebra', 'ana' FROM docs WHERE article = ?1",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			id := string(dateline.NewArticleID(page(1003, 3).Capture.URL))
			db, err := sql.Open("sqlite", filepath.Join(dir, "index.db"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.ExecContext(t.Context(), change, id)
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			if list := flaws(t, dir); len(list) != 1 || list[0].Kind != archive.FlawIndex || list[0].Key != id {
				t.Errorf("flaws: %v, want one of %s", list, id)
			}
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			wantSound(t, dir)
		})
	}
}
