package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline"
	"dateline/query"
	"dateline/relate/speaker"
)

// Bounds of a speaker's page: the articles it reads, the newest ones, and the
// sayings on one page.
const (
	speakerArticles = 1000
	pageSayings     = 30
)

// speakerPage shows what one person or body is reported to have said; the
// same words printed by several outlets are one saying.
type speakerPage struct {
	Name       string     `json:"name"`
	AlsoNamed  []string   `json:"also,omitempty"`
	Roles      []string   `json:"roles,omitempty"`
	Statements int        `json:"statements"` // reports of what is said
	Articles   int        `json:"articles"`
	Different  int        `json:"different"` // sayings
	Shown      int        `json:"shown"`     // sayings that the filters let through
	All        bool       `json:"all"`       // doubtful statements, too
	Older      bool       `json:"older,omitempty"`
	Page       int        `json:"page"`
	Pages      int        `json:"pages"`
	Prev       string     `json:"prev,omitempty"`
	Next       string     `json:"next,omitempty"`
	Sayings    []saying   `json:"sayings"`
	Facets     []facet    `json:"facets"`
	Namesakes  []namesake `json:"namesakes,omitempty"` // others who bear the name, kept apart

	Ref    string   `json:"ref"` // what "dateline same" and "dateline differ" take
	Chosen []choice `json:"-"`
	Search string   `json:"search"` // the articles
	AllURL string   `json:"-"`      // this page with, or without, doubtful statements
}

// A saying is what was said, in one wording, and who prints it.
type saying struct {
	On     dateline.Date `json:"on,omitempty"` // the day, if Told that of saying, else that of the earliest print
	Told   bool          `json:"told,omitempty"`
	Words  []string      `json:"words"`
	Kind   string        `json:"kind"`
	Medium string        `json:"medium,omitempty"`
	To     []string      `json:"to,omitempty"`
	Prints []print       `json:"prints"`

	Said said   `json:"-"`
	Lang string `json:"-"`
}

// A print is one article that has a saying.
type print struct {
	Outlet    string        `json:"outlet"`
	Headline  string        `json:"headline"`
	Published dateline.Date `json:"published,omitempty"`
	Link      string        `json:"link"` // the words on the article's page
	Cite      string        `json:"cite"`
	Lang      string        `json:"lang,omitempty"`
	Via       []string      `json:"via,omitempty"`
	Hedge     string        `json:"hedge,omitempty"`
	As        string        `json:"as"`              // how the article calls the speaker
	Words     []string      `json:"words,omitempty"` // where they differ

	Account string `json:"-"`
}

// A namesake is a speaker of the same name of whom nothing shows that it is
// the same.
type namesake struct {
	Name       string        `json:"name"`
	Roles      []string      `json:"roles,omitempty"`
	Statements int           `json:"statements"`
	Outlets    []string      `json:"outlets"`
	Latest     dateline.Date `json:"latest,omitempty"`
	Link       string        `json:"link"`
	Said       string        `json:"said"` // something it said
	Ref        string        `json:"ref"`  // what "dateline same" takes
	Command    string        `json:"-"`    // that makes it one with the speaker of the page
	Lang       string        `json:"-"`
}

func speakerURL(key string, v url.Values) string {
	address := "/speaker/" + url.PathEscape(key)
	if len(v) > 0 {
		address += "?" + v.Encode()
	}
	return address
}

