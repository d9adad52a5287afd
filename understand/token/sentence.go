package token

import (
	"unicode"
	"unicode/utf8"
)

// abbreviations are words that keep the point after them. A sentence does not
// end in one of those before a name; it can end in one of the others.
var (
	titles = set("mr mrs ms dr prof rev hon gen col lt maj sgt capt cmdr adm gov sen rep sens reps pres st ste fr " +
		"messrs mme mlle mgr supt det insp cpl pvt msgr amb atty " +
		"hr fr nr bzw ca dipl ing sog vgl ggf evtl abs art bd str " + // German
		"sr sra srta dra dn dña")
	ending = set("inc corp co ltd llc plc bros jr sr etc vs no al approx dept est u.s u.k u.n e.u d.c p.m a.m ph.d b.a m.a " +
		"jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri " +
		"ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa " +
		"tenn tex va vt wash wis wyo n.y n.j n.c s.c n.h n.m n.d s.d r.i w.va ave blvd rd mt ft sq " +
		"usw u.a z.b d.h o.ä jh jhdt mio mrd mill tel u.u i.d.r s.o")
	// openers are words that often open a sentence and are seldom names.
	openers = set("the a an he she it they we i you this that these those there in on at for but and as when while after " +
		"before if his her its their our my what who how why if so yet not some many most all one two with by from to " +
		"der die das er sie es ein eine im am in und aber auch nach bei mit für dies diese")
	months = set("januar jänner februar märz april mai juni juli august september oktober november dezember " +
		"jahrhundert jahrestag geburtstag bundesliga platz mal jan feb mrz apr jun jul aug sep sept okt nov dez")
)

func set(words string) map[uint64]bool {
	m := map[uint64]bool{}
	for len(words) > 0 {
		n := 0
		for n < len(words) && words[n] != ' ' {
			n++
		}
		m[Hash(words[:n])] = true
		words = words[min(n+1, len(words)):]
	}
	return m
}

// abbreviation reports whether the word from at to end keeps the point that
// follows it.
func (t *Text) abbreviation(at, end int) bool {
	w := t.Text[at:end]
	first, n := utf8.DecodeRuneInString(w)
	if n == len(w) { // "J." but not "vitamin c."
		return unicode.IsUpper(first) && (first != 'I' || t.followsName())
	}
	if len(w) > 6 {
		return false
	}
	h := Hash(w)
	if titles[h] {
		return true
	}
	if !ending[h] && !(len(w) > 2 && w[len(w)-2] == '.') { // "U.S.A."
		return false
	}
	// "no.", "mar.", "fri.", "art.": words of their own without a capital or a number
	switch w {
	case "no", "mar", "co", "mass", "miss", "ill", "wash", "fri", "sq", "la", "pa", "ind", "mon", "del", "dec", "al", "est":
		return t.beforeDigit(end + 1)
	}
	return t.lang != "de" || len(w) < 4 || unicode.IsUpper(first) || w == "usw" || w == "bzw"
}

// followsName reports whether the last token is a word with a capital that
// opens no sentence: "George I." but not "It was I."
func (t *Text) followsName() bool {
	k := len(t.Tokens) - 1
	return k > 0 && t.Tokens[k].Is(Capital) && !t.blank
}

// beforeDigit reports whether a digit stands at byte at or after a space there.
func (t *Text) beforeDigit(at int) bool {
	if at < len(t.Text) && t.Text[at] == ' ' {
		at++
	}
	return at < len(t.Text) && t.Text[at]-'0' < 10
}

// sentences finds where sentences and paragraphs begin and marks their tokens.
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

// opens reports whether token i, which is not the first, opens a sentence.
func (t *Text) opens(i int) bool {
	tok := t.Tokens[i]
	if t.closes(i) {
		return false
	}
	k := i - 1 // the last token before i that is no closing mark
	for k > 0 && t.Tokens[k].Kind == Mark && t.closes(k) && !t.stop(k) {
		k--
	}
	next := i // the first token from i that is no opening mark
	for next < len(t.Tokens)-1 && t.Tokens[next].Kind == Mark && next < i+3 && !t.stop(next) {
		next++
	}
	n := t.Tokens[next]
	small := n.Kind == Word && !n.Is(Capital) && startsSmall(t.String(next))
	switch {
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
		h := Hash(t.Text[t.Tokens[k].Start : t.Tokens[k].End-1])
		return !titles[h] && (tok.Kind == Mark && next > i && ending[h] || openers[n.Fold] && n.Is(Capital)) && t.Tokens[k].End-t.Tokens[k].Start > 2
	}
	return false
}

// startsSmall reports whether w begins with a small letter; letters of scripts
// without case are not small.
func startsSmall(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(c)
}

// stop reports whether token i ends sentences.
func (t *Text) stop(i int) bool {
	if t.Tokens[i].Kind != Mark {
		return false
	}
	switch c, _ := utf8.DecodeRuneInString(t.Text[t.Tokens[i].Start:]); c {
	case '.', '!', '?', '…', '。', '！', '？', '।', '؟':
		return true
	}
	return false
}

// closes reports whether token i is a mark that belongs to what stands before it.
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
			c == '”' || c == '»' && t.lang != "de")
	}
	return false
}

// ordinal reports whether the point after token i makes a number of it, as in
// „am 10. Februar“, before token next.
func (t *Text) ordinal(i, next int) bool {
	tok := t.Tokens[i]
	if tok.Kind != Number || tok.End-tok.Start > 2 {
		return false
	}
	if months[t.Tokens[next].Fold] {
		return true
	}
	return t.lang == "de" && i > 0 && t.Tokens[i-1].Kind == Word && !t.Tokens[i-1].Is(Capital)
}
