package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/index"
	"dateline/relate/speaker"
	"dateline/surface/cite"
)

var citeCommand = command{
	name:  "cite",
	args:  "ARTICLE#N… | ARTICLE… | QUERY",
	short: "prints citations of statements and articles: text, bibtex, ris, csl, annotation",
	long: `Cite prints a citation of each statement or article.

ARTICLE#N names a statement as "dateline statements" prints it: cited are who said
it, in which words, the outlet, the headline, when it was published and when
captured, the address, and the digest of the capture. In place of N may stand the
place of the words, as in c0123456789abcdef#120-310, which stays the same whatever
is rebuilt; a place without a statement cites that passage. ARTICLE, the key of an article or of a capture or an address, cites
the article. What is none of these is a query ("dateline help search"), and the
articles that it finds are cited, the newest first.

    dateline cite a0123456789abcdef#3 -format bibtex
    dateline cite -format ris -limit 0 bridge after:2026-02 > bridge.ris

The formats are text (a paragraph, and a link at which browsers mark the words),
bibtex, ris, csl (CSL-JSON) and annotation (a W3C Web Annotation that points at
the words by what stands around them and by their position; of several an
AnnotationPage). Persons are cited by family and given name, agencies and desks in
one piece. With -json each citation is an object on a line, with all of them
(doc/answers.md).`,
	loose: true,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		format := fs.String("format", "text", "`text`, bibtex, ris, csl or annotation")
		limit := fs.Int("limit", 20, "cite at most `n` of the articles that a query finds; 0 means all of them")
		asJSON := jsonFlag(fs, "print one citation a line as JSON")
		return func(ctx context.Context, s streams, args []string) error {
			f, ok := citeFormat(*format)
			switch {
			case !ok:
				return usagef("-format %s: there are text, bibtex, ris, csl and annotation", *format)
			case *limit < 0:
				return usagef("-limit %d: must be 0 or more", *limit)
			case len(args) == 0:
				return usagef("needs a statement, ARTICLE#N as \"dateline statements\" prints it, an article, or a query")
			}
			a, err := openForReading(ctx, s, dir())
			if err != nil {
				return err
			}
			c := citing{a: a, s: s, format: f, json: *asJSON, limit: *limit}
			return errors.Join(c.cite(ctx, args), a.Close())
		}
	},
}

// A citing holds the values of the flags of "dateline cite".
type citing struct {
	a      *archive.Archive
	s      streams
	format cite.Format
	json   bool
	limit  int
	list   []cite.Citation
}

// cite prints the citations of the statements and articles that the arguments name.
func (c *citing) cite(ctx context.Context, args []string) error {
	for i, ref := range args {
		if isStatement(ref) {
			r, err := findStatement(ctx, c.a, ref)
			if err != nil {
				return err
			}
			if err := c.add(cite.New(r.Article, r.Finding()), func() any { return answer.NewCitation(r) }); err != nil {
				return err
			}
			continue
		}
		art, err := c.a.Find(ctx, ref)
		if errors.Is(err, dateline.ErrNotFound) && i == 0 && !isReference(ref) {
			return c.found(ctx, strings.Join(args, " "))
		}
		if err != nil {
			return err
		}
		if err := c.article(art); err != nil {
			return err
		}
	}
	return c.end()
}

// isStatement reports whether ref has the form ARTICLE#N or ARTICLE#START-END, and is
// no address with a fragment.
func isStatement(ref string) bool {
	_, place, ok := strings.Cut(ref, "#")
	return ok && (place == "" || strings.Trim(place, "0123456789-") == "")
}

var keyForm = regexp.MustCompile(`^[ac][0-9a-v]{16}$`)

// isReference reports whether ref can only be meant as a key or an address.
func isReference(ref string) bool { return keyForm.MatchString(ref) || strings.Contains(ref, "://") }

// found prints citations of the articles that a query finds.
func (c *citing) found(ctx context.Context, text string) error {
	q, err := parseQuery(text)
	if err != nil {
		return err
	}
	n := 0
	for hit, err := range c.a.Search(ctx, q, index.Options{Limit: c.limit}) {
		if err != nil {
			return err
		}
		n++
		if err := c.article(hit.Article); err != nil {
			return err
		}
	}
	if err := c.end(); err != nil {
		return err
	}
	f, err := c.a.Facets(ctx, q)
	switch {
	case err != nil:
		return err
	case f.Total == 0:
		_, err = fmt.Fprintf(c.s.err, "no article matches %s, and none has it as its key or address\n", q)
	case f.Total > n:
		_, err = fmt.Fprintf(c.s.err, "%d of %d articles; -limit 0 cites all\n", n, f.Total)
	}
	return err
}

func (c *citing) article(art *dateline.Article) error {
	return c.add(cite.NewArticle(art), func() any { return answer.NewArticleCitation(art) })
}

// add prints a citation as JSON, or keeps it for the file that end prints.
func (c *citing) add(x cite.Citation, asked func() any) error {
	if c.json {
		return printJSON(c.s.out, asked())
	}
	c.list = append(c.list, x)
	return nil
}

func (c *citing) end() error {
	if c.json {
		return nil
	}
	_, err := io.WriteString(c.s.out, c.format.Write(c.list...))
	return err
}

func citeFormat(name string) (cite.Format, bool) {
	for _, f := range cite.Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return cite.Format{}, false
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
