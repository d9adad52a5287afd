package chain

import (
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"math/bits"
	"slices"
)

// A table holds a row of weights for each of many features, in the form that
// it has in a file: it is read where it lies.
//
// The hash of a feature names a slot, one of the 64 of a block. A block is the
// bits of its slots that are taken, as 8 bytes, and the number of rows before
// its own, as 4. Its rows are those of its slots in order, then those whose
// slot was taken already. A row begins with its key, which is what the block
// does not tell of the hash; then come the weights.
type table struct {
	blocks []byte
	rows   []byte // and room bytes more, so that a row can be read in words
	n      int    // rows
	shift  uint   // bits of a key; those above are the number of the block
	key    int    // bytes of a key
	stride int    // bytes of a row
}

const (
	blockSize = 12
	room      = 8
)

// The hash of a feature is its product with golden, which can be undone.
const golden, undoGolden = 2654435769, 340573321

// newTable returns a table of n rows with width weights each, still empty.
func newTable(n, width int) *table {
	log := bits.Len(uint(max(4*n, 256) - 1)) // of the slots
	t := &table{n: n, shift: uint(38 - log)}
	t.key = int(t.shift+7) / 8
	t.stride = t.key + width
	return t
}

func (t *table) blocksLen() int { return blockSize << (32 - t.shift) }

func (t *table) rowsLen() int { return t.n*t.stride + room }

// slot returns the slot of a key in its block.
func (t *table) slot(key uint32) uint { return uint(key >> (t.shift - 6)) }

// fill puts the features into t; all are different. put writes the weights of
// the i-th of them.
func (t *table) fill(features []uint32, put func(i int, weights []byte)) {
	t.blocks = make([]byte, 0, t.blocksLen())
	t.rows = make([]byte, 0, t.rowsLen())
	order := make([]int, len(features))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(features[i]*golden, features[j]*golden) })
	var again []int // whose slot was taken
	for b := range t.blocksLen() / blockSize {
		before := len(t.rows) / t.stride
		taken := uint64(0)
		again = again[:0]
		for ; len(order) > 0; order = order[1:] {
			h := features[order[0]] * golden
			if h>>t.shift != uint32(b) {
				break
			}
			bit := uint64(1) << t.slot(h&t.keys())
			if taken&bit != 0 {
				again = append(again, order[0])
				continue
			}
			taken |= bit
			t.append(order[0], features, put)
		}
		for _, i := range again {
			t.append(i, features, put)
		}
		t.blocks = binary.LittleEndian.AppendUint64(t.blocks, taken)
		t.blocks = binary.LittleEndian.AppendUint32(t.blocks, uint32(before))
	}
	t.rows = append(t.rows, make([]byte, room)...)
}

// append appends the row of the i-th feature.
func (t *table) append(i int, features []uint32, put func(i int, weights []byte)) {
	key := features[i] * golden & t.keys()
	at := len(t.rows)
	t.rows = t.rows[:at+t.stride]
	for k := range t.key {
		t.rows[at+k] = byte(key >> (8 * k))
	}
	put(i, t.rows[at+t.key:])
}

// keys is the mask of a key in a hash and in the first four bytes of a row.
func (t *table) keys() uint32 { return 1<<t.shift - 1 }

// atOnce is how many features are looked up at a time; so many weights can be
// summed in 16 bits.
const atOnce = 128

// A places lists where rows begin in the rows of a table.
type places [atOnce]uint32

