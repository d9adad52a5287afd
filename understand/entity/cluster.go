package entity

import "dateline/understand/token"

// A cluster is a set of words that stand beside similar words in a large amount of
// text. The model of names sees a word's cluster, so what it has learned of "spokesman"
// it also applies to "spokeswoman". Package train/names makes the clusters.

// clusterKey returns the key of a token in the table of clusters. A word with a
// capital has another key than the same word without.
func clusterKey(k token.Token) uint32 {
	if k.Is(token.Capital) {
		return uint32(k.Fold) * 0x9e3779b1
	}
	return uint32(k.Fold)
}

// ClusterKey returns the key of token i of t in the table of clusters. ok is false if the
// token has a capital and opens a sentence or line: any word has one there, so it
// should not be counted.
func ClusterKey(t *token.Text, i int) (key uint32, ok bool) {
	k := t.Tokens[i]
	return clusterKey(k), !k.Is(token.Capital) || !broken(t, i)
}
