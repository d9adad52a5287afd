package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/understand/token"
)

// Statements in Chinese, Japanese and Turkish need rules of their own. Chinese and Japanese are
// written without spaces, so that each character is a token. In Japanese and Turkish the verb of
// speech stands behind what was said, at the end of its clause.

// ideographStop reports whether token i is a mark that ends a clause or sentence in Chinese or Japanese.
func (f *speechFinder) ideographStop(i int32) bool {
	switch f.sign(i) {
	case "，", "。", "；", "！", "？", ",", ";":
		return true
	}
	return false
}

// longClause is how many tokens, which are mostly single characters, the subject of a Chinese verb is
// looked for before it, and a Japanese verb is looked for behind the quotation that it belongs to.
const longClause = 30

// chinese finds the statements of the Chinese paragraph p. They have the forms X 表示，… (X states, …),
// X 说：“…” (X says: “…”) and “…”X 说 (“…” says X).
func (f *speechFinder) chinese(p token.Range) {
	for i := p.First; i < p.End; i = max(i+1, f.use[i].end) {
		if f.number[i] >= 0 || f.inside[i] || !f.is(i, useVerb) {
			continue
		}
		end := f.use[i].end
		next := f.sign(end)
		marked := next == "，" || next == "：" || next == ":" || next == "," || end < p.End && f.number[end] >= 0
		start := i
		for start > p.First && i-start < longClause && f.number[start-1] < 0 && !f.ideographStop(start-1) && f.sign(start-1) != "：" && !f.t.Tokens[start].Is(token.Sentence) {
			start--
		}
		before := int32(-1)
		if start > p.First {
			before = f.number[start-1]
		}
		if !marked && (before < 0 || f.sign(end) != "。") && (end-i == 1 || f.is(i, useMarked) || f.is(end, useAspect)) { // the character is a part of another word, or the word is a noun here
			continue
		}
		r := report{cue: span{i, end}, rule: ruleSpeechSaid}
		if i > p.First && f.is(i-1, useNegation) {
			r.polarity = notSaid
		}
		r.speaker = f.chineseSubject(start, i)
		from := end
		for from < p.End && (f.ideographStop(from) && f.sign(from) != "。" || f.sign(from) == "：" || f.sign(from) == ":") {
			from++
		}
		switch {
		case from < p.End && f.number[from] >= 0 && !f.taken[f.number[from]] && from > end:
			r.rule, r.content = ruleSpeechColon, f.quoteFrom(p, f.number[from])
		case before >= 0 && !f.taken[before] && (!marked || f.sign(end) == "。"):
			r.rule, r.content = ruleSpeechQuote, f.quoteFrom(p, before)
		default:
			if !f.is(i, useSay) && r.speaker.end <= r.speaker.first {
				continue
			}
			r.content = []span{f.trimmed(from, f.sentenceEnd(p, from))}
			if c := r.content[0]; c.end-c.first < leastSaid || from >= p.End || f.t.Tokens[from].Is(token.Sentence) {
				continue
			}
			f.hold(r.content[0])
		}
		if r.content[0].end > r.content[0].first {
			f.report(r)
		}
	}
}

// chineseSubject returns the subject of the verb at token end, of which the clause begins at token
// first: without "according to" before it, and without what tells where or when it was said.
func (f *speechFinder) chineseSubject(first, end int32) span {
	for first < end && f.is(first, useSource) {
		first = f.use[first].end
	}
	for k := first + 1; k < end; k++ { // 王建国周二表示, "Wang Jianguo said on Tuesday"
		if f.is(k, useAdverb) {
			end = k
		}
	}
	for first < end && f.is(first, useAdverb) {
		first = f.use[first].end
	}
	for k := first; k < end; k++ { // 李明在会上表示, "Li Ming said at the meeting": "at the meeting" does not name the speaker
		if k > first && f.is(k, useAdjunct) {
			end = k
		}
	}
	return f.phrase(first, end)
}

// chineseName returns the name at the end of the speaker: a surname and one or two characters behind it, 王建国 in 市长王建国. What stands before must
// be nothing or longer than a character, so that the surname is no part of another word. The span is empty if there is none.
func (f *speechFinder) chineseName(s span) span {
	const shortest, longest = 2, 4 // characters
	for n := int32(longest); n >= shortest; n-- {
		name := span{s.end - n, s.end}
		if name.first < s.first || name.first == s.first+1 || !f.ideographs(name) {
			continue
		}
		for k := max(1, n-2); k <= min(2, n-1); k++ { // characters of the surname
			if f.s.surnames[f.text(name.first, name.first+k)] {
				return name
			}
		}
	}
	return span{}
}

// text returns the bytes of the tokens from first to end.
func (f *speechFinder) text(first, end int32) string {
	return f.t.Text[f.t.Tokens[first].Start:f.t.Tokens[end-1].End]
}

