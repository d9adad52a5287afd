package answer

// Imported says what an import has read, what it left out and why, each record for the
// first reason in this order, and what it added.
type Imported struct {
	Files   int `json:"files"`             // WARC files that were read
	Before  int `json:"before,omitempty"`  // files that an earlier run has read to their end
	Records int `json:"records"`           // that were read
	Other   int `json:"no_page"`           // records without a page: pictures, redirects, requests for what is not kept
	Beside  int `json:"beside,omitempty"`  // requests and metadata of the pages that are wanted, and kept with them
	Host    int `json:"other_hosts"`       // pages of other hosts
	Address int `json:"other_addresses"`   // pages whose address does not match
	Day     int `json:"other_days"`        // pages that were fetched on other days
	Lang    int `json:"other_languages"`   // pages in other languages, or in none that can be told
	Kept    int `json:"kept"`              // pages that are wanted
	Added   int `json:"added"`             // of them, those that are in the archive now and were not before
	Known   int `json:"known"`             // of them, those that were there already
	Orphans int `json:"orphans,omitempty"` // of them, those that repeat captures that are not here
	Bad     int `json:"unreadable"`        // places of the files that cannot be read
}
