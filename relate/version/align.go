package version

import "slices"

// mostCells bounds the table of two lists that are compared item by item: the product of
// their lengths.
const mostCells = 1 << 20

// align returns the steps from a to b with few differences: what begins and
// ends both, then what stands once in each and in the same order in both (Bram
// Cohen's patience diff), and between those the longest common subsequence,
// where that is not too much work.
func align(a, b []string) []step { return alignAt(nil, a, b, 0, 0) }

func alignAt(steps []step, a, b []string, i, j int) []step {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		steps = append(steps, step{"", i, j})
		a, b, i, j = a[1:], b[1:], i+1, j+1
	}
	end := 0
	for end < len(a) && end < len(b) && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	steps = between(steps, a[:len(a)-end], b[:len(b)-end], i, j)
	for k := range end {
		steps = append(steps, step{"", i + len(a) - end + k, j + len(b) - end + k})
	}
	return steps
}

// between aligns lists that begin and end differently.
func between(steps []step, a, b []string, i, j int) []step {
	if len(a) == 0 || len(b) == 0 {
		return apart(steps, a, b, i, j)
	}
	if len(a)*len(b) <= mostCells {
		return byItem(steps, a, b, i, j)
	}
	pairs := unique(a, b)
	if len(pairs) == 0 {
		return apart(steps, a, b, i, j)
	}
	x, y := 0, 0
	for _, p := range pairs {
		steps = alignAt(steps, a[x:p[0]], b[y:p[1]], i+x, j+y)
		steps = append(steps, step{"", i + p[0], j + p[1]})
		x, y = p[0]+1, p[1]+1
	}
	return alignAt(steps, a[x:], b[y:], i+x, j+y)
}

// apart has nothing in common.
func apart(steps []step, a, b []string, i, j int) []step {
	for k := range a {
		steps = append(steps, step{Before, i + k, -1})
	}
	for k := range b {
		steps = append(steps, step{After, -1, j + k})
	}
	return steps
}

// byItem aligns by the longest common subsequence.
func byItem(steps []step, a, b []string, i, j int) []step {
	width := len(b) + 1
	best := make([]int32, (len(a)+1)*width) // of a[x:] and b[y:]
	for x := len(a) - 1; x >= 0; x-- {
		for y := len(b) - 1; y >= 0; y-- {
			if a[x] == b[y] {
				best[x*width+y] = best[(x+1)*width+y+1] + 1
			} else {
				best[x*width+y] = max(best[(x+1)*width+y], best[x*width+y+1])
			}
		}
	}
	x, y := 0, 0
	for x < len(a) && y < len(b) {
		switch {
		case a[x] == b[y]:
			steps = append(steps, step{"", i + x, j + y})
			x, y = x+1, y+1
		case best[(x+1)*width+y] >= best[x*width+y+1]:
			steps = append(steps, step{Before, i + x, -1})
			x++
		default:
			steps = append(steps, step{After, -1, j + y})
			y++
		}
	}
	return apart(steps, a[x:], b[y:], i+x, j+y)
}

// unique returns the longest run of places, in order in both lists, of what
// stands once in each.
func unique(a, b []string) (pairs [][2]int) {
	count := map[string][2]int{}
	at := map[string]int{}
	for k, s := range b {
		c := count[s]
		c[1]++
		count[s], at[s] = c, k
	}
	for _, s := range a {
		c := count[s]
		c[0]++
		count[s] = c
	}
	var ends []int   // index in all of the last pair of the best run of each length
	var all [][2]int // pairs in the order of a
	var before []int // index in all of the pair before; -1
	for k, s := range a {
		if count[s] != [2]int{1, 1} {
			continue
		}
		y := at[s]
		n, _ := slices.BinarySearchFunc(ends, y, func(e, y int) int { return all[e][1] - y })
		prev := -1
		if n > 0 {
			prev = ends[n-1]
		}
		all, before = append(all, [2]int{k, y}), append(before, prev)
		if n == len(ends) {
			ends = append(ends, len(all)-1)
		} else {
			ends[n] = len(all) - 1
		}
	}
	if len(ends) == 0 {
		return nil
	}
	for e := ends[len(ends)-1]; e >= 0; e = before[e] {
		pairs = append(pairs, all[e])
	}
	slices.Reverse(pairs)
	return pairs
}
