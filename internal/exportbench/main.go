//go:build unix

// Command exportbench measures how fast articles are exported, and how much memory that
// takes: it writes an archive's logs of so many articles like those of newspapers, and then
// exports them in one format, on one processor.
//
//	exportbench -make N [-blocks N] FOLDER    writes FOLDER/archive.db
//	exportbench [-format F] [-of T] FOLDER    reads it, writes the export to nowhere, and prints figures
//
// Articles are those of package internal/newspaper, about forty different texts under as
// many addresses, headlines and days as there are articles. The index is not asked: the
// articles come in the order of the log. Time is CPU time of the whole process, so that a
// busy machine does not count; memory is the most that the process held (VmHWM, Linux).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/extract"
	"dateline/index"
	"dateline/internal/newspaper"
	"dateline/query"
	"dateline/store/sqlite"
	"dateline/surface/export"
)

func main() {
	makes := flag.Int("make", 0, "write the logs of `N` articles")
	blocks := flag.Int("blocks", 0, "of each text only the first `n` blocks; 0 means all")
	format := flag.String("format", "parquet", "export in `format`")
	of := flag.String("of", "articles", "a row for each of these `things`")
	flag.Parse()
	if err := run(context.Background(), flag.Arg(0), *makes, *blocks, *format, *of); err != nil {
		fmt.Fprintln(os.Stderr, "exportbench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, makes, blocks int, format, of string) error {
	db, err := sqlite.Open(ctx, filepath.Join(dir, "archive.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	if makes > 0 {
		return errors.Join(write(ctx, db, makes, blocks), db.Close())
	}
	return errors.Join(measure(ctx, db, format, of), db.Close())
}

// texts is how many different articles there are.
const texts = 40

func write(ctx context.Context, db *sqlite.DB, n, blocks int) error {
	var patterns []*dateline.Article
	for i := range texts {
		page, address := newspaper.Page(i)
		a := extract.Article(page, address)
		if blocks > 0 && blocks < len(a.Blocks) {
			a.Blocks = a.Blocks[:blocks]
			a.Text = a.Text[:a.Blocks[blocks-1].End]
		}
		patterns = append(patterns, a)
	}
	var batch []dateline.Article
	var groups []dateline.Group
	for i := range n {
		a := *patterns[i%texts]
		a.URL = fmt.Sprintf("%s?n=%d", a.URL, i)
		a.Canonical, a.ID = a.URL, dateline.NewArticleID(a.URL)
		a.Fetched = time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC).Format(time.RFC3339)
		a.Payload = fmt.Sprintf("sha256:%064x", i)
		a.Capture = dateline.NewCaptureID(a.URL, time.Unix(int64(i), 0), a.Payload)
		a.Headline = fmt.Sprintf("%s %d", a.Headline, i)
		a.Published = dateline.Date(time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC).Format(time.RFC3339))
		batch = append(batch, a)
		groups = append(groups, dateline.Group{Article: a.ID, Report: a.ID, Event: a.ID, Story: a.ID})
		if len(batch) == 500 || i == n-1 {
			if err := errors.Join(db.Articles().Put(ctx, batch...), db.Groups().Put(ctx, groups...)); err != nil {
				return err
			}
			batch, groups = batch[:0], groups[:0]
		}
	}
	return nil
}

// logs is what an export reads, without an index.
type logs struct {
	*sqlite.DB
	captures []dateline.CaptureID
}

func (l logs) Matches(context.Context, query.Query, index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		for _, c := range l.captures {
			if !yield(index.Match{Capture: c}, nil) {
				return
			}
		}
	}
}

func (l logs) State(context.Context) (archive.State, error) { return archive.State{}, nil }

func measure(ctx context.Context, db *sqlite.DB, format, of string) error {
	runtime.GOMAXPROCS(1)
	l := logs{DB: db}
	rows, err := db.Query(ctx, "select capture from version")
	if err != nil {
		return err
	}
	for rows.Next() {
		var c dateline.CaptureID
		if err := rows.Scan(&c); err != nil {
			return err
		}
		l.captures = append(l.captures, c)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	f, ok := export.FormatOf(format)
	if !ok {
		return fmt.Errorf("there is no format %s", format)
	}
	var out counted
	before, begun := cpu(), time.Now()
	w, err := export.Articles(&out, export.Select(ctx, l, query.Query{}, export.Selection{Needs: f.Needs(of)}), f, export.Origin{Software: "dateline/bench", Of: of}, nil, nil)
	if err != nil {
		return err
	}
	spent := cpu() - before
	fmt.Printf("%s of %s: %d articles, %.1f MB, %.1f s of CPU (%.1f s on the clock): %.0f articles/s; %s\n", format, of, w.Articles, float64(out)/1e6,
		spent.Seconds(), time.Since(begun).Seconds(), float64(w.Articles)/spent.Seconds(), peak())
	// The second half of the work alone: what is read already is written again.
	var docs []*export.Doc
	for d, err := range export.Select(ctx, l, query.Query{}, export.Selection{Needs: f.Needs(of), Limit: 5000}) {
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	before = cpu()
	_, err = export.Articles(io.Discard, func(yield func(*export.Doc, error) bool) {
		for range 4 {
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
			}
		}
	}, f, export.Origin{Of: of}, nil, nil)
	fmt.Printf("written alone: %.0f articles/s\n", float64(4*len(docs))/(cpu()-before).Seconds())
	return err
}

type counted int64

func (c *counted) Write(b []byte) (int, error) {
	*c += counted(len(b))
	return len(b), nil
}

// cpu returns the CPU time that the process has taken.
func cpu() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// peak returns the most memory that the process held.
func peak() string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "memory not known"
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return "at most " + strings.TrimSpace(rest)
		}
	}
	return "memory not known"
}
