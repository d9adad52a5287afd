package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/index"
	"dateline/store"
)

// A row is a document to be added; doc is nil if no query may find the article by this
// capture.
type row struct {
	article, capture string
	fetched          time.Time
	doc              *doc
}

func newRow(a *dateline.Article, f *dateline.Findings) row {
	r := row{article: string(a.ID), capture: string(a.Capture), fetched: store.Fetched(a)}
	if a.Skip == "" {
		r.doc = newDoc(a, f)
	}
	return r
}

// How often a call of Add is tried when another process has changed one of its articles
// meanwhile or a machine is busy, and how long it waits before it is tried again: from
// the first wait on twice as long each time.
const (
	mostTries = 10
	firstWait = 50 * time.Millisecond
)

// How much is sent or asked for at once.
const (
	bytesAtOnce = 8 << 20
	keysAtOnce  = 1000
)

// Add implements [index.Index]. It returns when queries find what was added. Give it
// many articles at once.
func (x *Index) Add(ctx context.Context, docs ...index.Doc) error {
	if len(docs) == 0 {
		return nil
	}
	rows := make([]row, len(docs))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range docs {
		g.Go(func() error {
			if d.Article == nil || d.Article.ID == "" || d.Article.Capture == "" {
				return fmt.Errorf("index: article %d has no id or no capture", i)
			}
			rows[i] = newRow(d.Article, d.Findings)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	wait := firstWait
	for try := 1; ; try++ {
		err := x.add(ctx, rows)
		if err == nil {
			return nil
		}
		if try == mostTries || !busy(err) && !errors.Is(err, errChanged) {
			return fmt.Errorf("index: %w", err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		wait *= 2
	}
}

// errChanged reports that another process has changed an article between its being read
// and written.
var errChanged = errors.New("an article was changed by another process at the same time")

// add is one try of Add.
func (x *Index) add(ctx context.Context, rows []row) error {
	a := adder{x: x, ctx: ctx, held: map[string]*held{}, shows: map[string]string{}}
	if err := a.read(rows); err != nil {
		return err
	}
	for _, r := range rows {
		if err := a.place(r); err != nil {
			return fmt.Errorf("article %s of capture %s: %w", r.article, r.capture, err)
		}
	}
	return a.write()
}

// An adder is one try of Add: it reads what the index holds of the articles, decides,
// and writes what has changed, each only if it is still as it was read.
type adder struct {
	x     *Index
	ctx   context.Context
	held  map[string]*held  // by article: those that were looked at
	shows map[string]string // by capture: the article that is found by it
}

// A held is what the index holds of one article, and what it is going to.
type held struct {
	there     bool  // it is in the index
	seq, term int64 // of the document there
	capture   string
	fetched   time.Time

	changed bool
	doc     *doc // what it is to be, if changed; nil for nothing
}

// present reports whether a query would find the article once h is written.
func (h *held) present() bool {
	if h.changed {
		return h.doc != nil
	}
	return h.there
}

// read reads what the index holds of the articles of rows, and of those that are found
// by the captures of rows.
func (a *adder) read(rows []row) error {
	articles, captures := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		articles[r.article], captures[r.capture] = true, true
	}
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(captures)), keysAtOnce) {
		if err := a.foundBy(chunk, articles); err != nil {
			return err
		}
	}
	return a.get(articles)
}

// foundBy adds to articles those that queries find by one of the captures.
func (a *adder) foundBy(captures []string, articles map[string]bool) error {
	var got struct {
		Hits struct {
			Hits []struct {
				ID string `json:"_id"`
			} `json:"hits"`
		} `json:"hits"`
	}
	err := a.x.c.call(a.ctx, "POST", a.x.docs+"/_search", object{
		"query": object{"terms": object{"capture": captures}}, "size": 10 * keysAtOnce, "_source": false, "sort": []string{"_doc"},
	}, &got)
	for _, h := range got.Hits.Hits {
		articles[h.ID] = true
	}
	return err
}

// get reads articles by their keys, as they were written last.
func (a *adder) get(articles map[string]bool) error {
	var ids []string
	for id := range articles {
		if a.held[id] == nil {
			ids = append(ids, id)
		}
	}
	for chunk := range slices.Chunk(ids, keysAtOnce) {
		var got struct {
			Docs []struct {
				ID     string `json:"_id"`
				Found  bool   `json:"found"`
				Seq    int64  `json:"_seq_no"`
				Term   int64  `json:"_primary_term"`
				Source struct {
					Capture string `json:"capture"`
					Fetched string `json:"fetched"`
				} `json:"_source"`
				Error json.RawMessage `json:"error"`
			} `json:"docs"`
		}
		err := a.x.c.call(a.ctx, "POST", a.x.docs+"/_mget?_source_includes=capture,fetched", object{"ids": chunk}, &got)
		if err != nil {
			return err
		}
		if len(got.Docs) != len(chunk) {
			return fmt.Errorf("OpenSearch gives %d documents, not %d", len(got.Docs), len(chunk))
		}
		for _, d := range got.Docs {
			if d.Error != nil {
				return fmt.Errorf("article %s: %.300s", d.ID, d.Error)
			}
			h := &held{there: d.Found, seq: d.Seq, term: d.Term, capture: d.Source.Capture}
			if d.Source.Fetched != "" {
				if h.fetched, err = time.Parse(time.RFC3339Nano, d.Source.Fetched); err != nil {
					return fmt.Errorf("article %s: %w", d.ID, err)
				}
			}
			a.held[d.ID] = h
			if h.there {
				a.shows[h.capture] = d.ID
			}
		}
	}
	return nil
}

// place puts in r, removes what it replaces, or does nothing, by the rules of
// [index.Index].
func (a *adder) place(r row) error {
	if id, ok := a.shows[r.capture]; ok && (r.doc == nil || id != r.article) { // the capture shows something else than before
		a.set(id, row{article: id})
		if err := a.restore(id, r.capture); err != nil {
			return err
		}
	}
	if r.doc == nil {
		return nil
	}
	if h := a.held[r.article]; h.present() && h.capture != r.capture && h.fetched.After(r.fetched) {
		return nil
	}
	a.set(r.article, r)
	return nil
}

// set makes r what the index is going to hold of an article.
func (a *adder) set(id string, r row) {
	h := a.held[id]
	if h.present() {
		delete(a.shows, h.capture)
	}
	h.changed, h.doc, h.capture, h.fetched = true, r.doc, r.capture, r.fetched
	if r.doc != nil {
		a.shows[r.capture] = id
	}
}

// restore puts in the newest version of an article that the source has, leaving out the
// one of the given capture. It does nothing if there is no such version.
func (a *adder) restore(id, capture string) error {
	versions, err := a.x.source.Versions(a.ctx, dateline.ArticleID(id))
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return err
	}
	best := store.Current(slices.DeleteFunc(versions, func(v *dateline.Article) bool { return string(v.Capture) == capture }))
	if best == nil || best.Skip != "" {
		return nil
	}
	others := map[string]bool{}
	if err := a.foundBy([]string{string(best.Capture)}, others); err != nil {
		return err
	}
	if err := a.get(others); err != nil {
		return err
	}
	if _, ok := a.shows[string(best.Capture)]; ok {
		return nil // the source is ahead of the index, which will be given this capture later
	}
	found, err := a.x.source.FindingsOf(a.ctx, best.Capture)
	if err != nil {
		return err
	}
	a.set(id, newRow(best, found[0]))
	return nil
}

// write writes what has changed, and waits until queries find it.
func (a *adder) write() error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	wrote := false
	for _, id := range slices.Sorted(maps.Keys(a.held)) {
		h := a.held[id]
		if !h.changed || !h.there && h.doc == nil {
			continue
		}
		key := object{"_id": id}
		if h.there {
			key["if_seq_no"], key["if_primary_term"] = h.seq, h.term
		}
		var err error
		switch {
		case h.doc == nil:
			err = e.Encode(object{"delete": key})
		case h.there:
			err = errors.Join(e.Encode(object{"index": key}), e.Encode(h.doc))
		default:
			err = errors.Join(e.Encode(object{"create": key}), e.Encode(h.doc))
		}
		if err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
		wrote = true
		if b.Len() > bytesAtOnce {
			if err := a.send(&b); err != nil {
				return err
			}
		}
	}
	if !wrote {
		return nil
	}
	if err := a.send(&b); err != nil {
		return err
	}
	return a.x.refresh(a.ctx)
}

// send sends the operations in b and empties it.
func (a *adder) send(b *bytes.Buffer) error {
	if b.Len() == 0 {
		return nil
	}
	var got struct {
		Errors bool `json:"errors"`
		Items  []map[string]struct {
			ID     string `json:"_id"`
			Status int    `json:"status"`
			Error  struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
			} `json:"error"`
		} `json:"items"`
	}
	path := a.x.docs + "/_bulk"
	if a.x.aliased() {
		path += "?require_alias=true"
	}
	if err := a.x.c.call(a.ctx, "POST", path, b.Bytes(), &got); err != nil {
		return err
	}
	b.Reset()
	var late error // the first error after which the call may be tried again
	for _, item := range got.Items {
		for _, r := range item {
			switch {
			case r.Status < 300, r.Status == http.StatusNotFound && r.Error.Type == "": // a document to be deleted is gone
			case r.Status == http.StatusConflict:
				late = errChanged
			default:
				err := fmt.Errorf("article %s: %w", r.ID, &statusError{r.Status, r.Error.Type + ": " + r.Error.Reason})
				if !busy(err) {
					return err
				}
				late = err
			}
		}
	}
	return late
}
