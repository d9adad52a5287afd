package answer

// An Added is what adding inputs did.
type Added struct {
	Added    int    `json:"added"`              // pages that are in the archive now and were not before
	Revisits int    `json:"revisits,omitempty"` // of them, those whose payload was there already
	Known    int    `json:"known,omitempty"`    // captures that were there already
	Orphans  int    `json:"orphans,omitempty"`  // revisits of captures that were never added
	Bad      int    `json:"bad,omitempty"`      // parts of inputs that could not be read
	Archive  string `json:"archive"`            // the folder
}

// A Rebuilt is what running a stage again did.
type Rebuilt struct {
	Stage   string `json:"stage"`            // "extract", "understand", "group", "index"
	Indexed int    `json:"indexed"`          // articles that reached the index anew
	Passed  int    `json:"passed,omitempty"` // pages that could not be read and were passed over
}

// A Build is what the program is built from.
type Build struct {
	Version  string `json:"version"`  // of the module, or "devel" and the commit
	Go       string `json:"go"`       // release: "go1.26"
	Platform string `json:"platform"` // "linux/amd64"
}
