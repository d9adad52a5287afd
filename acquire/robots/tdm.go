package robots

import (
	"encoding/json"
	"strings"
)

// TDMPath is where a site states how its pages may be used for text and data mining (TDM
// Reservation Protocol, W3C community group report of 2024, section 6).
const TDMPath = "/.well-known/tdmrep.json"

// mostTDM bounds the rules that are read of one file.
const mostTDM = 1000

// A TDM is what a tdmrep.json states. The zero value states nothing.
type TDM struct{ rules []tdmRule }

type tdmRule struct {
	location, reservation, policy string
}

// ParseTDM reads a tdmrep.json: an array of objects with the keys location, a pattern
// of paths like those of robots.txt, tdm-reservation, 0 or 1, and tdm-policy, an address.
// What is none of that is passed over; a text that is no such array states nothing.
func ParseTDM(text []byte) *TDM {
	var list []map[string]any
	t := new(TDM)
	if json.Unmarshal(text, &list) != nil {
		return t
	}
	for _, o := range list {
		location, _ := o["location"].(string)
		policy, _ := o["tdm-policy"].(string)
		r := tdmRule{location: normal(strings.TrimSpace(location)), policy: strings.TrimSpace(policy)}
		switch o["tdm-reservation"] {
		case 0.0, "0":
			r.reservation = "0"
		case 1.0, "1":
			r.reservation = "1"
		}
		if r.location != "" && (r.location[0] == '/' || r.location[0] == '*') && r.reservation != "" && len(t.rules) < mostTDM {
			t.rules = append(t.rules, r)
		}
	}
	return t
}

// For returns what is stated for a path: the reservation, "0" or "1", and the address of
// the policy, each "" if nothing is. Of several locations that match the longest
// counts, as in robots.txt.
func (t *TDM) For(path string) (reservation, policy string) {
	path = normal(path)
	longest := -1
	for _, r := range t.rules {
		if len(r.location) > longest && match(r.location, path) {
			longest, reservation, policy = len(r.location), r.reservation, r.policy
		}
	}
	return reservation, policy
}
