package when

import "dateline"

// A Base is what an expression that does not state its value in full was counted from. It is
// zero for an expression that was counted from nothing.
type Base struct {
	Day  string // the day, month or year counted from, as exactly as it is known: "2022-02-10", "2021"
	What string // whence that day is: FromPublication or another of the constants below
}

// What expressions are counted from.
const (
	FromPublication = "publication"     // the day on which the article was published
	FromLast        = "last date"       // the date that the text spoke of last
	FromReached     = "narrative"       // the date that a narrative of another time has reached
	FromPeriod      = "reported period" // the quarter of a year whose figures the text reports
)

// Explain is like [Find]. It also returns, for each expression, what its value was counted
// from.
func Explain(text string, ref Reference) ([]dateline.Timex, []Base) {
	var bases []Base
	return find(text, ref, &bases), bases
}

// A base is a point on the calendar that an expression is counted from.
type base struct {
	point point
	what  string
}

// countFrom notes that the expression at hand is counted from p, and returns p.
func (f *finder) countFrom(p point, what string) point {
	f.base = base{p, what}
	return p
}

// baseOf returns what the result r of the expression at hand was counted from.
func (f *finder) baseOf(r result) Base {
	switch {
	case f.base.point.grain != noGrain:
		return Base{f.base.point.String(), f.base.what}
	case r.basis != Relative || f.refGrain == noGrain || r.point.grain == noGrain:
		return Base{}
	}
	return Base{pointAt(f.ref, f.refGrain).String(), FromPublication}
}
