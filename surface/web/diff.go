package web

import (
	"fmt"
	"net/http"
	"net/url"

	"dateline"
	"dateline/answer"
	"dateline/query"
	"dateline/relate/version"
)

// diffPage is the template's form of an answer.Diff.
type diffPage struct {
	*answer.Diff
	BeforeLink string // addresses of the two versions
	AfterLink  string
	Parts      []diffPart
}

// A diffPart is a part of the article with the corrections that explain its change.
type diffPart struct {
	version.Part
	Stated []string // the texts of corrections in the article that speak of this part
}

// diff answers /article/ID/diff with the last change of an article, and
// /article/ID/v/CAPTURE/diff with what changed up to that capture. The version it is
// compared with is the one before, or that of from=CAPTURE. Both captured pages are
// read anew for the answer, see readAnew.
func (s *site) diff(r *http.Request) (view, error) {
	release, err := s.readAnew(r)
	if err != nil {
		return view{}, err
	}
	defer release()
	id, o := dateline.ArticleID(key(r, "id")), answer.DiffOptions{Before: dateline.CaptureID(r.FormValue("from")), After: dateline.CaptureID(r.PathValue("capture"))}
	d, err := answer.NewDiff(r.Context(), s.archive, string(id), o)
	if err != nil {
		return view{}, err
	}
	p := &diffPage{Diff: d, BeforeLink: versionURL(id, d.Before.Capture), AfterLink: versionURL(id, d.After.Capture)}
	for i, part := range d.Parts {
		p.Parts = append(p.Parts, diffPart{part, stated(d.Corrections, i)})
	}
	return view{Title: "What changed: " + d.After.Headline, Answer: d, Page: p}, nil
}

// readAnew waits until no other request is reading captured pages anew, which takes
// much time and memory. The caller has to call release when it is done. The error says
// that the time was up first.
func (s *site) readAnew(r *http.Request) (release func(), err error) {
	select {
	case s.reading <- struct{}{}:
		return func() { <-s.reading }, nil
	case <-r.Context().Done():
		return nil, tooSlow(r.Context())
	}
}

// stated returns the texts of the corrections that explain the part with the given
// place among the parts.
func stated(corrections []version.Correction, part int) (list []string) {
	for _, c := range corrections {
		for _, i := range c.Explains {
			if i == part {
				list = append(list, c.Text)
			}
		}
	}
	return list
}

// diffURL is the address of what changed between two versions of an article.
func diffURL(id dateline.ArticleID, before, after dateline.CaptureID) string {
	return withValues(versionURL(id, after)+"/diff", url.Values{"from": {string(before)}})
}

// changesPage is the template's form of an answer.Changes.
type changesPage struct {
	*answer.Changes
	List   []change // the changes, each with the address of its page
	All    string   // address of this page with the changes that articles state themselves or, if it has them, without
	Stated bool     // the page has the changes that articles state
	Search string   // address of the search for the articles
}

// A change is an answer.Change with the address of its page.
type change struct {
	answer.Change
	Link string
}

// changes answers /changes?q=QUERY&all=1: how the articles that match the query have
// changed; with all=1 also by changes that they state themselves.
func (s *site) changes(r *http.Request) (view, error) {
	text := r.FormValue("q")
	q, err := query.Parse(text)
	if err != nil {
		return view{}, broken(text, err)
	}
	release, err := s.readAnew(r)
	if err != nil {
		return view{}, err
	}
	defer release()
	o := answer.ChangesOptions{Stated: r.FormValue("all") != "", Bounds: s.bounds}
	found, err := answer.NewChanges(r.Context(), s.archive, q, o)
	if err != nil {
		return view{}, fmt.Errorf("changes of %q: %w", text, err)
	}
	p := &changesPage{Changes: found, Stated: o.Stated, Search: asking{}.searchURL(text, 1)}
	for _, c := range found.Changes {
		p.List = append(p.List, change{c, diffURL(c.Of.Article, c.Before, c.After)})
	}
	v := url.Values{"q": {text}}
	if !o.Stated {
		v.Set("all", "1")
	}
	p.All = withValues("/changes", v)
	return view{Title: "Changes", Query: text, Answer: found, Page: p}, nil
}
