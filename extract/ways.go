package extract

// A Way is a way of finding a field in what a page shows. Its name is the field's
// evidence. What a page states of itself needs no entry: its evidence names the
// place, as in "jsonld:headline", "meta:article:published_time", "microdata:author",
// "link:canonical" or "url".
type Way struct {
	Name  string `json:"name"`  // "byline/by-word": also where to look in the code
	Looks string `json:"looks"` // what it looks for
}

// Ways returns the ways of finding fields in what a page shows, those of a field in
// the order in which they are tried.
func Ways() []Way { return append([]Way(nil), ways...) }

var ways = []Way{
	{"page:h1", "headline: the heading of the first rank that shares most words with what the page states"},
	{"page:h2", "headline: a heading of the second rank that says exactly what the page states"},
	{"page:title", "headline: the title of the page, without the site's name"},
	{"byline/by-word", "names behind “By” or its like, at the beginning of a part of a line or behind a date"},
	{"byline/names-beside-date", "a line beside the date that has nothing but names, each in an element of its own"},
	{"byline/first-part", "the first part of a line under the headline whose other parts are roles and dates"},
	{"byline/agency-line", "a line under the headline that is a news agency, with the place that it writes from"},
	{"byline/by-word-in-element", "an element of a line under the headline that begins with “By” or its like"},
	{"byline/above-paragraph", "a paragraph of nothing but names above a long one, on a page that states an article"},
	{"byline/announced", "a line of names under one that is nothing but “By” or its like"},
	{"byline/named-element", "names in an element that is called a byline or a description of the author"},
	{"byline/person-link", "a name under the headline that links to a person's page"},
	{"byline/above-description", "a name under the headline with the person's description below it"},
	{"byline/beside-date", "a name under the headline beside the date"},
	{"byline/own-element", "the only name in an element of a line that is called a byline"},
	{"byline/likely-name", "what may be a name in a line that is called a byline, though nothing says that it is a person's"},
	{"byline/author-link", "the name in the links that lead to the page of one author"},
	{"byline/signature", "a name that is the last line of the text, bold, slanted or to the right"},
	{"date/time-element", "a time element around the headline or under the text"},
	{"date/shown", "a date in a line around the headline or under the text"},
	{"date/month-line", "a month that is all of a line under the headline"},
	{"date/only-update", "the date of a change, where the page gives no other"},
	{"deck/named-element", "a block between headline and text that is called a deck"},
	{"deck/sentence", "a sentence between headline and text"},
	{"tags/marked-link", "links that the page marks as tags"},
	{"tags/named-box", "links in the first box under the headline that is called tags"},
	{"tags/tag-address", "links to addresses of tags"},
	{"tags/box-above-headline", "links in a box above the headline that is called tags"},
	{"tags/list-under-text", "the first list of short links under the text"},
	{"page:img", "pictures between the headline and the end of the text"},
	{"page:lang", "the language that the root element gives"},
	{"page:text", "the text itself: its language, its dateline, its corrections"},
	{"page:script", "text that the page keeps in the data of its scripts"},
}
