package export

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"os"
	"strings"

	"unicode"

	"dateline"
	"dateline/internal/text"
	"dateline/surface/cite"
)

// name returns the name of an export, a UUID made of what it is of and when it was made.
func (o Origin) name() string {
	return text.UUID([]byte(o.text()))
}

// A folder takes the files of an export that is several.
type folder interface {
	// Create opens the next file; the one before is whole then.
	Create(name string) (io.Writer, error)
	Close() error
}

// InFolder returns the format as one that writes a file for each article into a folder
// in place of a ZIP; ok is false if the format is none of several files.
func (f Format) InFolder(root *os.Root) (in Format, ok bool) {
	if f.Name != "md" {
		return f, false
	}
	f.open = func(_ io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
		return newNotes(&diskFolder{root: root}, o, choose)
	}
	return f, true
}

// A diskFolder writes files of a folder.
type diskFolder struct {
	root *os.Root
	file *os.File
}

func (d *diskFolder) Create(name string) (io.Writer, error) {
	if err := d.Close(); err != nil {
		return nil, err
	}
	var err error
	d.file, err = d.root.Create(name)
	return d.file, err
}

func (d *diskFolder) Close() error {
	if d.file == nil {
		return nil
	}
	err := d.file.Close()
	d.file = nil
	return err
}

// openNotes opens a ZIP of notes in Markdown.
func openNotes(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	return newNotes(zip.NewWriter(w), o, choose)
}

// notes writes a note for each article: front matter in YAML, as Obsidian and programs that
// feed language models read it, the text, and the statements with their speakers.
type notes struct {
	to     folder
	choose func(*dateline.Article, *dateline.Statement) bool
}

func newNotes(to folder, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	w, err := to.Create("_export.md")
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(w, "---\n"+yaml("export", o)+"---\n\n# "+dateline.EscapeMarkdown(o.title())+"\n\nA note for each article that was found, made by "+
		dateline.EscapeMarkdown(o.Software)+" on "+o.Made.Format("2 January 2006")+".\n")
	return &notes{to, choose}, err
}

func (n *notes) Write(d *Doc) error {
	w, err := n.to.Create(noteName(d.Article))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, note(d, d.chosen(n.choose)))
	return err
}

func (n *notes) Close() error { return n.to.Close() }

// noteName returns the name of a note: day, headline and key, of letters and digits that
// every file system takes.
func noteName(a *dateline.Article) string {
	var b strings.Builder
	gap := false
	for _, r := range a.Headline {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = false
		} else {
			gap = gap || r != '\'' && r != '’'
		}
		if b.Len() >= 80 {
			break
		}
	}
	parts := []string{cmp.Or(a.Published.Day(), a.Published.Month(), "undated")}
	if b.Len() > 0 {
		parts = append(parts, b.String())
	}
	return strings.Join(append(parts, string(a.ID)), " ") + ".md"
}

// yaml writes a line of front matter. JSON is YAML (YAML 1.2, 1.3).
func yaml(key string, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "" // Unreachable: texts, lists of them, and an Origin
	}
	return key + ": " + string(text) + "\n"
}

