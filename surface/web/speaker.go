package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/query"
)

// speakerPage is the template's form of an answer.Speaker.
type speakerPage struct {
	*answer.Speaker
	Sayings    []saying
	Facets     []facet
	Namesakes  []namesake // other speakers of the same name
	Chosen     []choice   // values by which the page is narrowed
	Prev, Next string     // addresses of the pages before and after; "" if there is none
	Search     string     // address of the search for the articles
	Asked      string     // that search as a query
	Back       string     // address of this page
	Articles   []spokenIn // the first articles in which the speaker speaks
	AllURL     string     // address of this page with doubtful statements or, if it has them, without
}

// A spokenIn is an article in which somebody speaks.
type spokenIn struct {
	Article   dateline.ArticleID
	Headlines []string // one
}

// mostSpokenIn bounds the articles that the form of a speaker lists.
const mostSpokenIn = 100

// A saying is an answer.Saying, with each article that prints it as the page shows it.
type saying struct {
	answer.Saying
	Said   statement // the statement with the most words
	Prints []print
}

// A print is one article that prints a saying. Differs holds its words if they differ
// from those of the saying; otherwise it is nil.
type print struct {
	statement
	Differs []string
}

// A namesake is another speaker of the same name, with the address of that speaker's
// page. Command is what to type to tell the program that both are one person.
type namesake struct {
	answer.Namesake
	Link, Command string
}

// Outlet lists the publishers that print statements of the namesake, on one line.
func (n namesake) Outlet() string { return strings.Join(n.Publishers, ", ") }

// speaker answers /speaker/NAME?in=ARTICLE&medium=M&publisher=P&all=1&page=N. If
// several speakers have the name, in=ARTICLE chooses the one who speaks in that
// article.
func (s *site) speaker(r *http.Request) (view, error) {
	_, page, err := order(r)
	if err != nil {
		return view{}, err
	}
	name := key(r, "name")
	found, err := answer.NewSpeaker(r.Context(), s.archive, name, answer.SpeakerOptions{
		In: r.FormValue("in"), Medium: r.FormValue("medium"), Publisher: r.FormValue("publisher"), All: r.FormValue("all") != "", Page: page,
		Bounds: s.bounds,
	})
	if err != nil {
		return view{}, err
	}
	return view{Title: found.Name, Next: nextPage(r, found.Page, found.Pages), Answer: found, Page: newSpeakerPage(found, name, r.URL.Query())}, nil
}

// newSpeakerPage returns the page of an answer about a speaker. name is the name in
// the address, and values are the values there.
func newSpeakerPage(found *answer.Speaker, name string, values url.Values) *speakerPage {
	k := answer.Statement{Name: name}.SpeakerKey()
	if found.All {
		values.Set("all", "1")
	}
	link := func(name, value string) string {
		v := url.Values{}
		for k := range values {
			v.Set(k, values.Get(k))
		}
		v.Del("page")
		v.Set(name, value)
		if value == "" {
			v.Del(name)
		}
		return speakerURL(k, v)
	}
	who := query.Query{Root: query.Filter{Field: "who", Value: found.Name}}
	p := &speakerPage{Speaker: found, Asked: who.String(), Search: asking{all: found.All}.searchURL(who.String(), 1), AllURL: link("all", unless(found.All, "1"))}
	if found.Page > 1 {
		p.Prev = link("page", strconv.Itoa(found.Page-1))
	}
	if found.Page < found.Pages {
		p.Next = link("page", strconv.Itoa(found.Page+1))
	}
	for _, f := range found.Facets {
		x := facet{Name: f.Name, Title: title(f.Name), More: f.More}
		for _, v := range f.Values {
			c := choice{f.Name, v.Value, v.Count, v.Chosen, link(f.Name, unless(v.Chosen, v.Value))}
			x.Items = append(x.Items, c)
			if c.Chosen {
				p.Chosen = append(p.Chosen, c)
			}
		}
		p.Facets = append(p.Facets, x)
	}
	p.Back = link("page", unless(found.Page == 1, strconv.Itoa(found.Page)))
	met := map[dateline.ArticleID]bool{}
	for _, s := range found.Sayings {
		for _, st := range s.Statements {
			if !met[st.Article] && len(p.Articles) < mostSpokenIn {
				met[st.Article] = true
				p.Articles = append(p.Articles, spokenIn{st.Article, []string{cmp.Or(st.Headline, string(st.Article))}})
			}
		}
		p.Sayings = append(p.Sayings, newSaying(s))
	}
	for _, n := range found.Namesakes {
		v := url.Values{"in": {string(n.Statement.Article)}}
		if found.All {
			v.Set("all", "1")
		}
		command := fmt.Sprintf("dateline same %s %s", shellWord(found.Ref), shellWord(n.Ref))
		p.Namesakes = append(p.Namesakes, namesake{n, speakerURL(k, v), command})
	}
	return p
}

// unless returns "" if the condition holds, and value otherwise.
func unless(condition bool, value string) string {
	if condition {
		return ""
	}
	return value
}

func newSaying(s answer.Saying) saying {
	x := saying{Saying: s, Said: newStatement(s.First)}
	for i, st := range s.Statements {
		p := print{statement: newStatement(st)}
		if !s.Same[i] {
			p.Differs = st.Words
		}
		x.Prints = append(x.Prints, p)
	}
	return x
}

// shellWord returns s as one word of a command line, quoted for a POSIX shell.
func shellWord(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