// find writes to at where the rows of the features begin, in any order, and
// returns how many there are. There are at most atOnce features. Blocks and
// rows are far larger than the fast memory of a processor, so nothing that is
// read for one feature decides what is done for the next.
func (t *table) find(features []uint32, at *places) int {
	var hashes places
	shift, keys := t.shift&31, t.keys()
	n := 0
	for _, f := range features {
		h := f * golden
		b := t.blocks[h>>shift*blockSize:][:blockSize]
		slot := h & keys >> ((shift - 6) & 31) & 63
		taken := binary.LittleEndian.Uint64(b)
		at[n&(atOnce-1)] = (binary.LittleEndian.Uint32(b[8:]) + uint32(bits.OnesCount64(taken&(1<<slot-1)))) * uint32(t.stride)
		hashes[n&(atOnce-1)] = h
		n += int(taken >> slot & 1)
	}
	var others [atOnce]uint8 // of them have their slots
	count := 0
	for i, place := range at[:n] {
		differs := (binary.LittleEndian.Uint32(t.rows[place:]) ^ hashes[i]) & keys
		others[count&(atOnce-1)] = uint8(i)
		count += int((differs | -differs) >> 31)
	}
	for count--; count >= 0; count-- {
		i := others[count]
		if place := t.findAgain(hashes[i]); place >= 0 {
			at[i] = uint32(place)
		} else {
			n--
			at[i] = at[n]
		}
	}
	return n
}

// findAgain finds the row of a hash whose slot another one has taken.
func (t *table) findAgain(h uint32) int {
	b := int(h >> t.shift)
	from := t.first(b) + bits.OnesCount64(binary.LittleEndian.Uint64(t.blocks[b*blockSize:]))
	for at := from * t.stride; at < t.first(b+1)*t.stride; at += t.stride {
		if (binary.LittleEndian.Uint32(t.rows[at:])^h)&t.keys() == 0 {
			return at
		}
	}
	return -1
}

// first returns the number of the first row of block b.
func (t *table) first(b int) int {
	if at := b * blockSize; at < len(t.blocks) {
		return int(binary.LittleEndian.Uint32(t.blocks[at+8:]))
	}
	return t.n
}

// check reports whether each block has at least the rows of its slots, so that
// none is looked for outside of t.rows.
func (t *table) check() error {
	for b := range len(t.blocks) / blockSize {
		if next := t.first(b + 1); next > t.n || next-t.first(b) < bits.OnesCount64(binary.LittleEndian.Uint64(t.blocks[b*blockSize:])) {
			return errors.New("rows of a block are missing")
		}
	}
	return nil
}

// all yields the features and their weights.
func (t *table) all() iter.Seq2[uint32, []byte] {
	return func(yield func(uint32, []byte) bool) {
		for b := range len(t.blocks) / blockSize {
			for i := t.first(b); i < t.first(b+1); i++ {
				row := t.rows[i*t.stride:]
				h := uint32(b)<<t.shift | binary.LittleEndian.Uint32(row)&t.keys()
				if !yield(h*undoGolden, row[t.key:t.stride]) {
					return
				}
			}
		}
	}
}

// lanes are the lower bytes of four numbers of 16 bits.
const lanes = 0x00ff00ff00ff00ff

// sum adds to sum the weights of the rows at the places that begin at a byte of
// each row. It adds eight labels at a time, those with even numbers apart from
// those with odd ones.
func (t *table) sum(at []uint32, from int, sum []int32) {
	var even, odd [MaxLabels / 8]uint64
	if len(sum) <= 8 {
		var e, o uint64
		for _, place := range at {
			w := binary.LittleEndian.Uint64(t.rows[int(place)+from:])
			e += w & lanes
			o += w >> 8 & lanes
		}
		even[0], odd[0] = e, o
	} else {
		for _, place := range at {
			row := t.rows[int(place)+from:]
			for i := 0; i < len(sum); i += 8 {
				w := binary.LittleEndian.Uint64(row[i:])
				even[i/8&7] += w & lanes
				odd[i/8&7] += w >> 8 & lanes
			}
		}
	}
	for l := range sum {
		four := even[l/8]
		if l%2 == 1 {
			four = odd[l/8]
		}
		sum[l] += int32(four>>(l%8/2*16)&0xffff) - 128*int32(len(at))
	}
}
