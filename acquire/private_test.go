package acquire_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"dateline/acquire"
)

// privateHosts are addresses that lead into this machine or its network, in each
// notation that some resolver takes (inet_aton, RFC 4291, RFC 6052). PORT is that of a
// server on this machine.
var privateHosts = strings.Fields(`
	127.0.0.1 127.1 127.0.1 127.255.255.254 0.0.0.0 0 0x7f.0.0.1 0x7f000001 0177.0.0.1 017700000001 2130706433 127.0.0.1.
	localhost localhost. LOCALHOST localhost.localdomain
	[::1] [0:0:0:0:0:0:0:1] [::] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [::1%25lo]
	10.0.0.1 10.255.255.255 0x0a000001 167772161 [::ffff:10.0.0.1] 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 100.64.0.1
	169.254.169.254 0xa9fea9fe 2852039166 [::ffff:169.254.169.254] [fd00:ec2::254] [fe80::1%25eth0] [fc00::1] [fec0::1]
	224.0.0.1 255.255.255.255 240.0.0.1 [ff02::1]`)

// wantRefused wants an address to be fetched by nobody.
func wantRefused(t *testing.T, address string, o acquire.Options) {
	t.Helper()
	o.UserAgent = "Test/1 (+https://test.example/)"
	for p, err := range acquire.Open(t.Context(), address, o) {
		if err == nil {
			t.Errorf("%s was fetched: %s, status %d", address, p.Capture.URL, p.Capture.Status)
		}
	}
}

// TestPrivateAddresses asks for addresses of this machine and its network, in every
// notation: no request arrives.
func TestPrivateAddresses(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	if len(privateHosts) != 49 {
		t.Fatalf("%d addresses, want 49", len(privateHosts))
	}
	for _, host := range privateHosts {
		wantRefused(t, "http://"+host+port+"/", acquire.Options{})
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// TestRedirectsToPrivateAddresses has a server that may be asked send readers to
// addresses that may not: none of those is asked.
func TestRedirectsToPrivateAddresses(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to, err := url.QueryUnescape(r.URL.RawQuery)
		if err != nil || to == "" {
			asked.Add(1)
			return
		}
		status := http.StatusMovedPermanently
		fmt.Sscan(strings.TrimPrefix(r.URL.Path, "/"), &status)
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	o := acquire.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}
	for i, to := range []string{"http://0.0.0.0" + port, "http://127.0.0.2" + port, "http://[::1]" + port, "http://169.254.169.254/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "//2130706434" + port} {
		status := []int{301, 302, 303, 307, 308}[i%5]
		wantRefused(t, fmt.Sprintf("%s/%d?%s", server.URL, status, url.QueryEscape(to)), o)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests arrived", n)
	}
}
