package when

import "testing"

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compile("en")
	}
}
func TestNodes(t *testing.T) {
	l, _ := compile("en")
	t.Log(len(l.rules.positions))
}
