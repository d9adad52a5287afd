package answer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract"
	"dateline/extract/body"
)

// A Field is one field of a record with where on the page it was found, in the
// words of the record and for readers.
type Field struct {
	Name     string `json:"name"`     // as in the record: "published"
	Evidence string `json:"evidence"` // "jsonld:datePublished"
	Means    string `json:"means"`    // what that says, in a sentence
}

// wireCopy is the type of articles that only news agencies sign; onlyAgencies says so.
const (
	wireCopy     = "wire copy"
	onlyAgencies = "The byline names a news agency, and nobody else."
)

// fieldOrder is the order in which fields are explained; others follow.
var fieldOrder = []string{"headline", "deck", "bylines", "dateline", "published", "modified", "publisher", "section", "tags", "lang",
	"canonical", "images", "paywalled", "text", "corrections", "type", "authors", "credits", "copy_of"}

// newFields explains the evidence of a.
func newFields(a *dateline.Article) []Field {
	var list []Field
	for name, evidence := range a.Evidence {
		means := EvidenceMeans(name, evidence)
		if name == "type" && a.Type == wireCopy {
			means = onlyAgencies
		}
		list = append(list, Field{name, evidence, means})
	}
	slices.SortFunc(list, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return InOrder(list, func(f Field) string { return f.Name })
}

// InOrder returns what is told of fields in the order in which readers ask for
// them; name gives the field's name in the record. Fields that are not in that
// order follow as they come.
func InOrder[T any](list []T, name func(T) string) []T {
	rank := func(x T) int {
		if i := slices.Index(fieldOrder, name(x)); i >= 0 {
			return i
		}
		return len(fieldOrder)
	}
	return slices.SortedStableFunc(slices.Values(list), func(a, b T) int { return rank(a) - rank(b) })
}

// evidenceMeans says what evidence is, by what stands before its colon; %s is
// what stands behind it.
var evidenceMeans = map[string]string{
	"jsonld":    "The page’s data for search engines (JSON-LD) states it, under “%s”.",
	"microdata": "Elements of the page are marked as “%s” for search engines (microdata).",
	"meta":      "The head of the page states it, in the meta element “%s”.",
	"link":      "The head of the page links to it as “%s”.",
	"dump":      "The dump of pages that this one is from states it, under “%s”.",
}

// pageMeans says what evidence is that readers of the page see.
var pageMeans = map[string]string{
	"page:h1":     "It is the main heading of the page: of its headings of the first rank the one that shares most words with what the page states.",
	"page:h2":     "It is a heading of the page that says exactly what the page states as its headline.",
	"page:title":  "It is the title of the page, as tabs of browsers show it, without the name of the site.",
	"page:lang":   "The page states the language of its text.",
	"page:text":   "It was read from the words of the article itself.",
	"page:img":    "The pictures stand in the article on the page.",
	"page:script": "The page keeps its text in the data of its scripts.",
}

// urlMeans says what the address itself tells, by field.
var urlMeans = map[string]string{
	"canonical": "The page names no address of its own, so that it is known by the one it was captured at.",
	"published": "The address of the page holds the day; nothing else on the page tells it.",
	"publisher": "The page names no publisher; this is the domain of its address.",
}

// EvidenceMeans says in a sentence what the evidence of a field is.
func EvidenceMeans(field, evidence string) string {
	kind, name, _ := strings.Cut(evidence, ":")
	switch {
	case evidence == dateline.CorrectedRule:
		return "A user has set it right (see /decisions); what the page gives is under “What else was weighed”."
	case evidenceMeans[kind] != "":
		return fmt.Sprintf(evidenceMeans[kind], name)
	case kind == "url":
		return cmp.Or(urlMeans[field], "The address of the page tells it.")
	case field == "text" && kind == "page" && pageMeans[evidence] == "":
		return fmt.Sprintf("The element %s of the page holds it. Within it, paragraphs were taken and what is no text of the article was left out: "+
			"menus, captions, related links, notices, forms; so was everything outside of it.", name)
	case pageMeans[evidence] != "":
		return pageMeans[evidence]
	}
	if looks := wayLooks[evidence]; looks != "" {
		return "On what the page shows, it was looked for in this way: " + looks + "."
	}
	return fmt.Sprintf("The rule “%s” found it; that is its name in the program.", evidence)
}

// wayLooks says what each way of finding a field looks for, as package extract
// has it.
var wayLooks = func() map[string]string {
	all := map[string]string{}
	for _, w := range extract.Ways() {
		looks := w.Looks
		if field, rest, ok := strings.Cut(looks, ": "); ok && !strings.Contains(field, " ") {
			looks = rest // the table says of which field it is; here that is known
		}
		all[w.Name] = looks
	}
	return all
}()

// blockMeans says what decides on blocks of a page, as package extract/body has
// it.
var blockMeans = func() map[string]string {
	all := map[string]string{}
	for _, w := range body.Ways() {
		all[w.Name] = w.Says
	}
	return all
}()

// BlockMeans says in a sentence why a block of a page is part of the text or
// not; "" of a reason that is not known.
func BlockMeans(way string) string { return asSentence(blockMeans[way]) }

// ruleKinds says what rules do of which the glossary says nothing, by what stands
// before their slash.
var ruleKinds = map[string]string{
	"quote":  "A rule for statements found it",
	"when":   "A rule for the expressions of time of its language found it",
	"entity": "A rule for names found it",
}

// RuleMeans says in a sentence what the rule of a finding does; of a rule for
// which there is no sentence, of what kind it is.
func RuleMeans(rule string) string {
	if rule == dateline.CorrectedRule {
		return "A user has said who it is."
	}
	if s := glossary[rule]; s != "" {
		return s
	}
	kind, _, _ := strings.Cut(rule, "/")
	return fmt.Sprintf("%s: “%s” is its name in the program.", cmp.Or(ruleKinds[kind], "A rule found it"), rule)
}

// asSentence makes a clause a sentence.
func asSentence(clause string) string {
	if clause == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(clause)
	return string(unicode.ToUpper(first)) + clause[n:] + "."
}

// Rules returns the names of all rules of findings that have a sentence, sorted.
func Rules() []string { return slices.Sorted(maps.Keys(glossary)) }

// basisMeans says on what the day of a date rests.
var basisMeans = map[string]string{
	"stated":   "The words name the day, month or year themselves.",
	"relative": "The words name it by counting from another day: that of publication, or one that the text names before.",
	"metadata": "It is that of the page, not of its words.",
}

// BasisMeans says in a sentence on what the value of a date rests; "" for a
// basis that is not known, and for what has no place in the calendar, such as a
// length of time: its rule says all.
func BasisMeans(d dateline.Timex) string {
	if _, _, ok := d.Interval(); !ok {
		return ""
	}
	return basisMeans[d.Basis]
}
