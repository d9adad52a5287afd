package quote

// Reads reports whether Find looks for statements in texts in lang, a BCP 47 tag. The empty tag, of a text
// whose language is not known, counts as English.
func Reads(lang string) bool { return modelOf(lang) != nil || speechOf(lang) != nil }
