package warc

import (
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"

	"dateline/internal/disk"
)

// A Place is where a record stands, or would stand.
type Place struct {
	File   string // name of the WARC file
	Offset int64  // of the record's first byte, or of its member or frame, in the file
}

// VerifyOptions tune [Verify]. The zero value is useful.
type VerifyOptions struct {
	// From is where to begin: the place of a record that an earlier check had
	// come to. The zero Place is the beginning.
	From     Place
	MaxBytes int64 // of one block; 0 means 256 MiB. A larger one is told as ErrTooLarge
	Digests  bool  // each Finding has Digest
	// Progress is told how many bytes of the files are done, those before
	// From included, and how many there are. May be nil.
	Progress func(done, total int64)
}

// Compare puts places in the order in which records were appended to a folder.
func (p Place) Compare(q Place) int {
	return cmp.Or(compareNames(p.File, q.File), cmp.Compare(p.Offset, q.Offset))
}

// A Finding is what [Verify] says of one record, or of bytes that are none.
type Finding struct {
	Place
	// Length is how many bytes the record takes in its file: the next one
	// should stand at Offset+Length. 0 if that is not known.
	Length int64
	Type   string // WARC-Type in lower case; "" if no header can be read
	ID     string // WARC-Record-ID without its brackets
	URI    string // WARC-Target-URI
	// Payload is the digest of the payload that the record holds, see
	// [dateline.Digest]; of a revisit WARC-Payload-Digest as printed, "" if there is none.
	Payload string
	// Digest is that of the record itself, from its version line to the end of its
	// block: of what gzip members inflate to, without the two line ends that close a
	// record; "" if it was not asked for.
	Digest string
	// Err says what is damaged, an [*Error]; nil if the record is sound: it can
	// be read to its end, and its block and payload have the digests that it
	// prints. A file that cannot be read further is told with Fatal set.
	Err error
}

// Verify checks every record of the WARC files in fsys, in the order of their
// names, and yields a Finding for each and for what is no record. The members
// that a [Writer] wrote must also be, byte by byte, what it writes around the
// compressed data. Damage to a file never ends the check; the sequence ends
// after an error, which is that of ctx or of fsys itself. Memory is that of
// the largest record.
//
// A check that was ended goes on if From is the Place of the last Finding, or
// what its Length says comes next.
func Verify(ctx context.Context, fsys fs.FS, o VerifyOptions) iter.Seq2[Finding, error] {
	o.MaxBytes = cmp.Or(o.MaxBytes, 256<<20)
	return func(yield func(Finding, error) bool) {
		v := &verifier{ctx: ctx, o: o, yield: yield, r: NewReader(nil, Options{MaxBytes: o.MaxBytes, Raw: o.Digests})}
		if err := v.folder(fsys); err != nil && err != errEnough {
			yield(Finding{}, err)
		}
	}
}

// Verify checks every record of the folder, see [Verify].
func (d *Files) Verify(ctx context.Context, o VerifyOptions) iter.Seq2[Finding, error] {
	return Verify(ctx, disk.Dir(d.fs, d.dir), o)
}

// errEnough says that nobody wants more findings.
var errEnough = errors.New("enough")

// A verifier is one call of Verify under way.
type verifier struct {
	ctx         context.Context
	o           VerifyOptions
	yield       func(Finding, error) bool
	name        string
	file        io.ReaderAt
	size        int64
	done, total int64 // bytes of the files before this one, of all files

	raw   window       // the file, from the member at hand on
	gz    gzip.Reader  // of members that a Writer wrote
	block bytes.Buffer // what such a member holds
	r     *Reader      // of everything else
}

func (v *verifier) folder(fsys fs.FS) error {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return err
	}
	var names []string
	sizes := map[string]int64{}
	for _, e := range entries {
		if !isWARC(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		names = append(names, e.Name())
		if info, err := e.Info(); err == nil { // else opening it tells
			sizes[e.Name()] = info.Size()
			v.total += info.Size()
		}
	}
	slices.SortFunc(names, compareNames)
	for _, name := range names {
		if v.o.From.File == "" || compareNames(name, v.o.From.File) >= 0 {
			if err := v.open(fsys, name); err != nil {
				return err
			}
		}
		v.done += sizes[name]
	}
	return v.progress(0)
}

