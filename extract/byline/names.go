// Package byline reads who is named, as pages print it: the names of a byline
// (names.go), news agencies (agencies.go), and the place and agency of a dateline
// (dateline.go). It looks at words alone; where on a page they stand, and whether
// that is a byline at all, package extract decides.
package byline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/date"
	"dateline/internal/text"
)

// Split returns the persons and agencies that a byline names.
func Split(s string) (out []string) {
	if len(s) > 400 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return nil
	}
	s, _ = CutBy(withoutOthers(s))
	for _, dash := range [...]string{" – ", " — ", " - "} {
		if name, rest, ok := strings.Cut(s, dash); ok && Personal(name) && strings.Contains(name, " ") && !strings.ContainsAny(rest, ",–—-") && !IsAgency(rest) {
			s = name // and the place or the outlet
		}
	}
	if orgName(s) {
		return []string{s}
	}
	var room [2][8]string
	parts := splitAny(room[0][:0], room[1][:0], s)
	for i, n := range parts {
		n = cleanName(n)
		if n == "" || i > 0 && Role(n) || strings.ContainsAny(n, "@_=<>{}:：") || strings.Count(n, ".") > 1 && !strings.Contains(n, ". ") || len(n) > 80 || text.Digits(n) > 2 {
			continue
		}
		if len(parts) == 1 || utf8.RuneCountInString(n) > 1 {
			out = append(slices.Grow(out, len(parts)-i), n)
		}
	}
	return out
}

// byWords introduce an author.
var byWords = []string{"by", "von", "por", "par", "di", "da", "door", "af", "av", "tekst", "text", "texte", "texto", "testo", "autor", "autorin", "author",
	"authors", "auteur", "autore", "autora", "автор", "авторы", "автори", "автор:", "текст", "oleh", "penulis", "written by", "story by", "words by", "reported by",
	"posted by", "published by", "article by", "writer", "reporter", "kolumne von", "ein kommentar von", "kommentar von", "interview von", "gastbeitrag von",
	"eine analyse von", "analyse von", "ein gastbeitrag von", "texto de", "escrito por", "rédigé par", "a cura di", "scritto da", "skrevet af", "skrevet av", "geschreven door", "opinion by", "analysis by", "contributed by",
	"publicado por", "redactado por", "yazan", "haber", "tekst:", "szerző", "γράφει", "γράφει ο", "بقلم", "כתב", "autorzy", "opracowanie", "publié par", "from", "von:", "reporting by", "av:", "od",
	"מאת", "كتب", "كتبت", "كتبه", "نویسنده", "piše", "napsal", "napsala", "írta", "scris de", "teksti", "kirjoittaja", "yazar", "muhabir", "skriven av",
	"verfasst von", "geschrieben von", "reportage von", "eine reportage von", "ein bericht von", "bericht von", "ein gespräch von", "ein essay von", "words", "propos recueillis par", "soumis par", "submitted by", "enviado por", "inviato da", "eingereicht von", "eingestellt von", "postado por", "publicada por", "pubblicato da", "recueilli par",
	"oprac", "oprac.", "tác giả", "γράφει η", "作者", "撰文", "記者", "记者", "文", "取材・文", "글", "โดย", "लेखक", "تحریر", "ავტორი", "հեղինակ", "автор текста", "autores", "autoren", "auteurs", "contributor", "contributors"}

// Introduces reports whether a line in small letters is nothing but words that
// introduce an author: "written by".
func Introduces(low string) bool { return slices.Contains(byWords, low) }

// CutBy cuts the word that introduces a byline; said tells whether there was one.
func CutBy(s string) (rest string, said bool) {
	low := text.Lower(s)
	best := 0
	for _, w := range byWords {
		if len(w) > best && strings.HasPrefix(low, w) && len(s) > len(w) {
			if r, _ := utf8.DecodeRuneInString(s[len(w):]); strings.ContainsRune(afterBy, r) {
				best = len(w)
			}
		}
	}
	if best == 0 || len(low) != len(s) {
		return s, false
	}
	return strings.TrimSpace(strings.TrimLeft(s[best:], afterBy)), true
}

