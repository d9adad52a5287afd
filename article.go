package dateline

// An Article is one version of one piece of news: what one capture shows.
// Its JSON form is the record that every stage reads and prints.
type Article struct {
	ID        ArticleID `json:"id,omitempty"`        // hash of Canonical, shared by all versions; "" outside an archive
	Capture   CaptureID `json:"capture,omitempty"`   // the evidence, and the key of the record; "" outside an archive
	URL       string    `json:"url"`                 // as requested or as the WARC names it, without a fragment
	Canonical string    `json:"canonical,omitempty"` // the one address the article is known by
	Fetched   string    `json:"fetched,omitempty"`   // RFC 3339, UTC; "" if not known
	Payload   string    `json:"payload,omitempty"`   // "sha256:" and the hex digest of the body bytes

	Headline    string    `json:"headline,omitempty"` // as printed, without the site's name
	Deck        string    `json:"deck,omitempty"`     // the sentence under the headline
	Bylines     []string  `json:"bylines,omitempty"`  // one person or agency each, without "By" and without roles
	Dateline    Dateline  `json:"dateline,omitzero"`
	Published   Date      `json:"published,omitempty"`
	Modified    Date      `json:"modified,omitempty"`
	Lang        string    `json:"lang,omitempty"` // BCP 47: "en", "de-AT"
	Section     string    `json:"section,omitempty"`
	Tags        []string  `json:"tags,omitempty"`
	Publisher   Publisher `json:"publisher,omitzero"`
	Images      []Image   `json:"images,omitempty"`      // the lead image first
	Paywalled   bool      `json:"paywalled,omitempty"`   // the page says that the text is cut
	Text        string    `json:"text,omitempty"`        // body: NFC, blocks joined by a blank line
	Blocks      []Block   `json:"blocks,omitempty"`      // what each part of Text is; they cover it in order
	Corrections []string  `json:"corrections,omitempty"` // what the page says of its own text: "Correction: …"
	Evidence    Evidence  `json:"evidence,omitempty"`    // field → where it was found: "jsonld:headline"
	Skip        string    `json:"skip,omitempty"`        // why the page is no article; "" if it is one
}

// Evidence names, for each field of a record, where on the page it was found:
// "jsonld:headline", "meta:article:published_time", "page:h1".
type Evidence map[string]string

// Reasons for Article.Skip.
const (
	SkipFront    = "section front"
	SkipNotFound = "not found page"
	SkipLogin    = "login wall"
	SkipNoText   = "no text"
)

// A Dateline is the place that opens the body and the agency named with it:
// {Place: "LAGOS, Nigeria", Agency: "AP"}. The zero Dateline means none.
type Dateline struct {
	Place  string `json:"place,omitempty"`
	Agency string `json:"agency,omitempty"`
}

// A Publisher is who prints, and the registrable domain it prints at.
type Publisher struct {
	Name string `json:"name,omitempty"`
	Site string `json:"site,omitempty"` // registrable domain: "bbc.co.uk"
	Logo string `json:"logo,omitempty"` // absolute URL
}

// An Image is one picture of the article. Sizes are in pixels; 0 if not known.
type Image struct {
	URL     string `json:"url"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
}

// A Block is one part of Article.Text: bytes Start to End, half open.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Start int       `json:"start"`
	End   int       `json:"end"`
}

// A BlockKind says what a Block is.
type BlockKind string

// The kinds of block.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	Item      BlockKind = "item"
	Quotation BlockKind = "quotation"
	Table     BlockKind = "table"
	Code      BlockKind = "code"
)
