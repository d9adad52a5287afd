package web

import (
	"fmt"
	"net/http"

	"dateline"
	"dateline/answer"
	"dateline/surface/cite"
)

// citePage is the template's form of an answer.Citation.
type citePage struct {
	*answer.Citation
	Said     statement // what is cited
	Link     string    // address of the words on the page of the cited version
	Evidence string    // address of the capture
	Files    []file
}

// A file is the citation in one format, with the address from which it can be saved.
type file struct {
	answer.Cited
	Title, Address string
}

// cite answers /article/ID/v/CAPTURE/cite/WORDS. WORDS is the place of the statement
// in the text, see answer.Statement.Place.
func (s *site) cite(r *http.Request) (view, error) {
	c, err := s.citationAt(r)
	if err != nil {
		return view{}, err
	}
	p := &citePage{Citation: c, Said: newStatement(c.Statement), Evidence: captureURL(c.Statement.Capture)}
	p.Link = versionURL(c.Statement.Article, c.Statement.Capture)
	switch {
	case c.Statement.Kind == dateline.Passage:
		p.Link = blockURL(c.Statement.Article, c.Statement.Capture, c.Block)
	case c.Statement.Doubtful:
		p.Link += "?all=1"
		fallthrough
	default:
		p.Link += "#" + p.Said.Anchor()
	}
	for i, f := range cite.Formats() {
		p.Files = append(p.Files, file{c.Formats[i], f.Title, p.Said.Cite + "/" + f.File})
	}
	return view{Title: "Citation", Answer: c, Page: p}, nil
}

// citationAt returns the citation of the statement that the path of r names.
func (s *site) citationAt(r *http.Request) (*answer.Citation, error) {
	id, capture := dateline.ArticleID(r.PathValue("id")), dateline.CaptureID(r.PathValue("capture"))
	rep, err := answer.StatementIn(r.Context(), s.archive, id, capture, key(r, "words"))
	if err != nil {
		return nil, err
	}
	return answer.NewCitation(rep), nil
}

// wholeArticle stands in an address in place of the words of a statement where the
// article itself is cited.
const wholeArticle = "article"

// citation answers /article/ID/v/CAPTURE/cite/WORDS/FILE: the citation in one
// format, as a file. WORDS is "article" for the citation of the article.
func (s *site) citation(w http.ResponseWriter, r *http.Request) {
	c, err := s.cited(r)
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
			write(w, http.StatusOK, []byte(f.Write(c)))
			return
		}
	}
	s.fail(w, r, fmt.Errorf("citation %s: %w", r.PathValue("file"), dateline.ErrNotFound))
}

// cited returns the citation of the statement or the article that the path of r names.
func (s *site) cited(r *http.Request) (cite.Citation, error) {
	if r.PathValue("words") != wholeArticle {
		c, err := s.citationAt(r)
		if err != nil {
			return cite.Citation{}, err
		}
		return c.Parts, nil
	}
	capture := dateline.CaptureID(r.PathValue("capture"))
	versions, err := s.archive.Versions(r.Context(), dateline.ArticleID(r.PathValue("id")))
	if err != nil {
		return cite.Citation{}, err
	}
	for _, a := range versions {
		if a.Capture == capture {
			return cite.NewArticle(a), nil
		}
	}
	return cite.Citation{}, fmt.Errorf("version %s: %w", capture, dateline.ErrNotFound)
}
