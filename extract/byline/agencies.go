package byline

import (
	"strings"

	"dateline/internal/text"
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

// ListedAgency reports whether a name is that of a news agency, and nothing else.
func ListedAgency(s string) bool { return agencies[text.Lower(s)] }

// IsAgency reports whether a name is that of a news agency, or of one and its
// desk ("dpa/bb"), in any case.
func IsAgency(s string) bool {
	s = text.Lower(s)
	first, _, _ := strings.Cut(s, "/")
	return agencies[s] || agencies[strings.TrimSpace(first)]
}
