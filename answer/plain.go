package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline"
	"dateline/extract"
	"dateline/relate/speaker"
)

// fieldTitles are the names of fields for readers.
var fieldTitles = map[string]string{
	"headline": "Headline", "deck": "Deck, the line under the headline", "bylines": "Byline", "dateline": "Dateline, the place that opens the text",
	"published": "Published", "modified": "Changed", "publisher": "Publisher", "section": "Section", "tags": "Tags", "lang": "Language",
	"canonical": "Address", "images": "Pictures", "paywalled": "Paywall", "text": "Text", "corrections": "Corrections", "type": "Kind of article",
	"authors": "Authors, as the page describes them", "credits": "Other credits", "copy_of": "Copy of", "embeds": "Posts and videos shown", "updates": "Entries of a live blog",
}

// FieldTitle returns the name of a field of the record for readers: "Byline" for
// "bylines".
func FieldTitle(field string) string { return cmp.Or(fieldTitles[field], field) }

// FieldSays answers in sentences why a field has its value, or none: first the line in
// which readers of the page see it, if there is one, then where else the page gives the
// same, and of a date whence its zone is.
func FieldSays(f extract.FieldChoice) []string {
	if f.Value == "" {
		return []string{unfound(f)}
	}
	chosen := chosenOf(f)
	line, exact := printedIn(f)
	same := slices.DeleteFunc(sameSaid(f), func(at string) bool { return at == "the line "+inQuotes(line) })
	var says []string
	switch {
	case f.Field == "type" && f.Value == wireCopy:
		says = append(says, onlyAgencies)
	case line == "":
		says = append(says, EvidenceMeans(f.Field, f.Way))
	case !exact:
		says = append(says, fmt.Sprintf("The page prints it %s in this line: %s.", printedHow(f, line), inQuotes(line)), EvidenceMeans(f.Field, f.Way))
	case chosen != nil && printed(*chosen):
		says = append(says, fmt.Sprintf("The page prints it in this line: %s.", inQuotes(line)))
		if looks := wayLooks[f.Way]; looks != "" {
			says = append(says, fmt.Sprintf("What was looked for: %s.", looks))
		}
	default:
		says = append(says, fmt.Sprintf("The page prints it in this line: %s.", inQuotes(line)), EvidenceMeans(f.Field, f.Way))
	}
	if len(same) > 0 {
		says = append(says, "The same is said by "+enumerated(same)+".")
	}
	if f.Field == "published" || f.Field == "modified" {
		says = append(says, zoneSays(dateline.Date(f.Value), f.Candidates)...)
	}
	return says
}

// printedIn returns the line of the page in which readers see the value of a field: that
// of the chosen candidate, or of another with the same value, or of one that agrees with
// it and says less, which is not exact; "" if none is known.
func printedIn(f extract.FieldChoice) (line string, exact bool) {
	for _, c := range f.Candidates {
		switch {
		case c.Printed == "":
		case c.Chosen:
			return c.Printed, !onlyDay(f, &c)
		case c.Value == f.Value && !exact:
			line, exact = c.Printed, true
		case c.Agrees && line == "":
			line = c.Printed
		}
	}
	return line, exact
}

// onlyDay reports whether the line in which readers see a time, that of candidate c, prints
// only its day.
func onlyDay(f extract.FieldChoice, c *extract.Candidate) bool {
	if f.Field != "published" && f.Field != "modified" || !strings.Contains(c.Value, "T") {
		return false
	}
	day := false
	for i := range f.Candidates {
		if o := &f.Candidates[i]; !o.Chosen && o.Agrees && o.Printed == c.Printed {
			if strings.Contains(o.Value, "T") {
				return false
			}
			day = true
		}
	}
	return day
}

// printedHow says what the line tells less than the value of the field, as whose candidate
// it agrees.
func printedHow(f extract.FieldChoice, line string) string {
	i := slices.IndexFunc(f.Candidates, func(c extract.Candidate) bool { return c.Agrees && c.Printed == line })
	if i < 0 {
		return "less exactly" // Unreachable: the line is that of a candidate.
	}
	d := dateline.Date(f.Candidates[i].Value)
	switch at, _, ok := d.Interval(); {
	case ok && strings.Contains(string(d), "T") && !d.HasZone():
		return "without a zone"
	case ok && strings.Contains(string(d), "T"):
		own, _, _ := dateline.Date(f.Value).Interval()
		if zoneName(at) != zoneName(own) {
			return "by the clock of another zone"
		}
		return "without its seconds"
	}
	return "less exactly"
}

// unfound says why a field has no value.
func unfound(f extract.FieldChoice) string {
	if len(f.Candidates) == 0 {
		return "The page does not tell it: nothing was found where pages state or print it."
	}
	c := f.Candidates[0]
	_, fault, _ := strings.Cut(c.Why, ": ")
	switch {
	case f.Field == "dateline":
		return noDateline(f.Candidates)
	case f.Field == "paywalled" && c.Value == "free":
		return "The page states that its text is free to read."
	case fault != "":
		return fmt.Sprintf("None was taken. %s will not do: %s.", inQuotes(c.Value), fault)
	}
	return "None was taken: of what was weighed, nothing will do."
}

