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
		{"/x", ""},
		{"mailto:a@a.example", ""},
		{"", ""},
	} {
		if got := link.Canonical(tc.address); got != tc.want {
			t.Errorf("Canonical(%q) = %q, want %q", tc.address, got, tc.want)
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
