package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"dateline"
)

// A Manifest says what an export holds, so that a paper can tell how its corpus was made
// and where it has holes. Days are those of publication, as printed.
type Manifest struct {
	Export    Origin   `json:"export"`             // how to make it again
	Articles  int      `json:"articles"`           // that were exported
	Words     int      `json:"words"`              // of their texts
	First     string   `json:"first,omitempty"`    // day of the earliest; "" if none is known
	Last      string   `json:"last,omitempty"`     // day of the latest
	Undated   int      `json:"undated"`            // articles whose day is not known
	Paywalled int      `json:"paywalled"`          // articles of which only the beginning was captured
	Textless  int      `json:"textless"`           // articles without a text
	Captured  Range    `json:"captured,omitzero"`  // when the pages were captured, as far as that is known
	Followed  []string `json:"followed,omitempty"` // addresses of the sources that the archive follows
	Outlets   []Outlet `json:"outlets"`            // who prints them, the one with most articles first
	Days      []Daily  `json:"days"`               // articles a day, in the order of the calendar; days without any are left out
	Gaps      []Range  `json:"gaps,omitempty"`     // between First and Last, all days on which no outlet has an article
	Languages []Count  `json:"languages"`          // articles in each, the most frequent first; "" if not known
	Kinds     []Count  `json:"kinds"`              // articles of each type, the most frequent first; "" if the page does not say
	Terms     string   `json:"terms"`              // under which terms the texts stand, as far as the records tell
}

// An Outlet is a publisher with what an export has of it.
type Outlet struct {
	Name     string  `json:"name"`            // of the publisher, else its site; "" if neither is known
	Site     string  `json:"site,omitempty"`  // registrable domain
	Articles int     `json:"articles"`        // of it
	Words    int     `json:"words"`           // of their texts
	First    string  `json:"first,omitempty"` // day of the earliest
	Last     string  `json:"last,omitempty"`  // day of the latest
	Days     []Daily `json:"days"`            // articles a day; days without any are left out
	Gaps     []Range `json:"gaps,omitempty"`  // between First and Last, a week or more without an article
}

// A Daily is how many articles are of one day.
type Daily struct {
	Day      string `json:"day"`      // "2022-02-10"
	Articles int    `json:"articles"` // of this day, at least 1
}

// A Count is how many articles have a value.
type Count struct {
	Value    string `json:"value"`    // a language, a type
	Articles int    `json:"articles"` // that have it, at least 1
}

// A Range is a stretch of time, both ends included.
type Range struct {
	From string `json:"from"` // a day, or a time in RFC 3339
	To   string `json:"to"`   // likewise
}

// terms are what Manifest.Terms says. The records hold no licence.
const terms = "The pages' licences are not part of the records. The rights in texts, headlines and pictures are with the outlets listed here and with their authors; " +
	"ask these, or look at what the law allows (quotation, research, text and data mining), before passing texts on. Keys, digests, dates and spans can be published."

// outletGap is how many days without an article an outlet must have for that to be a gap:
// a week, since many print nothing on some days of one.
const outletGap = 7

// A Tally counts articles while they are exported. It holds a number for each outlet and
// day, and no article.
type Tally struct {
	m         Manifest
	outlets   map[[2]string]*Outlet
	days      map[[2]string]map[string]int
	all       map[string]int
	languages map[string]int
	kinds     map[string]int
}

// NewTally returns a Tally of an export; followed are the sources of its archive.
func NewTally(o Origin, followed ...string) *Tally {
	return &Tally{
		m:       Manifest{Export: o, Terms: terms, Followed: followed},
		outlets: map[[2]string]*Outlet{}, days: map[[2]string]map[string]int{},
		all: map[string]int{}, languages: map[string]int{}, kinds: map[string]int{},
	}
}

// Count passes articles on and counts them.
func (t *Tally) Count(docs Docs) Docs { return counting(docs, t.add) }

