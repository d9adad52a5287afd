package extract

// dateline sets the place and agency that open the body.
func (p *page) dateline() {}
