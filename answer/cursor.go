package answer

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"hash/fnv"
	"iter"
	"strconv"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// ErrCursor reports a cursor that this list did not give.
var ErrCursor = errors.New("the cursor is of another list, or damaged: ask again without it")

// A Cursor is a place in a list, as an answer gives it and takes it again: text that
// means nothing to its reader. "" is the beginning of a list, and as the place after
// an answer that there is nothing more.
type Cursor string

// A mark is what a cursor holds.
type mark struct {
	List string             `json:"l"`           // what is listed, by a number that stands for it
	N    int                `json:"n"`           // how many are passed
	Last dateline.ArticleID `json:"a,omitempty"` // the last article that is passed, or that is passed in part
	Sub  int                `json:"s,omitempty"` // how much of that article is passed; 0 if all of it is
}

// cursor returns p as a cursor of the list with the name.
func (p mark) cursor(list string) Cursor {
	p.List = listNumber(list)
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // Unreachable: numbers and strings have a JSON form.
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(b))
}

// mark returns what c holds, which must be a cursor of the list with the name.
func (c Cursor) mark(list string) (p mark, err error) {
	if c == "" {
		return p, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || json.Unmarshal(b, &p) != nil || p.List != listNumber(list) || p.N < 0 || p.Sub < 0 {
		return mark{}, ErrCursor
	}
	return p, nil
}

// listNumber stands for the name of a list in its cursors: FNV-1a, which tells lists
// apart that a reader mixes up, and keeps nothing secret.
func listNumber(name string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// shifted is how many hits are looked through for the place of a cursor, where hits have
// come in before it since the cursor was given. Chosen: more than come in while somebody
// reads a page.
const shifted = 2000

// A counted is a hit with the number of hits up to it.
type counted struct {
	index.Hit
	N int
}

// hitsAfter yields the hits of q behind a place; the article that it stands in comes first
// if the place is within it. A hit that the reader has had does not come again because others
// have come in before it. The sequence ends after its first error.
func hitsAfter(ctx context.Context, a Index, q query.Query, rank bool, at mark) iter.Seq2[counted, error] {
	return func(yield func(counted, error) bool) {
		give := func(h index.Hit, n int) bool { return yield(counted{h, n}, nil) }
		from := at.N
		if at.Last != "" {
			from = max(at.N-1, 0)
		}
		var passed []index.Hit // before the place is found
		n, found := from, at.Last == ""
		for h, err := range a.Search(ctx, q, index.Options{Offset: from, Rank: rank}) {
			if err != nil {
				yield(counted{}, err)
				return
			}
			n++
			switch {
			case found:
				if !give(h, n) {
					return
				}
			case h.Article.ID == at.Last:
				found, passed = true, nil
				if at.Sub > 0 && !give(h, n) {
					return
				}
			default:
				passed = append(passed, h)
			}
			if len(passed) == shifted {
				break
			}
		}
		if found {
			return
		}
		// The article is no more among the hits: go on by the number. What is within the
		// article is gone with it.
		for h, err := range a.Search(ctx, q, index.Options{Offset: at.N, Rank: rank}) {
			if err != nil {
				yield(counted{}, err)
				return
			}
			at.N++
			if !give(h, at.N) {
				return
			}
		}
	}
}
