package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
)

// Archive is what articles are read from. archive.Archive is one.
type Archive interface {
	// Matches yields what the index finds for q, newest first.
	Matches(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error]
	// ArticlesOf, FindingsOf and GroupsOf return what is known, in the order of the keys;
	// nil where there is nothing.
	ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error)
	FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error)
	GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error)
	// Versions returns all versions of an article, the oldest first.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
	// State names what the archive holds now.
	State(ctx context.Context) (archive.State, error)
}

// A Doc is one article to export, with what is known of it.
type Doc struct {
	Article  *dateline.Article   // never nil
	Findings *dateline.Findings  // nil if the format needs none, or there are none
	Group    *dateline.Group     // likewise
	Versions []*dateline.Article // likewise, the oldest first
}

// Docs are the articles to export, newest first. They end after their first error.
type Docs = iter.Seq2[*Doc, error]

// A Selection says which of the articles that a query finds are exported. The zero
// Selection is all of them.
type Selection struct {
	After dateline.ArticleID // only those behind this one; "" begins at the first
	Limit int                // at most so many; 0 means all
	Needs Needs              // what is read of each besides the article
	// Lost is told of each article that cannot be read and so is left out; may be nil.
	Lost func(error)
}

// Needs say what is read of each article besides the article itself.
type Needs struct {
	Findings bool // what was found in it
	Groups   bool // what it belongs together with
	Versions bool // all its versions
}

// ErrCursor reports an export that is to begin behind an article which the query does
// not find.
var ErrCursor = errors.New("the query does not find this article, so that nothing can begin behind it")

// docsAtOnce is how many articles are read at a time, chosen so that what is read for
// each batch is shared by many articles, and a batch of very long ones fits into memory.
const docsAtOnce = 100

// Select yields the articles that q finds, newest first. It holds a hundred of them in
// memory, however many there are.
func Select(ctx context.Context, a Archive, q query.Query, s Selection) Docs {
	return func(yield func(*Doc, error) bool) {
		r := reader{ctx: ctx, from: a, s: s, left: s.Limit, yield: yield}
		if s.Limit <= 0 {
			r.left = 1 << 62
		}
		if err := r.run(q); err != nil {
			yield(nil, err)
		}
	}
}

// A reader reads the articles that match a query, a batch at a time, with what else is
// needed of each.
type reader struct {
	ctx   context.Context
	from  Archive
	s     Selection
	left  int
	batch []dateline.CaptureID
	yield func(*Doc, error) bool
	ended bool // yield wants no more
}

func (r *reader) run(q query.Query) error {
	passing, err := r.passing()
	if err != nil {
		return err
	}
	for m, err := range r.from.Matches(r.ctx, q, index.Options{}) {
		switch {
		case err != nil:
			return err
		case passing != nil:
			if passing[m.Capture] {
				passing = nil
			}
			continue
		}
		r.batch = append(r.batch, m.Capture)
		if r.left--; r.left > 0 && len(r.batch) < docsAtOnce {
			continue
		}
		if err := r.read(); err != nil || r.ended || r.left == 0 {
			return err
		}
	}
	if passing != nil {
		return fmt.Errorf("%s: %w", r.s.After, ErrCursor)
	}
	return r.read()
}

// passing returns the captures of the article that the export begins behind; nil if it
// begins at the first.
func (r *reader) passing() (map[dateline.CaptureID]bool, error) {
	if r.s.After == "" {
		return nil, nil
	}
	versions, err := r.from.Versions(r.ctx, r.s.After)
	if errors.Is(err, dateline.ErrNotFound) {
		return nil, fmt.Errorf("%s: %w", r.s.After, ErrCursor)
	}
	captures := map[dateline.CaptureID]bool{}
	for _, v := range versions {
		captures[v.Capture] = true
	}
	return captures, err
}

// read yields the articles of the batch, and empties it.
func (r *reader) read() error {
	if len(r.batch) == 0 {
		return nil
	}
	articles, err := r.from.ArticlesOf(r.ctx, r.batch...)
	if err != nil {
		return err
	}
	findings, groups := make([]*dateline.Findings, len(r.batch)), make([]*dateline.Group, len(r.batch))
	if r.s.Needs.Findings {
		if findings, err = r.from.FindingsOf(r.ctx, r.batch...); err != nil {
			return err
		}
	}
	if r.s.Needs.Groups {
		ids := make([]dateline.ArticleID, len(articles))
		for i, a := range articles {
			if a != nil {
				ids[i] = a.ID
			}
		}
		if groups, err = r.from.GroupsOf(r.ctx, ids...); err != nil {
			return err
		}
	}
	for i, a := range articles {
		if a == nil {
			if r.s.Lost != nil {
				r.s.Lost(fmt.Errorf("the article of capture %s cannot be read", r.batch[i]))
			}
			continue
		}
		d := &Doc{Article: a, Findings: findings[i], Group: groups[i]}
		if r.s.Needs.Versions {
			if d.Versions, err = r.from.Versions(r.ctx, a.ID); err != nil {
				return err
			}
		}
		if !r.yield(d, nil) {
			r.ended = true
			return nil
		}
	}
	r.batch = r.batch[:0]
	return nil
}

// A Peeked is a sequence of articles of which the first was read already.
type Peeked struct {
	Err error // of the first; nil if it could be read, or if there is none
	All Docs  // all of them, the first included; to be read once
}

// Peek reads the first of docs, so that what is wrong is known before anything is written.
// stop must be called at the end.
func Peek(docs Docs) (p Peeked, stop func()) {
	next, stop := iter.Pull2(docs)
	d, err, ok := next()
	p.All = func(yield func(*Doc, error) bool) {
		for ok && yield(d, err) {
			d, err, ok = next()
		}
	}
	if ok {
		p.Err = err
	}
	return p, stop
}

// An Origin says where an export is from, so that it can be made again and told from
// others. Formats that can hold it do; beside the others stands a [Manifest].
type Origin struct {
	Software string             `json:"software"`           // that made it: "dateline/1.2"
	Query    string             `json:"query"`              // what was asked for; "" for all articles
	Doubtful bool               `json:"doubtful,omitempty"` // less certain statements, too
	Format   string             `json:"format"`             // "parquet"
	Of       string             `json:"of"`                 // one row, or entry, for each of these: "articles"
	After    dateline.ArticleID `json:"after,omitempty"`    // the export begins behind this article
	Made     time.Time          `json:"made"`               // when it was begun, UTC
	Archive  archive.State      `json:"archive"`            // what it was made from
}

// Written says how far an export has come.
type Written struct {
	Articles int                // that were written, or gave rows
	Last     dateline.ArticleID // the last of them: what Selection.After continues behind; "" if there is none
}

// Articles writes articles in a format. done is told after each and may be nil. When
// docs end with an error what was written so far is brought to a proper end, so that it
// can be read; Written then says where to continue.
func Articles(out io.Writer, docs Docs, f Format, o Origin, choose func(*dateline.Article, *dateline.Statement) bool, done func()) (w Written, err error) {
	o.Format = f.Name
	if o.Of == "" {
		o.Of = Tables[0]
	}
	writer, err := f.open(out, o, choose)
	if err != nil {
		return w, err
	}
	for d, err := range docs {
		if err != nil {
			return w, errors.Join(err, writer.Close())
		}
		if err := writer.Write(d); err != nil {
			return w, err
		}
		w.Articles++
		w.Last = d.Article.ID
		if done != nil {
			done()
		}
	}
	return w, writer.Close()
}
