package feed

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"dateline/internal/words"
)

// A moment is a date as wide as it was told.
type moment struct {
	t     time.Time // UTC; the beginning of what is told
	width string    // layout that shows as much as is known
}

func (m moment) String() string { return m.t.Format(m.width) }

// The forms in which files state dates: those of RFC 822 with the liberties
// that are taken with them, and those of ISO 8601.
var (
	isoForm   = regexp.MustCompile(`^(\d{4})(?:[-/](\d\d)(?:[-/](\d\d)(?:[t ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(.*))?)?)?$`)
	basicForm = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:[t ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(.*))?$`) // ISO 8601 without hyphens
	dayForm   = regexp.MustCompile(`^(?:[a-z]+\.?,?\s*)?(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*))?$`)
	// The month before the day: "Mon, Mar 02 2026 04:45:26 +0000", and asctime's "Mon Mar  2 04:45:26 GMT 2026".
	monthForm = regexp.MustCompile(`^(?:[a-z]+\.?,?\s+)?([a-z]+)\.? (\d{1,2}),? (\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*))?$`)
	clockForm = regexp.MustCompile(`^(?:[a-z]+\.?,?\s+)?([a-z]+)\.? (\d{1,2}) (\d{1,2}):(\d\d):(\d\d)\s*(.*?) ?(\d{4})$`)
)

// months are the English names of months, whole and short, in small letters.
var months = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for _, e := range words.Of("en", "month", "month-short", "month-page") {
		if n, err := strconv.Atoi(e.Value); err == nil {
			all[strings.ToLower(strings.TrimSuffix(e.Text, "."))] = n
		}
	}
	return all
})

// zones are the names of RFC 822 section 5.1 and those that European and
// Asian papers use for one offset only, in minutes east of Greenwich.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540, "kst": 540,
	"aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}

var offsetForm = regexp.MustCompile(`^(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d\d)?$`)

// oldest is the earliest year that a date may have: 1970 and before stand for
// "unknown" in the systems that write feeds.
const oldest = 1971

// readDate reads a date as feeds and sitemaps state it, and reports whether
// the whole text is one. The weekday is not looked at. A clock without a zone
// is told without one: it may be any.
func readDate(s string) (moment, bool) {
	s = clock24(strings.ToLower(strings.Join(strings.Fields(s), " ")))
	if m := isoForm.FindStringSubmatch(s); m != nil {
		return civil(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := basicForm.FindStringSubmatch(s); m != nil {
		return civil(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := dayForm.FindStringSubmatch(s); m != nil {
		return named(m[3], m[2], m[1], m[4], m[5], m[6], m[7])
	}
	if m := monthForm.FindStringSubmatch(s); m != nil {
		return named(m[3], m[1], m[2], m[4], m[5], m[6], m[7])
	}
	if m := clockForm.FindStringSubmatch(s); m != nil {
		return named(m[7], m[1], m[2], m[3], m[4], m[5], m[6])
	}
	return moment{}, false
}

// halfDay is a clock of twelve hours: "9:15 pm".
var halfDay = regexp.MustCompile(`\b(\d{1,2})(:\d\d(?::\d\d)?) ?([ap])\.?m\b\.?`)

// clock24 writes a clock of twelve hours as one of twenty-four.
func clock24(s string) string {
	m := halfDay.FindStringSubmatchIndex(s)
	if m == nil {
		return s
	}
	h := number(s[m[2]:m[3]])
	switch pm := s[m[6]] == 'p'; {
	case pm && h < 12:
		h += 12
	case !pm && h == 12:
		h = 0
	}
	return s[:m[0]] + strconv.Itoa(h/10) + strconv.Itoa(h%10) + s[m[4]:m[5]] + s[m[1]:]
}

// named is civil with the name of a month and perhaps a year of two digits,
// which RFC 2822 section 4.3 reads as 1950 to 2049.
func named(year, month, day, hour, minute, second, zone string) (moment, bool) {
	n, ok := months()[month]
	if !ok {
		return moment{}, false
	}
	if len(year) == 2 {
		if year < "50" {
			year = "20" + year
		} else {
			year = "19" + year
		}
	}
	return civil(year, strconv.Itoa(n), day, hour, minute, second, zone)
}

// civil puts a date together; parts that are "" were not told.
func civil(year, month, day, hour, minute, second, zone string) (moment, bool) {
	y, mo, d := number(year), number(month), 1
	width := "2006-01"
	if month == "" {
		mo, width = 1, "2006"
	}
	if day != "" {
		d, width = number(day), "2006-01-02"
	}
	h, mi, s := number(hour), number(minute), number(second)
	t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if y < oldest || mo < 1 || mo > 12 || t.Day() != d || h > 23 || mi > 59 || s > 60 {
		return moment{}, false
	}
	if hour == "" {
		return moment{t, width}, true
	}
	t = t.Add(time.Duration(h)*time.Hour + time.Duration(mi)*time.Minute + time.Duration(s)*time.Second)
	if zone == "" {
		return moment{t, "2006-01-02T15:04:05"}, true
	}
	east, ok := offset(zone)
	if !ok {
		return moment{}, false
	}
	return moment{t.Add(-time.Duration(east) * time.Minute), "2006-01-02T15:04:05Z"}, true
}

// offset reads a zone as minutes east of Greenwich.
func offset(zone string) (int, bool) {
	zone, _, _ = strings.Cut(zone, " (") // "+0100 (CET)"
	if east, ok := zones[zone]; ok {
		return east, true
	}
	m := offsetForm.FindStringSubmatch(zone)
	if m == nil {
		return 0, false
	}
	east := number(m[2])*60 + number(m[3])
	if east > 14*60 || number(m[3]) > 59 {
		return 0, false
	}
	if m[1] == "-" {
		east = -east
	}
	return east, true
}

// number is a number of few digits, 0 for "".
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
