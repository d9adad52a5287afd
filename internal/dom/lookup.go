package dom

import "strings"

// A nameTable is a hash table from the names of tags or attributes to their numbers. Its
// key is the last eight bytes of the name in lower case, which the tokenizer packs into
// one number while it reads the name.
type nameTable struct {
	slots [nameSlots]nameSlot
	names []string
}

const (
	nameBits  = 9
	nameSlots = 1 << nameBits
)

type nameSlot struct {
	packed uint64
	number uint8 // zero in an empty slot
}

var (
	tagTable = newNameTable(tagNames[:], int(Other)+1)
	keyTable = newNameTable(keyNames[:], int(OtherKey)+1)
)

// newNameTable makes the table of names[first:]; the names before have none.
func newNameTable(names []string, first int) *nameTable {
	t := &nameTable{names: names}
	for n := first; n < len(names); n++ {
		packed := pack(names[n])
		i := slotOf(packed)
		for t.slots[i].number != 0 {
			i = (i + 1) % nameSlots
		}
		t.slots[i] = nameSlot{packed, uint8(n)}
	}
	return t
}

// find returns the number of a name, 0 if the table does not have it. packed is what pack
// returns for the name in lower case; upper says that the name has capitals.
func (t *nameTable) find(packed uint64, name string, upper bool) uint8 {
	for i := slotOf(packed); ; i = (i + 1) % nameSlots {
		s := &t.slots[i]
		if s.number == 0 {
			return 0
		}
		if s.packed == packed {
			known := t.names[s.number]
			if len(known) == len(name) && (len(name) <= 8 || known == name || upper && strings.EqualFold(known, name)) {
				return s.number
			}
		}
	}
}

func slotOf(packed uint64) uint64 { return packed * 0x9e3779b97f4a7c15 >> (64 - nameBits) }

// pack returns the last eight bytes of a name as one number.
func pack(name string) uint64 {
	var p uint64
	for i := range len(name) {
		p = p<<8 | uint64(name[i])
	}
	return p
}
