package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"dateline"
	"dateline/index"
	"dateline/query"
	"dateline/relate/speaker"
)

// A Statement is one statement of one version of an article, with its words
// and with what prints it. It is the same wherever statements are shown.
type Statement struct {
	ID         string   `json:"id"`                   // ARTICLE#N, what "dateline cite" takes: N counts the statements of the newest version from 1
	Place      string   `json:"place"`                // of the words within the version, in bytes: "120-310", "deck-0-24"; CAPTURE#PLACE always names the same words
	Name       string   `json:"name,omitempty"`       // "who", else what the text calls the speaker; absent if it does not name one
	Words      []string `json:"words"`                // what is said, a part each
	Called     string   `json:"called,omitempty"`     // what the text calls the speaker here, where that is no name and was read as one: "she"
	Attributed string   `json:"attributed,omitempty"` // the words of "cue"
	Doubtful   bool     `json:"doubtful,omitempty"`   // less certain: shown only if all are asked for
	Ref
	dateline.Statement

	N int `json:"-"` // among the statements of the version, from 1
}

// NewStatement returns the statement that r reports.
func NewStatement(r speaker.Statement) Statement {
	a, st := r.Article, r.Finding()
	s := Statement{
		ID: fmt.Sprintf("%s#%d", a.ID, r.N), Place: placeOf(st), Name: r.Name(), Words: nonNil(st.Words(a)), Attributed: st.Cues(a),
		Doubtful: !st.Sure(a), Ref: newRef(a), Statement: *st, N: r.N,
	}
	if st.Kind == dateline.Passage {
		s.ID, s.Doubtful = fmt.Sprintf("%s#%s", a.Capture, s.Place), false
	}
	if s.Who != "" && s.Resolved != "" && s.Resolved != "entity/name" {
		s.Called = st.Called(a)
	}
	return s
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// placeOf names the words of a statement within its version by the bytes that
// they take, so that it is the same however many statements are found.
func placeOf(s *dateline.Statement) string {
	r := s.Range()
	text := fmt.Sprintf("%d-%d", r.Start, r.End)
	if s.In != "" {
		text = s.In + "-" + text
	}
	return text
}

// SpeakerKey returns the key of the speaker, as NewSpeaker takes it; "" if the
// text names none or has only a pronoun.
func (s Statement) SpeakerKey() string {
	if speaker.Anonymous(s.Name) {
		return ""
	}
	return speaker.Key(s.Name)
}

// Quoted reports whether the words are put in quotation marks where they are
// shown: those of the text are no part of them.
func (s Statement) Quoted() bool {
	return s.Kind == "direct" && !strings.ContainsAny(strings.Join(s.Words, ""), "“”„«»\"")
}

// Day returns the day on which the words were said, as far as it is told, else
// that on which the article was published.
func (s Statement) Day() dateline.Date { return cmp.Or(s.On, s.Published) }

// Statements yields the statements that q selects of the articles that it
// finds, in the order of the hits. The sequence ends after its first error.
func Statements(ctx context.Context, a Searcher, q query.Query) iter.Seq2[Statement, error] {
	return func(yield func(Statement, error) bool) {
		for r, err := range speaker.Statements(ctx, a, q, index.Options{}) {
			if err != nil {
				yield(Statement{}, err)
				return
			}
			if !yield(NewStatement(r), nil) {
				return
			}
		}
	}
}

// ErrNoStatement reports a reference that cannot be one of a statement.
var ErrNoStatement = errors.New("names no statement")

// FindStatement returns the statement that ref names: ARTICLE#N, where N counts
// from 1, or ARTICLE#PLACE; ARTICLE is the key of an article or a capture, or
// an address. A place in the text without a statement gives a [dateline.Passage].
func FindStatement(ctx context.Context, a Lookup, ref string) (speaker.Statement, error) {
	i := strings.LastIndexByte(ref, '#')
	if i < 0 || ref[i+1:] == "" {
		return speaker.Statement{}, fmt.Errorf("%q %w", ref, ErrNoStatement)
	}
	art, err := a.Find(ctx, ref[:i])
	if err != nil {
		return speaker.Statement{}, fmt.Errorf("article %s: %w", ref[:i], err)
	}
	return statementAt(ctx, a, art, ref[i+1:])
}

// statementAt returns the statement of art that at names: its number or the
// place of its words.
func statementAt(ctx context.Context, r Reader, art *dateline.Article, at string) (speaker.Statement, error) {
	f, err := findings(ctx, r, art.Capture)
	if err != nil {
		return speaker.Statement{}, err
	}
	if f == nil {
		f = &dateline.Findings{}
	}
	n, err := strconv.Atoi(at)
	which := "no number"
	if err != nil {
		which = "none at bytes"
		n = 1 + slices.IndexFunc(f.Statements, func(s dateline.Statement) bool { return placeOf(&s) == at })
	}
	if n == 0 {
		if r, ok := passageAt(art, at); ok {
			return r, nil
		}
	}
	if n < 1 || n > len(f.Statements) {
		return speaker.Statement{}, fmt.Errorf("article %s has %d statements, %s %s: %w", art.ID, len(f.Statements), which, at, dateline.ErrNotFound)
	}
	return speaker.Statement{Article: art, Findings: f, N: n}, nil
}

// mostPassage is how many bytes of a text can be cited at a time.
const mostPassage = 4000

// passageAt returns the passage of the text of art at a place, "120-310".
func passageAt(art *dateline.Article, at string) (speaker.Statement, bool) {
	from, to, _ := strings.Cut(at, "-")
	start, err := strconv.Atoi(from)
	if err != nil {
		return speaker.Statement{}, false
	}
	end, err := strconv.Atoi(to)
	span := dateline.Span{Start: start, End: end}
	if err != nil || !span.In(art.Text) || end-start > mostPassage {
		return speaker.Statement{}, false
	}
	f := &dateline.Findings{Statements: []dateline.Statement{{Content: []dateline.Span{span}, Kind: dateline.Passage, Rule: dateline.Passage}}}
	return speaker.Statement{Article: art, Findings: f, N: 1}, true
}
