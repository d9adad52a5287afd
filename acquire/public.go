package acquire

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
)

// ErrPrivate reports an address that is not fetched unless it is among those that
// Options.Allow names.
var ErrPrivate = errors.New("not a public address")

// checkDial returns what a dialer asks before each connection: the name has been
// resolved by then, so a name that leads to a private address is caught too.
func checkDial(allow []netip.Prefix) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("dial %s %s: %w", network, address, err)
		}
		ip := at.Addr().Unmap().WithZone("")
		if !IsPublic(ip) && !slices.ContainsFunc(allow, func(p netip.Prefix) bool { return p.Contains(ip) }) {
			return fmt.Errorf("%s is %w", at.Addr(), ErrPrivate)
		}
		return nil
	}
}

// NewClient returns a client for calls to addresses that users name: it connects to
// public ones and those of allow only, whatever a name leads to, follows no redirect and
// goes through no proxy. roots are the authorities that it trusts; nil means those of the
// system.
func NewClient(allow []netip.Prefix, roots *x509.CertPool) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext:           (&net.Dialer{Timeout: dialTime, Control: checkDial(allow)}).DialContext,
			TLSHandshakeTimeout:   dialTime,
			ResponseHeaderTimeout: headerTime,
			TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
			DisableKeepAlives:     true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// IsPublic reports whether an address belongs to the public internet. IPv4
// addresses within IPv6 ones are judged as what they are.
func IsPublic(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if nat64.Contains(ip) { // RFC 6052: the last four bytes are the address
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	if ip.Is6() && !global6.Contains(ip) {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return ip.IsValid()
}

var (
	nat64   = netip.MustParsePrefix("64:ff9b::/96")
	global6 = netip.MustParsePrefix("2000::/3") // all of IPv6 that is public lies here
)

// special are the blocks that IANA's special-purpose registries (RFC 6890)
// keep from the public internet, and multicast.
var special = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared by a carrier's customers
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, where clouds serve credentials
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, broadcast
	"2001::/23",       // protocol assignments, Teredo among them
	"2001:db8::/32",   // documentation
	"2002::/16",       // 6to4: any IPv4 address within
	"3fff::/20",       // documentation
)

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, s := range texts {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}