func note(d *Doc, said []*dateline.Statement) string {
	a := d.Article
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range [][2]string{
		{"title", a.Headline}, {"description", a.Deck}, {"publisher", outlet(a)}, {"published", string(a.Published)}, {"modified", string(a.Modified)},
		{"url", id(a)}, {"lang", a.Lang}, {"type", a.Type}, {"section", a.Section}, {"article", string(a.ID)}, {"capture", string(a.Capture)},
		{"fetched", a.Fetched}, {"payload", a.Payload},
	} {
		if f[1] != "" {
			b.WriteString(yaml(f[0], f[1]))
		}
	}
	for _, f := range []struct {
		key  string
		list []string
	}{{"authors", a.Bylines}, {"tags", noteTags(a.Tags)}} {
		if len(f.list) > 0 {
			b.WriteString(yaml(f.key, f.list))
		}
	}
	if a.Paywalled {
		b.WriteString(yaml("paywalled", true))
	}
	b.WriteString("---\n\n# " + dateline.EscapeMarkdown(oneLine(cmp.Or(a.Headline, "(no headline)"))) + "\n\n")
	if a.Deck != "" && !strings.HasPrefix(a.Text, a.Deck) {
		b.WriteString("**" + dateline.EscapeMarkdown(oneLine(a.Deck)) + "**\n\n")
	}
	b.WriteString(a.Markdown())
	if len(said) > 0 {
		b.WriteString("\n## Statements\n\n")
	}
	for _, s := range said {
		b.WriteString("- " + dateline.EscapeMarkdown(cmp.Or(oneLine(s.Name(a)), "Speaker not named")) + ": “" + dateline.EscapeMarkdown(oneLine(parted(s.Words(a)))) + "”\n")
	}
	b.WriteString("\n---\n\n" + dateline.EscapeMarkdown(oneLine(cite.NewArticle(a).Text())) + "\n")
	return b.String()
}

// noteTags returns tags as Obsidian takes them: without spaces and signs.
func noteTags(tags []string) []string {
	var list []string
	for _, tag := range tags {
		t := strings.Join(strings.FieldsFunc(tag, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }), "-")
		if t != "" {
			list = append(list, t)
		}
	}
	return list
}

// oneLine returns s with its white space as single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// mostOfBook is how many articles an EPUB holds: its reader opens the list of all of them
// at once, and so does its writer.
const mostOfBook = 5000

// ErrBook reports an EPUB of more articles than readers of books can open.
var ErrBook = fmt.Errorf("an EPUB holds at most %d articles: narrow the query, or export with -limit", mostOfBook)

// openBook opens an EPUB 3.3 (W3C): a page that says where it is from, and one for each
// article.
func openBook(w io.Writer, o Origin, _ func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	b := &book{zip: zip.NewWriter(w), o: o, langs: map[string]bool{}}
	// The first file is the media type, not compressed (EPUB OCF, 4.3).
	m, err := b.zip.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: 0x2cab616f, CompressedSize64: 20, UncompressedSize64: 20})
	if err == nil {
		_, err = io.WriteString(m, "application/epub+zip")
	}
	return b, errors.Join(err, b.put("META-INF/container.xml", xmlHead+`<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">`+
		`<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`+"\n"),
		b.put("EPUB/style.css", bookStyle))
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	bookStyle = "body { line-height: 1.5; }\nh1 { line-height: 1.2; }\n.meta, .from { font-size: 0.85em; }\n.deck { font-weight: bold; }\npre { white-space: pre-wrap; }\n"
)

// A book is an EPUB that is being written.
type book struct {
	zip   *zip.Writer
	o     Origin
	list  []chapter
	langs map[string]bool
}

type chapter struct{ title, lang string }

func (b *book) put(name, text string) error {
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.o.Made})
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// page returns a document in XHTML.
func page(title, lang, body string) string {
	tongue := ""
	if lang != "" {
		tongue = ` lang="` + xmlText(lang) + `" xml:lang="` + xmlText(lang) + `"`
	}
	return xmlHead + "<!DOCTYPE html>\n" + `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"` + tongue + ">\n<head>\n<title>" +
		xmlText(title) + "</title>\n" + `<link rel="stylesheet" type="text/css" href="style.css"/>` + "\n</head>\n<body>\n" + body + "</body>\n</html>\n"
}

