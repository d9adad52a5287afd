package archive_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
)

// flaws are what a check of the archive in dir finds, a line each. A database
// that cannot be opened is one.
func flaws(t *testing.T, dir string) (list []archive.Flaw) {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true})
	if err != nil {
		return []archive.Flaw{{Kind: archive.FlawDatabase, Reason: err.Error()}}
	}
	defer a.Close()
	for f, err := range a.Verify(t.Context(), archive.VerifyOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

func wantSound(t *testing.T, dir string) {
	t.Helper()
	for _, f := range flaws(t, dir) {
		t.Errorf("%s: %v", f.Kind, f)
	}
}

// sample makes an archive of 12 pages, one of them twice with the same
// payload and one twice with another, a decision, and two sources with a lead each.
func sample(t *testing.T, dir string) {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pages := append(reports(10), page(1004, 4))
	changed := page(1005, 4)
	text := strings.Replace(string(changed.Body), "calm night", "long calm night, said Mr Dale", 1)
	digest, length, _ := dateline.Digest(strings.NewReader(text))
	changed.Capture.Payload, changed.Capture.Length = digest, length
	changed.Capture.ID = dateline.NewCaptureID(changed.Capture.URL, changed.Capture.Fetched, digest)
	changed.Block = []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text)
	add(t, a, archive.Added{Pages: 12, Revisits: 1}, append(pages, changed)...)
	err = a.Decide(t.Context(), dateline.Decision{A: dateline.SpeakerRef{Name: "Ana Duarte"}, B: dateline.SpeakerRef{Name: "President Duarte"}, Verdict: dateline.Same})
	for _, name := range []string{"wharf", "pier"} {
		source := dateline.Source{URL: "https://" + name + ".example/feed", Kind: "feed", Title: "The " + name, Polls: 4}
		err = errors.Join(err, a.Sources().Put(t.Context(), source),
			a.Leads().Put(t.Context(), dateline.Lead{URL: "https://" + name + ".example/1", Source: source.URL, Title: "One"}))
	}
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
}

// A state is all that an archive shows of its captures.
type state map[dateline.CaptureID]shown

type shown struct {
	capture dateline.Capture
	payload string
	article *dateline.Article
	found   string // what was found in the article, or what else stands under the key
	group   string
}

// captured are the captures of sample.
func captured(t *testing.T, dir string) (ids []dateline.CaptureID) {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for n := range 10 {
		versions, err := a.Versions(t.Context(), dateline.NewArticleID(page(1000+n, 3).Capture.URL))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			ids = append(ids, v.Capture)
		}
	}
	return ids
}

// look reads all that the archive shows of the captures. What it refuses to
// show is left out.
func look(t *testing.T, dir string, ids []dateline.CaptureID) state {
	t.Helper()
	s := state{}
	a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true})
	if err != nil {
		return s
	}
	defer a.Close()
	for _, id := range ids {
		var is shown
		if c, err := a.Capture(t.Context(), id); err == nil {
			is.capture = *c
			if rec, err := a.Record(t.Context(), c); err == nil {
				is.payload = string(rec.Payload)
			}
		}
		if art, err := a.Find(t.Context(), string(id)); err == nil {
			is.article = art
			if groups, err := a.GroupsOf(t.Context(), art.ID); err == nil && groups[0] != nil {
				is.group = encoded(t, groups[0])
			}
		}
		if f, err := a.Findings(t.Context(), id); err == nil {
			is.found = fmt.Sprintf("%+v", *f)
		}
		s[id] = is
	}
	list, err := a.Decisions(t.Context())
	for _, d := range list {
		if err == nil {
			s[dateline.CaptureID("decision "+d.Key())] = shown{found: encoded(t, d)}
		}
	}
	for e, err := range a.Sources().After(t.Context(), 0) {
		if err == nil {
			s[dateline.CaptureID("source "+e.Rec.URL)] = shown{found: encoded(t, e.Rec)}
		}
	}
	for e, err := range a.Leads().After(t.Context(), 0) {
		if err == nil {
			s[dateline.CaptureID("lead "+e.Rec.URL)] = shown{found: encoded(t, e.Rec)}
		}
	}
	return s
}

