package entity

// Reads reports whether [Find] looks for names in texts of the language lang, a BCP 47 tag of
// which only the part before the first hyphen counts. It is true of "", an unknown language:
// there names are found if the text looks like English.
func Reads(lang string) bool {
	switch base(lang) {
	case "", "en", "de":
		return true
	}
	return multiReads[base(lang)]
}
