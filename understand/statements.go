package understand

import (
	"slices"
	"strings"
	"sync"

	"dateline"
	"dateline/internal/words"
	"dateline/understand/entity"
	"dateline/understand/quote"
	"dateline/understand/token"
)

// The rules that tell on which day a statement was made.
const (
	onNearest = "on/nearest-day" // the day of its sentence that is nearest to the cue (dayOf)
	onCarried = "on/carried"     // that of the statement before by the same speaker (carry)
)

// statements returns the statements found in the text t of the article a, completed by the
// names and roles of those who made them and by the days of dates. It reports its reasons to
// why, unless that is nil.
func statements(t *token.Text, found []quote.Statement, names *entity.Names, dates []dateline.Timex, a *dateline.Article, why *explainer) []dateline.Statement {
	if len(found) == 0 {
		return nil
	}
	called := func(sp dateline.Span) string {
		if who, ok := names.Who(sp.Start, sp.End); ok {
			return who.Name
		}
		return t.Text[sp.Start:sp.End]
	}
	quoted := withinContents(found, dates)
	speakers := speakers{text: t.Text, names: names, article: a}
	out := make([]dateline.Statement, len(found))
	for i := range found {
		s := &found[i]
		if len(s.Speaker) > 0 {
			s.Speaker[0] = undated(t, beside(t.Text, whole(s.Speaker[0], names.Mentions), s))
			who, ok := speakers.next(s.Speaker[0])
			if !ok {
				who, ok = speakers.named(t, s)
			}
			if full := speakers.full[who.Name]; ok && full != "" {
				who.Name = full
			} else if ok && who.Kind == "person" && quote.NamesSpeaker(s.Rule) {
				speakers.keep(who.Name)
			}
			if ok && s.Polarity != quote.Conditional { // nobody has said what depends on a condition
				s.Who, s.Role, s.Resolved = who.Name, who.Role, who.Rule
			}
			why.speaker(i, s.Speaker[0], who)
		}
		if s.Resumed && i > 0 && out[i-1].Who != "" {
			s.Who, s.Role, s.Resolved = out[i-1].Who, out[i-1].Role, entity.ResumeRule
		}
		if first := &s.Content[0]; openingParagraph(t, first.Start) {
			*first = undated(t, *first)
		}
		for _, a := range s.Addressees {
			if a = timeless(t.Text, a, dates); a.Start >= a.End {
				continue
			}
			s.To = append(s.To, called(beside(t.Text, whole(a, names.Mentions), s)))
		}
		for _, v := range s.Sources {
			s.Via = append(s.Via, called(v))
		}
		if day := dayOf(s, dates, quoted); day != nil {
			s.On = dateline.Date(day.Value)
			why.detail(i, Detail{Field: "on", Value: day.Value, Words: &day.Words, Rule: onNearest})
		}
		out[i] = s.Statement
	}
	carry(t.Text, out, why)
	return out
}

// speakers tells who speaks, statement by statement.
type speakers struct {
	text    string
	names   *entity.Names
	article *dateline.Article
	heads   map[string]string // full names of people in the headline by their last words; nil before they are asked for
	full    map[string]string // names that speakers were named by and no model knew, by their last words
	last    entity.Referent   // the person who spoke last; zero if it is not known who spoke last
	after   int               // where the words for that person end
}

// next returns who made the next statement, whose speaker the words in sp mean. "He" and "she"
// can mean the person who spoke last, if nobody else can be meant.
func (s *speakers) next(sp dateline.Span) (who entity.Referent, ok bool) {
	if who, ok = s.names.Who(sp.Start, sp.End); !ok {
		who, ok = s.names.Resume(s.last, s.after, sp.Start, sp.End)
	}
	if !ok {
		who, ok = s.names.Only(sp.Start, sp.End)
	}
	switch {
	case !ok:
		s.last = entity.Referent{}
		return relative(s.text, sp, s.names)
	case who.Kind == "person":
		s.last, s.after = who, sp.End
		if full := s.inHeadline(who.Name); full != "" {
			who.Name, who.Rule = full, headlineRule
		}
	}
	return who, ok
}

// The rules of named.
const (
	layoutRule  = "entity/layout"  // before a colon, behind a dash: lastName
	speakerRule = "entity/speaker" // in full, where the speaker stands: fullName
)

