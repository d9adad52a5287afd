package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/dump"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// An Explanation says why the record of a page is as it is: for each field what
// was weighed, for each block of the page why it is part of the text or not.
type Explanation struct {
	Article *dateline.Article `json:"article"` // the record, as Capture makes it
	Fields  []FieldChoice     `json:"fields"`  // in the order of the record
	Blocks  []body.Choice     `json:"blocks"`  // in the order of the page, with what is read as no block; none for a flattened dump
}

// A FieldChoice says where the value of a field comes from, and what else was
// considered.
type FieldChoice struct {
	Field      string      `json:"field"`         // as in the record: "bylines"
	Value      string      `json:"value"`         // as one line; "" if nothing was found
	Way        string      `json:"way,omitempty"` // the field's evidence; see Ways
	Candidates []Candidate `json:"candidates"`    // never nil; in the order in which they were considered, the chosen one among them
}

// A Candidate is one value that was considered for a field.
type Candidate struct {
	Value  string  `json:"value"`            // as one line
	Way    string  `json:"way"`              // how it was found
	Rank   int     `json:"rank,omitempty"`   // its place in the order of trust, from 1; 0 where that does not decide
	Score  float64 `json:"score,omitempty"`  // more is better, compared within a field only; 0 where it has none
	Chosen bool    `json:"chosen"`           // it stands in the record
	Agrees bool    `json:"agrees,omitempty"` // it was not chosen, and says the same as the value, or the same less exactly
	Why    string  `json:"why"`              // why it was chosen, or what it says beside the value, or why it lost
	// Printed is the line of the page in which readers see the value, as it stands there;
	// "" of what the page states elsewhere.
	Printed string `json:"printed,omitempty"`

	fault string // for which it will not do, whatever the others are
}

// Explain reads the payload of a capture as Capture does, and says why the record is as
// it is. It takes several times as long as Capture. It never returns nil.
func Explain(c *dateline.Capture, payload []byte) *Explanation {
	e, why := &Explanation{Blocks: []body.Choice{}}, &trace{}
	if c.Type == dateline.TypeDump {
		a, considered := dump.Explain(payload)
		for _, k := range considered {
			why.add(k.Field, Candidate{Value: k.Value, Way: k.Way, Score: k.Score, fault: k.Fault})
		}
		e.Article = a
		fillIn(a, c)
	} else {
		t := dom.Parse(dom.Decode(payload, c.Charset))
		defer t.Release()
		p := page.Read(t, addressOf(c))
		defer p.Release()
		e.Article = read(p, why)
		nameChallenge(e.Article, p, payload)
		detach(e.Article)
		fillIn(e.Article, c)
		e.Blocks = append(e.Blocks, why.blocks...)
	}
	for _, f := range fields(e.Article) {
		f.Candidates = why.weighed(f)
		e.Fields = append(e.Fields, f)
	}
	e.went()
	return e
}

// fields returns the fields of a record that have evidence, each value as one line.
func fields(a *dateline.Article) []FieldChoice {
	both := func(s ...string) string {
		return strings.Join(slices.DeleteFunc(s, func(s string) bool { return s == "" }), ", ")
	}
	var pictures []string
	for _, im := range a.Images {
		pictures = append(pictures, im.URL)
	}
	var quoted, entries []string
	for i := range a.Embeds {
		quoted = append(quoted, a.Embeds[i].Line())
	}
	for _, u := range a.Updates {
		entries = append(entries, string(u.Published))
	}
	var credits, authors []string
	for _, c := range a.Credits {
		credits = append(credits, c.Name+" ("+c.Did+")")
	}
	for _, author := range a.Authors {
		authors = append(authors, both(author.Name, author.URL))
	}
	paid, length := "", ""
	if a.Paywalled {
		paid = isPaid
	}
	if a.Text != "" {
		length = inBytes(len(a.Text))
	}
	all := []FieldChoice{
		{Field: "canonical", Value: a.Canonical}, {Field: "lang", Value: a.Lang}, {Field: "publisher", Value: cmp.Or(a.Publisher.Name, a.Publisher.Site, a.Publisher.Logo)},
		{Field: "headline", Value: a.Headline}, {Field: "deck", Value: a.Deck}, {Field: "bylines", Value: strings.Join(a.Bylines, ", ")},
		{Field: "published", Value: string(a.Published)}, {Field: "modified", Value: string(a.Modified)}, {Field: "text", Value: length},
		{Field: "corrections", Value: strings.Join(a.Corrections, ", ")}, {Field: "dateline", Value: both(a.Dateline.Place, a.Dateline.Agency)},
		{Field: "section", Value: a.Section}, {Field: "tags", Value: strings.Join(a.Tags, ", ")}, {Field: "images", Value: strings.Join(pictures, ", ")},
		{Field: "paywalled", Value: paid}, {Field: "embeds", Value: strings.Join(quoted, ", ")}, {Field: "updates", Value: strings.Join(entries, ", ")},
		{Field: "type", Value: a.Type}, {Field: "copy_of", Value: a.CopyOf}, {Field: "credits", Value: strings.Join(credits, ", ")},
		{Field: "authors", Value: strings.Join(authors, ", ")},
	}
	for i := range all {
		all[i].Value, all[i].Way = text.Line(all[i].Value), a.Evidence[all[i].Field]
	}
	return all
}