func encoded(t *testing.T, rec any) string {
	t.Helper()
	text, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// wrong names what is shown that is not as it was. What is not shown is not
// wrong.
func (s state) wrong(was state) (list []string) {
	for id, is := range s {
		old := was[id]
		if is.capture.ID != "" && !reflect.DeepEqual(is.capture, old.capture) {
			list = append(list, fmt.Sprintf("capture %s: %+v", id, is.capture))
		}
		if is.payload != "" && is.payload != old.payload {
			list = append(list, fmt.Sprintf("payload of %s: %q", id, is.payload))
		}
		if is.article != nil && !reflect.DeepEqual(is.article, old.article) {
			list = append(list, fmt.Sprintf("article of %s: %+v", id, is.article))
		}
		if is.found != "" && is.found != old.found {
			list = append(list, fmt.Sprintf("findings of %s: %s", id, is.found))
		}
		if is.group != "" && is.group != old.group {
			list = append(list, fmt.Sprintf("group of %s: %s", id, is.group))
		}
	}
	return list
}

// flip changes one byte of a file to another.
func flip(t *testing.T, file string, r *rand.Rand) (at int, was, is byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at = r.IntN(len(b))
	was = b[at]
	b[at] ^= byte(1 + r.IntN(255))
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return at, was, b[at]
}

var flipped = flag.Int("flipped", 200, "how many bytes TestFlippedBytes changes in the WARC files, and in the database")

// Every changed byte is found by a check, or changes nothing that is shown;
// none is shown as good; and what can be made again is.
func TestFlippedBytes(t *testing.T) {
	origin := t.TempDir()
	sample(t, origin)
	wantSound(t, origin)
	ids := captured(t, origin)
	if len(ids) != 12 {
		t.Fatalf("%d captures, want 12", len(ids))
	}
	was, all := look(t, origin, ids), dump(t, origin)
	names, err := filepath.Glob(filepath.Join(origin, "warc", "*.warc.gz"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, test := range []struct {
		file   string
		flip   func(t *testing.T, file string, r *rand.Rand) (at int, was, is byte)
		unseen int // at most so many flips change nothing that anything reads
	}{{filepath.Join("warc", filepath.Base(names[0])), flip, 0}, {"archive.db", flipUsed, 0}} {
		found, unseen, mended, left := 0, 0, 0, 0
		for range *flipped {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(origin)); err != nil {
				t.Fatal(err)
			}
			at, old, now := test.flip(t, filepath.Join(dir, test.file), r)
			what := fmt.Sprintf("%s: byte %d: %#x instead of %#x", test.file, at, now, old)
			list := flaws(t, dir)
			is := look(t, dir, ids)
			for _, w := range is.wrong(was) {
				t.Errorf("%s: shown as good: %s", what, w)
			}
			if len(list) == 0 {
				unseen++
				if !reflect.DeepEqual(is, was) || dump(t, dir) != all {
					t.Errorf("%s: not found, but SQLite does not read what was there", what)
				}
				continue
			}
			if found++; test.file != "archive.db" && found%5 > 0 {
				continue // a lost record stays lost: a fifth of them is tried
			}
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Logf("%s: repair: %v (%v)", what, err, list)
				left++
				continue
			}
			after := look(t, dir, ids)
			for _, w := range after.wrong(was) {
				t.Errorf("%s: wrong after repair: %s", what, w)
			}
			rest := flaws(t, dir)
			if len(rest) == 0 {
				mended++
				continue
			}
			left++
			for _, f := range rest {
				if f.Repair != "" || test.file == "archive.db" {
					t.Errorf("%s: left after repair: %v", what, f)
				}
			}
		}
		t.Logf("%s: of %d changed bytes %d found, %d change nothing that is read; repair leaves nothing of %d, and something of %d", test.file, *flipped, found, unseen, mended, left)
		if unseen > test.unseen {
			t.Errorf("%s: %d changed bytes are not found, want at most %d", test.file, unseen, test.unseen)
		}
	}
}

// dump is all that SQLite reads from a database.
func dump(t *testing.T, dir string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "archive.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var b strings.Builder
	for _, query := range []string{
		"SELECT type || name, coalesce(sql, '') FROM sqlite_schema", "SELECT name, seq FROM cursors",
		"SELECT seq || key || sum, rec FROM captures", "SELECT seq || key || sum, rec FROM articles",
		"SELECT seq || key || sum, rec FROM findings", "SELECT seq || key || sum, rec FROM decisions",
		"SELECT seq || key || sum, rec FROM groups", "SELECT seq || key || sum, rec FROM sources", "SELECT seq || key || sum, rec FROM leads",
	} {
		rows, err := db.QueryContext(t.Context(), query)
		if err != nil {
			return err.Error()
		}
		for rows.Next() {
			var key, rec string
			if err := rows.Scan(&key, &rec); err != nil {
				return err.Error()
			}
			fmt.Fprintf(&b, "%q %q\n", key, rec)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err.Error()
		}
	}
	return b.String()
}

// A check goes on from where it had come to, and finds the same in two parts.
func TestVerifyGoesOn(t *testing.T) {
	dir := t.TempDir()
	sample(t, dir)
	a := open(t, dir, archive.Options{})
	for n, id := range []int{1002, 1007} {
		c, err := a.Capture(t.Context(), page(id, 3).Capture.ID)
		if err != nil {
			t.Fatal(n, err)
		}
		damaged(t, dir, c, func(b []byte) { clear(b[40:60]) })
	}
	whole := flaws(t, dir)
	if len(whole) != 2 || whole[0].Captures[0].URL != page(1002, 3).Capture.URL || whole[0].Captures[0].Headline != "Report 1002" {
		t.Fatalf("flaws: %v, want the records of 1002 and 1007", whole)
	}
	var positions []archive.Position
	for _, err := range a.Verify(t.Context(), archive.VerifyOptions{Progress: func(p archive.Progress) { positions = append(positions, p.Position) }}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(positions) < 40 {
		t.Fatalf("%d positions told, want one for each record and row", len(positions))
	}
	for _, from := range positions {
		var rest []archive.Flaw
		for f, err := range a.Verify(t.Context(), archive.VerifyOptions{From: from}) {
			if err != nil {
				t.Fatalf("from %s: %v", from, err)
			}
			rest = append(rest, f)
		}
		if len(rest) > 2 || fmt.Sprint(rest) != fmt.Sprint(whole[2-len(rest):]) {
			t.Errorf("from %s: %v", from, rest)
		}
	}
	for _, err := range a.Verify(t.Context(), archive.VerifyOptions{From: "no:where"}) {
		if err == nil {
			t.Error("a check begins nowhere")
		}
	}
}

// A lost database is made again from the WARC files alone, with all that it
// said of captures; a record that no capture names is taken in, even between
// others; lost and stale articles and findings are made again, and so is the index.
func TestRepair(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(t *testing.T, dir string)
		kinds string // of the flaws before
	}{
		"no database":            {func(t *testing.T, dir string) { remove(t, dir, "archive.db") }, ""},
		"a database of zeros":    {func(t *testing.T, dir string) { zero(t, dir, "archive.db") }, "database "},
		"no index":               {func(t *testing.T, dir string) { remove(t, dir, "index.db") }, ""},
		"an index of zeros":      {func(t *testing.T, dir string) { zero(t, dir, "index.db") }, ""},
		"an index without words": {wordless, "index "},
		"no articles":            {statement("DELETE FROM articles WHERE seq < 4"), strings.Repeat("article ", 3) + strings.Repeat("findings ", 3) + strings.Repeat("index ", 3)},
		"no findings":            {statement("DELETE FROM findings WHERE seq % 2 = 0"), strings.Repeat("findings ", 6)},
		"a payload's captures":   {statement("DELETE FROM captures WHERE rec ->> 'url' LIKE '%1004'"), "unnamed article article "},
		"a capture":              {statement("DELETE FROM captures WHERE seq = 3"), "unnamed article "},
		"a changed row":          {statement("UPDATE captures SET sum = sum + 1 WHERE seq = 4"), "row "},
		"a wrong cursor":         {statement("UPDATE cursors SET seq = 4000"), "database database database "},
		"no groups":              {statement("DELETE FROM groups WHERE seq % 3 < 2"), strings.Repeat("group ", 8)},
		"damaged groups":         {statement("UPDATE groups SET sum = sum + 1 WHERE seq > 6"), strings.Repeat("row ", 4)},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			ids := captured(t, dir)
			was := look(t, dir, ids)
			test.spoil(t, dir)
			if name != "no database" {
				kinds := ""
				list := flaws(t, dir)
				for _, f := range list {
					kinds += string(f.Kind) + " "
				}
				if kinds != test.kinds {
					t.Errorf("flaws %q, want %q: %v", kinds, test.kinds, list)
				}
			}
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			wantSound(t, dir)
			if name == "no database" || name == "a database of zeros" { // in no other place
				maps.DeleteFunc(was, func(id dateline.CaptureID, _ shown) bool { return !slices.Contains(ids, id) })
			}
			if is := look(t, dir, ids); !reflect.DeepEqual(is, was) {
				t.Errorf("after repair: %v", is.wrong(was))
			}
			a := open(t, dir, archive.Options{})
			if n := hits(t, a, "harbour"); n != 10 {
				t.Errorf("%d articles found, want 10", n)
			}
			add(t, a, archive.Added{Known: 10}, reports(10)...)
		})
	}
}

