package date

import (
	"strings"

	"dateline"
	"dateline/internal/text"
)

// InAddress returns the first day in the path of an absolute address, from the year
// 1990 on: /2022/02/10/, /2022-02-10-, /2022/feb/10/, /2022-02/10/, /2022/0210/ or
// /20220210/. It returns "" and false if the path has none.
func InAddress(address string) (dateline.Date, bool) {
	_, path, _ := strings.Cut(address, "//")
	_, path, _ = strings.Cut(path, "/")
	path, _, _ = strings.Cut(path, "?")
	for path != "" {
		if d, ok := pathDate(path); ok {
			return d, true
		}
		_, path, _ = strings.Cut(path, "/")
	}
	return "", false
}

// pathDate reads the day that a path begins with.
func pathDate(path string) (dateline.Date, bool) {
	var c civil
	var n int
	if c.y, n = text.Number(path); n == 8 && (len(path) == n || path[n] == '/') {
		c = civil{c.y / 10000, c.y / 100 % 100, c.y % 100}
		return c.date(), c.valid() && c.m > 0 && c.d > 0 && c.y > 1990
	}
	if n != 4 || c.y < 1990 || len(path) < 9 || path[4] != '/' && path[4] != '-' {
		return "", false
	}
	sep := path[4]
	rest := path[5:]
	switch c.m, n = text.Number(rest); {
	case n == 4 && sep == '/':
		c.m, c.d = c.m/100, c.m%100
	case n == 0 && sep == '/':
		name, after, _ := strings.Cut(rest, "/")
		c.m, rest = months.Everywhere(text.Lower(name)), after
		c.d, n = text.Number(rest)
	case n <= 2 && n < len(rest) && (rest[n] == sep || rest[n] == '/'):
		rest = rest[n+1:]
		c.d, n = text.Number(rest)
	default:
		return "", false
	}
	if c.m == 0 || c.d == 0 || n == 3 || n > 4 || !c.valid() || n < len(rest) && rest[n] != '/' && rest[n] != '-' {
		return "", false
	}
	return c.date(), true
}

// A Numbers is a date that is printed as three numbers, the year last: 03/04/2022.
type Numbers struct {
	A, B int // the first and the second number, 1 to 31: day and month, in an order that differs by country
	Year int // 1900 to 2100
}

// EachNumbers returns an iterator over the dates in a text that are printed as three
// numbers with slashes or hyphens between, the year last and in four digits.
func EachNumbers(s string) func(yield func(Numbers) bool) {
	return func(yield func(Numbers) bool) {
		for i := 0; i < len(s); i++ {
			if !text.IsDigit(s[i]) {
				continue
			}
			a, n := text.Number(s[i:])
			start := i
			i += n
			if n > 2 || start > 0 && (s[start-1] == '/' || s[start-1] == '-' || s[start-1] == '.') || i >= len(s) || s[i] != '/' && s[i] != '-' {
				continue
			}
			b, m := text.Number(s[i+1:])
			if m == 0 || m > 2 || i+1+m >= len(s) || s[i+1+m] != s[i] {
				continue
			}
			y, k := text.Number(s[i+m+2:])
			if k == 4 && y >= 1900 && y <= 2100 && a > 0 && b > 0 && a <= 31 && b <= 31 && !yield(Numbers{a, b, y}) {
				return
			}
			i += m + 1 + k
		}
	}
}