// noDateline says why the text opens with no dateline, each reason once, for the first
// paragraph that has it.
func noDateline(list []extract.Candidate) string {
	says := "The text opens with none."
	told := map[string]bool{}
	for _, c := range list {
		if _, fault, _ := strings.Cut(c.Why, ": "); fault != "" && !told[fault] {
			told[fault] = true
			says += fmt.Sprintf(" %s: %s.", inQuotes(c.Value), fault)
		}
	}
	return says
}

func chosenOf(f extract.FieldChoice) *extract.Candidate {
	if i := slices.IndexFunc(f.Candidates, func(c extract.Candidate) bool { return c.Chosen }); i >= 0 {
		return &f.Candidates[i]
	}
	return nil
}

// sameSaid names where else a page gives the value of a field.
func sameSaid(f extract.FieldChoice) (list []string) {
	for _, c := range f.Candidates {
		if c.Chosen || c.Value != f.Value {
			continue
		}
		if at := placeWords(c); at != "" && !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return list
}

// printed reports whether a candidate was read in the line in which readers see it, and not
// stated elsewhere, as in metadata, beside such a line.
func printed(c extract.Candidate) bool {
	switch kind, _, _ := strings.Cut(c.Way, ":"); kind {
	case "jsonld", "microdata", "meta", "link", "url":
		return false
	}
	return c.Printed != ""
}

// placeWords names the place of a page where a candidate was found; "" of one for
// which there are no words.
func placeWords(c extract.Candidate) string {
	kind, name, _ := strings.Cut(c.Way, ":")
	switch {
	case printed(c):
		return "the line " + inQuotes(c.Printed)
	case kind == "jsonld":
		return fmt.Sprintf("its data for search engines (“%s”)", name)
	case kind == "microdata":
		return fmt.Sprintf("elements marked as “%s”", name)
	case kind == "meta", kind == "link":
		return fmt.Sprintf("its head (“%s”)", name)
	case kind == "url":
		return "its address"
	case c.Way == "page:h1", c.Way == "page:h2":
		return "a heading"
	case c.Way == "page:title":
		return "its title"
	case wayLooks[c.Way] != "":
		return wayLooks[c.Way]
	}
	return ""
}

// enumerated joins a list: "a, b and c".
func enumerated(list []string) string {
	n := len(list) - 1
	if n <= 0 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:n], ", ") + " and " + list[n]
}

// quotedSize is the number of characters of a line that a sentence quotes.
const quotedSize = 120

// inQuotes quotes the beginning of a text.
func inQuotes(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > quotedSize {
		s = string([]rune(s)[:quotedSize]) + "…"
	}
	return "“" + s + "”"
}

// ZoneSays says in a sentence in which zone a time is told, and who says so; "" of
// what is no time of day.
func ZoneSays(d dateline.Date) string {
	t, _, ok := d.Interval()
	if !ok || !strings.Contains(string(d), "T") {
		return ""
	}
	_, offset := t.Zone()
	switch {
	case !d.HasZone():
		return "The page tells no zone with this time, and none is added."
	case offset == 0:
		return "The page itself states it in UTC."
	}
	return fmt.Sprintf("The page itself states the zone, %s: in UTC it is %s.", zoneName(t), t.UTC().Format("2 January 2006, 15:04"))
}

// zoneName writes the zone of a time: "UTC", "UTC+02:00".
func zoneName(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return "UTC"
	}
	return "UTC" + t.Format("-07:00")
}

// timeElement is the way of finding a date in the attribute of an element beside its
// words.
const timeElement = "date/time-element"

// zoneSays says whence the zone of a date is, and how other times of the page relate
// to it: the same moment told elsewhere in another zone, or by the clock of the page's
// own place without one.
func zoneSays(d dateline.Date, others []extract.Candidate) (says []string) {
	if first := ZoneSays(d); first != "" {
		says = append(says, first)
	}
	at, _, _ := d.Interval()
	for _, c := range others {
		if c.Value == string(d) && c.Way == timeElement && c.Printed != "" && d.HasZone() && !strings.Contains(c.Printed, at.Format("15:04")) {
			says = append(says, fmt.Sprintf("Readers see %s; the exact time is in the markup of that line, so its words may be by the clock of the page’s own place.", inQuotes(c.Printed)))
			break
		}
	}
	told := map[string]bool{string(d): true}
	for _, c := range others {
		t, _, ok := dateline.Date(c.Value).Interval()
		if !ok || told[c.Value] || !strings.Contains(c.Value, "T") || !d.HasZone() {
			continue
		}
		told[c.Value] = true
		where := "elsewhere the page gives"
		if printed(c) {
			where = "readers of the page see"
		}
		ahead := t.Truncate(time.Minute).Sub(at.UTC().Truncate(time.Minute))
		switch {
		case dateline.Date(c.Value).HasZone() && t.Truncate(time.Minute).Equal(at.Truncate(time.Minute)):
			if zoneName(t) != zoneName(at) {
				says = append(says, fmt.Sprintf("%s the same moment as %s (%s).", upper(where), t.Format("15:04"), zoneName(t)))
			}
		case !dateline.Date(c.Value).HasZone() && clockApart(ahead):
			says = append(says, fmt.Sprintf("%s %s, with no zone: it is the same moment if that is the clock of a place at %s.", upper(where), t.Format("2 January 2006, 15:04"), zoneName(t.In(time.FixedZone("", int(ahead.Seconds()))))))
		}
	}
	return says
}

