package export

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"dateline"
)

// Tables are what an export can have a row for, the default first.
var Tables = []string{"articles", "statements", "dates", "mentions", "events", "versions"}

// An articleRow is one article. Its columns, like those of the other rows, are named as
// those of the views of archive.db (doc/schema.md). What has no csv tag is a column of
// both; "-" leaves a nested column out of CSV.
type articleRow struct {
	Article     dateline.ArticleID `parquet:"article"`
	Capture     dateline.CaptureID `parquet:"capture"`
	URL         string             `parquet:"url"`
	Canonical   string             `parquet:"canonical,optional"`
	Fetched     string             `parquet:"fetched,optional"`
	Payload     string             `parquet:"payload,optional"`
	Headline    string             `parquet:"headline,optional"`
	Deck        string             `parquet:"deck,optional"`
	Bylines     []string           `parquet:"bylines,list"`
	Place       string             `parquet:"place,optional"`
	Agency      string             `parquet:"agency,optional"`
	Published   string             `parquet:"published,optional"`
	PublishedAt *time.Time         `parquet:"published_at,optional,timestamp(millisecond)"`
	Day         *day               `parquet:"day,optional,date"`
	Modified    string             `parquet:"modified,optional"`
	Lang        string             `parquet:"lang,optional,dict"`
	Type        string             `parquet:"type,optional,dict"`
	Section     string             `parquet:"section,optional,dict"`
	Tags        []string           `parquet:"tags,list"`
	Publisher   string             `parquet:"publisher,optional,dict"`
	Site        string             `parquet:"site,optional,dict"`
	Paywalled   bool               `parquet:"paywalled"`
	CopyOf      string             `parquet:"copy_of,optional"`
	Report      dateline.ArticleID `parquet:"report,optional"`
	Event       dateline.ArticleID `parquet:"event,optional"`
	Story       dateline.ArticleID `parquet:"story,optional"`
	Words       int32              `parquet:"words"`
	Text        string             `parquet:"text,optional"`
	Corrections []string           `parquet:"corrections,list"`
	Authors     []authorRow        `parquet:"authors,list" csv:"-"`
	Images      []imageRow         `parquet:"images,list" csv:"-"`
	Blocks      []blockRow         `parquet:"blocks,list" csv:"-"`
}

type authorRow struct {
	Name   string   `parquet:"name"`
	Kind   string   `parquet:"kind,optional"`
	URL    string   `parquet:"url,optional"`
	SameAs []string `parquet:"same_as,list"`
}

type imageRow struct {
	URL     string `parquet:"url"`
	Width   int32  `parquet:"width,optional"`
	Height  int32  `parquet:"height,optional"`
	Caption string `parquet:"caption,optional"`
	Credit  string `parquet:"credit,optional"`
}

type blockRow struct {
	Kind  dateline.BlockKind `parquet:"kind,dict"`
	Start int32              `parquet:"start"`
	End   int32              `parquet:"end"`
}

// A spanRow is a range of bytes of a text.
type spanRow struct {
	Start int32 `parquet:"start"`
	End   int32 `parquet:"end"`
}

// A day is a day of the calendar: how many lie between it and the first of 1970.
type day int32

// newDay returns the day of d; nil if d is not known to the day.
func newDay(d dateline.Date) *day {
	t, err := time.Parse(time.DateOnly, d.Day())
	if err != nil {
		return nil
	}
	n := day(t.Unix() / (24 * 60 * 60))
	return &n
}

// String returns the day as it is written: "2022-02-10".
func (d day) String() string { return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly) }

// instant returns the moment of d; nil unless it is a time of day with a zone.
func instant(d dateline.Date) *time.Time {
	t, _, ok := d.Interval()
	if !ok || !d.HasZone() {
		return nil
	}
	t = t.UTC()
	return &t
}

// rowsOf yields the rows of a document in one table.
type rowsOf[T any] func(d *Doc, choose func(*dateline.Statement) bool, row func(*T) error) error

func articleRows(d *Doc, _ func(*dateline.Statement) bool, row func(*articleRow) error) error {
	a := d.Article
	r := articleRow{
		Article: a.ID, Capture: a.Capture, URL: a.URL, Canonical: a.Canonical, Fetched: a.Fetched, Payload: a.Payload, Headline: a.Headline, Deck: a.Deck,
		Bylines: a.Bylines, Place: a.Dateline.Place, Agency: a.Dateline.Agency, Published: string(a.Published), PublishedAt: instant(a.Published), Day: newDay(a.Published),
		Modified: string(a.Modified), Lang: a.Lang, Type: a.Type, Section: a.Section, Tags: a.Tags, Publisher: outlet(a), Site: a.Publisher.Site,
		Paywalled: a.Paywalled, CopyOf: a.CopyOf, Words: int32(words(a.Text)), Text: a.Text, Corrections: a.Corrections,
	}
	if g := d.Group; g != nil {
		r.Report, r.Event, r.Story = g.Report, g.Event, g.Story
	}
	for _, x := range a.Authors {
		r.Authors = append(r.Authors, authorRow{x.Name, x.Kind, x.URL, x.SameAs})
	}
	for _, x := range a.Images {
		r.Images = append(r.Images, imageRow{x.URL, int32(x.Width), int32(x.Height), x.Caption, x.Credit})
	}
	for _, x := range a.Blocks {
		r.Blocks = append(r.Blocks, blockRow{x.Kind, int32(x.Start), int32(x.End)})
	}
	return row(&r)
}

