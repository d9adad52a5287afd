package byline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Dateline reads the dateline at the head of a paragraph:
//
//	LAGOS, Nigeria (AP) —    MOSCOW (Sputnik) -    KATHMANDU, April 25 (Reuters) -
//	BERLIN, 3. Mai (dpa) –   Berlin (dpa/bb) -     PARIS —    (Reuters) -
//	DENVER, May 7, 2026 /PRNewswire/ --   MOSCOW, May 7. /TASS/.   Madrid, 7 may (EFE).-
//	Москва. 2 июня. INTERFAX.RU -   (ANSA) - ROMA, 07 MAG -   (서울=연합뉴스)   【ロンドン共同】   新华社北京5月7日电
//
// Without an agency the place must be in capitals, and what follows the dash must not
// go on with the sentence. Words in capitals before a dash may also be the name of an
// organization or a label, of which Dateline knows only the labels in the word lists:
// for the rest the caller has to look at the article. ok is false if s begins with no
// dateline. Place and Agency are as printed, and "" where the dateline has none.
func Dateline(s string) (d dateline.Dateline, ok bool) {
	s = strings.TrimSpace(s)
	for _, read := range [...]func(string) (dateline.Dateline, bool){ofHan, inBlackBrackets, inWideBrackets, withEquals, behindAgency, betweenSlashes} {
		if d, ok = read(s); ok {
			return d, true
		}
	}
	if d, fault := western(s); fault == "" {
		return d, true
	}
	return dateline.Dateline{}, false
}

// NoDateline returns the reason why Dateline reads none at the head of a paragraph, as
// an English clause that can be shown to people; "" if it reads one.
func NoDateline(s string) string {
	if _, ok := Dateline(s); ok {
		return ""
	}
	_, fault := western(strings.TrimSpace(s))
	return fault
}

// The reasons why the beginning of a paragraph is no dateline of the western form.
const (
	noDash        = "no dash, and no news agency in brackets, stands behind its first words"
	barePlace     = "its first words may be a place, but only a dash or a news agency behind them would tell that from a sentence"
	noAgency      = "what stands in brackets before the dash is not known as a news agency"
	notPlace      = "the words before the dash do not have the form of a place"
	smallPlace    = "the place before the dash is not in capitals, and no news agency stands with it"
	sentenceGoes  = "the sentence goes on behind the dash"
	labelNotPlace = "the word before the dash is a label, not a place"
)

// longDateline is the number of bytes at the beginning of a paragraph in which its
// dateline has to end.
const longDateline = 140