func (b *book) Write(d *Doc) error {
	a := d.Article
	if len(b.list) == mostOfBook {
		return ErrBook
	}
	title := cmp.Or(oneLine(a.Headline), "(no headline)")
	b.list = append(b.list, chapter{title, a.Lang})
	if a.Lang != "" {
		b.langs[a.Lang] = true
	}
	var s strings.Builder
	s.WriteString(`<article dir="auto">` + "\n<h1>" + xmlText(title) + "</h1>\n")
	if a.Deck != "" && !strings.HasPrefix(a.Text, a.Deck) {
		s.WriteString(`<p class="deck">` + xmlText(a.Deck) + "</p>\n")
	}
	var meta []string
	for _, x := range []string{strings.Join(a.Bylines, ", "), outlet(a), string(a.Published)} {
		if x != "" {
			meta = append(meta, xmlText(x))
		}
	}
	if len(meta) > 0 {
		s.WriteString(`<p class="meta">` + strings.Join(meta, " · ") + "</p>\n")
	}
	s.WriteString(a.HTML())
	s.WriteString(`<p class="from" lang="en" xml:lang="en">`)
	if web := id(a); strings.HasPrefix(web, "http") {
		s.WriteString(`<a href="` + xmlText(link(web)) + `">` + xmlText(web) + "</a> ")
	}
	s.WriteString("(capture " + xmlText(string(a.Capture)))
	if a.Fetched != "" {
		s.WriteString(", " + xmlText(a.Fetched))
	}
	s.WriteString(")</p>\n</article>\n")
	return b.put(fmt.Sprintf("EPUB/a%d.xhtml", len(b.list)), page(title, a.Lang, s.String()))
}

// link returns an address as it can stand in an attribute href: without spaces and signs
// that no address has (RFC 3986).
func link(address string) string {
	return strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", `\`, "%5C", "^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D").Replace(address)
}

func (b *book) Close() error {
	title := b.o.title()
	about := "<h1>" + xmlText(title) + "</h1>\n<p>" + fmt.Sprint(len(b.list)) + " articles, newest first. Made by " + xmlText(b.o.Software) + " on " +
		b.o.Made.Format("2 January 2006, 15:04 UTC") + ".</p>\n" + `<p class="from">` + xmlText(b.o.text()) + "</p>\n"
	var nav, manifest, spine strings.Builder
	nav.WriteString(`<nav epub:type="toc" id="toc">` + "\n<h1>Contents</h1>\n<ol>\n" + `<li><a href="about.xhtml">About this book</a></li>` + "\n")
	for i, c := range b.list {
		fmt.Fprintf(&nav, "<li><a href=\"a%d.xhtml\" dir=\"auto\">%s</a></li>\n", i+1, xmlText(c.title))
		fmt.Fprintf(&manifest, "<item id=\"a%d\" href=\"a%[1]d.xhtml\" media-type=\"application/xhtml+xml\"/>\n", i+1)
		fmt.Fprintf(&spine, "<itemref idref=\"a%d\"/>\n", i+1)
	}
	nav.WriteString("</ol>\n</nav>\n")
	lang := "und"
	if len(b.langs) == 1 {
		for l := range b.langs {
			lang = l
		}
	} else if len(b.langs) > 1 {
		lang = "mul"
	}
	opf := xmlHead + `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">` + "\n" +
		`<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">` + "\n" + `<dc:identifier id="id">` + b.o.name() + "</dc:identifier>\n" +
		"<dc:title>" + xmlText(title) + "</dc:title>\n<dc:language>" + xmlText(lang) + "</dc:language>\n" +
		`<meta property="dcterms:modified">` + b.o.Made.UTC().Format("2006-01-02T15:04:05Z") + "</meta>\n</metadata>\n<manifest>\n" +
		`<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>` + "\n" +
		`<item id="style" href="style.css" media-type="text/css"/>` + "\n" + `<item id="about" href="about.xhtml" media-type="application/xhtml+xml"/>` + "\n" +
		manifest.String() + "</manifest>\n<spine>\n" + `<itemref idref="about"/>` + "\n" + spine.String() + "</spine>\n</package>\n"
	return errors.Join(b.put("EPUB/about.xhtml", page(title, "en", about)), b.put("EPUB/nav.xhtml", page(title, "en", nav.String())), b.put("EPUB/package.opf", opf), b.zip.Close())
}
