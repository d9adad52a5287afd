package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline"
)

// A Field is one field of a record with where on the page it was found, in the
// words of the record and for readers.
type Field struct {
	Name     string `json:"name"`     // as in the record: "published"
	Evidence string `json:"evidence"` // "jsonld:datePublished"
	Means    string `json:"means"`    // what that says, in a sentence
}

// fieldOrder is the order in which fields are explained; others follow.
var fieldOrder = []string{"headline", "deck", "bylines", "dateline", "published", "modified", "publisher", "section", "tags", "lang",
	"canonical", "images", "paywalled", "text", "corrections"}

// newFields explains the evidence of a.
func newFields(a *dateline.Article) []Field {
	var list []Field
	for name, evidence := range a.Evidence {
		list = append(list, Field{name, evidence, EvidenceMeans(name, evidence)})
	}
	rank := func(f Field) int {
		if i := slices.Index(fieldOrder, f.Name); i >= 0 {
			return i
		}
		return len(fieldOrder)
	}
	slices.SortFunc(list, func(a, b Field) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a.Name, b.Name)) })
	return list
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
	"page:h1":      "It is the main heading of the page.",
	"page:title":   "It is the title of the page, as tabs of browsers show it, without the name of the site.",
	"page:byline":  "A line near the headline, or at the end of the text, names who wrote it.",
	"page:author":  "An element of the page is marked as the author.",
	"page:deck":    "It stands under the headline, apart from the text.",
	"page:date":    "The page shows this date near the headline; nothing in its data states another one that weighs more.",
	"page:time":    "An element of the page is marked as a time, and its place says that it is that of publication.",
	"page:updated": "The page shows it beside a word for changes, such as “updated”.",
	"page:lang":    "The page states the language of its text.",
	"page:text":    "It was read from the words of the article itself.",
	"page:tags":    "Links of the page are marked as its tags or topics.",
	"page:img":     "The pictures stand in the article on the page.",
	"page:script":  "The page keeps its text in the data of its scripts.",
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
	case evidenceMeans[kind] != "":
		return fmt.Sprintf(evidenceMeans[kind], name)
	case kind == "url" && urlMeans[field] != "":
		return urlMeans[field]
	case field == "text" && kind == "page" && pageMeans[evidence] == "":
		return fmt.Sprintf("The element %s of the page holds it. Within it, paragraphs were taken and what is no text of the article was left out: "+
			"menus, captions, related links, notices, forms; so was everything outside of it.", name)
	case pageMeans[evidence] != "":
		return pageMeans[evidence]
	}
	return fmt.Sprintf("The rule “%s” found it; that is its name in the program.", evidence)
}

// ruleMeans says what the rules of findings do.
var ruleMeans = map[string]string{
	"quote/model":           "Models trained on labelled news tagged its words, its cue and its speaker, and joined them.",
	"quote/cue-before":      "The words follow a verb of speech and its speaker: “Falk said”. Models trained on labelled news tagged and joined them.",
	"quote/cue-after":       "The words stand before a verb of speech and its speaker: “said Falk”. Models trained on labelled news tagged and joined them.",
	"quote/cue-amid":        "A verb of speech and its speaker stand between the words. Models trained on labelled news tagged and joined them.",
	"quote/seam":            "A model ended the words at a quotation mark, where somebody else’s begin.",
	"quote/that-clause":     "The words are the clause with “that” behind a verb of speech.",
	"quote/said-clause":     "The words are the clause that a verb of speech belongs to.",
	"quote/clause-before":   "The words stand before “the speaker said” at the end of the sentence.",
	"quote/transcript":      "The text is laid out as a transcript: a name, a colon, what was said.",
	"quote/signed":          "It is a quotation with the name of the speaker under it.",
	"quote/goes-on":         "The quotation goes on from the paragraph before, and has the speaker of that.",
	"quote/voice":           "A model chose, of those named around the quotation, the one who speaks.",
	"quote/subject-pronoun": "The speaker is the pronoun that is the subject of the verb of speech.",
	"quote/subject-after":   "The speaker stands behind the verb of speech: “said Falk”.",
	"quote/subject-before":  "The speaker stands before the verb of speech: “Falk said”.",
	"quote/subject-apposed": "The speaker is the name beside the description that is the subject of the verb of speech.",
	"quote/subject-shared":  "The speaker is the subject of an earlier verb, which the verb of speech shares.",
	"quote/after-addressee": "The words follow the one whom they were said to.",
	"entity/name":           "The words for the speaker hold the name itself.",
	"entity/pronoun":        "Only one of the people named before can be meant by the pronoun.",
	"entity/description":    "Only one of the people named before has the role that the words describe.",
	"entity/body":           "The words mean the body that was named before: “the ministry”.",
	"entity/resume":         "The pronoun means the one who spoke last, and nobody else was named since.",
	"entity/relative":       "“who” means the one named right before it.",
	"entity/model":          "A model trained on labelled news tagged the name.",
}

// ruleKinds says what rules do of which ruleMeans says nothing, by what stands
// before their slash.
var ruleKinds = map[string]string{
	"quote":  "A rule for statements found it",
	"when":   "A rule for the expressions of time of its language found it",
	"entity": "A rule for names found it",
}

// RuleMeans says in a sentence what the rule of a finding does; of a rule for
// which there is no sentence, of what kind it is.
func RuleMeans(rule string) string {
	if s := ruleMeans[rule]; s != "" {
		return s
	}
	kind, _, _ := strings.Cut(rule, "/")
	return fmt.Sprintf("%s: “%s” is its name in the program.", cmp.Or(ruleKinds[kind], "A rule found it"), rule)
}

// basisMeans says on what the day of a date rests.
var basisMeans = map[string]string{
	"stated":   "The words name the day, month or year themselves.",
	"relative": "The words name it by counting from another day: that of publication, or one that the text names before.",
	"metadata": "It is that of the page, not of its words.",
}

// BasisMeans says in a sentence on what the value of a date rests; "" for a
// basis that is not known.
func BasisMeans(basis string) string { return basisMeans[basis] }
