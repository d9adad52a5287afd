package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dateline"
	"dateline/query"
	"dateline/speaker"
)

// A said is one statement of an article as pages show it.
type said struct {
	dateline.Statement
	N        int      `json:"n"`              // among the statements of the article, from 1
	Name     string   `json:"name,omitempty"` // of the speaker, else what the text calls it
	Parts    []string `json:"said"`           // of the words
	Cues     string   `json:"attributed,omitempty"`
	Speaker  string   `json:"page,omitempty"` // address of the speaker's page; "" if there is no name
	Cite     string   `json:"cite"`           // address of its citation
	Doubtful bool     `json:"doubtful,omitempty"`
	Marked   bool     `json:"-"` // the words are marked in the text
}

// saidIn lists the statements of a that pages show: those that are sure, or
// all; left is the number of the others.
func saidIn(a *dateline.Article, f *dateline.Findings, all bool) (list []said, left int) {
	if f == nil {
		return nil, 0
	}
	for i, st := range f.Statements {
		if !all && !st.Sure() {
			left++
			continue
		}
		list = append(list, newSaid(speaker.Report{Article: a, Findings: f, N: i + 1}))
	}
	return list, left
}

func newSaid(r speaker.Report) said {
	a, st := r.Article, r.Statement()
	s := said{Statement: *st, N: r.N, Name: r.Name(), Parts: st.Words(a), Cues: st.Cues(a), Cite: citeURL(a, st), Doubtful: !st.Sure()}
	if key := speaker.Key(s.Name); key != "" {
		s.Speaker = speakerURL(key, url.Values{"in": {string(a.ID)}})
	}
	return s
}

// ID is the place of the words in the page: it tells the bytes, so that it
// names the same words however many statements are found.
func (s said) ID() string { return "said-" + wordsKey(&s.Statement) }

// wordsKey names the words of a statement within its article: "120-310",
// "deck-0-24".
func wordsKey(s *dateline.Statement) string {
	r := s.Range()
	key := fmt.Sprintf("%d-%d", r.Start, r.End)
	if s.In != "" {
		key = s.In + "-" + key
	}
	return key
}

// How says how it was said and how the article has it, as far as that is told.
func (s said) How() string {
	how := map[string]string{"direct": "in quotation marks", "mixed": "partly in quotation marks", "indirect": "in the outlet’s words"}[s.Kind]
	return cmp.Or(how, s.Kind)
}

// Account says through whom the article has it.
func (s said) Account() string { return strings.Join(s.Via, ", citing ") }

// Why is what hovering over its mark shows.
func (s said) Why() string {
	parts := []string{cmp.Or(s.Name, "speaker not named")}
	for _, p := range []string{s.Role, s.How(), s.Medium, s.Rule} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// A segment is a piece of an article's text that a statement says; of
// statements within one another, the inner one.
type segment struct {
	Start, End int
	Doubtful   bool
	Begins     []said // statements whose words begin here
	Ends       []said // statements whose words end here, the inner one first
}

// maxMarked bounds the statements marked in one text.
const maxMarked = 2000

// segments cuts what the statements say in one part of a, its text ("") or its
// deck, into pieces in the order of that part that do not overlap.
func segments(a *dateline.Article, in string, list []said) []segment {
	text := dateline.Words{In: in}.Within(a)
	type piece struct {
		dateline.Span
		first, last bool
		said        said
	}
	var pieces []piece
	met := map[string]bool{} // one mark for statements of the same words
	for _, s := range list[:min(len(list), maxMarked)] {
		if s.In != in {
			continue
		}
		from := len(pieces)
		for _, sp := range s.Content {
			if sp.In(text) {
				pieces = append(pieces, piece{Span: sp, said: s})
			}
		}
		if from < len(pieces) {
			slices.SortFunc(pieces[from:], func(a, b piece) int { return a.Start - b.Start })
			pieces[from].first, pieces[len(pieces)-1].last = !met[s.ID()], true
			met[s.ID()] = true
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var cuts []int
	for _, p := range pieces {
		cuts = append(cuts, p.Start, p.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []segment
	var open []piece // the inner ones last
	for i, at := range cuts {
		open = slices.DeleteFunc(open, func(p piece) bool { return p.End <= at })
		for len(pieces) > 0 && pieces[0].Start == at {
			open, pieces = append(open, pieces[0]), pieces[1:]
		}
		if len(open) == 0 {
			continue
		}
		seg := segment{Start: at, End: cuts[i+1], Doubtful: open[len(open)-1].said.Doubtful}
		for _, p := range open {
			if p.first && p.Start == seg.Start {
				seg.Begins = append(seg.Begins, p.said)
			}
			if p.last && p.End == seg.End {
				seg.Ends = slices.Insert(seg.Ends, 0, p.said)
			}
		}
		out = append(out, seg)
	}
	return out
}

// A passage is a piece of a text that is, or is not, part of a statement.
type passage struct {
	Runs   []run
	Said   *segment // nil if none
	Begins []said   // of Said, where it begins here and not in the block before
	Ends   []said
}

// passages cuts the fragments of a text that begins at byte start of the
// article at the segments and, within them, at the dates.
func passages(frags []query.Fragment, start int, dates []dated, segs []segment) []passage {
	var list []passage
	first, _ := slices.BinarySearchFunc(segs, start, func(s segment, at int) int { return cmp.Compare(s.End, at+1) })
	segs = segs[first:]
	size := 0
	for _, f := range frags {
		size += len(f.Text)
	}
	at, end := start, start+size
	take := func(to int, seg *segment) {
		if to <= at {
			return
		}
		var head []query.Fragment
		head, frags = cutFragments(frags, to-at)
		p := passage{Runs: runs(head, at, dates), Said: seg}
		if seg != nil && seg.Start == at {
			p.Begins = seg.Begins
		}
		if seg != nil && seg.End == to {
			p.Ends = seg.Ends
		}
		list = append(list, p)
		at = to
	}
	for i := range segs {
		if segs[i].Start >= end {
			break
		}
		take(segs[i].Start, nil)
		take(min(segs[i].End, end), &segs[i])
	}
	take(end, nil)
	return list
}

// cutFragments cuts fragments after n bytes.
func cutFragments(frags []query.Fragment, n int) (head, tail []query.Fragment) {
	for i, f := range frags {
		if n < len(f.Text) {
			if n > 0 {
				head = append(head, query.Fragment{Text: f.Text[:n], Match: f.Match})
			}
			tail = append(tail, query.Fragment{Text: f.Text[n:], Match: f.Match})
			return head, append(tail, frags[i+1:]...)
		}
		n -= len(f.Text)
		head = append(head, f)
	}
	return head, nil
}

// markSaid sets Marked of the statements whose words begin in what p shows.
func (p *articlePage) markSaid() {
	begins := map[string]bool{}
	note := func(list []passage) {
		for _, x := range list {
			for _, s := range x.Begins {
				begins[s.ID()] = true
			}
		}
	}
	note(p.Deck)
	for _, x := range p.Parts {
		note(x.Text)
		for _, item := range x.Items {
			note(item)
		}
		for _, row := range x.Rows {
			for _, cell := range row {
				note(cell)
			}
		}
	}
	for i := range p.Said {
		p.Said[i].Marked = begins[p.Said[i].ID()]
	}
}
