package entity_test

import (
	"strings"
	"testing"

	"dateline/understand/entity"
	"dateline/understand/token"
)

// TestNamesInOtherLanguages tells people, places and bodies in languages other than English.
func TestNamesInOtherLanguages(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"es", "El ministro Raúl Ortega viajó a Lisboa. Ortega habló con la empresa Repsol.", "person Raúl Ortega; place Lisboa; person Ortega = Raúl Ortega; org Repsol"},
		{"pt", "O presidente Rui Salgado chegou a Lisboa. Salgado falou com a Petrobras.", "person Rui Salgado; place Lisboa; person Salgado = Rui Salgado; org Petrobras"},
		{"fr", "La ministre Claire Morel est arrivée à Genève. Morel parlera aussi à Paris.", "person Claire Morel; place Genève; person Morel = Claire Morel; place Paris"},
		{"it", "Il ministro Carlo Renzi è arrivato a Milano. Renzi parlerà anche a Roma.", "person Carlo Renzi; place Milano; person Renzi = Carlo Renzi; place Roma"},
		{"sv", "Minister Karl Lindberg kom till Stockholm. Lindberg talade också i Malmö.", "person Karl Lindberg; place Stockholm; person Lindberg = Karl Lindberg; place Malmö"},
		{"ru", "Министр Павел Соколов прилетел в Москву. Соколова встретили в Киеве.", "person Павел Соколов; place Москву; person Соколова = Павел Соколов; place Киеве"},
		{"uk", "Міністр Павло Соколенко прилетів до Києва. Соколенка зустріли у Львові.", "person Павло Соколенко; place Києва; person Соколенка = Павло Соколенко; place Львові"},
		{"pl", "Minister Karol Nowak przyleciał do Warszawy. Nowaka witano w Krakowie.", "person Karol Nowak; place Warszawy; person Nowaka = Karol Nowak; place Krakowie"},
		{"cs", "Trenér Karel Novák přiletěl do Prahy. Nováka vítali v Brně.", "person Karel Novák; place Prahy; person Nováka = Karel Novák; place Brně"},
	} {
		var cut token.Text
		cut.Read(c.text, c.lang)
		var got []string
		for _, m := range entity.Find(&cut, c.lang).Mentions {
			s := m.Kind + " " + m.Text
			if m.Entity != m.Text {
				s += " = " + m.Entity
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("names in %q are %q, want %q", c.text, s, c.want)
		}
	}
}

// TestWhoInOtherLanguages tells whom words for a speaker mean.
func TestWhoInOtherLanguages(t *testing.T) {
	for _, c := range []struct{ lang, text, words, want string }{
		{"es", "La alcaldesa Inés Falcó llegó tarde. Falcó habló.", "Falcó", "Inés Falcó"},
		{"es", "El presidente Rafael Prieto calló. El abogado de Rafael Prieto habló.", "El abogado de Rafael Prieto", ""},
		{"fr", "La maire Claire Morel est arrivée. Elle a parlé.", "Elle", "Claire Morel"},
		{"pl", "Minister Karol Nowak przyleciał. On milczał.", "On", "Karol Nowak"},
		{"de", "Lehrerin Ines Becker war da.", "Lehrerin Ines Becker", "Ines Becker"},
	} {
		var cut token.Text
		cut.Read(c.text, c.lang)
		at := strings.LastIndex(c.text, c.words)
		who, _ := entity.Find(&cut, c.lang).Who(at, at+len(c.words))
		if who.Name != c.want {
			t.Errorf("in %q, %q is %q, want %q", c.text, c.words, who.Name, c.want)
		}
	}
}
