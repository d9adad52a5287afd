package robots_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/acquire/robots"
)

const courier = `# The Harbour Post
User-agent: Gull/2.0 (fast)
User-Agent: Tern
Disallow: /

Crawl-delay: 2.5
Content-Signal: ai-train=no
User-agent: *
Disallow: /private*/draft
Disallow: /*.zip$
Disallow: /caf%c3%a9/
Disallow: /~joe/
Disallow: /a%2Fb
Allow: /private/draft/open
Sitemap: /news.xml
Sitemap: https://cdn.example.org/all.xml # elsewhere
Sitemap: /news.xml
`

func TestAllows(t *testing.T) {
	f := robots.Parse([]byte(courier), "https://www.example.org/robots.txt")
	for _, c := range []struct {
		agent, path string
		want        bool
	}{
		{"Gull", "/", false},
		{"gull", "/robots.txt", true},
		{"TERN", "/news", false},
		{"Gul", "/news", true},
		{"Dateline", "", true},
		{"Dateline", "/private/draft", false},
		{"Dateline", "/private-2/x/draft/1", false},
		{"Dateline", "/private/draft/open", true},
		{"Dateline", "/files/all.zip", false},
		{"Dateline", "/files/all.zip?x", true},
		{"Dateline", "/files/all.zip#top", false},
		{"Dateline", "/café/menu", false},
		{"Dateline", "/caf%C3%A9/menu", false},
		{"Dateline", "/%7Ejoe/", false},
		{"Dateline", "/a%2fb", false},
		{"Dateline", "/a/b", true},
		{"Dateline", "/PRIVATE/draft", true},
	} {
		if got := f.For(c.agent).Allows(c.path); got != c.want {
			t.Errorf("%s may fetch %q: %v, want %v", c.agent, c.path, got, c.want)
		}
	}
	if want := []string{"https://www.example.org/news.xml", "https://cdn.example.org/all.xml"}; !slices.Equal(f.Sitemaps, want) {
		t.Errorf("sitemaps %q, want %q", f.Sitemaps, want)
	}
	tern := f.For("Tern")
	if tern.Delay != 2500*time.Millisecond {
		t.Errorf("delay %v, want 2.5s", tern.Delay)
	}
	if got := tern.Signals["content-signal"]; !slices.Equal(got, []string{"ai-train=no"}) {
		t.Errorf("signals %q", got)
	}
}

// TestLines tries the ways in which files are written in the wild.
func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		allow bool
	}{
		"no bytes":                       {"", true},
		"a page":                         {"<!doctype html><p>User-agent: * Disallow: /", true},
		"byte order mark":                {"\ufeffUser-agent: *\nDisallow: /x", false},
		"carriage returns":               {"User-agent: *\rDisallow: /x\r", false},
		"spaces and tabs":                {"\tUSER-AGENT : *\r\n  disallow\t:\t/x \r\n", false},
		"a rule before any agent":        {"Disallow: /x\nUser-agent: *\n", true},
		"an empty line within a group":   {"User-agent: *\n\n\nDisallow: /x", false},
		"allow wins among equals":        {"User-agent: *\nAllow: /x\nDisallow: /x\n", true},
		"the pattern's length counts":    {"User-agent: *\nDisallow: /x*\nAllow: /x\n", false},
		"an empty disallow":              {"User-agent: *\nDisallow:\n", true},
		"an empty allow":                 {"User-agent: *\nDisallow: /\nAllow:\n", false},
		"groups of one agent are one":    {"User-agent: *\nDisallow: /y\nUser-agent: b\nDisallow: /z\nUser-agent: *\nDisallow: /x", false},
		"an agent's own group is all":    {"User-agent: *\nDisallow: /x\nUser-agent: dateline\nDisallow: /y", true},
		"a pattern longer than any path": {"User-agent: *\nDisallow: /" + strings.Repeat("*", robots.MaxPattern), true},
	} {
		if got := robots.Parse([]byte(c.text), "").For("Dateline").Allows("/x"); got != c.allow {
			t.Errorf("%s: allowed %v, want %v", name, got, c.allow)
		}
	}
}

// TestWhy checks that an answer names the line that decides.
func TestWhy(t *testing.T) {
	rules := robots.Parse([]byte("User-agent: *\n# nothing there\nDisallow: /a\nAllow: /a/b\n"), "").For("x")
	for path, want := range map[string]robots.Answer{
		"/a/x": {Allowed: false, Line: 3},
		"/a/b": {Allowed: true, Line: 4},
		"/c":   {Allowed: true},
	} {
		if got := rules.Test(path); got != want {
			t.Errorf("Test(%q) = %+v, want %+v", path, got, want)
		}
	}
}

func TestMeans(t *testing.T) {
	for _, c := range []struct {
		status int
		whole  bool
		want   robots.Meaning
	}{
		{200, true, robots.Read}, {200, false, robots.Unreachable}, {404, true, robots.Unavailable}, {403, true, robots.Unavailable},
		{410, false, robots.Unavailable}, {429, true, robots.Unreachable}, {503, true, robots.Unreachable}, {0, false, robots.Unreachable}, {301, true, robots.Unreachable},
	} {
		if got := robots.Means(c.status, c.whole); got != c.want {
			t.Errorf("Means(%d, %v) = %v, want %v", c.status, c.whole, got, c.want)
		}
	}
}

// FuzzParse checks that no file stops the reader, and that what the answer
// names is a line of the file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(courier), "/private/draft")
	f.Add([]byte("User-agent:*\nDisallow:/%*$%2"), "/%2")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		for _, agent := range []string{"Dateline", "*", ""} {
			got := robots.Parse(text, "https://example.org/robots.txt").For(agent).Test(path)
			if lines := strings.Count(string(text), "\n") + strings.Count(string(text), "\r") + 1; got.Line > lines || !got.Allowed && got.Line == 0 {
				t.Errorf("%+v in a file of %d lines", got, lines)
			}
		}
	})
}

func BenchmarkTest(b *testing.B) {
	rules := robots.Parse([]byte(courier), "").For("Dateline")
	for b.Loop() {
		rules.Allows("/2026/11/30/politics/the-ferry-that-came-back?ref=front")
	}
}
