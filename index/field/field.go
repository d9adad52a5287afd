// Package field is the one table of the fields by which articles are searched
// and counted. The query language, every index, the facets, the help page and
// the tests of the documentation read it, so that a new field is one entry of
// it (and a row of doc/query.md, which a test asks for).
package field

import (
	"cmp"
	"slices"
	"strings"

	"dateline"
)

// A Kind says what the value of a field in a query is, and what of an article it is
// compared with.
type Kind int

const (
	// Value is compared whole, without regard to case, marks on letters and
	// the width of spaces, with each value that an article has.
	Value Kind = iota
	// Words are looked for within one of the values of an article, one directly after
	// the other.
	Words
	// Speaker and Said are words that are looked for one directly after the other:
	// Speaker in the name of whoever makes a statement, Said in what a statement says.
	// In one query they are about the same statement, see query.Spoken.
	Speaker
	Said
	// Manner is compared whole with how a statement was said, see
	// dateline.Statement.Polarity and PlainSaying. In one query with fields of kind
	// Speaker and Said it is about the same statement.
	Manner
	// After and Before limit the time of publication, see query.Bound.
	After
	Before
	// Days are a day or a range that is looked for among the dates that a text speaks
	// of, see query.When.
	Days
	// Together is the key of an article: those articles are found that belong together
	// with it at the level that the field is named by, a [dateline.Level]. An index knows
	// nothing of that: see query.Members.
	Together
)

// A Field is something that articles can be searched by and, if it has a
// Title, that the hits of a search are counted by.
type Field struct {
	Name string // as typed in a query, without its colon: ASCII letters in lower case
	Kind Kind   // what its values are compared with

	// Title is the heading over the counts of the field; "" if hits are not counted by it.
	Title string
	// Language is set if values are BCP 47 tags, to be shown by their names.
	Language bool

	// Means completes the sentence "… finds articles" for a reader; Example is
	// a query that shows it.
	Means, Example string

	// Counted returns the values of the field under which an article is counted, in
	// the order of the article. It is nil if hits are not counted by the field. f, the
	// findings, may be nil.
	Counted func(a *dateline.Article, f *dateline.Findings) []string
	// Found returns the values by which a query finds the article besides those that
	// are counted. It is nil if the field has no such values. For a field of kind
	// Words it returns all values.
	Found func(a *dateline.Article, f *dateline.Findings) []string
	// Statement returns what a filter of the field is compared with in s, a statement
	// of a. It is nil unless the field is of kind Speaker, Said or Manner.
	Statement func(a *dateline.Article, s *dateline.Statement) string
	// Most is the number of values of one article that are looked at; 0 means all.
	Most int
}

