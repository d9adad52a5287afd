package quote

import "dateline/understand/token"

// A layout is a statement that the layout of the text tells rather than a verb: a line of a transcript,
// "STONE: We never met.", or a quotation with a dash and a name, "“We never met.” — Ada Stone".
type layout struct {
	speaker, content chunk
	cue              int32  // the token that stands for a cue: a colon or dash, or a word (regarded in block.go)
	rule             string // what found it: one of the names in rules.go
}

// findLayouts fills f.layouts, f.voices and f.blocks, and sets the tags of their parts.
func (f *Finder) findLayouts() {
	f.layouts, f.voices, f.blocks = f.layouts[:0], f.voices[:0], f.blocks[:0]
	f.transcript()
	f.signed()
	f.introduced()
	f.underNames()
	f.listed()
	f.regarded()
	f.claimed()
	f.cuesOfBlocks()
	f.signedBlocks()
	if len(f.layouts) == 0 {
		f.interview()
	}
	for i := range f.layouts {
		x := &f.layouts[i]
		if x.speaker.end <= x.content.first {
			f.clearTags(x.speaker.end, x.content.first) // what stands between was not said
		}
		f.setTags(x.content.first, x.content.end, beginContent, x.rule)
		f.setTags(x.speaker.first, x.speaker.end, beginSpeaker, x.rule)
		f.setTags(x.cue, x.cue+1, beginCue, x.rule)
	}
	for i := range f.voices {
		v := &f.voices[i]
		f.setTags(v.content.first, v.content.end, beginContent, v.rule)
		f.clearTags(v.speaker.first, v.speaker.end)
	}
}

// setTags tags the tokens from first to end as a part whose first label is begin, and notes the rule that
// made it. If it cuts another part in two, the rest behind it becomes a part of its own.
func (f *Finder) setTags(first, end int32, begin uint8, rule string) {
	f.ruled(first, rule)
	if int(end) < len(f.tags) && f.tags[end] != none && f.tags[end]%2 == 0 {
		f.tags[end]--
	}
	for i := first; i < end; i++ {
		f.tags[i] = begin + 1
	}
	f.tags[first] = begin
}

// leastWords is how many tokens the line of a transcript has at least behind the colon.
const leastWords = 3

// leastLines is how many paragraphs of a transcript begin at least with a name and a colon. Half of them or
// more must have a name that comes more than once.
const leastLines = 3

// transcript adds the lines of a transcript to f.layouts, if the text is one.
func (f *Finder) transcript() {
	n := map[uint64]int{}
	for _, r := range f.text.Paragraphs {
		if name, colon := f.lead(r); colon > 0 {
			f.layouts = append(f.layouts, layout{speaker: name, cue: colon, content: f.trim(colon+1, r.End), rule: ruleTranscript})
			n[f.views[name.end-1].word]++
		}
	}
	twice := 0
	for _, k := range n {
		if k > 1 {
			twice += k
		}
	}
	if len(f.layouts) < leastLines || twice*2 < len(f.layouts) {
		f.layouts = f.layouts[:0]
	}
}

// lead returns the name with which the paragraph r begins, perhaps behind a quotation mark, and the colon
// behind it; 0 for the colon if there is none.
func (f *Finder) lead(r token.Range) (name chunk, colon int32) {
	const longest = 5
	if f.marks.signs[r.First]&opensHere != 0 {
		r.First++
	}
	for i := r.First; i < min(r.First+longest, r.End-leastWords); i++ {
		tok := f.text.Tokens[i]
		if f.views[i].stop == wordColon {
			name = chunk{first: r.First, end: i}
			w := f.views[r.First].word
			if i == r.First || f.text.Tokens[i-1].End-f.text.Tokens[r.First].Start < 2 || i == r.First+1 && (f.model.grammar.asking[w] || f.model.grammar.answering[w]) { // "Q:"
				break
			}
			return name, i
		}
		if tok.Kind != token.Word || !tok.Is(token.Capital) {
			break
		}
	}
	return name, 0
}

// signed adds to f.layouts the quotations behind which a dash, or a colon (see headed), and a name stand.
func (f *Finder) signed() {
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		dash := q.end + 1
		if q.open || q.end-q.first < 3 || int(dash) >= len(f.text.Tokens) || f.views[dash].word != longDash && !f.shortDash(dash) && !f.headed(q, dash) {
			continue
		}
		if name, ok := f.signature(dash + 1); ok {
			f.layouts = append(f.layouts, layout{speaker: name, cue: dash, content: f.trim(q.first, q.end), rule: ruleSigned})
		}
	}
}