// wordless takes what the words of the index need, as a killed rebuild on a
// damaged file may leave it, and has the index read the logs again.
func wordless(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "DELETE FROM fts_config; UPDATE cursors SET seq = 0")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

func zero(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), make([]byte, 40960), 0o644); err != nil {
		t.Fatal(err)
	}
}

// statement changes archive.db as no program should.
func statement(text string) func(t *testing.T, dir string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		db, err := sql.Open("sqlite", filepath.Join(dir, "archive.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}

// An archive of an earlier version is brought to today's form and is sound then.
func TestVerifyVersion3(t *testing.T) {
	dir := version3(t)
	if err := open(t, dir, archive.Options{}).Run(t.Context(), archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	wantSound(t, dir)
}

// What one capture rests on is told, and that it cannot be read.
func TestProve(t *testing.T) {
	dir := t.TempDir()
	sample(t, dir)
	a := open(t, dir, archive.Options{})
	for _, ref := range []string{string(page(1004, 4).Capture.ID), page(1004, 3).Capture.URL} {
		p, err := a.Prove(t.Context(), ref, nil)
		if err != nil || p.Trouble != "" || p.Holder == nil || p.Holder.ID != page(1004, 3).Capture.ID || p.RecordID == "" || p.Headline != "Report 1004" {
			t.Errorf("Prove(%s) = %+v, %v, want a sound capture that repeats another", ref, p, err)
		}
	}
	c, err := a.Capture(t.Context(), page(1002, 3).Capture.ID)
	if err != nil {
		t.Fatal(err)
	}
	damaged(t, dir, c, func(b []byte) { clear(b[40:60]) })
	if p, err := a.Prove(t.Context(), string(c.ID), nil); err != nil || p.Trouble == "" || p.RecordID != "" {
		t.Errorf("Prove of a damaged record = %+v, %v, want trouble", p, err)
	}
	if p, err := a.Prove(t.Context(), "https://nowhere.example/", nil); !errors.Is(err, dateline.ErrNotFound) {
		t.Errorf("Prove of what is not there = %+v, %v", p, err)
	}
}

// Each row that cannot be made again is told with its log, its position and its key, and
// no other: what captures and articles give is made again.
func TestRepairTellsWhatIsLost(t *testing.T) {
	for name, test := range map[string]struct {
		spoil string // a statement
		lost  string // told, without reasons
	}{
		"rows of every log": {"UPDATE captures SET sum = 0 WHERE seq = 2; UPDATE articles SET sum = 0 WHERE seq = 3; UPDATE findings SET sum = 0 WHERE seq = 4; UPDATE groups SET sum = 0 WHERE seq = 5; " +
			"UPDATE seals SET sum = 0; UPDATE sources SET sum = 0 WHERE seq = 1; UPDATE leads SET sum = 0 WHERE seq = 2; UPDATE decisions SET rec = rec || ' '",
			"archive.db: decisions: position 1 (Ana Duarte\nPresident Duarte); archive.db: sources: position 1 (https://wharf.example/feed); archive.db: leads: position 2 (https://pier.example/1)"},
		"changed keys": {"UPDATE captures SET key = 'c0' WHERE seq = 2; UPDATE groups SET key = 'a0' WHERE seq = 5; UPDATE sources SET key = 'https://wharf.example/feef' WHERE seq = 1",
			"archive.db: sources: position 1 (https://wharf.example/feef or https://wharf.example/feed)"},
		"what is no record": {"UPDATE sources SET rec = '{' WHERE seq = 2; UPDATE articles SET rec = x'00' WHERE seq = 2",
			"archive.db: sources: position 2 (https://pier.example/feed)"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := a.Seal(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			ids := captured(t, dir)
			was := look(t, dir, ids)
			statement(test.spoil)(t, dir)
			did, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var lost []string
			for _, text := range did.Lost {
				place, why, _ := strings.Cut(text, " could not be made again: ")
				if lost = append(lost, place); why == "" {
					t.Errorf("%q gives no reason", text)
				}
			}
			if got := strings.Join(lost, "; "); got != test.lost {
				t.Errorf("told as lost:\n%s\nwant\n%s", got, test.lost)
			}
			wantSound(t, dir)
			if seals, err := open(t, dir, archive.Options{ReadOnly: true}).Seals(t.Context()); err != nil || len(seals) != 1 {
				t.Errorf("seals %v, %v, want that which was made", seals, err)
			}
			is := look(t, dir, ids)
			for _, w := range is.wrong(was) {
				t.Errorf("wrong after repair: %s", w)
			}
			for id := range was {
				if _, ok := is[id]; !ok && !strings.Contains(test.lost, strings.Fields(string(id))[1]) {
					t.Errorf("%s is gone, and nothing says so", id)
				}
			}
		})
	}
}

// A row of what users have set right, of a search that they keep or of what it told is lost if
// it is damaged, and told, also where nothing else is wrong.
func TestRepairOfWhatUsersSaid(t *testing.T) {
	for table, lost := range map[string]string{
		"corrections": "archive.db: corrections: position 1 (", "alerts": "archive.db: alerts: position 1 (ferries)", "notices": "archive.db: notices: position 1 (n1)",
	} {
		t.Run(table, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			_, err = a.CorrectField(t.Context(), page(1002, 3).Capture.URL, "headline", []string{"The pier"}, "a misprint", "Ana Duarte")
			if err = errors.Join(err, a.AddAlert(t.Context(), dateline.Alert{Name: "ferries", Query: "ferry"}), a.Notices().Put(t.Context(), dateline.Notice{ID: "n1", Alert: "ferries"}), a.Close()); err != nil {
				t.Fatal(err)
			}
			statement("UPDATE "+table+" SET sum = 0")(t, dir)
			did, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{})
			if err != nil || len(did.Lost) != 1 || !strings.HasPrefix(did.Lost[0], lost) {
				t.Errorf("told as lost: %q, %v; want %s", did.Lost, err, lost)
			}
			wantSound(t, dir)
		})
	}
}
