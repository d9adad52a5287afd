package entity

// Reads reports whether names are looked for in texts of a language, a BCP 47
// tag; in a text of no known language they are if it reads like English.
func Reads(lang string) bool {
	switch base(lang) {
	case "", "en", "de":
		return true
	}
	return multiReads[base(lang)]
}
