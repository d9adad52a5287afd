package acquire

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"dateline/warc"
)

// A Bulk reads many large WARC files, of which it keeps few pages: files side by side, the
// gzip members of one file side by side, and each file from where an earlier run came to.
type Bulk struct {
	Files    []string  // paths and addresses; "-" is Stdin
	Keep     Filter    // which pages are wanted
	MaxBytes int64     // of one record once decompressed; 0 means 64 MiB
	Stdin    io.Reader // what "-" reads; nil means nothing
	Fetcher  *Fetcher  // for addresses; nil is the zero one
	Workers  int       // goroutines that read; 0 means as many as there are processors
	Chunk    int64     // bytes of a gzip file that one goroutine inflates at a time; 0 means 8 MiB
	// From tells how far a file has been read before; nil means that none was.
	From func(file string) (int64, error)
	// Reached is told how far a file is read and stored, see [Bulk.Stored]; Done at its
	// end. It is called by the goroutine that calls Stored, or Pages. May be nil.
	Reached func(file string, at int64) error
	// Progress is told how many bytes were read of how many; 0 if that is not known. It
	// is called from many goroutines. May be nil.
	Progress func(read, total int64)

	mu     sync.Mutex
	counts Counted
	read   int64
	total  int64
	marks  []mark // in the order in which pages were yielded
	n      int    // pages and errors yielded
}

// Done is the position of a file that has been read to its end.
const Done = int64(1) << 62

// A mark says that so much of a file is read when n pages and errors are stored.
type mark struct {
	n    int
	file string
	at   int64
}

// A part is what was read of one piece of a file.
type part struct {
	file  string
	items []item
	at    int64 // the file is read to here
	// The request and metadata records at its two ends, whose page may lie in the part
	// before it or behind it.
	lead, tail []*warc.Record
}

type item struct {
	page Page
	err  error
	at   int64 // from where reading goes on behind it
}

// bulkChunk is how many bytes of a gzip file one goroutine inflates at a time: a hundredth
// of a file of Common Crawl. Set by eye; what a kill costs is one of them.
const bulkChunk = 8 << 20

// Pages yields the pages that are kept. Those of a file come in its order, the files mixed.
// Errors are as those of [Open].
func (b *Bulk) Pages(ctx context.Context) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		ctx, stop := context.WithCancelCause(ctx)
		g, inner := errgroup.WithContext(ctx)
		parts := make(chan part)
		g.Go(func() error { defer close(parts); return b.readAll(inner, parts) })
		more := true
		for p := range parts {
			for _, it := range p.items {
				if more = more && ctx.Err() == nil && yield(it.page, it.err); !more {
					break
				}
				b.mark(mark{file: p.file, at: it.at}, true)
			}
			if !more {
				stop(errEnoughPages)
				continue // until those who send have noticed
			}
			b.mark(mark{file: p.file, at: p.at}, false)
		}
		err := g.Wait()
		stop(nil)
		if more && err != nil && !errors.Is(err, errEnoughPages) {
			yield(Page{}, err)
		}
	}
}

var errEnoughPages = errors.New("enough pages")

// mark notes how far a file is read; item says that something was yielded.
func (b *Bulk) mark(m mark, item bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if item {
		b.n++
	}
	m.n = b.n
	// Of marks of one file that hang on the same page only the last counts.
	if last := len(b.marks) - 1; last >= 0 && b.marks[last].file == m.file && (b.marks[last].n == m.n || b.marks[last].n == m.n-1 && !item) {
		b.marks[last] = m
	} else {
		b.marks = append(b.marks, m)
	}
}

// Stored says that the first n pages and errors that Pages has yielded are stored. It
// may be called from another goroutine than that which ranges over Pages.
func (b *Bulk) Stored(n int) error {
	b.mu.Lock()
	reached, order := map[string]int64{}, []string{}
	i := 0
	for ; i < len(b.marks) && b.marks[i].n <= n; i++ {
		m := b.marks[i]
		if _, ok := reached[m.file]; !ok {
			order = append(order, m.file)
		}
		reached[m.file] = max(reached[m.file], m.at)
	}
	b.marks = append(b.marks[:0], b.marks[i:]...)
	b.mu.Unlock()
	for _, file := range order {
		if b.Reached == nil {
			break
		}
		if err := b.Reached(file, reached[file]); err != nil {
			return err
		}
	}
	return nil
}

