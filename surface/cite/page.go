package cite

import (
	"cmp"
	"net/url"
	"strings"
	"unicode/utf8"

	"dateline"
)

// COinS returns the citation of an article as the value of an OpenURL context object
// (ANSI/NISO Z39.88-2004, KEV format, the community profile of Dublin Core), which programs
// that collect citations read from the title of a span of class Z3988. Its type is the one
// that Zotero has for articles of newspapers.
func (c Citation) COinS() string {
	v := [][2]string{{"ctx_ver", "Z39.88-2004"}, {"rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"}, {"rft.type", "newspaperArticle"},
		{"rft.title", c.Headline}, {"rft.source", c.Outlet}, {"rft.description", c.Deck}, {"rft.identifier", webAddress(c.Address)}}
	for i, n := range c.Authors {
		if i == 0 && n.Literal == "" {
			v = append(v, [2]string{"rft.aufirst", n.Given}, [2]string{"rft.aulast", n.Family})
		}
		v = append(v, [2]string{"rft.au", n.Sorted()})
	}
	v = append(v, [2]string{"rft.date", c.day()}, [2]string{"rft.language", c.Lang})
	var b strings.Builder
	for _, x := range v {
		if value := oneLine(x[1]); value != "" {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(x[0] + "=" + url.QueryEscape(value))
		}
	}
	return b.String()
}

// day returns the day, month or year of publication, as far as it is known: "2022-02-10".
func (c Citation) day() string {
	return cmp.Or(c.Published.Day(), c.Published.Month(), string(c.Published))
}

// A Meta is one element meta of a page: what it says of what.
type Meta struct {
	Name    string // "citation_title"
	Content string // never ""
}

// Metas returns what the head of a page says of an article that it shows, by the names
// that Google Scholar has defined (citation_title and so on) and by those of Dublin Core and
// PRISM for what these lack.
func (c Citation) Metas() []Meta {
	list := []Meta{{"citation_title", oneLine(c.Headline)}}
	for _, n := range c.Authors {
		list = append(list, Meta{"citation_author", n.Sorted()})
	}
	list = append(list, Meta{"citation_publication_date", strings.ReplaceAll(c.day(), "-", "/")}, Meta{"citation_language", c.Lang},
		Meta{"citation_public_url", webAddress(c.Address)}, Meta{"citation_abstract", oneLine(c.Deck)}, Meta{"citation_keywords", oneLine(strings.Join(c.Tags, "; "))},
		Meta{"prism.publicationName", oneLine(c.Outlet)}, Meta{"DC.type", "newspaperArticle"})
	known := list[:0]
	for _, m := range list {
		if m.Content != "" {
			known = append(known, m)
		}
	}
	return known
}

// schemaTypes are the types of schema.org for those of the record; all others are a
// NewsArticle.
var schemaTypes = map[string]string{
	"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "review": "ReviewNewsArticle",
	"live blog": "LiveBlogPosting", "press release": "Article", "sponsored": "AdvertiserContentArticle",
}

// SchemaOrg returns what schema.org has for an article: an object of JSON-LD without its
// context, a NewsArticle or a kind of it. Each of the statements is a Quotation in hasPart.
func SchemaOrg(a *dateline.Article, statements ...*dateline.Statement) map[string]any {
	o := object{"@type": cmp.Or(schemaTypes[a.Type], "NewsArticle")}
	set := func(key, value string) {
		if value != "" {
			o[key] = value
		}
	}
	address := webAddress(cmp.Or(a.Canonical, a.URL))
	set("@id", address)
	set("url", address)
	set("headline", a.Headline)
	set("description", a.Deck)
	set("datePublished", string(a.Published))
	set("dateModified", string(a.Modified))
	set("inLanguage", a.Lang)
	set("articleSection", a.Section)
	set("articleBody", a.Text)
	set("isBasedOn", webAddress(a.CopyOf))
	set("contentLocation", a.Dateline.Place)
	if a.Text != "" {
		o["wordCount"] = len(strings.Fields(a.Text))
	}
	if a.Paywalled {
		o["isAccessibleForFree"] = false
	}
	setList(o, "keywords", a.Tags)
	setList(o, "correction", a.Corrections)
	if outlet := cmp.Or(a.Publisher.Name, a.Publisher.Site); outlet != "" {
		p := object{"@type": "NewsMediaOrganization", "name": outlet}
		if logo := webAddress(a.Publisher.Logo); logo != "" {
			p["logo"] = logo
		}
		o["publisher"] = p
	}
	setList(o, "author", schemaAuthors(a))
	setList(o, "image", schemaImages(a))
	var quotations []object
	for _, s := range statements {
		quotations = append(quotations, quotation(a, s))
	}
	setList(o, "hasPart", quotations)
	return o
}

// setList sets a key to a list, unless it is empty.
func setList[T any](o object, key string, list []T) {
	if len(list) > 0 {
		o[key] = list
	}
}

func schemaAuthors(a *dateline.Article) []object {
	names := Names(a)
	stated := map[string]dateline.Author{}
	for _, x := range a.Authors {
		stated[x.Name] = x
	}
	var list []object
	for _, printed := range a.Bylines {
		x := object{"name": printed}
		for _, n := range names {
			if n.Literal == "" && oneLine(printed) == strings.TrimSpace(n.Given+" "+n.Family+" "+n.Suffix) {
				x["@type"], x["givenName"], x["familyName"] = "Person", n.Given, n.Family
			}
		}
		about := stated[printed]
		if x["@type"] == nil && about.Kind == "organization" {
			x["@type"] = "Organization"
		}
		if u := webAddress(about.URL); u != "" {
			x["url"] = u
		}
		setList(x, "sameAs", about.SameAs)
		list = append(list, x)
	}
	return list
}

func schemaImages(a *dateline.Article) []object {
	var list []object
	for _, x := range a.Images {
		u := webAddress(x.URL)
		if u == "" {
			continue
		}
		i := object{"@type": "ImageObject", "url": u}
		for key, value := range map[string]string{"caption": x.Caption, "creditText": x.Credit} {
			if value != "" {
				i[key] = value
			}
		}
		list = append(list, i)
	}
	return list
}

// quotation returns a statement as a Quotation.
func quotation(a *dateline.Article, s *dateline.Statement) object {
	q := object{"@type": "Quotation", "text": strings.Join(s.Words(a), " … ")}
	if name := s.Name(a); name != "" {
		who := object{"name": name}
		if s.Role != "" {
			who["description"] = s.Role
		}
		q["creator"] = who
	}
	if s.On != "" {
		q["dateCreated"] = string(s.On)
	}
	if s.Kind != "direct" {
		q["description"] = "as reported"
	}
	if c := New(a, s); c.Highlight != "" && utf8.RuneCountInString(c.Highlight) < longestFragment {
		q["url"] = c.Highlight
	}
	return q
}

// longestFragment bounds the addresses with text fragments that are given: what browsers
// and programs take at least.
const longestFragment = 2000
