package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"dateline/surface/web"
)

// TestHosts asks under names that are the server's and under others.
func TestHosts(t *testing.T) {
	for _, x := range []struct {
		options web.Options
		want    map[string]int
	}{
		{web.Options{}, map[string]int{
			"127.0.0.1:8080": 200, "localhost:8080": 200, "LOCALHOST": 200, "[::1]:8080": 200, "[::1]": 200, "127.1.2.3": 200,
			"rebound.example:8080": 421, "localhost.rebound.example": 421, "10.0.0.1:8080": 421, "": 421,
		}},
		{web.Options{Addresses: true, Hosts: []string{"archive.example"}}, map[string]int{
			"archive.example": 200, "Archive.Example:8310": 200, "10.0.0.1:8080": 200, "[2001:db8::1]:80": 200, "localhost": 200,
			"rebound.example:8080": 421, "archive.example.rebound.example": 421, "10.0.0.1.rebound.example": 421, "": 421,
		}},
	} {
		h := web.New(sample(), x.options)
		for host, want := range x.want {
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = host
			if res := ask(h, r); res.StatusCode != want {
				t.Errorf("%+v: Host: %s: %s, want %d", x.options, host, res.Status, want)
			}
		}
	}
}

// TestPassword asks every route without the password, with a wrong one and
// with the right one.
func TestPassword(t *testing.T) {
	m := sample()
	h := web.New(m, web.Options{Hosts: options.Hosts, Password: "open sesame, please"})
	for pattern, address := range addresses(t, m) {
		for given, ok := range map[string]bool{"": false, "open sesame": false, "open sesame, please!": false, "open sesame, please": true} {
			r := httptest.NewRequest("GET", address, nil)
			if given != "" {
				r.SetBasicAuth("anybody", given)
			}
			res := ask(h, r)
			if (res.StatusCode != http.StatusUnauthorized) != ok {
				t.Errorf("%s with the password %q: %s", pattern, given, res.Status)
			}
			if asks := strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Basic "); asks == ok {
				t.Errorf("%s with the password %q asks for one: %t", pattern, given, asks)
			}
		}
	}
}
