package opensearch

import (
	"strings"
	"time"

	"dateline"
	"dateline/index/field"
	"dateline/query"
	"dateline/store"
)

// A doc is a document of the index: one article with its findings. Its key in
// OpenSearch is that of the article.
type doc struct {
	Article string `json:"article"`
	Capture string `json:"capture"`
	Fetched string `json:"fetched,omitempty"` // RFC 3339 in UTC; "" if not known
	Order   int64  `json:"order"`             // the greater the newer, see orderOf
	Day     string `json:"day,omitempty"`     // of publication in UTC, "2022-02-10"; "" if not known
	Month   string `json:"month,omitempty"`   // the same, "2022-02"

	Title []string            `json:"title,omitempty"` // tokens of the headline, and of the deck
	Body  string              `json:"body,omitempty"`  // tokens
	Words map[string][]string `json:"words,omitempty"` // by fields of kind Words: the tokens of each value

	Found   map[string][]string `json:"found,omitempty"`   // by field: the values that queries find it by, folded
	Counted map[string][]string `json:"counted,omitempty"` // by field: those of them that facets count
	Spelled map[string][]string `json:"spelled,omitempty"` // the same, each as spelled writes it

	Days  []interval `json:"days,omitempty"`  // that the text speaks of: those found by a range that they share a day with
	Spans []interval `json:"spans,omitempty"` // and those found only by a range that holds them
	Said  []saying   `json:"said,omitempty"`
}

// An interval is some days, counted from 1 January 1970, which is day 0.
type interval struct {
	First int64 `json:"gte"` // the first day
	End   int64 `json:"lt"`  // the day after the last
}

// A saying is a statement.
type saying struct {
	Words string `json:"words,omitempty"` // tokens
	Who   string `json:"who,omitempty"`   // tokens of the name of the speaker
	How   string `json:"how,omitempty"`   // its polarity, folded
	By    string `json:"by,omitempty"`    // the name under which the speaker is counted, as spelled writes it; "" if none is known
	Sure  bool   `json:"sure"`            // dateline.Statement.Sure holds
}

// How much of one article is kept. The numbers are those of index/sqlite, so that both
// find the same; OpenSearch allows 10,000 statements.
const (
	maxSaid      = 4000
	maxSpoken    = 1000
	maxFacetText = 256 // bytes of a folded value
	maxSpelled   = 8 << 10
	widestDays   = 366 // see query.When
)

// separator stands between the folded form of a value and its spelling in one term. It
// is U+241F, the sign for a unit separator, which query.Fold leaves as it is; a value
// that holds it is cut there.
const separator = "\u241f"

// firstDated is added to the order of articles whose publication time is known, so that
// they are newer than all others.
const (
	firstDated  = int64(1) << 40
	secondsTo70 = 62135596800 // from the year 1 to 1970, in the calendar of ISO 8601
)

// inRange reports whether t lies in the years 1 to 9999, of which an order can be made.
func inRange(t time.Time) bool { return t.Unix() >= -secondsTo70 && t.UTC().Year() <= 9999 }

// newDoc returns what the index keeps of an article with its findings; f may be nil.
func newDoc(a *dateline.Article, f *dateline.Findings) *doc {
	d := &doc{Article: string(a.ID), Capture: string(a.Capture), Body: tokens(a.Text)}
	if t := store.Fetched(a); !t.IsZero() && inRange(t) {
		d.Fetched, d.Order = t.UTC().Format(time.RFC3339Nano), t.Unix()+secondsTo70
	}
	if t, _, ok := a.Published.Interval(); ok && inRange(t) {
		t = t.UTC()
		d.Order = firstDated + t.Unix() + secondsTo70
		if a.Published.Day() != "" {
			d.Day = t.Format("2006-01-02")
		}
		if a.Published.Month() != "" {
			d.Month = t.Format("2006-01")
		}
	}
	for _, text := range []string{a.Headline, a.Deck} {
		if s := tokens(text); s != "" {
			d.Title = append(d.Title, s)
		}
	}
	for _, x := range field.All() {
		d.addField(x, a, f)
	}
	if f != nil {
		d.addDates(f)
		d.addStatements(a, f)
	}
	return d
}

