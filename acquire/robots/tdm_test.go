package robots_test

import (
	"testing"

	"dateline/acquire/robots"
)

func TestTDM(t *testing.T) {
	file := robots.ParseTDM([]byte(`[{"location":"/","tdm-reservation":1,"tdm-policy":"https://post.example/tdm.json"}, {"location":"/free/","tdm-reservation":0},
		{"location":"/*.pdf$","tdm-reservation":"1"}, {"location":"/odd","tdm-reservation":2}, {"tdm-reservation":1}, {"location":7}, {}]`))
	for _, tc := range []struct{ path, reservation, policy string }{
		{"/", "1", "https://post.example/tdm.json"},
		{"/news/ferry?x=1", "1", "https://post.example/tdm.json"},
		{"/free/ferry", "0", ""},
		{"/a/b.pdf", "1", ""},
		{"/odd", "1", "https://post.example/tdm.json"},
	} {
		if r, p := file.For(tc.path); r != tc.reservation || p != tc.policy {
			t.Errorf("For(%q) = %q, %q, want %q, %q", tc.path, r, p, tc.reservation, tc.policy)
		}
	}
	for _, text := range []string{"", "<html>", "{}", "[1, \"x\"]", "null"} {
		if r, p := robots.ParseTDM([]byte(text)).For("/"); r != "" || p != "" {
			t.Errorf("%q states %q, %q, want nothing", text, r, p)
		}
	}
}
