package export

// AppendCell appends a cell of CSV (RFC 4180) to buf, in quotation marks where it needs them.
// Text that a spreadsheet would take for a formula gets an apostrophe before it.
func AppendCell(buf []byte, s string) []byte { return appendCell(buf, s) }
