package extract

import "dateline"

// skip says why a page is no article.
func (p *page) skip() {
	if p.a.Text == "" {
		p.a.Skip = dateline.SkipNoText
	}
}
