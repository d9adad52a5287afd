package entity

import "dateline/understand/token"

// Words are put into clusters by what stands beside them, so that what is
// learned of "spokesman" is known of "spokeswoman". Package train/names makes the
// clusters.

// clusterKey returns the key of a token in the table of clusters: a word with a
// capital that does not open a sentence is another one than the same without.
func clusterKey(k token.Token) uint32 {
	if k.Is(token.Capital) {
		return uint32(k.Fold) * 0x9e3779b1
	}
	return uint32(k.Fold)
}

// ClusterKey returns the key of token i in the table of clusters. ok is false for
// a capital that opens a sentence or line, which tells nothing of its word.
func ClusterKey(t *token.Text, i int) (key uint32, ok bool) {
	k := t.Tokens[i]
	return clusterKey(k), !k.Is(token.Capital) || !broken(t, i)
}
