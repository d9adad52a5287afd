// Package answer says what an archive can be asked, and answers it with typed
// values that every surface shows: pages and their JSON twins, -json of the
// commands, and whatever comes to speak for other programs.
//
// An answer names things by keys (of an article, a capture, a statement) and
// by queries that can be typed, never by the addresses of one surface, and one
// thing has one key in every answer: doc/answers.md is the glossary, and
// schema/ holds a JSON Schema of each type, made from the types and their
// comments.
//
// The files, in the order in which a reader meets them:
//
//	answer.go     what answers read, what bounds them, what they all share
//	search.go     the hits of a query, a page at a time (Search, Hit)
//	facet.go      by what a search can be narrowed (Facet), with refine.go
//	chart.go      how many articles a day, month or year
//	home.go       the archive at a glance
//	calendar.go   the days that articles speak of (Calendar), with sentence.go
//	article.go    one version of an article with what is found in it
//	version.go    the captures of an article, and which show another version of it
//	diff.go       how an article changed from one capture to another (Diff)
//	compared.go   how a page changed between two files (Compared)
//	changes.go    how articles were changed after they were first seen (Changes)
//	story.go      the stories that articles tell, and one of them with its reports (Stories, Story)
//	timeline.go   what articles say of single days, in the order of the days (Timeline)
//	exchange.go   requests that articles tell of, with the replies (Exchange)
//	explain.go    what evidence and rules mean, in words, with glossary.go
//	import.go     what an import has read and left out (Imported)
//	left.go       where the words of a line are that the text does not have, and where it stands
//	why.go        why an article is read as it is: what else was weighed (Why)
//	plain.go      why an article is read as it is, for readers: a few sentences to each question
//	statement.go  one statement, the same wherever it is shown
//	speaker.go    what one person or body is reported to have said
//	citation.go   one statement as it is cited
//	capture.go    the evidence: what was received, and whether it is still that
//	proof.go      what the archive proves of a capture, and what is wrong with an archive
//	decision.go   what users decided about speakers, stories and reports
//	correction.go what users set right in articles, or hid
//	alert.go      the searches that are kept, and what they have told
//	sources.go    what is followed, and how that is (Sources)
//	source.go     what one feed, sitemap, robots.txt or address says (Feed, Sitemap, Robots)
//	work.go       what commands did: pages added, stages run again
//	help.go       the query language, by example
//	cursor.go     a place in a list, from which it goes on
//	schemas.go    the JSON Schema of each type
//	brief.go      answers in little room, a part at a time, for programs that read them to somebody
//
// The functions that make answers take what they read as small interfaces, so
// that an archive, an index elsewhere or a test serves as well. They read with
// the context that they are given and stop when it ends; what a bound keeps
// out of an answer, the answer says. What is not there is dateline.ErrNotFound.
package answer

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// An Index finds articles, as [index.Index] does.
type Index interface {
	// Search yields the hits of q.
	Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error]
	// Facets counts the hits of q.
	Facets(ctx context.Context, q query.Query) (index.Facets, error)
}

// A Reader reads findings: what was found in the article that a capture shows.
// Where there are none it returns dateline.ErrNotFound.
type Reader interface {
	// Findings returns what was found in the article that the capture shows.
	Findings(ctx context.Context, id dateline.CaptureID) (*dateline.Findings, error)
}

// A Searcher is an index together with the findings of what it finds.
type Searcher interface {
	Index
	Reader
}

// A Lookup reads articles by their keys. What is not there is
// dateline.ErrNotFound.
type Lookup interface {
	Reader
	// Find returns the article that ref names: its address, its key, or the
	// key of one of its captures.
	Find(ctx context.Context, ref string) (*dateline.Article, error)
	// Article returns the version that stands for an article: the newest one,
	// but for pages to be skipped and versions cut by a paywall, see
	// store.Current.
	Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error)
	// Versions returns all versions of an article, the oldest first, pages that
	// are no article included.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
}

// A Ref names one version of an article, with what lists show of it. Whatever
// is from an article names it by these keys.
type Ref struct {
	Article   dateline.ArticleID `json:"article"`             // key of the article, shared by its versions
	Capture   dateline.CaptureID `json:"capture"`             // key of the capture that shows this version
	URL       string             `json:"url"`                 // as captured
	Canonical string             `json:"canonical,omitempty"` // the one address that the article is known by
	Headline  string             `json:"headline,omitempty"`  // as printed
	Published dateline.Date      `json:"published,omitempty"` // as the page states it, as wide as that is
	Publisher dateline.Publisher `json:"publisher,omitzero"`  // who prints it
	Lang      string             `json:"lang,omitempty"`      // BCP 47: "en", "de-AT"
	Fetched   string             `json:"fetched,omitempty"`   // when the page was captured: RFC 3339, UTC
	Payload   string             `json:"payload,omitempty"`   // digest of the bytes captured: "sha256:" and hexadecimal digits
}