// afterBy stands between the word that introduces a byline and the name.
const afterBy = " :：・／՝"

// withoutOthers cuts off a line of names what follows the first label of those
// who did something else, and addresses: "Kate Giuliani Photos: Ravi Menon".
func withoutOthers(s string) string {
	low := text.Lower(s)
	if len(low) != len(s) {
		return s
	}
	end := len(s)
	for _, l := range otherLabels {
		if i := strings.Index(low[:end], l); i > 3 {
			end = i
		}
	}
	if i := strings.IndexByte(s[:end], '@'); i > 0 {
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			end = j
		}
	}
	return strings.TrimRight(s[:end], " ,;|/")
}

var otherLabels = []string{" foto:", " fotos:", " photo:", " photos:", " pictures:", " picture:", " bild:", " bilder:", " fotografie:", " editor:", " edited by", " reviewed by",
	" fact checked by", " fact-checked by", " medically reviewed by", " translated by", " photography:", " photos by", " photographs by", " foto av", " fotos von", " fotos de",
	" fotograf:", " fotografía:", " video:", " illustration", " редактор:", " фото:", " kamera:"}

var joiners = []string{" and ", " und ", " et ", " & ", " og ", " och ", " и ", " та ", " dan ", " ve ", ", ", "; ", ";", " | ", "|", " / ", "/", "、", "，", " • ", " · ", " – ", " — ", " - ", "•", ","}

// splitAny splits a list of names at what joins them, in small letters or in
// capitals. It uses the memory of parts and of next.
func splitAny(parts, next []string, s string) []string {
	if s == "" {
		return nil
	}
	parts = splitWhole(parts, s)
	for i, j := range joiners {
		capital := capitalJoiners[i]
		if !strings.Contains(s, j) && (capital == j || !strings.Contains(s, capital)) && (len(parts) == 1 || i < len(joiners)-1) {
			continue
		}
		next = next[:0]
		for _, part := range parts {
			switch {
			case part == "" && len(j) <= 3:
			case strings.Contains(part, j):
				next = appendSplit(next, part, j)
			default:
				next = appendSplit(next, part, capital)
			}
		}
		parts, next = next, parts
	}
	return parts
}

// appendSplit appends what strings.Split returns.
func appendSplit(list []string, s, sep string) []string {
	for {
		part, rest, more := strings.Cut(s, sep)
		list = append(list, part)
		if !more {
			return list
		}
		s = rest
	}
}

// wholeJoiners join names, but stand within some too ("Ortega y Gasset").
var wholeJoiners = []string{" y ", " e ", " i ", " en ", " a ", " ed ", " with ", " mit ", " avec ", " con ", " com ", " med ", " ja ", " és ", " oraz ", " și ", " και ", " và "}

// splitWhole appends the parts of a list of names, split at the words that join
// names of several words or agencies.
func splitWhole(parts []string, s string) []string {
	joiners := wholeJoiners
	if text.Capitals(s) {
		joiners = capitalWholeJoiners
	}
	for _, j := range joiners {
		if left, right, ok := strings.Cut(s, j); ok && wholeName(left) && wholeName(right) {
			return splitWhole(splitWhole(parts, left), right)
		}
	}
	return append(parts, s)
}

// wholeName reports whether a text can be a full name, or a list of such.
func wholeName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return IsAgency(s) || strings.Contains(s, " ") && !unicode.IsLower(r)
}

var capitalJoiners, capitalWholeJoiners = inCapitals(joiners), inCapitals(wholeJoiners)

func inCapitals(list []string) (all []string) {
	for _, s := range list {
		all = append(all, strings.ToUpper(s))
	}
	return all
}

