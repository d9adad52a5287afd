package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"dateline"
	"dateline/internal/text"
	"dateline/query"
	"dateline/relate/version"
	"dateline/store"
)

// A Grouped reads articles, and tells which of them belong together: which are the same
// report, and which tell the same story. Package relate/story has decided that.
type Grouped interface {
	Lookup
	// Newest returns the newest versions of articles, in the order of ids; nil
	// where there is none.
	Newest(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Article, error)
	// GroupsOf returns the groups of articles, in the order of ids; nil where there
	// is none.
	GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error)
	// Together returns the groups of all articles that belong together at a level, in
	// the order in which they came in: of what has the key id, or if nothing has, of
	// what the article id is of. If there is neither the error is dateline.ErrNotFound.
	Together(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error)
	// Stories yields the stories of at least so many articles, the one with the
	// newest article first.
	Stories(ctx context.Context, least int) iter.Seq2[store.StorySize, error]
}

// Bounds of an answer about stories.
const (
	maxStories      = 50  // in a list
	maxStoryMembers = 300 // articles of one story that are read, the last
	maxSummary      = 3   // sentences
	maxStoryNames   = 12  // of a kind
	minSentence     = 40  // bytes of a sentence that tells something
)

// Stories are the stories of an archive that several articles tell.
type Stories struct {
	Stories []StoryLine `json:"stories"`        // the one with the newest article first
	More    bool        `json:"more,omitempty"` // there are more
	Next    Cursor      `json:"next,omitempty"` // where they begin; absent if there are none

	Since dateline.Date `json:"since,omitempty"` // the day from which on articles count as new; "" if none was given
}

// A StoryLine is a story in a list.
type StoryLine struct {
	Story    dateline.ArticleID `json:"story"`           // key: that of its first article
	Name     string             `json:"name"`            // its most typical headline; that of its first article if it has none
	Articles int                `json:"articles"`        // articles of the story
	Reports  int                `json:"reports"`         // of these, without copies
	First    dateline.Date      `json:"first,omitempty"` // day of its first article; "" if none has one
	Last     dateline.Date      `json:"last,omitempty"`  // of its last article
	New      int                `json:"new,omitempty"`   // articles since the day that was asked for
}

// StoriesOptions say which part of the list of stories is asked for.
type StoriesOptions struct {
	Least int           // independent reports that a story has at least; copies of a report do not count
	Since dateline.Date // a day: only stories with articles published on it or later; "" lists all
	Limit int           // stories of one part; 0 means 50
	After Cursor        // where the part before ended; "" is the beginning
}

// NewStories lists stories, the one with the newest article first.
func NewStories(ctx context.Context, a Grouped, o StoriesOptions) (*Stories, error) {
	name := fmt.Sprintf("stories %d %s", o.Least, o.Since)
	at, err := o.After.mark(name)
	if err != nil {
		return nil, err
	}
	size := cmp.Or(o.Limit, maxStories)
	// The stories behind that of the place, or, where it is not in the list any more, behind
	// its number; each with one more, which tells that there are more.
	var behind, numbered []store.StorySize
	n, passed, found := 0, 0, at.Last == ""
	for z, err := range a.Stories(ctx, o.Least) {
		if err != nil {
			return nil, fmt.Errorf("stories: %w", err)
		}
		if z.Reports < o.Least || o.Since != "" && z.Last < o.Since {
			continue
		}
		n++
		if z.Story == at.Last {
			found, passed = true, n
			continue
		}
		if found {
			behind = append(behind, z)
		} else if n > at.N && len(numbered) <= size {
			numbered = append(numbered, z)
		}
		if len(behind) > size {
			break
		}
	}
	list := behind
	if !found {
		list, passed = numbered, at.N
	}
	p := &Stories{Stories: []StoryLine{}, Since: o.Since}
	if p.More = len(list) > size; p.More {
		list = list[:size]
		p.Next = mark{N: passed + size, Last: list[size-1].Story}.cursor(name)
	}
	for _, z := range list {
		s, err := members(ctx, a, z.Story)
		if err != nil {
			return nil, err
		}
		line := StoryLine{Story: z.Story, Name: s.name(), Articles: z.Articles, Reports: z.Reports, First: z.First, Last: z.Last}
		for _, d := range s.days() {
			if o.Since != "" && d.Day >= o.Since {
				line.New += d.Articles
			}
		}
		p.Stories = append(p.Stories, line)
	}
	return p, nil
}

