package extract

// A trace notes what is weighed while a page is read. A nil trace notes nothing.
type trace struct{}

func (t *trace) candidate(field string, c claim, score float64, remark string) {}
func (t *trace) moments(field string, lists ...[]moment)                       {}
