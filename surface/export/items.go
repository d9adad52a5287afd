package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dateline"
	"dateline/surface/cite"
)

// items writes a file of items with something before, between and behind them.
type items struct {
	w               io.Writer
	head, sep, foot string
	item            func(*Doc) ([]string, error)
	begun           bool
}

func (f *items) Write(d *Doc) error {
	list, err := f.item(d)
	if err != nil {
		return err
	}
	for _, text := range list {
		before := f.sep
		if !f.begun {
			before, f.begun = f.head, true
		}
		if _, err := io.WriteString(f.w, before+text); err != nil {
			return err
		}
	}
	return nil
}

func (f *items) Close() error {
	end := f.foot
	if !f.begun {
		end = f.head + f.foot
	}
	_, err := io.WriteString(f.w, end)
	return err
}

// encoded returns v as JSON for readers, each line indented by as many spaces.
func encoded(v any, indent int) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(strings.Repeat(" ", indent), "  ")
	err := enc.Encode(v)
	return strings.TrimRight(b.String(), "\n"), err
}

// openCited opens a file of citations: of articles, or of their statements.
func openCited(name string) func(io.Writer, Origin, func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	return func(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
		for _, f := range cite.Formats() {
			if f.Name != name {
				continue
			}
			item := func(d *Doc) ([]string, error) { return []string{f.Item(cite.NewArticle(d.Article))}, nil }
			if o.Of == "statements" {
				item = func(d *Doc) ([]string, error) {
					var list []string
					for _, s := range d.chosen(choose) {
						list = append(list, f.Item(cite.New(d.Article, s)))
					}
					return list, nil
				}
			}
			return &items{w: w, head: f.Head, sep: f.Sep, foot: f.Foot, item: item}, nil
		}
		return nil, fmt.Errorf("there are no citations in %s", name)
	}
}

// chosen returns the statements of d that choose selects; all if it is nil.
func (d *Doc) chosen(choose func(*dateline.Article, *dateline.Statement) bool) (list []*dateline.Statement) {
	for i := range d.findings().Statements {
		if s := &d.Findings.Statements[i]; choose == nil || choose(d.Article, s) {
			list = append(list, s)
		}
	}
	return list
}

type object = map[string]any

// openSchemaOrg opens a DataFeed of schema.org in JSON-LD, with a NewsArticle, or a kind of
// it, for each article, and a Quotation for each of its statements.
func openSchemaOrg(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	name, version, _ := strings.Cut(o.Software, "/")
	head, err := encoded(object{
		"@context": "https://schema.org", "@type": "DataFeed", "name": o.title(), "dateModified": o.Made.Format(time.RFC3339),
		"creator":    object{"@type": "SoftwareApplication", "name": name, "softwareVersion": version},
		"identifier": object{"@type": "PropertyValue", "propertyID": "dateline", "value": o.text()},
	}, 0)
	if err != nil {
		return nil, err
	}
	head = strings.TrimSuffix(head, "\n}") + ",\n  \"dataFeedElement\": [\n    "
	return &items{w: w, head: head, sep: ",\n    ", foot: "\n  ]\n}\n", item: func(d *Doc) ([]string, error) {
		text, err := encoded(cite.SchemaOrg(d.Article, d.chosen(choose)...), 4)
		return []string{text}, err
	}}, nil
}

// title says in a few words what was exported.
func (o Origin) title() string {
	if o.Query == "" {
		return "Dateline: all articles"
	}
	return "Dateline: " + o.Query
}

// text returns the Origin as JSON.
func (o Origin) text() string {
	b, err := json.Marshal(o)
	if err != nil {
		return "" // Unreachable: it holds nothing that JSON cannot.
	}
	return string(b)
}

// id returns an address that names the article: its own, else one made of its key.
func id(a *dateline.Article) string {
	for _, address := range []string{a.Canonical, a.URL} {
		if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "urn:") {
			return address
		}
	}
	return "urn:dateline:" + string(a.ID)
}

// clock returns a date as RFC 3339 has it, "" unless it is a time of day with a zone.
func clock(d dateline.Date) string {
	if t := instant(d); t != nil {
		start, _, _ := d.Interval()
		return start.Format(time.RFC3339)
	}
	return ""
}