// named returns whom the words for the speaker of s name, though no model knows the name: “her coach, Pia Gran,
// said”. A later statement of “Gran” is by the same.
func (s *speakers) named(t *token.Text, st *quote.Statement) (who entity.Referent, ok bool) {
	sp := st.Speaker[0]
	who = entity.Referent{Kind: "person", Rule: layoutRule}
	if n := st.Named; n.End > n.Start {
		who.Name, who.Rule = t.Text[n.Start:n.End], speakerRule
		return who, true
	}
	if quote.NamesSpeaker(st.Rule) {
		who.Name, ok = lastName(t, sp)
	} else if who.Name, ok = s.fullName(t, sp); ok {
		who.Rule = speakerRule
	}
	if !ok {
		who.Name, ok = s.full[s.text[sp.Start:sp.End]]
		who.Rule = speakerRule
		return who, ok
	}
	s.keep(who.Name)
	return who, ok
}

// keep notes the full name of a speaker, whom a later statement can call by the last name. Of two with one last name the first
// keeps it.
func (s *speakers) keep(name string) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return
	}
	if s.full == nil {
		s.full = map[string]string{}
	}
	if last := name[i+1:]; s.full[last] == "" {
		s.full[last] = name
	}
}

// fullName returns the name that sp, the words for a speaker, consists of, or that stands in it behind a comma or a
// word without a capital, or before a comma: “Pia Gran”, “her coach, Pia Gran”, “the former skier Pia Gran”, “Pia Gran, 31”. It has two
// to four words with a capital, of which the first is a first name. It returns false behind a preposition (“a friend of Pia Gran”) or an article (“the
// White House”), before "'s", and if the words hold a name that a model knows.
func (s *speakers) fullName(t *token.Text, sp dateline.Span) (name string, ok bool) {
	const most = 4 // words
	if base, _, _ := strings.Cut(s.article.Lang, "-"); base != "en" && base != "" {
		return "", false // nouns have capitals, or verbs stand among them
	}
	i := endingBehind(s.names.Mentions, sp.Start)
	if i < len(s.names.Mentions) && s.names.Mentions[i].Start < sp.End {
		return "", false
	}
	first, _ := tokenFrom(t, sp.Start)
	wrote := false // “an e-mail from Pia Gran”
	for i := first; i < len(t.Tokens) && int(t.Tokens[i].End) <= sp.End; i++ {
		end := i
		for end < len(t.Tokens) && int(t.Tokens[end].End) <= sp.End && capitalWord(t, end) {
			end++
		}
		if end == i {
			wrote = wrote || listed("writing", t.String(i))
			if listed("no-name-behind", t.String(i)) && !(wrote && listed("by-whom", t.String(i))) {
				return "", false
			}
			continue
		}
		if end-i < 2 || end-i > most || listed("calendar", t.String(end-1)) || listed("article", t.String(i)) || i > first && listed("article", t.String(i-1)) {
			return "", false
		}
		if !s.names.FirstName(int(t.Tokens[i].Start)) {
			return "", false
		}
		if end < len(t.Tokens) && int(t.Tokens[end].End) <= sp.End && t.String(end) != "," && t.String(end) != "(" && !listed("behind-name", t.String(end)) {
			return "", false
		}
		return t.Text[t.Tokens[i].Start:t.Tokens[end-1].End], true
	}
	return "", false
}

// capitalWord reports whether token i is a word with a capital and small letters.
func capitalWord(t *token.Text, i int) bool {
	k := t.Tokens[i]
	return k.Kind == token.Word && k.Is(token.Capital) && !k.Is(token.AllCaps)
}

// lastName returns the last run of two or more words with a capital in sp, whose words introduce or sign a
// quotation, and so name who said it, even if no model knows the name: “And from the mayor, Pia Gran:”.
func lastName(t *token.Text, sp dateline.Span) (string, bool) {
	first, _ := tokenFrom(t, sp.Start)
	start, n := 0, 0
	var name string
	for i := first; i < len(t.Tokens) && int(t.Tokens[i].End) <= sp.End; i++ {
		if k := t.Tokens[i]; k.Kind != token.Word || !k.Is(token.Capital) || k.Is(token.AllCaps) && k.End-k.Start > 1 {
			n = 0
			continue
		}
		if n == 0 {
			start = i
		}
		if n++; n > 1 {
			name = t.Text[t.Tokens[start].Start:t.Tokens[i].End]
		}
	}
	return name, name != ""
}