// table lists the fields in the order in which the help page, the messages of
// query.Parse and the facets have them.
var table = []Field{
	{
		Name: "publisher", Title: "Publisher",
		Means: `printed by the publisher with this name or site`, Example: `publisher:wire.example`,
		Counted: func(a *dateline.Article, _ *dateline.Findings) []string {
			return one(cmp.Or(a.Publisher.Name, a.Publisher.Site))
		},
		Found: func(a *dateline.Article, _ *dateline.Findings) []string { return one(a.Publisher.Site) },
	}, {
		Name: "by", Kind: Words,
		Means: `with these words in one byline`, Example: `by:"Ana Lima"`,
		Found: func(a *dateline.Article, _ *dateline.Findings) []string { return a.Bylines }, Most: 50,
	}, {
		Name: "who", Kind: Speaker, Title: "Speaker",
		Means: `that report what somebody of this name has said`, Example: `who:"Ilse Marten"`,
		Counted:   speakers,
		Statement: func(a *dateline.Article, s *dateline.Statement) string { return s.Name(a) }, Most: 200,
	}, {
		Name: "said", Kind: Said,
		Means: `that report somebody to have said this word or phrase; beside who:, that speaker`, Example: `who:marten said:"six weeks"`,
		Statement: func(a *dateline.Article, s *dateline.Statement) string { return s.Said(a) },
	}, {
		Name: "polarity", Kind: Manner,
		Means: `that report somebody to have denied something, or to have said, refused, asked or planned it, "not said" it, or said it on a condition`, Example: `who:marten polarity:denied`,
		Statement: func(_ *dateline.Article, s *dateline.Statement) string { return cmp.Or(s.Polarity, PlainSaying) },
	}, {
		Name: "person", Title: "Person",
		Means: `that name this person, in full or as the text does`, Example: `person:"Ilse Marten"`,
		Counted: named("person"), Found: called("person"), Most: mostNamed,
	}, {
		Name: "org", Title: "Organisation",
		Means: `that name this organisation, in full or as the text does`, Example: `org:"Littoral Union"`,
		Counted: named("org"), Found: called("org"), Most: mostNamed,
	}, {
		Name: "place", Title: "Place",
		Means: `that name this place`, Example: `place:Lindhaven`,
		Counted: named("place"), Found: called("place"), Most: mostNamed,
	}, {
		Name: "lang", Title: "Language", Language: true,
		Means: `in the language; lang:de finds de-AT, too`, Example: `lang:de`,
		Counted: func(a *dateline.Article, _ *dateline.Findings) []string {
			language, _, _ := strings.Cut(a.Lang, "-")
			return one(language)
		},
		Found: func(a *dateline.Article, _ *dateline.Findings) []string { return one(a.Lang) },
	}, {
		Name: "section", Title: "Section",
		Means: `of the section`, Example: `section:world`,
		Counted: func(a *dateline.Article, _ *dateline.Findings) []string { return one(a.Section) },
	}, {
		Name: "tag", Title: "Tag",
		Means: `with the tag`, Example: `tag:climate`,
		Counted: func(a *dateline.Article, _ *dateline.Findings) []string { return a.Tags }, Most: 200,
	}, {
		Name: "use", Most: 100,
		Means: `whose page, server or robots.txt states this of its use by others: noai, noarchive, ai-train=no, train-ai=n, tdm-reservation=1`, Example: `use:noai`,
		Found: func(a *dateline.Article, _ *dateline.Findings) (says []string) {
			for _, u := range a.Uses {
				says = append(says, u.Says)
			}
			return says
		},
	}, {
		Name: "after", Kind: After,
		Means: `published on this day, in this month or year, or later`, Example: `after:2022-02`,
	}, {
		Name: "before", Kind: Before,
		Means: `published before this day, month or year begins`, Example: `before:2022-02-10`,
	}, {
		Name: "when", Kind: Days,
		Means: `whose text speaks of this day, month or year, or of a day in a range`, Example: `when:2022-01..2022-02`,
	}, {
		Name: string(dateline.StoryLevel), Kind: Together,
		Means: `of the story with this key, or of that of the article with this key`, Example: `story:a0123456789abcdef`,
	}, {
		Name: string(dateline.EventLevel), Kind: Together,
		Means: `that tell the event with this key, or that of the article with this key`, Example: `event:a0123456789abcdef`,
	}, {
		Name: string(dateline.ReportLevel), Kind: Together,
		Means: `that print the same report as the article with this key, itself among them`, Example: `copy:a0123456789abcdef`,
	},
}

// PlainSaying is the value of the field "polarity" for a statement whose
// dateline.Statement.Polarity is "": one without a denial, a condition or anything
// else of the kind.
const PlainSaying = "said"

// one returns a list of the value; nil if it is "".
func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// mostNamed is how many people, how many organisations and how many places of one article
// are looked at: more than an article names that is no list.
const mostNamed = 100

// named returns what tells the people, or organisations or places, that a text names, each
// by its fullest name there, the first named first.
func named(kind string) func(*dateline.Article, *dateline.Findings) []string {
	return mentions(kind, func(m dateline.Mention) string { return cmp.Or(m.Entity, m.Text) })
}

// called returns what tells how a text calls them where it names them: "Marten".
func called(kind string) func(*dateline.Article, *dateline.Findings) []string {
	return mentions(kind, func(m dateline.Mention) string { return m.Text })
}

// mentions returns what tells one value of each mention of a kind that is a name.
func mentions(kind string, value func(dateline.Mention) string) func(*dateline.Article, *dateline.Findings) []string {
	return func(_ *dateline.Article, f *dateline.Findings) []string {
		if f == nil {
			return nil
		}
		var list []string
		met := map[string]bool{}
		for _, m := range f.Mentions {
			if m.Kind != kind || !m.Name() {
				continue
			}
			if v := value(m); v != "" && !met[v] {
				met[v] = true
				list = append(list, v)
			}
		}
		return list
	}
}

// speakers returns the names of the speakers of those statements in a that are sure,
// with repetition.
func speakers(a *dateline.Article, f *dateline.Findings) []string {
	if f == nil {
		return nil
	}
	var names []string
	for i := range f.Statements {
		if s := &f.Statements[i]; s.Who != "" && s.Sure(a) {
			names = append(names, s.Who)
		}
	}
	return names
}

// All returns a copy of the table: all fields in order.
func All() []Field { return slices.Clone(table) }

// Names returns the names of all fields, in order.
func Names() []string {
	names := make([]string, len(table))
	for i, f := range table {
		names[i] = f.Name
	}
	return names
}

// Of returns the field with the name; ok is false if there is none.
func Of(name string) (f Field, ok bool) {
	for _, f := range table {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Facets returns the fields that hits are counted by, in order.
func Facets() []Field {
	return slices.DeleteFunc(All(), func(f Field) bool { return f.Title == "" })
}

// Has reports whether the field with the name is of the kind.
func (k Kind) Has(name string) bool {
	f, ok := Of(name)
	return ok && f.Kind == k
}
