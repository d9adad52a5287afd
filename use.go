package dateline

// A Use is what a site states of how its page may be used by others: by search engines,
// archives, or those who train or feed language models. Nothing is derived of it.
type Use struct {
	Says string `json:"says"` // in lower case: "noai", "noarchive", "ai-train=no", "train-ai=n", "tdm-reservation=1"
	From string `json:"from"` // where: "robots.txt:content-signal", "header:x-robots-tag", "meta:robots", "tdmrep.json"
}
