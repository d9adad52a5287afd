// Package dateline holds the records that the program passes from stage to
// stage: a [Capture] is the evidence, an [Article] is what one capture shows,
// [Findings] are what its text says.
//
// The other packages, in the order in which a page meets them:
//
//	acquire        opens inputs and fetches addresses: input → Capture and bytes
//	warc           reads and writes the archive's file format
//	extract        captured page → Article
//	understand     Article → Findings
//	understand/when  text → temporal expressions and the days they mean
//	relate         what only shows across articles: speakers, versions, stories, timelines
//	store          the contract: logs, cursors, look-ups; store/sqlite keeps them
//	index/field    the table of the fields that articles are searched and counted by
//	query          the search language
//	index          the contract of what answers it; index/sqlite does
//	pipeline       moves records from one log to the next
//	archive        one archive as one thing: adds pages, runs the stages
//	answer         what can be asked, as typed values that every surface shows
//	surface/web    the archive in a browser, and as JSON
//	surface/cite   citations of single statements
//	surface/export captures for other archives
//	cmd/dateline   one file a subcommand: flags, progress, wiring
//
// Data flows down this list and never up; deps_test.go keeps it so.
package dateline
