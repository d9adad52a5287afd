package understand

import (
	"slices"
	"strings"
	"sync"

	"dateline"
	"dateline/internal/words"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// unnamed returns the dates without those that are names or parts of names: a person called
// April or Friday, May’s plan, a club called Wednesday, Fridays for Future.
func unnamed(t *token.Text, dates []dateline.Timex, names *entity.Names) []dateline.Timex {
	n := namedDays{t: t, names: names}
	return slices.DeleteFunc(dates, func(d dateline.Timex) bool { return n.isName(&d) })
}

// namedDays tells days and months from names that are spelt like them.
type namedDays struct {
	t      *token.Text
	names  *entity.Names
	people map[string]bool // months and days that are a part of somebody's name in the text; nil until they are looked for
}

// isName reports whether the words of d are a name, or within one.
func (n *namedDays) isName(d *dateline.Timex) bool {
	word, rest, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(d.Text, "’s"), "'s"), " ")
	if word == "that" && rest != "" { // "critics say that May must go"
		word, rest = rest, ""
	}
	if rest != "" || !calendarWord(word) {
		return false
	}
	before, after := n.beside(d)
	if before != "" && before[0]-'A' < 26 && listed("before-day-name", before) && listed("weekday", word) { // "Ruby Tuesday"
		return true
	}
	if m, ok := n.over(d); ok && m.End-m.Start > len(d.Text) && m.Kind != "place" {
		return m.End > d.End || !listed("weekday", word) || n.opens(m.Start) || n.repeated(m)
	}
	if before == "" && monthName(word) && lastNameLike(after) && n.inRunningText(d) { // “April Summers met”
		return true
	}
	if n.courtesy(before) || n.given(d, word, before, after) {
		return true
	}
	if n.surnamed(d, word, before, after) || n.club(word, before, after) {
		return true
	}
	owns := after == "’s" || after == "'s"        // "critics of May’s plan"
	if owns && monthName(word) && n.named(word) { // of “May Chen”
		return true
	}
	if n.apposed(d, word, before, after) {
		return true
	}
	return n.bears(word) && (owns || !listed("before-calendar", before))
}

// over returns the name that d lies in, if any.
func (n *namedDays) over(d *dateline.Timex) (m dateline.Mention, ok bool) {
	const most = 8 // mentions that can begin before d and reach over it: names within names
	for _, list := range [][]dateline.Mention{n.names.Mentions, n.names.Asides} {
		end := startingAt(list, d.Start+1)
		for _, m := range list[max(0, end-most):end] {
			if d.End <= m.End && (m.Name() || m.Kind == "other") {
				return m, true
			}
		}
	}
	return m, false
}

// opens reports whether a sentence begins at byte at, or with a title before it. A day at the
// end of another name is mostly a day: “met with Mr. Sununu Sunday”.
func (n *namedDays) opens(at int) bool {
	i, ok := tokenFrom(n.t, at)
	return ok && (n.t.Tokens[i].Is(token.Sentence) || i > 0 && n.t.Tokens[i-1].Is(token.Sentence) && n.courtesy(n.t.String(i-1)))
}

// repeated reports whether the text has the name m once more.
func (n *namedDays) repeated(m dateline.Mention) bool {
	return strings.Contains(n.t.Text[m.End:], m.Text) || strings.Contains(n.t.Text[:m.Start], m.Text)
}

// beside returns the tokens before and after d, "" where a sentence ends.
func (n *namedDays) beside(d *dateline.Timex) (before, after string) {
	i, ok := tokenFrom(n.t, d.Start)
	if !ok {
		return "", ""
	}
	if i > 0 && !n.t.Tokens[i].Is(token.Sentence) {
		before = n.t.String(i - 1)
	}
	for i < len(n.t.Tokens) && int(n.t.Tokens[i].Start) < d.End {
		i++
	}
	if i < len(n.t.Tokens) && !n.t.Tokens[i].Is(token.Sentence) {
		after = n.t.String(i)
	}
	return before, after
}

// inRunningText reports whether the sentence of d goes on in small letters behind the word after
// d: not in a line of capitals.
func (n *namedDays) inRunningText(d *dateline.Timex) bool {
	i, _ := tokenFrom(n.t, d.End)
	return i+1 < len(n.t.Tokens) && n.t.Tokens[i+1].Kind == token.Word && !n.t.Tokens[i+1].Is(token.Capital) && !n.t.Tokens[i+1].Is(token.Sentence)
}

// courtesy reports whether a word stands before somebody's name: "Mrs".
func (n *namedDays) courtesy(before string) bool {
	return listed("before-name", strings.TrimSuffix(before, "."))
}