// cleanName trims a name and cuts what follows it: a bracket, a date, a role.
func cleanName(n string) string {
	if i := strings.IndexFunc(n, unicode.IsDigit); i > 0 {
		n = strings.TrimRight(n[:i], " ,.|-–—(")
		if j := strings.LastIndexByte(n, ' '); j > 0 && date.IsMonth(n[j+1:]) {
			n = n[:j]
		}
	}
	if i := strings.IndexAny(n, "(["); i > 0 {
		n = n[:i]
	}
	n = strings.Trim(n, " \t,.:;|–—-•·*&\"'“”„»«)(")
	for _, cut := range []string{" for ", " für ", " updated ", " published ", " in ", " aus ", " at ", " says:", " on ", " posted "} {
		if i := strings.Index(text.Lower(n), cut); i > 3 && i < len(n) && len(text.Lower(n)) == len(n) {
			n = n[:i]
		}
	}
	n = withoutAgency(n)
	if rest, ok := strings.CutPrefix(strings.Replace(n, "记者", "記者", 1), "記者"); ok && rest != "" {
		n, _, _ = strings.Cut(rest, "／")
	}
	for _, suffix := range []string{" 기자", " 記者", "記者", " 记者"} {
		n = strings.TrimSuffix(n, suffix)
	}
	rest, said := CutBy(n)
	if said {
		n = rest
	}
	return strings.TrimSpace(n)
}

// withoutAgency cuts off a person's name the agency that follows it without a
// comma: "Kate Giuliani The Associated Press".
func withoutAgency(n string) string {
	for i, r := range n {
		if r != ' ' || !agencies[text.Lower(n[i+1:])] || !strings.Contains(n[:i], " ") {
			continue
		}
		if last, _ := utf8.DecodeRuneInString(n[i+1:]); unicode.IsUpper(last) && Personal(n[:i]) && (len(n)-i > 4 || text.Capitals(n[i+1:]) && !text.Capitals(n[:i])) {
			return n[:i]
		}
	}
	return n
}

var roleWords = strings.Fields(`reporter editor correspondent writer staff journalist redakteur redakteurin korrespondent korrespondentin contributor
	producer director chief senior professor phd md esq columnist author analyst manager ceo cfa cfp cpa bureau desk redactor corresponsal
	correspondant journaliste giornalista redaktør journalist fotograf photographer specialist lecturer researcher fellow expert consultant
	redaktion volontär volontärin chefredakteur ressortleiter founder co-founder president head lead updated published editorial content
	master educator licensed certified registered nutritionist dietitian therapist physician engineer developer marketer strategist coach trainer
	designer executive officer assistant associate instructor attorney veterinarian horticulturist
	network development marketing university universität université universidad institute college school hospital magazine foundation
	association inc llc ltd gmbh group department services journalism management education sciences`)

