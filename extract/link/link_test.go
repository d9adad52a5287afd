package link_test

import (
	"testing"

	"dateline/extract/link"
)

func TestCanonical(t *testing.T) {
	for _, tc := range []struct{ address, want string }{
		{"https://www.A.example:443/x?utm_source=rss&id=4#top", "https://www.a.example/x?id=4"},
		{"http://a.example", "http://a.example/"},
		{"https://a.example/x?fbclid=1&gclid=2", "https://a.example/x"},
		{"https://a.example/x?ref=rss", "https://a.example/x"},
		{"https://a.example/x?ref=41", "https://a.example/x?ref=41"},
		{"https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"},
		{"https://a.example:8443/x", "https://a.example:8443/x"},
		{"https://user:pw@a.example/x", "https://a.example/x"},
		{"HTTPS://www.a.example./a/./b/../c?", "https://www.a.example/a/c"},
		{"https://a.example/%7Ejoe/%61%2fb%c3%a9", "https://a.example/~joe/a%2Fb%C3%A9"},
		{"https://a.example//two//slashes/..", "https://a.example//two//"},
		{" https://bücher.example/ä b\n", "https://xn--bcher-kva.example/%C3%A4%20b"},
		{"http://[2001:DB8:0::1]:80/a", "http://[2001:db8::1]/a"},
		{"https://a.example/x;JSESSIONID=1A2B?id=5&PHPSESSID=9", "https://a.example/x?id=5"},
		{"https://a.example/x?s=20&t=abc", "https://a.example/x?s=20&t=abc"},
		{"https://a.example/x?__twitter_impression=true&s=20", "https://a.example/x"},
		{"https://a.example/find?q=utm_source%3Drss", "https://a.example/find?q=utm_source%3Drss"},
		{"https://a-example.cdn.ampproject.org/c/s/a.example/x?utm_source=amp", "https://a.example/x"},
		{"https://www.google.de/amp/s/amp.a.example/x", "https://amp.a.example/x"},
		{"https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fx&sa=D", "https://a.example/x"},
		{"https://www.google.com/url?q=nothing", "https://www.google.com/url?q=nothing"},
		{"https://a.example/x?gad_source=1&fb_action_ids=2&mtm_kwd=c&at_link_id=3&elqTrackId=4&ICID=5&__hstc=6&WT.srch=1", "https://a.example/x"},
		{"https://a.example/x?partner=rss&emc=rss&id=4&amp;utm_source=x", "https://a.example/x?id=4"},
		{"https://a.example/x?utm=5&reference=7&date=2026-05-09&gclidx=1", "https://a.example/x?utm=5&reference=7&date=2026-05-09&gclidx=1"},
		{"https://a.example/x?ASPSESSIONIDQQ=AB&id=1", "https://a.example/x?id=1"},
		{"https://a.example/x;PHPSESSID=7A?id=1", "https://a.example/x?id=1"},
		{"https://a.example/(S(abcdefghijklmnopqrstuvw1))/x.aspx", "https://a.example/x.aspx"},
		{"https://a.example/a(S(b))/x", "https://a.example/a(S(b))/x"},
		{"https://a.example:0443/a", "https://a.example/a"},
		{`https:\\a.example\b?c\d`, "https://a.example/b?c%5Cd"},
		{"https://a-example.cdn.ampproject.org/v/s/a.example/x?amp_js_v=0.1", "https://a.example/x"},
		{"/x", ""},
		{"mailto:a@a.example", ""},
		{"", ""},
	} {
		if got := link.Canonical(tc.address); got != tc.want {
			t.Errorf("Canonical(%q) = %q, want %q", tc.address, got, tc.want)
		}
	}
}