// speaker answers /speaker/NAME?in=ARTICLE&medium=M&outlet=O&all=1&page=N. Of
// several speakers of the name it is the one that speaks in the article.
func (s *site) speaker(r *http.Request) (view, error) {
	name := speaker.Key(key(r, "name"))
	all := r.FormValue("all") != ""
	_, page, err := order(r)
	if err != nil {
		return view{}, err
	}
	list, older, all, err := s.speakers(r.Context(), name, all)
	if err != nil {
		return view{}, fmt.Errorf("speaker %s: %w", name, err)
	}
	if len(list) == 0 {
		return view{}, fmt.Errorf("speaker %s: %w", name, dateline.ErrNotFound)
	}
	at := 0
	if in := r.FormValue("in"); in != "" {
		at = slices.IndexFunc(list, func(sp speaker.Speaker) bool { return speaksIn(sp, in) })
		if at < 0 {
			return view{}, fmt.Errorf("speaker %s in article %s: %w", name, in, dateline.ErrNotFound)
		}
	} else {
		for i := range list { // the one of whom most is known
			if len(list[i].Reports) > len(list[at].Reports) {
				at = i
			}
		}
	}
	b := speakerBuilder{key: name, values: r.URL.Query(), page: &speakerPage{All: all, Older: older, Page: page, Sayings: []saying{}}}
	if all {
		b.values.Set("all", "1")
	}
	if err := b.build(list[at]); err != nil {
		return view{}, err
	}
	for i, sp := range list {
		if i != at {
			n := newNamesake(sp, name, all)
			n.Command = "dateline same " + shellWord(b.page.Ref) + " " + shellWord(n.Ref)
			b.page.Namesakes = append(b.page.Namesakes, n)
		}
	}
	return view{Title: b.page.Name, Page: b.page}, nil
}

// speakers returns those who bear a name; with doubtful statements if all is
// set or there are no others.
func (s *site) speakers(ctx context.Context, name string, all bool) (list []speaker.Speaker, older, shownAll bool, err error) {
	decisions, err := s.archive.Decisions(ctx)
	if err != nil {
		return nil, false, all, err
	}
	list, older, err = speaker.Of(ctx, s.archive, name, decisions, speakerArticles, all)
	if err == nil && len(list) == 0 && !all {
		all = true
		list, older, err = speaker.Of(ctx, s.archive, name, decisions, speakerArticles, all)
	}
	return list, older, all, err
}

func speaksIn(sp speaker.Speaker, article string) bool {
	return slices.ContainsFunc(sp.Reports, func(r speaker.Report) bool { return string(r.Article.ID) == article })
}

// A speakerBuilder makes the page of one speaker; values are those of its
// address.
type speakerBuilder struct {
	key    string
	values url.Values
	page   *speakerPage
}

// link is the address of the page with a value set, or unset if it is "".
func (b speakerBuilder) link(name, value string) string {
	v := url.Values{}
	for k := range b.values {
		v.Set(k, b.values.Get(k))
	}
	v.Del("page")
	v.Set(name, value)
	if value == "" {
		v.Del(name)
	}
	return speakerURL(b.key, v)
}

func (b speakerBuilder) build(sp speaker.Speaker) error {
	p := b.page
	names := sp.Names()
	p.Name, p.AlsoNamed, p.Roles, p.Statements = names[0], names[1:], sp.Roles(), len(sp.Reports)
	p.Ref = refOf(sp)
	articles := map[dateline.ArticleID]bool{}
	for _, r := range sp.Reports {
		articles[r.Article.ID] = true
	}
	p.Articles = len(articles)
	p.Search = searchURL(query.Query{Root: query.Filter{Field: "who", Value: p.Name}, Doubtful: p.All}, false, 1)
	p.AllURL = b.link("all", map[bool]string{true: "", false: "1"}[p.All])
	sayings := speaker.Sayings(sp.Reports)
	p.Different = len(sayings)
	p.Facets = b.facets(sayings)
	sayings = slices.DeleteFunc(sayings, func(s speaker.Saying) bool {
		return !has(mediaOf(s), b.values.Get("medium")) || !has(outletsOf(s), b.values.Get("outlet"))
	})
	p.Shown, p.Pages = len(sayings), (len(sayings)+pageSayings-1)/pageSayings
	if p.Page > 1 && p.Page > p.Pages {
		return &problem{Status: http.StatusNotFound, Heading: "No such page", Message: fmt.Sprintf("the last page is %d", p.Pages)}
	}
	from := min((p.Page-1)*pageSayings, len(sayings))
	to := min(from+pageSayings, len(sayings))
	if p.Page > 1 {
		p.Prev = b.link("page", strconv.Itoa(p.Page-1))
	}
	if p.Page < p.Pages {
		p.Next = b.link("page", strconv.Itoa(p.Page+1))
	}
	for _, s := range sayings[from:to] {
		p.Sayings = append(p.Sayings, newSaying(s))
	}
	return nil
}

// has reports whether value is one of list; every list has "".
func has(list []string, value string) bool { return value == "" || slices.Contains(list, value) }

// untold stands in addresses for a medium that is not told.
const untold = "none"