// headlineRule is the rule of inHeadline.
const headlineRule = "entity/headline"

// inHeadline returns the full name of the one person in the headline whose last name is
// name, if the text gives no more than that; "" if there is none.
func (s *speakers) inHeadline(name string) string {
	if strings.Contains(name, " ") || s.article.Headline == "" {
		return ""
	}
	if s.heads == nil {
		s.heads = map[string]string{}
		var t token.Text
		t.Read(s.article.Headline, s.article.Lang)
		for _, m := range entity.Find(&t, s.article.Lang).Mentions {
			i := strings.LastIndexByte(m.Text, ' ')
			if m.Kind != "person" || i < 0 {
				continue
			}
			last := m.Text[i+1:]
			if known, ok := s.heads[last]; ok && known != m.Text {
				s.heads[last] = "" // two of one name
				continue
			}
			s.heads[last] = m.Text
		}
	}
	return s.heads[name]
}

// relativeRule is the rule of relative.
const relativeRule = "entity/relative"

// relative returns the person whom "who" means right behind a person's name. It finds nobody if
// "of" stands before the name, because then somebody else can be meant: "a friend of Ada
// Stone, who said".
func relative(text string, sp dateline.Span, names *entity.Names) (who entity.Referent, ok bool) {
	if !spelled("who", text[sp.Start:sp.End]) {
		return who, false
	}
	before := strings.TrimSuffix(strings.TrimRight(text[:sp.Start], " "), ",")
	i, ok := slices.BinarySearchFunc(names.Mentions, len(before), func(m dateline.Mention, at int) int { return m.End - at })
	if !ok || names.Mentions[i].Kind != "person" {
		return who, false
	}
	m := &names.Mentions[i]
	start := m.Start
	if m.Role != nil && m.Role.Start < start {
		start = m.Role.Start
	}
	if of(text[:start]) {
		return who, false
	}
	who, ok = names.Who(m.Start, m.End)
	who.Rule = relativeRule
	return who, ok
}

// undated returns sp without what it has of the dateline of its paragraph:
// "MOSCOW, Russia — ".
func undated(t *token.Text, sp dateline.Span) dateline.Span {
	i, ok := slices.BinarySearchFunc(t.Paragraphs, sp.Start, func(p token.Range, at int) int { return int(t.Tokens[p.First].Start) - at })
	if !ok {
		i--
	}
	if i < 0 || !t.Tokens[t.Paragraphs[i].First].Is(token.AllCaps) {
		return sp
	}
	p := t.Paragraphs[i]
	for k := p.First + 1; k+1 < min(p.End, p.First+maxDateline) && int(t.Tokens[k+1].End) <= sp.End; k++ {
		switch t.String(int(k)) {
		case "—", "–", "-", "--":
			if !t.Tokens[k].Is(token.Glued) {
				sp.Start = max(sp.Start, int(t.Tokens[k+1].Start))
				return sp
			}
		}
	}
	return sp
}

// maxDateline is how many tokens a dateline has at most.
const maxDateline = 12

// whole returns sp with all of a name that it cuts.
func whole(sp dateline.Span, mentions []dateline.Mention) dateline.Span {
	for i := endingBehind(mentions, sp.Start); i < len(mentions) && mentions[i].Start < sp.End; i++ {
		sp.Start = min(sp.Start, mentions[i].Start)
		sp.End = max(sp.End, mentions[i].End)
	}
	return sp
}

// endingBehind returns the index of the first of the mentions that ends behind byte at.
func endingBehind(mentions []dateline.Mention, at int) int {
	i, _ := slices.BinarySearchFunc(mentions, at, func(m dateline.Mention, at int) int { return m.End - at - 1 })
	return i
}

// beside returns sp without what it has of the first content of s, and of what stands beyond that.
func beside(text string, sp dateline.Span, s *quote.Statement) dateline.Span {
	c := s.Content[0]
	switch {
	case sp.Start < c.Start && c.Start < sp.End:
		sp.End = sp.Start + len(strings.TrimRight(text[sp.Start:c.Start], " \n"))
	case c.Start <= sp.Start && sp.Start < c.End && c.End < sp.End:
		sp.Start = c.End
	}
	return sp
}

