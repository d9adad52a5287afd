package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/query"
	"dateline/store"
	"dateline/surface/export"
)

var exportCommand = command{
	name:  "export",
	args:  "QUERY",
	short: "writes articles and captures for other programs: CSV, Parquet, WARC and more",
	long: `Export writes what a query finds ("dateline help search"), newest first; without a
query all of the archive. It writes to standard output, or with -o to a file that
is there only once it is whole. The formats (doc/export.md has an example of each):

` + exportFormatLines() + `
    dateline export -format parquet -o bridge.parquet bridge after:2026-02
    dateline export -format csv -of statements who:velikar > velikar.csv
    dateline export -format wacz -o bridge.wacz bridge

With -of a table has a row for each statement, date, mention, event or version of
the articles found in place of one for each article; statements are those that the
query selects, as "dateline statements" prints them.

An export that is interrupted keeps what it has written, as a file of its own that
can be read, and says which -after continues it. Where a format cannot hold the
query, the state of the archive and the version of the program, a manifest stands
beside the file, as FILE.manifest.json. What cannot be read is reported and left
out (exit status 3).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		var x exporting
		fs.StringVar(&x.format, "format", "warc", "write `format`: "+strings.Join(exportFormatNames(), ", "))
		fs.StringVar(&x.of, "of", export.Tables[0], "a row for each of these `things`: "+strings.Join(export.Tables, ", "))
		fs.StringVar(&x.name, "o", "-", "write to `file`; - is standard output, and with -format md FOLDER/ a folder of notes")
		fs.StringVar(&x.after, "after", "", "begin behind this `article`, as an interrupted export says")
		fs.IntVar(&x.limit, "limit", 0, "export at most `n` articles; 0 means all of them")
		fs.BoolVar(&x.all, "all", false, "look at less certain statements, too")
		return func(ctx context.Context, s streams, args []string) error {
			if err := x.check(s); err != nil {
				return err
			}
			q, a, err := openForQuery(ctx, s, dir(), args)
			if err != nil {
				return err
			}
			q.Doubtful = x.all
			if write, ok := captureFormats[x.format]; ok {
				return errors.Join(exportTo(ctx, s, a, q, x.name, write), a.Close())
			}
			return errors.Join(x.articles(ctx, s, a, q), a.Close())
		}
	},
}

// An exporting holds the values of the flags of "dateline export".
type exporting struct {
	format, of, name, after string
	limit                   int
	all                     bool
}

// exportFormatNames lists the values of -format.
func exportFormatNames() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	return append(names, "warc", "wacz", "cdxj")
}

// exportFormatLines describes the formats, a line each.
func exportFormatLines() string {
	var b strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "    %-10s %s\n", f.Name, f.Short)
	}
	b.WriteString(`    warc       the records of all captures just as they are stored, one gzip member each
    wacz       the same in one file for replay (WACZ 1.1.1), with index and list of pages
    cdxj       the index of the archive's own WARC files, as pywb reads it
`)
	return b.String()
}

// check returns a usage error if the flags contradict each other.
func (x *exporting) check(s streams) error {
	f, ok := export.FormatOf(x.format)
	_, captures := captureFormats[x.format]
	switch {
	case x.name == "":
		return usagef("-o needs the name of a file")
	case !ok && !captures:
		return usagef("-format %s: there are %s", x.format, strings.Join(exportFormatNames(), ", "))
	case x.limit < 0:
		return usagef("-limit %d: must be 0 or more", x.limit)
	case captures && (x.of != export.Tables[0] || x.after != "" || x.limit > 0):
		return usagef("-format %s writes all captures: it takes no -of, -after and -limit", x.format)
	case captures && x.format != "cdxj" || f.Binary:
		if x.name == "-" && isTerminal(s.out) {
			return usagef("-format %s is nothing for a terminal: name a file with -o", x.format)
		}
	}
	if ok {
		if err := f.Check(x.of); err != nil {
			return usageError{err}
		}
	}
	return nil
}

// articles exports in one of the formats of articles.
func (x *exporting) articles(ctx context.Context, s streams, a *archive.Archive, q query.Query) error {
	f, _ := export.FormatOf(x.format)
	state, err := a.State(ctx)
	if err != nil {
		return err
	}
	o := export.Origin{
		Software: "dateline/" + release(), Query: q.String(), Doubtful: x.all, Format: x.format, Of: x.of,
		After: dateline.ArticleID(x.after), Made: time.Now().UTC().Truncate(time.Second), Archive: state,
	}
	if x.after != "" { // an address, or the key of the article or of a capture of it
		if art, err := a.Find(ctx, x.after); err == nil {
			o.After = art.ID
		} else if !errors.Is(err, dateline.ErrNotFound) {
			return err
		}
	}
	f, into, err := x.intoFolder(f)
	if err != nil {
		return err
	}
	if into != nil {
		defer into.Close()
	}
	out, err := newOutput(s, x.name)
	if err != nil {
		return err
	}
	p, lost := newProgress(s.err), 0
	docs := export.Select(ctx, a, q, export.Selection{
		After: o.After, Limit: x.limit, Needs: f.Needs(x.of),
		Lost: func(err error) {
			lost++
			p.message(s.err, fmt.Sprintf("left out: %v", err))
		},
	})
	followed, err := followedSources(ctx, a)
	if err != nil {
		return err
	}
	tally := export.NewTally(o, followed...)
	written, err := export.Articles(out, tally.Count(docs), f, o, q.Selects, func() { p.add(1) })
	p.end()
	part, err := out.end(err, ctx.Err() != nil && written.Articles > 0, "-until-"+string(written.Last))
	if part != "" {
		fmt.Fprintf(s.err, "interrupted: %s in %s; -after %s writes the others\n", counted(written.Articles, "article"), part, written.Last)
	}
	if err == nil || part != "" {
		err = errors.Join(err, x.beside(f, tally, cmp.Or(part, x.name)))
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "exported %s\n", counted(written.Articles, "article"))
	if lost > 0 {
		return errPartly
	}
	return nil
}

// followedSources lists the addresses of what the archive follows.
func followedSources(ctx context.Context, a *archive.Archive) ([]string, error) {
	var list []string
	for e, err := range store.Sound(ctx, a.Sources(), 0) {
		if err != nil {
			return nil, err
		}
		if !e.Rec.Gone {
			list = append(list, e.Rec.Address())
		}
	}
	return list, nil
}

// intoFolder returns the format as one that writes into the folder that -o names with a
// slash at its end, or that is there already; into is nil if it names none.
func (x *exporting) intoFolder(f export.Format) (_ export.Format, into *os.Root, err error) {
	info, err := os.Stat(x.name)
	if !os.IsPathSeparator(x.name[len(x.name)-1]) && (err != nil || !info.IsDir()) {
		return f, nil, nil
	}
	if err := os.MkdirAll(x.name, 0o755); err != nil {
		return f, nil, err
	}
	if into, err = os.OpenRoot(x.name); err != nil {
		return f, nil, err
	}
	in, ok := f.InFolder(into)
	if !ok {
		return f, nil, errors.Join(usagef("-o %s is a folder: only -format md writes into one", x.name), into.Close())
	}
	x.name = os.DevNull
	return in, into, nil
}

// beside writes the manifest beside the file of a format that holds none.
func (x *exporting) beside(f export.Format, t *export.Tally, name string) error {
	if f.Holds || name == "-" {
		return nil
	}
	text, err := t.Manifest().JSON()
	if err != nil {
		return err
	}
	return os.WriteFile(name+".manifest.json", text, 0o644)
}

// counted writes a number of things: "1 article", "2 articles".
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// An exporter writes captures in one format, and returns how many.
type exporter func(context.Context, io.Writer, *archive.Archive, export.Captures, export.Options) (int, error)

// captureFormats are the values of export's -format that write captures.
var captureFormats = map[string]exporter{
	"warc": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.WARC(ctx, out, a, captures, o)
	},
	"wacz": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.WACZ(ctx, out, a, captures, pagesOf(ctx, a), o)
	},
	"cdxj": func(ctx context.Context, out io.Writer, a *archive.Archive, captures export.Captures, o export.Options) (int, error) {
		return export.CDXJ(ctx, out, a, captures, o)
	},
}

func exportTo(ctx context.Context, s streams, a *archive.Archive, q query.Query, name string, write exporter) error {
	captures, title := a.Captures(ctx), q.String()
	if title != "" {
		captures = a.CapturesOf(ctx, q)
	}
	out, err := newOutput(s, name)
	if err != nil {
		return err
	}
	p, lost := newProgress(s.err), 0
	n, err := write(ctx, out, a, captures, export.Options{
		Software: "dateline/" + release(), Title: title, Made: time.Now(),
		Lost: func(err error) {
			lost++
			p.message(s.err, fmt.Sprintf("left out: %v", err))
		},
		Done: func() { p.add(1) },
	})
	p.end()
	if _, err := out.end(err, false, ""); err != nil {
		return err
	}
	fmt.Fprintf(s.err, "exported %s\n", counted(n, "capture"))
	if lost > 0 {
		return errPartly
	}
	return nil
}

// pagesOf says what a list of pages calls a capture.
func pagesOf(ctx context.Context, a *archive.Archive) func(*dateline.Capture) (export.Page, error) {
	return func(c *dateline.Capture) (export.Page, error) {
		art, err := a.Find(ctx, string(c.ID))
		if errors.Is(err, dateline.ErrNotFound) {
			return export.Page{}, nil
		}
		if err != nil {
			return export.Page{}, err
		}
		return export.Page{Title: art.Headline, Skip: art.Skip != ""}, nil
	}
}

// An output is what a command writes to: standard output, or a file that takes its name
// only when it is whole.
type output struct {
	*bufio.Writer
	name string
	file *os.File // nil for standard output
}

// newOutput opens an output; "-" names standard output.
func newOutput(s streams, name string) (*output, error) {
	switch name {
	case "-":
		return &output{Writer: bufio.NewWriter(s.out)}, nil
	case os.DevNull:
		return &output{Writer: bufio.NewWriter(io.Discard)}, nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".dateline-*")
	if err != nil {
		return nil, err
	}
	return &output{bufio.NewWriterSize(f, 1<<18), name, f}, nil
}

// end finishes the output. If there was an error the file is removed; or, if keep is set,
// it takes its name with suffix before the extension, which end returns: a part that can
// be read. The error is the one given, or what went wrong at the end.
func (o *output) end(failed error, keep bool, suffix string) (part string, err error) {
	flushed := o.Flush()
	if o.file == nil {
		return "", errors.Join(failed, flushed)
	}
	if failed != nil && !keep {
		return "", errors.Join(failed, o.file.Close(), os.Remove(o.file.Name()))
	}
	err = errors.Join(flushed, o.file.Sync(), o.file.Close())
	if err == nil {
		err = os.Chmod(o.file.Name(), 0o644)
	}
	name := o.name
	if failed != nil {
		ext := filepath.Ext(name)
		name = strings.TrimSuffix(name, ext) + suffix + ext
		part = name
	}
	if err == nil {
		err = os.Rename(o.file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(o.file.Name()) // the error says what matters
		part = ""
	}
	return part, errors.Join(failed, err)
}
