package acquire

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// Options tune [Open]. The zero value is useful.
type Options struct {
	MaxBytes  int64          // of one page or record once decompressed; 0 means 64 MiB
	Stdin     io.Reader      // what the input "-" reads; nil means nothing
	Allow     []netip.Prefix // addresses that are dialled although they are not public
	UserAgent string         // "" means "dateline"
	// Dial replaces the dialer and its check of addresses; nil means that of the
	// operating system.
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
	Counts *Counts // counted up as pages are read; may be nil
	// Progress is told how many bytes of the input are read, as they are
	// stored, and how many there are: 0 if that is not known. It is called by
	// the goroutine that ranges over the pages. May be nil.
	Progress func(read, total int64)
}

// Counts tell what was found. They may be read at any time, and shared by
// several calls of [Open].
type Counts struct {
	Pages  atomic.Int64 // pages yielded
	Passed atomic.Int64 // records and files passed over because they hold no page
}

// Size returns how many bytes [Open] will read of an input, as far as that is
// known beforehand: 0 for standard input and addresses.
func Size(input string) (size int64) {
	if input == "-" || isAddress(input) {
		return 0
	}
	root := localPath(input)
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		if err == nil {
			size = info.Size()
		}
		return size
	}
	_ = filepath.WalkDir(asFolder(root), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() { // of others Open will tell
			if info, err := d.Info(); err == nil {
				size += info.Size()
			}
		}
		return nil
	})
	return size
}

// Open yields the pages of one input, in its order. An input is
//
//   - an HTML file;
//   - a WARC file;
//   - an MHTML file (RFC 2557), of which the page is taken;
//   - a WACZ file, or a ZIP file of what is listed here;
//   - a file of flattened dumps, one or many;
//   - lines of JSON objects with the keys url and html, and fetched if that is known;
//   - a list of addresses, one a line, each of which is fetched;
//   - a folder of such files, but of no lists, walked in name order. Links and other
//     files that are not regular are ignored; what belongs to a saved page (images,
//     scripts) and what systems put into folders is passed over;
//   - an address that begins with http:// or https://;
//   - "-": standard input, which holds what a file can hold.
//
// A page from standard input that does not tell its address has one that is made of its
// bytes: "urn:uuid:" and a UUID.
//
// Files may be compressed with gzip, zstd or brotli. What a file is, its
// content tells, not its name.
//
// What cannot be read is an error of type [*InputError] in its place, and the
// sequence goes on; a page that is only damaged comes before its error, with
// Capture.Err set. The sequence ends after an error of another type, which is
// that of ctx.
func Open(ctx context.Context, input string, o Options) iter.Seq2[Page, error] {
	o.MaxBytes = cmp.Or(max(o.MaxBytes, 0), 64<<20)
	o.UserAgent = cmp.Or(o.UserAgent, "dateline")
	if o.Counts == nil {
		o.Counts = new(Counts)
	}
	return func(yield func(Page, error) bool) {
		r := &reading{ctx: ctx, o: o, yield: yield}
		if o.Progress != nil {
			r.total = Size(input)
		}
		switch {
		case input == "-":
			r.stream("-", "", orEmpty(o.Stdin))
		case isAddress(input):
			r.address(input)
		default:
			r.path(localPath(input))
		}
	}
}

func orEmpty(r io.Reader) io.Reader {
	if r == nil {
		return strings.NewReader("")
	}
	return r
}

