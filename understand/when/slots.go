package when

import "strings"

// A slots holds what the words of a match say, by their classes, together with what the
// assignments of its pattern say (preset). Zero fields are those that no word filled.
type slots struct {
	preset
	weekday, monthNum, dayNum, ord int
	year, year2                    int
	hour, minute                   int
	hasHour, hasYear, hasNum       bool
	hasDir                         bool
	dir                            int
	num, num2, tenths, frac        int
	date                           ymd
	season                         int
	unit                           string
	plural                         bool
	part                           string
	rel                            int
	vague, recent, each, that      bool
	follow                         int
	freq, ref, holiday, ampm       string
	ago                            int
	zone                           bool
}

// slots reads the words of m, which begins at token i.
func (f *finder) slots(m *match, i int) slots {
	s := slots{preset: m.set}
	s.part, s.unit = s.preset.part, s.preset.unit
	s.dir, s.hasDir = int(s.preset.dir), s.preset.hasDir
	s.ago, s.rel, s.holiday, s.year = int(s.preset.ago), int(s.preset.rel), s.preset.holiday, int(s.preset.year)
	s.vague, s.follow = s.flag == "vague", int(s.preset.follow)
	s.weekday = int(s.preset.weekday)
	s.frac = int(s.preset.frac)
	s.ord = int(s.preset.n)
	if s.preset.count > 0 {
		s.num, s.hasNum = int(s.preset.count), true
	}
	for j := range m.length {
		if k := m.path[j]; k >= 0 {
			t := &f.toks[i+j]
			if t.kinds.has(k) {
				s.fill(k, t, t.word.sense(k))
			}
		}
	}
	return s
}

// setClock sets the clock time, unless there is one already: a second one is the same time in
// another zone.
func (s *slots) setClock(hour, minute int) {
	if !s.hasHour {
		s.hour, s.minute, s.hasHour = hour, minute, true
	}
}

// fill notes token t, read as class k; w is that sense of its word, nil for a
// number.
func (s *slots) fill(k kind, t *token, w *sense) {
	n, value := int(t.num), ""
	if w != nil {
		value = w.value
		if t.flags&wordy == 0 && k != kOrd {
			n = int(w.num)
		}
	}
	switch k {
	case kDay:
		if s.dayNum == 0 && s.ord == 0 {
			s.dayNum = n
		}
	case kOrd, kRoman:
		if s.ord == 0 {
			s.ord = n
		}
	case kYear, kOldYear:
		if s.hasYear {
			s.year2 = n
		} else {
			s.year, s.hasYear = n, true
		}
	case kYear2:
		const pivot = 30 // "'29" is 2029, "'30" is 1930: news tells more of the last decades than of the next
		s.year, s.hasYear = n+1900, true
		if n < pivot {
			s.year += 100
		}
	case kDecade:
		s.year, s.hasYear = n, true
		if n < 100 {
			s.year += 1900
		}
	case kHour:
		if !s.hasHour {
			s.hour, s.hasHour = n, true
		}
	case kClock:
		s.setClock(n, int(t.sub))
	case kMilitary:
		s.setClock(n/100, n%100)
	case kFrac:
		s.frac = int(t.sub)
	case kNumDate:
		s.date = t.day
	case kNum:
		if s.hasHour && n < 60 && s.minute == 0 { // "14 Uhr 30"
			s.minute = n
		} else if s.hasNum {
			s.num2 = n
		} else {
			s.num, s.tenths, s.hasNum = n, int(t.sub), true
		}
	case kWeekday, kWeekdays, kWday:
		s.weekday = n
	case kWeekdayPart:
		s.weekday, s.part = int(value[0]-'0'), value[1:]
	case kMonth, kMon:
		s.monthNum = n
	case kSeason:
		s.season = n
	case kUnit, kUnits:
		s.unit, s.plural = value, k == kUnits
	case kPart:
		s.part = value
	case kRelDay:
		s.rel = n
	case kDir, kDirR:
		s.dir, s.hasDir = n, true
	case kMod, kApprox:
		if s.mod == "" {
			s.mod = value
		}
	case kVague:
		s.vague, s.recent = true, value == "recent"
	case kEach:
		s.each = true
	case kThat:
		s.that = true
	case kFollow:
		s.follow = n
	case kFreq:
		s.freq = value
	case kRef:
		s.ref = value
	case kHoliday:
		s.holiday = value
	case kAmPm:
		s.ampm = strings.ToLower(value)
	case kAgo:
		s.ago = n
	case kZone:
		s.zone = true
	}
}
