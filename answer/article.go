package answer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline"
	"dateline/relate/speaker"
)

// An Article is one version of an article with everything known about it.
type Article struct {
	Record         Record      `json:"record"`                    // as every stage prints it
	Newest         bool        `json:"newest"`                    // this is the version that searches find
	Versions       []Version   `json:"versions"`                  // the newest first
	Fields         []Field     `json:"fields"`                    // where each field of the record was found, in words
	Statements     []Statement `json:"statements,omitempty"`      // those that are sure, or all
	MoreStatements int         `json:"more_statements,omitempty"` // less certain ones, which were not asked for
	Story          *Elsewhere  `json:"story,omitempty"`           // the story that it is of, if other articles tell it, too
}

// A Record is an article with its findings, as every stage prints it
// (doc/schema.md).
type Record struct {
	*dateline.Article
	Findings *dateline.Findings `json:"findings,omitempty"` // what was found in its text; absent if nothing was looked for
}

// ArticleOptions say what is asked for of an article.
type ArticleOptions struct {
	Capture dateline.CaptureID // of the version; "" for the newest one
	All     bool               // less certain statements, too
	Grouped Grouped            // tells what else is of its story; nil if that is not asked for
}

// NewArticle returns one version of an article. Of an article whose pages are
// all no article, the newest version is the newest page.
func NewArticle(ctx context.Context, a Evidence, id dateline.ArticleID, o ArticleOptions) (*Article, error) {
	list, err := versions(ctx, a, id)
	if err != nil {
		return nil, err
	}
	art, err := a.Article(ctx, id)
	if errors.Is(err, dateline.ErrNotFound) && len(list) > 0 {
		art, err = list[0], nil
	}
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	newest := art.Capture
	if o.Capture != "" {
		if art = pick(list, o.Capture); art == nil {
			return nil, fmt.Errorf("version %s of article %s: %w", o.Capture, id, dateline.ErrNotFound)
		}
	}
	f, err := findings(ctx, a, art.Capture)
	if err != nil {
		return nil, err
	}
	compared, err := compare(ctx, a, list, art.Capture)
	if err != nil {
		return nil, err
	}
	p := &Article{Record: Record{art, f}, Newest: art.Capture == newest, Versions: compared, Fields: nonNil(newFields(art))}
	p.tell(o.All)
	if o.Grouped != nil {
		p.Story, err = newElsewhere(ctx, o.Grouped, id)
	}
	return p, err
}

// tell lists the statements of p.
func (p *Article) tell(all bool) {
	a, f := p.Record.Article, p.Record.Findings
	if f == nil {
		return
	}
	for i := range f.Statements {
		if !all && !f.Statements[i].Sure(a) {
			p.MoreStatements++
			continue
		}
		s := NewStatement(speaker.Statement{Article: a, Findings: f, N: i + 1})
		if !p.Newest {
			s.ID = fmt.Sprintf("%s#%d", a.Capture, s.N)
		}
		p.Statements = append(p.Statements, s)
	}
}

// BlockAt returns the first byte of the block of a that byte at of its text lies in; 0 if
// it lies in none.
func BlockAt(a *dateline.Article, at int) int {
	for _, b := range Blocks(a) {
		if b.Start <= at && at < b.End {
			return b.Start
		}
	}
	return 0
}

// Blocks returns the blocks of a that lie in its text, in order; if there are
// none, the parts between blank lines as paragraphs.
func Blocks(a *dateline.Article) []dateline.Block {
	var list []dateline.Block
	end := 0
	for _, b := range a.Blocks {
		if b.Start >= end && b.Start < b.End && b.End <= len(a.Text) {
			list = append(list, b)
			end = b.End
		}
	}
	if len(list) > 0 {
		return list
	}
	start := 0
	for _, text := range strings.SplitAfter(a.Text, "\n\n") {
		if strings.TrimSpace(text) != "" {
			list = append(list, dateline.Block{Kind: dateline.Paragraph, Start: start, End: start + len(strings.TrimRight(text, "\n"))})
		}
		start += len(text)
	}
	return list
}
