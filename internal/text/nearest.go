package text

// Nearest returns the word of a list that somebody who typed word may have meant: the one
// that fewest changes make of it, at most one for each three characters; "" if there is
// none. A change puts in, leaves out or replaces a character, or changes the places of two
// neighbours (Damerau, CACM 7(3), 1964).
func Nearest(word string, list []string) string {
	best, least := "", (len([]rune(word))+2)/3
	for _, w := range list {
		if d := changes([]rune(word), []rune(w)); d <= least && (best == "" || d < least) {
			best, least = w, d
		}
	}
	return best
}

// changes returns how many changes make b of a, none of them at a place of another.
func changes(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for k := range rows[0] {
		rows[0][k] = k
	}
	for i := 1; i <= len(a); i++ {
		now, before, last := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		now[0] = i
		for k := 1; k <= len(b); k++ {
			now[k] = min(before[k], now[k-1]) + 1
			if a[i-1] == b[k-1] {
				now[k] = min(now[k], before[k-1])
			} else {
				now[k] = min(now[k], before[k-1]+1)
			}
			if i > 1 && k > 1 && a[i-1] == b[k-2] && a[i-2] == b[k-1] {
				now[k] = min(now[k], last[k-2]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}