// shortDash reports whether token i is a dash or hyphen with a space on either side.
func (f *Finder) shortDash(i int32) bool {
	if f.views[i].stop != hyphen && !dash(f.text, int(i)) || f.text.Tokens[i].Is(token.Glued) {
		return false
	}
	return int(i)+1 < len(f.text.Tokens) && !f.text.Tokens[i+1].Is(token.Glued)
}

// headed reports whether token i is a colon that leads from the quotation q, which begins a line, to who
// said it, as in headlines: “‘The economy isn’t booming’: Nordia”.
func (f *Finder) headed(q *quotation, i int32) bool {
	return f.views[i].stop == wordColon && q.first > 0 && (q.first == 1 || f.newLine(q.first-1))
}

// signature returns the name that begins at token i, if the rest of the line holds nothing else but a
// point, or a comma and what follows it.
func (f *Finder) signature(i int32) (name chunk, ok bool) {
	const longest = 8
	name = chunk{first: i, end: i}
	for ; ; i++ {
		if i > name.first && f.lineEnd(i) {
			return name, name.end > name.first
		}
		tok := f.text.Tokens[i]
		if f.views[i].stop == comma || f.views[i].stop == point && f.lineEnd(i+1) {
			return name, name.end > name.first
		}
		if i-name.first == longest || tok.Kind == token.Number || tok.Kind == token.Mark && f.views[i].stop != hyphen {
			return name, false
		}
		if !tok.Is(token.Capital) && (i == name.first || tok.End-tok.Start > 3) { // but "van der", "de la"
			return name, false
		}
		name.end = i + 1
	}
}

// lineEnd reports whether a line ends before token i.
func (f *Finder) lineEnd(i int32) bool { return int(i) == len(f.text.Tokens) || f.newLine(i) }

// newLine reports whether token i, which is not the first, begins a line.
func (f *Finder) newLine(i int32) bool {
	return f.text.Tokens[i].Is(token.Paragraph) || f.views[i].shape&lineStart != 0
}

// trim returns the tokens from first to end without the marks at their edges. At least one token stays.
func (f *Finder) trim(first, end int32) chunk {
	for first < end-1 && f.text.Tokens[first].Kind == token.Mark {
		first++
	}
	for first < end-1 && f.text.Tokens[end-1].Kind == token.Mark {
		end--
	}
	return chunk{first: first, end: end}
}

// linkLayouts links the parts of each layout, in place of what models chose.
func (f *Finder) linkLayouts() {
	p := &f.parts
	for n := range f.layouts {
		x := &f.layouts[n]
		cue, speaker := from(p.cues, x.cue), from(p.speakers, x.speaker.first)
		if cue == len(p.cues) || speaker == len(p.speakers) || p.cues[cue].first != x.cue || p.speakers[speaker].first != x.speaker.first {
			continue // a layout inside of another
		}
		for i := from(p.contents, x.content.first); i < len(p.contents) && p.contents[i].first < x.content.end; i++ {
			c := &p.contents[i]
			c.cue, c.linkProb, c.speaker, c.voiceProb = int32(cue), 1, int32(speaker), 1
		}
		q := &p.cues[cue]
		q.speaker, q.linkProb, q.layout = int32(speaker), 1, int32(n+1)
	}
	for i := range p.contents {
		c := &p.contents[i]
		if c.cue < 0 || p.cues[c.cue].layout == 0 {
			continue
		}
		x := &f.layouts[p.cues[c.cue].layout-1]
		if x.rule == ruleSigned && (c.first < x.content.first || c.first >= x.content.end) { // signed words are the signer's, no others
			c.cue, c.linkProb = -1, 0
		}
	}
}

var (
	wordColon    = token.Hash(":")
	point        = token.Hash(".")
	questionMark = token.Hash("?")
)

// clearTags removes the tags of the tokens from first to end. If it cuts a part in two, the rest behind
// becomes a part of its own.
func (f *Finder) clearTags(first, end int32) {
	if int(end) < len(f.tags) && f.tags[end] != none && f.tags[end]%2 == 0 {
		f.tags[end]--
	}
	for i := first; i < end; i++ {
		f.tags[i] = none
	}
}