func mediaOf(s speaker.Saying) []string {
	return distinct(s, func(r speaker.Report) string { return cmp.Or(r.Statement().Medium, untold) })
}

func outletsOf(s speaker.Saying) []string {
	return distinct(s, func(r speaker.Report) string { return cmp.Or(r.Outlet(), untold) })
}

// distinct returns the different values of the reports in their order.
func distinct(s speaker.Saying, value func(speaker.Report) string) []string {
	var list []string
	for _, r := range s.Reports {
		if v := value(r); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// facets counts sayings by medium and by outlet; a value that is chosen is
// taken away by its link.
func (b speakerBuilder) facets(sayings []speaker.Saying) []facet {
	var list []facet
	for _, x := range []struct {
		name, title string
		of          func(speaker.Saying) []string
	}{{"medium", "Medium", mediaOf}, {"outlet", "Outlet", outletsOf}} {
		n := map[string]int{}
		f := facet{Name: x.name, Title: x.title}
		for _, s := range sayings {
			for _, v := range x.of(s) {
				if n[v]++; n[v] == 1 {
					f.Items = append(f.Items, choice{Field: x.name, Value: v})
				}
			}
		}
		slices.SortStableFunc(f.Items, func(a, b choice) int { return n[b.Value] - n[a.Value] })
		for i := range f.Items {
			c := &f.Items[i]
			c.N, c.Chosen = n[c.Value], b.values.Get(x.name) == c.Value
			c.Link = b.link(x.name, map[bool]string{true: "", false: c.Value}[c.Chosen])
			if c.Chosen {
				b.page.Chosen = append(b.page.Chosen, *c)
			}
		}
		f.More = max(0, len(f.Items)-facetSize)
		f.Items = f.Items[:len(f.Items)-f.More]
		list = append(list, f)
	}
	return list
}

func newSaying(s speaker.Saying) saying {
	first := s.Reports[0]
	on, told := s.On()
	show := saying{On: on, Told: told, Said: newSaid(first), Lang: first.Article.Lang, Kind: first.Statement().Kind}
	show.Words = show.Said.Parts
	for _, r := range s.Reports {
		st := r.Statement()
		show.Medium = cmp.Or(show.Medium, st.Medium)
		if len(show.To) == 0 {
			show.To = st.To
		}
		show.Prints = append(show.Prints, newPrint(r, first))
	}
	slices.SortStableFunc(show.Prints, func(a, b print) int { return cmp.Compare(a.Published.Day(), b.Published.Day()) })
	return show
}

func newPrint(r, first speaker.Report) print {
	x := newSaid(r)
	p := print{
		Outlet: r.Outlet(), Headline: r.Article.Headline, Published: r.Article.Published, Lang: r.Article.Lang,
		Link: "/article/" + url.PathEscape(string(r.Article.ID)), Cite: x.Cite, Via: x.Via, Hedge: x.Hedge, Account: x.Account(), As: x.Name,
	}
	if x.Doubtful {
		p.Link += "?all=1"
	}
	p.Link += "#" + x.ID()
	if !speaker.SameWords(r, first) {
		p.Words = x.Parts
	}
	return p
}

func newNamesake(sp speaker.Speaker, key string, all bool) namesake {
	first := sp.Reports[0]
	n := namesake{Name: first.Name(), Roles: sp.Roles(), Statements: len(sp.Reports), Latest: first.Article.Published,
		Said: brief([]string{first.Said()}), Lang: first.Article.Lang, Ref: refOf(sp)}
	for _, r := range sp.Reports {
		if o := r.Outlet(); o != "" && !slices.Contains(n.Outlets, o) {
			n.Outlets = append(n.Outlets, o)
		}
	}
	v := url.Values{"in": {string(first.Article.ID)}}
	if all {
		v.Set("all", "1")
	}
	n.Link = speakerURL(key, v)
	return n
}

// refOf names a speaker by one of the articles.
func refOf(sp speaker.Speaker) string {
	first := sp.Reports[0]
	return dateline.SpeakerRef{Name: first.Name(), Article: first.Article.ID}.String()
}

// shellWord writes s as one word of a command line.
func shellWord(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Outlet names those that print a saying for one line.
func (n namesake) Outlet() string { return strings.Join(n.Outlets, ", ") }
