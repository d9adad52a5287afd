// Package speaker tells who is who across articles: which articles report
// what one person or body said, and which of them print the same words.
//
// Within an article the findings say who speaks. Across articles two speakers
// are one only if they bear the same full name and something else agrees, or
// if a user has decided so; anything less stays apart.
//
//	speaker.go  statements of all articles, and the names that two of them share
//	facts.go    what an article tells of a speaker: roles and other names
//	join.go     which speakers are one
//	decide.go   what a user decides of two of them
//	words.go    which statements print the same words
package speaker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/index"
	lists "dateline/internal/words"
	"dateline/query"
)

// A Statement is one statement together with the article that reports it. It is
// read-only: articles and findings are shared by all the statements in them.
type Statement struct {
	Article  *dateline.Article  // that reports it, never nil
	Findings *dateline.Findings // that hold it, those of Article
	N        int                // among the statements of the findings, from 1
}

// Finding returns the statement itself, as it was found in the article.
func (r Statement) Finding() *dateline.Statement { return &r.Findings.Statements[r.N-1] }

// Name returns how the article names the speaker.
func (r Statement) Name() string { return r.Finding().Name(r.Article) }

// Said returns the words that were said, without quotation marks.
func (r Statement) Said() string { return r.Finding().Said(r.Article) }

// Outlet returns the name of the publisher, or its site.
func (r Statement) Outlet() string {
	return cmp.Or(r.Article.Publisher.Name, r.Article.Publisher.Site)
}

// On returns the day on which the words were said, as far as it is told, else
// that on which the article was published.
func (r Statement) On() dateline.Date { return cmp.Or(r.Finding().On, r.Article.Published) }

// An Archive is what statements are read from: the articles that a query finds, and their
// findings.
type Archive interface {
	Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error] // yields the newest versions of the articles that q finds
	Facets(ctx context.Context, q query.Query) (index.Facets, error)                        // counts the hits of q
	Findings(ctx context.Context, id dateline.CaptureID) (*dateline.Findings, error)        // that hold it, those of Article
}

// Statements yields the statements that q selects of the articles that it
// finds, in the order of the hits.
func Statements(ctx context.Context, a Archive, q query.Query, o index.Options) iter.Seq2[Statement, error] {
	return func(yield func(Statement, error) bool) {
		for hit, err := range a.Search(ctx, q, o) {
			if err != nil {
				yield(Statement{}, err)
				return
			}
			f, err := a.Findings(ctx, hit.Article.Capture)
			if errors.Is(err, dateline.ErrNotFound) {
				continue
			}
			if err != nil {
				yield(Statement{}, fmt.Errorf("findings of %s: %w", hit.Article.Capture, err))
				return
			}
			for i := range f.Statements {
				if q.Selects(hit.Article, &f.Statements[i]) && !yield(Statement{hit.Article, f, i + 1}, nil) {
					return
				}
			}
		}
	}
}

// Key returns the form in which names are compared and which stands in
// addresses: "josep-borrell" for "Josep Borrell". It is "" for what has no
// letter or digit.
func Key(name string) string {
	return strings.Join(words(name), "-")
}

// words returns the folded words of a name; what joins or ends words counts
// like a space.
func words(name string) []string {
	return strings.FieldsFunc(query.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

// pronouns are what articles call speakers of whom they do not say there who
// they are.
var pronouns = read("anonymous")

// articles open a name and are no part of it: "the Kremlin".
var articles = read("article")

// read returns a list of speaker.words of the languages whose statements are joined, which
// are those that have the file.
func read(list string) (all []string) {
	for _, lang := range lists.With("speaker.words") {
		all = append(all, lists.Forms(lang, "speaker.words")[list]...)
	}
	return all
}

// Anonymous reports whether what an article calls a speaker is only a pronoun.
func Anonymous(name string) bool {
	return slices.Contains(pronouns, Key(name))
}

// full reports whether a name has enough to be joined across articles: two
// words that begin with a capital letter, or with one of a script that has
// none, and have more letters than one. "the Kremlin" and "J. Reyes" have not.
func full(name string) bool {
	n := 0
	for i, w := range strings.Fields(name) {
		w = strings.TrimFunc(w, unicode.IsPunct)
		r, size := utf8.DecodeRuneInString(w)
		if size == len(w) || unicode.IsLower(r) || !unicode.IsLetter(r) || i == 0 && slices.Contains(articles, strings.ToLower(w)) {
			continue
		}
		n++
	}
	return n >= 2
}

// Names returns the keys of the names that the decisions tie to a name, itself
// the first.
func Names(key string, decisions []dateline.Decision) []string {
	list := []string{key}
	for i := 0; i < len(list); i++ {
		for _, d := range decisions {
			if d.Verdict != dateline.Same {
				continue
			}
			a, b := Key(d.A.Name), Key(d.B.Name)
			switch {
			case a == list[i] && !slices.Contains(list, b):
				list = append(list, b)
			case b == list[i] && !slices.Contains(list, a):
				list = append(list, a)
			}
		}
	}
	return list
}

// maxNames bounds the search for one speaker.
const maxNames = 50

// Limits bound what is read to know a speaker.
type Limits struct {
	Articles   int           // the newest ones
	Statements int           // looked at in them
	Time       time.Duration // after which no further article is read
}

// Found is who bears a name, as far as limits let it be known.
type Found struct {
	Speakers        []Speaker // those of the name, each at least with one statement; more than one if nothing shows that they are the same
	OlderArticles   int       // found, but not read
	OtherStatements int       // of the articles read, not looked at
	TimeUp          bool      // the time was up before all was read
}

// Of returns the speakers whose key is the one given, each with everything
// that the newest articles report of them, newest first. It looks at doubtful
// statements only if all is set.
func Of(ctx context.Context, a Archive, key string, decisions []dateline.Decision, l Limits, all bool) (Found, error) {
	names := Names(key, decisions)
	names = names[:min(len(names), maxNames)]
	var or query.Or
	for _, n := range names {
		or = append(or, query.Filter{Field: "who", Value: strings.ReplaceAll(n, "-", " ")})
	}
	q := query.Query{Root: or, Doubtful: all}
	if len(or) == 1 {
		q.Root = or[0]
	}
	var found Found
	if _, err := query.Parse(q.String()); err != nil || key == "" {
		return found, nil // a name that no article can have
	}
	var statements []Statement
	until := time.Now().Add(l.Time)
	read, looked := 0, 0
	for hit, err := range a.Search(ctx, q, index.Options{Limit: l.Articles}) {
		if err != nil {
			return found, err
		}
		if found.TimeUp = time.Now().After(until); found.TimeUp {
			break
		}
		read++
		f, err := a.Findings(ctx, hit.Article.Capture)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return found, fmt.Errorf("findings of %s: %w", hit.Article.Capture, err)
		}
		n := min(len(f.Statements), l.Statements-looked)
		looked += n
		found.OtherStatements += len(f.Statements) - n
		for i := range f.Statements[:n] {
			r := Statement{hit.Article, f, i + 1}
			if q.Selects(hit.Article, &f.Statements[i]) && slices.Contains(names, Key(r.Name())) {
				statements = append(statements, r)
			}
		}
	}
	if found.TimeUp || read == l.Articles {
		f, err := a.Facets(ctx, q)
		if err != nil {
			return found, err
		}
		found.OlderArticles = max(0, f.Total-read)
	}
	for _, s := range Join(statements, decisions) {
		if slices.ContainsFunc(s.Statements, func(r Statement) bool { return Key(r.Name()) == key }) {
			found.Speakers = append(found.Speakers, s)
		}
	}
	return found, nil
}
