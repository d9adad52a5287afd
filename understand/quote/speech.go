package quote

import (
	"strings"
	"sync"

	"dateline/internal/chain"
	"dateline/internal/words"
	"dateline/understand/token"
)

// In languages without models, statements are found by rules over the words of
// speech.words: quotations beside a verb of speech, dialogues with dashes, and clauses
// that such a verb or "according to" attributes (speechfind.go). The rules are the same
// for all languages, the words are not.

// A use is a set of what words do in the clause that attributes.
type use uint32

const (
	useSay              use = 1 << iota // a verb of speech, also with a quotation
	useThink                            // of thought: only with "that"
	useShow                             // of what documents do: only with "that"
	useThat                             // begins what is said
	useSource                           // "according to"
	useSourceBehind                     // the same behind its noun: "göre"
	useAuxiliary                        // "has"
	useClitic                           // a small word beside the verb: "se"
	useNegation                         // "not"
	useArticle                          // "the"
	useOf                               // goes on with a noun phrase: "of"
	usePronoun                          // "she"
	useRelative                         // "who"
	useBoundary                         // ends a noun phrase behind the verb
	useOpener                           // stands before the subject at the head of a clause
	useJoining                          // "and"
	useAdverb                           // stands between verb and subject: "today"
	useDeny                             // a verb that denies
	useInfinitiveMarker                 // Italian "di"
	useQuoting                          // Japanese と behind a quotation
	useTopic                            // Japanese は behind a subject
	useMarked                           // attributes only before a mark: "报道", which is a noun, too
	useAspect                           // behind a verb that attributes nothing: "了"
)

// usesByList are the uses of the words of each list of speech.words.
var usesByList = map[string]use{
	"say": useSay, "think": useThink, "show": useShow, "that": useThat, "source": useSource, "source-behind": useSourceBehind,
	"auxiliary": useAuxiliary, "clitic": useClitic, "negation": useNegation, "article": useArticle, "of": useOf,
	"pronoun": usePronoun, "relative": useRelative, "boundary": useBoundary, "opener": useOpener, "joining": useJoining,
	"adverb": useAdverb, "deny": useDeny, "infinitive-marker": useInfinitiveMarker, "quoting": useQuoting, "topic": useTopic,
	"say-marked": useSay | useMarked, "aspect": useAspect,
}

// useVerb are the uses of all verbs that attribute.
const useVerb = useSay | useThink | useShow

// A speech holds the words of a language that attribute.
type speech struct {
	lang       string
	uses       token.Table[use] // of words and phrases, by phraseHash
	longest    int              // tokens of the longest phrase
	participle []string         // endings of participles, which need an auxiliary
	infinitive []string         // endings of infinitives that tell what somebody says of himself
}

// readsBySpeech are the languages whose statements are found so.
var readsBySpeech = map[string]bool{"es": true, "pt": true, "fr": true, "it": true, "nl": true, "sv": true, "ru": true, "uk": true,
	"pl": true, "cs": true, "tr": true, "ar": true, "zh": true, "ja": true}

// speeches holds the words of the languages that were asked for.
var speeches sync.Map

// speechOf returns the words of lang, a BCP 47 tag; nil if statements are not found by them.
func speechOf(lang string) *speech {
	base, _, _ := strings.Cut(lang, "-")
	if !readsBySpeech[base] {
		return nil
	}
	if found, ok := speeches.Load(base); ok {
		return found.(*speech)
	}
	s := &speech{lang: base}
	var t token.Text
	for list, entries := range words.Forms(base, "speech.words") {
		switch list {
		case "infinitive":
			s.infinitive = entries
			continue
		case "participle":
			s.participle = entries
			continue
		}
		u := usesByList[list]
		if u == 0 {
			panic(base + "/speech.words has an unknown list " + list) // Unreachable: a test reads every language.
		}
		for _, e := range entries {
			if strings.HasSuffix(e, "'") || strings.HasSuffix(e, "’") { // an elided word is one token
				*s.uses.At(chain.Pair(0, token.Hash(e))) |= u
				continue
			}
			t.Read(e, base)
			h := uint64(0)
			for _, k := range t.Tokens {
				h = chain.Pair(h, k.Fold)
			}
			*s.uses.At(h) |= u
			s.longest = max(s.longest, len(t.Tokens))
		}
	}
	speeches.Store(base, s)
	return s
}

// A usage is what the words at a token do.
type usage struct {
	use use   // of the word or phrase that begins here
	end int32 // behind the longest phrase that begins here and has a use
}

// read appends the usages of the tokens of t to list.
func (s *speech) read(t *token.Text, list []usage) []usage {
	for i := range t.Tokens {
		u := usage{end: int32(i) + 1}
		h := uint64(0)
		for k := i; k < min(i+s.longest, len(t.Tokens)); k++ {
			if k > i && t.Tokens[k].Is(token.Sentence) {
				break
			}
			h = chain.Pair(h, t.Tokens[k].Fold)
			if got := s.uses.Get(h); got != 0 {
				u = usage{got, int32(k) + 1}
			}
		}
		list = append(list, u)
	}
	return list
}
