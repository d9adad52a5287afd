package quote

// Reads reports whether statements are looked for in texts of a language, a
// BCP 47 tag; a text of no known language is read as English.
func Reads(lang string) bool { return modelOf(lang) != nil || speechOf(lang) != nil }