// Role reports whether a part of a byline is a role and no name.
func Role(n string) bool {
	low := strings.TrimPrefix(text.Lower(n), "md ") // Muhammad
	for w := range strings.FieldsSeq(low) {
		if slices.Contains(roleWords, strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

// Placeholder reports whether a name is what systems write where there is no
// author.
func Placeholder(n string) bool {
	switch text.Key(n) {
	case "admin", "administrator", "webmaster", "root", "unknown", "anonymous", "user", "guest", "author", "null", "undefined", "none", "author1", "wpadmin", "default", "superuser", "siteadmin":
		return true
	}
	return false
}

// Account reports whether a name is that of an account and not of a person:
// "jdoe", "JaneD", "news_team".
func Account(n string) bool {
	if strings.ContainsAny(n, " \u00a0") || IsAgency(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	return unicode.IsLower(r) || strings.ContainsAny(n, "_.") || unicode.IsUpper(r) && r < utf8.RuneSelf && !text.Capitals(n) && strings.IndexFunc(n[1:], unicode.IsUpper) > 0
}

// Idle reports whether a line that is named a byline says only that it is one.
func Idle(n string) bool {
	for w := range strings.FieldsSeq(text.Lower(n)) {
		switch strings.Trim(w, ".,()") {
		case "follow", "share", "author", "authors", "about", "more", "read", "view", "subscribe", "contact", "profile", "comment", "comments", "website", "email", "our", "meet", "link", "photo", "by",
			"twitter", "facebook", "posts", "article", "articles", "contributors", "bio", "account", "create", "size", "copy":
			return true
		}
	}
	return false
}

// orgName reports whether a name begins as that of a body does, which may have
// "for" and "and" in it: "Center for Drug Evaluation and Research".
func orgName(n string) bool {
	first, rest, _ := strings.Cut(n, " ")
	switch first {
	case "Center", "Centre", "Centers", "Department", "Institute", "Office", "University", "Association", "Society", "Bureau", "Ministry", "Council", "Agency":
		return (strings.HasPrefix(rest, "for ") || strings.HasPrefix(rest, "of ")) && len(n) < 80 && !strings.ContainsAny(n, ",;|/") && text.Digits(n) == 0
	}
	return false
}

// Titled reports whether the last word of a name is written as one of a name,
// or for the people at a desk: "The Currency editors".
func Titled(n string) bool {
	last := n[strings.LastIndexByte(n, ' ')+1:]
	switch last {
	case "editors", "staff", "team", "desk", "newsroom", "redaktion":
		return true
	}
	r, _ := utf8.DecodeRuneInString(last)
	return last == n || !unicode.IsLower(r)
}

// Key is what two printings of a name share, with and without "Dr".
func Key(n string) string {
	for _, title := range [...]string{"Dr ", "Dr. ", "Prof. ", "Professor "} {
		n = strings.TrimPrefix(n, title)
	}
	return text.Key(n)
}

// desk reports whether a name is that of no person: "admin", "Newsroom".
func desk(n string) bool {
	switch k := text.Key(n); k {
	case "admin", "administrator", "editor", "staff", "redaktion", "newsroom", "webmaster", "newsdesk", "editorial", "root", "redaccion", "redaction", "redazione",
		"staffwriter", "staffreporter", "unknown", "anonymous", "team", "guest", "user", "author", "guestauthor", "editors", "editorialteam", "editorialstaff",
		"redactie", "redakcja", "online", "web", "webdesk", "null", "undefined", "none", "author1", "wpadmin":
		return true
	}
	return strings.Contains(n, ".com") || strings.Contains(n, ".de") || strings.Contains(text.Lower(n), "nachrichten")
}

// noParticles are short words in small letters that no person's name has.
var noParticles = []string{"to", "of", "for", "the", "with", "and", "or", "in", "on", "at", "by", "is", "are", "as", "your", "our", "from", "how", "und", "für", "mit", "bei", "pour", "avec", "para", "por", "con"}

// Personal reports whether a name has the form of a person's or an agency's.
func Personal(n string) bool {
	var room [6]string
	words := room[:0]
	for w := range strings.FieldsSeq(n) {
		if len(words) == len(room) {
			return false
		}
		words = append(words, w)
	}
	if len(words) == 0 || len(n) < 2 || text.Digits(n) > 0 || desk(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return utf8.RuneCountInString(n) <= 12
	}
	if len(words) == 1 {
		return agencies[text.Lower(n)] || unicode.Is(unicode.Arabic, r)
	}
	capital := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“’("))
		if unicode.IsUpper(r) || !unicode.IsLower(r) && unicode.IsLetter(r) {
			capital++
		} else if len(w) > 4 || slices.Contains(noParticles, w) {
			return false
		}
	}
	return capital >= 2 && !Role(n) && !slices.Contains([]string{"NEWS FEATURE", "BREAKING NEWS", "LIVE UPDATES", "Fact Checked", "Cite this Webpage", "Social Media", "Posted By", "Follow Us"}, n)
}
