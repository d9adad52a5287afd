package quote

// complete gives a cue of speech without a content the clause after it that
// "that" begins, which ends with the sentence: "said on Friday that …".
func (f *Finder) complete() {
	const speech = 1<<1 | 1<<2 // the classes say and claim
	const farthest = 5
	for k := range f.sents {
		s := &f.sents[k]
		cue, that := int32(-1), int32(-1)
		content := false
		for i := s.first; i < s.end; i++ {
			switch t := f.tags[i]; {
			case t == beginCue && cue >= 0: // which of two cues is not told
				content = true
			case t == beginCue || t == insideCue:
				if cue < 0 || t == insideCue {
					cue = i
				}
			case t >= beginContent:
				content = true
			case cue >= 0 && that < 0 && i-cue <= farthest && f.model.grammar.that[f.views[i].word]:
				that = i
			}
		}
		if content || that < 0 || f.views[cue].class&speech == 0 || f.marks.number[that] >= 0 {
			continue
		}
		if c := f.trim(that, s.end); c.end-c.first > 2 {
			f.setTags(c.first, c.end, beginContent)
		}
	}
}
