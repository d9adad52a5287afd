package byline

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/text"
)

// Dateline reads the dateline at the head of a paragraph:
//
//	LAGOS, Nigeria (AP) —    MOSCOW (Sputnik) -    KATHMANDU, April 25 (Reuters) -
//	BERLIN, 3. Mai (dpa) –   Berlin (dpa/bb) -     PARIS —    (Reuters) -
//
// Without an agency the place must be in capitals.
func Dateline(s string) (d dateline.Dateline, ok bool) {
	head := s[:min(len(s), 140)]
	at, width := -1, 0
	for i, r := range head {
		if r != '-' && r != '–' && r != '—' && r != ':' && r != '.' {
			continue
		}
		n := utf8.RuneLen(r)
		before, after := head[:i], head[i+n:]
		closed := strings.HasSuffix(strings.TrimSpace(before), ")")
		spaced := strings.HasSuffix(before, " ") && (after == "" || after[0] == ' ' || after[0] == 0xc2)
		if closed && r != '.' || closed && r == '.' && strings.HasPrefix(after, " ") || r == '—' || spaced && (r == '-' || r == '–') {
			at, width = i, n
			break
		}
	}
	if at <= 0 || at+width >= len(s) {
		return d, false
	}
	lead := strings.TrimSpace(head[:at])
	if i := strings.LastIndexByte(lead, '('); i >= 0 && strings.HasSuffix(lead, ")") {
		agency := strings.TrimSpace(lead[i+1 : len(lead)-1])
		lead = strings.TrimSpace(lead[:i])
		if len(agency) > 40 || agency == "" || !IsAgency(agency) && !(place(lead) && text.Capitals(lead) && text.StartsCapital(agency) && len(strings.Fields(agency)) < 4) {
			return d, false
		}
		d.Agency = agency
	} else if strings.Contains(lead, "(") {
		return d, false
	}
	d.Place = date.WithoutDay(lead)
	switch {
	case d.Place == "":
		return d, d.Agency != ""
	case !place(d.Place):
		return dateline.Dateline{}, false
	case d.Agency == "":
		first, _, _ := strings.Cut(d.Place, ",")
		return d, len(first) > 2 && text.Capitals(first) && text.Lower(first) != first && len(strings.Fields(first)) < 4
	}
	return d, true
}

// place reports whether s has the form of a place: a few words, each with a
// capital or short, no sentence.
func place(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 8 || len(s) > 70 || strings.ContainsAny(s, "\"“”!?;:") || !text.StartsCapital(s) {
		return false
	}
	for _, w := range fields {
		if !text.StartsCapital(w) && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return true
}