// addField adds the values that the field x has in the article, each once.
func (d *doc) addField(x field.Field, a *dateline.Article, f *dateline.Findings) {
	met := map[string]bool{}
	add := func(value string) (fold string, fresh bool) {
		fold = facetKey(value)
		fresh = fold != "" && !met[fold]
		if fresh {
			met[fold] = true
			put(&d.Found, x.Name, fold)
		}
		return fold, fresh
	}
	if x.Counted != nil {
		for _, v := range x.Counted(a, f) {
			if x.Most > 0 && len(met) == x.Most {
				break
			}
			if fold, fresh := add(v); fresh {
				put(&d.Counted, x.Name, fold)
				put(&d.Spelled, x.Name, spelled(fold, v))
			}
		}
	}
	if x.Found == nil {
		return
	}
	found := x.Found(a, f)
	if x.Most > 0 {
		found = found[:min(len(found), x.Most)]
	}
	for _, v := range found {
		if x.Kind != field.Words {
			add(v)
		} else if s := tokens(v); s != "" {
			put(&d.Words, x.Name, s)
		}
	}
}

func put(m *map[string][]string, name, value string) {
	if *m == nil {
		*m = map[string][]string{}
	}
	(*m)[name] = append((*m)[name], value)
}

// addDates adds the days that the text speaks of, each interval once.
func (d *doc) addDates(f *dateline.Findings) {
	met := map[interval]bool{}
	for _, t := range f.Dates {
		start, end, ok := t.Interval()
		i := interval{dayOf(start), dayOf(end)}
		if !ok || met[i] || i.First >= i.End {
			continue
		}
		met[i] = true
		if i.End-i.First > widestDays {
			d.Spans = append(d.Spans, i)
		} else {
			d.Days = append(d.Days, i)
		}
		if len(met) == maxSpoken {
			return
		}
	}
}

// dayOf returns the number of days from 1 January 1970 to t, the beginning of a day.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// addStatements adds the statements. A speaker has one spelling in an article, the
// first, so that nobody is counted twice in it.
func (d *doc) addStatements(a *dateline.Article, f *dateline.Findings) {
	names := map[string]string{} // by the folded form
	for i := range f.Statements[:min(len(f.Statements), maxSaid)] {
		s := &f.Statements[i]
		x := saying{Sure: s.Sure(a)}
		for _, f := range field.All() {
			switch f.Kind {
			case field.Speaker:
				x.Who = tokens(f.Statement(a, s))
			case field.Said:
				x.Words = tokens(f.Statement(a, s))
			case field.Manner:
				x.How = facetKey(f.Statement(a, s))
			}
		}
		if fold := facetKey(s.Who); fold != "" {
			if names[fold] == "" {
				names[fold] = spelled(fold, s.Who)
			}
			x.By = names[fold]
		}
		d.Said = append(d.Said, x)
	}
}

// tokens returns the tokens of a text with a space between them.
func tokens(text string) string {
	b := make([]byte, 0, len(text)+len(text)/8)
	for t := range query.Tokens(text) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, t.Text...)
	}
	return string(b)
}

// facetKey returns the form in which values are compared: folded, and cut to
// maxFacetText bytes.
func facetKey(value string) string {
	fold, _, _ := strings.Cut(query.Fold(value), separator)
	return strings.ToValidUTF8(fold[:min(len(fold), maxFacetText)], "")
}

// spelled returns a value as facets count it: the folded form, the separator, and the
// spelling.
func spelled(fold, value string) string {
	value = strings.Join(strings.Fields(value), " ")
	return fold + separator + strings.ToValidUTF8(value[:min(len(value), maxSpelled)], "")
}