// western reads the form in which a place and an agency stand before a dash, with
// either of them missing: "LAGOS, Nigeria (AP) —". fault is the reason why s does not
// begin with one, "" if it does.
func western(s string) (d dateline.Dateline, fault string) {
	head := s[:min(len(s), longDateline)]
	at, width := -1, 0
	for i, r := range head {
		if r != '-' && r != '–' && r != '—' && r != ':' && r != '.' {
			continue
		}
		n := utf8.RuneLen(r)
		before, after := head[:i], head[i+n:]
		closed := strings.HasSuffix(strings.TrimSpace(before), ")") || inSlashes(before)
		spaced := strings.HasSuffix(before, " ") && (after == "" || after[0] == ' ' || after[0] == 0xc2 || after[0] == '-')
		if closed && r != '.' || closed && r == '.' && (after == "" || strings.ContainsAny(after[:1], " -") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "–")) || r == '—' || spaced && (r == '-' || r == '–') {
			at, width = i, n+len(after)-len(strings.TrimLeft(after, "-–—"))
			break
		}
	}
	if at <= 0 || at+width >= len(s) {
		if d, ok := withoutDash(head); ok {
			return d, ""
		}
		if first, _, ends := strings.Cut(head, ". "); ends && place(first) {
			return d, barePlace
		}
		return d, noDash
	}
	lead := strings.TrimSpace(head[:at])
	open, shut := "(", ")"
	if inSlashes(lead) {
		open, shut = "/", "/"
	}
	if body, cut := strings.CutSuffix(lead, shut); cut && strings.Contains(body, open) {
		i := strings.LastIndex(body, open)
		agency := strings.TrimSpace(body[i+len(open):])
		lead = withoutPoint(strings.TrimRight(strings.Trim(body[:i], " "), " -–—"))
		first, _, _ := strings.Cut(lead, ",")
		if len(agency) > 40 || agency == "" || !IsAgency(agency) && !(place(date.WithoutDay(lead)) && text.Capitals(first) && text.StartsCapital(agency) && len(strings.Fields(agency)) < 4) {
			return d, noAgency
		}
		d.Agency = agency
	} else if strings.Contains(lead, "(") {
		return d, noAgency
	}
	if d.Agency == "" {
		if where, agency, ok := betweenPoints(lead); ok {
			return dateline.Dateline{Place: where, Agency: agency}, ""
		}
		d.Agency = agencyBehind(s[at+width:])
	}
	d.Place = date.WithoutDay(lead)
	switch {
	case d.Place == "" && d.Agency == "":
		return d, notPlace
	case d.Place == "":
		return d, ""
	case !place(d.Place):
		return d, notPlace
	case d.Agency == "":
		return d, bareFault(d.Place, strings.TrimLeft(s[at+width:], " \u00a0"))
	}
	return d, ""
}

// bareFault returns the reason why a place without an agency is no dateline, "" if it
// is one; rest is the paragraph behind the dash.
func bareFault(place, rest string) string {
	first, _, _ := strings.Cut(place, ",")
	switch {
	case len(first) <= 2 || len(strings.Fields(first)) >= 4 || strings.HasSuffix(first, "-"): // "COVID-19 —"
		return notPlace
	case !text.Capitals(first) || text.Lower(first) == first:
		return smallPlace
	case rest != "" && text.Lower(rest[:1]) == rest[:1] && rest[0] >= 'a':
		return sentenceGoes
	case noPlaces.Has(text.Lower(first)):
		return labelNotPlace
	}
	return ""
}

// withoutPoint returns what stands before an agency without a full stop at its end,
// unless that belongs to the abbreviation of a state: "LORNE, Md.".
func withoutPoint(lead string) string {
	const longest = 5 // letters of such an abbreviation: "Calif."
	i := strings.LastIndexByte(lead, ',')
	if state := strings.TrimSpace(lead[i+1:]); i > 0 && strings.HasSuffix(state, ".") && len(state) <= longest+1 && !strings.Contains(state, " ") && text.StartsCapital(state) {
		return lead
	}
	return strings.TrimRight(lead, " .")
}

// agencyBehind returns the agency that stands behind the dash as a sentence of its own,
// as in "ЛОРНА, 18 мая — РИА Новости. "; "" if none does.
func agencyBehind(rest string) string {
	name, _, ok := strings.Cut(rest[:min(len(rest), longDateline)], ". ")
	if name = strings.TrimSpace(name); ok && ListedAgency(name) {
		return name
	}
	return ""
}

// withoutDash reads the form in which place, day and agency stand before the first sentence
// with nothing between: "New Delhi, May 5 (PTI) ".
func withoutDash(head string) (d dateline.Dateline, ok bool) {
	lead, rest, _ := strings.Cut(head, " (")
	agency, rest, found := strings.Cut(rest, ") ")
	if !found || !ListedAgency(agency) || !text.StartsCapital(rest) {
		return d, false
	}
	where := date.WithoutDay(lead)
	if where == lead || !place(where) {
		return d, false
	}
	return dateline.Dateline{Place: where, Agency: agency}, true
}

