// Package opensearch is an index in OpenSearch, for archives that one machine does not
// hold: many processes write and search it at the same time. It answers what
// index/sqlite answers, since words are cut by query.Tokens before OpenSearch is given
// them, so that its own analysis of language has no say.
//
//	opensearch.go  opening, cursors, revision, sizes
//	client.go      requests to OpenSearch and its answers
//	make.go        making an index beside the one in use, and replacing that one by it
//	doc.go         an article as it is stored
//	add.go         putting articles in, and which version of an article is kept
//	plan.go        from a query to the JSON that OpenSearch answers
//	search.go      matches of a query, the newest or the best first
//	facets.go      counts of a query
//	compare.go     what the index holds, and whether its articles give that
//
// An index NAME is two aliases: NAME has one document an article, and NAME-state the
// cursors. What they stand for is replaced in one step when the index is made anew.
//
// Two things differ from an index in a file. OpenSearch has no transactions: a call of
// Add that fails in its middle, since the network or a node fails, may have put in some
// of its articles; to repeat the call, as a stage does whose cursor has not moved, makes
// it whole. And of each field at most [MostCounted] values are counted, the most
// frequent ones.
package opensearch

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"dateline/index"
)

// Options say where an index is.
type Options struct {
	// URL is that of the cluster, or of what stands before it: http or https, with a
	// name and a password if it asks for them (https://user:secret@search.example:9200).
	URL string
	// Name is that of the index: small letters, digits and "-", a letter first; ""
	// means "dateline".
	Name string
	// Shards and Replicas are those of an index that is made: parts that machines
	// share, and copies of each besides the first. 0 shards mean 1.
	Shards, Replicas int
	// HTTP sends the requests; nil means a client of its own.
	HTTP *http.Client
}

// An Index is an open index. Its methods may be called from many goroutines, and many
// processes may have the same index open.
type Index struct {
	c      *client
	o      Options
	docs   string // the name by which articles are asked for: an alias, or an index that is being made
	state  string // the same of the cursors
	source index.Source
}

// stateSuffix ends the name of what holds the cursors, behind the name of the index.
const stateSuffix = "-state"

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,99}$`)

// newIndex returns the index of the options, there or not.
func newIndex(o Options, source index.Source) (*Index, error) {
	if o.Name == "" {
		o.Name = "dateline"
	}
	if !nameForm.MatchString(o.Name) {
		return nil, fmt.Errorf("%q is no name of an index: small letters, digits and \"-\", a letter first", o.Name)
	}
	if o.Shards == 0 {
		o.Shards = 1
	}
	if o.Shards < 0 || o.Replicas < 0 {
		return nil, fmt.Errorf("an index cannot have %d shards with %d replicas each", o.Shards, o.Replicas)
	}
	c, err := newClient(o.URL, o.HTTP)
	if err != nil {
		return nil, err
	}
	return &Index{c: c, o: o, docs: o.Name, state: o.Name + stateSuffix, source: source}, nil
}

// Open opens the index. If there is none, or none that this program can use, the error
// is index.ErrNone, and [Make] makes one. source is asked for the other versions of an
// article when the one by which it was found is gone; it may be nil if nothing will be
// added.
func Open(ctx context.Context, o Options, source index.Source) (*Index, error) {
	x, err := newIndex(o, source)
	if err != nil {
		return nil, err
	}
	var mappings map[string]struct {
		Mappings struct {
			Meta struct {
				Layout string `json:"layout"`
			} `json:"_meta"`
		} `json:"mappings"`
	}
	err = x.c.call(ctx, "GET", x.docs+"/_mapping", nil, &mappings)
	if missing(err) {
		return nil, fmt.Errorf("%s in %s: %w", x.docs, x.c.where, index.ErrNone)
	}
	if err != nil {
		return nil, err
	}
	for _, m := range mappings {
		if m.Mappings.Meta.Layout != layout() || len(mappings) > 1 {
			return nil, fmt.Errorf("%s in %s: %w: it was made by another version of this program", x.docs, x.c.where, index.ErrNone)
		}
	}
	return x, nil
}

// Close lets the connections go.
func (x *Index) Close() error {
	x.c.http.CloseIdleConnections()
	return nil
}

// A cursor is a document of the state: how far a stage has read a log.
type cursor struct {
	Seq int64 `json:"seq"`
}

// Cursor implements store.Cursors.
func (x *Index) Cursor(ctx context.Context, name string) (int64, error) {
	var got struct {
		Source cursor `json:"_source"`
	}
	err := x.c.call(ctx, "GET", x.state+"/_doc/"+url.PathEscape(name), nil, &got)
	if missing(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("index: cursor %s: %w", name, err)
	}
	return got.Source.Seq, nil
}

// SetCursor implements store.Cursors.
func (x *Index) SetCursor(ctx context.Context, name string, seq int64) error {
	path := x.state + "/_doc/" + url.PathEscape(name)
	if x.aliased() {
		path += "?require_alias=true" // else a missing index would be made, with a mapping that is guessed
	}
	if err := x.c.call(ctx, "PUT", path, cursor{seq}, nil); err != nil {
		return fmt.Errorf("index: cursor %s: %w", name, err)
	}
	return nil
}

// aliased reports whether x is asked for by its alias, as it is unless it is being made.
func (x *Index) aliased() bool { return x.docs == x.o.Name }

// Revision implements [index.Index]. What can be found changes when a shard refreshes,
// so it names how often each copy of a shard has done so, and what each was given.
func (x *Index) Revision(ctx context.Context) (string, error) {
	var got struct {
		Indices map[string]struct {
			UUID   string `json:"uuid"`
			Shards map[string][]struct {
				Routing struct {
					Node string `json:"node"`
				} `json:"routing"`
				Refresh struct {
					Total int64 `json:"external_total"`
				} `json:"refresh"`
				Seq struct {
					Max int64 `json:"max_seq_no"`
				} `json:"seq_no"`
			} `json:"shards"`
		} `json:"indices"`
	}
	err := x.c.call(ctx, "GET", x.docs+"/_stats/refresh?level=shards", nil, &got)
	if err != nil {
		return "", fmt.Errorf("state of the index: %w", err)
	}
	var lines []string
	for _, ix := range got.Indices {
		for n, copies := range ix.Shards {
			for _, c := range copies {
				lines = append(lines, fmt.Sprintln(ix.UUID, n, c.Routing.Node, c.Refresh.Total, c.Seq.Max))
			}
		}
	}
	if lines == nil {
		return "", fmt.Errorf("state of the index: %s tells of no shard", x.c.where)
	}
	slices.Sort(lines)
	h := fnv.New128a()
	for _, line := range lines {
		h.Write([]byte(line)) // never fails
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// Stats are the sizes of an index.
type Stats struct {
	Indexed int64 `json:"indexed"` // articles that a query can find
	Bytes   int64 `json:"bytes"`   // on the disks of all machines, copies included
}

// Stats returns the sizes of the index.
func (x *Index) Stats(ctx context.Context) (Stats, error) {
	var count struct {
		Count int64 `json:"count"`
	}
	var size struct {
		All struct {
			Total struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"total"`
		} `json:"_all"`
	}
	err := errors.Join(x.c.call(ctx, "GET", x.docs+"/_count", nil, &count), x.c.call(ctx, "GET", x.docs+"/_stats/store", nil, &size))
	if err != nil {
		return Stats{}, fmt.Errorf("index: stats: %w", err)
	}
	return Stats{Indexed: count.Count, Bytes: size.All.Total.Store.Bytes}, nil
}
