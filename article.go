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

	Headline    string         `json:"headline,omitempty"`    // as printed, without the site's name
	Deck        string         `json:"deck,omitempty"`        // the sentence under the headline
	Bylines     []string       `json:"bylines,omitempty"`     // one person or agency each, without "By" and without roles
	Dateline    Dateline       `json:"dateline,omitzero"`     // what opens the text: place and agency; zero if it has none
	Published   Date           `json:"published,omitempty"`   // as the page states it, as wide as that is; "" if it does not
	Modified    Date           `json:"modified,omitempty"`    // when the page says that it was changed; "" if it does not
	Lang        string         `json:"lang,omitempty"`        // BCP 47: "en", "de-AT"
	Section     string         `json:"section,omitempty"`     // the site's own heading: "World"; "" if none is stated
	Tags        []string       `json:"tags,omitempty"`        // topics, each as the page spells it, in its order
	Publisher   Publisher      `json:"publisher,omitzero"`    // who prints; zero if not known
	Images      []Image        `json:"images,omitempty"`      // the lead image first
	Paywalled   bool           `json:"paywalled,omitempty"`   // the page says that the text is cut
	Text        string         `json:"text,omitempty"`        // body: NFC, blocks joined by a blank line
	Blocks      []Block        `json:"blocks,omitempty"`      // what each part of Text is; they cover it in order
	Corrections []string       `json:"corrections,omitempty"` // what the page says of its own text: "Correction: …"
	Embeds      []Embed        `json:"embeds,omitempty"`      // what the text quotes from other services, in the order of the page
	Updates     []Update       `json:"updates,omitempty"`     // dated entries of a live blog, in the order of the text
	Type        string         `json:"type,omitempty"`        // what kind of article the page says it is, one of Types; "" if it does not say
	Authors     []Author       `json:"authors,omitempty"`     // what the page states of its authors, beside their names
	Credits     []Credit       `json:"credits,omitempty"`     // who else is named, and for what
	CopyOf      string         `json:"copy_of,omitempty"`     // the address that the page names as its original, if it is another one
	Uses        []Use          `json:"uses,omitempty"`        // what the page, its server and robots.txt state of how others may use it
	Cut         map[string]int `json:"cut,omitempty"`         // field → how much of it was left out, since a record keeps no more: bytes of a text, entries of a list
	Evidence    Evidence       `json:"evidence,omitempty"`    // field → where it was found: "jsonld:headline"
	Skip        string         `json:"skip,omitempty"`        // why the page is no article; "" if it is one
}

// Evidence names, for each field of a record, where on the page it was found:
// "jsonld:headline", "meta:article:published_time", "page:h1".
type Evidence map[string]string

// Types are the values of Article.Type.
var Types = []string{"news", "opinion", "analysis", "live blog", "review", "interview", "obituary", "press release", "wire copy", "sponsored"}

// An Author is what a page states of one of its authors.
type Author struct {
	Name   string   `json:"name"`              // as in Bylines
	Kind   string   `json:"kind,omitempty"`    // "person" or "organization"; "" if it is not stated
	URL    string   `json:"url,omitempty"`     // of the author's page, absolute; "" if there is none
	SameAs []string `json:"same_as,omitempty"` // absolute addresses of the author elsewhere
}

// A Credit is somebody who is named for something other than writing.
type Credit struct {
	Name string `json:"name"` // as printed
	Did  string `json:"did"`  // "editing", "translation", "photograph", "reporting" and so on
}

// Reasons for Article.Skip.
const (
	SkipFront    = "section front"
	SkipNotFound = "not found page"
	SkipLogin    = "login wall"
	SkipNoText   = "no text"

	// The answer is not the site's own page, so that nothing is known of what it
	// would have shown.
	SkipChallenge = "bot challenge"
	SkipConsent   = "consent wall"
	SkipError     = "error page"
)

// A Dateline is the place that opens the body and the agency named with it:
// {Place: "LAGOS, Nigeria", Agency: "AP"}. The zero Dateline means none.
type Dateline struct {
	Place  string `json:"place,omitempty"`  // as printed: "LAGOS, Nigeria"
	Agency string `json:"agency,omitempty"` // as printed: "AP"; "" if none is named
}

// A Publisher is who prints, and the registrable domain it prints at.
type Publisher struct {
	Name string `json:"name,omitempty"` // as the page states it: "BBC News"; "" if it does not
	Site string `json:"site,omitempty"` // registrable domain: "bbc.co.uk"
	Logo string `json:"logo,omitempty"` // absolute URL
}

// An Image is one picture of the article. Sizes are in pixels; 0 if not known.
type Image struct {
	URL     string `json:"url"`               // absolute address of the picture
	Width   int    `json:"width,omitempty"`   // in pixels; 0 if not known
	Height  int    `json:"height,omitempty"`  // in pixels; 0 if not known
	Caption string `json:"caption,omitempty"` // as printed, one line; "" if there is none
	Credit  string `json:"credit,omitempty"`  // who made it, as printed; "" if it is not told
}

// A Block is one part of Article.Text: bytes Start to End, half open.
type Block struct {
	Kind  BlockKind `json:"kind"`  // what the block is: a paragraph, a heading and so on
	Start int       `json:"start"` // of the first byte
	End   int       `json:"end"`   // after the last byte
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

// An Embed is a post, a video or a document of another service that an article
// shows. Its words are no part of the article's text.
type Embed struct {
	Kind      EmbedKind `json:"kind"`                // what it shows: a post, a video or a document
	URL       string    `json:"url,omitempty"`       // where it stands; "" if the page does not say
	Author    string    `json:"author,omitempty"`    // of a post, as printed: "Ana Duarte (@duarte)"
	Text      string    `json:"text,omitempty"`      // words of a post, as one line
	Published Date      `json:"published,omitempty"` // of a post, as printed
	After     int       `json:"after"`               // byte of Text that it stands behind; 0 at the beginning
}

// Line returns what an embed is as one line: who wrote what, else its address.
func (e *Embed) Line() string {
	switch {
	case e.Text == "":
		return e.URL
	case e.Author == "":
		return e.Text
	}
	return e.Author + ": " + e.Text
}

// An EmbedKind is what an embed shows.
type EmbedKind string

// The kinds of embeds.
const (
	EmbedPost     EmbedKind = "post"
	EmbedVideo    EmbedKind = "video"
	EmbedDocument EmbedKind = "document"
)

// An Update is a dated entry of a live blog: a range of bytes of Text, from the first
// of its blocks to the end of the last.
type Update struct {
	Published Date   `json:"published"`          // as the page dates it
	Start     int    `json:"start"`              // byte of Text
	End       int    `json:"end"`                // the byte behind it
	Headline  string `json:"headline,omitempty"` // as the page states it; "" if it does not
}
