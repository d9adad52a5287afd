package words

import (
	"cmp"
	"strings"
	"sync"
)

// ByLanguage holds what Read makes of the file File of each language. A language is read
// when it is first asked for. It may be used by several goroutines.
type ByLanguage[T any] struct {
	File string                    // its name in the folders of languages: "hedge.words"
	Read func(text, lang string) T // called once a language
	mu   sync.Mutex
	have map[string]T
}

// Of returns what was read for lang, a BCP 47 tag; "" is English. It is the zero T if the
// language has no such file. Only languages that have it are remembered: what a page says
// of its language may be anything.
func (b *ByLanguage[T]) Of(lang string) T {
	base, _, _ := strings.Cut(cmp.Or(lang, "en"), "-")
	b.mu.Lock()
	defer b.mu.Unlock()
	made, ok := b.have[base]
	if ok {
		return made
	}
	if text, has := Text(base, b.File); has {
		made = b.Read(text, base)
		if b.have == nil {
			b.have = map[string]T{}
		}
		b.have[base] = made
	}
	return made
}
