package when

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/internal/words"
)

// A kind is a class of words or numbers that rules speak of.
type kind int8

// The classes. Those of the first group are read from the digits of a number;
// the rest come from the files of words.
const (
	kDay      kind = iota // 1 to 31
	kYear                 // 1000 to 2199, four digits or in words
	kOldYear              // three or four digits, as in "479 BC"
	kYear2                // two digits
	kHour                 // 0 to 24
	kMilitary             // 2330
	kFrac                 // 1/2
	kDecade               // 1990s, '90s
	kNumDate              // 2022-02-10, 10.02.2022
	kClock                // 10:35
	kNum                  // any number up to eight digits, or in words
	kOrd                  // 21st, third
	kRoman                // XIX: a century
	kWeekday
	kWeekdays    // several, and so what recurs: Mondays, montags
	kWeekdayPart // in one word: Donnerstagabend
	kWday        // abbreviated: counts only beside a date or a clock
	kMonth
	kMon // abbreviated: counts only beside a day or a year
	kSeason
	kUnit  // one: "year"
	kUnits // several: "years"
	kPart  // of the day
	kRelDay
	kDir  // last, this, next
	kDirR // the same after the noun: "prochain"
	kMod  // early, late, mid
	kApprox
	kVague // few, several
	kDet
	kThat   // that, the same
	kFollow // following, previous: from the date last spoken of
	kAnd
	kJoin // between dates of a series: and, to, or
	kEach
	kFreq // daily
	kRef  // now, recently, soon
	kHoliday
	kAmPm
	kZone
	kAgo     // ago, earlier; value is the direction
	kWill    // a verb of the future
	kDid     // a verb of the past
	kDoes    // a verb of the present
	kIs      // is, are
	kPlan    // expected, scheduled, due
	kAim     // plans: a verb before to, or else a noun
	kMay     // a verb that says what could be
	kTo      // before an infinitive
	kSaid    // a verb of saying in the past
	kUntil   // by, until
	kLink    // may stand between until or from and a date
	kFrom    // from: the beginning of a stretch
	kThrough // through: past as well as future
	kOpen    // an opening bracket
	kClose
	kClause // begins a clause: that, which
	kOf     // 's
	kBe     // the infinitive of to be
	kOther  // what can follow "to" and is no verb, and is no subject of one
	numKinds
)

var kindNames = map[string]kind{
	"DAY": kDay, "YEAR": kYear, "OLDYEAR": kOldYear, "YEAR2": kYear2, "HOUR": kHour, "MILITARY": kMilitary,
	"FRAC": kFrac, "DECADE": kDecade, "NUMDATE": kNumDate, "CLOCK": kClock, "NUM": kNum, "ORD": kOrd, "ROMAN": kRoman,
	"WEEKDAY": kWeekday, "WEEKDAYS": kWeekdays, "MONTH": kMonth, "MON": kMon, "WDAY": kWday, "WEEKDAYPART": kWeekdayPart, "SEASON": kSeason, "UNIT": kUnit, "UNITS": kUnits, "PART": kPart,
	"RELDAY": kRelDay, "DIR": kDir, "DIRR": kDirR, "MOD": kMod, "APPROX": kApprox, "VAGUE": kVague, "DET": kDet, "THAT": kThat, "FOLLOW": kFollow,
	"AND": kAnd, "JOIN": kJoin, "EACH": kEach, "FREQ": kFreq, "REF": kRef, "HOLIDAY": kHoliday, "AMPM": kAmPm, "ZONE": kZone,
	"AGO": kAgo, "WILL": kWill, "DID": kDid, "DOES": kDoes, "PLAN": kPlan, "AIM": kAim, "MAY": kMay, "TO": kTo, "SAID": kSaid,
	"UNTIL": kUntil, "LINK": kLink, "FROM": kFrom, "THROUGH": kThrough, "BE": kBe, "CLAUSE": kClause, "OPEN": kOpen, "CLOSE": kClose, "OF": kOf, "IS": kIs, "OTHER": kOther,
}

// traits is a set of what is known of a word beside its classes. No pattern asks
// for them.
type traits uint32

const (
	late     traits = 1 << iota // late as, recently as: in the past
	counted                     // follows a count: 1500 people
	numbered                    // stands before its number: resolution 1701
	subject                     // begins a clause: the day he left
	done                        // a verb of the past; so is what it is to: failed to agree
	since                       // what follows it lies in the past: seit
	hearsay                     // a verb of the future that with a perfect tells what is said to be: soll … haben
	perfect                     // ends a perfect
	fixed                       // a plan, before "for" and "to": set for Monday
	state                       // behind a verb of the present, a state that a day to come can have: is open
	wish                        // a verb of the past whose infinitive is still to come: agreed to meet
	pronoun                     // may stand right before its verb: he himself said
	lasting                     // a verb of the past that tells of what went on: lasted until
	measured                    // beside "the 60s", which are no decade: temperatures, scores
	played                      // beside a quarter of a game
	earned                      // beside a quarter of a year of business
	event                       // behind a day that names what happened then: the July 7 bombings
	writing                     // a verb or noun of what is written on a day: wrote, letter
	pointing                    // before a day that stands for what happened then: since Sept. 11
	within                      // before a part of the day or year that goes on: in the morning
)

