package main

import (
	"cmp"
	"math"
	"slices"

	"dateline/understand/entity"
	"dateline/understand/token"
)

// Words are put into clusters by what stands beside them, so that what is
// learned of "spokesman" is known of "spokeswoman".
const (
	clusterCount  = 192
	clusterWords  = 24000 // the most frequent are put into clusters
	contextWords  = 3000  // the most frequent count as context
	clusterRounds = 8
)

// A neighbour is a word that stands beside another, and how often.
type neighbour struct {
	context int32
	times   int32
}

// clusters returns the cluster, from 1 on, of each of the most frequent words of
// texts. The clusters are those, near enough, that tell most of the neighbours
// of their words.
func clusters(texts []string) (out token.Table[uint16]) {
	rows, keys := neighbours(texts)
	c := newClustering(rows)
	for range clusterRounds {
		for w := range rows {
			c.move(w)
		}
	}
	for w, k := range keys {
		*out.At(uint64(k) + 1) = uint16(c.of[w] + 1)
	}
	return out
}

// neighbours returns the neighbours of the most frequent words, and the keys of
// these, the most frequent first.
func neighbours(texts []string) (rows [][]neighbour, keys []uint32) {
	times := map[uint32]int32{}
	each(texts, func(t *token.Text, i int, key uint32) { times[key]++ })
	for k := range times {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b uint32) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	keys = keys[:min(len(keys), clusterWords)]
	index := make(map[uint32]int32, len(keys))
	for i, k := range keys {
		index[k] = int32(i)
	}
	seen := make([]map[int32]int32, len(keys))
	each(texts, func(t *token.Text, i int, key uint32) {
		w, ok := index[key]
		if !ok {
			return
		}
		if seen[w] == nil {
			seen[w] = map[int32]int32{}
		}
		for side, k := range [2]int{i - 1, i + 1} {
			if k < 0 || k >= len(t.Tokens) {
				continue
			}
			beside, _ := entity.ClusterKey(t, k)
			if c, ok := index[beside]; ok && c < contextWords {
				seen[w][2*c+int32(side)]++
			}
		}
	})
	for _, m := range seen {
		var row []neighbour
		for c, n := range m {
			row = append(row, neighbour{c, n})
		}
		slices.SortFunc(row, func(a, b neighbour) int { return cmp.Compare(a.context, b.context) })
		rows = append(rows, row)
	}
	return rows, keys
}

// each calls do with every token of texts and its key but those with a capital that
// opens a sentence.
func each(texts []string, do func(t *token.Text, i int, key uint32)) {
	var t token.Text
	for _, text := range texts {
		t.Read(text, "en")
		for i := range t.Tokens {
			if key, ok := entity.ClusterKey(&t, i); ok {
				do(&t, i, key)
			}
		}
	}
}

// A clustering puts words into clusters (exchange of words between them, Kneser
// and Ney 1993). It is as good as the sum over clusters
// and contexts of n log n, less that over clusters, where n counts neighbours.
type clustering struct {
	rows   [][]neighbour
	of     []int32   // cluster of each word
	counts [][]int32 // by cluster and context
	sums   []int32   // by cluster
	logs   []float64 // n log n of small n
}

func newClustering(rows [][]neighbour) *clustering {
	c := &clustering{rows: rows, of: make([]int32, len(rows)), sums: make([]int32, clusterCount)}
	for range clusterCount {
		c.counts = append(c.counts, make([]int32, 2*contextWords))
	}
	for n := range 1 << 16 {
		c.logs = append(c.logs, float64(n)*math.Log(max(float64(n), 1)))
	}
	for w := range rows {
		c.of[w] = int32(w % clusterCount)
		c.add(w, 1)
	}
	return c
}

// add counts the neighbours of word w in its cluster, or with sign -1 takes them out.
func (c *clustering) add(w int, sign int32) {
	k := c.of[w]
	for _, n := range c.rows[w] {
		c.counts[k][n.context] += sign * n.times
		c.sums[k] += sign * n.times
	}
}

// move puts word w into the cluster where it does most good.
func (c *clustering) move(w int) {
	c.add(w, -1)
	total := int32(0)
	for _, n := range c.rows[w] {
		total += n.times
	}
	best, most := c.of[w], math.Inf(-1)
	for k := range int32(clusterCount) {
		gain := c.log(c.sums[k]) - c.log(c.sums[k]+total)
		counts := c.counts[k]
		for _, n := range c.rows[w] {
			had := counts[n.context]
			gain += c.log(had+n.times) - c.log(had)
		}
		if gain > most {
			best, most = k, gain
		}
	}
	c.of[w] = best
	c.add(w, 1)
}

func (c *clustering) log(n int32) float64 {
	if int(n) < len(c.logs) {
		return c.logs[n]
	}
	return float64(n) * math.Log(float64(n))
}