func isWARC(name string) bool {
	for _, end := range []string{".warc", ".warc.gz", ".warc.zst"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// open checks one file.
func (v *verifier) open(fsys fs.FS, name string) error {
	v.name, v.size = name, 0
	f, err := fsys.Open(name)
	if err != nil {
		return v.tell(Finding{}, &Error{Name: name, Err: disk.Explain(err), Fatal: true})
	}
	defer f.Close()
	at, ok := f.(io.ReaderAt)
	info, err := f.Stat()
	if err == nil && !ok {
		err = errors.New("the file cannot be read from any byte on")
	}
	if err != nil {
		return v.tell(Finding{}, &Error{Name: name, Err: disk.Explain(err), Fatal: true})
	}
	v.file, v.size = at, info.Size()
	from := int64(0)
	if name == v.o.From.File {
		from = v.o.From.Offset
	}
	for from < v.size {
		if from, err = v.members(from); err != nil {
			return err
		}
		if from < v.size {
			if from, err = v.others(from); err != nil {
				return err
			}
		}
	}
	return v.progress(v.size)
}

// progress tells how far the file at hand is done.
func (v *verifier) progress(offset int64) error {
	if v.o.Progress != nil {
		v.o.Progress(v.done+offset, v.total)
	}
	return v.ctx.Err()
}

// tell yields a finding; err is what is wrong, nil if nothing is.
func (v *verifier) tell(f Finding, err error) error {
	f.File, f.Err = v.name, err
	if e := (*Error)(nil); errors.As(err, &e) {
		f.Offset = e.Offset
	}
	if !v.yield(f, nil) {
		return errEnough
	}
	return v.progress(f.Offset)
}

// members checks members that a Writer wrote, one after another, and returns
// the offset of what is not such a member, or not a sound one.
func (v *verifier) members(at int64) (next int64, err error) {
	v.raw.reset(io.NewSectionReader(v.file, at, v.size-at), at)
	for at < v.size {
		v.raw.fill(memberLenAt + 8)
		n, ok := memberLen(v.raw.rest())
		if !ok || n <= memberLenAt+8 || n > v.size-at || n > v.o.MaxBytes+maxHeader || !v.raw.fill(int(n)) {
			return at, nil
		}
		rec, ok := v.member(v.raw.rest()[:n])
		if !ok {
			return at, nil
		}
		rec.Offset = at
		f := v.finding(rec, n)
		if err := v.tell(f, v.digests(rec)); err != nil {
			return at, err
		}
		v.raw.skip(int(n))
		at += n
	}
	return at, nil
}

// member reads the member b; ok is false if anything about it is not as a
// Writer writes it.
func (v *verifier) member(b []byte) (rec *Record, ok bool) {
	if !bytes.Equal(b[3:10], memberHead) && !bytes.Equal(b[3:10], oldMemberHead) {
		return nil, false
	}
	size := int64(binary.LittleEndian.Uint32(b[memberLenAt+4:]))
	if size > v.o.MaxBytes+maxHeader {
		return nil, false
	}
	in := bytes.NewReader(b)
	if v.gz.Reset(in) != nil {
		return nil, false
	}
	v.gz.Multistream(false)
	v.block.Reset()
	v.block.Grow(int(min(size, 100*int64(len(b)))) + bytes.MinRead)
	n, err := v.block.ReadFrom(io.LimitReader(&v.gz, size+1))
	if err != nil || n != size || in.Len() > 0 {
		return nil, false
	}
	text := v.block.Bytes()
	head := headerLen(text[:min(len(text), maxHeader)], 0)
	if head < 0 || !bytes.HasPrefix(text, []byte("WARC/")) || !bytes.HasSuffix(text[head:], []byte("\r\n\r\n")) {
		return nil, false
	}
	rec = &Record{Raw: text[:head], Block: text[head : len(text)-4]}
	rec.Version, rec.Header, err = parseHeader(string(text[:head]))
	length, ok := rec.ContentLength()
	return rec, ok && err == nil && length == int64(len(rec.Block)) && knownType(rec.Type())
}

// memberHead is what a Writer's gzip header has from the flags on (RFC 1952,
// 2.3): an extra field, the time that stands for none, the usual compression, no system.
// Members of earlier versions have the zero time.Time there, cut to four bytes.
var (
	memberHead    = []byte{4, 0, 0, 0, 0, 0, 255}
	oldMemberHead = []byte{4, 0x00, 0x09, 0x6e, 0x88, 0, 255}
)

// others checks what stands from offset on with a Reader, up to a sound record
// whose member a Writer wrote, and returns the offset of that.
func (v *verifier) others(from int64) (next int64, err error) {
	v.r.reset(io.NewSectionReader(v.file, from, v.size-from), v.name)
	if fileName.MatchString(v.name) {
		v.r.format = gzipped
	}
	for rec, flaw := range v.r.Records() {
		e := (*Error)(nil)
		if errors.As(flaw, &e) {
			e.Offset += from
		}
		if rec == nil {
			if err := v.tell(Finding{}, flaw); err != nil {
				return 0, err
			}
			continue
		}
		rec.Offset += from
		own, err := v.own(rec.Offset)
		if err != nil {
			flaw = &Error{Name: v.name, Offset: rec.Offset, Err: disk.Explain(err), Fatal: true}
		} else if flaw == nil && own && rec.Offset > from {
			return rec.Offset, nil
		} else if flaw == nil {
			if flaw = v.digests(rec); flaw == nil && own {
				flaw = &Error{Name: v.name, Offset: rec.Offset, Err: errAround}
			}
		}
		if err := v.tell(v.finding(rec, 0), flaw); err != nil {
			return 0, err
		}
	}
	return v.size, nil
}

// errAround is damage that leaves the record itself as it was written.
var errAround = errors.New("the bytes around the compressed record are not those that were written")

// own reports whether a member that a Writer wrote begins at offset.
func (v *verifier) own(offset int64) (bool, error) {
	var head [memberLenAt + 8]byte
	if n, err := v.file.ReadAt(head[:], offset); n < len(head) {
		if err == io.EOF {
			err = nil
		}
		return false, err
	}
	_, ok := memberLen(head[:])
	return ok || fileName.MatchString(v.name), nil
}

func (v *verifier) finding(rec *Record, length int64) Finding {
	f := Finding{Place: Place{Offset: rec.Offset}, Length: length,
		Type: rec.Type(), ID: rec.ID(), URI: rec.TargetURI(), Payload: payloadDigest(rec)}
	if v.o.Digests {
		f.Digest = rec.Digest()
	}
	return f
}

// payloadDigest is what [Finding] promises of a record whose own digests are true.
// One whose bytes are the only ones that the record's digest can mean is not made anew.
func payloadDigest(rec *Record) string {
	printed, payload := rec.PayloadDigest(), rec.Block
	switch rec.Type() {
	case TypeRevisit:
		return printed
	case TypeResponse:
		if m, err := ParseMessage(rec.Block); err == nil {
			payload = m.Payload
		}
	}
	sent := len(rec.Block) - len(Head(rec.Block)) // what another writer may mean by the payload
	if strings.HasPrefix(printed, "sha256:") && len(printed) == len("sha256:")+2*sha256.Size && (sent == len(payload) || rec.Type() != TypeResponse) {
		return strings.ToLower(printed)
	}
	return digestOf(payload)
}

// digests compares the digests that a record prints with what it holds.
func (v *verifier) digests(rec *Record) error {
	if err := wrongDigest(rec); err != nil {
		return &Error{Name: v.name, Offset: rec.Offset, Err: err}
	}
	return nil
}

// wrongDigest tells of a digest that a record prints and that is not that of what it
// holds; nil if there is none.
func wrongDigest(rec *Record) error {
	for _, c := range []struct{ what, printed string }{{"block", rec.BlockDigest()}, {"payload", rec.PayloadDigest()}} {
		if c.printed == "" || c.what == "payload" && rec.Type() == TypeRevisit {
			continue // the payload of a revisit stands elsewhere
		}
		if c.what == "payload" && rec.Type() != TypeResponse && c.printed == rec.BlockDigest() {
			continue // the payload is the block, which has just been compared
		}
		if got, ok := sameDigest(c.printed, rec, c.what == "payload"); !ok {
			return fmt.Errorf("%w: its %s has %s, not %s", ErrDigest, c.what, got, c.printed)
		}
	}
	return nil
}

// sameDigest reports whether the block or the payload of a record has the
// digest that is printed, and otherwise which one it has. Of a payload in
// chunks writers disagree: some mean the chunks, some what they hold. A digest
// of a kind that nobody knows proves nothing.
func sameDigest(printed string, rec *Record, payload bool) (got string, ok bool) {
	algorithm, value, _ := strings.Cut(printed, ":")
	h, size := newHash(algorithm)
	if h == nil {
		return "", true
	}
	want, ok := decodeDigest(value, size)
	if !ok {
		return "another", false
	}
	parts := [][]byte{rec.Block}
	if payload && rec.Type() == TypeResponse {
		if m, err := ParseMessage(rec.Block); err == nil {
			parts = [][]byte{m.Payload, rec.Block[len(Head(rec.Block)):]}
		}
	}
	var sum []byte
	for i, part := range parts {
		if i > 0 && len(part) == len(parts[0]) {
			break
		}
		h.Reset()
		h.Write(part) // a hash does not fail
		if sum = h.Sum(nil); bytes.Equal(sum, want) {
			return "", true
		}
	}
	return algorithm + ":" + hex.EncodeToString(sum), false
}

func newHash(algorithm string) (h hash.Hash, size int) {
	switch strings.ToLower(algorithm) {
	case "sha256", "sha-256":
		return sha256.New(), sha256.Size
	case "sha1", "sha-1":
		return sha1.New(), sha1.Size
	case "sha512", "sha-512":
		return sha512.New(), sha512.Size
	case "md5":
		return md5.New(), md5.Size
	}
	return nil, 0
}

// decodeDigest reads a digest in base 16 or 32, as its length tells.
func decodeDigest(s string, size int) ([]byte, bool) {
	var b []byte
	var err error
	if len(s) == hex.EncodedLen(size) {
		b, err = hex.DecodeString(s)
	} else {
		b, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(strings.TrimRight(s, "=")))
	}
	return b, err == nil && len(b) == size
}