// inBytes returns what an explanation shows in place of the text: its length.
func inBytes(n int) string { return fmt.Sprint(n, " bytes") }

// A trace notes what is weighed while a page is read. A nil trace notes nothing.
type trace struct {
	fields map[string][]Candidate
	blocks []body.Choice
}

// ranked notes a value with its place in an order of trust, from 1 on, or 0 if it has
// none. fault says why the value cannot be used, "" if it can.
func (t *trace) ranked(field string, c claim, rank int, fault string) {
	if t != nil {
		t.add(field, Candidate{Value: c.value, Way: c.from, Rank: rank, fault: fault})
	}
}

// scored notes a value with its score; remark says what speaks for it or against it.
func (t *trace) scored(field string, c claim, score float64, remark string) {
	if t != nil {
		t.add(field, Candidate{Value: c.value, Way: c.from, Score: score, Why: remark})
	}
}

// add notes a candidate for a field, unless its value is empty. The trace must not be nil.
func (t *trace) add(field string, c Candidate) {
	if c.Value = text.Line(c.Value); c.Value == "" {
		return
	}
	c.Printed = text.Line(c.Printed)
	if t.fields == nil {
		t.fields = map[string][]Candidate{}
	}
	t.fields[field] = append(t.fields[field], c)
}

// claims notes values that come in the order of trust.
func (t *trace) claims(field string, list []claim) {
	for i, c := range list {
		t.ranked(field, c, i+1, "")
	}
}

// moments notes the dates that are considered for a field. The score of each is how many
// of them name its day. Readers see the value of one that is stated elsewhere in the first
// of the lines of seen that print its day. The trace must not be nil.
func (t *trace) moments(field string, seen []moment, lists ...[]moment) {
	all := slices.Concat(lists...)
	for _, m := range all {
		if m.line == "" {
			m.line = lineOf(m.date, seen)
		}
		t.add(field, Candidate{Value: string(m.date), Way: m.from, Score: float64(sharers(all, m.date)), Why: m.remark(), Printed: m.line})
	}
}

// sources notes the places where the text was looked for.
func (t *trace) sources(list []body.Source) {
	for i, s := range list {
		t.ranked("text", claim{inBytes(s.Size), s.From}, i+1, "")
	}
}

// lostOtherwise says, for the fields whose choice does not depend on score or order alone,
// why a candidate can lose though its score is not worse.
var lostOtherwise = map[string]string{
	"headline":  "a heading that readers see goes before it, if it agrees with anything stated, and a form with a colon before one without",
	"bylines":   "a longer list with all of its names goes before it",
	"published": "the chosen one is shown to readers and earlier, or names the same day more exactly",
	"modified":  "the first of them counts, as exactly as any says it",
	"lang":      "the text is in the other language, or another place states the country too",
	"images":    "pictures that the page shows go before the one that it states",
	"tags":      "it is one of many in another list",
	"text":      "another, found after it, is longer",
}

// weighed returns the candidates of a field, the chosen one marked, and for each
// why it was chosen or lost.
func (t *trace) weighed(f FieldChoice) []Candidate {
	all := append([]Candidate{}, t.fields[f.Field]...) // not nil: JSON has a list
	at := slices.IndexFunc(all, func(c Candidate) bool { return c.Value == f.Value && c.Way == f.Way && c.fault == "" })
	if at < 0 && f.Value != "" {
		all = append(all, Candidate{Value: f.Value, Way: f.Way})
		at = len(all) - 1
	}
	all, at = oncePerWay(all, at)
	for i := range all {
		c := &all[i]
		c.Chosen = i == at
		reason := "chosen"
		if !c.Chosen {
			var best *Candidate
			if at >= 0 {
				best = &all[at]
			}
			reason = c.agrees(f.Field, best)
			if c.Agrees = reason != ""; !c.Agrees {
				reason = c.lost(f.Field, best)
			}
		}
		if c.Why != "" {
			reason += ": " + c.Why
		}
		c.Why = reason
	}
	return all
}