// TestKnown checks how far a page is believed about its own address.
func TestKnown(t *testing.T) {
	const own = "https://www.post.example/region/bridge-stays-closed"
	for _, tc := range []struct {
		about, address string
		facts          link.Facts
		want, way      string
	}{
		{"nothing else is known", own + "?utm_source=x", link.Facts{}, own, "url"},
		{"its link", own + "?ref=top", link.Facts{Links: []string{"/region/bridge-stays-closed"}}, own, "link:canonical"},
		{"its link, relative to a base", own, link.Facts{Base: "/x/", Links: []string{"bridge-stays-closed-again"}}, "https://www.post.example/x/bridge-stays-closed-again", "link:canonical"},
		{"the first that can be believed", own, link.Facts{Links: []string{"https://www.post.example/", own + "/"}}, own + "/", "link:canonical"},
		{"not the section", own, link.Facts{Links: []string{"/region/"}}, own, "url"},
		{"but the article above its print view", own + "/print", link.Facts{Links: []string{own}}, own, "link:canonical"},
		{"and above its second page", "https://www.post.example/a/page/2", link.Facts{Links: []string{"https://www.post.example/a"}}, "https://www.post.example/a", "link:canonical"},
		{"not a machine of the developers", own, link.Facts{Links: []string{"http://localhost/region/bridge-stays-closed", "https://192.168.1.4/region/bridge-stays-closed", "https://cms.internal/region/bridge-stays-closed"}}, own, "url"},
		{"not what a template left", own, link.Facts{Links: []string{"undefined", "null", "app://x"}}, own, "url"},
		{"not another outlet's article", own, link.Facts{Links: []string{"https://wire.example/2026/bridge"}}, own, "url"},
		{"og:url where it names the same page", own + "?x=1", link.Facts{OG: own}, own, "meta:og:url"},
		{"not where it names another", own, link.Facts{OG: "https://www.post.example/region/another-story-yet"}, own, "url"},
		{"JSON-LD after it", own + "?x=1", link.Facts{JSONLD: own}, own, "jsonld:url"},
		{"where the redirect led", "https://t.example/1", link.Facts{Redirects: []string{own + "?cookie=1", own}}, own, "url"},
		{"not to a wall", own, link.Facts{Redirects: []string{"https://consent.post.example/?back=" + own}}, own, "url"},
		{"not to the front page", own, link.Facts{Redirects: []string{"https://www.post.example/"}}, own, "url"},
		{"not to a page that says that it is not there", own, link.Facts{Redirects: []string{"https://www.post.example/error/404.html"}}, own, "url"},
		{"not to an offer", own, link.Facts{Redirects: []string{"https://www.post.example/abonnement?from=/region/bridge"}}, own, "url"},
		{"but to an article that is named like a wall", "https://www.post.example/?p=12", link.Facts{Redirects: []string{"https://www.post.example/region/court-finds-no-consent-to-challenge"}}, "https://www.post.example/region/court-finds-no-consent-to-challenge", "url"},
		{"not the front page in another form", own, link.Facts{Links: []string{"/index.html", "/?utm_source=x"}}, own, "url"},
		{"not a template", own, link.Facts{Links: []string{"/region/{{slug}}"}}, own, "url"},
		{"of two links that disagree none", own, link.Facts{Links: []string{"/region/another-story-yet", "/region/the-third-story"}}, own, "url"},
		{"but the one that names the page", own, link.Facts{Links: []string{"/region/another-story-yet", own + "/"}}, own + "/", "link:canonical"},
		{"no address", "mailto:a@post.example", link.Facts{}, "", ""},
	} {
		if got, way := link.Known(tc.address, tc.facts); got != tc.want || way != tc.way {
			t.Errorf("%s: %q by %q, want %q by %q", tc.about, got, way, tc.want, tc.way)
		}
	}
}

func TestRequest(t *testing.T) {
	for _, tc := range []struct{ base, ref, want string }{
		{"https://a.example/f/x.xml", "../ü b?q=a b#c", "https://a.example/%C3%BC%20b?q=a%20b#c"},
		{"http://a.example/", "www.b.example/x", "http://www.b.example/x"},
		{"", "https://u:p@A.example:443/%zz", "https://a.example/%25zz"},
		{"https://a.example/", "javascript:alert(1)", ""},
		{"", "/x", ""},
		{"https://a.example/", "https:///x", ""},
	} {
		if got, ok := link.Request(tc.base, tc.ref); got != tc.want || ok != (tc.want != "") {
			t.Errorf("Request(%q, %q) = %q, %v, want %q", tc.base, tc.ref, got, ok, tc.want)
		}
	}
}

func TestSite(t *testing.T) {
	for _, tc := range []struct{ address, want string }{
		{"https://news.bbc.co.uk/1", "bbc.co.uk"},
		{"https://WWW.A.example/", "a.example"},
		{"http://127.0.0.1:8080/x", "127.0.0.1"},
		{"http://localhost/", "localhost"},
		{"not an address", ""},
	} {
		if got := link.Site(tc.address); got != tc.want {
			t.Errorf("Site(%q) = %q, want %q", tc.address, got, tc.want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"https://www.a.example/x?utm_source=a&id=4#b", "HTTP://A.example:80", "https://a.example/%zz", "//a", "https://[::1]/", "http://a.example/ä?ö=ü", "http://.:", "http://a.example?00 &", "http://a.example?b& &c", "https://a.example.:443", "http://a.:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once := link.Canonical(address)
		if twice := link.Canonical(once); twice != once {
			t.Errorf("Canonical(%q) = %q, and of that %q", address, once, twice)
		}
	})
}
