package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/answer"
	"dateline/query"
)

// speakerPage shows an answer.Speaker.
type speakerPage struct {
	*answer.Speaker
	Sayings    []saying
	Facets     []facet
	Namesakes  []namesake
	Chosen     []choice
	Prev, Next string
	Search     string // address of the search for the articles
	AllURL     string // this page with, or without, less certain statements
}

// A saying is an answer.Saying with its prints as the page shows them.
type saying struct {
	answer.Saying
	Said   statement // the one with the most words
	Prints []print
}

// A print is one article that has a saying; Differs holds its words where they
// are not those of the saying.
type print struct {
	statement
	Differs []string
}

// A namesake is an answer.Namesake with the address of its page and the
// command that makes it one with the speaker of the page.
type namesake struct {
	answer.Namesake
	Link, Command string
}

// Outlet names those that print it for one line.
func (n namesake) Outlet() string { return strings.Join(n.Publishers, ", ") }

// speaker answers /speaker/NAME?in=ARTICLE&medium=M&publisher=P&all=1&page=N. Of
// several speakers of the name it is the one that speaks in the article.
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
	return view{Title: found.Name, Answer: found, Page: newSpeakerPage(found, name, r.URL.Query())}, nil
}

// newSpeakerPage shows what is found by a name; values are those of the
// address.
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
	p := &speakerPage{Speaker: found, Search: asking{all: found.All}.searchURL(who.String(), 1), AllURL: link("all", unless(found.All, "1"))}
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
	for _, s := range found.Sayings {
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

// unless returns value unless a condition holds, then "".
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

// shellWord writes s as one word of a command line.
func shellWord(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