func newRef(a *dateline.Article) Ref {
	return Ref{
		Article: a.ID, Capture: a.Capture, URL: a.URL, Canonical: a.Canonical, Headline: a.Headline,
		Published: a.Published, Publisher: a.Publisher, Lang: a.Lang, Fetched: a.Fetched, Payload: a.Payload,
	}
}

// Outlet returns the name of the publisher, else its site; "" if neither is
// known.
func (r Ref) Outlet() string { return cmp.Or(r.Publisher.Name, r.Publisher.Site) }

// Bounds limit the work for one answer, so that no query and no article can
// hold a server. In the zero Bounds each has the value that its comment names.
type Bounds struct {
	Articles int           // articles read, the newest ones; 0 means 500
	Findings int           // dates or statements looked at in them; 0 means 20,000
	Time     time.Duration // after which no further article is read; 0 means 3 s
}

// The bounds where none are given: chosen, not measured, as what a reader can look
// through on one page. A speaker's page joins names across articles, and reads more.
const (
	mostArticles          = 500
	mostArticlesOfSpeaker = 1000
	mostFindings          = 20_000
	mostTime              = 3 * time.Second
)

func (b Bounds) orDefault() Bounds {
	return Bounds{cmp.Or(b.Articles, mostArticles), cmp.Or(b.Findings, mostFindings), cmp.Or(b.Time, mostTime)}
}

// LeftOut says what an answer lacks because a bound was met. The zero LeftOut
// means nothing.
type LeftOut struct {
	Articles   int  `json:"articles,omitempty"`   // found, but not read: the older ones
	Dates      int  `json:"dates,omitempty"`      // of the articles read
	Statements int  `json:"statements,omitempty"` // of the articles read
	Time       bool `json:"time,omitempty"`       // the time was up before all was read
}

// readNewest gives read the articles that q finds, the newest first, up to the bounds. It
// returns how many of them read says that it counts, and what was left out.
func readNewest(ctx context.Context, a Index, q query.Query, b Bounds, read func(*dateline.Article) (counts bool, err error)) (n int, left LeftOut, err error) {
	b = b.orDefault()
	until := time.Now().Add(b.Time)
	for hit, err := range a.Search(ctx, q, index.Options{Limit: b.Articles}) {
		if err != nil {
			return n, left, err
		}
		if left.Time = time.Now().After(until); left.Time {
			break
		}
		counts, err := read(hit.Article)
		if err != nil {
			return n, left, err
		}
		if counts {
			n++
		}
	}
	if left.Time || n == b.Articles {
		f, err := a.Facets(ctx, q)
		if err != nil {
			return n, left, err
		}
		left.Articles = max(0, f.Total-n)
	}
	return n, left, nil
}

// readFindings is readNewest for articles with their findings; those that have none are
// neither given nor counted.
func readFindings(ctx context.Context, a Searcher, q query.Query, b Bounds, read func(*dateline.Article, *dateline.Findings)) (n int, left LeftOut, err error) {
	return readNewest(ctx, a, q, b, func(art *dateline.Article) (bool, error) {
		f, err := findings(ctx, a, art.Capture)
		if f == nil || err != nil {
			return false, err
		}
		read(art, f)
		return true, nil
	})
}

// keyAndRef names an article of an archive in an answer: by its key and a Ref.
func keyAndRef(a *dateline.Article) (key string, ref *Ref) {
	r := newRef(a)
	return string(a.ID), &r
}

// A Problem is why there is no answer. As JSON it is what a surface prints in
// the place of one: a problem of RFC 9457 whose type is "about:blank", so that the status
// and the title tell its kind.
type Problem struct {
	Title     string `json:"title"`               // what kind of problem it is, in a few words
	Status    int    `json:"status"`              // status of HTTP
	Message   string `json:"detail"`              // what is wrong, in a sentence
	Parameter string `json:"parameter,omitempty"` // of the address that is wrong: "q", "page"; absent if it is none
	Query     string `json:"query,omitempty"`     // the query that cannot be read
	Offset    *int   `json:"offset,omitempty"`    // byte of Query at which it cannot be read; absent if the trouble is elsewhere
}

// Error returns the message.
func (p *Problem) Error() string { return p.Message }

// A PageError reports that an answer has no page of that number.
type PageError struct {
	Page int // that was asked for
	Last int // the last one that there is; 0 if there is none
}

// Error says both numbers.
func (e *PageError) Error() string {
	return fmt.Sprintf("there is no page %d; the last is %d", e.Page, e.Last)
}
