package web

import (
	"embed"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"dateline"
	"dateline/answer"
	indexfield "dateline/index/field"
	"dateline/query"
)

//go:embed templates
var templateFiles embed.FS

// pages are the templates of the pages by name, each within the layout that all pages
// share.
type pages map[string]*template.Template

// parsePages parses the templates that are embedded in the program. It panics if one
// is wrong.
func parsePages(s *static) pages {
	funcs := template.FuncMap{
		"static":   s.address,
		"number":   number,
		"count":    counted,
		"date":     date,
		"day":      day,
		"instant":  instant,
		"machine":  machineDate,
		"lang":     lang,
		"label":    label,
		"language": languageName,
		"bytes":    func(n int64) string { return counted(int(n), "byte", "bytes") },
		"web":      webAddress,
		"article": func(path, q string) string {
			if q == "" {
				return path
			}
			return withValues(path, url.Values{"q": {q}})
		},
		"reading":   asking{}.articleURL,
		"searching": func(q string) string { return asking{}.searchURL(q, 1) },
		"exporting": newExporting,
		"shortcuts": func() []shortcut { return shortcuts },
		"first":     first[choice],
		"rest":      rest[choice],
		"join":      strings.Join,
		"brief":     brief,
		"clip":      clip,
		"story":     storyURL,
		"timeline":  timelineURL,
		"exchanges": exchangesURL,
		"means":     answer.RuleMeans,
		"alert":     alertURL,
		"alerting":  func(q string) string { return withValues("/alerts", url.Values{"q": {q}}) },
		"copies":    copiesURL,
		"blocked":   blockURL,
		"passage":   passageURL,
		"start":     start,
		"add":       func(a, b int) int { return a + b },
		"from":      countedFrom,
		"title":     answer.FieldTitle,
		"told":      told,
		"percent":   percent,
		"chosen":    chosen,
		"signed":    func(x float64) string { return strings.Replace(fmt.Sprintf("%+.2f", x), "-", "−", 1) },
	}
	all := pages{}
	for _, name := range []string{"home", "search", "calendar", "timeline", "exchanges", "article", "why", "diff", "changes", "stories", "story", "sources", "cite", "speaker", "capture", "help", "login", "error", "alerts", "alert", "decisions", "correct", "thing"} {
		all[name] = template.Must(template.New("layout.html").Funcs(funcs).ParseFS(templateFiles,
			"templates/layout.html", "templates/parts.html", "templates/"+name+".html"))
	}
	return all
}

// number writes n with commas between groups of three digits: "12,345".
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// date writes a date as precisely as it is known, with its zone: "10 February 2022,
// 14:26 UTC+03:00", "10 February 2022", "February 2022", "2022".
func date(d dateline.Date) string {
	start, _, ok := d.Interval()
	if !ok {
		return string(d)
	}
	switch clock := strings.Contains(string(d), "T"); {
	case clock && d.HasZone():
		return start.Format("2 January 2006, 15:04 ") + zone(start)
	case clock:
		return start.Format("2 January 2006, 15:04") + " (zone not told)"
	case d.Day() != "":
		return start.Format("2 January 2006")
	case d.Month() != "":
		return start.Format("January 2006")
	}
	return start.Format("2006")
}

// zone writes the offset of t from UTC: "UTC+03:00".
func zone(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return "UTC"
	}
	return "UTC" + t.Format("-07:00")
}

// day writes a day with its name: "Thursday 10 February 2022".
func day(d string) string {
	t, err := time.Parse(time.DateOnly, d)
	if err != nil {
		return "Day not known"
	}
	return t.Format("Monday 2 January 2006")
}

// instant writes a moment that the program itself recorded, given as time.Time or as
// text (RFC 3339): "10 February 2022, 11:26:05 UTC". It is "" for the zero time.
func instant(at any) string {
	switch t := at.(type) {
	case time.Time:
		if !t.IsZero() {
			return t.UTC().Format("2 January 2006, 15:04:05 UTC")
		}
	case string:
		if t, err := time.Parse(time.RFC3339, t); err == nil {
			return instant(t)
		}
		return t
	}
	return ""
}

// machineDate returns d for the attribute datetime of HTML; "" if browsers cannot read
// it.
func machineDate(d dateline.Date) string {
	if _, _, ok := d.Interval(); !ok {
		return ""
	}
	return string(d)
}

// langTag matches what has the form of a tag of a language (RFC 5646).
var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// lang returns a tag of a language for the attribute lang of HTML; "", which says that
// the language is not known, if it is no such tag.
func lang(tag string) string {
	if !langTag.MatchString(tag) {
		return ""
	}
	return tag
}

// label writes a value of a facet for readers: a language by its name, a date in
// words, everything else unchanged.
func label(c choice) string {
	switch f, _ := indexfield.Of(c.Field); {
	case f.Language:
		return languageName(c.Value)
	case f.Kind == indexfield.After, f.Kind == indexfield.Before:
		return date(dateline.Date(c.Value))
	}
	switch c.Field {
	case "month":
		return date(dateline.Date(c.Value))
	case "medium", "publisher":
		if c.Value == answer.Untold {
			return "not told"
		}
	}
	return c.Value
}

// languageName returns the English name of a language, "Austrian German" for "de-AT",
// or the tag if it has none.
func languageName(tag string) string {
	if t, err := language.Parse(tag); err == nil {
		if name := display.English.Tags().Name(t); name != "" {
			return name
		}
	}
	return tag
}

// briefSize is the number of characters of a statement that lists show.
const briefSize = 320

// brief joins the parts of a statement, and cuts it to about briefSize characters.
func brief(parts []string) string {
	var b strings.Builder
	for _, f := range query.Snippet(query.Query{}, strings.Join(parts, " … "), briefSize) {
		b.WriteString(f.Text)
	}
	return b.String()
}

// percent writes a probability. It never writes 100 %, since models are never certain,
// and writes 0 % only for 0 itself.
func percent(p float64) string {
	switch n := int(100*p + .5); {
	case n == 100:
		return "over 99 %"
	case n == 0 && p > 0:
		return "under 1 %"
	default:
		return strconv.Itoa(n) + " %"
	}
}

// clipSize is the number of characters of a block of a captured page that lists show.
const clipSize = 400

// clip returns text on one line, cut to clipSize characters.
func clip(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > clipSize {
		return string(letters[:clipSize]) + "…"
	}
	return string(letters)
}

// startSize is the number of characters of a block that are enough to recognize it.
const startSize = 60

// start returns text on one line, cut to startSize characters.
func start(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > startSize {
		return string(letters[:startSize]) + "…"
	}
	return string(letters)
}

// shown is the number of values of a facet that are visible; the others are folded
// away.
const shown = 8

func first[T any](list []T) []T { return list[:min(shown, len(list))] }
func rest[T any](list []T) []T  { return list[min(shown, len(list)):] }

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
