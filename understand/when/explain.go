package when

import "dateline"

// A Base is what a date that is not stated in full was counted from.
type Base struct {
	Day  string // as wide as it is known: "2022-02-10", "2021"; "" if the words needed none
	What string // one of the bases below; "" if the words needed none
}

// What dates are counted from.
const (
	FromPublication = "publication"     // the day on which the article was published
	FromLast        = "last date"       // what the text spoke of last
	FromReached     = "narrative"       // how far a narrative has come
	FromPeriod      = "reported period" // the quarter that the text reports on
)

// Explain is like Find. It also tells of each expression what its value was
// counted from.
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
