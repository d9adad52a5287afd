// Package timeline makes a timeline of articles: the days that they speak of and are
// published on, and for each day the sentences that most reports support, with their
// places in the articles.
//
// A [Maker] is given article by article and keeps what each says of days. A day
// counts once an article: more where the article looks back to it than where it tells
// the news of the day, and most where it heads an entry of a list of days (day.go). Of
// what is said of a day the sentences nearest to the middle of all are taken (sentence.go).
//
// To count days that articles look back to is the method of Gholipour Ghalandari and
// Ifrim, "Examining the State-of-the-Art in News Timeline Summarization" (ACL 2020),
// who also found that the choice of days decides.
package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline"
	"dateline/query"
	"dateline/understand/token"
)

// A Request says which timeline is wanted. The zero Request asks for everything that
// is said of any day.
type Request struct {
	Query     query.Query // whose words it is about; without words every article is as much about it as any other
	From, To  string      // the first and last day, "2011-01-25"; "" sets no bound
	Days      int         // the most days; 0 means DefaultDays
	Sentences int         // the most sentences a day; 0 means 1
}

// DefaultDays is how many days a timeline has if the request does not say.
const DefaultDays = 20

// A Point is a day of a timeline.
type Point struct {
	Date      string     // "2011-01-25"
	Sentences []Sentence // the best first; at least one
	Speak     int        // articles that speak of the day, without those that only copy what another says of it
	Published int        // articles that were published on it
}

// A Sentence is a sentence of an article, word for word.
type Sentence struct {
	Article *dateline.Article // in which it stands
	Start   int               // first byte of Article.Text
	End     int               // byte after the last
	Rule    string            // how it tells of the day: "timeline/looks-back"
	Reports int               // articles that say of the day what is much the same, this one among them
}

// Text returns the sentence as it stands in the article.
func (s Sentence) Text() string { return s.Article.Text[s.Start:s.End] }

// The rules by which a sentence tells of a day, from the strongest.
const (
	RuleEntry     = "timeline/entry"      // it is an entry of a list of days, and the day stands at its head
	RuleLooksBack = "timeline/looks-back" // it names the day two days or more after it
	RuleSpeaks    = "timeline/speaks"     // it names the day on it or the day after
	RuleAhead     = "timeline/ahead"      // it names the day before it
	RuleOpens     = "timeline/opens"      // it opens an article published on the day
)

// A Maker collects what articles say of days. The zero Maker is not ready for use.
type Maker struct {
	request Request
	query   []string // words of the query, folded
	days    map[string]*day
	seen    map[uint64]*dateline.Article // who first said a sentence of a day, to tell copies
	texts   int                          // articles
	holding map[uint64]int               // how many articles hold a word
	scratch token.Text
}

// New returns a Maker for the timeline that r asks for.
func New(r Request) *Maker {
	r.Days, r.Sentences = cmp.Or(r.Days, DefaultDays), cmp.Or(r.Sentences, 1)
	m := &Maker{request: r, days: map[string]*day{}, seen: map[uint64]*dateline.Article{}, holding: map[uint64]int{}}
	for _, t := range r.Query.Terms() {
		m.query = append(m.query, t.Tokens...)
	}
	return m
}

// A day gathers what all articles say of one day.
type day struct {
	date       string
	spoken     map[string]float64 // weight of what articles published on a day say of it
	speak      int
	published  int
	weight     float64 // of the articles that were published on it
	score      float64 // by which days are ranked
	candidates []candidate
}

// Add adds an article with the dates that were found in it. An article that does not
// tell when it was published, to the day, says nothing.
func (m *Maker) Add(a *dateline.Article, dates []dateline.Timex) {
	published := a.Published.Day()
	if !isDay(published) || a.Skip != "" {
		return
	}
	m.scratch.Read(a.Text, a.Lang)
	list := sentences(&m.scratch)
	m.count(&m.scratch)
	about := m.about(list, a.Text)
	m.publish(a, published, list, dates, about)
	best := map[string]float64{} // what the article's strongest sentence adds, by day
	entries := entriesOf(a.Text, dates)
	for i := range dates {
		d := &dates[i]
		date := dayOf(d)
		if date == "" || !m.within(date) {
			continue
		}
		s := sentenceAt(list, d.Start)
		if s == nil || inTable(a, d.Start) {
			continue
		}
		rule := ruleOf(published, date, entries[i])
		y := m.day(date)
		if copied := !y.add(m, a, s, rule, about); copied {
			continue
		}
		best[date] = max(best[date], dayWeight[rule]*about)
	}
	for date, w := range best {
		y := m.days[date]
		y.speak++
		y.spoken[published] += w
	}
}

