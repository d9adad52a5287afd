// Package hedge finds the words by which a text says that something is not certain:
// "may", "likely", "is expected to", "if", "whether".
//
// The types are those of Szarvas, Vincze, Farkas, Móra and Gurevych, "Cross-genre and
// cross-domain detection of semantic uncertainty" (Computational Linguistics 38, 2012).
// The words are listed in the file hedge.words of each language's folder in
// dateline/internal/words. At each place the longest phrase of the file that matches counts.
// Words such as "would" are hedges only if their sentence also has a condition, such as "if".
package hedge

import (
	"cmp"
	"slices"

	"dateline"
	"dateline/internal/words"
	"dateline/understand/token"
)

// The rules by which hedges are found.
const (
	ruleWord        = "hedge/word"        // a word that is one wherever it stands
	rulePhrase      = "hedge/phrase"      // words that are one together
	ruleConditional = "hedge/conditional" // a verb whose sentence has a condition
)

// The lists of hedge.words that are no types of hedges.
const (
	listPlain       = "plain"       // phrases that are no hedges although one of their words is a hedge by itself
	listConditional = "conditional" // words that are hedges if their sentence has a hedge of type condition
)

// condition is the type of hedges on which listConditional depends.
const condition = "condition"

// A phrase is one entry of a file.
type phrase struct {
	list  string
	words []uint64 // hashes of its tokens
}

// A lexicon holds the phrases of a language by the hash of their first token, the
// longest first.
type lexicon struct{ token.Table[[]phrase] }

// Find returns the hedges of t, which is written in the language lang (BCP 47; "" is
// read as English), in the order of the text. A language without a file has none.
func Find(t *token.Text, lang string) []dateline.Hedge {
	lex := lexicons.Of(lang)
	if lex == nil {
		return nil
	}
	var list []dateline.Hedge
	for _, s := range t.Sentences {
		list = lex.sentence(list, t, s)
	}
	return list
}

// Reads reports whether hedges are looked for in texts of a language, a BCP 47 tag; a
// text of no known language is read as English.
func Reads(lang string) bool { return lexicons.Of(lang) != nil }

// sentence appends the hedges of the sentence s of t to list.
func (lex *lexicon) sentence(list []dateline.Hedge, t *token.Text, s token.Range) []dateline.Hedge {
	var waiting []dateline.Hedge // for a condition
	first := len(list)
	conditional := false
	for i := int(s.First); i < int(s.End); {
		p := lex.at(t, i, int(s.End))
		if p == nil || named(t, i) {
			i++
			continue
		}
		n := len(p.words)
		start, end := int(t.Tokens[i].Start), int(t.Tokens[i+n-1].End)
		h := dateline.Hedge{Words: dateline.Words{Start: start, End: end, Text: t.Text[start:end]}, Type: p.list, Rule: ruleWord}
		if n > 1 {
			h.Rule = rulePhrase
		}
		switch p.list {
		case listPlain:
		case listConditional:
			h.Type, h.Rule = condition, ruleConditional
			waiting = append(waiting, h)
		default:
			conditional = conditional || p.list == condition
			list = append(list, h)
		}
		i += n
	}
	if conditional && len(waiting) > 0 {
		list = append(list, waiting...)
		slices.SortFunc(list[first:], func(a, b dateline.Hedge) int { return cmp.Compare(a.Start, b.Start) })
	}
	return list
}

// at returns the longest phrase that begins with token i and ends before token end;
// nil if there is none.
func (lex *lexicon) at(t *token.Text, i, end int) *phrase {
	phrases := lex.Get(t.Tokens[i].Fold)
next:
	for k := range phrases {
		p := &phrases[k]
		if i+len(p.words) > end {
			continue
		}
		for n, w := range p.words {
			if tok := &t.Tokens[i+n]; tok.Fold != w && (w != anyNumber || tok.Kind != token.Number) {
				continue next
			}
		}
		return p
	}
	return nil
}

// anyNumber is the word "#" of a phrase, which matches any number.
var anyNumber = token.Hash("#")

// named reports whether token i is a name, or a month: it has a capital that no
// sentence or quotation gives it.
func named(t *token.Text, i int) bool {
	tok := &t.Tokens[i]
	return tok.Is(token.Capital) && !tok.Is(token.AllCaps) && !tok.Is(token.Sentence) && i > 0 && t.Tokens[i-1].Kind != token.Mark
}

// lexicons holds the lexicon of each language that has one; it is nil for others.
var lexicons = words.ByLanguage[*lexicon]{File: "hedge.words", Read: read}

// read reads a file of phrases.
func read(file, lang string) *lexicon {
	lex := &lexicon{}
	var t token.Text
	for line, err := range words.Lines(file) {
		if err != nil {
			panic(err) // Unreachable: files are part of the program, and a test reads each.
		}
		for _, e := range line.Entries {
			t.Read(e, lang)
			p := phrase{list: line.List}
			for _, tok := range t.Tokens {
				p.words = append(p.words, tok.Fold)
			}
			list := lex.At(p.words[0])
			*list = append(*list, p)
		}
	}
	for _, phrases := range lex.All() {
		slices.SortStableFunc(phrases, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return lex
}