// given reports whether the month or day of d, word, is somebody's first name: right behind it
// stands a name of one word that was labelled as a person's.
func (n *namedDays) given(d *dateline.Timex, word, before, after string) bool {
	if listed("before-calendar", before) || after == "" || after[0]-'A' >= 26 || !listed("calendar-name", word) {
		return false
	}
	i := startingAt(n.names.Mentions, d.End+1) // "April [Rowe]": the model left the month out
	if i == len(n.names.Mentions) {
		return false
	}
	m := &n.names.Mentions[i]
	return m.Start == d.End+1 && m.Kind == "person" && !strings.Contains(m.Text, " ")
}

// surnamed reports whether the month of d, word, is a first name by the word behind it: one with a capital in
// running text that is no part of another name, “and May Whitfield met”.
func (n *namedDays) surnamed(d *dateline.Timex, word, before, after string) bool {
	if !monthName(word) || !lastNameLike(after) || !n.inRunningText(d) {
		return false
	}
	if before == "" || listed("before-calendar", before) && !listed("joining", before) {
		return false
	}
	i := startingAt(n.names.Mentions, d.End+1)
	return i == len(n.names.Mentions) || n.names.Mentions[i].Start > d.End+1 || n.names.Mentions[i].Kind == "person"
}

// named reports whether somebody whose first name is word is named in full in the text.
func (n *namedDays) named(word string) bool {
	return slices.ContainsFunc(n.names.Mentions, func(m dateline.Mention) bool {
		return m.Kind == "person" && (strings.HasPrefix(m.Text, word+" ") || m.Start > len(word) && n.t.Text[m.Start-len(word)-1:m.Start-1] == word)
	})
}

// apposed reports whether the day of the week of d, word, is somebody's first name, between commas and before a last name: “The driver,
// Wednesday Ibekwe, had”.
func (n *namedDays) apposed(d *dateline.Timex, word, before, after string) bool {
	if before != "," || !listed("weekday", word) || !lastNameLike(after) {
		return false
	}
	i, _ := tokenFrom(n.t, d.End)
	return i+1 < len(n.t.Tokens) && n.t.String(i+1) == ","
}

// club reports whether word, a day of the week that opens a sentence, is the short name of a club in the text:
// “Wednesday scored twice”, in a text about Sheffield Wednesday.
func (n *namedDays) club(word, before, after string) bool {
	if before != "" || after == "" || after[0]-'a' >= 26 || listed("weekday-noun", after) || !listed("weekday", word) {
		return false
	}
	return slices.ContainsFunc(n.names.Mentions, func(m dateline.Mention) bool {
		return m.Kind != "person" && strings.HasSuffix(m.Text, " "+word)
	})
}

// startingAt returns the index of the first mention of list that begins at byte at or later.
func startingAt(list []dateline.Mention, at int) int {
	i, _ := slices.BinarySearchFunc(list, at, func(m dateline.Mention, at int) int { return m.Start - at })
	return i
}

// bears reports whether somebody in the text is called word.
func (n *namedDays) bears(word string) bool {
	if n.people == nil {
		n.people = map[string]bool{}
		for _, m := range n.names.Mentions {
			first, last, ok := strings.Cut(m.Entity, " ")
			if m.Kind != "person" || !ok {
				continue
			}
			last = last[strings.LastIndexByte(last, ' ')+1:]
			for _, w := range []string{first, last} {
				if calendarWord(w) {
					n.people[w] = true
				}
			}
		}
	}
	return n.people[word]
}

// monthName reports whether people are called by the month word: "May".
func monthName(word string) bool { return listed("calendar-name", word) && !listed("weekday", word) }

// lastNameLike reports whether a word behind a day or month can be a last name: it has a capital and is not in the
// calendar.
func lastNameLike(after string) bool {
	return len(after) > 1 && after[0]-'A' < 26 && !calendarWord(after)
}

// tokenFrom returns the index of the first token that begins at byte at or later, and whether it begins there.
func tokenFrom(t *token.Text, at int) (i int, ok bool) {
	return slices.BinarySearchFunc(t.Tokens, at, func(k token.Token, at int) int { return int(k.Start) - at })
}

// calendarWord reports whether a word with a capital is the name of a month or a day of
// the week.
func calendarWord(w string) bool { return w != "" && w[0]-'A' < 26 && listed("calendar", w) }

// listed reports whether a word is in a list of names.words in English, which has months and
// days that people are called by, and words that stand before a name or a date.
func listed(list, word string) bool { return calendarLists()[list][strings.ToLower(word)] }

// spelled reports whether a word is in a list of names.words in English, spelled as there.
func spelled(list, word string) bool { return calendarLists()[list][word] }

// of reports whether a text ends with "of" and a space.
func of(text string) bool {
	words := strings.TrimSuffix(text, " ")
	return words != text && spelled("of", words[strings.LastIndexByte(words, ' ')+1:]) && strings.Contains(words, " ")
}

var calendarLists = sync.OnceValue(func() map[string]map[string]bool {
	sets := map[string]map[string]bool{}
	for list, entries := range words.Forms("en", "names.words") {
		sets[list] = make(map[string]bool, len(entries))
		for _, w := range entries {
			sets[list][w] = true
		}
	}
	return sets
})
