package quote

import (
	"strings"
	"sync"

	"dateline/internal/chain"
	"dateline/internal/words"
	"dateline/understand/token"
)

// No model was trained for most languages. In fourteen of these, statements are found by rules
// (speechfind.go, speechasia.go): a quotation beside a verb of speech, a dialogue that is set with
// dashes, a clause that a verb of speech or "according to" ascribes to somebody. The rules hardly
// differ between languages. Their words do, and stand in the file speech.words of each language,
// whose lists internal/words/README.md explains. This file reads them.

// A use is a set of bits: what a word can do in the clause that says who spoke. Most words have one
// use or none, but some have several, as Spanish "que", which is both "that" and "which".
type use uint32

const (
	useSay              use = 1 << iota // a verb of speech, as "said": any of the rules can start from it
	useThink                            // a verb of thought, as "fears": it counts only with a clause that "that" begins
	useShow                             // a verb of what documents do, as "shows": as useThink, but it needs a subject
	useThat                             // "that": begins the clause with what was said
	useSource                           // "according to": the speaker follows
	useSourceBehind                     // "according to" in Turkish, "göre": the speaker stands before it
	useAuxiliary                        // "has", before a participle
	useClitic                           // an unstressed pronoun beside the verb: Spanish "se"
	useNegation                         // "not"
	useArticle                          // "the", and other words that begin a noun phrase
	useOf                               // "of": the noun phrase goes on behind it
	usePronoun                          // "she": names a speaker by itself
	useRelative                         // "who"
	useBoundary                         // a preposition or conjunction: a noun phrase behind the verb ends before it
	useOpener                           // "but": can stand before the subject, to which it does not belong
	useJoining                          // "and"
	useAdverb                           // "today": can stand between the verb and its subject
	useDeny                             // a verb of speech that denies: the statement has the polarity "denied"
	useInfinitiveMarker                 // Italian "di": an infinitive with what somebody says of himself follows
	useQuoting                          // Japanese と: stands behind a quotation and before its verb
	useTopic                            // Japanese は: stands behind the subject
	useMarked                           // a verb of speech only before a comma, colon or quotation: Chinese "报道", also a noun
	useAdjunct                          // Chinese 在: begins what tells where, when or to whom, behind the subject
	useRegarding                        // French "pour": at the head of a sentence, before somebody whose view follows in quotation marks
	useAspect                           // Chinese "了": a verb before it ascribes no words to anybody
)

// usesByList gives, for each list of speech.words by its name, the uses of the words in it.
var usesByList = map[string]use{
	"say": useSay, "think": useThink, "show": useShow, "that": useThat, "source": useSource, "source-behind": useSourceBehind,
	"auxiliary": useAuxiliary, "clitic": useClitic, "negation": useNegation, "article": useArticle, "of": useOf,
	"pronoun": usePronoun, "relative": useRelative, "boundary": useBoundary, "opener": useOpener, "joining": useJoining,
	"adverb": useAdverb, "deny": useDeny, "infinitive-marker": useInfinitiveMarker, "quoting": useQuoting, "topic": useTopic,
	"say-marked": useSay | useMarked, "adjunct": useAdjunct, "aspect": useAspect, "regarding": useRegarding,
}

// useVerb is the set of the three kinds of verbs that ascribe something to somebody.
const useVerb = useSay | useThink | useShow

// A speech holds the words of speech.words for one language.
type speech struct {
	lang       string
	uses       token.Table[use] // of words and phrases, by the Hashes of their tokens, chained with chain.Pair from 0 on
	longest    int              // how many tokens the longest phrase has
	participle []string         // endings of participles, which are no verbs of speech without an auxiliary
	dropping   bool             // a verb needs no subject: Spanish "añadió", she added
	inverting  bool             // the verb follows right behind a phrase that opens the clause: Dutch "Volgens hem is …"
	bare       bool             // no comma need stand behind "according to" somebody: Polish "Zdaniem lekarza brakuje łóżek"
	surnames   map[string]bool  // Chinese surnames
	titles     []string         // words behind a name in Japanese, the longest first: "さん"
	infinitive []string         // endings of infinitives, which can tell what somebody says of himself: Spanish "dijo temer"
}

// readsBySpeech has the languages whose statements are found by rules, without their regions.
var readsBySpeech = map[string]bool{"es": true, "pt": true, "fr": true, "it": true, "nl": true, "sv": true, "ru": true, "uk": true,
	"pl": true, "cs": true, "tr": true, "ar": true, "zh": true, "ja": true}

// speeches keeps the *speech of each language that was asked for, by the language.
var speeches sync.Map

// speechOf returns the words of speech of lang, a BCP 47 tag; nil if statements in it are not
// found by rules.
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
		case "dropping":
			s.dropping = true
			continue
		case "bare-source":
			s.bare = true
			continue
		case "inverting":
			s.inverting = true
			continue
		case "participle":
			s.participle = entries
			continue
		case "surname":
			s.surnames = setOf(entries)
			continue
		case "title":
			s.titles = entries
			continue
		}
		u := usesByList[list]
		if u == 0 {
			panic(base + "/speech.words has an unknown list " + list) // Unreachable: a test reads every language.
		}
		for _, e := range entries {
			if strings.HasSuffix(e, "'") || strings.HasSuffix(e, "’") { // the cut makes one token of an elided word and its apostrophe
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

// setOf returns the words as a set.
func setOf(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// A usage tells what the word or phrase that begins at a token can do.
type usage struct {
	use use   // of the longest phrase of speech.words that begins at the token; 0 if none does
	end int32 // the token behind that phrase, or behind the token itself if there is none
}

// read appends one usage for each token of t to list. A phrase does not go on into another sentence.
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
