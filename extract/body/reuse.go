package body

// emptied returns the map m points to without its entries, which keeps their memory; it
// makes one if there is none.
func emptied[K comparable, V any](m *map[K]V) map[K]V {
	if *m == nil {
		*m = map[K]V{}
	}
	clear(*m)
	return *m
}
