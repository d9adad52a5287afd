package dom

// A Tag is the name of an element as a small integer, or Text.
type Tag uint8

// The tags that have a number. Every other element is Other.
const (
	Document Tag = iota
	Text
	Other
	A
	Abbr
	Acronym
	Address
	Applet
	Area
	Article
	Aside
	Audio
	B
	Base
	Basefont
	Bdi
	Bdo
	Bgsound
	Big
	Blockquote
	Body
	Br
	Button
	Canvas
	Caption
	Center
	Cite
	Code
	Col
	Colgroup
	Data
	Datalist
	Dd
	Del
	Details
	Dfn
	Dialog
	Dir
	Div
	Dl
	Dt
	Em
	Embed
	Fieldset
	Figcaption
	Figure
	Font
	Footer
	Form
	Frame
	Frameset
	H1
	H2
	H3
	H4
	H5
	H6
	Head
	Header
	Hgroup
	Hr
	HTML
	I
	Iframe
	Image
	Img
	Input
	Ins
	Kbd
	Keygen
	Label
	Legend
	Li
	Link
	Listing
	Main
	Map
	Mark
	Marquee
	Math
	Menu
	Meta
	Meter
	Nav
	Nobr
	Noembed
	Noframes
	Noscript
	Object
	Ol
	Optgroup
	Option
	Output
	P
	Param
	Picture
	Plaintext
	Pre
	Progress
	Q
	Rb
	Rp
	Rt
	Rtc
	Ruby
	S
	Samp
	Script
	Search
	Section
	Select
	Slot
	Small
	Source
	Span
	Strike
	Strong
	Style
	Sub
	Summary
	Sup
	Svg
	Table
	Tbody
	Td
	Template
	Textarea
	Tfoot
	Th
	Thead
	Time
	Title
	Tr
	Track
	Tt
	U
	Ul
	Var
	Video
	Wbr
	Xmp
	tagCount
)

var tagNames = [tagCount]string{
	"#document", "#text", "", "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b",
	"base", "basefont", "bdi", "bdo", "bgsound", "big", "blockquote", "body", "br", "button", "canvas", "caption",
	"center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir",
	"div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame",
	"frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "image",
	"img", "input", "ins", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark",
	"marquee", "math", "menu", "meta", "meter", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol",
	"optgroup", "option", "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rb", "rp", "rt",
	"rtc", "ruby", "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "span", "strike",
	"strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th",
	"thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp",
}

// String returns the name of the element; "" for Other, whose node has it.
func (t Tag) String() string { return tagNames[t] }

// Inline reports whether t is part of a line of text.
func (t Tag) Inline() bool { return inline[t] }

// Opaque reports whether t holds no text that a reader sees.
func (t Tag) Opaque() bool { return opaque[t] }

// Heading reports whether t is one of H1 to H6.
func (t Tag) Heading() bool { return t >= H1 && t <= H6 }

var (
	inline = tagSet(Text, A, Abbr, Acronym, B, Basefont, Bdi, Bdo, Bgsound, Big, Cite, Code, Data, Del, Dfn, Em, Font, I,
		Ins, Kbd, Keygen, Label, Mark, Math, Nobr, Output, Q, Rb, Rp, Rt, Rtc, Ruby, S, Samp, Slot, Small, Span, Strike,
		Strong, Sub, Sup, Time, Tt, U, Var, Wbr, Other)
	opaque = tagSet(Script, Style, Template, Head, Title, Canvas, Svg, Math, Select, Textarea, Datalist, Object, Applet,
		Iframe, Noscript, Noembed, Noframes, Audio, Video, Frameset)
	void = tagSet(Area, Base, Basefont, Bgsound, Br, Col, Embed, Frame, Hr, Img, Input, Keygen, Link, Meta, Param, Source,
		Track, Wbr)
)

func tagSet(tags ...Tag) (set [tagCount]bool) {
	for _, t := range tags {
		set[t] = true
	}
	return set
}

// A Key is the name of an attribute as a small integer.
type Key uint8

// The attribute names that have a number. Every other is OtherKey.
const (
	OtherKey Key = iota
	Alt
	AriaHidden
	AriaLabel
	Charset
	Class
	Content
	DataOriginal
	DataSrc
	DataSrcset
	Datetime
	Dirname
	Height
	Hidden
	Href
	Hreflang
	HTTPEquiv
	ID_
	Itemid
	Itemprop
	Itemref
	Itemscope
	Itemtype
	Lang
	Name
	Property
	Rel
	Role
	Src
	Srcset
	StyleKey
	TitleKey
	Type
	Typeof
	Value
	Vocab
	Width
	XMLLang
	DataLazySrc
	DataLazySrcset
	DataTestid
	DataComponent
	DataOriginalSet
	DataQA
	DataType
	keyCount
)

var keyNames = [keyCount]string{
	"", "alt", "aria-hidden", "aria-label", "charset", "class", "content", "data-original", "data-src", "data-srcset",
	"datetime", "dirname", "height", "hidden", "href", "hreflang", "http-equiv", "id", "itemid", "itemprop", "itemref",
	"itemscope", "itemtype", "lang", "name", "property", "rel", "role", "src", "srcset", "style", "title", "type",
	"typeof", "value", "vocab", "width", "xml:lang", "data-lazy-src", "data-lazy-srcset", "data-testid",
	"data-component", "data-original-set", "data-qa", "data-type",
}
