package acquire

import (
	"bytes"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/internal/langid"
	"dateline/warc"
)

// A Filter says which pages of a [Bulk] are kept. The zero Filter keeps all.
type Filter struct {
	Hosts []string       // of the address, or those below it: "example.org" is also www.example.org
	Langs []string       // BCP 47: "de" is also de-AT
	From  time.Time      // fetched then or later; zero does not ask
	To    time.Time      // fetched before then; zero does not ask
	Match *regexp.Regexp // somewhere in the address; nil does not ask
}

// String tells the filter in a form that differs where the filter does.
func (f *Filter) String() string {
	return fmt.Sprintf("%q %q %s %s %v", f.Hosts, f.Langs, f.From.UTC().Format(time.RFC3339), f.To.UTC().Format(time.RFC3339), f.Match)
}

// Counted counts what a [Bulk] has read, and what it left out and why: each record that
// was left out counts once, for the first reason in this order.
type Counted struct {
	Files   int // opened
	Before  int // files that an earlier run has read to their end
	Records int // read
	Kept    int // pages
	Other   int // records that hold no page: pictures, redirects, requests without a page
	Beside  int // requests and metadata of the pages that are kept, and kept with them
	Host    int // pages of other hosts
	Address int // whose address does not match
	Day     int // fetched on other days, or nobody knows when
	Lang    int // in other languages, or in none that can be told
	Bad     int // places that cannot be read
}

func (c *Counted) add(n *Counted) {
	c.Records += n.Records
	c.Kept += n.Kept
	c.Other += n.Other
	c.Beside += n.Beside
	c.Host += n.Host
	c.Address += n.Address
	c.Day += n.Day
	c.Lang += n.Lang
	c.Bad += n.Bad
}

// wantsHeader reports whether a record may be wanted by what its header says.
func (f *Filter) wantsHeader(rec *warc.Record, n *Counted) bool {
	address := rec.TargetURI()
	if len(f.Hosts) > 0 && !f.wantsHost(address) {
		n.Host++
		return false
	}
	if f.Match != nil && !f.Match.MatchString(address) {
		n.Address++
		return false
	}
	at := rec.Date()
	if (!f.From.IsZero() || !f.To.IsZero()) && (at.IsZero() || at.Before(f.From) || !f.To.IsZero() && !at.Before(f.To)) {
		n.Day++
		return false
	}
	return true
}

func (f *Filter) wantsHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, want := range f.Hosts {
		if rest, ok := strings.CutSuffix(host, want); ok && (rest == "" || strings.HasSuffix(rest, ".")) {
			return true
		}
	}
	return false
}

// wantsPage reports whether a page is wanted by its content. A revisit has none, and is
// kept: what it repeats is there, or it is left out when it is added.
func (f *Filter) wantsPage(p *Page, n *Counted) bool {
	if len(f.Langs) == 0 || p.Record == warc.TypeRevisit {
		return true
	}
	lang := strings.ToLower(pageLang(p))
	for _, want := range f.Langs {
		want = strings.ToLower(want)
		if lang == want || strings.HasPrefix(lang, want+"-") {
			return true
		}
	}
	n.Lang++
	return false
}

var (
	htmlLang  = regexp.MustCompile(`(?is)<html\b[^>]*?\slang\s*=\s*["']?([A-Za-z0-9_-]{2,35})`)
	paragraph = regexp.MustCompile(`(?is)<p\b[^>]*>(.*?)</p\s*>`)
	anyMarkup = regexp.MustCompile(`(?s)<[^>]*>|&[#\w]+;`)
)

// Of a page so much is looked at to tell its language; set by eye: the first paragraphs
// of an article, behind the scripts of its head.
const (
	langBytes = 512 << 10
	langText  = 3000
)

// pageLang is the language of a page: that of its paragraphs where these are long enough,
// else that which it names; "" if nothing tells. It is a guess that is made without
// reading the page as extract does, to leave out what is plainly in other languages.
func pageLang(p *Page) string {
	body := p.Body[:min(len(p.Body), langBytes)]
	named := ""
	if m := htmlLang.FindSubmatch(body[:min(len(body), 16<<10)]); m != nil {
		named = langid.Tag(string(m[1]))
	}
	if named == "" {
		if m, err := warc.ParseMessage(warc.Head(p.Block)); err == nil {
			named = langid.Tag(m.Header.Get("Content-Language"))
		}
	}
	var text []byte
	for rest := body; len(text) < langText; {
		at := paragraph.FindSubmatchIndex(rest)
		if at == nil {
			break
		}
		text = append(append(text, anyMarkup.ReplaceAll(rest[at[2]:at[3]], []byte(" "))...), '\n')
		rest = rest[at[1]:]
	}
	text = bytes.TrimSpace(text)
	if !utf8.Valid(text) { // in an older charset, or cut within a character
		text = nil
	}
	return langid.Detect(string(text), named)
}

// isWARCName reports whether a path or address is called like a WARC file.
func isWARCName(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	for _, end := range []string{".warc", ".warc.gz", ".warc.zst"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// below returns what a path of a list means.
func below(path, base, list string) string {
	switch {
	case isAddress(path) || filepath.IsAbs(path):
		return path
	case isAddress(base):
		return strings.TrimRight(base, "/") + "/" + strings.TrimLeft(path, "/")
	case base != "":
		return filepath.Join(base, filepath.FromSlash(path))
	case list == "-":
		return filepath.FromSlash(path)
	}
	return filepath.Join(filepath.Dir(localPath(list)), filepath.FromSlash(path))
}
