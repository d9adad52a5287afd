package warc

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// Magic numbers of zstd (RFC 8878, 3.1) and of the skippable frame that holds
// a dictionary at the start of a .warc.zst file.
const (
	magicFrame      = 0xFD2FB528
	magicSkippable  = 0x184D2A50 // to …5F
	magicDictionary = 0x184D2A5D
)

var errFrame = errors.New("zstd: bad frame")

// A frameReader reads one zstd frame, still compressed, and then says io.EOF.
// The decoder alone would run on into the next frame, and so nobody would
// know where that one starts. Only the framing is looked at (RFC 8878, 3.1.1):
// the frame's header, the headers of its blocks, its checksum.
type frameReader struct {
	in   *bufio.Reader
	left int // bytes of the current part that may be passed on
	next func(*frameReader) error
	sum  int // length of the checksum
}

func (f *frameReader) reset(in *bufio.Reader) {
	*f = frameReader{in: in, next: (*frameReader).header}
}

// Read implements [io.Reader].
func (f *frameReader) Read(p []byte) (int, error) {
	for f.left == 0 {
		if f.next == nil {
			return 0, io.EOF
		}
		if err := f.next(f); err != nil {
			return 0, err
		}
	}
	n, err := f.in.Read(p[:min(len(p), f.left)])
	f.left -= n
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// header finds the length of the frame's header.
func (f *frameReader) header() error {
	b, err := f.peek(5)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(b) != magicFrame {
		return errFrame
	}
	desc := b[4]
	single := desc&0x20 != 0
	f.left = 5 + [4]int{0, 1, 2, 4}[desc&3] + [4]int{0, 2, 4, 8}[desc>>6]
	if !single {
		f.left++ // window descriptor
	} else if desc>>6 == 0 {
		f.left++ // content size of one byte
	}
	if desc&4 != 0 {
		f.sum = 4
	}
	f.next = (*frameReader).block
	return nil
}

// block finds the length of the next block.
func (f *frameReader) block() error {
	b, err := f.peek(3)
	if err != nil {
		return err
	}
	v := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	f.left = 3 + v>>3
	switch v >> 1 & 3 {
	case 1: // one byte, repeated
		f.left = 3 + 1
	case 3:
		return errFrame
	}
	if v&1 != 0 {
		f.next = (*frameReader).checksum
	}
	return nil
}

func (f *frameReader) checksum() error {
	f.left, f.next = f.sum, nil
	return nil
}

func (f *frameReader) peek(n int) ([]byte, error) {
	b, err := f.in.Peek(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}