// outlet returns the name of the publisher of a, else its site.
func outlet(a *dateline.Article) string { return cmp.Or(a.Publisher.Name, a.Publisher.Site) }

// words counts what stands between white space in s.
func words(s string) int {
	if s == "" {
		return 0
	}
	if s[0] > ' ' && s[len(s)-1] > ' ' && !strings.Contains(s, "  ") && !strings.Contains(s, "\n\n\n") && !strings.Contains(s, " \n") &&
		!strings.Contains(s, "\n ") && strings.IndexByte(s, '\t') < 0 {
		return 1 + strings.Count(s, " ") + strings.Count(s, "\n") - strings.Count(s, "\n\n") // most texts; these look at many bytes at a time
	}
	n, in := 0, false
	for i := range len(s) {
		space := s[i] == ' ' || s[i] == '\n' || s[i] == '\t'
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

// findingRow are the columns that rows of findings begin with: whose they are.
type findingRow struct {
	Article dateline.ArticleID `parquet:"article"`
	Capture dateline.CaptureID `parquet:"capture"`
	N       int32              `parquet:"n"`
}

// printedRow are the columns that rows of findings end with: where they lie, and what
// prints them.
type printedRow struct {
	Part      string `parquet:"part,dict"`
	Rule      string `parquet:"rule,optional,dict"`
	Headline  string `parquet:"headline,optional,dict"`
	Publisher string `parquet:"publisher,optional,dict"`
	Published string `parquet:"published,optional,dict"`
	Day       *day   `parquet:"day,optional,date"`
	Lang      string `parquet:"lang,optional,dict"`
	URL       string `parquet:"url,optional,dict"`
}

func newFindingRow(a *dateline.Article, i int) findingRow {
	return findingRow{a.ID, a.Capture, int32(i + 1)}
}

func newPrintedRow(a *dateline.Article, in, rule string) printedRow {
	return printedRow{cmp.Or(in, "text"), rule, a.Headline, outlet(a), string(a.Published), newDay(a.Published), a.Lang, cmp.Or(a.Canonical, a.URL)}
}

type statementRow struct {
	findingRow
	ID           string    `parquet:"id"`
	Who          string    `parquet:"who,optional"`
	Called       string    `parquet:"called,optional"`
	Text         string    `parquet:"text"`
	Cue          string    `parquet:"cue,optional"`
	Kind         string    `parquet:"kind,dict"`
	Role         string    `parquet:"role,optional"`
	Medium       string    `parquet:"medium,optional,dict"`
	Addressees   []string  `parquet:"addressees,list"`
	SaidOn       string    `parquet:"said_on,optional"`
	Via          []string  `parquet:"via,list"`
	Hedge        string    `parquet:"hedge,optional"`
	Polarity     string    `parquet:"polarity,optional,dict"`
	Confidence   float64   `parquet:"confidence,optional"`
	Doubtful     bool      `parquet:"doubtful"`
	Resolved     string    `parquet:"resolved,optional,dict"`
	ContentSpans []spanRow `parquet:"content_spans,list"`
	SpeakerSpans []spanRow `parquet:"speaker_spans,list"`
	CueSpans     []spanRow `parquet:"cue_spans,list"`
	printedRow
}

func statementRows(d *Doc, choose func(*dateline.Statement) bool, row func(*statementRow) error) error {
	a := d.Article
	for i := range d.findings().Statements {
		s := &d.Findings.Statements[i]
		if !choose(s) {
			continue
		}
		r := statementRow{
			findingRow: newFindingRow(a, i), ID: string(a.ID) + "#" + strconv.Itoa(i+1), Who: s.Who, Called: s.Called(a), Text: parted(s.Words(a)), Cue: s.Cues(a),
			Kind: s.Kind, Role: s.Role, Medium: s.Medium, Addressees: s.To, SaidOn: string(s.On), Via: s.Via, Hedge: s.Hedge, Polarity: s.Polarity,
			Confidence: s.Confidence, Doubtful: !s.Sure(a), Resolved: s.Resolved,
			ContentSpans: newSpans(s.Content), SpeakerSpans: newSpans(s.Speaker), CueSpans: newSpans(s.Cue), printedRow: newPrintedRow(a, s.In, s.Rule),
		}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

// findings returns the findings of d, none if there are none.
func (d *Doc) findings() *dateline.Findings {
	if d.Findings == nil {
		return &dateline.Findings{}
	}
	return d.Findings
}

func newSpans(list []dateline.Span) []spanRow {
	var rows []spanRow
	for _, s := range list {
		rows = append(rows, spanRow{int32(s.Start), int32(s.End)})
	}
	return rows
}

// parted joins the parts of a statement.
func parted(parts []string) string {
	s := ""
	for i, p := range parts {
		if i > 0 {
			s += " … "
		}
		s += p
	}
	return s
}

type dateRow struct {
	findingRow
	Text  string `parquet:"text"`
	Type  string `parquet:"type,dict"`
	Value string `parquet:"value"`
	Mod   string `parquet:"mod,optional,dict"`
	Basis string `parquet:"basis,dict"`
	Start int32  `parquet:"start"`
	Stop  int32  `parquet:"stop"`
	printedRow
}

func dateRows(d *Doc, _ func(*dateline.Statement) bool, row func(*dateRow) error) error {
	for i, x := range d.findings().Dates {
		r := dateRow{newFindingRow(d.Article, i), x.Text, x.Type, x.Value, x.Mod, x.Basis, int32(x.Start), int32(x.End), newPrintedRow(d.Article, x.In, x.Rule)}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

type mentionRow struct {
	findingRow
	Text   string `parquet:"text"`
	Kind   string `parquet:"kind,dict"`
	Entity string `parquet:"entity,optional"`
	Role   string `parquet:"role,optional"`
	Start  int32  `parquet:"start"`
	Stop   int32  `parquet:"stop"`
	printedRow
}

func mentionRows(d *Doc, _ func(*dateline.Statement) bool, row func(*mentionRow) error) error {
	for i, x := range d.findings().Mentions {
		r := mentionRow{newFindingRow(d.Article, i), x.Text, x.Kind, x.Entity, "", int32(x.Start), int32(x.End), newPrintedRow(d.Article, x.In, x.Rule)}
		if x.Role != nil {
			r.Role = x.Role.Text
		}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

type eventRow struct {
	findingRow
	Kind       string   `parquet:"kind,dict"`
	Trigger    string   `parquet:"trigger"`
	Actors     []string `parquet:"actors,list"`
	Addressees []string `parquet:"addressees,list"`
	Behalf     []string `parquet:"behalf,list"`
	Medium     string   `parquet:"medium,optional,dict"`
	OnDay      string   `parquet:"on_day,optional"`
	Polarity   string   `parquet:"polarity,optional,dict"`
	Answers    *int32   `parquet:"answers,optional"`
	Sentence   string   `parquet:"sentence,optional"`
	Start      int32    `parquet:"start"`
	Stop       int32    `parquet:"stop"`
	printedRow
}

func eventRows(d *Doc, _ func(*dateline.Statement) bool, row func(*eventRow) error) error {
	for i, x := range d.findings().Events {
		r := eventRow{
			findingRow: newFindingRow(d.Article, i), Kind: x.Kind, Trigger: x.Trigger.Text, Actors: x.From, Addressees: x.To, Behalf: x.Behalf, Medium: x.Medium,
			OnDay: string(x.On), Polarity: x.Polarity, Start: int32(x.Trigger.Start), Stop: int32(x.Trigger.End), printedRow: newPrintedRow(d.Article, x.Trigger.In, x.Rule),
		}
		if text := x.Trigger.Within(d.Article); x.Sentence.In(text) {
			r.Sentence = text[x.Sentence.Start:x.Sentence.End]
		}
		if x.Answers != nil {
			n := int32(*x.Answers + 1)
			r.Answers = &n
		}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}

type versionRow struct {
	Article   dateline.ArticleID `parquet:"article"`
	Capture   dateline.CaptureID `parquet:"capture"`
	N         int32              `parquet:"n"`
	Shown     bool               `parquet:"shown"`
	URL       string             `parquet:"url"`
	Fetched   string             `parquet:"fetched,optional"`
	Payload   string             `parquet:"payload,optional"`
	Headline  string             `parquet:"headline,optional"`
	Deck      string             `parquet:"deck,optional"`
	Bylines   []string           `parquet:"bylines,list"`
	Published string             `parquet:"published,optional"`
	Modified  string             `parquet:"modified,optional"`
	Publisher string             `parquet:"publisher,optional,dict"`
	Paywalled bool               `parquet:"paywalled"`
	Skip      string             `parquet:"skip,optional,dict"`
	Words     int32              `parquet:"words"`
	Text      string             `parquet:"text,optional"`
}

func versionRows(d *Doc, _ func(*dateline.Statement) bool, row func(*versionRow) error) error {
	for i, a := range d.Versions {
		r := versionRow{
			a.ID, a.Capture, int32(i + 1), a.Capture == d.Article.Capture, a.URL, a.Fetched, a.Payload, a.Headline, a.Deck, a.Bylines,
			string(a.Published), string(a.Modified), outlet(a), a.Paywalled, a.Skip, int32(words(a.Text)), a.Text,
		}
		if err := row(&r); err != nil {
			return err
		}
	}
	return nil
}
