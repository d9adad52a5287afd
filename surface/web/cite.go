package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"dateline"
	"dateline/relate/speaker"
	"dateline/surface/cite"
)

// citePage is the citation of one statement of one version of an article.
type citePage struct {
	Citation cite.Citation `json:"citation"`
	Link     string        `json:"link"` // the words on the page of that version
	Evidence string        `json:"capture"`
	Formats  []cited       `json:"formats"`
	Said     said          `json:"-"`
	Article  string        `json:"-"`
}

// cited is the citation in one format.
type cited struct {
	Name  string `json:"name"`
	Title string `json:"-"`
	File  string `json:"file"` // address for saving
	Text  string `json:"text"`
}

func citeURL(a *dateline.Article, s *dateline.Statement) string {
	return versionURL(a) + "/cite/" + url.PathEscape(wordsKey(s))
}

// cite answers /article/ID/v/CAPTURE/cite/WORDS.
func (s *site) cite(r *http.Request) (view, error) {
	rep, err := s.cited(r)
	if err != nil {
		return view{}, err
	}
	a := rep.Article
	p := &citePage{Citation: cite.New(a, rep.Statement()), Evidence: captureURL(a.Capture), Said: newSaid(rep), Article: a.Headline}
	p.Link = versionURL(a)
	if p.Said.Doubtful {
		p.Link += "?all=1"
	}
	p.Link += "#" + p.Said.ID()
	for _, f := range cite.Formats() {
		p.Formats = append(p.Formats, cited{f.Name, f.Title, p.Said.Cite + "/" + f.File, f.Write(p.Citation)})
	}
	return view{Title: "Citation", Page: p}, nil
}

// cited returns the statement that the path of r names by the place of its
// words.
func (s *site) cited(r *http.Request) (speaker.Report, error) {
	id, capture, words := dateline.ArticleID(r.PathValue("id")), dateline.CaptureID(r.PathValue("capture")), key(r, "words")
	versions, err := s.versions(r.Context(), id)
	if err != nil {
		return speaker.Report{}, err
	}
	a := pick(versions, capture)
	if a == nil {
		return speaker.Report{}, fmt.Errorf("version %s of article %s: %w", capture, id, dateline.ErrNotFound)
	}
	f, err := s.archive.Findings(r.Context(), capture)
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return speaker.Report{}, fmt.Errorf("findings of %s: %w", capture, err)
	}
	if err == nil {
		for i := range f.Statements {
			if wordsKey(&f.Statements[i]) == words {
				return speaker.Report{Article: a, Findings: f, N: i + 1}, nil
			}
		}
	}
	return speaker.Report{}, fmt.Errorf("statement at bytes %s of version %s of article %s: %w", words, capture, id, dateline.ErrNotFound)
}

// citation answers /article/ID/v/CAPTURE/cite/WORDS/FILE: the citation in one
// format, as a file.
func (s *site) citation(w http.ResponseWriter, r *http.Request) {
	rep, err := s.cited(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	for _, f := range cite.Formats() {
		if f.File == r.PathValue("file") {
			h := w.Header()
			h.Set("Content-Type", f.Type)
			h.Set("Content-Disposition", "attachment; filename="+f.File)
			h.Set("Cache-Control", "no-cache")
			_, _ = w.Write([]byte(f.Write(cite.New(rep.Article, rep.Statement())))) // a reader that is gone needs no answer
			return
		}
	}
	s.fail(w, r, fmt.Errorf("citation %s: %w", r.PathValue("file"), dateline.ErrNotFound))
}
