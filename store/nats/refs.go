package nats

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dateline"
)

// A ref leads from a value to a record: of is what of the record has the value.
type ref struct {
	of, value string
	note      string // more about it; without a line break
}

// message returns the message of a reference to the record of a log with the key. Its
// text has the key, the value and the note, a line each.
func (r ref) message(refs *stream, log, key string) message {
	return message{
		subject: refs.prefix + log + "." + r.of + "." + token(r.value) + "." + token(key),
		data:    []byte(key + "\n" + r.value + "\n" + r.note),
	}
}

// captureRefs leads to captures by their payload, by address, by address and second, and by WARC
// file, with the offset as a note.
func captureRefs(c *dateline.Capture) (list []ref) {
	if c.Payload != "" && c.Revisit == "" {
		list = append(list, ref{of: "payload", value: c.Payload})
	}
	list = append(list, ref{of: "at", value: atValue(c.URL, c.Fetched.Unix())}, ref{of: "url", value: strings.ReplaceAll(c.URL, "\n", " ")})
	if c.File != "" {
		list = append(list, ref{of: "file", value: c.File, note: strconv.FormatInt(c.Offset, 10)})
	}
	return list
}

// atValue is by what a capture of an address at a second is found.
func atValue(url string, second int64) string {
	return strings.ReplaceAll(url, "\n", " ") + " " + strconv.FormatInt(second, 10)
}

// articleRefs leads to the versions of an article by its key and by address.
func articleRefs(a *dateline.Article) []ref {
	return []ref{{of: "id", value: string(a.ID)}, {of: "url", value: a.URL}}
}

// groupRefs leads to groups by what the article belongs to.
func groupRefs(g *dateline.Group) (list []ref) {
	for _, level := range []dateline.Level{dateline.StoryLevel, dateline.EventLevel, dateline.ReportLevel} {
		if id := level.Of(g); id != "" {
			list = append(list, ref{of: string(level), value: string(id)})
		}
	}
	return list
}

// refsAtOnce is how many references are read at a time.
const refsAtOnce = 1000

// walkRefs calls f with the key, the value and the note of each reference to records of a
// log by one of their values; value may be "*" for all.
func (db *DB) walkRefs(ctx context.Context, log, of, value string, f func(key, value, note string)) error {
	if value != "*" {
		value = token(value)
	}
	filter := db.refs.prefix + log + "." + of + "." + value + ".*"
	for at := int64(0); ; {
		list, err := db.refs.after(ctx, filter, at, refsAtOnce)
		if err != nil {
			return fmt.Errorf("references to %s: %w", log, err)
		}
		for _, m := range list {
			lines := strings.SplitN(string(m.data), "\n", 3)
			if len(lines) == 3 {
				f(lines[0], lines[1], lines[2])
			}
			at = m.seq
		}
		if len(list) == 0 {
			return nil
		}
	}
}

// referred returns the records to which references by a value lead and for which is
// holds, at least one, in the order of their positions; what says what is looked for.
func referred[T any](ctx context.Context, l *log[T], what, of, value string, is func(*T) bool) ([]*T, error) {
	var keys []string
	if err := l.db.walkRefs(ctx, l.what, of, value, func(key, _, _ string) { keys = append(keys, key) }); err != nil {
		return nil, err
	}
	return l.those(ctx, what, keys, is)
}

// those returns the records with the keys for which is holds, at least one, in the order
// of their positions. If there is none the error says that one is damaged, or none there.
func (l *log[T]) those(ctx context.Context, what string, keys []string, is func(*T) bool) (list []*T, err error) {
	if len(keys) == 0 {
		return nil, missing(l.what, what, 0)
	}
	records, err := l.records(ctx, keys)
	if err != nil {
		return nil, err
	}
	var damaged int64
	for _, r := range slices.SortedFunc(maps.Values(records), func(a, b found[T]) int { return cmp.Compare(a.seq, b.seq) }) {
		switch {
		case r.rec == nil:
			damaged = r.seq
		case is(r.rec):
			list = append(list, r.rec)
		}
	}
	if list == nil {
		return nil, missing(l.what, what, damaged)
	}
	return list, nil
}
