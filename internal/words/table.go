package words

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Table tells the number that a word stands for, such as that of a month. It
// holds lists of all languages whose values are numbers above zero, without
// their capitals and the points of their abbreviations, and Greek words also
// without accents, as they stand in capitals. It is built when first asked; its
// methods may be called at the same time.
type Table struct {
	lists, own []string
	once       sync.Once
	numbers    map[string]int            // of words that mean one thing wherever they are used
	local      map[string]map[string]int // of the others: by language, Any for every other
}

// NewTable returns the table of the lists with these names.
func NewTable(lists ...string) *Table { return &Table{lists: lists} }

// Own adds to t, which was not yet asked, the lists whose words count only in
// texts of their language, and returns t.
func (t *Table) Own(lists ...string) *Table {
	t.own = append(t.own, lists...)
	return t
}

// Number returns the number of a word, in lower case, of a text in the language
// lang (BCP 47; "" if it is not known), 0 if it has none. Where languages differ
// about a word, that of the text decides; for a text in none of them the folder
// any does.
func (t *Table) Number(word, lang string) int {
	t.once.Do(t.build)
	if n := t.numbers[word]; n != 0 {
		return n
	}
	local := t.local[word]
	if local == nil {
		return 0
	}
	if n, ok := local[base(lang)]; ok {
		return n
	}
	return local[Any]
}

// Everywhere returns the number of a word, in lower case, that means one thing
// wherever it is used, and else 0.
func (t *Table) Everywhere(word string) int {
	t.once.Do(t.build)
	return t.numbers[word]
}

func (t *Table) build() {
	t.numbers, t.local = map[string]int{}, map[string]map[string]int{}
	own := map[string]bool{}
	for _, lang := range append(Langs(), Any) {
		for i, lists := range [...][]string{t.lists, t.own} {
			for _, e := range Of(lang, lists...) {
				n, err := strconv.Atoi(e.Value)
				if err != nil || n <= 0 {
					panic(lang + ": " + e.Text + ": the value is no number above zero") // Unreachable: a test builds the tables.
				}
				for _, w := range printed(e.Text) {
					if t.local[w] == nil {
						t.local[w] = map[string]int{}
					}
					t.local[w][lang] = n
					own[w] = own[w] || i == 1
				}
			}
		}
	}
	for w, local := range t.local {
		if n := agreed(local); n != 0 && !own[w] {
			t.numbers[w] = n
			delete(t.local, w)
		}
	}
}

// agreed returns the number that all languages give, 0 if they differ.
func agreed(local map[string]int) (n int) {
	for _, v := range local {
		if n != 0 && v != n {
			return 0
		}
		n = v
	}
	return n
}

// greekCapitals makes of a Greek word what its capitals are in lower case.
var greekCapitals = strings.NewReplacer("ά", "α", "έ", "ε", "ή", "η", "ί", "ι", "ό", "ο", "ύ", "υ", "ώ", "ω", "ΐ", "ϊ", "ς", "σ")

// printed returns the forms in lower case that a word is looked up by.
func printed(text string) []string {
	w := strings.ToLower(text)
	if strings.Count(w, ".") == 1 {
		w = strings.TrimSuffix(w, ".")
	}
	if r, _ := utf8.DecodeRuneInString(w); unicode.Is(unicode.Greek, r) {
		if c := greekCapitals.Replace(w); c != w {
			return []string{w, c}
		}
	}
	return []string{w}
}