// NewStoryLine returns the story with the key, or that of the article with the key, as
// lists have it.
func NewStoryLine(ctx context.Context, a Grouped, id dateline.ArticleID) (*StoryLine, error) {
	s, err := members(ctx, a, id)
	if err != nil {
		return nil, err
	}
	line := s.line()
	return &line, nil
}

// line returns the line of a story in a list.
func (s *told) line() StoryLine {
	p := StoryLine{Story: s.groups[0].Story, Name: s.name(), Articles: len(s.groups) + s.left}
	for range s.firsts() {
		p.Reports++
	}
	if days := s.days(); len(days) > 0 {
		p.First, p.Last = days[0].Day, days[len(days)-1].Day
	}
	return p
}

// Query returns the query that finds the articles of the story.
func (s StoryLine) Query() string {
	return query.Query{Root: query.Filter{Field: string(dateline.StoryLevel), Value: string(s.Story)}}.String()
}

// A Story is what the articles of a story tell, and who tells it.
type Story struct {
	StoryLine
	Days    []StoryDay      `json:"days"`              // on which articles appeared, in order
	Summary []StorySentence `json:"summary"`           // sentences of its articles that have most in common with the others, in order of time
	People  []StoryName     `json:"people,omitempty"`  // whom most articles name first
	Bodies  []StoryName     `json:"bodies,omitempty"`  // organisations, those that most articles name first
	Places  []StoryName     `json:"places,omitempty"`  // places, those that most articles name first
	List    []StoryReport   `json:"list"`              // independent reports, the newest first
	LeftOut LeftOut         `json:"left_out,omitzero"` // earlier articles that were not read
}

// A StoryDay is one day of a story.
type StoryDay struct {
	Day      dateline.Date `json:"day"`      // the day: "2022-02-10"
	Articles int           `json:"articles"` // that appeared on it
	Reports  int           `json:"reports"`  // of these, those that are no copies of one before
}

// A StoryName is somebody or something that articles of a story name.
type StoryName struct {
	Name     string `json:"name"`     // the fullest that an article has
	Articles int    `json:"articles"` // that have it
}

// A StorySentence is a sentence and where it stands.
type StorySentence struct {
	Text  string `json:"text"`  // as printed
	Of    Ref    `json:"of"`    // the article that it stands in
	Start int    `json:"start"` // first byte of its text
	End   int    `json:"end"`   // byte after the last
}

// A StoryReport is one report with its copies.
type StoryReport struct {
	Of     Ref                `json:"of"`               // the article that came in first
	Event  dateline.ArticleID `json:"event"`            // what it tells of
	Origin *Origin            `json:"origin,omitempty"` // whose report it is, where a text says so
	Why    *dateline.Likeness `json:"why,omitempty"`    // why it is of the story; nil for its first article
	Update *dateline.Likeness `json:"update,omitempty"` // the report that it grew out of; nil if there is none
	Own    *dateline.Sorted   `json:"own,omitempty"`    // what the program found, where a user has decided otherwise; nil if that is the same
	Copies []StoryCopy        `json:"copies,omitempty"` // other articles that print it, as they came in
}

// An Origin is who a report is of, by the word of an article that prints it.
type Origin struct {
	Name string             `json:"name"` // as printed: "AP"; an address where an article names that
	Rule string             `json:"rule"` // what tells it: origin/copy-of, origin/dateline
	By   dateline.ArticleID `json:"by"`   // the article that says so
}

