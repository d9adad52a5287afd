package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A format is how the records of a file are compressed.
type format int

const (
	unknown format = iota
	plain
	gzipped
	zstandard
)

// Detect looks at b, the first bytes of a file; 8 are enough. The result warc
// reports that they begin a record of a WARC file that is not compressed;
// compressed reports that they begin a gzip member or a zstd frame, which must be
// decompressed to know whether it holds records. At most one of both is true.
func Detect(b []byte) (warc, compressed bool) {
	switch detect(b) {
	case plain:
		return bytes.HasPrefix(b, []byte("WARC/")), false
	default:
		return false, true
	}
}

func detect(b []byte) format {
	if len(b) >= 3 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 {
		return gzipped
	}
	if len(b) >= 4 {
		if m := binary.LittleEndian.Uint32(b); m == magicFrame || m&^0xf == magicSkippable {
			return zstandard
		}
	}
	return plain
}

// openUnit begins the next gzip member or zstd frame.
func (r *Reader) openUnit() error {
	for {
		start := r.offset()
		r.raw.hold(start)
		b, err := r.in.Peek(8)
		if len(b) == 0 {
			return r.end(err)
		}
		switch f := detect(b); {
		case f != r.format || len(b) < 8:
			err = ErrGarbage
		case f == gzipped:
			if r.gz == nil {
				r.gz = new(gzip.Reader)
			}
			if err = r.gz.Reset(r.in); err == nil {
				r.gz.Multistream(false)
				r.inflated.reset(r.gz, 0)
			}
		case binary.LittleEndian.Uint32(b) != magicFrame:
			if err = r.skippable(b); err == nil {
				continue
			}
		default:
			err = r.openFrame()
		}
		r.unit = start
		if err != nil {
			return r.damaged(start, err)
		}
		return nil
	}
}

func (r *Reader) openFrame() error {
	if r.zd == nil {
		if err := r.newDecoder(nil); err != nil {
			return err
		}
	}
	r.frame.reset(r.in)
	if err := r.zd.Reset(&r.frame); err != nil {
		return err
	}
	r.inflated.reset(r.zd, 0)
	return nil
}

// newDecoder makes the decoder of frames. Its window may not be larger than
// what one record may take, with 8 MiB allowed at any rate (RFC 8878, 3.1.1.1.2).
func (r *Reader) newDecoder(dict []byte) (err error) {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(uint64(min(max(r.max, 8<<20), 512<<20)))}
	if dict != nil {
		options = append(options, zstd.WithDecoderDicts(dict))
	}
	r.zd, err = zstd.NewReader(nil, options...)
	return err
}

// skippable passes over a skippable frame, whose first 8 bytes are b. If it is
// the first of the file and holds a dictionary, that is taken into use.
func (r *Reader) skippable(b []byte) error {
	magic, size := binary.LittleEndian.Uint32(b), int64(binary.LittleEndian.Uint32(b[4:]))
	first := r.offset() == 0
	if _, err := r.in.Discard(8); err != nil {
		return err
	}
	if magic != magicDictionary || !first {
		r.raw.hold(r.offset())
		if _, err := io.CopyN(io.Discard, r.in, size); err != nil {
			return unexpected(err)
		}
		return nil
	}
	if size > r.max {
		return fmt.Errorf("dictionary of %d bytes: %w", size, ErrTooLarge)
	}
	dict, err := io.ReadAll(io.LimitReader(r.in, size))
	if err != nil || int64(len(dict)) < size {
		return unexpected(err)
	}
	if detect(dict) == zstandard {
		if dict, err = inflateAll(dict, r.max); err != nil {
			return fmt.Errorf("dictionary: %w", err)
		}
	}
	if err := r.newDecoder(dict); err != nil {
		return fmt.Errorf("dictionary: %w", err)
	}
	return nil
}

// inflateAll decompresses zstd frames.
func inflateAll(b []byte, most int64) ([]byte, error) {
	d, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return readAll(d, most)
}

// readAll reads r to its end; what is more than most bytes is ErrTooLarge.
// With an error it returns what could be read before it.
func readAll(r io.Reader, most int64) ([]byte, error) {
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(r, most+1))
	if n > most {
		return nil, ErrTooLarge
	}
	return buf.Bytes(), err
}

// unexpected is the error of a read that brought too little.
func unexpected(err error) error {
	if err == nil || err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// maxProbes bounds the work on a file made to look like gzip everywhere. In
// honest data the three bytes that are probed turn up by chance once in 16 MiB.
const maxProbes = 1 << 16

// resync looks from r.lost on for a member or frame that begins with a record,
// and moves there; false means that there is none.
func (r *Reader) resync() (bool, error) {
	from := r.lost
	r.lost = -1
	// Going back is what finds the record after a member that was cut short.
	// It is allowed as long as it does not read the file many times over.
	here := r.offset()
	if from < here && r.again > 4*here+r.max {
		from = here
	}
	r.raw.seek(from)
	r.again += max(0, here-r.raw.offset())
	defer func() { r.in.Reset(&r.raw) }()
	for {
		i := indexMagic(r.raw.rest(), r.format)
		if i < 0 {
			r.raw.skip(max(0, len(r.raw.rest())-3))
			if !r.raw.more() {
				r.raw.skip(len(r.raw.rest()))
				return false, nil
			}
			continue
		}
		r.raw.skip(i)
		if r.beginsRecord() {
			return true, nil
		}
		if r.probes++; r.probes > maxProbes {
			return false, errors.New("too many damaged places: given up")
		}
		r.raw.skip(1)
	}
}

// indexMagic finds what may be the start of a gzip member or zstd frame.
func indexMagic(b []byte, f format) int {
	magic := []byte{0x1f, 0x8b, 8}
	if f == zstandard {
		magic = binary.LittleEndian.AppendUint32(nil, magicFrame)
	}
	return bytes.Index(b, magic)
}

// beginsRecord reports whether the member or frame at the position of r.raw
// holds what a record begins with.
func (r *Reader) beginsRecord() bool {
	var first [len("WARC/")]byte
	var in io.Reader
	if r.format == gzipped {
		r.raw.fill(4 << 10)
		z, err := gzip.NewReader(bytes.NewReader(r.raw.rest()[:min(4<<10, len(r.raw.rest()))]))
		if err != nil {
			return false
		}
		in = z
	} else {
		const block = 128<<10 + 64 // a whole block is needed (RFC 8878, 3.1.1.2.4)
		r.raw.fill(block)
		if r.zd == nil && r.newDecoder(nil) != nil {
			return false
		}
		if r.zd.Reset(bytes.NewReader(r.raw.rest()[:min(block, len(r.raw.rest()))])) != nil {
			return false
		}
		in = r.zd
	}
	_, err := io.ReadFull(in, first[:])
	return err == nil && string(first[:]) == "WARC/"
}
