package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

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

// TestGuessing gives wrong passwords from one address: after some, none is
// looked at from there for a while, not even the right one; others are answered,
// and so are those who give none.
func TestGuessing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := web.New(sample(), web.Options{Hosts: []string{"archive.example"}, Password: "open sesame, please"})
		ask := func(from, password string) int {
			r := httptest.NewRequest("GET", "http://archive.example/help", nil)
			r.RemoteAddr = from
			if password != "" {
				r.SetBasicAuth("reader", password)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
				t.Error("it is not said when to try again")
			}
			return w.Code
		}
		const guesser, neighbour = "203.0.113.5:4000", "203.0.113.6:4000"
		refused := 0
		for range 100 {
			if ask(guesser, "open sesame") == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused != 90 {
			t.Errorf("%d of 100 wrong passwords are not looked at, want 90", refused)
		}
		for _, x := range []struct {
			from, password string
			want           int
		}{
			{guesser, "open sesame, please", http.StatusTooManyRequests},
			{"[2001:db8::1]:9", "open sesame, please", http.StatusOK},
			{neighbour, "open sesame, please", http.StatusOK},
			{neighbour, "", http.StatusUnauthorized},
			{guesser, "", http.StatusUnauthorized},
		} {
			if got := ask(x.from, x.password); got != x.want {
				t.Errorf("%s with %q: %d, want %d", x.from, x.password, got, x.want)
			}
		}
		time.Sleep(10 * time.Second)
		if got := ask(guesser, "open sesame, please"); got != http.StatusOK {
			t.Errorf("the right password after a while: %d, want 200", got)
		}
		for range 50 { // one network of IPv6 is one address
			ask("[2001:db8::1]:9", "no")
			ask("[2001:db8::2]:9", "no")
		}
		if got := ask("[2001:db8::3]:9", "open sesame, please"); got != http.StatusTooManyRequests {
			t.Errorf("another address of the network: %d, want 429", got)
		}
	})
}

// TestPassword asks every route without the password, with a wrong one and
// with the right one.
func TestPassword(t *testing.T) {
	m := sample()
	h := web.New(m, web.Options{Hosts: options.Hosts, Password: "open sesame, please"})
	reader := 0
	for pattern, address := range addresses(t, m) {
		reader++ // another one each time: few wrong passwords are looked at from one address
		for given, ok := range map[string]bool{"": false, "open sesame": false, "open sesame, please!": false, "open sesame, please": true} {
			r := httptest.NewRequest("GET", address, nil)
			r.RemoteAddr = fmt.Sprintf("203.0.113.%d:4000", reader)
			if given != "" {
				r.SetBasicAuth("anybody", given)
			}
			res := ask(h, r)
			if address == "/healthz" { // tells nothing of the archive, so it is told everybody
				ok = true
			}
			if (res.StatusCode != http.StatusUnauthorized) != ok {
				t.Errorf("%s with the password %q: %s", pattern, given, res.Status)
			}
			if asks := strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Basic "); asks == ok {
				t.Errorf("%s with the password %q asks for one: %t", pattern, given, asks)
			}
		}
	}
}
