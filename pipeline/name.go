package pipeline

// A Name names a stage. It is what the stage's cursor is called, and what a
// user types to run the stage again.
type Name string

// The stages, in the order in which archive.Archive.Run runs them. Programs, stores and
// help texts name stages by these constants and nothing else.
const (
	Extract    Name = "extract"    // captures → articles
	Understand Name = "understand" // articles → findings
	Group      Name = "group"      // articles → groups: copies, events, stories
	Index      Name = "index"      // articles and findings → the search index
)

// Names returns the names of all stages, in the order in which they are run.
func Names() []Name { return []Name{Extract, Understand, Group, Index} }
