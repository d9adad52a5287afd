package when

import (
	"fmt"
	"strconv"
)

// duration resolves a length of time: "three days", "several years".
func (f *finder) duration(s *slots) (result, bool) {
	u, ok := units[s.unit]
	if !ok {
		return result{}, false
	}
	n := "X"
	switch {
	case s.vague && s.recent && s.unit == "Y":
		return result{typ: "DATE", value: "PAST_REF", basis: Relative}, true
	case s.vague:
	case s.hasNum && s.frac > 0:
		return f.halves(u, s)
	case s.hasNum:
		n = strconv.Itoa(s.num)
		if s.tenths > 0 {
			n += "." + strconv.Itoa(s.tenths)
		}
	case !s.plural:
		n = "1"
	}
	if s.unit == "Q" && n != "1" && n != "X" {
		u, n = units["M"], strconv.Itoa(3*s.num)
	}
	return result{typ: "DURATION", value: u.duration(n), basis: Stated}, true
}

// halves resolves a length with a fraction: "two and a half years" is P2Y6M.
func (f *finder) halves(u unit, s *slots) (result, bool) {
	lesser := map[string]string{"Y": "6M", "M": "15D", "D": "T12H", "TH": "30M", "TM": "30S"}[u.suffix]
	v := u.duration(strconv.Itoa(s.num))
	switch {
	case s.frac != 2 || lesser == "":
		v = u.duration(strconv.Itoa(s.num) + ".5")
	case s.num == 0 && u.suffix[0] == 'T':
		v = "PT" + lesser
	case s.num == 0:
		v = "P" + lesser
	default:
		v += lesser
	}
	return result{typ: "DURATION", value: v, basis: Stated}, true
}

// set resolves a time that recurs: "every Monday", "daily".
func (f *finder) set(s *slots) (result, bool) {
	r := result{typ: "SET", basis: Stated}
	switch {
	case s.freq != "" && f.isTitle(): // "the White House Daily Briefing"
		return r, false
	case s.freq != "":
		r.value = s.freq
	case s.weekday > 0:
		clock, ok := s.clock()
		if !ok {
			return r, false
		}
		r.value = "XXXX-WXX-" + strconv.Itoa(s.weekday) + clock
	case s.monthNum > 0 && s.dayNum > 0:
		r.value = fmt.Sprintf("XXXX-%02d-%02d", s.monthNum, s.dayNum)
	case s.monthNum > 0:
		r.value = fmt.Sprintf("XXXX-%02d", s.monthNum)
	case s.season > 0:
		r.value = "XXXX-" + seasonNames[s.season]
	case s.part != "":
		r.value = "XXXX-XX-XXT" + s.part
	default:
		u, ok := units[s.unit]
		if !ok {
			return r, false
		}
		n := max(s.num, 1)
		if s.flag == "times" { // "three times a week"
			n = 1
		}
		r.value = u.duration(strconv.Itoa(n))
	}
	return r, true
}
