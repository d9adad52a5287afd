package export

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"path"
	"time"

	"dateline"
	"dateline/warc"
)

// waczVersion is that of the specification that [WACZ] follows
// (https://specs.webrecorder.net/wacz/1.1.1/).
const waczVersion = "1.1.1"

// A Page is what the list of pages in a WACZ file says of a capture.
type Page struct {
	Title string // "" if the page has none
	// Skip says that the capture is not worth a place in the list: it shows no article.
	Skip bool
}

// WACZ writes captures as one file for replay: a ZIP with the records just as they are
// stored, their index, the list of their pages, and the digest of each of these parts.
// page is asked what to call each capture.
func WACZ(ctx context.Context, out io.Writer, from Evidence, captures Captures, page func(*dateline.Capture) (Page, error), o Options) (n int, err error) {
	z := &waczWriter{zip: zip.NewWriter(out), o: o}
	data, err := z.part("archive/data.warc.gz", zip.Store)
	if err != nil {
		return 0, err
	}
	var lines []cdxLine
	var pages bytes.Buffer
	enc := json.NewEncoder(&pages)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(pageHead{"json-pages-1.0", "pages", "Pages"}); err != nil {
		return 0, err
	}
	w := newRecords(data, "data.warc.gz", o)
	w.line = func(c *dateline.Capture, rec *warc.Record, length, offset int64) {
		if shows(c) {
			lines = append(lines, newLine(c, rec, length, "data.warc.gz", offset))
		}
	}
	for c, err := range captures {
		if err != nil {
			return w.count, err
		}
		written, err := w.add(ctx, from, c)
		if err != nil {
			return w.count, err
		}
		if !written {
			continue
		}
		p, err := page(c)
		if err != nil {
			return w.count, err
		}
		if p.Skip || !shows(c) {
			continue
		}
		address, at := c.URL, ""
		if c.Final != "" {
			address = c.Final
		}
		if !c.Fetched.IsZero() {
			at = c.Fetched.UTC().Format(time.RFC3339)
		}
		if err := enc.Encode(pageLine{string(c.ID), address, at, p.Title}); err != nil {
			return w.count, err
		}
	}
	if err := w.begin(); err != nil {
		return w.count, err
	}
	index, err := z.part("indexes/index.cdx", zip.Deflate)
	if err == nil {
		err = writeLines(index, lines)
	}
	if err != nil {
		return w.count, err
	}
	list, err := z.part("pages/pages.jsonl", zip.Deflate)
	if err == nil {
		_, err = list.Write(pages.Bytes())
	}
	if err != nil {
		return w.count, err
	}
	return w.count, z.close()
}

type pageHead struct {
	Format string `json:"format"`
	ID     string `json:"id"`
	Title  string `json:"title"`
}

type pageLine struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	At    string `json:"ts,omitempty"`
	Title string `json:"title,omitempty"`
}

// A resource is what datapackage.json says of a part.
type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

// A waczWriter writes the parts of a file, one after another, and measures each.
type waczWriter struct {
	zip   *zip.Writer
	o     Options
	parts []resource
	now   struct { // the part that is being written
		hash.Hash
		n int64
	}
}

// part begins the next part.
func (z *waczWriter) part(name string, method uint16) (io.Writer, error) {
	z.end()
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: z.o.Made.UTC()})
	if err != nil {
		return nil, err
	}
	z.now.Hash, z.now.n = sha256.New(), 0
	z.parts = append(z.parts, resource{Name: path.Base(name), Path: name})
	return io.MultiWriter(w, z), nil
}

// Write measures what goes into the part at hand.
func (z *waczWriter) Write(p []byte) (int, error) {
	z.now.n += int64(len(p))
	return z.now.Hash.Write(p)
}

// end notes what the part at hand has come to.
func (z *waczWriter) end() {
	if len(z.parts) > 0 {
		last := &z.parts[len(z.parts)-1]
		last.Hash, last.Bytes = "sha256:"+hex.EncodeToString(z.now.Sum(nil)), z.now.n
	}
}

// close writes datapackage.json and its digest, and the directory of the ZIP.
func (z *waczWriter) close() error {
	z.end()
	made := z.o.Made.UTC().Format(time.RFC3339)
	pack, err := json.MarshalIndent(struct {
		Profile   string     `json:"profile"`
		Version   string     `json:"wacz_version"`
		Title     string     `json:"title,omitempty"`
		Created   string     `json:"created"`
		Software  string     `json:"software"`
		Resources []resource `json:"resources"`
	}{"data-package", waczVersion, z.o.Title, made, z.o.Software, z.parts}, "", "  ")
	if err != nil {
		return err
	}
	pack = append(pack, '\n')
	sum := sha256.Sum256(pack)
	digest, err := json.MarshalIndent(struct {
		Path string `json:"path"`
		Hash string `json:"hash"`
	}{"datapackage.json", "sha256:" + hex.EncodeToString(sum[:])}, "", "  ")
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		text []byte
	}{{"datapackage.json", pack}, {"datapackage-digest.json", digest}} {
		w, err := z.zip.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: z.o.Made.UTC()})
		if err == nil {
			_, err = w.Write(f.text)
		}
		if err != nil {
			return err
		}
	}
	return z.zip.Close()
}
