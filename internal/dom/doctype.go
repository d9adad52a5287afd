package dom

import "strings"

// A doctype is what a page says it is written in.
type doctype struct {
	name           string // lower case
	public, system string
	hasPublic      bool
	hasSystem      bool
	broken         bool // what HTML calls force-quirks
}

const whitespace = " \t\n\f\r"

// parseDoctype reads what follows "<!doctype", its '>' included unless the
// page ends before.
func parseDoctype(s string) (d doctype) {
	whole := strings.HasSuffix(s, ">")
	s = strings.TrimLeft(strings.TrimSuffix(s, ">"), whitespace)
	d.broken = !whole || s == ""
	end := strings.IndexAny(s, whitespace)
	if end < 0 {
		end = len(s)
	}
	d.name = strings.ReplaceAll(lowerASCII(s[:end]), "\x00", "\uFFFD")
	s = strings.TrimLeft(s[end:], whitespace)
	if s == "" {
		return d
	}
	ok, key := true, ""
	if len(s) >= len("public") {
		key, s = lowerASCII(s[:len("public")]), s[len("public"):]
	}
	switch key {
	case "public":
		d.public, s, d.hasPublic, ok = identifier(s)
		if ok && s == "" {
			return d
		}
	case "system":
	default:
		ok = false
	}
	if ok {
		d.system, s, d.hasSystem, ok = identifier(s)
	}
	switch {
	case !ok:
		d.broken = true
	case s != "":
		d.broken = false // even if the page ends in what follows
	}
	return d
}

// identifier reads a quoted string and the white space around it. It is not ok
// if there is none or if it has no end.
func identifier(s string) (id, rest string, has, ok bool) {
	s = strings.TrimLeft(s, whitespace)
	if s == "" || s[0] != '"' && s[0] != '\'' {
		return "", "", false, false
	}
	end := strings.IndexByte(s[1:], s[0])
	if end < 0 {
		return strings.ReplaceAll(s[1:], "\x00", "\uFFFD"), "", true, false
	}
	return strings.ReplaceAll(s[1:end+1], "\x00", "\uFFFD"), strings.TrimLeft(s[end+2:], whitespace), true, true
}

// quirks reports whether browsers show a page of this doctype in quirks mode, by rules
// from before the HTML standard. By one of them, a table does not end a paragraph.
func (d doctype) quirks() bool {
	if d.broken || d.name != "html" {
		return true
	}
	public, system := lowerASCII(d.public), lowerASCII(d.system)
	switch public {
	case "-//w3o//dtd w3 html strict 3.0//en//", "-/w3c/dtd html 4.0 transitional/en", "html":
		return true
	}
	if system == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd" {
		return true
	}
	if !d.hasSystem && (strings.HasPrefix(public, "-//w3c//dtd html 4.01 frameset//") ||
		strings.HasPrefix(public, "-//w3c//dtd html 4.01 transitional//")) {
		return true
	}
	for _, old := range quirkyDoctypes {
		if strings.HasPrefix(public, old) {
			return true
		}
	}
	return false
}

// lowerASCII returns s with its ASCII letters in lower case and the others as
// they are.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r | 0x20
		}
		return r
	}, s)
}

// quirkyDoctypes are the beginnings of public identifiers of the time before
// HTML 4.01.
var quirkyDoctypes = []string{
	"+//silmaril//dtd html pro v0r11 19970101//",
	"-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
	"-//as//dtd html 3.0 aswedit + extensions//",
	"-//ietf//dtd html 2.0 level 1//",
	"-//ietf//dtd html 2.0 level 2//",
	"-//ietf//dtd html 2.0 strict level 1//",
	"-//ietf//dtd html 2.0 strict level 2//",
	"-//ietf//dtd html 2.0 strict//",
	"-//ietf//dtd html 2.0//",
	"-//ietf//dtd html 2.1e//",
	"-//ietf//dtd html 3.0//",
	"-//ietf//dtd html 3.2 final//",
	"-//ietf//dtd html 3.2//",
	"-//ietf//dtd html 3//",
	"-//ietf//dtd html level 0//",
	"-//ietf//dtd html level 1//",
	"-//ietf//dtd html level 2//",
	"-//ietf//dtd html level 3//",
	"-//ietf//dtd html strict level 0//",
	"-//ietf//dtd html strict level 1//",
	"-//ietf//dtd html strict level 2//",
	"-//ietf//dtd html strict level 3//",
	"-//ietf//dtd html strict//",
	"-//ietf//dtd html//",
	"-//metrius//dtd metrius presentational//",
	"-//microsoft//dtd internet explorer 2.0 html strict//",
	"-//microsoft//dtd internet explorer 2.0 html//",
	"-//microsoft//dtd internet explorer 2.0 tables//",
	"-//microsoft//dtd internet explorer 3.0 html strict//",
	"-//microsoft//dtd internet explorer 3.0 html//",
	"-//microsoft//dtd internet explorer 3.0 tables//",
	"-//netscape comm. corp.//dtd html//",
	"-//netscape comm. corp.//dtd strict html//",
	"-//o'reilly and associates//dtd html 2.0//",
	"-//o'reilly and associates//dtd html extended 1.0//",
	"-//o'reilly and associates//dtd html extended relaxed 1.0//",
	"-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
	"-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
	"-//spyglass//dtd html 2.0 extended//",
	"-//sq//dtd html 2.0 hotmetal + extensions//",
	"-//sun microsystems corp.//dtd hotjava html//",
	"-//sun microsystems corp.//dtd hotjava strict html//",
	"-//w3c//dtd html 3 1995-03-24//",
	"-//w3c//dtd html 3.2 draft//",
	"-//w3c//dtd html 3.2 final//",
	"-//w3c//dtd html 3.2//",
	"-//w3c//dtd html 3.2s draft//",
	"-//w3c//dtd html 4.0 frameset//",
	"-//w3c//dtd html 4.0 transitional//",
	"-//w3c//dtd html experimental 19960712//",
	"-//w3c//dtd html experimental 970421//",
	"-//w3c//dtd w3 html//",
	"-//w3o//dtd w3 html 3.0//",
	"-//webtechs//dtd mozilla html 2.0//",
	"-//webtechs//dtd mozilla html//",
}