// carry gives a statement without a day the day of the one before by the same
// speaker: "Duarte said on Thursday … “We stand by it,” she said." It must be
// said in the plain past, for "has long said" is said on another day.
func carry(text string, list []dateline.Statement, why *explainer) {
	last := map[string]dateline.Date{}
	for i := range list {
		s := &list[i]
		switch {
		case s.Who == "":
		case s.On != "":
			last[s.Who] = s.On
		case s.Kind != "indirect" && plainPast(text, s.Cue):
			if s.On = last[s.Who]; s.On != "" {
				why.detail(i, Detail{Field: "on", Value: string(s.On), Rule: onCarried})
			}
		}
	}
}

// pastWords are the lists of quote.words in English by which a cue is in the past tense.
type pastWords struct {
	verbs   []string // irregular verbs
	endings []string // of regular verbs
	with    []string // what may follow the verb in a cue begins with one of these
}

var englishPast = sync.OnceValue(func() pastWords {
	lists := words.Forms("en", "quote.words")
	return pastWords{lists["past"], lists["past-ending"], lists["past-with"]}
})

// plainPast reports whether a cue is one English verb in the past tense.
func plainPast(text string, cue []dateline.Span) bool {
	if len(cue) != 1 {
		return false
	}
	past := englishPast()
	verb, more, _ := strings.Cut(text[cue[0].Start:cue[0].End], " ")
	if more != "" && !slices.ContainsFunc(past.with, func(w string) bool { return strings.HasPrefix(more, w) }) {
		return false
	}
	return slices.Contains(past.verbs, verb) || slices.ContainsFunc(past.endings, func(e string) bool { return strings.HasSuffix(verb, e) })
}

// maxDates bounds the dates before a cue and after it that are weighed for the day
// of a statement: a sentence of news has a few.
const maxDates = 32

// dayOf returns the date of dates that is the day in the sentence of s that is
// nearest to the cue and no part of what anybody said; nil if there is none, or
// no cue.
func dayOf(s *quote.Statement, dates []dateline.Timex, quoted []bool) (best *dateline.Timex) {
	if len(s.Cue) == 0 {
		return nil
	}
	nearest := 0
	first := func(at int) int {
		i, _ := slices.BinarySearchFunc(dates, at, func(d dateline.Timex, at int) int { return d.Start - at })
		return i
	}
	cue := first(s.Cue[0].Start)
	for i := max(first(s.Sentence.Start), cue-maxDates); i < min(len(dates), cue+maxDates) && dates[i].Start < s.Sentence.End; i++ {
		d := &dates[i]
		day := dateline.Date(d.Value)
		if d.Type != "DATE" || d.Mod != "" || string(day) != day.Day() || quoted[i] {
			continue
		}
		if _, _, ok := day.Interval(); !ok { // "2022-W06-WE"
			continue
		}
		if gap := max(s.Cue[0].Start-d.End, d.Start-s.Cue[0].End); best == nil || gap < nearest {
			best, nearest = d, gap
		}
	}
	return best
}

// withinContents tells of each date whether it is a part of what somebody said.
func withinContents(list []quote.Statement, dates []dateline.Timex) []bool {
	quoted := make([]bool, len(dates))
	for i := range list {
		for _, sp := range list[i].Content {
			k, _ := slices.BinarySearchFunc(dates, sp.Start, func(d dateline.Timex, at int) int { return d.End - at - 1 })
			for ; k < len(dates) && dates[k].Start < sp.End; k++ {
				quoted[k] = true
			}
		}
	}
	return quoted
}

// timeless returns sp cut off before the first date in it, as in "told The Herald last week";
// the span is empty if it begins with a date.
func timeless(text string, sp dateline.Span, dates []dateline.Timex) dateline.Span {
	i, _ := slices.BinarySearchFunc(dates, sp.Start, func(d dateline.Timex, at int) int { return d.End - at - 1 })
	if i < len(dates) && dates[i].Start < sp.End {
		end := max(dates[i].Start, sp.Start)
		sp.End = sp.Start + len(strings.TrimRight(text[sp.Start:end], " "))
	}
	return sp
}

// openingParagraph reports whether one of the first two paragraphs of t, the first of which can be the
// deck, begins at byte at.
func openingParagraph(t *token.Text, at int) bool {
	for _, p := range t.Paragraphs[:min(len(t.Paragraphs), 2)] {
		if int(t.Tokens[p.First].Start) == at {
			return true
		}
	}
	return false
}
