package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"dateline"
	"dateline/archive"
	"dateline/relate/speaker"
	"dateline/surface/cite"
)

var citeCommand = command{
	name:  "cite",
	args:  "ARTICLE#N…",
	short: "prints citations of statements: text, bibtex, ris, csl, annotation",
	long: `Cite prints a citation of each statement: who said it, in which words, the outlet,
the headline, when it was published and when captured, the address, and the
digest of the capture. ARTICLE#N is the key that "dateline statements" prints;
ARTICLE may also be an address or the key of a capture.

    dateline cite a0123456789abcdef#3 -format bibtex

The formats are text (a paragraph and a link at which browsers mark the words),
bibtex, ris, csl (CSL-JSON) and annotation (a W3C Web Annotation that points at
the words by what stands around them and by their position).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		format := fs.String("format", "text", "`text`, bibtex, ris, csl or annotation")
		return func(ctx context.Context, s streams, args []string) error {
			f, ok := citeFormat(*format)
			if !ok {
				return usagef("-format %s: there are text, bibtex, ris, csl and annotation", *format)
			}
			if len(args) == 0 {
				return usagef("needs a statement, ARTICLE#N")
			}
			a, err := openForReading(ctx, dir())
			if err != nil {
				return err
			}
			return errors.Join(citeStatements(ctx, s.out, a, args, f), a.Close())
		}
	},
}

func citeFormat(name string) (cite.Format, bool) {
	for _, f := range cite.Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return cite.Format{}, false
}

func citeStatements(ctx context.Context, w io.Writer, a *archive.Archive, refs []string, f cite.Format) error {
	var list []cite.Citation
	for _, ref := range refs {
		r, err := findStatement(ctx, a, ref)
		if err != nil {
			return err
		}
		list = append(list, cite.New(r.Article, r.Statement()))
	}
	_, err := io.WriteString(w, f.Write(list...))
	return err
}

// findStatement returns the statement that ref, ARTICLE#N, names.
func findStatement(ctx context.Context, a *archive.Archive, ref string) (speaker.Report, error) {
	i := strings.LastIndexByte(ref, '#')
	n, err := strconv.Atoi(ref[i+1:])
	if i < 0 || err != nil {
		return speaker.Report{}, usagef("%q names no statement; \"dateline statements\" prints keys such as a0123456789abcdef#3", ref)
	}
	art, err := a.Find(ctx, ref[:i])
	if errors.Is(err, dateline.ErrNotFound) {
		return speaker.Report{}, fmt.Errorf("the archive has no %s; \"dateline statements\" prints keys", ref[:i])
	}
	if err != nil {
		return speaker.Report{}, err
	}
	f, err := a.Findings(ctx, art.Capture)
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return speaker.Report{}, err
	}
	if n < 1 || n > len(f.Statements) {
		return speaker.Report{}, fmt.Errorf("article %s has %d statements, no number %d", art.ID, len(f.Statements), n)
	}
	return speaker.Report{Article: art, Findings: f, N: n}, nil
}