// inTable reports whether byte at of the text stands in a table, whose rows are no sentences.
func inTable(a *dateline.Article, at int) bool {
	return slices.ContainsFunc(a.Blocks, func(b dateline.Block) bool {
		return b.Kind == dateline.Table && b.Start <= at && at < b.End
	})
}

// publish counts a for the day on which it was published. What opens it tells of that
// day, unless it names another.
func (m *Maker) publish(a *dateline.Article, date string, list []sentence, dates []dateline.Timex, about float64) {
	if !m.within(date) {
		return
	}
	y := m.day(date)
	y.published++
	y.weight += about
	for i := range list[:min(len(list), opening)] {
		elsewhere := slices.ContainsFunc(dates, func(d dateline.Timex) bool {
			named := dayOf(&d)
			return named != "" && named != date && d.Start >= list[i].start && d.End <= list[i].end
		})
		if !elsewhere && !inTable(a, list[i].start) {
			y.add(m, a, &list[i], RuleOpens, about)
		}
	}
}

// opening is how many sentences at the beginning of an article can tell what happened
// on the day of its publication; set on the development topics, where 1 to 4 differ little.
const opening = 3

// day returns what has been gathered for a date, written "2011-01-25"; a new day if there
// was none.
func (m *Maker) day(date string) *day {
	y := m.days[date]
	if y == nil {
		y = &day{date: date, spoken: map[string]float64{}}
		m.days[date] = y
	}
	return y
}

// within reports whether a date lies in the period that was asked for.
func (m *Maker) within(date string) bool {
	return (m.request.From == "" || date >= m.request.From) && (m.request.To == "" || date <= m.request.To)
}

// about returns from 0 to 1 how much an article is about the query: whether enough of
// its sentences hold one of its words.
func (m *Maker) about(list []sentence, text string) float64 {
	if len(m.query) == 0 || len(list) == 0 {
		return 1
	}
	n := 0
	for i := range list {
		list[i].asked = m.holds(text[list[i].start:list[i].end])
		if list[i].asked {
			n++
		}
	}
	return min(1, float64(n)/float64(len(list))/enough)
}

// enough is the share of sentences with a word of the query from which on an article
// is wholly about it; set by eye on the development topics, where 0.2 to 0.4 differ little.
const enough = 0.4

// holds reports whether text has a word of the query, or one that is made of it.
func (m *Maker) holds(text string) bool {
	for t := range query.Tokens(text) {
		for _, q := range m.query {
			if kindred(q, t.Text) {
				return true
			}
		}
	}
	return false
}

// kindred reports whether two folded words are alike, but for their last letters if
// they are long enough: "protests" and "protesters", "libya" and "libyan".
func kindred(a, b string) bool {
	const stem, ending = 4, 3 // bytes that must agree; that may differ at the end of either
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n == len(a) && n == len(b) || n >= stem && len(a)-n <= ending && len(b)-n <= ending
}

// Points returns the timeline in the order of the days.
func (m *Maker) Points() []Point {
	points := []Point{}
	for _, y := range m.ranked() {
		if len(points) == m.request.Days {
			break
		}
		if told := m.tell(y); len(told) > 0 {
			points = append(points, Point{Date: y.date, Speak: y.speak, Published: y.published, Sentences: told})
		}
	}
	slices.SortFunc(points, func(a, b Point) int { return strings.Compare(a.Date, b.Date) })
	return points
}

// dayOf returns the day that d means, "" if it means none. A date of the deck has no
// sentence in the text.
func dayOf(d *dateline.Timex) string {
	value, _, _ := strings.Cut(d.Value, "T")
	if d.In != "" || d.Type != "DATE" && d.Type != "TIME" || !isDay(value) {
		return ""
	}
	return value
}

// isDay reports whether s is a day of the calendar: "2011-01-25".
func isDay(s string) bool {
	if len(s) != len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// trimmed returns the range of text from start to end without white space around it.
func trimmed(text string, start, end int) (int, int) {
	s := text[start:end]
	start += len(s) - len(strings.TrimLeft(s, " \t\r\n\u00a0"))
	end = start + len(strings.TrimRight(text[start:end], " \t\r\n\u00a0"))
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return start, end
}
