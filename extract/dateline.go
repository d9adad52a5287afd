package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
)

// agencies are the names under which news agencies print their work.
var agencies = func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Split(`ap|afp|dpa|apa|sda|ats|reuters|ansa|efe|lusa|belga|anp|ntb|ritzau|tt|pap|tass|interfax|ria|ria novosti|sputnik|xinhua|kyodo|
jiji|yonhap|pti|ians|ani|uni|aap|pa|pa media|upi|dts|epd|kna|sid|cnn|bbc|ap news|associated press|the associated press|agencies|agenturen|agences|agencias|agências|agenzie|агентства|ajanslar|europa press|ep|agence france-presse|
bloomberg|bernama|antara|aa|anadolu|anadolu agency|anadolu ajansı|deutsche presse-agentur|iha|dha|mti|ctk|čtk|tasr|agerpres|bta|hina|tanjug|srna|fena|ukrinform|unian|belta|irna|wam|spa|petra|sana|nna|mena|
map|aps|tap|ghana news agency|gna|nan|sanews|nampa|ziana|kyodo news|cp|the canadian press|canadian press|stt|bns|leta|elta|adn|agi|adnkronos|askanews|prensa latina|notimex|
télam|telam|agência brasil|ndtv|zap|dts nachrichtenagentur|keystone-sda|dpa-afx|rtr|awp|jta|cns|tns|tribune news service|news service|ips|ani news`, "|") {
		m[strings.TrimSpace(n)] = true
	}
	return m
}()

// dateline sets the place and agency that open the body; they stay in the
// text too.
func (p *page) dateline() {
	for _, b := range p.a.Blocks[:min(len(p.a.Blocks), 3)] {
		if b.Kind == dateline.Heading {
			continue
		}
		if d, ok := findDateline(p.a.Text[b.Start:b.End]); ok {
			p.a.Dateline = d
			p.found("dateline", "page:text")
			return
		}
	}
}

// findDateline reads the dateline at the head of a paragraph:
//
//	LAGOS, Nigeria (AP) —    MOSCOW (Sputnik) -    KATHMANDU, April 25 (Reuters) -
//	BERLIN, 3. Mai (dpa) –   Berlin (dpa/bb) -     PARIS —    (Reuters) -
//
// Without an agency the place must be in capitals.
func findDateline(s string) (d dateline.Dateline, ok bool) {
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
		if len(agency) > 40 || agency == "" || !isAgency(agency) && !(place(lead) && capitals(lead) && capital(agency) && len(strings.Fields(agency)) < 4) {
			return d, false
		}
		d.Agency = agency
	} else if strings.Contains(lead, "(") {
		return d, false
	}
	d.Place = withoutDay(lead)
	switch {
	case d.Place == "":
		return d, d.Agency != ""
	case !place(d.Place):
		return dateline.Dateline{}, false
	case d.Agency == "":
		first, _, _ := strings.Cut(d.Place, ",")
		return d, len(first) > 2 && capitals(first) && lower(first) != first && len(strings.Fields(first)) < 4
	}
	return d, true
}

func isAgency(s string) bool {
	s = lower(s)
	first, _, _ := strings.Cut(s, "/")
	return agencies[s] || agencies[strings.TrimSpace(first)]
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// withoutDay cuts the day off a place: "KATHMANDU, April 25", "BERLIN, 3. Mai".
func withoutDay(lead string) string {
	i := strings.IndexFunc(lead, unicode.IsDigit)
	if i < 0 {
		return strings.Trim(lead, " ,")
	}
	p := dateText{}
	p.split(lead)
	for k := range p.toks {
		if _, ok := p.month(k); !ok {
			continue
		}
		start := strings.Index(lower(lead), p.toks[k].text)
		return strings.Trim(lead[:max(0, min(i, start))], " ,")
	}
	return strings.Trim(lead[:i], " ,")
}

// place reports whether s has the form of a place: a few words, each with a
// capital or short, no sentence.
func place(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 8 || len(s) > 70 || strings.ContainsAny(s, "\"“”!?;:") || !capital(s) {
		return false
	}
	for _, w := range fields {
		if !capital(w) && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return true
}