var traitNames = map[string]traits{"LATE": late, "COUNTED": counted, "NUMBERED": numbered, "SUBJECT": subject, "DONE": done, "SINCE": since, "HEARSAY": hearsay, "PERFECT": perfect, "WITHIN": within, "MEASURED": measured, "PLAYED": played, "EARNED": earned, "POINTING": pointing, "WRITING": writing, "EVENT": event, "FIXED": fixed, "LASTING": lasting, "STATE": state, "PRONOUN": pronoun, "WISH": wish}

// kinds is a set of classes.
type kinds uint64

func (k kinds) has(x kind) bool { return k>>x&1 != 0 }

// A sense is one meaning of a word: its class and its value there.
type sense struct {
	kind   kind
	proper bool   // only when capitalised
	num    int32  // the value as a number, 0 if it is none
	value  string // the value as written in the file
}

// A word is what a language knows of a word.
type word struct {
	id     int32
	senses []sense
	lower  kinds // classes when it stands in lower case
	upper  kinds // classes when it is capitalised
	traits traits
}

// is reports whether w, which may be nil, has trait t.
func (w *word) is(t traits) bool { return w != nil && w.traits&t != 0 }

// kinds returns the classes of w, which may be nil.
func (w *word) kinds(capitalised bool) kinds {
	switch {
	case w == nil:
		return 0
	case capitalised:
		return w.upper
	}
	return w.lower
}

// num returns the value of a number word or an ordinal.
func (w *word) num() int32 {
	if w == nil {
		return 0
	}
	for _, s := range w.senses {
		if s.kind == kNum || s.kind == kOrd {
			return s.num
		}
	}
	return 0
}

// sense returns the sense of w in class k.
func (w *word) sense(k kind) *sense {
	if w != nil {
		for i := range w.senses {
			if w.senses[i].kind == k {
				return &w.senses[i]
			}
		}
	}
	return nil
}

// maxWord is the length of the longest word that is looked up, in bytes.
const maxWord = 40

// A language is what the files of one language say, compiled.
type language struct {
	name         string            // the code of the language
	words        map[string]*word  // by the word in small letters
	suffixes     []suffix          // after digits: "st", "s"
	past         []string          // endings of a past tense
	future       []string          // endings of a future tense
	participle   []string          // endings of a participle of the past, which counts right before a day
	ongoing      []string          // endings of what goes on: is leaving
	elides       bool              // "l'année"
	pointClock   bool              // "10.30 pm"
	clockWords   []string          // behind a clock, or how they begin: "Uhr"
	dashDate     bool              // "23-10-1999"
	order        string            // of 03/04/2020: "dmy", "mdy"; "" if both are in use
	orders       map[string]string // the same by region: "US"
	hourClock    bool              // "20h30"
	capitalNames bool              // within a sentence a capital begins a name
	ordinalPoint bool              // "10. Februar"
	rules        automaton
}

type suffix struct {
	text string
	kind kind
}

// languages holds each language, compiled when first used.
var languages = func() map[string]func() *language {
	all := map[string]func() *language{}
	for _, name := range words.With("when.rules") {
		all[name] = sync.OnceValue(func() *language {
			l, err := compile(name)
			if err != nil {
				panic(err) // Unreachable: a test compiles every language.
			}
			return l
		})
	}
	return all
}()

// languageOf returns the language for a BCP 47 tag; nil if there is none.
func languageOf(tag string) *language {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	if f := languages[tag]; f != nil {
		return f()
	}
	return nil
}

// dayLists are the lists of days and months that other packages use, too, by the
// classes that their words have here.
var dayLists = [...]struct {
	list string
	kind kind
}{{"weekday", kWeekday}, {"weekday-short", kWday}, {"month", kMonth}, {"month-short", kMon}}

// compile reads what the folder of a language says: its lists of days and
// months, when.words and when.rules.
func compile(name string) (*language, error) {
	l := &language{name: name, words: map[string]*word{}, orders: map[string]string{}}
	for _, d := range dayLists {
		for _, e := range words.Of(name, d.list) {
			l.addWord(e.Text, d.kind, e.Value)
		}
	}
	text, _ := words.Text(name, "when.words")
	for line, err := range words.Lines(text) {
		if err == nil {
			err = l.wordLine(line)
		}
		if err != nil {
			return nil, fmt.Errorf("%s/when.words: %w", name, err)
		}
	}
	if err := l.readRules(); err != nil {
		return nil, fmt.Errorf("%s/when.rules: %w", name, err)
	}
	return l, nil
}

// readRules reads the rules of l.
func (l *language) readRules() error {
	text, _ := words.Text(l.name, "when.rules")
	read := l.rules.reader(l)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	l.rules.macros = nil
	return nil
}

