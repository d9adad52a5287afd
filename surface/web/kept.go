package web

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// checkEvery is how long a kept page is sent without asking whether the index has
// changed. A change is visible at most so much later.
const checkEvery = 100 * time.Millisecond

// kept is a page that is made anew only when the index changes.
type kept struct {
	mu       sync.Mutex // one request makes the page, the others wait for it
	checked  time.Time  // when the revision was last asked for
	revision string     // of the archive that page and twin show
	page     []byte     // nil until it is made
	twin     []byte
}

// keep returns the handler of a page that is kept in k. It serves what build builds,
// as page does, but calls build only if the revision of the archive is another than
// before.
func (s *site) keep(name string, k *kept, build func(*http.Request) (view, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page, twin, err := k.get(r.Context(), s, func() (view, error) { return build(r) }, name)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case wantsJSON(r):
			send(w, r, http.StatusOK, typeJSON, twin)
		default:
			send(w, r, http.StatusOK, typeHTML, page)
		}
	}
}

// get returns the page and its JSON twin, and makes them first if they are missing or
// out of date.
func (k *kept) get(ctx context.Context, s *site, build func() (view, error), name string) (page, twin []byte, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.page != nil && time.Since(k.checked) < checkEvery {
		return k.page, k.twin, nil
	}
	now := time.Now()
	revision, err := s.archive.Revision(ctx)
	if err != nil {
		return nil, nil, err
	}
	if k.page == nil || revision != k.revision {
		v, err := build()
		if err != nil {
			return nil, nil, err
		}
		if page, err = s.render(name, v); err != nil {
			return nil, nil, err
		}
		if twin, err = encode(v.Answer); err != nil {
			return nil, nil, err
		}
		k.page, k.twin, k.revision = page, twin, revision
	}
	k.checked = now
	return k.page, k.twin, nil
}
