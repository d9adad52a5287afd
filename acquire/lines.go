package acquire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"dateline"
)

// Keys of the objects of JSON lines.
var (
	jsonURL  = regexp.MustCompile(`"url"\s*:\s*"`)
	jsonHTML = regexp.MustCompile(`\A\{\s*"html"\s*:\s*"`)
)

// isJSONLines reports whether b, the beginning of a file, is an object on one line that
// has an address, or a page so long that its address may stand behind b.
func isJSONLines(b []byte) bool {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	line, _, whole := bytes.Cut(b, []byte("\n"))
	return bytes.HasPrefix(line, []byte("{")) && (jsonURL.Match(line) || !whole && len(line) > 4<<10 && jsonHTML.Match(line))
}

// isAddressList reports whether b, the beginning of a file, is addresses, one a line.
func isAddressList(b []byte) bool {
	lines := bytes.Split(b, []byte("\n"))
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // it may be cut
	}
	found := false
	for _, line := range lines {
		text := string(bytes.TrimSpace(line))
		if text == "" || text[0] == '#' {
			continue
		}
		if !isAddress(text) || strings.ContainsAny(text, " \t<>\"") {
			return false
		}
		found = true
	}
	return found
}

// addresses fetches each address of a list.
func (r *reading) addresses(name string, text io.Reader) bool {
	in := bufio.NewScanner(text)
	for in.Scan() {
		line := strings.TrimSpace(in.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if !isAddress(line) {
			if !r.fail(name, -1, fmt.Errorf("%.60q is no http or https address", line)) {
				return false
			}
			continue
		}
		if !r.address(line) {
			return false
		}
	}
	if err := in.Err(); err != nil {
		return r.fail(name, -1, err)
	}
	return !r.done
}

// A jsonPage is one line: a page, or a record of this program that is none.
type jsonPage struct {
	URL     string  `json:"url"`
	HTML    *string `json:"html"`
	Fetched string  `json:"fetched"`
}

// jsonLines reads pages from lines of JSON objects.
func (r *reading) jsonLines(name string, text io.Reader, raw *counted, packed bool) bool {
	in := bufio.NewReaderSize(text, 64<<10)
	most := 6*r.o.MaxBytes + 1<<20 // a character may be written in six
	for at := int64(0); ; {
		line, n, err := readLine(in, most)
		start := at
		at += n
		if packed && n > most && at > 100*raw.n+1<<20 {
			return r.fail(name, 0, errTooLarge(r.o.MaxBytes)) // a bomb: what follows it is not worth the time
		}
		if n > most {
			if !r.fail(name, start, errTooLarge(r.o.MaxBytes)) {
				return false
			}
		} else if line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))); len(line) > 0 && !r.jsonLine(name, start, line) {
			return false
		}
		if err == io.EOF {
			return !r.done
		}
		if err != nil {
			return r.fail(name, at, damage(err))
		}
	}
}

// readLine reads a line; of one that is longer than most it keeps nothing.
func readLine(in *bufio.Reader, most int64) (line []byte, n int64, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if n += int64(len(part)); n <= most {
			line = append(line, part...)
		} else {
			line = nil
		}
		if err != bufio.ErrBufferFull {
			return line, n, err
		}
	}
}

// jsonLine reads the page of one line, which begins at a byte of the file.
func (r *reading) jsonLine(name string, at int64, line []byte) bool {
	var p jsonPage
	if err := json.Unmarshal(line, &p); err != nil {
		return r.fail(name, at, fmt.Errorf("JSON: %w", err))
	}
	switch {
	case p.HTML == nil:
		return r.fail(name, at, errors.New("the object has no html: a record without its page proves nothing; \"dateline understand\" and \"dateline group\" read records"))
	case int64(len(*p.HTML)) > r.o.MaxBytes:
		return r.fail(name, at, errTooLarge(r.o.MaxBytes))
	}
	c := dateline.Capture{URL: absolute(p.URL), Type: dateline.TypeHTML, Charset: "utf-8"}
	if p.Fetched != "" {
		fetched, err := time.Parse(time.RFC3339, p.Fetched)
		if err != nil {
			return r.fail(name, at, fmt.Errorf("fetched: %.40q is no time of RFC 3339", p.Fetched))
		}
		c.Fetched = fetched.UTC()
	}
	return r.page(saved(name, at, c, []byte(*p.HTML)))
}
