package query

import (
	"dateline"
	"dateline/index/field"
)

// Members matches the articles that belong together by a filter of kind
// [field.Together], such as story:ID. [Parse] gives only the filter: which articles these
// are is not known to an index, and [Query.Resolve] says it. What is not resolved matches
// nothing.
type Members struct {
	Filter
	Articles []dateline.ArticleID // those that match
}

// Resolve returns q with each filter of kind [field.Together] replaced by [Members], with
// the articles that find returns for the level and the key of it; none is no error. q
// itself is not changed.
func (q Query) Resolve(find func(dateline.Level, dateline.ArticleID) ([]dateline.ArticleID, error)) (Query, error) {
	root, err := resolve(q.Root, find)
	return Query{Root: root, Doubtful: q.Doubtful}, err
}

func resolve(x Expr, find func(dateline.Level, dateline.ArticleID) ([]dateline.ArticleID, error)) (Expr, error) {
	switch x := x.(type) {
	case Filter:
		if !field.Together.Has(x.Field) {
			return x, nil
		}
		list, err := find(dateline.Level(x.Field), dateline.ArticleID(x.Value))
		return Members{x, list}, err
	case Not:
		inner, err := resolve(x.X, find)
		return Not{inner}, err
	case And:
		list, err := resolveAll(x, find)
		return And(list), err
	case Or:
		list, err := resolveAll(x, find)
		return Or(list), err
	}
	return x, nil
}

func resolveAll(list []Expr, find func(dateline.Level, dateline.ArticleID) ([]dateline.ArticleID, error)) ([]Expr, error) {
	out := make([]Expr, len(list))
	for i, x := range list {
		var err error
		if out[i], err = resolve(x, find); err != nil {
			return nil, err
		}
	}
	return out, nil
}
