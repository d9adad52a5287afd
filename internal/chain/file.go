package chain

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// A file of models, with numbers as varints:
//
//	"chain2\n"
//	number of models, then of each
//		number of labels, then the labels, each ended by "\n"
//		scale as 4 bytes of a float, little endian
//		weights of steps, of the first and of the last label, zigzag
//	number of features, then the blocks and the rows of their table (table.go);
//	a row has the weights of all models
//
// It is not compressed, for it is used as it is: what of it is never looked up
// is never read.
const magic = "chain2\n"

// maxModels bounds the models of a file.
const maxModels = 8

// fill puts the features and their weights into the model.
func (m *Model) fill(features []uint32, weights []int8) {
	k := len(m.labels)
	m.table = newTable(len(features), k)
	m.table.fill(features, func(i int, row []byte) {
		for l := range row {
			row[l] = uint8(int(weights[i*k+l]) + 128)
		}
	})
	m.from = m.table.key
}

// Join returns the models with one table for all of them.
func Join(models ...*Model) []*Model {
	number := map[uint32]int{}
	var features []uint32
	width := 0
	for _, m := range models {
		width += len(m.labels)
		for f := range m.table.all() {
			if _, ok := number[f]; !ok {
				number[f] = len(features)
				features = append(features, f)
			}
		}
	}
	rows := bytes.Repeat([]byte{128}, len(features)*width)
	from := 0
	for _, m := range models {
		k := len(m.labels)
		for f, row := range m.table.all() {
			copy(rows[number[f]*width+from:], row[m.from-m.table.key:][:k])
		}
		from += k
	}
	t := newTable(len(features), width)
	t.fill(features, func(i int, row []byte) { copy(row, rows[i*width:]) })
	return share(models, t)
}

// share returns copies of the models that have the table t, one after another.
func share(models []*Model, t *table) []*Model {
	out := make([]*Model, len(models))
	from := t.key
	for i, m := range models {
		o := *m
		o.table, o.from = t, from
		from += len(m.labels)
		out[i] = &o
	}
	return out
}

// Pack returns the models as a file.
func Pack(models ...*Model) []byte {
	t := models[0].table
	for _, m := range models {
		if m.table != t {
			return Pack(Join(models...)...)
		}
	}
	b := binary.AppendUvarint([]byte(magic), uint64(len(models)))
	for _, m := range models {
		b = binary.AppendUvarint(b, uint64(len(m.labels)))
		b = append(b, strings.Join(m.labels, "\n")+"\n"...)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.scale))
		for _, ws := range [][]int32{m.trans, m.first, m.last} {
			for _, w := range ws {
				b = binary.AppendVarint(b, int64(w))
			}
		}
	}
	b = binary.AppendUvarint(b, uint64(t.n))
	b = append(b, t.blocks...)
	return append(b, t.rows...)
}

// Unpack returns the models in a file that [Pack] made, which has to hold so
// many. The models are the file, which must not change.
func Unpack(file []byte, count int) ([]*Model, error) {
	r := source{b: file}
	models := r.models(count)
	if r.err != nil {
		return nil, fmt.Errorf("chain models: at byte %d: %w", len(file)-len(r.b), r.err)
	}
	return models, nil
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

// models reads a file that has to hold count models.
func (r *source) models(count int) []*Model {
	if string(r.take(len(magic))) != magic {
		r.err = errors.New("no models")
		return nil
	}
	if n := r.uvarint(maxModels); r.err == nil && n != count {
		r.err = fmt.Errorf("there are %d models, want %d", n, count)
	}
	width := 0
	models := make([]*Model, count)
	for i := range models {
		models[i] = r.model()
		width += len(models[i].labels)
	}
	if r.err != nil {
		return nil
	}
	t := newTable(r.uvarint(len(r.b)), width)
	t.blocks = r.take(t.blocksLen())
	t.rows = r.take(t.rowsLen())
	if r.err == nil {
		r.err = t.check()
	}
	return share(models, t)
}

// model reads what a model has outside of the table.
func (r *source) model() *Model {
	m := &Model{}
	k := r.uvarint(MaxLabels)
	if r.err == nil && k == 0 {
		r.err = errors.New("no labels")
	}
	for range k {
		n := bytes.IndexByte(r.b, '\n')
		if n < 0 {
			r.err = errors.New("label is cut")
			return m
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
	return m
}
