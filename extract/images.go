package extract

import "dateline"

// images sets the pictures of the article, the lead first.
func (p *page) images() {
	if u := resolve(p.base, p.meta("og:image")); u != "" {
		p.a.Images = []dateline.Image{{URL: u}}
		p.found("images", "meta:og:image")
	}
}