// A StoryCopy is an article that prints the report of another one.
type StoryCopy struct {
	Of       Ref                `json:"of"`                 // the article that prints the copy
	Why      *dateline.Likeness `json:"why,omitempty"`      // what it has in common with the one that it is most like
	Retitled bool               `json:"retitled,omitempty"` // its headline differs from that of the report
	Added    []string           `json:"added,omitempty"`    // runs of words that the first article does not have
	Cut      []string           `json:"cut,omitempty"`      // runs of words that only the first article has
	Own      *dateline.Sorted   `json:"own,omitempty"`      // what the program found, where a user has decided otherwise; nil if that is the same
}

// NewStory returns the story with the key, or that of the article with the key. Of a
// large story the last 300 articles are read. If no article of it can be read the error
// is [dateline.ErrNotFound].
func NewStory(ctx context.Context, a Grouped, id dateline.ArticleID) (*Story, error) {
	s, err := members(ctx, a, id)
	if err != nil {
		return nil, err
	}
	p := &Story{StoryLine: s.line(), Days: s.days(), List: []StoryReport{}, Summary: s.summary()}
	p.LeftOut.Articles = s.left
	if err := p.names(ctx, a, s); err != nil {
		return nil, err
	}
	p.reports(s)
	return p, nil
}

// Elsewhere is what other articles there are of the story of one.
type Elsewhere struct {
	Story    dateline.ArticleID `json:"story"`            // key of the story
	Articles int                `json:"articles"`         // of it, this one included
	Reports  int                `json:"reports"`          // of these, without copies
	Copies   []Ref              `json:"copies,omitempty"` // that print the same report, as they came in
	Others   []Ref              `json:"others,omitempty"` // other reports, the last that came in first
	More     int                `json:"more,omitempty"`   // other reports that are not listed
}

// maxElsewhere is how many other reports are listed beside an article.
const maxElsewhere = 8

// newElsewhere returns the story of an article; nil if it is alone.
func newElsewhere(ctx context.Context, a Grouped, id dateline.ArticleID) (*Elsewhere, error) {
	groups, err := a.GroupsOf(ctx, id)
	if err != nil || len(groups) == 0 || groups[0] == nil {
		return nil, err
	}
	own := groups[0]
	s, err := members(ctx, a, own.Story)
	if errors.Is(err, dateline.ErrNotFound) {
		return nil, nil
	}
	if err != nil || len(s.groups) < 2 {
		return nil, err
	}
	p := &Elsewhere{Story: own.Story, Articles: len(s.groups) + s.left}
	for i, art := range s.firsts() {
		p.Reports++
		if s.groups[i].Report != own.Report {
			p.Others = append(p.Others, newRef(art))
		}
	}
	for i, g := range s.groups {
		if g.Report == own.Report && g.Article != id {
			p.Copies = append(p.Copies, newRef(s.articles[i]))
		}
	}
	slices.Reverse(p.Others)
	p.More = max(len(p.Others)-maxElsewhere, 0)
	p.Others = p.Others[:len(p.Others)-p.More]
	return p, nil
}

// A told is a story as it is read from the archive: the groups of its articles, and
// these articles, both in the order in which they came in.
type told struct {
	groups   []*dateline.Group
	articles []*dateline.Article // of each group
	left     int                 // how many earlier groups were not read
}

// members reads the articles of a story.
func members(ctx context.Context, a Grouped, id dateline.ArticleID) (*told, error) {
	groups, err := a.Together(ctx, dateline.StoryLevel, id)
	if err != nil {
		return nil, fmt.Errorf("story %s: %w", id, err)
	}
	s := &told{left: max(len(groups)-maxStoryMembers, 0)}
	groups = groups[s.left:]
	ids := make([]dateline.ArticleID, len(groups))
	for i, g := range groups {
		ids[i] = g.Article
	}
	articles, err := a.Newest(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("story %s: %w", id, err)
	}
	// The article that a report is named by comes before those that copy it, whenever a
	// decision was made about it.
	first := func(i int) bool { return groups[i].Report == groups[i].Article }
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		switch {
		case first(i) == first(k):
			return 0
		case first(i):
			return -1
		}
		return 1
	})
	for _, i := range order {
		art := articles[i]
		if art != nil && art.Skip == "" {
			s.groups, s.articles = append(s.groups, groups[i]), append(s.articles, art)
		}
	}
	if len(s.groups) == 0 {
		return nil, fmt.Errorf("story %s: %w", id, dateline.ErrNotFound)
	}
	return s, nil
}

