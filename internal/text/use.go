package text

import "strings"

// uses are the words of X-Robots-Tag and of the meta element "robots" that are about what
// others do with a page beside following its links.
var uses = map[string]bool{"noai": true, "noimageai": true, "noarchive": true, "nocache": true, "noindex": true, "nosnippet": true, "none": true}

// mostUses is how many statements of one kind are kept of a page, and mostSaid how long one is.
const (
	mostUses = 20
	mostSaid = 200
)

// Uses returns what a value states of the use of a page. name is that of the field of a
// header, of the meta element or of the line of robots.txt in which the value stands, in
// lower case: x-robots-tag or robots, content-usage, content-signal, tdm-reservation or
// tdm-policy. Of any other name it is nil.
func Uses(name, value string) []string {
	switch name {
	case "x-robots-tag", "robots":
		return robotsUses(value)
	case "content-usage", "content-signal":
		return statedUses(value)
	case "tdm-reservation", "tdm-policy":
		return tdmUses(name, value)
	}
	return nil
}

// robotsUses returns those words of a value of X-Robots-Tag or of the meta element "robots"
// that say how a page may be used, in lower case. What is meant for one robot alone
// ("somebot: noindex") is left out.
func robotsUses(value string) (list []string) {
	if name, _, ok := strings.Cut(value, ":"); ok && !strings.Contains(name, ",") && !strings.Contains(strings.ToLower(name), "max-") && !strings.Contains(strings.ToLower(name), "unavailable") {
		return nil
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(value), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		if uses[word] && len(list) < mostUses {
			list = append(list, word)
		}
	}
	return list
}

// statedUses returns the members of a list of preferences, "ai-train=no, search=yes" (Content-Signal,
// and Content-Usage as a dictionary of RFC 9651), in lower case. A path in front of them,
// as robots.txt may have it, is left out.
func statedUses(value string) (list []string) {
	value = strings.ToLower(strings.TrimSpace(value))
	if strings.HasPrefix(value, "/") {
		_, value, _ = strings.Cut(value, " ")
	}
	for part := range strings.SplitSeq(value, ",") {
		part, _, _ = strings.Cut(part, ";")
		key, v, ok := strings.Cut(part, "=")
		part = strings.TrimSpace(key) + "=" + strings.TrimSpace(v)
		if ok && part != "=" && len(part) <= mostSaid && !strings.ContainsAny(part, " \t") && len(list) < mostUses {
			list = append(list, part)
		}
	}
	return list
}

// tdmUses returns what a value of tdm-reservation or of tdm-policy says (TDM Reservation Protocol, W3C
// community group, 2024): "tdm-reservation=1".
func tdmUses(name, value string) []string {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > mostSaid || strings.ContainsAny(value, " \t\n") || name == "tdm-reservation" && value != "0" && value != "1" {
		return nil
	}
	return []string{name + "=" + value}
}
