// Package demo holds the sample that "dateline demo" makes an archive of: the
// pages of ten invented outlets that tell two stories over two weeks.
//
// The sources are in the folder pages, one HTTP response a file, and
// manifest.json says when each was captured and from where. They are packed
// as demo.warc.gz, which is what the program carries. README.md says more.
package demo

import _ "embed"

// WARC is the sample, a WARC 1.1 file with a gzip member a record.
//
//go:embed demo.warc.gz
var WARC []byte
