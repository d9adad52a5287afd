// Package dateline holds the records that the program passes from stage to
// stage: a [Capture] is the evidence, an [Article] is what one capture shows,
// [Findings] are what its text says, and a [Group] says with which other articles
// it belongs together. A [Source] and a [Lead] are what is known of asking for
// news. A [Decision] is what a user says of speakers, stories and reports, and a
// [Correction] what a user sets right in one article. An [Alert] is a search that is
// kept, and a [Notice] what it has told.
//
// The files, a kind of record each:
//
//	capture.go    Capture, the keys of captures and articles, and the digest of bytes
//	article.go    Article and what it is made of; body.go writes its text as HTML and Markdown
//	date.go       Date, a time as wide as it is known
//	findings.go   Findings: mentions, events, hedges, and spans of the text
//	statement.go  Statement, what a speaker is reported to have said
//	timex.go      Timex, a temporal expression in a text
//	group.go      Group, and why it was made
//	source.go     Source and Lead
//	use.go        Use, what a site states of how its page may be used
//	decision.go   Decision
//	correction.go Correction
//	alert.go      Alert, and Notice with its deliveries
//	seal.go       Seal, a sealed list of the digests of records
//
// The other packages, in the order in which a page meets them:
//
//	acquire        opens inputs and fetches addresses: input → Capture and bytes
//	warc           reads and writes the archive's file format
//	extract        captured page → Article
//	understand     Article → Findings
//	relate         what only shows across articles: versions, stories, speakers, exchanges, timelines
//	store          the contract: logs, cursors, look-ups; store/sqlite keeps them
//	index/field    the table of the fields that articles are searched and counted by
//	query          the search language
//	index          the contract of what answers it; index/sqlite does
//	pipeline       moves records from one log to the next: the stages and their loop
//	archive        one archive as one thing: adds pages, runs the stages
//	answer         what can be asked, as typed values that every surface shows
//	surface/web    the archive in a browser, and as JSON
//	surface/cite   citations of single statements
//	surface/export captures and articles for other programs
//	surface/mcp    the same questions for language models
//	surface/alert  what is new to the searches that are kept, told once
//	cmd/dateline   one file a subcommand: flags, progress, wiring
//
// Data flows down this list. A package imports only packages on lower floors of the
// table in deps_test.go, which a test holds to; ARCHITECTURE.md names every package.
package dateline
