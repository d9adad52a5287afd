package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"dateline"
	"dateline/answer"
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
ARTICLE may also be an address or the key of a capture, and in place of N may
stand the place of the words, as in c0123456789abcdef#120-310, which stays the same
whatever is rebuilt; a place without a statement cites that passage of the article.

    dateline cite a0123456789abcdef#3 -format bibtex

The formats are text (a paragraph and a link at which browsers mark the words),
bibtex, ris, csl (CSL-JSON) and annotation (a W3C Web Annotation that points at
the words by what stands around them and by their position). With -json each
citation is an object on a line, with all of them (doc/answers.md).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		format := fs.String("format", "text", "`text`, bibtex, ris, csl or annotation")
		asJSON := jsonFlag(fs, "print one citation a line as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			f, ok := citeFormat(*format)
			if !ok {
				return usagef("-format %s: there are text, bibtex, ris, csl and annotation", *format)
			}
			if len(args) == 0 {
				return usagef("needs a statement, ARTICLE#N")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			return errors.Join(citeStatements(ctx, s.out, a, args, f, *asJSON), a.Close())
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

func citeStatements(ctx context.Context, w io.Writer, a *archive.Archive, refs []string, f cite.Format, asJSON bool) error {
	var list []cite.Citation
	for _, ref := range refs {
		r, err := findStatement(ctx, a, ref)
		if err != nil {
			return err
		}
		if asJSON {
			if err := printJSON(w, answer.NewCitation(r)); err != nil {
				return err
			}
			continue
		}
		list = append(list, cite.New(r.Article, r.Finding()))
	}
	if asJSON {
		return nil
	}
	_, err := io.WriteString(w, f.Write(list...))
	return err
}

// findStatement returns the statement that ref, ARTICLE#N, names.
func findStatement(ctx context.Context, a *archive.Archive, ref string) (speaker.Statement, error) {
	r, err := answer.FindStatement(ctx, a, ref)
	if errors.Is(err, answer.ErrNoStatement) {
		return r, usagef("%w; \"dateline statements\" prints keys such as a0123456789abcdef#3", err)
	}
	if errors.Is(err, dateline.ErrNotFound) {
		return r, fmt.Errorf("%w; \"dateline statements\" prints keys", err)
	}
	return r, err
}
