package sqlite

import (
	"context"
	"errors"
	"iter"

	"dateline/query"
)

type columns struct{}

// Add implements [query.Index].
func (db *DB) Add(ctx context.Context, docs ...query.Doc) error {
	return errors.ErrUnsupported
}

// Search implements [query.Index].
func (db *DB) Search(ctx context.Context, q query.Query, o query.Options) iter.Seq2[query.Hit, error] {
	return func(yield func(query.Hit, error) bool) { yield(query.Hit{}, errors.ErrUnsupported) }
}

// Facets implements [query.Index].
func (db *DB) Facets(ctx context.Context, q query.Query) (query.Facets, error) {
	return query.Facets{}, errors.ErrUnsupported
}
