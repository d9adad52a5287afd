package token

import (
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// abbreviation reports whether the word of the bytes from at to end is an abbreviation, so that the point
// that follows belongs to its token.
func (t *Text) abbreviation(at, end int) bool {
	w := t.Text[at:end]
	first, n := utf8.DecodeRuneInString(w)
	if n == len(w) { // "J." but not "vitamin c."
		return unicode.IsUpper(first) && (first != 'I' || t.followsName())
	}
	switch a := text.AbbreviationOf(w).Cut(); {
	case a&(text.Title|text.Short) != 0:
		return true
	case a&text.Numbered != 0: // "no. 5", "art. 3": without a number they are plain words
		return t.beforeDigit(end + 1)
	}
	return len(w) > 2 && len(w) <= maxPointed && w[len(w)-2] == '.' // "U.S.A."
}

// maxPointed is how many bytes an abbreviation with points in it can have, without the last point.
const maxPointed = 6

// followsName reports whether a word with a capital stands right before, so that an "I" with a point can be
// the number of a king: "George I." but not "It was I." The first token of the text does not count, nor
// does one before a blank line.
func (t *Text) followsName() bool {
	k := len(t.Tokens) - 1
	return k > 0 && t.Tokens[k].Is(Capital) && !t.blank
}

// beforeDigit reports whether a digit stands at byte at, or behind a space at byte at.
func (t *Text) beforeDigit(at int) bool {
	if at < len(t.Text) && t.Text[at] == ' ' {
		at++
	}
	return at < len(t.Text) && t.Text[at]-'0' < 10
}

// sentences fills t.Sentences and t.Paragraphs, and gives the first tokens of sentences the flag Sentence.
// The flag Paragraph is set before.
func (t *Text) sentences() {
	sent, para := 0, 0
	for i := range t.Tokens {
		tok := &t.Tokens[i]
		if i > 0 && tok.Is(Paragraph) {
			t.Paragraphs = append(t.Paragraphs, Range{int32(para), int32(i)})
			para = i
		}
		if i == 0 || tok.Is(Paragraph) || i > sent && t.opens(i) {
			if i > 0 {
				t.Sentences = append(t.Sentences, Range{int32(sent), int32(i)})
			}
			tok.Flags |= Sentence
			sent = i
		}
	}
	if n := len(t.Tokens); n > 0 {
		t.Sentences = append(t.Sentences, Range{int32(sent), int32(n)})
		t.Paragraphs = append(t.Paragraphs, Range{int32(para), int32(n)})
	}
}

// opens reports whether token i, which is not the first of the text, opens a sentence: a mark that ends
// sentences stands before it, and neither that nor what follows shows that the sentence goes on.
func (t *Text) opens(i int) bool {
	tok := t.Tokens[i]
	if t.closes(i) {
		return false
	}
	k := i - 1 // the last token before i that is no closing mark
	for k > 0 && t.Tokens[k].Kind == Mark && t.closes(k) && !t.stop(k) {
		if t.Text[t.Tokens[k].Start] == ',' { // “… in the U.S.,” Lund said
			return false
		}
		k--
	}
	next := i // the first token from i that is no opening mark
	for next < len(t.Tokens)-1 && t.Tokens[next].Kind == Mark && next < i+3 && !t.stop(next) {
		next++
	}
	n := t.Tokens[next]
	small := n.Kind == Word && !n.Is(Capital) && startsSmall(t.String(next))
	switch {
	case t.stop(k) && t.fullWidth(k):
		return true
	case t.stop(k):
		if t.Tokens[k].Is(Glued) && k > 0 && t.ordinal(k-1, next) {
			return false
		}
		if small && (k < i-1 || t.Text[t.Tokens[k].Start] != '.') { // “Why?” he asked
			return false
		}
		if k > 0 && t.Tokens[k].Is(Glued) && t.Tokens[k-1].End-t.Tokens[k-1].Start == 1 && startsSmall(t.String(k-1)) { // "u. a."
			return false
		}
		if small { // "He left. she stayed"
			return k == i-1 && !tok.Is(Glued) && t.Tokens[k].Is(Glued) && !(k > 0 && t.stop(k-1))
		}
		return !tok.Is(Glued) || k == i-1 && n.Is(Capital) || k < i-1
	case t.Tokens[k].Kind == Word && t.Tokens[k].Is(Pointed) && t.Text[t.Tokens[k].End-1] == '.':
		if small || tok.Is(Glued) && k == i-1 {
			return false
		}
		if k < i-1 { // “… in the U.S.” Then
			return n.Is(Capital)
		}
		a := text.AbbreviationOf(t.Text[t.Tokens[k].Start : t.Tokens[k].End-1]).Cut()
		return a&text.Title == 0 && (tok.Kind == Mark && next > i && a&text.Short != 0 || text.IsCutOpener(n.Fold) && n.Is(Capital)) && t.Tokens[k].End-t.Tokens[k].Start > 2
	}
	return false
}

// fullWidth reports whether token i is a full stop, question mark or exclamation mark of Chinese and
// Japanese texts, behind which a sentence begins without a space.
func (t *Text) fullWidth(i int) bool {
	switch t.String(i) {
	case "。", "！", "？":
		return t.lang == "zh" || t.lang == "ja"
	}
	return false
}

// startsSmall reports whether w begins with a small letter. Letters of scripts without capitals, such as
// Arabic, do not count as small.
func startsSmall(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(c)
}

// stop reports whether token i is a mark that ends sentences, such as a full stop.
func (t *Text) stop(i int) bool {
	if t.Tokens[i].Kind != Mark {
		return false
	}
	c, _ := utf8.DecodeRuneInString(t.Text[t.Tokens[i].Start:])
	return text.IsStop(c)
}

// closes reports whether token i is a mark that belongs to what stands before it: a stop, a comma, a
// bracket or quotation mark that closes. Of quotation marks, the spaces around tell whether they close.
func (t *Text) closes(i int) bool {
	tok := t.Tokens[i]
	if tok.Kind != Mark {
		return false
	}
	switch c, _ := utf8.DecodeRuneInString(t.Text[tok.Start:]); c {
	case '.', ',', ';', ':', '!', '?', '…', ')', ']', '}', '。', '！', '？':
		return true
	case '"', '\'', '”', '’', '»', '“', '‘', '«', '›', '‹':
		return tok.Is(Glued) && (i+1 == len(t.Tokens) || !t.Tokens[i+1].Is(Glued) || t.Tokens[i+1].Kind == Mark ||
			c == '”' || c == '»' && !t.habit.Opens("»"))
	}
	return false
}

// ordinal reports whether the point behind token i is no full stop but makes an ordinal of a number of one
// or two digits, as in „am 10. Februar“. Token next is the word behind the point. It is an ordinal before the
// name of a month and the like, and, in languages that write ordinals so, behind a word with a small letter.
func (t *Text) ordinal(i, next int) bool {
	tok := t.Tokens[i]
	if tok.Kind != Number || tok.End-tok.Start > 2 {
		return false
	}
	if text.IsBehindOrdinal(t.Tokens[next].Fold) {
		return true
	}
	return t.habit.Ordinals && i > 0 && t.Tokens[i-1].Kind == Word && !t.Tokens[i-1].Is(Capital)
}