// counting passes articles on and shows each to add.
func counting(docs Docs, add func(*dateline.Article)) iter.Seq2[*Doc, error] {
	return func(yield func(*Doc, error) bool) {
		for d, err := range docs {
			if !yield(d, err) {
				return
			}
			if err == nil {
				add(d.Article)
			}
		}
	}
}

func (t *Tally) add(a *dateline.Article) {
	n, day := words(a.Text), a.Published.Day()
	t.m.Articles++
	t.m.Words += n
	t.languages[a.Lang]++
	t.kinds[a.Type]++
	if a.Paywalled {
		t.m.Paywalled++
	}
	if a.Text == "" {
		t.m.Textless++
	}
	if at, err := time.Parse(time.RFC3339, a.Fetched); err == nil {
		s := at.UTC().Format(time.RFC3339)
		t.m.Captured.From, t.m.Captured.To = earlier(t.m.Captured.From, s), max(t.m.Captured.To, s)
	}
	key := [2]string{outlet(a), a.Publisher.Site}
	out := t.outlets[key]
	if out == nil {
		out = &Outlet{Name: key[0], Site: key[1]}
		t.outlets[key], t.days[key] = out, map[string]int{}
	}
	out.Articles++
	out.Words += n
	if day == "" {
		t.m.Undated++
		return
	}
	out.First, out.Last = earlier(out.First, day), max(out.Last, day)
	t.m.First, t.m.Last = earlier(t.m.First, day), max(t.m.Last, day)
	t.days[key][day]++
	t.all[day]++
}

// earlier returns the smaller of two texts; "" counts as none.
func earlier(a, b string) string {
	if a == "" {
		return b
	}
	return min(a, b)
}

// Manifest returns what was counted so far.
func (t *Tally) Manifest() Manifest {
	m := t.m
	m.Outlets = []Outlet{}
	for key, out := range t.outlets {
		o := *out
		o.Days = byDay(t.days[key])
		o.Gaps = gaps(o.Days, outletGap)
		m.Outlets = append(m.Outlets, o)
	}
	slices.SortFunc(m.Outlets, func(a, b Outlet) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Site, b.Site))
	})
	m.Days = byDay(t.all)
	m.Gaps = gaps(m.Days, 1)
	m.Languages, m.Kinds = byNumber(t.languages), byNumber(t.kinds)
	return m
}

// JSON returns the manifest as a file.
func (m Manifest) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(m)
	return b.Bytes(), err
}

func byDay(counts map[string]int) []Daily {
	list := []Daily{}
	for _, day := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, Daily{day, counts[day]})
	}
	return list
}

func byNumber(counts map[string]int) []Count {
	list := []Count{}
	for value, n := range counts {
		list = append(list, Count{value, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Value, b.Value))
	})
	return list
}

// gaps returns the stretches of at least so many days that lie between two of the days,
// which are in order.
func gaps(days []Daily, least int) []Range {
	var list []Range
	for i := 1; i < len(days); i++ {
		a, errA := time.Parse(time.DateOnly, days[i-1].Day)
		b, errB := time.Parse(time.DateOnly, days[i].Day)
		if errA != nil || errB != nil || b.Sub(a) < time.Duration(least+1)*24*time.Hour {
			continue
		}
		list = append(list, Range{a.AddDate(0, 0, 1).Format(time.DateOnly), b.AddDate(0, 0, -1).Format(time.DateOnly)})
	}
	return list
}

// openManifest opens a file that is nothing but the manifest.
func openManifest(w io.Writer, o Origin, _ func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	return &manifestFile{w, NewTally(o)}, nil
}

type manifestFile struct {
	w io.Writer
	t *Tally
}

func (f *manifestFile) Write(d *Doc) error {
	f.t.add(d.Article)
	return nil
}

func (f *manifestFile) Close() error {
	text, err := f.t.Manifest().JSON()
	if err == nil {
		_, err = f.w.Write(text)
	}
	return err
}
