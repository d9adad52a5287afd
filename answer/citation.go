package answer

import (
	"context"
	"fmt"

	"dateline"
	"dateline/relate/speaker"
	"dateline/surface/cite"
)

// A Citation is one statement with what is needed to cite it and to find its
// words again, and the citation in each format.
type Citation struct {
	Statement Statement    `json:"statement"`           // the statement that is cited
	Key       string       `json:"key"`                 // short name, the same for the same words of the same capture: "borrell2022-1a2b3c-120"
	Bylines   []string     `json:"bylines,omitempty"`   // of the article, one person or agency each
	Authors   []cite.Name  `json:"authors,omitempty"`   // the same, each in its parts
	Fetched   string       `json:"fetched,omitempty"`   // when the page was captured: RFC 3339, UTC
	Payload   string       `json:"payload,omitempty"`   // digest of the bytes captured
	Highlight string       `json:"highlight,omitempty"` // address at which a browser marks the words on the publisher's page
	Part      string       `json:"part"`                // name of the text that the quotes count in: the URI of RFC 6920 of its bytes
	Quotes    []cite.Quote `json:"quotes"`              // where each part of the words stands
	Formats   []Cited      `json:"formats"`             // the citation as "dateline cite" prints it
	Block     int          `json:"block"`               // first byte of the block of the text that the words begin in; 0 in a deck

	Parts cite.Citation `json:"-"` // what the formats are written from
}

// A Cited is a citation in one format.
type Cited struct {
	Format string `json:"format"` // as "dateline cite -format" takes it: "bibtex"
	Text   string `json:"text"`   // the citation in that format
}

// NewCitation returns the citation of what r reports.
func NewCitation(r speaker.Statement) *Citation {
	p := cite.New(r.Article, r.Finding())
	c := &Citation{
		Statement: NewStatement(r), Key: p.Key, Bylines: p.Bylines, Authors: p.Authors, Fetched: p.Captured, Payload: p.Digest, Highlight: p.Highlight,
		Part: p.Part, Quotes: nonNil(p.Quotes), Parts: p,
	}
	if r.Finding().In == "" {
		c.Block = BlockAt(r.Article, r.Finding().Range().Start)
	}
	for _, f := range cite.Formats() {
		c.Formats = append(c.Formats, Cited{f.Name, f.Write(p)})
	}
	return c
}

// An ArticleCitation is one article with what is needed to cite it, and the citation in
// each format.
type ArticleCitation struct {
	Ref
	Key     string      `json:"key"`               // short name, the same for the same capture: "lima2022-1a2b3c"
	Bylines []string    `json:"bylines,omitempty"` // one person or agency each
	Authors []cite.Name `json:"authors,omitempty"` // the same, each in its parts
	Fetched string      `json:"fetched,omitempty"` // when the page was captured: RFC 3339, UTC
	Payload string      `json:"payload,omitempty"` // digest of the bytes captured
	Part    string      `json:"part"`              // name of the text: the URI of RFC 6920 of its bytes
	Formats []Cited     `json:"formats"`           // the citation as "dateline cite" prints it
}

// NewArticleCitation returns the citation of a.
func NewArticleCitation(a *dateline.Article) *ArticleCitation {
	p := cite.NewArticle(a)
	c := &ArticleCitation{Ref: newRef(a), Key: p.Key, Bylines: p.Bylines, Authors: p.Authors, Fetched: p.Captured, Payload: p.Digest, Part: p.Part}
	for _, f := range cite.Formats() {
		c.Formats = append(c.Formats, Cited{f.Name, f.Write(p)})
	}
	return c
}

// StatementIn returns the statement whose words stand at a place of one
// version of an article, as [Statement].Place names it. If none does, and the place
// is one in the text, it is a [dateline.Passage] of the article.
func StatementIn(ctx context.Context, a Lookup, id dateline.ArticleID, capture dateline.CaptureID, place string) (speaker.Statement, error) {
	list, err := versions(ctx, a, id)
	if err != nil {
		return speaker.Statement{}, err
	}
	art := pick(list, capture)
	if art == nil {
		return speaker.Statement{}, fmt.Errorf("version %s of article %s: %w", capture, id, dateline.ErrNotFound)
	}
	return statementAt(ctx, a, art, place)
}