// updated returns a time for formats that cannot do without: that of the last change, of
// publication or of the capture, the first that is known to the second and with its zone;
// else the beginning of the day, month or year of publication in UTC, and at last the
// time of the export.
func updated(a *dateline.Article, o Origin) string {
	fetched := ""
	if _, err := time.Parse(time.RFC3339, a.Fetched); err == nil {
		fetched = a.Fetched
	}
	widest := ""
	if start, _, ok := a.Published.Interval(); ok {
		widest = start.UTC().Format(time.RFC3339)
	}
	return cmp.Or(clock(a.Modified), clock(a.Published), fetched, widest, o.Made.Format(time.RFC3339))
}

// openNinjs opens a list of items of IPTC ninjs 2.1 (iptc.org/std/ninjs).
func openNinjs(w io.Writer, o Origin, _ func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	return &items{w: w, head: "[\n  ", sep: ",\n  ", foot: "\n]\n", item: func(d *Doc) ([]string, error) {
		text, err := encoded(ninjs(d), 2)
		return []string{text}, err
	}}, nil
}

// ninjs returns an article as an item.
func ninjs(d *Doc) object {
	a := d.Article
	x := object{
		"uri": id(a), "type": "text", "pubstatus": "usable", "representationtype": "full",
		"standard": object{"name": "ninjs", "version": "2.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"},
		"altids":   []object{{"role": "dateline article", "value": string(a.ID)}, {"role": "dateline capture", "value": string(a.Capture)}},
	}
	if a.Paywalled {
		x["representationtype"] = "partial"
	}
	for key, value := range map[string]string{
		"language": a.Lang, "by": strings.Join(a.Bylines, ", "), "located": a.Dateline.Place, "firstcreated": clock(a.Published),
		"versioncreated": cmp.Or(clock(a.Modified), clock(a.Published)),
	} {
		if value != "" {
			x[key] = value
		}
	}
	one := func(key, role, value string) {
		if value != "" {
			x[key] = []object{{"role": role, "value": value}}
		}
	}
	one("headlines", "main", a.Headline)
	one("descriptions", "deck", a.Deck)
	if a.Text != "" {
		x["bodies"] = []object{
			{"role": "main", "contenttype": "text/plain", "charcount": utf8.RuneCountInString(a.Text), "wordcount": words(a.Text), "value": a.Text},
			{"role": "richtext", "contenttype": "application/xhtml+xml", "value": a.HTML()},
		}
	}
	if a.Type != "" {
		x["genres"] = []object{{"name": a.Type}}
	}
	if name := outlet(a); name != "" {
		x["infosources"] = []object{{"name": name, "role": "publisher"}}
	}
	var subjects []object
	for _, tag := range a.Tags {
		subjects = append(subjects, object{"name": tag, "rel": "about"})
	}
	set(x, "subjects", subjects)
	for key, kind := range map[string]string{"people": "person", "organisations": "org", "places": "place"} {
		set(x, key, named(d, kind))
	}
	var pictures []object
	for i, m := range a.Images {
		p := object{"name": fmt.Sprintf("picture-%d", i+1), "uri": m.URL, "type": "picture"}
		if m.Caption != "" {
			p["descriptions"] = []object{{"role": "caption", "value": m.Caption}}
		}
		if m.Credit != "" {
			p["by"] = m.Credit
		}
		r := object{"name": "original", "href": m.URL}
		if m.Width > 0 && m.Height > 0 {
			r["width"], r["height"] = m.Width, m.Height
		}
		p["renditions"] = []object{r}
		pictures = append(pictures, p)
	}
	set(x, "associations", pictures)
	return x
}

func set(x object, key string, list []object) {
	if len(list) > 0 {
		x[key] = list
	}
}

// named returns the things of one kind that an article names, each once.
func named(d *Doc, kind string) (list []object) {
	seen := map[string]bool{"": true}
	for _, m := range d.findings().Mentions {
		name := cmp.Or(m.Entity, m.Text)
		if m.Kind == kind && !seen[name] {
			seen[name] = true
			list = append(list, object{"name": name, "rel": "mentions"})
		}
	}
	return list
}