// betweenPoints reads the form in which full stops part the place, the day and the agency:
// "Москва. 2 июня. INTERFAX.RU".
func betweenPoints(lead string) (where, agency string, ok bool) {
	where, rest, _ := strings.Cut(lead, ". ")
	day, agency, found := strings.Cut(rest, ". ")
	host, _, _ := strings.Cut(agency, ".") // an agency may sign with its address
	if !found || !place(where) || text.Digits(day) == 0 || !ListedAgency(agency) && !ListedAgency(host) || date.WithoutDay(day) != "" {
		return "", "", false
	}
	return where, agency, true
}

// betweenSlashes reads the form in which a slash follows the place, the agency and the
// day: "DENVER, COLORADO / ACCESSWIRE / May 7, 2026 / ".
func betweenSlashes(s string) (d dateline.Dateline, ok bool) {
	where, rest, _ := strings.Cut(s[:min(len(s), longDateline)], " / ")
	agency, rest, _ := strings.Cut(rest, " / ")
	day, _, found := strings.Cut(rest, " / ")
	if !found || !place(where) || !text.Capitals(where) || !text.Capitals(agency) || date.WithoutDay(day) != "" {
		return d, false
	}
	return dateline.Dateline{Place: where, Agency: agency}, true
}

// inWideBrackets reads the Japanese form in square brackets, with spaces between place,
// day and agency: "［ロンドン　１８日　ロイター］".
func inWideBrackets(s string) (d dateline.Dateline, ok bool) {
	body, ok := strings.CutPrefix(s, "［")
	inner, _, closed := strings.Cut(body[:min(len(body), longDateline)], "］")
	parts := strings.Fields(inner)
	if !ok || !closed || len(parts) < 2 || !hanAgencies.Has(text.Lower(parts[len(parts)-1])) && !IsAgency(parts[len(parts)-1]) {
		return d, false
	}
	d.Agency = parts[len(parts)-1]
	if !strings.HasSuffix(parts[0], "日") {
		d.Place = parts[0]
	}
	return d, true
}

// noPlaces are words that stand in capitals before a dash and are labels, not places:
// "BREAKING —".
var noPlaces = words.NewSet("no-place")

// inSlashes reports whether a text ends with a name in slashes: "/TASS/".
func inSlashes(s string) bool {
	body, ok := strings.CutSuffix(strings.TrimSpace(s), "/")
	i := strings.LastIndex(body, "/")
	return ok && i >= 0 && len(body)-i > 2 && strings.IndexByte(body[i+1:], ' ') != 0
}

// behindAgency reads the form in which a place in capitals follows the agency:
// "(ANSA) - ROMA, 07 MAG - ".
func behindAgency(s string) (d dateline.Dateline, ok bool) {
	name, rest, found := strings.Cut(s[:min(len(s), longDateline)], ")")
	agency, whole := strings.CutPrefix(name, "(")
	if !found || !whole || !IsAgency(agency) {
		return d, false
	}
	for _, dash := range [...]string{" - ", " – ", " — "} {
		if rest, ok := strings.CutPrefix(rest, dash); ok {
			for _, end := range [...]string{" - ", " – ", " — "} {
				lead, _, ok := strings.Cut(rest, end)
				if p := date.WithoutDay(lead); ok && place(p) && text.Capitals(p) {
					return dateline.Dateline{Place: p, Agency: agency}, true
				}
			}
		}
	}
	return d, false
}

// withEquals reads the Korean form, place and agency in brackets with an equals sign
// between them: "(서울=연합뉴스)", "[워싱턴=AP/뉴시스]".
func withEquals(s string) (d dateline.Dateline, ok bool) {
	for _, b := range brackets[:2] {
		body, ok := strings.CutPrefix(s, b[0])
		if !ok {
			continue
		}
		inner, _, ok := strings.Cut(body[:min(len(body), longDateline)], b[1])
		where, agency, found := strings.Cut(inner, "=")
		if ok && found && where != "" && agency != "" && hangul(where) && !strings.ContainsAny(inner, " .") {
			return dateline.Dateline{Place: where, Agency: agency}, true
		}
	}
	return d, false
}

