package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/query"
	"dateline/surface/export"
)

// Each format writes a file of articles of all kinds, and one of none, that can be read,
// and holds where it is from if it says so.
func TestFormats(t *testing.T) {
	for _, f := range export.Formats() {
		for _, of := range f.Of {
			full, empty := exported(t, bridge(), f.Name, of), exportedNone(t, f, of)
			for _, file := range [][]byte{full, empty} {
				switch {
				case f.Ext == ".json" || f.Ext == ".jsonld":
					if !json.Valid(file) {
						t.Errorf("%s of %s is no JSON:\n%s", f.Name, of, file)
					}
				case f.Name == "atom":
					wantXML(t, "feed.atom", file)
				case f.Ext == ".zip" || f.Ext == ".epub":
					for name, text := range unzipped(t, file) {
						if path := filepath.Ext(name); path == ".xhtml" || path == ".opf" || path == ".xml" {
							wantXML(t, name, []byte(text))
						}
					}
				}
				if !f.Holds || f.Name == "parquet" { // Parquet: see TestParquet
					continue
				}
				text := string(file)
				if f.Binary {
					text = ""
					for _, part := range unzipped(t, file) {
						text += part
					}
				}
				if text = strings.NewReplacer("&#34;", `"`, "&amp;", "&", `\\\"`, `"`, `\"`, `"`, `\u0026`, "&").Replace(text); !strings.Contains(text, origin.Query) || !strings.Contains(text, `"revision"`) {
					t.Errorf("%s of %s does not hold where it is from:\n%s", f.Name, of, text)
				}
			}
		}
	}
}

func exportedNone(t *testing.T, f export.Format, of string) []byte {
	t.Helper()
	o := origin
	o.Of = of
	var out bytes.Buffer
	if w, err := export.Articles(&out, export.Select(t.Context(), &held{}, query.Query{}, export.Selection{}), f, o, nil, nil); err != nil || w.Articles != 0 {
		t.Fatalf("%s of %s: %+v, %v", f.Name, of, w, err)
	}
	return out.Bytes()
}

func wantXML(t *testing.T, name string, file []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(file))
	dec.Entity = map[string]string{}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s is no XML: %v\n%s", name, err, file)
			return
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
			t.Errorf("%s has a script", name)
		}
	}
}

// unzipped returns the files of a ZIP.
func unzipped(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestItems(t *testing.T) {
	for name, parts := range map[string][]string{
		"schemaorg": {`"@type": "DataFeed"`, `"@type": "NewsArticle"`, `"@type": "Quotation"`, `"name": "Vera Lind"`, `"familyName": "de la Cruz"`, `"sameAs": [`, `"isBasedOn": "https://ap.example/1"`},
		"ninjs":     {`"uri": "https://post.example/bridge"`, `"contenttype": "application/xhtml+xml"`, `"rel": "mentions"`, `"name": "picture-1"`, `"uri": "urn:sha256:00"`, `"firstcreated": "2026-02-05T08:30:00+01:00"`},
		"jsonfeed":  {`"version": "https://jsonfeed.org/version/1.1"`, `"url": "https://post.example/bridge"`, `"date_published": "2026-02-05T08:30:00+01:00"`},
		"atom":      {"<updated>2026-02-05T08:30:00+01:00</updated>", "<updated>2026-01-01T00:00:00Z</updated>", "&lt;h2&gt;The engineers&lt;/h2&gt;"},
		"bibtex":    {"author       = {{de la Cruz}, Ana and {The Associated Press}}"},
		"csl":       {`"family": "de la Cruz"`, `"literal": "The Associated Press"`},
	} {
		text := string(exported(t, bridge(), name, "articles"))
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s has no %s:\n%s", name, part, text)
			}
		}
	}
	if text := string(exported(t, bridge(), "ris", "statements")); strings.Count(text, "TY  - NEWS") != 2 || !strings.Contains(text, "Statement by Vera Lind") {
		t.Errorf("citations of statements:\n%s", text)
	}
}

func TestNotes(t *testing.T) {
	files := unzipped(t, exported(t, bridge(), "md", "articles"))
	note := files["2026-02-05 HYPERLINK https evil example script alert 1 script x javascript y a1.md"]
	for _, part := range []string{"---\ntitle: \"=HYPERLINK", `authors: ["Ana de la Cruz","The Associated Press"]`, `tags: ["Bridges","Ships-boats"]`, "\n\n## The engineers\n\n\\+1: the council",
		`\<script\>alert(1)\</script\>`, `\[x\](javascript:y)`, "- Vera Lind: “The bridge is shut, … until March.”"} {
		if !strings.Contains(note, part) {
			t.Errorf("the note has no %q:\n%s", part, note)
		}
	}
	if len(files) != 3 || files["2026-01 a2.md"] == "" {
		t.Errorf("files: %d\n%s", len(files), files["2026-01 a2.md"])
	}

	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, _ := export.FormatOf("md")
	in, ok := f.InFolder(root)
	if _, err := export.Articles(io.Discard, export.Select(t.Context(), bridge(), query.Query{}, export.Selection{}), in, origin, nil, nil); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if text, err := root.ReadFile("2026-01 a2.md"); err != nil || string(text) != files["2026-01 a2.md"] {
		t.Errorf("in a folder: %q, %v", text, err)
	}
}

// The first file of a book tells what it is, and each article is in its table of contents,
// its manifest and its spine.
func TestBook(t *testing.T) {
	file := exported(t, bridge(), "epub", "articles")
	if string(file[30:58]) != "mimetypeapplication/epub+zip" {
		t.Errorf("the file begins with %q", file[:60])
	}
	files := unzipped(t, file)
	for name, parts := range map[string][]string{
		"EPUB/package.opf": {`<item id="a2" href="a2.xhtml"`, `<itemref idref="a2"/>`, "<dc:language>en-GB</dc:language>", `properties="nav"`},
		"EPUB/nav.xhtml":   {`<a href="a1.xhtml" dir="auto">=HYPERLINK(&#34;`, `<a href="a2.xhtml" dir="auto">(no headline)</a>`},
		"EPUB/a1.xhtml":    {"&lt;script&gt;", "<h2>The engineers</h2>", "until March.”</p>"},
	} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s has no %s:\n%s", name, part, files[name])
			}
		}
	}
	f, _ := export.FormatOf("epub")
	if _, err := export.Articles(io.Discard, export.Select(t.Context(), many(5001), query.Query{}, export.Selection{}), f, origin, nil, nil); !errors.Is(err, export.ErrBook) {
		t.Errorf("a book of too many articles: %v", err)
	}
}