// isAddress reports whether input is to be fetched.
func isAddress(input string) bool {
	scheme, _, ok := strings.Cut(input, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// localPath returns the path that a file: address means, or input itself.
func localPath(input string) string {
	if u, err := url.Parse(input); err == nil && u.Scheme == "file" && u.Host == "" && u.Path != "" {
		return filepath.FromSlash(u.Path)
	}
	return input
}

// A reading is one call of Open under way. Its methods report whether to go on.
type reading struct {
	ctx    context.Context
	o      Options
	yield  func(Page, error) bool
	inner  bool // the file at hand was found in a folder, not named by the user
	zipped bool // the file at hand is one of a ZIP file
	done   bool // the consumer wants no more, or ctx has ended
	read   int64
	total  int64 // bytes of the input; 0 if not known
	size   int64 // bytes of the file at hand; 0 if not known
}

// page passes a page on to whoever reads the sequence, and counts it.
func (r *reading) page(p Page) bool {
	if err := r.ctx.Err(); err != nil {
		return r.stop(err)
	}
	r.o.Counts.Pages.Add(1)
	r.done = !r.yield(p, nil)
	return !r.done
}

// fail passes on trouble with an input; a negative offset means all of it.
func (r *reading) fail(input string, offset int64, err error) bool {
	if ctxErr := r.ctx.Err(); ctxErr != nil {
		return r.stop(ctxErr)
	}
	r.done = !r.yield(Page{}, &InputError{Input: input, Offset: offset, Err: err})
	return !r.done
}

// stop ends the sequence with an error of this machine, such as a full disk, rather than
// of an input.
func (r *reading) stop(err error) bool {
	if !r.done {
		r.yield(Page{}, err)
	}
	r.done = true
	return false
}

// passed counts a file or record that holds no page and is passed over.
func (r *reading) passed() bool {
	r.o.Counts.Passed.Add(1)
	if err := r.ctx.Err(); err != nil {
		return r.stop(err)
	}
	return true
}

// path reads a file or folder.
func (r *reading) path(name string) bool {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(name, "://"):
		return r.fail(name, -1, errors.New("only http and https addresses can be fetched"))
	case err != nil:
		return r.fail(name, -1, bareError(err))
	case info.IsDir():
		return r.folder(name)
	case !info.Mode().IsRegular():
		return r.pipe(name)
	}
	return r.file(name)
}

// file reads one file, whatever it holds.
func (r *reading) file(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return r.fail(name, -1, bareError(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		r.size = info.Size()
		defer func() { r.size = 0 }()
	}
	return r.stream(name, fileURL(name), f)
}

// folder reads the files below a folder.
func (r *reading) folder(root string) bool {
	r.inner = true
	err := filepath.WalkDir(asFolder(root), func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && !r.fail(name, -1, bareError(err)):
			return fs.SkipAll
		case err != nil && d != nil && d.IsDir():
			return fs.SkipDir
		case err == nil && d.Type().IsRegular() && !r.file(name):
			return fs.SkipAll
		}
		return nil
	})
	if err != nil { // Unreachable: the function above returns no other errors.
		return r.stop(err)
	}
	return !r.done
}

// asFolder returns the name of a folder with a separator at its end, so that
// one that is a link is followed.
func asFolder(root string) string {
	const separator = string(filepath.Separator)
	return strings.TrimRight(root, separator) + separator
}

// fileURL is the address of a saved page that does not tell its own.
func fileURL(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return ""
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:\page.html
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}

// bareError removes the operation and name that the error of a file begins
// with: the InputError names the file.
func bareError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// A counted reader counts the bytes that are read through it, and fails when the context
// ends.
type counted struct {
	r  *reading
	in io.Reader
	n  int64
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p)
	c.n += int64(n)
	c.r.read += int64(n)
	if c.r.o.Progress != nil {
		c.r.o.Progress(c.r.read, c.r.total)
	}
	return n, err
}

// stream reads what in holds. address is that of a page which does not tell
// its own.
func (r *reading) stream(name, address string, in io.Reader) bool {
	raw := &counted{r: r, in: in}
	buf := bufio.NewReaderSize(raw, sniffLen)
	head, err := buf.Peek(sniffLen)
	if err != nil && err != io.EOF {
		return r.fail(name, raw.n, bareError(err))
	}
	switch {
	case r.inner && strings.HasPrefix(filepath.Base(name), "."): // .DS_Store, ._page.html, .~lock.page.html#
		return r.passed()
	case len(head) == 0 && r.inner && isAsset(name, nil):
		return r.passed()
	case len(head) == 0:
		return r.fail(name, -1, errors.New("empty"))
	}
	s := sniff(head)
	switch {
	case s.kind == kindWARC:
		return r.warc(name, buf)
	case s.kind == kindZip && s.packed == "":
		return r.zip(name, address, in, buf)
	}
	text, closeText, err := s.open(buf, r.o.MaxBytes)
	if err != nil {
		return r.fail(name, 0, err)
	}
	defer closeText()
	switch s.kind {
	case kindDump:
		return r.dumps(name, text, raw, s.packed != "")
	case kindHTML:
		return r.html(name, address, text, raw, s.packed != "")
	case kindMHTML:
		return r.mhtml(name, address, text)
	case kindJSON:
		return r.jsonLines(name, text, raw, s.packed != "")
	case kindList:
		if !r.inner { // nobody who names a folder means that it is to reach out
			return r.addresses(name, text)
		}
	}
	if r.inner && isAsset(name, head) {
		return r.passed()
	}
	return r.fail(name, 0, errors.New(s.describe(head)))
}
