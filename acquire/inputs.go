package acquire

import (
	"context"
	"iter"
)

// Inputs returns the pages of several inputs, one input after the other, as
// [Open] yields those of one: for programs that hand the reading to somebody
// who says when it is to end. o.Progress is told of all inputs together.
func Inputs(o Options, inputs ...string) func(context.Context) iter.Seq2[Page, error] {
	return func(ctx context.Context) iter.Seq2[Page, error] {
		return func(yield func(Page, error) bool) {
			var before, total int64 // bytes of the inputs that are done, of all inputs
			if o.Progress != nil {
				for _, input := range inputs {
					total += Size(input)
				}
			}
			for _, input := range inputs {
				each := o
				if o.Progress != nil {
					each.Progress = func(read, _ int64) { o.Progress(before+read, total) }
				}
				for page, err := range Open(ctx, input, each) {
					if !yield(page, err) {
						return
					}
				}
				if o.Progress != nil {
					before += Size(input)
				}
			}
		}
	}
}
