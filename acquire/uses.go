package acquire

import (
	"slices"

	"dateline"
	"dateline/internal/text"
	"dateline/warc"
)

// headUses returns what the header of an answer states of how the page may be used.
func headUses(m *warc.Message) (all []dateline.Use) {
	for _, name := range [...]string{"x-robots-tag", "content-usage", "content-signal", "tdm-reservation", "tdm-policy"} {
		for _, value := range m.Header.Values(name) {
			all = addUses(all, "header:"+name, text.Uses(name, value))
		}
	}
	return all
}

// addUses appends those statements that are not there yet.
func addUses(all []dateline.Use, from string, says []string) []dateline.Use {
	for _, s := range says {
		if u := (dateline.Use{Says: s, From: from}); !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	return all
}

// StateUses adds to a page what the robots.txt of its site states for it: values of
// Content-Signal and Content-Usage lines by the name of the line in lower case.
func (p *Page) StateUses(signals map[string][]string) {
	for _, name := range []string{"content-signal", "content-usage"} {
		for _, value := range signals[name] {
			p.Capture.Uses = addUses(p.Capture.Uses, "robots.txt:"+name, text.Uses(name, value))
		}
	}
}

// StateMining adds to a page what the tdmrep.json of its site states for it: the
// reservation, "0" or "1", and the address of the policy; "" states nothing.
func (p *Page) StateMining(reservation, policy string) {
	p.Capture.Uses = addUses(p.Capture.Uses, "tdmrep.json", text.Uses("tdm-reservation", reservation))
	p.Capture.Uses = addUses(p.Capture.Uses, "tdmrep.json", text.Uses("tdm-policy", policy))
}