// clockApart reports whether two clocks can be so far apart: by a whole number of
// quarters of an hour, not more than zones are.
func clockApart(d time.Duration) bool {
	return d%(15*time.Minute) == 0 && d >= -12*time.Hour && d <= 14*time.Hour
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// SpeakerSays answers in sentences why a statement of a has its speaker, or none:
// first the words of the text that say who speaks, then how they were read as a name,
// and where that stands; see NamedIn for the last.
func SpeakerSays(a *dateline.Article, s *dateline.Statement, named NamedIn) []string {
	called, cue := s.Called(a), s.Cues(a)
	switch {
	case called == "" && cue == "":
		return []string{"The text names nobody beside these words, and has no verb of speech for them."}
	case called == "":
		return []string{fmt.Sprintf("The text has the words %s here, and beside them nobody who says it.", inQuotes(cue))}
	}
	says := []string{"The text says " + inQuotes(attribution(a, s)) + "."}
	switch {
	case s.Who == "" && speaker.Anonymous(called):
		return append(says, fmt.Sprintf("Whom %s means was not found out, and is not guessed.", inQuotes(called)))
	case s.Who == "":
		return append(says, fmt.Sprintf("%s is no name that was recognised as that of a person or body, so nobody is named.", inQuotes(called)))
	case s.Who == called:
		return append(says, "That is a name.")
	}
	says = append(says, fmt.Sprintf("%s was read as %s. %s", inQuotes(called), s.Who, RuleMeans(s.Resolved)))
	if where := named.before(a, s); where != "" {
		says = append(says, "The name stands before: "+inQuotes(strings.TrimSuffix(where, "."))+".")
	}
	return says
}

// NamedIn tells where a text names somebody or something: by the part of the article
// and the entity, the mentions in the order of the text.
type NamedIn map[[2]string][]dateline.Mention

// NewNamedIn returns where mentions, which are in the order of the text, name what.
func NewNamedIn(mentions []dateline.Mention) NamedIn {
	n := NamedIn{}
	for _, m := range mentions {
		if m.Name() {
			k := [2]string{m.In, m.Entity}
			n[k] = append(n[k], m)
		}
	}
	return n
}

// attribution returns the words of a that say who speaks: cue and speaker with what
// stands between them, or either alone.
func attribution(a *dateline.Article, s *dateline.Statement) string {
	const most = 80 // bytes from the one to the other
	text := dateline.Words{In: s.In}.Within(a)
	if len(s.Cue) == 0 || len(s.Speaker) == 0 {
		return cmp.Or(s.Called(a), s.Cues(a))
	}
	from, to := min(s.Cue[0].Start, s.Speaker[0].Start), max(s.Cue[len(s.Cue)-1].End, s.Speaker[len(s.Speaker)-1].End)
	over := slices.ContainsFunc(s.Content, func(c dateline.Span) bool { return c.Start < to && c.End > from })
	if all := (dateline.Span{Start: from, End: to}); !over && to-from <= most && all.In(text) {
		return text[from:to]
	}
	if s.Cue[0].Start < s.Speaker[0].Start {
		return s.Cues(a) + " … " + s.Called(a)
	}
	return s.Called(a) + " … " + s.Cues(a)
}

// before returns the sentence of a before the words for the speaker of s that names
// the one they mean last; "" if none does.
func (n NamedIn) before(a *dateline.Article, s *dateline.Statement) string {
	text := dateline.Words{In: s.In}.Within(a)
	list := n[[2]string{s.In, s.Who}]
	i, _ := slices.BinarySearchFunc(list, s.Speaker[0].Start+1, func(m dateline.Mention, at int) int { return m.End - at })
	if i == 0 {
		return ""
	}
	at := dateline.Span{Start: list[i-1].Start, End: list[i-1].End}
	if !at.In(text) {
		return ""
	}
	block := dateline.Span{Start: 0, End: len(text)}
	if i := strings.LastIndex(text[:at.Start], "\n"); i >= 0 {
		block.Start = i + 1
	}
	if i := strings.Index(text[at.End:], "\n"); i >= 0 {
		block.End = at.End + i
	}
	sp := sentence(text, block, at)
	if from := at.Start - quotedSize/2; from > sp.Start && utf8.RuneCountInString(text[sp.Start:sp.End]) > quotedSize {
		return "…" + text[wordFrom(text, from, at.Start):sp.End] // around the name
	}
	return text[sp.Start:sp.End]
}