// firsts yields the first article of each report.
func (s *told) firsts() iter.Seq2[int, *dateline.Article] {
	return func(yield func(int, *dateline.Article) bool) {
		met := map[dateline.ArticleID]bool{}
		for i, g := range s.groups {
			if !met[g.Report] {
				met[g.Report] = true
				if !yield(i, s.articles[i]) {
					return
				}
			}
		}
	}
}

// name returns the headline that has most words in common with the others.
func (s *told) name() string {
	count := map[string]int{}
	for _, a := range s.firsts() {
		for w := range contentWords(a.Headline) {
			count[w]++
		}
	}
	best, most := "", -1.0
	for _, a := range s.firsts() {
		sum, n := 0, 0
		for w := range contentWords(a.Headline) {
			sum += count[w] - 1
			n++
		}
		score := float64(sum) / float64(n+3)
		if isLive(a) {
			score /= 2 // its headline says that it goes on, and what it is called today
		}
		if a.Headline != "" && score > most {
			best, most = a.Headline, score
		}
	}
	return cmp.Or(best, s.articles[0].Canonical, s.articles[0].URL)
}

// isLive reports whether a is a live blog, whose headline and first lines are of the hour.
func isLive(a *dateline.Article) bool { return a.Type == "live blog" || len(a.Updates) > 0 }

// contentWords returns the words of four letters or more.
func contentWords(s string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { _, ok := text.Fold(r); return !ok }) {
		if len(w) >= 4 {
			words[w] = true
		}
	}
	return words
}

// days counts the articles of each day.
func (s *told) days() []StoryDay {
	list := []StoryDay{}
	for i, g := range s.groups {
		if g.Day == "" {
			continue
		}
		at, found := slices.BinarySearchFunc(list, g.Day, func(d StoryDay, day dateline.Date) int { return cmp.Compare(d.Day, day) })
		if !found {
			list = slices.Insert(list, at, StoryDay{Day: g.Day})
		}
		list[at].Articles++
		if !slices.ContainsFunc(s.groups[:i], func(before *dateline.Group) bool { return before.Report == g.Report }) {
			list[at].Reports++
		}
	}
	return list
}

// summary returns the first sentences of reports that have most words in common with
// those of the others.
func (s *told) summary() []StorySentence {
	type lead struct {
		StorySentence
		at    int
		words map[string]bool
	}
	var leads []lead
	count := map[string]int{}
	for i, a := range s.firsts() {
		blocks := Blocks(a)
		first := slices.IndexFunc(blocks, func(b dateline.Block) bool { return b.Kind == dateline.Paragraph })
		if first < 0 {
			continue
		}
		b := blocks[first]
		span := sentence(a.Text, dateline.Span{Start: b.Start, End: b.End}, dateline.Span{Start: b.Start, End: b.Start})
		if span.End-span.Start < minSentence || !strings.ContainsAny(a.Text[max(span.End-3, 0):span.End], ".!。！") || isLive(a) {
			continue // a label, no whole sentence, a question that leads on, or news of the hour
		}
		l := lead{StorySentence{a.Text[span.Start:span.End], newRef(a), span.Start, span.End}, i, contentWords(a.Text[span.Start:span.End])}
		leads = append(leads, l)
		for w := range l.words {
			count[w]++
		}
	}
	chosen := []lead{}
	for len(chosen) < maxSummary && len(leads) > 0 {
		best, most := 0, -1.0
		for i, l := range leads {
			sum := 0
			for w := range l.words {
				sum += count[w] - 1
			}
			if score := float64(sum) / float64(len(l.words)+5); score > most {
				best, most = i, score
			}
		}
		chosen = append(chosen, leads[best])
		for w := range leads[best].words {
			count[w] = min(count[w], 1) // said already
		}
		leads = slices.Delete(leads, best, best+1)
	}
	slices.SortStableFunc(chosen, func(a, b lead) int {
		return cmp.Or(cmp.Compare(s.groups[a.at].Day, s.groups[b.at].Day), cmp.Compare(a.at, b.at))
	})
	list := []StorySentence{}
	for _, l := range chosen {
		list = append(list, l.StorySentence)
	}
	return list
}

