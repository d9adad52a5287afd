package web

import (
	"encoding/json"
	"fmt"
	"iter"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"dateline/answer"
	"dateline/query"
	"dateline/surface/export"
)

// mostItems is the number of items that one answer to a program lists at most.
const mostItems = 500

// limit reads how many items r asks for; 0 if it does not say.
func limit(r *http.Request) (int, error) {
	text := r.FormValue("limit")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostItems {
		return 0, badRequest("limit", "limit is %q; it is a number from 1 to %d", text, mostItems)
	}
	return n, nil
}

// statements answers /statements.json?q=QUERY&all=1&limit=N&cursor=C: the statements that
// the query selects.
func (s *site) statements(r *http.Request) (view, error) {
	text := strings.TrimSpace(r.FormValue("q"))
	q, err := query.Parse(text)
	if err != nil {
		return view{}, broken(text, err)
	}
	n, err := limit(r)
	if err != nil {
		return view{}, err
	}
	if n == 0 {
		n = answer.PageHits
	}
	o := answer.BriefOptions{Limit: n, Most: mostItems, After: answer.Cursor(r.FormValue("cursor")), All: r.FormValue("all") != ""}
	found, err := answer.NewFoundStatements(r.Context(), s.archive, q, o)
	if err != nil {
		return view{}, fmt.Errorf("statements %q: %w", text, err)
	}
	return view{Next: goOn(r, found.Next), Answer: found}, nil
}

// goOn returns the address of the part that begins at a cursor; "" if there is none.
func goOn(r *http.Request, next answer.Cursor) string {
	if next == "" {
		return ""
	}
	v := r.URL.Query()
	v.Del("page")
	v.Set("cursor", string(next))
	return twinPath(r) + "?" + v.Encode()
}

// nextPage returns the address of the page behind one of so many; "" if there is none.
func nextPage(r *http.Request, page, pages int) string {
	if page >= pages {
		return ""
	}
	v := r.URL.Query()
	v.Set("page", strconv.Itoa(page+1))
	return twinPath(r) + "?" + v.Encode()
}

// twinPath returns the path of the JSON twin of the page that r asks for.
func twinPath(r *http.Request) string {
	return strings.TrimSuffix((&url.URL{Path: r.URL.Path}).EscapedPath(), ".json") + ".json"
}

// Media types of lists.
const (
	typeCSV   = "text/csv; charset=utf-8; header=present"
	typeLines = "application/x-ndjson"
)

// writeAnswer writes an answer as the request accepts it: as JSON, or if it is a list as
// lines of JSON, an item each, or as CSV (RFC 9110, section 12.5.1).
func (s *site) writeAnswer(w http.ResponseWriter, r *http.Request, a any) {
	w.Header().Add("Vary", "Accept")
	if items := itemsOf(a); items.IsValid() {
		switch accepted(r.Header.Values("Accept")) {
		case "text/csv":
			send(w, r, http.StatusOK, typeCSV, csvOf(items))
			return
		case "application/x-ndjson":
			if body, err := linesOf(items); err == nil {
				send(w, r, http.StatusOK, typeLines, body)
				return
			}
		}
	}
	body, err := encode(a)
	if err != nil {
		s.fail(w, r, fmt.Errorf("answer not encoded: %w", err))
		return
	}
	send(w, r, http.StatusOK, typeJSON, body)
}

// itemsOf returns what an answer lists; the zero Value if it is no list.
func itemsOf(a any) reflect.Value {
	switch a := a.(type) {
	case *answer.Search:
		return reflect.ValueOf(a.Hits)
	case *answer.FoundStatements:
		return reflect.ValueOf(a.Statements)
	case *answer.Sources:
		return reflect.ValueOf(a.Sources)
	case *answer.Changes:
		return reflect.ValueOf(a.Changes)
	case *answer.Stories:
		return reflect.ValueOf(a.Stories)
	}
	return reflect.Value{}
}

// accepted returns which of the types of lists an Accept header asks for most: the first
// of the highest quality; "" if that is JSON or anything else.
func accepted(headers []string) string {
	best, most := "", 0.0
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, ok := params["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if quality > most {
			best, most = media, quality
		}
	}
	if best != "text/csv" && best != "application/x-ndjson" {
		return ""
	}
	return best
}

// linesOf returns a line of JSON for each item of a list.
func linesOf(items reflect.Value) ([]byte, error) {
	var b []byte
	for i := range items.Len() {
		line, err := json.Marshal(items.Index(i).Interface())
		if err != nil {
			return nil, err
		}
		b = append(append(b, line...), '\n')
	}
	return b, nil
}

// csvOf returns a list as CSV: a row with the names of the columns, and a row for each
// item. The columns are the keys of an item in the order of its type, those of objects
// within it behind a point ("publisher.name"). Texts of a list stand in one cell, between
// semicolons; any other list or object is JSON.
func csvOf(items reflect.Value) []byte {
	var b []byte
	columns := columnsOf(items.Type().Elem(), "", nil)
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = export.AppendCell(b, c.name)
	}
	b = append(b, "\r\n"...)
	for i := range items.Len() {
		for k, c := range columns {
			if k > 0 {
				b = append(b, ',')
			}
			b = export.AppendCell(b, cell(items.Index(i).FieldByIndex(c.index)))
		}
		b = append(b, "\r\n"...)
	}
	return b
}

// A column is a field of an item, by its place in nested structs.
type column struct {
	name  string
	index []int
}

// columnsOf returns the columns of a struct, in the order of its fields. An outer field
// hides one of its name in an embedded struct, as encoding/json has it.
func columnsOf(t reflect.Type, prefix string, at []int) (columns []column) {
	outer := map[string]bool{}
	for f := range columnFields(t) {
		if !f.Anonymous {
			outer[prefix+keyOf(f)] = true
		}
	}
	for f := range columnFields(t) {
		index := append(slices.Clone(at), f.Index...)
		switch {
		case f.Anonymous:
			for _, c := range columnsOf(f.Type, prefix, index) {
				if !outer[c.name] && !slices.ContainsFunc(columns, func(x column) bool { return x.name == c.name }) {
					columns = append(columns, c)
				}
			}
		case f.Type.Kind() == reflect.Struct:
			columns = append(columns, columnsOf(f.Type, prefix+keyOf(f)+".", index)...)
		default:
			columns = append(columns, column{prefix + keyOf(f), index})
		}
	}
	return columns
}

// columnFields yields the fields of a struct that JSON has.
func columnFields(t reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && keyOf(f) != "-" && !yield(f) {
				return
			}
		}
	}
}

// keyOf returns the key of a field in JSON; "" of an embedded struct.
func keyOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// cell returns a value as a cell has it; "" for a zero value.
func cell(v reflect.Value) string {
	switch {
	case v.IsZero():
		return ""
	case v.Kind() == reflect.String:
		return v.String()
	case v.Type() == reflect.TypeFor[[]query.Fragment]():
		text := ""
		for i := range v.Len() {
			text += v.Index(i).Field(0).String()
		}
		return text
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, v.Index(i).String())
		}
		return strings.Join(parts, "; ")
	}
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return ""
	}
	return string(b)
}