// Finish says that everything that was yielded is stored.
func (b *Bulk) Finish() error { return b.Stored(int(^uint(0) >> 1)) }

// Counted returns what was read so far, and what was left out and why.
func (b *Bulk) Counted() Counted {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.counts
}

// readAll reads all files, as many side by side as there are workers.
func (b *Bulk) readAll(ctx context.Context, out chan<- part) error {
	workers := b.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	for _, file := range b.Files {
		b.total += Size(file)
	}
	free := make(chan struct{}, workers) // a goroutine that inflates holds one
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, file := range b.Files {
		if inner.Err() != nil {
			break
		}
		g.Go(func() error {
			r := bulkFile{Bulk: b, ctx: inner, name: file, out: out, free: free}
			return r.read()
		})
	}
	return errors.Join(g.Wait(), ctx.Err())
}

// A bulkFile reads one file.
type bulkFile struct {
	*Bulk
	ctx  context.Context
	name string
	out  chan<- part
	free chan struct{}
}

func (r *bulkFile) read() error {
	from := int64(0)
	if r.From != nil {
		var err error
		if from, err = r.From(r.name); err != nil {
			return err
		}
	}
	if from >= Done {
		r.count(func(c *Counted) { c.Before++ })
		r.advance(Size(r.name))
		return nil
	}
	r.count(func(c *Counted) { c.Files++ })
	r.advance(from)
	switch {
	case r.name == "-":
		return r.sequential(orEmpty(r.Stdin), 0)
	case isAddress(r.name):
		return r.address(from)
	}
	f, err := os.Open(localPath(r.name))
	if err != nil {
		return r.fail(-1, bareError(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return r.fail(-1, bareError(err))
	}
	var head [8]byte
	n, _ := f.ReadAt(head[:], 0) // reading it again tells
	if info.Mode().IsRegular() && warc.IsGzip(head[:n]) {
		return r.parallel(f, from, info.Size())
	}
	return r.sequential(f, 0) // only what is compressed by gzip can be read from anywhere
}

// address reads a file as it comes over the network.
func (r *bulkFile) address(from int64) error {
	f := r.Fetcher
	if f == nil {
		f = new(Fetcher)
	}
	if path, _, _ := strings.Cut(r.name, "?"); !strings.HasSuffix(path, ".gz") {
		from = 0 // only what is compressed by gzip can be read from anywhere
	}
	in, size, err := f.Stream(r.ctx, r.name, from)
	if err != nil {
		return r.fail(-1, bareFetchError(err))
	}
	defer in.Close()
	r.mu.Lock()
	r.total += size
	r.mu.Unlock()
	return r.sequential(in, from)
}

// parallel reads a gzip file, a piece a goroutine, and passes the pieces on in order.
func (r *bulkFile) parallel(f io.ReaderAt, from, size int64) error {
	g, ctx := errgroup.WithContext(r.ctx)
	type coming chan part
	queue := make(chan coming, cap(r.free)) // pieces that are read or wait to be passed on
	g.Go(func() error {
		defer close(queue)
		chunk := cmp.Or(r.Chunk, bulkChunk)
		for at := from; at < size; at += chunk {
			to := min(at+chunk, size)
			result := make(coming, 1)
			select {
			case queue <- result:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case r.free <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
			g.Go(func() error {
				defer func() { <-r.free }()
				o := warc.Options{Name: r.name, MaxBytes: r.MaxBytes, Raw: true}
				var b beside
				p := r.take(ctx, warc.Section(f, at, to, size, o), 0, &b)
				p.tail = b.before
				r.whole(&p, &b, nil)
				if p.at = to; to == size {
					p.at = Done
				}
				r.advance(to - at)
				result <- p
				return ctx.Err()
			})
		}
		return nil
	})
	g.Go(func() error {
		var last *part // waits for what the next one has of its last page
		for result := range queue {
			select {
			case p := <-result:
				if err := r.sendLast(last, &p); err != nil {
					return err
				}
				last = &p
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return r.sendLast(last, nil)
	})
	return g.Wait()
}

// sendLast passes on a part, if there is one, when that behind it is known, and joins what
// stands on both sides of the border between them; next is nil behind the last one.
func (r *bulkFile) sendLast(last, next *part) error {
	if last == nil {
		return nil
	}
	if next != nil {
		if n := len(last.items); n > 0 {
			r.join(&last.items[n-1].page, next.lead, (*Page).follow)
		}
		if len(next.items) > 0 {
			r.join(&next.items[0].page, last.tail, (*Page).precede)
		}
	}
	return r.send(*last)
}

// join gives a page records, and counts those that it takes.
func (r *bulkFile) join(p *Page, records []*warc.Record, give func(*Page, []*warc.Record)) {
	if p.Original == nil {
		return
	}
	had := len(p.Before) + len(p.Behind)
	give(p, records)
	n := len(p.Before) + len(p.Behind) - had
	r.count(func(c *Counted) { c.Other, c.Beside = c.Other-n, c.Beside+n })
}

// sequential reads what in holds, which begins at the byte from of the file. Behind that
// byte reading goes on at the next record that can be found.
func (r *bulkFile) sequential(in io.Reader, from int64) error {
	buf := bufio.NewReaderSize(&ticking{in: in, tick: r.advance}, 64<<10)
	head, err := buf.Peek(8)
	if len(head) == 0 {
		if err == nil || err == io.EOF {
			err = errors.New("empty")
		}
		return r.fail(-1, bareError(err))
	}
	if s := sniff(head); from == 0 && s.kind != kindWARC && s.packed == "" {
		return r.fail(0, errors.New("this is no WARC file"))
	}
	o := warc.Options{Name: r.name, MaxBytes: r.MaxBytes, Raw: true}
	records := warc.NewReader(buf, o).Records()
	if from > 0 {
		records = warc.Rest(buf, o)
	}
	var b beside
	for rec, err := range records {
		p := r.take(r.ctx, func(yield func(*warc.Record, error) bool) { yield(rec, err) }, from, &b)
		if len(p.items) > 0 {
			p.at = p.items[len(p.items)-1].at // what waits lies behind it
			if err := r.send(p); err != nil {
				return err
			}
		}
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
	}
	last := part{file: r.name, at: Done}
	r.whole(&last, &b, nil)
	return r.send(last)
}

// whole puts the pages that are whole now into a part; page is the next one, nil if none
// is wanted.
func (r *bulkFile) whole(p *part, b *beside, page *Page) {
	for _, whole := range b.next(page) {
		n := len(whole.Before) + len(whole.Behind)
		r.count(func(c *Counted) { c.Other, c.Beside = c.Other-n, c.Beside+n })
		p.items = append(p.items, item{page: *whole, at: whole.Offset + 1})
	}
}

// take looks at records and keeps the pages that are wanted. Offsets of records count
// from the byte base of the file. The last page stays with b.
func (r *bulkFile) take(ctx context.Context, records iter.Seq2[*warc.Record, error], base int64, b *beside) part {
	p := part{file: r.name}
	var n Counted
	first := true
	for rec, err := range records {
		if ctx.Err() != nil {
			break
		}
		var page *Page
		if rec != nil {
			rec.Offset += base
			n.Records++
			page, err = r.page(rec, err, &n)
			rec.Offset -= base
		}
		if page != nil {
			n.Kept++
		}
		if rec != nil && isBeside(rec) && err == nil {
			b.add(rec)
			continue
		}
		if first {
			p.lead, first = b.before, false
		}
		r.whole(&p, b, page)
		if err != nil {
			r.whole(&p, b, nil)
			n.Bad++
			at := int64(-1)
			if e := (*warc.Error)(nil); errors.As(err, &e) {
				at, err = e.Offset, e.Err
				if rec == nil {
					at += base
				}
			}
			p.items = append(p.items, item{err: &InputError{Input: r.name, Offset: at, Err: err}, at: max(at, 0) + 1})
		}
	}
	if first {
		p.lead = b.before
	}
	r.count(func(c *Counted) { c.add(&n) })
	return p
}

// page returns the page of a record if it is wanted; flaw is what is wrong with the record.
func (r *bulkFile) page(rec *warc.Record, flaw error, n *Counted) (*Page, error) {
	if !holdsPage(rec) {
		n.Other++
		if errors.Is(flaw, warc.ErrTooLarge) {
			flaw = nil
		}
		return nil, flaw
	}
	if !r.Keep.wantsHeader(rec, n) {
		return nil, nil // and what is wrong with it is nobody's concern
	}
	if errors.Is(flaw, warc.ErrTooLarge) {
		return nil, flaw
	}
	p, err := recordPage(rec, cmpOr(r.MaxBytes))
	if p == nil {
		if err == nil && flaw == nil {
			n.Other++
		}
		return nil, errors.Join(flaw, err)
	}
	if !r.Keep.wantsPage(p, n) {
		return nil, nil
	}
	if err != nil && flaw == nil {
		flaw = &warc.Error{Name: r.name, Offset: rec.Offset, Err: err}
	}
	p.Input, p.Offset = r.name, rec.Offset
	return p, flaw
}

func cmpOr(most int64) int64 {
	if most <= 0 {
		return 64 << 20
	}
	return most
}

// send passes a part on.
func (r *bulkFile) send(p part) error {
	select {
	case r.out <- p:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// fail says that the file cannot be read at a byte; a negative one means all of it.
func (r *bulkFile) fail(at int64, err error) error {
	if ctxErr := r.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	r.count(func(c *Counted) { c.Bad++ })
	return r.send(part{file: r.name, items: []item{{err: &InputError{Input: r.name, Offset: at, Err: err}}}})
}

func (b *Bulk) count(change func(*Counted)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.counts)
}

// advance counts bytes that were read.
func (b *Bulk) advance(n int64) {
	b.mu.Lock()
	b.read += n
	read, total := b.read, b.total
	b.mu.Unlock()
	if b.Progress != nil {
		b.Progress(read, total)
	}
}

// ticking tells how many bytes are read through it.
type ticking struct {
	in   io.Reader
	tick func(int64)
}

func (t *ticking) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	t.tick(int64(n))
	return n, err
}

// Lists returns the WARC files that arguments name: files themselves, addresses of WARC
// files, and lists of either, a path or an address a line, as Common Crawl publishes them
// (also compressed). Paths of a list count from base, a folder or an address; "" is the
// folder of the list. "-" is in, which holds a list or a WARC file; of the second kind the
// reader that comes back is to be read as "-".
func Lists(args []string, base string, in io.Reader) (files []string, rest io.Reader, err error) {
	rest = in
	for _, arg := range args {
		if isAddress(arg) {
			files = append(files, arg)
			continue
		}
		buf := bufio.NewReaderSize(orEmpty(in), sniffLen)
		if arg != "-" {
			f, err := os.Open(localPath(arg))
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", arg, bareError(err))
			}
			defer f.Close()
			buf.Reset(f)
		}
		head, err := buf.Peek(sniffLen)
		if err != nil && err != io.EOF {
			return nil, nil, fmt.Errorf("%s: %w", arg, bareError(err))
		}
		s := sniff(head)
		if s.kind == kindWARC {
			files = append(files, arg)
			if arg == "-" {
				rest = buf
			}
			continue
		}
		listed, err := list(arg, base, buf, s)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, listed...)
	}
	return files, rest, nil
}

// mostList bounds a list: that of a month of Common Crawl's news has some 60 kB.
const mostList = 64 << 20

// list reads the lines of a list.
func list(name, base string, buf io.Reader, s sniffed) ([]string, error) {
	text, done, err := s.open(buf, mostList)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer done()
	b, err := io.ReadAll(io.LimitReader(text, mostList))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, damage(err))
	}
	var files []string
	for n, line := range bytes.Split(b, []byte("\n")) {
		path := string(bytes.TrimSpace(line))
		if path == "" || path[0] == '#' {
			continue
		}
		if !isWARCName(path) {
			return nil, fmt.Errorf("%s: line %d: %.60q names no WARC file; a list has a path or an address a line", name, n+1, path)
		}
		files = append(files, below(path, base, name))
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: it is no WARC file, and a list of none", name)
	}
	return files, nil
}