// names lists whom and what the articles name.
func (p *Story) names(ctx context.Context, a Grouped, s *told) error {
	counts := map[string]map[string]int{}
	for _, art := range s.firsts() {
		f, err := a.Findings(ctx, art.Capture)
		if errors.Is(err, dateline.ErrNotFound) || errors.As(err, new(*store.DamageError)) {
			continue
		}
		if err != nil {
			return fmt.Errorf("story %s: %w", p.Story, err)
		}
		met := map[string]bool{}
		for _, m := range f.Mentions {
			if m.Entity == "" || met[m.Kind+m.Entity] {
				continue
			}
			met[m.Kind+m.Entity] = true
			if counts[m.Kind] == nil {
				counts[m.Kind] = map[string]int{}
			}
			counts[m.Kind][m.Entity]++
		}
	}
	p.People, p.Bodies, p.Places = storyNames(counts["person"]), storyNames(counts["org"]), storyNames(counts["place"])
	return nil
}

// storyNames returns the names that most articles have.
func storyNames(counts map[string]int) []StoryName {
	var list []StoryName
	for name, n := range counts {
		list = append(list, StoryName{name, n})
	}
	slices.SortFunc(list, func(a, b StoryName) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.Name, b.Name))
	})
	return list[:min(len(list), maxStoryNames)]
}

// reports lists the reports, each with its copies.
func (p *Story) reports(s *told) {
	at := map[dateline.ArticleID]int{}
	first := map[dateline.ArticleID]*dateline.Article{}
	for i, g := range s.groups {
		art := s.articles[i]
		n, known := at[g.Report]
		if !known {
			n = len(p.List)
			at[g.Report], first[g.Report] = n, art
			r := StoryReport{Of: newRef(art), Event: g.Event, Why: g.Joined, Own: g.Own}
			if g.Copy != nil && g.Copy.Rule == "copy/update" {
				r.Update = g.Copy
			}
			p.List = append(p.List, r)
		} else {
			p.List[n].Copies = append(p.List[n].Copies, newStoryCopy(first[g.Report], art, g))
		}
		if p.List[n].Origin == nil {
			p.List[n].Origin = originOf(art)
		}
	}
	slices.SortStableFunc(p.List, func(a, b StoryReport) int {
		return cmp.Or(strings.Compare(b.Of.Published.Day(), a.Of.Published.Day()), strings.Compare(string(b.Of.Published), string(a.Of.Published)))
	})
}

// newStoryCopy returns what a copy cut, added and retitled.
func newStoryCopy(report, art *dateline.Article, g *dateline.Group) StoryCopy {
	d := version.Compare(version.Seen{Article: report}, version.Seen{Article: art})
	return StoryCopy{Of: newRef(art), Why: g.Copy, Retitled: report.Headline != art.Headline, Added: d.Added, Cut: d.Removed, Own: g.Own}
}

// originOf returns whose report an article prints, by its own word; nil if it does not say.
func originOf(a *dateline.Article) *Origin {
	switch {
	case a.CopyOf != "":
		return &Origin{a.CopyOf, "origin/copy-of", a.ID}
	case a.Dateline.Agency != "":
		return &Origin{a.Dateline.Agency, "origin/dateline", a.ID}
	}
	return nil
}
