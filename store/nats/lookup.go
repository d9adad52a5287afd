package nats

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline"
	"dateline/store"
)

// missing is the error for what was not found: that it is damaged, if a record could not
// be read.
func missing(log, what string, damaged int64) error {
	if damaged > 0 {
		return &store.DamageError{Log: log, Seq: damaged, Key: what, Err: errors.New("it cannot be read")}
	}
	return fmt.Errorf("%s: %w", what, dateline.ErrNotFound)
}

// Find implements [store.Lookup].
func (db *DB) Find(ctx context.Context, name string) (*dateline.Article, error) {
	name, _, _ = strings.Cut(name, "#")
	if name == "" {
		return nil, missing("articles", "find \"\"", 0)
	}
	id := dateline.NewArticleID(name)
	keys := []string{name}
	for _, r := range []ref{{of: "id", value: name}, {of: "id", value: string(id)}, {of: "url", value: name}} {
		err := db.walkRefs(ctx, "articles", r.of, r.value, func(key, value, _ string) {
			if value == r.value {
				keys = append(keys, key)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	versions, err := db.articles.those(ctx, "find "+name, keys, func(a *dateline.Article) bool {
		return string(a.Capture) == name || string(a.ID) == name || a.ID == id || a.URL == name
	})
	return store.Current(versions), err
}

// Article implements [store.Lookup].
func (db *DB) Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error) {
	versions, err := db.Versions(ctx, id)
	return store.Current(versions), err
}

// Versions implements [store.Lookup].
func (db *DB) Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	list, err := referred(ctx, db.articles, "article "+string(id), "id", string(id), func(a *dateline.Article) bool { return a.ID == id })
	slices.SortStableFunc(list, func(a, b *dateline.Article) int { return store.Fetched(a).Compare(store.Fetched(b)) })
	return list, err
}

// ArticlesOf implements [store.Lookup].
func (db *DB) ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	return inOrder(ctx, db.articles, ids)
}

// FindingsOf implements [store.Lookup].
func (db *DB) FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	return inOrder(ctx, db.findings, ids)
}

// GroupsOf implements [store.Lookup].
func (db *DB) GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	return inOrder(ctx, db.groups, ids)
}

// inOrder returns the records of keys, in their order; nil where there is none.
func inOrder[T any, K ~string](ctx context.Context, l *log[T], ids []K) ([]*T, error) {
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = string(id)
	}
	list := make([]*T, len(ids))
	if len(ids) == 0 {
		return list, nil
	}
	records, err := l.records(ctx, keys)
	for i, key := range keys {
		list[i] = records[key].rec
	}
	return list, err
}

// FoundIn implements [store.Lookup].
func (db *DB) FoundIn(ctx context.Context, id dateline.CaptureID) (string, error) {
	f, err := db.findings.Get(ctx, string(id))
	return f.Article, err
}

// Members implements [store.Lookup].
func (db *DB) Members(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error) {
	return referred(ctx, db.groups, string(level)+" "+string(id), string(level), string(id), func(g *dateline.Group) bool { return level.Of(g) == id })
}

// Stories implements [store.Lookup]. It reads the whole log of groups.
func (db *DB) Stories(ctx context.Context, least int) iter.Seq2[store.StorySize, error] {
	return store.Scan{Groups: db.groups}.Stories(ctx, least)
}

