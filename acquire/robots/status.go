package robots

// A Meaning is what the answer to a request for a robots.txt says of the
// whole host, before a rule is read.
type Meaning int

const (
	// Read means that the body is the file: its rules hold.
	Read Meaning = iota
	// Unavailable means that there is no file, so that everything may be
	// fetched (RFC 9309 section 2.3.1.3).
	Unavailable
	// Unreachable means that the file could not be had, so that nothing may
	// be fetched until it can; a copy of an earlier answer holds meanwhile
	// (sections 2.3.1.4 and 2.4).
	Unreachable
)

// Means returns what the answer says: its HTTP status, after redirects, and
// whether it came whole; 0 is the status of a request that was not answered.
// 429 counts as unreachable although its number says otherwise, since it is
// the request that was refused and not the file that is missing. A body that
// ends early is not the file: the rule that forbids may stand in the rest.
// The zero Meaning is Read.
func Means(status int, whole bool) Meaning {
	switch {
	case status >= 200 && status < 300 && whole:
		return Read
	case status >= 400 && status < 500 && status != 429:
		return Unavailable
	}
	return Unreachable
}
