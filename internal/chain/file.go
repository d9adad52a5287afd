package chain

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A model file is one zstd frame. In it, with numbers as varints:
//
//	"chain1\n"
//	number of labels, then the labels, each ended by "\n"
//	scale as 4 bytes of a float, little endian
//	weights of steps, of the first and of the last label, zigzag
//	number of features, then the features in order, each as its distance to the one before
//	weights of all features for label 0, for label 1, …; a byte each
const magic = "chain1\n"

// fill puts features, in order, and their weights into the model.
func (m *Model) fill(features []uint32, weights []int8) {
	k := len(m.labels)
	m.words = (k + 7) / 8
	m.rows = make([]uint64, len(features)*m.words)
	for i := range features {
		for l, w := range weights[i*k : (i+1)*k] {
			m.rows[i*m.words+l/8] |= uint64(uint8(int(w)+128)) << (l % 8 * 8)
		}
	}
	m.table = newTable(features, func(row int) uint64 { return m.rows[row*m.words] })
}

// weight returns the weight of a row for label l.
func (m *Model) weight(row, l int) int8 {
	return int8(int(uint8(m.rows[row*m.words+l/8]>>(l%8*8))) - 128)
}

// Bytes returns the model as a file.
func (m *Model) Bytes() []byte {
	b := binary.AppendUvarint([]byte(magic), uint64(len(m.labels)))
	b = append(b, strings.Join(m.labels, "\n")+"\n"...)
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.scale))
	for _, ws := range [][]int32{m.trans, m.first, m.last} {
		for _, w := range ws {
			b = binary.AppendVarint(b, int64(w))
		}
	}
	rows := maps.Collect(m.table.all())
	features := slices.Sorted(maps.Keys(rows))
	b = binary.AppendUvarint(b, uint64(len(features)))
	last := uint32(0)
	for _, f := range features {
		b = binary.AppendUvarint(b, uint64(f-last))
		last = f
	}
	for l := range m.labels {
		for _, f := range features {
			b = append(b, byte(m.weight(rows[f], l)))
		}
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // Unreachable: the options are valid.
	}
	return enc.EncodeAll(b, nil)
}

// Load returns the model in a file that [Model.Bytes] made.
func Load(file []byte) (*Model, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<28))
	if err != nil {
		return nil, fmt.Errorf("chain model: %w", err)
	}
	defer dec.Close()
	b, err := dec.DecodeAll(file, nil)
	if err != nil {
		return nil, fmt.Errorf("chain model: %w", err)
	}
	r := source{b: b}
	m := r.model()
	if r.err != nil {
		return nil, fmt.Errorf("chain model: at byte %d: %w", len(b)-len(r.b), r.err)
	}
	return m, nil
}

// A source reads numbers off b until an error.
type source struct {
	b   []byte
	err error
}

func (r *source) take(n int) []byte {
	if r.err == nil && n > len(r.b) {
		r.err = errors.New("file is cut")
	}
	if r.err != nil {
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *source) uvarint(limit int) int {
	v, n := binary.Uvarint(r.b)
	if r.err == nil && (n <= 0 || v > uint64(limit)) {
		r.err = errors.New("number is cut or too large")
	}
	if r.err != nil {
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *source) varint() int32 {
	u := r.uvarint(math.MaxUint32)
	return int32(u>>1) ^ -int32(u&1)
}

func (r *source) model() *Model {
	m := &Model{}
	if string(r.take(len(magic))) != magic {
		r.err = errors.New("not a model")
		return nil
	}
	k := r.uvarint(maxLabels)
	if k == 0 {
		r.err = errors.New("no labels")
		return nil
	}
	for range k {
		n := bytes.IndexByte(r.b, '\n')
		if n < 0 {
			r.err = errors.New("label is cut")
			return nil
		}
		m.labels = append(m.labels, string(r.take(n)))
		r.take(1)
	}
	if scale := r.take(4); scale != nil {
		m.scale = math.Float32frombits(binary.LittleEndian.Uint32(scale))
	}
	steps := make([]int32, k*k+2*k)
	for i := range steps {
		steps[i] = r.varint()
	}
	m.trans, m.first, m.last = steps[:k*k], steps[k*k:k*k+k], steps[k*k+k:]
	n := r.uvarint(len(r.b))
	keys := make([]uint32, n)
	last := uint32(0)
	for i := range keys {
		last += uint32(r.uvarint(math.MaxUint32))
		keys[i] = last
	}
	columns := r.take(n * k)
	if r.err != nil {
		return nil
	}
	rows := make([]int8, n*k)
	for l := range k {
		for i := range n {
			rows[i*k+l] = int8(columns[l*n+i])
		}
	}
	m.fill(keys, rows)
	return m
}
