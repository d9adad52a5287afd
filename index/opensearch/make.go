package opensearch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/field"
)

// layoutNumber is raised when a document is given other fields than those of the table
// of package field.
const layoutNumber = 1

// layout describes what an index holds. An index with another one cannot be used and
// is made anew.
func layout() string {
	var b strings.Builder
	fmt.Fprint(&b, layoutNumber)
	for _, f := range field.All() {
		if f.Kind != field.Together { // nothing of that is in the index
			fmt.Fprintf(&b, " %s:%d:%t", f.Name, f.Kind, f.Counted != nil)
		}
	}
	return b.String()
}

// object is a JSON object.
type object = map[string]any

// mapping says what the fields of a document are, see doc. Texts come as tokens with a
// space between them; between two texts of one field the positions leave a gap, so that
// no phrase is found across them.
func mapping() object {
	keyword := object{"type": "keyword"}
	words := object{"type": "text", "analyzer": "whitespace", "position_increment_gap": 100}
	found, counted, spelled, inOrder := object{}, object{}, object{}, object{}
	for _, f := range field.All() {
		switch f.Kind {
		case field.Words:
			inOrder[f.Name] = words
		case field.Value, field.Speaker:
			found[f.Name] = keyword
			if f.Counted != nil {
				counted[f.Name], spelled[f.Name] = keyword, keyword
			}
		}
	}
	return object{
		"dynamic": "strict",
		"_meta":   object{"layout": layout()},
		"properties": object{
			"article": keyword,
			"capture": keyword,
			"fetched": object{"type": "keyword", "index": false, "doc_values": false},
			"order":   object{"type": "long"},
			"day":     keyword,
			"month":   keyword,
			"title":   words,
			"body":    words,
			"words":   object{"properties": inOrder},
			"found":   object{"properties": found},
			"counted": object{"properties": counted},
			"spelled": object{"properties": spelled},
			"days":    object{"type": "integer_range"},
			"spans":   object{"type": "integer_range"},
			"said": object{"type": "nested", "properties": object{
				"words": words, "who": words, "how": keyword, "by": keyword, "sure": object{"type": "boolean"},
			}},
		},
	}
}

// Make makes an index where there is none that can be used, and fills it. Until it is
// full, whoever opens the index finds what was there before. If fill fails, nothing is
// changed.
func Make(ctx context.Context, o Options, source index.Source, fill index.Fill) error {
	x, err := newIndex(o, source)
	if err != nil {
		return err
	}
	return x.Rebuild(ctx, fill)
}

// Rebuild makes the index anew beside the one in use, and replaces that in one step.
// Open readers, also in other processes, go on with the new index. If fill fails, the
// index is as it was. What others add to the index meanwhile is not in the new one,
// which reads it from the logs again: its cursors stand where fill has left them.
func (x *Index) Rebuild(ctx context.Context, fill index.Fill) error {
	fresh := *x
	fresh.docs = x.o.Name + "-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	fresh.state = fresh.docs + stateSuffix
	err := fresh.create(ctx)
	if err == nil {
		err = fill(ctx, &fresh)
	}
	if err == nil {
		err = fresh.refresh(ctx)
	}
	if err == nil {
		err = x.replace(ctx, fresh.docs)
	}
	if err != nil {
		clean := context.WithoutCancel(ctx)
		return errors.Join(fmt.Errorf("make index %s: %w", x.o.Name, err), fresh.remove(clean, fresh.docs, fresh.state))
	}
	return nil
}

// create makes the two indices of x, empty ones.
func (x *Index) create(ctx context.Context) error {
	copies := object{"index.number_of_replicas": x.o.Replicas}
	err := x.c.call(ctx, "PUT", x.state, object{
		"settings": copies,
		"mappings": object{"dynamic": "strict", "properties": object{"seq": object{"type": "long", "index": false}}},
	}, nil)
	if err != nil {
		return err
	}
	return x.c.call(ctx, "PUT", x.docs, object{
		"settings": object{
			"index.number_of_replicas": x.o.Replicas,
			"index.number_of_shards":   x.o.Shards,
			"index.refresh_interval":   "1s", // set, so that a search never has to wait for a refresh
			"index.codec":              "best_compression",
		},
		"mappings": mapping(),
	}, nil)
}

// replace makes the aliases of x stand for what was made as fresh, and removes what
// they stood for.
func (x *Index) replace(ctx context.Context, fresh string) error {
	actions := []object{
		{"add": object{"index": fresh, "alias": x.o.Name}},
		{"add": object{"index": fresh + stateSuffix, "alias": x.o.Name + stateSuffix}},
	}
	var old []string
	for _, alias := range []string{x.o.Name, x.o.Name + stateSuffix} {
		var got map[string]any
		err := x.c.call(ctx, "GET", "_alias/"+alias, nil, &got)
		if err != nil && !missing(err) {
			return err
		}
		for name := range got {
			if err == nil {
				old = append(old, name)
				actions = append(actions, object{"remove": object{"index": name, "alias": alias}})
			}
		}
	}
	if err := x.c.call(ctx, "POST", "_aliases", object{"actions": actions}, nil); err != nil {
		return err
	}
	return x.remove(ctx, old...)
}

// remove removes indices; those that are not there are no error.
func (x *Index) remove(ctx context.Context, names ...string) error {
	var errs []error
	for _, name := range names {
		if err := x.c.call(ctx, "DELETE", name, nil, nil); err != nil && !missing(err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Remove removes the index, if it is there.
func (x *Index) Remove(ctx context.Context) error {
	for _, alias := range []string{x.o.Name, x.o.Name + stateSuffix} {
		var got map[string]any
		if err := x.c.call(ctx, "GET", "_alias/"+alias, nil, &got); missing(err) {
			continue
		} else if err != nil {
			return err
		}
		for name := range got {
			if err := x.remove(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// refresh makes all that was added findable.
func (x *Index) refresh(ctx context.Context) error {
	return x.c.call(ctx, "POST", x.docs+"/_refresh", nil, nil)
}

// Check yields what is wrong with the shards of the index, a sentence each. What is
// stored OpenSearch checks by itself, by checksums: a shard that is damaged is not there.
func (x *Index) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, name := range []string{x.docs, x.state} {
			var got struct {
				Indices map[string]struct {
					Shards map[string]struct {
						Primary bool `json:"primary_active"`
					} `json:"shards"`
				} `json:"indices"`
			}
			if err := x.c.call(ctx, "GET", "_cluster/health/"+name+"?level=shards&timeout=1s", nil, &got); err != nil {
				yield("", fmt.Errorf("index: check: %w", err))
				return
			}
			for index, ix := range got.Indices {
				for n, shard := range ix.Shards {
					if !shard.Primary && !yield(fmt.Sprintf("shard %s of %s is on no machine", n, index), nil) {
						return
					}
				}
			}
		}
	}
}