// ideographs reports whether all tokens of s are single Chinese characters.
func (f *speechFinder) ideographs(s span) bool {
	for k := s.first; k < s.end; k++ {
		c, n := utf8.DecodeRuneInString(f.t.String(int(k)))
		if n != len(f.t.String(int(k))) || !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	return true
}

// japaneseName returns the name in a Japanese speaker: what stands between the last の and a title such as 市長 or さん, 鈴木花子 in 医師の鈴木花子さん; the
// title must be there. The span is empty if there is none.
func (f *speechFinder) japaneseName(s span) span {
	const shortest, longest = 2, 7 // tokens, which are mostly characters
	end, words := s.end, f.text(s.first, s.end)
	for _, title := range f.s.titles {
		if strings.HasSuffix(words, title) {
			at := int(f.t.Tokens[s.end-1].End) - len(title)
			for end > s.first && int(f.t.Tokens[end-1].Start) >= at {
				end--
			}
			break
		}
	}
	if end == s.end || end == s.first || int(f.t.Tokens[end-1].End) != int(f.t.Tokens[end].Start) {
		return span{}
	}
	first := end
	for first > s.first && !f.is(first-1, useOf) && f.sign(first-1) == "" {
		first--
	}
	if n := end - first; n < shortest || n > longest {
		return span{}
	}
	return span{first, end}
}

// japanese finds the statements of the Japanese paragraph p: X は「…」と述べた (X said “…”).
func (f *speechFinder) japanese(p token.Range) {
	for n, q := range f.quotes {
		if q.first < p.First || q.end > p.End || f.taken[n] {
			continue
		}
		after := q.end + 1
		if !f.is(after, useQuoting) {
			continue
		}
		stop := f.sentenceEnd(p, q.end)
		for v := f.use[after].end; v < min(stop, after+longClause); v++ {
			if !f.is(v, useSay) || f.number[v] >= 0 {
				continue
			}
			r := report{cue: span{v, f.use[v].end}, rule: ruleSpeechQuote}
			r.speaker = f.topic(f.sentenceStart(p, q.first-1), q.first-1)
			if r.speaker.end <= r.speaker.first {
				r.speaker = f.topic(f.use[after].end, v)
			}
			r.content = f.quoteFrom(p, int32(n))
			if r.content[0].end > r.content[0].first {
				f.report(r)
			}
			break
		}
	}
}

// topic returns the subject of a Japanese clause: what stands between the last comma or stop and the
// first topic marker は among the tokens from first to end. The marker counts only at the end, or
// before a comma or quotation. The span is empty if there is none.
func (f *speechFinder) topic(first, end int32) span {
	for k := first; k < end; k++ {
		if f.sign(k) == "、" || f.ideographStop(k) {
			first = k + 1
		}
		if k > first+1 && f.is(k, useTopic) && (k+1 == end || f.sign(k+1) == "、" || f.number[k+1] >= 0 || f.is(k+1, useAdverb)) {
			return f.phrase(first, k)
		}
	}
	return span{}
}

// turkish finds the statements of the Turkish paragraph p. They have the forms X, “…” dedi (X said
// “…”), “…” diyen X (X, who said “…”) and X'e göre … (according to X, …).
func (f *speechFinder) turkish(p token.Range) {
	for i := p.First; i < p.End; i = max(i+1, f.use[i].end) {
		if f.number[i] >= 0 {
			continue
		}
		switch {
		case f.is(i, useSourceBehind) && !f.inside[i]:
			start := f.sentenceStart(p, i)
			r := report{cue: span{i, i + 1}, speaker: f.phrase(start, i), rule: ruleSpeechSource}
			r.content = []span{f.trimmed(i+1, f.sentenceEnd(p, i))}
			if c := r.content[0]; i-start < longSubject && c.end-c.first >= leastSaid && r.speaker.end > r.speaker.first {
				f.hold(c)
				f.report(r)
			}
		case f.is(i, useSay):
			f.turkishVerb(p, i)
		}
	}
}

// turkishVerb reports what the verb of speech at token i ascribes to somebody: the quotation before it,
// or the clause between it and the first comma of its sentence, before which the speaker stands.
func (f *speechFinder) turkishVerb(p token.Range, i int32) {
	x := f.frameOf(p, i)
	start, end := f.sentenceStart(p, i), f.sentenceEnd(p, i)
	r := report{cue: span{i, x.end}, polarity: x.polarity}
	if x.before >= 0 && !f.taken[x.before] && x.first-x.left <= farWithin {
		r.rule = ruleSpeechQuote
		open := f.quotes[x.before].first - 1
		r.speaker = f.phrase(start, open)
		if start >= open || r.speaker.end-r.speaker.first > longSubject {
			r.speaker = f.phrase(x.end, min(end, x.end+farWithin))
		}
		if x.end < x.right && f.sign(x.end) == "" { // “…” diyen X: the speaker follows the verb
			r.speaker = f.turkishName(x.end, x.right)
		}
		r.content = f.quoteFrom(p, x.before)
		if r.content[0].end > r.content[0].first {
			f.report(r)
		}
		return
	}
	comma := start
	for comma < i && f.sign(comma) != "," {
		comma++
	}
	if comma >= i || comma-start > longSubject || f.inside[i] || x.end < end-1 && f.sign(x.end) != "." && f.sign(x.end) != "," {
		return
	}
	r.rule, r.speaker = ruleSpeechSaid, f.phrase(start, comma)
	r.content = []span{f.trimmed(comma+1, i)}
	if c := r.content[0]; c.end-c.first >= leastSaid && r.speaker.end > r.speaker.first {
		f.hold(c)
		f.report(r)
	}
}

// turkishName returns the words from token first on up to the last one with a capital, as a name with
// titles before it has them. It stops at the first mark, at token end, and after farWithin words.
func (f *speechFinder) turkishName(first, end int32) span {
	k := first
	for i := first; i < min(end, first+farWithin) && f.sign(i) == ""; i++ {
		if f.capital(i) {
			k = i + 1
		}
	}
	return f.phrase(first, k)
}
