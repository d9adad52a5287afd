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
	Area
	Article
	Aside
	Audio
	B
	Base
	Bdi
	Bdo
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
	Img
	Input
	Ins
	Kbd
	Label
	Legend
	Li
	Link
	Main
	Map
	Mark
	Math
	Menu
	Meta
	Meter
	Nav
	Nobr
	Noscript
	Object
	Ol
	Optgroup
	Option
	Output
	P
	Param
	Picture
	Pre
	Progress
	Q
	Rp
	Rt
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
	tagCount
)

var tagNames = [tagCount]string{
	"#document", "#text", "", "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base",
	"bdi", "bdo", "big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col",
	"colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed",
	"fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
	"h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend",
	"li", "link", "main", "map", "mark", "math", "menu", "meta", "meter", "nav", "nobr", "noscript", "object", "ol",
	"optgroup", "option", "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp",
	"script", "search", "section", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub",
	"summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
	"tr", "track", "tt", "u", "ul", "var", "video", "wbr",
}

var tagsByName = func() map[string]Tag {
	m := make(map[string]Tag, tagCount)
	for t := Other + 1; t < tagCount; t++ {
		m[tagNames[t]] = t
	}
	return m
}()

// String returns the name of the element; "" for Other, whose node has it.
func (t Tag) String() string { return tagNames[t] }

// Inline reports whether t is part of a line of text.
func (t Tag) Inline() bool { return inline[t] }

// Opaque reports whether t holds no text that a reader sees.
func (t Tag) Opaque() bool { return opaque[t] }

// Heading reports whether t is one of H1 to H6.
func (t Tag) Heading() bool { return t >= H1 && t <= H6 }

var (
	inline = tagSet(Text, A, Abbr, Acronym, B, Bdi, Bdo, Big, Cite, Code, Data, Del, Dfn, Em, Font, I, Ins, Kbd, Label,
		Mark, Math, Nobr, Output, Q, Rp, Rt, Ruby, S, Samp, Slot, Small, Span, Strike, Strong, Sub, Sup, Time, Tt, U, Var, Wbr,
		Other)
	opaque = tagSet(Script, Style, Template, Head, Title, Canvas, Svg, Math, Select, Textarea, Datalist, Object, Iframe,
		Noscript, Audio, Video, Frameset)
	void = tagSet(Area, Base, Br, Col, Embed, Frame, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr)
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

var keysByName = func() map[string]Key {
	m := make(map[string]Key, keyCount)
	for k := OtherKey + 1; k < keyCount; k++ {
		m[keyNames[k]] = k
	}
	return m
}()
