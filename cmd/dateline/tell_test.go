package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"dateline"
	"dateline/archive"
	"dateline/store/sqlite"
)

// tell puts findings made by hand into the archive and its index. A line of
// the file is ADDRESS | NAME | WORDS and then keys of a statement, such as
// "role=minister"; a NAME in small letters stands in the text, but is no name.
func tell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tell FILE")
	}
	ctx := context.Background()
	dir := ts.MkAbs("data/dateline")
	db, err := sqlite.Open(ctx, filepath.Join(dir, "archive.db"), sqlite.Options{})
	ts.Check(err)
	told := map[string]*dateline.Findings{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		fields := strings.Split(strings.TrimSpace(line), " | ")
		art, err := db.Find(ctx, fields[0])
		ts.Check(err)
		f := told[fields[0]]
		if f == nil {
			f = &dateline.Findings{Capture: art.Capture}
			told[fields[0]] = f
		}
		s, err := statementOf(art, fields[1], fields[2], fields[3:])
		ts.Check(err)
		f.Statements = append(f.Statements, s)
	}
	for _, f := range told {
		ts.Check(db.Findings().Put(ctx, *f))
	}
	ts.Check(db.Close())
	a, err := archive.Open(ctx, dir, archive.Options{})
	ts.Check(err)
	ts.Check(a.Run(ctx, archive.RunOptions{}))
	ts.Check(a.Close())
}

func statementOf(a *dateline.Article, name, words string, keys []string) (dateline.Statement, error) {
	s := dateline.Statement{Kind: "direct", Who: name, Rule: "test/told"}
	if strings.ToLower(name) == name {
		at := strings.Index(a.Text, name)
		s.Who, s.Speaker = "", []dateline.Span{{Start: at, End: at + len(name)}}
	}
	for part := range strings.SplitSeq(words, " … ") {
		at := strings.Index(a.Text, part)
		if at < 0 {
			return s, fmt.Errorf("%q is not in the text of %s", part, a.URL)
		}
		s.Content = append(s.Content, dateline.Span{Start: at, End: at + len(part)})
	}
	for _, k := range keys {
		key, value, _ := strings.Cut(k, "=")
		switch key {
		case "role":
			s.Role = value
		case "kind":
			s.Kind = value
		case "medium":
			s.Medium = value
		case "via":
			s.Via = append(s.Via, value)
		case "hedge":
			s.Hedge = value
		case "doubtful":
			s.Confidence = 0.5
		case "on":
			s.On = dateline.Date(value)
		default:
			return s, fmt.Errorf("no key %q", key)
		}
	}
	return s, nil
}