// oncePerWay leaves out repeats: candidates with the same value that the same way gave,
// such as a heading that is printed again for small screens. Of these the chosen one
// stays, else the one with the best score. at is the index of the chosen candidate, -1 if
// there is none; its new index is returned.
func oncePerWay(all []Candidate, at int) ([]Candidate, int) {
	type found struct{ value, way string }
	best := map[found]int{} // place in all
	for i, c := range all {
		k := found{c.Value, c.Way}
		if j, ok := best[k]; !ok || i == at || j != at && c.Score > all[j].Score {
			best[k] = i
		}
	}
	kept, chosen := make([]Candidate, 0, len(best)), -1
	for i, c := range all {
		if best[found{c.Value, c.Way}] != i {
			continue
		}
		if i == at {
			chosen = len(kept)
		}
		kept = append(kept, c)
	}
	return kept, chosen
}

// agrees says in which way a candidate for a field says the same as the chosen one; "" if
// it does not.
func (c *Candidate) agrees(field string, best *Candidate) string {
	isDate := field == "published" || field == "modified"
	switch {
	case c.fault != "" || best == nil:
		return ""
	case c.Value == best.Value, field == "headline" && text.Key(c.Value) == text.Key(best.Value):
		return "says the same"
	case sameInstant(c.Value, best.Value):
		return "is the same moment, told in another zone or without its seconds"
	case isDate && strings.HasPrefix(best.Value, c.Value):
		return "says the same less exactly"
	case field == "published" && sameDay(c.Value, best.Value) && len(best.Value) > len(c.Value) && !strings.Contains(c.Value, "T"):
		return "names the same day less exactly"
	case isDate && ownClock(c.Value, best.Value):
		return "tells no zone: it is the same moment if that is the clock of the page's own place"
	case field == "lang" && strings.HasPrefix(best.Value, c.Value+"-"):
		return "says the same without the country"
	case (field == "bylines" || field == "tags") && someOf(c.Value, best.Value):
		return "names some of them"
	}
	return ""
}

// someOf reports whether all names of a list stand in a longer one.
func someOf(list, longer string) bool {
	const between = ", "
	all := strings.Split(longer, between)
	for name := range strings.SplitSeq(list, between) {
		if !slices.Contains(all, name) {
			return false
		}
	}
	return list != ""
}

// lost says why a candidate for a field was not chosen. best is the chosen one, nil if
// none was.
func (c *Candidate) lost(field string, best *Candidate) string {
	switch {
	case c.fault != "":
		return "will not do: " + c.fault
	case best == nil:
		return "will not do"
	case field == "published" && sameDay(c.Value, best.Value) && len(best.Value) > len(c.Value):
		return "names the same day less exactly"
	case field == "published" && c.Value > best.Value:
		return "is later than the chosen one, which may be when the page was changed"
	case c.Score < best.Score:
		return "less speaks for it than for the chosen one"
	case c.Rank > best.Rank && best.Rank > 0:
		return "the place of the chosen one is trusted more"
	case lostOtherwise[field] != "":
		return lostOtherwise[field]
	}
	return "comes after the chosen one"
}

// sameDay reports whether two dates begin with the same year, month and day.
func sameDay(a, b string) bool {
	const day = len("2006-01-02")
	return len(a) >= day && len(b) >= day && a[:day] == b[:day]
}

// ownClock reports whether a time without a zone may be the same moment as one with a
// zone, told by the clock of some place: they differ by whole quarters of an hour, as the
// time zones of the world do.
func ownClock(a, b string) bool {
	const minute = "2006-01-02T15:04:05"
	x, err1 := time.Parse(minute, a)
	y, err2 := time.Parse(time.RFC3339, b)
	d := x.Sub(y.UTC().Truncate(time.Minute)).Truncate(time.Minute)
	return err1 == nil && err2 == nil && d%(15*time.Minute) == 0 && d >= -12*time.Hour && d <= 14*time.Hour
}

// sameInstant reports whether two values are times with zones that are one moment, or
// one minute where one of them tells no seconds.
func sameInstant(a, b string) bool {
	x, err1 := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339, b)
	if err1 != nil || err2 != nil {
		return false
	}
	if x.Second() == 0 || y.Second() == 0 {
		x, y = x.Truncate(time.Minute), y.Truncate(time.Minute)
	}
	return x.Equal(y)
}