// CaptureByPayload implements [store.Lookup].
func (db *DB) CaptureByPayload(ctx context.Context, digest string) (*dateline.Capture, error) {
	list, err := referred(ctx, db.captures, "capture with payload "+digest, "payload", digest, func(c *dateline.Capture) bool {
		return c.Payload == digest && c.Revisit == ""
	})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// CaptureAt implements [store.Lookup].
func (db *DB) CaptureAt(ctx context.Context, url string, at time.Time) (*dateline.Capture, error) {
	at = at.Truncate(time.Second)
	list, err := referred(ctx, db.captures, fmt.Sprintf("capture of %s at %s", url, at.UTC().Format(time.RFC3339)), "at", atValue(url, at.Unix()), func(c *dateline.Capture) bool {
		return c.URL == url && c.Fetched.Truncate(time.Second).Equal(at)
	})
	if err != nil {
		return nil, err
	}
	return slices.MinFunc(list, func(a, b *dateline.Capture) int { return cmp.Compare(a.Revisit, b.Revisit) }), nil
}

// LastCapture implements [store.Lookup].
func (db *DB) LastCapture(ctx context.Context, url string) (*dateline.Capture, error) {
	list, err := referred(ctx, db.captures, "last capture of "+url, "url", strings.ReplaceAll(url, "\n", " "), func(c *dateline.Capture) bool { return c.URL == url })
	if err != nil {
		return nil, err
	}
	return list[len(list)-1], nil
}

// DueLeads implements [store.Lookup]. It reads the whole log of leads.
func (db *DB) DueLeads(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error] {
	return store.Scan{Leads: db.leads}.DueLeads(ctx, before)
}

// A place is where a reference says that a capture stands.
type place struct {
	offset int64
	key    string
}

// places returns where captures stand in a file, in the order of offsets.
func (db *DB) places(ctx context.Context, file string) (list []place, err error) {
	err = db.walkRefs(ctx, "captures", "file", file, func(key, _, note string) {
		if at, err := strconv.ParseInt(note, 10, 64); err == nil {
			list = append(list, place{at, key})
		}
	})
	slices.SortFunc(list, func(a, b place) int { return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.key, b.key)) })
	return list, err
}

// LastOffset implements [store.Lookup].
func (db *DB) LastOffset(ctx context.Context, file string) (int64, error) {
	list, err := db.places(ctx, file)
	if err != nil {
		return 0, err
	}
	for _, p := range slices.Backward(list) {
		c, err := db.captures.records(ctx, []string{p.key})
		if err != nil {
			return 0, err
		}
		if rec := c[p.key].rec; rec != nil && rec.File == file && rec.Offset == p.offset {
			return p.offset, nil
		}
	}
	return -1, nil
}

// Placed implements [store.Lookup].
func (db *DB) Placed(ctx context.Context, file string) iter.Seq2[store.Entry[dateline.Capture], error] {
	return func(yield func(store.Entry[dateline.Capture], error) bool) {
		list, err := db.places(ctx, file)
		if err != nil {
			yield(store.Entry[dateline.Capture]{}, err)
			return
		}
		for chunk := range slices.Chunk(list, subjectsAtOnce) {
			keys := make([]string, len(chunk))
			for i, p := range chunk {
				keys[i] = p.key
			}
			records, err := db.captures.records(ctx, keys)
			if err != nil {
				yield(store.Entry[dateline.Capture]{}, err)
				return
			}
			for _, p := range chunk {
				r := records[p.key]
				if r.rec == nil || r.rec.File != file || r.rec.Offset != p.offset {
					continue
				}
				if !yield(store.Entry[dateline.Capture]{Seq: r.seq, Rec: *r.rec}, nil) {
					return
				}
			}
		}
	}
}

// Files implements [store.Lookup]. It reads all references to files.
func (db *DB) Files(ctx context.Context) ([]string, error) {
	return db.values(ctx, "captures", "file")
}

// IDs implements [store.Lookup]. It holds all IDs in memory.
func (db *DB) IDs(ctx context.Context, after dateline.ArticleID) iter.Seq2[dateline.ArticleID, error] {
	return func(yield func(dateline.ArticleID, error) bool) {
		list, err := db.values(ctx, "articles", "id")
		if err != nil {
			yield("", err)
			return
		}
		for _, id := range list {
			if dateline.ArticleID(id) > after && !yield(dateline.ArticleID(id), nil) {
				return
			}
		}
	}
}

// values returns the values by which references lead to records, in their order.
func (db *DB) values(ctx context.Context, log, of string) ([]string, error) {
	all := map[string]bool{}
	if err := db.walkRefs(ctx, log, of, "*", func(_, value, _ string) { all[value] = true }); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(all)), nil
}
