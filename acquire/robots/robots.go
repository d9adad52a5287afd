// Package robots reads robots.txt files and answers whether they let a
// crawler fetch an address, by RFC 9309 (Robots Exclusion Protocol).
//
// robots.go reads a file into groups, match.go compares a path with the
// patterns of a group, and status.go says what an answer to the request for
// the file means when it is no file. The package asks for nothing itself.
package robots

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a file is read. RFC 9309 section 2.5 asks for at
// least 500 KiB; what stands behind the limit is not read, and the line that
// the limit cuts is dropped.
const MaxBytes = 1 << 20

// MaxPattern is the longest pattern, in bytes, that is kept. Longer ones are
// no paths that a server could answer; section 2.2.2 sets no limit.
const MaxPattern = 8 << 10

// A File is what a robots.txt says. The zero File allows everything.
type File struct {
	// Sitemaps are the addresses of Sitemap lines, absolute where the file's
	// own address is known, each once, in order.
	Sitemaps []string
	groups   []group
}

// A group is the rules for one agent. All groups of a file that name the same
// agent are one group (section 2.2.1).
type group struct {
	agent  string // lower case; "*" is everybody who is not named
	member *Rules // shared by the agents of one run of User-agent lines, until two runs are merged
}

// Rules are what a file says to one agent. The zero Rules allow everything.
type Rules struct {
	rules []rule
	// Delay is the time between two requests that the file asks for by a
	// Crawl-delay line, which is not part of RFC 9309; 0 if it does not ask.
	Delay time.Duration
	// Signals are the preferences on the use of what is fetched that the
	// group states, by the lower-case name of their line ("content-signal",
	// "content-usage"), the values as they stand; nil if it states none.
	Signals map[string][]string
}

// A rule allows or forbids the paths that a pattern matches.
type rule struct {
	allow   bool
	pattern string // in the form that normal gives
	line    int
}

// Parse reads a robots.txt. The base is the address of the file, which
// relative sitemap addresses are resolved against; "" leaves these out. What
// is not a line of the format is passed over, so that a page that stands in
// place of the file has no rules (section 2.2: "crawlers ignore").
func Parse(text []byte, base string) *File {
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
		if i := bytes.LastIndexAny(text, "\r\n"); i >= 0 {
			text = text[:i]
		}
	}
	r := reader{f: &File{}, byAgent: map[string]*Rules{}}
	r.base, _ = url.Parse(base)
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for n := 1; len(text) > 0; n++ {
		line := text
		if i := bytes.IndexAny(text, "\r\n"); i < 0 {
			text = nil
		} else {
			line = text[:i]
			if bytes.HasPrefix(text[i:], []byte("\r\n")) {
				i++
			}
			text = text[i+1:]
		}
		r.line(string(line), n)
	}
	return r.f
}

// A reader reads a robots.txt line by line and keeps which group of rules it is in.
type reader struct {
	f       *File
	base    *url.URL
	byAgent map[string]*Rules
	agents  []string // of the group that is open
	ruled   bool     // the open group has a rule, so that a User-agent line begins another
}

// line reads one line: a name, a colon, a value, and perhaps a comment.
func (r *reader) line(line string, n int) {
	line, _, _ = strings.Cut(line, "#")
	name, value, found := strings.Cut(line, ":")
	if !found {
		return
	}
	name, value = strings.ToLower(strings.Trim(name, " \t")), strings.Trim(value, " \t")
	switch name {
	case "user-agent":
		r.userAgent(value)
	case "allow", "disallow":
		r.ruled = true
		if value == "" || len(value) > MaxPattern || !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "*") {
			return // an empty pattern matches nothing; others begin with a slash or a wild card
		}
		for _, agent := range r.agents {
			rules := r.byAgent[agent]
			rules.rules = append(rules.rules, rule{allow: name == "allow", pattern: normal(value), line: n})
		}
	case "sitemap":
		r.sitemap(value)
	case "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			for _, agent := range r.agents {
				r.byAgent[agent].Delay = time.Duration(min(s, maxDelay.Seconds()) * float64(time.Second))
			}
		}
	case "content-signal", "content-usage":
		for _, agent := range r.agents {
			rules := r.byAgent[agent]
			if rules.Signals == nil {
				rules.Signals = map[string][]string{}
			}
			rules.Signals[name] = append(rules.Signals[name], value)
		}
	}
}

// maxDelay bounds a Crawl-delay: a file that asks for more is taken to ask
// for a day, since it asks in effect not to be crawled, which it could say.
const maxDelay = 24 * time.Hour

// userAgent opens a group, or adds an agent to the one that has no rule yet.
func (r *reader) userAgent(value string) {
	if r.ruled {
		r.agents, r.ruled = nil, false
	}
	agent := token(value)
	if agent == "" {
		return
	}
	if r.byAgent[agent] == nil {
		r.byAgent[agent] = &Rules{}
		r.f.groups = append(r.f.groups, group{agent, r.byAgent[agent]})
	}
	if !slices.Contains(r.agents, agent) {
		r.agents = append(r.agents, agent)
	}
}

// token is the product token that a User-agent line names, in lower case: the
// letters, hyphens and underscores at its beginning (section 2.2.1), so that
// "Dateline/1.0" names Dateline. "*" stays as it is.
func token(value string) string {
	if strings.HasPrefix(value, "*") {
		return "*"
	}
	end := strings.IndexFunc(value, func(c rune) bool {
		return c != '-' && c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

// sitemap adds the address of a line "Sitemap:" to those that the file names.
func (r *reader) sitemap(value string) {
	u, err := url.Parse(value)
	if value == "" || err != nil {
		return
	}
	if !u.IsAbs() {
		if r.base == nil || !r.base.IsAbs() {
			return
		}
		u = r.base.ResolveReference(u)
	}
	if s := u.String(); (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !slices.Contains(r.f.Sitemaps, s) {
		r.f.Sitemaps = append(r.f.Sitemaps, s)
	}
}

// For returns the rules for an agent: those of the groups that name its
// product token, in any case, else those for everybody. The result is never
// nil; rules for everybody are not added to an agent's own.
func (f *File) For(agent string) *Rules {
	agent = token(agent)
	var all *Rules
	for _, g := range f.groups {
		switch g.agent {
		case agent:
			return g.member
		case "*":
			all = g.member
		}
	}
	if all == nil {
		all = &Rules{}
	}
	return all
}

// An Answer is whether a path may be fetched, and why.
type Answer struct {
	Allowed bool // may be fetched
	Line    int  // number of the line that decides, from 1; 0 if no rule matches
}

// Test answers for the path and query of an address, as they would be
// requested. The rule with the longest pattern decides, in bytes, and of two
// of one length the one that allows; a path that no rule matches may be
// fetched, and so may /robots.txt itself (section 2.2.2).
func (r *Rules) Test(path string) Answer {
	path, _, _ = strings.Cut(path, "#")
	if path == "" {
		path = "/"
	}
	path = normal(path)
	if path == "/robots.txt" {
		return Answer{Allowed: true}
	}
	best, size := Answer{Allowed: true}, -1
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if (n > size || n == size && rule.allow && !best.Allowed) && match(rule.pattern, path) {
			best, size = Answer{Allowed: rule.allow, Line: rule.line}, n
		}
	}
	return best
}

// Allows reports whether the path and query of an address may be fetched.
func (r *Rules) Allows(path string) bool { return r.Test(path).Allowed }
