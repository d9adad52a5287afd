package export_test

import (
	"testing"

	"dateline/surface/export"
)

// The keys are those of the Python package surt 0.3.1.
func TestSURT(t *testing.T) {
	for address, want := range map[string]string{
		"https://WWW.Example.org/A/B/?b=2&a=1#frag":                               "org,example)/a/b?a=1&b=2",
		"http://www2.example.org:80/":                                             "org,example)/",
		"http://example.org:8080/x//y/../z/./w/":                                  "org,example:8080)/x/z/w",
		"https://example.org":                                                     "org,example)/",
		"https://example.org/a?":                                                  "org,example)/a",
		"https://example.org//":                                                   "org,example)/",
		"https://example.org/../../a":                                             "org,example)/a",
		"https://example.org/a/..":                                                "org,example)/",
		"https://example.org/%41%2525/%e4":                                        "org,example)/a%25/%e4",
		"https://example.org/stra\u00dfe?q=\u00e4":                                "org,example)/stra%c3%9fe?q=%c3%a4",
		"https://b\u00fccher.example./a b?c d":                                    "example,xn--bcher-kva)/a%20b?c%20d",
		"https://example.org/a?q=100%25&r=%zz":                                    "org,example)/a?q=100%25&r=%25zz",
		"https://m.example.org/A%2FB":                                             "org,example,m)/a/b",
		"https://user:pw@192.168.1.5/a":                                           "5,1,168,192)/a",
		"https://example.org/a?b&a=&a&c=3&a=1":                                    "org,example)/a?a&a=&a=1&b&c=3",
		"https://example.org/a?x=1&jsessionid=1234567890ABCDEF1234567890ABCDEF&y": "org,example)/a?x=1&y",
		"https://example.org/a?PHPSESSID=1234567890abcdef1234567890abcdef":        "org,example)/a",
		"https://example.org/(s(abcdefghijklmnopqrstuvwx))/page.aspx?z":           "org,example)/page.aspx?z",
		"file:///home/reader/page.html":                                           "file:///home/reader/page.html",
		"":                                                                        "",
		"urn:uuid:1 \n{}":                                                         "urn:uuid:1%20%0a{}",
	} {
		if got := export.SURT(address); got != want {
			t.Errorf("SURT(%q) = %q, want %q", address, got, want)
		}
	}
}

// No address makes a key that is out of proportion.
func FuzzSURT(f *testing.F) {
	for _, s := range []string{"https://www.example.org:443/a/../b?z&y=%25%32%35#x", "HTTP://[::1]:80//", "https://a..b./?&&", "https://%77ww.x/%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := export.SURT(s)
		if len(key) > 5*len(s)+16 {
			t.Errorf("SURT(%q) has %d bytes", s, len(key))
		}
	})
}