var _ [64 - numKinds]struct{} // kinds has 64 bits

// wordLine takes up a line of when.words:
//
//	CLASS VALUE: word, word, Word
//
// A word with a capital counts only when the text capitalises it. Settings
// look alike: "suffix ORD: st, nd", "past: ed", "setting elides:"; "noverb: need"
// names words that are no verb, whatever their ending.
func (l *language) wordLine(line words.Line) error {
	for _, w := range line.Entries {
		if err := l.entry(line.List, line.Value, w); err != nil {
			return fmt.Errorf("line %d: %w", line.Number, err)
		}
	}
	return nil
}

// entry takes up one entry of a list of when.words.
func (l *language) entry(class, value, w string) error {
	switch class {
	case "suffix":
		l.suffixes = append(l.suffixes, suffix{w, kindNames[value]})
	case "past":
		l.past = append(l.past, w)
	case "ongoing":
		l.ongoing = append(l.ongoing, w)
	case "noverb":
		l.literal(lower(w))
	case "participle":
		l.participle = append(l.participle, w)
	case "future":
		l.future = append(l.future, w)
	case "clockword":
		l.clockWords = append(l.clockWords, w)
	case "setting":
		return l.setting(value, w)
	default:
		if len(w) > maxWord {
			return fmt.Errorf("word %q is too long", w)
		}
		if t, ok := traitNames[class]; ok {
			l.literal(lower(w)).traits |= t
			return nil
		}
		k, ok := kindNames[class]
		if !ok {
			return fmt.Errorf("no class %q", class)
		}
		l.addWord(w, k, value)
	}
	return nil
}

func (l *language) setting(name, value string) error {
	if region, ok := strings.CutPrefix(name, "order "); ok {
		l.orders[region] = value
		return nil
	}
	switch name {
	case "elides":
		l.elides = true
	case "ordinalpoint":
		l.ordinalPoint = true
	case "hourclock":
		l.hourClock = true
	case "capitalnames":
		l.capitalNames = true
	case "pointclock":
		l.pointClock = true
	case "dashdate":
		l.dashDate = true
	case "order":
		l.order = value
	default:
		return fmt.Errorf("no setting %q", name)
	}
	return nil
}

// orderIn returns the order of numeric dates in the habit of the region that the
// BCP 47 tag names, or of the language; "" if it has none.
func (l *language) orderIn(tag string) string {
	for part := range strings.SplitSeq(tag, "-") {
		if order := l.orders[strings.ToUpper(part)]; order != "" && len(part) == 2 {
			return order
		}
	}
	return l.order
}

func (l *language) addWord(text string, k kind, value string) {
	first, _ := utf8.DecodeRuneInString(text)
	s := sense{kind: k, value: value, proper: unicode.IsUpper(first)}
	if n, err := strconv.Atoi(value); err == nil {
		s.num = int32(n)
	}
	w := l.literal(lower(text))
	w.senses = append(w.senses, s)
	w.upper |= 1 << k
	if !s.proper {
		w.lower |= 1 << k
	}
}

// literal returns the word written text in lower case, which it adds if needed.
func (l *language) literal(text string) *word {
	w := l.words[text]
	if w == nil {
		w = &word{id: int32(len(l.words) + 1)}
		l.words[text] = w
	}
	return w
}

// lookup returns the word in b, which is in lower case; nil if it is unknown.
func (l *language) lookup(b []byte) *word { return l.words[string(b)] }

// suffix returns the class that the letters after digits give them, and their
// length.
func (l *language) suffix(rest string) (kind, int) {
	if rest == "" || rest[0] != '\'' && rest[0] < 'A' {
		return 0, 0
	}
	for _, s := range l.suffixes {
		if len(rest) >= len(s.text) && strings.EqualFold(rest[:len(s.text)], s.text) {
			if c, _ := utf8.DecodeRuneInString(rest[len(s.text):]); !unicode.IsLetter(c) && !unicode.IsDigit(c) {
				return s.kind, len(s.text)
			}
		}
	}
	return 0, 0
}

// form returns pastForm or futureForm for an unknown word in lower case with the
// ending of that tense, else 0.
func (l *language) form(b []byte) uint8 {
	switch {
	case hasEnding(b, l.past):
		return pastForm
	case hasEnding(b, l.future):
		return futureForm
	}
	return 0
}

// hasEnding reports whether a word longer than they are by more than two letters
// has one of the endings.
func hasEnding[T string | []byte](word T, endings []string) bool {
	for _, s := range endings {
		if len(word) > len(s)+2 && string(word[len(word)-len(s):]) == s {
			return true
		}
	}
	return false
}

// lower returns s in lower case, with straight apostrophes.
func lower(s string) string { return string(appendLower(nil, s)) }

// appendLower appends s in lower case.
func appendLower(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c |= 0x20
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		b = utf8.AppendRune(b, unicode.ToLower(r))
		i += n
	}
	return b
}