// inBlackBrackets reads the Japanese form in lenticular brackets, place and agency with
// or without an equals sign between them: 【ロンドン共同】, 【北京=新華社】. Behind an
// equals sign may also stand a reporter, who is left out.
func inBlackBrackets(s string) (d dateline.Dateline, ok bool) {
	body, ok := strings.CutPrefix(s, "【")
	if !ok {
		return d, false
	}
	inner, _, ok := strings.Cut(body[:min(len(body), longDateline)], "】")
	if !ok || inner == "" {
		return d, false
	}
	for _, eq := range [...]string{"＝", "="} {
		if where, who, cut := strings.Cut(inner, eq); cut && where != "" {
			if i := strings.IndexAny(who, "＝="); i >= 0 {
				who = who[:i]
			}
			if hanAgencies.Has(text.Lower(who)) || IsAgency(who) {
				d.Agency = who
			}
			d.Place = where
			return d, true
		}
	}
	for _, a := range hanAgencies.All() {
		low := text.Lower(inner)
		if where, cut := strings.CutSuffix(low, a); cut && len(low) == len(inner) {
			where = strings.Trim(inner[:len(where)], " 　・")
			if text.Digits(where) > 0 { // the day: 【5月7日 AFP】
				where = ""
			}
			return dateline.Dateline{Place: where, Agency: inner[len(inner)-len(a):]}, true
		}
	}
	return d, false
}

// wireMarks say that an agency sent what follows; dayMark stands behind the number of the day.
var wireMarks = words.NewList("wire-mark")

const dayMark = "日"

// ofHan reads the Chinese form: an agency, a place, a day and 电 or 讯 (which stand for
// "wire" and "news"). Between the agency and the place may stand a reporter, who is left out.
func ofHan(s string) (d dateline.Dateline, ok bool) {
	const long = 90 // bytes before the mark
	s = strings.TrimLeft(s, "（(【[ 　")
	head := s[:min(len(s), long)]
	for _, a := range hanAgencies.All() {
		rest, cut := strings.CutPrefix(head, a)
		if !cut || a[0] < utf8.RuneSelf {
			continue
		}
		at := strings.IndexFunc(rest, unicode.IsDigit)
		if at < 0 {
			continue
		}
		end := strings.IndexAny(rest[at:], strings.Join(wireMarks.All(), ""))
		if day := strings.Index(rest[at:], dayMark); end < 0 || day < 0 || day > end {
			continue
		}
		where := rest[:at]
		for _, w := range reporterBefore.All() {
			const kind = 2 // characters of what may stand before it: 特约, "special"
			if before, after, named := strings.Cut(where, w); named && utf8.RuneCountInString(before) <= kind {
				const name = 3 // characters of most Chinese names
				r := []rune(after)
				if len(r) < name+2 {
					return d, false
				}
				where = string(r[name:])
			}
		}
		if where = strings.Trim(where, " 　"); utf8.RuneCountInString(where) <= 8 {
			return dateline.Dateline{Place: where, Agency: a}, true
		}
	}
	return d, false
}

// hanAgencies are the names of agencies as Chinese, Japanese and Korean datelines print
// them, among them names in Latin letters such as AFP: both as a set and as a list.
var hanAgencies = struct {
	*words.Set
	*words.List
}{words.NewSet("agency-name"), words.NewList("agency-name")}

// hangul reports whether a text begins with a Korean letter.
func hangul(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Hangul, r)
}

// place reports whether s has the form of a place: at most eight words, all of them but
// short ones with a capital or in a script without capitals, and no mark of a sentence.
func place(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 8 || len(s) > 70 || strings.ContainsAny(s, "\"“”!?;:") || !opensName(s) {
		return false
	}
	for _, w := range fields {
		if !opensName(w) && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return true
}

// opensName reports whether a word begins with a capital, or with a letter of a script
// that has none.
func opensName(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}
