package when

import "fmt"

// clock returns the clock time or part of the day that s has, as values have it, "T14:30" or
// "TMO"; "" if there is neither. ok is false if there is no such time.
func (s *slots) clock() (string, bool) {
	switch {
	case !s.hasHour && s.part == "":
		return "", true
	case !s.hasHour:
		if v, ok := map[string]string{"NOON": "T12:00", "MIDNIGHT": "T24:00"}[s.part]; ok {
			return v, true
		}
		return "T" + s.part, true
	}
	if s.flag == "halfpast" {
		s.minute = 30
	}
	h, ok := s.hour24()
	return fmt.Sprintf("T%02d:%02d", h, s.minute), ok
}

// hour24 returns the hour of a clock time; ok is false if there is no such time.
func (s *slots) hour24() (h int, ok bool) {
	h = s.hour
	switch {
	case s.ampm == "pm" && h > 12, s.ampm == "am" && h > 12 || h > 24 || s.minute > 59:
		return 0, false
	case s.ampm == "pm" && h < 12, s.ampm == "" && h > 0 && h < 12 && (s.part == "AF" || s.part == "EV" || s.part == "NI" && h > 5):
		h += 12
	case s.ampm == "am" && h == 12:
		h = 0
	}
	return h, true
}

// partOf resolves a part of a day: "this morning", "last night", "that evening".
func (f *finder) partOf(s *slots) (result, bool) {
	from, ok := f.ref, f.refGrain == day
	if !s.that && s.follow == 0 && !s.hasDir && f.clauseFollows() { // "the night she left"
		return noTime, false
	}
	if (s.that || s.follow != 0 || !s.hasDir || s.dir > 0) && f.lastDay.grain == day {
		from, ok = f.countFrom(f.lastDay, FromLast).first(), true
	} else if s.that || s.follow != 0 || s.dir > 0 { // "next morning"
		return noTime, false
	}
	if !ok || f.narrative && f.lastDay.grain != day {
		return noTime, false
	}
	return f.onPoint(pointAt(from.AddDate(0, 0, s.dir+s.follow), day), s, Relative)
}

// clockOf resolves a time of day, on the last day that the text spoke of or on that of the
// publication.
func (f *finder) clockOf(s *slots) (result, bool) {
	clock, ok := s.clock()
	if !ok || clock == "" {
		return result{}, false
	}
	switch {
	case s.weekday > 0:
		return f.weekdayOf(s)
	case f.lastDay.grain == day && (f.narrative || f.near(f.lastAt)) && !(f.lastDay.first().Equal(f.ref) && f.afterPublication(s)):
		if clock < "T05" && f.isLate() { // "at 21:32 on Wednesday … at two in the morning"
			return f.onPoint(pointAt(f.countFrom(f.lastDay, FromLast).first().AddDate(0, 0, 1), day), s, Relative)
		}
		return f.onPoint(f.countFrom(f.lastDay, FromLast), s, Relative)
	case f.refGrain == day && !f.narrative && !f.afterPublication(s):
		return f.onPoint(pointAt(f.ref, day), s, Relative)
	}
	return result{typ: "TIME", value: "XXXX-XX-XX" + clock, basis: Stated}, true
}

// shareDay gives a clock time without a day that of r, the last expression noted, if r ends a range that the
// clock time begins: “from 10am to 6pm on Friday”. clock tells that r is a clock time without a day itself.
func (f *finder) shareDay(r result, clock bool) {
	const dayLen = len("2006-01-02")
	if n := len(f.found) - 2; !clock && f.clockEnd > 0 && f.from == f.clockEnd+1 && r.typ == "TIME" && f.joinsRange(f.clockEnd) && len(r.value) > dayLen {
		if v := f.found[n].Value; len(v) > dayLen && v[dayLen] == 'T' {
			f.found[n].Value = r.value[:dayLen] + v[dayLen:]
			if f.bases != nil {
				(*f.bases)[n] = (*f.bases)[n+1]
			}
		}
	}
	f.clockEnd = 0
	if clock {
		f.clockEnd = f.to
	}
}

// joinsRange reports whether token i stands between the beginning of a range and its end.
func (f *finder) joinsRange(i int) bool {
	t := f.textOf(i)
	return f.toks[i].kinds&(1<<kThrough|1<<kTo|1<<kUntil) != 0 || t == "–" || t == "-" || t == "and"
}

// isLate reports whether the last time of day was one of the evening or night.
func (f *finder) isLate() bool {
	return f.lastClock == "TEV" || f.lastClock == "TNI" || f.lastClock >= "T18" && f.lastClock <= "T24:00"
}

// afterPublication reports whether the text tells as past of a time that, on the day of the
// publication, came only after it, so that another day must be meant.
func (f *finder) afterPublication(s *slots) bool {
	return s.hasHour && !s.zone && f.refClock >= 0 && s.minuteOfDay() > f.refClock && f.tense() == past
}

// minuteOfDay returns the clock in minutes from midnight.
func (s *slots) minuteOfDay() int {
	h, _ := s.hour24()
	return 60*h + s.minute
}
